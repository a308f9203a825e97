# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
#   course:
#     title: MLPs
#     minutes: 130
#     teaches: compute a multi-layer network by hand, plan a curve from ReLUs, and write networks as modules
# ---

# %% [markdown]
# # 4 · MLPs
#
# Neurons, layers and activations become networks here. At the end you can send data
# through several layers by hand and plan the weights that draw a curve. You can say what
# more units and more layers add. And you can write networks and parts of networks as
# PyTorch classes, and count what there is to train in them. It takes about 130 minutes; a
# good place for a break is after exercise 4.5.
#
# **Three questions on earlier units.** Answer aloud before you look.
#
# 1. What are the shapes of the weight and of the bias of `nn.Linear(2, 3)`, and which part
#    of them belongs to one neuron?
# 2. Two linear layers follow each other without an activation. What can they compute that
#    one cannot?
# 3. A ReLU unit gives 0 for every sample. Why will gradient descent never change it?
#
# <details><summary>Answers</summary>
#
# 1. (3, 2) and (3,). A row of the weight and one number of the bias belong to each neuron.
# 2. Nothing: the two are worth one linear layer, whose weights are a product of theirs.
# 3. Where ReLU gives 0 its slope is 0. The gradient of the unit's weights and bias is then
#    exactly 0 for every sample, so a step moves them by 0: the unit is dead.
#
# </details>

# %% [markdown]
# ## 4.1 Layer by layer
#
# A multi-layer perceptron, or MLP, is a feedforward network with one or more hidden layers.
# Each of its layers is **fully connected**: every neuron reads all outputs of the layer
# before. With two hidden layers the forward pass, also called **forward propagation**, is
#
# `h1 = activation1(W1·x + b1)`
#
# `h2 = activation2(W2·h1 + b2)`
#
# `output = activation_out(W_out·h2 + b_out)`
#
# ![A chain of boxes. X of shape (4, 3) leads to h1 of shape (4, 5), to h2 of shape (4, 2), to the output of shape (4, 1). The arrows carry the weights: W1 (5, 3), W2 left open with a question mark, W_out (1, 2).](figures/chain.svg)
#
# *Figure 4.1. A batch of 4 samples on its way. The batch size stays; the number of columns
# is the number of neurons.*
#
# **Predict.** Commit a guess, then run on.

# %% nbgrader={"grade_id": "setup", "locked": true}
import matplotlib.pyplot as plt
import torch
import torch.nn as nn
import torch.nn.functional as F

from course import expect, predict
from course.boards.mlp import MLPBoard

# %%
predict.choice(
    "shape-of-w2",
    "The layers of Figure 4.1 have 5, 2 and 1 neurons. Which shape has W2?",
    ["(5, 2)", "(2, 5)", "(2, 3)"],
)

# %%
second = nn.Linear(in_features=5, out_features=2)
predict.show("shape-of-w2", str(tuple(second.weight.shape)))

# %% [markdown]
# **Run.** Now a smaller network, with 2, 2 and 1 neurons, first for one sample and then for
# a batch.

# %%
W1 = torch.tensor([[1.0, 0.0, 1.0], [-1.0, 2.0, 0.0]])
b1 = torch.tensor([0.0, 0.5])
W2 = torch.tensor([[1.0, 1.0], [2.0, -1.0]])
b2 = torch.tensor([-1.0, 0.0])
W_out, b_out = torch.tensor([[3.0, -1.0]]), torch.tensor([0.25])

# %%
x = torch.tensor([1.0, 2.0, -2.0])  # one sample
h1 = torch.relu(W1 @ x + b1)
h2 = torch.relu(W2 @ h1 + b2)
output = W_out @ h2 + b_out
print(h1, h2, output)

# %%
X = torch.stack([x, -x, torch.zeros(3)])  # X: (batch, features)
layer1 = nn.Linear(3, 2)
with torch.no_grad():
    layer1.weight.copy_(W1)
    layer1.bias.copy_(b1)
    print(layer1(X))
    print(torch.equal(layer1(X), X @ W1.T + b1))

# %% [markdown]
# **Look closer.** Check the first line with a pencil: −1 becomes 0 and 3.5 stays. The
# formulas hold for one sample. A batch has its samples as rows, so the product turns
# round: `X @ W1.T + b1`. That is what `nn.Linear` computes.
#
# The last activation is "none" here. Unit 3 says how to choose it: none for any number,
# sigmoid or softmax for probabilities.
#
# Training adjusts the parameters. What you choose before it is a **hyperparameter**: the
# activations, the number of layers with weights (the **depth**), and the number of
# neurons of a hidden layer (its **width**).
#
# **Change.** Give `h2` the activation `torch.tanh`. Which of the printed tensors change?

# %% [markdown]
# ### Exercise 4.1 · Forward through any depth
# **Difficulty** ●●○○○ · **about 7 minutes** · 10 points
#
# Write `forward(X, layers)`. `layers` is a list of pairs `(W, b)`, in the order in which
# the data meets them, with the neurons as rows of `W`. ReLU follows every layer except
# the last; the last has no activation. Keep autograd's record.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The last cell of section 4.1 computes one layer for a batch, and the cell before it shows
# how layers follow each other.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Carry one tensor along. Each turn of a loop replaces it by what the next layer makes of it.
# The last layer is treated differently from the others.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# A loop over all pairs but the last, with one line in it; then a line for the last pair,
# which is returned. A slice leaves the last item of a list out.
#
# </details>


# %% nbgrader={"grade_id": "forward", "solution": true}
def forward(X, layers):
    """Return the outputs of an MLP for every sample, shape (n, outputs).

    X: (n, f); layers: a list of pairs (W, b), at least one, with W of
    shape (neurons, inputs) and b of shape (neurons,).
    Example: X = [[2]], layers = [([[1]], [-3]), ([[5]], [1])] gives [[1]].
    """
    ### BEGIN SOLUTION
    h = X
    for W, b in layers[:-1]:
        h = torch.relu(h @ W.T + b)
    W, b = layers[-1]
    return h @ W.T + b
    ### END SOLUTION


# %% nbgrader={"grade_id": "forward-test", "grade": true, "points": 10}
X_small = torch.tensor([[1.0, 2.0], [2.0, -1.0]])
small = [
    (torch.tensor([[1.0, -1.0], [2.0, 1.0]]), torch.tensor([0.5, -1.0])),
    (torch.tensor([[-1.0, 1.0], [3.0, 1.0]]), torch.tensor([1.0, 0.25])),
    (torch.tensor([[1.0, -2.0], [-1.0, 0.5]]), torch.tensor([-3.0, 9.0])),
]
expect.close(
    forward(X_small, small),
    torch.tensor([[-5.5, 6.625], [-28.5, 15.375]]),
    "forward with three layers",
    mistakes={
        "no output is negative: ReLU came after the last layer too. What "
        "should follow the last weighted sum?": [[0.0, 6.625], [0.0, 15.375]],
        "there is no ReLU between the layers, so the three are worth one.": [
            [-2.0, 5.375],
            [-29.0, 15.875],
        ],
        "ReLU came after the first layer only. Which layers are not the last?": [
            [-5.5, 6.625],
            [-29.0, 15.875],
        ],
        "sigmoid stands between the layers. Which activation does the text ask for?": [
            [-3.995001, 8.627376],
            [-4.252488, 8.778356],
        ],
        "tanh stands between the layers. Which activation does the text ask for?": [
            [-1.733846, 7.944392],
            [-4.252241, 8.752904],
        ],
        "`W @ X` is the formula for one sample. In a batch the samples are "
        "rows: what stands in front?": [[-8.5, -7.25], [-5.75, 12.875]],
        "no bias was added. What else than `W` does a pair hold?": [
            [-4.0, -2.0],
            [-24.0, 6.0],
        ],
        "the biases were added after ReLU. Of what does ReLU take the part above 0?": [
            [-9.0, 7.875],
            [-27.5, 14.375],
        ],
        "every hidden layer read the data `X`. What should the second one read?": [
            [-11.5, 9.625],
            [-13.5, 11.625],
        ],
        "the last layer was used twice: once with ReLU, once without.": [
            [-16.25, 12.3125],
            [-33.75, 16.6875],
        ],
        "the last layer has the numbers of the one before. Which pair do `W` "
        "and `b` hold after the loop?": [[0.25, 15.5], [13.75, 13.0]],
        "only the first layer was used. Is `return` reached in the first turn of the loop?": [
            [0.0, 3.0],
            [3.5, 2.0],
        ],
        "the layers were taken from the last to the first.": [
            [1.25, 28.25],
            [-2.75, 21.75],
        ],
        "the last layer is missing. After the loop, which pair is still to be used?": [
            [4.0, 3.25],
            [0.0, 12.75],
        ],
        "every layer read the data `X`. What should a layer read, from the second on?": [
            [-6.0, 9.0],
            [1.0, 6.5],
        ],
        "columns of `W` were taken as neurons. They are its rows, as in "
        "`nn.Linear`: what turns the table round?": [
            [-8.75, 11.875],
            [-3.25, 8.375],
        ],
        "ReLU came before the weighted sums, so the data lost its negative "
        "numbers. Where does an activation stand in a layer?": [
            [-5.5, 6.625],
            [-23.0, 12.875],
        ],
    },
)
expect.that(
    len(small) == 3,
    "forward took a pair out of the caller's list. How can the last item be "
    "read without removing it?",
)
expect.close(
    forward(X_small, small[:1]),
    torch.tensor([[-0.5, 3.0], [3.5, 2.0]]),
    "forward with a single layer",
    mistakes={
        "a negative sum became 0. The only layer is also the last: does ReLU follow it?": [
            [0.0, 3.0],
            [3.5, 2.0],
        ],
    },
)
recorded = torch.ones(2, 2, requires_grad=True)
pair = (torch.ones(1, 2), torch.zeros(1))
expect.that(
    forward(X_small, [(recorded, torch.ones(2)), pair]).requires_grad,
    "the record of autograd is lost between the first W and the result. Which "
    "line takes numbers out of the tensors, or switches recording off?",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(41)
for widths in ((3, 4, 2), (1, 1), (5, 2, 6, 3), (2, 8, 8, 8, 1), (4, 7)):
    values = torch.randn(6, widths[0], generator=source)
    layers = []
    for f, k in zip(widths[:-1], widths[1:], strict=True):
        weight = torch.randn(k, f, generator=source, requires_grad=True)
        bias = torch.randn(k, generator=source, requires_grad=True)
        layers.append((weight, bias))
    wanted = values
    for number, (weight, bias) in enumerate(layers, 1):
        wanted = F.linear(wanted, weight, bias)
        wanted = wanted.clamp(min=0) if number < len(layers) else wanted
    result = forward(values, list(layers))
    expect.close(result, wanted, rtol=1e-3, atol=1e-4)
    parts = [part for layer in layers for part in layer]
    right = torch.autograd.grad((wanted**2).sum(), parts)
    got = torch.autograd.grad((result**2).sum(), parts)
    for one, other in zip(got, right, strict=True):
        expect.close(one, other, rtol=1e-3, atol=1e-3)
### END HIDDEN TESTS

# %% [markdown]
# ## 4.2 Curves out of corners
#
# What can hidden layers do? Begin with one input, one hidden layer of ReLU units, and an
# output without activation. One unit draws a line with a corner: flat on one side, straight
# on the other. The output adds such lines up.
#
# **Predict.** In unit 3 a difference of two ReLUs was a ramp that stops at 1. Which two
# ReLUs make a ramp that rises from 0, at −1, to 2, at 1, and stays there?
#
# **Run.** `draw` gives the curve of such a network. Its parts have the shapes that
# `nn.Linear(1, h)` and `nn.Linear(h, 1)` keep.


# %% nbgrader={"grade_id": "draw", "locked": true}
def draw(x, W1, b1, W2, b2):
    """Return the output for each x, shape (n,); x: (n,), h hidden units.

    W1: (h, 1), b1: (h,), W2: (1, h), b2: (1,).
    """
    h = torch.relu(x.unsqueeze(1) @ W1.T + b1)
    return (h @ W2.T + b2).squeeze(1)


# %%
W1 = torch.tensor([[1.0], [1.0]])
b1 = torch.tensor([1.0, -1.0])
W2 = torch.tensor([[1.0, -1.0]])
b2 = torch.tensor([0.0])
points = torch.tensor([-2.0, -1.0, 0.0, 1.0, 2.0, 3.0])
print(draw(points, W1, b1, W2, b2))

# %%
axis = torch.linspace(-4, 4, 81)
plt.figure(figsize=(5, 2.8))
plt.plot(axis, draw(axis, W1, b1, W2, b2), linewidth=5, label="sum")
plt.plot(axis, torch.relu(axis + 1), "--", label="relu(x + 1)")
plt.plot(axis, -torch.relu(axis - 1), ":", label="−relu(x − 1)")
plt.xlabel("x")
plt.legend()
plt.show()

# %% [markdown]
# **Look closer.** To the right of 1 the slopes 1 and −1 cancel, and the curve stays at 2.
# So a curve is planned by its slopes: from left to right they are 0, 1, 0. At each corner
# stands one unit, and its weight in `W2` is the change of the slope there, +1 and −1.
#
# Where is the corner of a unit? Where its weighted sum is 0: with the weight 1 at minus
# its bias. A weight of −1 would turn the unit round, so that it is flat on the right.
#
# The curve has a corner at most where a hidden unit has one. In between it is straight.
#
# **Change.** Make the rise twice as steep without moving its corners. Then let the curve
# start at the height 3.

# %% [markdown]
# ### Exercise 4.2 · A hat
# **Difficulty** ●●●○○ · **about 10 minutes** · 14 points
#
# ![A curve that is 0, rises in a straight line from "center − width" to "center", where it has the height "height", falls to 0 at "center + width", and stays 0.](figures/hat.svg)
#
# *Figure 4.2. The wanted curve. Write down its four slopes first.*
#
# Write `hat(center, width, height)`: the parts of a network with one hidden layer whose
# curve is that of Figure 4.2. Use as many units as you like. Your curve and the wanted one
# are drawn beside each other when they differ.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Section 4.2 plans a curve with the slopes 0, 1, 0. The hat has three corners and four
# slopes; two of them are 0.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# The slope of the left side is the height divided by the width. Let every unit have the
# weight 1, put the corners where the hat has them, and give each unit the change of the
# slope at its corner.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# A column of three ones; three biases, each the negative of a corner's place; a row of
# three changes, of which the middle one is negative and twice as large; one zero. The shapes
# are (3, 1), (3,), (1, 3) and (1,).
#
# </details>


# %% nbgrader={"grade_id": "hat", "solution": true}
def hat(center, width, height):
    """Return (W1, b1, W2, b2) of a network that draws a hat.

    center, width, height: floats, width above 0. With h hidden units W1 is
    (h, 1), b1 (h,), W2 (1, h), b2 (1,), all of them float tensors.
    Example: draw(torch.tensor([3.0]), *hat(3.0, 1.0, 5.0)) is [5.0].
    """
    ### BEGIN SOLUTION
    slope = height / width
    b1 = -torch.tensor([center - width, center, center + width])
    W2 = torch.tensor([[slope, -2 * slope, slope]])
    return torch.ones(3, 1), b1, W2, torch.zeros(1)
    ### END SOLUTION


# %% nbgrader={"grade_id": "hat-test", "grade": true, "points": 14}
parts = hat(0.0, 1.0, 1.0)
expect.that(
    isinstance(parts, (tuple, list))
    and len(parts) == 4
    and all(isinstance(part, torch.Tensor) for part in parts),
    "hat(0, 1, 1) should return four tensors: `return W1, b1, W2, b2`.",
)
for part in parts:
    expect.that(
        part.dtype == torch.float32,
        f"a part of hat(0, 1, 1) has dtype {part.dtype}. A product with the "
        "data needs torch.float32.",
    )
units = parts[1].numel()
shapes = [tuple(part.shape) for part in parts]
expect.that(
    shapes == [(units, 1), (units,), (1, units), (1,)],
    f"the parts have the shapes {shapes}. For h hidden units they are (h, 1), "
    "(h,), (1, h) and (1,).",
)


def tent(x, center=0.5, width=1.5, height=3.0):
    """The wanted curve, from its definition."""
    y = height * (1 - (x - center).abs() / width).clamp(min=0)
    return y.round(decimals=4)


def ramps(x, *changes):
    """A curve whose slope changes by these at -1, 0.5 and 2."""
    pairs = zip(changes, (-1.0, 0.5, 2.0), strict=True)
    return sum(c * torch.relu(x - place) for c, place in pairs).round(
        decimals=4
    )


def yours(*arguments):
    """The curve of hat(...), without rounding errors."""
    return lambda x: draw(x, *hat(*arguments)).round(decimals=4)


expect.curve(
    yours(0.5, 1.5, 3.0),
    tent,
    name="hat(0.5, 1.5, 3)",
    mistakes={
        "the curve never comes down again. By how much must the slope change "
        "at the top, to turn from rising to falling?": lambda x: ramps(
            x, 2.0, -2.0, 2.0
        ),
        "the curve stays at its top. The slope at the center should change "
        "from rising to falling, not to 0.": lambda x: ramps(
            x, 2.0, -2.0, 0.0
        ),
        "the curve falls for ever. What should the slope be to the right of "
        "the hat, and which unit sees to it?": lambda x: ramps(
            x, 2.0, -4.0, 0.0
        ),
        "the hat is on the wrong side of 0. A corner is where x + bias is 0: "
        "which sign fits?": lambda x: tent(x, -0.5),
        "the slope is 3 on the way up, which is the height. How far does the "
        "hat rise, and over which width?": lambda x: tent(x, height=4.5),
        "the slope is 1 on the way up. How high must the hat rise over its width?": lambda x: (
            tent(x, height=1.5)
        ),
        "the slope is 0.5 on the way up, which is width / height. Which of the "
        "two is the rise?": lambda x: tent(x, height=0.75),
        "the units turned round or became steeper. Do changes of the slope "
        "belong into `W1`, or into `W2`?": lambda x: sum(
            torch.relu(change * x - place)
            for change, place in ((2.0, -1.0), (-4.0, 0.5), (2.0, 2.0))
        ).round(decimals=4),
        "the hat is only half as wide. Is `width` measured from the center to "
        "one side, or over the whole hat?": lambda x: tent(x, width=0.75),
        "the hat stands on the height, not on 0. What is added after the "
        "weighted sum of the hidden units?": lambda x: tent(x) + 3.0,
        "the corners are right for a hat around 0. Where does `center` enter "
        "your biases?": lambda x: tent(x, 0.0),
    },
)
expect.curve(
    yours(-1.0, 2.0, -1.0),
    lambda x: tent(x, -1.0, 2.0, -1.0),
    name="hat(-1, 2, -1)",
    mistakes={
        "the hat points up, though its height is below 0. Did `height` lose "
        "its sign?": lambda x: tent(x, -1.0, 2.0, 1.0),
        "the curve is flat. Is a height below 0 treated as 0?": torch.zeros_like,
    },
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(42)
for _ in range(12):
    center, width, height = (
        torch.rand(3, generator=source) * 4 + 0.3
    ).tolist()
    center, height = center - 2.5, height - 2.0
    x = 12 * torch.rand(200, generator=source) - 6
    wanted = tent(x, center, width, height)
    parts = hat(center, width, height)
    expect.close(draw(x, *parts), wanted, rtol=1e-3, atol=1e-3)
    units = parts[1].numel()
    expect.equal(tuple(parts[2].shape), (1, units))
### END HIDDEN TESTS

# %% [markdown]
# ## 4.3 As close as you like
#
# Now a wave without corners, 2 sin(x) between −4 and 4. The helper `polyline` plans a
# network that meets it at evenly spaced points and is straight between them: slopes, and
# changes of slopes, as before. Nothing is trained here.
#
# **Predict.** With twice as many units the corners are half as far apart. Commit a guess,
# then run on.


# %% nbgrader={"grade_id": "polyline", "locked": true}
def curve(x):
    """The wave that the networks of this unit should draw."""
    return 2 * torch.sin(x)


def polyline(units):
    """Return W1, b1, W2, b2 that meet the wave at units + 1 points."""
    corners = torch.linspace(-4, 4, units + 1)
    heights = curve(corners)
    slopes = heights.diff() / corners.diff()
    changes = torch.cat([slopes[:1], slopes.diff()])
    W1, b1 = torch.ones(units, 1), -corners[:-1]
    return W1, b1, changes.unsqueeze(0), heights[:1]


# %%
predict.choice(
    "twice-as-many",
    "32 hidden units in place of 16: what becomes of the largest error?",
    ["about the same", "about a half", "about a quarter"],
)

# %%
fine = torch.linspace(-4, 4, 801)


def largest_error(units):
    """Return how far the planned curve is from the wave, at most."""
    return (draw(fine, *polyline(units)) - curve(fine)).abs().max().item()


# %%
ratio = round(largest_error(16) / largest_error(32))
answers = {1: "about the same", 2: "about a half", 4: "about a quarter"}
predict.show("twice-as-many", answers[ratio])

# %%
for units in (1, 4, 8, 16, 32, 64):
    print(f"{units:2d} units: largest error {largest_error(units):.4f}")

# %%
plt.figure(figsize=(5, 2.8))
plt.plot(fine, curve(fine), color="lightgrey", linewidth=5, label="wave")
plt.plot(fine, draw(fine, *polyline(4)), ":", label="4 units")
plt.plot(fine, draw(fine, *polyline(8)), "--", label="8 units")
plt.legend(loc=(0.22, 0.62))
plt.show()

# %%
beyond = torch.tensor([4.0, 6.0, 8.0])
print(curve(beyond).round(decimals=1))
print(draw(beyond, *polyline(64)).round(decimals=1))

# %% [markdown]
# **Look closer.** From 8 units on, half the distance is a quarter of the error. However
# small an error you ask for, some number of units is enough. That is the universal
# approximation theorem of unit 3 before your eyes. With several inputs the corners become
# creases in a surface; the theorem holds there too.
#
# <div class="alert alert-info">
#
# **A sentence to make exact.** "A network with one hidden layer and a non-linear
# activation approximates any continuous function, given enough neurons." It does so on a
# limited range: to the right of 4 the network goes straight on, away from the wave. And
# non-linear is not quite enough. With the activation z² the curve is one parabola, however
# many units there are. (An activation that is no polynomial is enough.) Continuous means:
# without jumps.
#
# </div>
#
# **Change.** Find the smallest number of units for a largest error under 0.005: try other
# numbers in the cell that prints the errors.

# %% [markdown]
# ## 4.4 Corners that find their place
#
# We could plan the wave because its formula was known. Usually there are only samples, and
# training must find the parameters: gradient descent on the mean squared error, as in
# unit 1. The helper `fit` does that, in a refined form. Run it and leave it closed: units 5,
# 6 and 7 explain each of its lines.
#
# **Predict.** Two hidden units can make two corners, one unit only one.


# %% nbgrader={"grade_id": "fit", "locked": true}
def corners(layer, x):
    """Return pairs (corner, active), one for each unit of a first layer.

    At its corner a unit's sum is 0; active: for how many x it is above 0.
    """
    places = -layer.bias / layer.weight.squeeze(1)
    active = (layer(x) > 0).sum(dim=0)
    return list(zip(places.tolist(), active.tolist(), strict=True))


def fit(units, seed, activation=nn.ReLU):
    """Return (loss, y_hat, start, end) of a trained network.

    One hidden layer of `units` units, 81 samples of the wave, 500 steps;
    start and end are its corners before and after.
    """
    torch.manual_seed(seed)
    x = torch.linspace(-4, 4, 81, dtype=torch.float64).unsqueeze(1)
    y = curve(x)
    model = nn.Sequential(
        nn.Linear(1, units), activation(), nn.Linear(units, 1)
    ).double()
    start = corners(model[0], x)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(500):
        loss = ((model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    y_hat = model(x).detach()
    loss = ((y_hat - y) ** 2).mean().item()
    return loss, y_hat.squeeze(1), start, corners(model[0], x)


# %%
predict.choice(
    "two-units",
    "Seed 1: how large is the error of two trained units, compared to one?",
    ["less than half of it", "a little smaller", "the same"],
)

# %%
ratio = fit(2, seed=1)[0] / fit(1, seed=1)[0]
smaller = "a little smaller" if ratio > 0.5 else "less than half of it"
predict.show("two-units", "the same" if ratio > 0.99 else smaller)

# %%
fits = {units: fit(units, seed=1) for units in (1, 2, 4, 8, 16)}
for units, (loss, *_) in fits.items():
    print(f"{units:2d} units: mean squared error {loss:.3f}")

# %%
figure, places = plt.subplots(1, 4, figsize=(9, 2.3), sharey=True)
for place, units in zip(places, (1, 2, 4, 8), strict=True):
    place.plot(axis, curve(axis), color="lightgrey", linewidth=5)
    place.plot(axis, fits[units][1])
    place.set_title(f"{units} hidden")
plt.show()


# %%
def listed(pairs):
    return ", ".join(f"{place:.1f} ({active})" for place, active in pairs)


print("4 units, seed 1:", listed(fits[4][2]), "->", listed(fits[4][3]))
for seed in range(6):
    loss, _, start, end = fit(2, seed)
    print(f"2 units, seed {seed}: mean squared error {loss:.1f}")
    print(f"    {listed(start)} -> {listed(end)}")

# %% [markdown]
# **Look closer.** Four units catch the wave's main bends, eight follow it closely. The last
# cell prints the corners at the start and at the end. In brackets stands for how many of
# the 81 samples the unit is active, which means above 0. The four corners start in pairs
# and end on both sides of the two bends: nobody told them.
#
# But with seed 1 two units end no better than one. Of six random starts two end near 0.6,
# the others far above. With seed 4 the result is a flat line. The exercise below asks you
# why. A usual way out is to give a network more units than it needs: some of them are then
# well placed from the start.
#
# *How do the width and the activation change the curve that a network learns?* Try it:
# `fit` takes both.
#
# **Change.** In the cell that makes `fits` replace `seed=1` by `seed=2`. Which rows change
# much, and which hardly? Then give `fit` the argument `activation=nn.Tanh` there, and look
# at the curves.

# %% [markdown]
# **Watch it.** The board fits the wave while you watch, and dots what each unit adds.
# From how many units on is the curve close? Then choose the rings: what do 3 units
# draw that 2 cannot?

# %%
MLPBoard(data="wave", width=4)

# %% [markdown]
# ### Exercise 4.3 · In your words
# **Difficulty** ●●●○○ · **about 5 minutes** · 5 points
#
# In section 4.4 the same two units were trained on the same samples from six starts. The
# six final mean squared errors lie between 0.6 and 1.8. With 2000 steps in place of 500
# they stay the same. One curve, that of seed 4, is a flat line.
#
# Explain in 3 to 6 sentences how the start can decide so much, also where no unit is dead,
# and what must be true of the units of the flat line. Does this contradict the universal
# approximation theorem?
#
# A good answer uses the corners that section 4.4 prints, and the numbers in brackets. It
# speaks of gradients, and of the difference between what exists and what is found.

# %% [markdown] nbgrader={"grade_id": "why-starts-differ", "grade": true, "solution": true, "points": 5}
# ### BEGIN SOLUTION
# The random start decides where each unit's corner stands and on which side it is flat.
# Gradient descent only moves downhill from there, so different starts end in different
# places, some of them bad: with seed 5 both units live, and the error stays at 1.5. A unit
# that is active for none of the 81 samples has a gradient of exactly 0 and never moves: it
# is dead. With seed 4 both units are dead before the first step: their corners, 6.9 and
# 4.9, lie right of all samples, and to the left both are flat. Only the output's bias is
# left to train, so the curve is a flat line. The theorem is not contradicted: it says that
# enough units with suitable parameters exist, not that two are enough, nor that training
# finds them.
#
# **Rubric.** 2 points: a unit that is 0 for every sample gets no gradient and stays as it is,
# and the flat line comes from two such units. 1 point: the result depends on where the
# corners start, because training only goes downhill from the start. 2 points: the theorem is
# about existence (with enough units), not about training. Accept "local minimum" or "stuck"
# for the 1 point. Nothing for "bad luck" or "not trained long enough", and only 1 of the first
# 2 points where the units of seed 4 are said to have died in training: 0 samples are active
# from the start.
# ### END SOLUTION

# %% [markdown]
# ## 4.5 Wide or deep
#
# With one input, a hidden layer of h units makes at most h corners, so h + 1 straight
# pieces. Is a second layer only more of the same?
#
# Take 2 relu(x) − 4 relu(x − 0.5) for x between 0 and 1: two units. The curve rises from 0 to
# 1, has its corner in the middle, and falls back to 0. It folds the range. Then its output
# becomes the input of two more units, with the same weights, and so on.
#
# **Predict.** Draw the curve of two such layers. Then commit a guess for four.

# %%
predict.choice(
    "pieces",
    "Four layers of two units, 8 in all: how many straight pieces?",
    ["5", "9", "16", "256"],
)


# %%
def fold(x, change=4):
    """A layer of two ReLU units, and a sum whose slope changes by this."""
    return 2 * torch.relu(x) - change * torch.relu(x - 0.5)


def pieces(y):
    """Count the straight pieces of a curve given at evenly spaced points."""
    return int((y.diff().diff().abs() > 1e-6).sum()) + 1


# %%
x = torch.linspace(0, 1, 1025)
predict.show("pieces", str(pieces(fold(fold(fold(fold(x)))))))

# %%
y = x
for depth in range(1, 7):
    y = fold(y)
    print(f"{2 * depth:2d} units, depth {depth}: {pieces(y)} pieces")

# %% [markdown]
# ![Three small plots over 0 to 1, each from 0 to 1 in height. After one fold: one tooth. After two folds: two teeth. After three folds: four teeth.](figures/folds.svg)
#
# *Figure 4.3. A layer that folds. What the first layer has folded, the second folds again.*
#
# **Look closer.** Every layer doubles the number of pieces, since each piece crosses the
# height 0.5 and is folded there. Six layers of two units make 64 pieces; one layer of 12
# units makes at most 13. (The sum inside `fold` is no layer of its own: it is linear, and
# so it merges with the weights of the next layer, as in unit 3.)
#
# So depth multiplies where width adds. It has a price. The pieces of a deep network depend
# on each other: here all teeth are equal. And gradients must pass through every layer, where
# they can vanish or explode (unit 3). Nobody can compute the best width and depth for a
# task. Start with one or two hidden layers, and change one hyperparameter at a time.
#
# **Change.** In the last cell write `fold(y, 3)`. How many pieces are there after six layers
# now? A layer doubles only the pieces that cross its corner at 0.5.

# %% [markdown]
# ## 4.6 A network as a class
#
# Loose tensors get lost. PyTorch keeps a network in one object. The plan for objects of one
# kind is a **Python class** (not the class of a sample); an object made from it is an
# **instance**. What an instance stores is an **attribute** (`self.layer1`), and a function
# inside the class is a **method**. Its first argument, `self`, is the instance.
#
# Networks are **subclasses** of `nn.Module`: they can do all that it can, and more. You
# write two methods. `__init__` runs when an instance is made; it receives the sizes and
# makes the layers. `forward` receives the data and computes the output. Every instance of a
# subclass of `nn.Module` is a **module**: a layer is one, and a whole network is one too.
#
# **Predict.** Here is a network of one layer. What is the shape of its output for a single
# sample of shape (10,)?
#
# **Run.**


# %%
class SimpleNet(nn.Module):
    def __init__(self, input_size, output_size):
        super().__init__()
        self.layer1 = nn.Linear(input_size, output_size)

    def forward(self, x):
        x = self.layer1(x)
        x = torch.relu(x)
        return x


# %%
torch.manual_seed(6)
net = SimpleNet(10, 1)
input_data = torch.randn(10)
output_data = net(input_data)
print(output_data)

# %%
print(net(input_data).item() == output_data.item())
print(net(torch.randn(64, 10)).shape)

# %% [markdown]
# **Look closer.** Making an instance runs `__init__`; calling it, `net(input_data)`, runs
# `forward`. Always call the instance, not `net.forward`: the call also does what PyTorch
# has to do around it. `super().__init__()` lets `nn.Module` prepare its own lists first.
# Without it, the next line fails.
#
# `nn.Linear` works on the last dimension: (10,) becomes (1,), (64, 10) becomes (64, 1).
#
# <div class="alert alert-info">
#
# **Four sentences to make exact.** "Write `super(SimpleNet, self).__init__()`": that is the
# older form of `super().__init__()`. "The output of an untrained network is random": the
# weights are, once; after that the same input gives the same output. "`torch.nn` has all
# that is needed": layers, activations and losses, but the tools of training, which unit 6
# uses, are in `torch.optim`. "Every network needs `__init__`": only when there is
# something to make.
#
# </div>
#
# **Change.** Make the output two numbers wide. What must change: the class, or one call?

# %% [markdown]
# ## 4.7 So often exactly zero
#
# `SimpleNet` printed a plain 0, and not because it is broken: ReLU is its last step.
#
# **Predict.** Was that rare? Commit a guess, then run on.

# %%
predict.number(
    "percent-of-zeros",
    "100 new SimpleNet(10, 1), a random input each: how many outputs are 0?",
)

# %%
torch.manual_seed(4)
outputs = [SimpleNet(10, 1)(torch.randn(10)).item() for _ in range(2000)]
predict.show("percent-of-zeros", round(outputs.count(0.0) / 2000 * 100))

# %%
torch.manual_seed(0)
X = torch.randn(1000, 10)
shares = [(SimpleNet(10, 1)(X) == 0).float().mean() for _ in range(100)]
print(f"zeros of one network: {min(shares):.2f} to {max(shares):.2f}")

# %%
torch.manual_seed(6)
net = SimpleNet(10, 1)
output = net(torch.randn(10))
((output - 3.0) ** 2).sum().backward()
print(output.item(), net.layer1.weight.grad.abs().sum().item())

# %% [markdown]
# **Look closer.** About half. Weights and inputs are as often negative as positive, so the
# weighted sum is below 0 half of the time, and ReLU makes it 0. A single network gives 0 for
# a share of its inputs: for these 100 networks it lies between about a quarter and three
# quarters.
#
# The last cell wants the output 3. The loss is 9, and yet all gradients are 0: for this
# sample, ReLU has slope 0, and training learns nothing from it. If that happens for all
# samples the network is dead. And a target below 0 can never be met.
#
# <div class="alert alert-info">
#
# **A network to correct.** The example carries its ReLU at the output to show two steps in
# few lines. In a network that you want to train, keep ReLU for hidden layers; the last
# layer gives its sums as they are.
#
# </div>
#
# **Change.** Remove the line with `torch.relu` from `SimpleNet`, run its cell, and then the
# last two cells again. What becomes of the zeros, and what of the gradients?

# %% [markdown]
# ## 4.8 Two layers, and what they hold
#
# `SimpleNN` reads 10 features, has a hidden layer of 50 units and an output without
# activation. `SimpleMLP` is made for pictures of handwritten digits: 28 × 28 points of grey
# are 784 numbers, and there are ten classes. "fc" stands for fully connected.
#
# **Predict.** Read the class. Its two layers have weights and biases.


# %%
class SimpleNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(10, 50)
        self.fc2 = nn.Linear(50, 1)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        x = self.fc2(x)
        return x


# %%
predict.number("parameters", "How many parameters has SimpleNN() in all?")

# %%
torch.manual_seed(0)
model = SimpleNN()
predict.show("parameters", sum(p.numel() for p in model.parameters()))

# %%
input_data = torch.randn(1, 10)  # one sample with 10 features
output = model(input_data)
print(output)
for name, p in model.named_parameters():
    print(name, tuple(p.shape), p.numel())


# %%
class SimpleMLP(nn.Module):
    def __init__(self, input_size, hidden_size, num_classes):
        super().__init__()
        self.fc1 = nn.Linear(input_size, hidden_size)
        self.relu = nn.ReLU()
        self.fc2 = nn.Linear(hidden_size, num_classes)

    def forward(self, x):
        out = self.fc1(x)
        out = self.relu(out)
        out = self.fc2(out)
        return out  # logits: softmax belongs to the loss, see unit 5


# %%
model_mlp = SimpleMLP(784, 128, 10)
print(model_mlp)
print(sum(p.numel() for p in model_mlp.parameters()))

# %%
pictures = torch.rand(64, 28, 28)
logits = model_mlp(pictures.flatten(start_dim=1))
print(logits.shape)

# %% [markdown]
# **Look closer.** 10 · 50 + 50 for the first layer and 50 · 1 + 1 for the second: 601
# parameters. `named_parameters()` gives each tensor with its name: the attribute, a dot,
# and the attribute inside the layer. `print(model_mlp)` lists the attributes that are
# modules, in the order in which `__init__` made them; what `forward` does with them is not
# shown. `nn.ReLU()` makes a module and `torch.relu(x)` bends `x`; `nn.ReLU(x)` does
# neither. `flatten(start_dim=1)` makes one row of each picture and leaves the batch alone.
#
# The output of `SimpleMLP` are ten logits, without softmax: the loss for classes,
# `nn.CrossEntropyLoss`, wants them so. `torch.nn` has layers of other kinds too, such as
# `nn.Conv2d` and `nn.RNN` of unit 2. They are used in the same way.
#
# **Change.** Apply `torch.softmax` over the right dimension to `logits` and print the sum
# of each row. How sure is the untrained network of any class?

# %% [markdown]
# ### Exercise 4.4 · Two hidden layers as a module
# **Difficulty** ●●○○○ · **about 6 minutes** · 10 points
#
# Write the class `TwoHidden`: an MLP with two hidden layers. `TwoHidden(features, width1,
# width2, outputs)` makes one. ReLU follows both hidden layers, and nothing follows the last
# one. The cell below holds the first line of `__init__`; below that method write `forward`.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# `SimpleMLP` in section 4.8 has one hidden layer and receives its sizes in the same way.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Three layers are made in `__init__` and stored as attributes. Each one gives as many
# numbers as the next one takes. `forward` sends the data through them and bends twice.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# `__init__`: the preparation of `nn.Module`, then three lines. `forward`: two lines that
# each apply a layer and an activation, then a return with the last layer.
#
# </details>


# %% nbgrader={"grade_id": "two-hidden", "solution": true}
class TwoHidden(nn.Module):
    """An MLP with two hidden layers: (n, features) in, (n, outputs) out.

    It has two methods, __init__ and forward.
    Example: TwoHidden(3, 8, 4, 2)(torch.ones(5, 3)) has shape (5, 2).
    """

    def __init__(self, features, width1, width2, outputs):
        ### BEGIN SOLUTION
        super().__init__()
        self.fc1 = nn.Linear(features, width1)
        self.fc2 = nn.Linear(width1, width2)
        self.fc3 = nn.Linear(width2, outputs)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        x = torch.relu(self.fc2(x))
        return self.fc3(x)
        ### END SOLUTION


# %% nbgrader={"grade_id": "two-hidden-test", "grade": true, "points": 10}
network = TwoHidden(2, 3, 4, 1)
expect.that(
    isinstance(network, nn.Module),
    "TwoHidden(2, 3, 4, 1) is no module: of which class should it be a subclass?",
)
expect.that(
    type(network).forward is not nn.Module.forward,
    "TwoHidden has no method `forward`. Does its `def` stand as far to the left "
    "as that of `__init__`?",
)
expect.equal(
    sorted(tuple(p.shape) for p in network.parameters()),
    [(1,), (1, 4), (3,), (3, 2), (4,), (4, 3)],
    "the shapes of the parameters of TwoHidden(2, 3, 4, 1)",
    mistakes={
        "it has no parameters. Are the layers made in `__init__` and stored "
        "under `self`?": [],
        "one hidden layer is missing. Which layer leads from width1 to width2?": [
            (1,), (1, 3), (3,), (3, 2)],
        "the layer for the outputs is missing.": [(3,), (3, 2), (4,), (4, 3)],
        "the last layer reads width1 numbers. Whose outputs does it receive?": [
            (1,), (1, 3), (3,), (3, 2), (4,), (4, 3)],
        "inputs and outputs of the layers are swapped: which comes first in `nn.Linear`?": [
            (2,), (2, 3), (3,), (3, 4), (4,), (4, 1)],
    },
)  # fmt: skip


def filled(shape):
    """Some halves between -1 and 1, always the same ones for a shape."""
    count = torch.Size(shape).numel()
    return ((torch.arange(count) * 7 + count) % 5 - 2).reshape(shape) / 2


with torch.no_grad():
    for p in network.parameters():
        p.copy_(filled(p.shape))
expect.close(
    network(torch.tensor([[1.0, 2.0], [-1.0, 0.5], [2.0, -1.0]])),
    torch.tensor([[1.25], [1.3125], [-1.125]]),
    "TwoHidden(2, 3, 4, 1)(X) with known parameters",
    mistakes={
        "there is no activation, so the three layers are worth one.": [
            [0.75],
            [5.125],
            [-6.125],
        ],
        "an output that should be negative is 0. What follows the last layer?": [
            [1.25],
            [1.3125],
            [0.0],
        ],
        "only the first hidden layer has a ReLU.": [
            [3.25],
            [3.5625],
            [-1.125],
        ],
        "only the second hidden layer has a ReLU.": [
            [-0.25],
            [1.625],
            [-2.875],
        ],
        "the hidden layers have a sigmoid. Which activation does the text ask for?": [
            [0.162907],
            [0.328794],
            [-0.086537],
        ],
        "the hidden layers have a tanh. Which activation does the text ask for?": [
            [0.604782],
            [1.783188],
            [-1.332576],
        ],
        "all outputs are 1: a softmax over a single output. What should follow the last layer?": [
            [1.0],
            [1.0],
            [1.0],
        ],
    },
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(43)
for sizes in ((3, 5, 4, 2), (1, 8, 6, 3), (7, 2, 3, 1)):
    network, other = TwoHidden(*sizes), TwoHidden(*sizes)
    settings = {}
    for f, k in zip(sizes[:-1], sizes[1:], strict=True):
        settings[k, f] = torch.randn(k, f, generator=source)
        settings[k,] = torch.randn(k, generator=source)
    expect.equal(
        sorted(tuple(p.shape) for p in network.parameters()), sorted(settings)
    )
    with torch.no_grad():
        for p in network.parameters():
            p.copy_(settings[tuple(p.shape)])
    x = torch.randn(30, sizes[0], generator=source)
    h = x
    for place in range(1, 4):
        k, f = sizes[place], sizes[place - 1]
        h = F.linear(h, settings[k, f], settings[k,])
        h = h.clamp(min=0) if place < 3 else h
    expect.close(network(x), h, rtol=1e-3, atol=1e-4)
    (network(x) ** 2).sum().backward()
    expect.that(
        all(p.grad is not None for p in network.parameters()), "gradient"
    )
    expect.that(all(p.grad is None for p in other.parameters()), "shared")
    expect.that(not torch.equal(other(x).detach(), h), "shared")
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 4.5 · How many parameters
# **Difficulty** ●●○○○ · **about 5 minutes** · 8 points
#
# Write `count_parameters(widths)` for an MLP with biases. `widths` lists the number of
# features, the widths of the hidden layers and the number of outputs. Compute the number;
# there is no need to make the network.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# "Look closer" in section 4.8 counts the parameters of `SimpleNN`, whose widths are 10, 50
# and 1.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# A layer stands between each two neighbours in the list. Find the number of its weights and
# of its biases from these two numbers, and add up over all layers.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# A total that starts at 0; a loop over the places of neighbours (`zip` of the list with
# itself, shifted by one, or `range`); one addition in the loop; the total is returned.
#
# </details>


# %% nbgrader={"grade_id": "count-parameters", "solution": true}
def count_parameters(widths):
    """Return the number of parameters of an MLP, an int.

    widths: at least two ints: features, hidden widths, outputs.
    Example: count_parameters([10, 50, 1]) is 601.
    """
    ### BEGIN SOLUTION
    return sum(
        f * k + k for f, k in zip(widths[:-1], widths[1:], strict=True)
    )
    ### END SOLUTION


# %% nbgrader={"grade_id": "count-parameters-test", "grade": true, "points": 8}
expect.equal(
    count_parameters([3, 2]),
    8,
    "count_parameters([3, 2])",
    mistakes={
        "6 are the weights. What else does each neuron have?": 6,
        "9: the biases were counted for the inputs. To whom do biases belong: "
        "to the numbers that come in, or to the neurons?": 9,
        "7: one bias for the whole layer. How many neurons does the layer have?": 7,
        "11: the inputs got biases too. Does the input layer hold any parameters?": 11,
        "5 is the number of units. How many numbers does each neuron hold?": 5,
        "0: is there a layer between the two widths?": 0,
        "nothing came back: does your code end with `return`?": None,
    },
)
expect.equal(
    count_parameters([4, 3, 5, 2]),
    47,
    "count_parameters([4, 3, 5, 2])",
    mistakes={
        "15 is the count of the first layer alone. Is `return` inside the loop?": 15,
        "12 is the count of the last layer alone. What does the loop add up?": 12,
        "27: the first and the last layer are counted. Which layer stands "
        "between the hidden ones?": 27,
        "10: the first width met the last. Which layers stand between?": 10,
        "122: the widths were all multiplied. Which two widths does one layer stand between?": 122,
    },
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(44)
for length in (2, 2, 3, 3, 4, 5, 6, 7):
    widths = torch.randint(1, 40, (length,), generator=source).tolist()
    total = 0
    for place in range(1, length):
        layer = nn.Linear(widths[place - 1], widths[place])
        total += sum(p.numel() for p in layer.parameters())
    expect.equal(int(count_parameters(list(widths))), total)
### END HIDDEN TESTS

# %% [markdown]
# ## 4.9 What a module registers
#
# `parameters()` hands out what training will change. How does a module know what that is?
# When you write `self.name = value`, `nn.Module` looks at the value. Some kinds it
# **registers**: it puts them on its lists. Others become ordinary attributes.
#
# **Predict.** The class below keeps its two layers in a Python list and one number as a
# tensor. The network works.

# %%
predict.number(
    "in-a-list", "How many tensors does InAList().parameters() hand out?"
)


# %%
class InAList(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(1, 8), nn.Linear(8, 1)]
        self.scale = torch.ones(1)

    def forward(self, x):
        h = torch.relu(self.layers[0](x))
        return self.scale * self.layers[1](h)


# %%
predict.show("in-a-list", len(list(InAList().parameters())))


# %%
class Registered(InAList):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(1, 8), nn.Linear(8, 1)])
        self.scale = nn.Parameter(torch.ones(1))


for name, p in Registered().named_parameters():
    print(name, tuple(p.shape))
print(InAList()(torch.ones(4, 1)).shape, Registered()(torch.ones(4, 1)).shape)

# %% [markdown]
# ![A frame named InAList holds two dashed boxes in a plain list and one dashed box, a plain tensor; below it: parameters(), nothing. A frame named Registered holds the same as solid boxes, with arrows down to: parameters(), 5 tensors.](figures/registered.svg)
#
# *Figure 4.4. The same parts twice. Only what is registered comes out at `parameters()`.*
#
# **Look closer.** Registered are modules, and tensors wrapped as **`nn.Parameter`**; the
# list is neither. Both networks compute, and no error warns you. But training would never
# change the first, `.to(device)` would leave its layers behind, and saving would forget
# them. **`nn.ModuleList`** is a list whose modules are registered. `Registered` is a
# subclass of `InAList`: it takes over `forward` and replaces two attributes. `scale` comes
# first, because a module names its own parameters before those of its parts.
#
# A plain tensor is not registered, because it may be data that training must leave alone.
# `nn.Parameter` says "train this", and `requires_grad` is True from the start. So "the
# parameters are registered automatically" is true for attributes of the two kinds only.
#
# Make every layer with a call of its own. In `[layer] * 3` the same layer stands three
# times, and its parameters are handed out once. `model.state_dict()` holds all parameters
# under their names; unit 7 saves a network with it.
#
# **Change.** Print `list(Registered().state_dict())`, then the same of `InAList()`.
#
# The next cell holds a network with faults, for the exercise below.


# %%
class Broken(nn.Module):
    def __init__(self, width, depth):
        self.first = nn.Linear(1, width)
        self.middle = [nn.Linear(width, width)] * (depth - 1)
        self.last = nn.Linear(width, 1)

    def forward(self, x):
        h = torch.relu(self.first(x))
        for layer in self.middle:
            h = layer(h)
        return self.last(h)


try:
    Broken(4, 3)
except AttributeError as error:
    print(error)

# %% [markdown]
# ### Exercise 4.6 · Repair a network
# **Difficulty** ●●●○○ · **about 10 minutes** · 14 points
#
# `Broken(width, depth)` above should be a network with one input, `depth` hidden layers of
# `width` units each, ReLU after every hidden layer, and one output without activation.
# Making one fails, as you saw. When you have repaired that, it runs, and is still wrong in
# more than one way. Write the repaired class under the name `Repaired`; start from a copy
# of its two methods.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The message names a call that has not been made; section 4.6 says what it is for. For
# the silent faults look at section 4.9, and print the names of the parameters.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Ask four questions. Is `nn.Module` prepared before anything is stored? Is every layer
# registered? Is every middle layer a layer of its own? What follows each hidden layer in
# `forward`?
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# One line more at the top of `__init__`. The middle layers in a list that registers, filled
# by a loop that makes a new layer in each turn. One activation more in the loop of
# `forward`. The rest stays.
#
# </details>


# %% nbgrader={"grade_id": "repaired", "solution": true}
class Repaired(nn.Module):
    """A network with one input, `depth` hidden layers and one output.

    It maps x of shape (n, 1) to shape (n, 1); depth is at least 1.
    Example: Repaired(4, 3) has 8 parameter tensors.
    """

    def __init__(self, width, depth):
        ### BEGIN SOLUTION
        super().__init__()
        self.first = nn.Linear(1, width)
        self.middle = nn.ModuleList(
            nn.Linear(width, width) for _ in range(depth - 1)
        )
        self.last = nn.Linear(width, 1)

    def forward(self, x):
        h = torch.relu(self.first(x))
        for layer in self.middle:
            h = torch.relu(layer(h))
        return self.last(h)
        ### END SOLUTION


# %% nbgrader={"grade_id": "repaired-test", "grade": true, "points": 14}
network = Repaired(3, 3)
expect.that(
    isinstance(network, nn.Module),
    "Repaired(3, 3) is no module: of which class should it be a subclass?",
)
expect.equal(
    sorted(tuple(p.shape) for p in network.parameters()),
    [(1,), (1, 3), (3,), (3,), (3,), (3, 1), (3, 3), (3, 3)],
    "the shapes of the parameters of Repaired(3, 3)",
    mistakes={
        "the middle layers are missing, though they are used. Which kind of "
        "list does `nn.Module` register?": [(1,), (1, 3), (3,), (3, 1)],
        "there is one middle layer, not two. Is every middle layer made by a "
        "call of its own?": [(1,), (1, 3), (3,), (3,), (3, 1), (3, 3)],
        "there are three middle layers. The first layer is a hidden layer too: "
        "how many are left?": [
            (1,), (1, 3), (3,), (3,), (3,), (3,), (3, 1), (3, 3), (3, 3), (3, 3)],
        "no parameters at all: which attributes does `nn.Module` register?": [],
    },
)  # fmt: skip
values = {
    (3, 1): torch.tensor([[1.0], [-1.0], [2.0]]),
    (3, 3): torch.tensor(
        [[0.5, -1.0, 0.0], [1.0, 0.5, -1.0], [-0.5, 1.0, 0.5]]
    ),
    (1, 3): torch.tensor([[1.0, -2.0, 1.5]]),
    (3,): torch.tensor([0.5, -0.25, -1.0]),
    (1,): torch.tensor([-0.5]),
}
with torch.no_grad():
    for p in network.parameters():
        p.copy_(values[tuple(p.shape)])


def known(x, inner=torch.relu, outer=torch.relu, last=None, final=None):
    """The curve of the network with the parameters set above."""
    h = outer(F.linear(x.unsqueeze(1), values[3, 1], values[3,]))
    for activate in (inner, final or inner):
        h = activate(F.linear(h, values[3, 3], values[3,]))
    y = F.linear(h, values[1, 3], values[1,]).squeeze(1)
    return last(y) if last else y


def nothing(z):
    """No activation."""
    return z


expect.curve(
    lambda x: network(x.unsqueeze(1)).squeeze(1),
    known,
    name="the repaired network",
    mistakes={
        "the middle layers have no activation: without one, what are several "
        "layers worth?": lambda x: known(x, inner=nothing),
        "no layer has an activation: the curve is one straight line.": lambda x: (
            known(x, inner=nothing, outer=nothing)
        ),
        "the output went through ReLU, so it is never negative. What should "
        "follow the last layer?": lambda x: known(x, last=torch.relu),
        "the first layer has lost its ReLU.": lambda x: known(
            x, outer=nothing
        ),
        "ReLU came once, after all middle layers. After which of them does "
        "the text ask for it?": lambda x: known(
            x, inner=nothing, final=torch.relu
        ),
        "the middle layers have another activation than ReLU.": lambda x: (
            known(x, inner=torch.tanh)
        ),
    },
)
expect.equal(
    len(list(Repaired(2, 1).parameters())),
    4,
    "the number of parameter tensors of Repaired(2, 1)",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(45)
for width, depth in ((2, 1), (5, 2), (4, 4), (7, 3)):
    network = Repaired(width, depth)
    x = torch.randn(40, 1, generator=source) * 2
    values = {
        shape: torch.randn(shape, generator=source)
        for shape in ((width, 1), (width, width), (1, width), (width,), (1,))
    }
    with torch.no_grad():
        for p in network.parameters():
            p.copy_(values[tuple(p.shape)])
    h = F.linear(x, values[width, 1], values[width,]).clamp(min=0)
    for _ in range(depth - 1):
        h = F.linear(h, values[width, width], values[width,]).clamp(min=0)
    wanted = F.linear(h, values[1, width], values[1,])
    expect.close(network(x), wanted, rtol=1e-3, atol=1e-3)
    expect.equal(len(list(network.parameters())), 2 * depth + 2)
network, other = Repaired(6, 3), Repaired(6, 3)
x = torch.randn(500, 1, generator=source) * 5
before = other(x).detach().clone()
(network(x) ** 2).sum().backward()
expect.that(
    all(p.grad is not None for p in network.parameters()), "no gradient"
)
with torch.no_grad():
    for p in network.parameters():
        p.zero_()
expect.close(other(x), before)
expect.close(network(x), torch.zeros(500, 1))
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 4.7 · Your own linear layer
# **Difficulty** ●●●●○ · **about 10 minutes** · 12 points
#
# Write the class `OwnLinear`, a layer that does what `nn.Linear` does, without using
# `nn.Linear`. It holds a weight of shape (outputs, features) and a bias of shape
# (outputs,). As in `nn.Linear`, all of them start as random numbers spread evenly between
# −1/√features and 1/√features. (`features ** 0.5` is the root.)
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Section 4.9 says which tensors a module registers. Section 4.1 shows the formula for a
# batch. `torch.rand` of unit 1 gives numbers spread evenly between 0 and 1.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Stretch and shift the numbers of `torch.rand` into the wanted range, and wrap the result
# in `nn.Parameter`: last, since a product of a parameter is a plain tensor again. In
# `forward` compute weighted sums and add the bias.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# `__init__(self, features, outputs)`: the preparation of `nn.Module`, a line for the limit,
# two lines that store a parameter each. `forward(self, x)`: one line that returns a matrix
# product with the turned weight, plus the bias.
#
# </details>


# %% nbgrader={"grade_id": "own-linear", "solution": true}
class OwnLinear(nn.Module):
    """A fully connected layer: OwnLinear(features, outputs).

    It maps x of shape (n, features) or (features,) to shape (n, outputs) or
    (outputs,).
    Example: OwnLinear(3, 2)(torch.ones(5, 3)) has shape (5, 2).
    """

    def __init__(self, features, outputs):
        ### BEGIN SOLUTION
        super().__init__()
        limit = features**-0.5
        self.weight = nn.Parameter(
            (2 * torch.rand(outputs, features) - 1) * limit
        )
        self.bias = nn.Parameter((2 * torch.rand(outputs) - 1) * limit)

    def forward(self, x):
        return x @ self.weight.T + self.bias
        ### END SOLUTION


# %% nbgrader={"grade_id": "own-linear-test", "grade": true, "points": 12}
layer = OwnLinear(4, 3)
expect.that(
    isinstance(layer, nn.Module),
    "OwnLinear(4, 3) is no module: of which class should it be a subclass?",
)
expect.that(
    not any(isinstance(part, nn.Linear) for part in layer.modules()),
    "nn.Linear does the work in OwnLinear. Which two tensors does the layer need itself?",
)
expect.equal(
    sorted(tuple(p.shape) for p in layer.parameters()),
    [(3,), (3, 4)],
    "the shapes of the parameters of OwnLinear(4, 3)",
    mistakes={
        "nothing is registered. What must wrap a tensor, as the last thing that "
        "is done to it, so that it is trained?": [],
        "the weight lies on its side. Are the neurons its rows or its columns?": [
            (3,),
            (4, 3),
        ],
        "the bias is missing, or not registered.": [(3, 4)],
        "the bias has one number for each feature. Which of the two counts the neurons?": [
            (3, 4),
            (4,),
        ],
        "the weight is missing, or not registered.": [(3,)],
    },
)
settings = {
    (3, 4): torch.tensor(
        [[1.0, -1.0, 0.5, 0.0], [2.0, 0.0, 0.0, 1.0], [-1.0, 0.5, 1.0, 2.0]]
    ),
    (3,): torch.tensor([0.5, -2.0, 1.0]),
}
with torch.no_grad():
    for p in layer.parameters():
        p.copy_(settings[tuple(p.shape)])
expect.close(
    layer(torch.tensor([[1.0, 2.0, 0.0, -1.0], [0.0, 1.0, 2.0, 3.0]])),
    torch.tensor([[-0.5, -1.0, -1.0], [0.5, 1.0, 9.5]]),
    "OwnLinear(4, 3)(X) with known parameters",
    mistakes={
        "the bias is registered, but not added.": [
            [-1.0, 1.0, -2.0],
            [0.0, 3.0, 8.5],
        ],
        "no output is negative: a ReLU crept in. Does `nn.Linear` have an activation?": [
            [0.0, 0.0, 0.0],
            [0.5, 1.0, 9.5],
        ],
        "the bias was taken away, not added.": [
            [-1.5, 3.0, -3.0],
            [-0.5, 5.0, 7.5],
        ],
    },
)
expect.close(
    layer(torch.tensor([1.0, 2.0, 0.0, -1.0])),
    torch.tensor([-0.5, -1.0, -1.0]),
    "OwnLinear(4, 3)(x) for one sample of shape (4,)",
)
for p in OwnLinear(25, 2000).parameters():
    name = "the weight" if p.dim() == 2 else "the bias"
    name, p = f"{name} of OwnLinear(25, 2000)", p.detach()
    expect.that(
        bool((p != p.flatten()[0]).any()),
        f"{name} starts with equal numbers. Neurons that start equal stay "
        "equal: where do random numbers come from?",
    )
    expect.that(
        p.min().item() < 0 < p.max().item(),
        f"{name} starts on one side of 0 only. `torch.rand` gives 0 to 1: how "
        "is that range stretched and shifted?",
    )
    expect.that(
        p.abs().max().item() <= 0.2 + 1e-6,
        f"{name} leaves the range −0.2 to 0.2. Is the limit right? Are "
        "the numbers spread evenly, or in a bell curve?",
    )
    expect.that(
        p.min().item() < -0.18 and p.max().item() > 0.18,
        f"{name} does not reach near −0.2 and 0.2. What is 1/√25, and how "
        "wide is the range from −limit to limit?",
    )
    expect.that(
        abs(p.std().item() - 0.1155) < 0.006,
        f"{name} stays between the limits, but is not spread evenly there. "
        "Which function gives numbers that are?",
    )
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(46)
for features, outputs in ((1, 3), (6, 1), (5, 2), (2, 9)):
    layer = OwnLinear(features, outputs)
    x = torch.randn(7, features, generator=source)
    found = {tuple(p.shape): p for p in layer.parameters()}
    expect.equal(sorted(found), sorted([(outputs,), (outputs, features)]))
    weight, bias = found[outputs, features], found[outputs,]
    expect.equal(weight.dtype, torch.float32)
    with torch.no_grad():
        weight.copy_(torch.randn(outputs, features, generator=source))
        bias.copy_(torch.randn(outputs, generator=source))
    result = layer(x)
    wanted = F.linear(x, weight.detach().clone(), bias.detach().clone())
    expect.close(result, wanted, rtol=1e-3, atol=1e-5)
    result.sum().backward()
    expect.close(
        weight.grad,
        x.sum(dim=0).expand(outputs, features),
        rtol=1e-3,
        atol=1e-4,
    )
    expect.close(bias.grad, torch.full((outputs,), 7.0))
    expect.close(layer(x[0]), wanted[0], rtol=1e-3, atol=1e-5)
for features in (4, 60):
    one, other = OwnLinear(features, 3000), OwnLinear(features, 3000)
    start = [p.detach() for p in one.parameters()]
    limit = features**-0.5
    for p in start:
        expect.that(p.abs().max().item() <= limit + 1e-6, "range")
        expect.that(p.abs().max().item() > 0.9 * limit, "range")
        expect.that(p.mean().abs().item() < 0.1 * limit, "centre")
        expect.that(0.54 < (p / limit).std().item() < 0.615, "spread")
    pairs = zip(start, other.parameters(), strict=True)
    expect.that(
        all(not torch.equal(p, q.detach()) for p, q in pairs), "shared"
    )
### END HIDDEN TESTS

# %% [markdown]
# ## 4.10 Networks from parts
#
# When every layer hands its output to the next, no class is needed. **`nn.Sequential`** is
# a container that passes data through modules in order. And a module can be a part of
# another module, several times with parameters of its own: write a part once, test it, and
# reuse it. Such a part is called a **block**.
#
# **Predict.** `nn.Linear(1, 1)` takes one feature (a distance) and gives one value (a
# time). How many parameters does the first model have?
#
# **Run.**

# %%
inputs = torch.tensor([[5.0], [6.0], [8.0], [10.0]])  # (batch, 1)
model = nn.Sequential(nn.Linear(1, 1))
print(model(inputs).shape, sum(p.numel() for p in model.parameters()))

# %%
parts = [nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10)]
model_seq = nn.Sequential(*parts)
with torch.no_grad():
    for p, q in zip(
        model_seq.parameters(), model_mlp.parameters(), strict=True
    ):
        p.copy_(q)
X = pictures.flatten(start_dim=1)
print(torch.equal(model_seq(X), model_mlp(X)), model_seq[0])


# %% nbgrader={"grade_id": "block", "locked": true}
class Block(nn.Module):
    """A linear layer and ReLU; shape (n, width) in and out."""

    def __init__(self, width):
        super().__init__()
        self.linear = nn.Linear(width, width)

    def forward(self, x):
        return torch.relu(self.linear(x))


# %%
torch.manual_seed(0)
stack = nn.ModuleList(Block(32) for _ in range(20))
x = torch.randn(8, 32, requires_grad=True)
for skip in (0.0, 1.0):
    h = x
    for block in stack:
        h = skip * h + block(h)
    slope = torch.autograd.grad(h.mean(), x)[0].abs().mean().item()
    print("with skip" if skip else "plain", f"slope {slope:.0e}")

# %% [markdown]
# **Look closer.** The first model is a single neuron: one weight, one bias, a straight
# line; unit 8 trains it. The second computes what `SimpleMLP` computes, and `model_seq[0]`
# is its first layer. Its parameters are named by places, such as `0.weight`. The star hands
# over the items of a list one by one. Hand over modules, not classes: `nn.ReLU()`, not
# `nn.ReLU`. One ReLU object may stand in many places, since it holds nothing; a layer may
# not.
#
# The last cell stacks 20 blocks, once plain, once with each block's input added to its
# output. That is a **skip connection**. In the plain stack the gradient has all but
# vanished on its way to `x`; past the blocks it finds a way where the slope is 1. (The mean
# over 8 · 32 numbers makes that 1/256, or 4e-03. The many ways through some of the twenty
# blocks make it a hundred times larger.) This data flow has a branch, so `nn.Sequential`
# alone cannot write it: `forward` can.
#
# **Change.** Use only the first 5 blocks: `for block in stack[:5]:`. By about how many
# powers of ten do the two slopes differ with 5 blocks, and with 20?

# %% [markdown]
# ### Exercise 4.8 · An MLP of given widths
# **Difficulty** ●●●○○ · **about 8 minutes** · 10 points
#
# Write `make_mlp(widths, activation)`. It returns a new `nn.Sequential`: a linear layer
# between each two neighbours in `widths`, and an activation after every layer except the
# last. `activation` is a Python class such as `nn.ReLU`; calling it makes the module.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The second cell of section 4.10 writes such a network out for the widths 784, 128, 10.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Collect the modules in an ordinary list while you walk through the neighbours, then hand
# them over to `nn.Sequential`, which registers them; section 4.10 says how a list is handed
# over. What is one item too many at the end?
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# An empty list; a loop over neighbours that appends a layer and an activation; the return
# of a container made from all collected modules but the last.
#
# </details>


# %% nbgrader={"grade_id": "make-mlp", "solution": true}
def make_mlp(widths, activation):
    """Return a new nn.Sequential with an activation between its layers.

    widths: at least two ints: features, hidden widths, outputs.
    activation: a class, for example nn.ReLU or nn.Tanh.
    Example: make_mlp([3, 5, 2], nn.ReLU) holds three modules.
    """
    ### BEGIN SOLUTION
    modules = []
    for f, k in zip(widths[:-1], widths[1:], strict=True):
        modules += [nn.Linear(f, k), activation()]
    return nn.Sequential(*modules[:-1])
    ### END SOLUTION


# %% nbgrader={"grade_id": "make-mlp-test", "grade": true, "points": 10}
network = make_mlp([3, 5, 4, 2], nn.Tanh)
expect.that(
    isinstance(network, nn.Sequential),
    "make_mlp([3, 5, 4, 2], nn.Tanh) is no nn.Sequential. Was the container "
    "made, and was it returned?",
)
expect.equal(
    sorted(tuple(p.shape) for p in network.parameters()),
    [(2,), (2, 4), (4,), (4, 5), (5,), (5, 3)],
    "the shapes of the parameters of make_mlp([3, 5, 4, 2], nn.Tanh)",
    mistakes={
        "the last layer is missing. How many pairs of neighbours are in "
        "`widths`?": [(4,), (4, 5), (5,), (5, 3)],
        "inputs and outputs are swapped: the data would go backwards.": [
            (3,), (3, 5), (4,), (4, 2), (5,), (5, 4)],
        "only the first layer is there. Is `return` inside the loop?": [(5,), (5, 3)],
        "the hidden layers are missing: only the first and the last width were used.": [
            (2,), (2, 3)],
        "the layers have no biases.": [(2, 4), (4, 5), (5, 3)],
    },
)  # fmt: skip
settings = {
    shape: torch.linspace(-1.0, 1.5, torch.Size(shape).numel()).reshape(shape)
    for shape in ((5, 3), (4, 5), (2, 4), (5,), (4,), (2,))
}
with torch.no_grad():
    for p in network.parameters():
        p.copy_(settings[tuple(p.shape)])
X_known = torch.tensor([[1.0, -0.5, 0.25], [-1.0, 0.5, 0.5]])


def layers_with(*activations):
    """The output with these three activations, and the parameters set above."""
    h = X_known
    for (f, k), activate in zip(
        ((3, 5), (5, 4), (4, 2)), activations, strict=True
    ):
        h = activate(F.linear(h, settings[k, f], settings[k,]))
    return h


none = nn.Identity()
expect.close(
    network(X_known),
    layers_with(torch.tanh, torch.tanh, none),
    "make_mlp([3, 5, 4, 2], nn.Tanh)(X) with known parameters",
    mistakes={
        "an activation follows the last layer too. How can the last item be left out?": (
            layers_with(torch.tanh, torch.tanh, torch.tanh)
        ),
        "there is no activation between the layers.": layers_with(
            none, none, none
        ),
        "ReLU stands between the layers, whatever was asked for. Is the "
        "argument `activation` used?": layers_with(
            torch.relu, torch.relu, none
        ),
        "only the first layer has an activation.": layers_with(
            torch.tanh, none, none
        ),
        "the activation comes only at the end. It belongs between the layers.": (
            layers_with(none, none, torch.tanh)
        ),
    },
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(47)
kinds = (
    (nn.ReLU, torch.relu),
    (nn.Tanh, torch.tanh),
    (nn.Sigmoid, torch.sigmoid),
)
for number, widths in enumerate(
    ([6, 1], [2, 3, 1], [4, 9, 6, 8], [1, 7, 5, 4, 3], [3, 2])
):
    kind, function = kinds[number % 3]
    network, other = (
        make_mlp(list(widths), kind),
        make_mlp(list(widths), kind),
    )
    settings = {}
    for f, k in zip(widths[:-1], widths[1:], strict=True):
        settings[k, f] = torch.randn(k, f, generator=source)
        settings[k,] = torch.randn(k, generator=source)
    expect.equal(
        sorted(tuple(p.shape) for p in network.parameters()), sorted(settings)
    )
    with torch.no_grad():
        for p in network.parameters():
            p.copy_(settings[tuple(p.shape)])
    h = x = torch.randn(9, widths[0], generator=source)
    for place in range(1, len(widths)):
        k, f = widths[place], widths[place - 1]
        h = F.linear(h, settings[k, f], settings[k,])
        h = function(h) if place < len(widths) - 1 else h
    expect.close(network(x), h, rtol=1e-3, atol=1e-4)
    network(x).sum().backward()
    expect.that(
        all(p.grad is not None for p in network.parameters()), "gradient"
    )
    expect.that(all(p.grad is None for p in other.parameters()), "shared")
    expect.that(not torch.equal(other(x).detach(), h), "shared")
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 4.9 · A block with a skip connection
# **Difficulty** ●●●○○ · **about 7 minutes** · 8 points
#
# ![A block: x goes into linear, ReLU, linear; a line leads past them from x to a circle with a plus sign, where both meet; out comes the block's output.](figures/skip.svg)
#
# *Figure 4.5. The block. What goes in is added to what comes out.*
#
# Write the class `SkipBlock`. `SkipBlock(width)` is the block of Figure 4.5: two linear
# layers from `width` to `width`, ReLU between them, and a skip connection. No activation
# follows the sum.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The class `Block` in section 4.10 shows the form, the cell below it a skip connection.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Store two layers, each with parameters of its own. In `forward` keep `x` until the end:
# both ways start from it.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# `__init__`: the preparation of `nn.Module` and two layers. `forward`: it returns a sum of
# two terms, of which one is the input, and the other went through layer, ReLU, layer.
#
# </details>


# %% nbgrader={"grade_id": "skip-block", "solution": true}
class SkipBlock(nn.Module):
    """x plus linear(relu(linear(x))); shape (n, width) in and out.

    Example: SkipBlock(4)(torch.ones(2, 4)) has shape (2, 4).
    """

    def __init__(self, width):
        ### BEGIN SOLUTION
        super().__init__()
        self.linear1 = nn.Linear(width, width)
        self.linear2 = nn.Linear(width, width)

    def forward(self, x):
        return x + self.linear2(torch.relu(self.linear1(x)))
        ### END SOLUTION


# %% nbgrader={"grade_id": "skip-block-test", "grade": true, "points": 8}
block = SkipBlock(2)
expect.that(
    isinstance(block, nn.Module),
    "SkipBlock(2) is no module: of which class should it be a subclass?",
)
expect.equal(
    sorted(tuple(p.shape) for p in block.parameters()),
    [(2,), (2,), (2, 2), (2, 2)],
    "the shapes of the parameters of SkipBlock(2)",
    mistakes={
        "there is one linear layer. The block needs two, each with parameters of its own.": [
            (2,),
            (2, 2),
        ],
        "nothing is registered. Where are the layers kept, and when are they made?": [],
    },
)
M, v = torch.tensor([[1.0, -2.0], [0.5, 1.0]]), torch.tensor([-1.0, 0.5])
with torch.no_grad():
    for p in block.parameters():
        p.copy_(M if p.dim() == 2 else v)
x_three = torch.tensor([[3.0, 0.5], [-1.0, -4.0], [-2.0, 1.0]])
given = x_three.clone()
expect.close(
    block(given),
    torch.tensor([[-2.0, 4.0], [4.0, -0.5], [-4.0, 2.0]]),
    "SkipBlock(2)(x) with known parameters",
    mistakes={
        "the skip connection is missing. What is added to the result of the second layer?": [
            [-5.0, 3.5],
            [5.0, 3.5],
            [-2.0, 1.0],
        ],
        "there is no ReLU between the two layers.": [
            [-2.0, 4.0],
            [12.0, -4.5],
            [-9.0, -0.5],
        ],
        "a ReLU follows the sum. What does Figure 4.5 show after the plus?": [
            [0.0, 4.0],
            [4.0, 0.0],
            [0.0, 2.0],
        ],
        "a second ReLU stands before the sum. How many does Figure 4.5 show?": [
            [3.0, 4.0],
            [4.0, -0.5],
            [-2.0, 2.0],
        ],
        "x was added before the ReLU. Where do the two ways of Figure 4.5 meet?": [
            [-3.0, 5.5],
            [4.0, 3.0],
            [-4.0, 2.0],
        ],
        "x was added between ReLU and the second layer. Where do the two ways "
        "of Figure 4.5 meet?": [
            [-3.0, 5.5],
            [12.0, -1.0],
            [-6.0, 1.0],
        ],
        "x was multiplied with the result, not added.": [
            [-15.0, 1.75],
            [-5.0, -14.0],
            [4.0, 1.0],
        ],
        "what was added at the end is no longer the block's input. Was `x` "
        "overwritten on the way?": [
            [-4.0, 6.0],
            [11.0, 3.5],
            [-2.0, 1.5],
        ],
        "only one of the two layers was used.": [
            [4.0, 3.0],
            [5.0, -4.0],
            [-2.0, 1.5],
        ],
        "x was added twice.": [[1.0, 4.5], [3.0, -4.5], [-6.0, 3.0]],
        "each layer has its own skip connection. How many does Figure 4.5 show?": [
            [1.0, 8.5],
            [17.0, -5.0],
            [-8.0, 2.5],
        ],
    },
)
expect.that(
    torch.equal(given, x_three),
    "SkipBlock changed its input. Which line writes into x?",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(48)
for width in (1, 6, 3):
    block, other = SkipBlock(width), SkipBlock(width)
    weight = torch.randn(width, width, generator=source)
    bias = torch.randn(width, generator=source)
    with torch.no_grad():
        for p in block.parameters():
            p.copy_(weight if p.dim() == 2 else bias)
    x = torch.randn(5, width, generator=source, requires_grad=True)
    wanted = x + F.linear(
        F.linear(x, weight, bias).clamp(min=0), weight, bias
    )
    expect.close(block(x), wanted, rtol=1e-3, atol=1e-4)
    right = torch.autograd.grad((wanted**2).sum(), x)[0]
    got = torch.autograd.grad((block(x) ** 2).sum(), x)[0]
    expect.close(got, right, rtol=1e-3, atol=1e-3)
    expect.equal(len(list(block.parameters())), 4)
    (block(x) ** 2).sum().backward()
    expect.that(
        all(p.grad is not None for p in block.parameters()), "gradient"
    )
    expect.that(all(p.grad is None for p in other.parameters()), "shared")
    with torch.no_grad():
        for p in block.parameters():
            p.zero_()
    expect.close(block(x), x)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 4.10 · A network of blocks
# **Difficulty** ●●●●○ · **about 10 minutes** · 9 points
#
# Write the class `SkipNet`. `SkipNet(features, width, blocks, outputs)` is a network: a
# linear layer from `features` to `width`; then `blocks` blocks, one after the other; then a
# linear layer to `outputs`. Use the class `Block` of section 4.10 (one linear layer, not
# your `SkipBlock`), and give each block a skip connection of its own: its input is added to
# its output. No activation stands outside the blocks.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The last cell of section 4.10 sends data through blocks with skip connections. Section 4.9
# says where a changing number of modules can be kept.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Make a new block for each place, in a container that registers them. `forward` visits all
# of them in turn; what leaves one is what the next one reads.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# The network stores a layer, a container with blocks from a loop, and a layer. Its
# `forward` has a line for the first layer, a loop with one line, and a return with the last
# layer.
#
# </details>


# %% nbgrader={"grade_id": "skip-net", "solution": true}
class SkipNet(nn.Module):
    """A network of blocks: shape (n, features) in, (n, outputs) out.

    blocks: how many, 0 or more.
    Example: SkipNet(3, 8, 2, 1)(torch.ones(5, 3)) has shape (5, 1).
    """

    def __init__(self, features, width, blocks, outputs):
        ### BEGIN SOLUTION
        super().__init__()
        self.first = nn.Linear(features, width)
        self.blocks = nn.ModuleList(Block(width) for _ in range(blocks))
        self.last = nn.Linear(width, outputs)

    def forward(self, x):
        h = self.first(x)
        for block in self.blocks:
            h = h + block(h)
        return self.last(h)
        ### END SOLUTION


# %% nbgrader={"grade_id": "skip-net-test", "grade": true, "points": 9}
network = SkipNet(3, 2, 2, 1)
expect.that(
    isinstance(network, nn.Module),
    "SkipNet(3, 2, 2, 1) is no module: of which class should it be a subclass?",
)
ends = [(1,), (1, 2), (2, 3)]
expect.equal(
    sorted(tuple(p.shape) for p in network.parameters()),
    sorted([*ends, *[(2, 2)] * 2, *[(2,)] * 3]),
    "the shapes of the parameters of SkipNet(3, 2, 2, 1)",
    mistakes={
        "the blocks are missing. Which kind of list does `nn.Module` register?": sorted(
            [*ends, (2,)]
        ),
        "there is one block, not two. Was one used twice, or is one "
        "missing?": sorted([*ends, (2, 2), *[(2,)] * 2]),
        "there are three blocks, not two.": sorted(
            [*ends, *[(2, 2)] * 3, *[(2,)] * 4]
        ),
        "each block has two linear layers: is it `SkipBlock`? The text asks "
        "for `Block`.": sorted([*ends, *[(2, 2)] * 4, *[(2,)] * 5]),
        "nothing is registered. Where are the layers and blocks kept?": [],
    },
)
settings = {
    (2, 3): torch.tensor([[1.0, 0.0, -1.0], [0.5, 1.0, 0.0]]),
    (2, 2): torch.tensor([[1.0, -2.0], [0.5, 1.0]]),
    (2,): torch.tensor([-1.0, 0.5]),
    (1, 2): torch.tensor([[1.0, -1.0]]),
    (1,): torch.tensor([0.25]),
}
with torch.no_grad():
    for p in network.parameters():
        p.copy_(settings[tuple(p.shape)])
expect.close(
    network(torch.tensor([[1.0, 2.0, 0.5], [-2.0, 0.0, 1.0], [2.0, -1.0, -1.5]])),
    torch.tensor([[-13.0], [-3.25], [-4.25]]),
    "SkipNet(3, 2, 2, 1)(X) with known parameters",
    mistakes={
        "the blocks are registered, but the data does not pass through them.": [
            [-3.25], [-3.25], [2.25]],
        "there is no skip connection. What is added to the output of each block?": [
            [-3.5], [-0.25], [-2.75]],
        "the data went through one block only. Is `return` inside the loop?": [
            [-6.5], [-3.25], [0.5]],
        "one skip connection leads around all blocks. How does each get its own?": [
            [-7.0], [-3.75], [-0.75]],
        "every block's output is added to the first layer's, not to its own input.": [
            [-9.75], [-3.25], [-2.5]],
        "both blocks read the same input. What should the second one read?": [
            [-9.75], [-3.25], [-1.25]],
        "an activation follows the first layer. The text asks for none outside the blocks.": [
            [-13.25], [-1.25], [-4.25]],
        "an activation follows each sum. The text asks for none outside the blocks.": [
            [-12.75], [-0.25], [-4.25]],
        "an activation follows the last layer. The text asks for none outside the blocks.": [
            [0.0], [0.0], [0.0]],
    },
)  # fmt: skip
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(49)
for features, width, blocks, outputs in (
    (1, 4, 3, 2),
    (6, 5, 1, 3),
    (2, 3, 0, 1),
    (4, 7, 6, 2),
):
    network, other = (
        SkipNet(features, width, blocks, outputs) for _ in range(2)
    )
    values = {
        shape: 0.5 * torch.randn(shape, generator=source)
        for shape in (
            (width, features),
            (width, width),
            (outputs, width),
            (width,),
            (outputs,),
        )
    }
    with torch.no_grad():
        for p in network.parameters():
            p.copy_(values[tuple(p.shape)])
    x = torch.randn(12, features, generator=source)
    h = start = F.linear(x, values[width, features], values[width,])
    for _ in range(blocks):
        h = h + F.linear(h, values[width, width], values[width,]).clamp(min=0)
    wanted = F.linear(h, values[outputs, width], values[outputs,])
    expect.close(network(x), wanted, rtol=1e-3, atol=1e-3)
    expect.equal(len(list(network.parameters())), 4 + 2 * blocks)
    (network(x) ** 2).sum().backward()
    expect.that(
        all(p.grad is not None for p in network.parameters()), "gradient"
    )
    expect.that(all(p.grad is None for p in other.parameters()), "shared")
    with torch.no_grad():
        for p in network.parameters():
            if tuple(p.shape) == (width, width):
                p.zero_()
    h = start + blocks * values[width,].clamp(min=0)
    wanted = F.linear(h, values[outputs, width], values[outputs,])
    expect.close(network(x), wanted, rtol=1e-3, atol=1e-3)
### END HIDDEN TESTS

# %% [markdown]
# ## What you have now
#
# A forward pass is a loop over layers. A ReLU unit is a corner; enough of them follow any
# unbroken curve on a limited range, and depth folds what is there. Training may or may not
# find the right corners. A network is a class with `__init__` and `forward`; it trains
# what is registered. Blocks make large networks from small, tested parts. Unit 5 asks how
# wrong an output is.
