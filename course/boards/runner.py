"""A generator run in the background, one step at a time, with the reader's latest wish first.

Wishes only set what is wanted and return. One worker thread at a time does all the work and all
the showing; it ends when nothing is wanted, so a board at rest has no thread.
"""

import math
import os
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import torch


def headless() -> bool:
    """Whether no page is there to watch: scripts, nbclient, nbval, nbgrader, tests.

    A Jupyter server sets JPY_SESSION_NAME for the kernels that a page opened.
    """
    return "JPY_SESSION_NAME" not in os.environ


class Runner:
    """Takes the steps of `states()`; without a page (`headless`) in the caller's thread.

    `show()` is called after a step, at most once in each 1/`frames_a_second` s, and when the
    runner comes to rest. `rest(state)` is how many seconds a step should last on the page.
    """

    def __init__(
        self,
        states: Callable[[], Iterator[Any]],
        show: Callable[[], None],
        rest: Callable[[Any], float],
        frames_a_second: int,
    ):
        self.state: Any = None  # the latest that the generator gave
        self.steps = 0  # taken since the beginning
        self.ended = False  # whether it came to its end, by an error too
        self.error: Exception | None = None
        self._states, self._show, self._rest = states, show, rest
        self._frames_a_second, self._last_frame, self._shown = frames_a_second, 0, False
        self._wish = threading.Condition()
        self._steps_wanted: float = 0
        self._started = False  # a start that the page may not show yet
        self._generation, self._generation_begun = 0, -1
        self._worker: threading.Thread | None = None

    @property
    def running(self) -> bool:
        """Whether steps are still to be taken."""
        return self._steps_wanted > 0

    def start(self) -> None:
        """Step to the end: from here, or from the beginning after the end."""
        self._want(math.inf, again=self.ended)

    def step(self) -> None:
        """Take one step more."""
        with self._wish:
            self._want(self._steps_wanted + 1)

    def stop(self) -> None:
        """Rest after the step in hand."""
        self._want(0)

    def reset(self) -> None:
        """Make the generator anew and rest at its first state."""
        self._want(0, again=True)

    def renew(self) -> None:
        """Make the generator anew; go to its end if this one was running or had ended."""
        with self._wish:
            self._want(math.inf if self.running or self.ended else 0, again=True)

    def look(self) -> None:
        """Show the same state anew."""
        with self._wish:
            self._want(self._steps_wanted)

    def wait(self, seconds: float | None = None) -> bool:
        """Block until the runner is at rest, at most for `seconds`; whether it is."""
        if self._working():
            self._worker.join(seconds)
        return not self._working()

    def close(self) -> None:
        """Rest after the step in hand and show nothing more."""
        with self._wish:
            self._steps_wanted, self._started, self._shown = 0, False, True
            self._generation_begun = self._generation
            self._wish.notify_all()

    def _want(self, steps: float, again: bool = False) -> None:
        with self._wish:
            self._steps_wanted, self._shown = steps, False
            self._started = steps == math.inf
            self._generation += again
            self._wish.notify_all()
            if not self._working() and not headless():
                self._worker = threading.Thread(target=self._live, name="board", daemon=True)
                self._worker.start()
        if headless():
            self.work()

    def _working(self) -> bool:
        return self._worker is not None and self._worker.is_alive()

    def _live(self) -> None:
        torch.set_num_threads(1)  # in this thread; the other core is for the page
        self.work()

    def work(self) -> None:
        """Do what is wanted, then return: the worker thread's whole life."""
        while task := self._next_task():
            task()

    def _next_task(self) -> Callable[[], None] | None:
        with self._wish:
            if self._generation_begun != self._generation:
                self._generation_begun = self._generation
                return self._begin
            if self._started:
                self._started = False
                return self._frame
            if self._steps_wanted:
                self._steps_wanted -= 1
                return self._advance
            if not self._shown:
                return self._draw
            self._worker = None
            return None

    def _begin(self) -> None:
        self._run, self.state, self.ended, self.error = None, None, False, None
        self.steps = -1  # the first state takes none
        self._advance()

    def _advance(self) -> None:
        began = time.perf_counter()
        try:
            if self._run is None:
                self._run = iter(self._states())
            self.state = next(self._run)
            self.steps += 1
        except StopIteration:
            self._end()
        except Exception as error:
            self._end(error)
        self._shown = False
        self._frame()
        self._pause(began)

    def _frame(self) -> None:
        frame = int(time.perf_counter() * self._frames_a_second)
        if frame != self._last_frame:
            self._last_frame = frame
            self._draw()

    def _draw(self) -> None:
        self._shown = True
        try:
            self._show()
        except Exception as error:
            if self.error:
                raise
            self._end(error)
            self._show()

    def _end(self, error: Exception | None = None) -> None:
        with self._wish:
            self.ended, self.error = True, error
            if self._generation_begun == self._generation:
                self._steps_wanted = 0

    def _pause(self, began: float) -> None:
        with self._wish:
            if self.running and not self.ended and not headless():
                left = self._rest(self.state) - (time.perf_counter() - began)
                if left > 0:
                    self._wish.wait(left)
