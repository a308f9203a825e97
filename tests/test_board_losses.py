"""The board of losses: its numbers, its words, its controls, and its keyboard."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
import torch
import torch.nn.functional as F
from playwright.sync_api import expect as wait_for
from torch import nn

from course.boards.losses import ORDINARY, TASKS, LossBoard
from tests.lab import lab


@pytest.fixture
def board(monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    made = []

    def make(*args, **kwargs):
        made.append(LossBoard(*args, **kwargs))
        return made[-1]

    yield make
    for board in made:
        board.close()


def label(board):
    return ElementTree.fromstring(board.picture.value).get("aria-label")


def curves(board):
    return {curve.name: curve for curve in board.runner.state.curves}


def best_constants(board):
    return [row[1] for row in board.runner.state.rows]


def test_a_prediction_gets_the_losses_and_slopes_that_pytorch_gives(board):
    shown = curves(board(prediction=17.5, target=22, delta=2))
    y_hat = torch.tensor(17.5, requires_grad=True)
    for name, criterion in (
        ("squared", nn.MSELoss()),
        ("absolute", nn.L1Loss()),
        ("Huber (δ = 2)", nn.HuberLoss(delta=2.0)),
    ):
        loss = criterion(y_hat, torch.tensor(22.0))
        (slope,) = torch.autograd.grad(loss, y_hat)
        assert (shown[name].loss, shown[name].slope) == pytest.approx((loss.item(), slope.item()))


def test_the_slopes_are_how_steep_the_curves_are(board):
    state = board().runner.state
    for curve in state.curves:
        steps = [
            (after[1] - before[1]) / (after[0] - before[0])
            for before, after in pairwise(zip(state.x, curve.losses, strict=True))
        ]
        for (before, after), step in zip(pairwise(curve.slopes), steps, strict=True):
            assert min(before, after) - 1e-9 <= step <= max(before, after) + 1e-9


def test_the_words_give_the_error_each_loss_and_each_slope(board):
    assert label(board()) == (
        "Prediction 25, target 22, error 3. Loss and slope: squared 9 and 6; absolute 3 and 1; "
        "Huber (δ = 2) 4 and 2. "
        "The error is beyond δ: Huber pulls with δ, the square with twice the error."
    )


@pytest.mark.parametrize(
    ("task", "name", "value"),
    [
        ("a number", "prediction", 20.5),
        ("a number", "target", 24.0),
        ("a number", "delta", 1),
        ("seven numbers", "outlier", 60),
        ("seven numbers", "delta", 20),
        ("yes or no", "logit", -10),
        ("yes or no", "answer", "yes"),
    ],
)
def test_each_control_of_a_task_changes_its_picture_and_its_words(board, task, name, value):
    board = board(task)
    picture, words = board.picture.value, label(board)
    board.controls[name].value = value
    assert board.picture.value != picture
    assert label(board) != words


@pytest.mark.parametrize("task", TASKS)
def test_a_task_shows_only_the_controls_that_it_has(board, task):
    board = board()
    board.controls["task"].value = task
    shown = {name for name, c in board.controls.items() if c.layout.display != "none"}
    assert shown == {"task", *TASKS[task]}


@pytest.mark.parametrize("outlier", [0, 22, 30, 94, 100])
def test_the_outlier_pulls_the_mean_and_not_the_median(board, outlier):
    mean, median, _ = best_constants(board("seven numbers", outlier=outlier))
    times = torch.tensor([*ORDINARY, outlier])
    assert mean == pytest.approx(times.mean().item(), rel=1e-6)
    assert median == times.median().item() == 22


@pytest.mark.parametrize("delta", [0.5, 2, 20])
def test_no_other_constant_has_a_smaller_huber_loss(board, delta):
    huber = best_constants(board("seven numbers", delta=delta))[2]
    times = torch.tensor([*ORDINARY, 94.0], dtype=torch.float64)

    def loss(constant):
        guess = torch.full_like(times, constant)
        return F.huber_loss(guess, times, delta=delta).item()

    assert loss(huber) < min(loss(huber - 0.01), loss(huber + 0.01))


def test_hubers_best_constant_goes_from_the_median_to_the_mean_as_delta_grows(board):
    board = board("seven numbers")
    bests = []
    for delta in (0.5, 5, 20, 50, 100):
        board.controls["delta"].value = delta
        bests.append(best_constants(board)[2])
    assert bests == sorted(bests)
    assert 22 <= bests[0] < 22.5
    assert bests[-1] == pytest.approx(best_constants(board)[0])


def test_the_words_name_the_best_constants(board):
    assert label(board("seven numbers")) == (
        "The best constant for all seven: squared 32.3, the mean; absolute 22, the median; "
        "Huber (δ = 2) 23, between the two. With the outlier at 94, the mean is 32.3 and the "
        "median 22. Without it, both are 22."
    )


@pytest.mark.parametrize("answer", ["no", "yes"])
@pytest.mark.parametrize("logit", [-120, -40, -15, 0, 5, 16, 17, 95])
def test_a_logit_gets_the_losses_and_slopes_that_pytorch_gives(board, logit, answer):
    shown = curves(board("yes or no", logit=logit, answer=answer))
    z, y = torch.tensor([float(logit)], requires_grad=True), torch.tensor([float(answer == "yes")])
    for name, loss in (
        ("sigmoid, then BCE", nn.BCELoss()(torch.sigmoid(z), y)),
        ("BCE with logits", nn.BCEWithLogitsLoss()(z, y)),
    ):
        (slope,) = torch.autograd.grad(loss, z)
        assert (shown[name].loss, shown[name].slope) == pytest.approx((loss.item(), slope.item()))


def test_bce_stands_at_100_without_a_slope_where_bce_with_logits_goes_on(board):
    board = board("yes or no", logit=120)
    assert label(board) == (
        "Logit 120, probability exactly 1, right answer no. Loss and slope: "
        "sigmoid, then BCE 100 and 0; BCE with logits 120 and 1. "
        "The network is sure and wrong, and through the sigmoid no push comes back."
    )


@pytest.mark.parametrize(
    ("settings", "lesson"),
    [
        ({"prediction": 22}, "The prediction is right: the slopes are 0"),
        ({"prediction": 24}, "The error is within δ"),
        ({"prediction": 19.5}, "The error is beyond δ"),
        ({"task": "seven numbers", "outlier": 22}, "the mean is 22 and the median 22."),
        ({"task": "yes or no", "logit": 16}, "On both roads the same push"),
        ({"task": "yes or no", "logit": -20, "answer": "yes"}, "On both roads the same push"),
        ({"task": "yes or no", "logit": -30, "answer": "yes"}, "almost no push comes back"),
        ({"task": "yes or no", "logit": 40, "answer": "yes"}, "The network is sure and right"),
    ],
)
def test_the_line_above_the_picture_says_what_to_learn_from_it(board, settings, lesson):
    board = board(**settings)
    assert lesson in board.status.value
    assert label(board).endswith(board.status.value)


@pytest.mark.parametrize(
    ("logit", "words"),
    [(16, "1 − 1.19 × 10⁻⁷,"), (17, "exactly 1,"), (-120, "exactly 0,"), (0, "probability 0.5,")],
)
def test_the_probability_says_when_it_is_exactly_1_or_0(board, logit, words):
    assert words in label(board("yes or no", logit=logit))


def test_settings_beyond_the_sliders_have_a_place_in_the_picture(board):
    for settings in (
        {"task": "yes or no", "logit": 200},
        {"task": "yes or no", "logit": -300, "answer": "yes"},
        {"prediction": 60, "target": 3},
    ):
        state = board(**settings).runner.state
        horizontal, losses, slopes = state.axes
        assert horizontal.holds(state.at)
        assert all(losses.holds(c.loss) and slopes.holds(c.slope) for c in state.curves)
    assert "the outlier at 300," in label(board("seven numbers", outlier=300))


@pytest.mark.parametrize("task", TASKS)
def test_the_line_of_python_makes_the_same_board_anew(board, task):
    first = board()
    for name, value in (
        ("task", task), ("prediction", 19.5), ("target", 20.0), ("delta", 5), ("outlier", 0),
        ("logit", -3), ("answer", "yes"),
    ):  # fmt: skip
        first.controls[name].value = value
    again = eval(first.python(), {"LossBoard": board})
    assert again.picture.value == first.picture.value
    assert again.python() == first.python()


@pytest.mark.parametrize("task", TASKS)
def test_without_a_page_it_gives_the_same_picture_with_words_every_time(board, task):
    first, second = (board(task)._repr_mimebundle_() for _ in range(2))
    assert first == second
    assert first["text/plain"].startswith(f"LossBoard(task='{task}', prediction=25.0, ")
    image = ElementTree.fromstring(first["text/html"].removesuffix(">") + "/>")
    assert image.get("alt") == first["text/plain"]
    assert first["image/svg+xml"].startswith("<svg")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"task": "classes"}, "task is 'classes'; it must be one of: a number, seven numbers"),
        ({"answer": 1}, "answer is 1; it must be one of: no, yes"),
        ({"delta": 0}, "delta above 0"),
        ({"logit": float("nan")}, "must be finite"),
    ],
)
def test_settings_that_mean_nothing_are_refused_in_words(board, settings, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        board(**settings)


@pytest.mark.browser
def test_the_board_is_played_by_keyboard_alone(tmp_path):
    with lab(tmp_path) as page_of:
        page_of.show("from course.boards.losses import LossBoard\nLossBoard()")
        page = page_of.page
        board = page.locator(".fp-board")
        board.wait_for(timeout=120_000)
        page_of.idle()
        cells = page.locator(".jp-Cell").count()
        picture = board.locator(".fp-picture svg[role=img]")

        def says(words):
            wait_for(picture).to_have_attribute("aria-label", re.compile(re.escape(words)))

        def slide(name, key, value, words):
            slider = board.get_by_role("slider", name=name, exact=True)
            slider.focus()
            page.keyboard.press("b")
            page.keyboard.press(key)
            wait_for(slider).to_have_attribute("aria-valuetext", value)
            says(words)

        says("Prediction 25, target 22, error 3.")
        slide("prediction", "ArrowRight", "25.5", "squared 12.2 and 7;")
        slide("target", "ArrowLeft", "21.5", "error 4.")
        slide("δ of Huber", "ArrowLeft", "1", "Huber (δ = 1) 3.5 and 1.")
        wait_for(board.get_by_role("slider", name="logit")).to_have_count(0)

        task = board.get_by_role("combobox", name="task")
        task.focus()
        page.keyboard.press("ArrowDown")
        slide("outlier", "ArrowRight", "96", "squared 32.6, the mean; absolute 22, the median")
        task.focus()
        page.keyboard.press("ArrowDown")
        slide("logit", "ArrowRight", "45", "BCE with logits 45 and 1.")
        board.get_by_role("combobox", name="right answer").focus()
        page.keyboard.press("ArrowDown")
        says("right answer yes. Loss and slope: sigmoid, then BCE 0 and 0;")
        assert page.locator(".jp-Cell").count() == cells
