"""The board of shapes, against PyTorch; and in a real JupyterLab by keyboard alone."""

import re
from itertools import product
from xml.etree import ElementTree

import pytest
import torch
from playwright.sync_api import expect

from course.boards.shape_rules import OPERATIONS
from course.boards.shapes import SHAPES, ShapeBoard
from tests.lab import lab

MINUTE = 60_000  # ms
ELEMENTWISE, SUM = ("a + b", "a * b"), "a.sum(dim=1)"


@pytest.fixture(autouse=True)
def no_page(monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


def torch_says(operation, a, b, keepdim=False):
    """What PyTorch computes from the line as a reader would type it, or its error."""
    a = torch.arange(1, torch.Size(a).numel() + 1).reshape(a)
    b = 10 * torch.arange(1, torch.Size(b).numel() + 1).reshape(b)
    line = operation.replace("b.shape", "*b.shape" if b.ndim else "()")
    try:
        return eval(line.replace(")", f", keepdim={keepdim})") if "dim" in line else line)
    except (RuntimeError, IndexError) as error:
        return f"{type(error).__name__}: {error}"


def picture(board):
    return ElementTree.fromstring(board.picture.value)


def written(board):
    """Every line of text on the picture."""
    return [element.text or "" for element in picture(board).iter() if element.tag.endswith("text")]


def rows_of(board, name):
    table = next(t for t in board.runner.state.tables if t.name == name)
    return [[number for number, _, _ in row] for row in table.rows]


def pointed_at(board, name):
    table = next(t for t in board.runner.state.tables if t.name == name)
    return [number for row in table.rows for number, _, pointed in row if pointed]


def copies(board, name):
    table = next(t for t in board.runner.state.tables if t.name == name)
    return sum(copy for row in table.rows for _, copy, _ in row)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_pair_of_shapes_gives_pytorchs_numbers_or_its_error_with_a_reason(operation):
    board = ShapeBoard(operation)
    for (a, b), keepdim in product(product(SHAPES, SHAPES), (False, True)):
        board.a.value, board.b.value, board.keepdim.value = a, b, keepdim
        wanted, state = torch_says(operation, a, b, keepdim), board.runner.state
        clash = any(column.kind == "clash" for column in state.columns)
        assert not board.runner.error
        if isinstance(wanted, str):
            assert clash and state.error == wanted
            assert wanted in board.words(state)
            assert "".join(wanted.split()) in "".join("".join(written(board)).split())
            assert "✗ no result" in written(board)
        else:
            assert not clash and not state.error
            assert [n for row in rows_of(board, "result") for n in row] == wanted.flatten().tolist()
            assert state.tables[-1].shape == wanted.shape
            sizes = [column.sizes[2] for column in state.columns]
            if "reshape" not in operation:
                assert tuple(size for size in sizes if size != "–") == wanted.shape
            assert {str(n) for n in wanted.flatten().tolist()} <= set(written(board))
    board.close()


@pytest.mark.parametrize("operation", ELEMENTWISE)
def test_stretched_cells_are_those_that_pytorch_reads_again(operation):
    for a, b in product(SHAPES, SHAPES):
        board = ShapeBoard(operation, a, b)
        if not board.runner.state.error:
            size = torch.broadcast_shapes(a, b).numel()
            assert copies(board, "a") == size - torch.Size(a).numel()
            assert copies(board, "b") == size - torch.Size(b).numel()
            assert copies(board, "result") == 0
        board.close()


def test_the_trap_makes_sixteen_sums_where_four_were_meant():
    board = ShapeBoard("a + b", a=(4,), b=(4, 1))
    assert rows_of(board, "result") == [[10 * i + j for j in range(1, 5)] for i in range(1, 5)]
    assert board.words(board.runner.state) == (
        "a + b: (4,) and (4, 1) give (4, 4). Rows: no size meets 4, so a is stretched; columns: "
        "4 meets 1, so b is stretched. Every number of a meets every one of b: 4 and 4 make 16. "
        "result[0, 0] = 1 + 10 = 11."
    )
    dashed = [e for e in picture(board).iter() if e.get("stroke-dasharray")]
    assert len(dashed) == 12 + 12 + 2 + 1  # copies of a, of b, two columns of sizes, the legend


def test_a_clash_names_the_two_sizes_and_keeps_pytorchs_own_words():
    board = ShapeBoard("a * b", a=(4, 3), b=(4,))
    assert board.words(board.runner.state) == (
        "a * b fails for (4, 3) and (4,). Columns: 3 meets 4, and neither is 1: a clash. "
        "PyTorch says: RuntimeError: The size of tensor a (3) must match the size of tensor b (4) "
        "at non-singleton dimension 1."
    )
    assert "clash: 3 and 4" in written(board)
    assert "<b>a * b fails for (4, 3) and (4,).</b>" in board.status.value


def test_a_product_points_at_the_row_and_the_column_that_meet():
    board = ShapeBoard("a @ b", a=(4, 3), b=(3, 2), entry=(2, 1))
    assert pointed_at(board, "a") == [7, 8, 9]
    assert pointed_at(board, "b") == [20, 40, 60]
    assert pointed_at(board, "result") == [1000]
    assert "result[2, 1] = 7 × 20 + 8 × 40 + 9 × 60 = 1000" in written(board)


def test_a_product_that_fails_points_at_a_row_and_a_column_that_do_not_pair_up():
    board = ShapeBoard("a @ b", a=(3, 2), b=(4, 3))
    assert pointed_at(board, "a") == [1, 2]
    assert pointed_at(board, "b") == [10, 40, 70, 100]
    assert "A row of a has 2 numbers, a column of b has 4" in board.status.value


@pytest.mark.parametrize(
    ("keepdim", "shape", "rows"),
    [(False, (4,), [[6, 15, 24, 33]]), (True, (4, 1), [[6], [15], [24], [33]])],
)
def test_keepdim_keeps_a_size_of_1_and_the_sums_upright(keepdim, shape, rows):
    board = ShapeBoard(SUM, keepdim=keepdim)
    assert board.runner.state.tables[-1].shape == shape
    assert rows_of(board, "result") == rows
    assert pointed_at(board, "a") == [1, 2, 3]


def test_a_reshape_keeps_the_order_and_needs_as_many_places_as_numbers():
    board = ShapeBoard("a.reshape(b.shape)", a=(12,), b=(3, 4), entry=(1, 2))
    assert pointed_at(board, "a") == pointed_at(board, "result") == [7]
    assert board.words(board.runner.state).startswith("a.reshape(3, 4): (12,) gives (3, 4).")
    board.b.value = (4, 1)
    assert "12 numbers cannot fill 4 places" in board.status.value


def test_every_control_changes_the_picture():
    board = ShapeBoard("a.sum(dim=1)", a=(4, 3), b=(3,))
    pictures = [board.picture.value]
    for name, value in (
        ("keepdim", True), ("a", (3, 4)), ("entry", (1, 0)), ("operation", "a @ b"), ("b", (4, 1)),
    ):  # fmt: skip
        board.controls[name].value = value
        pictures.append(board.picture.value)
    assert len(set(pictures)) == len(pictures)


def test_only_the_controls_that_matter_are_on_the_page():
    board = ShapeBoard()

    def seen():
        return {n for n, c in board.controls.items() if c.layout.visibility == "visible"}

    assert seen() == {"b", "entry"}
    board.operation.value = SUM
    assert seen() == {"keepdim", "entry"}
    board.operation.value = "a.sum()"
    assert seen() == set()


def test_the_entry_stays_where_it_is_while_the_result_has_it():
    board = ShapeBoard("a + b", (4, 3), (3,), entry=(3, 1))
    board.b.value = (4, 3)
    assert board.entry.value == (3, 1)
    assert [place for _, place in board.entry.options] == [*product(range(4), range(3))]
    board.b.value = (4,)
    board.b.value = (3,)
    assert board.entry.value == (0, 0)


@pytest.mark.parametrize(
    "setting",
    [
        {}, {"a": (4,), "b": (4, 1), "entry": (2, 3)}, {"operation": "a * b", "b": (4,)},
        {"operation": SUM, "keepdim": True, "entry": (3, 0)}, {"operation": "a.sum()"},
        {"operation": "a @ b", "a": (1, 3), "b": (3, 1)}, {"operation": "a @ b", "a": ()},
    ],
)  # fmt: skip
def test_the_line_of_python_makes_the_same_board_anew(setting):
    board = ShapeBoard(**setting)
    again = eval(board.python())
    assert again._repr_mimebundle_() == board._repr_mimebundle_()


def test_without_a_page_there_are_words_an_image_and_a_picture():
    bundle, other = (ShapeBoard()._repr_mimebundle_() for _ in range(2))
    assert bundle == other
    assert bundle["text/plain"].startswith("ShapeBoard(operation='a + b', a=(4, 3), b=(3,), ")
    assert bundle["text/html"].startswith('<img alt="ShapeBoard(')
    label = ElementTree.fromstring(bundle["image/svg+xml"]).get("aria-label")
    assert bundle["text/plain"].endswith(label)


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ({"operation": "a / b"}, "operation='a / b' is not one of a [+] b, "),
        ({"a": (5, 5)}, r"a=\(5, 5\) is not one of \(\), \(2,\), "),
        ({"b": (4, 3), "entry": (4, 0)}, r"entry=\(4, 0\) is not in the result"),
    ],
)
def test_what_the_board_does_not_have_is_refused_in_one_sentence(setting, says):
    with pytest.raises(ValueError, match=says):
        ShapeBoard(**setting)


@pytest.mark.browser
def test_by_keyboard_alone_shapes_are_picked_and_no_letter_reaches_the_notebook(tmp_path):
    cell = "from course.boards.shapes import ShapeBoard\nShapeBoard()"
    with lab(tmp_path) as student:
        student.show(cell)
        page, board = student.page, student.page.locator(".fp-board")
        board.wait_for(timeout=2 * MINUTE)
        student.idle()
        cells, picture = page.locator(".jp-Cell").count(), board.locator(".fp-picture svg")
        errors = []
        page.on("pageerror", lambda error: errors.append(error))

        def shows(words):
            expect(picture).to_have_attribute("aria-label", re.compile(re.escape(words)))

        shows("(4, 3) and (3,) give (4, 3)")
        entry = board.get_by_role("slider", name="entry of the result")
        entry.focus()
        page.keyboard.press("ArrowRight")
        expect(entry).to_have_attribute("aria-valuetext", "[0, 1]")
        shows("result[0, 1] = 2 + 20 = 22")
        page.keyboard.press("b")

        board.get_by_role("combobox", name="shape of b").focus()
        page.keyboard.press("b")
        page.keyboard.press("ArrowDown")
        shows("Columns: 3 meets 4, and neither is 1: a clash.")
        expect(entry).to_be_hidden()
        page.keyboard.press("ArrowUp")
        shows("(4, 3) and (3,) give (4, 3)")
        expect(entry).to_have_attribute("aria-valuetext", "[0, 0]")

        board.get_by_role("combobox", name="operation").focus()
        for words in ("a * b:", "a @ b:", "a.sum():", "a.sum(dim=0):"):
            page.keyboard.press("ArrowDown")
            shows(words)
        board.get_by_role("checkbox", name="keepdim=True").focus()
        page.keyboard.press("b")
        page.keyboard.press("Space")
        shows("a.sum(dim=0, keepdim=True): (4, 3) gives (1, 3).")
        entry.focus()
        page.keyboard.press("End")
        shows("result[0, 2] = 3 + 6 + 9 + 12 = 30")
        assert errors == []
        assert page.locator(".jp-Cell").count() == cells
