"""What every live board shares: controls, buttons, words, a picture, and how a notebook shows them.

A board is a generator of states, which its controls decide, and two pure functions from a state
to what people see and hear; `Board` does the rest.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import ipywidgets as widgets
from IPython import get_ipython

from course.boards.access import Access
from course.boards.runner import Runner, headless
from course.boards.words import fault

_BUTTONS = {
    "Start": "Go on to the end",
    "Step": "Take one step",
    "Stop": "Pause; Start goes on from here",
    "Reset": "Back to the beginning",
}


class Board(widgets.VBox):
    """A box that a reader plays with; shown as the last expression of a cell.

    `rows` are its controls, row by row, each by the name of the argument that sets it. A
    subclass says what states they lead to (`states`), how a state looks (`draw`) and what it
    means (`words`). A board that moves yields one more state a step and has buttons; another
    one yields a single state. A new value of a control begins again, unless it is one of
    `looks`: those only change the picture.
    """

    frames_a_second = 30
    moves = True
    looks: frozenset[str] = frozenset()
    given = ""  # the arguments before the controls, as a reader writes them: "inputs, times"

    def __init__(self, *rows: Mapping[str, widgets.ValueWidget]):
        self.controls = {name: control for row in rows for name, control in row.items()}
        self.buttons = {
            name: widgets.Button(description=name, tooltip=tip, layout={"width": "76px"})
            for name, tip in (_BUTTONS if self.moves else {}).items()
        }
        self.status = widgets.HTML(layout={"min_height": "32px"}).add_class("fp-status")
        self.picture = widgets.HTML().add_class("fp-picture")
        self.line = widgets.HTML().add_class("fp-line")
        wrap = {"flex_flow": "row wrap"}
        lines = [widgets.HBox([*row.values()], layout=wrap) for row in rows]
        if self.buttons:
            lines.append(widgets.HBox([*self.buttons.values()]).add_class("fp-buttons"))
            self.buttons["Start"].button_style = "primary"
        controls = widgets.VBox(lines).add_class("fp-controls")
        super().__init__([controls, self.status, self.picture, self.line, Access()])
        self.add_class("fp-board")
        self.runner = Runner(self.states, self._show, self.rest, self.frames_a_second)
        self.runner.work()
        for button in self.buttons.values():
            button.on_click(lambda button: getattr(self.runner, button.description.lower())())
        for name, control in self.controls.items():
            wish = self.runner.look if name in self.looks else self.runner.renew
            control.observe(lambda _, wish=wish: wish(), "value")

    def states(self) -> Iterator[Any]:
        """The states of a run with the controls as they are: one at rest, one after each step."""
        raise NotImplementedError

    def draw(self, state: Any) -> str:
        """The picture of `state`: a whole `<svg>`, with `words` as its text alternative."""
        raise NotImplementedError

    def words(self, state: Any) -> str:
        """Plain text saying what the picture shows, in rounded numbers."""
        raise NotImplementedError

    def says(self, state: Any) -> str:
        """The line above the picture, as HTML."""
        return escape(self.words(state))

    def rest(self, state: Any) -> float:
        """Seconds that the step to `state` should last on the page, for the eye to follow."""
        return 0.0

    def over(self, state: Any) -> bool:
        """Whether `state` is known to be the last."""
        return False

    def at(self, name: str) -> Any:
        """The value of the control called `name`."""
        return self.controls[name].value

    def python(self) -> str:
        """The line of Python that makes this board anew, with its controls as they are."""
        values = [f"{name}={control.value!r}" for name, control in self.controls.items()]
        return (
            f"{type(self).__name__}({', '.join([*([self.given] if self.given else []), *values])})"
        )

    @property
    def fresh(self) -> bool:
        """Whether no step has been taken."""
        return self.runner.steps <= 0 and not self.runner.ended

    def close(self) -> None:
        """End the run and give back every widget of the board."""
        if hasattr(self, "runner"):
            self.runner.close()
        _close(self)

    def _show(self) -> None:
        runner, state = self.runner, self.runner.state
        if self.buttons:
            self.buttons["Stop"].disabled = not runner.running
            self.buttons["Start"].disabled = runner.running
            over = runner.ended or (state is not None and self.over(state))
            self.buttons["Step"].disabled = runner.running or over
            self.buttons["Reset"].disabled = self.fresh and not runner.running
        self.line.value = f"<code>{escape(self.python())}</code>"
        if runner.error:
            self.status.value = warning("The board met an error.", fault(runner.error))
        elif state is None:
            self.status.value = warning("Nothing to show.", "The run ended without a state.")
        else:
            self.status.value, self.picture.value = self.says(state), self.draw(state)

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, object]:
        """The live view, and beside it the still picture for every reader without a kernel."""
        if headless():
            if self.moves and not self.runner.ended:
                self.runner.start()
            return self._still()
        _replace_what_the_cell_showed(self)
        return super()._repr_mimebundle_(**kwargs) | self._still()

    def _still(self) -> dict[str, str]:
        """The picture as an image, because a notebook that is not trusted drops inline SVG."""
        svg, runner = self.picture.value, self.runner
        says = f"{self.python()}: "
        if runner.error:
            says += fault(runner.error).replace("\n", " ")
        elif runner.state is not None:
            says += self.words(runner.state)
        source = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
        return {
            "text/plain": says,
            "text/html": f'<img alt="{escape(says)}" src="{source}">',
            "image/svg+xml": svg,
        }


def warning(title: str, words: str) -> str:
    """What went wrong, as HTML for the line above the picture."""
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
