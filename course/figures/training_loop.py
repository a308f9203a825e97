"""The pictures of unit 7, The training loop."""

from course.figures.sketch import box, line, middle, page
from course.svg import BLUE, GREEN, GREY, INK, PAPER, RED, tag, text

WARM, COOL = "#FFF4CC", "#DCEBF7"


def five_steps() -> str:
    """The five lines of the loop above the two stores they read and change."""
    names = ("forward", "loss", "zero_grad", "backward", "step")
    code = (
        "y_hat = model(X)", "criterion(y_hat, y)", "optimizer.zero_grad()",
        "loss.backward()", "optimizer.step()",
    )  # fmt: skip
    middles = [66 + 127 * i for i in range(5)]
    return page(
        640,
        270,
        "forward, loss, zero_grad, backward and step in a row, above two stores: "
        "the parameters and .grad",
        *(
            box(x - 59, 50, 118, 56, rx=8, fill=WARM, stroke_width=1.5)
            + middle(x, 73, f"{i} {name}", font_weight="bold")
            + middle(x, 94, words, font_size=8.5, font_family="monospace")
            for i, (x, name, words) in enumerate(zip(middles, names, code, strict=True), 1)
        ),
        *(_arrow(x + 59, 78, x + 67, 78) for x in middles[:-1]),
        tag("path", d="M 574 50 V 24 H 66 V 48", fill="none", stroke=INK, stroke_width=1.5),
        _head(66, 50, 0, 1),
        middle(320, 18, "the next round, with the next batch"),
        box(20, 196, 240, 48, fill=COOL, stroke_width=2),
        middle(140, 217, "parameters", font_weight="bold"),
        middle(140, 235, "weights and biases of the model", font_size=11),
        box(286, 196, 224, 48, fill=COOL, stroke_width=2),
        middle(398, 217, ".grad", font_weight="bold"),
        middle(398, 235, "one gradient for each parameter", font_size=11),
        _arrow(66, 196, 66, 108, stroke=BLUE),
        text(74, 156, "reads", fill=INK),
        _arrow(320, 106, 320, 194, stroke=RED, stroke_dasharray="5 4"),
        text(328, 156, "empties", fill=INK),
        _arrow(447, 106, 447, 194, stroke=RED, stroke_dasharray="5 4"),
        text(455, 156, "adds to", fill=INK),
        _arrow(498, 196, 560, 108, stroke=BLUE),
        text(542, 160, "reads", fill=INK),
        tag(
            "path", d="M 596 106 V 258 H 140 V 246", fill="none", stroke=RED,
            stroke_width=2.5, stroke_dasharray="5 4",
        ),
        _head(140, 244, 0, -1),
        text(588, 236, "changes", text_anchor="end", fill=INK),
    )  # fmt: skip


def pencil() -> str:
    """One neuron forward in numbers, and the gradients on the way back under them."""
    return page(
        600,
        226,
        "w 2 times x 3 plus b 1 is 7; minus 10 is -3; squared is 9. Back: 1, -6, -6, then "
        "-18 for w and -6 for b",
        *_cell(70, 40, "w", "2", "−18"),
        *_cell(70, 136, "b", "1", "−6"),
        *_cell(240, 88, "ŷ = 3 w + b", "7", "−6"),
        *_cell(390, 88, "e = ŷ − 10", "−3", "−6"),
        *_cell(530, 88, "loss = e²", "9", "1"),
        *_pair(114, 62, 194, 92, "× 3", above=True),
        *_pair(114, 158, 194, 124, "× 1", above=False),
        *_pair(286, 104, 344, 104, "× 1", above=False),
        *_pair(436, 104, 484, 104, "× 2e", above=False),
        text(196, 24, "the sample: x = 3, target 10", fill=INK, font_weight="bold"),
        text(196, 44, "solid: forward, the numbers", fill=INK),
        text(196, 196, "dashed: backward, the gradients; each is the one", fill=INK),
        text(196, 213, "to its right times the slope at the arrow", fill=INK),
    )


def gaps() -> str:
    """The loop as a ring: zero_grad may stand in every gap but that before step."""
    spots = {"forward": (170, 46), "loss": (430, 46), "backward": (430, 186), "step": (170, 186)}
    return page(
        600,
        240,
        "A ring of forward, loss, backward, step; zero_grad may stand in each gap except "
        "between backward and step",
        *(
            box(x - 55, y - 20, 110, 40, rx=8, fill=WARM, stroke_width=1.5)
            + middle(x, y + 5, name, font_weight="bold")
            for name, (x, y) in spots.items()
        ),
        _arrow(227, 46, 373, 46),
        _arrow(430, 68, 430, 164),
        _arrow(373, 186, 227, 186),
        _arrow(170, 164, 170, 68),
        *_verdict(300, 46, True),
        *_verdict(430, 116, True),
        *_verdict(300, 186, False),
        *_verdict(170, 116, True),
        middle(300, 78, "zero_grad here: as usual"),
        middle(300, 222, "zero_grad here: nothing moves", font_weight="bold"),
        text(452, 114, "zero_grad here:", fill=INK),
        text(452, 130, "as usual", fill=INK),
        text(148, 106, "the last line", text_anchor="end", fill=INK),
        text(148, 122, "or the first:", text_anchor="end", fill=INK),
        text(148, 138, "as usual", text_anchor="end", fill=INK),
    )


def batches() -> str:
    """64 samples in four batches of 16, and 10 samples in batches of 4, 4 and 2."""
    return page(
        520,
        190,
        "64 samples are four batches of 16; 10 samples are batches of 4, 4 and 2",
        text(20, 24, "64 samples, batch size 16: 4 iterations", fill=INK),
        *(
            box(20 + 116 * i, 36, 108, 34, fill=COOL, stroke_width=1.5)
            + middle(74 + 116 * i, 58, "16")
            for i in range(4)
        ),
        text(20, 112, "10 samples, batch size 4: 3 iterations", fill=INK),
        *(
            box(20 + 27 * i + 10 * (i // 4), 124, 24, 34, fill=PAPER if i > 7 else COOL,
                stroke_width=1.5, stroke_dasharray="4 3" if i > 7 else None)
            + middle(32 + 27 * i + 10 * (i // 4), 146, str(i))
            for i in range(10)
        ),
        text(322, 138, "the last batch has 2 samples;", fill=INK),
        text(322, 154, "drop_last leaves it out", fill=INK),
        *(
            middle(x, 178, words, font_size=11)
            for x, words in ((72, "4"), (191, "4"), (281, "2"))
        ),
    )  # fmt: skip


def train_and_test() -> str:
    """400 rows, shuffled and cut into 300 for training and 100 for the test."""
    return page(
        560,
        164,
        "400 shuffled rows: 300 train the model, 100 test it at the end",
        box(20, 20, 360, 36, fill=COOL, stroke_width=1.5),
        middle(200, 43, "training set: 300 rows"),
        box(380, 20, 120, 36, fill=PAPER, stroke_width=1.5, stroke_dasharray="4 3"),
        middle(440, 43, "test set: 100"),
        _arrow(200, 56, 200, 98),
        text(208, 82, "in batches, epoch after epoch", fill=INK),
        _arrow(440, 56, 440, 98),
        text(448, 82, "once, at the end", fill=INK),
        box(120, 100, 160, 44, rx=8, fill=WARM, stroke_width=1.5),
        middle(200, 127, "training loop"),
        _arrow(280, 122, 358, 122),
        middle(319, 114, "model", font_size=11),
        box(360, 100, 140, 44, rx=8, fill=WARM, stroke_width=1.5),
        middle(430, 119, "loss, accuracy,"),
        middle(430, 136, "confusion matrix"),
    )


def _cell(x: float, y: float, name: str, value: str, gradient: str) -> tuple[str, ...]:
    """A box around x with the number of the way forward, and the gradient under it."""
    return (
        middle(x, y - 6, name, font_size=11),
        box(x - 44, y, 88, 26, fill=COOL, stroke_width=1.5),
        middle(x, y + 18, value, font_weight="bold"),
        box(x - 44, y + 26, 88, 26, fill=PAPER, stroke=RED, stroke_dasharray="5 4"),
        middle(x, y + 44, gradient),
    )


def _pair(x1: float, y1: float, x2: float, y2: float, slope: str, above: bool) -> tuple[str, ...]:
    """An arrow forward and a dashed one back below it, with the slope written beside them."""
    return (
        _arrow(x1 + 2, y1, x2, y2),
        _arrow(x2, y2 + 18, x1 + 2, y1 + 18, stroke=RED, stroke_dasharray="5 4"),
        middle((x1 + x2) / 2 + 4, (y1 + y2) / 2 + (-10 if above else 38), slope, font_size=12),
    )


def _verdict(x: float, y: float, allowed: bool) -> tuple[str, ...]:
    """A tick or a cross in a white disc."""
    disc = tag("circle", cx=x, cy=y, r=13, fill=PAPER, stroke=GREY)
    if allowed:
        mark = f"M {x - 6} {y} l 4 5 l 8 -10"
    else:
        mark = f"M {x - 5} {y - 5} l 10 10 M {x - 5} {y + 5} l 10 -10"
    return (
        disc,
        tag("path", d=mark, fill="none", stroke=GREEN if allowed else RED, stroke_width=3),
    )


def _arrow(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> str:
    """A line with an open head at (x2, y2), in any direction."""
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    look = {"stroke_width": 1.5, **attributes}
    return line(x1, y1, x2, y2, **look) + _head(x2, y2, (x2 - x1) / length, (y2 - y1) / length)


def _head(x: float, y: float, ux: float, uy: float) -> str:
    """An open arrow head at (x, y) that points along (ux, uy)."""
    a, b = [(x - 7 * ux - 4 * s * uy, y - 7 * uy + 4 * s * ux) for s in (1, -1)]
    points = f"{a[0]:.1f},{a[1]:.1f} {x},{y} {b[0]:.1f},{b[1]:.1f}"
    return tag("polyline", points=points, fill="none", stroke=INK, stroke_width=1.5)
