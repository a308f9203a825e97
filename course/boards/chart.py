"""Charts as SVG text: pure functions from numbers to a picture.

A chart has two axes and layers of lines and dots. A number that is not finite leaves a gap in its
line, a line that leaves the axes is cut at the frame and a dot outside is left out, so a diverged
run is still a readable picture. Ink and paper follow JupyterLab's theme, or are black on white.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from course.svg import BLUE, picture, tag, text

INK = "var(--jp-ui-font-color1,#222222)"
FAINT_INK = "var(--jp-ui-font-color2,#555555)"
GRID = "var(--jp-border-color2,#DDDDDD)"
PAPER = "var(--jp-layout-color0,#FFFFFF)"
SOLID, DASHED, DOTTED = None, "7 4", "2 4"
MOST_POINTS = 300  # of one line: more than the eye can see in a chart of this size


@dataclass(frozen=True)
class Line:
    """A line through the points (x, y), in the axes' units."""

    x: Sequence[float]
    y: Sequence[float]
    colour: str = BLUE
    dash: str | None = SOLID
    width: float = 2


@dataclass(frozen=True)
class Dots:
    """Marks at the points (x, y), in the axes' units."""

    x: Sequence[float]
    y: Sequence[float]
    colour: str = INK
    hollow: bool = False
    radius: float = 4


@dataclass(frozen=True)
class Axis:
    """What an axis shows: its name and its ends, `low` < `high`; 0 < `low` where `log`."""

    name: str
    low: float
    high: float
    log: bool = False

    def place(self, value: float) -> float:
        """Where `value` lies, 0 at `low` and 1 at `high`; at most 1 beyond either end."""
        low, high = self.low, self.high
        if self.log:
            low, high, value = math.log(low), math.log(high), math.log(max(value, 1e-300))
        return min(max((value - low) / (high - low), -1.0), 2.0)

    def holds(self, value: float) -> bool:
        """Whether `value` is a number between the ends."""
        return self.low <= value <= self.high

    def ticks(self) -> list[float]:
        """About five round values from `low` to `high`."""
        if self.log:
            first, last = round(math.log10(self.low)), round(math.log10(self.high))
            return [10.0**power for power in range(first, last + 1, -((first - last) // 6))]
        step = _round_step((self.high - self.low) / 5)
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [step * count for count in range(first, last + 1)]


def axis(name: str, values: Iterable[float], log: bool = False) -> Axis:
    """The axis with round ends that holds every finite value (every positive one where `log`).

    On a linear axis the values keep a little room to both ends.
    """
    kept = [v for v in values if math.isfinite(v) and (v > 0 or not log)] or [1.0]
    low, high = min(kept), max(kept)
    if log:
        first = math.floor(math.log10(low))
        return Axis(name, 10.0**first, 10.0 ** max(math.ceil(math.log10(high)), first + 1), True)
    span = high - low or abs(low) or 1.0
    step = _round_step(span / 5)
    low, high = (low - span / 20) / step, (high + span / 20) / step
    return Axis(name, math.floor(low) * step, math.ceil(high) * step)


def chart(x: Axis, y: Axis, layers: Sequence[Line | Dots], note: str = "") -> str:
    """The axes, the layers (dots above lines) and a note: markup of 350 × 260 pixels."""
    width, height = 350, 260
    left, top, right, bottom = 52, 26, 12, 40
    w, h = width - left - right, height - top - bottom
    grid, names = [], [text(2, 14, y.name, fill=INK)]
    for value in y.ticks():
        at = h * (1 - y.place(value))
        grid.append(tag("line", x1=0, x2=w, y1=at, y2=at, stroke=GRID))
        label = number(value)
        names.append(text(left - 7, top + at + 4, label, fill=FAINT_INK, text_anchor="end"))
    for value in x.ticks():
        at = left + w * x.place(value)
        names.append(text(at, top + h + 18, number(value), fill=FAINT_INK, text_anchor="middle"))
    names.append(text(left + w / 2, height - 4, x.name, fill=INK, text_anchor="middle"))
    names.append(text(width - right, 14, note, fill=FAINT_INK, text_anchor="end") if note else "")
    lines = [_draw(layer, x, y, w, h) for layer in layers if isinstance(layer, Line)]
    dots = [_draw(layer, x, y, w, h) for layer in layers if isinstance(layer, Dots)]
    frame = tag("path", d=f"M0 0V{h}H{w}", fill="none", stroke=FAINT_INK)
    # A nested <svg> clips to its own box without an id, and ids would clash between boards.
    plot = tag("svg", *grid, *lines, x=left, y=top, width=w, height=h, overflow="hidden")
    return plot + tag("g", frame, *dots, transform=f"translate({left} {top})") + "".join(names)


def region(
    filled: Sequence[Sequence[bool]], width: float, height: float, colour: str = BLUE
) -> str:
    """A grid of cells, the first row at the bottom, painted where `filled` says so."""
    w, h = width / len(filled[0]), height / len(filled)
    runs = []
    for row, line in enumerate(filled):
        column = 0
        for full, cells in groupby(line):
            run = len(list(cells))
            if full:
                at = {"x": w * column, "y": height - h * (row + 1)}
                runs.append(tag("rect", **at, width=w * run, height=h + 0.5))
            column += run
    return tag("g", *runs, fill=colour)


def legend(
    columns: Sequence[float], rows: Sequence[tuple[Line | Dots | None, Sequence[str]]]
) -> str:
    """A table whose rows begin with a sample of a line or a dot; `columns` are x in pixels.

    The first row is the head. Rows are 22 pixels apart, the first at y = 0.
    """
    parts = []
    for row, (layer, words) in enumerate(rows):
        if layer:
            middle = (0, 1) if isinstance(layer, Line) else (0.5,)
            sample = replace(layer, x=middle, y=[0.5] * len(middle))
            drawn = _draw(sample, Axis("", 0, 1), Axis("", 0, 1), 26, 12)
            parts.append(tag("g", drawn, transform=f"translate(0 {22 * row - 10})"))
        ink = INK if row else FAINT_INK
        parts += (text(x, 22 * row, cell, fill=ink) for x, cell in zip(columns, words, strict=True))
    return "".join(parts)


def sheet(width: float, height: float, *parts: tuple[float, float, str], label: str) -> str:
    """A whole picture: on paper, each part's markup at its (x, y); `label` is its alternative."""
    return picture(
        width,
        height,
        tag("rect", width=width, height=height, fill=PAPER),
        *(tag("g", markup, transform=f"translate({x} {y})") for x, y, markup in parts),
        label=label,
        style="max-width:100%;height:auto;font-variant-numeric:tabular-nums;"
        "font-family:var(--jp-ui-font-family,sans-serif)",
    )


def number(value: float, digits: int = 3) -> str:
    """`value` in words a reader knows: 0.0125, 38.5, 1,440, 8.7 × 10⁸."""
    if not math.isfinite(value):
        return "not a number" if math.isnan(value) else "infinity" if value > 0 else "−infinity"
    if value == 0 or 1e-4 <= abs(value) < 1e5:
        decimals = digits if value == 0 else digits - 1 - math.floor(math.log10(abs(value)))
        words = f"{round(value, decimals):,.{max(decimals, 0)}f}"
        words = words.rstrip("0").rstrip(".") if "." in words else words
    else:
        head, power = f"{value:.{digits - 1}e}".split("e")
        head = head.rstrip("0").rstrip(".") if "." in head else head
        power = str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
        words = f"10{power}" if head == "1" else f"{head} × 10{power}"
    return words.replace("-", "−")


def _draw(layer: Line | Dots, x: Axis, y: Axis, width: float, height: float) -> str:
    def pixel(a: float, b: float) -> tuple[float, float]:
        return width * x.place(a), height * (1 - y.place(b))

    points = zip(layer.x, layer.y, strict=True)
    if isinstance(layer, Line):
        ends = [pixel(*p) if math.isfinite(sum(p)) else None for p in _thin(list(points))]
        return tag(
            "path", d=_path(ends), fill="none", stroke=layer.colour, stroke_width=layer.width,
            stroke_dasharray=layer.dash, stroke_linejoin="round",
        )  # fmt: skip
    centres = [pixel(a, b) for a, b in points if x.holds(a) and y.holds(b)]
    return tag(
        "g",
        *(tag("circle", cx=a, cy=b, r=layer.radius) for a, b in centres),
        fill=PAPER if layer.hollow else layer.colour,
        stroke=layer.colour,
        stroke_width=2,
    )


def _thin(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    stride = math.ceil(len(points) / MOST_POINTS)
    return points if stride <= 1 else [*points[:-1:stride], points[-1]]


def _path(points: Iterable[tuple[float, float] | None]) -> str:
    commands, pen = [], "M"
    for point in points:
        if point:
            commands.append(f"{pen}{point[0]:.1f} {point[1]:.1f}")
        pen = "L" if point else "M"
    return "".join(commands)


def _round_step(step: float) -> float:
    power = 10.0 ** math.floor(math.log10(step))
    return power * next(size for size in (1, 2, 5, 10) if step <= size * power * 1.000001)
