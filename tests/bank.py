"""The answer bank as data: what tests/answers/NN_name.py says about each exercise."""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "answers"
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
        return f"{self.exercise}-{self.student}"


def read(unit: str) -> list[Answer]:
    """Every answer of a unit, in the order of the file. Raises ValueError on a malformed head."""
    answers: list[Answer] = []
    text = (FOLDER / f"{unit}.py").read_text("utf-8")
    for part in re.split(r"^# %% ", text, flags=re.MULTILINE)[1:]:
        head, _, code = part.partition("\n")
        match = HEAD.fullmatch(head.strip())
        if not match:
            raise ValueError(f"tests/answers/{unit}.py: write `right ID: note`, not: {head}")
        exercise, right = match["exercise"], match["verdict"] == "right"
        number = sum(a.exercise == exercise and a.right == right for a in answers)
        answers.append(Answer(unit, exercise, right, match["note"].strip(), code.strip(), number))
    return answers


UNITS = sorted(path.stem for path in FOLDER.glob("*.py"))
