"""What the boards say about a training run, for eyes and for screen readers."""

import math
import sysconfig
import traceback
from collections.abc import Sequence
from pathlib import Path

from course.boards.chart import number

TOO_LARGE = 1e6  # a loss so many times the first one has diverged
_LIBRARIES = (
    *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
    str(Path(__file__).parent),
)


def diverged(losses: Sequence[float]) -> bool:
    """Whether the last loss is past all bounds or no number."""
    return not math.isfinite(losses[-1]) or losses[-1] > TOO_LARGE * losses[0]


def story(losses: Sequence[float]) -> str:
    """What the loss did so far, in one sentence; `losses` starts before the first epoch."""
    epochs, first, last = len(losses) - 1, losses[0], losses[-1]
    if epochs == 0:
        return f"Not trained yet: the loss is {number(first)}."
    span = f"in {epochs:,} {'epoch' if epochs == 1 else 'epochs'}"
    if diverged(losses):
        return f"The loss diverged from {number(first)} to {number(last)} {span}."
    verb = "fell" if last < first else "rose" if last > first else "stayed"
    return f"The loss {verb} from {number(first)} to {number(last)} {span}."


def divergence(losses: Sequence[float]) -> str:
    """What happened to a run that diverged, why, and what to do."""
    epoch, last = len(losses) - 1, losses[-1]
    seen = f"grew past {number(TOO_LARGE * losses[0])}" if last == last else "is no longer a number"
    return f"The loss {seen} at epoch {epoch:,}: the steps are too large. Try a smaller lr."


def fault(error: Exception) -> str:
    """The error of a training loop, with the last line of the learner's own that led to it."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if not frame.filename.startswith(_LIBRARIES)]
    what = f"{type(error).__name__}: {error}"
    return f"{what}\nin line {own[-1].lineno} of {own[-1].name}: {own[-1].line}" if own else what
