"""Comparisons that explain themselves: what the test cells of the course call.

Every function returns nothing when the check holds and raises `CheckFailed` with one
readable sentence when it does not.
"""

from collections.abc import Callable, Mapping
from numbers import Number
from typing import Any

import torch

from course import beside

Mistakes = Mapping[str, Any]
Curve = Callable[[torch.Tensor], torch.Tensor]
Place = Callable[[tuple[int, ...]], str]


class CheckFailed(AssertionError):
    """A check that did not hold; notebooks show its message alone, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [f"✗ {self}"]


def close(
    actual: Any,
    wanted: torch.Tensor | float,
    name: str = "the result",
    mistakes: Mistakes | None = None,
    rtol: float = 1e-4,
    atol: float = 1e-6,
) -> None:
    """Check that `actual` has the shape, the kind of dtype and the values of `wanted`.

    `wanted` is a tensor of any shape, or a number (then `actual` may be a number or a
    tensor of shape ()). `name` is what the message calls `actual`. `mistakes` maps a
    message to the output that this misconception produces. Values agree when
    |actual - wanted| <= atol + rtol * |wanted|, as in `torch.allclose`.
    Raises CheckFailed.
    """
    _compare(actual, wanted, name, mistakes, lambda index: str(list(index)), rtol, atol)


def curve(
    function: Curve,
    wanted: Curve,
    over: tuple[float, float] = (-4.0, 4.0),
    name: str = "your function",
    mistakes: Mapping[str, Curve] | None = None,
) -> None:
    """Check a function of one variable on 81 points of the range `over`, as `close` does.

    Both functions map a tensor of shape (81,) to one of shape (81,); so do those of `mistakes`.
    A failure draws both curves. Raises CheckFailed.
    """
    low, high = over
    x = (low + (high - low) * torch.arange(81).double() / 80).float()  # hits 0 exactly
    got, want = function(x.clone()), wanted(x)
    try:
        values = {message: wrong(x) for message, wrong in (mistakes or {}).items()}
        _compare(got, want, name, values, lambda index: f"x = {x[index].item():g}")
    except CheckFailed:
        if isinstance(got, torch.Tensor) and got.shape == want.shape:
            beside.show(lambda: beside.curves(x, got, want))
        raise


def boundary(
    classify: Curve,
    wanted: Curve,
    over: tuple[beside.Range, beside.Range] = ((-1.0, 2.0), (-1.0, 2.0)),
    name: str = "your classifier",
    mistakes: Mapping[str, Curve] | None = None,
    agree: float = 1.0,
) -> None:
    """Check a decision between class 0 and class 1 on a grid of 40 x 40 points of the plane.

    The functions map X, shape (1600, 2), to labels 0 or 1 of shape (1600,), of any dtype; `over`
    is the range of each column of X. At least the share `agree` of the labels must be the
    wanted ones. A failure draws both decisions. Raises CheckFailed.
    """
    grid = torch.meshgrid(*(torch.linspace(*ends, 40) for ends in over), indexing="xy")
    X = torch.stack(grid, dim=-1).reshape(-1, 2)
    got, want = _tensor(classify(X.clone()), X, name), wanted(X).bool()
    if got.shape != want.shape:
        raise CheckFailed(f"{name} gives shape {tuple(got.shape)}, not {tuple(want.shape)}.")
    if not bool(((got == 0) | (got == 1)).all()):
        raise CheckFailed(f"{name} gives other labels than 0 and 1.")
    got = got.cpu().bool()
    share = (got == want).double().mean().item()
    if share >= agree:
        return
    beside.show(lambda: beside.regions(got.view(40, 40), want.view(40, 40), over))
    for message, wrong in (mistakes or {}).items():
        if torch.equal(got, wrong(X).bool()):
            raise CheckFailed(f"{name}: {message}")
    raise CheckFailed(f"{name} agrees with the wanted classes on {share:.0%} of the plane.")


def equal(
    actual: Any, wanted: Any, name: str = "the result", mistakes: Mistakes | None = None
) -> None:
    """Check that `actual` is exactly `wanted`: a bool, int, str, dtype, device, shape or a
    list, tuple or dict of these; a tuple and a list of the same items are equal, True and 1
    are not. For tensors use `close`. Raises CheckFailed.
    """
    got = _plain(actual)
    if got == _plain(wanted):
        return
    for message, output in (mistakes or {}).items():
        if got == _plain(output):
            raise CheckFailed(f"{name}: {message}")
    raise CheckFailed(f"{name} is {_short(actual)}, not {_short(wanted)}.")


def that(condition: bool, message: str) -> None:
    """Check a condition that no comparison above covers; `message` says what was seen.

    Raises CheckFailed, and TypeError when `condition` is anything but True or False: a
    student's object must never decide by its own truth value.
    """
    if type(condition) is not bool:
        raise TypeError(f"expect.that needs True or False, not {type(condition).__name__}")
    if not condition:
        raise CheckFailed(message)


def raises(
    error: type[BaseException], function: Callable, *arguments: Any, name: str = "the call"
) -> None:
    """Check that `function(*arguments)` raises `error`. Raises CheckFailed."""
    try:
        function(*arguments)
    except error:
        return
    except Exception as other:
        words = f": {other}" if str(other) else "."
        raise CheckFailed(
            f"{name} raised {type(other).__name__}, not {error.__name__}{words}"
        ) from other
    raise CheckFailed(f"{name} raised no error; {error.__name__} was expected.")


def _compare(
    actual: Any,
    wanted: torch.Tensor | float,
    name: str,
    mistakes: Mistakes | None,
    place: Place,
    rtol: float = 1e-4,
    atol: float = 1e-6,
) -> None:
    """What `close` does; `place` says in words which entry an index means."""
    got, want = _tensor(actual, wanted, name), torch.as_tensor(wanted).detach()
    same_kind = not isinstance(wanted, torch.Tensor) or _kind(got) == _kind(want)
    if same_kind and _agree(got, want, rtol, atol):
        return
    for message, output in (mistakes or {}).items():
        if _agree(got, torch.as_tensor(output).detach(), rtol, atol):
            raise CheckFailed(f"{name}: {message}")
    if got.shape != want.shape:
        raise CheckFailed(f"{name} has shape {tuple(got.shape)}, not {tuple(want.shape)}.")
    if not same_kind:
        raise CheckFailed(f"{name} has dtype {got.dtype}, not {want.dtype}.")
    raise CheckFailed(_difference(got, want, name, place, rtol, atol))


def _tensor(actual: Any, wanted: Any, name: str) -> torch.Tensor:
    if actual is None:
        raise CheckFailed(f"{name} is None: does your code end with `return`?")
    if isinstance(actual, torch.Tensor):
        return actual.detach()
    if isinstance(wanted, torch.Tensor) or not isinstance(actual, Number):
        kind = "tensor" if isinstance(wanted, torch.Tensor) else "number"
        raise CheckFailed(f"{name} is of type {type(actual).__name__}, not a {kind}.")
    return torch.as_tensor(actual)


def _kind(tensor: torch.Tensor) -> str:
    if tensor.dtype == torch.bool:
        return "bool"
    return "float" if tensor.is_floating_point() else "integer"


def _near(got: torch.Tensor, want: torch.Tensor, rtol: float, atol: float) -> torch.Tensor:
    return torch.isclose(got.cpu().double(), want.cpu().double(), rtol, atol, equal_nan=True)


def _agree(got: torch.Tensor, want: torch.Tensor, rtol: float, atol: float) -> bool:
    return got.shape == want.shape and bool(_near(got, want, rtol, atol).all())


def _difference(
    got: torch.Tensor, want: torch.Tensor, name: str, place: Place, rtol: float, atol: float
) -> str:
    if got.is_floating_point() and got.isnan().any() and not want.isnan().any():
        return f"{name} contains nan."
    wrong = ~_near(got, want, rtol, atol)
    if got.dim() == 0:
        return f"{name} is {got.item():.6g}, not {want.item():.6g}."
    first = tuple(wrong.nonzero()[0].tolist())
    return (
        f"{name} is {got[first].item():.6g} at {place(first)}, not {want[first].item():.6g} "
        f"({int(wrong.sum())} of {wrong.numel()} values differ)."
    )


def _plain(value: Any) -> Any:
    """`value` as nested tuples in which True and 1, or 1 and 1.0, stay different."""
    if isinstance(value, list | tuple):
        return ("sequence", *map(_plain, value))
    if isinstance(value, dict):
        return ("dict", frozenset((key, _plain(item)) for key, item in value.items()))
    if isinstance(value, torch.Tensor):
        return ("tensor", str(value.dtype), tuple(value.shape), _plain(value.tolist()))
    if value is None or isinstance(value, bool | int | float | str | torch.dtype | torch.device):
        return (type(value).__name__, value)
    return ("object", type(value).__name__, id(value))


def _short(value: Any) -> str:
    if isinstance(value, torch.Tensor):
        return f"a tensor of shape {tuple(value.shape)}"
    text = repr(tuple(value) if isinstance(value, torch.Size) else value)
    return text if len(text) <= 80 else text[:77] + "..."
