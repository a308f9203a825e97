"""The build: what is refused, with file, line and advice, and what the built course holds."""

import json
import re
import shutil
from pathlib import Path

import nbformat
import pytest

from course import build
from course.unit import FIGURE, UnitError

ROOT = build.ROOT
UNIT = """\
# ---
# jupyter:
#   course:
#     title: Mini
#     minutes: 5
#     teaches: You can write relu.
# ---

# %% [markdown]
# # Mini

# %% nbgrader={"grade_id": "setup", "locked": true}
import torch
from course import expect

# %%
print(torch.ones(2))

# %% nbgrader={"grade_id": "relu", "solution": true}
def relu(x):
    ### BEGIN SOLUTION
    return x.clamp(min=0)
    ### END SOLUTION

# %% nbgrader={"grade_id": "relu-test", "grade": true, "points": 5}
expect.close(relu(torch.tensor([-1.0, 2.0])), torch.tensor([0.0, 2.0]))
### BEGIN HIDDEN TESTS
expect.close(relu(torch.tensor([[-3.0]])), torch.tensor([[0.0]]))
### END HIDDEN TESTS
"""
TEST_MARK = '{"grade_id": "relu-test", "grade": true, "points": 5}'
MALFORMED = {
    "a duplicate grade_id": (
        '"grade_id": "setup"', '"grade_id": "relu"', 19, "taken by line 12"),
    "missing points": (', "points": 5', "", 25, "needs `points`"),
    "points of zero": ('"points": 5', '"points": 0', 25, "needs `points` above 0"),
    "an unclosed solution": ("    ### END SOLUTION\n", "", 19, "close it with `### END SOLUTION`"),
    "unclosed hidden tests": ("### END HIDDEN TESTS\n", "", 25, "close it"),
    "a solution without a region": (
        "    ### BEGIN SOLUTION\n    return x.clamp(min=0)\n    ### END SOLUTION\n",
        "    return x.clamp(min=0)\n", 19, "put the answer between"),
    "a solution without a stub": (
        "def relu(x):\n    ### BEGIN SOLUTION\n    return x.clamp(min=0)\n    ### END SOLUTION",
        "### BEGIN SOLUTION\ndef relu(x):\n    return x.clamp(min=0)\n### END SOLUTION",
        19, "nothing is left for the student"),
    "a test without hidden tests": (
        re.search("### BEGIN HIDDEN.*", UNIT, re.S).group(), "", 25, "no hidden tests"),
    "a solution without a test": (
        f"# %% nbgrader={TEST_MARK}", "# %% nbgrader={\"grade_id\": \"x\", \"locked\": true}",
        None, "does not belong"),
    "metadata that is no JSON": ('"points": 5}', '"points": 5', 25, "not valid JSON"),
    "an unknown key": ('"points": 5', '"points": 5, "worth": 2', 25, "unknown nbgrader key"),
    "a header without minutes": ("#     minutes: 5\n", "", 1, "no `minutes`"),
    "broken Python": ("print(torch.ones(2))", "print(torch.ones(2)", 17, "correct the Python"),
    "a figure nobody draws": (
        "# # Mini", "# ![A box](figures/box.svg)", 9, "write box() in course/figures/mini.py"),
    "a figure without a text alternative": (
        "# # Mini", "# ![](figures/box.svg)", 9, "no text alternative"),
}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course folder with one small unit."""
    (tmp_path / "course" / "units").mkdir(parents=True)
    (tmp_path / "course" / "units" / "01_mini.py").write_text(UNIT)
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    return tmp_path


@pytest.mark.parametrize("fault", MALFORMED)
def test_a_malformed_unit_is_refused_with_its_line_and_nothing_is_written(root, fault):
    before, after, line, advice = MALFORMED[fault]
    assert before in UNIT
    (root / "course" / "units" / "01_mini.py").write_text(UNIT.replace(before, after))
    with pytest.raises(UnitError) as refusal:
        build.build(root)
    where = f"course/units/01_mini.py:{line}: " if line else "course/units/01_mini.py:"
    assert str(refusal.value).startswith(where) and advice in str(refusal.value)
    assert not (root / "source").exists() and not (root / "release").exists()


def test_a_cell_that_fails_or_warns_stops_the_build_at_its_line(root):
    for code, advice in (
        ("print(missing)", "NameError"),
        ("import warnings; warnings.warn('old')", "stderr"),
    ):
        unit = UNIT.replace("print(torch.ones(2))", code)
        (root / "course" / "units" / "01_mini.py").write_text(unit)
        with pytest.raises(UnitError, match=rf"01_mini.py:16: .*{advice}"):
            build.build(root)
        assert not (root / "source").exists()


def test_a_failed_build_keeps_what_was_built_before(root):
    build.build(root)
    before = _files(root / "source") | _files(root / "release")
    (root / "course" / "units" / "01_mini.py").write_text(UNIT.replace("### END SOLUTION", ""))
    with pytest.raises(UnitError):
        build.build(root)
    assert _files(root / "source") | _files(root / "release") == before
    assert not list(root.glob(".build-*"))


def test_a_bold_term_links_to_the_glossary_which_goes_with_the_unit(root):
    text = UNIT.replace("# # Mini", "# # Mini\n#\n# A **Learning\n# rate** is a **Note.** **x**")
    (root / "course" / "units" / "01_mini.py").write_text(text)
    glossary = "# Glossary\n\n### learning rate\n\nHow far a step goes. *Unit 1*\n"
    (root / "course" / "glossary.md").write_text(glossary)
    build.build(root)
    for top in ("source", "release"):
        folder = root / top / "01_mini"
        assert (folder / "glossary.md").read_text() == glossary
        first = nbformat.read(folder / "mini.ipynb", as_version=4).cells[0].source
        assert "A [**Learning\nrate**](glossary.md#learning-rate) is a **Note.** **x**" in first


def test_a_link_to_a_page_nobody_wrote_stops_the_build(root):
    text = UNIT.replace("# # Mini", "# [the map](loop.md)")
    (root / "course" / "units" / "01_mini.py").write_text(text)
    with pytest.raises(UnitError, match=r"01_mini.py:9: write course/loop.md, to which"):
        build.build(root)


@pytest.mark.slow
def test_source_and_release_are_what_a_fresh_build_makes(tmp_path):
    shutil.copytree(ROOT / "course" / "units", tmp_path / "course" / "units")
    for page in (ROOT / "course").glob("*.md"):
        shutil.copy(page, tmp_path / "course")
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    build.build(tmp_path)
    for name in ("source", "release"):
        assert _files(tmp_path / name) == _files(ROOT / name)


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder.parent).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }


NOTEBOOKS = sorted((ROOT / "release").glob("*/*.ipynb"))


def _secret_lines(source: Path) -> set[str]:
    """Every line of a solution or of a hidden test that no learner is shown elsewhere."""
    secret, shown = set(), set()
    for cell in nbformat.read(source, as_version=4).cells:
        hiding = False
        for line in map(str.strip, cell.source.splitlines()):
            hiding |= line.startswith("### BEGIN")
            (secret if hiding else shown).add(line)
            hiding &= not line.startswith("### END")
    return {line for line in secret - shown if len(line) > 3}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_released_notebook_holds_no_solution_no_hidden_test_and_no_output(path):
    secrets = _secret_lines(ROOT / "source" / path.parent.name / path.name)
    assert len(secrets) > 20
    notebook = nbformat.read(path, as_version=4)
    released = {line.strip() for cell in notebook.cells for line in cell.source.splitlines()}
    assert not secrets & released
    assert "###" not in "".join(c.source for c in notebook.cells if c.cell_type == "code")
    assert all(cell.get("outputs", []) == [] for cell in notebook.cells)
    assert all(cell.get("execution_count") is None for cell in notebook.cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_carry_no_metadata_but_ours_and_nbgraders(path):
    for notebook in (path, ROOT / "source" / path.parent.name / path.name):
        content = json.loads(notebook.read_text("utf-8"))
        assert set(content["metadata"]) == {"course", "kernelspec", "language_info"}
        for cell in content["cells"]:
            assert set(cell["metadata"]) <= {"nbgrader", "deletable", "editable"}
            assert "attachments" not in cell
            if "nbgrader" in cell["metadata"]:
                assert cell["id"] == cell["metadata"]["nbgrader"]["grade_id"]


def test_release_and_source_hold_only_notebooks_and_the_figures_and_pages_they_show():
    assert len(NOTEBOOKS) == len(list((ROOT / "course" / "units").glob("*.py")))
    for top in ("source", "release"):
        wanted = set()
        for unit in (ROOT / "course" / "units").glob("*.py"):
            slug = unit.stem.partition("_")[2]
            wanted |= {f"{top}/{unit.stem}/{slug}.ipynb", f"{top}/{unit.stem}/glossary.md"}
            for match in FIGURE.finditer(unit.read_text("utf-8")):
                wanted.add(f"{top}/{unit.stem}/figures/{match['name']}.svg")
        wanted.add(f"{top}/07_training_loop/loop.md")
        assert set(_files(ROOT / top)) == wanted


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_unit_is_worth_100_points(path):
    cells = nbformat.read(path, as_version=4).cells
    assert sum(cell.metadata.get("nbgrader", {}).get("points", 0) for cell in cells) == 100
