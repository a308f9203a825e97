"""Your answer beside the wanted one: the pictures that a failed check draws."""

from collections.abc import Callable

import torch

from course.boards.chart import (
    DASHED,
    FAINT_INK,
    Axis,
    Line,
    axis,
    chart,
    legend,
    number,
    region,
    sheet,
)
from course.svg import BLUE, RED, tag, text

Range = tuple[float, float]


def curves(x: torch.Tensor, yours: torch.Tensor, wanted: torch.Tensor) -> str:
    """Two curves over `x`, each of shape (n,), as SVG."""
    numbers = [values.detach().double().tolist() for values in (x, wanted, yours)]
    across, want, got = numbers
    yours_line = Line(across, got, BLUE, width=3)
    wanted_line = Line(across, want, RED, DASHED)
    key = legend((34,), [(None, ("",)), (yours_line, ("yours",)), (wanted_line, ("wanted",))])
    axes = Axis("x", across[0], across[-1]), axis("y", [*want, *got])
    return sheet(
        500, 264,
        (0, 0, chart(*axes, [yours_line, wanted_line])),
        (372, 38, key),
        label=f"Two curves from x = {across[0]:g} to {across[-1]:g}: yours, solid, and the "
        "wanted one, dashed.",
    )  # fmt: skip


def regions(yours: torch.Tensor, wanted: torch.Tensor, over: tuple[Range, Range]) -> str:
    """Two pictures of the plane side by side as SVG, filled where a class is 1.

    `yours` and `wanted` are boolean, of shape (rows, columns), the first row at the bottom;
    `over` is the range of x1 and that of x2.
    """
    differ = (yours != wanted).double().mean().item()
    return sheet(
        560, 290,
        (0, 24, _region(yours, over)),
        (280, 24, _region(wanted, over)),
        (52, 16, text(0, 0, "yours", fill=FAINT_INK)),
        (332, 16, text(0, 0, "wanted", fill=FAINT_INK)),
        label=f"Two pictures of the plane, filled where the class is 1: yours and the wanted one. "
        f"They differ on {differ:.0%} of it.",
    )  # fmt: skip


def _region(labels: torch.Tensor, over: tuple[Range, Range]) -> str:
    """One plane of 216 x 216 pixels with its axes."""
    side, left = 216, 46
    plane = tag("g", region(labels.tolist(), side, side), transform=f"translate({left} 0)")
    frame = tag("rect", x=left, y=0, width=side, height=side, fill="none", stroke=FAINT_INK)
    x1, x2 = (Axis(name, *ends) for name, ends in zip(("x1", "x2"), over, strict=True))
    marks = []
    for value in x1.ticks():
        at = left + side * x1.place(value)
        marks.append(text(at, side + 18, number(value), fill=FAINT_INK, text_anchor="middle"))
    for value in x2.ticks():
        at = side * (1 - x2.place(value)) + 4
        marks.append(text(left - 7, at, number(value), fill=FAINT_INK, text_anchor="end"))
    names = text(left + side / 2, side + 36, "x1", fill=FAINT_INK, text_anchor="middle")
    return "".join([plane, frame, *marks, names, text(2, 10, "x2", fill=FAINT_INK)])


def show(draw: Callable[[], str]) -> None:
    """Put the picture under the cell that runs; a plain script, which has no place, gets none."""
    from IPython import get_ipython

    if get_ipython():
        from IPython.display import SVG, display

        display(SVG(draw()))
