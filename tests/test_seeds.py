"""The documents that the course follows: what docs/seeds.md says of them stands in the units."""

import re

import pytest

from course.environment import ROOT
from course.unit import Unit

ROW = re.compile(r"\| .+ \| (\d)\.(\d+) \| (`(.+)`|\"(.+)\") \|")
ROWS = [
    row
    for row in (ROOT / "docs" / "seeds.md").read_text("utf-8").splitlines()
    if row.startswith("| ") and not row.startswith("| what ")
]


@pytest.fixture(scope="session")
def sections() -> dict[str, dict[str, list[str]]]:
    """The cells of each section, by its number and by kind: markdown or code."""
    found: dict[str, dict[str, list[str]]] = {}
    for path in sorted((ROOT / "course" / "units").glob("*.py")):
        number = ""
        for cell in Unit(path).notebook.cells:
            if heading := re.search(r"^## (\d\.\d+) ", cell.source, re.MULTILINE):
                number = heading[1]
            kinds = found.setdefault(number, {"markdown": [], "code": []})
            text = re.sub(r"\[(\*\*[^*]+\*\*)\]\([^)]*\)", r"\1", cell.source)  # without links
            kinds[cell.cell_type].append(" ".join(text.split()))
    return found


@pytest.mark.parametrize("row", ROWS, ids=range(len(ROWS)))
def test_what_a_document_teaches_stands_where_the_table_says(row, sections):
    match = ROW.fullmatch(row)
    assert match, f'not of the form | what | N.M | `code` or "text" |: {row}'
    unit, section, _, code, text = match.groups()
    kind, wanted = ("code", code) if code else ("markdown", text)
    cells = sections[f"{unit}.{section}"][kind]
    assert any(" ".join(wanted.split()) in cell for cell in cells)
