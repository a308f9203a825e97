"""The board of losses: what a prediction costs under each, and how hard each one pulls."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

import torch
import torch.nn.functional as F

from course.boards import chart as c
from course.boards.board import Board
from course.boards.chart import Axis, Dots, Line, number
from course.boards.controls import choice, slider
from course.svg import BLUE, GREEN, RED, tag, text

TASKS = {  # and the controls that each of them has
    "a number": ("prediction", "target", "delta"),
    "seven numbers": ("outlier", "delta"),
    "yes or no": ("logit", "answer"),
}
ORDINARY = (16.0, 19.0, 22.0, 22.0, 25.0, 28.0)  # minutes; their mean and their median are 22
LOGITS = sorted({sign * size for size in (*range(21), *range(25, 121, 5)) for sign in (-1, 1)})
STROKES = (BLUE, c.SOLID, 3), (RED, c.DASHED, 2.5), (GREEN, c.DOTTED, 3.5)
RADII = 6.5, 5, 3  # a dot leaves those below it to be seen
NO_SAMPLE = Line((), (), width=0)


@dataclass(frozen=True)
class Curve:
    """A loss along an axis, with its slopes, and what both are at one point."""

    name: str
    losses: Sequence[float]
    slopes: Sequence[float]
    loss: float
    slope: float


@dataclass(frozen=True)
class Curves:
    """Losses and slopes along `x`, with their axes, and the point `at` where the reader is."""

    axes: tuple[Axis, Axis, Axis]
    x: Sequence[float]
    at: float
    curves: Sequence[Curve]
    note: str
    seen: str  # where the reader is
    lesson: str


@dataclass(frozen=True)
class Bests:
    """The best constant for seven times: a row (loss, constant, its name, the outlier's slope)."""

    outlier: float
    rows: Sequence[tuple[str, float, str, float]]
    lesson: str


class LossBoard(Board):
    """Losses and their slopes for a number, for seven numbers, and for a yes or no.

    `prediction`, `target`, `outlier` and `delta`, the δ of the Huber loss, count minutes;
    `answer` is the right one, "yes" or "no". Raises ValueError for any other task or answer,
    for numbers that are not finite, and for a `delta` that is not above 0.
    """

    moves = False

    def __init__(
        self,
        task: str = "a number",
        prediction: float = 25,
        target: float = 22,
        delta: float = 2,
        outlier: float = 94,
        logit: float = 40,
        answer: str = "no",
    ):
        for name, value, known in (("task", task, TASKS), ("answer", answer, ("no", "yes"))):
            if value not in known:
                raise ValueError(f"{name} is {value!r}; it must be one of: {', '.join(known)}.")
        if not (delta > 0 and all(map(math.isfinite, (prediction, target, delta, outlier, logit)))):
            raise ValueError("Every number must be finite, and delta above 0.")
        times = [half / 2 for half in range(34, 55)]
        super().__init__(
            {"task": choice("task", [*TASKS], task)},
            {
                "prediction": slider("prediction", times, float(prediction)),
                "target": slider("target", times[4:-4], float(target)),
                "outlier": slider("outlier", range(0, 101, 2), outlier),
                "delta": slider("δ of Huber", (0.5, 1, 2, 3, 5, 10, 20, 50, 100), delta),
                "logit": slider("logit", LOGITS, logit),
                "answer": choice("right answer", ["no", "yes"], answer),
            },
        )
        self.controls["task"].observe(lambda _: self._choose_controls(), "value")
        self._choose_controls()

    def _choose_controls(self) -> None:
        for name, control in self.controls.items():
            shown = name in ("task", *TASKS[self.at("task")])
            control.layout.display = None if shown else "none"

    def states(self) -> Iterator[Curves | Bests]:
        if self.at("task") == "a number":
            yield one_number(*map(self.at, ("prediction", "target", "delta")))
        elif self.at("task") == "seven numbers":
            yield seven_numbers(self.at("outlier"), self.at("delta"))
        else:
            yield yes_or_no(self.at("logit"), self.at("answer"))

    def words(self, state: Curves | Bests) -> str:
        if isinstance(state, Curves):
            costs = (f"{v.name} {number(v.loss)} and {number(v.slope)}" for v in state.curves)
            return f"{state.seen}. Loss and slope: {'; '.join(costs)}. {state.lesson}"
        bests = (f"{loss} {number(best)}, {name}" for loss, best, name, _ in state.rows)
        return f"The best constant for all seven: {'; '.join(bests)}. {state.lesson}"

    def says(self, state: Curves | Bests) -> str:
        return escape(state.lesson)

    def draw(self, state: Curves | Bests) -> str:
        parts = _charts(state) if isinstance(state, Curves) else _number_line(state)
        return c.sheet(740, 376, *parts, label=self.words(state))


def number_losses(delta: float) -> dict[str, Callable]:
    """The losses for a number; none of them is reduced."""
    huber = partial(F.huber_loss, delta=delta)
    losses = {"squared": F.mse_loss, "absolute": F.l1_loss, f"Huber (δ = {delta:g})": huber}
    return {name: partial(loss, reduction="none") for name, loss in losses.items()}


def one_number(prediction: float, target: float, delta: float) -> Curves:
    """The losses for a `target`, over the predictions around it."""
    ends = min(17, prediction, target), max(27, prediction, target)
    x, curves = _curves(number_losses(delta), ends, prediction, target, torch.float64)
    top = max(18, *(1.1 * curve.loss for curve in curves))
    steep = max(9, *(1.1 * abs(curve.slope) for curve in curves))
    axes = _axes(f"prediction in minutes (the target is {number(target)})", ends, top, steep)
    error = prediction - target
    if error == 0:
        lesson = "The prediction is right: the slopes are 0, and nothing pulls at it."
    elif abs(error) <= delta:
        lesson = (
            "The error is within δ: Huber pulls with the error, the square with twice the error."
        )
    else:
        lesson = "The error is beyond δ: Huber pulls with δ, the square with twice the error."
    note = f"error {number(error)}"
    seen = f"Prediction {number(prediction)}, target {number(target)}, {note}"
    return Curves(axes, x, prediction, curves, note, seen, lesson)


def yes_or_no(logit: float, answer: str) -> Curves:
    """Binary cross-entropy over the logits, by way of the probability and without, in float32."""
    far, near = F.binary_cross_entropy, F.binary_cross_entropy_with_logits
    losses = {
        "sigmoid, then BCE": lambda z, y: far(torch.sigmoid(z), y, reduction="none"),
        "BCE with logits": partial(near, reduction="none"),
    }
    ends = min(-120, logit), max(120, logit)
    x, curves = _curves(losses, ends, logit, float(answer == "yes"), torch.float32)
    axes = _axes(f"logit (the right answer is {answer})", ends, max(*ends, -ends[0]) * 1.05, 1.2)
    note = f"probability {_share(torch.sigmoid(torch.tensor(float(logit))).item())}"
    slope, wanted = (abs(curve.slope) for curve in curves)
    if wanted < 0.01:
        lesson = "The network is sure and right: next to nothing is left to push."
    elif slope < wanted / 2:
        rest = "almost no" if slope else "no"
        lesson = f"The network is sure and wrong, and through the sigmoid {rest} push comes back."
    else:
        lesson = "On both roads the same push comes back."
    seen = f"Logit {number(logit)}, {note}, right answer {answer}"
    return Curves(axes, x, logit, curves, note, seen, lesson)


def seven_numbers(outlier: float, delta: float) -> Bests:
    """The best constant under each loss for the six ordinary times and `outlier`."""
    rows = []
    names = "the mean", "the median", "between the two"
    for name, (loss, function) in zip(names, number_losses(delta).items(), strict=True):
        best = _best(function, [*ORDINARY, outlier])
        rows.append((loss, best, name, _slopes(function, [best], outlier)[1][0]))
    mean, median = (number(row[1]) for row in rows[:2])
    lesson = (
        f"With the outlier at {number(outlier)}, the mean is {mean} and the median {median}. "
        "Without it, both are 22."
    )
    return Bests(outlier, rows, lesson)


def _curves(losses: dict, ends: tuple, at: float, target: float, dtype: torch.dtype) -> tuple:
    x = [ends[0] + (ends[1] - ends[0]) * step / 240 for step in range(241)]
    curves = []
    for name, loss in losses.items():
        (*values, value), (*slopes, slope) = _slopes(loss, [*x, at], target, dtype)
        curves.append(Curve(name, values, slopes, value, slope))
    return x, curves


def _slopes(loss: Callable, x: object, target: object, dtype: torch.dtype = torch.float64) -> tuple:
    """The loss and, by autograd, its slope at each of `x`."""
    x = torch.tensor(x, dtype=dtype, requires_grad=True)
    losses = loss(x, torch.tensor(target, dtype=dtype).expand_as(x))
    (slopes,) = torch.autograd.grad(losses.sum(), x)
    return (losses + 0.0).tolist(), (slopes + 0.0).tolist()  # + 0.0: no minus zero


def _best(loss: Callable, times: Sequence[float]) -> float:
    """Where the sum of the slopes changes its sign, found by halving."""
    low, high = min(times), max(times)
    for _ in range(50):
        middle = (low + high) / 2
        rises = sum(_slopes(loss, [middle] * len(times), times)[1]) >= 0
        low, high = (low, middle) if rises else (middle, high)
    return round(high, 9)


def _share(p: float) -> str:
    if p in (0, 1):
        return f"exactly {p:g}"
    return f"1 − {number(1 - p)}" if p > 0.999 else number(p)


def _axes(name: str, ends: tuple, top: float, steep: float) -> tuple[Axis, Axis, Axis]:
    slope = Axis("slope of the loss", -steep, steep)
    return Axis(name, *ends), Axis("loss", -top / 30, top), slope


def _charts(state: Curves) -> list[tuple[float, float, str]]:
    """The losses with their tangents, the slopes, and a table of both."""
    x, loss, slope = state.axes
    reach = (x.high - x.low) / 12
    ends = state.at - reach, state.at + reach
    losses, slopes, tangents = [], [Line((x.low, x.high), (0, 0), c.FAINT_INK, width=1)], []
    rows: list = [(NO_SAMPLE, ("loss", "value", "slope"))]
    for stroke, radius, curve in zip(STROKES, RADII, state.curves, strict=False):
        mark = partial(Dots, [state.at], colour=stroke[0], hollow=radius == 5, radius=radius)
        losses += Line(state.x, curve.losses, *stroke), mark([curve.loss])
        slopes += Line(state.x, curve.slopes, *stroke), mark([curve.slope])
        rise = curve.slope * reach
        tangents.append(Line(ends, (curve.loss - rise, curve.loss + rise), c.INK, width=1.5))
        words = curve.name, number(curve.loss), number(curve.slope)
        rows.append((Line((), (), *stroke), words))
    return [
        (0, 0, c.chart(x, loss, losses + tangents, state.note)),
        (384, 0, c.chart(x, slope, slopes, "the tilt of the thin line")),
        (52, 296, c.legend((34, 220, 340), rows)),
    ]


def _number_line(state: Bests) -> list[tuple[float, float, str]]:
    """Seven times, below them how far each best constant is drawn away from 22, and a table."""
    minutes = Axis("minutes", min(0, state.outlier), max(100, state.outlier))

    def px(value: float) -> float:
        return 52 + 650 * minutes.place(value)

    home, out = px(22), px(state.outlier)
    ink, faint = {"fill": c.INK}, {"fill": c.FAINT_INK}
    middle = {"text_anchor": "middle"}
    parts = [
        text(2, 14, "seven deliveries, and the best constant for all of them", **ink),
        tag("path", d=f"M{home} 66V232", stroke=c.FAINT_INK, stroke_dasharray=c.DOTTED),
        text(home + 8, 226, "without the outlier: 22 for all three", **faint),
        tag("path", d="M52 232H702", stroke=c.FAINT_INK),
        tag("circle", cx=out, cy=52, r=8, stroke=RED, stroke_width=3, fill="none"),
        text(out, 32, "the outlier", **faint, **middle),
        text(377, 270, minutes.name, **ink, **middle),
        *(text(px(tick), 250, number(tick), **faint, **middle) for tick in minutes.ticks()),
    ]
    for i, time in enumerate(ORDINARY):
        height = 52 - 11 * (time in ORDINARY[:i])
        parts.append(tag("circle", cx=px(time), cy=height, r=4, **ink))
    rows: list = [(NO_SAMPLE, ("loss", "best constant", "", "pull of the outlier there (slope)"))]
    for y, stroke, (loss, best, name, slope) in zip(
        (94, 138, 182), STROKES, state.rows, strict=True
    ):
        at, pen = px(best), {"stroke": stroke[0], "stroke_width": stroke[2] + 2}
        parts += [
            tag("path", d=f"M{home} {y}H{at}", **pen, stroke_dasharray=stroke[1]),
            tag("path", d=f"M{at} {y - 12}V{y + 12}", **pen),
            text(max(at, home) + 12, y + 4, f"{loss}: {number(best)}", **ink),
        ]
        rows.append((Line((), (), *stroke), (loss, number(best), name, number(slope))))
    return [(0, 0, "".join(parts)), (52, 296, c.legend((34, 160, 270, 420), rows))]
