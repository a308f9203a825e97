"""What a student does, in a real JupyterLab in a real browser."""

import re
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Locator, expect

from course import study
from tests import bank
from tests.lab import Lab, lab

pytestmark = pytest.mark.browser
MINUTE = 60_000  # ms


@pytest.fixture(scope="module")
def student(tmp_path_factory):
    """A student's JupyterLab: unit 1 untouched, unit 8 and a copy of unit 1 solved."""
    folder = tmp_path_factory.mktemp("my-course")
    study.copy_units(study.RELEASE, folder)
    tensors = folder / "01_tensors" / "tensors.ipynb"
    delivery = folder / "08_delivery_time" / "delivery_time.ipynb"
    _solve(tensors, tensors.with_name("solved.ipynb"))
    _solve(delivery, delivery)
    with lab(folder, study.START_PAGE, **study.lab_variables()) as started:
        yield started


def _solve(path: Path, target: Path) -> None:
    notebook, unit = nbformat.read(path, as_version=4), path.parent.name
    answers = dict.fromkeys(bank.manual(unit), "The shapes broadcast, so print them first.")
    answers |= {a.exercise: a.code for a in reversed(bank.read(unit)) if a.right}
    for cell in notebook.cells:
        cell.source = answers.get(cell.id, cell.source)
    nbformat.write(notebook, target)


def test_the_start_page_leads_to_a_unit_and_asks_nothing(student):
    student.page.goto(f"{student.url}/?reset")
    page = student.page
    expect(page.get_by_role("heading", name="Forward Pass")).to_be_visible(timeout=MINUTE)
    page.get_by_role("link", name="Tensors").click()
    student.idle()
    expect(page.get_by_role("heading", name="1 · Tensors")).to_be_visible()
    expect(page.locator(".jp-Dialog, .Toastify__toast")).to_have_count(0)
    expect(page.get_by_role("tab", name="Create Assignment")).to_have_count(0)


def test_an_unanswered_exercise_says_so_and_validate_lists_it(student):
    student.open("01_tensors/tensors.ipynb")
    results = _validate(student)
    expect(results).to_contain_text("failed", ignore_case=True)
    expect(results).to_contain_text("Not written yet")
    expect(results).to_contain_text("You did not provide a response")


def test_validate_shows_our_message_for_a_wrong_answer(student):
    wrong = next(a for a in bank.read("01_tensors") if not a.right)
    folder = Path(student.root, "01_tensors")
    notebook = nbformat.read(folder / "solved.ipynb", as_version=4)
    next(cell for cell in notebook.cells if cell.id == wrong.exercise).source = wrong.code
    nbformat.write(notebook, folder / "wrong.ipynb")
    student.open("01_tensors/wrong.ipynb")
    results = _validate(student)
    expect(results).to_contain_text("The following cell failed")
    expect(results).to_contain_text(wrong.note)


def test_validate_accepts_a_solved_unit(student):
    student.open("01_tensors/solved.ipynb")
    expect(_validate(student)).to_contain_text("Success! Your notebook passes all the tests")


def _validate(student: Lab) -> Locator:
    student.page.get_by_role("button", name="Validate", exact=True).click()
    dialog = student.page.locator(".jp-Dialog")
    expect(dialog).to_contain_text(re.compile("success|fail", re.I), timeout=2 * MINUTE)
    return dialog


def test_a_board_trains_moves_and_stops_by_keyboard_alone(student):
    student.open("08_delivery_time/delivery_time.ipynb")
    student.menu("Run", "Run All Cells")
    page = student.page
    board = page.locator(".fp-board").first
    board.wait_for(timeout=2 * MINUTE)
    student.idle()
    cells = page.locator(".jp-Cell").count()
    picture, button = board.locator(".fp-picture svg[role=img]"), _buttons(board)

    lr = board.get_by_role("slider", name="lr")
    expect(lr).to_have_attribute("aria-valuetext", "0.01")
    lr.focus()
    page.keyboard.press("ArrowLeft")
    expect(lr).to_have_attribute("aria-valuetext", "0.009")
    page.keyboard.press("b")
    page.keyboard.press("ArrowRight")
    expect(lr).to_have_attribute("aria-valuetext", "0.01")
    assert page.locator(".jp-Cell").count() == cells

    fresh, label = picture.inner_html(), picture.get_attribute("aria-label")
    button("Start").press("Enter")
    expect(button("Stop")).to_be_enabled()
    expect(picture).to_have_attribute("aria-label", re.compile("fell"))
    button("Stop").press("Enter")
    expect(button("Stop")).to_be_disabled()
    assert picture.inner_html() != fresh
    stopped = picture.get_attribute("aria-label")
    button("Step").press("Enter")
    expect(picture).not_to_have_attribute("aria-label", stopped)
    button("Reset").press("Enter")
    expect(picture).to_have_attribute("aria-label", label)
    assert picture.inner_html() == fresh

    lr.focus()
    while float(lr.get_attribute("aria-valuetext")) < 0.02:
        before = lr.get_attribute("aria-valuetext")
        page.keyboard.press("ArrowRight")
        expect(lr).not_to_have_attribute("aria-valuetext", before)
    button("Start").press("Enter")
    expect(board.locator(".fp-status")).to_contain_text("diverged", timeout=MINUTE)


def _buttons(board: Locator):
    return lambda name: board.get_by_role("button", name=name, exact=True)
