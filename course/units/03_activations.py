# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
#   course:
#     title: Activations
#     minutes: 115
#     teaches: write activation functions safely, measure their effect on gradients, and choose one
# ---

# %% [markdown]
# # 3 · Activations
#
# A layer computes weighted sums, and weighted sums alone cannot bend. In this unit you
# add the part that bends. At the end you can show why a network needs it, and write the
# usual activation functions by hand so that neither a value nor a gradient breaks. You
# can measure which of them let gradients through, find units that have stopped learning,
# and choose activation functions for a network of your own. It takes about 115 minutes; a
# good place for a break is after section 3.4.
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
# unit 1, `X @ W + b`. Each column of `W` belongs to one neuron; `nn.Linear` keeps the
# same numbers as rows.
#
# `F` is short for `torch.nn.functional`: functions such as `F.relu` that hold no weights.
#
# **Predict.** Each of three hidden neurons draws a straight line over `x`. A fourth neuron
# reads their outputs. The weights `W1` and `W2` in the second cell tell you enough.

# %% nbgrader={"grade_id": "setup", "locked": true}
import torch
import torch.nn as nn
import torch.nn.functional as F

from course import expect, predict
from course.boards.activations import ActivationBoard

# %%
x = torch.tensor([[-2.0], [-1.0], [0.0], [1.0], [2.0]])  # x: (5, 1)
W1 = torch.tensor([[1.0, -2.0, 0.5]])  # W1: (1, 3)
b1 = torch.tensor([0.0, 1.0, -1.0])
W2 = torch.tensor([[2.0], [1.0], [4.0]])  # W2: (3, 1)
b2 = torch.tensor([3.0])

# %%
predict.number(
    "rise",
    "x goes through W1 and then W2, without an activation. By how much does "
    "the result rise when x rises by 1?",
)

# %%
y_hat = (x @ W1 + b1) @ W2 + b2
predict.show("rise", round((y_hat[3] - y_hat[2]).item(), 2))

# %% [markdown]
# **Run.** First without a bend, then with one.

# %%
print(y_hat.squeeze(1))
print((y_hat[1:] - y_hat[:-1]).squeeze(1))

# %%
hidden = x @ W1 + b1
bent = torch.relu(hidden)  # below 0 becomes 0
y_bent = bent @ W2 + b2
print(y_bent.squeeze(1))
print((y_bent[1:] - y_bent[:-1]).squeeze(1))

# %% [markdown]
# ![Above: x goes through the boxes layer 1 and layer 2; an equals sign stands between them and a single box with the label one layer does the same. Below: x goes through layer 1, a box with a bent line, and layer 2.](figures/collapse.svg)
#
# *Figure 3.1. Without a bend between them, two layers are worth one.*
#
# **Look closer.** The rises from point to point are all 2: the two layers draw one
# straight line. One weight does the work of six: 1 · 2 − 2 · 1 + 0.5 · 4 = 2. It is the
# same for any number of layers, because there are always a `W` and a `b` with
#
# $$(X W_1 + b_1) W_2 + b_2 = X W + b.$$
#
# Multiply out the left side to find them.
#
# In the last cell the hidden outputs below 0 are set to 0 before the second layer. Now
# the rises differ: the line has corners. To bend is the job of the activation function.
#
# A function whose graph is a straight line is called *linear*. An activation function
# has to be **non-linear**: its graph is no straight line. With enough hidden neurons,
# the corners can follow any unbroken curve over a limited range, as closely as you
# want. This fact is the **universal approximation theorem**. It does not say how to
# find the weights. Unit 4 sees it at work.
#
# **Change.** Set `bent = hidden * 0.5`. Guess first: does the curve bend? Why, or
# why not?

# %% [markdown]
# ### Exercise 3.1 · Two layers in one
# **Difficulty** ●●○○○ · **about 5 minutes** · 12 points
#
# Two layers stand one after the other, without an activation. Write `collapse(W1, b1,
# W2, b2)`. It returns a pair `W, b`: the weights and the bias of the one layer that
# gives the same for every `X`. The shapes: `W1` (f, h), `b1` (h,), `W2` (h, k), `b2`
# (k,). Leave the four arguments as they were, and keep the record, so that gradients
# pass.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The formula in section 3.1 has the two layers on its left and one layer on its
# right. Remove the brackets on the left.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Multiplied out, the left side is $X W_1 W_2 + b_1 W_2 + b_2$. What multiplies X is
# the new table of weights. What does not depend on X is the new bias. Compare the
# shapes with those asked for.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# One line that returns two things. The first is one product. The second is a product
# and a sum; the first bias has to go through the second layer on the way.
#
# </details>


# %% nbgrader={"grade_id": "collapse", "solution": true}
def collapse(W1, b1, W2, b2):
    """Return (W, b) with X @ W + b equal to (X @ W1 + b1) @ W2 + b2.

    W1: (f, h), b1: (h,), W2: (h, k), b2: (k,); W: (f, k), b: (k,).
    Example: W1 = [[2]], b1 = [1], W2 = [[3]], b2 = [4] give [[6]] and [7].
    """
    ### BEGIN SOLUTION
    return W1 @ W2, b1 @ W2 + b2
    ### END SOLUTION


# %% nbgrader={"grade_id": "collapse-test", "grade": true, "points": 12}
layers = (
    torch.tensor([[1.0, 2.0, 0.0], [0.0, 1.0, -1.0]]),
    torch.tensor([1.0, -1.0, 2.0]),
    torch.tensor([[1.0], [2.0], [3.0]]),
    torch.tensor([10.0]),
)
copies = [part.clone() for part in layers]
pair = collapse(*layers)
expect.that(
    pair is not None,
    "collapse returned None. Does it end with `return`, or does it print?",
)
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
        "the bias came first. In which order does the text ask for the "
        "pair?": [15.0],
        "the weights are right but lie on their side, as nn.Linear keeps "
        "them. Which shape does `X @ W` need?": [[5.0, -1.0]],
    },
)
expect.close(
    pair[1],
    torch.tensor([15.0]),
    "b of collapse",
    mistakes={
        "only the second bias is there. What does the second layer do to "
        "the bias of the first?": [10.0],
        "only the first bias, passed through the second layer, is there. "
        "What is added last?": [5.0],
        "the two biases were added as they are. Which layer does `b1` "
        "still go through?": [
            11.0,
            9.0,
            12.0,
        ],
        "the first bias was added up, but not weighted. Which layer does "
        "`b1` still go through?": [12.0],
        "22: `b1` and `W2` were not paired number by number. Which number of "
        "`b1` meets which row of `W2`?": [22.0],
        "both biases went through the second layer. Is the second bias "
        "added before its weights or after?": [65.0],
        "the values are right, but the shape is (1, 1), not (1,). How many "
        "dimensions did `b2` have?": [[15.0]],
        "a table came back: `b1` was multiplied elementwise. Which "
        "product adds up?": [
            [11.0, 9.0, 12.0],
            [12.0, 8.0, 14.0],
            [13.0, 7.0, 16.0],
        ],
    },
)
expect.that(
    all(
        torch.equal(part, copy)
        for part, copy in zip(layers, copies, strict=True)
    ),
    "collapse changed the caller's tensors. Which line writes into an "
    "argument?",
)
two = (
    torch.tensor([[3.0, 1.0]]),
    torch.tensor([1.0, 2.0]),
    torch.tensor([[1.0, 4.0], [2.0, 5.0]]),
    torch.tensor([10.0, 20.0]),
)
expect.close(
    collapse(*two)[0],
    torch.tensor([[5.0, 17.0]]),
    "W of collapse for two outputs",
)
expect.close(
    collapse(*two)[1],
    torch.tensor([15.0, 34.0]),
    "b of collapse for two outputs",
    mistakes={
        "all products went into one sum, used for both outputs. Each output "
        "needs a sum of its own: over which dimension?": [29.0, 39.0],
        "one sum serves both outputs, and `b1` met the columns of `W2`. "
        "Which row of `W2` does the first number of `b1` meet?": [31.0, 41.0],
        "the products were added over the outputs, not over the hidden "
        "neurons. Which dimension of `W2` holds the hidden "
        "neurons?": [15.0, 38.0],
    },
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
# *rectified linear unit*:
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
# The last cell builds curves from corners. Two ReLUs make the absolute value, the size of
# a number without its sign; two others make a ramp that stops at 1. A hidden layer does
# this with hundreds of corners, and training decides where they go.
#
# The range of ReLU is 0 and up. Wherever it is active its slope is 1, so a gradient
# passes unchanged. That makes it the most used activation for hidden layers. Its other
# side, the zeros, follows in section 3.5.
#
# Python's own `max(0, x)` fails on a tensor: Python asks whether the whole tensor is
# larger than 0, and a tensor of many numbers has no single answer. Elementwise operations
# help, such as `torch.where(mask, a, b)` of unit 2. `torch.maximum(a, b)` takes the larger
# of two tensors. It refuses a plain 0, but `torch.zeros_like(x)` makes
# a fitting tensor. (`torch.max(x, 0)` is something else: there the 0 names a dimension.)
# `x.clamp(min=..., max=...)` moves numbers outside the limits to the limits.
#
# **Change.** In the last line, replace the minus sign between the two ReLUs by a plus.
# What does the slope do at 1?

# %% [markdown]
# ### Exercise 3.2 · ReLU by hand
# **Difficulty** ●○○○○ · **about 4 minutes** · 8 points
#
# Write `relu(x)` for a float tensor of any shape. To learn how it works, write it without
# PyTorch's own `relu`, which may serve to compare. Return a new tensor of the same shape,
# leave the caller's `x` as it was, and keep the record, so that gradients pass.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The end of section 3.2 names three operations that work number by number.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Decide for each number whether it stays or becomes 0, without a loop and without
# writing into `x`. Each of the three operations can do it alone.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# One line, the return of one operation. `torch.where` needs a mask, the numbers to
# keep and the number for the rest; `clamp` needs one limit; `torch.maximum` needs two
# tensors.
#
# </details>


# %% nbgrader={"grade_id": "relu", "solution": true}
def relu(x):
    """Return max(0, x) for every number of x, in the shape of x.

    Example: relu(torch.tensor([-2.0, 3.0])) is tensor([0., 3.]).
    """
    ### BEGIN SOLUTION
    return torch.where(x > 0, x, 0.0)
    ### END SOLUTION


# %% nbgrader={"grade_id": "relu-test", "grade": true, "points": 8}
expect.that(
    not isinstance(relu(torch.tensor([1.0, 2.0])), tuple),
    "relu returned a pair. In `torch.max(x, 0)` the 0 names a dimension. "
    "Which "
    "function compares number by number?",
)
expect.curve(
    relu,
    F.relu,
    name="relu",
    mistakes={
        "-4 became 4: the sign was taken away. What should happen to "
        "negative numbers?": torch.abs,
        "the negative numbers were kept, the positive ones are 0. Which side "
        "should pass?": lambda x: -F.relu(-x),
        "these are zeros and ones: which numbers pass, not the numbers "
        "themselves. What is still to be done with the mask?": lambda x: (
            x > 0
        ).float(),
        "4 became 1: the top was cut off as well. Has ReLU an upper "
        "limit?": lambda x: F.hardtanh(x, 0.0, 1.0),
        "-4 stayed -4: x came back unchanged. What should happen to negative "
        "numbers?": lambda x: x,
        "numbers are missing. A mask as index drops entries; each number "
        "should keep its place.": lambda x: x[x > 0],
    },
)
x = torch.tensor([-2.0, 0.0, 0.5, 3.0])
before = x.clone()
expect.close(
    relu(x),
    torch.tensor([0.0, 0.0, 0.5, 3.0]),
    "relu([-2, 0, 0.5, 3])",
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
# The sigmoid σ lies between 0 and 1, the *hyperbolic tangent* tanh between −1 and 1.
#
# **Predict.** What does each of the two give at 100? And what happens there when you type
# the formula of tanh as it stands?
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
x = torch.tensor([0.5, 100.0], requires_grad=True)
near = x.clamp(min=-40.0, max=40.0)
up, down = torch.exp(near), torch.exp(-near)
t = (up - down) / (up + down)
t.sum().backward()
print(t.detach(), x.grad)

# %%
x = torch.tensor([0.0, 2.0, 5.0], requires_grad=True)
s = torch.sigmoid(x)
s.sum().backward()
print(x.grad)
print((s * (1 - s)).detach())

# %% [markdown]
# ![Three small graphs from -4 to 4: sigmoid rising from 0 to 1, tanh rising from -1 to 1, and the slopes of both with that of ReLU in one graph.](figures/two_ends.svg)
#
# *Figure 3.2. Two activations with two ends, and three slopes: the sigmoid's slope never
# exceeds a quarter.*
#
# **Look closer.** The formula for tanh gave nan at 100, though tanh(100) is 1. A float32
# holds numbers up to about 3.4 × 10³⁸; beyond that stands **inf**, infinity. The exp of
# anything above about 88.7 **overflows**: it is inf, and inf / inf is nan.
#
# The third cell limits `x` before exp sees it. Beyond 40, tanh is 1 in all digits of a
# float32, so nothing is lost. Value and gradient are right.
#
# The sigmoid's formula, at −200, meets inf only once, and 1 / inf is 0, the right
# value. But on the way back 0 is multiplied by inf, and that is nan. A right value does
# not prove a right gradient.
#
# The last cell computes a slope from the value alone: when s is the sigmoid of x, its
# slope is s (1 − s). It is largest at 0, with 0.25. At 5 it is 0.0066: the curve is flat,
# the neuron is **saturated**. For tanh with the value t the slope is 1 − t², largest at 0
# with 1. The outputs of tanh lie around 0, those of sigmoid around 0.5. That is why tanh
# was preferred in hidden layers. Today the sigmoid's place is the output: a probability
# for yes against no.
#
# **Change.** In the first cell, replace 100 by 6. Which of the two is nearer to its upper
# end?

# %% [markdown]
# ### Exercise 3.3 · Sigmoid by hand
# **Difficulty** ●●●○○ · **about 7 minutes** · 10 points
#
# Write `sigmoid(x)` for a float tensor of any shape with `torch.exp`. At −200 and 200 the
# value must be right and the gradient finite; both are 0 or 1 to all digits that matter.
# To learn how it works, write it without PyTorch's own `sigmoid`, which may serve to
# compare. Leave the caller's `x` as it was and keep the record.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The formula opens section 3.3. Its third code cell keeps exp from seeing large
# numbers.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Write the formula first and see which check stops you. Then ask on which side, left
# or right, the exp of the formula overflows. Limit `x` on that side, far out, where
# the sigmoid no longer changes. Limits near 0 would cut off parts of the curve.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Two lines: the first makes a limited copy of `x` with `clamp`, the second returns
# the formula, with the copy in place of `x`. The whole sum below the line stands in
# brackets.
#
# </details>


# %% nbgrader={"grade_id": "sigmoid", "solution": true}
def sigmoid(x):
    """Return the sigmoid of every number of x, in the shape of x.

    Example: sigmoid(torch.tensor([0.0])) is tensor([0.5000]).
    """
    ### BEGIN SOLUTION
    near = x.clamp(min=-80.0)
    return 1 / (1 + torch.exp(-near))
    ### END SOLUTION


# %% nbgrader={"grade_id": "sigmoid-test", "grade": true, "points": 10}
expect.that(
    sigmoid(torch.zeros(1)) is not None,
    "sigmoid returned None. Does it end with `return`, or does it print?",
)


def cut_off(x):
    """Return the right curve between the answer's own lowest and highest."""
    got = torch.as_tensor(sigmoid(x.clone()))
    return torch.sigmoid(x).clamp(got.min(), got.max())


expect.curve(
    sigmoid,
    torch.sigmoid,
    over=(-8.0, 8.0),
    name="sigmoid",
    mistakes={
        "the values fall from left to right, as if the curve were "
        "mirrored. Is the sign in the exponent right?": lambda x: (
            torch.sigmoid(-x)
        ),
        "the value at 0 is 2, not 0.5. The whole sum belongs below the line: "
        "is it there, and in brackets?": lambda x: 1 / torch.sigmoid(x),
        "the value at 0 is 0: this is tanh. Between which two numbers does "
        "the sigmoid lie?": torch.tanh,
        "these are slopes of the sigmoid, not its values.": lambda x: (
            torch.sigmoid(x) * torch.sigmoid(-x)
        ),
        "all values together add up to 1: each was divided by a sum over "
        "all. Does the sigmoid look at neighbours?": lambda x: F.softmax(
            x, dim=0
        ),
        "the value at 0 is inf, a division by 0. Which sign stands in "
        "front of the exp in the formula?": lambda x: (
            torch.sigmoid(x) / torch.tanh(x / 2)
        ),
        "the curve is right in the middle and flat beyond: x is limited too "
        "near 0. From where on does the sigmoid no longer change?": cut_off,
    },
)
x = torch.tensor([-1.0, 0.0, 2.0])
before = x.clone()
expect.close(
    sigmoid(x),
    torch.tensor([0.268941, 0.5, 0.880797]),
    "sigmoid([-1, 0, 2])",
    mistakes={
        "the three values add up to 1: each was divided by a sum over all. "
        "Does the sigmoid look at "
        "neighbours?": [0.042010, 0.114195, 0.843795],
    },
)
expect.that(
    torch.equal(x, before),
    "sigmoid changed the caller's x. Which line writes into it, and how can "
    "a new tensor be made instead?",
)
expect.that(
    not 1e-6 < sigmoid(torch.tensor([-200.0])).sum().item() < 0.01,
    "sigmoid(-200) is small, but not 0: x was limited too early, where the "
    "curve still falls. From where on does exp overflow?",
)
expect.close(
    sigmoid(torch.tensor([-200.0, 200.0])),
    torch.tensor([0.0, 1.0]),
    "sigmoid([-200, 200])",
    mistakes={
        "nan at 200: exp(200) is inf, and inf / inf is nan. How can exp be "
        "kept from seeing such a number?": [0.0, float("nan")],
        "nan at -200: exp(200) is inf, and inf / inf is nan. How can exp be "
        "kept from seeing such a number?": [float("nan"), 1.0],
    },
)
x = torch.tensor([-1.0, 0.0, 2.0], requires_grad=True)
value = sigmoid(x)
expect.that(
    value.requires_grad,
    "the result has lost its record, so no gradient can pass. Was a new "
    "tensor built from plain numbers, or `detach` used?",
)
expect.close(
    torch.autograd.grad(value.sum(), x)[0],
    torch.tensor([0.196612, 0.25, 0.104994]),
    "the gradient of sigmoid at -1, 0 and 2",
    mistakes={
        "0 at 0, where the sigmoid is steepest. The absolute value has a "
        "corner there: which step with a corner did you use?": [
            0.196612,
            0.0,
            0.104994,
        ],
        "0.5 at 0, twice too much: two limits meet there, and both passed "
        "the gradient. Can the limits stand further out?": [
            0.196612,
            0.5,
            0.104994,
        ],
    },
)
x = torch.tensor([-200.0, 200.0], requires_grad=True)
expect.close(
    torch.autograd.grad(sigmoid(x).sum(), x)[0],
    torch.tensor([0.0, 0.0]),
    "the gradient of sigmoid at -200 and 200",
    mistakes={
        "nan at -200, though the value is right: 0 met inf going back. Is x "
        "limited before exp, where -x is large?": [
            float("nan"),
            0.0,
        ],
        "nan at both ends, though the values are right: both branches are "
        "computed everywhere. What does exp see in the other one?": [
            float("nan"),
            float("nan"),
        ],
    },
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
far = torch.tensor([[-300.0], [-89.0], [-60.0], [35.0], [500.0]])
expect.close(sigmoid(far), torch.sigmoid(far))
far.requires_grad_()
got = torch.autograd.grad(sigmoid(far).sum(), far)[0]
expect.close(got, torch.zeros(5, 1))
### END HIDDEN TESTS

# %% [markdown]
# ## 3.4 Gradients that vanish
#
# On the way back through a network, the gradient is multiplied by the slope of each
# activation it passes (the chain rule of section 1.12).
#
# The cell below builds ten layers of 50 neurons. It returns how large the gradient of the
# loss is at each layer's weights: the mean of its absolute values.
#
# **Predict.** Between the last layer and the first lie nine sigmoids.


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
predict.choice(
    "vanish",
    "Ten sigmoid layers: how many times smaller is the gradient at layer 1 "
    "than at layer 10?",
    ["about 10 times", "about 1000 times", "over 100 000 times"],
)

# %%
sizes = gradient_sizes(torch.sigmoid)
factor = sizes[-1] / sizes[0]
answers = ["about 10 times", "about 1000 times", "over 100 000 times"]
predict.show("vanish", answers[(factor > 100) + (factor > 100_000)])

# %% [markdown]
# **Run.** Four of the ten layers, for three activations.

# %%
print("layer            1        4        7       10")
for activation in (torch.sigmoid, torch.tanh, F.relu):
    sizes = gradient_sizes(activation)
    every_third = sizes[::3]  # the first, then every third
    shown = "  ".join(f"{size:.1e}" for size in every_third)
    print(f"{activation.__name__:10s} {shown}")

# %% [markdown]
# **Look closer.** `6e-09` means 6 × 10⁻⁹. With sigmoids, the gradient at the first layer
# is several hundred thousand times smaller than at the tenth. A step that suits the last
# layer leaves the first one where it was: it hardly learns. This is the
# **vanishing gradient**. With ReLU, and here with tanh, the four sizes differ by a factor
# of about two. But tanh has the slope 1 only at 0; at 5 it is 0.0002. So a chain of
# saturated tanh neurons, with weights of ordinary size, loses its gradient as well.
#
# The weights matter as much as the activation: they are factors of the gradient too. The
# `scale` of 1.4, near √2, makes up for the half of the numbers that ReLU sets to 0. With a
# larger scale the outputs of ReLU grow from layer to layer, and the gradients of all
# layers with them. A gradient far too large for any sensible step is an **exploding
# gradient**. With a smaller scale outputs and gradients get tiny. tanh limits its outputs.
# Its gradient is pulled both ways: saturation makes it smaller, large weights larger.
#
# **Change.** Measure `torch.tanh` and `F.relu` with `scale=3.0`, an argument of
# `gradient_sizes`. For which do the gradients of all layers explode? Does the gradient of
# tanh shrink or grow towards layer 1?

# %% [markdown]
# ### Exercise 3.4 · A gradient through a chain
# **Difficulty** ●●●●○ · **about 10 minutes** · 18 points
#
# Take a chain of layers with one neuron each, without biases. The first neuron receives
# `x`, every other one the output of the neuron before it. A neuron with the weight w makes
# the sigmoid of w · input. Write `chain_slope(x, weights)`: for each number of `x`, the
# slope of the last neuron's output with respect to `x`. `weights` is a list of Python
# floats, at least one. Use autograd, on a copy of your own, or multiply the slopes of the
# steps yourself. Leave the caller's `x` as it was, and do not switch on its recording.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Exercise 1.8 found slopes with a recording copy. Section 3.4 says what is multiplied
# on the way back, section 3.3 gives the slope of a sigmoid.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# With autograd: keep two names, one for the copy that you record, one for the number
# that travels through the chain. By hand: carry the value and the slope along, and
# multiply the slope at each step by the weight and by the slope of the sigmoid.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# With autograd: the copy; a second name for it; a loop of one line in which that
# second name gets a new tensor; the sum, with `backward()`; the return of the copy's
# gradient.
#
# </details>


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


# %% nbgrader={"grade_id": "chain-slope-test", "grade": true, "points": 18}
x = torch.tensor([0.0, 1.0, -2.0])
before = x.clone()
slope = chain_slope(x, [2.0, -3.0])
wanted = torch.tensor([-0.223720, -0.039085, -0.026475])
expect.that(
    slope is not None,
    "None came back: no `return`, or a `.grad` not filled. Does your copy's "
    "name now stand for another tensor? `backward()` fills the tensor "
    "recorded first.",
)
points = torch.linspace(-4, 4, 81)
exact = 2 / (1 + torch.cosh(4 * points))
near = torch.as_tensor(chain_slope(points, [4.0]))
expect.that(
    not 1e-6 < (near - exact).abs().max().item() < 0.02,
    "the slopes are close, but not exact. Is a quotient of small differences "
    "at work? Use the exact slope of each step.",
)
expect.curve(
    lambda x: chain_slope(x, [4.0]),
    lambda x: 2 / (1 + torch.cosh(4 * x)),
    name="with weights [4], chain_slope",
    mistakes={
        "these are the values at the end of the chain, not slopes. Where "
        "does `backward()` put slopes?": lambda x: torch.sigmoid(4 * x),
        "a quarter of the right slopes: the weight is missing. How fast does "
        "w · a grow with a?": lambda x: 0.5 / (1 + torch.cosh(4 * x)),
        "the slopes of all points were added up. Where does autograd keep "
        "one for each point?": lambda x: (2 / (1 + torch.cosh(4 * x))).sum(),
        "the right slopes divided by the number of points. Which reduction "
        "divides by their "
        "number?": lambda x: 2 / 81 / (1 + torch.cosh(4 * x)),
        "the weight stands outside the sigmoid. What does the text multiply "
        "by w, the input or the output?": lambda x: 2 / (1 + torch.cosh(x)),
        "a (1 - a) was taken of the number before the step. For which number "
        "is s (1 - s) the slope of the sigmoid?": lambda x: 4 * x * (1 - x),
    },
)
expect.close(
    slope,
    wanted,
    "chain_slope([0, 1, -2], [2, -3])",
    mistakes={
        "only the last step's slope came back. What does the chain rule do "
        "with the slopes of all steps?": [-0.447439, -0.186128, -0.749454],
        "only the first step's slope came back. How many weights are in "
        "the list?": [
            0.5,
            0.209987,
            0.035325,
        ],
        "the slopes of the steps were added. What does the chain rule do "
        "with them?": [
            0.052561,
            0.023859,
            -0.714129,
        ],
        "each step's slope was taken at x. The second step does not see x: "
        "which number does it see?": [-0.375, -0.028460, -0.000261],
        "`backward()` ran in every turn, and `.grad` adds the slopes up. Of "
        "which value is the slope wanted?": [0.276280, 0.170902, 0.008850],
        "only the last weight counts: each turn starts from x again. What "
        "does the second neuron receive?": [-0.75, -0.135530, -0.007400],
    },
)
expect.that(
    torch.equal(x, before) and not x.requires_grad,
    "the caller's x was changed, or recording was switched on for it. Which "
    "line makes a copy of your own?",
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
# is negative for every sample? The last cell below tries a remedy, **leaky ReLU**: it
# keeps the right side of ReLU and has a small slope on the left, here 0.1.
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
# fourth unit is active for none. Its output is 0 whatever the sample, and its gradient is
# exactly 0. So long as its inputs stay as they are, no step changes its weights. It is a
# **dead unit**, and the effect is called **dying ReLU**. Only a change in the layers
# before it can wake it. The third unit is quiet but alive: 32 of the 200 samples still
# teach it.
#
# How does a bias get so far? One step with a learning rate that is too large can throw it
# there. Believe this for now; unit 6 shows what such steps do.
#
# A dead unit is no error, and nobody warns you. You have to count. A few dead units do
# little harm; half a layer dead is a smaller network than you paid for. Judge on a whole
# data set or a large batch, because a unit may be silent on the first few samples only.
#
# With leaky ReLU all four units get a gradient, even the fourth.
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
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The first printed line of section 3.5 counts, for each unit, the samples for which
# it is active.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Find out for each unit whether it is active for no sample at all. Then turn these
# answers into one fraction. A column of `A` belongs to a unit.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Two lines: one number for each unit, by a reduction over the samples; then the mean
# of "this number is 0". A mask has to become floats before it has a mean.
#
# </details>


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
        [0.0, 0.0, 0.0, 4.0, 0.0],
        [0.0, 1.0, 0.0, 0.0, 5.0],
        [0.0, 2.0, 0.0, 3.0, 1.0],
        [0.0, 0.0, 0.0, 0.0, 0.0],
    ]
)
expect.close(
    dead_fraction(A),
    0.4,
    "dead_fraction of 4 samples and 5 units, the first and third dead",
    mistakes={
        "0.7 is the fraction of all entries that are 0. A unit is dead "
        "when it is 0 for which samples?": 0.7,
        "0.8: only the first sample was looked at. For how many samples must "
        "a dead unit be 0?": 0.8,
        "0.25 is the fraction of samples that no unit answers. Which "
        "dimension holds the units?": 0.25,
        "0.6 is the fraction of units that are alive. Which are asked "
        "for?": 0.6,
        "1: every unit that is 0 for some sample was counted. Is one silent "
        "sample enough to call a unit dead?": 1.0,
        "2 is the number of dead units. A fraction needs one more step.": 2.0,
        "0.5: the 2 dead units were divided by the number of samples. Of "
        "what should it be a fraction?": 0.5,
        "one answer for each unit came back. Which step makes one number "
        "of them?": [
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
# The slope s of leaky ReLU is 0.01 unless you say otherwise. The **exponential linear
# unit** (ELU) bends towards −α on the left. α is 1 unless you say otherwise; with 1 the
# curve has no corner.
#
# ![Three small graphs from -4 to 4. All rise with slope 1 on the right. On the left ReLU is flat at 0, leaky ReLU falls slowly, and ELU bends towards -1.](figures/left_sides.svg)
#
# *Figure 3.3. One right side, three left sides.*
#
# To write them, you need a choice. Choices hide a trap, shown here on another function:
# the logarithm (the inverse of exp) for positive numbers, and 0 for the others.
#
# **Predict.** `torch.where` below never picks the logarithm of 0.

# %%
predict.choice(
    "unpicked",
    "torch.where(x > 0, torch.log(x), 0.0) is 0 at x = 0. What is its "
    "gradient there?",
    ["0", "inf", "nan"],
)

# %%
zero = torch.tensor(0.0, requires_grad=True)
torch.where(zero > 0, torch.log(zero), 0.0).backward()
predict.show("unpicked", f"{zero.grad.abs().item():g}")

# %% [markdown]
# **Run.** At 0 and 2: as it stands, then repaired. Then the two activations.

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
# **Look closer.** With `safe` the values are the same, and now the gradient is right too.
# `torch.where` computes *both* branches for all numbers and picks afterwards. On the way
# back, the branch that was not picked gets the gradient 0. That 0 times its slope, here
# 0 · inf, is nan. One nan in a gradient makes its weight nan at the next step, and soon
# everything that is computed from it.
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
# **Change.** In the cell below the answer, replace 0.0 in `x` by −1.0. Now the first
# gradient is 0 (printed as −0), not nan. PyTorch computes the slope of the logarithm as
# 1/x: what is different at −1?

# %% [markdown]
# ### Exercise 3.6 · Leaky ReLU
# **Difficulty** ●●○○○ · **about 4 minutes** · 7 points
#
# Write `leaky_relu(x, slope)` for a float tensor of any shape. To learn how it works,
# write it without PyTorch's own, which may serve to compare. `slope` is a Python number, 0
# or larger; it may be larger than 1. Leave the caller's `x` as it was and keep the record.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The formula at the top of section 3.6 is a choice between two numbers.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Let the sign of `x` decide, not a comparison of the two results, since `slope` may
# be larger than 1. Nothing overflows here, so no branch needs care.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# One line: `torch.where` with the mask, the numbers for the right side and the
# numbers for the left side. Or two limited copies of `x`, one for each side: the left
# one weighted, then both added.
#
# </details>


# %% nbgrader={"grade_id": "leaky-relu", "solution": true}
def leaky_relu(x, slope=0.01):
    """Return x where x > 0 and slope * x elsewhere, in the shape of x.

    Example: leaky_relu(torch.tensor([-20.0, 3.0]), 0.1) is
    tensor([-2.,  3.]).
    """
    ### BEGIN SOLUTION
    return torch.where(x > 0, x, slope * x)
    ### END SOLUTION


# %% nbgrader={"grade_id": "leaky-relu-test", "grade": true, "points": 7}
expect.curve(
    lambda x: leaky_relu(x, 0.1),
    lambda x: F.leaky_relu(x, 0.1),
    name="with slope 0.1, leaky_relu",
    mistakes={
        "-4 became -0.04: the slope was 0.01, not 0.1. Is a fixed number "
        "where the argument should be?": F.leaky_relu,
        "the left side is unchanged and the right side is flattened. Which "
        "side leaks?": lambda x: -F.leaky_relu(-x, 0.1),
        "-4 became 0.4: the leak has the wrong sign. Should the curve "
        "rise or "
        "fall on the left?": lambda x: F.leaky_relu(x, -0.1),
        "the left side is 0, so nothing leaks: this is ReLU. Where does "
        "`slope` come in?": F.relu,
        "x came back unchanged. Which numbers should be "
        "multiplied?": lambda x: x,
        "both sides were multiplied by the slope. Which numbers should pass "
        "unchanged?": lambda x: 0.1 * x,
        "numbers that are not positive became `slope` itself. By what "
        "should the slope be multiplied?": lambda x: F.threshold(x, 0.0, 0.1),
        "the right side got the leak on top: 4 became 4.4. For which numbers "
        "is slope · x wanted?": lambda x: F.relu(x) + 0.1 * x,
    },
)
x = torch.tensor([-20.0, 0.0, 3.0])
before = x.clone()
expect.close(
    leaky_relu(x, 0.1),
    torch.tensor([-2.0, 0.0, 3.0]),
    "leaky_relu([-20, 0, 3], 0.1)",
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
# Write `elu(x, alpha)` for a float tensor of any shape. For x = 200 the value must be 200
# and the gradient 1, although exp(200) overflows. `alpha` is a Python number larger than 0.
# To learn how it works, write it without PyTorch's own `elu`, which may serve to compare.
# Leave the caller's `x` as it was and keep the record.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Section 3.6, the cell with `safe`: the same cure, for exp in place of the logarithm.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Exp overflows on the right, where its branch is not picked. So replace the numbers
# there by a harmless one *before* exp sees them. Then compute the left side from
# these safe numbers, and choose.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Two lines. The first makes a copy of `x` in which all positive numbers are replaced.
# The second returns a choice between `x` itself and the formula, computed from the
# copy.
#
# </details>


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
expect.curve(
    lambda x: elu(x, 2.0),
    lambda x: F.elu(x, 2.0),
    name="with alpha 2, elu",
    mistakes={
        "the left side is half of what alpha = 2 asks for. Where is "
        "`alpha` used?": F.elu,
        "`alpha` multiplies the exp alone. Which part of the formula stands "
        "in brackets?": lambda x: F.elu(x, 2.0) + (x <= 0),
        "the left side is positive: alpha · exp(x) alone. What does the "
        "formula take away from the exp?": lambda x: (
            F.elu(x, 2.0) + 2 * (x <= 0)
        ),
        "the left side has the wrong sign. Towards which number should the "
        "curve go on the far left?": lambda x: 2 * F.relu(x) - F.elu(x, 2.0),
        "the right side was bent too. Which numbers should pass "
        "unchanged?": lambda x: 2 * torch.exp(x) - 2,
        "the 1 was taken from x, inside the exp. Where does it stand in the "
        "formula?": lambda x: F.relu(x) + 2 * torch.exp(x - 1) * (x <= 0),
        "the left side is 0. Which side should the harmless number "
        "replace?": F.relu,
        "a maximum picks the wrong side when alpha exceeds 1. What decides "
        "instead?": lambda x: torch.maximum(x, F.elu(x, 2.0)),
    },
)
x = torch.tensor([-2.0, -1.0, 0.5, 3.0])
before = x.clone()
expect.close(
    elu(x, 2.0),
    torch.tensor([-1.729329, -1.264241, 0.5, 3.0]),
    "elu([-2, -1, 0.5, 3], 2)",
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
# **Softmax** turns them into shares that are positive and add up to 1. The shares are read
# as probabilities:
#
# $$\mathrm{softmax}(x)_i = \frac{e^{x_i}}{\sum_j e^{x_j}}.$$
#
# Every share depends on all scores of its sample.
#
# **Predict.** Below is softmax with `dim=1` and with `dim=0`. In which of the two tables do
# the shares of each sample sum to 1?
#
# **Run.**

# %%
logits = torch.tensor([[2.0, 1.0, 0.0], [0.0, 3.0, 1.0]])  # (2, 3)
print(F.softmax(logits, dim=1))
print(F.softmax(logits, dim=1).sum(dim=1))

# %%
print(F.softmax(logits, dim=0))
print(F.softmax(logits, dim=0).sum(dim=1))

# %% [markdown]
# **Predict again.** Now the scores get large.

# %%
predict.choice(
    "shift",
    "1000 is added to every score. What happens to the shares of F.softmax?",
    ["they stay as they are", "the largest becomes 1", "they become nan"],
)

# %%
old, new = F.softmax(logits, dim=1), F.softmax(logits + 1000, dim=1)
seen = {
    "they stay as they are": torch.allclose(old, new, atol=1e-4),
    "the largest becomes 1": new.max().item() > 0.99,
    "they become nan": new.isnan().any().item(),
}
predict.show("shift", max(seen, key=seen.get))

# %% [markdown]
# **Run.** The formula as it stands, for the same scores.

# %%
powers = torch.exp(logits + 1000)
print(powers / powers.sum(dim=1, keepdim=True))

# %% [markdown]
# ![Three columns of bars for one sample: the logits 2, 1, 0; their exps 7.39, 2.72, 1.00; the shares 0.67, 0.24, 0.09 after division by the sum 11.11.](figures/softmax_steps.svg)
#
# *Figure 3.4. Exp makes the scores positive, division makes them shares. Each column has
# a scale of its own.*
#
# **Look closer.** `dim` names the dimension whose entries compete. In a batch of shape
# (samples, classes) that is `dim=1`: the classes of one sample. With `dim=0` the samples
# compete for each class, and the rows sum to anything. Nothing warns you.
#
# Adding the same number to all scores of a sample changes nothing. $e^{x + c} = e^x e^c$:
# the factor $e^c$ stands above and below the line. The formula typed as it stands
# overflows at 1000, though. PyTorch uses the freedom to shift: when the largest exponent
# of a sample is 0, no exp can exceed 1, and the sum is at least 1. A way to compute that
# does not overflow, however large the scores, is called **stable**.
#
# Write $p_i$ for share i. Its slope with respect to its own score is $p_i (1 - p_i)$, as
# for the sigmoid. With respect to another score j it is $-p_i p_j$. Raise one score, and
# all other shares fall.
#
# **Change.** Multiply `logits` by 10 in the first cell. What do the shares look like
# now? And with 0.1?

# %% [markdown]
# ### Exercise 3.8 · A stable softmax
# **Difficulty** ●●●●○ · **about 10 minutes** · 15 points
#
# Write `softmax(logits)` for `logits` of shape (samples, classes). Each row of the result
# sums to 1, for every size of the scores. To learn how it works, write it without
# PyTorch's own `softmax` and `log_softmax`, which may serve to compare. Leave the caller's
# `logits` as they were and keep the record.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Section 3.7 says why a shift changes nothing, and which shift makes every exponent 0
# or less.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# For each row find its largest score, and take it away from the scores of this row.
# Then exp, then division by the sum of each row. Keep the reduced dimension, so that
# the shapes fit.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Three lines: the largest scores in shape (samples, 1), the exps of the shifted
# scores, and the return of these exps divided by their sums. `max` with a `dim` gives
# a pair; you need its `.values`.
#
# </details>


# %% nbgrader={"grade_id": "softmax", "solution": true}
def softmax(logits):
    """Return the softmax of each row of `logits`.

    logits: (samples, classes) floats; result: the same shape.
    Example: softmax(torch.tensor([[5.0, 5.0]])) is
    tensor([[0.5000, 0.5000]]).
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
    torch.tensor(
        [[0.090031, 0.244728, 0.665241], [0.106507, 0.106507, 0.786986]]
    ),
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
        "the exps were shifted rightly, but all rows share one sum. Which "
        "`dim` should the sum remove?": [
            [0.048789, 0.132622, 0.360502],
            [0.048789, 0.048789, 0.360502],
        ],
        "the scores were divided by their sum without exp. What would "
        "happen to negative scores?": [
            [0.166667, 0.333333, 0.5],
            [0.0, 0.0, 1.0],
        ],
        "these are logarithms of the shares. Which step is missing at "
        "the end?": [
            [-2.407606, -1.407606, -0.407606],
            [-2.239545, -2.239545, -0.239545],
        ],
        "each score was treated by itself, as a sigmoid does. Softmax "
        "makes the scores of a row compete.": [
            [0.731059, 0.880797, 0.952574],
            [0.5, 0.5, 0.880797],
        ],
        "each class was shifted by a number of its own, and that changes the "
        "shares. Which scores may be shifted together?": [
            [1 / 3, 1 / 3, 1 / 3],
            [0.422319, 0.155362, 0.422319],
        ],
        "the exps were shifted, the sum was not. Which exps belong below the "
        "line?": [
            [0.004482, 0.012184, 0.033120],
            [0.014414, 0.014414, 0.106507],
        ],
        "nan for small scores: all exps became 0. Was a fixed number taken "
        "away, whatever the row holds?": [[float("nan")] * 3] * 2,
        "the exps were not made shares. By what should each row be "
        "divided?": [
            [0.135335, 0.367879, 1.0],
            [0.135335, 0.135335, 1.0],
        ],
        "these are the exps alone, and a share cannot exceed 1. By what "
        "should "
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
        "nan: exp(1001) overflows to inf. Which number, taken away from all "
        "scores of the row, leaves no exponent above 0?": [[nan, nan, nan]],
        "all 0: each exp was kept just below the limit of float32, but their "
        "sum overflowed. Can the scores be shifted instead?": [[0.0] * 3],
        "equal shares came back: were large scores cut off? Which change "
        "leaves "
        "the differences between scores as they "
        "are?": [[1 / 3, 1 / 3, 1 / 3]],
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
        "large. Which score must not exceed 0 after the "
        "shift?": [[0.0, nan, 0.0]],
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
for n, c, size in (
    (1, 1, 1),
    (4, 3, 1),
    (3, 3, 5),
    (2, 6, 300),
    (5, 2, 2000),
):
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
# **Predict.** How many numbers to train do `nn.Linear(3, 4)` and `nn.ReLU()` hold? And when
# one `nn.ReLU()` object is used on two tensors in turn, does the second use disturb the
# first?
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
    z = layer(batch)
    print(torch.equal(torch.relu(z), relu_layer(z)))
    print(torch.equal(F.relu(z), relu_layer(z)))

# %%
before = relu_layer(z)
relu_layer(batch)  # another use in between
print(torch.equal(before, relu_layer(z)))

# %% [markdown]
# **Look closer.** The batch is random but seeded, so that you see these same numbers. These
# activations have nothing to train, and they remember nothing. So one object can be used in
# several places, and no use disturbs another. `torch.relu`, `F.relu` and `nn.ReLU()`
# compute the same. Two spellings in older programs, `F.sigmoid` and `F.tanh`, are today
# written `torch.sigmoid` and `torch.tanh`. Softmax without `dim` guesses one and warns:
# always say it.
#
# **Predict again.** A frequent slip: softmax is applied twice.

# %%
predict.choice(
    "twice",
    "Softmax is applied to shares that softmax made. What becomes of the "
    "shares?",
    ["they stay as they are", "they become more equal", "the largest grows"],
)

# %%
once = softmax_layer(batch)
rise = (softmax_layer(once).max() - once.max()).item()
seen = {
    "they stay as they are": rise == 0,
    "they become more equal": rise < 0,
    "the largest grows": rise > 0,
}
predict.show("twice", max(seen, key=seen.get))

# %% [markdown]
# **Run.** Once, twice, and twice for the most certain shares there are.

# %%
print(once)
print(softmax_layer(once))
print(softmax_layer(torch.tensor([[1.0, 0.0, 0.0]])))

# %% [markdown]
# **Look closer.** The second softmax reads the shares as scores, and scores between 0 and 1
# differ little. Of three classes, the most certain one cannot exceed e / (e + 2), about
# 0.58. Nothing warns you. What this does to training is seen in unit 5.
#
# **Change.** Apply softmax to `once` three times more. Towards which numbers do the shares
# go?

# %% [markdown]
# ## 3.9 How to choose
#
# **Predict.** A network should say how many minutes a delivery takes. Which activation
# would you put into its hidden layers, and which at its output?
#
# **Look closer.** At the output, the range decides; in the hidden layers, the slope. Times
# such as 38 lie far outside the range of tanh or sigmoid, so nothing is put at this output.
# ReLU is a good start for the hidden layers.
#
# | where | choose | why |
# |---|---|---|
# | hidden layers, to begin with | ReLU | quick, slope 1 where active |
# | hidden layers with many dead units | leaky ReLU or ELU, and a smaller `lr` | a slope on the left too |
# | hidden layers whose outputs must lie between −1 and 1 | tanh | limited, centred on 0 |
# | hidden layers | not sigmoid | slope at most 0.25, centred on 0.5 |
# | output, any number (a time, a price) | none | the range must not be limited |
# | output, a number between −1 and 1 | tanh | its range |
# | output, yes or no | sigmoid | one probability |
# | output, one of c classes | softmax over the classes | c probabilities, sum 1 |
#
# The perceptron's step function is missing from the table. Its slope is 0 wherever it has
# one, so no gradient can train what lies before it.

# %% [markdown]
# **Change.** Your network answers yes or no. Sigmoids stand in two places: in the hidden
# layers and at the output. Where would you replace them, and by what?
#
# **Choose.** Four networks need activations. For each, write down one for the hidden layers
# and one for the output, then compare.
#
# 1. The hours until a parcel arrives.
# 2. Is this message spam, yes or no?
# 3. Which of ten digits is in the picture?
# 4. The angle of a steering wheel, from −1 (left) to 1 (right). Half of the hidden units of
#    an earlier version were dead.
#
# <details><summary>Answers</summary>
#
# 1. ReLU; none at the output. (A ReLU there would forbid negative hours, but where its sum
#    is negative its slope is 0, and it would learn nothing.)
# 2. ReLU; sigmoid: one probability.
# 3. ReLU; softmax over the ten classes.
# 4. Leaky ReLU or ELU, and a smaller `lr`; tanh.
#
# And the question above: replace those in the hidden layers, by ReLU. At the
# output the sigmoid is at its place.
#
# </details>
#
# <div class="alert alert-info">
#
# **Logits during training.** The losses <code>nn.CrossEntropyLoss</code> and
# <code>nn.BCEWithLogitsLoss</code> take logits and apply softmax or sigmoid themselves, in
# a stable form. A model trained with them ends without an activation. Apply softmax or
# sigmoid only where you want to read probabilities. Unit 5 is about losses.
#
# </div>

# %% [markdown]
# ### Exercise 3.9 · In your words
# **Difficulty** ●●○○○ · **about 5 minutes** · 5 points
#
# In section 3.4 the first of ten sigmoid layers got a gradient several hundred thousand
# times smaller than the last. A friend says: "Then I make `lr` several hundred thousand
# times larger." Answer in three to six sentences, in the cell below:
#
# - Why is the gradient of the first layer so small?
# - What would the friend's `lr` do to the first layer, and what to the last?
# - What would you change instead?

# %% [markdown] nbgrader={"grade_id": "vanish-in-words", "grade": true, "solution": true, "points": 5}
# ### BEGIN SOLUTION
# On its way from the loss back to the first layer, the gradient is multiplied by the slope
# of every sigmoid it passes. Each slope is at most a quarter, so nine of them shrink it by
# a factor of several hundred thousand. The friend's `lr` would suit the first layer. But
# there is one `lr` for all layers, and the last layers have gradients of ordinary size.
# Their steps would be several hundred thousand times too long, and the loss would jump
# instead of falling. I would replace the sigmoids in the hidden layers by ReLU. Its slope
# is 1 where it is active, so the gradients of all layers are of a similar size.
#
# **Rubric.** 2 points: the slopes of the activations multiply on the way back, and each is
# at most a quarter. Give 1 of them for "sigmoids have small slopes" without the product.
# 2 points: a rate large enough for the first layer is far too large for the last, whose
# gradient is not small. Give 1 of them for "too large a rate is harmful" without the
# comparison of layers. 1 point: another activation in the hidden layers, such as ReLU,
# or fewer layers; accept larger weights, or a learning rate for each layer, with a reason.
# ### END SOLUTION

# %% [markdown]
# **Watch it.** On the right of the board stand the gradients of the layers of section
# 3.4. Can any scale of the weights keep ten sigmoid layers from vanishing? Then set
# tanh and a scale of 3: which way does the line lean now?

# %%
ActivationBoard()

# %% [markdown]
# ## What you have now
#
# Without activations, many layers are one. ReLU bends with a slope of 1 or 0; sigmoid and
# tanh saturate, and their small slopes multiply. Dead units are found by counting.
# Exps overflow: shift, limit, or feed them harmless numbers before you choose. Softmax
# makes the classes of one sample compete. Unit 4 builds whole networks from these parts.
