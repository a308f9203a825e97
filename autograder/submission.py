"""A submission made to agree with what was released, whatever was handed in.

Only the student's words count: the source of the answer cells, of the cells they added and of
the text and examples they edited. Order, tags, metadata, tests and files come from the release.
What had to be put right is said in plain words, first of all to the student.
"""

import json
import os
import re
import shutil
from collections import defaultdict
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import parse_utc

ABOUT_THE_SUBMISSION = ("timestamp.txt", "submission_secret.txt")
NOBODYS_FILES = {".ipynb_checkpoints", "__pycache__", ".DS_Store", "feedback"}

UNANSWERED = "Missing, so not answered"
MISSING = "Missing and put back"
CHANGED = "Changed, so the released cell was used"
COPIED = "There more than once, so all that are not empty were run, each in its place"
DOUBLED = "There more than once, so the released cell was used once"
RETYPED = "Of another type, so the released type was used"
RETAGGED = "With other tags or settings, so the released ones were used"


class Unreadable(Exception):
    """A file that holds no notebook, with the reason in words."""


class Handed(NamedTuple):
    """What counts of one cell of a submission."""

    kind: str
    source: str
    cell_id: str | None
    settings: dict[str, Any]
    tags: list[Any]
    attachments: dict[str, dict[str, str]]


def stage(submitted: Path, released: Path, staged: Path) -> list[str]:
    """Make the folder `staged`: the submission in `submitted`, agreeing with `released`.

    It holds every released notebook, filled with the student's answers where there are any,
    and nbgrader's own two notes on the submission. Links are never followed, other files are
    never copied. Returns one sentence for each thing that was put right; the student finds
    the same sentences at the top of the notebook.
    """
    staged.mkdir(parents=True)
    files = _regular_files(submitted)
    said = _copy_notes_on_it(submitted, files, staged)
    names = sorted(path.name for path in released.glob("*.ipynb"))
    used = set(names)
    for name in names:
        rivals = [file for file in files if _is_notebook(file) and file not in used - {name}]
        original = nbformat.read(released / name, as_version=4)
        chosen, cells, notes = _choose(submitted, rivals, name, original)
        notebook, repairs = agree(cells, original)
        notes += repairs if chosen else []
        used.add(chosen)
        if name == names[-1]:
            notes += _left_out(submitted, released, used)
        if notes:
            notebook.cells.insert(0, _note(notes))
        nbformat.write(notebook, staged / name)
        said += notes
    return said


def read(path: Path) -> list[Handed]:
    """The cells of a notebook file that may have been written by anything. Raises Unreadable."""
    try:
        notebook = json.loads(path.read_bytes())
    except OSError as error:
        raise Unreadable("it cannot be opened") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"it is not valid JSON: {error}") from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise Unreadable("it holds no list of cells")
    if notebook.get("nbformat") != 4:
        raise Unreadable("it is not in notebook format 4: save it again in JupyterLab")
    return [from_json(cell) for cell in notebook["cells"] if isinstance(cell, dict)]


def from_json(cell: dict[str, Any]) -> Handed:
    """The parts of a cell that count, each of the right type whatever stood in the file."""
    source = cell.get("source")
    lines = source if isinstance(source, list) else [source]
    metadata = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
    settings = metadata.get("nbgrader") if isinstance(metadata.get("nbgrader"), dict) else {}
    if not isinstance(settings.get("grade_id"), str):
        settings = {}
    return Handed(
        kind=cell["cell_type"] if cell.get("cell_type") in ("code", "markdown") else "raw",
        source=_storable("".join(line for line in lines if isinstance(line, str))),
        cell_id=cell["id"] if isinstance(cell.get("id"), str) else None,
        settings=_without_checksum(settings),
        tags=_tags(metadata),
        attachments=_attachments(cell.get("attachments")),
    )


def agree(handed: list[Handed], released: NotebookNode) -> tuple[NotebookNode, list[str]]:
    """The released notebook with the student's cells in it, and what had to be put right.

    Cells that the student added stay behind the cell they stood behind. So do the further
    copies of an answer (a cell that was split is two copies), unless they are empty stubs:
    what runs before a test is what ran before it in the student's own notebook.
    """
    copies, added, order = _sort_out(handed, released)
    cells, repairs = [*_added(added[-1])], defaultdict(list)
    for index, cell in enumerate(released.cells):
        settled, repaired = _settle(cell, copies[index])
        cells += [settled, *_added(added[index])]
        for repair in repaired:
            repairs[repair].append(f"`{_settings(cell)['grade_id']}`")
    notes = [f"{repair}: {', '.join(names)}." for repair, names in repairs.items()]
    lost = sum(not copies[i] and not _settings(c) for i, c in enumerate(released.cells))
    if lost:
        notes.append(f"{MISSING}: cells of text or examples ({lost}).")
    if order != sorted(order):
        notes.append("The cells were in another order, so the released order was used.")
    notebook = deepcopy(released)
    notebook.nbformat_minor = 5
    notebook.cells = cells
    for number, cell in enumerate(cells):
        cell.setdefault("id", f"cell-{number}")
    return notebook, notes


def _choose(
    folder: Path, rivals: list[str], name: str, released: NotebookNode
) -> tuple[str | None, list[Handed], list[str]]:
    """Which file is the student's `name`: its name in the folder, its cells, what to say."""
    readable, notes = {}, []
    for file in rivals:
        try:
            readable[file] = read(folder / file)
        except Unreadable as reason:
            notes.append(f"{_quoted(file)} could not be read as a notebook: {reason}.")
    scores = {file: _attempts(cells, released) for file, cells in readable.items()}
    if name in scores and (scores[name][0] or max(scores.values())[0] == 0):
        return name, readable[name], notes
    best = max(scores, key=lambda file: scores[file], default=None)
    if best is None or scores[best][1] == 0:
        nothing = f"No notebook with answers for {_quoted(name)} was found."
        return None, [], [*notes, nothing]
    found = "holds no answers" if name in scores else "is not there"
    instead = f"{_quoted(name)} {found}, so {_quoted(best)} was graded."
    return best, readable[best], [*notes, instead]


def _attempts(handed: list[Handed], released: NotebookNode) -> tuple[int, int]:
    """How many answers of this notebook were begun, and how many of its cells are there."""
    copies, _, _ = _sort_out(handed, released)
    graded = [(cell, copies[i]) for i, cell in enumerate(released.cells) if _settings(cell)]
    begun = sum(any(_is_try(copy, cell) for copy in there) for cell, there in graded)
    return begun, sum(bool(there) for _, there in graded)


def _sort_out(
    handed: list[Handed], released: NotebookNode
) -> tuple[dict[int, list[Handed]], dict[int, list[Handed]], list[int]]:
    """Which released cell each handed cell is.

    Returns the copies of each released cell, the cells added behind each (-1: at the top),
    and the released cells in the order in which they were first met; cells are indices.
    """
    by_grade_id = {
        _settings(c)["grade_id"]: i for i, c in enumerate(released.cells) if _settings(c)
    }
    by_id = {c.id: i for i, c in enumerate(released.cells) if "id" in c}
    by_source = {c.source: i for i, c in enumerate(released.cells) if not _settings(c)}
    copies, added, order, last = defaultdict(list), defaultdict(list), [], -1
    for cell in handed:
        home = by_grade_id.get(cell.settings.get("grade_id"))
        home = by_id.get(cell.cell_id, by_source.get(cell.source)) if home is None else home
        if home is None or _is_spare(cell, copies[home], released.cells[home]):
            added[last].append(cell)
        elif not copies[home]:
            order.append(home)
            last = home
        if home is not None:
            copies[home].append(cell)
    return copies, added, order


def _is_spare(cell: Handed, before: list[Handed], released: NotebookNode) -> bool:
    """Whether a copy of a released cell is to stay as a cell of the student's own."""
    if not _settings(released):
        return bool(before)
    return _is_try(cell, released) and any(_is_try(copy, released) for copy in before)


def _is_try(cell: Handed, released: NotebookNode) -> bool:
    """Whether this is an answer that is more than the stub."""
    is_answer = _settings(released).get("solution", False)
    return is_answer and cell.source.strip() != released.source.strip()


def _settle(cell: NotebookNode, copies: list[Handed]) -> tuple[NotebookNode, list[str]]:
    """One released cell as it will be graded, and what had to be put right in it."""
    settled, settings = deepcopy(cell), _settings(cell)
    if not settings:
        return (_new(copies[0], cell.get("id")), []) if copies else (settled, [])
    answer = settings.get("solution")
    if not copies:
        return settled, [UNANSWERED if answer else MISSING]
    chosen = next((copy for copy in copies if _is_try(copy, cell)), copies[0])
    if answer:
        settled.source = chosen.source
        if chosen.attachments and cell.cell_type == "markdown":
            settled.attachments = chosen.attachments
    found = {
        CHANGED: not answer and any(copy.source != cell.source for copy in copies),
        COPIED if answer else DOUBLED: len(copies) > 1,
        RETYPED: chosen.kind != cell.cell_type,
        RETAGGED: (chosen.settings, chosen.tags)
        != (_without_checksum(settings), _tags(cell.metadata)),
    }
    return settled, [repair for repair, true in found.items() if true]


def _settings(cell: NotebookNode) -> dict[str, Any]:
    return cell.metadata.get("nbgrader", {})


def _without_checksum(settings: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in settings.items() if key != "checksum"}


def _tags(metadata: dict[str, Any]) -> list[Any]:
    tags = metadata.get("tags")
    return tags if isinstance(tags, list) else []


def _attachments(value: Any) -> dict[str, dict[str, str]]:
    """The pictures pasted into a text cell, or nothing if they are not what they should be."""
    bundles = value.values() if isinstance(value, dict) else [None]
    sound = all(isinstance(bundle, dict) for bundle in bundles) and all(
        isinstance(text, str) and text == _storable(text)
        for name, bundle in value.items()
        for text in (name, *bundle, *bundle.values())
    )
    return value if sound else {}


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _new(cell: Handed, cell_id: str | None) -> NotebookNode:
    make = {"code": nbformat.v4.new_code_cell, "markdown": nbformat.v4.new_markdown_cell}
    new = make.get(cell.kind, nbformat.v4.new_raw_cell)(cell.source)
    del new["id"]
    if cell_id:
        new.id = cell_id
    if cell.attachments and cell.kind == "markdown":
        new.attachments = cell.attachments
    return new


def _added(cells: list[Handed]) -> list[NotebookNode]:
    return [_new(cell, None) for cell in cells]


def _note(sentences: list[str]) -> NotebookNode:
    heading = "**Before grading, this notebook was made to agree with the released one.**"
    text = "\n".join([heading, "", *(f"- {sentence}" for sentence in sentences)])
    return nbformat.v4.new_markdown_cell(text, id="put-right-before-grading")


def _regular_files(folder: Path) -> list[str]:
    if folder.is_symlink() or not folder.is_dir() or not os.access(folder, os.R_OK | os.X_OK):
        return []
    return sorted(p.name for p in folder.iterdir() if p.is_file() and not p.is_symlink())


def _is_notebook(name: str) -> bool:
    return name.endswith(".ipynb")


def _copy_notes_on_it(submitted: Path, files: list[str], staged: Path) -> list[str]:
    """Copy nbgrader's notes on the submission, unless nbgrader would trip over them."""
    timestamp = staged / "timestamp.txt"
    try:
        for name in set(files).intersection(ABOUT_THE_SUBMISSION):
            shutil.copyfile(submitted / name, staged / name)
        if timestamp.exists():
            parse_utc(timestamp.read_text().strip() or None)
    except (OSError, ValueError, OverflowError):
        timestamp.unlink(missing_ok=True)
        return ["The time of the submission could not be read."]
    return []


def _left_out(submitted: Path, released: Path, used: set[str | None]) -> list[str]:
    """What to say of the things handed in that are no part of the release."""
    if submitted.is_symlink():
        return ["The whole submission is a link, and links are not followed."]
    links, files = [], []
    for folder, inside, names in os.walk(submitted):
        inside[:] = sorted(set(inside) - NOBODYS_FILES)
        for path in (Path(folder, name) for name in sorted({*inside, *names} - NOBODYS_FILES)):
            relative = path.relative_to(submitted)
            ours = str(relative) in {*used, *ABOUT_THE_SUBMISSION} or (released / relative).exists()
            if path.is_symlink():
                links.append(str(relative))
            elif not ours and not path.is_dir():
                files.append(str(relative))
    found = {
        "Links are not followed": links,
        "Files that are no part of the unit were not used": files,
    }
    return [f"{what}: {_listed(names)}." for what, names in found.items() if names]


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(map(_quoted, names[:5])) + more


def _quoted(name: str) -> str:
    """A file's name as text that cannot be anything else on a page."""
    plain = re.sub(r"[^\w./ -]", "?", name)
    return f"`{plain[:60]}`"
