"""The training board: one weight and one bias learn to predict a time from a distance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import nn

from course.boards.chart import (
    DASHED,
    DOTTED,
    FAINT_INK,
    Dots,
    Line,
    axis,
    chart,
    legend,
    number,
    sheet,
)
from course.boards.trainer import Trainer
from course.boards.words import diverged, divergence, story
from course.svg import BLUE, RED


@dataclass(frozen=True)
class Fit:
    """A line y = weight · x + bias, and the loss before training and after each epoch."""

    losses: Sequence[float]
    weight: float
    bias: float

    def at(self, x: float) -> float:
        return self.weight * x + self.bias


class TrainingBoard(Trainer):
    """Trains `nn.Linear(1, 1)` with SGD on the mean squared error, on the page.

    `inputs` and `times` have shape (N, 1); `at` is the input to predict for; `units` names what
    an input and a time are counted in. The first weights are the same in every run. Raises
    ValueError for other shapes.
    """

    def __init__(
        self,
        inputs: torch.Tensor,
        times: torch.Tensor,
        lr: float = 0.01,
        epochs: int = 500,
        at: float = 7.0,
        units: tuple[str, str] = ("miles", "minutes"),
        seed: int = 0,
        scale: str = "log",
    ):
        for name, data in (("inputs", inputs), ("times", times)):
            if data.ndim != 2 or data.shape != (len(inputs), 1):
                raise ValueError(f"{name} has shape {tuple(data.shape)}; it must be (N, 1).")
        self._inputs, self._times = inputs, times
        self._x, self._y = inputs.detach().flatten().tolist(), times.detach().flatten().tolist()
        self._at, self._units = at, units
        self.given = f"inputs, times, at={at:g}, units={units!r}"
        self._best = least_squares(inputs, times)
        self._x_axis = axis(units[0], [*self._x, at])
        self._y_axis = axis(units[1], [*self._y, self._best.at(at)])
        super().__init__(lr, epochs, seed, scale)

    def run(self) -> Iterator[Fit]:
        return train(self._inputs, self._times, self.lr.value, self.epochs.value, self.seed.value)

    def words(self, state: Fit) -> str:
        x_unit, y_unit = self._units
        at, network, best = map(number, (self._at, state.at(self._at), self._best.at(self._at)))
        end = f" {divergence(state.losses)}" if diverged(state.losses) else ""
        return (
            f"{story(state.losses)} At {at} {x_unit} the network predicts {network} {y_unit}, "
            f"least squares {best}.{end}"
        )

    def draw(self, state: Fit) -> str:
        return sheet(
            740, 352,
            (0, 0, self._loss_chart(state.losses)),
            (384, 0, self._fit_chart(state)),
            (52, 296, self._legend(state)),
            label=self.words(state),
        )  # fmt: skip

    def _loss_chart(self, losses: Sequence[float]) -> str:
        epoch = len(losses) - 1
        x, y = self.loss_axes(losses, *self._best.losses)
        floor = _least_squares((x.low, x.high), self._best.losses * 2)
        return chart(x, y, [floor, _network(range(epoch + 1), losses), _now(epoch, losses[-1])])

    def _fit_chart(self, state: Fit) -> str:
        x, y, at, best = self._x_axis, self._y_axis, self._at, self._best
        ends = (x.low, x.high)
        heights = [state.at(end) for end in ends]
        layers = [
            Line((at, at), (y.low, y.high), FAINT_INK, DOTTED, width=1.5),
            _least_squares(ends, [best.at(end) for end in ends]),
            _network(ends, heights),
            Dots(self._x, self._y),
            Dots([at], [best.at(at)], RED, hollow=True, radius=5),
            _now(at, state.at(at)),
        ]
        out = "below" if max(heights) < y.low else "above" if min(heights) > y.high else ""
        return chart(x, y, layers, note=out and f"the network's line is {out} this picture")

    def _legend(self, state: Fit) -> str:
        x_unit, y_unit = self._units
        head = ("data", f"{y_unit} =", "loss", f"at {number(self._at)} {x_unit}")
        rows: list = [(Dots((), ()), head)]
        for name, fit, layer in (
            ("network", state, _network((), ())),
            ("least squares", self._best, _least_squares((), ())),
        ):
            sign = "−" if fit.bias < 0 else "+"
            line = f"{number(fit.weight)} × {x_unit} {sign} {number(abs(fit.bias))}"
            time = f"{number(fit.at(self._at))} {y_unit}"
            rows.append((layer, (name, line, number(fit.losses[-1]), time)))
        return legend((34, 190, 420, 540), rows)


def _network(x: Sequence[float], y: Sequence[float]) -> Line:
    return Line(x, y, BLUE, width=3)


def _now(x: float, y: float) -> Dots:
    return Dots([x], [y], BLUE, radius=5)


def _least_squares(x: Sequence[float], y: Sequence[float]) -> Line:
    return Line(x, y, RED, DASHED)


def train(
    inputs: torch.Tensor, times: torch.Tensor, lr: float, epochs: int, seed: int = 0
) -> Iterator[Fit]:
    """Train from the first weights of `seed`; a `Fit` before the first epoch and after each one."""
    model = nn.utils.skip_init(nn.Linear, 1, 1, dtype=inputs.dtype)
    generator = torch.Generator().manual_seed(seed)
    for parameter in model.parameters():
        nn.init.uniform_(parameter, -1, 1, generator=generator)
    criterion = nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loss = criterion(model(inputs), times)
    losses = [loss.item()]
    yield Fit(losses, model.weight.item(), model.bias.item())
    for _ in range(epochs):
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        loss = criterion(model(inputs), times)
        losses.append(loss.item())
        yield Fit(losses, model.weight.item(), model.bias.item())


def least_squares(inputs: torch.Tensor, times: torch.Tensor) -> Fit:
    """The line with the smallest mean squared error, from its formula: no training.

    The weight is the covariance of inputs and times over the variance of the inputs, and the
    line goes through the mean of both.
    """
    x, y = inputs.double(), times.double()
    from_mean = x - x.mean()
    weight = (from_mean * y).sum() / from_mean.square().sum()
    bias = y.mean() - weight * x.mean()
    loss = nn.functional.mse_loss(weight * x + bias, y)
    return Fit([loss.item()], weight.item(), bias.item())
