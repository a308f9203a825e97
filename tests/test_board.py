"""The boards as a reader meets them: sliders, buttons, words and pictures; no browser needed."""

import json
import os
import threading
from base64 import b64decode
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import ipywidgets
import pytest
import torch
from ipywidgets.widgets.widget import _instances
from jupyter_client.manager import start_new_kernel

from course.boards.chart import sheet
from course.boards.trainer import Trainer
from course.boards.training import TrainingBoard, least_squares

INPUTS = torch.tensor([[5.0], [6.0], [8.0], [10.0]])
TIMES = torch.tensor([[22.2], [25.6], [31.0], [38.5]])
VIEW = "application/vnd.jupyter.widget-view+json"
PATIENCE = 60
ROOT = str(Path(__file__).parents[1])


@pytest.fixture
def page(monkeypatch):
    """What a kernel looks like that a page has opened."""
    monkeypatch.setenv("JPY_SESSION_NAME", "unit.ipynb")


@pytest.fixture
def no_page(monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


@pytest.fixture
def board(page):
    board = TrainingBoard(INPUTS, TIMES)
    board.seconds = 0
    yield board
    board.close()


@dataclass(frozen=True)
class Moment:
    losses: list


class LoopBoard(Trainer):
    """The smallest board: it shows the number of losses of somebody's loop."""

    seconds = 0

    def __init__(self, train, lr, epochs):
        self.train = train
        super().__init__(lr, epochs)

    def run(self):
        return self.train(self.lr.value, self.epochs.value)

    def words(self, state):
        return f"{len(state.losses)} losses"

    def draw(self, state):
        return sheet(10, 10, label=self.words(state))


class Gate:
    """A training loop that takes an epoch only when it is let, and notes what it was asked."""

    def __init__(self):
        self.runs, self.threads, self.epoch_done = [], set(), threading.Semaphore(0)
        self.pass_on = threading.Semaphore(0)
        self.board = None

    def opens(self, kind=LoopBoard):
        self.board = kind(self.train, 0.01, 10)
        return self.board

    def train(self, lr, epochs):
        self.runs.append((lr, epochs))
        losses = [1.0]
        yield Moment(losses)
        for _ in range(epochs):
            self.threads.add(threading.current_thread())
            self.epoch_done.release()
            assert self.pass_on.acquire(timeout=PATIENCE)
            losses.append(losses[-1] / 2)
            yield Moment(losses)


@pytest.fixture
def gate(page):
    gate = Gate()
    yield gate
    gate.board.close()
    gate.pass_on.release(10_000)
    assert gate.board.runner.wait(PATIENCE)


def press(board, *names):
    for name in names:
        board.buttons[name].click()


def rest(board):
    assert board.runner.wait(PATIENCE)


def enabled(board):
    return {name for name, button in board.buttons.items() if not button.disabled}


def epochs_done(board):
    return len(board.runner.state.losses) - 1


def board_threads():
    return [thread for thread in threading.enumerate() if thread.name == "board"]


def trained_by_hand(lr, epochs, weight, bias):
    """Gradient descent on the mean squared error, from its formula."""
    x, y = INPUTS.double(), TIMES.double()
    for _ in range(epochs):
        error = weight * x + bias - y
        weight, bias = weight - lr * 2 * (error * x).mean(), bias - lr * 2 * error.mean()
    return float(weight), float(bias)


def test_a_new_board_shows_the_untrained_network_and_waits(board):
    assert "Press <b>Start</b>" in board.status.value
    assert "Not trained yet" in board.picture.value
    assert enabled(board) == {"Start", "Step"}


def test_start_trains_as_the_formula_of_gradient_descent_says(board):
    first = board.runner.state
    press(board, "Start")
    rest(board)
    last = board.runner.state
    assert epochs_done(board) == 500
    wanted = trained_by_hand(0.01, 500, first.weight, first.bias)
    assert (last.weight, last.bias) == pytest.approx(wanted, rel=1e-3)
    assert "The loss fell from 870 to 0.656 in 500 epochs." in board.status.value
    assert enabled(board) == {"Start", "Reset"}


def test_the_least_squares_line_leaves_errors_that_no_line_can_reduce():
    best = least_squares(INPUTS, TIMES)
    errors = best.weight * INPUTS + best.bias - TIMES
    assert errors.mean().item() == pytest.approx(0, abs=1e-4)
    assert (errors * INPUTS).mean().item() == pytest.approx(0, abs=1e-3)
    assert best.losses[0] == pytest.approx(errors.square().mean().item(), rel=1e-3)


def test_a_new_lr_trains_again_from_the_same_first_weights(board):
    press(board, "Start")
    rest(board)
    picture = board.picture.value
    board.lr.value = 0.001
    rest(board)
    assert epochs_done(board) == 500
    assert board.picture.value != picture
    board.lr.value = 0.01
    rest(board)
    assert board.picture.value == picture


def test_a_slider_moved_in_the_browser_trains_again(board):
    press(board, "Start")
    rest(board)
    steps = [value for _, value in board.epochs.options]
    change = {"method": "update", "state": {"index": steps.index(20)}, "buffer_paths": []}
    board.epochs._handle_msg({"content": {"data": change}, "buffers": []})
    rest(board)
    assert epochs_done(board) == 20


def test_a_slider_moved_before_training_only_sets_the_value(board):
    board.lr.value = 0.02
    rest(board)
    assert epochs_done(board) == 0
    assert enabled(board) == {"Start", "Step"}


def test_the_lr_slider_shows_and_holds_round_values_on_a_log_scale(board):
    values = [value for _, value in board.lr.options]
    ratios = [after / before for before, after in pairwise(values)]
    assert {0.0001, 0.001, 0.003, 0.01, 0.015, 0.02, 0.1} <= set(values)
    assert max(ratios) < 1.15
    assert dict(board.lr.options)["0.02"] == 0.02


def test_a_board_takes_settings_between_the_marks_of_its_sliders(page):
    board = TrainingBoard(INPUTS, TIMES, lr=0.0175, epochs=123)
    assert (board.lr.value, board.epochs.value) == (0.0175, 123)
    board.close()


@pytest.mark.parametrize(("lr", "epochs"), [(1, 10), (0.01, 1), (0.01, 0)])
def test_odd_settings_train_too(page, lr, epochs):
    board = TrainingBoard(INPUTS, TIMES, lr=lr, epochs=epochs)
    press(board, "Start")
    rest(board)
    assert board.lr.value == lr
    assert epochs_done(board) == epochs or "diverged" in board.status.value
    board.close()


def test_step_takes_one_epoch_and_every_press_counts(board):
    press(board, "Step")
    rest(board)
    assert epochs_done(board) == 1
    assert "in 1 epoch." in board.status.value
    press(board, "Step", "Step", "Step")
    rest(board)
    assert epochs_done(board) == 4
    assert enabled(board) == {"Start", "Step", "Reset"}


def test_the_line_of_python_makes_the_same_board_anew(board):
    board.lr.value, board.seed.value, board.scale.value = 0.02, 3, "linear"
    rest(board)
    assert board.line.value.startswith("<code>TrainingBoard(inputs, times, at=7, ")
    again = eval(board.python(), {"TrainingBoard": TrainingBoard, "inputs": INPUTS, "times": TIMES})
    assert again.picture.value == board.picture.value
    again.close()


def test_a_seed_gives_other_first_weights_and_a_scale_only_another_look(board):
    press(board, "Step")
    rest(board)
    first = board.runner.state
    board.scale.value = "linear"
    rest(board)
    assert board.runner.state is first
    assert "linear scale" in board.picture.value
    board.seed.value = 1
    rest(board)
    assert epochs_done(board) == 0
    assert board.runner.state.weight != first.weight


def test_reset_goes_back_to_the_same_first_weights(board):
    first = board.picture.value
    press(board, "Step", "Reset")
    rest(board)
    assert board.picture.value == first
    assert enabled(board) == {"Start", "Step"}


def test_start_goes_on_where_stop_halted(gate):
    board = gate.opens()
    press(board, "Start")
    gate.epoch_done.acquire(timeout=PATIENCE)
    press(board, "Stop")
    gate.pass_on.release()
    rest(board)
    assert epochs_done(board) == 1
    assert enabled(board) == {"Start", "Step", "Reset"}
    gate.pass_on.release(9)
    press(board, "Start")
    rest(board)
    assert epochs_done(board) == 10
    assert len(gate.runs) == 1


def test_start_after_the_end_trains_again(board):
    press(board, "Start")
    rest(board)
    picture = board.picture.value
    press(board, "Start")
    rest(board)
    assert board.picture.value == picture


def test_while_it_trains_only_stop_and_reset_can_be_pressed(gate):
    class EveryEpoch(LoopBoard):
        frames_a_second = 10**9

    board = gate.opens(EveryEpoch)
    press(board, "Start")
    gate.epoch_done.acquire(timeout=PATIENCE)
    assert enabled(board) == {"Stop", "Reset"}
    assert "Training for 10 epochs at lr 0.01" in board.status.value


def test_a_drag_leaves_one_run_with_the_last_value_in_one_thread(gate):
    board = gate.opens()
    press(board, "Start")
    gate.epoch_done.acquire(timeout=PATIENCE)
    for lr in (0.011, 0.02, 0.05, 0.1):
        board.lr.value = lr
    assert len(board_threads()) == 1
    gate.pass_on.release(11)
    rest(board)
    assert gate.runs == [(0.01, 10), (0.1, 10)]
    assert len(gate.threads) == 1
    assert epochs_done(board) == 10


def test_divergence_is_told_in_words_with_what_to_do(board):
    board.lr.value = 0.02
    press(board, "Start")
    rest(board)
    assert "The training diverged." in board.status.value
    assert "grew past 8.7 × 10⁸ at epoch 28: the steps are too large" in board.status.value
    assert "Try a smaller lr." in board.status.value
    label = ElementTree.fromstring(board.picture.value).get("aria-label")
    assert label.startswith("The loss diverged from 870 to 1.21 × 10⁹ in 28 epochs.")
    assert enabled(board) == {"Start", "Reset"}


def test_data_that_is_no_number_gives_words_and_a_whole_picture(page):
    board = TrainingBoard(INPUTS, TIMES * float("nan"))
    press(board, "Start")
    rest(board)
    assert "The loss is no longer a number" in board.status.value
    assert ElementTree.fromstring(board.picture.value).tag.endswith("svg")
    board.close()


def test_an_error_in_the_loop_is_shown_with_the_learners_own_line(page):
    def train(lr, epochs):
        yield Moment([1.0])
        torch.nn.Linear(2, 1)(INPUTS)  # two inputs wanted, one given
        yield Moment([1.0, 0.5])

    board = LoopBoard(train, 0.01, 10)
    press(board, "Start")
    rest(board)
    assert "RuntimeError: mat1 and mat2 shapes" in board.status.value
    assert "of train: torch.nn.Linear(2, 1)(INPUTS)" in board.status.value
    assert enabled(board) == {"Start", "Reset"}


def test_markup_in_an_error_is_shown_as_text(page):
    def train(lr, epochs):
        raise ValueError("<script>")
        yield

    board = LoopBoard(train, 0.01, 10)
    assert "ValueError: &lt;script&gt;" in board.status.value


@pytest.mark.parametrize("train", [lambda lr, epochs: None, lambda lr, epochs: iter([3])])
def test_a_loop_that_gives_no_states_is_an_error_in_words(page, train):
    board = LoopBoard(train, 0.01, 10)
    assert "Error" in board.status.value
    assert board.runner.wait(PATIENCE)


def test_an_empty_loop_says_so(page):
    board = LoopBoard(lambda lr, epochs: iter([]), 0.01, 10)
    assert "ended without a state" in board.status.value


def test_a_board_at_rest_has_no_thread(board):
    press(board, "Start")
    rest(board)
    press(board, "Step", "Reset", "Start", "Stop")
    rest(board)
    assert board_threads() == []


def test_closing_ends_the_training_and_gives_back_every_widget(gate):
    before = set(_instances)
    board = gate.opens()
    press(board, "Start")
    gate.epoch_done.acquire(timeout=PATIENCE)
    board.close()
    gate.pass_on.release()
    rest(board)
    assert board_threads() == []
    assert epochs_done(board) == 1
    assert set(_instances) == before


def test_training_does_not_touch_the_notebooks_random_numbers(board):
    torch.manual_seed(3)
    before = torch.get_rng_state()
    press(board, "Start")
    rest(board)
    assert torch.equal(torch.get_rng_state(), before)


def test_a_fast_loop_draws_far_fewer_pictures_than_epochs(board):
    pictures = []
    board.picture.observe(pictures.append, "value")
    board.epochs.value = 5000
    press(board, "Start")
    rest(board)
    assert 2 <= len(pictures) < 2500


def test_on_a_page_the_view_comes_with_a_still_picture_and_words(board):
    bundle = board._repr_mimebundle_()
    assert bundle[VIEW]["model_id"] == board.model_id
    assert "Not trained yet" in bundle["text/plain"]
    assert bundle["text/html"].startswith("<img alt=")
    assert bundle["image/svg+xml"] == board.picture.value


def test_without_a_page_the_board_trains_and_shows_a_still_picture(no_page):
    bundle = TrainingBoard(INPUTS, TIMES)._repr_mimebundle_()
    assert VIEW not in bundle
    assert bundle["text/plain"] == (
        "TrainingBoard(inputs, times, at=7, units=('miles', 'minutes'), lr=0.01, epochs=500, "
        "seed=0, scale='log'): The loss fell from 870 to 0.656 in 500 epochs. "
        "At 7 miles the network predicts 28.3 minutes, least squares 28.5."
    )
    image = ElementTree.fromstring(bundle["text/html"].removesuffix(">") + "/>")
    assert "28.3 minutes" in image.get("alt")
    drawn = b64decode(image.get("src").removeprefix("data:image/svg+xml;base64,")).decode()
    assert drawn == bundle["image/svg+xml"]
    assert board_threads() == []


def test_without_a_page_two_boards_give_the_same_bytes(no_page):
    first, second = (TrainingBoard(INPUTS, TIMES)._repr_mimebundle_() for _ in range(2))
    assert first == second


def test_the_words_of_a_diverged_still_picture_say_what_to_do(no_page):
    bundle = TrainingBoard(INPUTS, TIMES, lr=0.02)._repr_mimebundle_()
    assert bundle["text/plain"].endswith("the steps are too large. Try a smaller lr.")


def test_the_board_speaks_in_the_readers_units(no_page):
    board = TrainingBoard(INPUTS, TIMES, at=9, units=("kilometres", "hours"))
    assert "At 9 kilometres the network predicts" in board._repr_mimebundle_()["text/plain"]
    assert ">hours =</text>" in board.picture.value


@pytest.mark.parametrize("inputs", [INPUTS.flatten(), INPUTS.reshape(2, 2)])
def test_inputs_of_another_shape_are_refused_with_the_shape_that_is_wanted(page, inputs):
    with pytest.raises(ValueError, match=r"inputs has shape .* must be \(N, 1\)"):
        TrainingBoard(inputs, TIMES)


def test_the_board_is_an_ipywidgets_box(board):
    assert isinstance(board, ipywidgets.Box)


RERUN = """
import torch, threading
from course.boards.trainer import Trainer
from course.boards.training import TrainingBoard
from ipywidgets.widgets.widget import _instances
board = TrainingBoard(torch.tensor([[1.0], [2.0]]), torch.tensor([[1.0], [3.0]]), lr=0.1)
board.seconds = 600
board.runner.start()
board
"""
COUNT = """
import time
while sum(thread.name == "board" for thread in threading.enumerate()) > 1:
    time.sleep(0.01)  # the old thread ends with its epoch
boards = [widget for widget in _instances.values() if isinstance(widget, TrainingBoard)]
print(len(boards), sum(thread.name == "board" for thread in threading.enumerate()), end="")
"""


def test_running_a_cell_again_replaces_its_board_and_ends_the_old_training(page):
    manager, client = start_new_kernel(env=dict(os.environ, PYTHONPATH=ROOT))
    try:
        counts = []
        for _ in range(3):
            _run(client, RERUN, cell="the board's cell")
            counts.append(_run(client, COUNT, cell="another"))
        assert counts == ["1 1"] * 3
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _run(client, code, cell):
    """Run `code` as JupyterLab does, which names the cell; what it printed."""
    message = client.session.msg("execute_request", {"code": code, "silent": False})
    message["metadata"]["cellId"] = cell
    client.shell_channel.send(message)
    printed = ""
    while True:
        reply = client.get_iopub_msg(timeout=PATIENCE)
        if reply["parent_header"].get("msg_id") != message["header"]["msg_id"]:
            continue
        if reply["msg_type"] == "error":
            raise AssertionError(json.dumps(reply["content"], indent=1))
        if reply["msg_type"] == "stream":
            printed += reply["content"]["text"]
        if reply["msg_type"] == "status" and reply["content"]["execution_state"] == "idle":
            return printed
