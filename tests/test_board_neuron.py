"""The neuron board: the line of two weights and a bias, and the rule that moves it."""

import re
from xml.etree import ElementTree

import pytest
import torch
from playwright.sync_api import expect

from course import study
from course.boards.neuron import OWN, NeuronBoard
from tests.lab import lab

PATIENCE = 60
MINUTE = 60_000  # ms
BITS = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
GATES = {"AND": [0, 0, 0, 1], "OR": [0, 1, 1, 1], "XOR": [0, 1, 1, 0]}
LEARNED = [(0, 0, 0), (1, 1, 1)]


class At(NeuronBoard):
    """The board in no hurry for anybody's eye."""

    def rest(self, state):
        return 0.0


@pytest.fixture
def opens(monkeypatch):
    """Opens boards as a page would, and closes them."""
    monkeypatch.setenv("JPY_SESSION_NAME", "unit.ipynb")
    boards = []

    def opens(*args, **values):
        boards.append(At(*args, **values))
        return boards[-1]

    yield opens
    for board in boards:
        board.close()


@pytest.fixture
def no_page(monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


def press(board, *names):
    for name in names:
        board.buttons[name].click()
    assert board.runner.wait(PATIENCE)
    return board.runner.state


def changed(board, **values):
    """The state after the controls took these values."""
    for name, value in values.items():
        board.controls[name].value = value
    assert board.runner.wait(PATIENCE)
    return board.runner.state


def alternative(board):
    return ElementTree.fromstring(board.picture.value).get("aria-label")


def shown(board):
    """The lines of text in the picture."""
    parts = [*ElementTree.fromstring(board.picture.value).iter()]
    return [part.text for part in parts if part.tag.endswith("}text")]


def units_epochs(targets, w, b, lr=1.0, epochs=20):
    """The rule as section 2.9 writes it: the weights and mistakes after each epoch."""
    w, history = torch.tensor(w), []
    for _ in range(epochs):
        wrong = 0
        for x, target in zip(BITS, targets, strict=True):
            error = target - int((x * w).sum() + b >= 0)
            w, b, wrong = w + lr * error * x, b + lr * error, wrong + (error != 0)
        history.append(((*w.tolist(), b), wrong))
        if wrong == 0:
            break
    return history


def test_the_first_picture_shows_or_where_and_is_wanted(opens):
    board = opens()
    assert alternative(board) == (
        "Data: AND. The neuron says 1 where 1 × x1 + 1 × x2 − 0.5 ≥ 0; "
        "right: 2 of 4 points, wrong: (0, 1), (1, 0)."
    )
    assert "Move a slider" in board.status.value
    assert shown(board).count("says 0") == 1
    assert shown(board).count("says 1") == 3


@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize("start", [(0.0, 0.0, 0.0), (1.0, 1.0, -0.5), (3.0, -2.0, 2.0)])
@pytest.mark.parametrize("lr", [1.0, 0.25])
def test_every_epoch_agrees_with_the_rule_of_the_unit(opens, gate, start, lr):
    w1, w2, b = start
    board = opens(gate, w1, w2, b, lr=lr)
    for weights, wrong in units_epochs(GATES[gate], (w1, w2), b, lr):
        state = press(board, *["Step"] * 4)
        assert state.weights == weights
        assert state.mistakes[-1] == wrong
    assert board.buttons["Step"].disabled


def test_the_sums_on_the_picture_are_those_of_a_linear_layer(opens):
    board = opens("XOR", 1.25, -0.5, 0.25, activation="sigmoid")
    layer = torch.nn.Linear(2, 1)
    layer.weight.data, layer.bias.data = torch.tensor([[1.25, -0.5]]), torch.tensor([0.25])
    outputs = torch.sigmoid(layer(BITS)).flatten().tolist()
    for output in outputs:
        assert f"{output:.2f}" in shown(board)
    assert f"Outputs: {outputs[0]:.2f} at (0, 0), {outputs[1]:.2f} at (0, 1)" in alternative(board)


def test_a_step_writes_its_update_out_in_numbers(opens):
    board = opens()
    press(board, "Step")
    assert "Epoch 1, point (0, 0): target 0, output 0, so nothing changes." in board.status.value
    press(board, "Step")
    assert "point (0, 1): target 0, output 1, so w changes by (0, −1) and b by −1." in (
        board.status.value
    )
    words = " ".join(shown(board))
    assert "before 1 1 −0.5 + 1 × (target − output) × x 0 −1 −1 now 1 0 −1.5" in words


def test_a_sum_of_exactly_0_counts_as_1(opens):
    board = opens("AND", 0.0, 0.0, 0.0)
    assert shown(board).count("says 1") == 4
    assert "right: 1 of 4 points, wrong: (0, 0), (0, 1), (1, 0)" in alternative(board)


def test_and_is_learned_and_the_board_says_in_which_epoch(opens):
    board = opens()
    assert press(board, "Start").mistakes == (2, 3, 2, 1, 0)
    assert "Epoch 5 made no mistake: learned. Mistakes in each epoch: 2, 3, 2, 1, 0." in (
        alternative(board)
    )
    assert "learned" in shown(board)


def test_xor_goes_round_in_a_circle_until_epoch_20(opens):
    board = opens("XOR", 0.0, 0.0, 0.0)
    assert press(board, *["Step"] * 11).circle is None
    assert press(board, "Step").circle == 2
    assert "The weights came back to those after epoch 2: it goes round in a circle." in (
        board.status.value
    )
    state = press(board, "Start")
    assert state.mistakes == (3, 3) + (4,) * 18
    assert "Epoch 20 was the last and still made mistakes: 4." in alternative(board)
    assert "round in a circle" in shown(board)


def test_a_moved_weight_moves_the_line_even_after_the_end(opens):
    board = opens()
    press(board, "Start")
    state = changed(board, b=-1.5)
    assert state.hand == -1 and state.weights == (1.0, 1.0, -1.5)
    assert "right: 4 of 4 points." in alternative(board)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("data", "XOR"),
        ("data", OWN),
        ("w1", 2.0),
        ("w2", -1.0),
        ("b", 1.0),
        ("activation", "sigmoid"),
        ("lr", 0.5),
    ],
)
def test_each_control_changes_what_one_sees(opens, name, value):
    board = opens()
    first = board.picture.value
    changed(board, **{name: value})
    assert board.picture.value != first


@pytest.mark.parametrize(("name", "value"), [("x1", 0.5), ("x2", -0.5), ("kind", 1)])
def test_the_new_point_follows_its_controls_and_is_no_sample_yet(opens, name, value):
    board = opens(OWN)
    press(board, "Step")
    first, state = board.picture.value, board.runner.state
    assert changed(board, **{name: value}) is state
    assert board.picture.value != first


def test_the_activation_changes_the_picture_and_leaves_the_run_alone(opens):
    board = opens()
    state = press(board, "Step", "Step")
    assert changed(board, activation="sigmoid") is state
    assert "Outputs: 0.18 at (0, 0)" in alternative(board)


def test_points_are_added_and_removed_where_they_matter(opens):
    board = opens()
    row = board.children[0].children[-2]
    assert [board.add.layout.display, row.layout.display] == ["none", "none"]
    changed(board, data=OWN)
    assert [board.add.layout.display, row.layout.display] == [None, None]
    changed(board, x1=-0.5, x2=1.75, kind=1)
    board.add.click()
    assert board.runner.wait(PATIENCE)
    assert board.runner.state.samples[-1] == (-0.5, 1.75, 1)
    assert "of 6 points" in alternative(board)
    for _ in range(6):
        board.remove.click()
    assert board.runner.wait(PATIENCE)
    assert alternative(board).startswith("No points yet")
    assert board.remove.disabled and board.buttons["Step"].disabled
    press(board, "Start")
    assert alternative(board).startswith("No points yet")


def test_points_that_a_line_parts_are_learned_and_others_go_round(opens):
    board = opens(OWN, points=LEARNED)
    assert press(board, "Start").learned
    board = opens(OWN, points=[*LEARNED, (1, 1, 0)])
    assert press(board, "Start").circle is not None


def test_the_line_of_python_makes_the_same_board_anew(opens):
    board = opens(OWN, points=LEARNED)
    changed(board, w1=-0.25, activation="sigmoid", x1=0.25, kind=1)
    board.add.click()
    assert board.runner.wait(PATIENCE)
    again = eval(board.python(), {"At": opens})
    assert again.picture.value == board.picture.value
    assert again.python() == board.python()
    assert "points" not in opens().python()


def test_a_place_far_away_gets_a_larger_plane(opens):
    board = opens(OWN, points=[(-4.5, 0.0, 0), (1.0, 6.2, 1)])
    assert {"−5", "5"} <= set(shown(board))


def test_without_a_page_the_board_shows_the_end_twice_the_same(no_page):
    first, second = (NeuronBoard()._repr_mimebundle_() for _ in range(2))
    assert first == second
    assert "Epoch 5 made no mistake: learned." in first["text/plain"]
    image = ElementTree.fromstring(first["text/html"].removesuffix(">") + "/>")
    assert image.get("alt") == first["text/plain"]
    assert first["image/svg+xml"].startswith("<svg")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"data": "NAND"}, "data is 'NAND'; it must be one of"),
        ({"activation": "relu"}, "activation is 'relu'; it must be one of"),
        ({"kind": 2}, "class is 2"),
        ({"w1": float("nan")}, "w1 is nan; it must be a number."),
        ({"b": "1"}, "b is '1'; it must be a number."),
        ({"lr": 0}, "lr is 0; it must be a number above 0."),
        ({"points": [(0, 1)]}, r"\(0, 1\) is no point"),
        ({"points": [(0, 1, 2)]}, "the class 0 or 1"),
    ],
)
def test_values_that_make_no_neuron_are_refused_in_words(no_page, values, message):
    with pytest.raises(ValueError, match=message):
        NeuronBoard(**values)


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """A JupyterLab with the board on a page, and a cell below it."""
    folder = tmp_path_factory.mktemp("neuron")
    cells = ["from course.boards.neuron import NeuronBoard\nNeuronBoard('your own points')", "1"]
    with lab(folder, **study.lab_variables()) as started:
        started.show(*cells)
        started.page.locator(".fp-board").wait_for(timeout=2 * MINUTE)
        started.idle()
        yield started.page


@pytest.mark.browser
def test_by_keyboard_alone_a_reader_moves_the_line_adds_a_point_and_learns(started):
    board, cells = started.locator(".fp-board"), started.locator(".jp-Cell").count()
    picture = board.locator(".fp-picture svg[role=img]")

    def press(control, *keys):
        control.focus()
        for key in keys:
            started.keyboard.press(key)

    def says(words):
        expect(picture).to_have_attribute("aria-label", re.compile(words), timeout=MINUTE)

    def button(name):
        return board.get_by_role("button", name=name, exact=True)

    says("Data: your own points.*− 0.5 ≥ 0; .* of 5 points")
    press(board.get_by_role("slider", name="b", exact=True), *["ArrowLeft"] * 4, "b")
    says("− 1.5 ≥ 0; right: 5 of 5 points")
    place = board.get_by_role("slider", name="x1")
    press(place, "ArrowLeft", "b")
    expect(place).to_have_attribute("aria-valuetext", "0.75")
    press(button("Add point"), "b", "Enter")
    says("right: 5 of 6 points")
    press(button("Step"), "Enter")
    says("Epoch 1, point")
    press(button("Remove last"), "b", "Enter")
    says("right: 5 of 5 points")
    press(button("Start"), "Enter")
    says("Epoch 1 made no mistake: learned")
    assert started.locator(".jp-Cell").count() == cells


@pytest.mark.browser
def test_a_list_is_chosen_from_by_keyboard(started):
    data = started.locator(".fp-board").get_by_role("combobox", name="data")
    cells = started.locator(".jp-Cell").count()
    data.focus()
    started.keyboard.press("b")
    started.keyboard.press("ArrowUp")
    expect(data).to_have_value("XOR", timeout=3000)
    picture = started.locator(".fp-picture svg[role=img]")
    expect(picture).to_have_attribute("aria-label", re.compile("Data: XOR"))
    assert started.locator(".jp-Cell").count() == cells
