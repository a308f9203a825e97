# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
#   course:
#     title: The training loop
#     minutes: 160
#     teaches: write a training loop that is right, feed it in batches, and test and save what it has trained
# ---

# %% [markdown]
# # 7 · The training loop
#
# You have the parts: networks, losses, optimizers. In this unit five lines put them to
# work, again and again, and a network learns. At the end you can write these lines from
# memory, and say what goes wrong when one is missing or stands in the wrong place. You can
# hand over data in batches, test a trained network on points it has never seen, and save
# it. It takes about 160 minutes, in two sittings; a good place for the break is after
# section 7.4.
#
# **Three questions on earlier units.** Answer aloud before you look.
#
# 1. A sigmoid neuron gives 0.5 for one sample and 0.99 for another. How steep is the
#    sigmoid at these two places?
# 2. `nn.CrossEntropyLoss` gets two tensors. What stands in a row of the first, and which
#    dtype has the second?
# 3. What does `optimizer.step()` read, and what does it change?
#
# <details><summary>Answers</summary>
#
# 1. With the output a the slope is a(1 − a): 0.25, its largest value, and 0.0099.
# 2. A row holds the logits of one sample, one for each class, without a softmax. The
#    targets are class numbers, whole numbers of dtype `torch.int64`.
# 3. It reads the `.grad` of every parameter that it was given, and changes the parameters
#    themselves. SGD takes lr times the gradient away.
#
# </details>

# %% [markdown]
# ## 7.1 Five lines
#
# A network learns in rounds, and each round has five lines:
#
# 1. **forward:** the model makes predictions;
# 2. **loss:** one number says how wrong they are;
# 3. **zero_grad:** the gradients of the last round are thrown away;
# 4. **backward:** new gradients are computed;
# 5. **step:** the optimizer changes the parameters.
#
# The **training loop** repeats them. Line 4 is the **backward pass**: it goes through the
# operations of the forward pass in the opposite order and computes the gradient of the
# loss for every parameter that has `requires_grad=True`. This way of computing gradients
# is called **backpropagation**.
#
# ![Five boxes in a row: forward, loss, zero_grad, backward, step, and an arrow from the last back to the first. Below, two stores: the parameters, which forward reads and step changes, and .grad, which zero_grad empties, backward adds to and step reads.](figures/five_steps.svg)
#
# *Figure 7.1. The five lines and the two stores they work on. Only step changes the
# parameters.*
#
# **Predict.** The cells below take one round apart and watch the bias of a network. Commit
# a guess in the third; the first imports what the unit needs.

# %% nbgrader={"grade_id": "setup", "locked": true}
import tempfile
from collections import Counter
from itertools import permutations
from pathlib import Path

import matplotlib.pyplot as plt
import torch
import torch.nn as nn
import torch.optim as optim
from course import data, expect, predict
from course.boards.loop import LoopBoard
from course.boards.training import TrainingBoard
from torch.utils.data import DataLoader, Dataset, TensorDataset


# %%
class SimpleNet(nn.Module):
    """One linear layer and a ReLU behind it, as in unit 4."""

    def __init__(self, input_size, output_size):
        super().__init__()
        self.layer1 = nn.Linear(input_size, output_size)

    def forward(self, x):
        return torch.relu(self.layer1(x))


# %%
predict.choice(
    "after-step",
    "The five lines have run once. What is the gradient of the bias now?",
    [
        "None, as before the round",
        "0",
        "the number that backward computed",
        "the change of the bias",
    ],
)

# %%
torch.manual_seed(5)
net = SimpleNet(10, 1)
input_data = torch.randn(10)  # one sample, made up
target_data = torch.randn(1)

criterion = nn.MSELoss()
optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
bias = net.layer1.bias
print(f"bias {bias.item():.4f}, gradient {bias.grad}")

# %%
output_data = net(input_data)  # forward
loss = criterion(output_data, target_data)  # loss
print(f"loss {loss.item():.4f}")
optimizer.zero_grad()  # zero_grad
loss.backward()  # backward: a gradient for each parameter
computed = bias.grad.item()
print(f"bias {bias.item():.4f}, gradient {computed:.4f}")
optimizer.step()  # step
print(f"bias {bias.item():.4f}")

# %%
predict.show(
    "after-step",
    "the number that backward computed"
    if bias.grad is not None and bias.grad.item() == computed
    else "0",
)

# %%
loss = criterion(net(input_data), target_data)
print(f"loss {loss.item():.4f}")

# %% [markdown]
# **Look closer.** Only `step()` changed the bias: by 0.01 × 3.2739, upwards, since the
# gradient is negative. Then the loss is smaller. The gradient itself stays: `step()` reads
# it and leaves it where it is. Before the first `backward()` there is none, `.grad` is
# `None`, and `zero_grad()` brings this state back, as you know from unit 6. `step()` passes
# over a parameter without a gradient.
#
# **Change.** Set the seed to 6. What is the gradient, and what does the step do?
#
# <details><summary>What there is to see</summary>
#
# The loss is not 0, but the gradient is, and nothing changes: the ReLU at the end gives 0
# for this sample, and there its slope is 0. You saw this network in unit 4.
#
# </details>

# %% [markdown]
# ### Exercise 7.1 · Put the lines in order
# **Difficulty** ●○○○○ · **about 4 minutes** · 8 points
#
# Write `train_step(model, criterion, optimizer, X, y)`, one round of training that returns
# its loss as a float. Its lines stand here in a muddle, and one of the seven is not needed:
#
# ```
# loss.backward()
# return loss
# y_hat = model(X)
# optimizer.step()
# return loss.item()
# optimizer.zero_grad()
# loss = criterion(y_hat, y)
# ```
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Figure 7.1, from left to right, and the cell of section 7.1 whose lines carry the comments
# forward, loss, zero_grad, backward and step.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Ask of each line what it needs: the loss needs predictions, the step needs gradients.
# Of the two lines that return something, only one gives a float.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Six lines. The predictions are first, the line with the float is last, and the line that
# changes the parameters is the last but one.
#
# </details>


# %% nbgrader={"grade_id": "train-step", "solution": true}
def train_step(model, criterion, optimizer, X, y):
    """Do one round of training on the batch X, y; return its loss, a float.

    X: (batch, features), y: the targets, as criterion wants them.
    Example: a linear neuron with weight 2 and bias 1, the sample 3 with
    target 10, MSE and SGD with lr 0.01: the loss is 9.0, the new weight 2.18.
    """
    ### BEGIN SOLUTION
    y_hat = model(X)
    loss = criterion(y_hat, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
    ### END SOLUTION


# %% nbgrader={"grade_id": "train-step-test", "grade": true, "points": 8}
trained = nn.Linear(1, 1)
nn.init.constant_(trained.weight, 2.0)
nn.init.constant_(trained.bias, 1.0)
sgd = optim.SGD(trained.parameters(), lr=0.01)
three, ten = torch.tensor([[3.0]]), torch.tensor([[10.0]])
first_loss = train_step(trained, nn.MSELoss(), sgd, three, ten)
expect.that(
    first_loss is not None,
    "`train_step` returned None. Which of the lines hands the loss back?",
)
expect.that(
    isinstance(first_loss, float),
    "`train_step` returned no float. A tensor keeps its whole history: which "
    "of the two `return` lines gives a number?",
)
has_moved = trained.weight.item() != 2.0
expect.that(
    has_moved
    or trained.weight.grad is None
    or not bool(trained.weight.grad.any()),
    "there are gradients now, but the weight did not move: did `step` come "
    "before `backward`, or not at all?",
)
expect.that(
    has_moved,
    "the weight did not move, and at the end there is no gradient. Does "
    "`backward` run, and is its gradient still there when `step` comes?",
)
expect.close(
    first_loss,
    9.0,
    "the loss of the first round",
    mistakes={
        "5.76 is the loss after the step. Return the loss that this round computed.": 5.76,
    },
)
expect.close(
    trained.weight, torch.tensor([[2.18]]), "the weight after one round"
)
second_loss = train_step(trained, nn.MSELoss(), sgd, three, ten)
expect.close(
    trained.weight,
    torch.tensor([[2.324]]),
    "the weight after two rounds",
    mistakes={
        "the second step was too long, by the gradient of the first. "
        "Which line throws old gradients away?": [[2.504]],
    },
)
expect.close(second_loss, 5.76, "the loss of the second round")
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(71)
for n, f, k, lr in ((5, 3, 2, 0.1), (1, 1, 1, 0.03), (8, 2, 4, 0.05)):
    layer = nn.Linear(f, k)
    W, b = layer.weight.detach().clone(), layer.bias.detach().clone()
    sgd = optim.SGD(layer.parameters(), lr=lr)
    for _ in range(3):
        values = torch.randn(n, f, generator=source)
        targets = torch.randn(n, k, generator=source)
        error = values @ W.T + b - targets
        result = train_step(layer, nn.MSELoss(), sgd, values, targets)
        expect.close(result, (error**2).mean().item(), rtol=1e-3)
        W = W - lr * 2 * error.T @ values / error.numel()
        b = b - lr * 2 * error.sum(dim=0) / error.numel()
        expect.close(layer.weight, W, rtol=1e-3, atol=1e-5)
        expect.close(layer.bias, b, rtol=1e-3, atol=1e-5)
### END HIDDEN TESTS

# %% [markdown]
# ## 7.2 One round with a pencil
#
# What does `backward()` compute? For one neuron you can follow it by hand. Its weight is
# 2 and its bias 1, without an activation function. One sample: x = 3 with the target 10.
#
# ![Forward, in solid boxes: x 3 times w 2 plus b 1 gives y_hat 7; minus the target 10 gives the error -3; squared, the loss 9. Backward, under them with dashed arrows: loss 1, error -6, y_hat -6; from there times x 3 to the weight, -18, and times 1 to the bias, -6.](figures/pencil.svg)
#
# *Figure 7.2. Solid: the numbers on the way forward. Dashed: the gradients on the way
# back, each the one to its right times a slope.*
#
# Read the dashed boxes from the right. The square of the error, e, has the slope 2e, here
# −6. The error rises as fast as the prediction does: times 1. The prediction rises 3 times
# as fast as the weight, since x is 3: −6 × 3 = −18. It rises as fast as the bias: −6.
#
# **Predict.** Commit your guess before you run the cell after it.

# %%
predict.number("bias", "With lr 0.01, what is the bias after the step?")

# %%
neuron = nn.Linear(1, 1)
nn.init.constant_(neuron.weight, 2.0)
nn.init.constant_(neuron.bias, 1.0)
optimizer = optim.SGD(neuron.parameters(), lr=0.01)
loss = nn.MSELoss()(neuron(torch.tensor([[3.0]])), torch.tensor([[10.0]]))
loss.backward()
optimizer.step()
predict.show("bias", round(neuron.bias.item(), 4))

# %%
print(neuron.weight.grad, neuron.bias.grad)
y_hat = 2.18 * 3 + 1.06
print(round(y_hat, 4), round((y_hat - 10) ** 2, 4))

# %% [markdown]
# **Look closer.** Autograd finds −18 and −6 too: it does what the pencil did, with the
# slopes of the recorded operations. The step makes the weight 2.18 and the bias 1.06. Then
# the prediction is 7.6 instead of 7, and the loss 5.76 instead of 9.
#
# Two things are new in larger networks. An activation function adds one more slope to
# the product: for a sigmoid with the output a it is a(1 − a), as you know from unit 3. And
# with a batch the loss is the mean of the samples' losses, so its gradient is the mean of
# the samples' gradients.
#
# **Change.** Draw Figure 7.2 for x = 3, w = 3, b = 1 and the same target. What is the
# gradient of the weight, and why?

# %% [markdown]
# ### Exercise 7.2 · Backward by hand
# **Difficulty** ●●●○○ · **about 15 minutes** · 13 points
#
# Write `neuron_gradients(X, y, w, b)`: the gradients of the mean squared error of one
# *sigmoid* neuron, for a batch, by the formulas of section 7.2. Do not use autograd. Return
# two tensors, the gradient of `w` and that of `b`.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Figure 7.2 with one more box, for the sigmoid, between the sum and the error. The two
# sentences about larger networks in section 7.2.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Go forward first and keep the outputs of the neuron. Then go back: for each sample, the
# slope of the square times the slope of the sigmoid. That is the gradient of the sum, and
# of the bias. For the weights it is multiplied by the inputs of the sample.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Three lines before the `return`: the outputs, shape (n,); one gradient for each sample's
# sum, shape (n,); the gradients of the weights, a mean over the samples. Mind the shapes
# when numbers of shape (n,) meet the table `X`.
#
# </details>


# %% nbgrader={"grade_id": "neuron-gradients", "solution": true}
def neuron_gradients(X, y, w, b):
    """Return the gradients of the MSE for w, shape (f,), and for b, shape ().

    The neuron's outputs are sigmoid(X @ w + b).
    X: (n, f), y: (n,), w: (f,), b: a float.
    Example: X = [[1, 2]], y = [1], w = [0.5, -0.25], b = 0 has the output
    0.5; the gradients are [-0.25, -0.5] and -0.25.
    """
    ### BEGIN SOLUTION
    a = torch.sigmoid(X @ w + b)
    back = 2 * (a - y) * a * (1 - a)
    return (X * back.unsqueeze(1)).mean(dim=0), back.mean()
    ### END SOLUTION


# %% nbgrader={"grade_id": "neuron-gradients-test", "grade": true, "points": 13}
one_sample = torch.tensor([[1.0, 2.0, 4.0]]), torch.tensor([1.0])
slopes = neuron_gradients(*one_sample, torch.tensor([0.5, -0.25, 0.0]), 0.0)
expect.that(
    isinstance(slopes, (tuple, list)) and len(slopes) == 2,
    "`neuron_gradients` should return two things: the gradient of w and that of b.",
)
expect.that(
    [getattr(part, "shape", None) for part in slopes] != [(), (3,)],
    "the first result is one number, the second has three. The gradient of w "
    "comes first.",
)
expect.close(
    slopes[0],
    torch.tensor([-0.25, -0.5, -1.0]),
    "the gradient of w for one sample",
    mistakes={
        "the slope of the sigmoid is missing. How fast does it rise where its output is 0.5?": [
            -1.0,
            -2.0,
            -4.0,
        ],
        "twice too large. The slope of the sigmoid is a product: are both of "
        "its factors there?": [-0.5, -1.0, -2.0],
        "the square itself was taken back, not its slope.": [
            0.0625,
            0.125,
            0.25,
        ],
        "the mean was taken over the features. Which `dim` runs over the "
        "samples?": [-1.75 / 3],
        "half of what it should be. Which slope has the square of the error?": [
            -0.125,
            -0.25,
            -0.5,
        ],
        "a third of what it should be: was it divided by the number of "
        "features? The mean is one over samples.": [-1 / 12, -1 / 6, -1 / 3],
        "the sign is turned round. The prediction is too low: should a larger "
        "weight raise or lower the loss?": [0.25, 0.5, 1.0],
        "the gradient is 0. Was the sigmoid's slope computed from the sum? It "
        "needs the output of the sigmoid.": [0.0, 0.0, 0.0],
        "these are the gradients of a neuron without sigmoid.": [
            -2.0,
            -4.0,
            -8.0,
        ],
        "all weights have the gradient of the bias. By what is it multiplied "
        "on the way to each weight?": [-0.25, -0.25, -0.25],
        "each sample has a row. The loss is one number: how do the samples' "
        "gradients become one gradient?": [[-0.25, -0.5, -1.0]],
    },
)
expect.close(
    slopes[1],
    -0.25,
    "the gradient of b for one sample",
    mistakes={
        "there is one number for each sample. The neuron has one bias.": [
            -0.25
        ],
    },
)
two_samples = torch.tensor([[1.0, 2.0], [4.0, 0.0]]), torch.tensor([1.0, 0.0])
slopes = neuron_gradients(*two_samples, torch.tensor([0.5, -0.25]), 0.0)
expect.close(
    slopes[0],
    torch.tensor([0.244912, -0.25]),
    "the gradient of w for two samples",
    mistakes={
        "that is the sum over the samples. What is the M in MSE?": [
            0.489825,
            -0.5,
        ],
        "each *column* was multiplied by a sample's slope. Which shape must "
        "the (n,) numbers have to meet the rows of `X`?": [
            -0.625,
            0.184956,
        ],
        "the mean was taken before the inputs came in. Multiply each sample's "
        "slope by its own inputs first.": [-0.081305, -0.032522],
    },
)
expect.close(
    slopes[1],
    -0.032522,
    "the gradient of b for two samples",
    rtol=1e-3,
    mistakes={
        "that is the sum over the samples; the gradient of w is a mean.": -0.065044,
    },
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(72)
for n, f in ((1, 1), (6, 3), (3, 3), (9, 2)):
    values = torch.randn(n, f, generator=source)
    targets = torch.rand(n, generator=source)
    w = torch.randn(f, generator=source).requires_grad_()
    b = torch.randn((), generator=source).requires_grad_()
    ((torch.sigmoid(values @ w + b) - targets) ** 2).mean().backward()
    slopes = neuron_gradients(values, targets, w.detach(), b.item())
    expect.close(slopes[0], w.grad, rtol=1e-3, atol=1e-6)
    expect.close(slopes[1], b.grad.item(), rtol=1e-3, atol=1e-6)
### END HIDDEN TESTS

# %% [markdown]
# ## 7.3 Round and round
#
# Four deliveries were timed: miles in `inputs`, minutes in `times`. One neuron shall
# learn to say the time. The five lines run 500 times; since each round uses all data, a
# round is an epoch here.
#
# **Predict.** Could one of the five lines stand *before* the loop, because it needs to run
# only once? Which, or why none?
#
# **Run.**

# %%
inputs, times = data.four_deliveries()  # both: (4, 1)
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(1, 1))
loss_function = nn.MSELoss()
optimizer = optim.SGD(model.parameters(), lr=0.01)

# Train for 500 epochs
for epoch in range(500):
    optimizer.zero_grad()  # throw old gradients away
    outputs = model(inputs)  # forward: predictions
    loss = loss_function(outputs, times)  # how wrong are they?
    loss.backward()  # new gradients
    optimizer.step()  # change weight and bias

print(f"loss {loss.item():.2f}")

# %%
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(10, 50), nn.ReLU(), nn.Linear(50, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
loss_fn = nn.MSELoss()
input_data, targets = torch.randn(8, 10), torch.randn(8, 1)

optimizer.zero_grad()  # Step 1
output = model(input_data)  # Step 2
loss = loss_fn(output, targets)
loss.backward()  # Step 3
optimizer.step()  # Step 4
after = loss_fn(model(input_data), targets)
print("the loss is smaller now:", after.item() < loss.item())

# %% [markdown]
# **Look closer.** None of the five could: each does its work in every round. Model, loss
# function and optimizer are made once, above. The second cell is the same round with a
# larger network and other names, as another author writes it: `loss_function`, `loss_fn`
# and `criterion` are names for one thing. Both put `zero_grad` first. The second author counts
# four steps, with forward and loss as one.
#
# <div class="alert alert-info">
#
# **Not magic, and not a mistake.** `backward()` finds out how the loss changes with each
# parameter; the optimizer only turns that into a step. And PyTorch adds gradients up on
# purpose: whoever wants the gradient of several batches together can have it. You want
# that of one batch, so you clear.
#
# </div>
#
# **Watch it.** On the board, Step runs the five lines once. Press it until the loss is less
# than a hundredth of its first value. Guess how many more rounds halve that. Then press
# Start, and Stop where the loss reads 1.1.

# %%
TrainingBoard(*data.four_deliveries(), lr=0.01, epochs=500, at=7.0)

# %% [markdown]
# <details><summary>What there is to see</summary>
#
# Two presses: from 870 to 19.8 to 2.25. Halving that takes about 230 more. The same five
# lines do the work each time, but their step is lr times the gradient, and the gradient
# has become small. Unit 8 finds out why and what helps.
#
# </details>

# %% [markdown]
# ## 7.4 Forgotten, and misplaced
#
# What if `zero_grad` is forgotten? Take the neuron of section 7.2 and look at two numbers
# in each round, the loss and the gradient of the weight.
#
# **Predict.** Which of the two shows first that something is wrong, and in which round?
#
# **Run.**


# %%
def three_rounds(clear):
    """Print loss and gradient of the pencil's neuron in three rounds."""
    neuron = nn.Linear(1, 1)
    nn.init.constant_(neuron.weight, 2.0)
    nn.init.constant_(neuron.bias, 1.0)
    optimizer = optim.SGD(neuron.parameters(), lr=0.01)
    for turn in range(3):
        if clear:
            optimizer.zero_grad()
        loss = (neuron(torch.tensor([[3.0]])) - 10.0).square().mean()
        loss.backward()
        optimizer.step()
        print(f"{loss.item():6.2f} {neuron.weight.grad.item():7.2f}")


three_rounds(clear=True)

# %%
three_rounds(clear=False)

# %%
miles, minutes = data.four_deliveries()
neuron = nn.Linear(1, 1)
for call in range(3):
    nn.MSELoss()(neuron(miles), minutes).backward()
    if call == 0:
        once = neuron.weight.grad.clone()
    print(round((neuron.weight.grad / once).item(), 4))

# %% [markdown]
# **Look closer.** The gradient shows it, in round 2: −32.4 is −14.4 plus the −18 of round 1.
# The loss of round 2 was computed before that step; it shows the fault in round 3. The
# last cell calls `backward()` three times and never steps: the same gradient, twice, three
# times. This is how gradients **accumulate**.
#
# **Predict.** Now the four deliveries, 60 rounds with lr 0.001 and no `zero_grad`.

# %%
predict.choice(
    "forgotten",
    "Without zero_grad, what does the loss of the deliveries do in 60 rounds?",
    [
        "it falls, and faster than with zero_grad",
        "it falls, but more slowly",
        "it falls and rises again and again",
        "it rises without end",
    ],
)


# %%
def train_on_deliveries(clear, lr=0.001):
    """Return the losses of 60 rounds, with or without zero_grad."""
    torch.manual_seed(0)
    model = nn.Linear(1, 1)
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(60):
        if clear:
            optimizer.zero_grad()
        loss = nn.MSELoss()(model(miles), minutes)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


cleared, forgotten = train_on_deliveries(True), train_on_deliveries(False)
pairs = zip(forgotten[:-1], forgotten[1:], strict=True)
rises = sum(after > before for before, after in pairs)
if 0 < rises < 59:
    seen = "it falls and rises again and again"
elif rises:
    seen = "it rises without end"
elif forgotten[-1] < cleared[-1]:
    seen = "it falls, and faster than with zero_grad"
else:
    seen = "it falls, but more slowly"
predict.show("forgotten", seen)

# %%
plt.figure(figsize=(5, 2.8))
plt.plot(cleared, "-", label="with zero_grad")
plt.plot(forgotten, "--", label="without")
plt.ylim(-20, 1150)
plt.xlabel("epoch")
plt.ylabel("loss")
plt.legend(ncol=2, loc="upper center")
plt.show()

# %%
print([10 * round(loss / 10) for loss in forgotten[:11]])

# %% [markdown]
# **Look closer.** In epoch 4 the loss is nearly 0, and yet it climbs back to where it came
# from. It never settles. The last exercise of the unit asks you why. For now, read the
# list: in which epoch is the loss higher than before for the first time, and in which is it
# highest?
#
# **Change.** Call `train_on_deliveries(False, lr=0.0001)` for `forgotten`. Does a smaller
# learning rate cure it? Set it back afterwards: Exercise 7.10 needs the curve with lr 0.001.
#
# <details><summary>What there is to see</summary>
#
# In epoch 5, so the step of epoch 4 made it worse; it is highest in epoch 9, about 890, a
# little above the start. The smaller learning rate is no cure: the loss swings more slowly,
# one round trip takes 29 epochs instead of 9, and just as high.
#
# </details>

# %% [markdown]
# Five lines can be ordered in 120 ways. `zero_grad` must stand somewhere, but where? Below,
# `exec` runs a text as Python, `permutations` gives all orders, and `Counter` counts equal
# results.
#
# **Predict.** Let it stand between `backward` and `step`.

# %%
predict.losses("between", "zero_grad between backward and step: which loss?")

# %%
lines = {
    "forward": "y_hat = model(X)",
    "loss": "loss = criterion(y_hat, y)",
    "zero_grad": "optimizer.zero_grad()",
    "backward": "loss.backward()",
    "step": "optimizer.step()",
}


def losses_of(order, turns=30):
    """Train a small network with the lines in this order; list its losses."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(1, 8), nn.Tanh(), nn.Linear(8, 1))
    X = torch.linspace(-1, 1, 8).unsqueeze(1)
    optimizer = optim.SGD(model.parameters(), lr=0.1)
    names = {
        "model": model,
        "X": X,
        "y": X**2,
        "criterion": nn.MSELoss(),
        "optimizer": optimizer,
    }
    losses = []
    for turn in range(turns):
        for name in order:
            exec(lines[name], names)
        losses.append(nn.MSELoss()(model(X), X**2).item())
    return losses


misplaced = ["forward", "loss", "backward", "zero_grad", "step"]
predict.show("between", losses_of(misplaced))

# %%
usual = losses_of(list(lines))


def what_happens(order):
    """Say in a few words what 30 rounds in this order do."""
    try:
        losses = losses_of(order)
    except (NameError, RuntimeError) as error:
        return type(error).__name__
    if losses == usual:
        return "as usual"
    if losses[1:] == usual[:-1]:
        return "as usual, one round late"
    return "nothing moves" if len(set(losses)) == 1 else "something else"


results = {order: what_happens(order) for order in permutations(lines)}
for what, how_many in Counter(results.values()).most_common():
    print(f"{how_many:3} {what}")

# %%
for order, what in results.items():
    if what == "as usual":
        print(", ".join(order))

# %% [markdown]
# **Look closer.** Four orders train as usual.
#
# ![The loop as a ring of four lines: forward, loss, backward, step. In three of the four gaps between them zero_grad may stand, marked with a tick; in the gap between backward and step it may not, marked with a cross. The gap from step round to forward counts as two places, the end of one turn and the start of the next.](figures/gaps.svg)
#
# *Figure 7.3. Where zero_grad may stand: anywhere but between backward and step.*
#
# | orders | what happens | why |
# |---|---|---|
# | 4 | as usual | forward, loss, backward, step in this order; `zero_grad` first, second, third or last |
# | 3 | as usual, one round late | `step` comes before the other four and uses what the round before has left |
# | 10 | nothing moves | between `backward` and the next `step`, also round the corner, `zero_grad` has emptied `.grad` |
# | 3 | `RuntimeError` in round 2 | `step` changes the weights after forward; `backward` needs the old ones |
# | 100 | `NameError` | a line uses `y_hat` or `loss` before it exists |
#
# A `NameError` is the kind result: you see it at once. "Nothing moves" comes without any
# message. In a notebook even the `NameError` can be missing, when `loss` is left over from
# an earlier cell. [The map of the loop](loop.md) has the five lines, and what goes wrong with
# each, on one page.
#
# **Change.** Print the orders that run one round late.

# %% [markdown]
# ### Exercise 7.3 · Find the bugs
# **Difficulty** ●●○○○ · **about 8 minutes** · 10 points
#
# This function should train for `epochs` rounds on all data and return the list of
# losses: one float for each round, computed before the step of that round. It runs
# without a message, and has three bugs.
#
# ```python
# def train(model, criterion, optimizer, X, y, epochs):
#     losses = []
#     optimizer.zero_grad()
#     for epoch in range(1, epochs):
#         y_hat = model(X)
#         loss = criterion(y_hat, y)
#         losses.append(loss)
#         loss.backward()
#         optimizer.step()
#     return losses
# ```
#
# Write the corrected function.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Section 7.4 for the first bug. For the others, think of `epochs = 1`, and of what
# exactly is put into the list.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Go through the five lines: does each run once in every round? Then count the rounds on
# your fingers. Then ask for the type of a list entry.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# No line has to be added: one moves, one counts differently, one takes a number out of a
# tensor.
#
# </details>


# %% nbgrader={"grade_id": "train", "solution": true}
def train(model, criterion, optimizer, X, y, epochs):
    """Train for `epochs` rounds; return the list of losses, one float each.

    X: (batch, features), y: the targets, as criterion wants them.
    Each loss is that of the predictions made before the round's step.
    """
    ### BEGIN SOLUTION
    losses = []
    for epoch in range(epochs):
        y_hat = model(X)
        loss = criterion(y_hat, y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses
    ### END SOLUTION


# %% nbgrader={"grade_id": "train-test", "grade": true, "points": 10}
trained = nn.Linear(1, 1)
nn.init.constant_(trained.weight, 2.0)
nn.init.constant_(trained.bias, 1.0)
sgd = optim.SGD(trained.parameters(), lr=0.01)
three, ten = torch.tensor([[3.0]]), torch.tensor([[10.0]])
curve = train(trained, nn.MSELoss(), sgd, three, ten, 4)
expect.that(
    isinstance(curve, list),
    "`train` returned no list. What has collected the losses?",
)
expect.equal(
    len(curve),
    4,
    "the number of losses for epochs = 4",
    mistakes={
        "3. From where to where does the loop count?": 3,
        "5. Is a loss recorded before the loop or after it, too?": 5,
        "1. Is `return` inside the loop, or is the list made anew in each round?": 1,
    },
)
expect.that(
    not any(isinstance(entry, torch.Tensor) for entry in curve),
    "the list holds tensors, each with the whole record behind it. What takes "
    "the number out of a tensor?",
)
expect.close(
    torch.tensor(curve),
    torch.tensor([9.0, 5.76, 3.6864, 2.359296]),
    "the losses",
    mistakes={
        "right in two rounds, then wrong: which gradients are still there in "
        "round 2? `backward` adds.": [9.0, 5.76, 1.7424, 0.000576],
        "they never change. Is `.grad` empty when `step` comes?": [9.0] * 4,
        "the first one is missing. Is the loss computed before the step of its round?": [
            5.76,
            3.6864,
            2.359296,
            1.509949,
        ],
        "these are running sums. Each round should have a loss of its own.": [
            9.0,
            14.76,
            18.4464,
            20.805696,
        ],
    },
)
expect.close(
    trained.weight, torch.tensor([[2.53136]]), "the weight after 4 epochs"
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(73)
for n, f, lr, epochs in ((6, 2, 0.1, 9), (4, 3, 0.02, 1), (9, 1, 0.05, 25)):
    layer = nn.Linear(f, 1)
    W, b = layer.weight.detach().clone(), layer.bias.detach().clone()
    values = torch.randn(n, f, generator=source)
    targets = torch.randn(n, 1, generator=source)
    wanted = []
    for _ in range(epochs):
        error = values @ W.T + b - targets
        wanted.append((error**2).mean().item())
        W = W - lr * 2 * error.T @ values / n
        b = b - lr * 2 * error.mean(dim=0)
    sgd = optim.SGD(layer.parameters(), lr=lr)
    curve = train(layer, nn.MSELoss(), sgd, values, targets, epochs)
    expect.close(
        torch.tensor(curve), torch.tensor(wanted), rtol=1e-3, atol=1e-5
    )
    expect.close(layer.weight, W, rtol=1e-3, atol=1e-5)
    expect.close(layer.bias, b, rtol=1e-3, atol=1e-5)
expect.equal(train(layer, nn.MSELoss(), sgd, values, targets, 0), [])
### END HIDDEN TESTS

# %% [markdown]
# ## 7.5 Epochs, iterations, batches
#
# (After a break, first run the setup cell and the cell of `SimpleNet` in section 7.1.)
#
# An epoch is one pass through all training data. One run of the five lines is an
# **iteration**. So far both were the same. Usually the data are cut into parts; such a part
# is a **mini-batch** or, for short, a batch, and the number of its samples is the
# batch size. Then one epoch has many iterations.
#
# ![Above, a bar of 64 samples cut into four equal pieces of 16: four iterations. Below, a bar of 10 samples cut into 4, 4 and 2: three iterations, or two when the small last batch is dropped.](figures/batches.svg)
#
# *Figure 7.4. One epoch in batches. The last one may be smaller.*
#
# The next cells train `SimpleNet(10, 1)` on 64 samples of 10 random numbers, first with
# all 64 in each iteration. The targets are random as well.
#
# **Predict.** Can the loss fall, if there is nothing to learn?

# %%
predict.choice(
    "noise",
    "Random data and targets, lr 0.01: what does the loss do in 10 epochs?",
    [
        "it does not fall",
        "it falls by less than a tenth",
        "it falls to about a half or less",
    ],
)

# %%
torch.manual_seed(0)
net = SimpleNet(10, 1)
input_batch = torch.randn(64, 10)
target_batch = torch.randn(64, 1)
criterion = nn.MSELoss()
optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
start = {name: value.clone() for name, value in net.state_dict().items()}

losses, progress = [], []
epochs = 10
for epoch in range(epochs):
    output_batch = net(input_batch)
    loss = criterion(output_batch, target_batch)
    losses.append(loss.item())
    if epoch % 2 == 0:
        progress.append(f"Epoch: {epoch} Loss: {loss.item():.3f}")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
left = losses[-1] / losses[0]
if left >= 1:
    seen = "it does not fall"
elif left > 0.9:
    seen = "it falls by less than a tenth"
else:
    seen = "it falls to about a half or less"
predict.show("noise", seen)

# %%
print("\n".join(progress))
with torch.no_grad():
    print(f"now {criterion(net(input_batch), target_batch).item():.2f}")
print(f"always 0: {target_batch.square().mean().item():.2f}")

# %%
net.load_state_dict(start)
for epoch in range(epochs):
    for i in range(0, 64, 16):
        X, y = input_batch[i : i + 16], target_batch[i : i + 16]
        loss = criterion(net(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
with torch.no_grad():
    print(f"now {criterion(net(input_batch), target_batch).item():.2f}")

# %% [markdown]
# **Look closer.** It falls, though slowly. Two things are at work. The first weights give
# outputs as random as the targets, and the steps shrink them: answering 0 each time would
# have the loss 0.91. And in any 64 random pairs there is some chance pattern, to which the
# network adapts. Every second epoch has left a line, so that progress can be followed.
# (`load_state_dict` puts the first weights back; section 7.10 explains it.)
#
# Batches of 16 make 4 iterations an epoch, 40 in all instead of 10, and the loss falls
# more than twice as far. Each step sees fewer samples, so its direction is less exact.
# With n samples and batch size B there are n / B iterations an epoch, rounded up where the
# last, smaller batch is used, and down where it is dropped.
#
# **Change.** Train with batches of one sample, for a single epoch. Does the loss come below
# that of answering 0?

# %% [markdown]
# ### Exercise 7.4 · How many iterations?
# **Difficulty** ●○○○○ · **about 4 minutes** · 6 points
#
# Write `iterations(n, batch_size, epochs, drop_last)`: how often `optimizer.step()` is
# called in a training with `n` samples. If `drop_last` is true, a last batch that is
# smaller than `batch_size` is left out in every epoch; otherwise it is used.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Figure 7.4, and the sentence at the end of section 7.5 that begins "With n samples and
# batch size B". Try n = 10, batch size 4 on paper.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Count the iterations of one epoch first, as a whole number. The rounding happens in
# every epoch, so it comes before the epochs are counted in.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# A division without rest gives the full batches. One more is added under two conditions:
# something is left over, and it is not dropped.
#
# </details>


# %% nbgrader={"grade_id": "iterations", "solution": true}
def iterations(n, batch_size, epochs, drop_last):
    """Return the number of optimizer steps of a whole training, an int.

    n: samples (int), batch_size, epochs: ints; drop_last: True or False.
    Example: iterations(10, 4, 1, False) is 3; with drop_last it is 2.
    """
    ### BEGIN SOLUTION
    full, rest = divmod(n, batch_size)
    if rest and not drop_last:
        full += 1
    return full * epochs
    ### END SOLUTION


# %% nbgrader={"grade_id": "iterations-test", "grade": true, "points": 6}
expect.equal(
    iterations(64, 16, 10, False),
    40,
    "iterations(64, 16, 10, False)",
    mistakes={
        "40.0 is a float. A count is a whole number: which division gives one?": 40.0,
        "that is one epoch. There are ten.": 4,
        "64 is divided exactly by 16: is there a fifth, empty batch?": 50,
        "each sample was counted. How many samples does one step use?": 640,
    },
)
expect.equal(
    iterations(10, 4, 1, False),
    3,
    "iterations(10, 4, 1, False)",
    mistakes={
        "2. Two samples are left over: they make a smaller batch.": 2,
        "2.5. Half a batch is a batch of its own here.": 2.5,
        "4. The 2 samples that are left over make one batch, not two.": 4,
    },
)
expect.equal(
    iterations(10, 4, 3, True),
    6,
    "iterations(10, 4, 3, True)",
    mistakes={
        "the small batch is dropped in this case. What should `drop_last` change?": 9,
        "7 is 30 / 4, rounded down. Samples that are left over do not move on "
        "into the next epoch.": 7,
    },
)
expect.equal(
    iterations(10, 4, 2, False),
    6,
    "iterations(10, 4, 2, False)",
    mistakes={
        "5 is 20 / 4. Each epoch ends with a small batch of its own.": 5,
    },
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(74)
for _ in range(30):
    n = int(torch.randint(1, 300, (), generator=source))
    size = int(torch.randint(1, 40, (), generator=source))
    rounds = int(torch.randint(1, 9, (), generator=source))
    for drop in (True, False):
        loader = DataLoader(range(n), batch_size=size, drop_last=drop)
        expect.equal(iterations(n, size, rounds, drop), len(loader) * rounds)
### END HIDDEN TESTS

# %% [markdown]
# ## 7.6 Dataset and DataLoader
#
# PyTorch has two helpers for batches. A `Dataset` is a class with two methods: `__len__`
# says how many samples there are, and `__getitem__(i)` returns sample number i. A
# `DataLoader` asks a `Dataset` for samples and stacks them into batches.
#
# **Predict.** Ten samples in batches of 4. What shapes will the loop below see?
#
# **Run.**


# %%
class Squares(Dataset):
    """Sample i is the number i with its square as the target."""

    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n

    def __getitem__(self, i):
        x = torch.tensor([float(i)])
        return x, x**2


squares = Squares(10)
print(len(squares), squares[3])

# %%
loader = DataLoader(squares, batch_size=4)
for X, y in loader:
    print(X.shape, y.shape, X.flatten().tolist())

# %%
mixed = DataLoader(
    squares,
    batch_size=4,
    shuffle=True,
    drop_last=True,
    generator=torch.Generator().manual_seed(0),
)
for epoch in range(2):
    print([X.flatten().int().tolist() for X, y in mixed])
print(len(loader), len(mixed), len(mixed.dataset))

# %%
table = TensorDataset(torch.eye(3), torch.tensor([0, 1, 2]))
print(table[1])

# %% [markdown]
# **Look closer.** The `Dataset` stored nothing: it makes a sample when asked. It could
# read a picture from a file instead, so data larger than the memory are no problem. The
# loader added the batch dimension, (1,) became (4, 1), and the last batch has 2 samples.
#
# `shuffle=True` brings the samples in a new random order in each epoch, so that no batch is
# always the same. A generator with a seed makes these orders repeatable. `drop_last=True`
# leaves the small batch out; other samples are left out in the next epoch. `len(loader)`
# counts batches, `len(loader.dataset)` samples. `TensorDataset` makes a `Dataset` of
# tensors that you already have.
#
# **Change.** Let `__getitem__` return `x, (x**2).squeeze()`. Which shapes do the batches
# get, and which trap of unit 1 do they set for a model with one output?
#
# <details><summary>What there is to see</summary>
#
# The targets get the shape (4,), the outputs of such a model are (4, 1). Broadcasting makes
# both (4, 4), so each output is compared with each target, and only a warning tells.
#
# </details>

# %% [markdown]
# ### Exercise 7.5 · A Dataset of text lines
# **Difficulty** ●●○○○ · **about 8 minutes** · 10 points
#
# Deliveries are often written in a file, one on a line: `"5.0,1,22.2"`. The last number is
# the target, all numbers before it are features, however many they are. Write the class
# `Lines`. `Lines(rows)` gets a list of such texts; sample i is the pair of the features,
# shape (f,), and the target, shape (1,), both float32. Python's `text.split(",")` cuts a
# text at the commas, and `float("5.0")` reads a number. Remove the line with
# `NotImplementedError` first: it stands in the class, not in a method.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The class `Squares` in section 7.6 has the same three methods.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Keep the list in the object. When a sample is asked for, take its text, cut it, read
# every piece as a number, and divide the numbers into all but the last, and the last.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# `__init__` and `__len__` have one line each. `__getitem__` makes one tensor of all the
# numbers and returns two slices of it. A slice keeps its dimension, a single index does
# not.
#
# </details>


# %% nbgrader={"grade_id": "lines", "solution": true}
class Lines(Dataset):
    """Samples written as texts like "5.0,1,22.2": features, then the target.

    Lines(rows): rows is a list of n texts. len() is n; item i is the pair
    (features, target) of float32 tensors, shapes (f,) and (1,).
    Example: Lines(["5.0,1,22.2"])[0] is (tensor([5., 1.]), tensor([22.2])).
    """

    ### BEGIN SOLUTION
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        values = torch.tensor(
            [float(part) for part in self.rows[i].split(",")]
        )
        return values[:-1], values[-1:]

    ### END SOLUTION


# %% nbgrader={"grade_id": "lines-test", "grade": true, "points": 10}
written = ["5.0,1,22.2", "6.5,0,25.5", "8,0,31", "10.0,1,38.5"]
lines_read = Lines(written)
expect.equal(
    len(lines_read),
    4,
    "len(Lines(rows)) for four rows",
    mistakes={
        "3 numbers stand in a row. How many rows are there?": 3,
        "2 features stand in a row. How many rows are there?": 2,
        "that counts letters. How many texts are in the list?": len(
            written[0]
        ),
    },
)
sample = lines_read[0]
expect.that(
    isinstance(sample, (tuple, list)) and len(sample) == 2,
    "item 0 is not a pair. `__getitem__` should return features and target: `return x, y`.",
)
expect.that(
    all(isinstance(part, torch.Tensor) for part in sample),
    "features and target of item 0 should both be tensors.",
)
expect.close(
    sample[0],
    torch.tensor([5.0, 1.0]),
    "the features of item 0",
    mistakes={
        "the target is among them. A model that is told the answer learns nothing.": [
            5.0,
            1.0,
            22.2,
        ],
        "one feature is missing. Which numbers stand before the last?": [5.0],
        "the first number is missing, the last is there. Where does the "
        "target stand in a row?": [1.0, 22.2],
        "these are the features of all rows. Which row is item 0?": [
            [5.0, 1.0],
            [6.5, 0.0],
            [8.0, 0.0],
            [10.0, 1.0],
        ],
    },
)
expect.close(
    sample[1],
    torch.tensor([22.2]),
    "the target of item 0",
    mistakes={
        "shape (). In a batch it becomes (n,), and the (N,) against (N, 1) "
        "trap is set. Keep a dimension.": 22.2,
        "the second number of the row. Where does the target stand?": [1.0],
    },
)
expect.equal(
    [part.dtype for part in lines_read[2]],
    [torch.float32, torch.float32],
    "the pair of dtypes of item 2, '8,0,31',",
    mistakes={
        "float64. Was it asked for? `torch.tensor` makes float32 of Python's floats.": [
            torch.float64,
            torch.float64,
        ],
        "int64. Which dtype does `torch.tensor` give to whole numbers?": [
            torch.int64,
            torch.int64,
        ],
    },
)
expect.close(
    lines_read[2][0],
    torch.tensor([8.0, 0.0]),
    "the features of item 2",
    mistakes={
        "these are the numbers of item 0. Which row does `i` ask for?": [
            5.0,
            1.0,
        ],
    },
)
expect.close(lines_read[3][1], torch.tensor([38.5]), "the target of item 3")
X_read, y_read = next(iter(DataLoader(lines_read, batch_size=3)))
expect.equal(
    (tuple(X_read.shape), tuple(y_read.shape)),
    ((3, 2), (3, 1)),
    "the shapes of a batch",
)
expect.close(
    Lines(["1,2,3,4"])[0][0], torch.tensor([1.0, 2.0, 3.0]), "three features"
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(75)
for n, f in ((1, 1), (7, 4), (12, 2)):
    numbers = torch.randint(-99, 100, (n, f + 1), generator=source) / 10
    written = [",".join(f"{v:.1f}" for v in row) for row in numbers.tolist()]
    lines_read = Lines(written)
    expect.equal(len(lines_read), n)
    for i in range(n):
        features, target = lines_read[i]
        expect.close(features, numbers[i, :-1], rtol=1e-3)
        expect.close(target, numbers[i, -1:], rtol=1e-3)
    X_read, y_read = next(iter(DataLoader(lines_read, batch_size=n)))
    expect.close(X_read, numbers[:, :-1], rtol=1e-3)
    expect.close(y_read, numbers[:, -1:], rtol=1e-3)
### END HIDDEN TESTS

# %% [markdown]
# ## 7.7 From start to end: data, model, loss, optimizer
#
# Now everything together, in five stages: data, model, loss and optimizer, loop, test.
# The data are two interlocked half moons of points, made with torch alone. The model shall
# say to which moon a point belongs.
#
# **Predict.** Of 100 such points, how many would one straight border get right?
#
# **Run.** Stage 1 is the data.


# %% nbgrader={"grade_id": "moons", "locked": true}
def two_moons(n, noise, seed):
    """Return n points of two half moons, X (n, 2), and their classes y (n,)."""
    source = torch.Generator().manual_seed(seed)
    y = torch.arange(n) % 2
    t = torch.pi * torch.rand(n, generator=source)
    upper = torch.stack([torch.cos(t), torch.sin(t)], dim=1)
    lower = torch.stack([1 - torch.cos(t), 0.5 - torch.sin(t)], dim=1)
    X = torch.where(y.unsqueeze(1) == 0, upper, lower)
    return X + noise * torch.randn(n, 2, generator=source), y


# %%
X, y = two_moons(400, noise=0.15, seed=7)
order = torch.randperm(400, generator=torch.Generator().manual_seed(0))
train_rows, test_rows = order[:300], order[300:]
X_train, y_train = X[train_rows], y[train_rows]
X_test, y_test = X[test_rows], y[test_rows]
print(X_train.shape, X_test.shape, y.dtype)
print(y_train.bincount().tolist())  # how many rows of each class

# %%
plt.figure(figsize=(5, 2.8))
for moon, mark in ((0, "o"), (1, "^")):
    points = X_train[y_train == moon]
    across, up = points[:, 0], points[:, 1]
    plt.scatter(across, up, s=12, marker=mark, label=f"class {moon}")
plt.legend()
plt.show()


# %%
class MoonNet(nn.Module):
    """Two features in, 32 hidden units, one logit for each of two classes."""

    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(2, 32)
        self.relu = nn.ReLU()
        self.fc2 = nn.Linear(32, 2)

    def forward(self, x):
        return self.fc2(self.relu(self.fc1(x)))


device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
torch.manual_seed(0)
model = MoonNet().to(device)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
on_device = next(model.parameters()).device.type == device.type
print("the model is where it should be:", on_device)

# %% [markdown]
# **Look closer.** One border is not enough, so the model, stage 2, has a hidden layer of 32
# units. Stage 3 is the loss for classes, on logits, and Adam from unit 6.
#
# The rows were shuffled with `torch.randperm` and cut: 300 for the **training set**, from
# which the network learns, and 100 for the **test set**, which it must not see before it
# is finished. Unshuffled, a test set may hold one class only.
#
# ![A bar of 400 rows, cut in two. 300 rows are the training set: they go into the training loop in batches, epoch after epoch, and a model comes out. 100 rows are the test set: together with the model they give loss, accuracy and confusion matrix, once, at the end.](figures/train_and_test.svg)
#
# *Figure 7.5. Two sets with two tasks.*
#
# `model.to(device)` moves all parameters. It is done before the optimizer is made, so
# that the optimizer gets the parameters where they will be. All random numbers here come
# from the CPU, the first weights too. So a machine with a graphics card starts from the same
# numbers as one without, and prints the same up to the last digits.
#
# <div class="alert alert-info">
#
# **Less to install.** For such data and the split, many tutorials (for Python 3.7 and
# PyTorch 1.10) take scikit-learn. The few lines above need only PyTorch.
#
# </div>
#
# **Change.** Set `noise=0.4`. Could you still draw the border between the moons?

# %% [markdown]
# ## 7.8 From start to end: the loop
#
# Stage 4. Two loops, one in the other: the outer one counts epochs, the inner one goes
# through the batches of the loader; `enumerate` numbers them from 0. In the middle stand the
# five lines, and before them each batch is moved to the device.
#
# **Predict.** 300 samples in batches of 32. How many steps has an epoch, and how many
# samples has its last batch?
#
# **Run.**

# %%
train_loader = DataLoader(
    TensorDataset(X_train, y_train),
    batch_size=32,
    shuffle=True,
    generator=torch.Generator().manual_seed(1),
)
num_epochs, steps = 20, len(train_loader)
for epoch in range(num_epochs):
    for i, (inputs, labels) in enumerate(train_loader):
        inputs, labels = inputs.to(device), labels.to(device)

        outputs = model(inputs)  # forward pass
        loss = criterion(outputs, labels)

        optimizer.zero_grad()  # backward and optimize
        loss.backward()
        optimizer.step()

        if epoch % 5 == 0 and (i + 1) % 5 == 0:
            print(
                f"Epoch [{epoch + 1}/{num_epochs}], Step [{i + 1}/{steps}], Loss: {loss.item():.3f}"
            )

# %%
sizes, total, means = [], 0.0, []
with torch.no_grad():
    for inputs, labels in train_loader:
        loss = criterion(model(inputs.to(device)), labels.to(device)).item()
        sizes.append(len(labels))
        means.append(loss)
        total += loss * len(labels)
print(sizes)
print(f"{total / sum(sizes):.4f} {sum(means) / len(means):.4f}")

# %% [markdown]
# **Look closer.** Ten steps, the last with 12 samples. The loss falls, but not in every
# line: each belongs to one batch, and some batches are harder than others. To follow
# training, the mean over a whole epoch is better.
#
# The last cell computes it in two ways. The second, the mean of the ten batch losses, is
# not the mean over the samples: the 12 samples of the last batch count as much there as 32
# others. The first way multiplies each loss by its number of samples, adds up, and divides
# by the number of all samples.
#
# <div class="alert alert-info">
#
# **A line that never prints.** Tutorials often print "every 100 steps". An epoch here
# has ten, so nothing would ever appear; we print every fifth step of every fifth epoch.
#
# </div>
#
# **Change.** Set `batch_size=300` and run sections 7.7 and 7.8 again. Why is no line printed
# now? Is the loss after 20 epochs, in the last cell, as small? Set the size back to 32 and
# run both sections once more before you go on.
#
# <details><summary>What there is to see</summary>
#
# An epoch has one step now, and a line needs the fifth. After 20 steps instead of 200 the
# loss is 0.274 instead of 0.043.
#
# </details>

# %% [markdown]
# ### Exercise 7.6 · One epoch
# **Difficulty** ●●●○○ · **about 10 minutes** · 12 points
#
# Write `train_epoch(model, criterion, optimizer, X, y, batch_size)`: one pass through the
# rows of `X` and `y` in their given order, in batches of `batch_size`, with one round of
# training for each batch. A smaller last batch is used, too. Return the mean loss *per
# sample*, a float. `criterion` gives the mean over the batch it gets.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The inner loop of section 7.8, and the first of the two means in the cell after it.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# A loader without shuffling gives the batches in order, and so does slicing as in section
# 7.5. Beside the five lines, add up the losses, each times the size of its batch.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# A sum that starts at 0, a loop over the batches with the five lines and one more that
# adds to the sum, and a division by the number of samples after the loop.
#
# </details>


# %% nbgrader={"grade_id": "train-epoch", "solution": true}
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    """Train for one epoch; return the mean loss per sample, a float.

    X: (n, features), y: n targets, as criterion wants them. The batches are
    taken in order; the last one may be smaller. criterion returns a mean.
    Each loss is that of the predictions made before the batch's step.
    """
    ### BEGIN SOLUTION
    total = 0.0
    for inputs, targets in DataLoader(
        TensorDataset(X, y), batch_size=batch_size
    ):
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(inputs)
    return total / len(X)
    ### END SOLUTION


# %% nbgrader={"grade_id": "train-epoch-test", "grade": true, "points": 12}
still = nn.Linear(1, 1)
nn.init.zeros_(still.weight)
nn.init.zeros_(still.bias)
frozen = optim.SGD(still.parameters(), lr=0.0)
five_X = torch.ones(5, 1)
five_y = torch.tensor([[1.0], [1.0], [1.0], [1.0], [6.0]])
mean_loss = train_epoch(still, nn.MSELoss(), frozen, five_X, five_y, 2)
expect.that(
    not isinstance(mean_loss, torch.Tensor),
    "a tensor came back: the mean loss should be a float. What takes the number out?",
)
expect.close(
    mean_loss,
    8.0,
    "the mean loss of 5 samples with losses 1, 1, 1, 1, 36",
    mistakes={
        "12.667 is the mean of three batch losses. The last batch has one "
        "sample: should it weigh as much as two?": 38 / 3,
        "38 is the sum of the batch losses.": 38.0,
        "40 is the sum over the samples. What makes a mean of it?": 40.0,
        "36 is the loss of the last batch alone.": 36.0,
        "1 is the mean without the last sample. Was the small batch dropped?": 1.0,
        "0.8: the last sample is missing from the sum but not from the count.": 0.8,
        "7.6 is the sum of batch losses over the number of samples. Which "
        "batches should count twice?": 7.6,
        "13.333: sum of all samples, but divided by the number of batches.": 40
        / 3,
        "15.2: every batch was counted with the full batch size, also the small one.": 15.2,
        "0.4: only the first batch is in it. Where does `return` stand?": 0.4,
        "1.2: the first batch came up in every turn. Where should the next "
        "slice start?": 1.2,
        "15.8: the batches overlap. By how much does the start move on?": 15.8,
        "a batch was empty, its mean is nan. Where does each slice start and "
        "end?": float("nan"),
    },
)
nine_X = torch.tensor([[1.0, 2, 0, -1, 3, 1, -2, 2, 4]]).T
nine_y = torch.tensor([[3.0, 4, 2, 0, 6, 1, -2, 5, 10]]).T
moved, mean_losses = [], []
for _ in range(2):  # two neurons with the same start
    still = nn.Linear(1, 1)
    nn.init.zeros_(still.weight)
    nn.init.zeros_(still.bias)
    sgd = optim.SGD(still.parameters(), lr=0.05)
    mean_losses.append(
        train_epoch(still, nn.MSELoss(), sgd, nine_X, nine_y, 2)
    )
    moved.append([still.weight.item(), still.bias.item()])
expect.that(
    moved[0] == moved[1],
    "two calls with the same rows and the same start give different weights: "
    "are the rows taken in their given order?",
)
expect.close(
    torch.tensor(moved[0]),
    torch.tensor([2.88217, 1.102042]),
    "weight and bias after one epoch of 9 rows in batches of 2",
    mistakes={
        "they never moved. Is there a `step` for every batch, with gradients in place?": [
            0.0,
            0.0,
        ],
        "only one step was made, with all rows at once or after the loop. "
        "Where do the five lines stand?": [0.933333, 0.322222],
        "the gradients of earlier batches took part in later steps. Which "
        "line should clear them?": [2.44677, 2.095317],
        "one step was made, with the gradient of the last batch alone. Where "
        "does `step` stand?": [4.0, 1.0],
        "the last, smaller batch made no step.": [1.3789, 0.726225],
        "there were 2 batches, of 5 and 4 rows. `batch_size` counts the rows "
        "of a batch, not the batches.": [1.555, 0.5475],
        "every row made a step of its own. How many rows has a batch?": [
            2.582215,
            1.203512,
        ],
    },
)
expect.close(
    mean_losses[0],
    6.88103,
    "the mean loss of that epoch",
    mistakes={
        "3.003 is the mean of losses computed after the steps. Each should "
        "be computed before its step.": 3.002832,
        "5.957 is the loss after the epoch. Each batch has its loss before "
        "its own step.": 5.956564,
    },
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(76)
for n, f, size, lr in (
    (7, 2, 3, 0.1),
    (10, 3, 4, 0.05),
    (6, 1, 6, 0.1),
    (9, 2, 1, 0.02),
):
    layer = nn.Linear(f, 1)
    W, b = layer.weight.detach().clone(), layer.bias.detach().clone()
    values = torch.randn(n, f, generator=source)
    targets = torch.randn(n, 1, generator=source)
    wanted = 0.0
    for i in range(0, n, size):
        part, goal = values[i : i + size], targets[i : i + size]
        error = part @ W.T + b - goal
        wanted += (error**2).sum().item() / n
        W = W - lr * 2 * error.T @ part / len(part)
        b = b - lr * 2 * error.mean(dim=0)
    sgd = optim.SGD(layer.parameters(), lr=lr)
    result = train_epoch(layer, nn.MSELoss(), sgd, values, targets, size)
    expect.close(result, wanted, rtol=1e-3, atol=1e-5)
    expect.close(layer.weight, W, rtol=1e-3, atol=1e-5)
    expect.close(layer.bias, b, rtol=1e-3, atol=1e-5)
### END HIDDEN TESTS

# %% [markdown]
# **Watch it.** Press Step five times and read what each line does. Then choose one epoch
# as a step and press Start. Last, tick "forget zero_grad": how large does `.grad` get, next
# to the gradient of one batch?

# %%
LoopBoard()

# %% [markdown]
# ## 7.9 From start to end: the test
#
# Stage 5: how good is the network on points it has never seen? The loss answers, and two
# numbers that people read more easily. The **accuracy** is the share of samples whose
# class is right. The **confusion matrix** counts, for each true class (row), how often
# each class was predicted (column).
#
# **Predict.** Commit a guess.

# %%
predict.number(
    "moons", "How many of the 100 test points are put on the right moon?"
)

# %%
model.eval()
with torch.no_grad():
    logits = model(X_test.to(device)).cpu()
predicted = logits.argmax(dim=1)
predict.show("moons", int((predicted == y_test).sum()))

# %%
print(f"test loss {criterion(logits, y_test).item():.3f}")
print(f"accuracy  {(predicted == y_test).float().mean().item():.2f}")
confusion_matrix = torch.zeros(2, 2, dtype=torch.int64)
for true, said in zip(y_test, predicted, strict=True):
    confusion_matrix[true, said] += 1
print(confusion_matrix)

# %%
dropout = nn.Dropout(0.5)
print(dropout(torch.ones(1000)).unique())
dropout.eval()
print(dropout(torch.ones(1000)).unique())

# %% [markdown]
# **Look closer.** `argmax` takes the class with the largest logit; no softmax is needed.
# On the diagonal of the matrix stand the right answers: 48 and 49. One point of class 0
# was taken for class 1, two of class 1 for class 0. That makes 97; one straight border,
# trained on the same rows, gets 89.
#
# Two lines make the test honest, and they are different things. `torch.no_grad()` records
# nothing, since no gradients are wanted. `model.eval()` switches to **evaluation mode**,
# which some layers need: **dropout**, in training, sets about half of its inputs to 0, by
# chance, and doubles the others, so that no unit can rely on another. In evaluation mode
# it passes all on. Our network has no such layer; `eval()` is still a good habit.
# `model.train()` switches back, and `model.training` tells the mode.
#
# Accuracy can flatter. If 95 of 100 mails are no spam, "never spam" is right in 95 %; the
# confusion matrix shows the empty column.
#
# **Change.** Compute the matrix for the training set. Is it better?

# %% [markdown]
# ### Exercise 7.7 · Evaluate
# **Difficulty** ●●●○○ · **about 8 minutes** · 11 points
#
# Write `evaluate(model, criterion, X, y)` for a classifier: return the loss and the
# accuracy on `X` and `y`, two floats. The model must be in evaluation mode while it
# predicts, and afterwards in the mode in which it came, whichever that was, with all its
# layers. No gradients are wanted: the predictions must not be recorded.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The cell of section 7.9 that makes the predictions, and the sentence about
# `model.training`.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Remember the mode before you change it. `model.train` takes True or False as its
# argument, so one call at the end can restore either.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Remember, switch, predict without recording, compute both numbers, restore, return. The
# accuracy compares the largest logit of each *row* with the target.
#
# </details>


# %% nbgrader={"grade_id": "evaluate", "solution": true}
def evaluate(model, criterion, X, y):
    """Return loss and accuracy of a classifier on X and y, two floats.

    X: (n, features), y: (n,) class numbers; model(X) gives logits (n, k).
    The accuracy is between 0 and 1. The model's mode is left as it was.
    """
    ### BEGIN SOLUTION
    mode = model.training
    model.eval()
    with torch.no_grad():
        logits = model(X)
        loss = criterion(logits, y).item()
        accuracy = (logits.argmax(dim=1) == y).float().mean().item()
    model.train(mode)
    return loss, accuracy
    ### END SOLUTION


# %% nbgrader={"grade_id": "evaluate-test", "grade": true, "points": 11}
passing = nn.Sequential(nn.Linear(2, 2), nn.Dropout(0.5))
nn.init.eye_(passing[0].weight)
nn.init.zeros_(passing[0].bias)
passing.eval()
four_X = torch.tensor([[3.0, 1.0], [1.0, 2.0], [2.0, 0.0], [0.0, 5.0]])
four_y = torch.tensor([0, 1, 1, 1])
square = torch.tensor([[1.0, 0.0], [2.0, 1.0]])
told = evaluate(passing, nn.CrossEntropyLoss(), square, torch.tensor([0, 0]))
expect.that(
    isinstance(told, (tuple, list)) and len(told) == 2,
    "`evaluate` should return two things: `return loss, accuracy`.",
)
expect.that(
    not any(isinstance(part, torch.Tensor) for part in told),
    "loss and accuracy should both be floats; one is a tensor. What takes a "
    "number out of a tensor?",
)
expect.close(
    told[1],
    1.0,
    "the accuracy with 2 of 2 right",
    mistakes={
        "over which `dim` did you look for the largest logit? Each row is a sample.": 0.0,
        "2 is a count. Which share of the samples is that?": 2.0,
        "100 is in percent; a share lies between 0 and 1.": 100.0,
        "loss and accuracy are swapped. Which comes first?": 0.313262,
    },
)
told = evaluate(passing, nn.CrossEntropyLoss(), four_X, four_y)
expect.close(
    told[1],
    0.75,
    "the accuracy with 3 of 4 right",
    mistakes={
        "0.25 is the share of wrong answers.": 0.25,
    },
)
expect.close(
    told[0],
    0.643458,
    "the loss",
    mistakes={
        "that is the loss of probabilities. `criterion` wants the logits themselves.": 0.583338,
    },
)
expect.that(
    not any(part.training for part in passing.modules()),
    "a model that came in evaluation mode is now in training mode. How can "
    "you leave the mode as it was?",
)
passing.train()
told = [
    evaluate(passing, nn.CrossEntropyLoss(), four_X, four_y) for _ in range(3)
]
expect.that(
    all(abs(told_loss - 0.643458) < 1e-3 for told_loss, _ in told),
    "with a model that came in training mode the loss is different, and by "
    "chance: was its dropout still at work?",
)
expect.that(
    passing.training,
    "a model that came in training mode is now in evaluation mode: its "
    "dropout is off for the rest of training. Restore the mode.",
)
expect.that(
    all(part.training for part in passing.modules()),
    "the model says training mode, but its dropout is still off: "
    "`model.training = ...` sets one object, `model.train(...)` all its layers.",
)
recorded = []


def looking(logits, targets):
    """Note whether the logits carry a record; return their cross-entropy."""
    recorded.append(logits.requires_grad)
    return nn.functional.cross_entropy(logits, targets)


evaluate(passing, looking, four_X, four_y)
expect.that(
    not any(recorded),
    "the predictions were recorded, though no gradients are wanted. Which "
    "`with` line switches that off?",
)
expect.that(
    all(
        parameter.requires_grad and parameter.grad is None
        for parameter in passing.parameters()
    ),
    "after `evaluate` the parameters have gradients or want none: a test "
    "should leave nothing behind. Record nothing, freeze nothing.",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(77)
for n, f, k in ((1, 2, 2), (20, 3, 4), (50, 2, 3)):
    network = nn.Sequential(
        nn.Linear(f, 6), nn.ReLU(), nn.Dropout(0.5), nn.Linear(6, k)
    )
    before = [weight.detach().clone() for weight in network.parameters()]
    values = torch.randn(n, f, generator=source)
    targets = torch.randint(0, k, (n,), generator=source)
    W1, b1, W2, b2 = before
    logits = torch.relu(values @ W1.T + b1) @ W2.T + b2
    rows = logits.softmax(dim=1)
    wanted = (
        -torch.stack([rows[i, targets[i]] for i in range(n)]).log().mean()
    )
    share = (
        sum(int(logits[i].argmax()) == int(targets[i]) for i in range(n)) / n
    )
    for mode in (True, False):
        network.train(mode)
        loss, accuracy = evaluate(
            network, nn.CrossEntropyLoss(), values, targets
        )
        expect.close(loss, wanted.item(), rtol=1e-3, atol=1e-5)
        expect.close(accuracy, share)
        expect.that(
            all(part.training == mode for part in network.modules()), "mode"
        )
    for old, new in zip(before, network.parameters(), strict=True):
        expect.close(new, old)
        expect.that(
            new.grad is None and new.requires_grad, "left something behind"
        )
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 7.8 · A confusion matrix
# **Difficulty** ●○○○○ · **about 4 minutes** · 8 points
#
# Write `confusion(y, predicted, classes)`: the table of counts, shape (classes, classes),
# whole numbers. Row i and column j say how often the true class i was predicted as j.
# A class may be missing from the data; it has its row and its column all the same.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The cell of section 7.9 that prints the confusion matrix does it for two classes.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Start from a table of zeros with a dtype for whole numbers. Go through the pairs of true
# and predicted class, and raise one entry by 1 for each.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# A table, a loop over the pairs with one line in it, and a `return`. The size of the table
# comes from the third argument, never from the data.
#
# </details>


# %% nbgrader={"grade_id": "confusion", "solution": true}
def confusion(y, predicted, classes):
    """Return counts, int64 of shape (classes, classes): row true, column said.

    y, predicted: (n,) class numbers from 0 to classes - 1.
    Example: confusion(tensor([0, 0, 1]), tensor([0, 1, 1]), 2) is
    [[1, 1], [0, 1]].
    """
    ### BEGIN SOLUTION
    counts = torch.zeros(classes, classes, dtype=torch.int64)
    for true, said in zip(y, predicted, strict=True):
        counts[true, said] += 1
    return counts
    ### END SOLUTION


# %% nbgrader={"grade_id": "confusion-test", "grade": true, "points": 8}
expect.close(
    confusion(
        torch.tensor([0, 0, 1, 1, 1]), torch.tensor([0, 1, 1, 1, 1]), 2
    ),
    torch.tensor([[1, 1], [0, 3]]),
    "confusion([0, 0, 1, 1, 1], [0, 1, 1, 1, 1], 2)",
    mistakes={
        "rows and columns are swapped. The true class names the row.": [
            [1, 0],
            [1, 3],
        ],
        "each pair was seen, not counted: the 3 became a 1. Does your line add?": [
            [1, 1],
            [0, 1],
        ],
        "only right answers are counted. Where do the wrong ones go?": [
            [1, 0],
            [0, 3],
        ],
        "each row adds up to 1: these are shares. Counts were asked for.": [
            [0.5, 0.5],
            [0.0, 1.0],
        ],
        "every true class met every prediction. Sample i has one true class "
        "and one prediction: go through pairs.": [[2, 8], [3, 12]],
        "both rows are the same: was one list used for all rows? Each needs "
        "zeros of its own.": [[1, 4], [1, 4]],
        "the counts are shifted by one row and one column. Classes are numbered from 0.": [
            [3, 0],
            [1, 1],
        ],
    },
)
expect.close(
    confusion(torch.tensor([0, 1, 1]), torch.tensor([1, 1, 0]), 3),
    torch.tensor([[0, 1, 0], [1, 1, 0], [0, 0, 0]]),
    "confusion with a third class that never occurs",
    mistakes={
        "the table is too small. Class 2 has no samples here, but it is a class.": [
            [0, 1],
            [1, 1],
        ],
    },
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(78)
for n, k in ((1, 1), (40, 3), (25, 6), (0, 2)):
    true = torch.randint(0, k, (n,), generator=source)
    said = torch.randint(0, k, (n,), generator=source)
    pairs = [
        [int(((true == row) & (said == column)).sum()) for column in range(k)]
        for row in range(k)
    ]
    expect.close(confusion(true, said, k), torch.tensor(pairs))
### END HIDDEN TESTS

# %% [markdown]
# ## 7.10 A third set, and what to save
#
# During training we now watch a third set, the **validation set**: its rows train nothing,
# they serve to make choices. The test set stays untouched.
#
# **Predict.** 40 noisy points, over ten thousand parameters, 150 epochs; the training loss
# sinks to below 0.1.

# %%
predict.choice(
    "too-long",
    "What does the loss on 1000 other points do meanwhile?",
    [
        "it sinks as low",
        "it sinks less, and stays level",
        "it sinks, then rises",
    ],
)

# %%
X_few, y_few = two_moons(40, noise=0.35, seed=3)
X_val, y_val = two_moons(1000, noise=0.35, seed=4)


def big_net():
    """Return a fresh network with two hidden layers of 100 units."""
    layers = [nn.Linear(2, 100), nn.ReLU(), nn.Linear(100, 100), nn.ReLU()]
    return nn.Sequential(*layers, nn.Linear(100, 2))


folder = tempfile.TemporaryDirectory()  # is removed when Python ends
best_file = Path(folder.name) / "best.pt"
criterion = nn.CrossEntropyLoss()

# %%
torch.manual_seed(0)
model = big_net()
optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
history = {"train": [], "val": []}
for epoch in range(150):
    with torch.no_grad():
        val_loss = criterion(model(X_val), y_val).item()
    best = min(history["val"], default=float("inf"))  # inf before the first
    if val_loss < best:
        torch.save(model.state_dict(), best_file)
    loss = criterion(model(X_few), y_few)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    history["train"].append(loss.item())
    history["val"].append(val_loss)

# %%
lowest, last = min(history["val"]), history["val"][-1]
rises = (
    "it sinks, then rises"
    if last > 1.2 * lowest
    else "it sinks less, and stays level"
)
predict.show("too-long", "it sinks as low" if last < 0.1 else rises)

# %%
plt.figure(figsize=(5, 2.8))
plt.plot(history["train"], "-", label="training loss")
plt.plot(history["val"], "--", label="validation loss")
plt.axvline(history["val"].index(lowest), color="gray", linestyle=":")
plt.xlabel("epoch")
plt.legend()
plt.show()

# %%
restored = big_net()
restored.load_state_dict(torch.load(best_file, weights_only=True))
with torch.no_grad():
    for name, network in (("last epoch", model), ("saved", restored)):
        logits = network(X_val)
        right = (logits.argmax(dim=1) == y_val).float().mean().item()
        print(
            f"{name}: loss {criterion(logits, y_val).item():.2f}, right {right:.2f}"
        )

# %% [markdown]
# **Look closer.** Up to the dotted line both losses fall, the validation loss with one
# small bump. A network with so many parameters can learn a few noisy points by heart: from
# there on it learns the chance positions of its 40 points, and gets worse elsewhere. That
# is **overfitting**. More data is the best cure, a smaller network or an earlier end are others.
#
# So we saved the best epoch. `model.state_dict()` is a dict of all parameters by name;
# `torch.save` writes it to a file. To load, make a network of the same form and hand it
# the dict: `load_state_dict`. A file can contain harmful code; `weights_only=True` reads
# tensors and nothing else (the default since PyTorch 2.6, but say it).
#
# The epoch was chosen with the validation set, so its loss there is a little too good. An
# honest number needs the test set.
#
# **Change.** Train with 400 points instead of 40. How far does the validation loss rise after
# its lowest point now?

# %% [markdown]
# ### Exercise 7.9 · Project: fit a classifier
# **Difficulty** ●●●●● · **about 30 minutes** · 17 points
#
# Write `fit(X, y, seed)`: everything from data to trained classifier in one function.
#
# - `X` has shape (n, f), `y` holds class numbers from 0 to k − 1; f and k are to be read
#   from the data, and every class occurs.
# - Return `model, history`. The model is an `nn.Module`, and `model(X)` gives logits of shape
#   (n, k). `history` is a list of floats. Append one after each epoch, the mean training
#   loss per sample. The checks see only that these numbers fall; which numbers they are is
#   in your hands.
# - The same seed gives the same result, another seed another one.
# - Network, optimizer, batches and epochs are your choice; 300 to 1000 steps are enough.
#   Model and data stay on the CPU.
# - The last loss is at most a third of the first.
# - On unseen points of data like those below, with two or three rings, at least 95 % must
#   be right. Of two rings, the border must lie between them all round: from −2.5 to 2.5 in
#   both directions, more than 90 % of the plane must agree with a circle of radius 1.5.
# - The checks put the model into evaluation mode before it predicts.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Sections 7.7 and 7.8 hold all the parts. Exercise 7.6 is one epoch of it (write its lines
# again: each exercise is marked by itself).
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Set the seed before the first random number is drawn, that is before the network is made.
# Count the features from the shape of `X` and the classes from the largest number in `y`.
# One hidden layer of some 30 units is plenty; Adam is quicker than SGD here.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Seed; network from f and k; loss for classes; optimizer; shuffling loader; a loop over
# epochs with a sum set to 0, the loop over the batches in it, and a mean appended to the
# list after each epoch; return both.
#
# </details>


# %% nbgrader={"grade_id": "rings", "locked": true}
def rings(n, seed, count=2):
    """Return n points on rings of radius 1, 2, ..., X (n, 2), and their ring y (n,)."""
    source = torch.Generator().manual_seed(seed)
    y = torch.arange(n) * count // n
    r = 1 + y + 0.15 * torch.randn(n, generator=source)
    t = 2 * torch.pi * torch.rand(n, generator=source)
    return torch.stack([r * torch.cos(t), r * torch.sin(t)], dim=1), y


# %% nbgrader={"grade_id": "fit", "solution": true}
def fit(X, y, seed):
    """Train a classifier on X (n, f) and y (n,); return model and history.

    model maps (batch, f) to logits (batch, k); history is a list of floats,
    the mean training loss per sample of each epoch. seed: an int.
    """
    ### BEGIN SOLUTION
    torch.manual_seed(seed)
    classes = int(y.max()) + 1
    model = nn.Sequential(
        nn.Linear(X.shape[1], 32), nn.ReLU(), nn.Linear(32, classes)
    )
    criterion = nn.CrossEntropyLoss()
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    loader = DataLoader(TensorDataset(X, y), batch_size=32, shuffle=True)
    history = []
    for epoch in range(40):
        total = 0.0
        for inputs, labels in loader:
            loss = criterion(model(inputs), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
        history.append(total / len(X))
    return model, history
    ### END SOLUTION


# %% nbgrader={"grade_id": "fit-test", "grade": true, "points": 17}
ring_X, ring_y = rings(240, seed=1)
handed = fit(ring_X, ring_y, 0)
expect.that(
    isinstance(handed, (tuple, list)) and len(handed) == 2,
    "`fit` should return two things: `return model, history`.",
)
fitted, history_0 = handed
expect.that(
    isinstance(fitted, nn.Module),
    "the first thing returned is no `nn.Module`. In which order do model and history come?",
)
fitted.eval()
expect.that(
    isinstance(history_0, list)
    and all(isinstance(entry, float) for entry in history_0),
    "the second thing returned should be `history`, a list of floats, one "
    "for each epoch. What does yours hold?",
)
expect.that(
    len(history_0) >= 2,
    "`history` holds fewer than two losses. Is one appended after every epoch?",
)
expect.that(
    len(set(history_0)) > len(history_0) // 2,
    "the losses stand still: the parameters never move. What is in `.grad` when `step` comes?",
)
expect.that(
    not all(
        history_0[i] > history_0[i - 1] for i in range(1, len(history_0))
    ),
    "the losses rise in every epoch. Is the sum set back to 0 before each "
    "epoch, or is lr far too large?",
)
expect.that(
    max(history_0) < 3 * history_0[0],
    "the loss rises to more than three times its first value: are old "
    "gradients still there, or is lr too large?",
)
with torch.no_grad():
    ring_logits, far_logits = fitted(ring_X), fitted(100 * ring_X)
expect.equal(
    tuple(ring_logits.shape),
    (240, 2),
    "the shape of model(X) for 240 points, 2 classes",
)
sums = ring_logits.sum(dim=1)
expect.that(
    bool((sums - 1).abs().max() > 1e-3),
    "the model's rows add up to 1: a softmax inside. What does "
    "`nn.CrossEntropyLoss` expect to get?",
)
expect.that(
    history_0[0] < 3,
    f"the first loss is {history_0[0]:.1f}; guessing costs 0.69. Is it a sum, "
    "not divided by the number of samples? Or is lr too large?",
)
expect.that(
    history_0[-1] < 0.6,
    f"the last loss is {history_0[-1]:.2f}; guessing costs 0.69. Can your "
    "network draw more than a straight border? Are its steps too short, too long?",
)
finished = history_0[-1] < history_0[0] / 3
expect.that(
    finished or bool(far_logits.abs().max() > 1),
    "the loss stays high, and even for far points no logit leaves −1 to 1. "
    "Does an activation behind the last layer hold them?",
)
expect.that(
    finished or bool(ring_logits.min() < 0),
    "the loss stays high, and no logit is below 0. What stands behind the "
    "last layer?",
)
expect.that(
    finished,
    "the last loss is more than a third of the first: training is not "
    "finished. More epochs, or longer steps?",
)
expect.boundary(
    lambda points: fitted(points).argmax(dim=1),
    lambda points: points.norm(dim=1) > 1.5,
    over=((-2.5, 2.5), (-2.5, 2.5)),
    name="your fitted model (wanted: more than 90 % of the plane)",
    agree=0.9,
)
expect.that(
    fit(ring_X, ring_y, 0)[1] == history_0,
    "two calls with the same seed gave different losses. Which random numbers "
    "are drawn before the seed is set?",
)
expect.that(
    fit(ring_X, ring_y, 1)[1] != history_0,
    "another seed gave the very same losses. Does the argument `seed` reach `torch.manual_seed`?",
)
three_X, three_y = rings(240, seed=3, count=3)
fitted, _ = fit(three_X, three_y, 0)
fitted.eval()
fresh_X, fresh_y = rings(300, seed=4, count=3)
with torch.no_grad():
    three_logits = fitted(fresh_X)
ring_hits = int((three_logits.argmax(dim=1) == fresh_y).sum())
expect.that(
    ring_hits >= 285 or bool(three_logits.min() < 0),
    f"of 300 unseen points on three rings {ring_hits} were right, and no "
    "logit is below 0. What stands behind the last layer?",
)
expect.that(
    ring_hits >= 285,
    f"of 300 unseen points on three rings {ring_hits} were right; 285 are "
    "wanted. Enough units and steps? lr too large? Trained on `X` and `y`?",
)
### BEGIN HIDDEN TESTS
moons_X, moons_y = two_moons(240, noise=0.1, seed=5)
fitted, losses_seen = fit(moons_X, moons_y, 7)
fitted.eval()
fresh_X, fresh_y = two_moons(300, noise=0.1, seed=6)
with torch.no_grad():
    share = (fitted(fresh_X).argmax(dim=1) == fresh_y).double().mean().item()
expect.that(share >= 0.95, "unseen moons")
expect.that(losses_seen[-1] < losses_seen[0] / 3, "moons not finished")
expect.that(
    all(0 <= loss < 100 for loss in losses_seen), "losses that cannot be"
)
source = torch.Generator().manual_seed(79)
corners = torch.tensor(
    [[2.0, 0.0, 0.0], [0.0, 2.0, 0.0], [0.0, 0.0, 2.0], [2.0, 2.0, 2.0]]
)
labels = torch.randint(0, 4, (560,), generator=source)
values = corners[labels] + 0.3 * torch.randn(560, 3, generator=source)
fitted, _ = fit(values[:260], labels[:260], 2)
fitted.eval()
with torch.no_grad():
    share = (
        (fitted(values[260:]).argmax(dim=1) == labels[260:])
        .double()
        .mean()
        .item()
    )
expect.that(share >= 0.95, "four classes, three features")
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 7.10 · In your words
# **Difficulty** ●●●○○ · **about 5 minutes** · 5 points
#
# Look again at the dashed curve of section 7.4, without `zero_grad` and with lr 0.001. In
# epoch 4, the fifth number of the list, since epochs count from 0, the loss is almost 0: the
# neuron fits the deliveries well. Yet it does not stay there; the loss climbs back to its
# first height. Why?
#
# A good answer says what stands in `.grad` after the `backward` of epoch 4, what the new
# gradient alone would be there, and what the step therefore does, then and afterwards.
# Three to six sentences.

# %% [markdown] nbgrader={"grade_id": "why-it-swings", "grade": true, "solution": true, "points": 5}
# ### BEGIN SOLUTION
# Near the lowest point the new gradient is close to 0, so with `zero_grad` the steps would
# become tiny and the neuron would stay. Without it, `.grad` holds the sum of all gradients
# so far, and these all pointed the same way. The step uses this sum, so it is longest just
# where it should be shortest, and carries the weight past the lowest point. On the other
# side the new gradients have the opposite sign; they only wear the old sum down, until it
# is used up at about the first height. Then the same happens in the other direction, again
# and again, like a ball that rolls in a bowl without friction. In the words of unit 6:
# SGD without `zero_grad` is SGD with momentum and μ = 1.
#
# **Rubric.** 2 points: `.grad` holds the sum of earlier gradients, which is large there; 1
# point: the new gradient alone is near 0 at the lowest point; 2 points: the step goes past
# it, and the loss rises until gradients of the other sign have cancelled the sum. Accept
# the picture of a rolling ball or of momentum for the last 2 points if the sum is named. No
# point for "the learning rate is too large".
# ### END SOLUTION

# %% [markdown]
# ## What you have now
#
# Five lines: forward, loss, zero_grad, backward, step. `backward` adds to `.grad`, `step`
# reads it, so `zero_grad` may stand anywhere but between them. Batches come from a
# `DataLoader`, the mean loss weighs them by size, and a test set, in evaluation mode and
# without recording, says what the network is worth. Unit 8 takes one such training apart,
# with numbers.
