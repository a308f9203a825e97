"""Open the course: the released units in `my-course/`, and JupyterLab on the start page."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from course import environment, progress
from course.progress import RELEASE

MY_COURSE = environment.ROOT / "my-course"
LAB_SETTINGS = Path(__file__).resolve().parent / "jupyter"
START_PAGE = "--LabApp.default_url=/lab/tree/start.md"
COPIED = ".copied.json"


def study(no_browser: bool, port: int | None) -> int:
    """Set up what is missing, copy the units and run JupyterLab; return its exit status.

    Raises SetupError.
    """
    python = environment.ensure(environment.REQUIREMENTS)
    for line in copy_units(RELEASE, MY_COURSE):
        print(line, flush=True)
    progress.draw(MY_COURSE)
    options = [f"--ServerApp.root_dir={MY_COURSE}", START_PAGE]
    if no_browser:
        options.append("--no-browser")
    if port is not None:
        options += [f"--port={port}", "--ServerApp.port_retries=0"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")
    variables = lab_variables() | progress.variable(MY_COURSE)
    return environment.run(python, "-m", "jupyterlab", *options, **variables)


def lab_variables() -> dict[str, str]:
    """What JupyterLab needs in its environment: our settings, and nbgrader's for this course."""
    theirs = os.environ.get("JUPYTER_CONFIG_PATH")
    folders = [str(LAB_SETTINGS), str(environment.ROOT), *([theirs] if theirs else [])]
    return {"JUPYTER_CONFIG_PATH": os.pathsep.join(folders)}


def copy_units(release: Path, target: Path) -> list[str]:
    """Bring `target` up to date with the released units and return what there is to say.

    A file that the student has changed is never touched; one that is still as it was copied is
    replaced when the release has a newer one. Raises SetupError.
    """
    units = sorted(release.glob("*/*.ipynb"))
    if not units:
        raise environment.SetupError(
            f"{release} holds no units: get a complete copy of the course."
        )
    if target.exists() and not target.is_dir():
        raise environment.SetupError(f"{target} is a file: move it away, then run this again.")
    target.mkdir(exist_ok=True)
    record = target / COPIED
    copied = _read_record(record)
    fresh = {"start.md": _start_page(units).encode()}
    for path in sorted(release.rglob("*")):
        if path.is_file():
            fresh[path.relative_to(release).as_posix()] = path.read_bytes()
    lines, new = [], 0
    for name, content in fresh.items():
        theirs, digest = target / name, hashlib.sha256(content).hexdigest()
        there = hashlib.sha256(theirs.read_bytes()).hexdigest() if theirs.exists() else None
        if there not in (None, digest, copied.get(name)):
            if copied.get(name) != digest:
                lines.append(
                    f"{theirs.name} has a new version, and yours has work in it: yours is kept. "
                    f"For the new one, rename yours and run this again."
                )
            continue
        if there != digest:
            theirs.parent.mkdir(parents=True, exist_ok=True)
            progress.write(theirs, content)
            new += name.endswith(".ipynb")
        copied[name] = digest
    progress.write(record, json.dumps(copied, indent=1).encode())
    lines.insert(0, f"Your course is in {target} ({len(units)} units, {new} of them new).")
    return lines


def _read_record(path: Path) -> dict[str, str]:
    """The digest of each file as it was copied; none where the record is missing or damaged."""
    try:
        return dict(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError):
        return {}


def _start_page(units: list[Path]) -> str:
    rows = []
    for path in units:
        about = json.loads(path.read_text("utf-8"))["metadata"]["course"]
        number, link = int(path.parent.name[:2]), f"{path.parent.name}/{path.name}"
        rows.append(
            f"| {number} | [{about['title']}]({link}) | {about['minutes']}&nbsp;min "
            f"| {about['teaches']} |"
        )
    intro = (Path(__file__).parent / "start.md").read_text("utf-8")
    return intro.replace("<!-- units -->", "\n".join(rows))
