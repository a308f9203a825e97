"""The figures of unit 8: a neuron, its line, the training cycle, and the shape of the loss."""

from course.svg import BLUE, GREEN, GREY, INK, PAPER, PURPLE, RED, YELLOW, picture, tag, text


def container() -> str:
    """Stands for sn-fig9: the model as a container that a distance enters and a time leaves."""
    return _paper(
        400,
        130,
        "A box named model. A distance in miles enters it, a time in minutes leaves it.",
        _box(140, 30, 120, 70, BLUE),
        _middle(200, 60, "model", font_weight="bold"),
        _middle(200, 82, "layers, in order", font_size=12),
        _arrow(85, 65, 136, 65),
        _arrow(264, 65, 315, 65),
        _middle(45, 62, "distance"),
        _middle(45, 79, "(miles)", font_size=12),
        _middle(355, 62, "time"),
        _middle(355, 79, "(minutes)", font_size=12),
    )


def sequential() -> str:
    """Stands for sn-fig10: nn.Sequential as a frame whose one place holds nn.Linear(1, 1)."""
    return _paper(
        400,
        170,
        "A frame named nn.Sequential holds one box, layer 0, nn.Linear with 1 input and 1 output.",
        _box(75, 18, 250, 100, GREY, stroke_dasharray="6 4"),
        text(87, 38, "nn.Sequential", font_size=12),
        _box(115, 50, 170, 50, BLUE),
        _middle(200, 72, "nn.Linear(1, 1)", font_family="monospace", font_weight="bold"),
        _middle(200, 91, "layer 0", font_size=12),
        _arrow(14, 75, 111, 75),
        _arrow(289, 75, 386, 75),
        _middle(130, 140, "first 1:", font_weight="bold"),
        _middle(130, 158, "features in", font_size=12),
        _middle(270, 140, "second 1:", font_weight="bold"),
        _middle(270, 158, "outputs out", font_size=12),
    )


def neuron() -> str:
    """Stands for sn-fig11: one neuron, distance times weight plus bias, with numbers."""
    return _paper(
        400,
        150,
        "5 miles times the weight 3 gives 15, plus the bias 7 gives 22 minutes.",
        _circle(45, 60, 30, PAPER, INK),
        _middle(45, 65, "5.0"),
        _middle(45, 112, "distance", font_size=12),
        _arrow(77, 60, 126, 60),
        _box(130, 38, 60, 44, BLUE),
        _middle(160, 65, "× 3.0"),
        _middle(160, 112, "weight", font_size=12),
        _arrow(192, 60, 226, 60),
        _box(230, 38, 60, 44, YELLOW),
        _middle(260, 65, "+ 7.0"),
        _middle(260, 112, "bias", font_size=12),
        _arrow(292, 60, 323, 60),
        _circle(358, 60, 30, PAPER, INK),
        _middle(358, 65, "22.0"),
        _middle(358, 112, "time", font_size=12),
        tag("rect", x=110, y=14, width=200, height=112, rx=10, fill="none", stroke=INK,
            stroke_dasharray="6 4"),
        _middle(210, 143, "the neuron: nn.Linear(1, 1)", font_size=12),
    )  # fmt: skip


def line() -> str:
    """Stands for sn-fig12: the line a neuron draws through the four deliveries."""
    points = [(5.0, 22.2), (6.0, 25.6), (8.0, 31.0), (10.0, 38.5)]

    def at(miles: float, minutes: float) -> tuple[float, float]:
        return 55 + 30 * miles, 165 - 3.6 * minutes

    def line_at(miles: float) -> tuple[float, float]:
        return at(miles, 6.137 + 3.198 * miles)

    (x0, y0), (x1, y1), (x2, y2) = line_at(0), line_at(10.8), line_at(2)
    (x3, y3) = line_at(4)
    return _paper(
        400,
        200,
        "Four deliveries and the straight line nearest to them. It meets the vertical axis at the "
        "bias. Over 2 miles it climbs by 2 times the weight.",
        *_axes(55, 165, 385, 15, "distance (miles)", "time (minutes)"),
        *[_middle(55 + 30 * m, 180, str(m), font_size=11) for m in (0, 2, 4, 6, 8, 10)],
        *[text(48, 169 - 3.6 * t, str(t), font_size=11, text_anchor="end") for t in (0, 20, 40)],
        _line(x0, y0, x1, y1, BLUE, stroke_width=2.5),
        *[_circle(*at(*point), 5, RED, INK) for point in points],
        _circle(x0, y0, 4, PAPER, INK),
        text(64, 160, "bias: the time at 0 miles", font_size=12),
        _line(x2, y2, x3, y2, INK, stroke_dasharray="3 3"),
        _line(x3, y2, x3, y3, INK, stroke_dasharray="3 3"),
        _middle((x2 + x3) / 2, y2 + 15, "2 miles", font_size=12),
        text(x3 + 7, y2 - 6, "2 × weight (minutes)", font_size=12),
    )


def cycle() -> str:
    """Stands for sn-fig13: the places of the loss and of the optimizer in the training cycle."""
    return _paper(
        400,
        190,
        "A cycle of four boxes: the model makes predictions; the loss compares them with the true "
        "times; backward gives one gradient for each parameter; the optimizer moves the "
        "parameters of the model.",
        *_station(15, 20, "model", "weight and bias", BLUE),
        *_station(255, 20, "loss function", "far from the true times?", RED),
        *_station(255, 125, "gradients", "which way is up?", YELLOW),
        *_station(15, 125, "optimizer", "a step downhill", GREEN),
        _arrow(147, 42, 251, 42),
        _middle(199, 34, "predictions", font_size=12),
        _arrow(320, 67, 320, 121),
        text(312, 98, "backward()", font_size=12, text_anchor="end"),
        _arrow(253, 147, 149, 147),
        _middle(201, 165, "step()", font_size=12),
        _arrow(80, 123, 80, 69),
        text(90, 98, "new values", font_size=12),
    )


def bowl() -> str:
    """The loss over weight and bias, from above: ellipses with a steep and a flat direction."""
    lean = "rotate(-8 200 92)"  # of the flat direction, away from the axis of the bias
    rings = [
        tag("ellipse", cx=200, cy=92, rx=18 * size, ry=72 * size, fill="none", stroke=BLUE,
            stroke_width=1.5, transform=lean)
        for size in (0.25, 0.5, 0.75, 1)
    ]  # fmt: skip
    return _paper(
        400,
        200,
        "Ellipses around the best weight and bias, high and narrow, leaning a little to the left. "
        "The steep direction crosses them, the flat direction runs along them.",
        *_axes(60, 168, 340, 12, "weight", "bias"),
        *rings,
        _arrow(200, 92, 246, 85.5, PURPLE),
        _arrow(200, 92, 190.5, 24, RED),
        _circle(200, 92, 3.5, INK, INK),
        text(252, 88, "steep: λ_max", font_size=12),
        text(180, 22, "flat: λ_min", font_size=12, text_anchor="end"),
        text(252, 130, "the dot: the best line", font_size=12),
    )


def split() -> str:
    """Rows cut into a training set, which gives mean and std, and a test set, which gets them."""
    return _paper(
        460,
        170,
        "A table of deliveries cut in two. Mean and standard deviation come from the training "
        "rows alone and scale both the training rows and the test rows.",
        _box(20, 15, 130, 95, BLUE),
        _middle(85, 58, "training rows", font_weight="bold"),
        _middle(85, 76, "learn from these", font_size=12),
        _box(20, 114, 130, 42, YELLOW, stroke_dasharray="6 4"),
        _middle(85, 132, "test rows", font_weight="bold"),
        _middle(85, 149, "look once, at the end", font_size=11),
        _arrow(152, 62, 203, 62),
        _box(207, 35, 95, 54, GREEN),
        _middle(254, 58, "mean, std"),
        _middle(254, 76, "of training", font_size=12),
        _arrow(304, 62, 345, 62),
        _box(349, 40, 95, 44, BLUE),
        _middle(396, 67, "scaled"),
        tag("path", d="M254 91 V135", stroke=INK, stroke_width=1.5, fill="none"),
        _arrow(152, 135, 345, 135),
        _box(349, 114, 95, 42, YELLOW, stroke_dasharray="6 4"),
        _middle(396, 139, "scaled"),
    )


def _paper(width: int, height: int, label: str, *children: str) -> str:
    paper = tag("rect", width=width, height=height, fill=PAPER)
    return picture(width, height, paper, *children, label=label, fill=INK)


def _middle(x: float, y: float, words: str, **attributes: object) -> str:
    return text(x, y, words, text_anchor="middle", **attributes)


def _box(x: float, y: float, width: float, height: float, colour: str, **attributes: object) -> str:
    """A rounded box: a pale fill and a strong border of the same colour."""
    return tag("rect", x=x, y=y, width=width, height=height, rx=8, fill=colour, fill_opacity=0.15,
               stroke=colour, stroke_width=2, **attributes)  # fmt: skip


def _circle(x: float, y: float, radius: float, fill: str, stroke: str) -> str:
    return tag("circle", cx=x, cy=y, r=radius, fill=fill, stroke=stroke, stroke_width=1.5)


def _line(x0: float, y0: float, x1: float, y1: float, colour: str, **attributes: object) -> str:
    return tag("line", x1=x0, y1=y0, x2=x1, y2=y1, stroke=colour, **attributes)


def _arrow(x0: float, y0: float, x1: float, y1: float, colour: str = INK) -> str:
    """An arrow from (x0, y0) to (x1, y1), its head drawn by hand: no marker, no shared id."""
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    dx, dy = (x1 - x0) / length, (y1 - y0) / length
    corners = [(x1, y1), (x1 - 8 * dx - 4 * dy, y1 - 8 * dy + 4 * dx),
               (x1 - 8 * dx + 4 * dy, y1 - 8 * dy - 4 * dx)]  # fmt: skip
    head = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    shaft = _line(x0, y0, x1 - 7 * dx, y1 - 7 * dy, colour, stroke_width=1.5)
    return shaft + tag("polygon", points=head, fill=colour)


def _axes(x0: float, y0: float, x1: float, y1: float, across: str, up: str) -> list[str]:
    turned = f"rotate(-90 16 {(y0 + y1) / 2})"
    return [
        _line(x0, y0, x1, y0, INK, stroke_width=1.5),
        _line(x0, y0, x0, y1, INK, stroke_width=1.5),
        _middle((x0 + x1) / 2, y0 + 30, across, font_size=12),
        _middle(16, (y0 + y1) / 2, up, font_size=12, transform=turned),
    ]


def _station(x: float, y: float, name: str, question: str, colour: str) -> list[str]:
    """A named place of the training cycle and the question it answers."""
    return [
        _box(x, y, 130, 45, colour),
        _middle(x + 65, y + 19, name, font_weight="bold"),
        _middle(x + 65, y + 36, question, font_size=11),
    ]
