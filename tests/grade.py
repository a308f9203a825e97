"""Answers tried on their test cells, each in a process of its own, forked from a warm one.

The verdicts are nbgrader's, without a kernel for each answer; test_answers.py hands some of the
same answers in to nbgrader and compares.
"""

import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from course.environment import ROOT

if TYPE_CHECKING:
    from tests.bank import Answer, Exercise

SETUP = ("matplotlib.pyplot", "course.boards.training", "course.data", "course.predict")
SECONDS = 60  # for one answer; then it counts as an endless loop


class Verdict(NamedTuple):
    """Whether an answer passed the visible checks, passed all, and what the first to fail said."""

    visible: bool
    passed: bool
    message: str


def grade(answers: Iterable[tuple["Exercise", str]]) -> list[Verdict]:
    """Run the code of each answer against its exercise, on every core, and return the verdicts."""
    jobs = [
        (*exercise.setup, code, exercise.visible, exercise.hidden) for exercise, code in answers
    ]
    done = subprocess.run(
        [sys.executable, "-m", "tests.grade"],
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1", "MPLBACKEND": "Agg"},
        input=json.dumps(jobs),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [Verdict(*verdict) for verdict in json.loads(done.stdout)]


def grade_bank() -> dict["Answer", Verdict]:
    """The verdict on every answer of the bank to an exercise that there is."""
    from tests import bank  # not in the process that runs the answers, which need not wait for it

    exercises = {(unit, e.name): e for unit in bank.UNITS for e in bank.exercises(unit)}
    answers = [answer for unit in bank.UNITS for answer in bank.read(unit)]
    known = [answer for answer in answers if (answer.unit, answer.exercise) in exercises]
    found = grade((exercises[answer.unit, answer.exercise], answer.code) for answer in known)
    return dict(zip(known, found, strict=True))


def fault(answer: "Answer", verdicts: dict["Answer", Verdict]) -> str:
    """What is not as it should be in the verdict on an answer of the bank; mostly nothing."""
    visible, _, message = verdicts[answer]
    if answer.right:
        return message
    if visible:
        return "it passes the visible checks"
    if answer.note not in message:
        return f"it draws another message: {message}"
    for other, verdict in verdicts.items():
        same = (other.unit, other.exercise) == (answer.unit, answer.exercise)
        if same and other != answer and verdict.message == message:
            return f"it draws the message of {other}: {message}"
    return ""


def main() -> None:
    """Read the jobs, lists of cells, and write their verdicts, both as JSON."""
    _warm_up()
    jobs, running = json.load(sys.stdin), {}
    with tempfile.TemporaryDirectory() as scratch:
        folders = [Path(scratch, str(number)) for number in range(len(jobs))]
        for cells, folder in zip(jobs, folders, strict=True):
            if len(running) == os.cpu_count():
                _reap(running)
            folder.mkdir()
            if process := os.fork():
                running[process] = folder
            else:
                _try(cells, folder)
        while running:
            _reap(running)
        json.dump([json.loads((f / "verdict").read_text()) for f in folders], sys.stdout)


def _warm_up() -> None:
    """Import what a setup cell may, and what torch itself puts off until it is used."""
    for name in SETUP:
        importlib.import_module(name)
    torch = sys.modules["torch"]
    torch.optim.SGD([torch.zeros(1)])


def _reap(running: dict[int, Path]) -> None:
    """Wait for the next process to end, and write the verdict of one that left none."""
    process, status = os.wait()
    verdict = running.pop(process) / "verdict"
    if not verdict.exists():
        reason = "It ran too long." if status == signal.SIGALRM else "The process died."
        verdict.write_text(json.dumps(Verdict(False, False, reason)))


def _try(cells: list[str], folder: Path) -> None:
    """Run the cells in `folder`, leave the verdict there, and end the process."""
    signal.alarm(SECONDS)
    os.chdir(folder)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    module = sys.modules["__main__"] = ModuleType("__main__")
    *before, visible, hidden = cells
    for cell in before:
        _run(cell, module.__dict__)
    message = _run(visible, module.__dict__)
    verdict = Verdict(True, True, "")
    if message:
        verdict = Verdict(False, False, message)
    elif message := _run(hidden, module.__dict__):
        verdict = Verdict(True, False, message)
    (folder / "verdict").write_text(json.dumps(verdict))
    os._exit(0)


def _run(cell: str, names: dict[str, Any]) -> str:
    """Run a cell as a kernel does: an error ends this cell alone. Returns the error in words."""
    try:
        exec(compile(cell, "<cell>", "exec"), names)
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    return ""


if __name__ == "__main__":
    main()
