"""What a live board costs and how fast it answers: `python -m tests.bench_boards`.

It is measured in a real JupyterLab in Chromium, with boards of the real kind.
The training board's own loop takes a tenth of a millisecond an epoch and is slowed down for the
eye, so frames, slowdown and Stop are measured on a loop as heavy as a later unit's: Adam on
512 points through a 2-64-64-1 network, some milliseconds an epoch, drawn by the same board.
"""

import json
import statistics
import tempfile
from itertools import pairwise
from pathlib import Path

import nbformat
import nbformat.v4 as nbf
from playwright.sync_api import Locator

from tests.lab import Lab, lab

ROOT = str(Path(__file__).parents[1])
ROUNDS, PRESSES = 7, 30

_SET_UP = """
import asyncio, json, time
import torch
from torch import nn
from course.boards.training import Fit, TrainingBoard

X = torch.rand(512, 2)
y = (X.prod(dim=1, keepdim=True) > 0.25).float()

def heavy(lr, epochs):
    model = nn.Sequential(
        nn.Linear(2, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, 1)
    )
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = [1.0]
    yield Fit(losses, 0.0, 0.0)
    for epoch in range(epochs):
        for _ in range(4):
            optimizer.zero_grad()
            loss = nn.functional.binary_cross_entropy_with_logits(model(X), y)
            loss.backward()
            optimizer.step()
        losses.append(loss.item())
        yield Fit(losses, 3 + losses[-1], 6.0)

class Unpaced(TrainingBoard):
    seconds = 0

class Slow(Unpaced):
    frames_a_second = 15

def board(kind, loop=None, epochs=400):
    distances = torch.tensor([[5.0], [6.0], [8.0], [10.0]])
    made = kind(distances, 3 * distances + 6, epochs=epochs)
    if loop:
        made.train = loop
        made.runner.reset()
    made.buttons["Stop"].observe(lambda change: halts.append(time.time()), "disabled")
    return made

halts = []
"""
_MEASURE = f"""
async def seconds(work):
    began = time.perf_counter()
    await asyncio.to_thread(work)
    return time.perf_counter() - began

def watched(board):
    board.runner.start()
    board.runner.wait()

def plain():
    for state in heavy(0.01, 400):
        pass

plain()
times = []
for _ in range({ROUNDS}):
    times.append([await seconds(plain), await seconds(lambda: watched(at15)),
                  await seconds(plain), await seconds(lambda: watched(at30))])
print(json.dumps(times))
"""
_CELLS = [
    _SET_UP,
    "at30 = board(Unpaced, heavy)\nat30",
    "at15 = board(Slow, heavy)\nat15",
    "light = board(Unpaced, epochs=10)\nlight",
    "board(TrainingBoard)",
    _MEASURE,
    "print(json.dumps(halts))",
]

_WATCH = """board => {
  const picture = board.querySelector('.fp-picture'), stop = [...board.querySelectorAll('button')]
    .find(button => button.textContent === 'Stop');
  const log = (board.log = { frames: [], stopped: [] });
  new MutationObserver(() => log.frames.push(performance.now()))
    .observe(picture, { childList: true, subtree: true });
  new MutationObserver(() => stop.disabled && log.stopped.push(performance.now()))
    .observe(stop, { attributeFilter: ['disabled'] });
  board.addEventListener('keydown', event => (log.from = performance.now()), true);
  board.addEventListener('click', event => (log.from = performance.now()), true);
}"""


def _report(page: Lab) -> None:
    boards = page.page.locator(".fp-board")
    page.menu("Run", "Run All Cells")
    boards.nth(3).wait_for(timeout=120_000)
    for index in range(4):
        boards.nth(index).evaluate(_WATCH)
    rounds = _printed(page, -2)
    plain = statistics.median(value for row in rounds for value in (row[0], row[2]))
    print(f"the loop alone: {plain:.2f} s for 400 epochs, {plain / 0.4:.1f} ms an epoch")
    for name, column in (("15", 1), ("30", 3)):
        slower = [row[column] / row[column - 1] for row in rounds]
        listed = ", ".join(f"{ratio:.2f}" for ratio in slower)
        print(f"slowdown at {name} frames/s: {statistics.median(slower):.2f}×  ({listed})")
    for name, index in (("30", 0), ("15", 1)):
        print(f"frames/s at most {name}: {_frames_a_second(boards.nth(index)):.1f} in the browser")
    _print_times("lr key to first redraw", _key_to_redraw(page, boards.nth(2)))
    for name, index in (("its own loop", 3), ("heavy loop", 0)):
        halt, shown = _stop_to_halt(page, boards.nth(index))
        _print_times(f"Stop click to halt, {name}", halt)
        _print_times(f"Stop click to halt shown, {name}", shown)


def _frames_a_second(board: Locator) -> float:
    """Counted while it trained: gaps of half a second are rests between runs."""
    frames = board.evaluate("board => board.log.frames")
    gaps = [after - before for before, after in pairwise(frames) if after - before < 500]
    return 1000 / statistics.mean(gaps)


def _key_to_redraw(page: Lab, board: Locator) -> list[float]:
    handle, times = board.get_by_role("slider", name="lr"), []
    board.get_by_role("button", name="Start", exact=True).click()
    for press in range(PRESSES):
        page.page.wait_for_timeout(400)
        board.evaluate("board => { board.log.frames = []; }")
        handle.press("ArrowLeft" if press % 2 else "ArrowRight")
        page.page.wait_for_timeout(400)
        times.append(board.evaluate("board => board.log.frames[0] - board.log.from"))
    return times


def _stop_to_halt(page: Lab, board: Locator) -> tuple[list[float], list[float]]:
    """Milliseconds from the click to the last epoch in the kernel, and to the disabled button."""
    clicked, shown = [], []
    for _ in range(PRESSES):
        board.get_by_role("button", name="Start", exact=True).click()
        page.page.wait_for_timeout(300)
        board.evaluate("board => { board.log.stopped = []; }")
        board.get_by_role("button", name="Stop").click()
        page.page.wait_for_timeout(400)
        clicked.append(board.evaluate("board => performance.timeOrigin + board.log.from"))
        shown.append(board.evaluate("board => board.log.stopped[0] - board.log.from"))
        board.get_by_role("button", name="Reset").click()
        page.page.wait_for_timeout(100)
    page.page.locator(".jp-CodeCell .jp-InputArea-editor").last.click()
    page.page.keyboard.press("Control+Enter")
    page.page.wait_for_timeout(1000)
    halted = [1000 * seconds for seconds in _printed(page, -1)]
    return [min(h for h in halted if h > click) - click for click in clicked], shown


def _printed(page: Lab, cell: int) -> list:
    """The JSON that this cell printed."""
    output = page.page.locator(".jp-CodeCell").nth(cell).locator(".jp-OutputArea-output")
    output.wait_for(timeout=600_000)
    return json.loads(output.inner_text())


def _print_times(what: str, times: list[float]) -> None:
    worst = statistics.quantiles(times, n=20)[-1]
    print(f"{what}: median {statistics.median(times):.0f} ms, p95 {worst:.0f} ms")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        cells = [nbf.new_code_cell(cell.strip()) for cell in _CELLS]
        kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
        notebook = nbf.new_notebook(cells=cells, metadata={"kernelspec": kernel})
        nbformat.write(notebook, Path(folder, "bench.ipynb"))
        with lab(Path(folder), PYTHONPATH=ROOT, OMP_NUM_THREADS="1") as page:
            page.open("bench.ipynb")
            _report(page)


if __name__ == "__main__":
    main()
