# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
#   course:
#     title: Activations
#     minutes: 100
#     teaches: write activation functions safely, measure their effect on gradients, and choose one
# ---

# %% [markdown]
# # 3 · Activations
#
# A layer computes weighted sums, and weighted sums alone cannot bend. In this unit you
# add the part that bends. At the end you can show why a network needs it, write the
# common activation functions by hand so that neither a value nor a gradient breaks,
# measure which of them let gradients through and which units are dead, and choose one for
# a network of your own. It takes about 100 minutes; a good place for a break is after
# section 3.4.
#
# **Three questions on earlier units.** Answer aloud before you look.
#
# 1. A layer has 3 inputs and 2 outputs. How many numbers does one neuron of it hold, and
#    what does the neuron compute?
# 2. `X` has shape (4, 3). What is the shape of `X.sum(dim=1)`, what with `keepdim=True`,
#    and which of the two can be taken away from `X`?
# 3. `x` holds many points. Why does `f(x).sum().backward()` fill `x.grad` with the slope
#    at each point, and not with one slope for all?
#
# <details><summary>Answers</summary>
#
# 1. Four: three weights, one for each input, and a bias. It multiplies each input by its
#    weight, adds the products and the bias up, and passes the sum through an activation
#    function.
# 2. (4,) and (4, 1). Only (4, 1) fits under (4, 3): one number for each row.
# 3. Each point affects only its own term of the sum, so the slope of the sum with respect
#    to that point is the slope of its own term.
#
# </details>

# %% [markdown]
# ## 3.1 Two layers that are one
#
# Unit 2 put an activation function behind every weighted sum. Here we leave it out and
# look at what is lost. So a layer, in this unit, means its weighted sums alone, as
# `nn.Linear` computes them, and the activation comes extra. The notation is that of
# unit 1, `X @ W + b`: each column of `W` belongs to one neuron (`nn.Linear` keeps the
# same numbers as rows).
#
# **Predict.** Each of three hidden neurons draws a straight line over `x`. They feed a
# fourth. How many corners can the curve of the fourth have?
#
# **Run.**

# %% nbgrader={"grade_id": "setup", "locked": true}
import torch
import torch.nn as nn
import torch.nn.functional as F

from course import expect

# %%
x = torch.tensor([[-2.0], [-1.0], [0.0], [1.0], [2.0]])  # x: (5, 1)
W1 = torch.tensor([[1.0, -2.0, 0.5]])  # W1: (1, 3)
b1 = torch.tensor([0.0, 1.0, -1.0])
W2 = torch.tensor([[2.0], [1.0], [4.0]])  # W2: (3, 1)
b2 = torch.tensor([3.0])

# %%
y_hat = (x @ W1 + b1) @ W2 + b2
print(y_hat.squeeze(1))
print((y_hat[1:] - y_hat[:-1]).squeeze(1))

# %%
hidden = x @ W1 + b1
bent = torch.relu(hidden)  # below 0 becomes 0
y_bent = bent @ W2 + b2
print(y_bent.squeeze(1))
print((y_bent[1:] - y_bent[:-1]).squeeze(1))

# %% [markdown]
# ![Above: x goes through the boxes layer 1 and layer 2, and an arrow leads to a single box with the label one layer does the same. Below: x goes through layer 1, a box with a bent line, and layer 2.](figures/collapse.svg)
#
# *Figure 3.1. Without a bend between them, two layers are worth one.*
#
# **Look closer.** The second printed line holds the rises from point to point. They are
# all 2: the two layers draw one straight line. A single neuron with the weight 2 would do
# the same. That holds for any number of layers, because
#
# $$(X W_1 + b_1) W_2 + b_2 = X (W_1 W_2) + (b_1 W_2 + b_2).$$
#
# In the last cell the hidden outputs below 0 are set to 0 before the second layer. Now
# the rises differ: the line has corners. To bend is the job of the activation function.
# A function whose graph is a straight line is **linear** (strictly, such a line passes
# through 0); activations have to be **non-linear**. With enough hidden neurons, the corners of a network
# with one hidden layer can follow any unbroken curve over a limited range as closely as
# you want (the **universal approximation theorem**). It does not say how to find them.
#
# `F` is short for `torch.nn.functional`: functions such as `F.relu` that hold no weights.
# `nn` has the same ones as parts of a network, such as `nn.ReLU()`.
#
# **Change.** Set `bent = hidden * 0.5`. Does the curve bend? Why not?

# %% [markdown]
# ### Exercise 3.1 · Two layers in one
# **Difficulty** ●●●○○ · **about 8 minutes** · 15 points
#
# Write `collapse(W1, b1, W2, b2)`. It returns a pair `W, b`: the weights and the bias of
# the one layer that gives, for every `X`, what the two layers give one after the other
# without an activation. The shapes: `W1` (f, h), `b1` (h,), `W2` (h, k), `b2` (k,). Leave
# the four arguments as they were, and keep the record, so that gradients pass.


# %% nbgrader={"grade_id": "collapse", "solution": true}
def collapse(W1, b1, W2, b2):
    """Return (W, b) with X @ W + b equal to (X @ W1 + b1) @ W2 + b2.

    W1: (f, h), b1: (h,), W2: (h, k), b2: (k,); W: (f, k), b: (k,).
    Example: W1 = [[2]], b1 = [1], W2 = [[3]], b2 = [4] give [[6]] and [7].
    """
    ### BEGIN SOLUTION
    return W1 @ W2, b1 @ W2 + b2
    ### END SOLUTION


# %% nbgrader={"grade_id": "collapse-test", "grade": true, "points": 15}
layers = (
    torch.tensor([[1.0, 2.0, 0.0], [0.0, 1.0, -1.0]]),
    torch.tensor([1.0, -1.0, 2.0]),
    torch.tensor([[1.0], [2.0], [3.0]]),
    torch.tensor([10.0]),
)
copies = [part.clone() for part in layers]
pair = collapse(*layers)
expect.that(
    isinstance(pair, (tuple, list)) and len(pair) == 2,
    "collapse did not return a pair. A layer has weights and a bias: are "
    "both returned, weights first?",
)
expect.close(
    pair[0],
    torch.tensor([[5.0], [-1.0]]),
    "W of collapse",
    mistakes={
        "a bias is mixed into the weights. Which numbers multiply X, and "
        "which are added whatever X is?": [[10.0], [4.0]],
        "the bias came first. In which order does the text ask for the pair?": [15.0],
        "the weights are right but lie on their side, as nn.Linear keeps "
        "them. Which shape does `X @ W` need?": [[5.0, -1.0]],
    },
)
expect.close(
    pair[1],
    torch.tensor([15.0]),
    "b of collapse",
    mistakes={
        "only the second bias is there. What does the second layer do to the bias of the first?": [
            10.0
        ],
        "only the first bias, passed through the second layer, is there. What is added last?": [
            5.0
        ],
        "the two biases were added as they are. Which layer does `b1` still go through?": [
            11.0,
            9.0,
            12.0,
        ],
        "the first bias was added up, but not weighted. Which layer does `b1` still go through?": [
            12.0
        ],
        "both biases went through the second layer. Is the second bias "
        "added before its weights or after?": [65.0],
        "the values are right, but the shape is (1, 1), not (1,). How many "
        "dimensions did `b2` have?": [[15.0]],
        "a table came back: `b1` was multiplied elementwise. Which product adds up?": [
            [11.0, 9.0, 12.0],
            [12.0, 8.0, 14.0],
            [13.0, 7.0, 16.0],
        ],
    },
)
expect.that(
    all(torch.equal(part, copy) for part, copy in zip(layers, copies, strict=True)),
    "collapse changed the caller's tensors. Which line writes into an argument?",
)
recorded = [part.clone().requires_grad_() for part in layers]
expect.that(
    all(part.requires_grad for part in collapse(*recorded)),
    "a result has lost its record, so no gradient can pass. Was a new tensor "
    "built from plain numbers, or `detach` used?",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(31)
for f, h, k in ((1, 1, 1), (3, 2, 4), (2, 5, 1), (4, 4, 4)):
    W1 = torch.randn(f, h, generator=source, requires_grad=True)
    b1 = torch.randn(h, generator=source, requires_grad=True)
    W2 = torch.randn(h, k, generator=source, requires_grad=True)
    b2 = torch.randn(k, generator=source, requires_grad=True)
    values = torch.randn(6, f, generator=source)
    W, b = collapse(W1, b1, W2, b2)
    expect.equal(tuple(W.shape), (f, k))
    expect.equal(tuple(b.shape), (k,))
    wanted = F.linear(F.linear(values, W1.T, b1), W2.T, b2)
    expect.close(values @ W + b, wanted, rtol=1e-3, atol=1e-4)
    parts = (W1, b1, W2, b2)
    right = torch.autograd.grad((wanted**2).sum(), parts)
    got = torch.autograd.grad(((values @ W + b) ** 2).sum(), parts)
    for one, other in zip(got, right, strict=True):
        expect.close(one, other, rtol=1e-3, atol=1e-3)
### END HIDDEN TESTS

# %% [markdown]
# ## 3.2 ReLU: one corner
#
# The bend of the last section is ReLU, which unit 2 named. The letters stand for
# **rectified linear unit**:
#
# $$\mathrm{ReLU}(x) = \max(0, x).$$
#
# It keeps positive numbers and replaces the others by 0. Each neuron with a ReLU has one
# corner, where its weighted sum passes 0. The second layer adds such corners up.
#
# **Predict.** The slope of ReLU is 1 on one side of 0 and 0 on the other. What will
# PyTorch say exactly at 0, where there is a corner?
#
# **Run.**

# %%
x = torch.tensor([-2.0, -0.5, 0.0, 0.5, 2.0], requires_grad=True)
F.relu(x).sum().backward()
print(F.relu(x).detach())
print(x.grad)

# %%
points = torch.tensor([-2.0, -1.0, 0.0, 1.0, 2.0])
print(F.relu(points) + F.relu(-points))
print(F.relu(points) - F.relu(points - 1))

# %% [markdown]
# **Look closer.** At the corner there is no single slope; PyTorch takes 0. In practice a
# weighted sum is almost never exactly 0, so the choice does not matter.
#
# The last cell builds curves from corners: two ReLUs make the size of a number without
# its sign, two others make a ramp that stops at 1. A hidden layer does this with hundreds
# of corners, and training decides where they go.
#
# Its range is 0 and up. It costs one comparison, and wherever it is active its slope is
# 1, so a gradient passes unchanged. That makes it the most used activation for hidden
# layers. What is worth knowing of its other side, the zeros, follows in section 3.5.
#
# Python's own `max(0, x)` fails on a tensor: Python asks whether the whole tensor is
# larger than 0, and a tensor of many numbers has no single answer. Use elementwise
# operations. Three that help here: `torch.where(mask, a, b)` takes `a` where the mask is
# True and `b` elsewhere; `torch.maximum(a, b)` takes the larger of two tensors, number by
# number; `x.clamp(min=..., max=...)` moves numbers outside the limits to the limits.
#
# **Change.** In the last line, replace the minus sign between the two ReLUs by a plus.
# What does the slope do at 1?

# %% [markdown]
# ### Exercise 3.2 · ReLU by hand
# **Difficulty** ●○○○○ · **about 4 minutes** · 10 points
#
# Write `relu(x)` for a float tensor of any shape, without PyTorch's own `relu`. Return a
# new tensor of the same shape, leave the caller's `x` as it was, and keep the record, so
# that gradients pass.


# %% nbgrader={"grade_id": "relu", "solution": true}
def relu(x):
    """Return max(0, x) for every number of x, in the shape of x.

    Example: relu(torch.tensor([-2.0, 3.0])) is tensor([0., 3.]).
    """
    ### BEGIN SOLUTION
    return torch.where(x > 0, x, 0.0)
    ### END SOLUTION


# %% nbgrader={"grade_id": "relu-test", "grade": true, "points": 10}
x = torch.tensor([-2.0, 0.0, 0.5, 3.0])
before = x.clone()
expect.close(
    relu(x),
    torch.tensor([0.0, 0.0, 0.5, 3.0]),
    "relu([-2, 0, 0.5, 3])",
    mistakes={
        "-2 became 2: the sign was taken away. What should happen to negative numbers?": [
            2.0,
            0.0,
            0.5,
            3.0,
        ],
        "the negative numbers were kept, the positive ones are 0. Which side should pass?": [
            -2.0,
            0.0,
            0.0,
            0.0,
        ],
        "these are zeros and ones: which numbers pass, not the numbers "
        "themselves. What is still to be done with the mask?": [
            0.0,
            0.0,
            1.0,
            1.0,
        ],
        "3 became 1: the top was cut off as well. Has ReLU an upper limit?": [0.0, 0.0, 0.5, 1.0],
        "only two numbers came back. A mask as index drops entries; each "
        "number should keep its place.": [0.5, 3.0],
    },
)
expect.that(
    torch.equal(x, before),
    "relu changed the caller's x. Which line writes into it, and how can a "
    "new tensor be made instead?",
)
expect.close(
    relu(torch.tensor([[-1.0, 4.0, -3.0], [2.0, -5.0, 6.0]])),
    torch.tensor([[0.0, 4.0, 0.0], [2.0, 0.0, 6.0]]),
    "relu of a table of shape (2, 3)",
)
x = torch.tensor([-2.0, 3.0], requires_grad=True)
expect.that(
    relu(x).requires_grad,
    "the result has lost its record, so no gradient can pass. Was a new "
    "tensor built from plain numbers, or `detach` used?",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(32)
for shape in ((), (1,), (7,), (3, 5), (2, 3, 4)):
    x = torch.randn(shape, generator=source, requires_grad=True)
    weight = torch.randn(shape, generator=source)
    expect.close(relu(x), F.relu(x))
    got = torch.autograd.grad((relu(x) * weight).sum(), x)[0]
    right = torch.autograd.grad((F.relu(x) * weight).sum(), x)[0]
    expect.close(got, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 3.3 Sigmoid and tanh: curves with two ends
#
# Two older activations squeeze every number into a limited range:
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}}, \qquad
# \tanh(x) = \frac{e^x - e^{-x}}{e^x + e^{-x}}.$$
#
# `torch.exp(x)` computes $e^x$ for every number, with e = 2.718…. The **sigmoid** σ lies
# between 0 and 1, the **hyperbolic tangent** tanh between −1 and 1.
#
# **Predict.** At 0 the formulas give 1/2 and 0. What does each of the two give at 100,
# and what when you type the formula of tanh as it stands?
#
# **Run.**

# %%
x = torch.tensor([-2.0, 0.0, 2.0, 100.0])
print(torch.sigmoid(x))
print(torch.tanh(x))

# %%
print((torch.exp(x) - torch.exp(-x)) / (torch.exp(x) + torch.exp(-x)))
print(torch.exp(x))

# %%
x = torch.tensor([0.0, 2.0, 5.0], requires_grad=True)
s = torch.sigmoid(x)
s.sum().backward()
print(x.grad)
print((s * (1 - s)).detach())

# %% [markdown]
# ![Six small graphs from -4 to 4: sigmoid from 0 to 1, tanh from -1 to 1, ReLU, leaky ReLU, ELU, and below them the slopes of sigmoid, tanh and ReLU in one graph.](figures/shapes.svg)
#
# *Figure 3.2. Five activations, and the slopes of three of them: the sigmoid's slope
# never exceeds a quarter.*
#
# **Look closer.** The formula for tanh gave nan at 100, though tanh(100) is 1. A float32
# holds numbers up to about 3.4 × 10³⁸; beyond that stands **inf**, infinity. The exp of
# anything above 88.7 is inf: it **overflows**, and inf / inf is nan. A formula that is
# right on paper can fail in a computer. The cure is to rewrite it so that only exps that
# stay small matter.
#
# The last cell shows a slope that can be computed from the value alone: when s is the
# sigmoid of x, its slope is s (1 − s). It is largest at 0, where it is 0.25, and at 5 it
# is 0.0066: the curve is flat, the neuron is **saturated**. For tanh with the value t the
# slope is 1 − t², largest at 0 with 1. The outputs of tanh lie around 0, those of sigmoid
# around 0.5, which is why tanh was preferred in hidden layers.
#
# Today the sigmoid's place is the output: a probability for yes against no.
#
# **Change.** In the first cell, replace 100 by 6. Which of the two is nearer to its upper
# end?

# %% [markdown]
# ### Exercise 3.3 · Sigmoid by hand
# **Difficulty** ●●○○○ · **about 5 minutes** · 10 points
#
# Write `sigmoid(x)` for a float tensor of any shape with `torch.exp`, without PyTorch's
# own `sigmoid`. It must give a number, not nan, for 200 and for −200 as well. Leave the
# caller's `x` as it was and keep the record.


# %% nbgrader={"grade_id": "sigmoid", "solution": true}
def sigmoid(x):
    """Return the sigmoid of every number of x, in the shape of x.

    Example: sigmoid(torch.tensor([0.0])) is tensor([0.5000]).
    """
    ### BEGIN SOLUTION
    return 1 / (1 + torch.exp(-x))
    ### END SOLUTION


# %% nbgrader={"grade_id": "sigmoid-test", "grade": true, "points": 10}
x = torch.tensor([-1.0, 0.0, 2.0])
before = x.clone()
expect.close(
    sigmoid(x),
    torch.tensor([0.268941, 0.5, 0.880797]),
    "sigmoid([-1, 0, 2])",
    mistakes={
        "the values fall from left to right, as if the curve were "
        "mirrored. Is the sign in the exponent right?": [
            0.731059,
            0.5,
            0.119203,
        ],
        "the value at 0 is 2, not 0.5. Python divides before it adds: what needs brackets?": [
            3.718282,
            2.0,
            1.135335,
        ],
        "the value at 0 is 0: this is tanh. Between which two numbers does the sigmoid lie?": [
            -0.761594,
            0.0,
            0.964028,
        ],
        "these are slopes of the sigmoid, not its values.": [
            0.196612,
            0.25,
            0.104994,
        ],
        "the three values add up to 1: each was divided by a sum over all. "
        "Does the sigmoid look at neighbours?": [
            0.042010,
            0.114195,
            0.843795,
        ],
        "the value at 0 is inf, a division by 0. Which sign stands in "
        "front of the exp in the formula?": [
            -0.581977,
            float("inf"),
            1.156518,
        ],
    },
)
expect.that(
    torch.equal(x, before),
    "sigmoid changed the caller's x. Which line writes into it, and how can "
    "a new tensor be made instead?",
)
expect.close(
    sigmoid(torch.tensor([-200.0, 200.0])),
    torch.tensor([0.0, 1.0]),
    "sigmoid([-200, 200])",
    mistakes={
        "nan at 200: exp(200) is inf, and inf / inf is nan. In which form "
        "of the formula does inf appear only once?": [0.0, float("nan")],
    },
)
x = torch.tensor([[-1.0, 0.0, 2.0]], requires_grad=True)
expect.that(
    sigmoid(x).requires_grad,
    "the result has lost its record, so no gradient can pass. Was a new "
    "tensor built from plain numbers, or `detach` used?",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(33)
for shape in ((), (6,), (3, 4), (2, 1, 3)):
    x = 3 * torch.randn(shape, generator=source)
    x.requires_grad_()
    weight = torch.randn(shape, generator=source)
    expect.close(sigmoid(x), torch.sigmoid(x))
    got = torch.autograd.grad((sigmoid(x) * weight).sum(), x)[0]
    right = torch.autograd.grad((torch.sigmoid(x) * weight).sum(), x)[0]
    expect.close(got, right, rtol=1e-3, atol=1e-5)
far = torch.tensor([[-300.0], [500.0]])
expect.close(sigmoid(far), torch.tensor([[0.0], [1.0]]))
### END HIDDEN TESTS

# %% [markdown]
# ## 3.4 Gradients that vanish
#
# On the way back through a network, the gradient is multiplied by the slope of each
# activation it passes (the chain rule of section 1.12). A sigmoid's slope is at most a
# quarter.
#
# The cell below builds ten layers of 50 neurons and returns how large the gradient of the
# loss is at each layer's weights: the mean of its absolute values, without signs. The
# weights are the same for each activation.
#
# **Predict.** Between the last layer and the first lie nine sigmoids. By about what factor
# is the gradient at the first layer smaller: 10, 1000, or more than 100 000?
#
# **Run.**


# %% nbgrader={"grade_id": "gradient-sizes", "locked": true}
def gradient_sizes(activation, scale=1.4, depth=10, width=50):
    """Return the mean absolute gradient at the weights of each layer."""
    torch.manual_seed(0)
    a = torch.randn(100, width)
    weights = []
    for _ in range(depth):
        W = torch.randn(width, width) * scale / width**0.5
        weights.append(W.requires_grad_())
        a = activation(a @ W)
    loss = (a**2).mean()
    loss.backward()
    return [W.grad.abs().mean().item() for W in weights]


# %%
print("layer            1        4        7       10")
for activation in (torch.sigmoid, torch.tanh, F.relu):
    sizes = gradient_sizes(activation)
    shown = "  ".join(f"{size:.1e}" for size in sizes[::3])
    print(f"{activation.__name__:10s} {shown}")

# %% [markdown]
# **Look closer.** `6e-09` means 6 × 10⁻⁹. With sigmoids, the gradient at the first layer
# is several hundred thousand times smaller than at the tenth. A step that suits the last
# layer leaves the first one where it was: the early layers hardly learn. This is the
# **vanishing gradient**. With ReLU, and here with tanh, the four sizes differ by a factor
# of about two. But tanh has the slope 1 only at 0; at 5 it is 0.0002, so a chain of
# saturated tanh neurons loses its gradient as well.
#
# The weights matter as much as the activation: they are factors of the gradient too. The
# `scale` of 1.4, near √2, makes up for the half of the numbers that ReLU sets to 0. With a
# larger scale the weighted sums grow, and tanh saturates; with a smaller one, ReLU's
# gradients and outputs shrink layer by layer. How to start weights is a later topic.
#
# **Change.** Measure `torch.tanh` and `F.relu` with `scale=3.0`. Which of the two
# gets an **exploding gradient**, one far too large for any sensible step?

# %% [markdown]
# ### Exercise 3.4 · A gradient through a chain
# **Difficulty** ●●●●○ · **about 10 minutes** · 15 points
#
# Take a chain of layers with one neuron each, without biases: start with a = x; then, for
# each weight w in turn, the new a is the sigmoid of w · a. Write `chain_slope(x, weights)`:
# for each number of x, the slope of the last a with respect to x. `weights` is a list of
# Python floats, at least one. Use autograd, on a copy of your own, or multiply the slopes
# of the steps yourself. Leave the caller's `x` as it was, and do not switch on its
# recording.


# %% nbgrader={"grade_id": "chain-slope", "solution": true}
def chain_slope(x, weights):
    """Return the slope of the chain's last value at each number of x.

    x: (n,) floats; weights: list of floats, at least one; result: (n,).
    Example: x = [0] and weights = [4] give [1]: the sigmoid has slope 0.25
    at 0, and its input 4x grows four times as fast as x.
    """
    ### BEGIN SOLUTION
    start = x.detach().clone().requires_grad_()
    a = start
    for w in weights:
        a = torch.sigmoid(w * a)
    a.sum().backward()
    return start.grad
    ### END SOLUTION


# %% nbgrader={"grade_id": "chain-slope-test", "grade": true, "points": 15}
x = torch.tensor([0.0, 1.0, -2.0])
before = x.clone()
slope = chain_slope(x, [2.0, -3.0])
expect.that(
    slope is not None,
    "chain_slope returned None: is `return` missing, or was `.grad` read "
    "where no `backward()` had filled it?",
)
expect.close(
    slope,
    torch.tensor([-0.223720, -0.039085, -0.026475]),
    "chain_slope([0, 1, -2], [2, -3])",
    mistakes={
        "these are the values at the end of the chain, not slopes. Where "
        "does `backward()` put slopes?": [0.182426, 0.066460, 0.486514],
        "the slopes of the sigmoids are there, the weights are not. How "
        "fast does w · a grow with a?": [0.037287, 0.006514, 0.004412],
        "only the last step's slope came back. What does the chain rule do "
        "with the slopes of all steps?": [-0.447439, -0.186128, -0.749454],
        "only the first step's slope came back. How many weights are in the list?": [
            0.5,
            0.209987,
            0.035325,
        ],
        "the slopes of the steps were added. What does the chain rule do with them?": [
            0.052561,
            0.023859,
            -0.714129,
        ],
        "each step's slope was taken at x. The second step does not see x: "
        "which number does it see?": [-0.375, -0.028460, -0.000261],
        "the slopes of all points were added up. Where does autograd keep "
        "one for each point?": -0.289279,
        "a third of the right slopes, for three points. Which reduction divides by their number?": [
            -0.074573,
            -0.013028,
            -0.008825,
        ],
    },
)
expect.that(
    torch.equal(x, before) and not x.requires_grad,
    "the caller's x was changed, or recording was switched on for it. Which "
    "line makes a copy of your own?",
)
expect.close(
    chain_slope(torch.tensor([0.0, 1.0]), [4.0]),
    torch.tensor([1.0, 0.070651]),
    "chain_slope([0, 1], [4])",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(34)
for n, depth in ((1, 1), (4, 3), (6, 2), (3, 5)):
    x = torch.randn(n, generator=source)
    weights = (4 * torch.randn(depth, generator=source)).tolist()
    a, wanted = x, torch.ones(n)
    for w in weights:
        a = torch.sigmoid(w * a)
        wanted = wanted * w * a * (1 - a)
    expect.close(chain_slope(x, weights), wanted, rtol=1e-3, atol=1e-6)
    expect.that(not x.requires_grad, "x was recorded")
### END HIDDEN TESTS

# %% [markdown]
# ## 3.5 Units that died
#
# ReLU has slope 0 on its whole left side. What if the weighted sum of a neuron, or unit,
# is negative for every sample?
#
# **Predict.** Below are 200 samples and four units with the same weights but different
# biases: 2, 0, −2 and −12. Which of the four have a gradient of exactly 0?
#
# **Run.**

# %%
torch.manual_seed(0)
X = torch.randn(200, 5)  # X: (samples, features)
column = torch.tensor([[1.0], [-1.0], [0.5], [0.5], [1.0]])
W = column.repeat(1, 4).requires_grad_()  # W: (5, 4), four equal columns
b = torch.tensor([2.0, 0.0, -2.0, -12.0])

# %%
z = X @ W + b
F.relu(z).sum().backward()
print((z > 0).sum(dim=0))
print(W.grad.abs().sum(dim=0) > 0)

# %%
W.grad.zero_()
F.leaky_relu(X @ W + b, 0.1).sum().backward()
print(W.grad.abs().sum(dim=0) > 0)

# %% [markdown]
# **Look closer.** The first line counts the samples for which each unit is active. The
# fourth unit is active for none. Its output is 0 whatever the sample, its gradient is
# exactly 0, and so no step will ever change its weights. It is a **dead** unit, and the
# effect is called **dying ReLU**. One step with a too large learning rate can throw a bias
# that far. The third unit is quiet but alive: a few samples still teach it.
#
# A dead unit is no error, and nobody warns you. You have to count. A few dead units do
# little harm; half a layer dead is a smaller network than you paid for. Judge on a whole
# data set or a large batch, because a unit may be silent on the first few samples only.
#
# The last cell replaces ReLU by leaky ReLU, which has a small slope on the left. Now all
# four units get a gradient.
#
# **Change.** Set the last bias to −5 and run the three cells again. How many samples keep
# the unit alive?

# %% [markdown]
# ### Exercise 3.5 · Counting the dead
# **Difficulty** ●●●○○ · **about 6 minutes** · 10 points
#
# Write `dead_fraction(A)`. `A` has shape (n, units) and holds the outputs of a ReLU layer
# for n samples, one row for each sample. Return the fraction of the units whose output is
# 0 for every sample: a number from 0 to 1, as a Python float or a tensor of shape ().


# %% nbgrader={"grade_id": "dead-fraction", "solution": true}
def dead_fraction(A):
    """Return the fraction of units that are 0 for every sample.

    A: (n, units), the outputs of a ReLU layer, so no number is negative.
    Example: A = [[0, 2], [0, 0]] gives 0.5: the first of two units is dead.
    """
    ### BEGIN SOLUTION
    active = (A > 0).sum(dim=0)
    return (active == 0).float().mean()
    ### END SOLUTION


# %% nbgrader={"grade_id": "dead-fraction-test", "grade": true, "points": 10}
A = torch.tensor(
    [
        [0.0, 0.0, 0.0, 0.0, 0.0],
        [0.0, 1.0, 0.0, 4.0, 5.0],
        [0.0, 2.0, 0.0, 3.0, 1.0],
        [0.0, 0.0, 0.0, 1.0, 0.0],
    ]
)
expect.close(
    dead_fraction(A),
    0.4,
    "dead_fraction of 4 samples and 5 units, the first and third dead",
    mistakes={
        "0.65 is the fraction of all entries that are 0. A unit is dead "
        "when it is 0 for which samples?": 0.65,
        "0.25 is the fraction of samples that no unit answers. Which "
        "dimension holds the units?": 0.25,
        "0.6 is the fraction of units that are alive. Which are asked for?": 0.6,
        "every unit that is 0 for some sample was counted. For how many "
        "samples must a dead unit be 0?": 1.0,
        "2 is the number of dead units. A fraction needs one more step.": 2.0,
        "0.5: the 2 dead units were divided by the number of samples. Of "
        "what should it be a fraction?": 0.5,
        "one answer for each unit came back. Which step makes one number of them?": [
            1.0,
            0.0,
            1.0,
            0.0,
            0.0,
        ],
    },
)
expect.close(
    dead_fraction(torch.tensor([[0.0, 1e-6, 0.0], [0.0, 0.0, 0.0]])),
    2 / 3,
    "dead_fraction([[0, 1e-6, 0], [0, 0, 0]])",
    mistakes={
        "a unit that answers 1e-6 for one sample was called dead. Its "
        "gradient is not 0: compare with 0 exactly.": 1.0,
    },
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(35)
for n, units in ((1, 1), (1, 6), (30, 7), (5, 40), (3, 4)):
    outputs = F.relu(torch.randn(n, units, generator=source) - 0.5)
    outputs[:, 0] = 0
    dead = sum(outputs[:, j].max().item() == 0 for j in range(units))
    expect.close(dead_fraction(outputs), dead / units)
expect.close(dead_fraction(torch.ones(3, 2)), 0.0)
expect.close(dead_fraction(torch.full((2, 5), 1e-7)), 0.0)
### END HIDDEN TESTS

# %% [markdown]
# ## 3.6 Leaky ReLU, ELU, and a trap in `where`
#
# Two activations keep ReLU's right side and repair the left one:
#
# $$\mathrm{LeakyReLU}(x) = \begin{cases} x & x > 0 \\ s\,x & x \le 0 \end{cases}
# \qquad
# \mathrm{ELU}(x) = \begin{cases} x & x > 0 \\ \alpha\,(e^x - 1) & x \le 0 \end{cases}$$
#
# **Leaky ReLU** has a small slope s on the left, 0.01 unless you say otherwise. The
# **exponential linear unit** (ELU) bends towards −α on the left, α being 1 unless you say
# otherwise; with 1 the curve has no corner. To write them, you need a choice. Choices hide a trap, shown
# here on another function: the logarithm (the inverse of exp) for positive numbers, and 0
# for the others.
#
# **Predict.** `torch.where` below never picks the logarithm of 0. What will the gradient
# at 0 be: 0, inf or nan?
#
# **Run.**

# %%
x = torch.tensor([0.0, 2.0], requires_grad=True)
y = torch.where(x > 0, torch.log(x), 0.0)
y.sum().backward()
print(y.detach(), x.grad)

# %%
x = torch.tensor([0.0, 2.0], requires_grad=True)
safe = torch.where(x > 0, x, 1.0)
y = torch.where(x > 0, torch.log(safe), 0.0)
y.sum().backward()
print(y.detach(), x.grad)

# %%
x = torch.tensor([-3.0, -1.0, 0.0, 2.0])
print(F.leaky_relu(x, 0.1))
print(F.elu(x))

# %% [markdown]
# **Look closer.** The values are right in both cells, the gradient only in the second.
# `torch.where` computes **both** branches for all numbers and picks afterwards. On the
# way back, the branch that was not picked gets the gradient 0, and 0 times its slope,
# here 0 · inf, is nan. One nan in a gradient makes its weight nan at the next step, and
# soon everything that is computed from it.
#
# The cure is to feed the branch a harmless number wherever it will not be picked, before
# it computes anything. Choosing afterwards is too late.
#
# | | range | slope on the left | slope on the right |
# |---|---|---|---|
# | ReLU | 0 and up | 0 | 1 |
# | leaky ReLU | all numbers | s | 1 |
# | ELU | above −α | α eˣ, which is its value + α | 1 |
#
# You may read of leaky ReLU as max(0.01 x, x). With another slope for 0.01, that is the
# same function only while the slope is at most 1.
#
# **Change.** Replace 0.0 in the first line of the first cell by −1.0. Now its gradient is
# 0 (printed as −0), not nan. PyTorch computes the slope of the logarithm as 1/x: what is
# different at −1?

# %% [markdown]
# ### Exercise 3.6 · Leaky ReLU
# **Difficulty** ●●○○○ · **about 5 minutes** · 10 points
#
# Write `leaky_relu(x, slope)` for a float tensor of any shape, without PyTorch's own.
# `slope` is a Python number, 0 or larger; it may be larger than 1. Leave the caller's `x`
# as it was and keep the record.


# %% nbgrader={"grade_id": "leaky-relu", "solution": true}
def leaky_relu(x, slope=0.01):
    """Return x where x > 0 and slope * x elsewhere, in the shape of x.

    Example: leaky_relu(torch.tensor([-20.0, 3.0]), 0.1) is
    tensor([-2.,  3.]).
    """
    ### BEGIN SOLUTION
    return torch.where(x > 0, x, slope * x)
    ### END SOLUTION


# %% nbgrader={"grade_id": "leaky-relu-test", "grade": true, "points": 10}
x = torch.tensor([-20.0, 0.0, 3.0])
before = x.clone()
expect.close(
    leaky_relu(x, 0.1),
    torch.tensor([-2.0, 0.0, 3.0]),
    "leaky_relu([-20, 0, 3], 0.1)",
    mistakes={
        "-20 became -0.2: the slope was 0.01, not 0.1. Is a fixed number "
        "where the argument should be?": [-0.2, 0.0, 3.0],
        "the left side is unchanged and the right side is flattened. Which side leaks?": [
            -20.0,
            0.0,
            0.3,
        ],
        "-20 became 2: the leak has the wrong sign. Should the curve rise or fall on the left?": [
            2.0,
            0.0,
            3.0,
        ],
        "the left side is 0, so nothing leaks: this is ReLU. Where does `slope` come in?": [
            0.0,
            0.0,
            3.0,
        ],
        "both sides were multiplied by the slope. Which numbers should pass unchanged?": [
            -2.0,
            0.0,
            0.3,
        ],
        "numbers that are not positive became `slope` itself. By what "
        "should the slope be multiplied?": [0.1, 0.1, 3.0],
    },
)
expect.that(
    torch.equal(x, before),
    "leaky_relu changed the caller's x. Which line writes into it, and how "
    "can a new tensor be made instead?",
)
expect.close(
    leaky_relu(torch.tensor([[-1.0, 3.0]]), 2.0),
    torch.tensor([[-2.0, 3.0]]),
    "leaky_relu([[-1, 3]], 2)",
    mistakes={
        "a maximum of x and slope · x picks the wrong one when the slope "
        "exceeds 1. What decides instead?": [[-1.0, 6.0]],
    },
)
expect.close(
    leaky_relu(torch.tensor([-100.0])),
    torch.tensor([-1.0]),
    "leaky_relu([-100]) with the default slope",
)
x = torch.tensor([-2.0, 3.0], requires_grad=True)
expect.that(
    leaky_relu(x, 0.1).requires_grad,
    "the result has lost its record, so no gradient can pass. Was a new "
    "tensor built from plain numbers, or `detach` used?",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(36)
for shape, leak in (((), 0.3), ((6,), 0.0), ((3, 4), 0.25), ((2, 3, 2), 1.5)):
    x = torch.randn(shape, generator=source, requires_grad=True)
    weight = torch.randn(shape, generator=source)
    wanted = F.leaky_relu(x, leak)
    expect.close(leaky_relu(x, leak), wanted)
    got = torch.autograd.grad((leaky_relu(x, leak) * weight).sum(), x)[0]
    right = torch.autograd.grad((wanted * weight).sum(), x)[0]
    expect.close(got, right)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 3.7 · ELU without a nan
# **Difficulty** ●●●●○ · **about 9 minutes** · 15 points
#
# Write `elu(x, alpha)` for a float tensor of any shape, without PyTorch's own `elu`. For
# x = 200 the value must be 200 and the gradient 1, although exp(200) overflows. `alpha`
# is a Python number larger than 0. Leave the caller's `x` as it was and keep the record.


# %% nbgrader={"grade_id": "elu", "solution": true}
def elu(x, alpha=1.0):
    """Return x where x > 0 and alpha * (exp(x) - 1) elsewhere.

    x: floats of any shape; result: the same shape.
    Example: elu(torch.tensor([-1.0, 3.0])) is tensor([-0.6321,  3.0000]).
    """
    ### BEGIN SOLUTION
    left = torch.where(x > 0, 0.0, x)
    return torch.where(x > 0, x, alpha * (torch.exp(left) - 1))
    ### END SOLUTION


# %% nbgrader={"grade_id": "elu-test", "grade": true, "points": 15}
x = torch.tensor([-2.0, -1.0, 0.5, 3.0])
before = x.clone()
expect.close(
    elu(x, 2.0),
    torch.tensor([-1.729329, -1.264241, 0.5, 3.0]),
    "elu([-2, -1, 0.5, 3], 2)",
    mistakes={
        "the left side is half of what alpha = 2 asks for. Where is `alpha` used?": [
            -0.864665,
            -0.632121,
            0.5,
            3.0,
        ],
        "`alpha` multiplies the exp alone. Which part of the formula stands in brackets?": [
            -0.729329,
            -0.264241,
            0.5,
            3.0,
        ],
        "the left side is positive: alpha · exp(x) alone. What does the "
        "formula take away from the exp?": [0.270671, 0.735759, 0.5, 3.0],
        "the left side has the wrong sign. Towards which number should the "
        "curve go on the far left?": [1.729329, 1.264241, 0.5, 3.0],
        "the right side was bent too. Which numbers should pass unchanged?": [
            -1.729329,
            -1.264241,
            1.297443,
            38.171074,
        ],
    },
)
expect.that(
    torch.equal(x, before),
    "elu changed the caller's x. Which line writes into it, and how can a "
    "new tensor be made instead?",
)
expect.close(
    elu(torch.tensor([-200.0, 200.0]), 1.0),
    torch.tensor([-1.0, 200.0]),
    "elu([-200, 200], 1)",
    mistakes={
        "nan at 200: exp(200) is inf, and inf times a mask's 0 is nan. How "
        "can exp be kept from seeing 200?": [-1.0, float("nan")],
    },
)
x = torch.tensor([-1.0, 200.0], requires_grad=True)
value = elu(x, 1.0)
expect.that(
    value.requires_grad,
    "the result has lost its record, so no gradient can pass. Was a new "
    "tensor built from plain numbers, or `detach` used?",
)
expect.close(
    torch.autograd.grad(value.sum(), x)[0],
    torch.tensor([0.367879, 1.0]),
    "the gradient of elu at -1 and 200",
    mistakes={
        "nan at 200, though the value is right: exp overflowed in the "
        "branch not picked. What should that branch be fed?": [
            0.367879,
            float("nan"),
        ],
        "the left side passes no gradient. Which step cut it off?": [
            0.0,
            1.0,
        ],
    },
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(37)
for shape, alpha in (((), 1.0), ((8,), 0.5), ((3, 5), 1.7), ((2, 2, 3), 3.0)):
    x = 2 * torch.randn(shape, generator=source)
    x.requires_grad_()
    weight = torch.randn(shape, generator=source)
    wanted = F.elu(x, alpha)
    expect.close(elu(x, alpha), wanted, rtol=1e-3, atol=1e-5)
    got = torch.autograd.grad((elu(x, alpha) * weight).sum(), x)[0]
    right = torch.autograd.grad((wanted * weight).sum(), x)[0]
    expect.close(got, right, rtol=1e-3, atol=1e-5)
x = torch.tensor([[-0.5], [95.0], [1000.0]], requires_grad=True)
expect.close(elu(x), F.elu(x), rtol=1e-3)
got = torch.autograd.grad(elu(x).sum(), x)[0]
expect.close(got, torch.tensor([[0.606531], [1.0], [1.0]]), rtol=1e-3)
### END HIDDEN TESTS

# %% [markdown]
# ## 3.7 Softmax: shares of one
#
# A network that chooses between c classes ends with c numbers for each sample, one score
# for each class. These raw scores are called **logits**; they may be any numbers.
# **Softmax** turns them into shares that are positive and add up to 1, which are read as
# probabilities:
#
# $$\mathrm{softmax}(x)_i = \frac{e^{x_i}}{\sum_j e^{x_j}}.$$
#
# Unlike the other activations, it does not treat each number by itself: every share
# depends on all scores of its sample.
#
# **Predict.** Softmax with `dim=1` and with `dim=0` below: in which of the two tables does
# each sample get probabilities that sum to 1? And what happens to the shares when 1000
# is added to every score?
#
# **Run.**

# %%
logits = torch.tensor([[2.0, 1.0, 0.0], [0.0, 3.0, 1.0]])  # (2, 3)
print(F.softmax(logits, dim=1))
print(F.softmax(logits, dim=1).sum(dim=1))

# %%
print(F.softmax(logits, dim=0))
print(F.softmax(logits, dim=0).sum(dim=1))

# %%
shifted = logits + 1000
print(F.softmax(shifted, dim=1)[0])
print(torch.exp(shifted)[0] / torch.exp(shifted)[0].sum())

# %% [markdown]
# ![Three columns of bars for one sample: the logits 2, 1, 0; their exps 7.39, 2.72, 1.00; the shares 0.67, 0.24, 0.09 after division by the sum 11.11.](figures/softmax_steps.svg)
#
# *Figure 3.3. Exp makes the scores positive, division makes them shares.*
#
# **Look closer.** `dim` names the dimension whose entries compete. In a batch of shape
# (samples, classes) that is `dim=1`: the classes of one sample. With `dim=0` the samples
# compete for each class, and the rows sum to anything. Nothing warns you, so look at the
# row sums.
#
# Adding the same number to all scores of a sample changes nothing, because e to the
# power of x + c is e to the power of x times e to the power of c: the factor stands above
# and below the line. The formula typed as it stands overflows at 1000, though. PyTorch
# uses the freedom to shift: when the largest exponent of a sample is 0, no exp can
# exceed 1, and the sum is at least 1.
#
# The slope of share i with respect to its own score is p (1 − p), as for the sigmoid;
# with respect to another score j it is −pᵢ pⱼ. Raise one score, and all others lose.
#
# **Change.** Multiply `logits` by 10 in the first cell. What do the shares look like
# now, and what are they when you multiply by 0.1?

# %% [markdown]
# ### Exercise 3.8 · A stable softmax
# **Difficulty** ●●●●○ · **about 10 minutes** · 15 points
#
# Write `softmax(logits)` for `logits` of shape (samples, classes), without PyTorch's own
# `softmax` and `log_softmax`. Each row of the result sums to 1, for every size of the
# scores. Leave the caller's `logits` as they were and keep the record.


# %% nbgrader={"grade_id": "softmax", "solution": true}
def softmax(logits):
    """Return the softmax of each row of `logits`.

    logits: (samples, classes) floats; result: the same shape.
    Example: softmax(torch.tensor([[5.0, 5.0]])) is tensor([[0.5000, 0.5000]]).
    """
    ### BEGIN SOLUTION
    largest = logits.max(dim=1, keepdim=True).values
    powers = torch.exp(logits - largest)
    return powers / powers.sum(dim=1, keepdim=True)
    ### END SOLUTION


# %% nbgrader={"grade_id": "softmax-test", "grade": true, "points": 15}
logits = torch.tensor([[1.0, 2.0, 3.0], [0.0, 0.0, 2.0]])
before = logits.clone()
expect.close(
    softmax(logits),
    torch.tensor([[0.090031, 0.244728, 0.665241], [0.106507, 0.106507, 0.786986]]),
    "softmax([[1, 2, 3], [0, 0, 2]])",
    mistakes={
        "the columns sum to 1, not the rows. Which scores should compete: "
        "those of one class, or of one sample?": [
            [0.731059, 0.880797, 0.731059],
            [0.268941, 0.119203, 0.268941],
        ],
        "the whole table sums to 1. Each sample needs shares of its own: "
        "which `dim` should the sum remove?": [
            [0.068675, 0.186678, 0.507442],
            [0.025264, 0.025264, 0.186678],
        ],
        "the scores were divided by their sum without exp. What would happen to negative scores?": [
            [0.166667, 0.333333, 0.5],
            [0.0, 0.0, 1.0],
        ],
        "these are logarithms of the shares. Which step is missing at the end?": [
            [-2.407606, -1.407606, -0.407606],
            [-2.239545, -2.239545, -0.239545],
        ],
        "each score was treated by itself, as a sigmoid does. Softmax "
        "makes the scores of a row compete.": [
            [0.731059, 0.880797, 0.952574],
            [0.5, 0.5, 0.880797],
        ],
        "the exps were not made shares. By what should each row be divided?": [
            [0.135335, 0.367879, 1.0],
            [0.135335, 0.135335, 1.0],
        ],
        "these are the exps alone, and a share cannot exceed 1. By what should "
        "each row be divided?": [
            [2.718282, 7.389056, 20.085537],
            [1.0, 1.0, 7.389056],
        ],
    },
)
expect.that(
    torch.equal(logits, before),
    "softmax changed the caller's logits. Which line writes into them, and "
    "how can a new tensor be made instead?",
)
nan = float("nan")
expect.close(
    softmax(torch.tensor([[1001.0, 1002.0, 1003.0]])),
    torch.tensor([[0.090031, 0.244728, 0.665241]]),
    "softmax([[1001, 1002, 1003]])",
    mistakes={
        "nan: exp(1001) overflows to inf. Which number could you take away "
        "from all scores first, without changing the shares?": [[nan, nan, nan]],
        "equal shares came back: were large scores cut off? Which change leaves "
        "the differences between scores as they are?": [[1 / 3, 1 / 3, 1 / 3]],
    },
)
expect.close(
    softmax(torch.tensor([[-1001.0, -1002.0, -1003.0]])),
    torch.tensor([[0.665241, 0.244728, 0.090031]]),
    "softmax([[-1001, -1002, -1003]])",
    mistakes={
        "nan: all exps are 0, and 0 / 0 is nan. What does your shift make of "
        "the largest score when all are negative?": [[nan, nan, nan]],
    },
)
expect.close(
    softmax(torch.tensor([[0.0, 1000.0, 0.0]])),
    torch.tensor([[0.0, 1.0, 0.0]]),
    "softmax([[0, 1000, 0]])",
    mistakes={
        "nan at 1000: a shift was made, but this exponent is still too "
        "large. Which score must not exceed 0 after the shift?": [[0.0, nan, 0.0]],
    },
)
expect.close(
    softmax(torch.tensor([[1001.0, 1002.0, 1003.0], [1.0, 2.0, 3.0]])),
    torch.tensor([[0.090031, 0.244728, 0.665241]]).repeat(2, 1),
    "softmax([[1001, 1002, 1003], [1, 2, 3]])",
    mistakes={
        "nan in the second row: all its exps became 0. Was it shifted by a "
        "number of another row?": [
            [0.090031, 0.244728, 0.665241],
            [nan, nan, nan],
        ],
    },
)
scores = torch.tensor([[1.0, 2.0]], requires_grad=True)
expect.that(
    softmax(scores).requires_grad,
    "the result has lost its record, so no gradient can pass. Was a new "
    "tensor built from plain numbers, or `detach` used?",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(38)
for n, c, size in ((1, 1, 1), (4, 3, 1), (3, 3, 5), (2, 6, 300), (5, 2, 2000)):
    scores = size * torch.randn(n, c, generator=source)
    scores.requires_grad_()
    weight = torch.randn(n, c, generator=source)
    wanted = F.softmax(scores, dim=1)
    expect.close(softmax(scores), wanted, rtol=1e-3)
    got = torch.autograd.grad((softmax(scores) * weight).sum(), scores)[0]
    right = torch.autograd.grad((wanted * weight).sum(), scores)[0]
    expect.close(got, right, rtol=1e-3, atol=1e-5)
low = torch.tensor([[-900.0, -901.0], [0.0, 1.0]])
expect.close(softmax(low), F.softmax(low, dim=1))
### END HIDDEN TESTS

# %% [markdown]
# ## 3.8 Activations in PyTorch
#
# PyTorch offers most activations twice: as an object from `nn`, which fits between the
# layers of a network, and as a function to call. They compute the same.
#
# **Predict.** `nn.Linear(3, 4)` holds 16 numbers to train. How many does `nn.ReLU()` hold?
#
# **Run.**

# %%
sigmoid_layer = nn.Sigmoid()
relu_layer = nn.ReLU()
tanh_layer = nn.Tanh()
softmax_layer = nn.Softmax(dim=1)  # dim=1: the classes of one sample
print(sum(p.numel() for p in nn.Linear(3, 4).parameters()))
print(sum(p.numel() for p in relu_layer.parameters()))

# %%
torch.manual_seed(0)
batch = torch.randn(2, 3)  # 2 samples, 3 features each
print("input\n", batch)
print("sigmoid\n", sigmoid_layer(batch))
print("ReLU\n", relu_layer(batch))
print("tanh\n", tanh_layer(batch))
print("softmax\n", softmax_layer(batch))

# %%
layer = nn.Linear(3, 4)
with torch.no_grad():
    print(torch.equal(torch.relu(layer(batch)), relu_layer(layer(batch))))

# %% [markdown]
# **Look closer.** The batch is random but seeded, so that you see these same numbers. An
# activation has nothing to train, so one object can be used in several places.
# `torch.relu`, `F.relu` and `nn.ReLU()` compute the same. Two spellings in older programs,
# `F.sigmoid` and `F.tanh`, are today written `torch.sigmoid` and `torch.tanh`. Softmax
# without `dim` guesses one and warns: always say it.
#
# **Change.** Apply `softmax_layer` twice to `batch`. Are the shares of the second time the
# same? Softmax reads shares as if they were scores.

# %% [markdown]
# ## 3.9 How to choose
#
# **Predict.** A network shall say how many minutes a delivery takes. Why is tanh at its
# output a mistake, and what of ReLU in its hidden layers?
#
# **Look closer.** Times such as 38 lie far outside the range of tanh. At the output, the
# range decides; in the hidden layers, the slope.
#
# | where | choose | why |
# |---|---|---|
# | hidden layers, to begin with | ReLU | quick, slope 1 where active |
# | hidden layers with many dead units | leaky ReLU or ELU, and a smaller `lr` | a slope on the left too |
# | hidden layers whose outputs must lie between −1 and 1 | tanh | limited, centred on 0 |
# | hidden layers | not sigmoid | slope at most 0.25, centred on 0.5 |
# | output, any number (a time, a price) | none | the range must not be limited |
# | output, yes or no | sigmoid | one probability |
# | output, one of c classes | softmax over the classes | c probabilities, sum 1 |
#
# <div class="alert alert-info">
#
# **Logits during training.** The losses <code>nn.CrossEntropyLoss</code> and
# <code>nn.BCEWithLogitsLoss</code> take logits and apply softmax or sigmoid themselves, in
# a stable form. A model trained with them ends without an activation; apply softmax or
# sigmoid only where you want to read probabilities. A later unit is about losses.
#
# </div>
#
# The perceptron's step function is missing from the table. Its slope is 0 wherever it has
# one, so no gradient can train what lies before it.
#
# **Change.** Your network answers yes or no, and its hidden layers use sigmoid. Which of
# the two kinds of sigmoid would you replace, and by what?
#
# ## What you have now
#
# Without activations, many layers are one. ReLU bends with a slope of 1 or 0; sigmoid and
# tanh saturate, and their small slopes multiply. Dead units are found by counting.
# Exps overflow: shift, or feed them harmless numbers before you choose. Softmax makes
# the classes of one sample compete.
