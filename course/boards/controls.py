"""The controls of the boards: each has a name, a round value, and works by keyboard."""

import math
from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets

LRS = (
    1, 1.1, 1.25, 1.4, 1.5, 1.6, 1.8, 2, 2.2, 2.5, 2.8,
    3, 3.2, 3.6, 4, 4.5, 5, 5.6, 6.3, 7.1, 8, 9,
)  # fmt: skip
COUNTS = (1, 1.5, 2, 3, 4, 5, 7)
_MARGIN = "2px 24px 2px 2px"


def log_slider(
    name: str, ends: tuple[float, float], marks: Sequence[float], value: float
) -> widgets.SelectionSlider:
    """A slider over `marks` times powers of ten between `ends`, so over round values only.

    An int as `value` makes all of them ints.
    """
    powers = range(math.floor(math.log10(ends[0])), math.ceil(math.log10(ends[1])) + 1)
    values = {float(f"{mark * 10.0**power:.6g}") for power in powers for mark in marks}
    values = {v for v in values if ends[0] <= v <= ends[1]}
    return slider(name, [round(v) for v in values] if isinstance(value, int) else values, value)


def slider(name: str, values: Any, value: float) -> widgets.SelectionSlider:
    """A slider over `values`, in their order of size, and over `value` if it is another one."""
    steps = sorted({*values, value})
    return widgets.SelectionSlider(
        options=[(f"{v:,}" if isinstance(v, int) else f"{v:g}", v) for v in steps],
        value=value,
        description=name,
        style={"description_width": "initial"},
        layout={"width": "360px", "margin": _MARGIN},
    )


def choice(name: str, options: Sequence[Any], value: Any) -> widgets.Dropdown:
    """A list of which one is chosen."""
    return widgets.Dropdown(
        options=list(options),
        value=value,
        description=name,
        style={"description_width": "initial"},
        layout={"width": "max-content", "margin": _MARGIN},
    )


def switch(name: str, value: bool) -> widgets.Checkbox:
    """Something that is on or off."""
    return widgets.Checkbox(
        description=name, value=value, indent=False, layout={"width": "auto", "margin": _MARGIN}
    )
