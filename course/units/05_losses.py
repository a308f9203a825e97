# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
#   course:
#     title: Losses
#     minutes: 130
#     teaches: choose a loss, feed it the right shapes and dtypes, and write it so that no number breaks
# ---

# %% [markdown]
# # 5 · Losses
#
# A network learns what its loss asks for, and nothing else. After this unit you can write
# the common losses by hand so that neither a value nor a gradient breaks. You can read
# PyTorch's complaints about shapes and dtypes, find losses that are wrong in silence, and
# choose the right one for a task. It takes about 130 minutes; a good place for a break is
# after Exercise 5.4.
#
# **Three questions on earlier units.** Answer aloud before you look.
#
# 1. `y_hat` has shape (4, 1) and `y` has shape (4,). How many differences does
#    `y_hat - y` hold, and what does PyTorch say about it?
# 2. A row of logits is 2, 1, 0. What do you know about its softmax without computing it?
#    What changes when you add 1000 to all three?
# 3. How many parameters has `nn.Sequential(nn.Linear(10, 5), nn.ReLU(), nn.Linear(5, 1))`?
#    Why does it not end with a ReLU?
#
# <details><summary>Answers</summary>
#
# 1. Sixteen, in shape (4, 4), by broadcasting. A plain subtraction says nothing.
#    `nn.MSELoss` prints a warning and goes on.
# 2. Three positive shares in falling order that add up to 1. Adding the same number to all
#    logits of a sample changes nothing, as long as exp does not overflow.
# 3. 10 · 5 + 5 in the first layer and 5 + 1 in the last: 61. After a ReLU, the output would
#    often be exactly 0, without a slope, and never below 0.
#
# </details>

# %% [markdown]
# ## 5.1 What a loss is for
#
# Training turns the parameters a little, again and again. For that it needs a number that
# says how far the predictions are from the targets: the loss of unit 1. A **loss function**,
# also called a **cost function**, computes it. In PyTorch programs the object that holds
# the loss function is mostly named `criterion`; a **criterion** is what success is
# measured by.
#
# **Predict.** Why not count wrong answers? Below, a network says yes or no to three
# samples, and we raise its bias twice by 0.1. Which of two numbers will notice: the share
# of right answers, or a mean squared error?
#
# **Run.**

# %% nbgrader={"grade_id": "setup", "locked": true}
import warnings

import matplotlib.pyplot as plt
import torch
import torch.nn as nn
import torch.nn.functional as F

from course import expect, predict
from course.boards.losses import LossBoard

# %%
y = torch.tensor([0.0, 1.0, 1.0])
for b in (0.0, 0.1, 0.2):
    y_hat = torch.sigmoid(torch.tensor([-2.0, -0.5, 1.0]) + b)
    right = ((y_hat > 0.5) == (y > 0.5)).float().mean()
    loss = ((y_hat - y) ** 2).mean()
    print(b, round(right.item(), 2), round(loss.item(), 4))

# %%
torch.manual_seed(0)
net = nn.Sequential(nn.Linear(10, 1), nn.ReLU())  # as SimpleNet in unit 4
input_data = torch.randn(10)
output_data = net(input_data)

# %%
criterion = nn.MSELoss()
target_data = torch.randn(1)  # dummy target: any number will do
loss = criterion(output_data, target_data)
print(loss)

# %%
print(output_data, target_data)
print(sum(p.numel() for p in criterion.parameters()))

# %% [markdown]
# ![A box named criterion. Two arrows enter it, from y_hat 0.03 and from y -0.57. One arrow leaves it to the loss, 0.36. A dashed arrow leads from the loss back to y_hat: the slope.](figures/criterion.svg)
#
# *Figure 5.1. Predictions and targets in, one number out; the slope goes back.*
#
# **Look closer.** The share of right answers stays at 0.67. It changes in jumps, when an
# answer crosses the border, and its slope is 0 everywhere else: training would not know
# where to go. The loss falls with every small improvement. A loss is not the goal itself.
# It has a slope, and the slope leads to the goal.
#
# `nn.MSELoss()` makes an object; calling it with predictions and targets gives a tensor
# of shape () that carries the record for `backward()`.
#
# <div class="alert alert-info">
#
# **You may read elsewhere:** "the criterion is a function". More exactly, it is an object
# that is called like one: a module as in unit 4, with 0 parameters. You may also read that
# any number will do as a target. It runs, but here the target is −0.57, and a ReLU at the
# output never gives a number below 0. No training reaches that target.
#
# </div>
#
# **Change.** In the first cell of code below the imports, replace the bias 0.2 by 0.6.
# What does the share of right answers do now?

# %% [markdown]
# ## 5.2 Mean squared error
#
# A task whose target is a quantity, such as minutes or a price, is called **regression**.
# Its first choice is the mean squared error of unit 1:
#
# $$\mathrm{MSE} = \frac{1}{N} \sum_{i=1}^{N} (\hat y_i - y_i)^2$$
#
# Predictions and targets are floats of the same shape.
#
# **Predict.** The word *mean* is easy to misread.

# %%
predict.choice(
    "divide",
    "Five samples have two target numbers each. By what does nn.MSELoss "
    "divide the sum of the squares?",
    ["2", "5", "10"],
)

# %%
y_hat, y = torch.zeros(5, 2), torch.ones(5, 2)
total = nn.MSELoss(reduction="sum")(y_hat, y)
predict.show("divide", f"{(total / nn.MSELoss()(y_hat, y)).item():.0f}")

# %% [markdown]
# **Run.** First four deliveries in minutes, then random numbers, then the reductions.

# %%
torch.manual_seed(0)
loss_fn = nn.MSELoss()
predictions = torch.tensor([22.0, 18.0, 30.0, 41.0])
targets = torch.tensor([20.0, 18.0, 33.0, 40.0])
loss = loss_fn(predictions, targets)
print(loss.item())

# %%
loss_mse = nn.MSELoss()
predictions_reg = torch.randn(5, 1)  # 5 samples, 1 output value
targets_reg = torch.randn(5, 1)
mse = loss_mse(predictions_reg, targets_reg)
print(f"MSE Loss: {mse.item():.4f}")

# %%
for reduction in ("none", "sum", "mean"):
    y_hat = predictions.clone().requires_grad_()
    loss = nn.MSELoss(reduction=reduction)(y_hat, targets)
    loss.sum().backward()
    print(reduction, loss.tolist(), y_hat.grad.tolist())

# %% [markdown]
# **Look closer.** N counts numbers, not samples. With two numbers a sample, the default
# divides by 10, not by 5.
#
# The argument `reduction` decides what is made of the single squares. `"none"` leaves
# them as they are, `"sum"` adds them, `"mean"` is the default. The slope for one
# prediction is 2 (ŷ − y) with `"sum"`, and that divided by N with `"mean"`. With a sum,
# gradients grow with the size of the batch, and a learning rate that was right for 10
# samples is ten times too large for 100. So use the mean to train, and `"none"` to find the
# samples that cost most. Only a single number has a slope, so the cell adds the losses
# before `backward`: that is why `"none"` prints the gradients of `"sum"`.
#
# `F.mse_loss(y_hat, y)` computes the same without an object. `loss_fn`, `loss_function`
# and `criterion` are three common names for one thing.
#
# <div class="alert alert-info">
#
# **Seeded and rounded.** You may meet such an example elsewhere without a seed and with all
# digits. With a seed and four decimals it prints the same on every machine.
#
# </div>
#
# **Change.** In the last cell, replace `targets` by `targets_reg.squeeze(1)`. What does
# PyTorch say, and why can no rule of broadcasting help?

# %% [markdown]
# ### Exercise 5.1 · Squared error with a choice
# **Difficulty** ●●○○○ · **about 6 minutes** · 8 points
#
# Write `squared_error(y_hat, y, reduction)`. To learn how it works, write it without
# PyTorch's own loss. `reduction` is `"mean"`, `"sum"` or `"none"`. Do what PyTorch does
# not: refuse with a `ValueError` when the shapes differ, and also when `reduction` is any
# other word. The statement is `raise ValueError("what is wrong")`. Keep the record, so that
# gradients pass.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Section 5.2 says what each of the three words makes of the squares. Unit 1 shows why
# shapes that differ must not meet.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Compare the two shapes first: a subtraction would broadcast them. Then compute the
# squares once, for all three words.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# A check that raises; a line that makes the squares; three returns, each behind its word;
# and at the end another raise, for words that none of them knew.
#
# </details>


# %% nbgrader={"grade_id": "squared-error", "solution": true}
def squared_error(y_hat, y, reduction="mean"):
    """Return the squared errors: their mean, their sum, or all of them.

    y_hat, y: floats of any shape, the same for both.
    Result: shape () for "mean" and "sum", the shape of y for "none".
    Raises ValueError for different shapes and for another reduction.
    Example: predictions 1 and 5 for targets 2 and 1: squares 1 and 16.
    """
    ### BEGIN SOLUTION
    if y_hat.shape != y.shape:
        raise ValueError(f"shapes differ: {y_hat.shape} and {y.shape}")
    squares = (y_hat - y) ** 2
    if reduction == "mean":
        return squares.mean()
    if reduction == "sum":
        return squares.sum()
    if reduction == "none":
        return squares
    raise ValueError(f"unknown reduction {reduction!r}")
    ### END SOLUTION


# %% nbgrader={"grade_id": "squared-error-test", "grade": true, "points": 8}
guess = torch.tensor([[1.0, 5.0], [0.0, 3.0]])
target = torch.tensor([[2.0, 1.0], [0.0, 1.0]])
expect.close(
    squared_error(guess, target, "mean"),
    torch.tensor(5.25),
    'squared_error(y_hat, y, "mean")',
    mistakes={
        "10.5 is the sum divided by the number of rows. What does N count in the formula?": 10.5,
        "21 is the sum. Does your function look at `reduction`?": 21.0,
        "1.75 is the mean size of the errors. Which step of the three words "
        "mean, squared, error is missing?": 1.75,
        "errors of both signs cancel: their plain mean came back. Which step of the "
        "three words mean, squared, error is missing?": 1.25,
        "1.5625: the mean error was squared. Of mean, squared, error: which is "
        "done to each sample, and which at the end?": 1.5625,
        "one number for each row came back. Over which numbers does the mean run?": [
            8.5,
            2.0,
        ],
        "the squares came back one by one. Does your function look at `reduction`?": [
            [1.0, 16.0],
            [0.0, 4.0],
        ],
    },
)
expect.close(
    squared_error(guess, target),
    torch.tensor(5.25),
    "squared_error(y_hat, y) without a reduction",
)
expect.close(
    squared_error(guess, target, "sum"),
    torch.tensor(21.0),
    'squared_error(y_hat, y, "sum")',
    mistakes={
        "5.25 is the mean. Does your function look at `reduction`?": 5.25,
        "one number for each row came back. A sum over everything has shape ().": [
            17.0,
            4.0,
        ],
    },
)
expect.close(
    squared_error(guess, target, "none"),
    torch.tensor([[1.0, 16.0], [0.0, 4.0]]),
    'squared_error(y_hat, y, "none")',
    mistakes={
        '"none" asks for all squares, in the shape of y. One number came back.': 5.25,
        "these are the squares in shape (4,). Which shape did the arguments have?": [
            1.0,
            16.0,
            0.0,
            4.0,
        ],
    },
)
try:
    back = squared_error(torch.zeros(3), torch.zeros(3, 1), "mean")
except Exception:  # whether it is the right one is seen below
    back = None
expect.that(
    not isinstance(back, Exception),
    "squared_error of shapes (3,) and (3, 1) returned an error like a result, so "
    "the program goes on. Which statement stops it?",
)
expect.raises(
    ValueError,
    squared_error,
    torch.zeros(3),
    torch.zeros(3, 1),
    "mean",
    name="squared_error of shapes (3,) and (3, 1)",
)
expect.raises(
    ValueError,
    squared_error,
    torch.zeros(3, 1),
    torch.zeros(1, 3),
    "mean",
    name="squared_error of shapes (3, 1) and (1, 3)",
)
expect.raises(
    ValueError,
    squared_error,
    torch.zeros(2),
    torch.zeros(2),
    "average",
    name='squared_error with the reduction "average"',
)
leaf = torch.ones(2, requires_grad=True)
expect.that(
    squared_error(leaf, torch.zeros(2), "mean").requires_grad,
    "the loss has lost its record. Which line takes numbers out of the tensors?",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(51)
for shape in ((1,), (7,), (4, 1), (3, 5), (2, 3, 2)):
    y = torch.randn(shape, generator=source)
    for word in ("mean", "sum", "none"):
        y_hat = torch.randn(shape, generator=source, requires_grad=True)
        wanted = F.mse_loss(y_hat, y, reduction=word)
        got = squared_error(y_hat, y, word)
        expect.close(got, wanted)
        slope = torch.autograd.grad(wanted.sum(), y_hat)[0]
        expect.close(torch.autograd.grad(got.sum(), y_hat)[0], slope)
for other in ((5, 1), (1, 5), (1,), (4,)):
    first, second = torch.zeros(5), torch.zeros(other)
    expect.raises(ValueError, squared_error, first, second, "sum")
    expect.raises(ValueError, squared_error, second, first, "none")
expect.raises(
    ValueError, squared_error, torch.zeros(2), torch.zeros(2), "MEAN"
)
### END HIDDEN TESTS

# %% [markdown]
# ## 5.3 Outliers: squared against absolute
#
# A sample far away from all others is an **outlier**: a delivery with a flat tyre, or a
# typing error.
#
# **Predict.** Five deliveries took 20, 21, 22, 23 and 94 minutes.

# %%
predict.choice(
    "constant",
    "You must predict one number for all five. Which has the smallest mean squared error?",
    ["22 minutes", "36 minutes", "57 minutes"],
)

# %%
options = torch.tensor([22.0, 36.0, 57.0])
five = torch.tensor([20.0, 21.0, 22.0, 23.0, 94.0])
squared = ((options.unsqueeze(1) - five) ** 2).mean(dim=1)
predict.show("constant", f"{options[squared.argmin()]:.0f} minutes")

# %% [markdown]
# **Run.** Every half minute is tried: the best constant for squares and for absolute
# errors. Then the slope for each delivery.

# %%
times = torch.tensor([20.0, 21.0, 22.0, 23.0, 94.0])
guesses = torch.arange(15.0, 300.0, 0.5)
errors = guesses.unsqueeze(1) - times  # (guesses, deliveries)
print(guesses[(errors**2).mean(dim=1).argmin()].item())
print(guesses[errors.abs().mean(dim=1).argmin()].item())

# %%
for criterion in (nn.MSELoss(), nn.L1Loss(), nn.HuberLoss(delta=5.0)):
    y_hat = torch.full((5,), 22.0, requires_grad=True)
    criterion(y_hat, times).backward()
    print([round(slope, 2) + 0.0 for slope in y_hat.grad.tolist()])

# %%
error = torch.linspace(-4, 4, 161)
zero = torch.zeros(161)
plt.figure(figsize=(5, 2.8))
plt.plot(error, error**2, "-", label="squared")
plt.plot(error, error.abs(), "--", label="absolute")
huber = F.huber_loss(error, zero, reduction="none", delta=1.0)
plt.plot(error, huber, ":", linewidth=2.5, label="Huber, δ = 1")
plt.ylim(0, 6)
plt.xlabel("error of one prediction")
plt.legend()
plt.show()

# %% [markdown]
# **Look closer.** The best constant for squares is the mean, 36, far from every delivery.
# For the **mean absolute error**, `nn.L1Loss`, it is the **median**: the delivery in the
# middle when all are sorted, 22.
#
# The slopes show why. A square pulls in proportion to the error: the outlier with 72
# minutes pulls as hard as 72 deliveries with an error of 1. An absolute value pulls equally
# hard at any distance. But it does so at a distance of 0.01 as well, so near the target
# steps of a fixed size hop to and fro.
#
# The **Huber loss** joins the two at a distance δ ("delta") that you choose:
#
# $$\mathrm{huber}(e) = \begin{cases} \frac12 e^2 & |e| \le \delta \\
# \delta\,(|e| - \frac12 \delta) & |e| > \delta \end{cases}$$
#
# Near the target it is a parabola, far away a straight line, and they meet without a jump
# or a corner. Its slope is the error itself up to δ, and stays δ beyond. In the last row,
# the mean divides that by 5: the outlier pulls with 5/5 = 1. Near the target, the square
# pulls twice as hard, because the Huber formula carries a ½.
#
# None of them is right by itself. If late deliveries with a flat tyre matter most to you,
# the square is your loss.
#
# **Change.** In the cell that begins with `times`, set 94 to 940. Which of the two best
# constants moves?

# %% [markdown]
# **Watch it.** Drag the outlier. Which best constant follows it, and which stays?

# %%
LossBoard(task="seven numbers")

# %% [markdown]
# ### Exercise 5.2 · Huber
# **Difficulty** ●●○○○ · **about 6 minutes** · 10 points
#
# Write `huber(error, delta)` for a float tensor of any shape: the Huber loss of each error,
# in the same shape. To learn how it works, write it without PyTorch's own losses. `delta`
# is a Python number above 0. Keep the record, so that gradients pass.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The formula with the brace in section 5.3. Unit 3 chose between two branches number by
# number.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Compute the size of every error once. It decides which branch holds, and the second
# branch contains it too. `torch.where` picks.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Two lines: the sizes; then a choice between half a square and a product of delta with a
# bracket.
#
# </details>


# %% nbgrader={"grade_id": "huber", "solution": true}
def huber(error, delta=1.0):
    """Return the Huber loss of each error.

    error: floats of any shape; result: the same shape.
    Example: huber(torch.tensor([1.0, -3.0]), 2.0) is tensor([0.5, 4.0]).
    """
    ### BEGIN SOLUTION
    size = error.abs()
    return torch.where(
        size <= delta, error**2 / 2, delta * (size - delta / 2)
    )
    ### END SOLUTION


# %% nbgrader={"grade_id": "huber-test", "grade": true, "points": 10}


def wanted(error, delta=2.0):
    """Return PyTorch's Huber loss of each error."""
    zeros = torch.zeros_like(error)
    return F.huber_loss(error, zeros, reduction="none", delta=delta)


def beyond(error):
    """Return 1 where the outer branch holds, else 0."""
    return (error.abs() > 2).float()


def line(error):
    """Return the outer branch's line, also where it does not hold."""
    return wanted(error.abs() + 10) - 20


expect.curve(
    lambda error: huber(error, 2.0),
    wanted,
    over=(-4.0, 4.0),
    name="huber",  # with delta 2
    mistakes={
        "near 0 the curve is twice too high. What stands before the square in "
        "the formula?": lambda e: wanted(e) * (2 - beyond(e)),
        "the curve jumps at delta. What is taken away from |e| in the outer "
        "branch?": lambda e: wanted(e) + 2 * beyond(e),
        "the left side goes below 0. Is the outer branch given the error or "
        "its size?": lambda e: wanted(e) + 4 * e * (e < -2),
        "on the left side large errors follow the parabola. Which of them are "
        "larger than delta in size?": lambda e: (
            wanted(F.relu(e)) + wanted(F.relu(-e), 9.0)
        ),
        "the branches change at 1, not at delta. Is a fixed number where "
        "the argument should be?": lambda e: wanted(e, 1.0),
        "the two branches are swapped: the parabola belongs near 0.": (
            lambda e: wanted(e, 9.0) + line(e) - wanted(e)
        ),
        "everything is half as high as wanted. That is a cousin, smooth L1, which "
        "divides by delta.": lambda e: wanted(e) / 2,
        "this is half the square everywhere. What happens beyond "
        "delta?": lambda e: wanted(e, 9.0),
        "the straight line holds near 0 too, and goes below 0: the smaller branch "
        "was taken. What decides in the formula?": line,
        "beyond delta the slope is 1, not delta, and the branches do not meet. What "
        "multiplies the bracket in the formula?": lambda e: (
            wanted(e) / (1 + beyond(e))
        ),
        "right after delta the curve drops to 0. How much is taken away inside the "
        "bracket of the formula?": lambda e: wanted(e) - 2 * beyond(e),
        "the outer branch is too high by the same number everywhere. There delta "
        "stands twice: before the bracket, and where else?": lambda e: (
            wanted(e) + beyond(e)
        ),
        "beyond delta the curve is flat. Was the error cut off by a clamp, and "
        "which branch should hold there?": lambda e: wanted(e.clamp(-2, 2)),
    },
)
expect.close(
    huber(torch.tensor([[1.0, -3.0], [0.0, 50.0]]), 0.5),
    torch.tensor([[0.375, 1.375], [0.0, 24.875]]),
    "huber of a (2, 2) table with delta 0.5",
)
leaf = torch.tensor([0.5, -9.0], requires_grad=True)
loss = huber(leaf, 2.0)
expect.that(
    loss.requires_grad,
    "the result has lost its record, so no gradient can pass. Was a new "
    "tensor built from plain numbers?",
)
expect.close(
    torch.autograd.grad(loss.sum(), leaf)[0],
    torch.tensor([0.5, -2.0]),
    "the gradient of huber at 0.5 and -9 with delta 2",
    mistakes={
        "the value of the outlier is right, but it has no slope. Was its size taken "
        "out of the record?": [
            0.5,
            0.0,
        ],
    },
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(52)
for shape, delta in (((), 1.0), ((9,), 0.3), ((4, 3), 1.7), ((2, 3, 2), 6.0)):
    error = (4 * torch.randn(shape, generator=source)).requires_grad_()
    weight = torch.randn(shape, generator=source)
    wanted = F.huber_loss(
        error, torch.zeros(shape), reduction="none", delta=delta
    )
    got = huber(error, delta)
    expect.close(got, wanted, rtol=1e-3, atol=1e-5)
    slope = torch.autograd.grad((wanted * weight).sum(), error)[0]
    mine = torch.autograd.grad((got * weight).sum(), error)[0]
    expect.close(mine, slope, rtol=1e-3, atol=1e-5)
error = torch.randn(6, generator=source)
expect.close(
    huber(error), F.huber_loss(error, torch.zeros(6), reduction="none")
)
### END HIDDEN TESTS

# %% [markdown]
# ## 5.4 Cross-entropy: the price of the right class
#
# When the target is one of several classes, the task is called **classification**. The
# network ends with logits, one for each class. Softmax makes shares of them. The
# **cross-entropy** asks for one thing: how large a share did the right class get? The loss
# of a sample is minus the logarithm of that share. This is the natural logarithm, the
# inverse of exp: log 1 = 0, numbers below 1 have negative logarithms, and halving a number
# takes 0.69 away.
#
# $$\mathrm{loss} = -\log p_{\mathrm{right}}, \qquad p = \mathrm{softmax}(\mathrm{logits})$$
#
# **Predict.** The logits are 2, 1, 0. The loss is 0.41 if class 0 is right. What is it if
# class 1 is right: closer to 0.8 or to 1.4?
#
# **Run.**

# %%
logits = torch.tensor([[2.0, 1.0, 0.0]])
shares = F.softmax(logits, dim=1)
print(shares)
print(-torch.log(shares))

# %%
loss_fn = nn.CrossEntropyLoss()
predictions = torch.tensor([[2.0, 1.0, 0.0], [0.0, 3.0, 1.0]])  # logits
targets = torch.tensor([0, 1])
loss = loss_fn(predictions, targets)
print(round(loss.item(), 4))

# %%
torch.manual_seed(3)
loss_ce = nn.CrossEntropyLoss()
predictions_mc = torch.randn(5, 3)  # 5 samples, 3 classes (logits)
targets_mc = torch.tensor([0, 1, 2, 0, 1])  # true class indices
ce = loss_ce(predictions_mc, targets_mc)
print(f"CrossEntropy Loss: {ce.item():.4f}")

# %%
shares = F.softmax(predictions_mc, dim=1)
right = shares[torch.arange(5), targets_mc]
print(right)
print(round(-torch.log(right).mean().item(), 4))

# %%
one_hot = F.one_hot(targets_mc, num_classes=3).float()
print(one_hot[:2])
print(round(loss_ce(predictions_mc, one_hot).item(), 4))

# %% [markdown]
# ![Four steps from left to right for one sample: logits 2, 1, 0; shares 0.67, 0.24, 0.09; the share of the right class, class 1, is picked: 0.24; minus its logarithm is 1.41.](figures/cross_entropy_steps.svg)
#
# *Figure 5.2. From logits to the loss of one sample whose right class is 1.*
#
# **Look closer.** A share of 1 costs 0. As the share goes to 0, the loss grows without
# limit: certain and wrong is expensive. The three losses differ by exactly 1, as the
# logits do.
#
# What `nn.CrossEntropyLoss` takes: raw logits, shape (batch, classes); and as targets the
# numbers of the right classes, shape (batch,), dtype `int64` (also called long). The mean
# runs over samples. `shares[torch.arange(5), targets_mc]` takes from row i the column
# `targets_mc[i]`.
#
# Targets may also be shares: floats of shape (batch, classes). A row with a 1 for the right
# class and 0 elsewhere is called **one-hot**, and gives the same loss. `F.one_hot` must be
# told the number of classes: left alone, it makes only as many columns as the largest
# class number needs.
#
# <div class="alert alert-info">
#
# **One pair of names, two kinds of targets.** Examples often call both losses as
# `loss_fn(predictions, targets)`. The same tensors cannot serve both. Mean squared error
# wants floats in the shape of the predictions, cross-entropy wants class numbers.
#
# </div>
#
# **Change.** In a new cell, call `loss_ce(10 * predictions_mc, targets_mc)`. Does the loss
# fall? Which logit would have to be the largest in every row, so that the loss goes to 0?

# %% [markdown]
# ## 5.5 Logarithms that do not break
#
# **Predict.** The logits are 0 and 200, and class 0 is right. What should the loss be, and
# what will softmax followed by `torch.log` give?
#
# **Run.**

# %%
logits = torch.tensor([[0.0, 200.0]], requires_grad=True)
y = torch.tensor([0])
loss = -torch.log(F.softmax(logits, dim=1))[0, 0]
print(loss.item(), torch.autograd.grad(loss, logits)[0])

# %%
loss = nn.CrossEntropyLoss()(logits, y)
print(loss.item(), torch.autograd.grad(loss, logits)[0])

# %%
z = torch.tensor([1000.0, 1001.0, 1002.0])
print(torch.log(torch.exp(z).sum()).item())
m = z.max()
print(round((m + torch.log(torch.exp(z - m).sum())).item(), 4))
print(round(torch.logsumexp(z, dim=0).item(), 4))

# %%
log_shares = nn.LogSoftmax(dim=1)(predictions_mc)
print(round(nn.NLLLoss()(log_shares, targets_mc).item(), 4))
print(round(loss_ce(predictions_mc, targets_mc).item(), 4))

# %% [markdown]
# **Look closer.** The right share is $e^{-200}$, too small for float32. It becomes 0,
# and the logarithm of 0 is −inf. The gradient is nan, and one nan spoils all weights. The
# true loss is 200.
#
# The cure is to take the logarithm on paper first. Let z be the logits of one sample and y
# its right class; j runs over all classes:
#
# $$-\log \frac{e^{z_y}}{\sum_j e^{z_j}} = \log \sum_j e^{z_j} - z_y$$
#
# The first term is called **log-sum-exp**. It can overflow too, so shift by the largest
# logit m:
#
# $$\log \sum_j e^{z_j} = m + \log \sum_j e^{z_j - m}$$
#
# Now no exp exceeds 1, and the sum is at least 1, so its logarithm exists. For a batch, each
# row is shifted by its own maximum. `torch.logsumexp(z, dim=...)` does exactly this.
#
# `nn.LogSoftmax` gives the logarithms of the shares in this safe way. `nn.NLLLoss` picks
# those of the right classes, with a minus sign, and takes the mean: the **negative
# log-likelihood**. The two together are `nn.CrossEntropyLoss`, as the last cell shows.
# `nn.NLLLoss` alone takes no logarithm, whatever its name says.
#
# **Change.** Give `nn.NLLLoss` the shares in place of their logarithms. Which sign does the
# loss have?

# %% [markdown]
# ### Exercise 5.3 · Cross-entropy from logits
# **Difficulty** ●●●○○ · **about 10 minutes** · 14 points
#
# Write `cross_entropy(logits, y)`: the mean over the batch. To learn how it works, write it
# without PyTorch's own losses and without its `log_softmax`. Good tools are `torch.exp`,
# `torch.log`, `torch.logsumexp` and whatever else you find. Logits of 1000 and −1000 must
# give the right number. Keep the record.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Section 5.5 writes the loss of one sample as a difference of two terms. Section 5.4 shows
# how to pick one number from each row.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Get a log-sum-exp for each row, shape (n,). Get the logit of the right class for each row,
# shape (n,). Only then bring them together, and print the shape of the difference: it should
# be (n,), not (n, n).
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Three lines: the picked logits, with row numbers and `y` as the two indices; the
# log-sum-exps over the classes; the mean of a difference.
#
# </details>


# %% nbgrader={"grade_id": "cross-entropy", "solution": true}
def cross_entropy(logits, y):
    """Return the mean cross-entropy of a batch, shape ().

    logits: (n, c) floats of any size; y: (n,) int64, the right classes.
    Example: logits [[2, 1, 0]] and y [1] give about 1.4076.
    """
    ### BEGIN SOLUTION
    right = logits[torch.arange(len(y)), y]
    return (torch.logsumexp(logits, dim=1) - right).mean()
    ### END SOLUTION


# %% nbgrader={"grade_id": "cross-entropy-test", "grade": true, "points": 14}
logits = torch.tensor([[2.0, 1.0, 0.0], [0.0, 3.0, 1.0]])
y = torch.tensor([2, 1])
expect.close(
    cross_entropy(logits, y),
    torch.tensor(1.288726),
    "cross_entropy([[2, 1, 0], [0, 3, 1]], [2, 1])",
    mistakes={
        "the losses of both samples were added. What does the loss do over the batch?": 2.577452,
        "one loss for each sample came back. Which step makes one number of them?": [
            2.407606,
            0.169846,
        ],
        "a third of what is wanted: the mean ran over all classes. How many "
        "numbers does a sample pay for?": 0.429575,
        "every class was charged as if it were the right one. Which of the logits of a "
        "row does the second term take?": 1.622060,
        "the loss is negative, and a perfect share would be the most expensive. "
        "Which sign is missing?": -1.288726,
        "every row was charged for the classes of all samples. How do you pick "
        "one number from each row, not whole columns?": 1.538726,
        "no logarithm was taken: these are shares. Which step follows softmax?": -0.466913,
        "the samples competed, not the classes. Over which `dim` does softmax add?": 0.720095,
        "only the logits of the right classes were used. Which term contains "
        "the other logits?": -1.5,
        "the largest logit was taken away before exp and never came back. Where does "
        "the formula of section 5.5 add it?": -1.211274,
        "all samples share one log-sum-exp. Over which dim should it run, so that each "
        "row has its own?": 2.052808,
    },
)
inf, nan = float("inf"), float("nan")
expect.close(
    cross_entropy(torch.tensor([[0.0, 200.0]]), torch.tensor([1])),
    torch.tensor(0.0),
    "cross_entropy([[0, 200]], [1])",
    mistakes={
        "inf: exp(200) overflowed. What does section 5.5 take away from the logits first?": inf,
        "nan: exp(200) overflowed, and inf / inf has no meaning. What should be taken "
        "away from the logits first?": nan,
    },
)
loss = cross_entropy(torch.tensor([[0.0, 200.0]]), torch.tensor([0]))
expect.that(
    not 0 < float(loss) < 199,
    "cross_entropy([[0, 200]], [0]) stops far below 200. Was the share, or its "
    "logarithm, kept away from its limit by force?",
)
expect.close(
    loss,
    torch.tensor(200.0),
    "cross_entropy([[0, 200]], [0])",
    mistakes={
        "inf: the share became 0 before its logarithm was taken. Which "
        "rewriting of section 5.5 avoids the share?": inf,
    },
)
expect.close(
    cross_entropy(
        torch.tensor([[1000.0, 1001.0], [-1000.0, -999.0]]),
        torch.tensor([0, 1]),
    ),
    torch.tensor(0.813262),
    "cross_entropy([[1000, 1001], [-1000, -999]], [0, 1])",
    mistakes={
        "-inf: a row lost all its exps. Each row needs a shift of its own.": -inf,
    },
)
leaf = torch.tensor([[0.0, 200.0]], requires_grad=True)
loss = cross_entropy(leaf, torch.tensor([0]))
expect.that(
    loss.requires_grad,
    "the loss has lost its record. Which line takes numbers out of the tensors?",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(53)
for n, c, size in (
    (1, 2, 1),
    (6, 3, 1),
    (3, 10, 20),
    (5, 4, 300),
    (2, 6, 2000),
):
    logits = (size * torch.randn(n, c, generator=source)).requires_grad_()
    y = torch.randint(0, c, (n,), generator=source)
    wanted = F.cross_entropy(logits, y)
    got = cross_entropy(logits, y)
    expect.close(got, wanted, rtol=1e-3, atol=1e-5)
    slope = torch.autograd.grad(wanted, logits)[0]
    mine = torch.autograd.grad(got, logits)[0]
    expect.close(mine, slope, rtol=1e-3, atol=1e-5)
### END HIDDEN TESTS

# %% [markdown]
# ## 5.6 The loss of guessing, and the slope
#
# Before you train, look at the loss once. There is a number it should be near.
#
# **Predict.** A rough number is enough: halving a share costs 0.69.

# %%
predict.number(
    "guess",
    "A network that tells ten digits apart gives each class the same share. "
    "What is its cross-entropy?",
)

# %%
logits = torch.zeros(4, 10)
y = torch.tensor([3, 1, 4, 1])
predict.show("guess", round(F.cross_entropy(logits, y).item(), 2))

# %% [markdown]
# **Run.** An untrained network, and the gradient with respect to the logits.

# %%
torch.manual_seed(0)
X = torch.randn(200, 20)
y = torch.randint(0, 10, (200,))
model = nn.Linear(20, 10)  # untrained
with torch.no_grad():
    for scale in (1, 10):
        print(scale, round(F.cross_entropy(scale * model(X), y).item(), 1))

# %%
logits = torch.tensor([[2.0, 1.0, 0.0], [0.0, 3.0, 1.0]], requires_grad=True)
y = torch.tensor([1, 1])
F.cross_entropy(logits, y).backward()
print(logits.grad)
print(F.softmax(logits.detach(), dim=1))

# %% [markdown]
# **Look closer.** A guess gives each of c classes the share 1/c, and −log(1/c) = log c.
# For ten classes that is 2.30; for two, 0.69. These numbers are worth knowing by heart:
#
# - A new network should start near log c. Far above it, its logits are too large: it is
#   certain without a reason, like the network with its logits times 10.
# - A loss that stays at log c says that nothing was learned.
# - A first loss far below log c is too good to be true: a new network knows nothing. Look
#   for a mistake, such as a single logit (section 5.10) or weights that are not new.
# - A loss that falls to almost 0 within a few steps is suspicious too. Has the answer leaked
#   into the inputs?
#
# Compare the last two tables. The gradient with respect to the logits is the table of
# shares, minus 1 in the column of the right class, divided by the number of samples n:
#
# $$\frac{\partial\,\mathrm{loss}}{\partial z_{ij}} = \frac{p_{ij} - t_{ij}}{n}$$
#
# with t the one-hot targets. The right logit is pushed up (its gradient is negative), the
# others down, each by as much as it is off. The push is at most 1/n, however wrong the
# network is, and it does not vanish while the network is wrong. Each row sums to 0. This
# is why softmax and the logarithm belong together: the exp of the one and the logarithm
# of the other cancel.
#
# **Change.** Set both right classes to 0 and predict the signs before you run.

# %% [markdown]
# ### Exercise 5.4 · The gradient of cross-entropy
# **Difficulty** ●●●○○ · **about 7 minutes** · 13 points
#
# Write `ce_gradient(logits, y)`: the gradient of the mean cross-entropy with respect to the
# logits, by the formula of section 5.6. `F.softmax` is allowed. Leave the caller's `logits`
# and `y` as they were.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The formula of section 5.6: what are p, t and n for a batch?
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Make the shares row by row. Make a table of the same shape with a 1 for each right class;
# section 5.4 did that. Mind its dtype.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# One line is enough: a difference in brackets, divided by the number of rows.
#
# </details>


# %% nbgrader={"grade_id": "ce-gradient", "solution": true}
def ce_gradient(logits, y):
    """Return the gradient of the mean cross-entropy, shape (n, c).

    logits: (n, c) floats; y: (n,) int64, the right classes.
    Example: logits [[0, 0]] and y [1] give [[0.5, -0.5]].
    """
    ### BEGIN SOLUTION
    one_hot = F.one_hot(y, logits.shape[1])
    return (F.softmax(logits, dim=1) - one_hot) / len(y)
    ### END SOLUTION


# %% nbgrader={"grade_id": "ce-gradient-test", "grade": true, "points": 13}
logits = torch.tensor([[1.0, 2.0, 3.0], [0.0, 0.0, 2.0]])
y = torch.tensor([2, 0])
before = logits.clone()
answer = ce_gradient(logits, y)
expect.that(
    torch.equal(logits, before) and y.tolist() == [2, 0],
    "ce_gradient changed the caller's tensors. Which line writes into them, and "
    "how can a new tensor be made instead?",
)
expect.close(
    answer,
    torch.tensor(
        [[0.045015, 0.122364, -0.16738], [-0.446747, 0.053253, 0.393493]]
    ),
    "ce_gradient([[1, 2, 3], [0, 0, 2]], [2, 0])",
    mistakes={
        "each number is 2 times too large: the loss is a mean over 2 samples. "
        "What does that do to the slope?": [
            [0.090031, 0.244728, -0.334759],
            [-0.893493, 0.106507, 0.786986],
        ],
        "all signs are turned round: a step against this would lower the right "
        "logit. Which is taken from which?": [
            [-0.045015, -0.122364, 0.16738],
            [0.446747, -0.053253, -0.393493],
        ],
        "these are the shares alone, so every logit would be pushed down. What is "
        "taken away for the right class?": [
            [0.045015, 0.122364, 0.33262],
            [0.053253, 0.053253, 0.393493],
        ],
        "divided by the number of all logits. Over what does the mean of the loss run?": [
            [0.015005, 0.040788, -0.055793],
            [-0.148916, 0.017751, 0.131164],
        ],
        "1 was taken from whole columns, for all samples. How do you reach one "
        "number in each row?": [
            [-0.454985, 0.122364, -0.16738],
            [-0.446747, 0.053253, -0.106507],
        ],
        "the columns of the shares sum to 1, not the rows. Which `dim` holds the classes?": [
            [0.365529, 0.440399, -0.134471],
            [-0.365529, 0.059601, 0.134471],
        ],
        "only the right classes have a gradient. Which way should the others go?": [
            [0.0, 0.0, -0.16738],
            [-0.446747, 0.0, 0.0],
        ],
        "the targets were divided by n, the shares were not. What does the fraction "
        "of the formula divide?": [
            [0.090031, 0.244728, 0.165241],
            [-0.393493, 0.106507, 0.786986],
        ],
        "divided by the number of classes. Over what does the mean of the loss run?": [
            [0.030010, 0.081576, -0.111586],
            [-0.297831, 0.035502, 0.262329],
        ],
        "the number of the right class was taken away in all columns. Which table "
        "stands for `y` in the formula?": [
            [-0.954985, -0.877636, -0.667379],
            [0.053253, 0.053253, 0.393493],
        ],
    },
)
expect.that(
    not logits.requires_grad and logits.grad is None,
    "ce_gradient switched on the record of the caller's logits. On which tensor "
    "could `backward` work instead?",
)
expect.close(
    ce_gradient(torch.tensor([[0.0, 0.0]]), torch.tensor([0])),
    torch.tensor([[-0.5, 0.5]]),
    "ce_gradient([[0, 0]], [0])",
    mistakes={
        "the table of targets has one column: it counted the classes in y. How many "
        "classes do the logits have?": [[-0.5, -0.5]],
    },
)
expect.close(
    ce_gradient(torch.tensor([[0.0, 800.0]]), torch.tensor([0])),
    torch.tensor([[-1.0, 1.0]]),
    "ce_gradient([[0, 800]], [0])",
    mistakes={
        "nan: exp(800) overflows. What did unit 3 take away before exp?": [
            [-1.0, float("nan")],
        ],
    },
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(54)
for n, c, size in ((1, 2, 1), (5, 3, 1), (4, 10, 4), (7, 2, 60)):
    logits = (size * torch.randn(n, c, generator=source)).requires_grad_()
    y = torch.randint(0, c, (n,), generator=source)
    wanted = torch.autograd.grad(F.cross_entropy(logits, y), logits)[0]
    plain = logits.detach()
    for _ in range(2):  # a second call finds what the first one left
        expect.close(ce_gradient(plain, y), wanted, rtol=1e-3, atol=1e-5)
### END HIDDEN TESTS

# %% [markdown]
# ## 5.7 Yes or no: binary cross-entropy
#
# For a yes or no, one output is enough: the probability p of yes. No has the rest, 1 − p.
# With the target y, 1 for yes and 0 for no, the **binary cross-entropy** (BCE) is again
# minus the logarithm of what the right answer got:
#
# $$\mathrm{BCE} = -\bigl(y \log p + (1 - y) \log (1 - p)\bigr)$$
#
# One of the two terms is always 0, unless y is itself a share.
#
# **Predict.** The network says p = 0.9. What does it pay if the answer is yes, and what if it
# is no: about 2 times, 9 times, or 20 times as much?
#
# **Run.**

# %%
p = torch.tensor([0.9, 0.9])
y = torch.tensor([1.0, 0.0])
print(nn.BCELoss(reduction="none")(p, y))

# %%
p = torch.tensor([0.0, 1.0])
y = torch.tensor([0.0, 0.0])
print(torch.log(p), torch.log(1 - p))
print(nn.BCELoss(reduction="none")(p, y))

# %%
z = torch.tensor([0.7, -1.2])  # one logit for each sample
pairs = torch.stack([torch.zeros(2), z], dim=1)  # class 0: 0, class 1: z
print(F.cross_entropy(pairs, torch.tensor([1, 0]), reduction="none"))
y = torch.tensor([1.0, 0.0])
print(nn.BCELoss(reduction="none")(torch.sigmoid(z), y))

# %% [markdown]
# ![Two curves over p from 0 to 1. A solid one for target 1 falls from far up at the left to 0 at p = 1. A dashed one for target 0 is its mirror image. They cross at p = 0.5 at the height 0.69.](figures/bce_curves.svg)
#
# *Figure 5.3. The price of a probability. At 0.5 both answers cost log 2, the price of
# guessing.*
#
# **Look closer.** 0.105 against 2.303: 22 times as much. `nn.BCELoss` takes probabilities,
# and float targets in the same shape. It does not take class numbers, because 0.7 is
# an allowed target.
#
# Certain and wrong, p = 1 for a no, should cost infinitely much. PyTorch says 100. It never
# lets a logarithm go below −100, so that 0 · (−inf) does not become nan in a sum where the
# term should be 0. The number stays finite, but it is no longer true.
#
# The last cell shows that BCE is not new. It is the cross-entropy of two classes whose
# first logit is fixed at 0: the sigmoid is a softmax over two.
#
# **Change.** Set the target of the first cell to 0.9 twice. The prediction is perfect. Is
# the loss 0?

# %% [markdown]
# **Watch it.** Move the logit from 10 to the right. The answer is no, so the network
# is more and more wrong. From which logit on does BCE through the sigmoid stop
# pushing back? The other curve is the subject of the next section.

# %%
LossBoard(task="yes or no", logit=10)

# %% [markdown]
# ### Exercise 5.5 · Binary cross-entropy from probabilities
# **Difficulty** ●●●○○ · **about 7 minutes** · 10 points
#
# Write `bce(p, y)`: the mean binary cross-entropy. To learn how it works, write it without
# PyTorch's own losses. `p` and `y` are floats of the same shape, `p` from 0 to 1 with both
# ends. As in PyTorch, no logarithm may go below −100. Keep the record.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The formula of section 5.7, and what its second cell shows about the ends 0 and 1.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Compute both logarithms for all samples, then hold them above the limit, before anything
# is multiplied. Unit 3 had a method that moves numbers outside a limit to the limit.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Three lines: the limited logarithm of p; that of the rest; minus the mean of the two
# weighted terms.
#
# </details>


# %% nbgrader={"grade_id": "bce", "solution": true}
def bce(p, y):
    """Return the mean binary cross-entropy, shape ().

    p: probabilities of yes, y: targets from 0 to 1; floats, one shape.
    Example: p = [0.9, 0.9] and y = [1, 0] give about 1.2040.
    """
    ### BEGIN SOLUTION
    log_yes = torch.log(p).clamp(min=-100)
    log_no = torch.log(1 - p).clamp(min=-100)
    return -(y * log_yes + (1 - y) * log_no).mean()
    ### END SOLUTION


# %% nbgrader={"grade_id": "bce-test", "grade": true, "points": 10}
expect.close(
    bce(torch.tensor([0.8, 0.3, 0.6]), torch.tensor([1.0, 0.0, 0.0])),
    torch.tensor(0.498703),
    "bce([0.8, 0.3, 0.6], [1, 0, 0])",
    mistakes={
        "the three losses were added. What does the mean do to them?": 1.496109,
        "one loss for each sample came back. Which step is left?": [
            0.223144,
            0.356675,
            0.916291,
        ],
        "only samples with target 1 pay. Which term is there for the others?": 0.074381,
        "the loss is negative. Logarithms of probabilities are below 0: which sign is missing?"
        "": -0.498703,
        "yes and no are exchanged. Which probability should a target of 1 look at?": 1.108079,
        "every sample pays for both answers. By what is each logarithm multiplied?": 1.606782,
        "this is the mean squared error. Where do logarithms come in?": 0.163333,
        "the logarithms have another base. Which function is the inverse of exp?": 0.216584,
        "the logarithms have base 2. Which function is the inverse of exp?": 0.719476,
        "the two terms pull against each other. The minus stands in front of a bracket: "
        "which terms does it reach?": -0.349941,
        "p is a probability already. What did you apply to it?": 0.754315,
        "every logarithm became -100. Is -100 the smallest or the largest value allowed?": 100.0,
        "every logarithm became 100. On which side of -100 may the values lie?": -100.0,
        "1 minus the logarithm of p took the place of a logarithm of 1 - p. Which "
        "brackets are in the wrong place?": -1.163880,
    },
)
expect.close(
    bce(torch.tensor([0.0, 1.0]), torch.tensor([0.0, 1.0])),
    torch.tensor(0.0),
    "bce([0, 1], [0, 1])",
    mistakes={
        "nan: 0 times -inf. The limit must act before the product is formed.": float(
            "nan"
        ),
    },
)
loss = bce(torch.tensor([1.0, 0.0]), torch.tensor([0.0, 1.0]))
expect.that(
    not 1 < float(loss) < 99,
    "bce([1, 0], [0, 1]) is below 100: was the probability kept from 0 and 1? The "
    "limit of -100 belongs to the logarithms.",
)
expect.close(
    loss,
    torch.tensor(100.0),
    "bce([1, 0], [0, 1])",
    mistakes={
        "inf: a logarithm went below -100. Where does PyTorch put its limit?": float(
            "inf"
        ),
        "0 for answers that are wrong: were inf or nan replaced by 0?": 0.0,
    },
)
expect.close(
    bce(torch.tensor([[0.25], [0.5]]), torch.tensor([[0.25], [1.0]])),
    torch.tensor(0.627741),
    "bce with a target of 0.25, in shape (2, 1)",
    mistakes={
        "the target 0.25 was treated as a 0. The formula works for shares too: "
        "does yours ask `y == 1`?": 0.490415,
    },
)
leaf = torch.tensor([0.8, 0.3], requires_grad=True)
expect.that(
    bce(leaf, torch.tensor([1.0, 0.0])).requires_grad,
    "the loss has lost its record. Which line takes numbers out of the tensors?",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(55)
for shape in ((1,), (8,), (5, 1), (3, 4)):
    p = torch.rand(shape, generator=source).clamp(0.01, 0.99).requires_grad_()
    for y in (
        torch.randint(0, 2, shape, generator=source).float(),
        torch.rand(shape, generator=source),
    ):
        wanted, got = F.binary_cross_entropy(p, y), bce(p, y)
        expect.close(got, wanted, rtol=1e-3)
        slope = torch.autograd.grad(wanted, p)[0]
        expect.close(
            torch.autograd.grad(got, p)[0], slope, rtol=1e-3, atol=1e-5
        )
p = torch.tensor([[1.0, 0.0, 1.0], [0.0, 0.4, 1e-30]])
y = torch.tensor([[0.0, 0.0, 1.0], [1.0, 0.0, 1.0]])
expect.close(bce(p, y), F.binary_cross_entropy(p, y), rtol=1e-3)
### END HIDDEN TESTS

# %% [markdown]
# ## 5.8 BCE with logits
#
# `nn.BCELoss` starts from a probability, which a sigmoid made from a logit.
#
# **Predict.** The logit is 200, a certain yes. But the answer is no.

# %%
predict.choice(
    "logit-200",
    "What slope does nn.BCELoss after a sigmoid send back to the logit 200 when the answer is no?",
    ["200", "100", "1", "0"],
)

# %%
z = torch.tensor([200.0], requires_grad=True)
loss = nn.BCELoss()(torch.sigmoid(z), torch.tensor([0.0]))
predict.show("logit-200", f"{torch.autograd.grad(loss, z)[0].item():.0f}")

# %% [markdown]
# **Run.** Both ways side by side, for three wrong answers.

# %%
y = torch.tensor([0.0])  # the answer is no
print("logit  sigmoid  BCE     slope   with logits  slope")
for logit in (5.0, 20.0, 200.0):
    z = torch.tensor([logit], requires_grad=True)
    p = torch.sigmoid(z)
    far = nn.BCELoss()(p, y)
    near = nn.BCEWithLogitsLoss()(z, y)
    slopes = [torch.autograd.grad(loss, z)[0].item() for loss in (far, near)]
    print(
        f"{logit:5.0f}  {p.item():.3f}  {far.item():7.3f}  {slopes[0]:.3f}"
        f"  {near.item():10.3f}    {slopes[1]:.3f}"
    )

# %%
torch.manual_seed(0)
loss_bce_logits = nn.BCEWithLogitsLoss()
predictions_bc = torch.randn(5, 1)  # 5 samples, 1 output logit
targets_bc = torch.rand(5, 1)  # true probabilities, or 0s and 1s
bce_wl = loss_bce_logits(predictions_bc, targets_bc)
print(f"BCEWithLogits Loss: {bce_wl.item():.4f}")

# %%
z = torch.linspace(10, 24, 300)
zeros = torch.zeros(300)
plt.figure(figsize=(5, 2.6))
far = F.binary_cross_entropy(torch.sigmoid(z), zeros, reduction="none")
near = F.binary_cross_entropy_with_logits(z, zeros, reduction="none")
plt.plot(z, far, "-", label="sigmoid, then BCE")
plt.plot(z, near, "--", label="BCE with logits")
plt.ylim(8, 30)
plt.xlabel("logit (the answer is no)")
plt.legend()
plt.show()

# %% [markdown]
# The small stairs show how the numbers run out.
#
# ![Two roads from the logit 200 to a loss. Above: sigmoid gives exactly 1, 1 minus p is 0, its logarithm is -inf, cut off at -100; loss 100, slope 0. Below: one box, BCE with logits; loss 200, slope 1.](figures/two_roads.svg)
#
# *Figure 5.4. The upper road loses its numbers at the first station.*
#
# **Look closer.** In float32, the numbers below 1 are about 0.00000006 apart. From a
# logit of about 17 on, the sigmoid is exactly 1, and the difference to 1 is gone. What
# comes after cannot bring it back: BCE shows 100, and the slope, a product with the
# sigmoid's slope 0, is 0. On its worst mistake the network learns nothing.

# %% [markdown]
# `nn.BCEWithLogitsLoss` takes the logit itself. With p = σ(z), a yes costs
# $-\log \sigma(z) = \log(1 + e^z) - z$, and a no costs
# $-\log(1 - \sigma(z)) = \log(1 + e^z)$. The factor y joins the two:
#
# $$\log(1 + e^z) - z\,y$$
#
# The first term is the log-sum-exp of two logits, 0 and z, because $1 = e^0$. Shift it by the
# larger of them, m = max(z, 0), as in section 5.5. Then one of the exps, $e^{0 - m}$ and
# $e^{z - m}$, is 1 and the other $e^{-|z|}$:
#
# $$\max(z, 0) - z\,y + \log(1 + e^{-|z|})$$
#
# The exponent is never positive. Here max(z, 0) is meant number by number. The slope is
# σ(z) − y: the error of the probability. It is not 0 while the answer is wrong.
#
# The targets in the second cell are shares, `torch.rand(5, 1)`. That is allowed, but then
# the smallest possible loss is above 0.
#
# **To explore.** In the cell of the plot, let the logits run from 10 to 150 and the heights
# from 8 to 160. Which of the two losses still pushes back at its worst mistake? From which
# logit on is the other one smaller than the truth?
#
# **Change.** Give the table the logits −5, −20, −200 and the answer yes, with 1.0 for `y`.
# Is BCE right for −20? Why?

# %% [markdown]
# ### Exercise 5.6 · BCE with logits
# **Difficulty** ●●●○○ · **about 9 minutes** · 14 points
#
# Write `bce_with_logits(z, y)`: the loss of each logit, not their mean. To learn how it
# works, write it without PyTorch's own losses. `z` and `y` are floats of the same shape.
# Values and gradients must be right for logits from −1000 to 1000. (Exactly at 0, the
# formula of section 5.8 has two corners that cancel on paper; the gradient there is not
# checked.)
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The formula of section 5.8 has three terms. Check the second against the case z = 200,
# y = 1: what should the loss be?
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Write each term elementwise. The first is a function from unit 3. In the third, look at the
# sign of the exponent for positive and for negative z.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# One return with three terms. No sigmoid appears in it, and nothing is reduced.
#
# </details>


# %% nbgrader={"grade_id": "bce-logits", "solution": true}
def bce_with_logits(z, y):
    """Return the binary cross-entropy of each logit.

    z: logits, y: targets from 0 to 1; floats of one shape; result: same.
    Example: z = [0, 200] and y = [1, 0] give about [0.6931, 200].
    """
    ### BEGIN SOLUTION
    return torch.relu(z) - z * y + torch.log1p(torch.exp(-z.abs()))
    ### END SOLUTION


# %% nbgrader={"grade_id": "bce-logits-test", "grade": true, "points": 14}
expect.curve(
    lambda z: bce_with_logits(z, torch.ones(81)),
    lambda z: F.softplus(-z),
    over=(-6.0, 6.0),
    name="bce_with_logits",  # for target 1
    mistakes={
        "the curve rises where it should fall: a certain yes costs most. What "
        "does the target do in the second term?": F.softplus,
        "the second term has the wrong sign.": lambda z: F.softplus(z) + z,
        "the first term is missing for positive logits: the loss goes below 0.": (
            lambda z: F.softplus(-z) - F.relu(z)
        ),
        "for large logits of both signs the loss grows. Is the exponent -|z| or |z|?": (
            lambda z: F.softplus(-z) + z.abs()
        ),
        "it never falls below 0.31: was a sigmoid applied before the formula?": (
            lambda z: F.softplus(-torch.sigmoid(z))
        ),
        "the corner at 0 is sharp: the third term is missing.": lambda z: (
            torch.relu(-z)
        ),
        "the signs of the whole curve are turned round. Should a loss be negative?": (
            lambda z: -F.softplus(-z)
        ),
        "for negative logits the loss is about twice too large. Is the exponent negative "
        "there?": lambda z: F.softplus(-z) + F.relu(-z),
        "the curve rises and goes below 0 for target 1. The second term is a product: "
        "of which two?": lambda z: F.softplus(z) - 1,
        "positive logits give a loss below 0. What is added to the exp inside the "
        "logarithm?": lambda z: -F.relu(z),
        "the first term keeps the negative logits. Which is larger, 0 or a negative "
        "number?": lambda z: F.softplus(-z) - z.abs(),
        "one maximum was taken of the whole tensor. The formula means it logit by logit.": (
            lambda z: F.softplus(-z) - F.relu(z) + 6
        ),
    },
)
expect.close(
    bce_with_logits(
        torch.tensor([200.0, -200.0, 200.0]), torch.tensor([0.0, 1.0, 1.0])
    ),
    torch.tensor([200.0, 200.0, 0.0]),
    "bce_with_logits([200, -200, 200], [0, 1, 1])",
    mistakes={
        "100 in place of 200: a logarithm was limited, as in `nn.BCELoss`. Can "
        "you do without the sigmoid?": [100.0, 100.0, 0.0],
        "inf: the sigmoid was saturated before the logarithm. Can you do without it?": [
            float("inf"),
            float("inf"),
            float("nan"),
        ],
        "nan or inf: exp(200) overflows. Which exponent is never positive?": [
            float("inf"),
            200.0,
            float("inf"),
        ],
        "inf at -200: exp(200) overflows there. Which exponent is never positive, "
        "whatever the sign of z?": [200.0, float("inf"), 0.0],
        "a wrong answer of 200 costs nothing when y is 0. What does the second term do "
        "with y?": [0.0, 200.0, 0.0],
    },
)
leaf = torch.tensor([200.0, -200.0, 0.5], requires_grad=True)
loss = bce_with_logits(leaf, torch.tensor([0.0, 1.0, 1.0]))
expect.that(
    loss.requires_grad,
    "the result has lost its record, so no gradient can pass. Was a new "
    "tensor built from plain numbers?",
)
expect.close(
    torch.autograd.grad(loss.sum(), leaf)[0],
    torch.tensor([1.0, -1.0, -0.377541]),
    "the gradient at 200, -200 and 0.5 for targets 0, 1, 1",
    mistakes={
        "nan: a branch that was not picked overflowed. What should exp be fed there?": [
            float("nan"),
            float("nan"),
            -0.377541,
        ],
    },
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(56)
for shape, size in (((), 1), ((7,), 3), ((4, 2), 30), ((3, 1, 2), 900)):
    z = (size * torch.randn(shape, generator=source)).requires_grad_()
    for y in (
        torch.randint(0, 2, shape, generator=source).float(),
        torch.rand(shape, generator=source),
    ):
        wanted = F.binary_cross_entropy_with_logits(z, y, reduction="none")
        got = bce_with_logits(z, y)
        expect.close(got, wanted, rtol=1e-3, atol=1e-5)
        slope = torch.autograd.grad(wanted.sum(), z)[0]
        expect.close(
            torch.autograd.grad(got.sum(), z)[0], slope, rtol=1e-3, atol=1e-5
        )
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 5.7 · In your words
# **Difficulty** ●●●○○ · **about 5 minutes** · 5 points
#
# In the table of section 5.8, the logit 200 with the answer no got the slope 0 from a
# sigmoid with `nn.BCELoss`, and the slope 1 from `nn.BCEWithLogitsLoss`. Explain it to a
# friend in four to six sentences, in the cell below:
#
# - Why does float32 keep nothing of the logit 200, nor of 30, after the sigmoid?
# - Why can neither the loss of 100 nor a larger learning rate make up for it? (What is
#   multiplied by what?)
# - Why does the lower road of Figure 5.4 keep the logit?

# %% [markdown] nbgrader={"grade_id": "why-saturated", "grade": true, "solution": true, "points": 5}
# ### BEGIN SOLUTION
# The sigmoid of 200 differs from 1 by far less than the distance between neighbouring
# float32 numbers, so it is stored as exactly 1. From there on, a logit of 200 and one of
# 30 look the same, and 1 − p is exactly 0. The loss of 100 is only the limit that PyTorch
# puts on the logarithm; it is a constant there. The slope for the logit is a product that
# contains the slope of the sigmoid, p (1 − p), which is 0. The step is the learning rate
# times the slope, and any learning rate times 0 is 0. The lower road never forms p: its
# formula was simplified on paper, it grows like z itself, and its slope is p − y = 1.
#
# **Rubric.** 2 points: the sigmoid is nearer to 1 than float32 can tell, so it is exactly 1
# for both logits. Give 1 of them for "it is rounded" without the reason. 2 points: the
# slope is 0 because the sigmoid's slope is a factor of it (or the limited logarithm is
# constant), and a learning rate times 0 stays 0. 1 point: the formula with logits does not
# go through p, or has the slope p − y. Accept any wording; no point for "it is more stable"
# without a reason.
# ### END SOLUTION

# %% [markdown]
# ## 5.9 Softmax twice, and nobody complains
#
# `nn.CrossEntropyLoss` applies softmax itself. What if the network ends with a softmax as
# well?
#
# **Predict.** The network is certain and right. Its three shares are easy to see; e is 2.72.

# %%
predict.number(
    "twice",
    "The shares of the logits 100, 0, 0 go into nn.CrossEntropyLoss as if they "
    "were logits. Class 0 is right. What is the loss?",
)

# %%
certain = torch.tensor([[100.0, 0.0, 0.0]])
shares = F.softmax(certain, dim=1)  # 1, 0, 0
loss = nn.CrossEntropyLoss()(shares, torch.tensor([0]))
predict.show("twice", round(loss.item(), 2))

# %% [markdown]
# **Run.** The same training twice: with one softmax, and with one too many.

# %%
torch.manual_seed(0)
y = torch.arange(150) % 3
centres = torch.tensor([[2.0, 0.0], [-1.0, 1.7], [-1.0, -1.7]])
X = centres[y] + 0.6 * torch.randn(150, 2)


# %%
def descend(twice):
    W = torch.zeros(2, 3, requires_grad=True)
    losses = []
    for _ in range(100):
        logits = X @ W
        if twice:
            logits = F.softmax(logits, dim=1)
        loss = F.cross_entropy(logits, y)
        step = 0.5 * torch.autograd.grad(loss, W)[0]
        W = (W - step).detach().requires_grad_()
        losses.append(loss.item())
    return losses


# %%
plt.figure(figsize=(5, 2.6))
plt.plot(descend(False), "-", label="softmax once")
plt.plot(descend(True), "--", label="softmax twice")
plt.xlabel("step")
plt.ylabel("loss")
plt.ylim(0, 1.2)
plt.legend()
plt.show()

# %%
# class 0 is right
wrong = torch.tensor([[0.0, 8.0, 0.0]], requires_grad=True)
for z in (wrong, F.softmax(wrong, dim=1)):
    loss = F.cross_entropy(z, torch.tensor([0]))
    slope = torch.autograd.grad(loss, wrong)[0][0, 0].item()
    print(round(loss.item(), 2), f"{slope:.4f}")

# %%
for z, target in ((100.0, 1.0), (-100.0, 0.0)):  # certain and right
    p = torch.sigmoid(torch.tensor([z]))
    loss = nn.BCEWithLogitsLoss()(p, torch.tensor([target]))
    print(target, round(loss.item(), 2))

# %% [markdown]
# ![Three groups of bars. Logits 100, 0, 0; after softmax 1, 0, 0; after a second softmax 0.58, 0.21, 0.21. Below, the losses: −log 1 = 0 after one softmax, −log 0.576 = 0.55 after two.](figures/twice.svg)
#
# *Figure 5.5. The second softmax reads shares as logits, and its shares can no longer be
# large.*
#
# **Look closer.** Shares lie between 0 and 1. Read as logits, they differ by 1 at most. So
# the right class gets at most e / (e + 2) = 0.576, and the loss never falls below
# −log 0.576 = 0.55. With ten classes the floor is 1.46.
#
# The slope suffers more: it passes a softmax twice. The network above is certain and wrong.
# With one softmax its slope is −0.9997, with two it is about 2000 times smaller.
# Training runs, and on easy data it even finds good answers. It is slow, and its loss
# ends at a strange height: that is how you notice.
#
# A sigmoid before `nn.BCEWithLogitsLoss` does the same. A certain yes pays at least 0.31, a
# certain no 0.69, as if it had guessed.
#
# No error, no warning. The rule: a loss with softmax or sigmoid inside takes the raw output
# of the last layer.
#
# **Change.** Compute the floor for 100 classes. Compare it with the loss of guessing,
# log 100.

# %% [markdown]
# ### Exercise 5.8 · Three bugs that run
# **Difficulty** ●●●●○ · **about 9 minutes** · 12 points
#
# One network answers three questions about a delivery. Its output has shape (n, 5): in
# columns 0 to 2 the logits for the vehicle, in column 3 the logit for "late", in column 4
# the minutes. The loss below is meant to be the sum of a cross-entropy, a BCE with logits
# and a mean squared error. It runs, as the cell after it shows for two deliveries, and it is
# wrong in three places. Write `repaired_loss(model, X, vehicle, late, minutes)`. It must be
# right for logits of 200 too. Keep the record, so that the loss can train the model.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# For `two_deliveries()`, print the shape and the range of everything that enters each of the
# three losses. Sections 5.9 and 1.10 know the three bugs.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# For each loss, ask: does it want logits or probabilities, and are the two shapes equal?
# Two bugs are cured by leaving something out, the third by picking a column in another way.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# The lines of the broken function, two of them shorter. The criteria stay the same.
#
# </details>


# %% nbgrader={"grade_id": "broken", "locked": true}
def broken_loss(model, X, vehicle, late, minutes):
    """Return the sum of three losses; three places are wrong."""
    output = model(X)  # (n, 5)
    shares = F.softmax(output[:, :3], dim=1)
    probability = torch.sigmoid(output[:, 3])
    y_hat = output[:, 4:]
    return (
        nn.CrossEntropyLoss()(shares, vehicle)
        + nn.BCEWithLogitsLoss()(probability, late)
        + nn.MSELoss()(y_hat, minutes)
    )


def two_deliveries():
    """Return model, X, vehicle, late and minutes to try a loss with."""
    model = nn.Linear(5, 5, bias=False)
    with torch.no_grad():
        model.weight.copy_(torch.eye(5))  # the output is X itself
    X = torch.tensor(
        [[2.0, 1.0, 0.0, 1.5, 20.0], [0.0, 3.0, 1.0, -1.0, 31.0]]
    )
    late, minutes = torch.tensor([1.0, 0.0]), torch.tensor([20.5, 30.0])
    return model, X, torch.tensor([0, 2]), late, minutes


# %%
with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always")
    loss = broken_loss(*two_deliveries())
print(round(loss.item(), 2))
for warning in said:
    print(str(warning.message).split(". ")[0])


# %% nbgrader={"grade_id": "repaired-loss", "solution": true}
def repaired_loss(model, X, vehicle, late, minutes):
    """Return cross-entropy + BCE + MSE of the model's answers, shape ().

    model: maps X (n, f) to (n, 5); vehicle: (n,) int64 from 0 to 2;
    late: (n,) floats, 0 or 1; minutes: (n,) floats.
    """
    ### BEGIN SOLUTION
    output = model(X)
    return (
        nn.CrossEntropyLoss()(output[:, :3], vehicle)
        + nn.BCEWithLogitsLoss()(output[:, 3], late)
        + nn.MSELoss()(output[:, 4], minutes)
    )
    ### END SOLUTION


# %% nbgrader={"grade_id": "repaired-loss-test", "grade": true, "points": 12}
loss = repaired_loss(*two_deliveries())
expect.close(
    loss,
    torch.tensor(2.171063),
    "repaired_loss(*two_deliveries())",
    mistakes={
        "all three bugs are still there. Begin with the shapes that enter `nn.MSELoss`.": 54.568477,
        "the vehicle's cross-entropy still gets shares. What does it apply itself?": 1.974656,
        "`late` still gets a sigmoid twice. What does the loss with logits apply itself?": 2.514885,
        "the minutes still meet in a 2 × 2 table. Which shapes has `nn.MSELoss` got?": 54.421063,
        "two bugs are left: shares and probabilities where logits are wanted.": 2.318477,
        "two bugs are left: one softmax too many, and shapes that broadcast.": 54.224656,
        "two bugs are left: one sigmoid too many, and shapes that broadcast.": 54.764885,
        "the vehicle's part has no logarithm: `nn.NLLLoss` does not take one. "
        "Which criterion starts from logits?": -0.617663,
        "the vehicle's part has no logarithm: shares went into `nn.NLLLoss`. "
        "Which criterion starts from logits?": 0.492619,
        "the three losses were averaged, not added.": 0.723688,
    },
)
expect.that(
    loss.requires_grad,
    "the loss has lost its record, so it cannot train the model. Which line takes "
    "numbers out of the tensors?",
)
model = two_deliveries()[0]
far = torch.tensor([[0.0, 200.0, 0.0, 0.0, 0.0]])
expect.close(
    repaired_loss(
        model,
        far,
        torch.tensor([0]),
        torch.tensor([0.0]),
        torch.tensor([0.0]),
    ),
    torch.tensor(200.693147),
    "repaired_loss for a vehicle's logit of 200",
    mistakes={
        "inf: a share became 0 before its logarithm was taken. Which criterion "
        "takes the logits themselves?": float("inf"),
    },
)
far = torch.tensor([[0.0, 0.0, 0.0, 200.0, 0.0]])
expect.close(
    repaired_loss(
        model,
        far,
        torch.tensor([0]),
        torch.tensor([0.0]),
        torch.tensor([0.0]),
    ),
    torch.tensor(201.098612),
    "repaired_loss for a late logit of 200",
    mistakes={
        "100 too small: `nn.BCELoss` lost the logit of 200 in a sigmoid. Keep the "
        "loss that takes logits.": 101.098612,
    },
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(57)
for n, f in ((1, 2), (4, 3), (9, 6)):
    model = nn.Linear(f, 5)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(torch.randn(parameter.shape, generator=source))
    X = torch.randn(n, f, generator=source, requires_grad=True)
    vehicle = torch.randint(0, 3, (n,), generator=source)
    late = torch.randint(0, 2, (n,), generator=source).float()
    minutes = 5 * torch.randn(n, generator=source)
    output = X @ model.weight.detach().T + model.bias.detach()
    wanted = F.cross_entropy(output[:, :3], vehicle)
    wanted = wanted + F.binary_cross_entropy_with_logits(output[:, 3], late)
    wanted = wanted + ((output[:, 4] - minutes) ** 2).mean()
    got = repaired_loss(model, X, vehicle, late, minutes)
    expect.close(got, wanted, rtol=1e-3)
    slope = torch.autograd.grad(wanted, X)[0]
    expect.close(torch.autograd.grad(got, X)[0], slope, rtol=1e-3, atol=1e-4)
### END HIDDEN TESTS

# %% [markdown]
# ## 5.10 Choose, and read what PyTorch says
#
# **Predict.** Below, eight pairs of outputs and targets meet a criterion. All eight are
# wrong. How many does PyTorch refuse?
#
# **Run.**


# %%
def attempt(what, criterion, output, target):
    """Print the loss, and PyTorch's own words where it has any."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            words = f"{criterion(output, target).item():.2f}"
        except Exception as error:
            words = f"{type(error).__name__}: {error}"
    print(f"{what}\n    {words}")
    for warning in said:
        print(
            "    warning:",
            *str(warning.message).split(". ")[:2],
            sep="\n    ",
        )


# %%
torch.manual_seed(0)
logits = torch.randn(4, 3)
ce = nn.CrossEntropyLoss()
attempt("float classes", ce, logits, torch.tensor([0.0, 1.0, 2.0, 0.0]))
attempt("a column", ce, logits, torch.tensor([[0], [1], [2], [0]]))
attempt("counted from 1", ce, logits, torch.tensor([1, 2, 3, 1]))
attempt("one logit", ce, logits[:, :1], torch.tensor([0, 0, 0, 0]))

# %%
late = torch.tensor([0, 1, 0, 1])
bce_wl = nn.BCEWithLogitsLoss()
attempt("whole numbers", bce_wl, logits[:, 0], late)
attempt("a shape", bce_wl, logits[:, :1], late.float())
attempt("not a share", nn.BCELoss(), 2 * logits[:, 0], late.float())
attempt("a broadcast", nn.MSELoss(), logits[:, :1], late.float())

# %% [markdown]
# **Look closer.** Six are refused. "One logit" is the quietest: softmax over a single class
# is always 1, so the loss is 0, and nothing is learned. The broadcast gets a warning and a
# number.
#
# Read the last line of an error first. Then print the shape and the dtype of both
# arguments, in the line before the one that failed. On a graphics card, a class number out
# of bounds stops the whole program, and the words can point to a later line: repeat such a
# run on the CPU.
#
# | the words | what to look at |
# |---|---|
# | `expected target dtype to be Long` | class numbers must be int64: `y.long()` |
# | `0D or 1D target tensor expected` | the targets are a column: `y.squeeze(1)` |
# | `Target 3 is out of bounds` | classes count from 0 to c − 1 |
# | `can't be cast to the desired output type Long` | BCE wants floats: `y.float()` |
# | `two bool tensors is not supported` | the same: `y.float()` |
# | `Target size … must be the same` | (n,) met (n, 1) |
# | `should be between 0 and 1` | logits went into a loss for probabilities |
# | `to match target batch_size (0)` | one sample, and `squeeze()` dropped the batch too: `y.reshape(-1)` |

# %% [markdown]
# How to choose:
#
# | task | last layer | criterion | target: shape, dtype |
# |---|---|---|---|
# | a quantity | `Linear(h, 1)` | `nn.MSELoss()` | (n, 1), float |
# | a quantity, with outliers | `Linear(h, 1)` | `nn.HuberLoss()`, `nn.L1Loss()` | (n, 1), float |
# | one of c classes | `Linear(h, c)` | `nn.CrossEntropyLoss()` | (n,), int64 |
# | the same, with a `LogSoftmax` at the end | `LogSoftmax(dim=1)` | `nn.NLLLoss()` | (n,), int64 |
# | yes or no | `Linear(h, 1)` | `nn.BCEWithLogitsLoss()` | (n, 1), float |
# | several tags at once | `Linear(h, c)` | `nn.BCEWithLogitsLoss()` | (n, c), float |
# | yes or no, from a given probability | `Sigmoid` | `nn.BCELoss()` | (n, 1), float |
#
# Tags differ from classes: a delivery can be fragile *and* late, so each tag has a
# yes or no of its own.

# %% [markdown]
# **Before you train.** Take three looks: at the shapes and dtypes of both arguments; at the
# range of the output; at the first loss. With c classes it should be near log c, for a yes
# or no near log 2, and for a quantity near the mean square of the targets.
#
# **Change.** Repair the eight pairs, one by one. The first three should then all say 1.39,
# and both with `bce_wl` 1.00. "One logit" becomes 0.70 with all three columns, "not a share"
# 1.44, and "a broadcast" 1.17.

# %% [markdown]
# ### Exercise 5.9 · Choose the loss
# **Difficulty** ●●●●● · **about 12 minutes** · 14 points
#
# Write `task_loss(task, output, target)`. `output` is the raw output of the last layer,
# without an activation. Choose the loss by `task`, bring the target into the shape and
# dtype that it needs, and return the mean loss, shape (), with its record. The batch may
# hold a single sample, n = 1. PyTorch's losses are allowed.
#
# | task | output | target as it comes from a file |
# |---|---|---|
# | `"quantity"`: mean squared error | (n,) or (n, 1) | n numbers, (n,) or (n, 1) |
# | `"class"` | (n, c) | n class numbers, (n,) or (n, 1) |
# | `"yes or no"` | (n,) or (n, 1) | n zeros and ones, (n,) or (n, 1) |
# | `"tags"` | (n, c) | zeros and ones, (n, c) |
#
# Targets can have any dtype: float, int32, int64, bool for zeros and ones. Class numbers
# may come as floats such as 2.0. For any other task raise a `ValueError`.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The second table of section 5.10 for the criterion; section 1.10 for a way to make equal
# shapes from (n,) and (n, 1).
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Treat the four tasks one after the other. Tags need no new shape. A batch may hold a single
# sample, so do not drop every dimension of size 1.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Four branches with one return each, and a raise at the end. In each return stand a loss, the
# output (flattened where it may be a column), and the target with its shape and dtype set.
#
# </details>


# %% nbgrader={"grade_id": "task-loss", "solution": true}
def task_loss(task, output, target):
    """Return the mean loss of raw outputs for one of four kinds of task.

    task, shapes and dtypes: see the table above. Raises ValueError for
    an unknown task.
    Example: for task "class", zeros of shape (2, 10) give log 10.
    """
    ### BEGIN SOLUTION
    if task == "quantity":
        return F.mse_loss(output.reshape(-1), target.reshape(-1).float())
    if task == "class":
        return F.cross_entropy(output, target.reshape(-1).long())
    if task == "yes or no":
        return F.binary_cross_entropy_with_logits(
            output.reshape(-1), target.reshape(-1).float()
        )
    if task == "tags":
        return F.binary_cross_entropy_with_logits(output, target.float())
    raise ValueError(f"unknown task {task!r}")
    ### END SOLUTION


# %% nbgrader={"grade_id": "task-loss-test", "grade": true, "points": 14}
expect.close(
    task_loss(
        "quantity", torch.tensor([[20.0], [31.0]]), torch.tensor([22, 30])
    ),
    torch.tensor(2.5),
    'task_loss("quantity", shape (2, 1), whole numbers of shape (2,))',
    mistakes={
        "46.5 is the mean of a 2 × 2 table. Which shapes met?": 46.5,
        "1.5 is the mean absolute error. Which loss does the table ask for?": 1.5,
        "5 is the sum of the squares; the mean is wanted.": 5.0,
    },
)
expect.close(
    task_loss(
        "class",
        torch.tensor([[2.0, 1.0, 0.0], [0.0, 3.0, 1.0]]),
        torch.tensor([0, 2]),
    ),
    torch.tensor(1.288726),
    'task_loss("class", ...)',
    mistakes={
        "softmax was applied twice: the loss does it already.": 1.092318,
        "the squared error of class numbers or shares. What does a classification "
        "pay for?": 0.279744,
        "one yes or no for each class was charged. Do the classes exclude each other?": 1.031389,
    },
)
expect.close(
    task_loss(
        "class",
        torch.tensor([[2.0, 1.0, 0.0], [0.0, 3.0, 1.0]]),
        torch.tensor([[0.0], [2.0]]),
    ),
    torch.tensor(1.288726),
    'task_loss("class", ...) with a column of floats as target',
)
expect.close(
    task_loss(
        "yes or no", torch.tensor([[1.5], [-1.0]]), torch.tensor([True, True])
    ),
    torch.tensor(0.757337),
    'task_loss("yes or no", shape (2, 1), bools of shape (2,))',
    mistakes={
        "0: a softmax over one logit is always 1. Which loss is made for a single logit?": 0.0,
        "a sigmoid was applied twice. What does the loss with logits apply itself?": 0.466688,
        "the squared error of probabilities. Which loss is made for a yes or no?": 0.283863,
    },
)
expect.close(
    task_loss(
        "yes or no", torch.tensor([200.0, 2.0]), torch.tensor([[0], [1]])
    ),
    torch.tensor(100.063464),
    'task_loss("yes or no", [200, 2], [[0], [1]])',
    mistakes={
        "the logit of 200 was lost in a sigmoid. Which loss takes logits?": 50.063464,
        "inf: a share became 0 before its logarithm. Which loss takes logits?": float(
            "inf"
        ),
        "the mean of a 2 × 2 table. Which shapes met?": 50.563464,
    },
)
expect.close(
    task_loss(
        "tags",
        torch.tensor([[2.0, -1.0, 0.5], [0.0, 1.0, -2.0]]),
        torch.tensor([[1, 0, 1], [0, 1, 1]]),
    ),
    torch.tensor(0.674601),
    'task_loss("tags", ...)',
    mistakes={
        "the tags of a sample competed in a softmax. Can a delivery have two tags?": 2.840324,
        "one class was picked for each sample. Can a delivery have two tags?": 0.295162,
        "the losses were added over the tags. The mean over all numbers is wanted.": 2.023802,
        "a sigmoid was applied twice to the tags.": 0.602558,
    },
)
expect.close(
    task_loss("tags", torch.tensor([[200.0, 0.0]]), torch.tensor([[0, 0]])),
    torch.tensor(100.346574),
    'task_loss("tags", [[200, 0]], [[0, 0]])',
    mistakes={
        "a tag's logit of 200 was lost in a sigmoid. Which loss takes "
        "logits?": 50.346574,
        "inf: a tag's share became 0 before its logarithm. Which loss takes "
        "logits?": float("inf"),
    },
)
expect.close(
    task_loss("class", torch.zeros(1, 3), torch.tensor([[1.0]])),
    torch.tensor(1.098612),
    'task_loss("class", shape (1, 3), a single target of shape (1, 1))',
)
leaf = torch.zeros(2, 1, requires_grad=True)
for task in ("quantity", "yes or no", "tags"):
    expect.that(
        task_loss(task, leaf, torch.ones(2, 1)).requires_grad,
        f'the loss for "{task}" has lost its record. Which step takes numbers '
        "out of the tensors?",
    )
leaf = torch.zeros(2, 3, requires_grad=True)
expect.that(
    task_loss("class", leaf, torch.tensor([0, 2])).requires_grad,
    'the loss for "class" has lost its record. Which step takes numbers '
    "out of the tensors?",
)
expect.raises(
    ValueError,
    task_loss,
    "ranking",
    torch.zeros(2, 1),
    torch.zeros(2, 1),
    name='task_loss with the unknown task "ranking"',
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(58)


def same(task, output, target, wanted):
    """Compare value and gradient with those of `wanted`."""
    got = task_loss(task, output, target)
    expect.close(got, wanted, rtol=1e-3, atol=1e-5)
    slope = torch.autograd.grad(wanted, output)[0]
    expect.close(
        torch.autograd.grad(got, output)[0], slope, rtol=1e-3, atol=1e-5
    )


for n in (1, 2, 7):
    for column in (False, True):
        shape = (n, 1) if column else (n,)
        z = (5 * torch.randn(shape, generator=source)).requires_grad_()
        y = torch.randint(-9, 9, (n,), generator=source)
        right = F.mse_loss(z.reshape(-1), y.float())
        same("quantity", z, y.float(), right)
        same(
            "quantity",
            z,
            y.int().unsqueeze(1),
            F.mse_loss(z.reshape(-1), y.float()),
        )
        y = torch.randint(0, 2, (n,), generator=source)
        for form in (
            y.bool(),
            y.unsqueeze(1),
            y.int(),
            y.float().unsqueeze(1),
        ):
            right = F.binary_cross_entropy_with_logits(
                z.reshape(-1), y.float()
            )
            same("yes or no", z, form, right)
for n, c in ((1, 4), (5, 2), (3, 3)):
    z = (4 * torch.randn(n, c, generator=source)).requires_grad_()
    y = torch.randint(0, c, (n,), generator=source)
    for form in (y, y.int(), y.float().unsqueeze(1), y.unsqueeze(1)):
        same("class", z, form, F.cross_entropy(z, y))
    y = torch.randint(0, 2, (n, c), generator=source)
    for form in (y, y.bool(), y.float(), y.int()):
        right = F.binary_cross_entropy_with_logits(z, y.float())
        same("tags", z, form, right)
expect.raises(
    ValueError, task_loss, "Class", torch.zeros(2, 3), torch.tensor([0, 1])
)
### END HIDDEN TESTS

# %% [markdown]
# ## What you have now
#
# A loss is one number with a slope. Squares follow outliers, absolute values do not.
# Cross-entropy is minus the logarithm of the right class's share; its slope is the share
# minus the target. Losses that start from logits keep their numbers, and they want logits:
# no softmax or sigmoid before them. Unit 6 uses the slopes to walk downhill.
