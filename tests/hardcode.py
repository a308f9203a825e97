"""An answer made by machine that knows what the visible checks ask, and nothing else.

The reference solution is run under the visible checks, and a tape is kept of each of its functions
and methods: what it was given, what it returned or raised, and what it changed in place. Then the
tapes take the solution's place. Asked what a tape knows, it does the same again; asked anything
else, it does what it did last.
"""

import ast
import copy
import functools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from types import FunctionType, GeneratorType, MethodType, ModuleType
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from tests.bank import Exercise

ATOMS = (bool, int, float, complex, str, bytes, type, torch.dtype, torch.device, type(None))
Reached = dict[int, Any]  # every object a value consists of, by its id


def answer(exercise: "Exercise") -> str:
    """The code of the answer that repeats what the visible checks of `exercise` ask."""
    kinds = ast.FunctionDef | ast.ClassDef
    names = [node.name for node in ast.parse(exercise.solution).body if isinstance(node, kinds)]
    return (
        f"{exercise.solution}\n"
        "from tests import hardcode\n"
        f"hardcode.imitate(globals(), {names!r}, {exercise.visible!r})\n"
    )


def imitate(cell: dict[str, Any], names: list[str], visible: str) -> None:
    """Replace the functions and classes called `names` in `cell` by tapes of the visible checks."""
    copier = Copier()
    for name in names:
        if isinstance(cell[name], type):
            copier.cover_class(cell[name])
        cell[name] = copier.cover(cell[name])
    with torch.random.fork_rng(devices=[]):
        try:
            exec(compile(visible, "<cell>", "exec"), cell)
        except Exception as error:
            print(f"The checks did not get through the recording: {error!r}")
    copier.recording = False


@dataclass
class Step:
    """What came of a call, or of one turn of a generator."""

    given: tuple[list[Any], dict[str, Any]]  # the arguments as they were afterwards
    result: Any
    changed: set[int | str]  # which arguments were changed in place
    slopes: list[tuple[torch.Tensor, list[torch.Tensor]]]  # of the result, by the tensors given


@dataclass
class Take:
    """One call: the arguments it can be known by, and what came of it."""

    asked: Any
    steps: list[Step] = field(default_factory=list)
    error: Exception | None = None
    is_generator: bool = False


class Copier:
    """Makes functions that record what they do, and repeat it when `recording` is over."""

    def __init__(self) -> None:
        self.recording = True
        self._inside = False  # a call from the solution to itself is nothing that a check sees

    def cover(self, value: Any) -> Any:
        """`value`, with a tape in place of each function that it is or holds."""
        if isinstance(value, FunctionType):
            return self._cover_function(value)
        if type(value) in (list, tuple):
            return type(value)(map(self.cover, value))
        return value

    def cover_class(self, cls: type) -> None:
        """Put a tape in place of each method of `cls`, which stays the same class."""
        for name, value in list(vars(cls).items()):
            if isinstance(value, FunctionType):
                setattr(cls, name, self._cover_function(value))
            elif isinstance(value, staticmethod | classmethod):
                setattr(cls, name, type(value)(self._cover_function(value.__func__)))
            elif isinstance(value, property):
                setattr(cls, name, value.getter(self._cover_function(value.fget)))

    def _cover_function(self, function: Callable) -> Callable:
        takes: list[Take] = []
        count: Counter = Counter()

        @functools.wraps(function)
        def covered(*args: Any, **kwargs: Any) -> Any:
            if self._inside:
                return function(*args, **kwargs)
            given = [list(a) if isinstance(a, GeneratorType) else a for a in args], kwargs
            asked = _prints(given)
            if self.recording:
                takes.append(Take(asked))
                return self._record(function, takes[-1], given)
            count[asked] += 1
            known = [take for take in takes if take.asked == asked][: count[asked]]
            likely = known or [take for take in takes if not take.error] or takes
            return _repeat(likely[-1], given) if takes else None

        return covered

    def _record(self, function: Callable, take: Take, given: tuple) -> Any:
        args, kwargs = given
        try:
            result = self._run(function, *args, **kwargs)
        except Exception as error:
            take.error, result = error, None
        take.is_generator = isinstance(result, GeneratorType)
        if take.is_generator:
            return self._record_turns(result, take, given)
        result = self.cover(result)
        take.steps.append(self._run(_step, take.asked, given, result))
        if take.error:
            raise take.error
        return result

    def _record_turns(self, generator: Iterator, take: Take, given: tuple) -> Iterator:
        over = object()
        while (item := self._run(next, generator, over)) is not over:
            take.steps.append(self._run(_step, take.asked, given, item))
            yield item

    def _run(self, function: Callable, *args: Any, **kwargs: Any) -> Any:
        self._inside = True
        try:
            return function(*args, **kwargs)
        finally:
            self._inside = False


def _step(asked: Any, given: tuple, result: Any) -> Step:
    changed = {name for name, now in _prints(given) if (name, now) not in asked}
    inputs, reached = _reached(given), _reached((given, result))
    fixed = {i: o for i, o in reached.items() if isinstance(o, GeneratorType | ModuleType)}
    grown = {i: o for i, o in reached.items() if isinstance(o, torch.Tensor) and not o.is_leaf}
    cut = {i: tensor.detach().clone().requires_grad_() for i, tensor in grown.items()}
    slopes = [
        (cut[i], [_slope(tensor, leaf) for leaf in _traced(inputs)])
        for i, tensor in grown.items()
        if i not in inputs
    ]
    memo = fixed | cut
    given, result = copy.deepcopy((given, result), memo)
    for i, leaf in reached.items():
        if i in memo and isinstance(leaf, torch.Tensor) and leaf.is_leaf and leaf.grad is not None:
            memo[i].grad = leaf.grad.clone()
    return Step(given, result, changed, slopes)


def _slope(tensor: torch.Tensor, leaf: torch.Tensor) -> torch.Tensor:
    """The slope of each number of `tensor` by each of `leaf`; shape (numbers, *leaf.shape)."""
    numbers = tensor.flatten()
    rows = [
        torch.autograd.grad(number, leaf, retain_graph=True, materialize_grads=True)[0]
        for number in numbers[:100]
    ]
    return torch.stack(rows + [torch.zeros_like(leaf)] * (len(numbers) - len(rows)))


def _repeat(take: Take, given: tuple) -> Any:
    """Do to the arguments `given` what was done in `take`, and return what it returned."""
    if take.is_generator:
        return (_redo(step, given) for step in take.steps)
    result = _redo(take.steps[0], given)
    if take.error:
        raise take.error
    return result


def _redo(step: Step, given: tuple) -> Any:
    memo: dict[int, Any] = {}
    after = dict(_named(step.given))
    now = dict(_named(given))
    with torch.no_grad():
        for name in sorted(after.keys() & now.keys(), key=step.changed.__contains__):
            _become(now[name], after[name], memo, name in step.changed)
    leaves = _traced(_reached(given))
    for tensor, slopes in step.slopes:
        copied = tensor.detach().clone()
        for leaf, slope in zip(leaves, slopes, strict=False):
            fits = slope.shape[1:] == leaf.shape
            nothing = (leaf - leaf.detach()).flatten()  # but with a slope of 1
            copied = copied + (slope.flatten(1) @ nothing).view_as(copied) if fits else copied
        memo[id(tensor)] = copied if leaves else copied.requires_grad_()
    return copy.deepcopy(step.result, memo)


def _traced(reached: Reached) -> list[torch.Tensor]:
    return [o for o in reached.values() if isinstance(o, torch.Tensor) and o.requires_grad]


def _become(live: Any, after: Any, memo: dict[int, Any], change: bool) -> None:
    """Let `live` stand for `after` in `memo`, part by part; make it equal if it is to `change`."""
    if id(after) in memo:
        return
    memo[id(after)] = live
    if isinstance(live, torch.Tensor):
        if change and live.shape == after.shape:
            live.copy_(after)
            if live.is_leaf:
                live.grad = copy.deepcopy(after.grad)
    elif isinstance(live, torch.Generator):
        if change:
            live.set_state(after.get_state())
    elif isinstance(live, dict):
        keys = {memo.get(id(key), key): value for key, value in after.items()}
        parts = {key: _part(live.get(key), value, memo, change) for key, value in keys.items()}
        if change:
            live.clear()
            live.update(parts)
    elif isinstance(live, list | tuple):
        pairs = list(zip_longest(live, after))[: len(after)]
        parts = [_part(old, new, memo, change) for old, new in pairs]
        if change and isinstance(live, list):
            live[:] = parts
    elif hasattr(live, "__dict__") and not isinstance(live, type | FunctionType | ModuleType):
        _become(_attributes(live), _attributes(after), memo, change)


def _part(live: Any, after: Any, memo: dict[int, Any], change: bool) -> Any:
    """`live` as `after`, or a copy of `after` where `live` is something else."""
    alike = type(live) is type(after) and not isinstance(live, ATOMS)
    if alike and getattr(live, "shape", None) == getattr(after, "shape", None):
        _become(live, after, memo, change)
        return live
    return copy.deepcopy(after, memo) if change else None


def _named(given: tuple) -> Iterator[tuple[int | str, Any]]:
    args, kwargs = given
    yield from enumerate(args)
    yield from kwargs.items()


def _prints(given: tuple) -> tuple[tuple[int | str, Any], ...]:
    """What the arguments look like, one by one, as plain values that can be compared."""
    return tuple((name, _print(value, {})) for name, value in _named(given))


def _reached(value: Any) -> Reached:
    reached: Reached = {}
    _print(value, reached)
    return reached


def _print(value: Any, reached: Reached) -> Any:
    """What `value` looks like, as a plain value; `reached` collects the objects it consists of."""
    if isinstance(value, ATOMS):
        return type(value).__name__, repr(value)
    if id(value) in reached:
        return "again"
    reached[id(value)] = value
    kind = type(value).__qualname__
    if isinstance(value, torch.Tensor):
        grad = value.grad if value.is_leaf else None
        content = str(value.dtype), tuple(value.shape), str(value.tolist()), value.requires_grad
        return kind, *content, _print(grad, reached)
    if isinstance(value, torch.Generator):
        return kind, str(value.get_state().tolist())
    if isinstance(value, dict):
        return kind, *((_print(k, reached), _print(v, reached)) for k, v in value.items())
    if isinstance(value, list | tuple | set):
        return kind, *(_print(item, reached) for item in value)
    if isinstance(value, FunctionType):
        cells = [cell.cell_contents for cell in value.__closure__ or ()]
        return kind, value.__code__, _print(cells, reached)
    if isinstance(value, MethodType):
        return kind, _print(value.__func__, reached), _print(value.__self__, reached)
    return kind, getattr(value, "__name__", ""), _print(_attributes(value), reached)


def _attributes(value: Any) -> dict[str, Any]:
    if isinstance(value, torch.optim.Optimizer):  # the others come and go
        return {"param_groups": value.param_groups, "state": value.state}
    return getattr(value, "__dict__", {})
