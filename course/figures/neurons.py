"""The pictures of unit 2, Neurons."""

from collections.abc import Sequence

from course.figures.sketch import box, line, middle, page
from course.svg import BLUE, GREY, INK, PAPER, RED, YELLOW, tag, text

WARM, COOL = "#FFF4CC", "#DCEBF7"
CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))


def nature() -> str:
    """A nerve cell above an artificial neuron, its parts above the parts that imitate them."""
    signals = [(36, 24, 84, 42), (32, 80, 84, 80), (36, 136, 84, 118)]
    rows = [(200, "x₁", "w₁"), (240, "x₂", "w₂"), (280, "x₃", "w₃")]
    return page(
        560,
        312,
        "A nerve cell, and below it an artificial neuron with corresponding parts",
        *(_arrow(*ends) for ends in signals),
        *(
            line(88, y, 160, 80 + (y - 80) * 0.4, stroke_width=4, stroke=BLUE)
            for y in (42, 80, 118)
        ),
        *(_circle(88, y, 6, fill=YELLOW) for y in (42, 80, 118)),
        line(210, 80, 440, 80, stroke_width=4, stroke=BLUE),
        *(line(440, 80, 476, 80 + dy, stroke_width=3, stroke=BLUE) for dy in (-26, 0, 26)),
        tag("ellipse", cx=194, cy=80, rx=38, ry=28, fill=COOL, stroke=BLUE, stroke_width=2.5),
        middle(194, 85, "cell body"),
        text(84, 24, "contacts", fill=INK),
        text(128, 128, "branches that receive", fill=INK),
        middle(336, 68, "long branch: the pulse"),
        middle(500, 40, "to the next cells"),
        line(10, 160, 550, 160, stroke=GREY, stroke_dasharray="4 4"),
        *(middle(30, y + 5, x) for y, x, _ in rows),
        *(_arrow(42, y, 165, 240 + (y - 240) * 0.3) for y, _, _ in rows),
        *(_tag_on_line(88, 240 + (y - 240) * 0.74, w) for y, _, w in rows),
        _circle(194, 240, 28, fill=COOL),
        middle(194, 245, "sum"),
        middle(194, 307, "bias b"),
        _arrow(194, 293, 194, 271),
        _arrow(222, 240, 280, 240),
        box(282, 218, 110, 44, rx=8, fill=WARM),
        middle(337, 245, "activation"),
        _arrow(392, 240, 466, 240),
        middle(500, 245, "output y"),
    )


def one_neuron() -> str:
    """The neuron with weights 0.5 and 2.0 and bias -4.0 at work on the inputs 5.0 and 1.0."""
    return page(
        520,
        180,
        "5.0 times 0.5 and 1.0 times 2.0, plus -4.0, is 0.5; the sigmoid of 0.5 is 0.62",
        _circle(60, 46, 24),
        middle(60, 51, "5.0"),
        _circle(60, 120, 24),
        middle(60, 125, "1.0"),
        middle(60, 15, "distance"),
        middle(60, 164, "rain"),
        _arrow(84, 50, 233, 78),
        _arrow(84, 116, 233, 92),
        middle(160, 48, "× 0.5 = 2.5"),
        middle(160, 130, "× 2.0 = 2.0"),
        _circle(260, 85, 26, fill=COOL),
        middle(260, 90, "0.5", font_weight="bold"),
        middle(260, 50, "sum z"),
        _arrow(260, 146, 260, 113),
        middle(260, 164, "bias −4.0"),
        _arrow(286, 85, 338, 85),
        box(340, 63, 60, 44, rx=8, fill=WARM),
        middle(370, 91, "σ", font_size=18),
        _arrow(400, 85, 448, 85),
        middle(480, 90, "0.62", font_weight="bold"),
        middle(480, 66, "output y"),
    )


def small_network() -> str:
    """Two inputs, a hidden layer of three neurons, an output layer of one; lines are weights."""
    inputs, hidden, output = [(80, 70), (80, 130)], [(220, y) for y in (44, 100, 156)], (360, 100)
    return page(
        440,
        220,
        "A network of two inputs, three hidden neurons and one output neuron",
        *(line(*start, *end, stroke="#777777") for start in inputs for end in hidden),
        *(line(*start, *output, stroke="#777777") for start in hidden),
        _arrow(378, 100, 416, 100),
        *(
            box(x - 17, y - 17, 34, 34) + middle(x, y + 5, name)
            for (x, y), name in zip(inputs, ("x₁", "x₂"), strict=True)
        ),
        *(_circle(*spot, 18, fill=COOL) for spot in hidden),
        _circle(*output, 18, fill=WARM),
        middle(427, 105, "ŷ"),
        *(
            middle(x, 198, f"{name} layer", font_weight="bold")
            for x, name in ((80, "input"), (220, "hidden"), (360, "output"))
        ),
        *(
            middle(x, 214, words, font_size=11)
            for x, words in ((80, "data, no arithmetic"), (220, "3 neurons"), (360, "1 neuron"))
        ),
    )


def three_gates() -> str:
    """AND, OR and XOR as dots in the plane; a line parts the first two, none the third."""
    return page(
        520,
        200,
        "A line parts the dots of AND and of OR; no line parts those of XOR",
        *_gate(30, "AND", (0, 0, 0, 1), [1.5]),
        *_gate(200, "OR", (0, 1, 1, 1), [0.5]),
        *_gate(370, "XOR", (0, 1, 1, 0), []),
        middle(440, 116, "?", font_size=28),
    )


def two_lines() -> str:
    """The network that computes XOR, and the two lines that its hidden neurons draw."""
    inputs, hidden, output = [(40, 70), (40, 130)], [(150, 60), (150, 140)], (250, 100)
    return page(
        500,
        200,
        "Two hidden perceptrons draw two lines; XOR is 1 between them",
        *(_arrow(*start, end[0] - 28, end[1]) for start in inputs for end in hidden),
        *(_arrow(start[0] + 28, start[1], output[0] - 27, output[1]) for start in hidden),
        *(
            box(x - 17, y - 17, 34, 34) + middle(x, y + 5, name)
            for (x, y), name in zip(inputs, ("x₁", "x₂"), strict=True)
        ),
        *(
            _circle(x, y, 29, fill=COOL) + middle(x, y - 2, "at least") + middle(x, y + 13, count)
            for (x, y), count in zip(hidden, "12", strict=True)
        ),
        _circle(*output, 26, fill=WARM),
        middle(250, 105, "output"),
        *_gate(340, "XOR", (0, 1, 1, 0), [0.5, 1.5]),
        middle(410, 120, "1 here", font_size=11),
    )


def _gate(
    left: float, name: str, targets: Sequence[int], borders: Sequence[float]
) -> tuple[str, ...]:
    """The square of inputs with its dots, and a line x1 + x2 = c for every c in `borders`."""
    x0, y0, side = left + 30, 156, 80

    def place(x1: float, x2: float) -> tuple[float, float]:
        return x0 + side * x1, y0 - side * x2

    return (
        line(*place(-0.2, 0), *place(1.35, 0), stroke=GREY),
        line(*place(0, -0.2), *place(0, 1.35), stroke=GREY),
        *(
            line(
                *place(c - 1.25 if c > 1 else -0.25, 1.25 if c > 1 else c + 0.25),
                *place(1.25 if c > 1 else c + 0.25, c - 1.25 if c > 1 else -0.25),
                stroke=RED,
                stroke_width=2.5,
            )
            for c in borders
        ),
        *(
            _circle(*place(*corner), 8, fill=INK if target else PAPER)
            for corner, target in zip(CORNERS, targets, strict=True)
        ),
        middle(x0 + side / 2, 24, name, font_weight="bold"),
        middle(x0 + side * 1.35 + 2, y0 + 16, "x₁"),
        middle(x0 - 14, y0 - side * 1.25, "x₂"),
    )


def _circle(x: float, y: float, radius: float, fill: str = PAPER) -> str:
    return tag("circle", cx=x, cy=y, r=radius, fill=fill, stroke=INK, stroke_width=1.5)


def _tag_on_line(x: float, y: float, words: str) -> str:
    frame = box(x - 14, y - 10, 28, 20, rx=4, fill=YELLOW)
    return frame + middle(x, y + 5, words)


def _arrow(x1: float, y1: float, x2: float, y2: float) -> str:
    """A line with an open head at (x2, y2), in any direction."""
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    a, b = [(x2 - 7 * ux - 4 * s * uy, y2 - 7 * uy + 4 * s * ux) for s in (1, -1)]
    head = f"{a[0]:.1f},{a[1]:.1f} {x2},{y2} {b[0]:.1f},{b[1]:.1f}"
    return line(x1, y1, x2, y2, stroke_width=1.5) + tag(
        "polyline", points=head, fill="none", stroke=INK, stroke_width=1.5
    )
