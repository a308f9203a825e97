"""The pictures of unit 4, MLPs."""

from collections.abc import Sequence

from course.figures.sketch import box, line, middle, page
from course.svg import BLUE, GREY, INK, PAPER, RED, tag, text

WARM, COOL = "#FFF4CC", "#DCEBF7"


def chain() -> str:
    """A batch on its way through two hidden layers, with the shapes of data and weights."""
    stations = [
        (56, "X", "(4, 3)", PAPER), (216, "h1", "(4, 5)", COOL),
        (376, "h2", "(4, 2)", COOL), (536, "output", "(4, 1)", WARM),
    ]  # fmt: skip
    ways = [
        (136, "W1 (5, 3)", "b1 (5,)"),
        (296, "W2 ?", "b2 (2,)"),
        (456, "W_out (1, 2)", "b_out (1,)"),
    ]
    under = ["4 samples", "5 neurons", "2 neurons", "1 neuron"]
    return page(
        600,
        150,
        "X (4, 3), h1 (4, 5), h2 (4, 2) and the output (4, 1), joined by weights and biases",
        *(
            box(x - 38, 52, 76, 50, rx=6, fill=fill)
            + middle(x, 72, name, font_weight="bold")
            + middle(x, 92, shape)
            for x, name, shape, fill in stations
        ),
        *(_arrow(x - 40, 77, x + 40, 77) for x, _, _ in ways),
        *(middle(x, 26, weight) + middle(x, 42, bias) for x, weight, bias in ways),
        *(
            middle(x, 124, words, font_size=12)
            for (x, *_), words in zip(stations, under, strict=True)
        ),
    )


def hat() -> str:
    """The curve that exercise 4.2 asks for, with the names of its places and its height."""
    ground, top = 120, 20
    places = [(130, "center − width"), (250, "center"), (370, "center + width")]
    corners = [(40, ground), (130, ground), (250, top), (370, ground), (460, ground)]
    return page(
        500,
        156,
        "0 up to center − width, up to the height at center, down to center + width, then 0",
        line(20, ground, 480, ground, stroke=GREY),
        *(line(x, ground - 4, x, ground + 4) for x, _ in places),
        *(middle(x, ground + 24, words) for x, words in places),
        line(250, top, 250, ground, stroke=GREY, stroke_dasharray="4 4"),
        line(430, top, 430, ground, stroke=INK),
        line(424, top, 436, top),
        line(424, ground, 436, ground),
        text(440, 74, "height", fill=INK),
        line(254, top, 420, top, stroke=GREY, stroke_dasharray="4 4"),
        _path(corners, BLUE),
        text(26, ground - 10, "0", fill=INK),
    )


def folds() -> str:
    """The curves after one, two and three folding layers: one, two and four teeth."""
    names = ["after one fold", "after two folds", "after three folds"]
    return page(
        560,
        170,
        "One tooth after one fold, two after two folds, four after three folds",
        *(_teeth(30 + 180 * place, 2**place, name) for place, name in enumerate(names)),
    )


def registered() -> str:
    """Two modules with the same parts; only registered parts come out at parameters()."""
    loose = [(62, "Linear", "1 → 8"), (134, "Linear", "8 → 1"), (238, "tensor", "scale")]
    kept = [(x + 310, *words) for x, *words in loose]
    return page(
        620,
        220,
        "A plain list and a plain tensor give no parameters; ModuleList and Parameter give five",
        *_module(10, "InAList"),
        *(_part(x, *words, dash="4 3") for x, *words in loose),
        middle(98, 62, "[ a plain list ]"),
        middle(238, 62, "plain tensor"),
        middle(155, 196, "parameters(): nothing", font_weight="bold"),
        *_module(320, "Registered"),
        *(_part(x, *words) for x, *words in kept),
        middle(408, 62, "nn.ModuleList"),
        middle(548, 62, "nn.Parameter"),
        *(_arrow(x, 122, x, 176) for x in (372, 444, 548)),
        *(
            text(x + 5, 154, words, fill=INK, font_size=12)
            for x, words in ((372, "2"), (444, "2"), (548, "1"))
        ),
        middle(465, 196, "parameters(): 5 tensors", font_weight="bold"),
    )


def skip() -> str:
    """The block of exercise 4.9: two linear layers, and a way past them to a plus."""
    boxes = [(150, "linear", COOL), (250, "ReLU", WARM), (350, "linear", COOL)]
    return page(
        520,
        150,
        "x goes through linear, ReLU, linear, and past them; both meet at a plus",
        middle(34, 105, "x", font_weight="bold"),
        line(46, 100, 116, 100, stroke_width=1.5),
        *(
            box(x - 34, 80, 68, 40, rx=6, fill=fill) + middle(x, 105, words)
            for x, words, fill in boxes
        ),
        *(_arrow(*ends) for ends in ((106, 100, 115, 100), (184, 100, 215, 100))),
        _arrow(284, 100, 315, 100),
        _arrow(384, 100, 421, 100),
        _path([(76, 100), (76, 36), (436, 36), (436, 84)], RED),
        _arrow(436, 70, 436, 85),
        middle(256, 28, "skip connection"),
        tag("circle", cx=436, cy=100, r=14, fill=PAPER, stroke=INK, stroke_width=1.5),
        middle(436, 106, "+", font_size=18),
        _arrow(450, 100, 496, 100),
        middle(480, 128, "output"),
    )


def _teeth(left: float, teeth: int, name: str) -> str:
    """The curve with that many teeth over the range from 0 to 1."""
    side, ground = 120, 130
    steps = 2 * teeth
    corners = [
        (left + side * step / steps, ground - (side - 20) * (step % 2)) for step in range(steps + 1)
    ]
    return (
        line(left, ground, left + side, ground, stroke=GREY)
        + line(left, ground - side + 20, left, ground, stroke=GREY)
        + _path(corners, BLUE)
        + line(left - 4, ground - side + 20, left, ground - side + 20, stroke=GREY)
        + middle(left - 11, ground - side + 24, "1", font_size=11)
        + middle(left, ground + 16, "0", font_size=11)
        + middle(left + side, ground + 16, "1", font_size=11)
        + middle(left + side / 2, ground + 32, name)
    )


def _module(left: float, name: str) -> tuple[str, ...]:
    frame = box(left, 34, 290, 102, rx=8)
    return frame, middle(left + 145, 24, name, font_weight="bold")


def _part(x: float, first: str, second: str, dash: str | None = None) -> str:
    fill = PAPER if dash else COOL
    frame = box(x - 32, 74, 64, 46, rx=6, fill=fill, stroke_dasharray=dash)
    return frame + middle(x, 93, first) + middle(x, 111, second)


def _path(corners: Sequence[tuple[float, float]], colour: str) -> str:
    points = " ".join(f"{x:g},{y:g}" for x, y in corners)
    return tag("polyline", points=points, fill="none", stroke=colour, stroke_width=2.5)


def _arrow(x1: float, y1: float, x2: float, y2: float) -> str:
    """A line along an axis with an open head at (x2, y2)."""
    dx, dy = (x2 > x1) - (x2 < x1), (y2 > y1) - (y2 < y1)
    ends = [(x2 - 7 * dx - 4 * s * dy, y2 - 7 * dy - 4 * s * dx) for s in (1, -1)]
    head = f"{ends[0][0]:g},{ends[0][1]:g} {x2:g},{y2:g} {ends[1][0]:g},{ends[1][1]:g}"
    shaft = line(x1, y1, x2, y2, stroke_width=1.5)
    return shaft + tag("polyline", points=head, fill="none", stroke=INK, stroke_width=1.5)
