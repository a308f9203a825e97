"""The race board: SGD, momentum and Adam go down the same surface, each with its own lr."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import torch
from torch import optim

from course.boards.board import Board
from course.boards.chart import (
    DASHED,
    DOTTED,
    FAINT_INK,
    INK,
    PAPER,
    SOLID,
    Axis,
    Line,
    chart,
    legend,
    number,
    sheet,
)
from course.boards.controls import COUNTS, choice, log_slider, slider
from course.svg import BLUE, GREEN, RED, tag, text

LRS = (1, 1.2, 1.5, 2, 2.5, 3, 3.4, 3.8, 4, 4.2, 5, 6, 7, 8)
LARGEST_LR, MOST_STEPS = 10, 299  # a chart draws every point of so many steps
LOW, TOO_LARGE = 0.01, 1000  # a loss that is low; so many times its first loss has diverged
RACERS = {  # colour, dash and width of the line; end mark: all show where they meet
    "SGD": (BLUE, SOLID, 2.5, "M-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0z"),
    "momentum": (RED, DASHED, 2, "M-5-5h10v10h-10z"),
    "Adam": (GREEN, DOTTED, 2.5, "M0-3L2.5 2H-2.5z"),
}
LEFT, TOP, WIDTH, HEIGHT = 52, 26, 286, 194  # of the frame that `chart` draws, in pixels


@dataclass(frozen=True)
class Surface:
    """The loss (w[0]² + curvature · w[1]²) / 2, and the part of it that is drawn."""

    place: str
    formula: str
    curvature: int  # along w[1]; along w[0] it is 1
    start: tuple[float, float]
    size: tuple[float, float]  # the picture ends at ± these
    levels: tuple[float, ...]  # the losses of its contour lines

    @property
    def open(self) -> bool:
        """Whether there is no lowest point: then the goal is to get away."""
        return self.curvature < 0

    def loss(self, w: torch.Tensor) -> torch.Tensor:
        return (w[0] ** 2 + self.curvature * w[1] ** 2) / 2


BOWL = Surface("in the bowl", "loss = (w[0]² + w[1]²) / 2", 1, (-8, 6), (11, 7.5), (2, 10, 25, 50))
VALLEY = Surface(
    "in the valley", "loss = (w[0]² + 50 · w[1]²) / 2", 50, (-10, 1), (11, 3), (2, 10, 30, 75, 150)
)
SADDLE = Surface(
    "on the saddle", "loss = (w[0]² − w[1]²) / 2", -1, (1, 1e-4), (2.2, 1.5),
    (-0.9, -0.3, -0.1, 0.1, 0.4, 0.9, 2),
)  # fmt: skip
SURFACES = {"bowl": BOWL, "valley": VALLEY, "saddle": SADDLE}


@dataclass(frozen=True)
class Way:
    """Where one optimizer has been: at the start and after each of its steps."""

    name: str
    setting: str  # its lr and momentum
    fault: str  # why it must diverge; empty if it need not
    surface: Surface
    points: list[list[float]]
    losses: list[float]

    @property
    def home(self) -> int | None:
        """The step since which it is at the goal."""
        if self.surface.open:
            short = [not abs(point[1]) > 1 for point in self.points]
        else:
            short = [not loss < LOW for loss in self.losses]
        return None if short[-1] else len(short) - short[::-1].index(True)

    @property
    def diverged(self) -> bool:
        return self.home is None and not self.losses[-1] <= TOO_LARGE * self.losses[0]

    @property
    def over(self) -> bool:
        """Whether it takes no more steps."""
        return self.diverged or (self.surface.open and self.home is not None)

    @property
    def rank(self) -> tuple[float, float]:
        """The smaller, the further ahead."""
        if self.home is not None:
            return 0, self.home
        return 1, -abs(self.points[-1][1]) if self.surface.open else self.losses[-1]

    def stands(self) -> str:
        """How far it is."""
        step = len(self.losses) - 1
        if self.home is not None:
            goal = "away" if self.surface.open else f"loss below {LOW}"
            return f"{goal} from step {self.home} on"
        if self.diverged:
            return f"diverged at step {step}"
        if self.fault and step:
            return "swings ever wider"
        if self.surface.open:
            return f"w[1] = {number(self.points[-1][1])}"
        return f"loss {number(self.losses[-1])}"

    def trouble(self) -> str:
        """How far it is, where that needs a reason."""
        wild = self.home is None and self.fault and len(self.losses) > 1
        return f"{self.name} {self.stands()}: {self.fault}" if wild else ""


@dataclass(frozen=True)
class Race:
    """The ways of all three after `step` of `steps` steps."""

    surface: Surface
    steps: int
    step: int
    ways: list[Way]


class RaceBoard(Board):
    """A race of `optim.SGD`, SGD with momentum and `optim.Adam` over one of three surfaces.

    Each has a learning rate of its own, since the same number means another thing to each; `mu`
    is the momentum. Raises ValueError for values that make no race.
    """

    seconds = 6.0  # that a whole race lasts on the page

    def __init__(
        self,
        surface: str = "valley",
        steps: int = 150,
        lr_sgd: float = 0.038,
        lr_adam: float = 0.3,
        lr_momentum: float = 0.02,
        mu: float = 0.9,
    ):
        lrs = {"lr_sgd": lr_sgd, "lr_momentum": lr_momentum, "lr_adam": lr_adam}
        if surface not in [*SURFACES]:
            raise ValueError(f"surface is {surface!r}; it must be one of {', '.join(SURFACES)}.")
        if steps not in range(1, MOST_STEPS + 1):
            raise ValueError(f"steps is {steps!r}; it must be an int from 1 to {MOST_STEPS}.")
        if not 0 <= float(mu) < 1:
            raise ValueError(f"mu is {mu!r}; it must be at least 0 and below 1.")
        for name, lr in lrs.items():
            if not 0 < float(lr) <= LARGEST_LR:
                raise ValueError(f"{name} is {lr!r}; it must be above 0 and at most {LARGEST_LR}.")
        made = {
            key: log_slider(f"lr of {name}", (0.001, 5), LRS, float(lr))
            for name, (key, lr) in zip(RACERS, lrs.items(), strict=True)
        }
        made["mu"] = slider("momentum μ", (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98), float(mu))
        made["surface"] = choice("surface", list(SURFACES), surface)
        made["steps"] = log_slider("steps", (10, 200), COUNTS, int(steps))
        rows = ("surface", "steps"), ("lr_sgd", "lr_adam"), ("lr_momentum", "mu")
        super().__init__(*({name: made[name] for name in row} for row in rows))

    def states(self) -> Iterator[Race]:
        surface, steps, mu = SURFACES[self.at("surface")], self.at("steps"), self.at("mu")
        kinds = {"SGD": (optim.SGD, {}), "momentum": (optim.SGD, {"momentum": mu})}
        ways, racers = [], []
        for name in RACERS:
            lr, (kind, settings) = self.at(f"lr_{name.lower()}"), kinds.get(name, (optim.Adam, {}))
            w = torch.tensor(surface.start, dtype=torch.float64, requires_grad=True)
            racers.append((w, kind([w], lr=lr, **settings)))
            setting = f"{lr:g}, μ {mu:g}" if settings else f"{lr:g}"
            fault = _fault(name, lr, mu, surface)
            begin = [w.tolist()], [surface.loss(w).item()]
            ways.append(Way(name, setting, fault, surface, *begin))
        yield Race(surface, steps, 0, ways)
        for step in range(1, steps + 1):
            for way, (w, optimizer) in zip(ways, racers, strict=True):
                if not way.over:
                    optimizer.zero_grad()
                    surface.loss(w).backward()
                    optimizer.step()
                    way.points.append(w.tolist())
                    way.losses.append(surface.loss(w).item())
            yield Race(surface, steps, step, ways)
            if all(way.over for way in ways):
                return

    def rest(self, race: Race) -> float:
        """The first steps, which are the longest, get most of the time."""
        before = max(race.step - 1, 0)
        return self.seconds * (math.sqrt(race.step) - math.sqrt(before)) / math.sqrt(race.steps)

    def over(self, race: Race) -> bool:
        return race.step == race.steps or all(way.over for way in race.ways)

    def words(self, race: Race) -> str:
        if race.step == 0:
            x, y, loss = map(number, (*race.surface.start, race.ways[0].losses[0]))
            return f"All three stand {race.surface.place} at ({x}, {y}), where the loss is {loss}."
        first = min(way.rank for way in race.ways)
        leaders = [way.name for way in race.ways if way.rank == first and not way.diverged]
        lead = f"{' and '.join(leaders) or 'nobody'} lead{'s' * (len(leaders) < 2)}"
        steps = f"{race.step} step{'s' * (race.step > 1)}"
        stand = [way.trouble() or f"{way.name}: {way.stands()}" for way in race.ways]
        return f"After {steps} {race.surface.place} {lead}. {'; '.join(stand)}."

    def says(self, race: Race) -> str:
        if self.runner.running:
            goal = "get away" if race.surface.open else f"keep the loss below {LOW}"
            trouble = "".join(f" {way.trouble()}." for way in race.ways if way.trouble())
            return f"Who is first to {goal}?{trouble}"
        hint = " Press <b>Start</b> for the race, or <b>Step</b> for one step of each."
        return self.words(race) + hint * self.fresh

    def draw(self, race: Race) -> str:
        return sheet(
            740, 368,
            (0, 0, _map(race)),
            (384, 0, _losses(race)),
            (52, 292, _table(race)),
            label=self.words(race),
        )  # fmt: skip


def _fault(name: str, lr: float, mu: float, surface: Surface) -> str:
    """Why an optimizer with these settings diverges, if it does; Adam's steps have no limit."""
    steep, factor = max(surface.curvature, 1), 1 + mu if name == "momentum" else 1
    if name == "Adam" or lr <= 2 * factor / steep:
        return ""
    sum = f"2 · (1 + {mu:g})/{steep}" if name == "momentum" else f"2/{steep}"
    return f"its lr {number(lr)} is above the limit {sum} = {number(2 * factor / steep)}"


def _map(race: Race) -> str:
    """The surface seen from above, and the ways on it."""
    surface = race.surface
    x, y = (Axis(f"w[{i}]", -end, end) for i, end in enumerate(surface.size))
    ways = [zip(*way.points, strict=True) for way in race.ways]
    a, b = _pixel(x, y, *surface.start)
    start = tag("circle", cx=a, cy=b, r=11, fill="none", stroke=INK, stroke_width=1.5)
    start += text(a + 13, b - 7, "start", fill=INK)
    goals = (1, -1) if surface.open else ()
    return _ground(surface) + start + _ways(race, x, y, ways, goals, surface.formula)


def _losses(race: Race) -> str:
    """The loss of each over the steps; on a log scale, except where it falls below 0."""
    x, most = Axis("step", 0, race.steps), max(max(way.losses) for way in race.ways)
    ways = [(range(len(way.losses)), way.losses) for way in race.ways]
    if race.surface.open:
        return _ways(race, x, Axis("loss", -1, 1), ways, ())
    high = max(2, math.ceil(math.log10(most)))
    return _ways(race, x, Axis("loss (log scale)", 1e-4, 10.0**high, log=True), ways, (LOW,))


def _ways(race: Race, x: Axis, y: Axis, ways: list, goals: Sequence[float], note: str = "") -> str:
    """A chart with a line for each optimizer, a mark where it is now, and lines at the goals."""
    lines = [Line((x.low, x.high), (at, at), INK, DASHED, 1) for at in goals]
    marks = [text(LEFT + 5, _pixel(x, y, 0, at)[1] - 5, "goal", fill=INK) for at in goals[:1]]
    for name, (across, up) in zip(RACERS, ways, strict=True):
        lines.append(_line(name, across, up))
        marks.append(_mark(name, *_pixel(x, y, across[-1], up[-1])))
    return chart(x, y, lines, note) + "".join(marks)


def _table(race: Race) -> str:
    rows = [(Line((), (), "none"), ("", "lr", f"after {race.step} of {race.steps} steps"))]
    for way in race.ways:
        rows.append((_line(way.name), (way.name, way.setting, way.stands())))
    marks = [_mark(name, 13, 22 * row - 4) for row, name in enumerate(RACERS, 1)]
    return legend((40, 130, 230), rows) + "".join(marks)


def _line(name: str, x: Sequence[float] = (), y: Sequence[float] = ()) -> Line:
    return Line(x, y, *RACERS[name][:3])


def _mark(name: str, x: float, y: float) -> str:
    colour, *_, shape = RACERS[name]
    place = f"translate({x:.1f} {y:.1f})"
    return tag("path", d=shape, fill=PAPER, stroke=colour, stroke_width=2.5, transform=place)


def _pixel(x: Axis, y: Axis, a: float, b: float) -> tuple[float, float]:
    """Where a point of a chart lies; at the frame's edge if it lies outside."""
    across, up = (min(max(axis.place(at), 0.0), 1.0) for axis, at in ((x, a), (y, b)))
    return LEFT + WIDTH * across, TOP + HEIGHT * (1 - up)


@cache
def _ground(surface: Surface) -> str:
    """Contour lines, each with its loss; the lower the ground, the more shade."""
    wide, high = (
        pixels / 2 / end for pixels, end in zip((WIDTH, HEIGHT), surface.size, strict=True)
    )
    shade = {"fill": BLUE, "fill_opacity": 0.12, "stroke": FAINT_INK, "stroke_opacity": 0.5}
    halo = {"stroke": PAPER, "stroke_width": 3, "paint_order": "stroke", "font_size": 12}
    lines, names = [], []
    for level in surface.levels:
        outlines = [[(a * wide, -b * high) for a, b in line] for line in _outlines(surface, level)]
        for line in outlines:
            points = " ".join(f"{a:.1f},{b:.1f}" for a, b in line)
            lines.append(tag("polygon", points=points, **shade))
        a, b = outlines[0][40]
        words = number(level)
        names.append(text(a, b + 4, words, fill=FAINT_INK, text_anchor="middle", **halo))
    plot = tag("g", *lines, *names, transform=f"translate({WIDTH / 2} {HEIGHT / 2})")
    return tag("svg", plot, x=LEFT, y=TOP, width=WIDTH, height=HEIGHT, overflow="hidden")


def _outlines(surface: Surface, level: float) -> list[list[tuple[float, float]]]:
    """The borders of the ground below `level`: an ellipse, or the branches of a hyperbola."""
    r = math.sqrt(2 * abs(level))
    if not surface.open:
        s, turns = r / math.sqrt(surface.curvature), [math.tau * i / 320 for i in range(320)]
        return [[(r * math.cos(t), s * math.sin(t)) for t in turns]]
    branch = [(-r * math.cosh(i / 10), r * math.sinh(i / 10)) for i in range(-40, 41)]
    if level > 0:
        return [[*branch, *((-a, -b) for a, b in branch)]]
    return [[(b, sign * a) for a, b in branch] for sign in (1, -1)]
