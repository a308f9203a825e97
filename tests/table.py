"""`python -m tests.table`: what each unit holds, how its answer bank fares, how long it runs."""

import os
import subprocess
import sys
from math import isnan, nan
from time import perf_counter

import nbformat

from course.environment import ROOT
from tests import bank, prose
from tests.bank import Answer
from tests.grade import Verdict, fault, grade_bank

AS_A_NOTEBOOK = """
import sys, nbclient, nbformat
notebook = nbformat.read(sys.stdin, as_version=4)
nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
"""
COLUMNS = (
    "words", "minutes", "exercises", "points", "right", "full marks", "wrong", "lose points",
    "own message", "script", "notebook",
)  # fmt: skip


def row(name: str, verdicts: dict[Answer, Verdict]) -> dict[str, float]:
    """The numbers of one unit, by column; the last two are seconds, nan where it did not run."""
    unit = bank.unit(name)
    exercises, manual = bank.exercises(name), bank.manual(name)
    answers = [answer for answer in verdicts if answer.unit == name]
    right = [answer for answer in answers if answer.right]
    wrong = [answer for answer in answers if not answer.right]
    return {
        "words": sum(section.words for section in prose.sections(unit.notebook)),
        "minutes": unit.notebook.metadata.course.minutes,
        "exercises": len(exercises) + len(manual),
        "points": sum(exercise.points for exercise in exercises) + sum(manual.values()),
        "right": len(right),
        "full marks": sum(verdicts[answer].passed for answer in right),
        "wrong": len(wrong),
        "lose points": sum(not verdicts[answer].passed for answer in wrong),
        "own message": sum(not fault(answer, verdicts) for answer in wrong),
        "script": _seconds([str(unit.path)]),
        "notebook": _seconds(["-c", AS_A_NOTEBOOK], nbformat.writes(unit.notebook)),
    }


def _seconds(arguments: list[str], text: str = "") -> float:
    command = [sys.executable, *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "MPLBACKEND": "Agg"}
    start = perf_counter()
    done = subprocess.run(command, env=environment, input=text, capture_output=True, text=True)
    return perf_counter() - start if done.returncode == 0 else nan


def main() -> int:
    verdicts = grade_bank()
    table = {name: row(name, verdicts) for name in bank.UNITS}
    table["all"] = {c: sum(numbers[c] for numbers in table.values()) for c in COLUMNS}
    print(f"{'unit':18}", *COLUMNS)
    for name, numbers in table.items():
        print(f"{name:18}", *(f"{numbers[column]:{len(column)}.0f}" for column in COLUMNS))
    faults = [f"{name}: {lack}" for name in bank.UNITS for lack in bank.lacks(name)]
    for name, numbers in table.items():
        faults += [f"{name}: it does not run as a {c}" for c in COLUMNS if isnan(numbers[c])]
    for answer in verdicts:
        if reason := fault(answer, verdicts):
            faults.append(f"{answer}: {reason}")
    for line in faults:
        print(line)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
