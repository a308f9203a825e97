"""The progress map: what a learner's own runs recorded, and nothing that anybody else ran."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from playwright.sync_api import expect

from course import progress, study
from course.environment import ROOT, SetupError
from tests import bank
from tests.lab import Lab, lab

SECONDS = 1000  # ms
PASSES, FAILS = "assert True", "assert False"
STUB = 'raise NotImplementedError("Not written yet: replace this line with your code.")'


def _page(folder: Path, unit: str = "01_tensors") -> dict[str, str]:
    """The environment of a kernel that the course opened for a notebook of this unit."""
    notebook = folder / unit / "notebook.ipynb"
    return {**progress.variable(folder), "JPY_SESSION_NAME": str(notebook)}


def _run(variables: dict[str, str], *cells: tuple[str, str]) -> str:
    """Run cells, given as (id, code), in a fresh kernel as JupyterLab does; all that they print."""
    plain = {
        k: v for k, v in os.environ.items() if k not in (progress.VARIABLE, "JPY_SESSION_NAME")
    }
    manager, client = start_new_kernel(env=plain | {"PYTHONPATH": str(ROOT)} | variables)
    try:
        cells = [("setup", "from course import progress"), *cells]
        return "".join(_run_cell(client, name, code) for name, code in cells)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _run_cell(client, name: str, code: str) -> str:
    message = client.session.msg("execute_request", {"code": code, "silent": False})
    message["metadata"]["cellId"] = name
    client.shell_channel.send(message)
    printed = ""
    while True:
        reply = client.get_iopub_msg(timeout=60)
        if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
            printed += reply["content"].get("text", "")
            if reply["content"].get("execution_state") == "idle":
                return printed


def _exercises(folder: Path, unit: str = "01_tensors") -> dict[str, str]:
    return json.loads((folder / progress.RECORD).read_text())[unit]["exercises"]


def test_a_check_is_recorded_as_tried_then_passed_and_stays_passed(tmp_path):
    states = []
    for code in (FAILS, PASSES, FAILS, STUB):
        assert _run(_page(tmp_path), ("mse-test", code)) == ""
        states.append(_exercises(tmp_path))
    assert states == [{"mse": "tried"}, *[{"mse": "passed"}] * 3]


def test_a_stub_and_cells_without_checks_count_for_nothing(tmp_path):
    missing = 'raise NotImplementedError("Module [Net] is missing the required forward")'
    cells = [("mse-test", STUB), ("mse", PASSES), ("text-1", PASSES), ("linear-test", missing)]
    _run(_page(tmp_path), *cells)
    assert _exercises(tmp_path) == {"linear": "tried"}


@pytest.mark.parametrize("lacking", [progress.VARIABLE, "JPY_SESSION_NAME"])
def test_nothing_is_written_for_a_kernel_that_the_course_did_not_open(tmp_path, lacking):
    variables = {k: v for k, v in _page(tmp_path).items() if k != lacking}
    _run(variables, ("mse-test", PASSES), ("guess", "progress.keep_guess('a', 'b')"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_costs_the_learner_nothing(tmp_path):
    gone = _page(tmp_path / "gone")
    assert _run(gone, ("mse-test", PASSES), ("guess", "progress.keep_guess('a', 'b')")) == ""


def test_kernels_that_record_at_the_same_time_lose_nothing(tmp_path):
    code = "import sys; from course import progress\n"
    code += "for i in range(25): progress.keep_guess(f'{sys.argv[1]}-{i}', 'yes')"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(n)], env=os.environ | _page(tmp_path), cwd=ROOT
        )
        for n in range(4)
    ]
    assert [writer.wait(60) for writer in writers] == [0] * 4
    kept = json.loads((tmp_path / progress.RECORD).read_text())["01_tensors"]["guesses"]
    assert len(kept) == 100


def test_a_guess_is_kept_for_its_own_unit_and_is_final(tmp_path, monkeypatch):
    for unit, guesses in (("01_tensors", ("yes", "no")), ("02_neurons", ("never",))):
        for key, value in _page(tmp_path, unit).items():
            monkeypatch.setenv(key, value)
        assert progress.guess("xor") is None
        for guess in guesses:
            progress.keep_guess("xor", guess)
        assert progress.guess("xor") == guesses[0]


@pytest.mark.parametrize("damaged", ['{"01_tensors": {', "[]", '{"01_tensors": 3}', "\0\xff"])
def test_a_damaged_record_is_set_aside_and_a_new_one_begins(tmp_path, damaged):
    (tmp_path / progress.RECORD).write_text(damaged, "latin-1")
    assert _run(_page(tmp_path), ("mse-test", PASSES)) == ""
    assert _exercises(tmp_path) == {"mse": "passed"}
    assert (tmp_path / ".progress.damaged.json").read_text("latin-1") == damaged


@pytest.fixture
def learner(tmp_path: Path) -> Path:
    """A folder whose owner passed the first exercise of unit 1 and tried the second."""
    first, second = _exercise_ids("01_tensors")[:2]
    exercises = {first: "passed", second: "tried", "an-older-one": "passed"}
    record = {"01_tensors": {"exercises": exercises, "guesses": {}}}
    (tmp_path / progress.RECORD).write_text(json.dumps(record))
    return tmp_path


def _exercise_ids(unit: str) -> list[str]:
    notebook = nbformat.read(next((study.RELEASE / unit).glob("*.ipynb")), as_version=4)
    ids = [cell.id for cell in notebook.cells if cell.cell_type == "code"]
    return [name.removesuffix("-test") for name in ids if name.endswith("-test")]


def test_the_map_tells_states_apart_by_shape_and_says_the_counts_in_words(learner):
    progress.draw(learner)
    svg = ElementTree.parse(learner / progress.PICTURE).getroot()
    units = [path.name for path in study.RELEASE.iterdir()]
    every, first = sum(len(_exercise_ids(unit)) for unit in units), len(_exercise_ids("01_tensors"))
    label = svg.get("aria-label")
    assert label.startswith(f"Exercises passed: 1 of {every}; tried and not yet passed: 1.")
    assert f"1 Tensors: 1 of {first};" in label
    elements = [element.tag.rpartition("}")[2] for element in svg.iter()]
    assert elements.count("circle") == every - 2 + 1  # and one mark of each kind in the legend
    assert elements.count("rect") == 1 + 1 + 1  # the paper


def test_the_table_has_a_line_for_each_unit_and_a_mark_for_each_exercise(learner):
    table = progress.table(learner).splitlines()
    count = len(_exercise_ids("01_tensors"))
    assert table[2].split() == ["1", "Tensors", "Pt" + "." * (count - 2), "1", "of", str(count)]
    assert len(table) == 2 + len(list(study.RELEASE.iterdir())) + 2
    assert table[-1] == "P passed   t tried   . not tried"


def test_without_a_course_folder_there_is_a_sentence_and_no_table(tmp_path):
    with pytest.raises(SetupError, match="no my-course folder yet: run python3 -m course first"):
        progress.table(tmp_path / "my-course")


def test_the_progress_command_needs_nothing_but_the_standard_library(learner):
    hidden = shutil.ignore_patterns("__pycache__", "units")
    shutil.copytree(ROOT / "course", learner / "copy" / "course", ignore=hidden)
    shutil.copytree(study.RELEASE, learner / "copy" / "release")
    command = [sys.executable, "-S", "-m", "course", "progress"]
    first = subprocess.run(command, cwd=learner / "copy", capture_output=True, text=True)
    assert first.returncode == 1
    assert first.stderr == (
        "Forward Pass: there is no my-course folder yet: run python3 -m course first.\n"
    )
    (learner / "copy" / "my-course").mkdir()
    shutil.copy(learner / progress.RECORD, learner / "copy" / "my-course")
    second = subprocess.run(command, cwd=learner / "copy", capture_output=True, text=True)
    assert second.returncode == 0 and "1 Tensors" in second.stdout and second.stderr == ""


@pytest.mark.browser
def test_running_a_check_marks_the_exercise_on_the_start_page(tmp_path):
    study.copy_units(study.RELEASE, tmp_path)
    progress.draw(tmp_path)
    right, wrong, stub = _exercise_ids("01_tensors")[:3]
    _answer(tmp_path / "01_tensors" / "tensors.ipynb", right, wrong, stub)
    with lab(tmp_path, **study.lab_variables(), **progress.variable(tmp_path)) as student:
        assert "1 Tensors: 0 of" in _map_on_the_start_page(student)
        student.open("01_tensors/tensors.ipynb")
        student.menu("Run", "Run All Cells")
        last = student.page.locator(".jp-Cell").last.locator(".jp-OutputArea-output")
        expect(last).to_have_text("the end", timeout=60 * SECONDS)
        label = _map_on_the_start_page(student)
    assert "Exercises passed: 1 of" in label and "tried and not yet passed: 1." in label
    assert "1 Tensors: 1 of" in label
    assert _exercises(tmp_path) == {right: "passed", wrong: "tried"}


def _answer(path: Path, right: str, wrong: str, stub: str) -> None:
    """Keep three exercises of a notebook, one answered right, one wrong, one not at all."""
    answers = {
        answer.exercise: answer.code
        for answer in bank.read(path.parent.name)
        if (answer.exercise, answer.right) in ((right, True), (wrong, False))
    }
    notebook = nbformat.read(path, as_version=4)
    names = ["setup", *(name + kind for name in (right, wrong, stub) for kind in ("", "-test"))]
    notebook.cells = [cell for cell in notebook.cells if cell.id in names]
    for cell in notebook.cells:
        cell.source = answers.get(cell.id, cell.source)
        cell.metadata.tags = ["raises-exception"]  # which lets the next cell run
    notebook.cells.append(nbformat.v4.new_code_cell("print('the end')"))
    nbformat.write(notebook, path)


def _map_on_the_start_page(student: Lab) -> str:
    """The text alternative of the picture that a freshly loaded start page really shows."""
    page = student.page
    page.goto(f"{student.url}/lab/tree/start.md?reset")
    image = page.get_by_role("img", name="Your progress")
    expect(image).to_be_visible(timeout=60 * SECONDS)
    page.wait_for_function("image => image.naturalWidth > 0", arg=image.element_handle())
    svg = image.evaluate("async image => (await fetch(image.src, {cache: 'force-cache'})).text()")
    return ElementTree.fromstring(svg).get("aria-label")
