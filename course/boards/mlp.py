"""The MLP board: width, depth and activation decide what a network can draw."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch
import torch.nn.functional as F

from course.boards.chart import (
    DASHED,
    DOTTED,
    FAINT_INK,
    INK,
    Axis,
    Dots,
    Line,
    chart,
    legend,
    number,
    region,
    sheet,
)  # fmt: skip
from course.boards.controls import choice, slider
from course.boards.trainer import Trainer
from course.boards.words import diverged, divergence, story
from course.svg import BLUE, PURPLE, RED, tag, text

ACTIVATIONS = {"ReLU": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid}
MIDDLE = {"ReLU": 0.0, "tanh": 0.0, "sigmoid": 0.5}  # from here on a unit counts as active
REACH = {"wave": 4.0, "rings": 2.0}  # the data lie between -reach and reach
THUMBNAILS, CELLS = 8, 50


@dataclass(frozen=True)
class Fit:
    """The losses so far and the network: (weight, bias) of each layer, as float64."""

    losses: Sequence[float]
    layers: Sequence[tuple[torch.Tensor, torch.Tensor]]

    def __call__(self, x: torch.Tensor, activation: str) -> tuple[torch.Tensor, torch.Tensor]:
        """The output (n, 1) and the last hidden layer (n, width) for x, (n, inputs)."""
        return forward(self.layers, x, activation)


class MLPBoard(Trainer):
    """Fits a wave, or the border between two rings, with Adam on the whole batch.

    `data` is "wave" or "rings", `width` the units of each of `depth` hidden layers, `activation`
    "ReLU", "tanh" or "sigmoid". Under the border stand the units of the last hidden layer, over
    the wave what each of them adds to the curve.
    """

    def __init__(
        self,
        data: str = "wave",
        width: int = 4,
        depth: int = 1,
        activation: str = "ReLU",
        lr: float = 0.05,
        epochs: int = 500,
        seed: int = 0,
        scale: str = "log",
    ):
        kind = {
            "data": choice("data", list(REACH), data),
            "width": slider("width", range(1, 17), width),
        }
        depths = {
            "depth": slider("depth", range(1, 5), depth),
            "activation": choice("activation", list(ACTIVATIONS), activation),
        }
        super().__init__(lr, epochs, seed, scale, kind, depths)

    @property
    def criterion(self) -> str:
        return "mean squared error" if self.at("data") == "wave" else "BCE with logits"

    def run(self) -> Iterator[Fit]:
        x, y = samples(self.at("data"))
        layers = fresh([x.shape[1], *[self.at("width")] * self.at("depth"), 1], self.at("seed"))
        loss_of = F.mse_loss if self.at("data") == "wave" else F.binary_cross_entropy_with_logits
        parameters = [tensor for layer in layers for tensor in layer]
        optimizer = torch.optim.Adam(parameters, lr=self.at("lr"))
        activation, losses = self.at("activation"), []
        for _ in range(self.at("epochs") + 1):
            loss = loss_of(forward(layers, x, activation)[0], y)
            losses.append(loss.item())
            yield Fit(losses, [(w.detach().clone(), b.detach().clone()) for w, b in layers])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

    def words(self, state: Fit) -> str:
        x, y = samples(self.at("data"))
        widths = "-".join(str(w.shape[1]) for w, _ in state.layers) + "-1"
        count = sum(w.numel() + b.numel() for w, b in state.layers)
        output = state(x, self.at("activation"))[0]
        if diverged(state.losses):
            end = divergence(state.losses)
        elif self.at("data") == "wave":
            end = f"The curve is at most {number((output - y).abs().max().item(), 2)} off."
        else:
            right = ((output > 0) == (y > 0)).double().mean().item()
            end = f"{right:.0%} of the points are right."
        network = f"{widths} with {self.at('activation')}, {count} parameters."
        return f"{network} {story(state.losses)} {end}"

    def draw(self, state: Fit) -> str:
        losses = state.losses
        x, y = self.loss_axes(losses)
        last = Dots([len(losses) - 1], [losses[-1]], BLUE, radius=5)
        parts = [(0, 0, chart(x, y, [Line(range(len(losses)), losses, BLUE, width=3), last]))]
        draw = self._curve if self.at("data") == "wave" else self._border
        return sheet(740, 380, *parts, *draw(state), label=self.words(state))

    def _curve(self, state: Fit) -> list[tuple[float, float, str]]:
        x, y = samples("wave")
        output, hidden = state(x, self.at("activation"))
        across = x.flatten().tolist()
        adds = (hidden * state.layers[-1][0]).T.tolist()
        wave = Line(across, y.flatten().tolist(), RED, DASHED)
        network = Line(across, output.flatten().tolist(), BLUE, width=3)
        unit = Line(across, across, PURPLE, DOTTED, width=1.5)
        units = [Line(across, values, PURPLE, DOTTED, width=1.5) for values in adds]
        axes = Axis("x", -4, 4), Axis("y", -4, 4)
        rows = [
            (None, ("",)),
            (wave, ("wave",)),
            (network, ("network",)),
            (unit, ("what each unit adds",)),
        ]
        return [(384, 0, chart(*axes, [*units, wave, network])), (440, 278, legend((34,), rows))]

    def _border(self, state: Fit) -> list[tuple[float, float, str]]:
        x, y = samples("rings")
        output, hidden = state(plane(), self.at("activation"))
        axes = Axis("x1", -2, 2), Axis("x2", -2, 2)
        ring = [Dots(*x[y.flatten() == kind].T.tolist(), INK, kind == 0, 3) for kind in (0, 1)]
        painted = region((output > 0).view(CELLS, CELLS).tolist(), 286, 194)
        wash = tag("g", painted, opacity=0.45, transform="translate(52 26)")
        parts = [(384, 0, wash + chart(*axes, ring))]
        active = (hidden > MIDDLE[self.at("activation")]).T.view(-1, CELLS, CELLS)
        for place, unit in enumerate(active[:THUMBNAILS].tolist()):
            frame = tag("rect", width=60, height=60, fill="none", stroke=FAINT_INK)
            parts.append((52 + 74 * place, 300, region(unit, 60, 60, PURPLE) + frame))
        shown = min(len(active), THUMBNAILS)
        says = f"where the units of the last hidden layer are active ({shown} of {len(active)})"
        return [*parts, (52, 292, text(0, 0, says, fill=FAINT_INK))]


def forward(
    layers: Sequence[tuple[torch.Tensor, torch.Tensor]], x: torch.Tensor, activation: str
) -> tuple[torch.Tensor, torch.Tensor]:
    """The output (n, 1) and the last hidden layer (n, width) of a network."""
    *hidden, (weight, bias) = layers
    for w, b in hidden:
        x = ACTIVATIONS[activation](x @ w.T + b)
    return x @ weight.T + bias, x


def fresh(widths: Sequence[int], seed: int) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """Layers that start as `nn.Linear` does: uniform within 1/√inputs, here in float64."""
    source, layers = torch.Generator().manual_seed(seed), []
    for inputs, outputs in pairwise(widths):
        limit = 1 / math.sqrt(inputs)
        both = (torch.empty(outputs, inputs), torch.empty(outputs))
        layers.append(
            tuple(
                t.double().uniform_(-limit, limit, generator=source).requires_grad_() for t in both
            )
        )
    return layers


def samples(data: str) -> tuple[torch.Tensor, torch.Tensor]:
    """81 points of 2 sin(x), or 60 points on each of two rings: x (n, inputs), y (n, 1)."""
    if data == "wave":
        x = torch.linspace(-4, 4, 81, dtype=torch.float64).unsqueeze(1)
        return x, 2 * torch.sin(x)
    angle = torch.arange(60, dtype=torch.float64) * 2.4  # spreads over the circle
    wobble = 0.15 * torch.sin(torch.arange(60, dtype=torch.float64) * 7.7)
    rings = [torch.stack([angle.cos(), angle.sin()], 1) * (r + wobble)[:, None] for r in (0.7, 1.5)]
    return torch.cat(rings), torch.tensor([[1.0]] * 60 + [[0.0]] * 60, dtype=torch.float64)


def plane() -> torch.Tensor:
    """The centres of CELLS x CELLS cells between -2 and 2, row by row: (CELLS², 2)."""
    at = (torch.arange(CELLS, dtype=torch.float64) + 0.5) * 4 / CELLS - 2
    x2, x1 = torch.meshgrid(at, at, indexing="ij")
    return torch.stack([x1.flatten(), x2.flatten()], 1)
