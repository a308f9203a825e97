"""The pictures of unit 5, Losses."""

from collections.abc import Sequence
from math import log

from course.figures.sketch import box, line, middle, page
from course.svg import BLUE, GREY, INK, RED, tag, text

WARM, COOL = "#FFF4CC", "#DCEBF7"


def criterion() -> str:
    """A criterion takes the prediction 0.03 and the target -0.57 and gives the loss 0.36."""
    return page(
        460,
        170,
        "A criterion takes predictions and targets and gives one number, the loss",
        _station(20, 24, 100, "y_hat", "0.03"),
        _station(20, 100, 100, "y", "−0.57"),
        _arrow(120, 46, 188, 68),
        _arrow(120, 122, 188, 94),
        box(190, 48, 110, 66, rx=8, fill=WARM),
        middle(245, 78, "criterion", font_weight="bold"),
        middle(245, 97, "(0.03 + 0.57)²", font_size=12),
        _arrow(300, 81, 338, 81),
        _station(340, 59, 100, "loss", "0.36", fill=COOL),
        line(390, 57, 390, 14, stroke=RED, stroke_width=2, stroke_dasharray="6 4"),
        line(390, 14, 70, 14, stroke=RED, stroke_width=2, stroke_dasharray="6 4"),
        _arrow(70, 14, 70, 23, stroke=RED),
        middle(280, 32, "backward: the slope for y_hat"),
    )


def cross_entropy_steps() -> str:
    """Logits 2, 1, 0; their shares; the share of the right class; minus its logarithm."""
    columns = [(60, "logits", (2.0, 1.0, 0.0), 34), (220, "shares", (0.67, 0.24, 0.09), 102)]
    rows = (60, 105, 150)
    return page(
        560,
        190,
        "Logits, shares, the share 0.24 of the right class, and its loss 1.41",
        *(middle(x + 20, 28, name, font_weight="bold") for x, name, _, _ in columns),
        *(middle(22, y + 5, str(i)) for i, y in enumerate(rows)),
        middle(22, 28, "class", font_size=12),
        *(
            _bar(x, y, value * scale) + text(x + value * scale + 6, y + 5, f"{value:g}", fill=INK)
            for x, _, values, scale in columns
            for value, y in zip(values, rows, strict=True)
        ),
        _arrow(166, 105, 208, 105),
        middle(187, 94, "softmax", font_size=11),
        box(212, 84, 82, 42, fill="none", stroke=RED, stroke_width=2, stroke_dasharray="5 3"),
        middle(253, 182, "right: class 1", font_size=12),
        _arrow(298, 105, 350, 105),
        middle(324, 94, "pick", font_size=11),
        box(352, 83, 56, 44, rx=8),
        middle(380, 110, "0.24"),
        _arrow(408, 105, 460, 105),
        middle(434, 94, "−log", font_size=11),
        box(462, 83, 76, 44, rx=8, fill=COOL),
        middle(500, 110, "1.41", font_weight="bold"),
        middle(500, 75, "loss", font_weight="bold"),
    )


def bce_curves() -> str:
    """The prices -log p for a yes and -log(1 - p) for a no, over p from 0 to 1."""
    left, bottom, width, height, top = 60, 170, 260, 145, 4.0
    steps = [i / 200 for i in range(201)]

    def place(p: float, loss: float) -> tuple[float, float]:
        return left + width * p, bottom - height * loss / top

    yes = [place(p, -log(p)) for p in steps if p and -log(p) <= top]
    no = [place(p, -log(1 - p)) for p in steps if p < 1 and -log(1 - p) <= top]
    x, y = place(0.5, log(2))
    return page(
        400,
        215,
        "Two mirrored curves: the price of p when the answer is yes, and when it is no",
        line(left, bottom, left + width, bottom),
        line(left, bottom, left, bottom - height),
        *(middle(place(p, 0)[0], bottom + 17, f"{p:g}") for p in (0, 0.5, 1)),
        *(text(left - 18, place(0, n)[1] + 5, str(n), fill=INK) for n in (0, 2, 4)),
        middle(left + width / 2, bottom + 36, "probability p of yes"),
        text(8, bottom - height / 2 + 5, "loss", fill=INK),
        _curve(yes, stroke=BLUE),
        _curve(no, stroke=RED, stroke_dasharray="7 4"),
        line(x, y, x, bottom, stroke=GREY, stroke_dasharray="3 3"),
        tag("circle", cx=x, cy=y, r=4, fill=INK),
        middle(x, y - 14, "0.69"),
        text(82, 40, "answer yes", fill=INK),
        text(328, 40, "answer no", fill=INK),
    )


def two_roads() -> str:
    """From the logit 200 to a loss: through a sigmoid, and by the formula with logits."""
    stations = [
        (128, "sigmoid", "1"),
        (226, "1 − p", "0"),
        (324, "log", "−inf"),
        (422, "limit", "−100"),
    ]
    return page(
        640,
        210,
        "Through a sigmoid the logit 200 gives loss 100 and slope 0; with logits 200 and 1",
        box(16, 82, 78, 46, rx=8, fill=WARM),
        middle(55, 101, "logit z"),
        middle(55, 119, "200", font_weight="bold"),
        _arrow(80, 80, 126, 50),
        *(_station(x, 24, 76, name, value) for x, name, value in stations),
        *(_arrow(x + 76, 46, x + 97, 46) for x, _, _ in stations),
        _station(520, 24, 104, "loss 100", "slope 0", fill=COOL),
        middle(166, 86, "rounded: z is lost here", font_size=12, font_style="italic"),
        _arrow(80, 130, 126, 164),
        box(128, 142, 370, 44, rx=8),
        middle(313, 161, "BCE with logits, for the answer no"),
        middle(313, 178, "max(z, 0) + log(1 + exp(−|z|)) = 200 + 0"),
        _arrow(498, 164, 519, 164),
        _station(520, 142, 104, "loss 200", "slope 1", fill=COOL),
    )


def twice() -> str:
    """Logits 100, 0, 0; after one softmax 1, 0, 0; after a second 0.58, 0.21, 0.21."""
    groups = [
        (30, "logits", ("100", "0", "0"), (1.0, 0.0, 0.0)),
        (200, "after softmax", ("1", "0", "0"), (1.0, 0.0, 0.0)),
        (370, "after a second one", ("0.58", "0.21", "0.21"), (0.576, 0.212, 0.212)),
    ]
    return page(
        540,
        215,
        "A second softmax makes the shares 1, 0, 0 into 0.58, 0.21, 0.21; the loss is 0.55",
        *(
            middle(x + 65, 20, name, font_weight="bold") + line(x, 160, x + 130, 160)
            for x, name, _, _ in groups
        ),
        *(
            box(x + 8 + 42 * i, 160 - 105 * size, 30, 105 * size, fill=BLUE if i == 0 else GREY)
            + middle(x + 23 + 42 * i, 154 - 105 * size, label)
            for x, _, labels, sizes in groups
            for i, (label, size) in enumerate(zip(labels, sizes, strict=True))
        ),
        *(
            middle(x + 23 + 42 * i, 177, str(i), font_size=12)
            for x, _, _, _ in groups
            for i in range(3)
        ),
        *(_arrow(x, 100, x + 26, 100) for x in (166, 336)),
        middle(265, 205, "loss −log 1 = 0"),
        middle(435, 205, "loss −log 0.576 = 0.55"),
    )


def _station(x: float, y: float, width: float, name: str, value: str, fill: str = "white") -> str:
    frame = box(x, y, width, 44, rx=8, fill=fill)
    words = middle(x + width / 2, y + 18, name, font_size=12)
    return frame + words + middle(x + width / 2, y + 36, value, font_weight="bold")


def _bar(x: float, y: float, length: float) -> str:
    return box(x, y - 11, max(length, 1), 22, fill=BLUE)


def _curve(points: Sequence[tuple[float, float]], **attributes: object) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return tag("polyline", points=path, fill="none", stroke_width=2.5, **attributes)


def _arrow(x1: float, y1: float, x2: float, y2: float, stroke: str = INK) -> str:
    """A line with an open head at (x2, y2), in any direction."""
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    a, b = [(x2 - 7 * ux - 4 * s * uy, y2 - 7 * uy + 4 * s * ux) for s in (1, -1)]
    head = f"{a[0]:.1f},{a[1]:.1f} {x2},{y2} {b[0]:.1f},{b[1]:.1f}"
    return line(x1, y1, x2, y2, stroke=stroke, stroke_width=1.5) + tag(
        "polyline", points=head, fill="none", stroke=stroke, stroke_width=1.5
    )
