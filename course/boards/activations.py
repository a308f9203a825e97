"""The activation board: a curve, its slope at a point, and what a deep stack makes of slopes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from course.boards.board import Board
from course.boards.chart import (
    DASHED,
    DOTTED,
    FAINT_INK,
    INK,
    PAPER,
    Axis,
    Dots,
    Line,
    axis,
    chart,
    legend,
    number,
    sheet,
)  # fmt: skip
from course.boards.controls import choice, slider
from course.svg import BLUE, RED, tag, text

# activation: the name of its value, its formula, that of its slope; {} stands for the parameter
FORMULAS = {
    "sigmoid": ("sigmoid s", "1 / (1 + e⁻ˣ)", "s (1 − s)"),
    "tanh": ("tanh t", "(eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)", "1 − t²"),
    "ReLU": ("ReLU", "x, but 0 left of 0", "1, but 0 left of 0"),
    "leaky ReLU": ("leaky ReLU", "x, but {} x left of 0", "1, but {} left of 0"),
    "ELU": ("ELU", "x, but {} (eˣ − 1) left of 0", "1, but {} eˣ left of 0"),
    "softmax": ("share p", "of x beside 2, 1 and 0", "p (1 − p) / {}"),
}
OWN = {"leaky ReLU": "leaky_slope", "ELU": "alpha", "softmax": "temperature"}  # parameters
MARKS = {
    "leaky_slope": (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0),
    "alpha": (0.1, 0.2, 0.5, 0.7, 1.0, 1.5, 2.0, 2.5, 3.0),
    "temperature": (0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0),
    "x": [quarter / 4 for quarter in range(-20, 21)],
    "depth": range(2, 31),
    "weights": (0.2, 0.5, 0.7, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.5, 3.0, 4.0),
}
NAMES = {"leaky_slope": "leaky slope", "weights": "scale of the weights"}
XS = [step / 20 for step in range(-100, 101)]
SCORES = (2.0, 1.0, 0.0)  # they compete with x in softmax
VALUE, SLOPE = Line((), (), BLUE, width=3), Line((), (), RED, DASHED, width=2.5)
TANGENT, LEVEL = Line((), (), INK, width=1.5), Line((), (), FAINT_INK, DOTTED)
LAYER, HEAD = Dots((), (), BLUE), Line((), (), "none")


@dataclass(frozen=True)
class Seen:
    """An activation over `XS`, the point at `x`, and the gradient's size at each layer."""

    name: str
    parameter: float | None
    weights: float
    ys: Sequence[float]
    slopes: Sequence[float]  # not a number at a corner
    x: float
    value: float
    slope: float
    shares: Sequence[float]  # of x and `SCORES`, where softmax is chosen
    sizes: Sequence[float]


class ActivationBoard(Board):
    """An activation, its slope at a point, and the gradient in a stack of layers that use it.

    `leaky_slope`, `alpha` and `temperature` belong to leaky ReLU, ELU and softmax; the page has
    only the slider that is in force. Raises ValueError for an unknown activation and for a
    number beyond the ends of its slider.
    """

    moves = False

    def __init__(
        self,
        activation: str = "sigmoid",
        leaky_slope: float = 0.1,
        alpha: float = 1.0,
        temperature: float = 1.0,
        x: float = 2.0,
        depth: int = 10,
        weights: float = 1.4,
    ):
        if activation not in FORMULAS:
            raise ValueError(f"activation is {activation!r}; it must be one of {[*FORMULAS]}.")
        made = {"activation": choice("activation", [*FORMULAS], activation)}
        values = (leaky_slope, alpha, temperature, x, depth, weights)
        for name, value in zip(MARKS, values, strict=True):
            low, high, kind = min(MARKS[name]), max(MARKS[name]), type(MARKS[name][0])
            sound = isinstance(value, int | float) and low <= value <= high
            if not sound or kind(value) != value:
                what = "whole number" if kind is int else "number"
                raise ValueError(f"{name} is {value!r}; it must be a {what} from {low} to {high}.")
            made[name] = slider(NAMES.get(name, name), MARKS[name], kind(value))
        rows = ("activation", *OWN.values()), ("x",), ("depth", "weights")
        super().__init__(*({name: made[name] for name in row} for row in rows))

    def states(self) -> Iterator[Seen]:
        name, x, weights = self.at("activation"), self.at("x"), self.at("weights")
        for own in OWN.values():
            self.controls[own].layout.display = None if own == OWN.get(name) else "none"
        parameter = self.at(OWN[name]) if name in OWN else None
        sizes = gradient_sizes(name, parameter, self.at("depth"), weights)
        near = 1e-6
        ys, slopes = curve(name, parameter, [*XS, x, -near, near])
        if abs(slopes[-1] - slopes[-2]) > 1e-3:  # a corner: the line has a gap
            slopes[XS.index(0)] = float("nan")
        f, scores = function(name, parameter), torch.tensor([x, *SCORES])
        shares = f(scores).tolist() if name == "softmax" else ()
        ends = ys[:-3], slopes[:-3], x, ys[-3], slopes[-3]
        yield Seen(name, parameter, weights, *ends, shares, sizes)

    def words(self, state: Seen) -> str:
        own, sizes, gives = OWN.get(state.name), state.sizes, number(state.value)
        force = f"with {NAMES.get(own, own)} {number(state.parameter)}" if own else "(no parameter)"
        if state.shares:
            others = zip(SCORES, state.shares[1:], strict=True)
            others = (f"score {number(score)} gets {number(share)}" for score, share in others)
            gives = f"a share of {gives} ({', '.join(others)})"
        corner = state.x == 0 and state.slopes[XS.index(0)] != state.slope
        return (
            f"At x = {number(state.x)}, {state.name} {force} gives {gives}; its slope there is "
            f"{number(state.slope)}{', PyTorch’s choice at this corner' if corner else ''}. "
            f"Through {len(sizes)} layers with weights of scale {number(state.weights)} the "
            f"gradient {verdict(sizes)}: it is {number(sizes[0])} at layer 1 and "
            f"{number(sizes[-1])} at layer {len(sizes)}."
        )

    def says(self, state: Seen) -> str:
        fate = verdict(state.sizes)
        return super().says(state).replace(f"gradient {fate}", f"gradient <b>{fate}</b>")

    def draw(self, state: Seen) -> str:
        return sheet(
            740, 484 if state.shares else 368,
            (0, 0, _curve_chart(state)),
            (384, 0, _stack_chart(state.sizes)),
            (12, 290, _curve_legend(state)),
            (396, 290, _stack_legend(state.sizes)),
            (12, 386, _bars(state)),
            label=self.words(state),
        )  # fmt: skip


def function(name: str, parameter: float | None) -> Callable[[Tensor], Tensor]:
    """PyTorch's own activation; softmax is taken over the last dimension."""
    return {
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "ReLU": F.relu,
        "leaky ReLU": lambda z: F.leaky_relu(z, parameter),
        "ELU": lambda z: F.elu(z, parameter),
        "softmax": lambda z: F.softmax(z / parameter, dim=-1),
    }[name]


def curve(
    name: str, parameter: float | None, xs: Sequence[float]
) -> tuple[list[float], list[float]]:
    """Values and slopes at `xs`; in softmax each x is a score beside `SCORES`."""
    x = torch.tensor(xs, dtype=torch.float64, requires_grad=True)
    f = function(name, parameter)
    if name == "softmax":
        y = f(torch.cat([x[:, None], x.new_tensor(SCORES).expand(len(x), -1)], dim=1))[:, 0]
    else:
        y = f(x) + 0.0  # no -0
    y.sum().backward()
    return y.tolist(), x.grad.tolist()


@lru_cache(maxsize=512)
def gradient_sizes(
    name: str, parameter: float | None, depth: int, weights: float
) -> tuple[float, ...]:
    """The mean absolute gradient at the weights of each layer, as in section 3.4.

    With 64 neurons, and floats of 64 bits: 30 layers can make a gradient too small for 32, and
    three digits must be the same on every machine.
    """
    source, f, layers = torch.Generator().manual_seed(0), function(name, parameter), []
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # two that share busy cores took 4 to 40 times as long
    try:
        a = torch.randn(100, 64, generator=source, dtype=torch.float64)
        for _ in range(depth):
            layer = nn.utils.skip_init(nn.Linear, 64, 64, bias=False, dtype=torch.float64)
            nn.init.normal_(layer.weight, std=weights / 64**0.5, generator=source)
            layers.append(layer)
            a = f(layer(a))
        (a**2).mean().backward()
    finally:
        torch.set_num_threads(threads)
    return tuple(layer.weight.grad.abs().mean().item() for layer in layers)


def verdict(sizes: Sequence[float]) -> str:
    """What becomes of the gradient between the last layer and the first."""
    first, last = sizes[0], sizes[-1]
    if first > 10:  # at an lr of 0.01, a step as large as a weight
        return "explodes in all layers" if last > 10 else "explodes"
    if first < 1e-6 and last < 1e-6 and first > last / 100:
        return "vanishes in all layers"
    bounds = {"vanishes": 0.01, "shrinks": 1 / 3, "keeps its size": 3}
    return next((what for what, bound in bounds.items() if first <= bound * last), "grows")


def _curve_chart(state: Seen) -> str:
    x, value, slope = state.x, state.value, state.slope
    y = axis("value and slope", [*state.ys, *state.slopes, 0, 1])
    ends = (x - 2, x + 2)
    layers = [
        replace(LEVEL, x=(x, x), y=(y.low, y.high), width=1.5),
        replace(VALUE, x=XS, y=state.ys),
        replace(SLOPE, x=XS, y=state.slopes),  # above, to be seen where both are 0
        replace(TANGENT, x=ends, y=[value + slope * (end - x) for end in ends]),
        Dots([x], [slope], RED, hollow=True, radius=8),
        Dots([x], [value], BLUE, radius=5),
    ]
    return chart(Axis("x", -5, 5), y, layers)


def _curve_legend(state: Seen) -> str:
    parameter = "" if state.parameter is None else number(state.parameter)
    name, value, slope = (words.format(parameter) for words in FORMULAS[state.name])
    rows = [
        (HEAD, ("", "at x", "formula")),
        (VALUE, (name, number(state.value), value)),
        (SLOPE, ("slope", number(state.slope), slope)),
        (TANGENT, ("tangent", "", "as steep as the curve at x")),
    ]
    return legend((34, 112, 184), rows)


def _stack_chart(sizes: Sequence[float]) -> str:
    depth = len(sizes)
    last = next(end for end in (10, 20, 30) if depth <= end)
    x = Axis("layer (← the gradient runs this way)", 0.5, last + 0.5)
    y = axis("gradient at the weights (log)", [*sizes, 1e-6, 1], log=True)
    layers = range(1, depth + 1)
    level = replace(LEVEL, x=(0.5, depth), y=sizes[-1:] * 2)
    marks = [level, Line(layers, sizes), replace(LAYER, x=layers, y=sizes)]
    return chart(x, y, marks, note=verdict(sizes))


def _stack_legend(sizes: Sequence[float]) -> str:
    ends = [number(size) for size in (sizes[0], sizes[-1])]
    rows = [
        (HEAD, ("", "layer 1", f"layer {len(sizes)}")),
        (LAYER, ("gradient", *ends)),
        (LEVEL, ("if it kept its size", ends[1], ends[1])),
    ]
    return legend((34, 158, 250), rows)


def _bars(state: Seen) -> str:
    parts = []
    for row, share in enumerate(state.shares):
        name = f"score {number(SCORES[row - 1])}" if row else f"score x = {number(state.x)}"
        width, fill, ink = 480 * share, PAPER if row else BLUE, FAINT_INK if row else BLUE
        parts += (
            text(104, 24 * row + 13, name, fill=INK, text_anchor="end"),
            tag("rect", x=112, y=24 * row, width=width, height=16, fill=fill, stroke=ink),
            text(120 + width, 24 * row + 13, f"share {number(share)}", fill=INK),
        )
    return "".join(parts)
