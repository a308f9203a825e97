"""Predict, then run: a guess is committed before the answer is shown, and both are seen."""

from base64 import b64decode
from xml.etree import ElementTree

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import expect

from course import predict, progress, study
from tests.lab import Lab, lab

SECONDS = 1000  # ms
SVG = "{http://www.w3.org/2000/svg}"
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
CELLS = """
from course import predict
--
predict.choice("xor", "Can it learn XOR?", ["after 10 epochs", "after 1000 epochs", "never"])
--
predict.show("xor", "never")
--
predict.number("loss", "How large is the loss?")
--
predict.show("loss", 0.25)
--
predict.losses("shape", "Which shape has the loss?")
--
predict.show("shape", [4.0, 2.0, 3.0, 0.5, 0.25, float("nan")])
"""


@pytest.fixture(autouse=True)
def no_page(monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


def test_without_a_page_the_question_and_then_the_answer_are_printed(capsys):
    predict.choice("xor", "Can it learn XOR?", ["yes", "never"])
    predict.show("xor", "never")
    predict.number("loss", "How large is the loss?")
    predict.show("loss", 0.25)
    predict.show("loss", 1440)
    assert capsys.readouterr().out.splitlines() == [
        "Can it learn XOR?", "  ( ) yes", "  ( ) never", "It is “never”.",
        "How large is the loss?", "It is 0.25.", "It is 1440.",
    ]  # fmt: skip


def test_without_a_page_a_loss_curve_is_told_by_start_middle_end_and_rises(capsys):
    predict.losses("shape", "Which shape?")
    predict.show("shape", [2.0**-step for step in range(101)])
    predict.show("shape", [3.0, float("inf")])
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "Which shape?" and printed[3] == "  ( ) zigzags while it falls"
    assert printed[4] == "  ( ) rises, faster and faster"
    assert printed[6].startswith("It starts at 1, is 8.88 × 10⁻¹⁶ halfway and ends at ")
    assert printed[6].endswith("; it rises in 0 of 100 steps.")
    assert printed[7].endswith("and ends at infinity; it rises in 1 of 1 steps.")


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: predict.show("who", "never"), "'who' was not asked; run the cell that asks it"),
        (lambda: predict.show("xor", "often"), "'often' is not one of the options"),
        (lambda: predict.choice("xor", "?", ["a", "a"]), "needs 2 to 5 different options"),
        (lambda: predict.choice("xor", "?", ["a"]), "needs 2 to 5 different options"),
        (lambda: predict.show("loss", "never"), "needs a number, not 'never'"),
        (lambda: predict.show("shape", []), "needs a list of losses"),
    ],
)
def test_a_call_that_cannot_be_meant_is_refused_in_a_sentence(call, sentence):
    predict.choice("xor", "Can it learn XOR?", ["yes", "never"])
    predict.number("loss", "How large is the loss?")
    predict.losses("shape", "Which shape?")
    with pytest.raises(ValueError, match=sentence):
        call()


@pytest.fixture(scope="module")
def student(tmp_path_factory):
    """A learner's JupyterLab with a notebook that asks all three kinds of questions."""
    folder = tmp_path_factory.mktemp("my-course")
    (folder / "02_neurons").mkdir()
    notebook = new_notebook(metadata=KERNEL)
    notebook.cells = [new_code_cell(cell.strip()) for cell in CELLS.split("--\n")]
    nbformat.write(notebook, folder / "02_neurons" / "guesses.ipynb")
    with lab(folder, **study.lab_variables(), **progress.variable(folder)) as started:
        yield started


@pytest.mark.browser
def test_a_guess_is_committed_by_keyboard_then_seen_beside_the_answer_and_kept(student):
    page = student.page
    student.open("02_neurons/guesses.ipynb")
    student.menu("Run", "Run All Cells")
    _wait_for_the_last_cell(student, 7)
    expect(page.get_by_text("Commit your guess first, then run this cell again.")).to_have_count(3)
    expect(page.get_by_text("it is “never”")).to_have_count(0)

    cells = page.locator(".jp-Cell").count()
    asked = page.get_by_role("group", name="Can it learn XOR?")
    asked.get_by_role("radio", name="after 10 epochs").focus()
    for key in ("Space", "ArrowDown", "b", "a", "d", "d"):
        page.keyboard.press(key)
    expect(asked.get_by_role("radio", name="after 1000 epochs")).to_be_checked()
    expect(page.locator(".jp-Cell")).to_have_count(cells)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("spinbutton", name="Your guess").focus()
    page.keyboard.type("0.250")
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="zigzags while it falls").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    _expect_the_guesses(student)

    student.menu("Run", "Run All Cells")
    _wait_for_the_last_cell(student, 14)
    _expect_the_guesses(student)
    _expect_the_answers(student)

    page.get_by_role("button", name="Restart the kernel and run all cells").click()
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    _wait_for_the_last_cell(student, 7)
    _expect_the_guesses(student)
    _expect_the_answers(student)

    page.keyboard.press("Control+s")
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    page.reload()
    _expect_the_guesses(student)


def _wait_for_the_last_cell(student: Lab, count: int) -> None:
    """Wait until the last cell has run, as the kernel's run number `count`."""
    prompt = student.page.locator(".jp-Cell").last.locator(".jp-InputPrompt")
    expect(prompt).to_have_text(f"[{count}]:", timeout=60 * SECONDS)
    student.idle()


def _expect_the_guesses(student: Lab) -> None:
    words = student.page.locator(".fp-predict").get_by_role("status")
    guesses = ["after 1000 epochs", "0.250", "zigzags while it falls"]
    expect(words).to_contain_text(
        [f"committed: {guess}." for guess in guesses], timeout=30 * SECONDS
    )
    for control in student.page.locator(".fp-predict input").all():
        expect(control).to_be_disabled()
    expect(student.page.get_by_role("button", name="Commit", exact=True)).to_have_count(0)


def _expect_the_answers(student: Lab) -> None:
    page = student.page
    expect(page.get_by_text("You guessed “after 1000 epochs”; it is “never”.")).to_be_visible()
    expect(page.get_by_text("You guessed 0.25, and it is 0.25.")).to_be_visible()
    said = "it starts at 4, is 0.5 halfway and ends at not a number; it rises in 1 of 5 steps"
    words = f"You guessed “zigzags while it falls”. I{said[1:]}."
    expect(page.get_by_text(words)).to_be_visible()
    says = f"your guess: it zigzags while it falls. Right: {said}."
    picture = page.get_by_role("img", name=says)
    svg = b64decode(picture.get_attribute("src").split(",")[1])
    curves = [line.get("points") for line in ElementTree.fromstring(svg).iter(f"{SVG}polyline")]
    assert [len(points.split()) for points in curves] == [11, 5]
    assert picture.evaluate("image => image.naturalWidth") == 600
