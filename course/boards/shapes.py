"""The board of shapes: pick two and an operation, and see the cells line up, stretch or clash."""

from collections.abc import Iterator
from html import escape
from math import prod
from textwrap import wrap

from course.boards.board import Board, warning
from course.boards.chart import FAINT_INK, INK, PAPER, sheet
from course.boards.controls import choice, slider, switch
from course.boards.shape_rules import OPERATIONS, Meeting, Shape, Table, entries, meet
from course.svg import BLUE, GREEN, PURPLE, RED, tag, text

SHAPES = ((), (2,), (3,), (4,), (12,), (1, 3), (3, 1), (4, 1), (3, 2), (3, 4), (4, 3), (2, 6))
_WIDTH, _HEIGHT, _NAME = 44, 28, 24  # of a cell, of a cell, of a table's name, in pixels
_DASHES = "4 3"


class ShapeBoard(Board):
    """Two shapes and an operation on them: the cells line up, are stretched, or clash.

    `operation` is one of `OPERATIONS`, `a` and `b` are in `SHAPES`, and `entry` is the index of
    the entry of the result to point at, by itself the first. Raises ValueError for others.
    """

    moves = False

    def __init__(
        self,
        operation: str = "a + b",
        a: Shape = (4, 3),
        b: Shape = (3,),
        keepdim: bool = False,
        entry: Shape | None = None,
    ):
        given = {"operation": (operation, OPERATIONS), "a": (a, SHAPES), "b": (b, SHAPES)}
        for name, (value, known) in given.items():
            if value not in known:
                raise ValueError(f"{name}={value!r} is not one of {', '.join(map(str, known))}.")
        self.operation = choice("operation", [*OPERATIONS], operation)
        self.a, self.b = choice("shape of a", SHAPES, a), choice("shape of b", SHAPES, b)
        self.keepdim = switch("keepdim=True", keepdim)
        self.entry = slider("entry of the result", (0, 1), 0)
        self._aim()
        known = [value for _, value in self.entry.options]
        if entry not in (None, *known):
            raise ValueError(f"entry={entry!r} is not in the result, which has {known}.")
        self.entry.value = known[0] if entry is None else entry
        for control in (self.operation, self.a, self.b, self.keepdim):
            control.observe(self._aim, "value")
        super().__init__(
            {"operation": self.operation, "a": self.a, "b": self.b},
            {"entry": self.entry, "keepdim": self.keepdim},
        )

    def _question(self) -> tuple[str, Shape, Shape, bool]:
        return self.operation.value, self.a.value, self.b.value, bool(self.keepdim.value)

    def _aim(self, _: object = None) -> None:
        """Offer the entries that the result has now, and only the controls that matter now."""
        old, operation, known = self.entry.value, self.operation.value, entries(*self._question())
        places = known if len(known) > 1 else 2 * (known or [()])  # a slider needs two
        self.entry.options = [(str([*place]), place) for place in places]
        self.entry.value = old if old in known else places[0]
        matters = {self.b: "b" in operation, self.keepdim: "dim" in operation}
        for control, shown in (matters | {self.entry: len(known) > 1}).items():
            control.layout.visibility = "visible" if shown else "hidden"

    def states(self) -> Iterator[Meeting]:
        yield meet(*self._question(), self.entry.value)

    def words(self, state: Meeting) -> str:
        end = f"PyTorch says: {state.error}" if state.error else state.making
        return f"{_head(state)} {_reasons(state)} {end}."

    def says(self, state: Meeting) -> str:
        head, reasons = _head(state), _reasons(state)
        return warning(head, reasons) if state.error else f"<b>{escape(head)}</b> {escape(reasons)}"

    def draw(self, state: Meeting) -> str:
        style = {"font_size": 15, "font_weight": "bold"}
        if state.error:
            style = {"font_size": 12, "font_family": "var(--jp-code-font-family,monospace)"}
        lines = wrap(state.error, 66) or [state.making]
        told = [text(0, 18 * i, line, fill=INK, **style) for i, line in enumerate(lines)]
        cells, width, height = _crossed(state) if " @ " in state.code else _in_a_row(state)
        top, legend = 162 + 18 * len(lines), _legend(state)
        return sheet(
            max(500, width + 4), top + height + (40 if legend else 4),
            (2, 0, _sizes(state)),
            (2, 164, "".join(told)),
            (2, top, cells),
            (2, top + height + 27, legend),
            label=self.words(state),
        )  # fmt: skip


def _head(state: Meeting) -> str:
    into = " and ".join(str(table.shape) for table in state.tables if table.name != "result")
    if state.error:
        return f"{state.code} fails for {into}."
    return (
        f"{state.code}: {into} {'give' if ' and ' in into else 'gives'} {state.tables[-1].shape}."
    )


def _reasons(state: Meeting) -> str:
    columns = [column for column in state.columns if column.kind == "clash" or not state.error]
    says = "; ".join(column.says for column in columns)
    says = f"{says[:1].upper()}{says[1:]}."
    *numbers, made = [prod(table.shape) for table in state.tables]
    if not state.error and prod(numbers) == made > max(numbers):
        says += (
            f" Every number of a meets every one of b: {numbers[0]} and {numbers[1]} make {made}."
        )
    return says


def _sizes(state: Meeting) -> str:
    """The shapes under each other, with a frame around the sizes that meet."""
    names = {table.name: f"{table.name} {table.shape}" for table in state.tables}
    names |= {"b": "b.shape"} if "reshape" in state.code else {}
    rows = {"a": 46, "b": 72, "result": 132}
    parts = [text(0, rows[name], words, fill=INK) for name, words in names.items()]
    for i, column in enumerate(state.columns):
        x, clash = 112 + 128 * (i + max(0, 2 - len(state.columns))), column.kind == "clash"
        parts.append(tag(
            "rect", x=x, y=24, width=120, height=84, rx=4, fill="none",
            stroke=RED if clash else FAINT_INK, stroke_width=3 if clash else 1,
            stroke_dasharray=_DASHES if column.kind == "stretched" else None,
        ))  # fmt: skip
        bold = {"font_weight": "bold"}
        parts.append(_middle(x + 60, 14, column.name, fill=FAINT_INK))
        parts.append(_middle(x + 60, 100, column.verdict, **bold if clash else {}))
        a, b, result = column.sizes
        sizes = (a, b, ("✗" if clash else "") if state.error else result)
        for size, y in zip(sizes, rows.values(), strict=True):
            parts.append(_middle(x + 60, y, str(size), font_size=16, **bold))
    return "".join(parts)


def _legend(state: Meeting) -> str:
    cells = [cell for table in state.tables for row in table.rows for cell in row]
    pointed = "these do not pair up" if state.error else "entry and its sources"
    samples = [((0, True, False), "stretched: read again")] * any(cell[1] for cell in cells)
    samples += [((0, False, True), pointed)] * any(cell[2] for cell in cells)
    return "".join(
        _cell(246 * i, -19, cell, FAINT_INK, "") + text(246 * i + 52, 0, words, fill=INK)
        for i, (cell, words) in enumerate(samples)
    )


def _in_a_row(state: Meeting) -> tuple[str, int, int]:
    """What goes in and what comes out, side by side, or under each other if columns then meet."""
    tables = [_table(table) for table in state.tables] + [_nothing()] * bool(state.error)
    widths, heights = ([table[i] for table in tables] for i in (1, 2))
    clash = state.error and state.columns[-1].name == "columns"
    down = clash or sum(widths) > 670 or "dim=0" in state.code
    signs = [state.code[2], "="] if "b" in state.code else ["↓" if down else "→"]
    x, y, parts = 28 if down else 0, 0, []
    for (markup, width, height), sign in zip(tables, ["", *signs], strict=True):
        parts.append(_middle(x - 16, y + _NAME + 20, sign, font_size=18))
        parts.append(tag("g", markup, transform=f"translate({x} {y})"))
        x, y = (x, y + height + 8) if down else (x + width + 32, y)
    return "".join(parts), x + max(widths) if down else x - 32, y if down else max(heights)


def _crossed(state: Meeting) -> tuple[str, int, int]:
    """A product: b above its result, a to the left of it, so that rows and columns meet there."""
    (a, wide, tall), (b, broad, high) = map(_table, state.tables[:2])
    result, last, deep = _nothing() if state.error else _table(state.tables[2])
    wide, high = wide + 28, high + 4
    places = (a, 0, high), (b, wide, 0), (result, wide, high)
    markup = [tag("g", part, transform=f"translate({x} {y})") for part, x, y in places]
    return "".join(markup), wide + max(broad, last), high + max(tall, deep)


def _table(table: Table) -> tuple[str, int, int]:
    """Markup of a table under its name, and the width and height it takes."""
    colour = {"a": BLUE, "b": PURPLE, "result": GREEN}[table.name]
    name = f"{table.name} {table.shape}"
    parts = [text(0, 16, name, fill=INK, font_weight="bold")]
    # Cells that are pointed at come last: their outlines lie above those of their neighbours.
    for pointed in (False, True):
        for i, row in enumerate(table.rows):
            parts += [
                _cell(_WIDTH * j, _NAME + _HEIGHT * i, cell, colour, str(cell[0]))
                for j, cell in enumerate(row)
                if cell[2] == pointed
            ]
    width = max(_WIDTH * len(table.rows[0]), 9 * len(name))
    return "".join(parts), width, _NAME + _HEIGHT * len(table.rows) + 4


def _cell(x: float, y: float, cell: tuple[int, bool, bool], colour: str, words: str) -> str:
    _, copied, pointed = cell
    box = tag(
        "rect", x=x + 2, y=y + 2, width=_WIDTH - 4, height=_HEIGHT - 4,
        fill=PAPER if copied else colour, fill_opacity=1 if copied else 0.25,
        stroke=INK if pointed else colour, stroke_width=3 if pointed else 1.5,
        stroke_dasharray=_DASHES if copied else None,
    )  # fmt: skip
    style = {
        "font_weight": "bold" if pointed else None,
        "font_size": 12 if len(words) > 3 else None,
    }
    return box + _middle(x + _WIDTH / 2, y + 19, words, **style)


def _nothing() -> tuple[str, int, int]:
    return text(0, _NAME + 18, "✗ no result", fill=INK, font_weight="bold"), 90, _NAME + _HEIGHT


def _middle(x: float, y: float, words: str, **attributes: object) -> str:
    return text(x, y, words, **{"fill": INK, "text_anchor": "middle", **attributes})
