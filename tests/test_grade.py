"""The quick grader and the machine that copies the visible checks keep what they promise."""

from tests import hardcode
from tests.bank import Exercise
from tests.grade import grade

DOUBLE = Exercise(
    unit="00_mini",
    name="double",
    points=1,
    setup=("from course import expect",),
    solution="def double(x):\n    return 2 * x",
    visible="expect.equal(double(3), 6, 'double(3)')",
    hidden="expect.equal(double(5), 10)",
)
MODULE = """
import torch
from torch import nn

class Line(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.linear = nn.Linear(n, 1)

    def forward(self, X):
        return self.linear(X)
"""
LOOP = """
import torch
from torch import nn

def train(model, X, epochs):
    for epoch in range(epochs):
        loss = model(X).square().mean()
        loss.backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= 0.1 * parameter.grad
                parameter.grad = None
        yield loss.item()
"""
OPTIMIZER = """
import torch
from torch import nn

class Descent:
    def __init__(self, parameters, lr):
        self.parameters, self.lr = list(parameters), lr

    def step(self):
        with torch.no_grad():
            for parameter in self.parameters:
                parameter -= self.lr * parameter.grad
"""
REPEATABLE = {
    "a function": (DOUBLE.solution, DOUBLE.visible),
    "a function that returns one": (
        "def times(n):\n    return lambda x: n * x",
        "expect.equal(times(3)(4), 12)\nexpect.equal(times(5)(4), 20)",
    ),
    "a function with slopes": (
        "import torch\ndef square(x):\n    return x ** 2",
        "x = torch.tensor([3.0, -1.0], requires_grad=True)\n"
        "square(x).sum().backward()\n"
        "expect.close(x.grad, torch.tensor([6.0, -2.0]))",
    ),
    "a module": (
        MODULE,
        "torch.manual_seed(0)\n"
        "line, X = Line(3), torch.ones(4, 3)\n"
        "expect.that(isinstance(line, nn.Module), 'no module')\n"
        "expect.equal(sum(p.numel() for p in line.parameters()), 4)\n"
        "expect.close(line(X), X @ line.linear.weight.T + line.linear.bias)\n"
        "line(X).sum().backward()\n"
        "expect.close(line.linear.bias.grad, torch.tensor([4.0]))",
    ),
    "a generator that trains a model": (
        LOOP,
        "torch.manual_seed(0)\n"
        "model, X = nn.Linear(2, 1), torch.ones(4, 2)\n"
        "losses = list(train(model, X, 5))\n"
        "expect.that(losses[-1] < losses[0] / 2, 'it learns nothing')\n"
        "expect.that(model(X).square().mean().item() < losses[-1], 'the model did not change')",
    ),
    "a class that changes what it was given": (
        OPTIMIZER,
        "w = torch.tensor([1.0], requires_grad=True)\n"
        "descent = Descent([w], 0.5)\n"
        "for wanted in (0.0, 0.0):\n"
        "    w.grad = 2 * w.detach()\n"
        "    descent.step()\n"
        "    expect.close(w, torch.tensor([wanted]))",
    ),
}


def test_an_answer_that_dies_does_not_take_the_others_along():
    answers = ["import os; os._exit(0)", "import os; os.abort()", DOUBLE.solution]
    died, aborted, right = grade((DOUBLE, answer) for answer in answers)
    assert died.message == aborted.message == "The process died."
    assert right.passed


def test_a_verdict_tells_the_visible_checks_from_the_hidden_ones():
    answers = ["def double(x):\n    return 6", "def double(x):\n    return x", "double = None"]
    copied, wrong, broken = grade((DOUBLE, answer) for answer in answers)
    assert copied == (True, False, "CheckFailed: the result is 6, not 10.")
    assert wrong == (False, False, "CheckFailed: double(3) is 3, not 6.")
    assert broken == (False, False, "TypeError: 'NoneType' object is not callable")


def test_hidden_checks_that_ask_nothing_new_are_passed_by_copying():
    exercises = {
        what: Exercise("00_mini", "copy", 1, DOUBLE.setup, solution, visible, visible)
        for what, (solution, visible) in REPEATABLE.items()
    }
    verdicts = grade((exercise, hardcode.answer(exercise)) for exercise in exercises.values())
    messages = dict(zip(exercises, (verdict.message for verdict in verdicts), strict=True))
    assert messages == dict.fromkeys(exercises, "")


def test_hidden_checks_that_ask_something_new_are_not():
    (verdict,) = grade([(DOUBLE, hardcode.answer(DOUBLE))])
    assert verdict == (True, False, "CheckFailed: the result is 6, not 10.")
