"""The neuron board: two weights and a bias draw a line, and the perceptron rule moves it."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import ipywidgets as widgets
import torch

from course.boards.board import Board
from course.boards.chart import (
    DASHED,
    FAINT_INK,
    GRID,
    INK,
    PAPER,
    Axis,
    Dots,
    Line,
    chart,
    legend,
    number,
    sheet,
)  # fmt: skip
from course.boards.controls import choice, slider
from course.svg import BLUE, RED, tag, text

GATES = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "XOR": (0, 1, 1, 0)}
CORNERS = ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0))
OWN = "your own points"
POINTS = ((-0.5, 0.5, 0), (0.25, -0.5, 0), (0.5, 0.75, 0), (0.25, 1.75, 1), (1.5, 0.5, 1))
EPOCHS = 20
LEVELS = (0.1, 0.3, 0.5, 0.7, 0.9)  # the sigmoid's outputs at which the shade grows darker
SIZE = 300  # of the plane, in pixels
_CROSS = tag("path", d="M-13-13L13 13M-13 13L13-13", stroke=INK, stroke_width=3)
_HALO = {"fill": INK, "stroke": PAPER, "stroke_width": 3, "paint_order": "stroke"}
QUARTERS = [quarter / 4 for quarter in range(-12, 13)]  # exact in binary, so sums of 0 are, too
Point = tuple[float, float, int]  # x1, x2, class
Weights = tuple[float, ...]  # w1, w2, b


@dataclass(frozen=True)
class Moment:
    """A neuron, and what the sample in hand changed."""

    samples: tuple[Point, ...]
    weights: Weights
    before: Weights  # which the sample in hand met
    sums: tuple[float, ...]  # of every sample, with the weights of now
    hand: int = -1  # which sample is in hand; none yet
    output: int = 0  # for the sample in hand, before the change
    mistakes: tuple[int, ...] = ()  # of each epoch; of the last one, so far
    circle: int | None = None  # the weights have come back to those after this epoch

    @property
    def wrong(self) -> list[int]:
        """Which samples the weights of now get wrong."""
        return [i for i, z in enumerate(self.sums) if (z >= 0) != self.samples[i][2]]

    @property
    def learned(self) -> bool:
        """Whether an epoch has ended without a mistake."""
        return self.mistakes[-1:] == (0,) and self.hand == len(self.samples) - 1

    @property
    def over(self) -> bool:
        last = len(self.mistakes) == EPOCHS and self.hand == len(self.samples) - 1
        return self.learned or last or not self.samples


class NeuronBoard(Board):
    """One neuron with two inputs; Step and Start run the perceptron rule from the weights set.

    `data` is AND, OR, XOR or "your own points": those are `points`, each (x1, x2, class), and
    the reader adds more of them, each at `x1`, `x2` with the class `kind`. `activation`, step or
    sigmoid, changes only how outputs are shown: to the rule a sum of at least 0 is a 1. Raises
    ValueError for other values.
    """

    # All of them: what a new weight does to the line is to be seen before any learning.
    looks = frozenset({"data", "activation", "lr", "w1", "w2", "b", "x1", "x2", "kind"})

    def __init__(
        self,
        data: str = "AND",
        w1: float = 1.0,
        w2: float = 1.0,
        b: float = -0.5,
        activation: str = "step",
        lr: float = 1.0,
        points: Iterable[Point] = POINTS,
        x1: float = 1.0,
        x2: float = 1.0,
        kind: int = 0,
    ):
        self._keep(points)
        run = {
            "data": _choice("data", [*GATES, OWN], data),
            "activation": _choice("activation", ["step", "sigmoid"], activation),
            "lr": _slider("lr", (0.125, 0.25, 0.5, 1.0, 2.0), lr),
        }
        weights = {k: _slider(k, QUARTERS, v) for k, v in (("w1", w1), ("w2", w2), ("b", b))}
        place = {k: _slider(k, QUARTERS[9:20], v) for k, v in (("x1", x1), ("x2", x2))}
        super().__init__(run, weights, place | {"kind": _choice("class", [0, 1], kind)})
        self.status.layout.min_height = "64px"  # two lines, so that the picture keeps its place
        self.add = widgets.Button(description="Add point", tooltip="Add the point at x1, x2")
        self.remove = widgets.Button(description="Remove last", tooltip="Remove the last point")
        self.add.on_click(lambda _: self._again((*self.points, self._new())))
        self.remove.on_click(lambda _: self._again(self.points[:-1]))
        self.children[0].children[-1].children += (self.add, self.remove)
        for name in ("data", "lr", "w1", "w2", "b"):
            self.controls[name].observe(lambda _: self._again(self.points), "value")
        self._again(self.points)

    def _new(self) -> Point:
        """The point that the reader would add."""
        return self.at("x1"), self.at("x2"), self.at("kind")

    def _keep(self, points: Iterable[Point]) -> None:
        self.points = tuple(map(_point, points))
        self.given = "" if self.points == POINTS else f"points={[*self.points]}"

    def _again(self, points: Iterable[Point]) -> None:
        """Go back to the weights set, with these points; show what adds points where it does."""
        self._keep(points)
        for part in (self.children[0].children[-2], self.add, self.remove):
            part.layout.display = None if self.at("data") == OWN else "none"
        self.remove.disabled = not self.points
        self.runner.reset()

    def states(self) -> Iterator[Moment]:
        gate = zip(CORNERS, GATES.get(self.at("data"), ()), strict=False)
        samples = tuple((*x, target) for x, target in gate) or self.points
        return learn(samples, tuple(self.at(name) for name in ("w1", "w2", "b")), self.at("lr"))

    def rest(self, state: Moment) -> float:
        """The first epoch lasts 4 s, the second 2 s, the third 1.3 s."""
        return 4 / max(len(state.samples) * len(state.mistakes), 1)

    def over(self, state: Moment) -> bool:
        return state.over

    def says(self, state: Moment) -> str:
        hint = " Move a slider, or let the perceptron rule do it: <b>Step</b> or <b>Start</b>."
        return _story(state, self.at("data")) + (hint if state.wrong and state.hand < 0 else "")

    def words(self, state: Moment) -> str:
        outputs = zip(_sigmoid(state.sums), state.samples, strict=True)
        named = ", ".join(f"{number(y, 2)} at {_name(point)}" for y, point in outputs)
        smooth = self.at("activation") == "sigmoid" and named
        return _story(state, self.at("data")) + (f" Outputs: {named}." if smooth else "")

    def draw(self, state: Moment) -> str:
        smooth = self.at("activation") == "sigmoid"
        most, epochs = max(len(state.samples), 4), range(1, len(state.mistakes) + 1)
        done = len(epochs) - (state.hand < len(state.samples) - 1)  # the last is hollow till then
        dots = [
            Dots(epochs[:done], state.mistakes[:done], BLUE),
            Dots(epochs[done:], state.mistakes[done:], BLUE, hollow=True),
        ]
        mistakes = chart(
            Axis("epoch", 0, EPOCHS),
            Axis("mistakes in the epoch", 0, most),
            [Line(epochs, state.mistakes), *dots],
            "learned" if state.learned else "" if state.circle is None else "round in a circle",
        )
        return sheet(
            740, 416,
            (44, 26, _plane(state, smooth, [self._new()] if self.at("data") == OWN else [])),
            (390, 14, _update(state, self.at("lr"))),
            (382, 104, mistakes),
            (54, 396, _legend(smooth)),
            label=self.words(state),
        )  # fmt: skip


def learn(samples: tuple[Point, ...], weights: Weights, lr: float) -> Iterator[Moment]:
    """The perceptron rule: a `Moment` before it and one after each sample.

    It ends with an epoch without a mistake, or after `EPOCHS` epochs.
    """
    # A third input that is always 1 makes the bias a weight like the others.
    X = torch.tensor([(*x, 1) for *x, _ in samples], dtype=torch.float64).reshape(-1, 3)
    w = torch.tensor(weights, dtype=torch.float64)
    mistakes, after, circle = [], [], None  # after: the weights after each epoch
    yield Moment(samples, weights, weights, tuple((X * w).sum(dim=1).tolist()))
    for _ in range(EPOCHS if samples else 0):
        after.append(weights)
        mistakes.append(0)
        for i, (*_, target) in enumerate(samples):
            output = torch.where((X[i] * w).sum() >= 0, 1, 0).item()
            w = w + lr * (target - output) * X[i]
            mistakes[-1] += output != target
            before, weights = weights, tuple(w.tolist())
            if circle is None and i == len(samples) - 1 and mistakes[-1] and weights in after:
                circle = after.index(weights)
            sums = tuple((X * w).sum(dim=1).tolist())
            yield Moment(samples, weights, before, sums, i, output, tuple(mistakes), circle)
        if mistakes[-1] == 0:
            return


def _story(state: Moment, data: str) -> str:
    """What the sample in hand did or how the epochs ended, and what the neuron says now."""
    if not state.samples:
        return "No points yet: choose x1, x2 and a class, then press Add point."
    told, (*_, target) = f"Epoch {len(state.mistakes)}", state.samples[state.hand]
    if state.hand < 0:
        told = f"Data: {data}."
    elif state.learned:
        counts = ", ".join(map(str, state.mistakes))
        told += f" made no mistake: learned. Mistakes in each epoch: {counts}."
    elif state.over:
        told += f" was the last and still made mistakes: {state.mistakes[-1]}."
    else:
        w1, w2, b = map(number, _change(state))
        told += f", point {_name(state.samples[state.hand])}: target {target}, "
        told += f"output {state.output}, so "
        told += f"w changes by ({w1}, {w2}) and b by {b}." * (target != state.output)
        told += "nothing changes." * (target == state.output)
    if state.circle is not None:
        when = f"after epoch {state.circle}" if state.circle else "of the beginning"
        told += f" The weights came back to those {when}: it goes round in a circle."
    w2, b = (f"{'−' if v < 0 else '+'} {number(abs(v))}" for v in state.weights[1:])
    told += f" The neuron says 1 where {number(state.weights[0])} × x1 {w2} × x2 {b} ≥ 0; "
    wrong = [_name(state.samples[i]) for i in state.wrong]
    told += f"right: {len(state.samples) - len(wrong)} of {len(state.samples)} points"
    return told + (f", wrong: {', '.join(wrong)}." if 0 < len(wrong) < 5 else ".")


def _name(point: Point) -> str:
    return f"({number(point[0])}, {number(point[1])})"


def _change(state: Moment) -> list[float]:
    return [now - before for now, before in zip(state.weights, state.before, strict=True)]


def _update(state: Moment, lr: float) -> str:
    """The arithmetic of the rule for the sample in hand, as a table: 346 × 80 pixels."""
    head, change = "no point in hand yet", ["–"] * 3
    if state.hand >= 0:
        point = state.samples[state.hand]
        head = f"{_name(point)}: target {point[2]}, output {state.output}"
        change = map(number, _change(state))
    rows = [
        (Dots((), (), INK, hollow=True, radius=6), (head, "w1", "w2", "b")),
        (Line((), (), INK, DASHED), ("before", *map(number, state.before))),
        (Line((), (), "none"), (f"+ {number(lr)} × (target − output) × x", *change)),
        (Line((), (), INK, width=3), ("now", *map(number, state.weights))),
    ]
    return legend((34, 236, 276, 316), rows)


def _plane(state: Moment, smooth: bool, new: list[Point]) -> str:
    """The plane of the inputs, shaded where the neuron says 1, with the samples: 300 × 300."""
    places = [v for *x, _ in (*state.samples, *new) for v in x]
    axis = Axis("", math.floor(min([-1, *places])), math.ceil(max([2, *places])))
    over = [text(-42, -12, "x2", fill=INK), text(SIZE / 2 - 6, SIZE + 36, "x1", fill=INK)]
    under = []
    for level in [math.log(y / (1 - y)) for y in LEVELS] if smooth else [0.0]:
        half = _half(state.weights, level, axis)[0]
        under.append(tag("path", d=half, fill=BLUE, fill_opacity=0.13 if smooth else 0.35))
    for tick, at in ((number(value), SIZE * axis.place(value)) for value in axis.ticks()):
        under.append(tag("path", d=f"M{at:.1f} 0V{SIZE}M0 {SIZE - at:.1f}H{SIZE}", stroke=GRID))
        over.append(text(at, SIZE + 18, tick, fill=FAINT_INK, text_anchor="middle"))
        over.append(text(-7, SIZE - at + 4, tick, fill=FAINT_INK, text_anchor="end"))
    if state.before != state.weights:
        old = _half(state.before, 0.0, axis)[1]
        under.append(tag("path", d=old, stroke=INK, stroke_width=2, stroke_dasharray=DASHED))
    under.append(tag("path", d=_half(state.weights, 0.0, axis)[1], stroke=INK, stroke_width=3))
    under.append(tag("path", d=f"M0 0V{SIZE}H{SIZE}", fill="none", stroke=FAINT_INK))

    def put(x1: float, x2: float, *mark: str) -> None:
        x, y = SIZE * axis.place(x1), SIZE * (1 - axis.place(x2))
        over.append(tag("g", *mark, transform=f"translate({x:.1f} {y:.1f})"))

    w1, w2, b = state.weights
    for x1, x, anchor in ((axis.low, 8, "start"), (axis.high, -8, "end")):
        for x2, y in ((axis.low, -8), (axis.high, 18)):
            z = w1 * x1 + w2 * x2 + b
            says = number(_sigmoid([z])[0], 2) if smooth else f"says {int(z >= 0)}"
            put(x1, x2, text(x, y, says, text_anchor=anchor, **_HALO))
    for i, ((x1, x2, kind), y) in enumerate(zip(state.samples, _sigmoid(state.sums), strict=True)):
        mark = _mark(kind, i in state.wrong, i == state.hand)
        put(x1, x2, mark, text(24, 5, number(y, 2), **_HALO) if smooth else "")
    for x1, x2, kind in new:
        name = text(0, -14, "new?", text_anchor="middle", **_HALO)
        put(x1, x2, tag("g", _mark(kind), opacity=0.6), name)
    return tag("svg", *under, width=SIZE, height=SIZE, overflow="hidden") + "".join(over)


def _half(weights: Weights, level: float, axis: Axis) -> tuple[str, str]:
    """Where in the plane the sum is at least `level`, and the border of that: two SVG paths."""
    w1, w2, b = weights
    steep, above = math.hypot(w1, w2), (w1 + w2) * (axis.low + axis.high) / 2 + b - level
    if not steep:
        return f"M0 0H{SIZE}V{SIZE}H0Z" if above >= 0 else "", ""
    right, down = w1 / steep * SIZE, -w2 / steep * SIZE  # uphill, as far as the plane is wide
    far = max(min(-above / steep / (axis.high - axis.low), 1), -1)
    x, y = SIZE / 2 + far * right, SIZE / 2 + far * down  # the place nearest to the middle
    border = f"M{x - down:.1f} {y + right:.1f}L{x + down:.1f} {y - right:.1f}"
    return f"{border}l{2 * right:.1f} {2 * down:.1f}l{-2 * down:.1f} {2 * right:.1f}Z", border


def _mark(kind: int, wrong: bool = False, hand: bool = False) -> str:
    """A filled circle for class 1, a hollow square for 0; crossed if wrong, ringed if in hand."""
    box = {"x": -7, "y": -7, "width": 14, "height": 14, "fill": PAPER, "stroke": RED}
    mark = tag("circle", r=8, fill=BLUE, stroke=INK) if kind else tag("rect", stroke_width=3, **box)
    ring = tag("circle", r=20, fill="none", stroke=INK, stroke_width=2)
    return (_CROSS if wrong else "") + mark + (ring if hand else "")


def _legend(smooth: bool) -> str:
    """What marks and shades mean, in a row."""
    shade = {"x": -18, "y": -8, "width": 26, "height": 16, "fill": BLUE, "stroke": FAINT_INK}
    steps = f"each shade: output at least {', '.join(f'{y:g}' for y in LEVELS)}"
    parts = [
        (0, _mark(1), "class 1"),
        (96, _mark(0), "class 0"),
        (192, tag("g", _CROSS, transform="scale(.65)"), "wrong answer"),
        (338, tag("rect", fill_opacity=0.35, **shade), steps if smooth else "the neuron says 1"),
    ]
    return "".join(
        tag("g", mark, text(18, 5, name, fill=INK), transform=f"translate({x} 0)")
        for x, mark, name in parts
    )


def _sigmoid(sums: Iterable[float]) -> list[float]:
    return torch.sigmoid(torch.tensor([*sums], dtype=torch.float64)).tolist()


def _slider(name: str, values: Iterable[float], value: float) -> widgets.SelectionSlider:
    least = 0 if name == "lr" else -math.inf
    if not isinstance(value, int | float) or not least < value < math.inf:
        raise ValueError(f"{name} is {value!r}; it must be a number{' above 0' * (least == 0)}.")
    control = slider(name, values, float(value))
    control.layout.width = "230px"  # three in a row
    return control


def _choice(name: str, options: list, value: object) -> widgets.Dropdown:
    if value not in options:
        raise ValueError(f"{name} is {value!r}; it must be one of {options}.")
    return choice(name, options, value)


def _point(point: Point) -> Point:
    try:
        x1, x2, kind = map(float, point)
    except (TypeError, ValueError):
        x1, x2, kind = 0, 0, -1
    if kind not in (0, 1) or not math.isfinite(x1 + x2):
        raise ValueError(f"{point!r} is no point: it must be (x1, x2, class), the class 0 or 1.")
    return x1, x2, int(kind)
