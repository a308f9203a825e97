"""The loop board: the five lines of a training loop light up as they run, on two moons."""

import sys
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import escape
from threading import Lock, get_ident
from typing import TextIO

import torch
from torch import nn

from course.boards.board import Board, warning
from course.boards.chart import (
    DASHED,
    DOTTED,
    FAINT_INK,
    INK,
    MOST_POINTS,
    Axis,
    Dots,
    Line,
    axis,
    chart,
    legend,
    number,
    sheet,
)
from course.boards.controls import COUNTS, LRS, choice, log_slider, slider, switch
from course.boards.trainer import Trainer
from course.boards.words import story
from course.svg import BLUE, PURPLE, RED, YELLOW, tag, text

CODE = (
    "y_hat = model(X)",
    "loss = criterion(y_hat, y)",
    "optimizer.zero_grad()",
    "loss.backward()",
    "optimizer.step()",
)
FORWARD, LOSS, ZERO_GRAD, BACKWARD, STEP = range(5)
PACES = {"line": 0.8, "iteration": 0.15, "epoch": 0.0}  # seconds that such a step lasts at least
WIDTHS = (1, 2, 5, 10, 20, 50, 100, 200)  # of the charts, in epochs
ROOM = (-0.5, 0.5)  # that the chart of .grad has at least, so that small ones look small


@dataclass(frozen=True)
class Moment:
    """What a loop has done after the line `line` (−1: none yet) of its iteration `iteration`."""

    losses: Sequence[float]  # of the training set, before the first epoch and after each one
    tests: Sequence[float]  # of the test set at the same times
    batches: Sequence[float]  # of each batch, before its step
    grads: Sequence[float]  # .grad of the watched parameter, as backward leaves it
    owns: Sequence[float]  # what of it came from the iteration's own batch
    watched: str  # the name of that parameter
    each: int  # iterations in an epoch
    iteration: int = 0  # in the whole run, from 1 on
    size: int = 0  # points in the batch
    line: int = -1
    did: tuple[tuple, ...] = ()  # what the lines of this iteration did so far, in numbers
    ran: tuple[int, ...] = ()  # the lines that the board's last step ran


class LoopBoard(Trainer):
    """Runs the five lines on two moons, a line, an iteration or an epoch a step (`pace`).

    `model` makes the network: a function without arguments, from 2 features to 2 logits.
    `forget` leaves out `zero_grad`; `batch` and `rows` count the points in a batch and in the
    training set. Raises ValueError for settings that cannot be.
    """

    criterion = "cross-entropy"
    looks = frozenset({"scale", "pace"})

    def __init__(
        self,
        model: Callable[[], nn.Module] | None = None,
        pace: str = "line",
        forget: bool = False,
        lr: float = 0.1,
        epochs: int = 20,
        batch: int = 32,
        rows: int = 300,
        seed: int = 0,
        scale: str = "linear",
    ):
        if isinstance(model, nn.Module) or not (model is None or callable(model)):
            raise ValueError("model must be a function or a class that makes a new network.")
        if pace not in PACES:
            raise ValueError(f"pace is {pace!r}; it must be line, iteration or epoch.")
        if not (lr > 0 and epochs >= 1 and batch >= 1 and 1 <= rows <= 300):
            raise ValueError("lr must be above 0, epochs and batch at least 1, rows 1 to 300.")
        name = getattr(model, "__name__", "")
        self.given = f"model={name if name.isidentifier() else 'model'}" if model else ""
        self._make = model or moon_net
        self.lr = log_slider("lr", (1e-3, 1), LRS, float(lr))
        self.epochs = log_slider("epochs", (1, 500), COUNTS, int(epochs))
        self.seed = slider("seed", range(10), int(seed))
        self.scale = choice("loss axis", ["log", "linear"], scale)
        pace_choice = choice("a step runs one", list(PACES), pace)
        batches = slider("batch size", (4, 8, 16, 32, 64, 128, 300), int(batch))
        points = slider("training points", (10, 20, 40, 100, 200, 300), int(rows))
        Board.__init__(  # and not Trainer's, whose sliders have other ends
            self,
            {"pace": pace_choice, "forget": switch("forget zero_grad", bool(forget))},
            {"lr": self.lr, "epochs": self.epochs},
            {"batch": batches, "rows": points},
            {"seed": self.seed, "scale": self.scale},
        )

    def run(self) -> Iterator[Moment]:
        settings = map(self.at, ("forget", "lr", "epochs", "batch", "rows", "seed"))
        ran: tuple[int, ...] = ()
        for moment in train(self._make, *settings):
            ran += (moment.line,)
            pace, turn = self.at("pace"), moment.line in (-1, STEP)  # read anew: it may change
            epoch = turn and moment.iteration % moment.each == 0
            if {"line": True, "iteration": turn, "epoch": epoch}[pace]:
                yield replace(moment, ran=ran)
                ran = ()

    def rest(self, state: Moment) -> float:
        return PACES[self.at("pace")] or super().rest(state)

    def over(self, state: Moment) -> bool:
        return super().over(state) or len(state.losses) > self.epochs.value

    def says(self, state: Moment) -> str:
        if state.losses[0] != state.losses[0]:
            what = "Its loss is not a number before the first step, so no lr is to blame."
            return warning("The model gives no numbers.", what)
        if super().over(state):
            return super().says(state)
        pace = self.at("pace")
        if self.runner.running:
            return f"The loop runs, one {pace} at a time …"
        if self.fresh:
            return f"Press <b>Step</b> to run one {pace}, or <b>Start</b> to run them all."
        lit, told = self._lit(state), self._told(state)
        return escape(lit if pace == "line" and not self.over(state) else told)

    def words(self, state: Moment) -> str:
        return f"{self._lit(state)} {self._told(state)}"

    def _lit(self, state: Moment) -> str:
        """The line that ran last, where the loop is, and what the line did."""
        epoch, turn = self._counts(state)
        if state.line < 0:
            return f"Before the loop: {epoch}, {turn}."
        return f"E{epoch[1:]}, {turn}, {CODE[state.line]}: {self._effect(state, state.line, 3)}."

    def _told(self, state: Moment) -> str:
        """What became of the losses."""
        told = story(state.losses).replace("The loss", "The training loss")
        if len(state.losses) == 1:
            told = f"Before the first epoch the training loss is {number(state.losses[0])}."
        told = f"{told[:-1]}, the test loss is {number(state.tests[-1])}."
        if self.at("forget") and state.grads:
            told += f" zero_grad is forgotten: .grad is a sum over {len(state.grads):,} iterations."
        return told

    def draw(self, state: Moment) -> str:
        return sheet(
            740, 468,
            (0, 0, self._code(state)),
            (0, 180, self._loss_chart(state)),
            (384, 180, self._grad_chart(state)),
            label=self.words(state),
        )  # fmt: skip

    def _counts(self, state: Moment) -> tuple[str, str]:
        if not state.iteration:
            return f"{self.epochs.value:,} epochs", f"{state.each} iterations in each"
        epoch, turn = divmod(state.iteration - 1, state.each)
        return (
            f"epoch {epoch + 1:,} of {self.epochs.value:,}",
            f"iteration {turn + 1} of {state.each}",
        )

    def _effect(self, state: Moment, line: int, digits: int = 4) -> str:
        """What `line` did in this iteration; nothing when it has not run."""
        if line >= len(state.did):
            return ""
        told = ["None" if n is None else number(n, digits) for n in state.did[line]]
        name = state.watched
        if line == FORWARD:
            return f"first point: logits {' and '.join(told[:-1])}, its class is {told[-1]}"
        if line == LOSS:
            return f"the batch's loss is {told[0]}"
        if line == ZERO_GRAD:
            if self.at("forget"):
                return f"left out: .grad of {name} stays {told[0]}"
            end = "is None already" if told[0] == "None" else f"from {told[0]} to None"
            return f".grad of {name} {end}"
        change = f"({told[1]})" if told[1].startswith("−") else told[1]
        if line == BACKWARD:
            return f".grad of {name}: {told[0]} + {change} = {told[2]}"
        return f"{name}: {told[0]} − {number(self.lr.value)} × {change} = {told[2]}"

    def _code(self, state: Moment) -> str:
        """The loop with the lines of the last step marked, and beside each what it did."""
        epoch, turn = self._counts(state)
        batch = f"{turn}" + f": {state.size} training points" * (state.size > 0)
        rows = [
            ("for epoch in range(epochs):", epoch, False),
            ("for X, y in batches:", batch, False),
        ]
        for line, code in enumerate(CODE):
            rows.append((code, self._effect(state, line), line in state.ran))
        parts = []
        for row, (code, effect, lit) in enumerate(rows):
            y, left = 24 * row + 18, self.at("forget") and row == 2 + ZERO_GRAD
            if lit:
                band = {"fill": YELLOW, "fill_opacity": 0.3}
                parts.append(tag("rect", x=0, y=y - 17, width=740, height=24, **band))
                parts.append(text(6, y, "▶", fill=INK))
            weight, through = "bold" if lit else None, "line-through" if left else None
            font = {"font_family": "var(--jp-code-font-family,monospace)", "fill": INK}
            font |= {"font_weight": weight, "text_decoration": through}
            parts.append(text(26 + 28 * min(row, 2), y, code, **font))
            parts.append(text(324, y, effect, fill=INK if lit or left else FAINT_INK))
        return "".join(parts)

    def _epochs(self, state: Moment) -> Axis:
        """The axis of the run: all of it, or, where the reader goes slowly, what is done of it."""
        done, wide = state.iteration / state.each, self.epochs.value
        if self.at("pace") != "epoch":
            wide = min(wide, next((w for w in WIDTHS if w >= done), wide))
        return Axis("epoch", 0, wide)

    def _loss_chart(self, state: Moment) -> str:
        (x, batches), now = _thin(state.batches, state.each), len(state.losses) - 1
        _, up = self.loss_axes(state.losses)
        least = min(*state.losses, *state.tests) / 10  # a batch may lie as far below the frame
        heights = [*state.losses, *state.tests, *(max(loss, least) for loss in batches)]
        up = axis(up.name, heights if up.log else [0, 0.7, *heights], log=up.log)
        up = up if up.log else replace(up, low=0)
        train = Line(range(now + 1), state.losses, BLUE, width=3)
        test = Line(range(now + 1), state.tests, RED, DASHED)
        batch = Line(x, batches, FAINT_INK, width=1)
        dots = [Dots([now], train.y[-1:], BLUE, radius=5), Dots([now], test.y[-1:], RED, True)]
        named = zip(("train", "test", "batch"), (train, test, batch), strict=True)
        names = [(line, f"{name} {''.join(map(number, line.y[-1:]))}") for name, line in named]
        return chart(self._epochs(state), up, [batch, train, test, *dots]) + _names(120, names)

    def _grad_chart(self, state: Moment) -> str:
        x, grads = _thin(state.grads, state.each)
        across, up = self._epochs(state), axis(f".grad of {state.watched}", [*ROOM, *grads])
        read, zero = Line(x, grads, PURPLE), Line((0, across.high), (0, 0), FAINT_INK, DOTTED, 1)
        layers, names = [zero, read], [(read, "as step reads it")]
        if self.at("forget"):
            own = Line(x, _thin(state.owns, state.each)[1], FAINT_INK, width=1)
            layers, names = [*layers, own], [(read, "the sum, for step"), (own, "this batch alone")]
        now = Dots(x[-1:], grads[-1:], PURPLE)
        return chart(across, up, [*layers, now]) + _names(166, names)


def _thin(values: Sequence[float], each: int) -> tuple[list[float], list[float]]:
    """The epochs at which iterations began, and their `values`: no more than the eye can see."""
    turns = range(len(values))
    turns = [*turns[: -1 : -(-len(values) // MOST_POINTS) or 1], *turns[-1:]]
    return [turn / each for turn in turns], [values[turn] for turn in turns]


def _names(width: float, rows: Sequence[tuple[Line, str]]) -> str:
    """A legend in one row below a chart, each name `width` pixels after the one before."""
    head, parts = (None, ("",)), []
    for place, (line, name) in enumerate(rows):
        at = f"translate({8 + width * place} 260)"
        parts.append(tag("g", legend((32,), [head, (line, (name,))]), transform=at))
    return "".join(parts)


def moon_net() -> nn.Module:
    """The network of section 7.7, in double precision: the same numbers on every machine."""
    fc1, fc2 = (nn.Linear(*sizes, dtype=torch.float64) for sizes in ((2, 32), (32, 2)))
    return nn.Sequential(OrderedDict(fc1=fc1, relu=nn.ReLU(), fc2=fc2))


def two_moons(n: int = 400, noise: float = 0.3, seed: int = 7) -> tuple[torch.Tensor, torch.Tensor]:
    """Points of two half moons, X (n, 2), and their classes y (n,), in random order."""
    source = torch.Generator().manual_seed(seed)
    y = torch.randperm(n, generator=source) % 2
    t = torch.pi * torch.rand(n, generator=source)
    upper = torch.stack([torch.cos(t), torch.sin(t)], dim=1)
    lower = torch.stack([1 - torch.cos(t), 0.5 - torch.sin(t)], dim=1)
    X = torch.where(y.unsqueeze(1) == 0, upper, lower)
    return X + noise * torch.randn(n, 2, generator=source), y


def train(
    make: Callable[[], nn.Module],
    forget: bool,
    lr: float,
    epochs: int,
    batch: int,
    rows: int,
    seed: int,
) -> Iterator[Moment]:
    """Train a network from `make` with SGD; a `Moment` before the loop and after each line.

    What the model prints is seen for its first prediction only.
    """
    random, shuffle = _random_numbers(seed), torch.Generator().manual_seed(seed)
    with random():
        model = make()
    optimizer, criterion = torch.optim.SGD(model.parameters(), lr=lr), nn.CrossEntropyLoss()
    X, y = two_moons()
    X = X.to(next(model.parameters()))
    X_train, y_train, X_test, y_test = X[:rows], y[:rows], X[300:], y[300:]
    with random():
        criterion(model.eval()(X_train), y_train).backward()
    *_, (name, watched) = ((n, p) for n, p in model.named_parameters() if p.grad is not None)
    name = f"{name}{[0] * watched.ndim}" if watched.ndim else name
    name = name if len(name) <= 22 else f"…{name[-21:]}"  # what the picture has room for
    optimizer.zero_grad()

    def evaluate(X: torch.Tensor, y: torch.Tensor) -> float:
        model.eval()
        with torch.no_grad(), random(), _hushed():
            return criterion(model(X), y).item()

    def lit(line: int, *numbers: float | None) -> Moment:
        nonlocal moment
        moment = replace(moment, line=line, did=(*moment.did[:line], numbers))
        return moment

    losses, tests = [evaluate(X_train, y_train)], [evaluate(X_test, y_test)]
    moment = Moment(losses, tests, [], [], [], name, each=-(-rows // batch))
    yield moment
    for _ in range(epochs):
        for part in torch.randperm(rows, generator=shuffle).split(batch):
            moment = replace(moment, iteration=moment.iteration + 1, size=len(part))
            model.train()
            with random(), _hushed():
                y_hat = model(X_train[part])
            yield lit(FORWARD, *y_hat[0].flatten()[:2].tolist(), y_train[part[0]].item())
            loss = criterion(y_hat, y_train[part])
            moment.batches.append(loss.item())
            yield lit(LOSS, loss.item())
            left = None if watched.grad is None else _first(watched.grad)
            cleared = lit(ZERO_GRAD, left)
            if not forget:
                optimizer.zero_grad()
                yield cleared
                left = None
            loss.backward()
            before, grad = _first(watched), _first(watched.grad)
            moment.grads.append(grad)
            moment.owns.append(grad - (left or 0.0))
            yield lit(BACKWARD, left, moment.owns[-1], grad)
            optimizer.step()
            if moment.iteration % moment.each == 0:
                losses.append(evaluate(X_train, y_train))
                tests.append(evaluate(X_test, y_test))
            yield lit(STEP, before, grad, _first(watched))


def _first(tensor: torch.Tensor) -> float:
    return tensor.detach().flatten()[0].item()


def _random_numbers(seed: int) -> Callable:
    """A `with` block for code whose random numbers shall be its own and not the notebook's."""
    state = torch.Generator().manual_seed(seed).get_state()

    @contextmanager
    def own():
        nonlocal state
        with torch.random.fork_rng(devices=[]):
            torch.set_rng_state(state)
            yield
            state = torch.get_rng_state()

    return own


class _Hush:
    """A stream that drops what some threads write, and passes on what all others do."""

    def __init__(self, stream: TextIO):
        self.stream, self.threads = stream, set()

    def write(self, words: str) -> int:
        return len(words) if get_ident() in self.threads else self.stream.write(words)

    def __getattr__(self, name: str) -> object:
        return getattr(self.stream, name)


@contextmanager
def _hushed() -> Iterator[None]:
    """Nothing that this thread prints leaves it: the page drops frames when too much is printed."""
    with _hushing:
        if not isinstance(sys.stdout, _Hush):
            sys.stdout = _Hush(sys.stdout)
        hush = sys.stdout
        hush.threads.add(get_ident())
    try:
        yield
    finally:
        with _hushing:
            hush.threads.discard(get_ident())
            if not hush.threads and sys.stdout is hush:
                sys.stdout = hush.stream


_hushing = Lock()
