"""The answer bank: right answers get full marks, wrong ones their own message, copied ones nothing.

All answers are graded in seconds by tests/grade.py; a few are handed in to nbgrader as well, to
prove that it comes to the same verdicts.
"""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from course.environment import ROOT, with_tools
from tests import bank, hardcode
from tests.bank import Answer
from tests.grade import Verdict, fault, grade, grade_bank

EXERCISES = [exercise for unit in bank.UNITS for exercise in bank.exercises(unit)]
ANSWERS = [answer for unit in bank.UNITS for answer in bank.read(unit)]
HANDED_IN = ("right-0", "wrong-0", "wrong-1")


@pytest.mark.parametrize("unit", bank.UNITS)
def test_a_unit_has_6_to_10_exercises_100_points_and_enough_answers(unit):
    assert not bank.lacks(unit)


@pytest.fixture(scope="session")
def verdicts() -> dict[Answer, Verdict]:
    """How every answer of the bank fares."""
    return grade_bank()


@pytest.mark.parametrize("answer", [a for a in ANSWERS if a.right], ids=str)
def test_a_right_answer_passes_every_check(answer, verdicts):
    assert verdicts[answer].passed, fault(answer, verdicts)


@pytest.mark.parametrize("answer", [a for a in ANSWERS if not a.right], ids=str)
def test_a_wrong_answer_draws_its_own_message_from_a_visible_check(answer, verdicts):
    assert not verdicts[answer].passed
    assert not fault(answer, verdicts)


@pytest.fixture(scope="session")
def graded(tmp_path_factory) -> dict[str, Path]:
    """Per unit, a course folder in which nbgrader has graded a few submissions."""
    folders = {unit: tmp_path_factory.mktemp(unit) for unit in bank.UNITS}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(_let_nbgrader_grade, folders.keys(), folders.values()))
    return folders


def _let_nbgrader_grade(unit: str, folder: Path) -> None:
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    source = folder / "source" / unit / f"{bank.unit(unit).slug}.ipynb"
    source.parent.mkdir(parents=True)
    nbformat.write(bank.unit(unit).notebook, source)
    _run_nbgrader("generate_assignment", unit, folder)
    for student in HANDED_IN:
        _hand_in(unit, student, folder)
    _run_nbgrader("autograde", unit, folder)


def _run_nbgrader(step: str, unit: str, folder: Path) -> None:
    environment = with_tools(sys.executable) | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "nbgrader", step, unit]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def _hand_in(unit: str, student: str, folder: Path) -> None:
    """Make the submission of this student's answer to every exercise."""
    submitted = folder / "submitted" / student / unit
    shutil.copytree(folder / "release" / unit, submitted)
    path = next(submitted.glob("*.ipynb"))
    notebook = nbformat.read(path, as_version=4)
    codes = {
        answer.exercise: answer.code for answer in bank.read(unit) if answer.student == student
    }
    for cell in notebook.cells:
        cell.source = codes.get(cell.id, cell.source)
    nbformat.write(notebook, path)


def _points(folder: Path, unit: str, student: str) -> dict[str, float]:
    """What nbgrader's gradebook gives the student for each graded cell."""
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "forward-pass") as gradebook:
        (notebook,) = gradebook.find_submission(unit, student).notebooks
        return {grade.cell.name.removesuffix("-test"): grade.score for grade in notebook.grades}


def _messages(folder: Path, unit: str, student: str) -> dict[str, str]:
    """The error that each test cell shows in the autograded notebook."""
    path = next((folder / "autograded" / student / unit).glob("*.ipynb"))
    return {
        cell.id.removesuffix("-test"): f"{output.ename}: {output.evalue}"
        for cell in nbformat.read(path, as_version=4).cells
        for output in cell.get("outputs", [])
        if cell.id.endswith("-test") and output.output_type == "error"
    }


@pytest.mark.slow
@pytest.mark.parametrize("unit", bank.UNITS)
def test_nbgrader_gives_right_answers_all_automatic_points(unit, graded):
    in_words = dict.fromkeys(bank.manual(unit), 0)
    wanted = {exercise.name: exercise.points for exercise in bank.exercises(unit)} | in_words
    messages = _messages(graded[unit], unit, "right-0")
    assert _points(graded[unit], unit, "right-0") == wanted, messages


@pytest.mark.slow
@pytest.mark.parametrize("student", ["wrong-0", "wrong-1"])
@pytest.mark.parametrize("unit", bank.UNITS)
def test_nbgrader_takes_points_from_wrong_answers_with_the_same_messages(
    unit, student, graded, verdicts
):
    answers = [a for a in ANSWERS if (a.unit, a.student) == (unit, student)]
    assert not any(_points(graded[unit], unit, student).values())
    wanted = {answer.exercise: verdicts[answer].message for answer in answers}
    assert _messages(graded[unit], unit, student) == wanted


@pytest.fixture(scope="session")
def copied() -> dict[bank.Exercise, Verdict]:
    """How the answers fare that a machine made of the visible checks."""
    found = grade((exercise, hardcode.answer(exercise)) for exercise in EXERCISES)
    return dict(zip(EXERCISES, found, strict=True))


@pytest.mark.parametrize("exercise", EXERCISES, ids=str)
def test_an_answer_that_repeats_the_visible_cases_earns_nothing(exercise, copied):
    assert not copied[exercise].passed


def test_nearly_every_exercise_can_be_repeated_as_far_as_its_checks_are_visible(copied):
    resistant = {str(e): verdict.message for e, verdict in copied.items() if not verdict.visible}
    print("\n".join(f"{name}: {message}" for name, message in resistant.items()))
    assert len(resistant) <= len(EXERCISES) / 10, resistant
