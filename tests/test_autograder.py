"""A whole class through the real nbgrader: every submission gets the right mark, and a reason."""

import csv
import json
import shutil
import subprocess
import sys
from types import SimpleNamespace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from nbgrader.utils import get_username

from autograder import submission
from autograder.nbgrader import AFTER_TIME, HIDDEN, Execute
from course.environment import ROOT, with_tools

pytestmark = pytest.mark.slow

SETUP = """\
class Failed(AssertionError):
    def _render_traceback_(self):
        return [f"✗ {self}"]


def check(condition, message):
    if not condition:
        raise Failed(message)"""

EXAMPLE = """\
from IPython.display import display

widget = "application/vnd.jupyter.widget-view+json"
data = {widget: {"model_id": "0"}, "text/plain": "the board as it stands"}
display(data, raw=True)"""

EXERCISES = {
    "double": (
        2,
        "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION",
        'check(double(2) == 4, "double(2) is not 4: did you add one?")',
        'check(double(-7531) == -15062, "SECRET double")',
    ),
    "total": (
        3,
        "def total(xs):\n    ### BEGIN SOLUTION\n    return sum(xs)\n    ### END SOLUTION",
        'check(total([1, 2]) == 3, "total([1, 2]) is not 3: is every number in it?")',
        'check(total([7532]) == 7532, "SECRET total")',
    ),
    "longest": (
        5,
        "def longest(xs):\n    ### BEGIN SOLUTION\n    return sorted(xs, key=len)[-1]\n"
        "    ### END SOLUTION",
        'check(longest(["a", "bb"]) == "bb", "longest: not the longest word")',
        'check(longest(["7533", "a"]) == "7533", "SECRET longest")',
    ),
}
RIGHT = {
    "double": "def double(x):\n    return x + x",
    "total": "def total(xs):\n    return sum(xs)",
    "longest": "def longest(xs):\n    return max(xs, key=len)",
}
WRONG = {
    "double": "def double(x):\n    return x + 1",
    "total": "def total(xs):\n    return xs[0]",
    "longest": "def longest(xs):\n    return None",
}


def settings(grade_id, **kinds):
    full = {"schema_version": 3, "grade_id": grade_id, "grade": False, "solution": False}
    return {"nbgrader": {**full, "locked": not kinds.get("solution"), "task": False, **kinds}}


def source_notebook():
    cells = [
        new_markdown_cell("# Unit\n\n![a dot](figures/dot.svg)", id="intro"),
        new_code_cell(SETUP, id="setup", metadata=settings("setup")),
        new_code_cell(EXAMPLE, id="example"),
    ]
    for name, (points, solution, visible, hidden) in EXERCISES.items():
        test = f"{visible}\n### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS"
        graded = settings(f"{name}-test", grade=True, points=points)
        cells += [
            new_markdown_cell(f"### Exercise {name}", id=f"{name}-text"),
            new_code_cell(solution, id=name, metadata=settings(name, solution=True)),
            new_code_cell(test, id=f"{name}-test", metadata=graded),
        ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


class Course:
    """A course folder with one made assignment, and nbgrader run in it as a user would."""

    def __init__(self, root):
        self.root = root
        shutil.copy(ROOT / "nbgrader_config.py", root)
        figures = root / "source/ps/figures"
        figures.mkdir(parents=True)
        (figures / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
        nbformat.write(source_notebook(), root / "source/ps/unit.ipynb")

    def nbgrader(self, *arguments):
        """Run a command that must succeed; what it said."""
        own = {f"JUPYTER_{kind}_DIR": str(self.root / ".jupyter") for kind in ("CONFIG", "DATA")}
        own |= {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
        command = [sys.executable, "-m", "nbgrader", *arguments]
        done = subprocess.run(
            command,
            cwd=self.root,
            env=with_tools(sys.executable) | own,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stderr + done.stdout

    def released(self):
        return nbformat.read(self.root / "release/ps/unit.ipynb", as_version=4)

    def submit(self, student, answers=None, change=None, name="unit.ipynb"):
        """Put a submission in its place: the released notebook with answers, then changed."""
        notebook = answered(self.released(), answers or {})
        if change:
            change(notebook)
        folder = self.root / "submitted" / student / "ps"
        folder.mkdir(parents=True)
        (folder / name).write_text(json.dumps(notebook))
        return folder


def answered(notebook, answers):
    for cell in notebook.cells:
        cell.source = answers.get(cell.id, cell.source)
    return notebook


def cell(notebook, cell_id):
    return next(c for c in notebook.cells if c.id == cell_id)


def delete_and_duplicate(notebook):
    """The answer to `double`: a stub, then a right answer; after its test a wrong one, a stub."""
    stub, test = cell(notebook, "double"), cell(notebook, "double-test")
    right, wrong = (new_code_cell(a["double"], metadata=stub.metadata) for a in (RIGHT, WRONG))
    place = notebook.cells.index(test)
    notebook.cells[place + 1 : place + 1] = [wrong, stub.copy(), test.copy()]
    notebook.cells[place:place] = [right, new_code_cell("mine = 'my own cell'")]
    lost = {"setup", "total-test", "longest"}
    notebook.cells = [c for c in notebook.cells if c.id not in lost]


def split(notebook):
    """What JupyterLab makes of a cell that is split: two cells with the metadata of the one."""
    first = cell(notebook, "double")
    second = new_code_cell("double = twice", metadata=first.metadata)
    first.source = "def twice(x):\n    return 2 * x"
    notebook.cells.insert(notebook.cells.index(first) + 1, second)


def retag(notebook):
    for c in notebook.cells:
        c.metadata["tags"] = ["skip-execution"]


def rewrite_tests(notebook):
    for name in EXERCISES:
        test = cell(notebook, f"{name}-test")
        test.source = "100"
        test.metadata.nbgrader.update(points=100, grade=False, locked=False)


def reverse(notebook):
    notebook.cells.reverse()


def fill_the_class(course):
    """Submissions of every kind, by the name of who handed them in."""
    submit = course.submit
    submit("perfect", RIGHT)
    submit("empty")
    blind = "def longest(xs):\n    print(xs)\n    return {'a': 'bb'}[xs[0]]"
    submit("half", {**WRONG, "double": RIGHT["double"], "longest": blind})
    submit("loop", {**RIGHT, "total": "def total(xs):\n    while True:\n        pass"})
    deaf = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    submit("deaf", {**RIGHT, "total": deaf})
    submit("dead", {**RIGHT, "total": "import os\nprint('bye')\nos._exit(0)"})
    submit("renamed", {"total": RIGHT["total"]}, delete_and_duplicate, "my answers.ipynb")
    submit("split", RIGHT, split)
    noise = "import sys, warnings\nwarnings.warn('careful')\nprint('hm', file=sys.stderr)\n"
    noisy = "def double(x):\n    " + noise.replace("\n", "\n    ") + "return 2 * x"
    submit("warned", {**RIGHT, "double": noisy})
    submit("reordered", RIGHT, reverse)
    submit("tagged", WRONG, retag)
    submit("retested", WRONG, rewrite_tests)
    returns = "def double(x):\n    from IPython.display import clear_output\n    clear_output()"
    submit("returned", {"double": returns, "total": "raise SystemExit", "longest": "quit()"})
    shadowed = {**RIGHT, "double": "import numpy\n" + RIGHT["double"]}
    folder = submit("shadowed", shadowed)
    script = "from IPython.display import HTML, Javascript, display\n"
    script += "display(HTML('<script>evil</script>'), Javascript('evil'))"
    submit("scripted", {**RIGHT, "double": script})
    (folder / "numpy.py").write_text("raise ImportError('the wrong numpy')")
    linked = course.root / "submitted/linked/ps"
    linked.mkdir(parents=True)
    (linked / "unit.ipynb").symlink_to("../../perfect/ps/unit.ipynb")
    (linked / "secret.txt").symlink_to(course.root / "gradebook.db")
    (linked / "zero.txt").symlink_to("/dev/zero")
    (submit("broken") / "unit.ipynb").write_text('{"cells": [')
    odd = {"nbformat": 4, "cells": [3, {"source": 5}, {"cell_type": "code", "source": "\ud800"}]}
    (submit("odd") / "unit.ipynb").write_text(json.dumps(odd))
    (submit("old") / "unit.ipynb").write_text('{"nbformat": 3, "cells": []}')
    (course.root / "submitted/nothing/ps").mkdir(parents=True)


SCORES = {
    "perfect": 10,
    "empty": 0,
    "half": 2,
    "loop": 7,
    "deaf": 2,
    "dead": 2,
    "renamed": 5,
    "split": 10,
    "warned": 10,
    "reordered": 10,
    "tagged": 0,
    "retested": 0,
    "returned": 0,
    "shadowed": 10,
    "scripted": 8,
    "linked": 0,
    "broken": 0,
    "odd": 0,
    "old": 0,
    "nothing": 0,
}


def contents(folder):
    files = (p for p in sorted(folder.rglob("*")) if p.is_file() and not p.is_symlink())
    return {str(p.relative_to(folder)): p.read_bytes() for p in files}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    course = Course(tmp_path_factory.mktemp("course"))
    course.nbgrader("generate_assignment", "ps")
    return course


@pytest.fixture(scope="module")
def collected(course):
    """One student of this machine fetched the assignment, solved it and handed it in."""
    course.nbgrader("release_assignment", "ps")
    course.nbgrader("fetch_assignment", "ps")
    mine = course.root / "my-course/ps/unit.ipynb"
    nbformat.write(answered(nbformat.read(mine, as_version=4), RIGHT), mine)
    course.nbgrader("submit", "ps")
    course.nbgrader("collect", "ps")
    return get_username()


@pytest.fixture(scope="module")
def graded(course, collected):
    """The class after autograde, generate_feedback and export."""
    fill_the_class(course)
    before = contents(course.root / "submitted")
    log = course.nbgrader("autograde", "ps", "--Execute.timeout=3")
    course.nbgrader("generate_feedback", "ps")
    course.nbgrader("export")
    return SimpleNamespace(course=course, before=before, log=log)


def feedback(graded, student):
    return (graded.course.root / "feedback" / student / "ps/unit.html").read_text()


def autograded(graded, student):
    path = graded.course.root / "autograded" / student / "ps/unit.ipynb"
    return nbformat.read(path, as_version=4)


def errors(graded, student, cell_id):
    outputs = cell(autograded(graded, student), cell_id).outputs
    return ["\n".join(o.traceback) for o in outputs if o.output_type == "error"]


def put_right(graded, student):
    first = autograded(graded, student).cells[0]
    return (
        first.source if first.cell_type == "markdown" and "Before grading" in first.source else ""
    )


@pytest.mark.parametrize("student", SCORES)
def test_every_submission_gets_the_mark_it_earned(graded, student):
    with Gradebook(f"sqlite:///{graded.course.root}/gradebook.db") as gradebook:
        assert gradebook.find_submission("ps", student).score == SCORES[student]


def test_a_submission_that_came_through_the_exchange_is_in_the_exported_marks(graded, collected):
    with open(graded.course.root / "grades.csv") as file:
        marks = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert marks == {**SCORES, collected: 10}


def test_grading_changes_nothing_that_was_handed_in(graded):
    assert contents(graded.course.root / "submitted") == graded.before
    assert not list(graded.course.root.glob(".autograde-*"))


def test_every_lost_mark_has_a_reason_that_is_not_empty(graded):
    for student in SCORES:
        tests = [c for c in autograded(graded, student).cells if c.get("id", "").endswith("-test")]
        lost = sum(c.metadata.nbgrader.points for c in tests if errors(graded, student, c.id))
        assert 10 - lost == SCORES[student]


def test_a_failed_hidden_check_shows_one_sentence_and_nothing_of_itself(graded):
    assert errors(graded, "half", "longest-test") == [f"✗ {HIDDEN['error']}"]
    printed = cell(autograded(graded, "half"), "longest-test").outputs[0].text
    assert printed == "['a', 'bb']\n"


def test_feedback_shows_no_hidden_test_and_the_instructor_still_has_it(graded):
    for student in SCORES:
        page = feedback(graded, student)
        assert not any(secret in page for secret in ("SECRET", "753", "HIDDEN TESTS"))
        assert "SECRET longest" in cell(autograded(graded, student), "longest-test").source


def test_a_failed_visible_check_shows_its_sentence(graded):
    wanted = ["✗ total([1, 2]) is not 3: is every number in it?"]
    assert errors(graded, "half", "total-test") == wanted
    assert "is every number in it?" in feedback(graded, "half")


def test_an_unwritten_answer_is_called_unwritten(graded):
    [sentence] = errors(graded, "empty", "double-test")
    assert sentence.startswith("✗ Not written yet")


def test_an_endless_loop_is_stopped_with_a_reason_and_the_rest_still_counts(graded):
    [sentence] = errors(graded, "loop", "total-test")
    assert "one of your loops never end" in sentence
    assert errors(graded, "loop", "longest-test") == []


def test_a_dead_kernel_keeps_the_marks_before_it_and_gives_a_reason_for_the_rest(graded):
    assert errors(graded, "dead", "double-test") == []
    assert "The kernel died while this cell ran" in errors(graded, "dead", "total")[0]
    assert "the kernel had died in an earlier cell" in errors(graded, "dead", "longest-test")[0]


def test_a_cell_that_cannot_be_stopped_ends_the_run_with_a_reason(graded):
    assert "could not even be stopped" in errors(graded, "deaf", "total")[0]
    assert "could not be stopped" in errors(graded, "deaf", "longest-test")[0]


def test_text_on_stderr_is_kept_and_costs_nothing(graded):
    text = "".join(o.text for o in cell(autograded(graded, "warned"), "double-test").outputs)
    assert "UserWarning: careful" in text and "hm\n" in text


@pytest.mark.parametrize(
    ("student", "sentence"),
    [
        ("renamed", "`unit.ipynb` is not there, so `my answers.ipynb` was graded."),
        ("renamed", "Missing and put back: `setup`, `total-test`."),
        ("renamed", "Missing, so not answered: `longest`."),
        ("renamed", "so all that are not empty were run, each in its place: `double`."),
        ("renamed", "There more than once, so the released cell was used once: `double-test`."),
        ("reordered", "The cells were in another order"),
        ("tagged", "`double-test`, `total`, `total-test`"),
        ("retested", "Changed, so the released cell was used: `double-test`"),
        ("shadowed", "Files that are no part of the unit were not used: `numpy.py`."),
        ("linked", "Links are not followed: `secret.txt`, `unit.ipynb`, `zero.txt`."),
        ("broken", "`unit.ipynb` could not be read as a notebook: it is not valid JSON"),
        ("old", "it is not in notebook format 4"),
        ("nothing", "No notebook with answers for `unit.ipynb` was found."),
    ],
)
def test_what_was_put_right_is_told_to_student_and_instructor(graded, student, sentence):
    assert sentence in put_right(graded, student)
    assert sentence in graded.log
    assert "Before grading" in feedback(graded, student)


def test_a_sound_submission_is_told_nothing(graded):
    assert not any(put_right(graded, student) for student in ("perfect", "empty", "half", "loop"))


def test_only_released_files_are_beside_a_graded_notebook(graded):
    for student in SCORES:
        folder = graded.course.root / "autograded" / student / "ps"
        assert set(contents(folder)) == {"unit.ipynb", "figures/dot.svg"}
        assert not any(path.is_symlink() for path in folder.rglob("*"))


def test_cells_of_their_own_stay_where_students_put_them(graded):
    sources = [c.source for c in autograded(graded, "renamed").cells]
    right = sources.index(RIGHT["double"])
    assert sources[right + 1] == "mine = 'my own cell'"
    assert sources[right + 3] == WRONG["double"]


def test_a_feedback_page_holds_its_figures(graded):
    assert 'src="data:image/svg+xml;base64,' in feedback(graded, "perfect")
    assert "figures/dot.svg" not in feedback(graded, "perfect").replace('alt="', "")


def test_scripts_in_outputs_do_not_run_in_feedback(graded):
    page = feedback(graded, "scripted")
    assert "&lt;script&gt;evil&lt;/script&gt;" in page
    assert "<script>evil" not in page and "\nevil" not in page


def test_a_feedback_page_shows_what_stands_beside_a_widget(graded):
    assert "the board as it stands" in feedback(graded, "perfect")


def test_feedback_finds_its_way_back_to_the_student(graded, collected):
    graded.course.nbgrader("release_feedback", "ps", "--student", collected)
    graded.course.nbgrader("fetch_feedback", "ps")
    [page] = (graded.course.root / "my-course/ps/feedback").rglob("*.html")
    assert "10.0 / 10.0" in page.read_text()


def test_validate_needs_no_gradebook_and_judges_as_grading_does(course, tmp_path):
    kit = Course(tmp_path)
    shutil.rmtree(tmp_path / "source")
    noisy = "def double(x):\n    import warnings\n    warnings.warn('careful')\n    return 2 * x"
    for name, answers in {
        "1-right": {**RIGHT, "double": noisy},
        "2-wrong": {**RIGHT, "total": WRONG["total"]},
        "3-unwritten": {**RIGHT, "longest": cell(course.released(), "longest").source},
        "4-endless": {**RIGHT, "longest": "def longest(xs):\n    while True: pass"},
    }.items():
        nbformat.write(answered(course.released(), answers), tmp_path / f"{name}.ipynb")
    names = [path.name for path in sorted(tmp_path.glob("*.ipynb"))]
    said = kit.nbgrader("validate", "--Execute.timeout=2", *names)
    assert said.count("Success! Your notebook passes all the tests.") == 1
    assert said.count("VALIDATION FAILED ON 1 CELL(S)!") == 3
    assert "    ✗ total([1, 2]) is not 3: is every number in it?" in said
    assert "    ✗ Not written yet" in said
    assert "    ✗ This cell ran too long" in said


def test_a_notebook_as_a_whole_gets_no_more_than_its_time():
    notebook = source_notebook()
    cell(notebook, "double").source = "while True: pass"
    run = Execute(timeout=2, notebook_timeout=2)
    graded, _ = run.preprocess(notebook, {"metadata": {}})
    assert cell(graded, "longest-test").outputs[-1].evalue == AFTER_TIME


def test_answers_are_taken_from_the_copy_that_holds_them(course, tmp_path):
    release, handed = course.root / "release/ps", tmp_path / "in"
    handed.mkdir()
    for name, answers in {"unit.ipynb": {}, "a.ipynb": {"double": "2"}, "b.ipynb": RIGHT}.items():
        nbformat.write(answered(course.released(), answers), handed / name)
    said = submission.stage(handed, release, tmp_path / "out")
    staged = nbformat.read(tmp_path / "out/unit.ipynb", as_version=4)
    assert cell(staged, "total").source == RIGHT["total"]
    assert said[0] == "`unit.ipynb` holds no answers, so `b.ipynb` was graded."


def test_a_begun_notebook_under_its_own_name_is_the_one_that_counts(course, tmp_path):
    release, handed = course.root / "release/ps", tmp_path / "in"
    handed.mkdir()
    for name, answers in {"unit.ipynb": {"double": "2"}, "b.ipynb": RIGHT}.items():
        nbformat.write(answered(course.released(), answers), handed / name)
    said = submission.stage(handed, release, tmp_path / "out")
    staged = nbformat.read(tmp_path / "out/unit.ipynb", as_version=4)
    assert cell(staged, "double").source == "2"
    assert said == ["Files that are no part of the unit were not used: `b.ipynb`."]


def test_names_of_files_cannot_become_anything_else_on_a_page(course, tmp_path):
    handed = tmp_path / "in"
    handed.mkdir()
    (handed / "<img src=x onerror=alert(1)>.txt").touch()
    said = submission.stage(handed, course.root / "release/ps", tmp_path / "out")
    assert "`?img src?x onerror?alert?1??.txt`" in said[-1]


def test_an_unreadable_time_of_submission_is_left_out(course, tmp_path):
    handed = tmp_path / "in"
    handed.mkdir()
    (handed / "timestamp.txt").write_text("yesterday, more or less")
    said = submission.stage(handed, course.root / "release/ps", tmp_path / "out")
    assert not (tmp_path / "out/timestamp.txt").exists()
    assert said[0] == "The time of the submission could not be read."


def test_text_answers_keep_their_pictures_and_students_keep_their_notes():
    released = new_notebook(
        cells=[
            new_markdown_cell("Text", id="text"),
            new_markdown_cell("YOUR ANSWER", id="why", metadata=settings("why", solution=True)),
        ]
    )
    handed = [
        {"cell_type": "raw", "source": "mine"},
        {"cell_type": "markdown", "source": ["Text", " edited"], "id": "text", "metadata": {}},
        {
            "cell_type": "code",
            "source": "because ![p](attachment:p.png)",
            "metadata": settings("why", solution=True),
            "attachments": {"p.png": {"image/png": "AAAA"}},
        },
    ]
    notebook, notes = submission.agree([submission.from_json(c) for c in handed], released)
    assert [c.source for c in notebook.cells] == ["mine", "Text edited", handed[2]["source"]]
    assert notebook.cells[2].attachments == handed[2]["attachments"]
    assert notes == ["Of another type, so the released type was used: `why`."]
    nbformat.validate(notebook)
