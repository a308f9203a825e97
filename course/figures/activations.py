"""The pictures of unit 3, Activations."""

from collections.abc import Callable
from math import exp, tanh

from course.figures.sketch import page
from course.svg import BLUE, CYAN, GREEN, GREY, INK, PURPLE, RED, tag, text

Curve = Callable[[float], float]

PANEL_WIDTH, PANEL_HEIGHT = 180, 104
REACH = 4.0


def collapse() -> str:
    """Two linear layers shrink to one; with a bend between them they do not."""
    label = "Two linear layers are replaced by one; with a bend between them they stay two"
    upper, lower = 30, 116
    return page(
        470,
        172,
        label,
        *_chain(upper, ["layer 1", "layer 2"]),
        _middle(312, 61, "=", 26),
        _box(342, upper, 110, 44, CYAN),
        _middle(397, upper + 19, "one layer"),
        _middle(397, upper + 36, "does the same", 11),
        *_chain(lower, ["layer 1", "", "layer 2"]),
        tag(
            "polyline",
            points="132,150 154,150 174,126",
            fill="none",
            stroke=RED,
            stroke_width=3,
        ),
        _middle(153, lower - 6, "bend", 12),
        _middle(397, lower + 27, "two layers stay two", 12),
    )


def two_ends() -> str:
    """Sigmoid and tanh, and their slopes with that of ReLU in a third panel."""
    slopes = [
        (lambda x: float(x > 0), GREEN, "7 3"),
        (lambda x: 1 - tanh(x) ** 2, PURPLE, None),
        (lambda x: _sigmoid(x) * (1 - _sigmoid(x)), RED, "2 3"),
    ]
    left, top = 416, 22
    notes = [(146, 38, "ReLU"), (40, 56, "tanh"), (122, 68, "sigmoid")]
    return page(
        616,
        142,
        "Graphs of sigmoid and tanh, and the slopes of sigmoid, tanh and ReLU",
        _panel(16, top, "sigmoid: 0 to 1", [(_sigmoid, BLUE, None)], -1.7, 2.0),
        _panel(216, top, "tanh: −1 to 1", [(tanh, BLUE, None)], -1.7, 2.0),
        _panel(left, top, "slopes", slopes, -0.35, 1.3),
        *(text(left + x, top + y, words, font_size=11, fill=INK) for x, y, words in notes),
    )


def left_sides() -> str:
    """ReLU, leaky ReLU and ELU: equal on the right, different on the left."""
    curves = {
        "ReLU: 0 and up": lambda x: max(0.0, x),
        "leaky ReLU, slope 0.1": lambda x: x if x > 0 else 0.1 * x,
        "ELU: above −1": lambda x: x if x > 0 else exp(x) - 1,
    }
    return page(
        616,
        142,
        "Graphs of ReLU, leaky ReLU and ELU",
        *(
            _panel(16 + 200 * index, 22, title, [(curve, BLUE, None)], -1.7, 2.0)
            for index, (title, curve) in enumerate(curves.items())
        ),
    )


def softmax_steps() -> str:
    """One sample's logits, their exps, and the shares that division by the sum leaves."""
    logits = [2.0, 1.0, 0.0]
    powers = [exp(value) for value in logits]
    shares = [power / sum(powers) for power in powers]
    columns = [
        (24, "logits", logits, 30.0, "{:.0f}"),
        (170, "exp", powers, 8.6, "{:.2f}"),
        (316, "shares, sum 1", shares, 90.0, "{:.2f}"),
    ]
    return page(
        440,
        160,
        "Logits 2, 1, 0; exps 7.39, 2.72, 1.00; shares 0.67, 0.24, 0.09",
        *(_bars(*column) for column in columns),
        _arrow(128, 164, 80),
        _arrow(274, 310, 80),
        _middle(292, 70, "÷ 11.11", 11),
    )


def _sigmoid(x: float) -> float:
    return 1 / (1 + exp(-x))


def _box(x: float, y: float, width: float, height: float, fill: str = "#DCEBF7") -> str:
    return tag(
        "rect", x=x, y=y, width=width, height=height, rx=6, fill=fill, stroke=BLUE, stroke_width=1.5
    )


def _middle(x: float, y: float, words: str, size: int = 13) -> str:
    return text(x, y, words, text_anchor="middle", font_size=size, fill=INK)


def _head(x: float, y: float) -> str:
    return tag("polygon", points=f"{x},{y} {x - 9},{y - 4} {x - 9},{y + 4}", fill=INK)


def _arrow(start: float, end: float, y: float) -> str:
    line = tag("line", x1=start, y1=y, x2=end - 8, y2=y, stroke=INK, stroke_width=1.5)
    return line + _head(end, y)


def _chain(y: float, names: list[str]) -> list[str]:
    """x, an arrow, then boxes joined by arrows; the last box ends at 282."""
    width = 86 if len(names) == 2 else 64
    step = (282 - 36 - width) / (len(names) - 1)
    lefts = [36 + step * index for index in range(len(names))]
    ends = [left + width for left in lefts]
    middle = y + 22
    return [
        text(6, middle + 4, "x", font_style="italic", fill=INK),
        _arrow(17, lefts[0] - 1, middle),
        *(_box(left, y, width, 44) for left in lefts),
        *(
            _middle(left + width / 2, middle + 5, name)
            for left, name in zip(lefts, names, strict=True)
        ),
        *(
            _arrow(end + 1, left - 1, middle)
            for end, left in zip(ends[:-1], lefts[1:], strict=True)
        ),
    ]


def _panel(
    x: float,
    y: float,
    title: str,
    curves: list[tuple[Curve, str, str | None]],
    low: float,
    high: float,
) -> str:
    """Axes from -4 to 4 and from `low` to `high`, with curves that leave at the top."""

    def across(value: float) -> float:
        return x + PANEL_WIDTH * (value + REACH) / (2 * REACH)

    def up(value: float) -> float:
        return y + PANEL_HEIGHT * (high - value) / (high - low)

    def path(curve: Curve) -> str:
        spots = [(REACH * step / 100, curve(REACH * step / 100)) for step in range(-100, 101)]
        return " ".join(f"{across(a):.1f},{up(b):.1f}" for a, b in spots if b <= high)

    return "".join(
        [
            _middle(x + PANEL_WIDTH / 2, y - 6, title, 12),
            tag("rect", x=x, y=y, width=PANEL_WIDTH, height=PANEL_HEIGHT, fill="none", stroke=GREY),
            _axis(x, up(0), x + PANEL_WIDTH, up(0)),
            _axis(across(0), y, across(0), y + PANEL_HEIGHT),
            _axis(across(0) - 4, up(1), across(0) + 4, up(1)),
            text(across(0) - 14, up(1) + 4, "1", font_size=11, fill=INK),
            text(x + 3, y + PANEL_HEIGHT - 4, "−4", font_size=11, fill=INK),
            text(x + PANEL_WIDTH - 10, y + PANEL_HEIGHT - 4, "4", font_size=11, fill=INK),
            *(
                tag(
                    "polyline",
                    points=path(curve),
                    fill="none",
                    stroke=colour,
                    stroke_width=2.5,
                    stroke_dasharray=dashes,
                )
                for curve, colour, dashes in curves
            ),
        ]
    )


def _axis(x1: float, y1: float, x2: float, y2: float) -> str:
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=INK, stroke_width=0.8)


def _bars(x: float, title: str, values: list[float], scale: float, form: str) -> str:
    ground = 122
    return "".join(
        [
            _middle(x + 48, 18, title),
            _axis(x, ground, x + 96, ground),
            *(
                tag(
                    "rect",
                    x=x + 6 + 30 * index,
                    y=ground - scale * value,
                    width=24,
                    height=scale * value,
                    fill=BLUE,
                )
                for index, value in enumerate(values)
            ),
            *(
                _middle(x + 18 + 30 * index, ground - scale * value - 5, form.format(value), 11)
                for index, value in enumerate(values)
            ),
            *(_middle(x + 18 + 30 * index, ground + 15, str(index), 11) for index in range(3)),
            _middle(x + 48, ground + 30, "class", 11),
        ]
    )
