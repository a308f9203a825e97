"""What happens when two shapes meet in an operation: PyTorch's numbers or its error, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product, zip_longest
from math import prod

import torch

Shape = tuple[int, ...]
OPERATIONS = {
    "a + b": lambda a, b, keepdim: a + b,
    "a * b": lambda a, b, keepdim: a * b,
    "a @ b": lambda a, b, keepdim: a @ b,
    "a.sum()": lambda a, b, keepdim: a.sum(),
    "a.sum(dim=0)": lambda a, b, keepdim: a.sum(dim=0, keepdim=keepdim),
    "a.sum(dim=1)": lambda a, b, keepdim: a.sum(dim=1, keepdim=keepdim),
    "a.reshape(b.shape)": lambda a, b, keepdim: a.reshape(b.shape),
}


@dataclass(frozen=True)
class Column:
    """Sizes that stand under each other, and what follows from them in a word and in words."""

    name: str
    sizes: tuple[object, object, object]  # of a, of b, of the result; "" for no part in it
    verdict: str
    says: str
    kind: str = "equal"  # or "stretched", or "clash"


@dataclass(frozen=True)
class Table:
    """A tensor as it lies on the page: rows of (number, is it a copy, is it pointed at)."""

    name: str
    shape: Shape
    rows: Sequence[Sequence[tuple[int, bool, bool]]]


@dataclass(frozen=True)
class Meeting:
    """An operation, as a reader would type it: its result, or PyTorch's error."""

    code: str
    columns: Sequence[Column]
    tables: Sequence[Table]  # what goes in, as it is used; then the result, if there is one
    making: str  # how the entry pointed at is made
    error: str


def entries(operation: str, a: Shape, b: Shape, keepdim: bool) -> list[Shape]:
    """The indices of the result's entries; none where the shapes clash."""
    result, _ = _compute(operation, *_numbers(a, b), keepdim)
    return [] if result is None else [*product(*map(range, result.shape))]


def meet(operation: str, a: Shape, b: Shape, keepdim: bool, entry: Shape | None) -> Meeting:
    """Let PyTorch compute on 1, 2, 3 … in shape `a` and 10, 20, 30 … in shape `b`.

    `entry` is the index of the result's entry to point at; any other index means the first.
    """
    names = ["a", "b"] if operation[1] == " " else ["a"]
    shapes, tensors, making = [a, b][: len(names)], _numbers(a, b), ""
    result, error = _compute(operation, *tensors, keepdim)
    if result is not None and operation in ("a + b", "a * b"):
        tensors = torch.broadcast_tensors(*tensors)
    tensors = [tensor.clone().requires_grad_() for tensor in tensors]
    inputs = tensors[: len(names)]
    marks = [torch.zeros_like(tensor) for tensor in inputs]
    if result is None and operation == "a @ b":  # the first row and column that should meet
        marks[0][(0,) * (len(a) - 1)], marks[1][(..., 0)[: len(b)]] = 1, 1
    if result is not None:
        result, _ = _compute(operation, *tensors, keepdim)
        entry = entry if entry in product(*map(range, result.shape)) else (0,) * result.ndim
        # The numbers that an entry is made of are those it has a gradient for.
        marks = [*torch.autograd.grad(result[entry], inputs), torch.zeros_like(result)]
        marks[-1][entry] = 1
        names, inputs, shapes = [*names, "result"], [*inputs, result], [*shapes, result.shape]
        making = _making(operation, entry, inputs, marks)
    upright = operation == "a @ b" and len(b) == 1  # then b is used as a column
    tables = [
        _table(name, tuple(shape), tensor, mark, upright and name != "a")
        for name, shape, tensor, mark in zip(names, shapes, inputs, marks, strict=True)
    ]
    code = operation.replace("b.shape", str(b)[1:-1].rstrip(",") or "()")
    if keepdim and "dim" in operation:
        code = code.replace(")", ", keepdim=True)")
    return Meeting(code, _columns(operation, a, b, keepdim), tables, making, error)


def _numbers(*shapes: Shape) -> list[torch.Tensor]:
    """1, 2, 3 … in the first shape, 10, 20, 30 … in the second."""
    return [
        10.0**power * torch.arange(1, prod(shape) + 1).reshape(shape)
        for power, shape in enumerate(shapes)
    ]


def _compute(
    operation: str, a: torch.Tensor, b: torch.Tensor, keepdim: bool
) -> tuple[torch.Tensor | None, str]:
    try:
        return OPERATIONS[operation](a, b, keepdim), ""
    except (RuntimeError, IndexError) as error:
        return None, f"{type(error).__name__}: {error}"


def _making(
    operation: str, entry: Shape, tensors: Sequence[torch.Tensor], marks: Sequence[torch.Tensor]
) -> str:
    """The entry as a sum of what it is made of: "result[1] = 2 + 5 = 7"."""
    pairs = zip(tensors, marks, strict=True)
    *made_of, (value,) = [[f"{n:.0f}" for n in t[mark != 0].tolist()] for t, mark in pairs]
    if operation in ("a * b", "a @ b"):
        terms = [" × ".join(pair) for pair in zip(*made_of, strict=True)]
    else:
        terms = [number for part in made_of for number in part]
    if len(terms) > 5:
        terms[3:-1] = ["…"]
    sides = [f"result{[*entry] or ''}", " + ".join(terms), value]
    return " = ".join(sides if sides[1] != value else sides[::2])


def _table(
    name: str, shape: Shape, tensor: torch.Tensor, mark: torch.Tensor, upright: bool
) -> Table:
    """`tensor` as rows; its numbers outside of `shape`, the one it came with, are copies."""
    own_rows, own_columns = _grid(shape, upright)
    numbers, points = (t.reshape(_grid(t.shape, upright)).tolist() for t in (tensor, mark != 0))
    rows = [
        [(int(n), i >= own_rows or j >= own_columns, points[i][j]) for j, n in enumerate(row)]
        for i, row in enumerate(numbers)
    ]
    return Table(name, shape, rows)


def _grid(shape: Shape, upright: bool) -> Shape:
    """Rows and columns on the page; a single size lies flat unless it is `upright`."""
    return (*shape, 1) if upright and len(shape) == 1 else (1, 1, *shape)[-2:]


def _columns(operation: str, a: Shape, b: Shape, keepdim: bool) -> list[Column]:
    if operation == "a @ b":
        return _paired(a, b)
    if operation == "a.reshape(b.shape)":
        return _counted(a, b)
    dim = int(operation[10]) if "dim" in operation else None
    columns = _aligned(a, b) if operation in ("a + b", "a * b") else _summed(a, dim, keepdim)
    says = "a single number has no sizes to compare"
    return columns or [Column("sizes", ("–", "–", "–"), "none", says)]


def _aligned(a: Shape, b: Shape) -> list[Column]:
    """Sizes under each other, aligned at the right."""
    columns = []
    for name, (x, y) in zip(("columns", "rows"), zip_longest(a[::-1], b[::-1]), strict=False):
        small, size = ("a", y) if (x or 0) < (y or 0) else ("b", x)
        if x == y:
            verdict, says, kind = "equal", "equal", "equal"
        elif (x or 1) == (y or 1):
            verdict, says, kind = "equal", "which counts as 1", "equal"
        elif 1 in (x or 1, y or 1):
            verdict, says, kind = f"{small} stretched", f"so {small} is stretched", "stretched"
        else:
            verdict, says, kind = f"clash: {x} and {y}", "and neither is 1: a clash", "clash"
        says = f"{name}: {x or 'no size'} meets {y or 'no size'}, {says}"
        columns.append(Column(name, (x or "–", y or "–", size), verdict, says, kind))
    return columns[::-1]


def _paired(a: Shape, b: Shape) -> list[Column]:
    """A row of a meets a column of b: the inner sizes; the outer ones stay."""
    x, y = a[-1:], b[:1]
    row = "a row of a" if len(a) > 1 else "a, used as a row,"
    column = "a column of b" if len(b) > 1 else "b, used as a column,"
    if not (x and y):
        says = "a single number has neither rows nor columns: use * instead of @"
        sizes, verdict, kind = (*(x or "–"), *(y or "–"), ""), "clash", "clash"
    elif x == y:
        says = f"{row} and {column} have {x[0]} numbers each, whose products are added up"
        sizes, verdict, kind = (*x, *y, "–"), "equal", "equal"
    else:
        says = f"{row} has {x[0]} numbers, {column} has {y[0]}: they do not pair up"
        sizes, verdict, kind = (*x, *y, ""), f"clash: {x[0]} and {y[0]}", "clash"
    inner = Column("inner sizes", sizes, verdict, says, kind)
    rows = [Column("rows of a", (n, "", n), "stays", f"the {n} rows of a stay") for n in a[:-1]]
    columns = [
        Column("columns of b", ("", n, n), "stays", f"the {n} columns of b stay") for n in b[1:]
    ]
    return [*rows, inner, *columns]


def _summed(a: Shape, dim: int | None, keepdim: bool) -> list[Column]:
    """The dimension that is named disappears, or keeps the size 1."""
    columns = []
    for i, size in enumerate(a):
        if dim in (None, i):
            left, says = (1, "and 1 is kept") if keepdim and dim is not None else ("–", "and goes")
            says = f"dim {i}, of size {size}, is added up {says}"
            columns.append(Column(f"dim {i}", (size, "", left), "added up", says))
        else:
            says = f"dim {i}, of size {size}, stays"
            columns.append(Column(f"dim {i}", (size, "", size), "stays", says))
    if dim is not None and dim >= max(len(a), 1):
        says = f"the shape {a} has no dim {dim}, because counting starts at 0"
        columns.append(Column(f"dim {dim}", ("–", "", ""), "not there", says, "clash"))
    return columns


def _counted(a: Shape, b: Shape) -> list[Column]:
    """As many numbers must fit into the new shape as there are."""
    x, y = prod(a), prod(b)
    if x == y:
        says = f"{x} numbers fill {y} places row by row, in the same order"
        return [Column("numbers", (x, y, y), "equal", says)]
    says = f"{x} numbers cannot fill {y} places, and reshape neither adds nor drops any"
    return [Column("numbers", (x, y, ""), f"clash: {x} and {y}", says, "clash")]
