"""From text to notebooks: course/units/*.py -> source/ (with solutions) -> release/ (without).

`source/` is written with jupytext and holds the printed results of the worked examples;
`release/` is what nbgrader's own `generate_assignment` makes of it. Both are replaced as a
whole or not at all, and the same units always give the same bytes.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from course.environment import ROOT, with_tools
from course.unit import Unit, UnitError


def build(root: Path) -> None:
    """Rebuild `root/source` and `root/release` from the units in `root/course/units`.

    Raises UnitError for a malformed unit and RuntimeError where nbgrader refuses one; then
    nothing is written.
    """
    units = [Unit(path) for path in sorted((root / "course" / "units").glob("*.py"))]
    with tempfile.TemporaryDirectory(prefix=".build-", dir=root) as scratch:
        staging = Path(scratch)
        for unit in units:
            print(f"  {unit.name}: running its {len(unit.notebook.cells)} cells", flush=True)
            _write(unit, staging / "source" / unit.name)
        print("  generating the release", flush=True)
        _generate_release(root, staging)
        for name in ("source", "release"):
            _replace(root / name, staging / name, staging / f"old-{name}")


def _write(unit: Unit, folder: Path) -> None:
    """Write the unit's executed notebook, figures and pages to `folder`. Raises UnitError."""
    folder.mkdir(parents=True)
    for name, text in unit.pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, svg in unit.figures.items():
        (folder / "figures").mkdir(exist_ok=True)
        (folder / "figures" / f"{name}.svg").write_text(svg + "\n", encoding="utf-8")
    _execute(unit, folder)
    nbformat.validate(unit.notebook)
    text = nbformat.writes(unit.notebook)
    (folder / f"{unit.slug}.ipynb").write_text(text + "\n", encoding="utf-8")


def _execute(unit: Unit, folder: Path) -> None:
    """Run every cell in a fresh kernel and keep the text that the cells print."""
    notebook = unit.notebook
    client = NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        extra_arguments=["--log-level=ERROR"],
        store_widget_state=False,
    )
    try:
        client.execute(cwd=str(folder), env=os.environ | {"PYTHONPATH": str(ROOT)})
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        cell = next(cell for cell in reversed(notebook.cells) if "execution" in cell.metadata)
        last = str(error).strip().splitlines()[-1]
        raise unit.error(cell, f"the cell does not run: {last}") from None
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = list(_text_outputs(unit, cell))
        cell.metadata.pop("execution", None)
    notebook.metadata.language_info = nbformat.from_dict({"name": "python"})


def _text_outputs(unit: Unit, cell: NotebookNode) -> Iterator[NotebookNode]:
    """What the cell printed, in one piece however it arrived, then what it displayed."""
    streams = [output for output in cell.outputs if output.output_type == "stream"]
    for output in streams:
        if output.name == "stderr":
            first = output.text.strip().splitlines()[0]
            raise unit.error(cell, f"the cell writes to stderr: {first}")
    if streams:
        yield nbformat.v4.new_output("stream", text="".join(o.text for o in streams))
    for output in cell.outputs:
        if plain := output.get("data", {}).get("text/plain"):
            yield nbformat.v4.new_output("display_data", {"text/plain": plain})


def _generate_release(root: Path, staging: Path) -> None:
    """Let nbgrader make `staging/release` from `staging/source`, with a gradebook of its own."""
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "--assignment=*"]
    command += [
        f"--CourseDirectory.root={staging}",
        f"--CourseDirectory.db_url=sqlite:///{staging / 'gradebook.db'}",
    ]
    done = subprocess.run(
        command,
        cwd=root,
        env=with_tools(sys.executable) | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"nbgrader could not generate the release:\n{done.stderr}")


def _replace(target: Path, fresh: Path, old: Path) -> None:
    if target.exists():
        target.rename(old)
    shutil.move(fresh, target)


def main() -> int:
    try:
        build(ROOT)
    except (UnitError, RuntimeError) as error:
        print(f"Nothing was written. {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
