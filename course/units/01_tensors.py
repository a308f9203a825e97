# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
#   course:
#     title: Tensors
#     minutes: 110
#     teaches: store data in tensors, compute with them, and let PyTorch find slopes
# ---

# %% [markdown]
# # 1 · Tensors
#
# After this unit you can put data into a tensor of the right shape and dtype, pick out
# the part you want, compute with whole tables at once, measure how wrong a prediction
# is without falling into the best-known trap of PyTorch, and let PyTorch compute slopes
# for you. It takes about 110 minutes, and everything later in the course stands on it. A
# good place for a break is after exercise 1.5.
#
# Every section has the same parts. **Predict:** answer a question before you run anything.
# Where a cell asks it, commit your guess there; it stays on your machine and is never
# graded. **Run:** select the cell, press `Shift` + `Enter`. **Look closer:** read what came
# out beside what you expected. **Change:** edit one thing and run it again. Where an
# exercise follows, **write:** code of your own.
#
# <div class="alert alert-info">
#
# **How an exercise works.** Replace the line <code>raise NotImplementedError</code> by
# your own code, run the cell, then run the check cell below it. When something is wrong,
# one sentence says what was seen. No sentence means that the visible checks passed;
# hidden checks on other numbers and shapes are added when your work is graded. If Python
# itself stops with an error, read the last line first: it says what went wrong. Exercises
# stand alone: do not call a function that you wrote for another one.
#
# </div>

# %% [markdown]
# ## 1.1 Three imports
#
# A **model** is a calculation that turns inputs into **predictions**, with numbers inside
# that training adjusts. The models of this course are **networks**, put together from
# **layers**: numbers go into a layer, and other numbers come out. Section 1.11 builds
# one by hand.
#
# **Predict.** A program that learns needs numbers to learn from, a model, and something
# that improves the model. The first three imports below have these three jobs: which does
# which? The fourth belongs to the course.
#
# **Run.**

# %% nbgrader={"grade_id": "setup", "locked": true}
import torch
import torch.nn as nn
import torch.optim as optim

from course import expect, predict
from course.boards.shapes import ShapeBoard

# %%
print(torch.ones(2))
print(nn.Linear(1, 1))
print(optim.SGD.__name__)

# %% [markdown]
# **Look closer.** There is one line for each of the three:
#
# | import | what it is | an example |
# |---|---|---|
# | `torch` | PyTorch itself: tensors and the mathematics on them | `torch.ones(2)`, two ones |
# | `torch.nn` | the parts that networks are built from, such as layers | `nn.Linear`, a layer |
# | `torch.optim` | the tools of training: they adjust a model to make its error smaller (optimisation) | `optim.SGD`, a method |
#
# `as nn` and `as optim` give the long names short ones; everybody uses these two.
# Such short names save typing, nothing else. From the course come `expect` and `predict`:
# the check cells compare your results with the first, and the second keeps your guesses.
#
# This unit needs `torch` most of the time. Layers and optimisers come back later, and
# unit 7 trains a complete model with all three.
#
# **Change.** Replace `torch.ones(2)` by `torch.ones(5)`. What does the number in the
# round brackets decide?

# %% [markdown]
# ## 1.2 Data as tensors
#
# In a real project, collecting and cleaning data is a large step of its own. Here the
# data is small and already clean: four deliveries, with their distances and the minutes
# they took. What remains is to put them into the form that PyTorch computes with.
#
# A **tensor** is a container for numbers: all of one kind, arranged in a regular grid,
# and made for the arithmetic that networks need. It brings order into the data before
# the model sees it.
#
# ![Notes such as "5 miles: 22.2 min" lie about; an arrow leads to two columns of numbers, inputs and times, and from there to a box called model.](figures/containers.svg)
#
# *Figure 1.1. Tensors organise data for the model. The order matters: the first input
# and the first time belong to the same delivery.*
#
# **Predict.** The last cell below divides `times` by `inputs`. How many numbers will it
# print, and will they rise or fall from the first to the last?
#
# **Run.**

# %% nbgrader={"grade_id": "deliveries", "locked": true}
inputs = torch.tensor([[5.0], [6.0], [8.0], [10.0]], dtype=torch.float32)
times = torch.tensor([[22.2], [25.6], [31.0], [38.5]], dtype=torch.float32)

# %%
print(inputs)

# %%
print(times / inputs)

# %% [markdown]
# ![Two columns side by side. inputs: 5.0, 6.0, 8.0, 10.0 miles. times: 22.2, 25.6, 31.0, 38.5 minutes. Dotted lines join the rows of each delivery.](figures/example_tensors.svg)
#
# *Figure 1.2. The two tensors. A row in both is one delivery.*
#
# **Look closer.** `inputs` takes four lines: each number has a row of its own.
# `times / inputs` divided all four pairs at once, and you wrote no loop. Arithmetic
# between tensors of the same size works **elementwise**: first with first, second with
# second. The four results, minutes per mile, fall as the distance grows: even a short
# delivery costs some fixed time.
#
# **Change.** Print `inputs * 1.609`, the distances in kilometres. What does one number
# do to a whole tensor?

# %% [markdown]
# ## 1.3 What the brackets say
#
# Look at how `inputs` was typed. There are two levels of brackets, and each has a job.
#
# The outer brackets hold the whole collection. Samples that are handed to a model
# together are called a **batch**; how many they are is the **batch size**, here 4.
#
# ![The line of code with one large pair of brackets around four small ones; the large pair is labelled batch of 4 samples.](figures/outer_brackets.svg)
#
# *Figure 1.3. The outer brackets are the batch.*
#
# Each pair of inner brackets holds one **sample**: one data point, here one delivery.
#
# ![The same line; the inner pair with 8.0 is framed and labelled one sample.](figures/inner_brackets.svg)
#
# *Figure 1.4. Inner brackets are one sample.*
#
# What a sample holds are its **features**. So far there is one, the distance. With the
# time of day and the weather as well, a sample is `[8.0, 14.0, 1.0]`: 8 miles, at 14
# o'clock, in the rain. Brackets tell PyTorch where a sample ends and the next begins.
#
# ![The list 8.0, 14.0, 1.0 with lines to its meanings: distance in miles, time of day as an hour, weather with 1 for rain.](figures/one_sample.svg)
#
# *Figure 1.5. One sample with three features.*
#
# ![A table with the rows sample 0 to sample 3 and the columns distance, hour and rain; the row of sample 2 is framed.](figures/batch_table.svg)
#
# *Figure 1.6. A batch of such samples is a table: a row is a sample, a column a feature.*
#
# **Predict.** The **shape** of a tensor says how many entries each level of brackets
# holds, from the outside in. What is the shape of the table in Figure 1.6?
#
# **Run.**

# %% nbgrader={"grade_id": "features", "locked": true}
# X: (batch, features); the features are distance, hour and rain
X = torch.tensor(
    [
        [5.0, 9.0, 0.0],
        [6.0, 12.0, 0.0],
        [8.0, 14.0, 1.0],
        [10.0, 18.0, 1.0],
    ]
)

# %%
print(X.shape)
print(inputs.shape)
print(torch.tensor([5.0, 6.0, 8.0, 10.0]).shape)

# %% [markdown]
# **Look closer.** `X` is (4, 3): four samples of three features. `inputs` is (4, 1): four
# samples of one feature. Without inner brackets the shape is (4,): four numbers, and
# nothing says that they are four samples. To a layer these are different things.
#
# **Change.** Copy the definition of `X` into a new cell, leave out one number and read the
# last line of the error: why can a tensor not have one short row?

# %% [markdown]
# ## 1.4 The kind of number: dtype
#
# All numbers of a tensor are of one kind, its **dtype** (data type).
# `dtype=torch.float32` asks for **floating-point** numbers of 32 bits: numbers with
# decimals, kept to about seven significant digits. It suits measurements such as 22.2.
#
# ![Two bars. float32: 32 bits for sign, exponent and fraction; 22.2 is kept to about 7 digits. int64: twice as long, 64 bits for a whole number; only 22 is kept.](figures/dtypes.svg)
#
# *Figure 1.7. float32 against int64: fewer bits, but room for decimals.*
#
# **Predict.** When you name no dtype, PyTorch looks at the numbers. What will it choose
# for `[5, 6]`, and what for `[5.0, 6.0]`?
#
# **Run.**

# %%
print(torch.tensor([5, 6]).dtype)
print(torch.tensor([5.0, 6.0]).dtype)
print(torch.tensor([22.2, 25.6], dtype=torch.int64))

# %%
layer = nn.Linear(1, 1)
try:
    layer(torch.tensor([[5], [6]]))
except RuntimeError as error:
    print("refused:", type(error).__name__)
print(layer(torch.tensor([[5.0], [6.0]])).shape)

# %% [markdown]
# **Look closer.** Whole numbers became `int64`, and decimals became `float32`. An `int64`
# tensor cannot hold 22.2, so the decimals were cut off, and nobody warned you. A layer
# keeps its own numbers in float32 and refuses whole numbers. That is why data for a model
# gets `dtype=torch.float32`, written out: then `5` typed for `5.0` does no harm.
#
# Two more kinds you will meet: `float64`, with about 16 digits in twice the memory, which
# a float32 layer refuses as well, and `bool`, True or False. `t.to(torch.float32)` gives
# a converted copy of a tensor `t` that has another dtype.
#
# **Change.** Print `torch.tensor(22.2).item()`. `.item()` takes the one number out of a
# tensor, as a Python number. How many of the digits agree with 22.2?

# %% [markdown]
# ### Exercise 1.1 · A batch from a list
# **Difficulty** ●○○○○ · **about 4 minutes** · 5 points
#
# Write `make_batch(values)`. `values` is a list of n Python numbers (ints or floats), one
# for each sample. Return them as a float32 tensor of shape (n, 1), like `inputs`: every
# number needs inner brackets of its own. (A list comprehension, or a loop with `append`,
# can put them there.)
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The first cell of section 1.2 builds `inputs` by hand. Count its brackets, and read
# which dtype it asks for.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Turn the list of n numbers into a list of n lists with one number each. Then make a
# tensor of that, and name the dtype.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# One line: `torch.tensor` with two arguments. The first is a list comprehension that
# puts brackets around every value, the second sets the dtype.
#
# </details>


# %% nbgrader={"grade_id": "make-batch", "solution": true}
def make_batch(values):
    """Return the n numbers in `values` as a float32 tensor of shape (n, 1).

    Example: make_batch([5, 6]) is tensor([[5.], [6.]]).
    """
    ### BEGIN SOLUTION
    return torch.tensor([[value] for value in values], dtype=torch.float32)
    ### END SOLUTION


# %% nbgrader={"grade_id": "make-batch-test", "grade": true, "points": 5}
expect.close(
    make_batch([5, 6, 8]),
    torch.tensor([[5.0], [6.0], [8.0]]),
    "make_batch([5, 6, 8])",
    mistakes={
        "shape (3,): three numbers without inner brackets. How does "
        "`inputs` mark where each sample begins and ends?": [5.0, 6.0, 8.0],
        "shape (1, 3): that is one sample with three features. Here each "
        "number is a sample and needs its own brackets.": [[5.0, 6.0, 8.0]],
        "the numbers are right, but stored as whole numbers. Which argument "
        "of `torch.tensor` sets the dtype?": [[5.0], [6.0], [8.0]],
    },
)
expect.equal(
    make_batch([5, 6, 8]).dtype,
    torch.float32,
    "make_batch([5, 6, 8]).dtype",
    mistakes={
        "64 bits a number. A float32 layer works with 32 bits and refuses "
        "others. Which dtype does the text ask for?": torch.float64,
    },
)
expect.close(
    make_batch([22.2, 25.6]),
    torch.tensor([[22.2], [25.6]]),
    "make_batch([22.2, 25.6])",
    mistakes={
        "the decimals are gone. Was a tensor of whole numbers made first? "
        "It cannot hold what comes after the point.": [[22.0], [25.0]],
    },
)
### BEGIN HIDDEN TESTS
for numbers in ([7], [0.5, -3, 12, 1e6, 2.25], list(range(40))):
    wanted = torch.tensor(numbers).float().unsqueeze(1)
    expect.close(make_batch(numbers), wanted)
    expect.equal(make_batch(numbers).dtype, torch.float32)
### END HIDDEN TESTS

# %% [markdown]
# ## 1.5 Making tensors
#
# You seldom type every number. PyTorch makes the usual tensors for you.
#
# **Predict.** Both lines with `0` and `10` below fill a range. Which of the two results
# contains the 10 itself?
#
# **Run.**

# %%
print(torch.arange(0, 10, 2))
print(torch.linspace(0, 10, 5))

# %%
print(torch.zeros(2, 3))
print(torch.ones(3))
print(torch.full((2, 2), 7.0))

# %%
torch.manual_seed(0)
print(torch.rand(3))
print(torch.rand(3))
torch.manual_seed(0)
print(torch.rand(3))

# %% [markdown]
# **Look closer.** `arange(start, end, step)` stops before the end, as Python's `range`
# does, and ints give whole numbers. `linspace(start, end, steps)` takes the number of
# points and includes both ends; its numbers are floats.
#
# `zeros`, `ones` and `full` take a shape. `rand` draws numbers between 0 (included) and 1
# (not included); `torch.randn` draws them around 0 in a bell curve instead. The numbers
# come from a generator that starts at a **seed**. Setting the same seed starts the same
# sequence again: the first and the third line are equal, the second goes on from the
# first. Set a seed whenever others should see what you saw.
#
# Each of these also takes `dtype=...` (`rand` and `randn` only floating-point types) and
# `requires_grad=True`, whose use section 1.12 shows. `torch.zeros_like(t)` copies the
# shape and the dtype of a tensor `t`.
#
# **Change.** Make eleven points from 0 to 1, ends included, once with `linspace` and once
# with `arange`. Which one did you get right at the first try?

# %% [markdown]
# ## 1.6 Picking parts
#
# `X[row, column]` picks from a table; a colon alone means "all of them", and `0:1` is the
# range from 0 up to, but without, 1.
#
# **Predict.** `X` has shape (4, 3). Then what is the shape of `X[:, 0]`? Commit a guess,
# then run on. What about `X[2]` and `X[:, 0:1]`?

# %%
predict.choice(
    "picked",
    "X has shape (4, 3). What is the shape of X[:, 0]?",
    ["(4, 1)", "(4,)", "(1, 4)", "(3,)"],
)

# %%
column = X[:, 0]
predict.show("picked", str(tuple(column.shape)))

# %% [markdown]
# **Run.** The next cells pick with numbers, with ranges and with a comparison.

# %%
print(X.ndim, X.numel(), len(X))
print(X[2])
print(X[2, 0])

# %%
print(X[:, 0].shape, X[:, 0:1].shape, X[1:3].shape)

# %%
rainy = X[:, 2] == 1.0
print(rainy)
print(X[rainy])

# %% [markdown]
# **Look closer.** `ndim` is the number of dimensions (the length of the shape), `numel()`
# the number of all entries, `len(X)` the first size: the number of samples. `X.shape[1]` is
# the second size: the number of features.
#
# Indices are given in the order of the shape, row before column, and count from 0.
# `1:3` means 1 and 2.
#
# - A number removes its dimension: `X[2]` has shape (3,), and `X[:, 0]`, the numbers
#   of the first column, has shape (4,). Neither is a table any more.
# - A **slice** keeps its dimension: `X[:, 0:1]` holds the same four numbers in shape
#   (4, 1), four samples of one feature. That is the form that layers want.
# - A **mask** is a tensor of True and False; comparisons make masks. One of shape (n,)
#   keeps the rows where it is True.
#
# Numbers and slices give a **view**: it shares its memory with `X`, and writing into it
# changes `X`. A mask gives a copy.
#
# **Change.** Print the rows of the deliveries longer than 5.5 miles, then only their
# hours.

# %% [markdown]
# ### Exercise 1.2 · A column that stays a column
# **Difficulty** ●●○○○ · **about 4 minutes** · 10 points
#
# Write `pick_column(X, j)`. `X` has shape (n, f), and `j` is a column number from 0 to
# f − 1. Return column `j` as a tensor of shape (n, 1).
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The cell of section 1.6 that prints three shapes in one line: it picks column 0 in two
# ways, with two different shapes.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Between the square brackets, the first place says "all rows". In the second place
# use something that keeps its dimension: a range that holds one column.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# One line. The range starts at `j`; because the end of a range is not included, think
# about where it must end.
#
# </details>


# %% nbgrader={"grade_id": "pick-column", "solution": true}
def pick_column(X, j):
    """Return column `j` of X, of shape (n, f), as a tensor of shape (n, 1).

    Example: pick_column(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), 1)
    is tensor([[2.], [4.]]).
    """
    ### BEGIN SOLUTION
    return X[:, j : j + 1]
    ### END SOLUTION


# %% nbgrader={"grade_id": "pick-column-test", "grade": true, "points": 10}
expect.close(
    pick_column(torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), 1),
    torch.tensor([[2.0], [5.0]]),
    "pick_column([[1, 2, 3], [4, 5, 6]], 1)",
    mistakes={
        "the numbers are right, but the shape is (2,): a single number as "
        "index removes its dimension. What keeps it?": [2.0, 5.0],
        "a row came back, not a column. Between the square brackets stand "
        "two places: which one is for columns?": [4.0, 5.0, 6.0],
        "a row came back, of shape (1, 3). Between the square brackets "
        "stand two places: which one is for columns?": [[4.0, 5.0, 6.0]],
        "shape (1, 2): the column lies on its side, like one sample with "
        "two features. Where should the 1 stand?": [[2.0, 5.0]],
        "every column from `j` to the last came back. A slice has a start "
        "and an end: where should this one end?": [[2.0, 3.0], [5.0, 6.0]],
        "the column before the right one came back. Do columns count from "
        "0 or from 1, and where does your slice start?": [[1.0], [4.0]],
    },
)
expect.close(
    pick_column(torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), 2),
    torch.tensor([[3.0], [6.0]]),
    "pick_column([[1, 2, 3], [4, 5, 6]], 2)",
    mistakes={
        "column 1 came back again, though column 2 was asked for. Is a fixed "
        "number in your slice where `j` should be?": [
            [2.0],
            [5.0],
        ],
    },
)
### BEGIN HIDDEN TESTS
for rows, columns in ((1, 1), (5, 4), (3, 7)):
    table = torch.arange(rows * columns).reshape(rows, columns) * 1.5
    for column in range(columns):
        expect.close(pick_column(table, column), table[:, [column]])
whole = torch.tensor([[1, 2], [3, 4]])
expect.close(pick_column(whole, 0), torch.tensor([[1], [3]]))
### END HIDDEN TESTS

# %% [markdown]
# ## 1.7 Changing the shape
#
# **Predict.** Six numbers, 0 to 5, are put into a table of two rows. Does the first row
# read 0, 1, 2 or 0, 2, 4?
#
# **Run.**

# %%
numbers = torch.arange(6)
print(numbers.reshape(2, 3))
print(numbers.reshape(3, -1).shape)

# %%
print(numbers.unsqueeze(0).shape, numbers.unsqueeze(1).shape)
print(inputs.squeeze(1).shape, X.T.shape)

# %%
table = numbers.view(2, 3)
table[0, 0] = 100
print(numbers)

# %% [markdown]
# **Look closer.** `reshape` keeps the numbers in their order and fills row after row:
# 0, 1, 2 first. One size may be `-1`, "whatever is left"; `reshape(-1)` makes one flat
# tensor of shape (n,) of any tensor.
#
# `unsqueeze(d)` inserts a dimension of size 1 at place `d`: (6,) becomes (1, 6) with 0 and
# (6, 1) with 1. `squeeze(d)` removes dimension `d` if its size is 1; with another size it
# changes nothing, and where there is no such dimension it raises an `IndexError`. Without
# a number, `squeeze()` removes every size of 1, also one that you wanted to keep.
#
# `X.T` swaps rows and columns: it *transposes* the table, which `reshape(3, 4)` would not
# do. On shape (n,) `.T` makes no column; `unsqueeze(1)` does.
#
# `view` is `reshape` with a promise: the result always shares the memory of the original,
# so writing into `table` changed `numbers`. Where that is impossible, as for
# `X.T.view(12)`, `view` raises an error; `reshape` makes a copy then.
#
# <div class="alert alert-info">
#
# **Whose memory?** <code>t += 1</code> and <code>t[0] = 1</code> write into the tensor
# that <code>t</code> names, and everybody who shares it sees the change.
# <code>t = t + 1</code> makes a new tensor. A function should leave its arguments alone.
#
# </div>
#
# **Change.** Compare `X.T` with `X.reshape(3, 4)`: both have shape (3, 4). In which one
# is the first row still the four distances?

# %% [markdown]
# ## 1.8 Sums, means and `dim`
#
# A **reduction** turns many numbers into fewer: a sum, a mean, a maximum.
#
# **Predict.** A table of shape (2, 3) is summed with `dim=0`. Do you get two numbers or
# three?
#
# **Run.**

# %%
table = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
print(table.sum())
print(table.sum(dim=0))
print(table.sum(dim=1))
print(table.sum(dim=1, keepdim=True).shape)

# %%
print(X.mean(dim=0))
print(X.max(dim=0).values, X.argmax(dim=0))

# %%
long = inputs > 5.5
print(long.sum(), (inputs * long).sum())

# %% [markdown]
# ![A table of two rows, 1 2 3 and 4 5 6. Arrows down lead to 5, 7, 9 for dim=0; arrows to the right lead to 6, 15 for dim=1.](figures/reductions.svg)
#
# *Figure 1.8. The dimension you name is the one that disappears.*
#
# **Look closer.** Without `dim` the whole tensor becomes one number, of shape ().
# `dim=0` adds over the first dimension, down the rows, and leaves one number for each
# column. In a batch that is one number for each feature. `dim=1` leaves one number for
# each row, that is for each sample. With `keepdim=True` the dimension stays, with size 1.
# `mean`, `std`, `min` and `max` take `dim` too. `max(dim=0)` returns two tensors: the
# largest `values`, and their `indices`, which `argmax` gives alone.
#
# `long` is a mask of the shape of the whole table. In square brackets such a mask picks
# single entries and returns them in one flat tensor: rows and columns are lost. In
# arithmetic True counts as 1 and False as 0. So `long.sum()` counts, and
# `inputs * long` puts 0 wherever the mask is False. That holds for ordinary numbers only:
# **nan** ("not a number", the result of 0 / 0) times 0 is nan again, and a sum with one
# nan in it is nan.
#
# Arithmetic, unlike a layer, mixes kinds: float32 with int64 gives float32, and `/` always
# gives floats.
#
# **Change.** Print `torch.tensor([5, 6]).mean()`. It fails. Which dtype does a mean
# need, and why?

# %% [markdown]
# ### Exercise 1.3 · The mean of what was measured
# **Difficulty** ●●●○○ · **about 8 minutes** · 10 points
#
# Some entries of a table are missing. Write `masked_mean(X, mask)`. `X` and `mask` have
# shape (n, f); `mask` is True where the entry was measured. Where it is False, some
# ordinary number, such as 99, fills the place in `X` and means nothing. Return, in shape
# (n,), the mean of the measured entries of each row. Every row has at least one. Leave
# the caller's `X` as it was.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The last code cell of section 1.8: what happens to numbers that are multiplied by a
# mask, and how can True be counted?
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# For each row, add up only what was measured, then divide by how many were measured.
# Both are sums over the same dimension.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# One line: a quotient. Above, a sum over `dim=1` in which the False places count as
# 0; below, a sum of the mask over `dim=1`.
#
# </details>


# %% nbgrader={"grade_id": "masked-mean", "solution": true}
def masked_mean(X, mask):
    """Return the mean of each row of X over the entries where `mask` is True.

    X: (n, f) floats; mask: (n, f) bools, a True in every row; result: (n,).
    Example: for X = [[1, 3, 99]] and mask = [[True, True, False]] it is [2].
    """
    ### BEGIN SOLUTION
    return (X * mask).sum(dim=1) / mask.sum(dim=1)
    ### END SOLUTION


# %% nbgrader={"grade_id": "masked-mean-test", "grade": true, "points": 10}
table = torch.tensor([[1.0, 3.0, 99.0], [6.0, 99.0, 99.0], [2.0, 4.0, 9.0]])
before = table.clone()
expect.close(
    masked_mean(table, table != 99.0),
    torch.tensor([2.0, 6.0, 5.0]),
    "masked_mean(X, mask)",
    mistakes={
        "the 99 of missing entries was counted as if it had been "
        "measured. Where does the mask enter your calculation?": [
            34.333333,
            68.0,
            5.0,
        ],
        "too small where entries are missing. By how many numbers did you "
        "divide, and how many were measured?": [1.333333, 2.0, 5.0],
        "these are the sums of the measured entries. A mean needs one "
        "more step: how many entries were measured in each row?": [
            4.0,
            6.0,
            15.0,
        ],
        "one mean per column came back, but each row needs its own. Which "
        "`dim` should disappear to leave one for each row?": [3.0, 3.5, 9.0],
        "one mean of the whole table came back, but each row needs its "
        "own. Which argument says what to reduce?": 4.166667,
        "the values are right, but the shape is (3, 1), not (3,). Which "
        "option kept the dimension that should disappear?": [
            [2.0],
            [6.0],
            [5.0],
        ],
        "the 99s are still in the sum; the mask was used only for the "
        "count. What should a missing entry add to a sum?": [
            51.5,
            204.0,
            5.0,
        ],
        "the sums were divided by the count of the whole table, but each "
        "row has its own count. Which `dim`?": [0.666667, 1.0, 2.5],
    },
)
expect.that(
    torch.equal(table, before),
    "masked_mean changed the caller's X. Which line writes into it, and how "
    "can a new tensor be made instead?",
)
expect.close(
    masked_mean(
        torch.tensor([[0.0, 4.0, 7.0]]),
        torch.tensor([[True, True, False]]),
    ),
    torch.tensor([2.0]),
    "masked_mean([[0, 4, 7]], [[True, True, False]])",
    mistakes={
        "the 7 was counted, though the mask is False there. A missing entry "
        "need not be 99: what says where it is?": [3.666667],
        "the 0 was not counted, though the mask is True there. What says "
        "which entries were measured?": [4.0],
    },
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(11)
for rows, columns in ((1, 1), (6, 2), (3, 8)):
    values = torch.randn(rows, columns, generator=source)
    known = torch.rand(rows, columns, generator=source) < 0.5
    known[:, 0] = True
    wanted = torch.stack([values[i][known[i]].mean() for i in range(rows)])
    noise = 100 * torch.randn(rows, columns, generator=source)
    filled = torch.where(known, values, noise)
    expect.close(masked_mean(filled, known), wanted, rtol=1e-3, atol=1e-4)
values = torch.tensor([[1.0, 5.0], [2.0, 7.0]], requires_grad=True)
known = torch.tensor([[True, False], [True, True]])
masked_mean(values, known).sum().backward()
expect.close(values.grad, torch.tensor([[1.0, 0.0], [0.5, 0.5]]))
### END HIDDEN TESTS

# %% [markdown]
# ## 1.9 Broadcasting
#
# Until now, tensors in one calculation had the same shape, or one was a single number.
# What if neither holds?
#
# **Predict.** A column meets a row. Commit a guess, then run on.

# %%
predict.choice(
    "stretched",
    "A column of shape (3, 1) plus a row of shape (2,): what comes out?",
    ["shape (3, 1)", "shape (2,)", "shape (3, 2)", "an error"],
)

# %%
total = torch.zeros(3, 1) + torch.zeros(2)
predict.show("stretched", f"shape {tuple(total.shape)}")

# %% [markdown]
# **Run.** Now with other numbers than 0, and with the samples. One of the differences
# below is refused: which?

# %%
column = torch.tensor([[10.0], [20.0], [30.0]])
row = torch.tensor([1.0, 2.0])
print(column + row)

# %%
centred = X - X.mean(dim=0)
print(centred)
print(centred.mean(dim=0))

# %%
try:
    X - X.mean(dim=1)
except RuntimeError as error:
    print("refused:", type(error).__name__)
print((X - X.mean(dim=1, keepdim=True)).shape)

# %% [markdown]
# **Look closer.** PyTorch stretches sizes of 1 to make shapes fit. That is
# **broadcasting**. Think of a table whose rows are headed by the column and whose columns
# are headed by the row.
#
# The rule: write the two shapes under each other, aligned at the right. Each pair of
# sizes must be equal, or one of them 1, or one of them absent. A 1 and an absent size are
# stretched to the other size:
#
# | | | | result |
# |---|---|---|---|
# | `column + row` | (3, 1) | (2,) | (3, 2): every number of the column meets every one of the row |
# | `X - X.mean(dim=0)` | (4, 3) | (3,) | (4, 3): each column has its own mean taken away |
# | `X - X.mean(dim=1)` | (4, 3) | (4,) | error: 3 meets 4 |
# | the same with `keepdim=True` | (4, 3) | (4, 1) | (4, 3): each row has its own mean taken away |
#
# Alignment at the right makes a tensor of shape (2,) act like a row, (1, 2), never like a
# column. No number is copied in memory: the same row is read again and again. When shapes
# do not fit, the error names the two sizes that clash.
#
# **Change.** Compute `row.unsqueeze(1) * row`: a multiplication table. Predict its four
# numbers first.

# %% [markdown]
# ### Exercise 1.4 · All differences
# **Difficulty** ●●○○○ · **about 5 minutes** · 10 points
#
# Write `differences(a, b)`. `a` has shape (n,) and `b` has shape (m,). Return the table of
# shape (n, m) whose entry in row i and column j is `a[i] - b[j]`.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The cell of section 1.9 that prints `column + row`: each number of one meets each number
# of the other.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# `a` must stand upright, one number a row, while `b` lies flat. Section 1.7 has the
# method that inserts a dimension of size 1.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# One line: `a` in shape (n, 1), minus `b` in shape (m,). Broadcasting makes the rest.
#
# </details>


# %% nbgrader={"grade_id": "differences", "solution": true}
def differences(a, b):
    """Return the table of all a[i] - b[j]; a: (n,), b: (m,), result: (n, m).

    Example: for a = [10, 20] and b = [1, 2, 3] it is
    [[9, 8, 7], [19, 18, 17]].
    """
    ### BEGIN SOLUTION
    return a.unsqueeze(1) - b
    ### END SOLUTION


# %% nbgrader={"grade_id": "differences-test", "grade": true, "points": 10}
expect.close(
    differences(torch.tensor([10.0, 20.0]), torch.tensor([1.0, 12.0])),
    torch.tensor([[9.0, -2.0], [19.0, 8.0]]),
    "differences([10, 20], [1, 12])",
    mistakes={
        "only matching pairs were subtracted: first with first, second "
        "with second. Which of the two must stand as a column?": [9.0, 8.0],
        "rows and columns are swapped: row i of the table belongs to "
        "`a[i]`. Which argument must stand as a column?": [
            [9.0, 19.0],
            [-2.0, 8.0],
        ],
        "the signs are turned round: the first entry should be 10 - 1. "
        "Which number is taken away from which?": [
            [-9.0, 2.0],
            [-19.0, -8.0],
        ],
        "no entry is negative, yet 10 - 12 is -2. Does the text ask for a "
        "distance, or for a difference with its sign?": [
            [9.0, 2.0],
            [19.0, 8.0],
        ],
        "sums came back: the first entry is 10 + 1, not 10 - 1. What does "
        "the text ask you to do with every `b[j]`?": [
            [11.0, 22.0],
            [21.0, 32.0],
        ],
        "the signs are turned round, and rows and columns are swapped. Which "
        "argument is the column, and what is taken away?": [
            [-9.0, -19.0],
            [2.0, -8.0],
        ],
        "shape (1, 2): `a` stood as a row, so first met first again. Where "
        "must the new 1 stand to make a column?": [[9.0, 8.0]],
    },
)
expect.close(
    differences(torch.tensor([10.0, 20.0]), torch.tensor([1.0, 2.0, 3.0])),
    torch.tensor([[9.0, 8.0, 7.0], [19.0, 18.0, 17.0]]),
    "differences([10, 20], [1, 2, 3])",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(12)
for n, m in ((1, 1), (1, 5), (4, 1), (6, 3)):
    first = torch.randn(n, generator=source)
    second = torch.randn(m, generator=source)
    table = differences(first, second)
    expect.equal(table.shape, torch.Size([n, m]))
    for i in range(n):
        expect.close(table[i], first[i] - second)
start = torch.tensor([1.0, 2.0], requires_grad=True)
differences(start, torch.tensor([3.0, 4.0, 5.0])).sum().backward()
expect.close(start.grad, torch.tensor([3.0, 3.0]))
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 1.5 · Features on one scale
# **Difficulty** ●●●○○ · **about 6 minutes** · 15 points
#
# Distances run from 5 to 10, hours from 9 to 18. Models learn more easily when all
# features have the same scale. The **standard deviation** of n numbers says how widely
# they spread around their mean: square the distances from the mean, add the squares up,
# divide by n − 1, take the root. `std` computes it when you give it nothing but `dim`.
#
# To **standardise** a column, take its mean away from each entry, then divide by its
# standard deviation. Write `standardise(X)` for all columns at once. Leave the caller's
# `X` as it was.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The cell of section 1.9 that makes `centred`: it already takes the mean away from each
# column.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# You need one mean and one standard deviation for each column, both in shape (f,).
# Name the dimension that should disappear.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# One line: a quotient with a pair of brackets in it. Difference first, then division;
# both the mean and `std` get the same `dim`.
#
# </details>


# %% nbgrader={"grade_id": "standardise", "solution": true}
def standardise(X):
    """Return X with every column brought to mean 0 and deviation 1.

    X: (n, f) with n >= 2 and no constant column; result: a new tensor (n, f).
    Example: a column 1, 2, 3 becomes -1, 0, 1.
    """
    ### BEGIN SOLUTION
    return (X - X.mean(dim=0)) / X.std(dim=0)
    ### END SOLUTION


# %% nbgrader={"grade_id": "standardise-test", "grade": true, "points": 15}
expect.close(
    standardise(torch.tensor([[1.0, 50.0], [2.0, 10.0], [3.0, 30.0]])),
    torch.tensor([[-1.0, 1.0], [0.0, -1.0], [1.0, 0.0]]),
    "standardise([[1, 50], [2, 10], [3, 30]])",
    mistakes={
        "the columns still differ in scale: one mean and one deviation for "
        "the whole table. Each column needs its own.": [
            [-0.754159, 1.709428],
            [-0.703882, -0.301664],
            [-0.653605, 0.703882],
        ],
        "each row was standardised, but a feature is a column. Which "
        "`dim` should disappear to leave one mean a column?": [
            [-0.707107, 0.707107],
            [-0.707107, 0.707107],
            [-0.707107, 0.707107],
        ],
        "the means are 0, but the second column is wider than the first. "
        "What is still to be divided by?": [
            [-1.0, 20.0],
            [0.0, -20.0],
            [1.0, 0.0],
        ],
        "the second column came out far too narrow. Did you divide by the "
        "variance, the square of the deviation?": [
            [-1.0, 0.05],
            [0.0, -0.05],
            [1.0, 0.0],
        ],
        "each column runs from 0 to 1: that is scaling by minimum and "
        "maximum. Mean 0 and deviation 1 are asked for.": [
            [0.0, 1.0],
            [0.5, 0.0],
            [1.0, 0.5],
        ],
        "slightly too wide: is the deviation divided by n? The default of "
        "`std` divides by n - 1, a smaller number.": [
            [-1.224745, 1.224745],
            [0.0, -1.224745],
            [1.224745, 0.0],
        ],
        "only mean / deviation was taken away: Python divides before it "
        "subtracts. What needs brackets?": [
            [-1.0, 48.5],
            [0.0, 8.5],
            [1.0, 28.5],
        ],
        "the deviation is that of the whole table. Each column needs its own: "
        "which argument does `std` lack?": [
            [-0.0502773, 1.005546],
            [0.0, -1.005546],
            [0.0502773, 0.0],
        ],
        "the mean is that of the whole table. Each column needs its own: which "
        "argument does `mean` lack?": [
            [-15.0, 1.7],
            [-14.0, -0.3],
            [-13.0, 0.7],
        ],
        "divided first, then the mean of the undivided column was taken away. "
        "Which step comes first, and what needs brackets?": [
            [-1.0, -27.5],
            [0.0, -29.5],
            [1.0, -28.5],
        ],
        "each column was divided by its deviation, but its mean is not 0. "
        "Which step comes before the division?": [
            [1.0, 2.5],
            [2.0, 0.5],
            [3.0, 1.5],
        ],
    },
)
caller = torch.tensor([[1.0, 50.0], [2.0, 10.0], [3.0, 30.0]])
before = caller.clone()
standardise(caller)
expect.that(
    torch.equal(caller, before),
    "standardise changed the caller's X. Which lines write into it, "
    "and which lines make a new tensor?",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(13)
for rows, columns in ((2, 1), (5, 5), (40, 3)):
    table = torch.randn(rows, columns, generator=source) * 7 + 20
    wanted = (table - table.mean(0)) / table.std(0)
    expect.close(standardise(table), wanted, rtol=1e-3, atol=1e-4)
leaf = torch.tensor([[1.0, 5.0], [2.0, 9.0], [6.0, 7.0]], requires_grad=True)
same = leaf.detach().clone().requires_grad_()
weight = torch.tensor([[1.0, 2.0], [3.0, -1.0], [0.5, 4.0]])
(standardise(leaf) * weight).sum().backward()
((same - same.mean(0)) / same.std(0) * weight).sum().backward()
expect.close(leaf.grad, same.grad, rtol=1e-3, atol=1e-5)
### END HIDDEN TESTS

# %% [markdown]
# ## 1.10 Measuring the error
#
# A model's prediction is usually called `y_hat`, and what it should have said, the
# **target**, `y`. The error, measured as one number, is the **loss**. A common one is the
# **mean squared error**: take the differences, square them, take the mean.
#
# **Predict.** Below, the predictions are perfect. Commit a guess, then run on.

# %%
predict.choice(
    "perfect",
    "y_hat, of shape (4,), holds the same four numbers as y, of shape (4, 1). "
    "What is the loss?",
    ["0", "above 0", "below 0", "an error"],
)

# %%
y = times  # y: (4, 1)
y_hat = times.squeeze(1)  # y_hat: (4,), the very same numbers
loss = ((y_hat - y) ** 2).mean()
predict.show("perfect", "above 0" if loss > 0 else "0")

# %% [markdown]
# **Run.** Why not 0? Look at the differences before they are squared.

# %%
print(round(loss.item(), 2))
print((y_hat - y).shape)
print(y_hat - y)

# %%
constant = torch.full((4,), times.mean().item())
print(round(((constant - y) ** 2).mean().item(), 2))

# %% [markdown]
# ![A row of four predictions above and the column of the same four targets at the left; between them a table of 16 differences, of which only the framed diagonal, all zeros, was meant.](figures/trap.svg)
#
# *Figure 1.9. Sixteen differences where four were meant: the framed ones.*
#
# **Look closer.** The loss of a perfect prediction is 75.81, not 0. `y_hat`, of shape
# (4,), acted like a row, `y` is a column of shape (4, 1), and broadcasting made all 4 × 4
# differences. The mean ran over 16 numbers, 12 of which compare one delivery with another.
#
# This is the (N,) against (N, 1) trap. No error message came, and that is the danger. The
# last cell shows where training with this loss would lead: always answering the mean of
# the targets scores 37.91, better than the perfect answer. PyTorch's own `nn.MSELoss`
# prints a warning on such shapes, then returns the same wrong number.
#
# The cure: before you subtract, make the shapes equal, and look at them when a loss seems
# too good or too bad. `squeeze(1)` does it when you know that the shape is (n, 1);
# `reshape(-1)` gives shape (n,) from either form.
#
# **Change.** In a new cell, print the loss with `y.squeeze(1)` for `y`. Is it 0 now?

# %% [markdown]
# **Watch it.** On the board `a` lies flat and `b` stands upright. Move the slider:
# which two numbers meet in each entry? Then give `b` the shape (4,). With `a` of
# shape (4, 3), which shapes of `b` clash?

# %%
ShapeBoard("a + b", a=(4,), b=(4, 1))

# %% [markdown]
# ### Exercise 1.6 · Mean squared error, safely
# **Difficulty** ●●●○○ · **about 8 minutes** · 10 points
#
# Write `mse(y_hat, y)` with tensor operations. Both arguments hold n numbers, in the same
# order; each of them may have shape (n,) or (n, 1). Leave both as they were, and return
# the mean of the n squared differences as a tensor of shape (). Keep it a tensor all the
# way: training needs its gradient, as section 1.12 explains, and `.item()` cuts it off.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# Section 1.10: the shapes (n,) and (n, 1) in one subtraction are the trap. Its last
# paragraphs name two cures.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Bring both arguments to shape (n,) with a method that works for either form. Only
# then subtract, square and take the mean.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Three steps in one or three lines: two flattened tensors, their difference squared,
# the mean of it. No loop and no `.item()`.
#
# </details>


# %% nbgrader={"grade_id": "mse", "solution": true}
def mse(y_hat, y):
    """Return the mean squared error of n predictions as a tensor of shape ().

    y_hat, y: n floats each, of shape (n,) or (n, 1), in any combination.
    Example: predictions 1 and 5 for targets 2 and 1 give (1 + 16) / 2 = 8.5.
    """
    ### BEGIN SOLUTION
    return ((y_hat.reshape(-1) - y.reshape(-1)) ** 2).mean()
    ### END SOLUTION


# %% nbgrader={"grade_id": "mse-test", "grade": true, "points": 10}
expect.close(
    mse(torch.tensor([1.0, 5.0]), torch.tensor([2.0, 1.0])),
    torch.tensor(8.5),
    "mse([1, 5], [2, 1])",
    mistakes={
        "17 is the sum of the squared errors, and it grows with their "
        "number. What does the M in MSE ask for?": 17.0,
        "1.5 is the mean of the errors without squares, where errors of "
        "both signs cancel. When should they be squared?": 1.5,
        "-1.5 is the mean of the errors without squares, where errors of "
        "both signs cancel. When should they be squared?": -1.5,
        "2.5 is the mean size of the errors, without squares. Which of the "
        "three words, mean, squared, error, is missing?": 2.5,
        "2.25 is the square of the mean error, where errors of both signs "
        "cancel. Which comes first, square or mean?": 2.25,
        "2.92 is the square root of the right answer. Mean, squared, "
        "error: which of the three words asks for a root?": 2.915476,
        "4.25 is half of the right answer. Does the definition in section "
        "1.10 have a factor of one half?": 4.25,
        "the squared errors came back one by one, with shape (2,). Which "
        "step turns them into one number, of shape ()?": [1.0, 16.0],
        "6.5 is the mean over a 2 × 2 table. These two shapes were equal "
        "before: was one changed without looking?": 6.5,
    },
)
expect.close(
    mse(torch.tensor([1.0, 5.0]), torch.tensor([[2.0], [1.0]])),
    torch.tensor(8.5),
    "mse of shape (2,) against (2, 1)",
    mistakes={
        "6.5 is the mean over a 2 × 2 table of differences. Which shapes "
        "met? Make them equal first.": 6.5,
    },
)
expect.close(
    mse(torch.tensor([[1.0], [5.0]]), torch.tensor([2.0, 1.0])),
    torch.tensor(8.5),
    "mse of shape (2, 1) against (2,)",
    mistakes={
        "6.5 is the mean over a 2 × 2 table. Only one of the two "
        "arguments was brought into shape: what of the other?": 6.5,
    },
)
guess, target = torch.tensor([1.0, 5.0]), torch.tensor([2.0, 1.0])
copies = guess.clone(), target.clone()
mse(guess, target)
expect.that(
    torch.equal(guess, copies[0]) and torch.equal(target, copies[1]),
    "mse changed the caller's tensors. Which line writes into `y_hat` or "
    "`y`, and how can a new tensor be made instead?",
)
guess = torch.tensor([1.0, 5.0], requires_grad=True)
expect.that(
    bool(mse(guess, torch.tensor([2.0, 1.0])).requires_grad),
    "the loss has lost its record (section 1.12): a new tensor, `detach` or "
    "`item` cut it off. Return the result of the calculation itself.",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(14)
for n in (1, 3, 50):
    left = torch.randn(n, generator=source)
    right = torch.randn(n, generator=source)
    for first in (left, left.reshape(n, 1)):
        for second in (right, right.reshape(n, 1)):
            wanted = nn.functional.mse_loss(left, right)
            expect.close(mse(first, second), wanted, rtol=1e-3)
guess = torch.tensor([[1.0], [5.0], [0.0]], requires_grad=True)
mse(guess, torch.tensor([1.0, 2.0, 3.0])).backward()
expect.close(guess.grad, torch.tensor([[0.0], [2.0], [-2.0]]))
### END HIDDEN TESTS

# %% [markdown]
# ## 1.11 Two products: `*` and `@`
#
# **Predict.** `w` holds one number for each feature: 3 minutes a mile, 0.1 an hour, 2 for
# rain. `X * w` and `X @ w`: which of them gives one number for each delivery?
#
# **Run.**

# %%
w = torch.tensor([3.0, 0.1, 2.0])  # w: (features,)
print(X * w)

# %%
print(X @ w)
print((X * w).sum(dim=1))

# %%
W = torch.tensor([[3.0, 1.0], [0.1, 0.0], [2.0, 0.0]])  # W: (3, 2)
b = torch.tensor([7.0, 0.5])  # b: (2,)
print(X @ W + b)

# %% [markdown]
# ![The table X, the numbers of w and the result; row 2 of X and w are shaded: 8.0 times 3.0 plus 14.0 times 0.1 plus 1.0 times 2.0 gives 27.4.](figures/product.svg)
#
# *Figure 1.10. The matrix product: a row times `w`, added up. `w` has shape (3,) and the
# result (4,), neither is (3, 1) or (4, 1); they are drawn upright only to line up.*
#
# **Look closer.** `*` multiplies elementwise, with broadcasting, and keeps the table.
# `@` is the **matrix product**: it multiplies each row of `X` with `w` number by number
# and adds the products up. That is a **weighted sum** of the features for each sample, and
# the numbers in `w` are the **weights**.
#
# With a table `W` on the right, each column of `W` gives one result: (4, 3) @ (3, 2) is
# (4, 2). The inner sizes, 3 and 3, must agree and disappear; the outer ones remain. `b`,
# the **bias**, is added to every row by broadcasting.
#
# `X @ W + b` is all that a linear layer does: `nn.Linear(3, 2)` keeps its own weights, of
# shape (2, 3), and its bias, and computes `X @ weight.T + bias`.
#
# **Change.** Try `W @ X`. Which two shapes does the error name, and which two of their
# sizes disagree?

# %% [markdown]
# ### Exercise 1.7 · A linear layer by hand
# **Difficulty** ●●○○○ · **about 5 minutes** · 10 points
#
# Write `linear(X, W, b)`: for each of n samples, k weighted sums of the f features, plus
# the bias. `X` has shape (n, f), `W` has shape (f, k), `b` has shape (k,), and the result
# (n, k).
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The last code cell of section 1.11 does this for three features and two results.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# One product that multiplies and adds up, then one addition that broadcasts.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# One line with two operators. Check the order of the factors by their shapes: the
# inner sizes, f and f, must meet.
#
# </details>


# %% nbgrader={"grade_id": "linear", "solution": true}
def linear(X, W, b):
    """Return k weighted sums of the features of each sample, plus the bias.

    X: (n, f), W: (f, k), b: (k,); result: (n, k).
    Example: X = [[1, 2]], W = [[3], [4]], b = [10] give [[21]].
    """
    ### BEGIN SOLUTION
    return X @ W + b
    ### END SOLUTION


# %% nbgrader={"grade_id": "linear-test", "grade": true, "points": 10}
expect.close(
    linear(
        torch.tensor([[1.0, 2.0], [3.0, 4.0]]),
        torch.tensor([[1.0, 0.0], [5.0, 2.0]]),
        torch.tensor([10.0, 20.0]),
    ),
    torch.tensor([[21.0, 24.0], [33.0, 28.0]]),
    "linear([[1, 2], [3, 4]], [[1, 0], [5, 2]], [10, 20])",
    mistakes={
        "entries were multiplied one by one, which makes no weighted "
        "sums. Which product adds up over the features?": [
            [11.0, 20.0],
            [25.0, 28.0],
        ],
        "the bias is missing.": [[11.0, 4.0], [23.0, 8.0]],
        "the factors are in the wrong order: the rows of X are the "
        "samples, and stay rows. Which factor comes first?": [
            [11.0, 22.0],
            [21.0, 38.0],
        ],
        "the bias went into the weights, and was multiplied by X. Which "
        "comes first, the product or the addition?": [
            [41.0, 64.0],
            [93.0, 148.0],
        ],
        "the weights were transposed. Here W is (features, outputs) "
        "already: do the inner sizes agree without it?": [
            [11.0, 29.0],
            [13.0, 43.0],
        ],
        "the bias was added along the wrong dimension: each output has its "
        "own, each sample has not.": [[21.0, 14.0], [43.0, 28.0]],
    },
)
expect.close(
    linear(
        torch.tensor([[1.0, 2.0]]),
        torch.tensor([[3.0], [4.0]]),
        torch.tensor([10.0]),
    ),
    torch.tensor([[21.0]]),
    "linear([[1, 2]], [[3], [4]], [10])",
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(15)
for n, f, k in ((1, 1, 1), (5, 3, 2), (2, 4, 7), (3, 3, 3)):
    values = torch.randn(n, f, generator=source)
    weights = torch.randn(f, k, generator=source)
    bias = torch.randn(k, generator=source)
    wanted = nn.functional.linear(values, weights.T, bias)
    expect.close(linear(values, weights, bias), wanted, rtol=1e-3, atol=1e-5)
weights = torch.zeros(2, 3, requires_grad=True)
bias = torch.zeros(3, requires_grad=True)
linear(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), weights, bias).sum().backward()
expect.close(weights.grad, torch.tensor([[4.0, 4.0, 4.0], [6.0, 6.0, 6.0]]))
expect.close(bias.grad, torch.tensor([2.0, 2.0, 2.0]))
### END HIDDEN TESTS

# %% [markdown]
# ## 1.12 Autograd: slopes on request
#
# Suppose a delivery takes `w` minutes a mile. With `w = 3`, the 5-mile delivery should
# take 15 minutes; it took 22.2. The loss is (15 − 22.2)² = 51.84. To improve `w` we must
# know how the loss changes when `w` changes: the slope of the loss, its **gradient**.
#
# **Predict.** Would a larger `w` make this loss larger or smaller? So is the slope
# positive or negative?
#
# **Run.**

# %%
w = torch.tensor(3.0, requires_grad=True)
y_hat = w * 5.0
loss = (y_hat - 22.2) ** 2
loss.backward()
print(round(loss.item(), 2), round(w.grad.item(), 2))

# %%
x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
(x**2).sum().backward()
print(x.grad)

# %%
with torch.no_grad():
    print((w * 5.0).requires_grad)
print((w * 5.0).requires_grad, w.detach().requires_grad)

# %% [markdown]
# ![Three boxes, w 3.0, y_hat 15.0 and loss 51.84. Solid arrows lead forward; dashed arrows lead back, multiplied by -14.4 and by 5.0, with the gradients 1.0, -14.4 and -72.0.](figures/graph.svg)
#
# *Figure 1.11. Forward the values are computed, backward the gradients: each step back
# multiplies by the slope of the step forward.*
#
# **Look closer.** The part of PyTorch that records a calculation and computes its slopes is
# called **autograd**. `requires_grad=True` tells it to record what is computed from `w`.
# `loss.backward()` walks that record from the loss back to `w`, multiplying slopes on the
# way (the **chain rule**), and *adds* the result to `w.grad`. Here it is −72: raise `w` a
# little, and the loss falls 72 times as much.
#
# `backward()` starts at one number. For a slope at many points, add the values up first:
# each `x` affects only its own term of the sum, so `x.grad` holds the separate slopes,
# 2x.
#
# Under `torch.no_grad()` nothing is recorded, which saves memory and time.
# `w.detach()` gives the same numbers without the record. Whole numbers and bools cannot
# require gradients. Three error messages to know:
#
# | the message says | what happened |
# |---|---|
# | `does not require grad` | Nothing was recorded: `requires_grad=True` is missing, or the loss was computed under `no_grad()`. |
# | `only for scalar outputs` | The loss is not a **scalar**, a single number: sum it. |
# | `a second time` | `backward()` uses its record up: compute the loss again. Do not use the `retain_graph` that the message offers. |
#
# **Change.** In a new cell, run `((w * 5.0 - 22.2) ** 2).backward()` and print `w.grad`.
# Why is it −144 now?

# %% [markdown]
# ### Exercise 1.8 · Slopes of a curve
# **Difficulty** ●●●○○ · **about 6 minutes** · 10 points
#
# The cell below defines `curve(x)`, which works on every number of `x` by itself. Write
# `slopes(x)`: for a float tensor of any shape, return a tensor of the same shape with the
# slope of `curve` at each number. Record on a copy of your own, which
# `x.detach().clone().requires_grad_()` makes: without the record of `x`, in memory of its
# own, and with recording switched on.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The cell of section 1.12 with `x**2`, and the sentence about slopes at many points.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Make the copy with recording on, apply `curve` to it, turn the result into one
# number, go backward from there. The slopes then stand in the copy.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# Three lines: the recording copy; the curve, summed, with `backward()`; the return of
# the copy's gradient.
#
# </details>


# %% nbgrader={"grade_id": "curve", "locked": true}
def curve(x):
    """Return exp(-x²) · sin(3x) for every number of x."""
    return torch.exp(-(x**2)) * torch.sin(3 * x)


# %% nbgrader={"grade_id": "slopes", "solution": true}
def slopes(x):
    """Return the slope of `curve` at every number of x, in the shape of x.

    Example: slopes(torch.tensor([0.0])) is tensor([3.]).
    """
    ### BEGIN SOLUTION
    points = x.detach().clone().requires_grad_()
    curve(points).sum().backward()
    return points.grad
    ### END SOLUTION


# %% nbgrader={"grade_id": "slopes-test", "grade": true, "points": 10}
expect.that(
    slopes(torch.tensor([0.0])) is not None,
    "slopes returned None: is `return` missing, or was `.grad` read where no "
    "`backward()` had filled it?",
)
points = torch.tensor([0.0, 0.5, 1.0])
wanted = torch.tensor([3.0, -0.611579, -1.196424])
error = (torch.as_tensor(slopes(points)) - wanted).abs().max().item()
expect.that(
    not 2e-4 < error < 0.1,
    "the slopes are close, but not exact. Is a quotient of small differences "
    "at work? Let autograd compute them.",
)
expect.close(
    slopes(torch.tensor([0.0, 0.5, 1.0])),
    wanted,
    "slopes([0, 0.5, 1])",
    mistakes={
        "these are the heights of the curve, not its slopes. Where does "
        "PyTorch put the slopes after `backward()`?": [
            0.0,
            0.776857,
            0.051915,
        ],
        "a third of the right slopes, for three points. Which reduction "
        "divides by their number, and which one does not?": [
            1.0,
            -0.203860,
            -0.398808,
        ],
        "all slopes were added up. Each number of x has its own slope: where "
        "does PyTorch keep them?": 1.191997,
        "twice the right slopes. `backward()` adds to `.grad`: how often "
        "did it run, and how often should it?": [6.0, -1.223159, -2.392848],
        "these are rises over a whole unit of x, where the curve bends. "
        "Let autograd find the slope at the point.": [
            0.051915,
            -0.879881,
            -0.057033,
        ],
    },
)
expect.close(
    slopes(torch.tensor([[0.0, 1.0], [0.5, 0.0]])),
    torch.tensor([[3.0, -1.196424], [-0.611579, 3.0]]),
    "slopes([[0, 1], [0.5, 0]])",
)
expect.that(
    not points.requires_grad,
    "recording was switched on for the caller's x. Which line does it? Work "
    "on a copy of your own, as the text shows.",
)
### BEGIN HIDDEN TESTS
for points in (
    torch.tensor(0.3),
    torch.linspace(-2, 2, 9),
    torch.linspace(-1, 1, 12).reshape(3, 4),
):
    formula = 3 * torch.cos(3 * points) - 2 * points * torch.sin(3 * points)
    expect.close(
        slopes(points),
        torch.exp(-(points**2)) * formula,
        rtol=1e-3,
        atol=1e-5,
    )
    expect.that(not points.requires_grad, "x was recorded")
### END HIDDEN TESTS

# %% [markdown]
# ## 1.13 One step downhill
#
# The gradient says where the loss rises. So step the other way, by the gradient times a
# small number, the **learning rate** `lr`. That is **gradient descent**, and it is how
# networks learn.
#
# **Predict.** Four steps from `w = 3`, on all four deliveries. Will `w` move towards 4 in
# equal steps, or in ever smaller ones?
#
# **Run.**

# %%
w = torch.tensor(3.0, requires_grad=True)
lr = 0.005
for step in range(4):
    loss = ((w * inputs - times) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= lr * w.grad
    w.grad.zero_()
    print(step, round(loss.item(), 2), round(w.item(), 3))

# %% [markdown]
# **Look closer.** The steps shrink, because the slope does as the loss nears its smallest
# value. Three lines deserve a second look:
#
# - `with torch.no_grad()`: the step is no part of the calculation whose slope is wanted.
#   Without it, PyTorch refuses to change a tensor that is being recorded.
# - `w -= ...` writes into the same `w`. `w = w - ...` would make a new tensor, which here
#   has no gradient of its own.
# - `w.grad.zero_()` sets the gradient to 0 (the underscore marks a call that writes in
#   place). `backward()` adds, so without this line old gradients would pile up.
#
# In units 6 to 8 `optimizer.step()` and `optimizer.zero_grad()` do these jobs.
#
# **Predict.** What will the losses of twelve steps look like with `lr = 0.02`, four times as
# much? Commit a guess, then run on.

# %%
predict.losses(
    "twelve-steps",
    "Which shape has the loss over twelve steps with lr = 0.02?",
)

# %%
w, losses = torch.tensor(3.0, requires_grad=True), []
for step in range(12):
    loss = ((w * inputs - times) ** 2).mean()
    losses.append(loss.item())
    loss.backward()
    with torch.no_grad():
        w -= 0.02 * w.grad
    w.grad.zero_()
predict.show("twelve-steps", losses)

# %% [markdown]
# Each step jumps over the lowest point and lands higher on the other side, where the slope
# is steeper: `lr` is too large. How large is too large is a question of unit 6.
#
# **Change.** In the cell above, put 0.01 in place of 0.02. Do the losses rise or fall now?

# %% [markdown]
# ### Exercise 1.9 · Gradient descent
# **Difficulty** ●●●●○ · **about 12 minutes** · 15 points
#
# Write `descend(X, y, lr, steps)`. The prediction is `X @ w`, the loss its mean squared
# error against `y`. Start with `w` at zeros, one for each feature, take `steps` steps of
# gradient descent and return `w`, with its record or detached. `X` has shape (n, f), `y`
# has shape (n,). Compute the loss here, without your own `mse`.
#
# <details><summary>Hint 1 of 3 · where to look</summary>
#
# The loop of section 1.13 is nearly what you need. What differs: the number of
# weights, the prediction, and where `w` starts.
#
# </details>
#
# <details><summary>Hint 2 of 3 · what to do</summary>
#
# Before the loop make the zeros, with recording on. In each step: loss, backward, the
# update without recording, and the gradient back to zero.
#
# </details>
#
# <details><summary>Hint 3 of 3 · the shape of the answer</summary>
#
# A line for `w`, a `for` loop of four or five lines as in section 1.13, and a
# `return`. The number of zeros is the second size of `X`.
#
# </details>


# %% nbgrader={"grade_id": "descend", "solution": true}
def descend(X, y, lr, steps):
    """Return the weights after `steps` steps of gradient descent from zeros.

    X: (n, f), y: (n,), lr: float, steps: int; result: (f,).
    The loss is the mean squared error of X @ w against y.
    Example: X = [[1]], y = [2], lr = 0.1: the first step leads from 0 to 0.4.
    """
    ### BEGIN SOLUTION
    w = torch.zeros(X.shape[1], requires_grad=True)
    for _ in range(steps):
        loss = ((X @ w - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
        w.grad.zero_()
    return w.detach()
    ### END SOLUTION


# %% nbgrader={"grade_id": "descend-test", "grade": true, "points": 15}
expect.close(
    descend(
        torch.tensor([[1.0, 0.0], [1.0, 2.0], [0.0, 1.0]]),
        torch.tensor([1.0, 2.0, 4.0]),
        0.1,
        1,
    ),
    torch.tensor([0.2, 0.533333]),
    "w after one step",
    mistakes={
        "the step went uphill, to a larger loss. The gradient points to "
        "where the loss rises: which way should w move?": [-0.2, -0.533333],
        "three times the right step, for three samples: the step grows with "
        "their number. Is the loss a mean or a sum?": [0.6, 1.6],
        "half of the right step. Has the slope of a square its factor of 2, "
        "or was `backward()` not used?": [0.1, 0.266667],
        "four steps were taken, and one was asked for. Which number says how "
        "often your loop runs?": [0.358321, 1.198973],
        "one step too many was taken. How often does your loop run when "
        "`steps` is 1?": [0.302222, 0.862222],
        "twenty times too small a step: the 0.005 of section 1.13 seems to be "
        "at work. Where does `lr` come in?": [0.01, 0.026667],
        "`w` started at 3, as in section 1.13. At which numbers should it "
        "start here?": [2.4, 2.133333],
        "a whole gradient was taken as the step, ten times too much. "
        "Where does `lr` come in, here 0.1?": [2.0, 5.333333],
        "`w` is still at its start. What changes its numbers?": [0.0, 0.0],
        "the loss ran over a 3 × 3 table: `X @ w` and `y` had different "
        "shapes, the trap of section 1.10. Print both shapes.": [
            0.311111,
            0.466667,
        ],
        "`w` has shape (2, 1), so (3, 1) met (3,) in the loss: the trap of "
        "section 1.10. Which shape should `w` have?": [
            [0.311111],
            [0.466667],
        ],
        "the numbers are right, but the shape is (2, 1), not (2,). With "
        "how many dimensions did `w` start?": [
            [0.2],
            [0.533333],
        ],
    },
)
expect.close(
    descend(
        torch.tensor([[1.0, 0.0], [1.0, 2.0], [0.0, 1.0]]),
        torch.tensor([1.0, 2.0, 4.0]),
        0.1,
        2,
    ),
    torch.tensor([0.302222, 0.862222]),
    "w after two steps",
    mistakes={
        "the second step is too long: the first gradient is still in "
        "`.grad`. What should happen between steps?": [0.502222, 1.395556],
        "one step's result: does `w` go back to zeros in every turn, does a "
        "`return` stand in the loop, or is there no loop?": [0.2, 0.533333],
        "the second step repeats the first, as if the slope were the same "
        "everywhere. Is the gradient computed anew at each `w`?": [
            0.4,
            1.066667,
        ],
    },
)
### BEGIN HIDDEN TESTS
source = torch.Generator().manual_seed(16)
for n, f, lr, steps in (
    (1, 1, 0.1, 3),
    (8, 3, 0.05, 7),
    (5, 2, 0.2, 1),
    (20, 4, 0.1, 200),
):
    values = torch.rand(n, f, generator=source)
    targets = torch.randn(n, generator=source)
    weights = torch.zeros(f)
    for _ in range(steps):
        error = values @ weights - targets
        weights = weights - lr * 2 / n * values.T @ error
    result = descend(values, targets, lr, steps)
    expect.close(result, weights, rtol=1e-2, atol=1e-4)
### END HIDDEN TESTS

# %% [markdown]
# ## 1.14 Where a tensor lives: the device
#
# Every tensor lives in the memory of one **device**: the processor (`cpu`) or a graphics
# card (`cuda` for NVIDIA's). Large calculations are often many times faster there.
#
# **Predict.** You take this notebook from a machine without a graphics card to one with
# a card. Which lines of the cell below would you have to edit?
#
# **Run.**

# %%
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
X_there = X.to(device)
w_there = torch.tensor([3.0, 0.1, 2.0], device=device)
y_hat = X_there @ w_there
print(y_hat.device.type == device.type)
print(y_hat.cpu())

# %% [markdown]
# **Look closer.** None: the device is chosen once, in one line, and every tensor goes
# there. `.to(device)` moves a tensor (it returns the tensor itself when it is there
# already), and `device=device` makes one in place. The result of a calculation stays on
# the device of its inputs, and `.cpu()` brings it back, for printing or plotting.
#
# Two tensors in one calculation must be on the same device. If they are not, PyTorch
# raises an error that says it expected all tensors on the same device; find the one that
# you forgot to move. (Elementwise arithmetic makes an exception for a single number: a CPU
# tensor of shape () is let through.)
#
# The tensors of this course are so small that a CPU is quick enough, and every unit runs
# without a graphics card.
#
# **Change.** Print `device`. If it is a graphics card, print `X.device` too: did
# `.to(device)` move `X` itself? If it is the CPU, print `X_there is X`: why is it True?
#
# %% [markdown]
# ### Exercise 1.10 · In your words
# **Difficulty** ●●○○○ · **about 5 minutes** · 5 points
#
# A friend's model predicts well, yet its loss stays far from 0, and no error appears. The
# predictions have shape (50,) and the targets (50, 1). In three to six sentences, in the
# cell below: what does PyTorch compute, and why is there no error message? What would you
# have your friend print first, and what will it show?
#
# A good answer names the shape that comes out, says how many of its numbers were meant,
# and why the others keep the loss up. A person reads this one; there is no check cell.

# %% [markdown] nbgrader={"grade_id": "trap-in-words", "grade": true, "solution": true, "points": 5}
# ### BEGIN SOLUTION
# The subtraction broadcasts: the predictions act like a row, the targets are a column, so
# every prediction meets every target. That makes 2500 differences where 50 were meant, and
# most of them compare two different deliveries, so their mean is far from 0. There is no
# error because the shapes (50,) and (50, 1) fit by the rules of broadcasting: PyTorch
# cannot know that something else was meant. I would print `(y_hat - y).shape` first: it
# shows (50, 50). Then make the shapes equal, for instance with `y.squeeze(1)`.
#
# **Rubric.** 2 points: every prediction is compared with every target (50 × 50, or "a
# table instead of a column"). 1 point: most of these pairs do not belong together, hence
# the large mean. 1 point: no error, because broadcasting allows the shapes. 1 point: prints
# a shape (of the difference or of both tensors) and says what it shows. The word
# "broadcasting" alone, without what it does here, earns 1 point.
# ### END SOLUTION

# %% [markdown]
# ## What you have now
#
# A tensor has a shape, a dtype and a device. Rows are samples, columns are features.
# Reductions remove the `dim` you name, broadcasting stretches sizes of 1, and a loss is
# right only when the shapes agree. `backward()` fills `.grad`, and a step against the
# gradient makes the loss smaller. The next units build networks from these parts.
