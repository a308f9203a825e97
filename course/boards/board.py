"""What every live board shares: sliders, buttons, words, a picture, and how a notebook shows them.

A board is a training loop, written as a generator of states, and two pure functions from a state
to what people see and hear; `Board` does the rest.
"""

import math
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Protocol

import ipywidgets as widgets
from IPython import get_ipython

from course.boards.access import Access
from course.boards.runner import Runner, headless
from course.boards.words import diverged, divergence, fault, story

_LRS = (
    1, 1.1, 1.25, 1.4, 1.5, 1.6, 1.8, 2, 2.2, 2.5, 2.8,
    3, 3.2, 3.6, 4, 4.5, 5, 5.6, 6.3, 7.1, 8, 9,
)  # fmt: skip
_EPOCHS = (1, 1.5, 2, 3, 4, 5, 7)
_BUTTONS = {
    "Start": "Train to the last epoch",
    "Step": "Train for one epoch",
    "Stop": "Pause; Start goes on from here",
    "Reset": "Back to epoch 0 and the same first weights",
}


class State(Protocol):
    """One moment of a training run, as plain data."""

    losses: Sequence[float]  # before the first epoch, then after each epoch so far


class Board(widgets.VBox):
    """A box that trains while the reader watches; shown as the last expression of a cell.

    `train(lr, epochs)` yields a state before the first epoch and one after each. A subclass says
    how a state looks (`draw`) and what it means (`words`). A new value of a slider begins again
    from the same first weights. The run ends early when the loss diverges.
    """

    frames_a_second = 30
    seconds = 3.0  # a whole run lasts at least this long on the page, for the eye to follow

    def __init__(self, train: Callable[[float, int], Iterator[State]], lr: float, epochs: int):
        self.lr = _slider("lr", (1e-4, 1e-1), _LRS, float(lr))
        self.epochs = _slider("epochs", (10, 5000), _EPOCHS, int(epochs))
        self.buttons = {
            name: widgets.Button(description=name, tooltip=tip, layout={"width": "76px"})
            for name, tip in _BUTTONS.items()
        }
        self.buttons["Start"].button_style = "primary"
        self.status = widgets.HTML(layout={"min_height": "32px"}).add_class("fp-status")
        self.picture = widgets.HTML().add_class("fp-picture")
        sliders = widgets.HBox([self.lr, self.epochs], layout={"flex_flow": "row wrap"})
        buttons = widgets.HBox([*self.buttons.values()]).add_class("fp-buttons")
        controls = widgets.VBox([sliders, buttons]).add_class("fp-controls")
        super().__init__([controls, self.status, self.picture, Access()])
        self.add_class("fp-board")
        self.train = train
        self.runner = Runner(self._states, self._show, self._rest, self.frames_a_second)
        self.runner.work()
        for button in self.buttons.values():
            button.on_click(lambda button: getattr(self.runner, button.description.lower())())
        for slider in (self.lr, self.epochs):
            slider.observe(lambda _: self.runner.renew(), "value")

    def draw(self, state: State) -> str:
        """The picture of `state`: a whole `<svg>`, with `words` as its text alternative."""
        raise NotImplementedError

    def words(self, state: State) -> str:
        """One line of plain text saying what the picture shows, in rounded numbers."""
        raise NotImplementedError

    def close(self) -> None:
        """End the training and give back every widget of the board."""
        if hasattr(self, "runner"):
            self.runner.close()
        _close(self)

    def _states(self) -> Iterator[State]:
        for state in self.train(self.lr.value, self.epochs.value):
            yield state
            if diverged(state.losses):
                return

    def _rest(self, state: State) -> float:
        """Seconds for the last epoch: the first ones, where most happens, get most of the time."""
        epoch, epochs = len(state.losses) - 1, max(self.epochs.value, 1)
        return self.seconds * (math.sqrt(epoch / epochs) - math.sqrt(max(epoch - 1, 0) / epochs))

    def _show(self) -> None:
        runner, state = self.runner, self.runner.state
        over = runner.ended or diverged(state.losses)
        fresh = not runner.ended and len(state.losses) == 1
        self.buttons["Stop"].disabled = not runner.running
        self.buttons["Start"].disabled = runner.running
        self.buttons["Step"].disabled = runner.running or over
        self.buttons["Reset"].disabled = fresh and not runner.running
        self.status.value = self._status(fresh)
        if state and not runner.error:
            self.picture.value = self.draw(state)

    def _status(self, fresh: bool) -> str:
        runner = self.runner
        if runner.error:
            return _warning("The training loop raised an error.", fault(runner.error))
        if not runner.state:
            return _warning("Nothing to show.", "The training loop ended without a state.")
        losses = runner.state.losses
        if diverged(losses):
            return _warning("The training diverged.", divergence(losses))
        if runner.running:
            return f"Training for {self.epochs.value:,} epochs at lr {self.lr.value:g} …"
        if fresh:
            return "Press <b>Start</b> to train, or <b>Step</b> to train for one epoch."
        return f"{story(losses)} The lr was {self.lr.value:g}."

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, object]:
        """The live view, and beside it the still picture for every reader without a kernel."""
        if headless():
            if not self.runner.ended:
                self.runner.start()
            return self._still()
        _replace_what_the_cell_showed(self)
        return super()._repr_mimebundle_(**kwargs) | self._still()

    def _still(self) -> dict[str, str]:
        """The picture as an image, because a notebook that is not trusted drops inline SVG."""
        svg, says = self.picture.value, f"lr {self.lr.value:g}, {self.epochs.value:,} epochs: "
        if self.runner.error:
            says += fault(self.runner.error).replace("\n", " ")
        elif state := self.runner.state:
            says += self.words(state)
            says += f" {divergence(state.losses)}" if diverged(state.losses) else ""
        source = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
        return {
            "text/plain": f"{type(self).__name__} at {says}",
            "text/html": f'<img alt="{escape(says)}" src="{source}">',
            "image/svg+xml": svg,
        }


def _slider(
    name: str, ends: tuple[float, float], marks: Sequence[float], value: float
) -> widgets.SelectionSlider:
    """A slider over `marks` times powers of ten between `ends`, so over round values only."""
    powers = range(math.floor(math.log10(ends[0])), math.ceil(math.log10(ends[1])) + 1)
    values = {float(f"{mark * 10.0**power:.6g}") for power in powers for mark in marks}
    values = sorted({v for v in values if ends[0] <= v <= ends[1]} | {value})
    if isinstance(value, int):
        values = [round(v) for v in values]
    return widgets.SelectionSlider(
        options=[(f"{v:,}" if isinstance(v, int) else f"{v:g}", v) for v in values],
        value=value,
        description=name,
        style={"description_width": "initial"},
        layout={"width": "360px", "margin": "2px 24px 2px 2px"},
    )


def _warning(title: str, words: str) -> str:
    colour = "var(--jp-error-color1,#B00020)"
    style = f"border-left:4px solid {colour};padding-left:8px;white-space:pre-wrap"
    return f'<div style="{style}"><b>{title}</b> {escape(words)}</div>'


_in_cell: dict[str, tuple[str, list[Board]]] = {}  # cell: the run that showed boards, and these


def _replace_what_the_cell_showed(board: Board) -> None:
    """Close the boards that an earlier run of the same notebook cell put on the page."""
    shell = get_ipython()
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    cell = parent.get("metadata", {}).get("cellId")
    if not cell:
        return
    run, boards = _in_cell.get(cell, ("", []))
    if run != parent["header"]["msg_id"]:
        for old in boards:
            if old is not board:
                old.close()
        boards = []
    _in_cell[cell] = parent["header"]["msg_id"], [*boards, board]


def _close(widget: widgets.Widget) -> None:
    for child in getattr(widget, "children", ()):
        _close(child)
    for part in (getattr(widget, "layout", None), getattr(widget, "style", None), widget):
        if part is not None:
            widgets.Widget.close(part)
