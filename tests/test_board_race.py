"""The race board as a reader meets it: SGD, momentum and Adam over three surfaces."""

import re
from xml.etree import ElementTree

import pytest
import torch
from torch import optim

from course.boards.race import RaceBoard
from tests.lab import lab

MINUTE = 60_000  # ms


@pytest.fixture(autouse=True)
def no_page(monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


def run(**settings):
    """A board whose race is over."""
    board = RaceBoard(**settings)
    board.buttons["Start"].click()
    assert board.runner.error is None
    return board


def label(board):
    return ElementTree.fromstring(board.picture.value).get("aria-label")


def written(board):
    """All that can be read in the picture."""
    return [node.text for node in ElementTree.fromstring(board.picture.value).iter() if node.text]


def stands(board):
    """What the words say of each optimizer."""
    told = label(board).split(". ", 1)[1].removesuffix(".")
    return dict(re.split(": | (?=diverged|swings)", part, maxsplit=1) for part in told.split("; "))


def valley(w):
    """The surface of section 6.7 of the unit."""
    return (w[0] ** 2 + 50 * w[1] ** 2) / 2


def travel(surface, start, steps, kind, **settings):
    """The points that an optimizer visits, as section 6.7 computes them."""
    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = kind([w], **settings)
    points = [w.tolist()]
    for _ in range(steps):
        optimizer.zero_grad()
        surface(w).backward()
        optimizer.step()
        points.append(w.tolist())
    return points


def low_from(surface, points):
    """After how many steps the loss stays below 0.01, as section 6.10 counts."""
    high = [i for i, point in enumerate(points) if not surface(torch.tensor(point)) < 0.01]
    return high[-1] + 1


def test_the_ways_are_those_of_pytorchs_optimizers():
    board = RaceBoard(lr_sgd=0.038, lr_momentum=0.01, mu=0.8, lr_adam=0.3, steps=100)
    for _ in range(20):
        board.buttons["Step"].click()
    by_hand = [
        travel(valley, (-10.0, 1.0), 20, optim.SGD, lr=0.038),
        travel(valley, (-10.0, 1.0), 20, optim.SGD, lr=0.01, momentum=0.8),
        travel(valley, (-10.0, 1.0), 20, optim.Adam, lr=0.3),
    ]
    for way, points in zip(board.runner.state.ways, by_hand, strict=True):
        assert way.points == points
        assert f"loss {way.losses[-1]:.3g}" in written(board)
    assert board.runner.state.ways[0].points[1] == pytest.approx([-9.62, -0.9])


def test_the_words_count_as_the_unit_does_and_name_the_leader():
    ways = {
        "SGD": travel(valley, (-10.0, 1.0), 150, optim.SGD, lr=0.038),
        "momentum": travel(valley, (-10.0, 1.0), 150, optim.SGD, lr=0.02, momentum=0.9),
        "Adam": travel(valley, (-10.0, 1.0), 150, optim.Adam, lr=0.3),
    }
    steps = {name: low_from(valley, points) for name, points in ways.items()}
    board = run()
    assert steps == {"SGD": 110, "momentum": 79, "Adam": 82}
    assert stands(board) == {n: f"loss below 0.01 from step {k} on" for n, k in steps.items()}
    assert label(board).startswith("After 150 steps in the valley momentum leads.")


def test_on_the_bowl_sgd_lands_in_one_step():
    board = run(surface="bowl", lr_sgd=1, steps=20)
    assert label(board).startswith("After 20 steps in the bowl SGD leads.")
    assert stands(board)["SGD"] == "loss below 0.01 from step 1 on"


def test_on_the_saddle_the_race_is_to_get_away_and_counts_as_the_unit_does():
    board = run(surface="saddle", lr_sgd=0.1, lr_momentum=0.1, lr_adam=0.1)
    assert label(board).startswith("After 97 steps on the saddle Adam leads.")
    ways = {"SGD": 97, "momentum": 36, "Adam": 11}
    assert stands(board) == {name: f"away from step {step} on" for name, step in ways.items()}
    assert "loss" in written(board)
    early = RaceBoard(surface="saddle", lr_sgd=0.1)
    early.buttons["Step"].click()
    assert stands(early)["SGD"] == "w[1] = 0.00011"


def test_one_that_diverged_is_told_with_its_limit_and_the_others_go_on():
    board = run(lr_sgd=0.05)
    assert stands(board)["SGD"] == (
        "diverged at step 10: its lr 0.05 is above the limit 2/50 = 0.04"
    )
    assert stands(board)["Adam"] == "loss below 0.01 from step 82 on"
    assert "SGD diverged at step 10" in board.status.value
    sgd, momentum, _ = board.runner.state.ways
    assert (len(sgd.points), len(momentum.points)) == (11, 151)
    assert sgd.losses[-2] <= 1000 * sgd.losses[0] < sgd.losses[-1]
    assert "diverged at step 10" in written(board)


def test_the_limit_of_momentum_is_wider():
    assert "diverged" not in label(run(lr_momentum=0.07))
    told = stands(run(lr_momentum=0.08))["momentum"]
    assert told.endswith("its lr 0.08 is above the limit 2 · (1 + 0.9)/50 = 0.076")


def test_a_lr_little_above_the_limit_is_told_before_the_loss_is_past_all_bounds():
    board = RaceBoard(lr_sgd=0.042)
    assert "limit" not in label(board)
    board.buttons["Step"].click()
    assert stands(board)["SGD"].startswith("swings ever wider: its lr 0.042 is above the limit")


@pytest.mark.parametrize("surface", ["bowl", "valley", "saddle"])
@pytest.mark.parametrize("lr", [0.001, 0.1, 1, 3, 10])
@pytest.mark.parametrize("mu", [0, 0.98])
def test_who_is_below_the_limit_never_diverges_and_the_picture_is_whole(surface, lr, mu):
    board = run(surface=surface, lr_sgd=lr, lr_momentum=lr, mu=mu, lr_adam=lr, steps=60)
    for way in board.runner.state.ways:
        assert way.fault or not way.diverged
    assert "nan" not in board.picture.value and "inf" not in board.picture.value


def test_two_that_are_level_lead_together():
    board = run(surface="bowl", lr_sgd=0.5, lr_momentum=0.5, mu=0, lr_adam=0.01)
    assert "SGD and momentum lead." in label(board)


@pytest.mark.parametrize(
    ("name", "value", "ways"),
    [
        ("lr_sgd", 0.02, {"SGD"}),
        ("lr_momentum", 0.01, {"momentum"}),
        ("mu", 0.5, {"momentum"}),
        ("lr_adam", 1.0, {"Adam"}),
        ("surface", "bowl", {"SGD", "momentum", "Adam"}),
    ],
)
def test_a_control_changes_the_way_it_names_and_no_other(name, value, ways):
    board = run()
    before = {way.name: way.points for way in board.runner.state.ways}
    board.controls[name].value = value
    after = {way.name: way.points for way in board.runner.state.ways}
    assert {way for way in before if before[way] != after[way]} == ways
    board.controls["steps"].value = 20
    assert label(board).startswith("After 20 steps")


def test_a_new_board_shows_the_start_and_says_what_to_press():
    board = RaceBoard()
    assert label(board) == "All three stand in the valley at (−10, 1), where the loss is 75."
    assert "Press <b>Start</b>" in board.status.value
    assert {"start", "goal", "SGD", "momentum", "Adam"} <= set(written(board))


def test_the_three_are_told_apart_without_colour():
    board = run()
    lines = {
        (path.get("stroke"), path.get("stroke-dasharray"))
        for path in ElementTree.fromstring(board.picture.value).iter()
        if path.get("stroke-linejoin")
    }
    assert len({dash for _, dash in lines}) >= 3
    shapes = re.findall(r'<path d="([^"]+)" fill="var\(--jp-layout', board.picture.value)
    assert len(shapes) == 9 and len(set(shapes)) == 3


def test_the_line_of_python_makes_the_same_board_anew():
    board = run(surface="saddle", steps=123, lr_sgd=0.0175, mu=0.85)
    again = eval(board.python(), {"RaceBoard": RaceBoard})
    assert again.python() == board.python()
    again.buttons["Start"].click()
    assert again.picture.value == board.picture.value


def test_without_a_page_the_whole_race_is_a_still_picture_with_the_same_bytes():
    first, second = (RaceBoard()._repr_mimebundle_() for _ in range(2))
    assert first == second
    assert first["text/plain"].startswith("RaceBoard(surface='valley', steps=150, ")
    assert "momentum: loss below 0.01 from step 79 on" in first["text/html"]
    assert ElementTree.fromstring(first["image/svg+xml"]).get("width") == "740"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("surface", "hill"),
        ("steps", 0),
        ("steps", 1000),
        ("lr_sgd", 0),
        ("lr_adam", float("nan")),
        ("lr_momentum", 11),
        ("mu", 1),
    ],
)
def test_settings_that_make_no_race_are_refused_by_name(name, value):
    with pytest.raises(ValueError, match=f"^{name} is .* must be .*[.]$"):
        RaceBoard(**{name: value})


@pytest.mark.browser
def test_the_race_is_run_by_keyboard_alone(tmp_path):
    from playwright.sync_api import expect

    with lab(tmp_path) as started:
        page = started.page
        started.show("from course.boards.race import RaceBoard\nRaceBoard()")
        board = page.locator(".fp-board").first
        board.wait_for(timeout=2 * MINUTE)
        started.idle()
        picture = board.locator(".fp-picture svg[role=img]")

        def button(name):
            return board.get_by_role("button", name=name, exact=True)

        expect(picture).to_have_attribute(
            "aria-label", re.compile("^All three stand in the valley")
        )
        button("Step").press("Enter")
        expect(picture).to_have_attribute("aria-label", re.compile("^After 1 step in the valley"))
        cells = page.locator(".jp-Cell").count()
        for name in ("steps", "lr of SGD", "lr of momentum", "momentum μ", "lr of Adam"):
            slider = board.get_by_role("slider", name=name, exact=True)
            value = slider.get_attribute("aria-valuetext")
            slider.focus()
            page.keyboard.press("b")
            page.keyboard.press("ArrowRight")
            expect(slider).not_to_have_attribute("aria-valuetext", value)
        assert page.locator(".jp-Cell").count() == cells
        button("Start").press("Enter")
        expect(picture).to_have_attribute(
            "aria-label", re.compile("^After 200 steps"), timeout=MINUTE
        )
        surface = board.get_by_role("combobox", name="surface")
        surface.focus()
        page.keyboard.press("s")
        expect(picture).to_have_attribute("aria-label", re.compile("on the saddle Adam leads"))
        assert page.locator(".jp-Cell").count() == cells
