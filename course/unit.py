"""A unit's text, read and checked: course/units/NN_name.py as a notebook with its figures.

Where a term is defined, in bold, it becomes a link to its entry in course/glossary.md. A page
that the text links to, such as the glossary, goes with the unit.
"""

import ast
import hashlib
import importlib
import importlib.util
import re
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode

SOLUTION = ("### BEGIN SOLUTION", "### END SOLUTION")
HIDDEN = ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")
FIGURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\(figures/(?P<name>\w+)\.svg\)")
PAGE = re.compile(r"\]\((?P<name>\w+)\.md(#[\w-]+)?\)")
TERM = re.compile(r"\*\*(?P<term>[^\s*][^*]*[^\s*.:?])\*\*")
GLOSSARY_ENTRY = re.compile(r"^### (?P<term>.+)$", re.MULTILINE)
NBGRADER_KEYS = {"grade_id", "grade", "solution", "locked", "points"}


class UnitError(ValueError):
    """A unit that cannot be built; the message gives file, line and what to do."""

    def __init__(self, path: Path, line: int, advice: str):
        super().__init__(f"course/units/{path.name}:{line}: {advice}")


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
            raise self.error(None, "text stands outside every cell; start it with `# %%`")
        self._check_header()
        self._complete_metadata()
        self._check_exercises()
        self._set_ids()
        self._link_terms()
        self.figures = self._draw_figures()
        self.pages = self._read_pages()

    def error(self, cell: NotebookNode | None, advice: str) -> UnitError:
        """The error to raise about `cell`, or about the unit as a whole."""
        return UnitError(self.path, 1 if cell is None else self._line(cell), advice)

    def _line(self, cell: NotebookNode) -> int:
        return next(
            line
            for line, other in zip(self.marker_lines, self.notebook.cells, strict=True)
            if other is cell
        )

    def _check_header(self) -> None:
        about = self.notebook.metadata.get("course", {})
        for key in ("title", "minutes", "teaches"):
            if not about.get(key):
                raise self.error(None, f"the header has no `{key}`; add it under `course:`")
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
                    raise self.error(cell, "the nbgrader metadata is not valid JSON")
                cell.metadata = nbformat.from_dict({})
                continue
            if unknown := set(given) - NBGRADER_KEYS:
                raise self.error(cell, f"unknown nbgrader key {sorted(unknown)[0]!r}; remove it")
            if not re.fullmatch(r"[a-z0-9-]{1,64}", str(given.get("grade_id"))):
                raise self.error(cell, "give the cell a `grade_id` of a-z, 0-9 and hyphens")
            grade, solution = given.get("grade", False), given.get("solution", False)
            if not (grade or solution or given.get("locked")):
                raise self.error(cell, "say what the cell is: `grade`, `solution` or `locked`")
            if grade != ("points" in given) or (grade and not _is_positive(given["points"])):
                raise self.error(cell, "a graded cell, and no other, needs `points` above 0")
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
        seen: dict[str, NotebookNode] = {}
        for cell in self.notebook.cells:
            about = cell.metadata.get("nbgrader")
            is_solution = about is not None and about.solution
            is_test = about is not None and about.grade and not about.solution
            self._check_region(cell, SOLUTION, is_solution)
            self._check_region(cell, HIDDEN, is_test)
            if about is None:
                continue
            if about.grade_id in seen:
                first = self._line(seen[about.grade_id])
                raise self.error(
                    cell, f"grade_id {about.grade_id!r} is taken by line {first}; choose another"
                )
            seen[about.grade_id] = cell
        for name, cell in seen.items():
            about = cell.metadata.nbgrader
            if about.solution and not about.grade and f"{name}-test" not in seen:
                raise self.error(cell, f"no test cell follows; add one named {name + '-test'!r}")
            if about.grade and not about.solution and name.removesuffix("-test") not in seen:
                raise self.error(cell, f"{name!r} tests no solution cell; name it `…-test`")

    def _check_region(self, cell: NotebookNode, markers: tuple[str, str], wanted: bool) -> None:
        """Check that a cell has one closed region between `markers` exactly when it must."""
        begin, end = markers
        lines = [line.strip() for line in cell.source.splitlines()]
        found = [line for line in lines if line in markers]
        if not wanted:
            if found:
                raise self.error(cell, f"`{found[0]}` does not belong in this cell; remove it")
            return
        what = "stub: put the answer" if markers is SOLUTION else "hidden tests: put some"
        if not found:
            raise self.error(cell, f"the cell has no {what} between `{begin}` and `{end}`")
        if found != [begin, end]:
            raise self.error(cell, f"open one region with `{begin}` and close it with `{end}`")
        outside = lines[: lines.index(begin)] + lines[lines.index(end) + 1 :]
        if not any(outside) and cell.cell_type == "code":
            rest = "signature" if markers is SOLUTION else "visible tests"
            raise self.error(cell, f"nothing is left for the student: keep the {rest} outside")

    def _set_ids(self) -> None:
        """Name each cell by its grade_id, or by its text where it has none."""
        taken: set[str] = set()
        for cell in self.notebook.cells:
            digest = hashlib.sha256(cell.source.encode()).hexdigest()[:12]
            cell.id = cell.metadata.get("nbgrader", {}).get("grade_id", f"text-{digest}")
            if cell.id in taken:
                raise self.error(cell, "another cell holds the very same text; change one")
            taken.add(cell.id)

    def _link_terms(self) -> None:
        """Link each bold term to its glossary entry."""
        glossary = self.path.parents[1] / "glossary.md"
        anchors = glossary_anchors(glossary.read_text("utf-8")) if glossary.exists() else {}

        def linked(match: re.Match) -> str:
            anchor = anchors.get(plain_term(match["term"]))
            return f"[{match[0]}](glossary.md#{anchor})" if anchor else match[0]

        for cell in self.notebook.cells:
            if cell.cell_type == "markdown":
                cell.source = TERM.sub(linked, cell.source)

    def _read_pages(self) -> dict[str, str]:
        """The pages that the text links to, by name."""
        pages = {}
        for cell in self.notebook.cells:
            for match in PAGE.finditer(cell.source):
                page = self.path.parents[1] / f"{match['name']}.md"
                if not page.exists():
                    raise self.error(cell, f"write course/{page.name}, to which the text links")
                pages[page.name] = page.read_text("utf-8")
        return pages

    def _draw_figures(self) -> dict[str, str]:
        drawn = {}
        has_figures = importlib.util.find_spec(f"course.figures.{self.slug}")
        figures = importlib.import_module(has_figures.name) if has_figures else None
        for cell in self.notebook.cells:
            for match in FIGURE.finditer(cell.source):
                if not match["alt"].strip():
                    raise self.error(cell, f"figure {match['name']!r} has no text alternative")
                draw = getattr(figures, match["name"], None)
                if draw is None:
                    where = f"course/figures/{self.slug}.py"
                    raise self.error(cell, f"write {match['name']}() in {where}")
                drawn[match["name"]] = draw()
        return drawn


def plain_term(words: str) -> str:
    """A term as the glossary is searched for it: one line, small letters, singular."""
    return " ".join(words.split()).lower().removesuffix("s")


def glossary_anchors(text: str) -> dict[str, str]:
    """Where the entry of each term stands on the glossary's page, by plain term."""
    terms = [match["term"].strip() for match in GLOSSARY_ENTRY.finditer(text)]
    return {plain_term(term): term.replace(" ", "-") for term in terms}


def _is_positive(points: object) -> bool:
    return type(points) in (int, float) and points > 0
