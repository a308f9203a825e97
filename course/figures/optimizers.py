"""The pictures of unit 6, Optimizers."""

import math
from collections.abc import Sequence
from itertools import pairwise

from course.figures.sketch import box, line, middle, page
from course.svg import BLUE, GREY, INK, PAPER, RED, tag, text

COOL, WARM = "#DCEBF7", "#FFF4CC"
Point = tuple[float, float]


def link() -> str:
    """An optimizer that holds the tensors of the old model; the name points to the new one."""
    rows = (("weight", 56), ("bias", 100))
    return page(
        560,
        190,
        "The optimizer's arrows lead to the old model; the name model leads to the new one",
        box(20, 40, 120, 92, rx=8, fill=WARM),
        middle(80, 30, "optimizer", font_weight="bold"),
        *(middle(80, y + 16, "a reference") for _, y in rows),
        *(_arrow(132, y + 11, 208, y + 11, BLUE, 2) for _, y in rows),
        box(196, 40, 140, 92, rx=8, fill="none", stroke=GREY),
        middle(266, 30, "the old model"),
        box(400, 40, 140, 92, rx=8, fill="none", stroke=GREY),
        middle(470, 30, "the new model"),
        *(_named(212, y, name) + _named(416, y, name) for name, y in rows),
        middle(470, 180, "the name  model", font_weight="bold"),
        _arrow(470, 164, 470, 136, RED, 2),
        middle(266, 152, "these tensors move"),
    )


def rates() -> str:
    """Four parabolas; successive points for four products of learning rate and curvature."""
    cases = (
        ("too small", 0.15, "factor 0.85"),
        ("right", 1.0, "factor 0"),
        ("large", 1.75, "factor −0.75"),
        ("too large", 2.2, "factor −1.2"),
    )
    drawn = []
    for place, (name, product, factor) in enumerate(cases):
        x = 80 + 150 * place
        start = 0.42 if product > 2 else 0.92
        ws = [start * (1 - product) ** step for step in range(5)]
        spots = [(x + 60 * w, 150 - 100 * w * w) for w in ws]
        bowl = [(x + 60 * w / 20, 150 - 100 * (w / 20) ** 2) for w in range(-21, 22)]
        drawn += [
            _curve(bowl, GREY, 2),
            *(line(*a, *b, stroke=BLUE, stroke_width=1.5) for a, b in pairwise(spots)),
            *(tag("circle", cx=u, cy=v, r=4, fill=BLUE, stroke=PAPER) for u, v in spots[1:]),
            tag("circle", cx=spots[0][0], cy=spots[0][1], r=5, fill=PAPER, stroke=INK),
            middle(x, 22, name, font_weight="bold"),
            middle(x, 184, factor),
        ]
    return page(610, 196, "Four learning rates in one bowl; the hollow dot is the start", *drawn)


def noise() -> str:
    """The gradient of the whole, with gradients of single samples and of batches of 16."""
    single = ((88, 48), (120, -36), (60, 30), (132, 10), (84, -44), (44, 2), (150, 2), (70, -12))
    drawn = []
    for left, name, shrink in ((40, "single samples", 1.0), (320, "batches of 16", 0.25)):
        x, y = left, 105
        drawn += [
            *(
                _arrow(x, y, x + 94 + shrink * (u - 94), y + shrink * v, BLUE, 1.2)
                for u, v in single
            ),
            _arrow(x, y, x + 94, y, INK, 3),
            tag("circle", cx=x, cy=y, r=4, fill=INK),
            middle(left + 80, 24, name, font_weight="bold"),
        ]
    return page(
        520,
        190,
        "Gradients of single samples scatter widely, those of batches of 16 a quarter as far",
        *drawn,
        line(40, 176, 64, 176, stroke_width=3),
        text(72, 181, "all samples", fill=INK),
        line(180, 176, 204, 176, stroke=BLUE, stroke_width=1.2),
        text(212, 181, "a part of them", fill=INK),
    )


def two_valleys() -> str:
    """The curve w^4/4 - w^2/2 + 0.2 w with a ball at the bottom of its shallow valley."""

    def place(w: float) -> Point:
        return 220 + 120 * w, 96 - 130 * (w**4 / 4 - w**2 / 2 + 0.2 * w)

    bottom = place(0.878)
    return page(
        440,
        200,
        "Two valleys: a ball lies in the shallow one on the right; the left one is deeper",
        _curve([place(w / 25) for w in range(-41, 41)], INK, 2),
        tag("circle", cx=bottom[0], cy=bottom[1] - 9, r=8, fill=BLUE, stroke=INK),
        tag(
            "path",
            d="M 318 92 C 300 40, 220 36, 148 110",
            fill="none",
            stroke=RED,
            stroke_width=2,
            stroke_dasharray="6 4",
        ),
        _head((160, 92), (146, 112), RED),
        middle(96, 192, "deep valley, w near −1.1"),
        middle(330, 152, "shallow valley, w near 0.9"),
        middle(240, 26, "only with a push"),
    )


def velocity() -> str:
    """Steps that zigzag along a valley, and the same arrows laid end to end."""
    steps = ((26, -58), (26, 52), (26, -47), (26, 43))
    left, right = [(36.0, 128.0)], [(310.0, 110.0)]
    for dx, dy in steps:
        left.append((left[-1][0] + dx * 1.9, left[-1][1] + dy))
        right.append((right[-1][0] + dx, right[-1][1] + dy * 0.5))
    total = (right[-1][0], right[-1][1])
    return page(
        560,
        190,
        "A zigzag of four steps; added up, the parts across cancel and the parts along remain",
        middle(140, 24, "the steps of SGD", font_weight="bold"),
        line(20, 60, 250, 60, stroke=GREY, stroke_dasharray="5 4"),
        line(20, 136, 250, 136, stroke=GREY, stroke_dasharray="5 4"),
        *(_arrow(*a, *b, BLUE, 2) for a, b in pairwise(left)),
        middle(140, 176, "across: to and fro; along: always on"),
        middle(420, 24, "four steps, added", font_weight="bold"),
        *(_arrow(*a, *b, BLUE, 1.2) for a, b in pairwise(right)),
        _arrow(310, 110, total[0] + 6, total[1], INK, 3),
        text(total[0] + 14, total[1] + 5, "their sum", fill=INK),
        middle(420, 176, "the way along is what is left"),
    )


def adam() -> str:
    """From a gradient to Adam's step: two averages, two corrections, one ratio."""
    return page(
        620,
        190,
        "g feeds the averages m and v; corrected, m over the root of v times lr is the step",
        box(16, 74, 54, 44, rx=8, fill=WARM),
        middle(43, 101, "g", font_size=16),
        _arrow(70, 88, 118, 52),
        _arrow(70, 104, 118, 140),
        *_stage(120, 26, "m", "average of g"),
        *_stage(120, 116, "v", "average of g²"),
        _arrow(240, 51, 288, 51),
        _arrow(240, 141, 288, 141),
        *_stage(290, 26, "m̂", "bias corrected"),
        *_stage(290, 116, "v̂", "bias corrected"),
        _arrow(410, 55, 462, 84),
        _arrow(410, 137, 462, 108),
        box(464, 66, 142, 60, rx=8, fill=COOL),
        middle(535, 92, "lr · m̂ / (√v̂ + ε)"),
        middle(535, 113, "the step", font_weight="bold"),
    )


def _stage(x: float, y: float, name: str, words: str) -> Sequence[str]:
    return (
        box(x, y, 120, 50, rx=8),
        middle(x + 60, y + 21, name, font_weight="bold"),
        middle(x + 60, y + 40, words),
    )


def _named(x: float, y: float, name: str) -> str:
    return box(x, y, 108, 24, fill=COOL) + middle(x + 54, y + 17, name)


def _curve(points: Sequence[Point], stroke: str, width: float) -> str:
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return tag("polyline", points=joined, fill="none", stroke=stroke, stroke_width=width)


def _arrow(
    x1: float, y1: float, x2: float, y2: float, stroke: str = INK, width: float = 1.5
) -> str:
    """A line with an open head at (x2, y2), in any direction."""
    stem = line(x1, y1, x2, y2, stroke=stroke, stroke_width=width)
    return stem + _head((x1, y1), (x2, y2), stroke, width)


def _head(start: Point, end: Point, stroke: str, width: float = 2.0) -> str:
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    wings = [
        (end[0] - 8 * math.cos(angle + turn), end[1] - 8 * math.sin(angle + turn))
        for turn in (0.45, -0.45)
    ]
    return _curve([wings[0], end, wings[1]], stroke, width)
