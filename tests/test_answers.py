"""The answer bank, handed in and graded by nbgrader: right answers, marks; wrong ones, messages."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from course.environment import ROOT, with_tools
from tests import bank

ANSWERS = [answer for unit in bank.UNITS for answer in bank.read(unit)]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def graded(tmp_path_factory) -> dict[str, Path]:
    """Per unit, a course folder in which every answer of its bank has been graded."""
    folders = {unit: tmp_path_factory.mktemp(unit) for unit in bank.UNITS}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(_grade, folders.keys(), folders.values()))
    return folders


def _grade(unit: str, folder: Path) -> None:
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    shutil.copytree(ROOT / "source" / unit, folder / "source" / unit)
    _hand_in(unit, folder / "submitted")
    environment = with_tools(sys.executable) | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    for step in ("generate_assignment", "autograde"):
        command = [sys.executable, "-m", "nbgrader", step, unit]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def _hand_in(unit: str, submitted: Path) -> None:
    """Make a submission of the n-th right, and of the n-th wrong, answer to every exercise."""
    answers = bank.read(unit)
    first_right = {a.exercise: a.code for a in answers if a.right and a.number == 0}
    for student in {answer.student for answer in answers}:
        folder = submitted / student / unit
        shutil.copytree(ROOT / "release" / unit, folder)
        path = next(folder.glob("*.ipynb"))
        notebook = nbformat.read(path, as_version=4)
        codes = first_right | {a.exercise: a.code for a in answers if a.student == student}
        for cell in notebook.cells:
            cell.source = codes.get(cell.id, cell.source)
        nbformat.write(notebook, path)


@pytest.fixture(scope="session")
def scores(graded) -> dict[tuple[str, str, str], tuple[float, float]]:
    """Points earned and possible by (unit, student, exercise)."""
    found = {}
    for unit, folder in graded.items():
        with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "forward-pass") as gradebook:
            for submission in gradebook.assignment_submissions(unit):
                for notebook in submission.notebooks:
                    for grade in notebook.grades:
                        exercise = grade.cell.name.removesuffix("-test")
                        key = (unit, submission.student.id, exercise)
                        found[key] = (grade.score, grade.max_score)
    return found


@pytest.fixture(scope="session")
def shown(graded) -> dict[tuple[str, str, str], str]:
    """The error that the test cell showed, by (unit, student, exercise)."""
    return {
        (path.parent.name, path.parent.parent.name, cell.id.removesuffix("-test")): "\n".join(
            f"{output.ename}: {output.evalue}"
            for output in cell.get("outputs", [])
            if output.output_type == "error"
        )
        for folder in graded.values()
        for path in folder.glob("autograded/*/*/*.ipynb")
        for cell in nbformat.read(path, as_version=4).cells
    }


@pytest.mark.parametrize("answer", [a for a in ANSWERS if a.right], ids=str)
def test_a_right_answer_gets_full_marks(answer, scores, shown):
    key = (answer.unit, answer.student, answer.exercise)
    earned, possible = scores[key]
    assert earned == possible > 0, shown[key]


@pytest.mark.parametrize("answer", [a for a in ANSWERS if not a.right], ids=str)
def test_a_wrong_answer_loses_points_and_draws_its_own_message(answer, scores, shown):
    key = (answer.unit, answer.student, answer.exercise)
    earned, possible = scores[key]
    assert earned < possible
    assert answer.note in shown[key]
    others = [
        shown[answer.unit, a.student, a.exercise]
        for a in ANSWERS
        if a.unit == answer.unit and a.exercise == answer.exercise and not a.right and a != answer
    ]
    assert shown[key] not in others


@pytest.mark.parametrize("unit", bank.UNITS)
def test_every_exercise_has_enough_answers_of_both_kinds(unit):
    notebook = nbformat.read(next((ROOT / "source" / unit).glob("*.ipynb")), as_version=4)
    exercises = [
        cell.id.removesuffix("-test")
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code"
    ]
    count = Counter((answer.exercise, answer.right) for answer in bank.read(unit))
    assert {name for name, _ in count} == set(exercises) and len(exercises) >= 6
    for exercise in exercises:
        assert count[exercise, True] >= 3 and count[exercise, False] >= 4, exercise
