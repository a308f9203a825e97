"""The MLP board: what a network of a chosen width, depth and activation can draw."""

import re
from xml.etree import ElementTree

import pytest
import torch
from torch import nn

from course.boards.mlp import MLPBoard, forward, fresh, samples
from tests.lab import lab

MINUTE = 60_000  # ms


@pytest.fixture(autouse=True)
def no_page(monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


def trained(**settings):
    board = MLPBoard(**settings)
    board.buttons["Start"].click()
    assert board.runner.error is None
    return board


def label(board):
    return ElementTree.fromstring(board.picture.value).get("aria-label")


@pytest.mark.parametrize(
    ("name", "module"), [("ReLU", nn.ReLU), ("tanh", nn.Tanh), ("sigmoid", nn.Sigmoid)]
)
def test_the_network_computes_what_its_layers_in_pytorch_compute(name, module):
    layers = fresh([2, 5, 5, 1], seed=3)
    linear = [nn.Linear(w.shape[1], w.shape[0], dtype=torch.float64) for w, _ in layers]
    with torch.no_grad():
        for layer, (w, b) in zip(linear, layers, strict=True):
            layer.weight.copy_(w)
            layer.bias.copy_(b)
    hidden = nn.Sequential(linear[0], module(), linear[1], module())
    x, _ = samples("rings")
    output, last = forward(layers, x, name)
    assert torch.allclose(last, hidden(x)) and torch.allclose(output, linear[2](hidden(x)))


@pytest.mark.parametrize(
    ("settings", "start"),
    [
        ({}, "1-4-1 with ReLU, 13 parameters."),
        ({"width": 16, "depth": 2, "activation": "tanh"}, "1-16-16-1 with tanh, 321 parameters."),
        ({"data": "rings", "width": 3}, "2-3-1 with ReLU, 13 parameters."),
    ],
)
def test_the_words_name_the_widths_and_count_the_parameters(settings, start):
    assert label(MLPBoard(**settings)).startswith(start)


def test_three_units_enclose_the_inner_ring_and_one_cannot():
    assert label(trained(data="rings", width=3)).endswith("100% of the points are right.")
    assert not label(trained(data="rings", width=1)).endswith("100% of the points are right.")


def test_what_the_units_add_makes_the_curve():
    board = trained(width=6)
    x, _ = samples("wave")
    output, hidden = board.runner.state(x, "ReLU")
    weight, bias = board.runner.state.layers[-1]
    assert torch.allclose((hidden * weight).sum(dim=1) + bias, output.squeeze(1))


def test_a_seed_gives_the_same_run_and_the_line_of_python_the_same_board():
    board = trained(data="rings", width=5, depth=2, activation="tanh", seed=4, scale="linear")
    again = eval(board.python(), {"MLPBoard": MLPBoard})
    again.buttons["Start"].click()
    assert again.picture.value == board.picture.value
    other = trained(data="rings", width=5, depth=2, activation="tanh", seed=5)
    assert other.runner.state.losses != board.runner.state.losses


def test_every_unit_of_the_last_hidden_layer_has_a_small_picture_up_to_eight():
    for width, shown in ((3, "3 of 3"), (12, "8 of 12")):
        board = MLPBoard(data="rings", width=width)
        assert f"are active ({shown})" in board.picture.value


def test_a_network_learns_without_touching_the_readers_random_numbers():
    torch.manual_seed(0)
    wanted = torch.rand(3)
    torch.manual_seed(0)
    trained()
    assert torch.equal(torch.rand(3), wanted)


@pytest.mark.browser
def test_a_network_is_made_wider_and_trained_by_keyboard_alone(tmp_path):
    from playwright.sync_api import expect

    with lab(tmp_path) as started:
        page = started.page
        started.show("from course.boards.mlp import MLPBoard\nMLPBoard()")
        board = page.locator(".fp-board").first
        board.wait_for(timeout=2 * MINUTE)
        started.idle()
        picture = board.locator(".fp-picture svg[role=img]")
        cells = page.locator(".jp-Cell").count()
        board.get_by_role("slider", name="width", exact=True).focus()
        page.keyboard.press("b")
        page.keyboard.press("ArrowRight")
        expect(picture).to_have_attribute("aria-label", re.compile("^1-5-1 with ReLU"))
        board.get_by_role("combobox", name="data").focus()
        page.keyboard.press("r")
        expect(picture).to_have_attribute("aria-label", re.compile("^2-5-1 with ReLU"))
        board.get_by_role("button", name="Start", exact=True).press("Enter")
        done = re.compile(r"in 500 epochs\. \d+% of the points are right")
        expect(picture).to_have_attribute("aria-label", done, timeout=MINUTE)
        assert page.locator(".jp-Cell").count() == cells
