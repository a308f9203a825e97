# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
#   course:
#     title: Optimizers
#     minutes: 150
#     teaches: write SGD, momentum and Adam by hand, link them to a model, and choose a learning rate
# ---

# %% [markdown]
# # 6 · Optimizers
#
# After this unit you can write the three best-known optimizers by hand and show that they
# agree with PyTorch's. You can say which numbers of a model an optimizer changes, and
# choose a learning rate by measuring. It takes about 150 minutes; good places for two
# breaks are after exercise 6.5 and after section 6.7.
#
# **Three questions on earlier units.** Answer aloud before you look.
#
# 1. `loss.backward()` has run twice, and nothing happened in between. What is in
#    `w.grad`?
# 2. Why does a step of gradient descent stand under `torch.no_grad()`, and why is it
#    written `w -= ...` and not `w = w - ...`?
# 3. How many tensors does `model.parameters()` hand out for
#    `nn.Sequential(nn.Linear(10, 50), nn.ReLU(), nn.Linear(50, 1))`?
#
# <details><summary>Answers</summary>
#
# 1. The sum of both gradients: `backward()` adds to what is there.
# 2. The step is no part of the calculation whose slope is wanted, and PyTorch refuses to
#    change a weight in place while it records. `w -= ...` writes into the tensor that the model
#    holds; `w = w - ...` makes a new one, which the model does not know.
# 3. Four: two weights and two biases. ReLU has no parameters.
#
# </details>

# %% nbgrader={"grade_id": "setup", "locked": true}
import copy
import math

import matplotlib.pyplot as plt
import torch
import torch.nn as nn
import torch.optim as optim

from course import data, expect, predict
from course.boards.race import RaceBoard
from course.boards.training import TrainingBoard

# %% [markdown]
# ## 6.1 The step as an object
#
# In unit 1 you wrote gradient descent by hand: again and again, move each weight
# against its gradient, by `lr` times the gradient. An **optimizer** is an object that does
# this for all parameters of a model. `optim.SGD` is the plainest one.
#
# **Predict.** The cell takes one step by hand and one with `optim.SGD`, from the same
# start. Will the weights agree in all digits?
#
# **Run.**

# %%
inputs, times = data.four_deliveries()
loss_function = nn.MSELoss()
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(1, 1))
by_hand = copy.deepcopy(model)

loss_function(by_hand(inputs), times).backward()
with torch.no_grad():
    for p in by_hand.parameters():
        p -= 0.01 * p.grad

# %%
optimizer = optim.SGD(model.parameters(), lr=0.01)

optimizer.zero_grad()
outputs = model(inputs)
loss = loss_function(outputs, times)
loss.backward()
optimizer.step()

print(model[0].weight.item() == by_hand[0].weight.item())
print(model[0].bias.item() == by_hand[0].bias.item())
print(round(model[0].weight.item(), 3), round(model[0].bias.item(), 3))

# %%
torch.manual_seed(1)
net = nn.Linear(10, 1)
input_batch, target_batch = torch.randn(64, 10), torch.randn(64, 1)
criterion = nn.MSELoss()
optimizer = torch.optim.SGD(net.parameters(), lr=0.01)  # Learning rate 0.01
for _ in range(3):
    loss = criterion(net(input_batch), target_batch)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(round(loss.item(), 3))

# %% [markdown]
# **Look closer.** Weight and bias agree. Four lines come back in every training: compute the
# loss; `zero_grad()` clears the gradients of the last step, since `backward()` adds;
# `backward()` fills `.grad`; `step()` reads `.grad` and changes the parameters. The
# optimizer never sees the loss or the data. The third cell writes these lines as a loop, as
# you will often meet it. `zero_grad()` may stand anywhere before `backward()`. Unit 7 is
# about this loop.
#
# A step by hand fails without `torch.no_grad()`, with the message "a leaf Variable that
# requires grad is being used in an in-place operation". A **leaf** is a tensor that was made,
# not computed, as every parameter is.
#
# <div class="alert alert-info">
#
# **Three sentences that are often read, made exact.** "The optimizer figures out the
# direction": `backward()` does; SGD multiplies by −lr. "The learning rate is the size of the
# step": in SGD the size is lr times the gradient. "`zero_grad()` zeros the gradients": since
# PyTorch 2.0 it sets `.grad` to `None`, which `backward()` treats like zero.
#
# </div>
#
# **Change.** Print `net.bias.grad` after `optimizer.zero_grad()`.

# %% [markdown]
# ### Exercise 6.1 · One step for a list
# **Difficulty** ●○○○○ · **about 5 minutes** · 8 points
#
# Write `sgd_step(params, grads, lr)`: one step of gradient descent for all tensors of a
# list, changed in place, so that a model which holds the same tensors sees the change.
# Some of the tensors require gradients. The gradients come in a list of their own, in the
# same order, and stay as they are. Nothing is returned.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The first cell of section 6.1 takes such a step for a model.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Walk through both lists together; `zip` hands out pairs. Write into each tensor, without
# recording.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Three lines: a `with`, in it a `for` over pairs, in it one subtraction in place.
#
# </details>


# %% nbgrader={"grade_id": "sgd-step", "solution": true}
def sgd_step(params, grads, lr):
    """Move every tensor of params against its gradient, in place.

    params: list of float tensors; grads: their gradients, in the same
    order and of the same shapes; lr: float. Returns nothing.
    Example: params [[3.0]], grads [[2.0]], lr 0.5: params is now [[2.0]].
    """
    ### BEGIN SOLUTION
    with torch.no_grad():
        for p, g in zip(params, grads, strict=True):
            p -= lr * g
    ### END SOLUTION


# %% nbgrader={"grade_id": "sgd-step-test", "grade": true, "points": 8}
first, second = torch.tensor([3.0, -1.0]), torch.tensor([[0.5]])
grads = [torch.tensor([2.0, -4.0]), torch.tensor([[1.0]])]
sgd_step([first, second], grads, 0.25)
expect.close(
    first,
    torch.tensor([2.5, 0.0]),
    "the first tensor after sgd_step",
    mistakes={
        "it has not moved. Does `p = ...` write into the tensor, or give the name to a new one?": [
            3.0,
            -1.0,
        ],
        "it moved uphill, along the gradient. Which way does the loss fall?": [
            3.5,
            -2.0,
        ],
        "a whole gradient was taken off. Where does `lr` come in?": [
            1.0,
            3.0,
        ],
        "it is now the change alone. What happened to the old values?": [
            -0.5,
            1.0,
        ],
    },
)
expect.close(
    second,
    torch.tensor([[0.25]]),
    "the second tensor after sgd_step",
    mistakes={
        "only the first tensor moved. When does your loop end?": [[0.5]]
    },
)
expect.that(
    torch.equal(grads[0], torch.tensor([2.0, -4.0])),
    "sgd_step changed the gradients. Which line writes into them, and how can it do without?",
)
recorded = torch.tensor([1.0, 2.0], requires_grad=True)
sgd_step([recorded], [torch.tensor([10.0, -10.0])], 0.1)
expect.close(
    recorded,
    torch.tensor([0.0, 3.0]),
    "a tensor that requires gradients, after sgd_step",
)
expect.that(
    recorded.requires_grad and recorded.is_leaf,
    "the tensor required gradients before, and does no longer, or the step was "
    "recorded. Which of your lines touches that?",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(61)
for trial in range(12):
    shapes = [(), (3,), (2, 4), (1, 2, 3)][: 1 + trial % 4]
    params = [torch.randn(s, generator=source) for s in shapes]
    if trial % 2:
        params = [p.requires_grad_() for p in params]
    before = [p.detach().clone() for p in params]
    lr = 0.05 + torch.rand((), generator=source).item()
    grads = [torch.randn(s, generator=source) for s in shapes]
    kept = [g.clone() for g in grads]
    sgd_step(params, grads, lr)
    for p, old, g, was in zip(params, before, grads, kept, strict=True):
        expect.close(p, old - lr * was)
        expect.close(g, was)
        expect.that(p.requires_grad == bool(trial % 2), "the flag changed")
        expect.that(p.is_leaf, "the step was recorded")
### END HIDDEN TESTS

# %% [markdown]
# ## 6.2 Linked to parameters
#
# `model.parameters()` says which values the optimizer may adjust. But `model` is a name,
# and a name can be given to another network afterwards.
#
# **Predict.** Commit a guess, then run on.

# %%
predict.choice(
    "anew",
    "An optimizer is made for `model`. Then a new network gets the name `model`. "
    "Does step() move the new one?",
    ["yes", "no", "step() raises an error"],
)

# %%
torch.manual_seed(0)
model = nn.Linear(1, 1)
optimizer = optim.SGD(model.parameters(), lr=0.01)
model = nn.Linear(1, 1)
before = model.weight.item()
loss_function(model(inputs), times).backward()
optimizer.step()
predict.show("anew", "yes" if model.weight.item() != before else "no")

# %% [markdown]
# The optimizer keeps references to the very tensors that it was given. It links to tensors,
# not to a name.
#
# ![Left, a box "optimizer" with a list of two entries; arrows lead to the tensors weight and bias of an old model. The name model points to a new model on the right, with its own weight and bias; no arrow of the optimizer leads there.](figures/link.svg)
#
# *Figure 6.1. The name `model` has moved on to a new model; the optimizer has not.*
#
# In the next cell both layers get gradients, but the optimizer was given only the second.

# %%
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(1, 4), nn.Tanh(), nn.Linear(4, 1))
optimizer = optim.SGD(model[2].parameters(), lr=0.01)
before = copy.deepcopy(model)
loss_function(model(inputs), times).backward()
optimizer.step()
for place in (0, 2):
    same = torch.equal(model[place].weight, before[place].weight)
    print("layer", place, "moved:", not same)

# %%
model = nn.Sequential(nn.Linear(1, 4), nn.Tanh(), nn.Linear(4, 1))
optimizer = optim.SGD(
    [
        {"params": model[0].parameters(), "lr": 0.001},
        {"params": model[2].parameters()},
    ],
    lr=0.1,
)
for group in optimizer.param_groups:
    print(group["lr"], [tuple(p.shape) for p in group["params"]])

# %% [markdown]
# **Look closer.** A parameter that the optimizer was not given stays where it is, with or
# without a gradient. This is how a trained part of a model is kept as it is, **frozen**,
# while the rest learns. It is also how training fails without an error message: an
# optimizer that was made before the model was replaced trains the old one, and clears the
# old one's gradients only. Make the model first, then the optimizer.
#
# A **parameter group** is a list of parameters with settings of its own, here two learning
# rates. `model.parameters()` can be walked through only once: the optimizer makes a list
# of it.
#
# **Change.** Write `ps = model.parameters()` and give `ps` to two optimizers, one after the
# other. What does the second one say?

# %% [markdown]
# ### Exercise 6.2 · Freeze a part
# **Difficulty** ●●○○○ · **about 7 minutes** · 10 points
#
# The cell below makes a model whose parts have names, and prints what `named_parameters()`
# hands out: pairs of a name and a parameter. A full name begins with the name of the part,
# then comes a dot. Write `optimizer_without(model, name, lr)`: an `optim.SGD` that trains
# all of the model's parameters except those of the part called `name`. Leave the parameters
# as they are: the frozen part still gets gradients.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Run the cell below and read the names. Section 6.2 shows what an optimizer may be given.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Collect the parameters whose part is another one in a list. `split` can cut a full name at
# its dots.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Two lines: a list made by a `for` over names and parameters with an `if`, then the
# optimizer.
#
# </details>


# %% nbgrader={"grade_id": "parts", "locked": true}
def parts(**layers):
    """Return an nn.Sequential whose parts have the given names.

    The two stars collect the named arguments: layers is a dict.
    """
    model = nn.Sequential()
    for name, layer in layers.items():
        model.add_module(name, layer)
    return model


torch.manual_seed(0)
three = parts(
    body=nn.Linear(2, 3), body2=nn.Linear(3, 3), head=nn.Linear(3, 1)
)
for name, p in three.named_parameters():
    print(name, tuple(p.shape))


# %% nbgrader={"grade_id": "without", "solution": true}
def optimizer_without(model, name, lr):
    """Return an optim.SGD for all parameters but those of the part `name`.

    model: an nn.Module with named parts; name: the name of one of them.
    Example: optimizer_without(three, "head", 0.1) trains body and body2.
    """
    ### BEGIN SOLUTION
    trained = [
        p
        for full, p in model.named_parameters()
        if full.split(".")[0] != name
    ]
    return optim.SGD(trained, lr=lr)
    ### END SOLUTION


# %% nbgrader={"grade_id": "without-test", "grade": true, "points": 10}
def moves(model, name, lr):
    """Return by how much each part moves in one step, largest number first."""
    optimizer = optimizer_without(model, name, lr)
    expect.that(
        optimizer is not None,
        "optimizer_without returned nothing. Does your code end with `return`?",
    )
    kind = type(optimizer).__name__
    expect.that(
        isinstance(optimizer, optim.Optimizer),
        f"optimizer_without returned a {kind}, not an optimizer. What is made of the "
        "parameters that you collected?",
    )
    expect.that(
        isinstance(optimizer, optim.SGD),
        f"optimizer_without returned optim.{kind}. Which optimizer is asked for?",
    )
    expect.that(
        all(p.requires_grad for p in model.parameters()),
        "parameters of the model no longer require gradients. The optimizer alone "
        "should decide: what is it given?",
    )
    before = [p.detach().clone() for p in model.parameters()]
    for p in model.parameters():
        p.grad = torch.ones_like(p)
    optimizer.step()
    changes = [
        (p.detach() - old).abs().max().item()
        for p, old in zip(model.parameters(), before, strict=True)
    ]
    return torch.tensor(changes)


torch.manual_seed(0)
model = parts(body=nn.Linear(2, 3), head=nn.Linear(3, 1))
expect.close(
    moves(model, "body", 0.25),
    torch.tensor([0.0, 0.0, 0.25, 0.25]),
    "movements of the four parameters, body frozen",
    mistakes={
        "the frozen part moves, and the rest stays. Which parameters should the optimizer get?": [
            0.25,
            0.25,
            0.0,
            0.0,
        ],
        "all of them move. What is the optimizer given? Is `body.weight` the name of a "
        "part?": [0.25] * 4,
        "nothing moves. Which parameters did your list keep?": [0.0] * 4,
        "the frozen part's bias moves. Which names belong to a part?": [
            0.0,
            0.25,
            0.25,
            0.25,
        ],
        "the right ones move, but with PyTorch's own learning rate. Where does `lr` come in?": [
            0.0,
            0.0,
            0.001,
            0.001,
        ],
    },
    atol=1e-5,
)
expect.close(
    moves(model, "head", 0.5),
    torch.tensor([0.5, 0.5, 0.0, 0.0]),
    "movements of the four parameters, head frozen",
    mistakes={
        "the body is frozen, though `head` was asked for. Where does `name` come in?": [
            0.0,
            0.0,
            0.5,
            0.5,
        ],
    },
    atol=1e-5,
)
model = parts(
    body=nn.Linear(2, 3), body2=nn.Linear(3, 3), head=nn.Linear(3, 1)
)
expect.close(
    moves(model, "body", 0.5),
    torch.tensor([0.0, 0.0, 0.5, 0.5, 0.5, 0.5]),
    "movements with body, body2 and head, body frozen",
    mistakes={
        "`body2` is frozen too: its name begins in the same way. Where does the part's name end?": [
            0.0,
            0.0,
            0.0,
            0.0,
            0.5,
            0.5,
        ],
    },
    atol=1e-5,
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(62)
for trial in range(9):
    layers = {
        "in": nn.Linear(3, 2),
        "in_2": nn.Linear(2, 2, bias=trial % 2 == 0),
        "mid": nn.Sequential(nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 2)),
        "2": nn.Linear(2, 1),
        "weight": nn.Linear(1, 1),
    }
    frozen = list(layers)[int(torch.randint(5, (), generator=source))]
    lr = 0.1 + torch.rand((), generator=source).item()
    model = parts(**layers)
    wanted = [
        0.0 if any(p is q for q in layers[frozen].parameters()) else lr
        for p in model.parameters()
    ]
    expect.close(moves(model, frozen, lr), torch.tensor(wanted), atol=1e-5)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 6.3 · The copy that does not learn
# **Difficulty** ●●●○○ · **about 8 minutes** · 12 points
#
# The function below should train a *copy* of a model, leave the model itself as it was,
# and return the copy with its loss after the last step. It has two faults: the copy never
# learns, and the loss it returns is not the one that was asked for. Run it: 870 is the loss
# of an untrained neuron, and neither weight has moved. The second fault shows itself only
# when the first is mended. Find both, and write `fit_copy` without them.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Follow the tensors, not the name `model`: which tensors does each line work on? Figure 6.1
# shows the first fault. For the second, ask when the last loss was computed.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Two lines at the beginning stand in the wrong order. At the end, a forward pass is
# missing.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# As many lines as before, and one more between the loop and `return`.
#
# </details>


# %% nbgrader={"grade_id": "broken", "locked": true}
def broken_fit_copy(model, X, y, lr, steps):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    model = copy.deepcopy(model)
    for _ in range(steps):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
    return model, loss.item()


torch.manual_seed(0)
neuron = nn.Linear(1, 1)
trained, last = broken_fit_copy(neuron, *data.four_deliveries(), 0.01, 100)
print(
    round(last, 1),
    round(trained.weight.item(), 3),
    round(neuron.weight.item(), 3),
)


# %% nbgrader={"grade_id": "fit-copy", "solution": true}
def fit_copy(model, X, y, lr, steps):
    """Train a copy of model with SGD; return (copy, its loss afterwards).

    model: an nn.Module, which stays as it was; X: (n, f), y: (n, 1);
    steps: int, at least 1. The loss is nn.MSELoss, returned as a float.
    """
    ### BEGIN SOLUTION
    criterion = nn.MSELoss()
    trained = copy.deepcopy(model)
    optimizer = optim.SGD(trained.parameters(), lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        criterion(trained(X), y).backward()
        optimizer.step()
    return trained, criterion(trained(X), y).item()
    ### END SOLUTION


# %% nbgrader={"grade_id": "fit-copy-test", "grade": true, "points": 12}
def line(weight, bias):
    """Return an nn.Linear(1, 1) with the given numbers."""
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(weight)
        model.bias.fill_(bias)
    return model


neuron = line(1.0, 0.0)
X, y = torch.tensor([[1.0], [2.0]]), torch.tensor([[3.0], [5.0]])
answer = fit_copy(neuron, X, y, 0.1, 2)
expect.that(
    isinstance(answer, tuple | list) and len(answer) == 2,
    "fit_copy(...) should return two things, the copy and its loss: `return ..., ...`.",
)
trained, loss = answer
expect.that(
    isinstance(trained, nn.Module),
    "the first thing that fit_copy returns is no model. The copy comes first, then its loss.",
)
expect.close(
    torch.cat([neuron.weight.detach().flatten(), neuron.bias.detach()]),
    torch.tensor([1.0, 0.0]),
    "weight and bias of the model that was given",
    mistakes={
        "they were trained, and should stay as they were. Is there a deep copy, "
        "and is it made before training?": [2.05, 0.66],
    },
)
expect.close(
    torch.cat([trained.weight.detach().flatten(), trained.bias.detach()]),
    torch.tensor([2.05, 0.66]),
    "weight and bias of the copy after 2 steps",
    mistakes={
        "they have not moved. Whose tensors does the optimizer hold? And what is in `.grad` "
        "when `step()` runs?": [
            1.0,
            0.0,
        ],
        "the second step is too long: the first gradient is still in `.grad`. "
        "Whose gradients are cleared?": [2.85, 1.16],
        "only one step was taken. Is the copy made anew in the loop, or is `return` inside it?": [
            1.8,
            0.5,
        ],
        "that is one step too many. A forward pass gives a loss without a step.": [
            2.127,
            0.713,
        ],
    },
)
expect.that(
    isinstance(loss, float),
    "the loss that fit_copy returns is no Python float. Which method takes "
    "the number out of a tensor?",
)
expect.close(
    loss,
    0.07085,
    "the loss after 2 steps",
    mistakes={
        "that is the loss before the last step. From which forward pass does it come?": 0.65,
        "that is the loss of the untrained model. Whose predictions are compared?": 6.5,
        "that is the sum of the squared errors. Which loss does the docstring ask for?": 0.1417,
    },
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(63)
for n, f, lr, steps in ((5, 1, 0.05, 1), (8, 3, 0.1, 6), (3, 2, 0.02, 30)):
    X, y = (
        torch.randn(n, f, generator=source),
        torch.randn(n, 1, generator=source),
    )
    model = nn.Sequential(nn.Linear(f, 1))
    with torch.no_grad():
        for p in model.parameters():
            p.copy_(torch.randn(p.shape, generator=source))
    before = [p.detach().clone() for p in model.parameters()]
    w, b = before[0].flatten().clone(), before[1].clone()
    for _ in range(steps):
        error = X @ w + b - y.flatten()
        w, b = w - lr * 2 / n * X.T @ error, b - lr * 2 * error.mean()
    trained, loss = fit_copy(model, X, y, lr, steps)
    expect.close(trained[0].weight.flatten(), w, rtol=1e-3, atol=1e-5)
    expect.close(trained[0].bias, b, rtol=1e-3, atol=1e-5)
    wanted = ((X @ w + b - y.flatten()) ** 2).mean().item()
    expect.close(loss, wanted, rtol=1e-3, atol=1e-5)
    for p, old in zip(model.parameters(), before, strict=True):
        expect.close(p, old)
### END HIDDEN TESTS

# %% [markdown]
# ## 6.3 The learning rate: creep, hop, climb
#
# The learning rate is the setting that decides most. Take the smallest bowl there is, one
# weight and the loss ½ λ w². Its slope is λ w. The number λ ("lambda") is its
# **curvature**: how much the slope changes when w changes by 1. One step is
#
# $$w \leftarrow w - lr \cdot \lambda w = (1 - lr \cdot \lambda)\, w$$
#
# Each step multiplies the distance from the lowest point by the same factor, 1 − lr · λ.
#
# ![Four parabolas with the points of successive steps. Too small: many points close together on one side. Right: one step to the bottom. Large: points hop from side to side and come nearer. Too large: each hop ends higher.](figures/rates.svg)
#
# *Figure 6.2. One bowl, four learning rates. Look at the factor below each.*
#
# **Predict.** Compute the first two steps in your head. Then commit a guess, and run on.

# %%
predict.losses(
    "limit",
    "The curvature is 4, the start w = 3, and lr = 0.5. Which shape has the loss over 20 steps?",
)


# %%
def descend(lr, steps, curvature=4.0):
    """Return the losses and the last w of gradient descent in a bowl."""
    w, losses = 3.0, []
    for _ in range(steps):
        losses.append(curvature * w**2 / 2)
        w -= lr * curvature * w
    return losses, w


# %%
predict.show("limit", descend(0.5, 20)[0])

# %%
curvature = 4.0
for lr in (0.01, 0.25, 0.4, 0.49, 0.5, 0.51, 0.6):
    factor = 1 - lr * curvature
    w = descend(lr, 20, curvature)[1]
    print(f"lr {lr}: factor {factor:5.2f}, w after 20: {w:.3g}")

# %% [markdown]
# **Look closer.** The distance shrinks when the factor lies between −1 and 1. This is the
# limit:
#
# $$0 < lr < 2 / \lambda$$
#
# At exactly 2/λ the steps hop to and fro for ever, and above it they climb: the descent
# **diverges**. Half of the limit, 1/λ, lands in one step. A far too small rate is safe and
# useless: 0.01 has gone little more than half of the way in 20 steps. "Too small" and
# "too large" are not symmetric: one costs time, the other everything.
#
# "A step against the gradient reduces the loss" is therefore true for short steps only.
#
# **Change.** Set `curvature` to 100 in the last cell. Which of the seven rates still work?

# %% [markdown]
# ### Exercise 6.4 · The limit of a bowl
# **Difficulty** ●●●○○ · **about 10 minutes** · 10 points
#
# Write `lr_limit(f)`: the learning rate at and above which gradient descent no longer
# settles. `f` is the loss, a function of one number. Its graph is a parabola that opens
# upwards, f(w) = a w² + b w + c with a > 0, but you are not told a, b and c. `f` takes a
# Python float or a tensor of shape ().
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Section 6.3 gives the limit for a known curvature, and says what the curvature is. How
# could you measure it?
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Find the slope at two points whose distance is 1: autograd gives slopes. Or look at
# three values of the loss at equal distances.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# A helper for the slope at a point, the difference of two slopes, then one division.
#
# </details>


# %% nbgrader={"grade_id": "lr-limit", "solution": true}
def lr_limit(f):
    """Return 2 / curvature of the parabola f, a float.

    f: a function of one number, f(w) = a w^2 + b w + c with a > 0.
    Example: for f(w) = 2 w^2 the curvature is 4 and the limit 0.5.
    """
    ### BEGIN SOLUTION
    curvature = f(1.0) - 2 * f(0.0) + f(-1.0)
    return 2 / float(curvature)
    ### END SOLUTION


# %% nbgrader={"grade_id": "lr-limit-test", "grade": true, "points": 10}
def parabola(a, b, c):
    """Return the function a w^2 + b w + c."""
    return lambda w: a * w**2 + b * w + c


expect.close(
    lr_limit(parabola(2.0, 0.0, 0.0)),
    0.5,
    "lr_limit of 2 w^2",
    mistakes={
        "that is the curvature. What is the limit, given the curvature?": 4.0,
        "half of the limit. How far can lr go? If you measured two slopes: how far apart "
        "are the points?": 0.25,
        "the sign is wrong: a limit lies above 0. Which difference did you take, and which "
        "way round?": -0.5,
        "twice the limit. Is the curvature the factor before w², or the change of the slope?": 1.0,
        "infinite: both slopes are the same. Does `w.grad` stay as it was when "
        "`backward()` runs again? `.item()` takes the number out.": math.inf,
    },
    rtol=1e-2,
)
expect.close(
    lr_limit(parabola(5.0, -2.0, 7.0)),
    0.2,
    "lr_limit of 5 w^2 - 2 w + 7",
    mistakes={
        "right only when b and c are 0. Is the value of the loss at 1 its curvature?": 0.1,
        "the slope at 1 was taken for the curvature. By how much does the slope "
        "change from 0 to 1?": 0.25,
        "right only when b is 0: the rise from 0 to 1 has a part that comes from b. "
        "Which third point helps?": 1 / 3,
        "the same as for 2 w². Where does your answer look at `f`?": 0.5,
    },
    rtol=1e-2,
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(64)
for _ in range(8):
    a, b, c = torch.randn(3, generator=source).tolist()
    a = abs(a) + 0.3
    expect.close(lr_limit(parabola(a, b, c)), 1 / a, rtol=1e-2)
### END HIDDEN TESTS

# %% [markdown]
# ## 6.4 On the board, and by a range
#
# A real loss has many weights, and you do not know its curvatures. But you can try. The
# board below trains one neuron, `nn.Linear(1, 1)`, on the four deliveries with SGD: on the
# left the loss, on the right the line. The sliders work with the mouse and with the arrow keys.
#
# **Predict.** Think of 500 epochs at each value of the lr slider, from 0.01 upwards: 0.011,
# 0.0125, 0.014 and so on. At some value the final loss is lowest, at some value it explodes.

# %%
predict.choice(
    "edge",
    "How far above the best lr is the first one that explodes?",
    ["the next value of the slider", "about twice", "about ten times"],
)


# %%
def final_loss(lr, epochs=500):
    """Return the loss of one neuron after training on the deliveries."""
    torch.manual_seed(0)
    model = nn.Linear(1, 1)
    optimizer = optim.SGD(model.parameters(), lr=lr)
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = loss_function(model(inputs), times)
        loss.backward()
        optimizer.step()
    return loss.item()


# %%
slider = [0.01, 0.011, 0.0125, 0.014, 0.015, 0.016, 0.018]
tried = [final_loss(lr) for lr in slider]
best = tried.index(min(tried))
explodes = [loss > 1000 for loss in tried].index(True)
near = explodes == best + 1
predict.show(
    "edge", "the next value of the slider" if near else "about twice"
)

# %%
for lr in (0.0001, 0.001, 0.01, 0.016, 0.018, 0.1):
    print(lr, f"{final_loss(lr):.2g}")

# %% [markdown]
# Check it on the board, from 0.01 upwards.

# %%
TrainingBoard(inputs, times, lr=0.01, epochs=500, at=7.0)

# %% [markdown]
# **Look closer.** The loss gets lower all the way up to 0.016, where it is about 0.40. The
# next value, 0.018, explodes: the best rate and the first that explodes are neighbours. In
# the bowl of section 6.3 half of the limit was best. Here it is not, because this bowl has
# two weights and two curvatures, 114 and 0.13. The large one sets the limit, 2/114 =
# 0.0175. The small one sets the time, and wants lr as large as it can be. Section 6.7 is
# about this.
#
# Half of the best rate is a safer choice: it takes up to twice as long, and is no longer at
# the edge. With 0.1 the loss has outgrown the floats: it is `nan`.
#
# Learning rates are tried by factors, not by differences: 0.001, 0.003, 0.01, 0.03. Of all
# hyperparameters, this is the first to get right.
#
# **Change.** Set the board to lr 0.016 and press Step ten times; then the same at 0.01.
# Which one is ahead after ten epochs, and which after 500? What does the line do?

# %% [markdown]
# ### Exercise 6.5 · The best of a list
# **Difficulty** ●●●○○ · **about 8 minutes** · 12 points
#
# Write `best_lr(train, lrs)`. `train` is a function: `train(lr)` trains a fresh model and
# returns the list of its losses, one float a step. Return the learning rate whose *last*
# loss is lowest. Runs that diverged do not count: their last loss is `nan` or `inf`.
# Return `None` when all diverged. Call `train` once for each rate. Every comparison with
# `nan` is False, so `min` cannot be trusted with it; `math.isfinite` can tell.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The cell above the board in section 6.4 prints the final losses of six rates: one of them
# is `nan`.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# First keep only the runs that ended with a finite loss. Then choose among them, if there
# are any.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Before a loop over the rates: the best rate so far, `None`, and the best loss so far,
# infinite. In the loop: train, look at the last loss, and perhaps replace both.
#
# </details>


# %% nbgrader={"grade_id": "best-lr", "solution": true}
def best_lr(train, lrs):
    """Return the lr of lrs with the lowest finite last loss, or None.

    train: train(lr) returns a list of floats, the losses of a fresh run.
    Example: with last losses 5.0, 2.0 and nan for lrs [0.1, 0.2, 0.4], 0.2.
    """
    ### BEGIN SOLUTION
    best, lowest = None, math.inf
    for lr in lrs:
        last = train(lr)[-1]
        if math.isfinite(last) and last < lowest:
            best, lowest = lr, last
    return best
    ### END SOLUTION


# %% nbgrader={"grade_id": "best-lr-test", "grade": true, "points": 12}
runs = {
    0.03: [9.0, 8.0, 6.0],
    1.0: [9.0, 99.0, 999.0],
    0.01: [9.0, 5.0, 3.0],
    0.001: [9.0, 8.0, 7.0],
    0.3: [9.0, 2.0, 5.0],
    0.1: [9.0, 6.0, 4.0],
}
trained = []


def train(lr):
    """Return the losses of a run, and remember that it was asked for."""
    trained.append(lr)
    return runs[lr]


expect.equal(
    best_lr(train, list(runs)),
    0.01,
    "best_lr with last losses 6, 999, 3, 7, 5 and 4",
    mistakes={
        "that is the lowest loss, not the learning rate that led to it.": 3.0,
        "that run was lowest on its way, and ended higher. Which loss of a run counts?": 0.3,
        "that is the place in the list, not the rate at that place.": 2,
        "that is the largest last loss. Which way round should you compare?": 1.0,
        "that is the first of the list. When does your loop return? Or did you compare first "
        "losses?": 0.03,
        "that is the smallest rate. Smallest should be its last loss.": 0.001,
        "that is the last run. Is the best loss replaced too, with the best rate?": 0.1,
        "no run was chosen. With which value does the best loss start? Is there a "
        "`return`?": None,
    },
)
expect.equal(
    len(trained),
    6,
    "the number of runs for 6 rates",
    mistakes={
        "two for each rate. A training is expensive: what can be kept of the first?": 12,
        "two for each rate, and one more for each new best. What can be kept of the first?": 14,
        "one for each rate, and one more for each new best. What can be kept of the first?": 8,
        "one more than needed: the best rate was trained again. What can be kept?": 7,
    },
)
diverged = {
    0.3: [9.0, 8.0, 1.0, math.nan],
    0.03: [9.0, 6.0],
    0.02: [9.0, 7.0],
}
expect.equal(
    best_lr(lambda lr: diverged[lr], [0.3, 0.03, 0.02]),
    0.03,
    "best_lr with last losses nan, 6 and 7",
    mistakes={
        "that run ended with `nan`. What does a comparison with `nan` say? Or was a place in "
        "a shorter list used for the longer one?": 0.3,
        "None came back, though two runs are finite. Does one bad run end the search?": None,
        "that run comes after `nan`, but it is not the lowest. What does `min` make of `nan`?":
        0.02,
    },
)  # fmt: skip
expect.equal(
    best_lr(lambda lr: [4e20 / lr], [0.1, 0.2]),
    0.2,
    "best_lr with last losses 4e21 and 2e21",
    mistakes={
        "None, though large losses are finite too. Which start value is above all of them?": None,
    },
)
expect.equal(
    best_lr(
        lambda lr: [4.0, math.inf] if lr > 0.5 else [4.0, math.nan],
        [0.1, 1.0],
    ),
    None,
    "best_lr when all runs diverged, to nan and inf",
    mistakes={
        "a run that ended with `inf` was chosen. Which ends are not finite?": 1.0,
        "a run that ended with `nan` was chosen. What remains when none is finite?": 0.1,
        "0.0 is no rate of the list. What should come back when none is left?": 0.0,
    },
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(65)
for trial in range(20):
    lrs = torch.rand(6, generator=source).tolist()
    curves = torch.rand(6, 5, generator=source).tolist()
    for i in torch.randperm(6, generator=source)[: trial % 7].tolist():
        curves[i][-1] = (math.nan, math.inf, -math.inf)[(i + trial) % 3]
    if trial % 2:
        scale = 100.0 ** (trial - 3)
        curves = [[scale * value for value in curve] for curve in curves]
    finite = [i for i in range(6) if math.isfinite(curves[i][-1])]
    wanted = lrs[min(finite, key=lambda i: curves[i][-1])] if finite else None
    table, called = dict(zip(lrs, curves, strict=True)), []

    def record(lr, table=table, called=called):
        called.append(lr)
        return table[lr]

    expect.equal(best_lr(record, lrs), wanted)
    expect.equal(len(called), 6)
### END HIDDEN TESTS

# %% [markdown]
# ## 6.5 A few samples at a time
#
# So far every step looked at all samples. **Stochastic gradient descent**, SGD, looks at a
# single sample or at a small batch, then steps, and goes on with the next batch.
#
# ![A long dark arrow, the gradient of all samples, and around it many thin arrows, gradients of single samples, pointing in rather different directions; a second drawing with batches of 16, whose arrows lie close to the dark one.](figures/noise.svg)
#
# *Figure 6.3. Gradients of single samples and of batches of 16 around the gradient of all,
# drawn for two weights.*
#
# `data.deliveries("ada")` makes 200 deliveries. X, shape (200, 3), holds distance, hour and
# rain; y, shape (200, 1), holds minutes. The cell computes the slope of the squared error
# for each delivery, for the model `w * distance` at w = 3.

# %%
X, y = data.deliveries("ada")
distance, minutes = X[:, 0], y.flatten()
slopes = 2 * (3.0 * distance - minutes) * distance
w = torch.tensor(3.0, requires_grad=True)
((w * distance - minutes) ** 2).mean().backward()
print(round(w.grad.item(), 1), round(slopes.mean().item(), 1))

# %%
batches = slopes.split(20)
means = torch.stack([batch.mean() for batch in batches])
print(
    [round(m) for m in means.tolist()], "mean", round(means.mean().item(), 1)
)

# %% [markdown]
# **Predict.** A rough number will do; the standard deviation is that of exercise 1.5.

# %%
predict.number(
    "spread",
    "The 200 slopes have the standard deviation 107. "
    "What is it for means of 64 slopes, drawn at random?",
)

# %%
source = torch.Generator().manual_seed(0)
spread = {}
for size in (1, 4, 16, 64):
    rows = torch.randint(200, (5000, size), generator=source)
    spread[size] = slopes[rows].mean(dim=1).std().item()
predict.show("spread", round(spread[64]))

# %%
print({size: round(spread[size]) for size in spread})
print({size: round(spread[size] * size**0.5) for size in spread})

# %%
for size in (200, 10, 1):
    w, way = 0.0, []
    for a, b in zip(distance.split(size), minutes.split(size), strict=True):
        w -= 0.001 * (2 * (w * a - b) * a).mean().item()
        way.append(round(w, 2))
    error = ((w * distance - minutes) ** 2).mean().item()
    print(
        f"batches of {size}: {len(way)} steps, loss {error:.3g}, {way[-5:]}"
    )

# %% [markdown]
# **Look closer.** The mean over batches of equal size is the gradient of the whole: a batch
# is a noisy estimate of it, right on average. The spread falls with the square root of the
# batch size: 4 times as many samples halve it. (It comes from 5000 random batches each, so
# single samples give 108 in place of 107.)
#
# This is why small batches pay. One pass over the data takes the same arithmetic either
# way, but with batches of 10 it is 20 steps and not one. "Faster" means this: more steps
# for the same work, each less exact. Near the bottom the noise remains. The list at the end
# of each line holds the last five w: with batches of 1 they tremble around 4.6, and go on
# while `lr` stays as it is.
#
# `optim.SGD` knows nothing of batches. It takes whatever is in `.grad`; the name is a
# promise that you keep, by feeding batches.
#
# Two details of the code: `torch.Generator()` is a source of random numbers of our own, and
# `strict=True` makes `zip` refuse lists of different lengths.
#
# **Change.** Set 0.001 to 0.0001 in the last cell. What becomes of the trembling, and what
# does that cost?

# %% [markdown]
# ### Exercise 6.6 · One pass in batches
# **Difficulty** ●●●○○ · **about 9 minutes** · 13 points
#
# Write `sgd_epoch(X, y, w, lr, size)`: one pass over the data in batches of `size` rows,
# in the given order, with one step after each batch. The prediction is `X @ w`, the loss
# of a batch the mean of its squared errors. The last batch may be smaller; its mean is over
# its own rows. Return the new weights, and leave the caller's `w` as it was.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The last cell of section 6.5 does it for one weight; exercise 1.9 does it with autograd
# for several weights.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# `split` cuts a tensor into batches. Work on a copy of `w`, and use the newest weights for
# each batch. Autograd or the formula: both will do. In the formula each row of `X` counts by
# its error.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# A copy, a loop over pairs of batches; in it the errors, the gradient and a step; at the
# end a `return`.
#
# </details>


# %% nbgrader={"grade_id": "sgd-epoch", "solution": true}
def sgd_epoch(X, y, w, lr, size):
    """Return the weights after one pass in batches of `size` rows.

    X: (n, f), y: (n,), w: (f,), the weights at the start; result: (f,).
    Example: X = [[1], [1]], y = [1, 2], w = [0], lr = 0.5, size 1:
    the steps lead from 0 to 1 and from 1 to 2.
    """
    ### BEGIN SOLUTION
    for rows, targets in zip(X.split(size), y.split(size), strict=True):
        error = rows @ w - targets
        w = w - lr * 2 * rows.T @ error / len(rows)
    return w
    ### END SOLUTION


# %% nbgrader={"grade_id": "sgd-epoch-test", "grade": true, "points": 13}
X_five = torch.tensor(
    [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [2.0, 0.0], [0.0, 2.0]]
)
y_five = torch.tensor([2.0, -1.0, 3.0, 1.0, 4.0])
w_start = torch.tensor([0.5, 0.0])
expect.close(
    sgd_epoch(X_five, y_five, w_start, 0.1, 5),
    torch.tensor([0.66, 0.38]),
    "w after one batch of all five rows",
    mistakes={
        "no step was taken: `w` is as at the start. Are the last rows a batch too?": [
            0.5,
            0.0,
        ],
        "the step went uphill. Which sign has it?": [0.34, -0.38],
        "five times the right step: the loss of a batch is a mean, not a sum.": [
            1.3,
            1.9,
        ],
        "half of the step: does the slope of a square have its 2?": [
            0.58,
            0.19,
        ],
        "that is one step for each row, though the batch has five. Where does `size` come in? "
        "`chunk` takes the number of batches.": [0.656, 1.656],
        "the start was 0, not the `w` that was given.": [0.28, 0.4],
        "all weights moved by the same amount. Over which dimension is the mean, and for "
        "which not?": [0.77, 0.27],
    },
)
w_start = torch.tensor([0.5, 0.0])
expect.close(
    sgd_epoch(X_five, y_five, w_start, 0.1, 2),
    torch.tensor([0.835, 1.629]),
    "w after batches of 2, 2 and 1 rows",
    mistakes={
        "all slopes were taken at the first `w`. Which weights does the second batch see?": [
            0.9,
            1.75,
        ],
        "the last batch, with its one row, was left out.": [0.835, 0.145],
        "the last batch has one row, but its errors were divided by 2. How many rows has it?": [
            0.835,
            0.887,
        ],
        "only the first batch was used. When is `return` reached?": [
            0.65,
            -0.1,
        ],
        "that is one step for all rows together. Where does `size` come in?": [
            0.66,
            0.38,
        ],
        "old gradients are still there: each batch adds to those before it.": [
            1.32,
            1.754,
        ],
    },
)
expect.close(
    w_start,
    torch.tensor([0.5, 0.0]),
    "the caller's w after sgd_epoch",
    mistakes={
        "it was changed. Which line writes into it, and how can a copy be made?": [
            0.835,
            1.629,
        ]
    },
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(66)
for n, f, size in (
    (7, 3, 3),
    (4, 1, 1),
    (10, 2, 4),
    (6, 2, 6),
    (3, 2, 8),
    (12, 5, 5),
):
    X, y = (
        torch.randn(n, f, generator=source),
        torch.randn(n, generator=source),
    )
    w = torch.randn(f, generator=source)
    before = w.clone()
    wanted = w.clone()
    for i in range(0, n, size):
        rows, targets = X[i : i + size], y[i : i + size]
        slope = (2 * (rows @ wanted - targets).unsqueeze(1) * rows).mean(
            dim=0
        )
        wanted = wanted - 0.03 * slope
    expect.close(sgd_epoch(X, y, w, 0.03, size), wanted, rtol=1e-3, atol=1e-5)
    expect.close(w, before)
### END HIDDEN TESTS

# %% [markdown]
# ## 6.6 Out of the wrong valley?
#
# A point that is lower than everything near it is a **local minimum**. Gradient descent
# that starts in a shallow valley ends at its bottom, however deep the next valley is. SGD
# is said to be "often able to escape local minima". Is it?
#
# ![A curve with two valleys: a shallow one on the right, with a ball in it, and a deeper one on the left; a dashed arrow leads from the ball over the hill between them.](figures/two_valleys.svg)
#
# *Figure 6.4. The loss of this section. The slope at the ball is 0.*
#
# The loss is the mean over 100 samples. Each sample has the slope w³ − w + 0.2 of the curve
# and an amount of its own. These amounts have mean 0 and standard deviation 2.3; that is
# over ten times the steepest slope between the ball and the hilltop. 200 runs start at
# w = 1, in the shallow valley. After 1000 steps those in the deep one are counted.
#
# **Predict.** Commit a guess, then run on.

# %% nbgrader={"grade_id": "two-valleys", "locked": true}
source = torch.Generator().manual_seed(0)
own = torch.randn(100, generator=source, dtype=torch.float64)
own = 2 * (own - own.mean())


def in_deep_valley(start, lr, size, runs=200, steps=1000):
    """Return how many of `runs` runs end with w < 0."""
    source = torch.Generator().manual_seed(1)
    w = torch.full((runs,), start, dtype=torch.float64)
    for _ in range(steps):
        rows = torch.randint(100, (runs, size), generator=source)
        noise = own[rows].mean(dim=1) if size < 100 else 0.0
        w = w - lr * (w**3 - w + 0.2 + noise)
    return int((w < 0).sum())


# %%
predict.choice(
    "escape",
    "lr 0.03, batches of one sample: how many of the 200 runs end in the deep valley?",
    ["none", "fewer than half", "more than half"],
)

# %%
left = in_deep_valley(1.0, 0.03, 1)
answers = ["none", "fewer than half", "more than half"]
predict.show("escape", answers[(left > 0) + (left > 100)])

# %%
for lr, size in ((0.03, 100), (0.03, 10), (0.03, 1), (0.01, 1), (0.1, 10)):
    print(f"lr {lr}, batches of {size}:", in_deep_valley(1.0, lr, size))

# %%
for lr in (0.03, 0.1):
    print(f"lr {lr}, from the deep valley:", in_deep_valley(-1.0, lr, 1))

# %% [markdown]
# **Look closer.** The whole batch never leaves. With batches of one, most runs leave at
# lr 0.03 and few at 0.01; larger batches need a larger rate. So the noise can carry a run
# over a hill when it is strong enough, and lr and batch size together set its strength.
#
# But noise has no aim. In the last line the runs start in the *deep* valley with lr 0.1.
# 160 of 200 are still there: 40 have left it. The claim in exact words: small batches can
# help to leave a shallow valley; the same noise can leave a good one and never quite
# settles. That is why people often lower `lr` towards the end.
#
# **Change.** Start at 1.0 with lr 0.1 and batches of one, and compare with the last line. An
# equal count is no mistake: all runs meet the same noise, wherever they start. Then give
# both `steps=20`. When is the start forgotten?

# %% [markdown]
# ## 6.7 A narrow valley
#
# With two weights a bowl has a curvature in each direction. The loss below has 1 along the
# first weight and 50 along the second: a long, narrow valley. In any direction lr must
# stay below 2 divided by the curvature there, so the largest curvature sets the limit for
# all: 2/50 = 0.04.
#
# **Predict.** SGD starts at (−10, 1) with lr = 0.038. What are the factors 1 − lr · λ of
# the two directions? Which one zigzags, and which one creeps?
#
# **Run.**


# %% nbgrader={"grade_id": "travel", "locked": true}
def valley(w):
    """A loss with curvature 1 along w[0] and 50 along w[1]."""
    return (w[0] ** 2 + 50 * w[1] ** 2) / 2


def travel(
    surface, optimizer_class, steps=50, start=(-10.0, 1.0), **settings
):
    """Return the points that an optimizer visits, shape (steps + 1, 2)."""
    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = optimizer_class([w], **settings)
    points = [w.detach().clone()]
    for _ in range(steps):
        optimizer.zero_grad()
        surface(w).backward()
        optimizer.step()
        points.append(w.detach().clone())
    return torch.stack(points)


# %%
points = travel(valley, optim.SGD, lr=0.038)
for step in (0, 1, 2, 3, 50):
    print(step, [round(value, 2) for value in points[step].tolist()])

# %%
for lr in (0.01, 0.03, 0.038, 0.041):
    last = travel(valley, optim.SGD, lr=lr)[-1]
    print(f"lr {lr}: loss {valley(last).item():.2g}")

# %% [markdown]
# **Look closer.** The factors are 0.962 and −0.9. The second weight hops across the valley
# at every step; the first creeps along it. After 50 steps the zigzag is nearly gone, and
# the first weight still has 1.44 of its 10 to go. A larger lr would help it, and the
# steep direction forbids that: at 0.041 it explodes.
#
# The largest curvature sets the limit, the smallest sets the time. Their ratio, here 50,
# says how hard a loss is for SGD. Features on different scales make such valleys: it is
# one reason to standardise them.
#
# Two stars hand named settings on, here `lr`. The `clone()` is needed: `detach()` shares
# its memory with `w`, and all points would be one.
#
# **Change.** Write a function of your own with curvature 1 along both weights, and travel
# there with lr = 1. How many steps does SGD need?

# %% [markdown]
# ## 6.8 Momentum: remember the last steps
#
# Across the valley the gradient changes its sign at every step; along it, the sign stays.
# **Momentum** adds up past gradients, with fading weights: what changes its sign cancels,
# what stays adds up. The sum is called the **velocity** v (PyTorch: momentum buffer). With
# a number μ ("mu") below 1, usually 0.9, each step is
#
# $$v \leftarrow \mu v + g, \qquad w \leftarrow w - lr \cdot v$$
#
# Here g is the gradient. At the first step v is g itself, as if it had been 0 before.
#
# ![Left, a zigzag of steps; right, the same arrows added: the parts across the valley cancel, the parts along it add up to one long arrow.](figures/velocity.svg)
#
# *Figure 6.5. Add the four steps: only the way along the valley is left.*
#
# **Predict.** The gradient is 1 at every step, and μ = 0.9. What does v grow to?
#
# **Run.**

# %%
for mu in (0.5, 0.9, 0.99):
    v = 0.0
    for _ in range(2000):
        v = mu * v + 1.0
    print(mu, round(v, 2))

# %%
lr, mu = 0.01, 0.9
w = torch.tensor([-10.0, 1.0], dtype=torch.float64)
v, largest = torch.zeros_like(w), 0.0
official = travel(valley, optim.SGD, lr=lr, momentum=mu)
for step in range(50):
    g = torch.tensor([1.0, 50.0]) * w
    v = mu * v + g
    w = w - lr * v
    largest = max(largest, (w - official[step + 1]).abs().max().item())
print("largest difference in 50 steps below 1e-6:", largest < 1e-6)

# %%
plt.figure(figsize=(6, 2.6))
for mu, style in ((0.0, "o-"), (0.5, "s--")):
    points = travel(valley, optim.SGD, lr=0.038, momentum=mu)
    plt.plot(points[:, 0], points[:, 1], style, ms=3, label=f"momentum {mu}")
plt.plot(0, 0, "k*", ms=10)
plt.xlabel("w[0], curvature 1")
plt.ylabel("w[1], curvature 50")
plt.legend(loc="lower right")
plt.show()

# %%
for mu in (0.0, 0.5, 0.9):
    for lr in (0.01, 0.038):
        points = travel(valley, optim.SGD, lr=lr, momentum=mu)
        swing = points[-10:, 1].abs().max().item()
        loss = valley(points[-1]).item()
        print(f"momentum {mu}, lr {lr}: loss {loss:.1e}, swing {swing:.0e}")

# %% [markdown]
# **Look closer.** Under a steady gradient v grows to 1/(1 − μ): ten gradients for 0.9. So
# momentum makes the step along the valley up to ten times as long. At lr 0.01 that brings
# the loss after 50 steps from 18 to 0.3.
#
# <div class="alert alert-info">
#
# **"Adds a fraction of the previous update, and dampens oscillations".** PyTorch adds a
# fraction of the previous *velocity* and multiplies by lr afterwards; that is the
# same as long as lr does not change. And the damping: near the limit, at lr 0.038, μ = 0.5
# ends the swing across the valley. But μ = 0.9 brings a swing of its own, larger than
# that of plain SGD (last column).
#
# </div>
#
# **Change.** In the last cell try mu = 0.9 with lr = 0.07, beyond the limit of plain SGD, and
# with 0.08; give `travel` also `steps=200`. Does it settle? (With momentum the limit is
# 2(1 + μ)/λ, here 0.076.)

# %% [markdown]
# ### Exercise 6.7 · Momentum
# **Difficulty** ●●●○○ · **about 8 minutes** · 14 points
#
# Write `momentum_step(params, grads, velocities, lr, mu)`: one step with momentum for all
# tensors of a list, as PyTorch does it. The tensors of `params` are changed in place;
# `velocities` holds the velocity of each, zeros before the first step, and must hold the
# new ones afterwards, for the next call. Nothing is recorded; the gradients stay as they
# are.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Section 6.8 has both lines for one tensor; exercise 6.1 has the walk through lists.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# The new velocity comes first, then the step, which uses it. Both must outlive the call:
# write into the tensors.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# A `with`, in it a `for` over three lists, in it two or three lines in place. A tensor has
# the methods `mul_` and `add_`.
#
# </details>


# %% nbgrader={"grade_id": "momentum-step", "solution": true}
def momentum_step(params, grads, velocities, lr, mu):
    """Take one step of SGD with momentum, in place.

    params, grads, velocities: lists of float tensors, in the same order
    and of the same shapes; lr, mu: floats. Returns nothing.
    Example: w = 1, g = 2, v = 0.5, lr = 0.1, mu = 0.5: v becomes 2.25
    and w becomes 0.775.
    """
    ### BEGIN SOLUTION
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities, strict=True):
            v.mul_(mu).add_(g)
            p.sub_(lr * v)
    ### END SOLUTION


# %% nbgrader={"grade_id": "momentum-step-test", "grade": true, "points": 14}
w = torch.tensor([1.0, -2.0], requires_grad=True)
grads, velocities = [torch.tensor([2.0, -1.0])], [torch.tensor([0.5, 1.0])]
momentum_step([w], grads, velocities, 0.1, 0.5)
expect.close(
    w,
    torch.tensor([0.775, -1.95]),
    "w after one step, g = [2, -1], v = [0.5, 1]",
    mistakes={
        "it has not moved. Does your line write into the tensor, or give the name to a new one?": [
            1.0,
            -2.0,
        ],
        "that is a step without momentum. What is done with the old velocity?": [
            0.8,
            -1.9,
        ],
        "the step went uphill. Which sign has it?": [1.225, -2.05],
        "the step used the old velocity. Are the lines in order, and does the first write "
        "into v? Only methods with an underscore do.": [0.95, -2.1],
        "`lr` and a minus are in the velocity: another usual formula. Where does section 6.8 "
        "put them?": [1.05, -1.4],
        "the old velocity was kept, and the new one added to it. Is that `+=` where `=` is "
        "meant?": [0.725, -2.05],
        "the velocity was multiplied by mu + g. In which order do the product and the sum "
        "come?": [0.875, -1.95],
        "the gradient was taken off the velocity. What does section 6.8 do with it?": [
            1.175,
            -2.15,
        ],
        "`lr` went into the velocity, and the old one was not multiplied by it. Where does "
        "PyTorch use `lr`?": [0.55, -2.4],
        "the gradient was weighted with 1 - mu: an average. PyTorch's velocity is a sum.": [
            0.875,
            -2.0,
        ],
        "the old velocity does not fade. What is it multiplied by?": [
            0.75,
            -2.0,
        ],
        "mu multiplies the gradient. Which of the two should fade?": [
            0.85,
            -2.05,
        ],
        "the gradient came in once more after the velocity: Nesterov's variant. Which formula "
        "has section 6.8?": [0.6875, -1.875],
        "the old velocity was taken with the other sign. Is v subtracted, or added?": [
            0.825,
            -1.85,
        ],
    },
)
expect.close(
    velocities[0],
    torch.tensor([2.25, -0.5]),
    "the velocity after one step",
    mistakes={
        "it is as before, so the next call knows nothing of this step. Where should the new one "
        "be written?": [0.5, 1.0],
        "it is the gradient: the step was right, but its memory is gone.": [
            2.0,
            -1.0,
        ],
        "it holds lr times the velocity. What is `v` in section 6.8, before `lr`?": [
            0.225,
            -0.05,
        ],
    },
)
expect.close(
    grads[0],
    torch.tensor([2.0, -1.0]),
    "the gradient after the step",
    mistakes={
        "the velocity was written into it. Which tensor should change?": [
            2.25,
            -0.5,
        ]
    },
)
expect.that(
    w.is_leaf and w.requires_grad and not velocities[0].requires_grad,
    "the step was recorded, or a flag was changed. What stands around your loop?",
)
pair = [torch.tensor([1.0]), torch.tensor([[1.0, 3.0]])]
memory = [torch.zeros(1), torch.zeros(1, 2)]
for g in (1.0, -2.0):
    momentum_step(
        pair, [torch.tensor([g]), torch.tensor([[g, 1.0]])], memory, 0.5, 0.5
    )
expect.close(
    pair[1],
    torch.tensor([[1.25, 1.75]]),
    "the second of two tensors after two steps",
    mistakes={
        "it has not moved. When does your loop end?": [[1.0, 3.0]],
        "only its first step is there. Where is the velocity kept?": [
            [0.5, 2.5]
        ],
        "its velocity got mixed with that of the first tensor. How many velocities are there?": [
            [1.375, 1.625]
        ],
    },
)
w = torch.tensor([-10.0, 1.0], dtype=torch.float64)
memory = [torch.zeros(2, dtype=torch.float64)]
for _ in range(50):
    momentum_step(
        [w], [w.clone() * torch.tensor([1.0, 50.0])], memory, 0.01, 0.9
    )
official = travel(valley, optim.SGD, lr=0.01, momentum=0.9)[-1]
expect.close(w, official, "w after 50 steps in the valley", rtol=0, atol=1e-6)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(67)
for trial in range(6):
    shapes = [(), (3,), (2, 4), (1, 2, 2)][: 1 + trial % 4]
    start = [
        torch.randn(s, generator=source, dtype=torch.float64) for s in shapes
    ]
    curvature = [
        torch.rand(s, generator=source, dtype=torch.float64) for s in shapes
    ]
    mine = [p.clone().requires_grad_(trial % 2 == 0) for p in start]
    theirs = [p.clone().requires_grad_() for p in start]
    memory = [torch.zeros_like(p) for p in start]
    mu = 0.3 + 0.1 * trial
    optimizer = optim.SGD(theirs, lr=0.1, momentum=mu)
    for step in range(50):
        lr = 0.1 / (1 + step % 7)
        optimizer.param_groups[0]["lr"] = lr
        for p, c in zip(theirs, curvature, strict=True):
            p.grad = c * p.detach() ** 3 + c
        grads = [
            c * p.detach() ** 3 + c
            for p, c in zip(mine, curvature, strict=True)
        ]
        optimizer.step()
        momentum_step(mine, grads, memory, lr, mu)
    for p, q, v in zip(mine, theirs, memory, strict=True):
        expect.close(p, q.detach(), rtol=0, atol=1e-6)
        expect.close(
            v, optimizer.state[q]["momentum_buffer"], rtol=0, atol=1e-6
        )
        expect.that(
            p.is_leaf and p.requires_grad == (trial % 2 == 0), "recorded"
        )
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 6.8 · In your words
# **Difficulty** ●●●○○ · **about 5 minutes** · 5 points
#
# In section 6.7, SGD at lr 0.038 is at (−1.44, 0.01) after 50 steps, and no other lr would
# make it much better. In section 6.8, momentum with lr = 0.01 ends lower after the same 50
# steps. Explain both results to a friend who knows gradient descent in one dimension.
#
# A good answer says what limits lr, what decides the time, and what momentum does with
# gradients that keep their sign and with those that change it.

# %% [markdown] nbgrader={"grade_id": "why-valley", "grade": true, "solution": true, "points": 5}
# ### BEGIN SOLUTION
# One learning rate serves both directions. The steep one, with curvature 50, explodes
# above 2/50, so lr must stay below 0.04. Along the flat direction, with curvature 1, each
# step then removes only lr · 1, less than 4 %, of the distance: the flat direction decides
# the time. Momentum adds up past gradients. Across the valley they change their sign and
# largely cancel, so the limit is not broken; along it they point the same way and add up to
# a velocity of up to 1/(1 − μ) = 10 gradients, as if lr were ten times as large there.
#
# **Rubric.** 2 points: the largest curvature limits lr for all directions. 1 point: the
# flat direction then creeps and decides the time. 2 points: past gradients of one sign add
# up (to about ten), those of changing sign cancel. Accept "steep" and "flat" without
# numbers; no point for "momentum is faster" or "like a rolling ball" without a reason.
# ### END SOLUTION

# %% [markdown]
# ## 6.9 Adam: two averages for every number
#
# In the valley, each direction would need a learning rate of its own. **Adam** (adaptive
# moment estimation) gives each single number one, made from its past gradients. It keeps
# two averages for each, in which old values fade: m of the gradients g, and v of their
# squares. (This v is no velocity.) Step number t is
#
# $$m \leftarrow \beta_1 m + (1 - \beta_1)\, g, \qquad
# v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2$$
#
# $$\hat m = \frac{m}{1 - \beta_1^t}, \qquad \hat v = \frac{v}{1 - \beta_2^t}, \qquad
# w \leftarrow w - lr \cdot \frac{\hat m}{\sqrt{\hat v} + \varepsilon}$$
#
# Usually β₁ = 0.9, β₂ = 0.999 and ε = 10⁻⁸ (beta, epsilon), and t counts from 1. Both
# averages start at 0, so they are too small at first. The **bias correction**, dividing by
# 1 − βᵗ, repairs that.
#
# ![A gradient g leads to two boxes, m "average of g" and v "average of g squared"; both are corrected; m over the root of v, times lr, gives the step.](figures/adam.svg)
#
# *Figure 6.6. Adam's two averages, and the step that comes of them.*
#
# **Predict.** Commit a guess, then run on.

# %%
predict.choice(
    "first-step",
    "Three weights have the gradients 0.0001, 1 and 1000. "
    "Which one does Adam's first step move furthest?",
    ["that with 0.0001", "that with 1000", "all move equally far"],
)

# %%
w = torch.zeros(3, requires_grad=True)
optimizer = torch.optim.Adam([w], lr=0.1)
w.grad = torch.tensor([0.0001, 1.0, 1000.0])
optimizer.step()
far = w.detach().abs()
furthest = ["that with 0.0001", "that with 1", "that with 1000"][far.argmax()]
alike = far.max() < 1.01 * far.min()
predict.show("first-step", "all move equally far" if alike else furthest)

# %%
print(w.detach())

# %%
lr, beta1, beta2, eps = 0.3, 0.9, 0.999, 1e-8
w = torch.tensor([-10.0, 1.0], dtype=torch.float64)
m, v, largest = torch.zeros_like(w), torch.zeros_like(w), 0.0
official = travel(valley, optim.Adam, lr=lr)
for t in range(1, 51):
    g = torch.tensor([1.0, 50.0]) * w
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    w = w - lr * m_hat / (v_hat.sqrt() + eps)
    largest = max(largest, (w - official[t]).abs().max().item())
print("largest difference in 50 steps below 1e-6:", largest < 1e-6)

# %% [markdown]
# **Predict.** Three usual first choices, with three usual settings.


# %%
def usual(name, model):
    """Return one of three usual first choices, linked to the model."""
    if name == "SGD":
        return torch.optim.SGD(model.parameters(), lr=0.01)
    if name == "momentum":
        return torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    return torch.optim.Adam(model.parameters(), lr=0.001)


# %%
predict.choice(
    "usual",
    "With these settings, 500 epochs, one neuron, four deliveries: which loss ends highest?",
    ["SGD", "momentum", "Adam"],
)


# %%
def after_500_epochs(name):
    """Return the last loss of one neuron, its weight and its bias."""
    torch.manual_seed(0)
    model = nn.Linear(1, 1)
    optimizer = usual(name, model)
    for _ in range(500):
        optimizer.zero_grad()
        loss = loss_function(model(inputs), times)
        loss.backward()
        optimizer.step()
    return loss.item(), model.weight.item(), model.bias.item()


# %%
names = ("SGD", "momentum", "Adam")
predict.show("usual", max(names, key=after_500_epochs))

# %%
for name in names:
    loss, weight, bias = after_500_epochs(name)
    print(f"{name:9s}loss {loss:.2g}, weight {weight:.1f}, bias {bias:.1f}")

# %% [markdown]
# **Look closer.** All three weights moved by 0.1: Adam's first step is about lr, whatever
# the gradient. m̂ is g and √v̂ is |g|, so a tenfold gradient changes nothing; only near ε is
# the step less. Later steps stay of this order as long as the gradients keep their sign.
# For Adam, lr is a distance. So lr = 0.001, its usual value, moves a number by at most
# about 0.5 in 500 steps. The neuron starts near 0, and its weight has to go about 3, its
# bias about 6. Adam is not slow here: its lr is too small for this way.
#
# <div class="alert alert-info">
#
# **"Individual learning rates for different parameters".** Not one for each parameter
# tensor: one for each number in it.
#
# </div>
#
# **Change.** Give Adam lr = 0.3 in `usual`, then run the last cell again. Is Adam still
# last?

# %% [markdown]
# ### Exercise 6.9 · Adam
# **Difficulty** ●●●●● · **about 25 minutes** · 16 points
#
# Write the class `Adam`. It is made with an iterable of tensors, such as
# `model.parameters()`. Each call of `step()` reads the `.grad` of every tensor and changes
# the tensor in place, by the formulas of section 6.9. Each tensor has its own m, v and t.
# A tensor whose `.grad` is `None` is left out in that step, and its t does not count it.
# The gradients stay as they are, and nothing is recorded.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The cell of section 6.9 that begins with `lr, beta1, beta2, eps` has all lines for one
# tensor. Exercise 6.7 has lists of tensors. Section 6.2 says how often `model.parameters()`
# can be walked through.
#
# </details>
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Keep the tensors as a list in `__init__`, and beside it lists with the m, the v and the t of
# each, in the same order. `torch.zeros_like` makes zeros of a tensor's shape and dtype.
# `step` walks through the lists by place, without recording.
#
# </details>
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# `__init__`: the settings and four lists. `step`: a `with`, a `for`, an `if` for the
# missing gradient, then six lines: t, m, v, both corrections, the change.
#
# </details>


# %% nbgrader={"grade_id": "adam", "solution": true}
class Adam:
    """Adam for a list of tensors: `step()` reads .grad and moves in place.

    params: an iterable of float tensors of any shapes; lr, eps: floats;
    betas: the pair (beta1, beta2).
    Example: w = [0.0] with w.grad = [5.0] is [-0.1] after one step, lr 0.1.
    """

    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        ### BEGIN SOLUTION
        self.params = list(params)
        self.lr, self.betas, self.eps = lr, betas, eps
        self.m = [
            torch.zeros_like(p, requires_grad=False) for p in self.params
        ]
        self.v = [
            torch.zeros_like(p, requires_grad=False) for p in self.params
        ]
        self.t = [0] * len(self.params)

    def step(self):
        """Move every tensor that has a gradient; return nothing."""
        beta1, beta2 = self.betas
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                self.t[i] += 1
                self.m[i] = beta1 * self.m[i] + (1 - beta1) * p.grad
                self.v[i] = beta2 * self.v[i] + (1 - beta2) * p.grad**2
                m_hat = self.m[i] / (1 - beta1 ** self.t[i])
                v_hat = self.v[i] / (1 - beta2 ** self.t[i])
                p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)
        ### END SOLUTION


# %% nbgrader={"grade_id": "adam-test", "grade": true, "points": 16}
def leaf(*numbers):
    """Return a float64 tensor that requires gradients."""
    return torch.tensor(numbers, dtype=torch.float64, requires_grad=True)


a, b = leaf(1.0, -2.0), leaf(3.0, 3.0)
optimizer = Adam([a, b], lr=0.1)
expect.that(
    callable(getattr(optimizer, "step", None)),
    "an Adam object has no method `step`. Is `def step(self):` written inside the class?",
)
a.grad, b.grad = torch.tensor([[4.0, -0.25], [1.0, 2.0]]).double()
optimizer.step()
expect.close(
    a,
    torch.tensor([0.9, -1.9]).double(),
    "the first tensor after one step, g = [4, -0.25], lr = 0.1",
    mistakes={
        "it has not moved. Does your line write into the tensor?": [
            1.0,
            -2.0,
        ],
        "it went uphill. Which sign has the step?": [1.1, -2.1],
        "the steps are 3.16 times lr: no bias correction. What are m and v divided by first?": [
            0.683772,
            -1.683772,
        ],
        "m was not corrected. What is it divided by?": [0.99, -1.99],
        "v was not corrected. What is it divided by?": [-2.162278, 1.162278],
        "a larger gradient made a smaller step: the root of v is missing.": [
            0.975,
            -1.6,
        ],
        "that is SGD: m is not divided by anything of the size of g.": [
            0.6,
            -1.975,
        ],
        "nan: 1 - beta**0 is 0. With which t is the first step taken?": [
            math.nan,
            math.nan,
        ],
        "the learning rate is the default, not the one given. Is `lr` kept?": [
            0.999,
            -1.999,
        ],
        "it moved by 0.3: that is an `lr` of the notebook, not the object's. Which name needs "
        "`self.`?": [0.7, -1.7],
        "the steps are 0.316 times lr: what are g and its square multiplied by when they enter "
        "m and v?": [0.968377, -1.968377],
        "its two numbers share one v. Adam keeps one for each number, not for each tensor.": [
            0.858854,
            -1.991179,
        ],
        "nan for a negative gradient: v has no root. Is it an average of squares?": [
            0.8,
            math.nan,
        ],
    },
    atol=1e-5,
)
expect.close(
    b,
    torch.tensor([2.9, 2.9]).double(),
    "the second tensor after one step",
    mistakes={
        "it has not moved. When does your loop end?": [3.0, 3.0],
        "it moved by 0.074, not by 0.1: its t is 2 already. When is a step counted?": [
            2.925586,
            2.925586,
        ],
        "it was moved with averages of the first tensor in them. How many m and v are there?": [
            2.888381,
            2.911935,
        ],
    },
    atol=1e-5,
)
a.grad, b.grad = torch.tensor([[1.0, 1.0], [1.0, 2.0]]).double()
optimizer.step()
expect.close(
    a,
    torch.tensor([0.81694, -1.95595]).double(),
    "the first tensor after a second step, g = [1, 1]",
    mistakes={
        "each step is lr times the sign: m and v do not outlive a call. Where are they kept?": [
            0.8,
            -2.0,
        ],
        "t is still 1 in the second step. Where is it counted?": [
            0.788381,
            -1.975188,
        ],
        "the two betas are swapped. Which one belongs to the squares?": [
            0.812214,
            -1.950337,
        ],
        "m̂ and v̂ were written over m and v. The next step needs the uncorrected ones.": [
            0.878223,
            -1.888321,
        ],
        "m and v start at 0 again in this step, though t is kept. Where do they outlive a "
        "call?": [0.825586, -1.974414],
        "nan from the second step on. Is it beta times t where beta to the power of t is "
        "meant?": [math.nan, math.nan],
    },
    atol=1e-5,
)
tiny = leaf(1.0)
optimizer = Adam([tiny], lr=0.1)
tiny.grad = torch.tensor([1e-8]).double()
optimizer.step()
expect.close(
    tiny,
    torch.tensor([0.95]).double(),
    "a number with the gradient 1e-8 after one step",
    mistakes={
        "it moved by a whole lr: eps is missing.": [0.9],
        "it hardly moved: eps stands inside the root. Where is it in section 6.9?": [
            0.99999
        ],
        "eps was added before v was corrected. Which comes first?": [
            0.996935
        ],
    },
    atol=1e-6,
)
# Other settings, kept by the object.
other = leaf(1.0)
optimizer = Adam([other], lr=0.1, betas=(0.5, 0.75), eps=0.5)
for g in (1.0, 3.0):
    other.grad = torch.tensor([g]).double()
    optimizer.step()
expect.close(
    other,
    torch.tensor([0.851759]).double(),
    "a tensor after two steps with betas=(0.5, 0.75) and eps=0.5",
    mistakes={
        "the averages faded with 0.9 and 0.999, not with the betas given. Which names need "
        "`self.`?": [0.858324],
        "eps was 1e-8, not the one given. Which name needs `self.`?": [
            0.801146
        ],
        "neither the betas nor the eps given were used. Which names need `self.`?": [
            0.808222
        ],
    },
    atol=1e-5,
)
# In the first step, the first tensor has no gradient.
late, early = leaf(1.0), leaf(3.0)
optimizer = Adam([late, early], lr=0.1)
for gradient in (None, torch.tensor([1.0]).double()):
    late.grad, early.grad = gradient, torch.tensor([1.0]).double()
    optimizer.step()
expect.close(
    early,
    torch.tensor([2.8]).double(),
    "a tensor after two steps, behind one without a gradient in the first",
    mistakes={
        "it did not move in the first step. Should a missing gradient end the walk, or is one "
        "tensor passed over?": [2.9],
    },
    atol=1e-5,
)
expect.close(
    late,
    torch.tensor([0.9]).double(),
    "a tensor without a gradient in the first of two steps",
    mistakes={
        "its t counted the step it was left out of. Whose steps does t count?": [
            0.925586
        ],
    },
    atol=1e-5,
)
torch.manual_seed(0)
model = nn.Linear(2, 1)
before = model.weight.detach().clone()
optimizer = Adam(model.parameters(), lr=0.25)
for _ in range(2):
    model.weight.grad = torch.ones(1, 2)
    optimizer.step()
expect.close(
    before - model.weight,
    torch.tensor([[0.5, 0.5]]),
    "the way of a weight in two steps of 0.25, made with model.parameters()",
    mistakes={
        "only one step was taken: `parameters()` can be walked through once. What keeps its "
        "tensors?": [[0.25, 0.25]],
        "no step was taken: `parameters()` can be walked through once. What keeps its tensors?": [
            [0.0, 0.0]
        ],
    },
)
expect.that(
    model.weight.grad is not None,
    "`.grad` is None after the step. Clearing it is the task of `zero_grad`, not of `step`.",
)
expect.that(
    model.weight.is_leaf and torch.equal(model.weight.grad, torch.ones(1, 2)),
    "the step was recorded, or the gradient was changed. Which line does that?",
)
w = leaf(-10.0, 1.0)
optimizer = Adam([w], lr=0.3)
for _ in range(50):
    w.grad = w.detach() * torch.tensor([1.0, 50.0])
    optimizer.step()
official = travel(valley, optim.Adam, lr=0.3)[-1]
expect.close(w, official, "w after 50 steps in the valley", rtol=0, atol=1e-4)
expect.that(
    torch.allclose(w.detach(), official, rtol=0, atol=1e-6),
    "w agrees with PyTorch's to four digits, not to six. Have m and v the dtype of their "
    "tensor, as `torch.zeros_like` makes them?",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(69)
for trial in range(6):
    shapes = [(), (3,), (2, 4), (1, 2, 2)][: 1 + trial % 4]
    start = [
        torch.randn(s, generator=source, dtype=torch.float64) for s in shapes
    ]
    mine = [p.clone().requires_grad_() for p in start]
    theirs = [p.clone().requires_grad_() for p in start]
    settings = {"lr": 0.02 * (1 + trial)}
    if trial % 2:
        settings |= {"betas": (0.8, 0.95), "eps": 1e-3}
    optimizer, official = (
        Adam(mine, **settings),
        optim.Adam(theirs, **settings),
    )
    for step in range(50):
        for i, (p, q) in enumerate(zip(mine, theirs, strict=True)):
            if trial > 2 and (step + i) % 3 == 0:
                p.grad = q.grad = None
                continue
            noise = torch.randn(
                p.shape, generator=source, dtype=torch.float64
            )
            p.grad, q.grad = p.detach() ** 3 + noise, q.detach() ** 3 + noise
        optimizer.step()
        official.step()
    for p, q in zip(mine, theirs, strict=True):
        expect.close(p, q.detach(), rtol=0, atol=1e-6)
        expect.that(p.is_leaf and p.requires_grad, "the step was recorded")
### END HIDDEN TESTS

# %% [markdown]
# **Watch it.** All three optimizers have the same lr. Who is last? Is that fair?
# Change the lr of Adam until Adam leads, then raise that of SGD: where does it
# diverge?

# %%
RaceBoard("valley", lr_sgd=0.03, lr_adam=0.03, lr_momentum=0.03)

# %% [markdown]
# ## 6.10 Which one is fastest?
#
# "Often leading to faster convergence": that Adam settles sooner can be measured. The
# race below has three surfaces: the bowl with curvature 1 in both directions, the narrow
# valley, and the same valley turned by 45 degrees. Where a run swings, a single loss is a
# matter of luck; so the race counts after how many steps the loss *stays* below 0.01. Each
# optimizer may use the best of seven learning rates.


# %% nbgrader={"grade_id": "surfaces", "locked": true}
def bowl(w):
    return (w[0] ** 2 + w[1] ** 2) / 2


def turned(w):
    """The valley, turned by 45 degrees."""
    return valley([(w[0] + w[1]) / 2**0.5, (w[1] - w[0]) / 2**0.5])


def saddle(w):
    return (w[0] ** 2 - w[1] ** 2) / 2


racers = {
    "SGD": (optim.SGD, {}),
    "momentum": (optim.SGD, {"momentum": 0.9}),
    "Adam": (optim.Adam, {}),
}
starts = {
    bowl: (-10.0, 1.0),
    valley: (-10.0, 1.0),
    turned: (-11 / 2**0.5, -9 / 2**0.5),
}

# %% [markdown]
# **Predict.** Commit a guess, then run on.

# %%
predict.choice(
    "turned",
    "With the valley turned by 45 degrees, for which optimizers does the "
    "number of steps change?",
    ["none of them", "SGD and momentum", "only Adam", "all three"],
)


# %%
def steps_needed(surface, kind, start, steps=200, **settings):
    """Return after how many steps the loss stays below 0.01."""
    way = travel(surface, kind, steps, start, **settings)
    high = [i for i, w in enumerate(way) if not surface(w) < 0.01]
    return high[-1] + 1  # steps + 1 if the last loss is high


def fewest(surface, name, lrs):
    """Return the number of steps with the best of the rates, and that rate."""
    kind, settings = racers[name]
    return min(
        (steps_needed(surface, kind, starts[surface], lr=lr, **settings), lr)
        for lr in lrs
    )


# %%
lrs = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
changed = tuple(
    name
    for name in racers
    if fewest(valley, name, lrs)[0] != fewest(turned, name, lrs)[0]
)
answers = {
    (): "none of them",
    ("SGD", "momentum"): "SGD and momentum",
    ("Adam",): "only Adam",
    ("SGD", "momentum", "Adam"): "all three",
}
predict.show("turned", answers[changed])

# %%
for surface in starts:
    for name in racers:
        steps, lr = fewest(surface, name, lrs)
        print(f"{surface.__name__:7s}{name:9s}{steps:4d} steps, lr {lr}")

# %%
for surface, start in starts.items():
    steps = steps_needed(surface, optim.Adam, start, 300, lr=0.1)
    print(f"Adam, lr 0.1, {surface.__name__}: {steps} steps")

# %% [markdown]
# **Look closer.** On the bowl SGD lands in one step. In the valley it is last, and momentum
# and Adam are nearly level: no optimizer wins everywhere. Turned, the valley is the same
# for SGD and momentum; Adam needs a few steps more. At lr = 0.1 the reason shows. Adam takes
# 203 steps on the bowl and 203 in the valley: it scales each number, and the curvature of
# 50 costs it nothing. In the turned valley it takes 273, since it scales numbers, not
# directions.
#
# The next cell starts near the centre of a **saddle**, which rises along one direction and
# falls along the other. Its gradient at the centre is 0, but the centre is no minimum.
#
# **Predict.** Who leaves it first, all with lr = 0.1?

# %%
for name, (kind, settings) in racers.items():
    points = travel(saddle, kind, 200, (1.0, 0.0001), lr=0.1, **settings)
    away = [step for step, w in enumerate(points) if abs(w[1]) > 1]
    ridge = travel(saddle, kind, 200, (1.0, 0.0), lr=0.1, **settings)
    print(f"{name:9s}{away[0]:3d} steps; from the ridge: {ridge[-1, 1]:.0f}")

# %% [markdown]
# **Look closer.** Adam is away first, for its first steps are lr long however small the
# gradient is. Exactly on the ridge, at w[1] = 0, nobody leaves.
#
# Learning rates do not carry over. In the valley the best for SGD was 0.03, and for Adam
# 1.0. Momentum 0.9 makes steps up to ten times as long, so begin with a smaller lr.
#
# | to begin with | lr to try | why |
# |---|---|---|
# | Adam | 0.001, then factors of 3 | forgives scales; often a good first choice |
# | SGD, momentum 0.9 | 0.01, then factors of 3 | as good or better after some search for lr |
# | SGD | 0.1, then factors of 3 | to understand what happens |
#
# **Change.** In the cell that prints the race write `(0.03,)` in place of `lrs`; 201 then
# means that 200 steps were not enough. Who is last now, and why is that no fair race?
#
# ## What you have now
#
# An optimizer changes the tensors it was given, and reads nothing but `.grad`. SGD takes lr
# times the gradient, and 2/curvature is its limit. Batches estimate the gradient; their
# noise falls with the square root of their size. Momentum adds gradients up, Adam scales
# each number's step. Unit 7 puts these lines to work on whole data sets.
