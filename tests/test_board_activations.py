"""The activation board: what it shows agrees with PyTorch, and every control that counts counts."""

import re
from html import unescape
from xml.etree import ElementTree

import pytest
import torch
from playwright.sync_api import expect
from torch import nn
from torch.nn import functional as F

from course.boards.activations import ActivationBoard
from course.boards.chart import number
from tests.lab import lab

MINUTE = 60e3
MODULES = {
    "sigmoid": nn.Sigmoid(),
    "tanh": nn.Tanh(),
    "ReLU": nn.ReLU(),
    "leaky ReLU": nn.LeakyReLU(0.2),
    "ELU": nn.ELU(1.5),
}
OWN = {"leaky ReLU": "leaky_slope", "ELU": "alpha", "softmax": "temperature"}


@pytest.fixture(autouse=True)
def no_page(monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


def words(**settings):
    board = ActivationBoard(**settings)
    said = board.words(board.runner.state)
    assert ElementTree.fromstring(board.picture.value).get("aria-label") == said
    board.close()
    return said


def sizes_by_hand(module, depth, weights):
    """Section 3.4's measurement with 64 neurons, by nn.Sequential and backward()."""
    source = torch.Generator().manual_seed(0)
    X = torch.randn(100, 64, generator=source, dtype=torch.float64)
    layers = [nn.Linear(64, 64, bias=False, dtype=torch.float64) for _ in range(depth)]
    with torch.no_grad():
        for layer in layers:
            layer.weight.normal_(0, weights / 8, generator=source)
    model = nn.Sequential(*(part for layer in layers for part in (layer, module)))
    model(X).square().mean().backward()
    return [layer.weight.grad.abs().mean().item() for layer in layers]


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize("x", [-2.25, 0.0, 1.5])
def test_value_slope_and_gradients_agree_with_pytorchs_modules(name, x):
    said = words(activation=name, x=x, leaky_slope=0.2, alpha=1.5, depth=6, weights=1.0)
    at = torch.tensor(x, requires_grad=True)
    value = MODULES[name](at)
    value.backward()
    assert f" gives {number(value.item() + 0.0)}; " in said
    assert f"slope there is {number(at.grad.item())}" in said
    sizes = sizes_by_hand(MODULES[name], 6, 1.0)
    assert f"it is {number(sizes[0])} at layer 1 and {number(sizes[-1])} at layer 6." in said


def test_the_whole_curve_and_all_layers_agree_with_pytorch():
    state = ActivationBoard("tanh", depth=9, weights=2.0).runner.state
    xs = torch.linspace(-5, 5, 201, dtype=torch.float64)
    assert state.ys == pytest.approx(xs.tanh().tolist())
    assert state.slopes == pytest.approx((1 - xs.tanh() ** 2).tolist())
    assert state.sizes == pytest.approx(sizes_by_hand(nn.Tanh(), 9, 2.0))


@pytest.mark.parametrize("temperature", [0.5, 1.0, 5.0])
def test_softmax_shares_one_among_x_and_three_scores_and_its_slope_is_p_times_1_minus_p(
    temperature,
):
    board = ActivationBoard("softmax", temperature=temperature, x=1.5)
    state = board.runner.state
    shares = F.softmax(torch.tensor([1.5, 2, 1, 0]) / temperature, dim=0).tolist()
    p = shares[0]
    assert state.shares == pytest.approx(shares, rel=1e-5)
    assert state.value == pytest.approx(p, rel=1e-5)
    assert state.slope == pytest.approx(p * (1 - p) / temperature, rel=1e-5)
    bars = re.findall(r'<rect x="112" y="\d+" width="([\d.]+)"', board.picture.value)
    assert [float(width) for width in bars] == pytest.approx([480 * s for s in shares], abs=0.01)
    assert f"with temperature {temperature:g} gives a share of" in board.words(state)
    assert f"score 2 gets {number(shares[1])}, score 1 gets" in board.words(state)


def test_the_sigmoid_vanishes_tanh_and_relu_keep_and_large_weights_explode():
    assert "the gradient vanishes: it is 4.87 × 10⁻⁹ at layer 1" in words()
    assert "the gradient keeps its size:" in words(activation="tanh")
    assert "the gradient keeps its size:" in words(activation="ReLU")
    assert "the gradient grows:" in words(activation="tanh", weights=3.0)
    assert "the gradient explodes:" in words(activation="tanh", weights=4.0, depth=30)
    assert "the gradient explodes in all layers:" in words(activation="ReLU", weights=3.0)
    assert "the gradient vanishes in all layers:" in words(activation="ReLU", weights=0.5)
    assert "the gradient shrinks:" in words(depth=2)


def test_softmax_in_thirty_layers_still_has_a_gradient_to_show():
    said = words(activation="softmax", temperature=10.0, depth=30, weights=0.2)
    assert re.search(r"it is \S+ × 10⁻¹¹³ at layer 1 ", said)


def test_at_a_corner_the_words_say_whose_choice_the_slope_is():
    assert "slope there is 0, PyTorch’s choice at this corner." in words(activation="ReLU", x=0)
    assert "slope there is 0.1, PyTorch’s choice" in words(activation="leaky ReLU", x=0)
    assert "choice" not in words(activation="ELU", x=0)  # alpha 1: no corner
    assert "choice" not in words(activation="leaky ReLU", x=0, leaky_slope=1)
    assert "choice" not in words(activation="ReLU", x=0.25)


@pytest.mark.parametrize("name", [*MODULES, "softmax"])
def test_only_the_parameter_in_force_is_on_the_page_and_changes_the_picture(name):
    board = ActivationBoard(name, x=-1.5)
    changed = set()
    for parameter in OWN.values():
        before, control = board.picture.value, board.controls[parameter]
        seen = control.layout.display != "none"
        control.value = control.options[1][1]
        if board.picture.value != before:
            changed.add(parameter)
        assert seen == (parameter in changed)
    assert changed == ({OWN[name]} if name in OWN else set())
    said = board.words(board.runner.state)
    assert ("(no parameter)" in said) == (name not in OWN)
    assert name not in OWN or f"with {OWN[name].replace('_', ' ')} " in said


@pytest.mark.parametrize("change", [{"x": -1.0}, {"depth": 20}, {"weights": 3.0}])
def test_x_depth_and_weights_change_the_picture_and_the_words(change):
    board = ActivationBoard()
    before, said = board.picture.value, board.status.value
    for name, value in change.items():
        board.controls[name].value = value
    assert board.picture.value != before
    assert board.status.value != said
    assert board.picture.value == ActivationBoard(**change).picture.value


def test_the_line_of_python_makes_the_same_board_anew():
    board = ActivationBoard()
    values = ("softmax", 0.02, 2.5, 0.5, -0.75, 17, 2.0)
    for control, value in zip(board.controls.values(), values, strict=True):
        control.value = value
    assert board.python() == (
        "ActivationBoard(activation='softmax', leaky_slope=0.02, alpha=2.5, temperature=0.5, "
        "x=-0.75, depth=17, weights=2.0)"
    )
    again = eval(board.python(), {"ActivationBoard": ActivationBoard})
    assert again.picture.value == board.picture.value


def test_the_board_takes_numbers_between_the_marks_of_its_sliders():
    board = ActivationBoard("leaky ReLU", leaky_slope=0.15, x=1, weights=1.5)
    assert "with leaky slope 0.15 gives 1;" in board.words(board.runner.state)
    assert "scale 1.5" in board.words(board.runner.state)


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        ({"activation": "relu"}, "activation is 'relu'; it must be one of"),
        ({"temperature": 0}, "temperature is 0; it must be a number from 0.1 to 10.0."),
        ({"depth": 2.5}, "depth is 2.5; it must be a whole number from 2 to 30."),
        ({"depth": 1000}, "depth is 1000"),
        ({"x": float("nan")}, "x is nan"),
        ({"weights": "1"}, "weights is '1'"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_sentence(settings, wanted):
    with pytest.raises(ValueError, match=re.escape(wanted)):
        ActivationBoard(**settings)


def test_without_a_page_two_boards_give_the_same_picture_and_words():
    first, second = (ActivationBoard("softmax")._repr_mimebundle_() for _ in range(2))
    assert first == second
    assert first["text/plain"].startswith("ActivationBoard(activation='softmax', leaky_slope=0.1")
    alt = re.match(r'<img alt="([^"]+)" src="data:image/svg', first["text/html"])[1]
    assert unescape(alt) == first["text/plain"]
    assert first["image/svg+xml"].startswith("<svg")


def test_the_board_does_not_touch_the_notebooks_random_numbers():
    torch.manual_seed(3)
    before = torch.get_rng_state()
    ActivationBoard(depth=7, weights=1.8)
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.browser
def test_the_board_follows_the_keyboard_and_letters_insert_no_cell(tmp_path):
    code = "from course.boards.activations import ActivationBoard\n\nActivationBoard()"
    with lab(tmp_path) as student:
        page = student.page
        student.show(code)
        board = page.locator(".fp-board")
        picture = board.locator(".fp-picture svg[role=img]")

        def says(words):
            label = re.compile(words)
            expect(picture).to_have_attribute("aria-label", label, timeout=MINUTE)

        says("At x = 2, sigmoid")
        for name, key, seen in (
            ("x", "ArrowRight", "At x = 2.25, sigmoid .* slope there is 0.0863"),
            ("depth", "End", "Through 30 layers .* vanishes"),
            ("scale of the weights", "End", "weights of scale 4"),
        ):
            board.get_by_role("slider", name=name, exact=True).focus()
            page.keyboard.press(key)
            says(seen)
            page.keyboard.press("b")
        board.get_by_label("activation").focus()
        page.keyboard.press("s")
        page.keyboard.press("o")
        says("softmax with temperature 1 ")
        board.get_by_role("slider", name="temperature", exact=True).focus()
        page.keyboard.press("ArrowLeft")
        says("softmax with temperature 0.7 ")
        page.keyboard.press("b")
        expect(board.get_by_role("slider")).to_have_count(4)  # the others' are not in force
        assert page.locator(".jp-Cell").count() == 1
