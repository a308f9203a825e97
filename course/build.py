"""From text to notebooks: course/units/*.py -> source/ (with solutions) -> release/ (without).

`source/` is written with jupytext and holds the printed results of the worked examples;
`release/` is what nbgrader's own `generate_assignment` makes of it. Both are replaced as a
whole or not at all, and the same units always give the same bytes.
"""

import ast
import hashlib
import importlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

ROOT = Path(__file__).resolve().parent.parent
SOLUTION = ("### BEGIN SOLUTION", "### END SOLUTION")
HIDDEN = ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")
FIGURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\(figures/(?P<name>\w+)\.svg\)")
NBGRADER_KEYS = {"grade_id", "grade", "solution", "locked", "points"}


class UnitError(ValueError):
    """A unit that cannot be built; the message gives file, line and what to do."""

    def __init__(self, path: Path, line: int, advice: str):
        super().__init__(f"course/units/{path.name}:{line}: {advice}")


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
            unit.write(staging / "source" / unit.name)
        print("  generating the release", flush=True)
        _generate_release(root, staging)
        for name in ("source", "release"):
            _replace(root / name, staging / name, staging / f"old-{name}")


class Unit:
    """One unit: its checked notebook, and where each cell stands in the text.

    `name` is the assignment (`01_tensors`), `slug` the notebook (`tensors`). Raises UnitError.
    """

    def __init__(self, path: Path):
        self.path, self.name = path, path.stem
        self.slug = re.sub(r"^\d+_", "", path.stem)
        text = path.read_text(encoding="utf-8")
        self.marker_lines = [
            number
            for number, line in enumerate(text.splitlines(), 1)
            if re.match(r"# %%(\s|$)", line)
        ]
        try:
            ast.parse(text)
        except SyntaxError as error:
            raise UnitError(path, error.lineno or 1, f"{error.msg}; correct the Python") from None
        self.notebook = jupytext.reads(text, fmt="py:percent")
        if len(self.notebook.cells) != len(self.marker_lines):
            raise self._error(None, "text stands outside every cell; start it with `# %%`")
        self._check_header()
        self._complete_metadata()
        self._check_exercises()
        self._set_ids()
        self.figures = self._draw_figures()

    def write(self, folder: Path) -> None:
        """Write the executed notebook and its figures to `folder`. Raises UnitError."""
        folder.mkdir(parents=True)
        for name, svg in self.figures.items():
            (folder / "figures").mkdir(exist_ok=True)
            (folder / "figures" / f"{name}.svg").write_text(svg + "\n", encoding="utf-8")
        self._execute(folder)
        nbformat.validate(self.notebook)
        text = nbformat.writes(self.notebook)
        (folder / f"{self.slug}.ipynb").write_text(text + "\n", encoding="utf-8")

    def _error(self, cell: nbformat.NotebookNode | None, advice: str) -> UnitError:
        return UnitError(self.path, 1 if cell is None else self._line(cell), advice)

    def _line(self, cell: nbformat.NotebookNode) -> int:
        return next(
            line
            for line, other in zip(self.marker_lines, self.notebook.cells, strict=True)
            if other is cell
        )

    def _check_header(self) -> None:
        about = self.notebook.metadata.get("course", {})
        for key in ("title", "minutes", "teaches"):
            if not about.get(key):
                raise self._error(None, f"the header has no `{key}`; add it under `course:`")
        self.notebook.metadata = nbformat.from_dict(
            {
                "course": about,
                "kernelspec": {
                    "display_name": "Python 3 (ipykernel)",
                    "language": "python",
                    "name": "python3",
                },
                "language_info": {"name": "python"},
            }
        )

    def _complete_metadata(self) -> None:
        """Fill in the nbgrader keys that the text leaves out."""
        lines = self.path.read_text(encoding="utf-8").splitlines()
        for cell, number in zip(self.notebook.cells, self.marker_lines, strict=True):
            given = cell.metadata.get("nbgrader")
            if given is None:
                if "nbgrader" in lines[number - 1]:
                    raise self._error(cell, "the nbgrader metadata is not valid JSON")
                cell.metadata = nbformat.from_dict({})
                continue
            if unknown := set(given) - NBGRADER_KEYS:
                raise self._error(cell, f"unknown nbgrader key {sorted(unknown)[0]!r}; remove it")
            if not re.fullmatch(r"[a-z0-9-]{1,64}", str(given.get("grade_id"))):
                raise self._error(cell, "give the cell a `grade_id` of a-z, 0-9 and hyphens")
            grade, solution = given.get("grade", False), given.get("solution", False)
            if not (grade or solution or given.get("locked")):
                raise self._error(cell, "say what the cell is: `grade`, `solution` or `locked`")
            if grade != ("points" in given) or (grade and not _is_positive(given["points"])):
                raise self._error(cell, "a graded cell, and no other, needs `points` above 0")
            full = {
                "grade": grade,
                "grade_id": given["grade_id"],
                "locked": not solution,
                "schema_version": 3,
                "solution": solution,
                "task": False,
            }
            if grade:
                full["points"] = given["points"]
            cell.metadata = nbformat.from_dict({"nbgrader": full})

    def _check_exercises(self) -> None:
        seen: dict[str, nbformat.NotebookNode] = {}
        for cell in self.notebook.cells:
            about = cell.metadata.get("nbgrader")
            is_solution = about is not None and about.solution
            is_test = about is not None and about.grade and not about.solution
            self._check_region(cell, SOLUTION, is_solution and cell.cell_type == "code")
            self._check_region(cell, HIDDEN, is_test)
            if about is None:
                continue
            if about.grade_id in seen:
                first = self._line(seen[about.grade_id])
                raise self._error(
                    cell, f"grade_id {about.grade_id!r} is taken by line {first}; choose another"
                )
            seen[about.grade_id] = cell
        for name, cell in seen.items():
            about = cell.metadata.nbgrader
            if about.solution and not about.grade and f"{name}-test" not in seen:
                raise self._error(cell, f"no test cell follows; add one named {name + '-test'!r}")
            if about.grade and not about.solution and name.removesuffix("-test") not in seen:
                raise self._error(cell, f"{name!r} tests no solution cell; name it `…-test`")

    def _check_region(
        self, cell: nbformat.NotebookNode, markers: tuple[str, str], wanted: bool
    ) -> None:
        """Check that a cell has one closed region between `markers` exactly when it must."""
        begin, end = markers
        lines = [line.strip() for line in cell.source.splitlines()]
        if begin not in lines and end not in lines:
            if wanted:
                what = "stub: put the answer" if markers is SOLUTION else "hidden tests: put some"
                raise self._error(cell, f"the cell has no {what} between `{begin}` and `{end}`")
            return
        if not wanted:
            raise self._error(cell, f"`{begin}` does not belong in this kind of cell; remove it")
        if (
            lines.count(begin) != 1
            or lines.count(end) != 1
            or lines.index(begin) > lines.index(end)
        ):
            raise self._error(cell, f"open one region with `{begin}` and close it with `{end}`")
        outside = lines[: lines.index(begin)] + lines[lines.index(end) + 1 :]
        if not any(outside):
            what = "a stub" if markers is SOLUTION else "visible tests"
            raise self._error(cell, f"the cell has no {what}; write something before `{begin}`")

    def _set_ids(self) -> None:
        """Name each cell by its grade_id, or by its text where it has none."""
        taken: set[str] = set()
        for cell in self.notebook.cells:
            digest = hashlib.sha256(cell.source.encode()).hexdigest()[:12]
            cell.id = cell.metadata.get("nbgrader", {}).get("grade_id", f"text-{digest}")
            if cell.id in taken:
                raise self._error(cell, "another cell holds the very same text; change one")
            taken.add(cell.id)

    def _draw_figures(self) -> dict[str, str]:
        drawn = {}
        has_figures = importlib.util.find_spec(f"course.figures.{self.slug}")
        figures = importlib.import_module(has_figures.name) if has_figures else None
        for cell in self.notebook.cells:
            for match in FIGURE.finditer(cell.source):
                if not match["alt"].strip():
                    raise self._error(cell, f"figure {match['name']!r} has no text alternative")
                draw = getattr(figures, match["name"], None)
                if draw is None:
                    where = f"course/figures/{self.slug}.py"
                    raise self._error(cell, f"write {match['name']}() in {where}")
                drawn[match["name"]] = draw()
        return drawn

    def _execute(self, folder: Path) -> None:
        """Run every cell in a fresh kernel and keep the text that the cells print."""
        client = NotebookClient(
            self.notebook,
            timeout=120,
            kernel_name="python3",
            extra_arguments=["--log-level=ERROR"],
            store_widget_state=False,
        )
        try:
            client.execute(cwd=str(folder), env=os.environ | {"PYTHONPATH": str(ROOT)})
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            cell = next(c for c in reversed(self.notebook.cells) if _has_run(c))
            last = str(error).strip().splitlines()[-1]
            raise self._error(cell, f"the cell does not run: {last}") from None
        for cell in self.notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = list(self._text_outputs(cell))
                cell.metadata.pop("execution", None)
        self.notebook.metadata.language_info = nbformat.from_dict({"name": "python"})

    def _text_outputs(self, cell: nbformat.NotebookNode) -> Iterator[nbformat.NotebookNode]:
        """What the cell printed, in one piece however it arrived, then what it displayed."""
        streams = [output for output in cell.outputs if output.output_type == "stream"]
        for output in streams:
            if output.name == "stderr":
                first = output.text.strip().splitlines()[0]
                raise self._error(cell, f"the cell writes to stderr: {first}")
        if streams:
            yield nbformat.v4.new_output("stream", text="".join(o.text for o in streams))
        for output in cell.outputs:
            if plain := output.get("data", {}).get("text/plain"):
                yield nbformat.v4.new_output("display_data", {"text/plain": plain})


def _has_run(cell: nbformat.NotebookNode) -> bool:
    return cell.cell_type == "code" and "execution" in cell.metadata


def _is_positive(points: object) -> bool:
    return type(points) in (int, float) and points > 0


def _generate_release(root: Path, staging: Path) -> None:
    """Let nbgrader make `staging/release` from `staging/source`, with a gradebook of its own."""
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "--assignment=*"]
    command += [
        f"--CourseDirectory.root={staging}",
        f"--CourseDirectory.db_url=sqlite:///{staging / 'gradebook.db'}",
    ]
    tools = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        command,
        cwd=root,
        env=os.environ | {"PATH": tools, "PYTHONPATH": str(ROOT)},
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
