"""The pictures of unit 1, Tensors."""

from collections.abc import Callable, Sequence

from course.figures.sketch import box, line, middle, page
from course.svg import BLUE, CYAN, GREY, INK, PAPER, RED, YELLOW, tag, text

Rows = Sequence[Sequence[str]]

INPUTS = [["5.0"], ["6.0"], ["8.0"], ["10.0"]]
TIMES = [["22.2"], ["25.6"], ["31.0"], ["38.5"]]
FEATURES = [
    ["5.0", "9.0", "0.0"],
    ["6.0", "12.0", "0.0"],
    ["8.0", "14.0", "1.0"],
    ["10.0", "18.0", "1.0"],
]
CELL_WIDTH, CELL_HEIGHT = 46, 26
WARM, COOL, PALE = "#FFF4CC", "#DCEBF7", "#EEEEEE"
FRAME = {"stroke": RED, "stroke_width": 2.5}


def containers() -> str:
    """sn-fig2: loose delivery notes on the left, two tensors that order them, the model."""
    notes = [
        (14, 52, "5 miles: 22.2 min"),
        (22, 84, "8 miles: 31.0 min"),
        (8, 116, "6 miles: 25.6 min"),
        (20, 148, "10 miles: 38.5 min"),
    ]
    return page(
        480,
        176,
        "Loose notes become two tensors, and the model reads the tensors",
        *(_paper(x, y, words) for x, y, words in notes),
        _arrow(160, 108, 192, 108),
        _brackets(206, 52, INPUTS),
        _cells(206, 52, INPUTS),
        _brackets(290, 52, TIMES),
        _cells(290, 52, TIMES),
        _arrow(350, 108, 382, 108),
        box(392, 78, 76, 54, rx=8),
        middle(430, 110, "model"),
        middle(78, 26, "notes", font_weight="bold"),
        middle(229, 26, "inputs", font_weight="bold"),
        middle(313, 26, "times", font_weight="bold"),
    )


def example_tensors() -> str:
    """sn-fig3: the tensors `inputs` and `times` side by side; a row in both is one delivery."""
    rows = [48 + CELL_HEIGHT * index for index in range(4)]
    return page(
        400,
        166,
        "inputs holds 5, 6, 8 and 10 miles; times holds 22.2, 25.6, 31.0 and 38.5 minutes",
        middle(153, 26, "inputs (miles)", font_weight="bold"),
        middle(293, 26, "times (minutes)", font_weight="bold"),
        *(text(20, y + 18, f"delivery {index}", fill=INK) for index, y in enumerate(rows)),
        _brackets(130, 48, INPUTS),
        _cells(130, 48, INPUTS),
        *(line(190, y + 13, 256, y + 13, stroke_dasharray="3 3") for y in rows),
        _brackets(270, 48, TIMES),
        _cells(270, 48, TIMES),
    )


def outer_brackets() -> str:
    """sn-fig4: the tensor as typed, its outer pair of brackets large: the batch."""
    return page(
        400,
        120,
        "The outer brackets hold all four samples: the batch",
        _code(40, 56, "[", 34, BLUE, "bold"),
        *(_code(64 + 72 * index, 52, f"[{row[0]}]", 18) for index, row in enumerate(INPUTS)),
        *(_code(120 + 72 * index, 52, ",", 18) for index in range(3)),
        _code(348, 56, "]", 34, BLUE, "bold"),
        _brace(40, 360, 74, BLUE),
        middle(200, 106, "outer brackets: the batch (4 samples)", font_weight="bold"),
    )


def inner_brackets() -> str:
    """sn-fig5: the same tensor, one inner pair of brackets framed: a sample."""
    return page(
        400,
        120,
        "Each inner pair of brackets holds one sample; the third, 8.0, is framed",
        box(205, 26, 58, 38, rx=6, fill=WARM, **FRAME),
        _code(40, 54, "[", 24),
        *(
            _code(64 + 72 * index, 52, f"[{row[0]}]", 18, weight="bold" if index == 2 else None)
            for index, row in enumerate(INPUTS)
        ),
        *(_code(120 + 72 * index, 52, ",", 18) for index in range(3)),
        _code(348, 54, "]", 24),
        line(234, 64, 234, 86, stroke=RED, stroke_width=2),
        middle(234, 104, "inner brackets: one sample", font_weight="bold"),
    )


def one_sample() -> str:
    """sn-fig6: a sample of three features, each with its name and unit."""
    features = [
        (140, "8.0", "distance", "miles"),
        (200, "14.0", "time of day", "hour"),
        (260, "1.0", "weather", "1 = rain"),
    ]
    spots = [(60, 0), (200, 1), (340, 2)]
    return page(
        400,
        150,
        "The sample [8.0, 14.0, 1.0]: distance in miles, hour of the day, weather",
        _code(104, 46, "[", 24),
        *(_code(x, 44, number, 18, anchor="middle") for x, number, _, _ in features),
        *(_code(x, 44, ",", 18) for x in (161, 225)),
        _code(284, 46, "]", 24),
        *(line(features[index][0], 56, x, 92) for x, index in spots),
        *(middle(x, 110, features[index][2], font_weight="bold") for x, index in spots),
        *(middle(x, 130, features[index][3]) for x, index in spots),
    )


def batch_table() -> str:
    """sn-fig7: a batch of four such samples as a table: rows samples, columns features."""
    names = ["distance", "hour", "rain"]
    return page(
        400,
        180,
        "A batch of four samples with three features: a table of four rows and three columns",
        *(
            middle(170 + 62 * index, 26, name, font_weight="bold")
            for index, name in enumerate(names)
        ),
        *(text(40, 54 + CELL_HEIGHT * row, f"sample {row}", fill=INK) for row in range(4)),
        _brackets(139, 36, FEATURES, width=62),
        _cells(139, 36, FEATURES, width=62, shade=lambda row, _: WARM if row == 2 else None),
        box(139, 36 + 2 * CELL_HEIGHT, 186, CELL_HEIGHT, fill="none", **FRAME),
        middle(232, 168, "a row is a sample, a column a feature"),
    )


def dtypes() -> str:
    """sn-fig8: the number 22.2 under float32 (sign, exponent, fraction) and under int64."""
    return page(
        490,
        196,
        "float32 keeps 22.2 in 32 bits; int64 uses 64 bits and keeps only 22",
        text(16, 30, "torch.float32", fill=INK, font_weight="bold"),
        _bits(16, 40, 6.5, "", YELLOW),
        _bits(22.5, 40, 52, "exponent", CYAN),
        _bits(74.5, 40, 149.5, "fraction", PAPER),
        text(232, 57, "32 bits: sign, exponent, fraction", fill=INK),
        text(16, 86, "22.2 is kept as 22.2, to about 7 digits", fill=INK),
        text(16, 126, "torch.int64", fill=INK, font_weight="bold"),
        _bits(16, 136, 6.5, "", YELLOW),
        _bits(22.5, 136, 409.5, "whole number", PAPER),
        text(438, 153, "64 bits", fill=INK),
        text(16, 182, "22.2 does not fit: only 22 is kept", fill=INK),
    )


def reductions() -> str:
    """A 2 by 3 table summed along dim=0 (down, one number a column) and dim=1 (one a row)."""
    rows = [["1", "2", "3"], ["4", "5", "6"]]
    return page(
        400,
        190,
        "sum over dim=0 adds down the columns: 5, 7, 9; over dim=1 along the rows: 6, 15",
        _cells(60, 36, rows),
        *(_arrow(83 + CELL_WIDTH * index, 92, 83 + CELL_WIDTH * index, 116) for index in range(3)),
        _cells(60, 120, [["5", "7", "9"]], shade=lambda *_: COOL),
        middle(129, 170, "sum(dim=0): shape (3,)", font_weight="bold"),
        *(
            _arrow(202, 49 + CELL_HEIGHT * index, 236, 49 + CELL_HEIGHT * index)
            for index in range(2)
        ),
        _cells(242, 36, [["6"], ["15"]], shade=lambda *_: WARM),
        text(230, 110, "sum(dim=1): shape (2,)", fill=INK, font_weight="bold"),
        middle(129, 24, "shape (2, 3)"),
    )


def trap() -> str:
    """A row of shape (4,) minus a column of shape (4, 1): a 4 by 4 table, its diagonal framed."""
    values = [22.2, 25.6, 31.0, 38.5]
    differences = [[f"{a - b:.1f}" for a in values] for b in values]
    left, top, width = 150, 66, 54
    return page(
        400,
        210,
        "Predictions in a row minus targets in a column give 16 differences, not 4",
        middle(left + 2 * width, 18, "y_hat, shape (4,)", font_weight="bold"),
        _cells(left, 28, [[str(value) for value in values]], width=width),
        text(14, 56, "y, shape (4, 1)", fill=INK, font_weight="bold"),
        _cells(88, top, [[str(value)] for value in values], width=width),
        _cells(
            left,
            top,
            differences,
            width=width,
            shade=lambda row, column: WARM if row == column else PALE,
        ),
        *(
            box(
                left + width * index,
                top + CELL_HEIGHT * index,
                width,
                CELL_HEIGHT,
                fill="none",
                **FRAME,
            )
            for index in range(4)
        ),
        middle(left + 2 * width, 194, "y_hat - y, shape (4, 4)", font_weight="bold"),
    )


def product() -> str:
    """X of shape (4, 3) times w of shape (3,): one weighted sum a row, 27.4 for sample 2."""
    return page(
        480,
        180,
        "Row 2 of X, times w number by number and added up, is entry 2 of the result: 27.4",
        middle(99, 24, "X, shape (4, 3)", font_weight="bold"),
        _cells(30, 38, FEATURES, shade=lambda row, _: WARM if row == 2 else None),
        middle(196, 94, "@", font_size=18),
        middle(245, 24, "w, shape (3,)", font_weight="bold"),
        _cells(222, 51, [["3.0"], ["0.1"], ["2.0"]], shade=lambda *_: WARM),
        middle(300, 94, "=", font_size=18),
        middle(380, 24, "X @ w, shape (4,)", font_weight="bold"),
        _cells(
            357,
            38,
            [["15.9"], ["19.2"], ["27.4"], ["33.8"]],
            shade=lambda row, _: WARM if row == 2 else None,
        ),
        middle(240, 168, "8.0 · 3.0  +  14.0 · 0.1  +  1.0 · 2.0  =  27.4"),
    )


def graph() -> str:
    """The chain w, y_hat, loss: solid arrows forward, dashed arrows with factors back."""
    boxes = [(16, "w", "3.0"), (190, "y_hat", "15.0"), (364, "loss", "51.84")]
    return page(
        480,
        150,
        "Forward: w is 3.0, y_hat is 15.0, loss is 51.84. Backward: 1, times -14.4, times 5",
        *(box(x, 46, 100, 52, rx=8) for x, _, _ in boxes),
        *(middle(x + 50, 67, name, font_weight="bold") for x, name, _ in boxes),
        *(middle(x + 50, 88, value) for x, _, value in boxes),
        _arrow(118, 60, 186, 60),
        _arrow(292, 60, 360, 60),
        middle(152, 34, "times 5.0"),
        middle(326, 34, "minus 22.2, squared"),
        _arrow(360, 84, 294, 84, dashed=True),
        _arrow(186, 84, 120, 84, dashed=True),
        middle(152, 106, "× 5.0"),
        middle(326, 106, "× (−14.4)"),
        middle(66, 126, "gradient −72.0"),
        middle(240, 126, "gradient −14.4"),
        middle(414, 126, "gradient 1.0"),
    )


def _code(
    x: float,
    y: float,
    words: str,
    size: int,
    colour: str = INK,
    weight: str | None = None,
    anchor: str | None = None,
) -> str:
    return text(
        x,
        y,
        words,
        font_family="monospace",
        font_size=size,
        fill=colour,
        font_weight=weight,
        text_anchor=anchor,
    )


def _arrow(x1: float, y1: float, x2: float, y2: float, dashed: bool = False) -> str:
    """A line with an open head at (x2, y2); horizontal or vertical."""
    dx, dy = (x2 > x1) - (x2 < x1), (y2 > y1) - (y2 < y1)
    back = [(x2 - 7 * dx + 4 * side * dy, y2 - 7 * dy + 4 * side * dx) for side in (1, -1)]
    head = f"{back[0][0]},{back[0][1]} {x2},{y2} {back[1][0]},{back[1][1]}"
    return line(x1, y1, x2, y2, stroke_width=1.5, stroke_dasharray="4 3" if dashed else None) + tag(
        "polyline", points=head, fill="none", stroke=INK, stroke_width=1.5
    )


def _cells(
    x: float,
    y: float,
    rows: Rows,
    width: int = CELL_WIDTH,
    shade: Callable[[int, int], str | None] = lambda row, column: None,
) -> str:
    """A grid of numbers; `shade(row, column)` is a cell's fill, None for white."""
    return "".join(
        box(
            x + width * column,
            y + CELL_HEIGHT * row,
            width,
            CELL_HEIGHT,
            fill=shade(row, column) or PAPER,
            stroke=GREY,
        )
        + middle(x + width * (column + 0.5), y + CELL_HEIGHT * row + 18, number)
        for row, numbers in enumerate(rows)
        for column, number in enumerate(numbers)
    )


def _brackets(x: float, y: float, rows: Rows, width: int = CELL_WIDTH) -> str:
    """Square brackets around the grid that `_cells` draws at the same place."""
    right, bottom = x + width * len(rows[0]), y + CELL_HEIGHT * len(rows)
    sides = [(x, -6), (right, 6)]
    return "".join(
        tag(
            "polyline",
            fill="none",
            stroke=BLUE,
            stroke_width=2.5,
            points=f"{edge},{y - 4} {edge + out},{y - 4} {edge + out},{bottom + 4} "
            f"{edge},{bottom + 4}",
        )
        for edge, out in sides
    )


def _brace(left: float, right: float, y: float, colour: str) -> str:
    return tag(
        "polyline",
        fill="none",
        stroke=colour,
        stroke_width=2,
        points=f"{left},{y} {left},{y + 8} {right},{y + 8} {right},{y}",
    )


def _paper(x: float, y: float, words: str) -> str:
    """A slip of paper with a line of handwriting on it."""
    return box(x, y - 18, 132, 26, stroke_dasharray="4 2") + text(x + 8, y, words, fill=INK)


def _bits(x: float, y: float, width: float, words: str, colour: str) -> str:
    return box(x, y, width, 26, fill=colour) + middle(x + width / 2, y + 17, words, font_size=11)
