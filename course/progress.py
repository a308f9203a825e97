"""The progress map: what the learner's own runs recorded, as a picture and as a table.

A kernel that JupyterLab opened for `python3 -m course` notes in one small file, in the learner's
folder, which checks were run and which guesses were committed. Everywhere else nothing is written,
and nothing leaves the machine. No more than the standard library is imported here.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from course.environment import ROOT, SetupError
from course.svg import GREEN, GREY, INK, PAPER, YELLOW, picture, tag, text

if os.name == "nt":
    from msvcrt import LK_LOCK, locking
else:
    from fcntl import LOCK_EX, flock

RELEASE = ROOT / "release"
VARIABLE = "FORWARD_PASS_PROGRESS"  # in the kernel's environment: the path of the record
RECORD, PICTURE = ".progress.json", "progress.svg"
UNWRITTEN = "Not written yet"  # how the error of an untouched stub begins
PASSED, TRIED, NOT_TRIED = STATES = ("passed", "tried", "not tried")
LETTERS = {PASSED: "P", TRIED: "t", NOT_TRIED: "."}


@dataclass(frozen=True)
class Unit:
    """A released unit: its folder (`01_tensors`), its title, the ids of its exercises."""

    folder: str
    title: str
    exercises: tuple[str, ...]

    @property
    def name(self) -> str:
        """The number and the title: `1 Tensors`."""
        return f"{int(self.folder[:2])} {self.title}"


def variable(folder: Path) -> dict[str, str]:
    """What the environment of JupyterLab needs for its kernels to record in `folder`."""
    return {VARIABLE: str(folder / RECORD)}


def watch() -> None:
    """Record every check that this kernel runs, if it is one that the course has opened."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython and _place() else None
    if shell:
        shell.events.register("post_run_cell", _after_cell)


def guess(name: str) -> str | None:
    """The guess that was committed for the question `name` of this notebook's unit."""
    place = _place()
    return _read(place[0]).get(place[1], {}).get("guesses", {}).get(name) if place else None


def keep_guess(name: str, value: str) -> None:
    """Keep the guess `value` for the question `name`; one that is there already stays."""
    _keep("guesses", name, value)


def draw(folder: Path) -> None:
    """Draw the map of what is recorded in the learner's `folder`, into `folder`."""
    with _lock(folder):
        write(folder / PICTURE, _picture(_states(folder)).encode())


def table(folder: Path) -> str:
    """The map of the learner's `folder` as text, a line a unit. Raises SetupError."""
    if not folder.is_dir():
        raise SetupError(f"there is no {folder.name} folder yet: run python3 -m course first.")
    rows = _states(folder)
    wide = max((len(unit.name) for unit in rows), default=0)
    long = max((len(states) for states in rows.values()), default=0)
    lines = [f"{_summary(rows)}.", ""]
    for unit, states in rows.items():
        marks = "".join(LETTERS[state] for state in states)
        lines.append(f"{unit.name:{wide}}  {marks:{long}}  {_count(states)}")
    legend = "   ".join(f"{letter} {state}" for state, letter in LETTERS.items())
    return "\n".join([*lines, "", legend])


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    half = path.with_name(path.name + ".part")
    half.write_bytes(content)
    half.replace(path)


def _place() -> tuple[Path, str] | None:
    """The record's path and the folder of this kernel's notebook, where there is a record.

    A Jupyter server gives JPY_SESSION_NAME, the notebook's path, to kernels that a page opened.
    """
    record, notebook = os.environ.get(VARIABLE), os.environ.get("JPY_SESSION_NAME")
    return (Path(record), Path(notebook).parent.name) if record and notebook else None


def _after_cell(result: Any) -> None:
    cell, error = result.info.cell_id or "", result.error_before_exec or result.error_in_exec
    untouched = isinstance(error, NotImplementedError) and str(error).startswith(UNWRITTEN)
    if not cell.endswith("-test") or untouched:
        return
    _keep("exercises", cell.removesuffix("-test"), TRIED if error else PASSED)


def _keep(kind: str, name: str, value: str) -> None:
    """Record `value` and draw the map anew; what was guessed or passed before stays."""
    place = _place()
    if not place:
        return
    record, folder = place
    with suppress(Exception):  # whatever is wrong, the learner's cell is none the worse for it
        with _lock(record.parent):
            units = _read(record)
            there = units.setdefault(folder, {"exercises": {}, "guesses": {}})[kind]
            if name not in there or there[name] == TRIED:
                there[name] = value
                write(record, json.dumps(units, indent=1).encode())
        draw(record.parent)


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Keep other kernels from writing; the system takes the lock back when a process dies."""
    with open(folder / ".progress.lock", "w") as file:
        if os.name == "nt":
            locking(file.fileno(), LK_LOCK, 1)
        else:
            flock(file, LOCK_EX)
        yield


def _read(record: Path) -> dict[str, dict[str, dict[str, str]]]:
    """What is recorded, by unit; a damaged record is renamed, and a new one begins."""
    try:
        units = json.loads(record.read_text("utf-8"))
        return {
            folder: {kind: dict(unit[kind]) for kind in ("exercises", "guesses")}
            for folder, unit in units.items()
        }
    except OSError:
        return {}
    except (AttributeError, KeyError, TypeError, ValueError):
        with suppress(OSError):
            record.replace(record.with_name(".progress.damaged.json"))
        return {}


@cache
def _units() -> list[Unit]:
    units = []
    for path in sorted(RELEASE.glob("*/*.ipynb")):
        notebook = json.loads(path.read_text("utf-8"))
        graded = [cell["metadata"].get("nbgrader", {}) for cell in notebook["cells"]]
        tests = [about["grade_id"] for about in graded if _is_test(about)]
        exercises = tuple(name.removesuffix("-test") for name in tests)
        units.append(Unit(path.parent.name, notebook["metadata"]["course"]["title"], exercises))
    return units


def _is_test(about: dict[str, Any]) -> bool:
    return about.get("grade", False) and not about["solution"]


def _states(folder: Path) -> dict[Unit, list[str]]:
    """The state of each exercise, by unit."""
    recorded, rows = _read(folder / RECORD), {}
    for unit in _units():
        done = recorded.get(unit.folder, {}).get("exercises", {})
        rows[unit] = [
            NOT_TRIED if done.get(exercise) not in STATES else done[exercise]
            for exercise in unit.exercises
        ]
    return rows


def _count(states: list[str]) -> str:
    return f"{states.count(PASSED)} of {len(states)}"


def _summary(rows: dict[Unit, list[str]]) -> str:
    every = [state for states in rows.values() for state in states]
    return f"Exercises passed: {_count(every)}; tried and not yet passed: {every.count(TRIED)}"


def _picture(rows: dict[Unit, list[str]]) -> str:
    """A row of marks for each unit, told apart by shape, by colour and by what is inside."""
    longest = max((len(states) for states in rows.values()), default=0)
    left, step = 210, 26
    width, bottom = left + step * longest + 80, 30 * len(rows) + 50
    parts = [tag("rect", width=width, height=bottom + 40, fill=PAPER)]
    parts.append(text(16, 26, f"{_summary(rows)}.", fill=INK, font_weight="bold"))
    for row, (unit, states) in enumerate(rows.items()):
        y = 62 + 30 * row
        parts.append(text(16, y + 5, unit.name, fill=INK))
        parts += (_mark(state, left + step * place, y) for place, state in enumerate(states))
        parts.append(text(width - 16, y + 5, _count(states), fill=INK, text_anchor="end"))
    parts.append(tag("path", d=f"M16 {bottom}H{width - 16}", stroke=GREY))
    for place, state in enumerate(STATES):
        parts.append(_mark(state, left + 90 * place, bottom + 16))
        parts.append(text(left + 90 * place + 15, bottom + 21, state, fill=INK))
    by_unit = "; ".join(f"{unit.name}: {_count(states)}" for unit, states in rows.items())
    return picture(width, bottom + 40, *parts, label=f"{_summary(rows)}. {by_unit}.")


def _mark(state: str, x: float, y: float) -> str:
    if state == PASSED:
        box = tag("rect", x=x - 9, y=y - 9, width=18, height=18, rx=3, fill=GREEN)
        tick = f"M{x - 5} {y}l4 4l7 -8"
        return box + tag("path", d=tick, fill="none", stroke=PAPER, stroke_width=2.5)
    if state == TRIED:
        diamond = f"M{x} {y - 9}l9 9l-9 9l-9 -9z"
        return tag("path", d=diamond, fill=YELLOW, stroke=INK)
    return tag("circle", cx=x, cy=y, r=6, fill="none", stroke="#777777", stroke_width=1.5)
