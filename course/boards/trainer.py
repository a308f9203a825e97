"""What every board that trains shares: lr, epochs, a seed, and the loss."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import ipywidgets as widgets

from course.boards.board import Board, warning
from course.boards.chart import Axis, axis
from course.boards.controls import COUNTS, LRS, choice, log_slider, slider
from course.boards.words import diverged, divergence, story


class State(Protocol):
    """One moment of a training run, as plain data."""

    losses: Sequence[float]  # before the first epoch, then after each epoch so far


class Trainer(Board):
    """A board that trains while the reader watches.

    A subclass says how (`run`). A new setting begins again; the same seed gives the same first
    weights. The run ends early when the loss diverges.
    """

    looks = frozenset({"scale"})
    criterion = "mean squared error"
    seconds = 3.0  # a whole run lasts at least this long on the page

    def __init__(
        self,
        lr: float,
        epochs: int,
        seed: int = 0,
        scale: str = "log",
        *rows: Mapping[str, widgets.ValueWidget],
    ):
        self.lr = log_slider("lr", (1e-4, 1e-1), LRS, float(lr))
        self.epochs = log_slider("epochs", (10, 5000), COUNTS, int(epochs))
        self.seed = slider("seed", range(10), int(seed))
        self.scale = choice("loss axis", ["log", "linear"], scale)
        super().__init__(
            {"lr": self.lr, "epochs": self.epochs}, {"seed": self.seed, "scale": self.scale}, *rows
        )

    def run(self) -> Iterator[State]:
        """A state before the first epoch and one after each, with the controls as they are."""
        raise NotImplementedError

    def states(self) -> Iterator[State]:
        for state in self.run():
            yield state
            if diverged(state.losses):
                return

    def rest(self, state: State) -> float:
        """The first epochs, where most happens, get most of the time."""
        epoch, epochs = len(state.losses) - 1, max(self.epochs.value, 1)
        return self.seconds * (math.sqrt(epoch / epochs) - math.sqrt(max(epoch - 1, 0) / epochs))

    def over(self, state: State) -> bool:
        return diverged(state.losses)

    def says(self, state: State) -> str:
        if diverged(state.losses):
            return warning("The training diverged.", divergence(state.losses))
        if self.runner.running:
            return f"Training for {self.epochs.value:,} epochs at lr {self.lr.value:g} …"
        if self.fresh:
            return "Press <b>Start</b> to train, or <b>Step</b> to train for one epoch."
        return f"{story(state.losses)} The lr was {self.lr.value:g}."

    def loss_axes(self, losses: Sequence[float], floor: float = math.inf) -> tuple[Axis, Axis]:
        """The axes of a chart of the losses so far; `floor`, a loss to compare with, has a place.

        While the loss is sound, the epochs still to come have their place too.
        """
        last = len(losses) - 1
        wide = last if diverged(losses) else max(last, self.epochs.value)
        log = self.scale.value == "log"
        name = f"loss ({self.criterion}, {self.scale.value} scale)"
        return Axis("epoch", 0, max(wide, 1)), axis(name, [*losses, floor], log=log)
