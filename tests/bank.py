"""The answer bank as data: what tests/answers/NN_name.py says about each exercise of a unit."""

import functools
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from nbgrader.utils import is_grade, is_locked, is_solution

from autograder.nbgrader import split_hidden
from course.environment import ROOT
from course.unit import Unit

FOLDER = Path(__file__).parent / "answers"
UNITS = sorted(path.stem for path in (ROOT / "course" / "units").glob("*.py"))
HEAD = re.compile(r"(?P<verdict>right|wrong) (?P<exercise>[a-z0-9-]+): (?P<note>.+)")


@dataclass(frozen=True)
class Answer:
    """One answer to one exercise; a wrong one's `note` is a part of the message it must draw."""

    unit: str
    exercise: str
    right: bool
    note: str
    code: str
    number: int  # among the right (or the wrong) answers to its exercise, from 0

    @property
    def student(self) -> str:
        """Who hands it in: the n-th right answers of a unit make one submission."""
        return f"{'right' if self.right else 'wrong'}-{self.number}"

    def __str__(self) -> str:
        return f"{self.unit}-{self.exercise}-{self.student}"


@dataclass(frozen=True)
class Exercise:
    """One exercise with a test cell, as the code of its cells."""

    unit: str
    name: str
    points: float
    setup: tuple[str, ...]  # the locked cells above it
    solution: str
    visible: str  # the checks that students see
    hidden: str

    def __str__(self) -> str:
        return f"{self.unit}-{self.name}"


def read(name: str) -> list[Answer]:
    """Every answer to a unit, in the order of the file. Raises ValueError on a malformed head."""
    answers: list[Answer] = []
    text = (FOLDER / f"{name}.py").read_text("utf-8")
    for part in re.split(r"^# %% ", text, flags=re.MULTILINE)[1:]:
        head, _, code = part.partition("\n")
        match = HEAD.fullmatch(head.strip())
        if not match:
            raise ValueError(f"tests/answers/{name}.py: write `right ID: note`, not: {head}")
        exercise, right = match["exercise"], match["verdict"] == "right"
        number = sum(a.exercise == exercise and a.right == right for a in answers)
        answers.append(Answer(name, exercise, right, match["note"].strip(), code.strip(), number))
    return answers


@functools.cache
def unit(name: str) -> Unit:
    """The unit itself, from its text. Raises UnitError."""
    return Unit(ROOT / "course" / "units" / f"{name}.py")


def exercises(name: str) -> list[Exercise]:
    """Every exercise of a unit that has a test cell, in the order of the text."""
    found, setup, solutions = [], [], {}
    for cell in unit(name).notebook.cells:
        if is_solution(cell):
            solutions[cell.id] = cell.source
        elif is_grade(cell):
            answer = cell.id.removesuffix("-test")
            given = tuple(setup), solutions[answer], *split_hidden(cell.source)
            found.append(Exercise(name, answer, cell.metadata.nbgrader.points, *given))
        elif is_locked(cell) and cell.cell_type == "code":
            setup.append(cell.source)
    return found


def manual(name: str) -> dict[str, float]:
    """The cells of a unit that an instructor grades by hand, with their points."""
    cells = unit(name).notebook.cells
    return {c.id: c.metadata.nbgrader.points for c in cells if is_grade(c) and is_solution(c)}


def lacks(name: str) -> list[str]:
    """What a unit and its bank still need, in words."""
    names = [exercise.name for exercise in exercises(name)]
    points = sum(exercise.points for exercise in exercises(name)) + sum(manual(name).values())
    count = Counter((answer.exercise, answer.right) for answer in read(name))
    found = [] if points == 100 else [f"it gives {points:g} points, not 100"]
    if not 6 <= len(names) + len(manual(name)) <= 10:
        found.append("it has not 6 to 10 exercises")
    found += [f"{n}: answered, but no exercise" for n in {n for n, _ in count} - set(names)]
    for exercise in names:
        if count[exercise, True] < 3 or count[exercise, False] < 5:
            found.append(f"{exercise}: write at least 3 right and 5 wrong answers")
    return found
