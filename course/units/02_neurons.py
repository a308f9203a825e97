# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
#   course:
#     title: Neurons
#     minutes: 100
#     teaches: compute neurons and layers by hand, train a perceptron, and say what one cannot learn
# ---

# %% [markdown]
# # 2 · Neurons
#
# After this unit you can compute a neuron by hand and with PyTorch, and put neurons into
# layers. You can train a famous early neuron, and say which problems it can never learn
# and what helps. It takes about 100 minutes; a good place for a break is after exercise
# 2.5. As in unit 1, exercises stand alone: do not call a function that you wrote for
# another one.
#
# **Three questions on unit 1.** Answer aloud before you look.
#
# 1. `X` has shape (4, 3) and `w` has shape (3,). What is the shape of `X @ w`, and what
#    does each of its numbers belong to?
# 2. `A` has shape (4, 2). Which of these can be added to it: a tensor of shape (2,), of
#    shape (4,), of shape (4, 1)?
# 3. What is the difference between `w -= 1.0` and `w = w - 1.0`?
#
# <details><summary>Answers</summary>
#
# 1. (4,): one number for each row of `X`, that is for each sample: the sum of its
#    features, each multiplied by its entry of `w`.
# 2. Shapes are aligned at the right. (2,) fits: each column gets a number of its own.
#    (4, 1) fits: each row gets one. (4,) does not: its 4 meets the 2.
# 3. The first writes into the same tensor, so whoever else holds that tensor sees the
#    change. The second makes a new tensor and leaves the old one as it was.
#
# </details>

# %% [markdown]
# ## 2.1 The picture from nature
#
# Networks learn patterns from data. They are made of small parts that are named after
# nerve cells. A nerve cell has branches; on them are contacts, where signals from other
# cells arrive. Some signals excite the cell, others calm it. When the excitement passes a
# threshold, the cell **fires**: it sends a pulse along its own long branch, to the next
# cells.
#
# **Predict.** Below is an imitation in arithmetic. Some contacts between cells pass a
# signal on strongly and others weakly. What in the lower drawing does their work?
#
# ![Two drawings. Above, a nerve cell: signals reach three contacts at the tips of branches; the branches lead to a round cell body, and one long branch leads away to the next cells. Below, the same with numbers: three inputs, a weight on the way of each, a sum with a bias, an activation, an output.](figures/nature.svg)
#
# *Figure 2.1. A nerve cell and its imitation. Parts that do the same work stand one above
# the other.*
#
# **Look closer.** A **neuron** (also called unit or node) multiplies each input by a
# weight of its own, adds the products up, and adds its bias. You know this from section
# 1.11. Then comes a new step: the sum goes through a function, the **activation
# function**. The result is the neuron's output, or **activation**. The weights do the
# work of the contacts: strong or weak, and below 0 where a signal calms.
#
# The likeness stops soon:
#
# | a nerve cell | an artificial neuron |
# |---|---|
# | sends pulses, and their timing matters | gives one number; there is no time in it |
# | fires or does not | may give any number, such as 0.62 |
# | is alive: a chemical machine with thousands of contacts | is one line of arithmetic |
# | changes its contacts by means that are only partly understood | has its numbers changed from outside, by a training program |
#
# So "works like the brain" is too much to say. The idea came from there; what networks
# can do is decided by arithmetic, and arithmetic is what this unit is about.
#
# The next cell imports what the unit needs; `matplotlib.pyplot` draws plots.

# %% nbgrader={"grade_id": "setup", "locked": true}
import matplotlib.pyplot as plt
import torch
import torch.nn as nn

from course import expect, predict
from course.boards.neuron import NeuronBoard

# %% [markdown]
# ## 2.2 One neuron
#
# A neuron with two inputs computes
#
# $$y = \sigma(w_1 x_1 + w_2 x_2 + b)$$
#
# where $x_1, x_2$ are the inputs, $w_1, w_2$ the weights, $b$ the bias and $\sigma$
# ("sigma") stands for the activation function. Suppose a neuron should say whether a
# delivery will be late. Its inputs are the distance, 5 miles, and rain, 1 for yes. Its
# weights are 0.5 and 2.0, and its bias is −4.0.
#
# ![5.0 times weight 0.5 gives 2.5, and 1.0 times weight 2.0 gives 2.0; both and the bias -4.0 lead to a circle with the sum, 0.5; then a box, sigma; then the output, 0.62.](figures/one_neuron.svg)
#
# *Figure 2.2. One neuron at work. Follow the numbers from left to right.*
#
# A usual activation function, for which the letter σ is often kept, is the **sigmoid**:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# with e about 2.718. It squeezes any number into the range from 0 to 1: negative sums far
# from 0 come out near 0, large positive ones near 1.
#
# **Predict.** A sum of 0 lies between them. Commit a guess below, then run on.

# %%
predict.number(
    "sigmoid-of-0", "What does the sigmoid make of a sum of exactly 0?"
)

# %%
at_zero = torch.sigmoid(torch.tensor(0.0))
predict.show("sigmoid-of-0", round(at_zero.item(), 4))

# %% [markdown]
# **Run.** First the neuron of Figure 2.2, in Python and with tensors. The last cell tries
# two other functions for which σ may stand, `torch.relu` and `torch.tanh`. What do they
# make of a negative sum?

# %%
x1, x2 = 5.0, 1.0
w1, w2, b = 0.5, 2.0, -4.0
z = w1 * x1 + w2 * x2 + b
y = 1 / (1 + 2.718281828**-z)
print(z, round(y, 4))

# %%
x = torch.tensor([5.0, 1.0])
w = torch.tensor([0.5, 2.0])
z = (w * x).sum() + b
print(z, torch.sigmoid(z))
print(torch.sigmoid(torch.tensor([-9.0, -1.0, 0.0, 1.0, 9.0])))

# %%
z = torch.tensor([-2.0, 0.0, 0.5, 2.0])
print(torch.relu(z))
print(torch.tanh(z))

# %% [markdown]
# **Look closer.** Both ways give 0.6225: a little more "late" than "not late". A sum of 0
# gives 0.5: neither yes nor no. `torch.exp(z)` is $e^z$ for every number of a tensor.
#
# **ReLU** gives $\max(0, z)$: negative sums become 0, others stay. **Tanh** gives numbers
# between −1 and 1, and keeps the sign. Unit 3 is about these functions. Until then the
# sigmoid will do, and one more in section 2.7.
#
# **Change.** Set `x1 = 3.0`, a shorter way. At which distance in the rain is the neuron
# undecided, with exactly 0.5?

# %% [markdown]
# ### Exercise 2.1 · One neuron
# **Difficulty** ●○○○○ · **about 5 minutes** · 8 points
#
# Write `one_neuron(x, w, b)`: the output of one sigmoid neuron for one sample, with any
# number of inputs. Compute with tensors all the way, so that autograd can find slopes: a
# number taken out with `.item()` or `float` loses its record.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Section 2.2 computes one neuron twice, in plain Python and with tensors. One of the
# two ways works for any number of inputs.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Three steps in the order of Figure 2.2: multiply each input by its weight, add
# everything up with the bias, apply the activation function. Use operations of
# tensors only.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# One line is enough: `torch.sigmoid` around a sum. In the brackets, the products of
# `w` and `x` are joined into one number, and the bias is added once.
#
# </details>


# %% nbgrader={"grade_id": "one-neuron", "solution": true}
def one_neuron(x, w, b):
    """Return sigmoid(w1 x1 + w2 x2 + ... + b) as a tensor of shape ().

    x: inputs (f,), w: weights (f,), b: the bias, a float.
    Example: one_neuron(torch.tensor([5.0, 1.0]),
    torch.tensor([0.5, 2.0]), -4.0) is about 0.6225.
    """
    ### BEGIN SOLUTION
    return torch.sigmoid((w * x).sum() + b)
    ### END SOLUTION


# %% nbgrader={"grade_id": "one-neuron-test", "grade": true, "points": 8}
expect.close(
    one_neuron(torch.tensor([3.0, 1.0]), torch.tensor([0.5, -2.0]), 1.25),
    torch.tensor(0.679179),
    "one_neuron([3, 1], [0.5, -2], 1.25)",
    mistakes={
        "0.75 is the sum, bias included. Which step of Figure 2.2 is left, or "
        "was ReLU used?": 0.75,
        "the bias is missing. Where does it enter, before the sigmoid or after?": 0.377541,
        "the bias was added after the sigmoid. It belongs to the sum that the "
        "sigmoid receives.": 1.627541,
        "the bias has the wrong sign in effect. If you wrote `exp` yourself: "
        "does the minus stand before the whole sum, bias included?": 0.148047,
        "all inputs were added up, and all weights, before they met. Which "
        "weight belongs to which input?": 0.008577,
        "each product went through the sigmoid by itself. What comes first, "
        "the sum or the sigmoid?": 2.186777,
        "the sign of the exponent is turned round: a larger sum should bring "
        "the output nearer to 1.": 0.320821,
        "two numbers came back, one for each input. What joins the products "
        "of one neuron into one number?": [0.939913, 0.320821],
        "the bias was added once for each input. A neuron has one bias: "
        "should it come before or after the sum?": 0.880797,
        "it is larger than 1. `1 / 1 + ...` divides first: what needs brackets?": 1.472367,
        "the output is 0 or 1 only. That is a step; the sigmoid has values between.": 1.0,
        "the products were averaged, not added. Does the formula divide by "
        "the number of inputs?": 0.731059,
        "the numbers of section 2.2 went in. Does your code use its arguments, "
        "`x` and `w`?": 0.996827,
        "0.6225 is the answer of section 2.2, whatever goes in. Where do `x`, "
        "`w` and `b` enter your code?": 0.622459,
    },
)
expect.close(
    one_neuron(
        torch.tensor([1.0, 2.0, -1.0]), torch.tensor([0.5, 1.0, 2.0]), 0.0
    ),
    torch.tensor(0.622459),
    "one_neuron([1, 2, -1], [0.5, 1, 2], 0)",
    mistakes={
        "the third input has no say. Does your code work for any number of inputs?": 0.924142,
    },
)
recorded = torch.tensor([0.5, 2.0], requires_grad=True)
expect.that(
    one_neuron(torch.tensor([5.0, 1.0]), recorded, -4.0).requires_grad,
    "the record of autograd is lost on the way from w to the result. Which "
    "line takes numbers out of the tensors?",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(21)
for f in (1, 2, 3, 8):
    inputs = torch.randn(f, generator=source)
    weights = torch.randn(f, generator=source).requires_grad_()
    z = sum(inputs[i] * weights.detach()[i] for i in range(f)) - 0.3
    wanted = 1 / (1 + torch.exp(-z))
    result = one_neuron(inputs, weights, -0.3)
    expect.close(result, wanted, rtol=1e-3, atol=1e-5)
    result.backward()
    slope = wanted * (1 - wanted) * inputs
    expect.close(weights.grad, slope, rtol=1e-3, atol=1e-5)
### END HIDDEN TESTS

# %% [markdown]
# ## 2.3 What weights and biases say
#
# Weights and biases are the **parameters** of a network: the numbers that training adjusts.
# What does a single one of them tell you?
#
# **Predict.** In the neuron above, rain has the weight 2.0 and a mile the weight 0.5. Is
# rain four times as important as distance?
#
# **Run.**

# %%
# X: (batch, features); distance in miles, rain
X = torch.tensor([[5.0, 0.0], [6.0, 0.0], [8.0, 1.0], [10.0, 1.0]])
w = torch.tensor([0.5, 2.0])
print(X @ w - 4.0)

# %%
X_km = X * torch.tensor([1.609, 1.0])
w_km = w / torch.tensor([1.609, 1.0])
print(w_km)
print(X_km @ w_km - 4.0)

# %%
nothing = torch.tensor([0.0, 0.0])
print(torch.sigmoid((w * nothing).sum()))
print(torch.sigmoid((w * nothing).sum() - 4.0))

# %% [markdown]
# **Look closer.** In kilometres the same neuron needs the weight 0.31 for the distance:
# the sums are equal, and nothing about the deliveries has changed. A weight says by how
# much the sum rises when its input rises by 1, in the unit of that input. Only when all
# features are on one scale does a larger weight mean a stronger influence. The sign tells
# more: a positive weight pushes the output up, a negative one pushes it down.
#
# When all inputs are 0, all products are 0, whatever the weights: what is left is the
# bias. Without a bias, a sigmoid neuron is stuck at 0.5 there. The bias moves the point
# where the output changes from "no" to "yes".
#
# <div class="alert alert-info">
#
# **Two sentences to correct.** "A weight is the importance of its input" holds only for
# inputs on one scale. "The bias lets a neuron be active when all inputs are 0" depends on
# the activation function: a sigmoid neuron without a bias gives 0.5 there, not 0.
#
# </div>
#
# **Change.** Choose another bias, so that the 5-mile delivery in dry weather is exactly
# undecided.

# %% [markdown]
# ## 2.4 One neuron, many samples
#
# **Predict.** You have seen the sums of the four deliveries. Which of them will be called
# late, with an output over 0.5? And if a fifth delivery is added to `X`, do the outputs of
# the four others change?
#
# **Run.**

# %%
y_hat = torch.sigmoid(X @ w - 4.0)
print(y_hat)

# %%
for x in X:
    print(torch.sigmoid((w * x).sum() - 4.0))

# %%
late = y_hat > 0.5
print(X[late])

# %% [markdown]
# **Look closer.** `X @ w` is one weighted sum for each row: shape (4,). The bias is
# broadcast, so each sum gets the same one, and the activation function works elementwise.
# The loop computes the same four numbers, more slowly.
#
# The two rainy deliveries are called late. The neuron looks at every sample with the same
# weights, and no sample knows of the others. So the batch can be of any size, and a fifth
# delivery changes nothing for the four.
#
# To decide, compare the output with 0.5. Since the sigmoid always rises, and is 0.5
# where the sum is 0, "output over 0.5" and "sum over 0" are the same question. Keep that in
# mind for section 2.7.
#
# **Change.** What does `X @ w.unsqueeze(1) - 4.0` give, and in what shape?

# %% [markdown]
# ### Exercise 2.2 · One neuron for a batch
# **Difficulty** ●○○○○ · **about 3 minutes** · 10 points
#
# Write `neuron_batch(X, w, b)`: the outputs of one sigmoid neuron for all samples of a
# batch, in shape (n,). Here too, autograd's record must last from `w` to the result.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Section 2.4 asks the same of four deliveries. Its bias is a fixed number; yours
# comes as an argument.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# First make one weighted sum for each row of `X`; unit 1 has a product for that. Then
# add the bias, and put the sums through the activation function.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# One line. Check its parts by their shapes: (n, f) with (f,) becomes (n,), and
# neither the bias nor the sigmoid changes that.
#
# </details>


# %% nbgrader={"grade_id": "neuron-batch", "solution": true}
def neuron_batch(X, w, b):
    """Return the sigmoid neuron's output for every row of X, shape (n,).

    X: (n, f), w: (f,), b: the bias, a float.
    Example: X = [[5, 1], [0, 2]], w = [0.5, 2], b = -4 gives
    [0.6225, 0.5].
    """
    ### BEGIN SOLUTION
    return torch.sigmoid(X @ w + b)
    ### END SOLUTION


# %% nbgrader={"grade_id": "neuron-batch-test", "grade": true, "points": 10}
expect.close(
    neuron_batch(
        torch.tensor([[1.0, 0.0], [2.0, 1.0], [0.0, 1.0]]),
        torch.tensor([1.0, -2.0]),
        0.25,
    ),
    torch.tensor([0.777300, 0.562177, 0.148047]),
    "neuron_batch(X, w, b)",
    mistakes={
        "these are the weighted sums. What does the neuron do with each of them?": [
            1.25,
            0.25,
            -1.75,
        ],
        "the bias is missing from the sums.": [0.731059, 0.5, 0.119203],
        "the bias was subtracted. Which sign does it have in the formula?": [
            0.679179,
            0.437824,
            0.095349,
        ],
        "the bias was added after the sigmoid, but it is a part of the sum.": [
            0.981059,
            0.75,
            0.369203,
        ],
        "the bias was always -4, as in section 2.2. Where does `b` enter?": [
            0.047426,
            0.017986,
            0.002473,
        ],
        "shape (3, 1): the right numbers as a column. Which shape did `w` have in your product?": [
            [0.777300],
            [0.562177],
            [0.148047],
        ],
        "a (3, 2) table: one number for each input. Over which `dim` should "
        "the products be added?": [
            [0.777300, 0.562177],
            [0.904651, 0.148047],
            [0.562177, 0.148047],
        ],
        "shape (2,): the products were added down the columns, over the "
        "samples. Which `dim` holds the features?": [0.962673, 0.022977],
        "one number for the whole batch. Each sample needs its own: over "
        "which `dim` do you add?": 0.320821,
        "only one number came back: was `return` reached in the first turn of a loop?": 0.777300,
        "the outputs are 0 or 1 only. That decides; the neuron should say how near to 1 it is.": [
            1.0,
            1.0,
            0.0,
        ],
    },
)
expect.close(
    neuron_batch(
        torch.tensor([[1.0, 2.0, -1.0]]), torch.tensor([0.5, 1.0, 2.0]), 0.0
    ),
    torch.tensor([0.622459]),
    "neuron_batch of a batch of one sample",
    mistakes={
        "shape (), not (1,). A batch of one is still a batch: does "
        "`squeeze()` remove too much?": 0.622459,
        "the third feature has no say. Does your code work for any number of features?": [
            0.924142
        ],
    },
)
recorded = torch.tensor([0.5, 2.0], requires_grad=True)
expect.that(
    neuron_batch(torch.tensor([[5.0, 1.0]]), recorded, -4.0).requires_grad,
    "the record of autograd is lost on the way from w to the result. Which "
    "line takes numbers out of the tensors?",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(22)
for n, f in ((1, 1), (7, 2), (3, 3), (2, 6)):
    values = torch.randn(n, f, generator=source)
    weights = torch.randn(f, generator=source).requires_grad_()
    result = neuron_batch(values, weights, 0.7)
    z = torch.stack([(row * weights.detach()).sum() + 0.7 for row in values])
    wanted = 1 / (1 + torch.exp(-z))
    expect.close(result, wanted, rtol=1e-3, atol=1e-5)
    result.sum().backward()
    slope = values.T @ (wanted * (1 - wanted))
    expect.close(weights.grad, slope, rtol=1e-3, atol=1e-5)
### END HIDDEN TESTS

# %% [markdown]
# ## 2.5 Layers
#
# Neurons that read the same inputs stand side by side in a layer. Layers stand behind
# one another: the outputs of one are the inputs of the next.
#
# ![Three columns of circles joined by lines. Left, two small squares x1 and x2: input layer, no arithmetic. Middle, three circles: hidden layer. Right, one circle: output layer.](figures/small_network.svg)
#
# *Figure 2.3. A small network. Each line is a weight; each circle is a neuron with a bias.*
#
# - The **input layer** is the data itself: one place for each feature. It computes
#   nothing, so it is not counted when people count layers.
# - A **hidden layer** computes something in between. Nobody says what its neurons should
#   find; training does. There can be several, of any size.
# - The **output layer** gives the result: here one number. A network that tells ten
#   digits apart gives ten numbers, one for each.
#
# Sending data through all layers, from the inputs to the output, is the **forward pass**.
#
# **Predict.** How many weights and how many biases does the network of Figure 2.3 have?
#
# **Run.**

# %%
torch.manual_seed(0)
hidden = nn.Linear(2, 3)
output = nn.Linear(3, 1)
for layer in (hidden, output):
    print(layer.weight.shape, layer.bias.shape)

# %%
with torch.no_grad():
    h = torch.sigmoid(hidden(X))
    y_hat = torch.sigmoid(output(h))
print(h.shape, y_hat.shape)

# %%
with torch.no_grad():
    first = torch.sigmoid(X @ hidden.weight[0] + hidden.bias[0])
print(torch.allclose(h[:, 0], first))

# %%
y = torch.tensor([[0.0], [0.0], [1.0], [1.0]])
print(round(((y_hat - y) ** 2).mean().item(), 2))

# %% [markdown]
# **Look closer.** Six and three weights, three biases and one: 13 numbers in all.
# `nn.Linear(2, 3)` holds the weights of its three neurons as the *rows* of a matrix of
# shape (3, 2). Row 0 and bias 0 are the first neuron: the third cell computes its column
# of `h`. The layer computes the sums only; the activation comes after it.
# `torch.allclose` says whether two tensors are equal up to rounding.
#
# After the forward pass, training compares its output with the targets, as the last cell
# does with the mean squared error of unit 1. Always answering 0.5 would give 0.25, so
# 0.26 is poor: nothing is trained yet. When a trained network is used, there is no target,
# and the forward pass is all.
#
# **Change.** Give the hidden layer 50 neurons. Which numbers have to change besides the 3
# of `nn.Linear(2, 3)`, and how many parameters are there then?

# %% [markdown]
# ### Exercise 2.3 · A layer of neurons
# **Difficulty** ●●●○○ · **about 7 minutes** · 15 points
#
# Write `layer_output(X, W, b)`: the outputs of a layer of k sigmoid neurons for a batch.
# `W` is stored as in `nn.Linear`: row j holds the weights of neuron j. Do not use
# `nn.Linear` itself, and keep autograd's record from `W` to the result.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Exercise 2.2 is one column of this result. Section 2.5 says how `nn.Linear` keeps
# its weights: which dimension of `W` belongs to the neurons?
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# A single product gives the sums of all neurons for all samples. Write down the
# shapes (n, f) and (k, f): what must become of `W` so that the inner sizes agree?
# Biases are broadcast, one for each column.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# One line: the sigmoid around a product and a sum. The left factor is the batch, the
# right one is `W` with its rows and columns exchanged. A loop over the neurons that
# stacks columns is right, too.
#
# </details>


# %% nbgrader={"grade_id": "layer-output", "solution": true}
def layer_output(X, W, b):
    """Return the outputs of k sigmoid neurons for every sample, shape (n, k).

    X: (n, f), W: (k, f), one row for each neuron, b: (k,).
    Example: X = [[5, 1]], W = [[0.5, 2], [0, 0]], b = [-4, 0]
    gives [[0.6225, 0.5]].
    """
    ### BEGIN SOLUTION
    return torch.sigmoid(X @ W.T + b)
    ### END SOLUTION


# %% nbgrader={"grade_id": "layer-output-test", "grade": true, "points": 15}
expect.close(
    layer_output(
        torch.tensor([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]]),
        torch.tensor([[1.0, -2.0, 0.5], [0.25, 1.0, -1.0]]),
        torch.tensor([0.5, 0.25]),
    ),
    torch.tensor([[0.924142, 0.182426], [0.119203, 0.904651]]),
    "layer_output(X, W, b)",
    mistakes={
        "these are the weighted sums of all neurons. What is still to be done with each?": [
            [2.5, -1.5],
            [-2.0, 2.25],
        ],
        "the biases are missing.": [
            [0.880797, 0.148047],
            [0.075858, 0.880797],
        ],
        "rows and columns are swapped: row i should belong to sample i. Which "
        "factor comes first, or along which `dim` do you stack?": [
            [0.924142, 0.119203],
            [0.182426, 0.904651],
        ],
        "rows and columns are swapped, and the biases met the samples. Which "
        "factor comes first?": [[0.924142, 0.095349], [0.222700, 0.904651]],
        "the biases went along the rows, one for each sample. Each neuron has "
        "one: with which dimension must they line up?": [
            [0.924142, 0.222700],
            [0.095349, 0.904651],
        ],
        "`W` was reshaped, not transposed: the weights of one neuron got mixed "
        "with the other's. What turns rows into columns?": [
            [0.970688, 0.022977],
            [0.500000, 0.817574],
        ],
        "only one neuron answered. Each row of `W` should give a column of the result.": [
            0.924142,
            0.119203,
        ],
        "the activation came before the bias; it should be the last step.": [
            [1.380797, 0.398047],
            [0.575858, 1.130797],
        ],
        "each row adds up to 1, so the neurons are not independent. Which "
        "function works on every number by itself?": [
            [0.982014, 0.017986],
            [0.014064, 0.985936],
        ],
    },
)
expect.close(
    layer_output(
        torch.tensor([[1.0, 2.0], [0.0, 1.0], [3.0, -1.0]]),
        torch.tensor([[0.0, 0.0]]),
        torch.tensor([0.0]),
    ),
    torch.tensor([[0.5], [0.5], [0.5]]),
    "layer_output for a layer of one neuron",
    mistakes={
        "shape (3,). With one neuron the result is still a table, with one "
        "column: does `squeeze()` remove it?": [0.5, 0.5, 0.5],
    },
)
recorded = torch.tensor([[0.5, 2.0]], requires_grad=True)
result = layer_output(torch.ones(1, 2), recorded, torch.zeros(1))
expect.that(
    result.requires_grad,
    "the record of autograd is lost on the way from W to the result. Which "
    "line takes numbers out of the tensors?",
)
result.sum().backward()
expect.that(
    recorded.grad is not None,
    "after `backward()`, `W.grad` is still None: the record belongs to a copy "
    "of W. Which line makes one?",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(23)
for n, f, k in ((1, 1, 1), (5, 3, 2), (2, 4, 7), (3, 3, 3)):
    values = torch.randn(n, f, generator=source)
    weights = torch.randn(k, f, generator=source).requires_grad_()
    bias = torch.randn(k, generator=source).requires_grad_()
    z = nn.functional.linear(values, weights, bias)
    wanted = torch.sigmoid(z).detach()
    result = layer_output(values, weights, bias)
    expect.close(result, wanted, rtol=1e-3, atol=1e-5)
    result.sum().backward()
    slope = wanted * (1 - wanted)
    expect.close(weights.grad, slope.T @ values, rtol=1e-3, atol=1e-5)
    expect.close(bias.grad, slope.sum(dim=0), rtol=1e-3, atol=1e-5)
### END HIDDEN TESTS

# %% [markdown]
# ## 2.6 Kinds of networks
#
# How the neurons are joined gives a network its kind.
#
# | kind | how it is joined | made for | in `torch.nn` |
# |---|---|---|---|
# | **feedforward** | forward only; here each neuron to all of the next layer | tables of features | `nn.Linear` |
# | **convolutional** (CNN) | a small window of shared weights slides over the data | pictures, sound | `nn.Conv2d` |
# | **recurrent** (RNN) | the output of one time step goes into the next | sequences | `nn.RNN` |
# | **transformer** | every part of a sequence weighs every other part | text, and much else | `nn.Transformer` |
#
# Convolutional networks and most transformers pass data forward only, too: the kinds
# overlap. This course is about the first kind.
#
# **Predict.** A picture has 28 × 28 = 784 points of grey. `nn.Linear(784, 100)` makes 100
# numbers from it. `nn.Conv2d(1, 100, 3)` slides 100 windows of 3 × 3 weights over it, and
# each makes a filtered picture. Commit a guess, then run on.

# %%
predict.choice(
    "more-parameters",
    "nn.Linear(784, 100) or nn.Conv2d(1, 100, 3): which has more parameters?",
    [
        "Linear, more than 10 times as many",
        "Linear, less than 10 times as many",
        "about equal",
        "Conv2d",
    ],
)


# %%
def count(layer):
    """Return the number of parameters of a layer."""
    return sum(p.numel() for p in layer.parameters())


full = count(nn.Linear(28 * 28, 100))
windows = count(nn.Conv2d(1, 100, 3))
size = "more" if full > 10 * windows else "less"
predict.show("more-parameters", f"Linear, {size} than 10 times as many")

# %%
print(count(nn.Linear(28 * 28, 100)))
print(count(nn.Conv2d(1, 100, 3)))
print(count(nn.RNN(28, 100)))

# %% [markdown]
# **Look closer.** The first layer has 784 weights and a bias for each of its 100 neurons:
# 78 500. The convolution has 9 weights and a bias for each window: 1000. That is so
# however large the picture is, since a window uses the same weights at every place.
#
# The recurrent layer reads a picture row by row, 28 numbers at a time, and keeps 100
# numbers of memory. Each of its 100 neurons has 28 + 100 weights and, in PyTorch, two
# biases: 13 000. (`layer.parameters()` hands out the tensors of weights and biases one by
# one.)
#
# **Change.** Let the pictures be 56 × 56 points. Which of the three lines must change, and
# which count grows most?

# %% [markdown]
# ## 2.7 The perceptron
#
# The **perceptron** (Frank Rosenblatt, 1958) is a neuron that learns, and the simplest
# network: the inputs go straight to one neuron, or to a single layer of them. Its output
# is
#
# `output = activation(sum(weights_i * input_i) + bias)`
#
# as before, but its activation function is the **step function**: 1 when the sum is
# at least 0, otherwise 0. It decides, yes or no; when it gives 1, we say that it fires.
#
# **Predict.** The cell below has the weights 1.0 and 1.0 and the bias −1.5. For which of
# the four pairs of 0 and 1 does this perceptron say 1?
#
# **Run.**

# %% nbgrader={"grade_id": "fire", "locked": true}
# bits: (4, 2), all pairs of 0 and 1
bits = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def fire(X, w, b):
    """Return 1.0 or 0.0 for every row of X: does the perceptron fire?"""
    z = (X * w).sum(dim=1) + b
    return torch.where(z >= 0, 1.0, 0.0)


# %%
print(fire(bits, torch.tensor([1.0, 1.0]), -1.5))
print(fire(bits, torch.tensor([1.0, 1.0]), -0.5))

# %%
not_x = fire(torch.tensor([[0.0], [1.0]]), torch.tensor([-1.0]), 0.5)
print(not_x)

# %%
z = torch.tensor([-2.0, -0.01, 0.0, 0.01])
print(torch.where(z >= 0, 1.0, 0.0))
print(torch.sigmoid(z))

# %%
plt.figure(figsize=(5, 2.5))
axis = torch.linspace(-6, 6, 241)
plt.plot(axis, torch.where(axis >= 0, 1.0, 0.0), label="step")
plt.plot(axis, torch.sigmoid(axis), "--", label="sigmoid")
plt.xlabel("sum z")
plt.ylabel("output")
plt.legend()
plt.show()

# %% [markdown]
# **Look closer.** With the bias −1.5 only the pair (1, 1) lifts the sum to 0 or more: this
# is the logical AND. With −0.5 one 1 is enough: OR. A negative weight turns a 1 into a 0:
# NOT. Such rules from bits to a bit are called **gates**. The weights of the first two are
# equal; the bias alone decides how many inputs must be on.
#
# `torch.where(condition, a, b)` takes `a` where the condition is True and `b` elsewhere.
#
# The sigmoid is a step with its edge rounded off. The step jumps at 0, so a sum of −0.01
# and one of 0.01 get different answers. What should happen at 0 itself is a matter of
# agreement; books differ. In this course *the step of 0 is 1*.
#
# The step is flat everywhere else: its slope is 0, and gradient descent, which follows
# slopes, gets no hint from it. That is why the perceptron has a learning rule of its own.
#
# **Change.** Find a bias for which `fire(bits, torch.tensor([-1.0, -1.0]), ...)` says 1
# for (0, 0) only.

# %% [markdown]
# ### Exercise 2.4 · The step function
# **Difficulty** ●○○○○ · **about 3 minutes** · 6 points
#
# Write `step(z)` for a float tensor of any shape. Leave the caller's `z` as it was. An `if`
# decides once, for one number; here every number needs a decision of its own. When
# something is wrong, the check draws your function beside the wanted one.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Section 2.7, the function `fire` and the sentence about a sum of 0. Masks are in
# section 1.6.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Compare the whole tensor with 0; that makes a mask of True and False in the shape of
# `z`. Then make floats of the mask. Decide first what happens at 0.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# One line: a comparison in brackets, then a conversion to `torch.float32`.
# `torch.where` with three arguments does it, too.
#
# </details>


# %% nbgrader={"grade_id": "step", "solution": true}
def step(z):
    """Return 1.0 where z is at least 0 and 0.0 elsewhere, in the shape of z.

    z: floats of any shape; the result is float32.
    Example: step(torch.tensor([-1.0, 0.0, 2.0])) is tensor([0., 1., 1.]).
    """
    ### BEGIN SOLUTION
    return (z >= 0).to(torch.float32)
    ### END SOLUTION


# %% nbgrader={"grade_id": "step-test", "grade": true, "points": 6}
expect.curve(
    step,
    lambda z: torch.where(z < 0, 0.0, 1.0),
    over=(-5.0, 5.0),
    name="step",
    mistakes={
        "a sum of exactly 0 gave 0. Which agreement does section 2.7 make about "
        "the step of 0?": lambda z: torch.where(z > 0, 1.0, 0.0),
        "negative sums gave -1. A perceptron that does not fire gives 0: "
        "is the sign what you want?": torch.sign,
        "negative sums gave -1, and the others 1. Which two answers does a "
        "perceptron give?": lambda z: torch.where(z >= 0, 1.0, -1.0),
        "a sum of exactly 0 gave 0.5. The step has no value between 0 and 1.": lambda z: (
            (torch.sign(z) + 1) / 2
        ),
        "positive sums came back as they were. That is ReLU; the step gives "
        "1 for all of them.": torch.relu,
        "between 0 and 1 the numbers were let through. The step jumps.": lambda z: (
            z.clamp(0, 1)
        ),
        "this is a sigmoid, which rises slowly. The step jumps.": torch.sigmoid,
        "yes and no are swapped. For which sums does the perceptron fire?": lambda z: (
            torch.where(z < 0, 1.0, 0.0)
        ),
        "negative sums gave 1 and positive ones 0: the comparison points the "
        "wrong way.": lambda z: torch.where(z > 0, 0.0, 1.0),
        "the threshold lies at 0.5, not at 0: small positive sums gave 0.": lambda z: (
            torch.where(z > 0.5, 1.0, 0.0)
        ),
        "every sum gave 1. Was `z` overwritten before it was compared again?": torch.ones_like,
        "yes and no are right, but as True and False or as whole numbers. "
        "A layer needs floats: how is a tensor converted?": lambda z: z >= 0,
    },
)
sums = torch.tensor([-2.0, -0.3, 0.0, 0.3, 3.0])
before = sums.clone()
step(sums)
expect.that(
    torch.equal(sums, before),
    "step changed the caller's z. Which line writes into it, and how can a "
    "new tensor be made instead?",
)
expect.close(
    step(torch.tensor([[0.0, -1.0]])),
    torch.tensor([[1.0, 0.0]]),
    "step([[0, -1]])",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(24)
for shape in ((), (1,), (6, 2), (2, 3, 4)):
    sums = torch.randn(shape, generator=source)
    before = sums.clone()
    wanted = torch.where(sums < 0, 0.0, 1.0)
    expect.close(step(sums), wanted)
    expect.equal(step(sums).dtype, torch.float32)
    expect.that(torch.equal(sums, before), "z was changed")
expect.close(
    step(torch.tensor([1e-9, -1e-9, 1e6, -1e6, 0.0])),
    torch.tensor([1.0, 0.0, 1.0, 0.0, 1.0]),
)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 2.5 · At least k of n
# **Difficulty** ●●○○○ · **about 6 minutes** · 12 points
#
# AND of three inputs is "at least 3 of 3", OR is "at least 1 of 3". Write
# `at_least(k, n)`: weights and bias of one perceptron with n inputs, each 0 or 1, that
# fires exactly when k or more of them are 1. Choose the numbers by thinking; there are
# many right ones.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The first cell of section 2.7 after `fire` shows AND and OR of two inputs. Which of
# their numbers differ?
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Let all inputs pull equally. What is the sum before the bias when exactly k inputs
# are 1, and when k − 1 are? The bias must bring the first to 0 or above and leave the
# second below 0. Leave room: with a sum of exactly 0 a rounding can decide.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Two results: n equal weights, for instance from `torch.ones`, and a bias that is a
# negative number computed from k alone.
#
# </details>


# %% nbgrader={"grade_id": "at-least", "solution": true}
def at_least(k, n):
    """Return (w, b) of a perceptron that fires when at least k inputs are 1.

    1 <= k <= n; w: floats of shape (n,), b: a float.
    Example: at_least(2, 2) is AND; one right answer is ([1, 1], -1.5).
    """
    ### BEGIN SOLUTION
    return torch.ones(n), 0.5 - k
    ### END SOLUTION


# %% nbgrader={"grade_id": "at-least-test", "grade": true, "points": 12}
answer = at_least(2, 3)
expect.that(
    isinstance(answer, tuple) and len(answer) == 2,
    "at_least(2, 3) should return a tuple of two things, the weights and the "
    "bias: `return w, b`, without square brackets.",
)
w, b = answer
expect.that(
    isinstance(w, torch.Tensor) and tuple(w.shape) == (3,),
    "the first thing that at_least(2, 3) returns should be a tensor of three weights, shape (3,).",
)
expect.that(
    w.is_floating_point(),
    "the weights are whole numbers. A layer needs floats: which dtype did "
    "`torch.tensor` choose, and why?",
)
eight = torch.cartesian_prod(*[torch.tensor([0.0, 1.0])] * 3)
expect.close(
    fire(eight, w, b),
    torch.tensor([0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0]),
    "at_least(2, 3) for 000, 001, 010, 011, 100, 101, 110, 111",
    mistakes={
        "it always fires, even when no input is on. Which sign should the bias have?": [
            1.0
        ]
        * 8,
        "it never fires. Is the sum at 0 or above when all inputs are on?": [
            0.0
        ]
        * 8,
        "one input is enough to fire it. With only one on, on which side of 0 should the sum be?": [
            0.0
        ]
        + [1.0] * 7,
        "it fires only when all three are on. With two of them on, on which "
        "side of 0 should the sum be?": [0.0] * 7 + [1.0],
        "it fires when fewer than 2 are on: yes and no are swapped. Should an "
        "input push the sum up or down?": [
            1.0,
            1.0,
            1.0,
            0.0,
            1.0,
            0.0,
            0.0,
            0.0,
        ],
        "the third input has no say: only the first two count. How many weights should pull?": [
            0.0
        ]
        * 6
        + [1.0] * 2,
        "it fires up to 2 inputs, and not for 3. Should an input push the sum up or down?": [
            1.0
        ]
        * 7
        + [0.0],
    },
)
expect.boundary(
    lambda X: fire((X > 0.5).float(), *at_least(1, 2)),
    lambda X: (X > 0.5).any(dim=1),
    over=((-0.5, 1.5), (-0.5, 1.5)),
    name="at_least(1, 2), each input rounded to 0 or 1",
    mistakes={
        "it answered as AND does. For k = 1 of 2 it should be OR: how does "
        "your bias depend on k?": lambda X: (X > 0.5).all(dim=1),
    },
)
expect.boundary(
    lambda X: fire((X > 0.5).float(), *at_least(2, 2)),
    lambda X: (X > 0.5).all(dim=1),
    over=((-0.5, 1.5), (-0.5, 1.5)),
    name="at_least(2, 2), each input rounded to 0 or 1",
    mistakes={
        "it answered as OR does. For k = 2 of 2 it should be AND: how does "
        "your bias depend on k?": lambda X: (X > 0.5).any(dim=1),
    },
)
### BEGIN HIDDEN TESTS
for n in range(1, 7):
    pairs = [
        [float(number >> i & 1) for i in range(n)] for number in range(2**n)
    ]
    rows = torch.tensor(pairs)
    for k in range(1, n + 1):
        w, b = at_least(k, n)
        expect.equal(tuple(w.shape), (n,))
        wanted = torch.where(rows.sum(dim=1) >= k, 1.0, 0.0)
        expect.close(fire(rows, w, b), wanted)
### END HIDDEN TESTS

# %% [markdown]
# ## 2.8 The rule by which it learns
#
# Now nobody chooses the weights. The perceptron gets samples with the right answers, one
# after the other, and corrects itself after every mistake:
#
# `error = y - y_hat`
#
# `w = w + lr * error * x`
#
# `b = b + lr * error`
#
# **Predict.** Targets and outputs are 0 or 1. Which three values can the error have? What
# does the rule do when the answer was right?
#
# **Run.**

# %%
y = torch.tensor([0.0, 0.0, 0.0, 1.0])
w, b, lr = torch.zeros(2), 0.0, 1.0
for i in range(len(bits)):
    x = bits[i]
    y_hat = 1.0 if (w * x).sum() + b >= 0 else 0.0
    error = y[i].item() - y_hat
    w = w + lr * error * x
    b = b + lr * error
    print(x.tolist(), "error", error, "->", w.tolist(), b)

# %% [markdown]
# **Look closer.** The targets are those of AND. With zeros everywhere the first sum is 0,
# and the step of 0 is 1: a mistake, and the error is −1. The rule lowers the bias. All
# inputs were 0, so the weights stay. The last sample gets 0 for 1, and everything rises.
#
# Why does it help? After an error of 1 the sum for this same sample is larger, by `lr`
# times (the sum of the squares of its inputs, plus 1). Here: for (1, 1) the sum was −1 and
# is now 2, so it rose by 1 + 1 + 1. After an error of −1 it is smaller by as much. After a
# right answer nothing moves.
#
# The rule looks like a step of gradient descent, but no slope is in it. The weights change
# between the samples: a pass over four of them is four chances to move. A pass over all
# samples is an **epoch**.
#
# `fire` could compute `y_hat` too, but it wants a table. For one sample give it
# `X[i : i + 1]`, and take the one output out of its answer with `.item()`.
#
# **Change.** Wrap the loop in `for turn in range(1, 7):` and print `turn` first; the line
# with the zeros stays above it. From which turn on are there no errors?

# %% [markdown]
# ### Exercise 2.6 · One correction
# **Difficulty** ●●○○○ · **about 4 minutes** · 11 points
#
# Write `correct(w, b, x, y, lr)`: one application of the rule to one sample. Return the
# new weights and the new bias, and leave the caller's `w` as it was. The step of 0 is 1.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The loop of section 2.8 applies the rule to one sample at a time. Its learning rate
# is fixed to 1.0; yours comes as an argument.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# First the output, 1.0 or 0.0, from the sum with its bias. Then the error from the
# target and the output. Then new weights and a new bias, without writing into the
# caller's `w`.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Three lines: the output, the error, and a `return` with two results. The step of the
# weights contains the sample, the step of the bias does not.
#
# </details>


# %% nbgrader={"grade_id": "correct", "solution": true}
def correct(w, b, x, y, lr):
    """Return (w, b) after the perceptron rule was applied to one sample.

    w, x: (f,); b: a float; y: the target, 0.0 or 1.0; lr: a float.
    Example: correct([0, 0], 0.0, [1, 2], 0.0, 1.0) is ([-1, -2], -1.0).
    """
    ### BEGIN SOLUTION
    y_hat = 1.0 if (w * x).sum() + b >= 0 else 0.0
    error = y - y_hat
    return w + lr * error * x, b + lr * error
    ### END SOLUTION


# %% nbgrader={"grade_id": "correct-test", "grade": true, "points": 11}
w = torch.tensor([1.0, -1.0])
answer = correct(w, 0.25, torch.tensor([2.0, 3.0]), 1.0, 0.5)
expect.that(
    isinstance(answer, tuple) and len(answer) == 2,
    "correct(...) should return a tuple of two things, the new weights and "
    "the new bias: `return w, b`, without square brackets.",
)
expect.close(
    answer[0],
    torch.tensor([2.0, 0.5]),
    "w after a sample with target 1 and output 0",
    mistakes={
        "the weights moved away: the sum is lower than before, though it "
        "should be higher. What is taken from what?": [0.0, -2.5],
        "the learning rate has no effect.": [3.0, 2.0],
        "the weights are unchanged, although the output was wrong.": [
            1.0,
            -1.0,
        ],
        "all weights moved by the same amount. In the rule, what is the error multiplied by?": [
            1.5,
            -0.5,
        ],
        "the error was taken from the sum, before the step. Which outputs can a perceptron give?": [
            2.75,
            1.625,
        ],
        "the old weights are gone: this is the change alone.": [1.0, 1.5],
        "the old weights went into the change. In the rule, what is the error multiplied by?": [
            1.5,
            -1.5,
        ],
        "each product went through the step by itself. What comes first, the "
        "sum or the step?": [1.0, 0.5],
        "the error was taken from a sigmoid. A perceptron has a step.": [
            1.679179,
            0.018768,
        ],
    },
)
expect.close(
    answer[1],
    0.75,
    "b after a sample with target 1 and output 0",
    mistakes={
        "the bias is as it was. How does the rule change it?": 0.25,
        "the learning rate has no effect on the bias.": 1.25,
        "the bias moved the wrong way.": -0.25,
        "the right number, in shape (1,): `fire` answers a table, one output a "
        "row. Take its one number out, with `.item()`.": [0.75],
        "two numbers: the bias was multiplied by x. What does the rule multiply it by?": [
            1.25,
            1.75,
        ],
    },
)
expect.that(
    torch.equal(w, torch.tensor([1.0, -1.0])),
    "correct changed the caller's w. Which line writes into it, and how can "
    "a new tensor be made instead?",
)
answer = correct(
    torch.tensor([2.0, 1.0]), 0.25, torch.tensor([1.0, -1.0]), 0.0, 0.5
)
expect.close(
    answer[0],
    torch.tensor([1.5, 1.5]),
    "w after a sample with target 0 and output 1",
    mistakes={
        "the weights are unchanged: firing too often is a mistake too. What is the error here?": [
            2.0,
            1.0,
        ],
        "the sum rose, but the output was already too high. Which sign has the error here?": [
            2.5,
            0.5,
        ],
    },
)
expect.close(answer[1], -0.25, "b after a sample with target 0 and output 1")
answer = correct(
    torch.tensor([2.0, 1.0]), -0.5, torch.tensor([1.0, 1.0]), 1.0, 0.5
)
expect.close(
    answer[0],
    torch.tensor([2.0, 1.0]),
    "w after a sample with target 1 and output 1",
    mistakes={
        "the weights moved, although the answer was right. What is the error then?": [
            2.5,
            1.5,
        ],
    },
)
answer = correct(
    torch.tensor([1.0, 1.0]), -3.0, torch.tensor([1.0, 1.0]), 1.0, 0.5
)
expect.close(
    answer[0],
    torch.tensor([1.5, 1.5]),
    "w after a sample with target 1, products 1 and 1, and the bias -3",
    mistakes={
        "the weights are unchanged, although the output was wrong. Is the "
        "bias a part of your sum?": [1.0, 1.0],
    },
)
answer = correct(
    torch.tensor([1.0, 2.0]), -3.0, torch.tensor([1.0, 1.0]), 0.0, 1.0
)
expect.close(
    answer[0],
    torch.tensor([0.0, 1.0]),
    "w after a sample with target 0 and a sum of exactly 0",
    mistakes={
        "the weights are unchanged, so a sum of 0 counted as no. Which "
        "agreement does section 2.7 make?": [1.0, 2.0],
    },
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(26)
for trial in range(40):
    f = 1 + trial % 5
    w = torch.randn(f, generator=source)
    x = torch.randn(f, generator=source)
    b = torch.randn((), generator=source).item()
    target, lr = float(trial % 2), 0.1 + trial / 20
    before = w.clone()
    fires = 1.0 if float(w @ x) + b >= 0 else 0.0
    new_w, new_b = correct(w, b, x, target, lr)
    change = lr * (target - fires)
    expect.close(new_w, before + change * x, rtol=1e-3, atol=1e-5)
    expect.close(new_b, b + change, rtol=1e-3, atol=1e-5)
    expect.that(torch.equal(w, before), "w was changed")
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 2.7 · Train until nothing is wrong
# **Difficulty** ●●●●○ · **about 12 minutes** · 18 points
#
# Write `train(X, y, epochs)`. Start with zeros for weights and bias, and with `lr = 1`. Go
# through the samples in their order, applying the rule after every sample, and count the
# mistakes of each epoch (a sample counts when its output, at its turn, is wrong). Stop
# after the first epoch without a mistake, or after `epochs` epochs. Write the rule out here,
# without your own `correct`; everything that you need stands above this exercise. When the
# perceptron decides wrongly after its first epoch, the check draws its decision beside the
# wanted one.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Section 2.8 has the loop over the samples; its *Change* wraps a second loop around it.
# Exercise 2.6 is the rule for one sample.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Two loops, one in the other. Before both: zeros, and an empty list. At the start of
# each epoch the counter is 0; at its end it goes into the list, and then you decide
# whether to stop.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# About ten lines: a line for the start; the outer loop with a counter; the inner loop
# with output, error, new weights, new bias, and the count; after the inner loop an
# `append` and an `if` with `break`; a `return` of three things.
#
# </details>


# %% nbgrader={"grade_id": "train", "solution": true}
def train(X, y, epochs):
    """Return (w, b, mistakes) of a perceptron trained by its rule.

    X: (n, f); y: (n,), 0.0 or 1.0; epochs: the most epochs to run.
    w: (f,); b: a float; mistakes: a list with one int for each epoch run.
    Example: X = [[1]], y = [0] gives ([-1], -1.0, [1, 0]).
    """
    ### BEGIN SOLUTION
    w, b, mistakes = torch.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        wrong = 0
        for i in range(len(X)):
            y_hat = 1.0 if (w * X[i]).sum() + b >= 0 else 0.0
            error = y[i].item() - y_hat
            w = w + error * X[i]
            b = b + error
            wrong += error != 0
        mistakes.append(int(wrong))
        if wrong == 0:
            break
    return w, b, mistakes
    ### END SOLUTION


# %% nbgrader={"grade_id": "train-test", "grade": true, "points": 18}
X_small = torch.tensor(
    [[1.0, 2.0], [-1.0, 1.0], [3.0, 1.0], [2.0, -1.0], [1.0, 3.0]]
)
y_small = torch.tensor([0.0, 0.0, 1.0, 1.0, 0.0])
answer = train(X_small[:1], y_small[:1], 1)
expect.that(
    isinstance(answer, tuple) and len(answer) == 3,
    "train(...) should return a tuple of three things: `return w, b, mistakes`, "
    "without square brackets.",
)
expect.that(
    isinstance(answer[2], list),
    "the third thing that train(...) returns should be a list, with one count for each epoch.",
)
expect.close(
    answer[0],
    torch.tensor([-1.0, -2.0]),
    "w after one epoch with the sample [1, 2] and target 0",
    mistakes={
        "the weights moved away from the target. What is taken from what?": [
            1.0,
            2.0,
        ],
        "the weights are still zeros. The sum was 0: what is the step of 0, "
        "and what is the error?": [0.0, 0.0],
        "half of the right step. Which learning rate does the text ask for?": [
            -0.5,
            -1.0,
        ],
    },
)
expect.close(
    answer[1],
    -1.0,
    "b after one epoch with the sample [1, 2] and target 0",
    mistakes={
        "the bias is still 0. How does the rule change `b`?": 0.0,
        "the right number, in shape (1,): `fire` answers a table, one output a "
        "row. Take its one number out, with `.item()`.": [-1.0],
    },
)
expect.equal(
    [int(count) for count in answer[2]],
    [1],
    "mistakes after one epoch with one sample",
    mistakes={
        "0, but the answer was wrong: output 1, target 0, error -1. Does your "
        "count see negative errors, and come before the correction?": [0],
        "-1: were errors added up? They can be negative: count how many are not 0.": [
            -1
        ],
    },
)
w, b, mistakes = train(X_small, y_small, 1)
expect.boundary(
    lambda X: fire(X, w, b),
    lambda X: fire(X, torch.tensor([2.0, -1.0]), 0.0),
    over=((-2.0, 4.0), (-2.0, 4.0)),
    name="the perceptron after one epoch with five samples",
    mistakes={
        "the weights waited for the end of the epoch. When does the rule "
        "apply: after each sample, or after all of them?": lambda X: fire(
            X, torch.tensor([-1.0, -6.0]), -3.0
        ),
        "only the first samples were used: does a `break` or `return` stand in "
        "the loop over the samples?": lambda X: fire(
            X, torch.tensor([-1.0, -2.0]), -1.0
        ),
    },
)
expect.equal(
    len(mistakes),
    1,
    "the length of mistakes after one epoch with five samples",
    mistakes={
        "one number for each sample, not for each epoch: in which loop does `append` stand?": 5,
    },
)
w, b, mistakes = train(X_small, y_small, 20)
expect.equal(
    [int(count) for count in mistakes],
    [2, 2, 1, 0],
    "mistakes",
    mistakes={
        "the epoch without a mistake is not in the list. Which comes first, "
        "the `append` or the `break`?": [2, 2, 1],
        "all 20 epochs are in the list. When should training stop?": [
            2,
            2,
            1,
            *[0] * 17,
        ],
        "the numbers only rise: does the counter start at 0 in every epoch?": [
            2,
            4,
            5,
            *[5] * 17,
        ],
        "every epoch makes the mistakes of the first. Where do the weights "
        "get their zeros: before the epochs, or in each?": [2] * 20,
        "only one epoch was run. Is `return` inside the outer loop?": [2],
        "these are the mistakes of a perceptron without a bias. Is `b` a part of "
        "the sum, and does it change after a mistake?": [2, 1, 0],
    },
)
expect.close(
    w,
    torch.tensor([3.0, -4.0]),
    "w after training",
)
expect.close(b, -1.0, "b after training")


### BEGIN HIDDEN TESTS
def reference(X, y, epochs):
    w, b, mistakes = torch.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < epochs and mistakes[-1:] != [0]:
        mistakes.append(0)
        for i in range(len(X)):
            error = y[i].item() - float(float(w @ X[i]) + b >= 0)
            w, b = w + error * X[i], b + error
            mistakes[-1] += int(abs(error))
    return w, b, mistakes


source = torch.Generator().manual_seed(27)
for n, f, epochs in (
    (4, 2, 30),
    (6, 1, 5),
    (12, 3, 40),
    (3, 5, 1),
    (9, 2, 3),
):
    values = torch.randint(-4, 5, (n, f), generator=source).float()
    targets = torch.where(values.sum(dim=1) > 1, 1.0, 0.0)
    before = values.clone()
    w, b, mistakes = train(values, targets, epochs)
    want_w, want_b, want_mistakes = reference(values, targets, epochs)
    expect.close(w, want_w)
    expect.close(b, want_b)
    expect.equal([int(count) for count in mistakes], want_mistakes)
    expect.that(torch.equal(values, before), "X was changed")
targets = torch.tensor([0.0, 1.0, 1.0, 0.0])
expect.equal(
    [int(count) for count in train(bits, targets, 7)[2]],
    [3, 3, 4, 4, 4, 4, 4],
)
### END HIDDEN TESTS

# %% [markdown]
# ## 2.9 Three gates to learn
#
# One more gate, XOR ("exclusive or"), is 1 when exactly one of two inputs is 1. The same
# rule can be tried on AND, OR and XOR: only the targets differ. The function `epoch` below
# takes the perceptron once through the four samples and counts the mistakes.

# %% nbgrader={"grade_id": "gates", "locked": true}
gates = {
    "AND": torch.tensor([0.0, 0.0, 0.0, 1.0]),
    "OR": torch.tensor([0.0, 1.0, 1.0, 1.0]),
    "XOR": torch.tensor([0.0, 1.0, 1.0, 0.0]),
}


def epoch(X, y, w, b):
    """Return w, b and the number of mistakes after one epoch of the rule."""
    wrong = 0
    for i in range(len(X)):
        error = (y[i] - fire(X[i : i + 1], w, b)).item()
        w, b = w + error * X[i], b + error
        wrong += int(error != 0)
    return w, b, wrong


# %% [markdown]
# **Predict.** The perceptron gets a thousand epochs for XOR, a task with four samples.
# Commit a guess, then run on. How will the mistakes go in the first 12 epochs of each gate?

# %%
predict.number(
    "xor-mistakes",
    "In epoch 1000, how many of the four XOR answers are wrong, each at its "
    "own turn?",
)

# %%
w, b = torch.zeros(2), 0.0
for _ in range(1000):
    w, b, wrong = epoch(bits, gates["XOR"], w, b)
predict.show("xor-mistakes", wrong)

# %%
curves = {}
for gate, y in gates.items():
    w, b, curves[gate] = torch.zeros(2), 0.0, []
    for _ in range(12):
        w, b, wrong = epoch(bits, y, w, b)
        curves[gate].append(wrong)
    print(gate, curves[gate], w.tolist(), b)

# %%
plt.figure(figsize=(5, 2.8))
styles = {"AND": "o-", "OR": "s--", "XOR": "^:"}
for gate in gates:
    plt.plot(range(1, 13), curves[gate], styles[gate], label=gate)
plt.xlabel("epoch")
plt.ylabel("mistakes")
plt.legend()
plt.show()

# %%
w, b = torch.zeros(2), 0.0
for number in range(1, 1001):
    w, b, wrong = epoch(bits, gates["XOR"], w, b)
    if number in (3, 4, 5, 1000):
        print(number, wrong, w.tolist(), b)

# %%
w, b = torch.tensor([-1.0, 0.0]), 0.0
for i in range(4):
    error = (gates["XOR"][i] - fire(bits[i : i + 1], w, b)).item()
    w, b = w + error * bits[i], b + error
    print(error, w.tolist(), b)

# %% [markdown]
# **Look closer.** OR makes no mistake from epoch 4 on, AND from epoch 6 on (on the way,
# mistakes may rise). XOR is never learned. From the third epoch on, all four answers are
# wrong, and after every epoch the weights are back where they were. Each answer is wrong at
# its own turn, before its correction. The weights that stand at the end of an epoch, tested
# on all four, get two right. The last cell shows
# one turn of this wheel: each correction for one sample spoils the next. A thousand epochs
# change nothing.
#
# **Change.** In the cell that prints epochs 3, 4, 5 and 1000, start from
# `w = torch.tensor([5.0, -3.0])` and `b = 2.0`. Does it end in another way?

# %% [markdown]
# **Watch it.** These are the weights of OR, but AND is wanted. Which one slider makes
# every cross disappear? Then press Reset, set b back to −0.5 and let the rule try
# with Step. Choose XOR next: what happens to the mistakes?

# %%
NeuronBoard("AND", w1=1.0, w2=1.0, b=-0.5)

# %% [markdown]
# ## 2.10 Why: one straight line
#
# A perceptron with two inputs says 1 where $w_1 x_1 + w_2 x_2 + b \ge 0$. The border,
# where the sum is 0, is a straight line in the plane of the inputs.
#
# ![Three squares with four dots at the corners, filled for 1 and empty for 0. AND: a line cuts off the upper right corner. OR: a line cuts off the lower left corner. XOR: the filled dots are at opposite corners, and there is no line.](figures/three_gates.svg)
#
# *Figure 2.4. AND and OR: a line parts the filled dots from the empty ones. XOR: try to
# find one.*
#
# Samples that should get the same answer form a **class**: here class 1 and class 0. Two
# classes are **linearly separable** when one straight line (with three features, a plane)
# has all samples of one on one side and all of the other on the other side. The rule finds
# such a border whenever there is one: that is proved. As long as every sample keeps coming
# up, in whatever order, the number of mistakes is limited. When there is no border, no
# weights will do, however they are found.
#
# For XOR four conditions would have to hold together:
#
# | input | target | the sum must be |
# |---|---|---|
# | (0, 0) | 0 | b < 0 |
# | (0, 1) | 1 | w₂ + b ≥ 0 |
# | (1, 0) | 1 | w₁ + b ≥ 0 |
# | (1, 1) | 0 | w₁ + w₂ + b < 0 |
#
# **Predict.** Add the two middle rows, and add the first to the last. What do you find?
#
# **Run.** Now six samples with a single feature, a number; class 1 lies in the middle. Can
# a perceptron learn it?

# %%
# points: (6, 1); the class is 1 in the middle and 0 outside
points = torch.tensor([[-3.0], [-2.0], [-1.0], [1.0], [2.0], [3.0]])
middle = torch.tensor([0.0, 0.0, 1.0, 1.0, 0.0, 0.0])
w, b = torch.zeros(1), 0.0
for _ in range(200):
    w, b, wrong = epoch(points, middle, w, b)
print(wrong)

# %% [markdown]
# **Predict.** Four of the six are wrong after 200 epochs. Now every sample gets a second
# feature, made from its number. Commit a guess, then run on.

# %%
predict.choice(
    "second-feature",
    "One second feature is added to the number. With which can the perceptron "
    "learn it?",
    ["only the square", "only the cube", "either of the two", "neither"],
)

# %%
learned = []
for name, power in (("only the square", 2), ("only the cube", 3)):
    X_two = torch.cat([points, points**power], dim=1)
    w, b = torch.zeros(2), 0.0
    for _ in range(200):
        w, b, wrong = epoch(X_two, middle, w, b)
    if wrong == 0:
        learned.append(name)
answers = {0: "neither", 2: "either of the two"}
predict.show("second-feature", answers.get(len(learned)) or learned[0])

# %% [markdown]
# **Look closer.** The middle rows give w₁ + w₂ + 2b ≥ 0, the outer rows w₁ + w₂ + 2b < 0.
# Both cannot be true. So no perceptron computes XOR, and no training can help.
#
# Separability belongs to the features, not to the task. One number with a class in the
# middle is not separable: a border on a line of numbers is a single point. With the
# square as a second feature it is: small squares are class 1. (`torch.cat` with `dim=1`
# sets tables side by side.)
#
# "Still mistakes after 200 epochs" proves nothing by itself: a separable data set with
# a narrow gap can take longer. An epoch without a mistake proves that a border exists.
# Weights and bias that come back to earlier values after an epoch *with* mistakes, as for
# XOR, prove that there is none: from there on everything repeats.
#
# <div class="alert alert-info">
#
# **A sentence to make exact.** "A single-layer perceptron solves linearly separable
# problems only": so it is, for every output neuron by itself. It is no rule about small
# networks, as the next section shows.
#
# </div>
#
# **Change.** Take the cube as the only second feature, starting from zeros:
# `X_two = torch.cat([points, points**3], dim=1)`. Print `w`, `b` and the mistakes after each
# of ten epochs. What proves that there is no border?

# %% [markdown]
# ## 2.11 Two layers are enough
#
# XOR is "at least one, but not both". The parts of this sentence are separable.
#
# **Predict.** Hidden neuron 1 computes OR, hidden neuron 2 computes AND. Which weights
# should the output neuron give to them?
#
# ![Two inputs lead to two hidden circles, "at least 1" and "at least 2"; these lead to an output circle. A small drawing beside it shows the square of inputs with two parallel lines and the filled corners between them.](figures/two_lines.svg)
#
# *Figure 2.5. Two hidden perceptrons draw two lines; the output says 1 between them.*
#
# **Run.**

# %%
W1 = torch.tensor([[1.0, 1.0], [1.0, 1.0]])
b1 = torch.tensor([-0.5, -1.5])
h = torch.where(bits @ W1.T + b1 >= 0, 1.0, 0.0)
print(h)

# %%
print(fire(h, torch.tensor([1.0, -1.0]), -0.5))

# %% [markdown]
# **Predict.** Now leave the step out of the hidden layer: the output perceptron gets the two
# sums themselves as its inputs. It is trained by the rule, 50 epochs for each gate. Commit
# a guess, then run on.

# %%
predict.choice(
    "no-step",
    "Without the step in the hidden layer: which of AND and XOR can the output "
    "perceptron learn?",
    ["only AND", "only XOR", "both", "neither"],
)

# %%
sums = bits @ W1.T + b1
learned = []
for gate in ("AND", "XOR"):
    w, b = torch.zeros(2), 0.0
    for _ in range(50):
        w, b, wrong = epoch(sums, gates[gate], w, b)
    if wrong == 0:
        learned.append(f"only {gate}")
answers = {0: "neither", 2: "both"}
predict.show("no-step", answers.get(len(learned)) or learned[0])

# %% [markdown]
# **Look closer.** The hidden layer turns the four inputs into three different pairs:
# (0, 0), (1, 0) and (1, 1). The two samples with target 1 land on the same pair, and now
# one line parts it from the others. A feedforward network with a hidden layer, like this
# one, is a **multi-layer perceptron**, or MLP. Unit 4 builds larger ones.
#
# Without the step AND can still be learned, XOR cannot: sums of sums are sums again, and
# the two layers together are no more than one. The activation between the layers is what
# gives hidden layers their power.
#
# The weights here were chosen by thought. The perceptron rule cannot find them: it needs
# the right answer of every neuron, and nobody says what a hidden neuron should answer.
# With a smooth activation in place of the step, autograd finds slopes for every weight
# in every layer. That is the way of the next units.
#
# **Change.** Make the output neuron say 1 when both inputs are equal.

# %% [markdown]
# ### Exercise 2.8 · Exactly k of n
# **Difficulty** ●●●●○ · **about 12 minutes** · 15 points
#
# XOR is "exactly 1 of 2". Write `exactly(k, n)`: weights and biases of a network of
# perceptrons with n inputs, each 0 or 1, one hidden layer, and one output neuron that
# fires when exactly k inputs are 1. The hidden layer may have as many neurons as you like;
# the rows of `W1` are their weights, as in `nn.Linear`.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Section 2.11 gives the network for k = 1 and n = 2. Exercise 2.5 gives a perceptron
# for "at least k".
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# "Exactly k" is "at least k, but not at least k + 1". Give each part a hidden neuron.
# Then ask what the output neuron should get from the first and from the second.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# W1 has two rows of n ones. The two biases depend on k and differ by 1. The output
# has one weight above 0 and one below 0, and a bias that keeps it quiet when no
# hidden neuron fires, or both.
#
# </details>


# %% nbgrader={"grade_id": "exactly", "solution": true}
def exactly(k, n):
    """Return (W1, b1, w2, b2) of a network that fires when k inputs are 1.

    0 <= k <= n; with h hidden neurons: W1 (h, n), b1 (h,), w2 (h,) are
    float tensors, b2 is a float. All neurons have the step function.
    Example: exactly(1, 2) is XOR; the numbers of section 2.11 are one answer.
    """
    ### BEGIN SOLUTION
    b1 = torch.tensor([0.5 - k, -0.5 - k])
    return torch.ones(2, n), b1, torch.tensor([1.0, -1.0]), -0.5
    ### END SOLUTION


# %% nbgrader={"grade_id": "exactly-test", "grade": true, "points": 15}
answer = exactly(1, 2)
expect.that(
    isinstance(answer, tuple) and len(answer) == 4,
    "exactly(1, 2) should return a tuple of four things: `return W1, b1, w2, "
    "b2`, without square brackets.",
)
W1, b1, w2, b2 = answer
expect.that(
    all(isinstance(t, torch.Tensor) for t in (W1, b1, w2)),
    "W1, b1 and w2 of exactly(1, 2) should be tensors; one of them is not.",
)
expect.that(
    all(t.is_floating_point() for t in (W1, b1, w2)),
    "W1, b1 or w2 holds whole numbers, and a product with float inputs refuses "
    "them. Which dtype did `torch.tensor` choose, and why?",
)
expect.that(
    W1.dim() == 2 and b1.shape == w2.shape == W1.shape[:1],
    "the shapes do not fit: for h hidden neurons W1 is (h, n), b1 and w2 are (h,).",
)
expect.boundary(
    lambda X: fire(
        torch.where((X > 0.5).float() @ W1.T + b1 >= 0, 1.0, 0.0), w2, b2
    ),
    lambda X: (X > 0.5).sum(dim=1) == 1,
    over=((-0.5, 1.5), (-0.5, 1.5)),
    name="exactly(1, 2), each input rounded to 0 or 1",
    mistakes={
        "it answers as AND. Print the hidden layer for (0, 1): at which count "
        "does each neuron begin, and does the second hold back?": lambda X: (
            X > 0.5
        ).all(dim=1),
        "that is OR: with both inputs on it still fires. Which neuron could "
        "forbid that?": lambda X: (X > 0.5).any(dim=1),
        "yes and no are swapped: it fires when the inputs are equal.": lambda X: (
            (X > 0.5).sum(dim=1) != 1
        ),
        "it fires for exactly 0. At which count does each hidden neuron begin?": lambda X: (
            (X > 0.5).sum(dim=1) == 0
        ),
        "it never fires. Print the hidden layer for (0, 1): does it lift the "
        "output's sum to 0?": lambda X: torch.zeros(len(X)),
        "it always fires. Print the hidden layer for (0, 0): what keeps the "
        "output's sum below 0?": lambda X: torch.ones(len(X)),
        "it fires when no input is on, too. What is the output's sum when no "
        "hidden neuron fires?": lambda X: (X > 0.5).sum(dim=1) < 2,
    },
)
W1, b1, w2, b2 = exactly(2, 3)
expect.that(
    tuple(W1.shape) != (3, 2),
    "W1 of exactly(2, 3) has shape (3, 2), one row for each input. It should "
    "have one row for each hidden neuron.",
)
expect.equal(
    W1.shape[1],
    3,
    "the number of inputs of exactly(2, 3), columns of W1",
    mistakes={
        "two inputs, not three. Where does `n` enter your weights?": 2,
    },
)
expect.that(
    b1.shape == w2.shape == W1.shape[:1],
    "the shapes of exactly(2, 3) do not fit: for h hidden neurons W1 is (h, 3), "
    "b1 and w2 are (h,).",
)
eight = torch.cartesian_prod(*[torch.tensor([0.0, 1.0])] * 3)
h = torch.where(eight @ W1.T + b1 >= 0, 1.0, 0.0)
expect.close(
    fire(h, w2, b2),
    torch.tensor([0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0]),
    "exactly(2, 3) for 000, 001, 010, 011, 100, 101, 110, 111",
    mistakes={
        "it fires for exactly 1 of 3. Where does `k` enter your biases?": [
            0.0,
            1.0,
            1.0,
            0.0,
            1.0,
            0.0,
            0.0,
            0.0,
        ],
        "it fires for 1 of 3 as well. What should keep it quiet for a count below k?": [
            0.0,
            1.0,
            1.0,
            1.0,
            1.0,
            1.0,
            1.0,
            0.0,
        ],
    },
)
W1, b1, w2, b2 = exactly(1, 3)
h = torch.where(eight @ W1.T + b1 >= 0, 1.0, 0.0)
expect.close(
    fire(h, w2, b2),
    torch.tensor([0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0]),
    "exactly(1, 3) for 000, 001, 010, 011, 100, 101, 110, 111",
    mistakes={
        "it fires for 1 and for 2 of 3. Which count should each hidden neuron wait for?": [
            0.0,
            1.0,
            1.0,
            1.0,
            1.0,
            1.0,
            1.0,
            0.0,
        ],
    },
)
W1, b1, w2, b2 = exactly(0, 2)
h = torch.where(bits @ W1.T + b1 >= 0, 1.0, 0.0)
expect.close(
    fire(h, w2, b2),
    torch.tensor([1.0, 0.0, 0.0, 0.0]),
    "exactly(0, 2) for 00, 01, 10, 11",
    mistakes={
        "it fires for 0 and for 1. What should forbid 1?": [
            1.0,
            1.0,
            1.0,
            0.0,
        ],
        "it never fires. With k = 0 one hidden neuron should always fire.": [
            0.0
        ]
        * 4,
    },
)
### BEGIN HIDDEN TESTS
for n in range(1, 7):
    pairs = [
        [float(number >> i & 1) for i in range(n)] for number in range(2**n)
    ]
    rows = torch.tensor(pairs)
    for k in range(n + 1):
        W1, b1, w2, b2 = exactly(k, n)
        h = torch.where(rows @ W1.T + b1 >= 0, 1.0, 0.0)
        wanted = torch.where(rows.sum(dim=1) == k, 1.0, 0.0)
        expect.close(fire(h, w2, b2), wanted)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 2.9 · In your words
# **Difficulty** ●●○○○ · **about 5 minutes** · 5 points
#
# A perceptron with the weights and the bias of OR answers three of the four XOR samples
# right. Yet the rule, trained on XOR, does not stay at three right answers: it ends in
# epochs in which every answer is wrong at its turn. In three to six sentences, in the cell
# below: why does the rule not keep the better weights, and would another learning rule get
# all four right? A good answer says what the rule looks at when it moves, what one
# correction does to the other samples, and what is true of XOR whatever the rule. A person
# reads it; there is no check cell.

# %% [markdown] nbgrader={"grade_id": "xor-in-words", "grade": true, "solution": true, "points": 5}
# ### BEGIN SOLUTION
# The rule looks at one sample at a time. It does not know how many of the others are right,
# so it moves after each mistake, even when the weights it leaves were better. All samples
# share the weights and the bias, so a correction for one of them changes the sums of the
# others, and for XOR it pushes the next sample to the wrong side. After an epoch the
# corrections cancel and everything starts again. Another rule could stop at three right
# answers, but none gets four: no straight line parts the classes of XOR, so the weights
# it would have to find do not exist. A hidden layer is needed.
#
# **Rubric.** 2 points: the rule reacts to single mistakes and does not compare or count
# what the weights get right in total. 1 point: a correction for one sample changes the sums
# of the others, since they share weights or bias. 2 points: no other rule helps, because no
# line (no weights) separates XOR; "XOR is not linearly separable" without "so no weights
# exist" earns 1 of these 2. No point for "too few epochs" or "a wrong learning rate".
# ### END SOLUTION

# %% [markdown]
# ## What you have now
#
# A neuron is a weighted sum, a bias and an activation function; a layer is a matrix of
# weights with a row for each neuron. The perceptron learns from its mistakes and finds a
# straight border when there is one. For anything else you need a hidden layer with an
# activation function between. Unit 3 looks at those functions closely.
