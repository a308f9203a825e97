# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
#   course:
#     title: Delivery-time regression
#     minutes: 160
#     teaches: train a neuron with the five-line loop, say why its learning rate works, and test it on unseen data
# ---

# %% [markdown]
# # 8 · Delivery-time regression
#
# A customer asks: how long until my delivery is here? In this unit you train
# the smallest network there is, one neuron, to answer, and take its training
# apart until each of its numbers is explained. At the end you can write the
# training loop from memory, say *why* one learning rate works and another
# does not, scale several features, and measure a model on data it has never
# seen. It takes about 160 minutes; good places for a break are after section
# 8.8 and after section 8.13.
#
# **Three questions on earlier units.** Answer aloud before you look.
#
# 1. How many parameters has `nn.Sequential(nn.Linear(3, 1))`, and what does
#    `nn.Sequential` do with the modules it holds?
# 2. A bowl has the curvature 1 along one direction and 50 along another.
#    Which learning rates of SGD settle, and which direction takes longest?
# 3. Name the five lines of a round of training in an order that works. Where
#    must `zero_grad` not stand, and why?
#
# <details><summary>Answers</summary>
#
# 1. Four: three weights and a bias. It passes its input through the modules
#    in order, the output of one being the input of the next.
# 2. Those below 2/50 = 0.04. The direction with curvature 1 takes longest:
#    each step removes less than 4 % of the distance.
# 3. For example forward, loss, `zero_grad`, `backward`, `step`. Not between
#    `backward` and `step`: the step would find no gradients.
#
# </details>

# %% [markdown]
# ## 8.1 Imports and data
#
# Four imports do the work of this unit, and you know them all:
#
# - `torch`: tensors and the operations on them;
# - `torch.nn`: the parts of networks, such as `nn.Linear`;
# - `torch.optim`: the optimizers, such as `optim.SGD`;
# - `matplotlib.pyplot`: plots.
#
# From the course itself come `data` (the data sets), `expect` (what checks
# your answers), `predict` (what keeps your guesses) and the training board.

# %% nbgrader={"grade_id": "setup", "locked": true}
import matplotlib.pyplot as plt
import torch
import torch.nn as nn
import torch.optim as optim
from course import data, expect, predict
from course.boards.training import TrainingBoard

# %% [markdown]
# Four deliveries were timed. In a real project, collecting and cleaning such
# data is a large task of its own; here it is done.
#
# **Predict.** Which shape has `inputs`, and what is `inputs[2]`?
#
# **Run.**

# %%
inputs = torch.tensor([[5.0], [6.0], [8.0], [10.0]], dtype=torch.float32)
times = torch.tensor([[22.2], [25.6], [31.0], [38.5]], dtype=torch.float32)

print(inputs.shape, times.shape)
print(inputs[2])

# %%
plt.scatter(inputs, times, color="#AA3377")
plt.xlabel("distance (miles)")
plt.ylabel("time (minutes)")
plt.title("Four deliveries: nearly on a straight line")
plt.show()

# %% [markdown]
# **Look closer.** Read the brackets as in unit 1:
#
# - The outer brackets hold the batch, the whole collection: 4 deliveries.
# - Each inner pair of brackets is one sample, one delivery.
# - Each number inside is a feature; here there is one, the distance in miles.
#   With distance, hour of day and rain a sample could be `[8.0, 14.0, 1.0]`:
#   8 miles, at 14:00, in the rain. Section 8.14 has exactly these three.
#
# `times` has one row for each sample as well: the target, in minutes.
# `dtype=torch.float32` stores every number in 32 bits, with about seven
# significant digits. A layer's weights have that dtype, and the two must
# agree. The other units say `X` and `y` where this example says `inputs` and
# `times`.
#
# **Change.** Write one number of `inputs` as an integer, `5` for `5.0`, and
# leave the `dtype` away. What is `inputs.dtype` now, and what is it if you do
# so with all four? Set it back before you go on.

# %% [markdown]
# ## 8.2 The model: one neuron
#
# A model is a container: a distance goes in, a time comes out.
#
# ![A box named model. A distance in miles goes in on the left, a time in minutes comes out on the right.](figures/container.svg)
#
# *Figure 8.1. The model as a container. What happens inside is up to the layers.*
#
# `nn.Sequential` passes data through its layers in order. Here it holds a
# single layer, and that layer is a single neuron.
#
# ![A dashed frame named nn.Sequential holds one box, layer 0, named nn.Linear(1, 1). Below: the first 1 counts features in, the second 1 outputs out.](figures/sequential.svg)
#
# *Figure 8.2. A sequence of one layer. `model[0]` is that layer.*
#
# The *first 1* of `nn.Linear(1, 1)` counts the features that come in: the
# distance. The *second 1* counts the values that come out: the time. Neither
# counts samples: the same model takes a batch of 4 or of 4 million.
#
# ![5.0 goes into the neuron, is multiplied by the weight 3.0, then the bias 7.0 is added, and 22.0 comes out.](figures/neuron.svg)
#
# *Figure 8.3. Inside the neuron: time = distance × weight + bias.*
#
# **Predict.** A fresh neuron starts with small random numbers. Will its first
# times be near 22 to 38 minutes?
#
# **Run.**

# %%
torch.manual_seed(0)
model = nn.Sequential(
    nn.Linear(1, 1),
)
print(model)

# %%
weight, bias = model[0].weight, model[0].bias
print(f"weight {weight.item():.4f}, bias {bias.item():.4f}")
with torch.no_grad():
    print("model(inputs)        ", model(inputs).flatten())
    print("inputs * weight + bias", (inputs * weight + bias).flatten())

# %% [markdown]
# **Look closer.** About half a minute for every distance: the neuron knows
# nothing yet. But the two lines agree, so nothing is hidden in the layer.
#
# Read as geometry, distance × weight + bias is a straight line. Training will
# look for the best-fitting line: the weight and the bias whose line passes as
# near as possible to the four points.
#
# ![Four points and a straight line through their middle. It meets the vertical axis at the bias, about 6 minutes, and climbs by the weight, about 3 minutes, for each mile: over 2 miles, by 2 times the weight.](figures/line.svg)
#
# *Figure 8.4. The bias is the height at 0 miles: minutes for packing and finding the door. The weight is the slope, in minutes per mile.*
#
# **Change.** Set the seed to 1. How far apart are the first times of two
# fresh neurons? Set it back.

# %% [markdown]
# ### Exercise 8.1 · A neuron for any number of features
# **Difficulty** ●○○○○ · **about 3 minutes** · 6 points
#
# Write `make_neuron(features)`. It returns a fresh `nn.Sequential` that holds
# one linear layer: `features` numbers in, one time out.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Section 8.2 builds such a model for one feature. Look at what the two numbers of
# `nn.Linear` count.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Build the same container again, inside the function. One of the two numbers now
# comes from the argument; the other stays as it was.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# One line: return the container with one layer in it. A layer that is made anew in
# each call has weights of its own.
#
# </details>


# %% nbgrader={"grade_id": "make-neuron", "solution": true}
def make_neuron(features):
    """A fresh nn.Sequential with one linear layer and nothing else.

    features: how many numbers describe one sample.
    The model maps (batch, features) to (batch, 1).
    Example: make_neuron(3) takes samples like [8.0, 14.0, 1.0].
    """
    ### BEGIN SOLUTION
    return nn.Sequential(nn.Linear(features, 1))
    ### END SOLUTION


# %% nbgrader={"grade_id": "make-neuron-test", "grade": true, "points": 6}
neuron = make_neuron(1)
expect.that(
    neuron is not None,
    "`make_neuron(1)` is None: does your code end with `return`?",
)
expect.that(
    isinstance(neuron, nn.Sequential),
    "`make_neuron(1)` is not an nn.Sequential: which container should hold the layer?",
)
expect.equal(
    len(neuron),
    1,
    "len(make_neuron(1))",
    mistakes={
        "two layers came back. One neuron is a single linear layer, with nothing after it.": 2
    },
)
expect.equal(
    sum(p.numel() for p in neuron.parameters()),
    2,
    "the number of parameters of make_neuron(1)",
    mistakes={
        "there is a single parameter. A neuron has a weight and a bias: was the bias left out?": 1
    },
)
neuron = make_neuron(3)
shapes = [tuple(p.shape) for p in neuron.parameters()]
expect.equal(
    shapes,
    [(1, 3), (1,)],
    "the shapes of weight and bias of make_neuron(3)",
    mistakes={
        "three outputs for one feature. Features in come first, outputs "
        "second: are the two numbers swapped?": [(3, 1), (3,)],
        "the layer takes one feature, not three. Which number should "
        "follow the argument `features`?": [(1, 1), (1,)],
        "three outputs came back. However many features go in, one time comes out.": [
            (3, 3),
            (3,),
        ],
    },
)
expect.equal(
    tuple(neuron(torch.ones(5, 3)).shape),
    (5, 1),
    "the shape of the output for 5 samples",
)
expect.that(
    not torch.equal(neuron[0].weight, make_neuron(3)[0].weight),
    "two calls gave the same weights. Is a new layer, with its own random numbers, made in each call?",
)
### BEGIN HIDDEN TESTS
for width in (1, 2, 7):
    torch.manual_seed(width)
    neuron = make_neuron(width)
    batch = torch.randn(4, width)
    w, b = neuron.parameters()
    expect.that(
        w.requires_grad and b.requires_grad,
        "the parameters cannot be trained",
    )
    expect.close(
        neuron(batch), batch @ w.T + b, "make_neuron(features)(batch)"
    )
    expect.that(
        not torch.equal(w, next(iter(make_neuron(width).parameters()))),
        "the neurons are not fresh",
    )
### END HIDDEN TESTS

# %% [markdown]
# ## 8.3 The loss: how wrong is the model?
#
# Training needs one number that says how wrong the predictions are. Here it
# is the mean squared error of units 1 and 5: each error, prediction minus
# true time, squared, and then the mean.
#
# **Predict.** A delivery takes 60 minutes. One model says 55, another 45.

# %%
predict.number(
    "penalty",
    "60 minutes are right. How many times as large as the loss of 55 is the loss of 45?",
)

# %%
loss_function = nn.MSELoss()
took = torch.tensor([[60.0]])
small = loss_function(torch.tensor([[55.0]]), took)
large = loss_function(torch.tensor([[45.0]]), took)
predict.show("penalty", round((large / small).item(), 2))

# %%
for said in (60.0, 55.0, 45.0, 30.0):
    loss = loss_function(torch.tensor([[said]]), took)
    print(f"said {said:.0f}, error {said - 60:.0f}, loss {loss.item():.0f}")

# %% [markdown]
# **Look closer.** The error of 45 is three times that of 55, and its loss
# nine times: 225 against 25. *A bigger error costs more than in proportion.*
# Saying 45 for 60 costs as much as nine errors of 5 minutes. So one large
# error can pull the line more than many small ones. Whether you want that
# depends on the errors: for a single mistyped time you do not.
#
# The unit of this loss is minutes *squared*. Its square root is back in
# minutes.
#
# <div class="alert alert-info"><b>The trap of unit 1.</b> Predictions of
# shape <code>(4, 1)</code> minus times of shape <code>(4,)</code> broadcast
# to <code>(4, 4)</code>: every prediction against every time. The loss is
# then a number without meaning, and <code>nn.MSELoss</code> only warns.
# Compare the shapes first.</div>
#
# **Change.** In the last cell: which two predictions have the loss 100?

# %% [markdown]
# ### Exercise 8.2 · Late is worse than early
# **Difficulty** ●●○○○ · **about 6 minutes** · 8 points
#
# A customer who is told 45 minutes and waits 60 is angrier than one who is
# told 60 and waits 45. `nn.MSELoss` makes no difference between the two.
#
# Write `late_mse(y_hat, y, late)`: the mean of the squared errors over all
# deliveries, in which the square of a *late* delivery, one that took longer
# than predicted, counts `late` times. The result must keep its history, the
# record of the operations it came from, so that `backward()` works.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Section 8.3 for the squares and their mean. Exercise 5.2 treated errors
# differently too, depending on which kind they were.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Which sign has prediction minus true time for a late delivery? Make a tensor of
# factors, `late` for these and 1 for the others. Multiply the squares by it before you
# average.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Three lines: the errors; their factors, for example by `torch.where`; the mean over
# all deliveries of factor times square.
#
# </details>


# %% nbgrader={"grade_id": "late-mse", "solution": true}
def late_mse(y_hat, y, late):
    """The mean squared error in which late deliveries count `late` times.

    y_hat, y: predicted and true minutes, two float tensors of one shape,
    whichever it is; late: a float
    Returns a tensor of shape ().
    Example: told 45 and 60, took 60 and 50, late = 3.0. The first is late.
    The result is (3 * 225 + 100) / 2 = 387.5.
    """
    ### BEGIN SOLUTION
    errors = y_hat - y
    factors = torch.where(errors < 0, late, 1.0)
    return (factors * errors**2).mean()
    ### END SOLUTION


# %% nbgrader={"grade_id": "late-mse-test", "grade": true, "points": 8}
told = torch.tensor([[20.0], [30.0], [46.0], [33.0]], requires_grad=True)
took = torch.tensor([[26.0], [30.0], [42.0], [36.0]])
expect.close(
    late_mse(told, took, 3.0),
    torch.tensor(37.75),
    "late_mse of the errors -6, 0, 4, -3 with late = 3",
    mistakes={
        "15.25 is the plain mean squared error. Where does `late` come in?": 15.25,
        "the early delivery counts three times. Which sign has prediction "
        "minus true time when a delivery is late?": 23.25,
        "the factor was squared too. Square the error first, then let it count `late` times.": 105.25,
        "the early delivery is missing. It counts too, once.": 33.75,
        "151 is a sum. For a mean, what is missing?": 151.0,
        "the sum was divided by the sum of the factors, 8. How many deliveries are there?": 18.875,
        "this was averaged over the late ones only. The mean is over all deliveries.": 67.5,
        "every delivery counts three times, late or not. What picks out the late ones?": 45.75,
        "7.75 is made of absolute errors. Bigger errors must cost more: where is the square?": 7.75,
        "that is the root of it. Leave the root out.": 37.75**0.5,
    },
)
expect.close(
    late_mse(
        torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.full((2, 2), 3.0), 2.0
    ),
    torch.tensor(2.75),
    "late_mse of the errors [[-2, -1], [0, 1]] with late = 2",
    mistakes={
        "late counted three times, but this call says 2. Does the argument reach the sum?": 4.0,
        "the sum was divided by the number of rows. How many numbers are there?": 5.5,
    },
)
value = late_mse(told, took, 3.0)
expect.that(
    value.requires_grad,
    "`late_mse` returned a tensor without history, so `backward()` cannot "
    "work: did `.item()`, `.detach()` or `no_grad` cut it off?",
)
value.backward()
expect.that(
    told.grad is not None,
    "the result is a new tensor that does not know `y_hat`: was the number taken out and wrapped again?",
)
expect.close(
    told.grad,
    torch.tensor([[-9.0], [0.0], [2.0], [-4.5]]),
    "the gradient of late_mse with respect to y_hat",
)
### BEGIN HIDDEN TESTS
generator = torch.Generator().manual_seed(8)
for shape, late in (((1, 1), 4.0), ((7, 1), 1.0), ((5, 3), 2.5), ((6,), 0.5)):
    told = torch.randn(shape, generator=generator).requires_grad_()
    took = torch.randn(shape, generator=generator)
    value = late_mse(told, took, late)
    errors = told.detach() - took
    counts = 1 + (late - 1) * (errors < 0).float()
    expect.close(value, (counts * errors**2).mean(), "late_mse")
    value.backward()
    expect.close(
        told.grad, 2 * counts * errors / took.numel(), "the gradient"
    )
### END HIDDEN TESTS

# %% [markdown]
# ## 8.4 The optimizer: one step downhill
#
# The loss depends on two numbers, weight and bias, so its gradient has two
# entries: how fast the loss would grow if that parameter grew a little.
# `loss.backward()` computes it. The optimizer then changes the parameters.
#
# ![A cycle of four boxes. The model gives predictions to the loss function, backward turns the loss into gradients, the optimizer's step gives the model new values.](figures/cycle.svg)
#
# *Figure 8.5. Where the loss and the optimizer stand in the cycle of training.*
#
# Unit 6 has the rule of `optim.SGD`: new value = old value − lr × gradient.
# "Stochastic" means that each step may look at a random part of the data;
# here every step looks at all four samples. `model.parameters()` says which
# values the optimizer may change.
#
# **Predict.** The fresh neuron says half a minute where 22 to 38 are right.
# With lr 0.01 the first step raises its weight by 4.4 minutes per mile.

# %%
predict.number(
    "bias-step", "By how many minutes does the same step raise the bias?"
)

# %%
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(1, 1))
optimizer = optim.SGD(model.parameters(), lr=0.01)

weight, bias = model[0].weight, model[0].bias
before = weight.item(), bias.item()
loss_function(model(inputs), times).backward()
optimizer.step()
predict.show("bias-step", round(bias.item() - before[1], 2))

# %%
print(f"weight: gradient {weight.grad.item():.1f},")
print(f"   from {before[0]:.2f} to {weight.item():.2f}")
print(f"bias:   gradient {bias.grad.item():.1f},")
print(f"   from {before[1]:.2f} to {bias.item():.2f}")

# %% [markdown]
# **Look closer.** Both gradients are negative: larger values mean a smaller
# loss, so both grow. For the bias, the slope is the mean of 2 × error. For
# the weight each error is first multiplied by its distance, 5 to 10 miles,
# as in section 7.2. So the weight's gradient is nearly eight times as large,
# and one lr serves both. The weight leaps, the bias takes small steps.
#
# **Change.** Set `lr` to 0.02. Where does the weight land? Remember that
# number; section 8.11 comes back to it. Set it back.

# %% [markdown]
# ## 8.5 The training loop
#
# This is the cell of section 7.3: five lines, 500 times. All four samples fit
# into one batch, so a full pass over the data, an epoch, is one step here. You
# know the loss at its end, 0.66. But where are the parameters then?
#
# **Predict.** The best line for these four points has the bias 6.1; section
# 8.8 computes it.

# %%
predict.number(
    "bias",
    "The bias starts at 0.5, and the best line has 6.1. Where is it after 500 epochs?",
)

# %%
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(1, 1))
loss_function = nn.MSELoss()
optimizer = optim.SGD(model.parameters(), lr=0.01)

for epoch in range(500):
    optimizer.zero_grad()  # 1. forget the old gradients
    outputs = model(inputs)  # 2. predict
    loss = loss_function(outputs, times)  # 3. how wrong?
    loss.backward()  # 4. compute the gradients
    optimizer.step()  # 5. change the parameters

predict.show("bias", round(model[0].bias.item(), 2))

# %%
print(f"loss   {loss.item():.4f}")
print(f"weight {model[0].weight.item():.3f} minutes per mile")
print(f"bias   {model[0].bias.item():.3f} minutes")

# %% [markdown]
# **Look closer.** About half of the way. The loss has fallen from 870 to 0.66
# and looks finished; the bias is not. The weight makes up for it: it is too
# large, 3.54 where the best line has 3.20. Sections 8.8 to 8.12 find out why
# the bias is so slow, and how to know it beforehand.
#
# The five lines once more. Line 1 clears the gradients that the last epoch
# left, because line 4 *adds* to `.grad`. Line 2 is the forward pass, and
# PyTorch records its operations. Line 3 turns predictions and true times into
# one number. Line 4 walks back through the recorded operations and finds how
# the loss changes with each parameter. Only line 5 makes the model different.
#
# **Change.** Let the bias start on the other side: write
# `nn.init.constant_(model[0].bias, 12.0)` before the loop. Where is it after
# 500 epochs? Take the line out and run both cells again.

# %% [markdown]
# ## 8.6 Watch it learn
#
# The learning rate 0.01 was given. What if it were half as large again?
#
# **Predict.** Commit the shape of the curve.

# %%
predict.losses(
    "larger",
    "The same neuron, 25 epochs with lr 0.015: which shape has the loss?",
)


# %%
def losses_at(lr, epochs):
    """The losses of a neuron trained on the four deliveries."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(1, 1))
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = nn.MSELoss()(model(inputs), times)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


predict.show("larger", losses_at(0.015, 25))

# %% [markdown]
# **Look closer.** It falls in every epoch: 870, 446, 229, 118 and so on, each
# time to about a half. There is no zigzag in the loss. What does the line do
# meanwhile?
#
# You know this board from units 6 and 7: on the left the loss, on the right
# the line over the four deliveries, with the prediction for 7 miles and the
# best line there is. Write down your guess for each question, then look:
#
# 1. At lr 0.015, press Step ten times. The loss falls at each press. On which
#    side of the points is the line after each?
# 2. And at lr 0.02?
# 3. What changes at lr 0.003? Think of the first ten epochs and of the last.
# 4. At lr 0.01, how many epochs until the loss is within 10 % of that of the
#    best line: 500, 1,000, or more? (The epochs slider goes up to 5,000.)

# %%
TrainingBoard(inputs, times, lr=0.01, epochs=500, at=7.0)

# %% [markdown]
# <details><summary>What there is to see</summary>
#
# 1. Above and below in turn, each time a little nearer: the weight goes from
#    0 to 6.6, then 1.9, 5.3, 2.8. So it is the *line* that zigzags. After 500
#    epochs the loss is lower than at 0.01: 0.43 against 0.66.
# 2. Above and below in turn, further each time: 870, 1441, 2387, 3955 … The
#    board gives up at epoch 28, when the loss has passed a million times its
#    first value. Left alone, it would outgrow float32 at epoch 160.
# 3. At 0.003 the first part is slower (the loss is 164 after two steps, 2.1
#    after ten) and so is the rest: 1.35 after 500 epochs.
# 4. More. The best loss is 0.187, so 10 % above is 0.206. After 1,500 epochs
#    the loss is 0.222, after 2,000 it is 0.197; it passes 0.206 at about
#    1,750.
#
# </details>
#
# Fast, then slow, and a sudden cliff between 0.015 and 0.02. Sections 8.9 to
# 8.12 find all three in one small table of numbers, and the zigzag too.

# %% [markdown]
# ### Exercise 8.3 · Train until it is good enough
# **Difficulty** ●●●○○ · **about 12 minutes** · 14 points
#
# 500 epochs may be too few, or far too many. Write
# `train_until(model, X, y, lr, goal, epochs)`. It trains `model` in place with
# `nn.MSELoss` and `optim.SGD`, for at most `epochs` epochs. It returns the list
# of the losses, one Python float an epoch: the loss of the predictions made in
# that epoch, before its step.
#
# Training ends earlier, *without another step*, as soon as a loss is
#
# - at most `goal`: the model is good enough; or
# - more than a million times the first loss: training has exploded.
#
# The loss that ends it is the last of the list. So a model that reached its
# goal keeps the parameters that did.
#
# When the checks are silent, call it in a new cell on a fresh neuron, the four
# deliveries and lr 0.01. How many epochs until the loss is within 1 % of the
# best, 0.1869?
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The loop of `losses_at` in section 8.6, line by line. Between which two of its lines
# should it be decided whether to go on?
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Make the optimizer and an empty list before the loop. In each epoch compute the loss
# and put it into the list; then compare it with `goal` and with the first of the list,
# and leave the loop with `break`. Otherwise go on with backward and step.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Three lines of preparation; a `for` with the five lines, the line that collects a
# float, and an `if` with two conditions joined by `or`; a `return` after the loop.
#
# </details>


# %% nbgrader={"grade_id": "train-until", "solution": true}
def train_until(model, X, y, lr, goal, epochs):
    """Train in place; return the list of losses, one float an epoch.

    model: maps (batch, features) to (batch, 1)
    X: (batch, features), y: (batch, 1), both float32
    Ends after `epochs` epochs; or, before a step, at a loss of at most
    `goal`, or at a loss of more than a million times the first.
    """
    ### BEGIN SOLUTION
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        loss = criterion(model(X), y)
        losses.append(loss.item())
        if losses[-1] <= goal or losses[-1] > 1e6 * losses[0]:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses
    ### END SOLUTION


# %% nbgrader={"grade_id": "train-until-test", "grade": true, "points": 14}
def zero_neuron():
    """A neuron whose weight and bias are 0."""
    neuron = nn.Sequential(nn.Linear(1, 1))
    nn.init.zeros_(neuron[0].weight)
    nn.init.zeros_(neuron[0].bias)
    return neuron


miles, minutes = data.four_deliveries()
miles.requires_grad_()  # backward() then leaves its trace here as well
neuron = zero_neuron()
curve = train_until(neuron, miles, minutes, 0.005, 0.0, 4)
expect.that(
    isinstance(curve, list),
    "`train_until` did not return a list. Collect one loss an epoch, then return them all.",
)
expect.that(
    all(type(item) is float for item in curve),
    "the list holds other things than floats; tensors keep their history in "
    "memory. Which method of a loss gives a float?",
)
expect.equal(
    len(curve),
    4,
    "the number of losses after 4 epochs, with a goal out of reach",
    mistakes={
        "one loss came back. Does `return`, or the empty list, stand inside the "
        "loop, or is a comparison turned round?": 1
    },
)
moved = bool((neuron[0].weight != 0).any())
stands_still = len(set(curve)) == 1
expect.that(
    moved or stands_still,
    "the losses fall, but the model that was given never changed: was"
    " another model built inside `train_until`?",
)
expect.that(
    moved or miles.grad is not None or neuron[0].weight.grad is not None,
    "the weights never moved, and no gradient was ever computed: is the "
    "line `loss.backward()` missing?",
)
expect.that(
    moved or neuron[0].weight.grad is not None,
    "the weights never moved and `.grad` is empty: are the gradients "
    "cleared between `backward()` and `step()`?",
)
expect.that(
    moved,
    "the weights never moved although there are gradients: does `step()` "
    "run before `backward()`, or is it never called?",
)
expect.close(
    torch.tensor(curve),
    torch.tensor([897.8625, 166.4329, 32.35375, 7.773821]),
    "train_until(...) at lr 0.005",
    mistakes={
        "right at first, then too large: are the gradients of earlier "
        "epochs still there? `backward()` adds to `.grad`.": [
            897.8625,
            166.4329,
            137.4647,
            867.7368,
        ],
        "these are the losses after each step. Which loss was computed "
        "from this epoch's predictions?": [
            166.4329,
            32.35375,
            7.773821,
            3.265932,
        ],
        "these are the losses at lr 0.01. Did the argument `lr` reach the optimizer?": [
            897.8625,
            20.75651,
            2.636725,
            2.257284,
        ],
        "the first loss is four times too large: a sum, not a mean, of the squares?": [
            3591.450,
            5946.654,
            9850.319,
            16320.49,
        ],
    },
)
expect.close(
    neuron[0].weight, torch.tensor([[3.791134]]), "the weight after 4 epochs"
)
neuron = zero_neuron()
curve = train_until(neuron, miles, minutes, 0.005, 10.0, 50)
expect.equal(
    len(curve),
    4,
    "the number of losses when the fourth is the first below the goal",
    mistakes={
        "all 50 epochs ran. Where is the loss compared with `goal`?": 50,
        "the loss that reached the goal is not in the list. Collect it before you compare.": 3,
        "training ended one epoch late. Which loss is compared with the goal?": 5,
    },
)
expect.close(
    neuron[0].weight,
    torch.tensor([[3.61545]]),
    "the weight when the goal is reached",
    mistakes={
        "a step was taken after the goal was reached. Between which lines should the loop end?": [
            [3.791134]
        ]
    },
)
others = torch.tensor([[0.0], [1.0], [2.0], [3.0]])
expect.close(
    torch.tensor(
        train_until(zero_neuron(), others, 2 * others + 1, 0.1, 0.0, 3)
    ),
    torch.tensor([21.0, 0.535, 0.01435]),
    "train_until(...) on other data",
    rtol=1e-3,
    mistakes={
        "these are losses of the four deliveries. Which data did this "
        "call hand over as `X` and `y`?": [897.8625, 97562.41, 10627538.0],
    },
)
expect.equal(
    len(train_until(zero_neuron(), others, 2 * others + 1, 0.1, 21.0, 9)),
    1,
    "the number of losses when the first loss equals the goal",
    mistakes={
        "the first loss is exactly the goal, and training went on. Is that “at most”?": 2
    },
)
expect.equal(
    len(train_until(zero_neuron(), others, 2 * others + 1, 1.0, 0.0, 40)),
    5,
    "the number of losses when training explodes",
    mistakes={
        "all 40 epochs ran, though the fifth loss was nine million times the first. What ends it?": 40,
        "the loss passed a million, but not a million times the first. With what is it compared?": 4,
        "training ended one epoch late. Which loss is compared with the first?": 6,
    },
)
### BEGIN HIDDEN TESTS
generator = torch.Generator().manual_seed(83)
for width, rate, steps, share in (
    (3, 0.05, 12, 0.0),
    (2, 0.1, 1, 0.0),
    (1, 0.02, 40, 0.7),
    (2, 0.05, 60, 0.9),
    (2, 8.0, 40, 0.0),
):
    batch, wanted = (
        torch.randn(9, width, generator=generator),
        torch.randn(9, 1, generator=generator),
    )
    neuron = nn.Sequential(nn.Linear(width, 1))
    w, b = neuron[0].weight.detach().clone(), neuron[0].bias.detach().clone()
    goal = share * ((batch @ w.T + b - wanted) ** 2).mean().item()
    trajectory = []
    for _ in range(steps):
        off = batch @ w.T + b - wanted
        trajectory.append((off**2).mean().item())
        if trajectory[-1] <= goal or trajectory[-1] > 1e6 * trajectory[0]:
            break
        w, b = (
            w - rate * 2 * (off.T @ batch) / 9,
            b - rate * 2 * off.mean(dim=0),
        )
    curve = train_until(neuron, batch, wanted, rate, goal, steps)
    expect.close(
        torch.tensor(curve), torch.tensor(trajectory), "the losses", rtol=1e-3
    )
    expect.close(neuron[0].weight, w, "the weight", rtol=1e-3, atol=1e-5)
    expect.close(neuron[0].bias, b, "the bias", rtol=1e-3, atol=1e-5)
expect.equal(train_until(neuron, batch, wanted, 0.1, 0.0, 0), [], "no epochs")
### END HIDDEN TESTS

# %% [markdown]
# ## 8.7 Inference: a prediction for 7 miles
#
# Using a trained model is called **inference**. No gradients are needed, so
# it runs under `torch.no_grad()`.
#
# **Predict.** A 7-mile delivery lies between 25.6 minutes (6 miles) and 31
# minutes (8 miles). Which number do you expect?
#
# **Run.**

# %%
with torch.no_grad():
    one_number = model(torch.tensor([7.0]))
    one_row = model(torch.tensor([[7.0]]))

print(round(one_number.item(), 2), one_number.shape)
print(round(one_row.item(), 2), one_row.shape)

# %%
recorded = model(torch.tensor([[7.0]]))
print("requires_grad without the block:", recorded.requires_grad)
print("requires_grad with the block:   ", one_row.requires_grad)
print("same number:", recorded.item() == one_row.item())

# %% [markdown]
# **Look closer.** The same 28.27 minutes, in two shapes. `[7.0]` is a single
# sample without a batch around it, and the answer has no batch either: shape
# `(1,)`. `[[7.0]]` is a batch of one sample, and the answer is a batch of one
# row. Prefer the second: it has the form of the training data, and with
# several features, or several deliveries, nothing has to change.
#
# What does `no_grad` do, exactly? Inside the block PyTorch does not record
# the operations, so that nothing is kept for a `backward()` which will never
# come. That saves memory and some time. The arithmetic, its results and the
# model are the same as without it. `model.eval()` of unit 7 would change
# nothing here: a linear layer does the same in both modes. With dropout you
# would need it.
#
# **Change.** Set both 7s to 0, then to 100. The line answers for every
# distance, but it was only ever shown 5 to 10 miles. How far outside would
# you trust it?

# %% [markdown]
# ### Exercise 8.4 · One prediction, in the right shape
# **Difficulty** ●●○○○ · **about 5 minutes** · 8 points
#
# Write `predict_minutes(model, miles)` for a model with one feature. `miles`
# is a Python number, `7` or `7.5`. Return the prediction as a batch of one
# row, shape `(1, 1)`, without history. The model must stay trainable.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The first code cell of section 8.7 shows both shapes. The text below it says which
# block turns recording off.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Put the number into a tensor with as many brackets as a batch of one sample has. Its
# dtype must be that of the weights, also when `miles` is an int. Leave the parameters
# of the model alone.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Two lines: a `with` that switches recording off, and in it a `return` that hands a
# tensor of shape (1, 1) to the model.
#
# </details>


# %% nbgrader={"grade_id": "predict-minutes", "solution": true}
def predict_minutes(model, miles):
    """The predicted minutes for one distance, shape (1, 1), no history.

    miles: a Python int or float
    """
    ### BEGIN SOLUTION
    with torch.no_grad():
        return model(torch.tensor([[float(miles)]]))
    ### END SOLUTION


# %% nbgrader={"grade_id": "predict-minutes-test", "grade": true, "points": 8}
neuron = nn.Sequential(nn.Linear(1, 1))
nn.init.constant_(neuron[0].weight, 3.0)
nn.init.constant_(neuron[0].bias, 7.0)


def prediction(miles):
    """What predict_minutes says; recording is on again afterwards."""
    try:
        return predict_minutes(neuron, miles), torch.is_grad_enabled()
    except (RuntimeError, TypeError) as error:
        words = str(error).partition("\n")[0]
    finally:
        torch.set_grad_enabled(True)
    expect.that(
        False,
        f"for the {type(miles).__name__} {miles} the model raised “{words}”. "
        "Which dtype and shape has the tensor that you made?",
    )


says, recording = prediction(5.0)
expect.that(
    isinstance(says, torch.Tensor),
    "`predict_minutes` did not return a tensor: was it turned into a number, or is `return` missing?",
)
expect.that(
    recording,
    "recording is still off after the call, and training anywhere would fail. "
    "Which block switches it on again at its end?",
)
expect.close(
    says,
    torch.tensor([[22.0]]),
    "predict_minutes(model, 5.0)",
    mistakes={
        "shape (1,) came back: a sample without a batch. How many "
        "brackets does a batch of one sample need?": [22.0],
        "shape () came back: the brackets of batch and sample are gone. "
        "What does indexing or squeezing take away?": 22.0,
    },
)
expect.that(
    not says.requires_grad,
    "the prediction still carries its history (`requires_grad` is "
    "True): what turns recording off during inference?",
)
expect.that(
    neuron[0].weight.requires_grad,
    "after `predict_minutes` the model's weight no longer wants gradients: it"
    " can never be trained again. Switch off recording, not the "
    "parameters.",
)
expect.close(
    prediction(7)[0],
    torch.tensor([[28.0]]),
    "predict_minutes(model, 7)",
)
### BEGIN HIDDEN TESTS
for seed, miles in ((1, 0), (2, 12.25), (3, -3)):
    torch.manual_seed(seed)
    neuron = nn.Sequential(nn.Linear(1, 4), nn.Tanh(), nn.Linear(4, 1))
    wanted = neuron(torch.tensor([[float(miles)]])).detach()
    says = predict_minutes(neuron, miles)
    expect.close(says, wanted, "predict_minutes(model, miles)")
    expect.that(not says.requires_grad, "history was kept")
    expect.that(
        all(p.requires_grad for p in neuron.parameters()),
        "the model is frozen",
    )
### END HIDDEN TESTS

# %% [markdown]
# ## 8.8 The yardstick: the least-squares line
#
# Is 0.66 a good loss? Compare it with the best possible. For a straight line
# and squared errors the best weight and bias can be computed directly,
# without any training: the **least-squares line**.
#
# Write the neuron as a matrix product. Give each sample a second feature that
# is always 1, and put these rows, [distance, 1], into a table `A`. Then
# distance × weight + 1 × bias is one row of `A` times one column of unknowns.
# `torch.linalg.lstsq(A, times)` finds the column with the smallest squared
# error.
#
# **Predict.** Training ended at weight 3.54 and bias 3.46. The best line has
# a smaller weight and a larger bias. Both pass near the four points, between
# 5 and 10 miles.

# %%
predict.choice(
    "apart",
    "At which distance do the trained line and the best line differ most?",
    ["0 miles", "7 miles", "10 miles"],
)

# %%
ones = torch.ones(len(inputs), 1)
A = torch.cat([inputs, ones], dim=1)  # A: (batch, 2)
best = torch.linalg.lstsq(A, times).solution  # best: (2, 1)

with torch.no_grad():
    places = torch.tensor([[0.0], [7.0], [10.0]])
    trained_says = model(places)
    best_says = torch.cat([places, torch.ones(3, 1)], dim=1) @ best
    apart = (trained_says - best_says).abs()
predict.show("apart", f"{places[apart.argmax()].item():.0f} miles")

# %%
best_loss = loss_function(A @ best, times).item()
print(f"best:    weight {best[0].item():.3f}, bias {best[1].item():.3f}")
print(f"loss:    best {best_loss:.4f}, trained {loss.item():.4f}")
print("miles:  ", places.flatten())
print("best:   ", best_says.flatten())
print("trained:", trained_says.flatten())

# %% [markdown]
# **Look closer.** The best line is flatter and starts higher. After 500
# epochs the bias has come from 0.5 to 3.5, on its way to 6.1: training is not
# wrong, it is *unfinished*. The prediction for 7 miles hides that. In the
# middle of the data the two lines differ by only a quarter of a minute. At 10
# miles it is 0.8 minutes, and at 0 it is 2.7.
#
# No line has a loss below 0.1869 on these data. What remains is the distance
# of the points from any straight line.
#
# So why train at all? Because a direct formula like this exists only for
# linear models with squared errors. Networks with hidden layers draw curves
# instead of lines; for them, the loop is what there is. Where both exist, the
# formula checks the loop.
#
# **Change.** Give the last delivery 60 minutes in the call of `lstsq`
# (`times + torch.tensor([[0.0], [0.0], [0.0], [21.5]])`). How far does one
# slow delivery pull the line? Set it back and run both cells again: later
# sections need `best_loss`.

# %% [markdown]
# ### Exercise 8.5 · The best line
# **Difficulty** ●●○○○ · **about 7 minutes** · 10 points
#
# Write `best_line(X, y)` for data with one feature. It returns the weight and
# the bias of the least-squares line as two Python floats, the weight first.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The second code cell of section 8.8 does this for the four deliveries.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Put a column of ones beside `X`, so that the line may have a bias. Let
# `torch.linalg.lstsq` find the two unknowns, and turn them into floats.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Three lines: a table with two columns; its solution, a tensor of shape (2, 1); a
# `return` of two floats. The order of the columns is the order of the unknowns.
#
# </details>


# %% nbgrader={"grade_id": "best-line", "solution": true}
def best_line(X, y):
    """The least-squares weight and bias, two floats.

    X: (batch, 1), y: (batch, 1), at least two different distances
    Example: for the points (0, 1), (1, 3), (2, 5) it returns (2.0, 1.0).
    """
    ### BEGIN SOLUTION
    A = torch.cat([X, torch.ones_like(X)], dim=1)
    weight, bias = torch.linalg.lstsq(A, y).solution.flatten().tolist()
    return weight, bias
    ### END SOLUTION


# %% nbgrader={"grade_id": "best-line-test", "grade": true, "points": 10}
line = best_line(
    torch.tensor([[0.0], [1.0], [2.0]]), torch.tensor([[1.0], [3.0], [5.0]])
)
expect.that(
    isinstance(line, (tuple, list)) and len(line) == 2,
    "`best_line` did not return two values, a weight and a bias.",
)
expect.that(
    not any(isinstance(item, torch.Tensor) for item in line),
    "the values are tensors. Return two Python floats: which method "
    "turns a tensor of one number into one?",
)
expect.curve(
    lambda x: x * line[0] + line[1],
    lambda x: 2 * x + 1,
    over=(0.0, 3.0),
    name="line",
    mistakes={
        "bias and weight are swapped. The weight comes first.": lambda x: (
            x + 2
        ),
        "it goes through the origin. What lets `A` have a bias: "
        "which column is missing?": lambda x: 2.6 * x,
        "this turns times into distances. Which of `X` and `y` is "
        "to be predicted?": lambda x: 0.5 * x - 0.5,
        "slope 0: it is the mean of the times. Which column tells "
        "the samples apart?": lambda x: 3 + 0 * x,
    },
)
miles, minutes = data.four_deliveries()
line = best_line(miles, minutes)
expect.curve(
    lambda x: x * line[0] + line[1],
    lambda x: (188.7 * x + 362.1) / 59,
    over=(0.0, 12.0),
    name="line_of_deliveries",
    mistakes={
        "it joins the first and the last point. The samples between "
        "them count as well.": lambda x: 3.26 * x + 5.9,
        "one weight and bias for all data? Nothing of `X` and `y` "
        "reaches them.": lambda x: 2 * x + 1,
    },
)
### BEGIN HIDDEN TESTS
generator = torch.Generator().manual_seed(85)
for n, slope, height in ((2, -1.5, 4.0), (30, 0.7, -2.0), (200, 12.0, 0.5)):
    places = (
        torch.rand(n, 1, generator=generator) * 4
        + torch.arange(n).unsqueeze(1) / n
    )
    heights = slope * places + height + torch.randn(n, 1, generator=generator)
    shifted = (places - places.mean()).double()
    w = ((shifted * heights).sum() / (shifted**2).sum()).item()
    expect.close(
        torch.tensor(best_line(places, heights)),
        torch.tensor(
            [w, (heights.double().mean() - w * places.double().mean()).item()]
        ),
        "best_line",
        rtol=2e-3,
        atol=2e-3,
    )
### END HIDDEN TESTS

# %% [markdown]
# ## 8.9 How curved is this loss?
#
# Three facts wait for a reason. At lr 0.01 the loss falls from 870 to 2 in two
# steps, and then it crawls; at 0.02 it explodes.
#
# Unit 6 has the tool. In a bowl with curvature λ, a step of SGD multiplies
# the distance from the lowest point by 1 − lr·λ. The steps creep, hop or
# climb out, and lr must stay below 2/λ. There λ was given. Here it must come
# from the data.
#
# The curvature of one weight says by how much its slope changes when it grows
# by 1. Two parameters have two slopes, and each changes with both. That makes
# a 2×2 table, the **Hessian** H. An entry says by how much one slope changes
# when one parameter grows by 1.
#
# For one sample (x, t) the slope for the weight is 2x(xw + b − t). If w grows
# by 1, it grows by 2x²; if b grows by 1, by 2x. The slope for the bias is
# 2(xw + b − t): it grows by 2x with w and by 2 with b. Then average over the
# samples: the mean of x² is 56.25, that of x is 7.25. So H is
# [[112.5, 14.5], [14.5, 2]].
#
# The same from `A`: AᵀA is the table of sums [[Σx², Σx], [Σx, N]], here
# [[225, 29], [29, 4]]. So for any data with N samples H = 2/N · AᵀA.
#
# **Predict.** Every delivery takes ten minutes longer. Which of the four
# entries of H change?
#
# **Run.** The second line asks autograd for the same table, at a point of its
# own choice.


# %%
def loss_of(parameters):
    """The MSE of a neuron with these two parameters, weight and bias."""
    return ((A @ parameters - times.squeeze(1)) ** 2).mean()


H = 2 * A.T @ A / len(A)
measured = torch.autograd.functional.hessian(
    loss_of, torch.tensor([3.0, 7.0])
)
print("by the formula:", H.tolist())
print(
    "by autograd:   ",
    [[round(v, 2) for v in row] for row in measured.tolist()],
)

# %% [markdown]
# **Look closer.** The two tables agree. None of the entries would change: H
# is the same everywhere in the bowl, and neither weight, bias nor times are
# in it, only the distances.
#
# **Change.** Add 10 to `times` inside `loss_of`, then start from other
# parameters.

# %% [markdown]
# ## 8.10 The bowl: one curvature for each direction
#
# Cut the bowl along a line through its bottom, and you get a parabola, with a
# λ that depends on the direction of the cut.
#
# ![Seen from above, the bowl is a set of long, narrow ellipses around the best weight and bias, nearly upright and leaning a little to the left. A short arrow across them is marked steep, lambda max; a long arrow along them is marked flat, lambda min.](figures/bowl.svg)
#
# *Figure 8.6. The bowl from above (less narrow than it is). On each ellipse the loss is the same; two directions are special.*
#
# With one weight the slope was λ times the distance from the bottom. With two
# parameters the distance is a pair of numbers, how far in the weight and how
# far in the bias: a *vector*. The gradient is H times that vector. H times
# (1, 0) is (112.5, 14.5): it points elsewhere. But H times (−0.128, 0.992) is
# 0.129 times (−0.128, 0.992): it points the same way.
#
# Two directions, at right angles to each other, are special in this way: for
# a vector v along one of them, H·v = λ·v. So a step of SGD multiplies v by
# 1 − lr·λ, as in a bowl with one parameter. Such vectors are the
# **eigenvectors** of H, and their λ are its **eigenvalues**. They are the
# smallest and the largest curvature of all cuts.
#
# `torch.linalg.eigh` takes a symmetric table. It returns the eigenvalues,
# from the smallest to the largest, and a second tensor with the eigenvectors
# as its columns; `torch.linalg.eigvalsh` returns the eigenvalues only.
# `.double()` makes it compute in 64 bits, with twice as many digits.
#
# **Predict.** 112.5 is the curvature of the cut along the weight alone. Is
# the steepest curvature smaller, equal or larger?
#
# **Run.**

# %%
curvatures, directions = torch.linalg.eigh(H.double())

d = directions[:, 0]
d = d * d[1].sign()  # the opposite vector is the same direction
print("curvatures:", [f"{value:.4g}" for value in curvatures.tolist()])
print("flat direction:", [f"{value:.3f}" for value in d.tolist()])

# %% [markdown]
# **Look closer.** Larger: λ_max = 114.4, in a direction a little beside the
# weight alone. So an entry of H is not enough; its eigenvalues are needed. At
# right angles to it lies the flat direction, nearly that of the bias alone
# (0.992), with λ_min = 0.129. The bowl is a long, narrow valley.
#
# **Change.** Print `H.double() @ d / d`. Which number comes out twice?

# %% [markdown]
# ## 8.11 The limit and the time
#
# Wherever training starts, the vector from the bottom is the sum of a flat
# part and a steep part, and each goes its own way:
#
# - *The limit* comes from the steepest direction: lr < 2/λ_max.
# - *The time* comes from the flattest: after k epochs the fraction
#   (1 − lr·λ_min)^k of the distance along it is still left.
#
# **Predict.** Compute 2/114.4 in your head, roughly. Which of 0.003, 0.01,
# 0.015 and 0.02 settle?
#
# **Run.**

# %%
flat, steep = curvatures.tolist()
print(f"limit: lr < {2 / steep:.4f}")
for lr in (0.003, 0.01, 0.015, 0.02):
    left = (1 - lr * flat) ** 500
    print(f"lr {lr}: factors {1 - lr * steep:.3f} and {1 - lr * flat:.5f},")
    print(f"   500 epochs leave {left:.2f} of the flat direction")

# %% [markdown]
# **Look closer.** Everything is there. At 0.01 the steep factor is −0.14: one
# hop across the valley and six sevenths of the distance are gone, hence 870
# to 2 in two steps. But the flat factor is 0.9987, and after 500 epochs 52 %
# of the way along the flat direction is still ahead. At 0.015 the steep part
# swings (−0.72) but dies out, and the flat part is faster. At 0.02 the steep
# factor is −1.29: every step ends 29 % further away, on the other side. That
# is the 8.83 of section 8.4: further above the best weight, 3.2, than the
# start, −0.01, was below it.
#
# **Change.** Find the lr that leaves nothing of the steep part after one
# step. What does it leave of the flat part after 500?

# %% [markdown]
# ## 8.12 Theory against measurement
#
# Call the two parts of the distance from the bottom d₁ (steep) and d₂ (flat).
# Each has its own parabola, and the loss is their sum:
#
# loss = best + ½ · λ_max · d₁² + ½ · λ_min · d₂².
#
# Each epoch multiplies d₁ and d₂ by their factors, so the loss goes with the
# *squares* of the factors. You can check that to the third digit:
#
# - At lr 0.02 the steep part is nearly the whole loss. Each epoch multiplies
#   it by the steep factor squared.
# - At lr 0.01 the steep part has died out after ten epochs. In the 490 steps
#   from there to the 500th epoch, d₂ is multiplied by the flat factor: the
#   power is 490, and 2 · 490 with the square.
#
# **Predict.** By which factor does the loss grow in an epoch at lr 0.02, when
# the steep factor is −1.29?
#
# **Run.**

# %%
slow, wild = losses_at(0.01, 500), losses_at(0.02, 5)
print("lr 0.02:", [round(value) for value in wild])
print(f"  growth per epoch: measured {wild[4] / wild[3]:.3f}")
print(f"                    foretold {(1 - 0.02 * steep) ** 2:.3f}")

gap = slow[9] - best_loss  # above the best in the 10th epoch
print("lr 0.01, loss above the best in the 500th epoch:")
print(f"                    measured {slow[499] - best_loss:.3f}")
foretold = gap * (1 - 0.01 * flat) ** (2 * 490)
print(f"                    foretold {foretold:.3f}")

# %% [markdown]
# **Look closer.** What is the flat direction, (−0.128, 0.992)? Take 0.13
# minutes per mile off the weight and add one minute to the bias. The line then
# tilts about a point near 8 miles, in the middle of the data, and the loss
# hardly changes. That is why the 7-mile prediction was good long before the
# bias was.
#
# And the zigzag of section 8.6? At lr 0.015 the steep factor is −0.72, so the
# line swings. Its square is 0.51, so the loss halves, without any swing.
#
# **Change.** Go back to the board with what you know.
#
# 1. Where exactly is the cliff? Write `lr=0.0174` into the cell, then 0.0176,
#    and let each train for 500 epochs.
# 2. Just below the limit the steep part rings for a long time. Which lr
#    between 0.01 and 0.0174 has the smallest loss after 500 epochs?
# 3. Can *any* lr below the limit bring the loss to 1 % above the best within
#    500 epochs?

# %%
TrainingBoard(inputs, times, lr=0.02, epochs=500, at=7.0)

# %% [markdown]
# <details><summary>Answers</summary>
#
# 1. At 0.0174 the steep factor is −0.990: it settles, though slowly. At
#    0.0176 it is −1.013: it explodes, though slowly. The limit lies between,
#    at 0.017487. The rounded 0.0175 is already too large.
# 2. About 0.0173, with a loss of 0.370 (0.017 gives 0.377). At 0.0174 it is
#    0.407: the flat part is a little better still, but the steep part has not
#    died out.
# 3. No. Even at the limit the flat factor is 1 − 0.0175 · 0.129 = 0.9977, and
#    0.9977^500 = 0.32: a third of the way along the flat direction is left,
#    and with it a tenth of its loss: 0.18 of the 1.71 at the start. 1 % of the
#    best loss would be 0.002. No learning rate helps here. Changing the *data*
#    does: section 8.13.
#
# </details>

# %% [markdown]
# ### Exercise 8.6 · The largest learning rate that settles
# **Difficulty** ●●●●○ · **about 12 minutes** · 14 points
#
# Write `largest_lr(X)`: the learning rate below which gradient descent
# settles, for a model `nn.Linear(features, 1)` with a bias, trained with
# `nn.MSELoss` on the whole batch `X`. It must work for any number of
# features.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Section 8.9 has the formula of H, section 8.10 its eigenvalues, section 8.11 the
# limit. Count the rows of H for three features.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Give the table a column of ones for the bias, compute H with the factor 2 and the
# number of samples, and take its eigenvalues. With more features there are more than
# two of them, sorted from small to large.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Three lines: the table with its extra column; H, a square table with features + 1
# rows; a `return` that divides 2 by one of the eigenvalues.
#
# </details>


# %% nbgrader={"grade_id": "largest-lr", "solution": true}
def largest_lr(X):
    """The limit 2 / λ_max of the learning rate, a number.

    X: (batch, features), float32; H has features + 1 rows and columns
    Example: for the four deliveries it is about 0.0175.
    """
    ### BEGIN SOLUTION
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    H = 2 * A.T @ A / len(A)
    return 2 / torch.linalg.eigvalsh(H)[-1].item()
    ### END SOLUTION


# %% nbgrader={"grade_id": "largest-lr-test", "grade": true, "points": 14}
expect.close(
    largest_lr(torch.tensor([[0.2], [0.5], [1.1]])),
    0.7142857,
    "largest_lr of the samples 0.2, 0.5, 1.1",
    rtol=1e-3,
    mistakes={
        "this is the curvature of the feature alone: is the column of ones missing, "
        "or was an entry of H taken for an eigenvalue?": 2.0,
        "this is 2 divided by an entry of H, or X was standardised first. Use X "
        "as it is; what finds the eigenvalues?": 1.0,
        "this is λ_max itself, the curvature. How does the limit of lr follow from it?": 2.8,
        "half of the limit. There the hopping begins; at which product "
        "lr·λ does the distance stop shrinking?": 0.3571429,
        "twice too large. The slope of a square brings a factor 2: is it in H?": 1.4285714,
        "three times too small for three samples. MSE is a mean: was H "
        "divided by their number?": 0.2380952,
        "this comes from `A.T @ A` itself, or it was divided by the number of "
        "columns. Which number makes the Hessian of a mean?": 0.4761905,
        "this comes from the flattest direction. Which eigenvalue sets "
        "the limit, the smallest or the largest?": 10.0,
    },
)
miles, minutes = data.four_deliveries()
expect.close(
    largest_lr(miles),
    0.017487,
    "largest_lr of the four deliveries",
    rtol=1e-3,
)
expect.close(
    largest_lr(
        torch.tensor([[1.0, 0.0], [2.0, 1.0], [6.0, 0.0], [3.0, 1.0]])
    ),
    0.0747739,
    "largest_lr for two features",
    rtol=1e-3,
    mistakes={
        "this comes from the second of three eigenvalues. With more "
        "features there are more: where in the list is the largest?": 1.974794,
    },
)
### BEGIN HIDDEN TESTS
generator = torch.Generator().manual_seed(86)
for n, width, scale in ((3, 1, 10.0), (50, 3, 2.0), (20, 6, 0.1)):
    table = torch.rand(n, width, generator=generator) * scale
    design = torch.cat([table, torch.ones(n, 1)], dim=1).double()
    wanted = n / (torch.linalg.svdvals(design)[0] ** 2).item()
    expect.close(largest_lr(table), wanted, "largest_lr", rtol=2e-3)
### END HIDDEN TESTS

# %% [markdown]
# ## 8.13 Centre and scale
#
# The ratio λ_max/λ_min is the **condition number**. The larger it is, the
# longer training takes at the best learning rate. For our distances it is
# 887. The reason is in `A`. Its columns, distances around 7 and ones, are
# nearly proportional: raising the weight does almost the same to all four
# predictions as raising the bias. And one column is much longer.
#
# The remedy is to standardise the feature, as in unit 1. It has two parts:
# subtract the mean (centre), then divide by the standard deviation (scale).
#
# **Predict.** Commit a guess.

# %%
predict.choice(
    "remedy",
    "Which of the two parts, done alone, brings the condition number down further?",
    ["centring", "scaling"],
)


# %%
def spectrum(X):
    """Smallest and largest curvature of the MSE for the inputs X."""
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1).double()
    values = torch.linalg.eigvalsh(2 * A.T @ A / len(A))
    return values[0].item(), values[-1].item()


centred, scaled = inputs - inputs.mean(), inputs / inputs.std()
ratios = {}
for name, X in (("centring", centred), ("scaling", scaled)):
    low, high = spectrum(X)
    ratios[name] = high / low
predict.show("remedy", min(ratios, key=ratios.get))

# %%
both = centred / inputs.std()
tables = {"raw": inputs, "scaled": scaled, "centred": centred, "both": both}
for name, X in tables.items():
    low, high = spectrum(X)
    print(f"{name:8} λ from {low:.4g} to {high:.4g}, ratio {high / low:.1f}")
    print(f"         limit of lr {2 / high:.4f}")

# %% [markdown]
# **Look closer.** Centring alone brings 887 down to 3.7, scaling alone only
# to 204. Centring makes the mean of x 0, and with it the two corner entries
# of H: [[112.5, 14.5], [14.5, 2]] becomes [[7.375, 0], [0, 2]]. Weight and
# bias no longer disturb each other, and the eigenvalues are the two entries
# themselves. Scaling alone makes 112.5 smaller, but the corners stay.
#
# After both, H is [[1.5, 0], [0, 2]]: the bowl is almost round. (Not quite,
# because torch's `std` divides by N − 1 = 3, not by 4.) The limit for lr rises
# from 0.0175 to 1. With lr = 0.5:

# %%
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(1, 1))
optimizer = optim.SGD(model.parameters(), lr=0.5)
for epoch in range(6):
    optimizer.zero_grad()
    loss = loss_function(model(both), times)
    loss.backward()
    optimizer.step()
    print(f"epoch {epoch + 1}: loss {loss.item():.4g} (best {best_loss:.4g})")

# %% [markdown]
# The fifth loss is within 1 % of the best. With the raw distances that took
# some 2,640 epochs. The data say the same as before, the model can express the
# same lines, and only the shape of the bowl is new.
#
# One duty comes with it: a new distance must go through the *same* two
# numbers, mean 7.25 and standard deviation 2.217, before the model sees it.

# %%
with torch.no_grad():
    seven = (torch.tensor([[7.0]]) - inputs.mean()) / inputs.std()
    print(f"7 miles: {model(seven).item():.2f} minutes")

# %% [markdown]
# **Change.** Set `lr` to 0.9, then to 1.1. Which side of the limit is each on?

# %% [markdown]
# ### Exercise 8.7 · In your words
# **Difficulty** ●●●○○ · **about 10 minutes** · 5 points
#
# The depot moves 45 miles away: the four distances are now 50, 51, 53 and 55
# miles. The four times are the same as before. In a first try you train on
# these distances as they are; in a second on the distances centred and scaled
# as in section 8.13. In each you take the best lr that it allows. How will the
# first training compare with that of section 8.5, and the second with that of
# section 8.13? Why?
#
# A good answer says what happens to the largest and to the smallest curvature
# (or to the two columns of `A`), what follows for the limit of lr and for the
# time, and what the second try sees of the move. Three to six sentences; you
# may compute, but numbers alone explain nothing.

# %% [markdown] nbgrader={"grade_id": "why-centre", "grade": true, "solution": true, "points": 5}
# ### BEGIN SOLUTION
# As they are, the distances make the bowl far longer. The mean of x² grows from 56 to about
# 2734, so the largest curvature grows to about 5470, and lr must stay below 0.0004. At the
# same time the distances hardly differ compared with their size: the columns of `A` are
# still more nearly proportional, the effect of a change of the weight can be undone almost
# completely by the bias, and the smallest curvature falls to 0.003. A small lr along a
# flatter direction means that training takes some two thousand times as many epochs. Centring
# subtracts the mean, 52.25, and with it all of the 45 miles, and the standard deviation is
# the old one. So the second try sees the same four numbers as before, and bowl, limit and
# time are exactly those of section 8.13.
#
# **Rubric.** 1 point: the largest curvature grows, so the limit of lr falls. 2 points: the
# flat direction becomes flatter still, or the columns of `A` more nearly proportional, and so
# training takes far longer. 2 points: the centred distances are the same as before, so that
# nothing changes. Accept it without numbers; no point for "larger numbers are harder".
# ### END SOLUTION

# %% [markdown]
# ## 8.14 Three features, and a test set
#
# Real times depend on more than distance. `data.deliveries(student)` makes
# 200 deliveries in a town that belongs to your name: nobody else has these
# numbers. *Set `student` to your own user name.* (The numbers in the text
# below are those of `"ada"`; yours differ.)

# %%
student = "ada"
X, y = data.deliveries(student)  # X: (200, 3), y: (200, 1)

print("columns: distance (miles), hour of day, rain (1 yes, 0 no)")
for row in range(3):
    sample = [round(value, 1) for value in X[row].tolist()]
    print(sample, f"-> {y[row].item():.1f} minutes")

# %% [markdown]
# **Predict.** The hour runs to 22, the distance to 12, rain to 1. Is this
# bowl rounder or longer than that of section 8.10?
#
# **Run.**

# %%
low, high = spectrum(X)
print(f"λ from {low:.3f} to {high:.1f}, ratio {high / low:.0f}")
lr = 1.9 / high
print(f"at lr {lr:.4f}, 500 epochs leave {(1 - lr * low) ** 500:.2f}")

# %% [markdown]
# **Look closer.** For `"ada"` it is longer: the condition number is nine
# times as large. Even close to the limit, most of the way is still ahead
# after 500 epochs. Here scaling is no longer a refinement.
#
# And there is a second question: how well will the model do on deliveries it
# has *not* seen? As in unit 7, a training set and a test set answer it.
#
# ![A table cut in two. Mean and standard deviation are computed from the training rows and scale both the training rows and the test rows.](figures/split.svg)
#
# *Figure 8.7. Statistics come from the training rows alone; the test rows only receive them.*
#
# What is new: the mean and the standard deviation are learned from data too.
# If the test rows help to compute them, knowledge of the test set **leaks**
# into the model, and its test error is no longer that of unseen data.

# %%
X_train, X_test = X[:150], X[150:]
y_train, y_test = y[:150], y[150:]
mean, std = X_train.mean(dim=0), X_train.std(dim=0)
Z_train, Z_test = (X_train - mean) / std, (X_test - mean) / std

# %%
low, high = spectrum(Z_train)
print(f"λ from {low:.2f} to {high:.2f}, ratio {high / low:.1f}")
for name, Z in (("training", Z_train), ("test", Z_test)):
    middle = [round(abs(value), 2) for value in Z.mean(dim=0).tolist()]
    print(f"how far each column's mean is from 0, {name}: {middle}")

# %% [markdown]
# The test columns do *not* have mean 0, and should not: they are measured
# with the training set's ruler. (These rows were made in random order, so the
# first 150 are as good as any. Rows sorted by date or distance must be
# shuffled before such a cut.)
#
# **Change.** Shift the test rows, `X[150:] + 5`. Which of the two printed
# lines shows it? Set it back and run both cells again.

# %% [markdown]
# ### Exercise 8.8 · Split and standardise without a leak
# **Difficulty** ●●●○○ · **about 8 minutes** · 11 points
#
# Write `split_and_scale(X, y, n_train)`. The first `n_train` rows are the
# training set, the others the test set. Standardise the features of both with
# the training set's statistics; use `std` as torch computes it by default.
# Leave `y` as it is, and do not change `X` itself.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The cell after Figure 8.7 does it for one town; the figure shows which rows give the
# statistics.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Cut both tensors first, in the order they have. Then compute one mean and one standard
# deviation for each *column*, from the training part only, and use these two on both
# parts. How many means are there for 5 columns?
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Four lines: the cut of `X`; mean and std along `dim=0`; both parts standardised into
# new tensors; a `return` of four tensors, of which two are slices of `y`.
#
# </details>


# %% nbgrader={"grade_id": "split-and-scale", "solution": true}
def split_and_scale(X, y, n_train):
    """Cut in two and standardise the features.

    X: (batch, features), y: (batch, 1)
    Returns X_train, y_train, X_test, y_test, in this order.
    """
    ### BEGIN SOLUTION
    X_train, X_test = X[:n_train], X[n_train:]
    mean, std = X_train.mean(dim=0), X_train.std(dim=0)
    X_train, X_test = (X_train - mean) / std, (X_test - mean) / std
    return X_train, y[:n_train], X_test, y[n_train:]
    ### END SOLUTION


# %% nbgrader={"grade_id": "split-and-scale-test", "grade": true, "points": 11}
table = torch.tensor(
    [[1.0, 10.0], [2.0, 20.0], [3.0, 30.0], [7.0, 70.0], [3.0, 10.0]]
)
answers = torch.tensor([[1.0], [2.0], [4.0], [8.0], [9.0]])
kept = table.clone()
parts = split_and_scale(table, answers, 3)
expect.that(
    isinstance(parts, (tuple, list)) and len(parts) == 4,
    "`split_and_scale` did not return four tensors: X_train, y_train, X_test, y_test.",
)
expect.equal(
    [len(part) for part in parts],
    [3, 3, 2, 2],
    "the rows of X_train, y_train, X_test, y_test",
    mistakes={
        "X_test came second. The wanted order is X_train, y_train, X_test, y_test.": [
            3,
            2,
            3,
            2,
        ]
    },
)
given = parts[1].flatten().tolist()
expect.that(
    given == [1.0, 2.0, 4.0] or not set(given) <= {1.0, 2.0, 4.0, 8.0, 9.0},
    "y_train is not the first three rows of `y`: was the table shuffled? "
    "The task takes the rows in order.",
)
expect.close(
    parts[0],
    torch.tensor([[-1.0, -1.0], [0.0, 0.0], [1.0, 1.0]]),
    "X_train",
    mistakes={
        "the test rows took part in the mean and the standard deviation. "
        "Which rows may the statistics see?": [
            [-0.964764, -0.722897],
            [-0.526235, -0.321288],
            [-0.087706, 0.080322],
        ],
        "the test rows took part in the mean. Which rows may it see?": [
            [-2.2, -1.8],
            [-1.2, -0.8],
            [-0.2, 0.2],
        ],
        "the test rows took part in the standard deviation. Which rows may it see?": [
            [-0.438529, -0.40161],
            [0.0, 0.0],
            [0.438529, 0.40161],
        ],
        "the standard deviation was divided by N; torch's default divides by N − 1.": [
            [-1.224745, -1.224745],
            [0.0, 0.0],
            [1.224745, 1.224745],
        ],
        "scaled, but not centred: which number is to be subtracted from each column first?": [
            [1.0, 1.0],
            [2.0, 2.0],
            [3.0, 3.0],
        ],
        "divided by the variance. Which number is its root?": [
            [-1.0, -0.1],
            [0.0, 0.0],
            [1.0, 0.1],
        ],
        "centred, but not scaled: divide each column by its standard deviation.": [
            [-1.0, -10.0],
            [0.0, 0.0],
            [1.0, 10.0],
        ],
        "one mean and one standard deviation for the whole table. Each "
        "feature needs its own: which `dim`?": [
            [-0.852493, -0.085249],
            [-0.767244, 0.767244],
            [-0.681994, 1.619737],
        ],
    },
)
expect.close(
    parts[2],
    torch.tensor([[5.0, 5.0], [1.0, -1.0]]),
    "X_test",
    mistakes={
        "the test rows were scaled with their own statistics. The model "
        "knows only the training set's ruler.": [
            [0.7071, 0.7071],
            [-0.7071, -0.7071],
        ],
        "the test rows are unscaled. The model must see them on the same "
        "scale as the training rows.": kept[3:],
    },
)
expect.close(
    parts[1],
    answers[:3],
    "y_train",
    mistakes={
        "the targets were standardised as well. They should stay in minutes.": [
            [-0.87287],
            [-0.21822],
            [1.09109],
        ]
    },
)
expect.close(parts[3], answers[3:], "y_test")
expect.that(
    torch.equal(table, kept),
    "the table that was passed in as `X` has been changed. The caller "
    "still needs it: does your code compute a new tensor?",
)
### BEGIN HIDDEN TESTS
generator = torch.Generator().manual_seed(87)
for n, width, cut in ((12, 1, 9), (40, 5, 25), (7, 3, 5)):
    table = torch.rand(n, width, generator=generator) * 9 + torch.arange(
        width
    )
    answers = torch.rand(n, 1, generator=generator)
    kept = table.clone()
    parts = split_and_scale(table, answers, cut)
    centre, spread = kept[:cut].mean(dim=0), kept[:cut].std(dim=0)
    expect.close(
        parts[0], (kept[:cut] - centre) / spread, "X_train", atol=1e-4
    )
    expect.close(
        parts[2], (kept[cut:] - centre) / spread, "X_test", atol=1e-4
    )
    expect.close(parts[1], answers[:cut], "y_train")
    expect.close(parts[3], answers[cut:], "y_test")
    expect.close(table, kept, "the table that was passed in")
### END HIDDEN TESTS

# %% [markdown]
# ## 8.15 Train, then look at the test set once
#
# The loop is the same five lines; only the first number of `nn.Linear` has
# changed. From here on the names are those of the other units: `X`, `y`,
# `y_hat`, `criterion`.

# %%
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(3, 1))
criterion = nn.MSELoss()
optimizer = optim.SGD(model.parameters(), lr=0.1)

for epoch in range(200):
    optimizer.zero_grad()
    y_hat = model(Z_train)
    loss = criterion(y_hat, y_train)
    loss.backward()
    optimizer.step()

print(f"training MSE {loss.item():.3f}")

# %% [markdown]
# The test set comes next, and first a question about it. The next cell fits
# such a model, by the formula of section 8.8, to 150 rows of thirty *other*
# towns, and tests it on the other 50. So your own test set is not touched.
#
# **Predict.** 150 rows fix 4 parameters, and 50 rows are not seen.

# %%
predict.choice(
    "unseen",
    "In how many of 30 towns is the test MSE higher than the training MSE?",
    ["in 10 or fewer", "in 11 to 20", "in more than 20"],
)


# %%
def town_mses(town, cut):
    """Training and test MSE of the best model for the first `cut` rows."""
    X, y = data.deliveries(town)
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    squares = (y - A @ torch.linalg.lstsq(A[:cut], y[:cut]).solution) ** 2
    return squares[:cut].mean().item(), squares[cut:].mean().item()


higher = {}
for cut in (150, 20):
    pairs = [town_mses(f"town {k}", cut) for k in range(30)]
    higher[cut] = sum(unseen > seen for seen, unseen in pairs)
some = "in 11 to 20" if higher[150] > 10 else "in 10 or fewer"
predict.show("unseen", "in more than 20" if higher[150] > 20 else some)

# %%
for cut, count in higher.items():
    print(f"{cut} training rows: higher in {count} of 30 towns")

# %% [markdown]
# **Look closer.** Not in all. The parameters suit the training rows, chance
# and all, so on unseen rows the error is higher *on average*. With 150 rows
# for 4 parameters that part is small. Which rows fell into the test set
# matters more, and that is luck. With 20 training rows it is no longer small.
#
# Now your town, and only once.

# %%
with torch.no_grad():
    y_hat = model(Z_test)
    test_mse = criterion(y_hat, y_test).item()
test_mae = (y_hat - y_test).abs().mean().item()
guess = criterion(y_train.mean().expand_as(y_test), y_test).item()
print(f"test MSE {test_mse:.3f} (root {test_mse**0.5:.2f} minutes)")
print(f"test MAE {test_mae:.2f} minutes")
print(f"always saying the training average: MSE {guess:.1f}")

# %% [markdown]
# For `"ada"` the test MSE is 8.8 and the training MSE 6.0. The mean absolute
# error (MAE, unit 5) is in minutes: the number to tell a customer. It is never
# larger than the root of the MSE. If the two are far apart, there are a few
# very large errors.
#
# A yardstick belongs beside every error. Here it is the model that ignores
# the features and always says the training average. Without it, nobody knows
# whether an MSE of 9 is good.
#
# Now the weights. The features are standardised, so a weight is worth so many
# minutes a standard deviation. Divided by the standard deviation, it is back
# in minutes per mile or per hour.

# %%
per_std = model[0].weight.detach().flatten()
per_unit = per_std / std
for column, name in enumerate(("distance", "hour", "rain")):
    print(f"{name}: {per_std[column]:.2f} minutes a standard deviation,")
    print(f"   {per_unit[column]:.2f} minutes a unit")

# %% [markdown]
# For `"ada"` each mile costs 3.3 minutes and rain 4.6, but an hour almost
# nothing. Does the hour not matter? Section 8.16 looks.
#
# **Change.** For the thirty towns, set the 20 to 10, then to 100.

# %% [markdown]
# ## 8.16 Residuals: what the line could not say
#
# A **residual** is true minus predicted, here in minutes: positive where the
# delivery took longer than the model said. If the model has said all there is
# to say, the residuals are noise. If they show a pattern, the pattern is
# something the model has missed.
#
# What you see here may change the model, so look at the *training rows only*.
#
# **Predict.** The neuron gave the hour a slope of almost 0. Will the
# residuals, plotted over the hour, be a flat band?
#
# **Run.**

# %%
with torch.no_grad():
    left = y_train - model(Z_train)  # residuals, shape (150, 1)

hour = X_train[:, 1]
plt.scatter(hour, left, color="#4477AA", s=14)
plt.axhline(0, color="black", linewidth=1)
plt.xlabel("hour of day")
plt.ylabel("residual (minutes)")
plt.title("Residuals over the hour: not a flat band")
plt.show()

# %%
for start, end in ((9, 13), (13, 16), (16, 17), (17, 18), (18, 19), (19, 23)):
    rows = (hour >= start) & (hour < end)
    average = left[rows].mean().item()
    print(f"{start:2} to {end} h: mean residual {average:5.1f} minutes")

# %% [markdown]
# **Look closer.** Around half past five the deliveries take several minutes
# longer than the line says; at other hours, somewhat shorter. That is the
# rush hour. A straight line cannot rise and fall again, so it takes the
# average and is wrong on both sides. More epochs will not help: this error
# belongs to the *model*, not to the training.
#
# **Change.** Plot the residuals over the distance, then over the predicted
# time. Do you see a pattern there?

# %% [markdown]
# ## 8.17 A feature that can say it
#
# What does help is a feature that rises and falls with the traffic. Let a
# fourth column be 1 at 17:30 and fall to 0 within two hours on either side.
# For a comparison of models the formula of section 8.8 is quicker than the
# loop: the cell fits both, without and with the new column, to the training
# rows.
#
# **Predict.** `data.deliveries` adds noise with the mean square 4/3 (see
# `help(data.deliveries)`), and no model can predict that. Without the column
# the training MSE is 6.0 for `"ada"`. How near to 4/3 will it come?
#
# **Run.**

# %%
rush = (1 - (X[:, 1:2] - 17.5).abs() / 2).clamp(min=0)  # (200, 1)
ones = torch.ones(len(X), 1)
for name, columns in (("without", [X, ones]), ("with", [X, rush, ones])):
    A = torch.cat(columns, dim=1)
    solution = torch.linalg.lstsq(A[:150], y[:150]).solution
    squares = (y - A @ solution) ** 2
    print(f"{name} the rush column:")
    print(f"   training MSE {squares[:150].mean().item():.2f}")
    print(f"   test MSE     {squares[150:].mean().item():.2f}")

# %% [markdown]
# **Look closer.** One column, and for `"ada"` the MSE falls to a sixth. What
# is left is the noise of these rows: 0.99 and 1.53, on either side of 4/3.
# (Other towns have weaker or stronger rush hours: in most it falls to
# something between two fifths and an eighth.)
#
# The test set has now been looked at twice. The feature came from the
# training residuals, so this is still fair; with every further look it would
# be less so. Choices, such as where the peak of the column stands, are made on
# training rows, or on the validation set of unit 7.
#
# You found this feature by looking. A hidden layer with an activation
# function can find such bends by itself, as in unit 4; then, in turn, it is
# harder to say what the model has found.
#
# **Change.** Take the line with the test MSE out. Then set the middle of the
# rush hour to 12.5 and to 16.5. What does a feature in the wrong place do to
# the training MSE?

# %% [markdown]
# ### Exercise 8.9 · The residuals of any town
# **Difficulty** ●●●○○ · **about 8 minutes** · 10 points
#
# Write `my_residuals(student)`: the residuals, true minus predicted minutes,
# of the best linear model for `data.deliveries(student)`. The model has a
# weight for each of the three features and a bias. It is fitted to *all*
# rows, by least squares or by training to the end. (The model of section 8.15
# has seen 150 rows; this one sees all.)
#
# When the checks are silent, call it with your own user name in a new cell
# and plot the result over the hour. About how many minutes above zero are the
# residuals at half past five? Why is the true delay of the rush hour larger
# than that?
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Section 8.17 fits such a model with `lstsq`, but to 150 rows. Section 8.16 says
# which way round the difference goes.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Get the data of this name, put a column of ones beside the three features, solve for
# all rows, and subtract the predictions from the true times. Mind that both have the
# shape (n, 1).
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Three lines: the data; the table with four columns; a `return` of `y` minus a matrix
# product of the table and the solution.
#
# </details>


# %% nbgrader={"grade_id": "my-residuals", "solution": true}
def my_residuals(student):
    """True minus predicted minutes of the best linear model, (batch, 1).

    student: a name, as data.deliveries takes it
    The model is fitted to all rows and has three weights and a bias.
    """
    ### BEGIN SOLUTION
    X, y = data.deliveries(student)
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    return y - A @ torch.linalg.lstsq(A, y).solution
    ### END SOLUTION


# %% nbgrader={"grade_id": "my-residuals-test", "grade": true, "points": 10}
for town in ("ada", "grace"):
    town_X, town_y = data.deliveries(town)
    found = my_residuals(town)
    expect.that(
        isinstance(found, torch.Tensor),
        "`my_residuals` did not return a tensor: does it end with `return`?",
    )
    shape = tuple(found.shape)
    expect.that(
        shape != (200, 200),
        "the result has shape (200, 200): (200, 1) and (200,) were "
        "broadcast against each other. Compare the two shapes.",
    )
    expect.equal(
        shape,
        (200, 1),
        f'the shape of my_residuals("{town}")',
        mistakes={
            "one dimension is missing: keep the column that `y` has.": (200,),
            "these are the training rows of section 8.16. Which rows are asked for here?": (
                150,
                1,
            ),
        },
    )
    found = found.detach()
    expect.that(
        bool(found.isfinite().all()),
        "the result contains nan or inf: training exploded. Are the rows "
        "standardised, and is lr below the limit?",
    )
    expect.that(
        bool(found.any()),
        "every residual is 0, but no line meets 200 such points: what was subtracted from what?",
    )
    average = found.mean().item()
    expect.that(
        abs(average) < 15,
        f"the residuals average {average:.0f} minutes: either these are predictions, "
        "or the model has no bias.",
    )
    expect.that(
        bool((found < 0).any()),
        "no residual is negative: were they squared, or is their sign lost?",
    )
    town_A = torch.cat([town_X, torch.ones(200, 1)], dim=1)
    r150, r200 = (
        town_y - town_A @ torch.linalg.lstsq(town_A[:n], town_y[:n]).solution
        for n in (150, 200)
    )
    fits = (found - r200).abs().max().item() < 0.05
    expect.that(
        fits or (found - r150).abs().max().item() > 0.05,
        "this model was fitted to the first 150 rows only: fit all 200.",
    )
    expect.that(
        abs(average) < 0.05,
        f"the residuals average {average:.2f}, not 0. A fitted bias removes that: "
        "does your model have one, fully fitted?",
    )
    expect.that(
        (found * town_y).mean().item() > -0.5 * (found**2).mean().item(),
        "long deliveries have negative residuals: is the sign turned? It is true minus predicted.",
    )
    overlap = (found * (town_y - found)).mean().item()
    expect.that(
        abs(overlap) < 0.1 * (found**2).mean().item(),
        f'these are not the residuals of `data.deliveries("{town}")`: whose rows were fitted?',
    )
    slopes = (found * (town_X - town_X.mean(dim=0))).mean(dim=0)
    expect.that(
        slopes.abs().max().item() < 0.02,
        "some column still explains a part of the residuals: were all "
        "three features used, and fitted to the end?",
    )
    expect.that(
        fits,
        "these are not the residuals of the best model in three columns: "
        "was a fourth one added, such as rush?",
    )
### BEGIN HIDDEN TESTS
generator = torch.Generator().manual_seed(89)
for number in torch.randint(10**6, (3,), generator=generator).tolist():
    town_X, town_y = data.deliveries(f"town {number}")
    design = torch.cat([town_X, torch.ones(200, 1)], dim=1).double()
    fitted = design @ torch.linalg.lstsq(design, town_y.double()).solution
    wanted = (town_y.double() - fitted).float()
    expect.close(
        my_residuals(f"town {number}"),
        wanted,
        "the residuals",
        rtol=0,
        atol=0.05,
    )
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 8.10 · Project: from a table to an honest error
# **Difficulty** ●●●●○ · **about 18 minutes** · 14 points
#
# *Given* are a table `X` with any number of features, the targets `y`, and
# `n_train`. The rows are in random order. The first `n_train` of them are the
# training set, the others the test set.
#
# *To be handed over* is `fit_deliveries(X, y, n_train)`, which puts the unit
# together: it standardises, trains `nn.Sequential(nn.Linear(features, 1))` to
# the end, and returns five things. Each step uses the whole training set. The
# targets stay in minutes.
#
# - `model`, and the `mean` and `std` of the features. Anyone can then predict
#   for new rows with `model((X_new - mean) / std)`.
# - `test_mse`: the MSE of the model on the test set, a Python float.
# - `guess_mse`: its yardstick, the MSE on the test set of always saying the
#   average time of the training set, a Python float.
#
# *It is judged* by three things. Nothing leaks: no test row has a part in the
# statistics, the training or the average. Training is finished: every
# prediction comes within 0.1 minutes of that of the least-squares fit to the
# training rows. The two errors are those of unseen rows. The learning rate
# and the number of epochs are your choice; a call should take less than two
# seconds.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Section 8.14 for the cut and the ruler, section 8.15 for the loop and the yardstick.
# Section 8.13 says which learning rates a round bowl allows.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Work in this order: cut, statistics, model, loop, test. Count the features from the
# shape of `X`. After training, measure without recording; the average of the
# yardstick is one number, and it comes from the training part of `y`.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Two lines of cutting, one for the statistics, three that make model, loss and
# optimizer, a `for` with the five lines and enough rounds, then a block without
# recording that computes two floats, and the `return`.
#
# </details>


# %% nbgrader={"grade_id": "project", "solution": true}
def fit_deliveries(X, y, n_train):
    """Train on the first n_train rows, test on the others.

    X: (batch, features), y: (batch, 1)
    Returns model, mean (features,), std (features,), test_mse, guess_mse
    (two floats). The model takes standardised rows.
    """
    ### BEGIN SOLUTION
    X_train, X_test = X[:n_train], X[n_train:]
    y_train, y_test = y[:n_train], y[n_train:]
    mean, std = X_train.mean(dim=0), X_train.std(dim=0)
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=0.1)
    for epoch in range(300):
        optimizer.zero_grad()
        loss = criterion(model((X_train - mean) / std), y_train)
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        test_mse = criterion(model((X_test - mean) / std), y_test).item()
        guess_mse = ((y_test - y_train.mean()) ** 2).mean().item()
    return model, mean, std, test_mse, guess_mse
    ### END SOLUTION


# %% nbgrader={"grade_id": "project-test", "grade": true, "points": 14}
town_X, town_y = data.deliveries("a town for the checks", 240)
torch.manual_seed(0)
parts = fit_deliveries(town_X, town_y, 180)
expect.that(
    isinstance(parts, (tuple, list)) and len(parts) == 5,
    "`fit_deliveries` did not return five things: model, mean, std, test_mse, guess_mse.",
)
fitted, centre, spread, error, guessed = parts
expect.close(
    centre,
    torch.tensor([6.8278, 14.9967, 0.3222]),
    "mean",
    rtol=1e-3,
    mistakes={
        "the test rows took part in it. Which rows may the statistics see?": [
            6.5892,
            15.0738,
            0.3167,
        ]
    },
)
expect.close(
    spread,
    torch.tensor([3.0920, 3.7783, 0.4686]),
    "std",
    rtol=5e-3,
    mistakes={
        "the test rows took part in it. Which rows may the statistics see?": [
            3.1995,
            3.6746,
            0.4661,
        ]
    },
)
for name, value in (("test_mse", error), ("guess_mse", guessed)):
    expect.that(
        isinstance(value, float),
        f"{name} is of type {type(value).__name__}. Return a Python float, without history.",
    )
expect.that(
    bool(error < 1e6),
    f"test_mse is {error}: training exploded. Does the model see standardised "
    "rows, is lr below the limit, and `zero_grad` in the loop?",
)
town_Z = (town_X - centre) / spread
with torch.no_grad():
    says, raw = fitted(town_Z), fitted(town_X)
town_A = torch.cat([town_Z, torch.ones(240, 1)], dim=1)
honest, leaky = (
    town_A @ torch.linalg.lstsq(town_A[:n], town_y[:n]).solution
    for n in (180, 240)
)
known, minute = town_y[:180].mean(), town_y[:180].std()
for seen, message in (
    (says * minute + known, "the targets were standardised: leave them"),
    (says + known, "the average was subtracted from the targets: leave them"),
):
    expect.that(
        (seen - honest).abs().max().item() > 0.2, f"{message} in minutes."
    )
expect.that(
    (raw - honest).abs().max().item() > 0.2,
    "your model takes raw rows. It should take standardised ones, as `(X_new - mean) / std`.",
)
expect.that(
    (says - known).abs().max().item() > 0.5,
    "the model says the average for every row: did (n, 1) meet (n,) in the loss? Compare the shapes.",
)
expect.that(
    next(fitted.parameters()).abs().max().item() > 0.6,
    "the weights are as small as those of a fresh layer. Does `step()` run, and after `backward()`?",
)
squares = (says - town_y) ** 2
on_train, on_test, on_all = (
    squares[:180].mean(),
    squares[180:].mean(),
    squares.mean(),
)
crossed = ((says[180:].T - town_y[180:]) ** 2).mean()
unseen = town_X[180:]
with torch.no_grad():
    own = fitted((unseen - unseen.mean(dim=0)) / unseen.std(dim=0))
expect.that(
    error > 50 or on_test.item() < 50,
    f"test_mse is {error:.3g}, but for standardised rows your model is far off: "
    "was it trained on unscaled rows?",
)
expect.close(
    error,
    on_test.item(),
    "test_mse",
    rtol=1e-2,
    mistakes={
        "this is the error on the training rows. Which rows has the model not seen?": on_train,
        "this is the error on all rows. Which rows has the model not seen?": on_all,
        "every prediction was compared with every target: do both have "
        "the shape (batch, 1)?": crossed,
        "this is the mean absolute error. The project asks for squares.": squares[
            180:
        ]
        .sqrt()
        .mean(),
        "this is the root of the mean squared error. Leave the root out.": on_test.sqrt(),
        "the model was tested on unscaled rows. Which rows was it trained on?": (
            (raw - town_y)[180:] ** 2
        ).mean(),
        "the test rows were scaled with their own statistics. Which ruler does "
        "the model know?": ((own - town_y[180:]) ** 2).mean(),
        "this is the error of the yardstick: are the two errors swapped?": (
            (town_y[180:] - known) ** 2
        ).mean(),
    },
)
expect.that(
    (says - leaky).abs().max().item() > 0.05,
    "this is the fit to all 240 rows: which rows may training see?",
)
off = (says - honest).abs().max().item()
expect.that(
    off < 2,
    f"predictions are up to {off:.3g} minutes off the least-squares fit to the training "
    "rows. Is training finished, and `zero_grad` in the loop?",
)
expect.that(
    off < 0.1,
    f"predictions are still {off:.2g} minutes off the least-squares fit. Does each step "
    "use all training rows? Are the epochs enough?",
)
expect.close(
    guessed,
    ((town_y[180:] - known) ** 2).mean().item(),
    "guess_mse",
    rtol=1e-3,
    mistakes={
        "the average is that of the test rows, which nobody knows beforehand. "
        "Which average is asked for?": (town_y[180:] - town_y[180:].mean())
        .square()
        .mean(),
        "the average is that of all rows. Which rows may it see?": (
            town_y[180:] - town_y.mean()
        )
        .square()
        .mean(),
        "this is measured on the training rows. On which rows is `test_mse` measured?": (
            (town_y[:180] - known).square().mean()
        ),
        "this is `test_mse` again. What does the yardstick predict, without any feature?": error,
        "this is the average itself. What is its MSE on the test rows?": known,
    },
)
one_column = fit_deliveries(town_X[:, :1], town_y, 180)[0]
expect.equal(
    tuple(next(one_column.parameters()).shape),
    (1, 1),
    "the shape of the weight for one feature",
)
### BEGIN HIDDEN TESTS
tables = [
    (*data.deliveries(f"hidden {n}", n), 3 * n // 4) for n in (160, 300)
]
generator = torch.Generator().manual_seed(90)
noise = torch.randn(120, 6, generator=generator)
tables.append(
    (5 * noise[:, :5] + 20, 4 * noise.sum(dim=1, keepdim=True) + 9, 80)
)
for town_X, town_y, n_train in tables:
    design = torch.cat([town_X, torch.ones(len(town_X), 1)], dim=1).double()
    exact = torch.linalg.lstsq(
        design[:n_train], town_y[:n_train].double()
    ).solution
    torch.manual_seed(1)
    fitted, centre, spread, error, guessed = fit_deliveries(
        town_X, town_y, n_train
    )
    expect.close(centre, town_X[:n_train].mean(dim=0), "mean", rtol=1e-3)
    with torch.no_grad():
        says = fitted((town_X - centre) / spread)
    expect.close(spread, town_X[:n_train].std(dim=0), "std", rtol=1e-2)
    expect.close(
        says, (design @ exact).float(), "the predictions", rtol=0, atol=0.1
    )
    squares = (says - town_y)[n_train:] ** 2
    expect.close(error, squares.mean().item(), "test_mse", rtol=1e-2)
    squares = (town_y[n_train:] - town_y[:n_train].mean()) ** 2
    expect.close(guessed, squares.mean().item(), "guess_mse", rtol=1e-3)
### END HIDDEN TESTS

# %% [markdown]
# ## What you take with you
#
# - A neuron is distance × weight + bias: a line. `nn.Linear(in, out)` counts
#   features and outputs, never samples.
# - `zero_grad`, forward, loss, `backward`, `step`: clear, predict, measure,
#   differentiate, move.
# - The steepest curvature limits the learning rate (lr < 2/λ_max), the
#   flattest sets the time. Standardising makes the bowl round.
# - Statistics, weights and choices come from the training set; the test set
#   is looked at once.
# - Put a yardstick beside every error, and look at the residuals: a pattern
#   in them is the next thing the model should learn.
#
# This was the last unit. You began with a single tensor, and end with a
# model that you trained, explained and tested.
