"""Predict, then run: the learner commits a guess, and sees it beside what came out.

On a page of JupyterLab a question is a form, and a committed guess is final. Without a page
(scripts, nbclient, nbval, nbgrader) questions and answers are printed. Guesses are not graded.
"""

import math
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import pairwise
from numbers import Real
from typing import Any

from IPython import get_ipython
from IPython.display import display

from course import progress
from course.boards import chart
from course.boards.runner import headless
from course.form import Form, as_text
from course.svg import BLUE, tag, text

# What a loss curve may look like: heights from 0 to 1 at even steps.
SHAPES = {
    "falls and levels off": [0.1 + 0.8 * 0.7**step for step in range(25)],
    "falls slowly in a straight line": [0.9, 0.5],
    "zigzags while it falls": [0.9, 0.4, 0.8, 0.35, 0.7, 0.3, 0.6, 0.25, 0.5, 0.2, 0.4],
    "rises, faster and faster": [0.1 * 1.14**step for step in range(18)],
    "stays level": [0.6, 0.6],
}

_forms: dict[str, Form] = {}  # what was asked on the page, by name
_says: dict[str, Callable[[Any], str]] = {}  # how an answer reads; ValueError if it cannot be one


def choice(name: str, question: str, options: Sequence[str]) -> None:
    """Ask `question` with one of 2 to 5 `options` to choose; `show(name, option)` answers it.

    `name` is unique in the unit. Raises ValueError.
    """
    if len(set(options)) < len(options) or not 2 <= len(options) <= 5:
        raise ValueError(f"predict.choice({name!r}) needs 2 to 5 different options.")

    def says(answer: Any) -> str:
        if answer not in options:
            raise ValueError(f"predict.show({name!r}): {answer!r} is not one of the options.")
        return f"it is “{answer}”"

    _ask(name, question, dict.fromkeys(options, ""), says)


def number(name: str, question: str) -> None:
    """Ask for a number; `show(name, value)` answers it, so round `value` as it should read."""

    def says(answer: Any) -> str:
        if not isinstance(answer, Real):
            raise ValueError(f"predict.show({name!r}) needs a number, not {answer!r}.")
        return f"it is {answer:.12g}"

    _ask(name, question, {}, says)


def losses(name: str, question: str) -> None:
    """Ask for the shape of a loss curve; `show(name, list_of_losses)` answers it."""

    def says(answer: Any) -> str:
        if not answer or not all(isinstance(loss, Real) for loss in answer):
            raise ValueError(f"predict.show({name!r}) needs a list of losses, which are numbers.")
        first, middle, last = (chart.number(answer[index]) for index in (0, len(answer) // 2, -1))
        rises = sum(before < after for before, after in pairwise(answer))
        return (
            f"it starts at {first}, is {middle} halfway and ends at {last}; "
            f"it rises in {rises} of {len(answer) - 1} steps"
        )

    drawings = {
        shape: tag("svg", _curve(heights, 140, 94), width=140, height=94, aria_hidden="true")
        for shape, heights in SHAPES.items()
    }
    _ask(name, question, drawings, says)


def show(name: str, answer: Any) -> None:
    """Show the answer to the question `name` beside the guess, once there is one.

    Raises ValueError where the question was not asked or cannot have this answer.
    """
    if name not in _says:
        raise ValueError(f"predict.show: {name!r} was not asked; run the cell that asks it first.")
    said = _says[name](answer)
    if not _on_a_page():
        print(_sentence(said))
    elif _forms[name].guess is None:
        print("Commit your guess first, then run this cell again.")
    else:
        _show_both(_forms[name], said, answer)


def _on_a_page() -> bool:
    return not headless() and get_ipython() is not None


def _ask(name: str, question: str, options: Mapping[str, str], says: Callable[[Any], str]) -> None:
    _says[name] = says
    if not _on_a_page():
        print(as_text(question, options))
        return
    guess = progress.guess(name)
    if name in _forms:
        guess = _forms[name].guess or guess
        _forms[name].close()
    if options and guess not in options:
        guess = None
    form = _forms[name] = Form(question=question, options=dict(options), guess=guess)
    form.observe(lambda change: progress.keep_guess(name, change.new), "guess")
    display(form)


def _show_both(form: Form, said: str, answer: Any) -> None:
    guess = f"“{form.guess}”" if form.options else f"{float(form.guess):.12g}"
    is_curve = any(form.options.values())
    if is_curve:  # whether the guess was right, the two curves say
        words = f"You guessed {guess}. {_sentence(said)}"
    else:
        words = f"You guessed {guess}{', and' if said == f'it is {guess}' else ';'} {said}."
    html = f"<p>{escape(words)}</p>"
    if is_curve:
        says = f"Two curves. Left, your guess: it {form.guess}. Right: {said}."
        svg = b64encode(_beside(form.guess, answer, says).encode()).decode()
        html += f'<img alt="{says}" src="data:image/svg+xml;base64,{svg}">'
    display({"text/plain": words, "text/html": html}, raw=True)


def _sentence(said: str) -> str:
    return f"{said[0].upper()}{said[1:]}."


def _beside(shape: str, answer: Sequence[float], label: str) -> str:
    """The sketch of `shape` and the real losses, each from 0 to its own highest value."""
    finite = [loss for loss in answer if math.isfinite(loss)]
    top = 1.1 * max(finite, default=1.0) or 1.0
    real = [loss / top for loss in answer]
    return chart.sheet(
        600, 200,
        (10, 20, text(16, 0, f"Your guess: {shape}", fill=chart.INK)),
        (10, 34, _curve(SHAPES[shape], 270, 156)),
        (310, 20, text(16, 0, "What came out", fill=chart.INK)),
        (310, 34, _curve(real, 270, 156)),
        label=label,
    )  # fmt: skip


def _curve(heights: Sequence[float], width: float, height: float) -> str:
    """Axes without numbers, and a line through `heights`, of which 0 is below and 1 on top."""
    w, h = width - 18, height - 18
    step = w / max(len(heights) - 1, 1)
    points = [
        f"{step * index:.1f},{h * (1 - part):.1f}"
        for index, part in enumerate(heights)
        if math.isfinite(part)
    ]
    faint = {"fill": chart.FAINT_INK, "font_size": 11, "font_weight": "normal"}
    return tag(
        "g",
        tag("path", d=f"M0 0V{h}H{w}", fill="none", stroke=chart.FAINT_INK),
        tag("polyline", points=" ".join(points), fill="none", stroke=BLUE, stroke_width=2),
        text(-h / 2, -6, "loss", transform="rotate(-90)", text_anchor="middle", **faint),
        text(w / 2, h + 14, "training", text_anchor="middle", **faint),
        transform="translate(16 2)",
    )
