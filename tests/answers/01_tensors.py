# %% right make-batch: inner brackets for every number
def make_batch(values):
    return torch.tensor([[value] for value in values], dtype=torch.float32)


# %% right make-batch: a flat tensor, then a dimension inserted
def make_batch(values):
    return torch.tensor(values, dtype=torch.float32).unsqueeze(1)


# %% right make-batch: reshaped and converted
def make_batch(values):
    return torch.tensor(values).reshape(-1, 1).float()


# %% right make-batch: zeros filled in a loop
def make_batch(values):
    batch = torch.zeros(len(values), 1)
    for index, value in enumerate(values):
        batch[index, 0] = value
    return batch


# %% wrong make-batch: three numbers without inner brackets
def make_batch(values):
    return torch.tensor(values, dtype=torch.float32)


# %% wrong make-batch: one sample with three features
def make_batch(values):
    return torch.tensor([values], dtype=torch.float32)


# %% wrong make-batch: stored as whole numbers
def make_batch(values):
    return torch.tensor([[value] for value in values])


# %% wrong make-batch: A float32 layer works with 32 bits
def make_batch(values):
    return torch.tensor([[value] for value in values], dtype=torch.float64)


# %% wrong make-batch: the decimals are gone
def make_batch(values):
    return torch.tensor([[value] for value in values], dtype=torch.int64).float()


# %% wrong make-batch: does your code end with `return`
def make_batch(values):
    batch = torch.tensor([[value] for value in values], dtype=torch.float32)


# %% wrong make-batch: is of type list, not a tensor
def make_batch(values):
    return [[float(value)] for value in values]


# %% right pick-column: a slice of length one
def pick_column(X, j):
    return X[:, j : j + 1]


# %% right pick-column: an index, then the dimension put back
def pick_column(X, j):
    return X[:, j].unsqueeze(1)


# %% right pick-column: a list as index
def pick_column(X, j):
    return X[:, [j]]


# %% right pick-column: the numbers collected row by row
def pick_column(X, j):
    return torch.stack([row[j] for row in X]).reshape(len(X), 1)


# %% wrong pick-column: a single number as index removes its dimension
def pick_column(X, j):
    return X[:, j]


# %% wrong pick-column: a row came back, not a column
def pick_column(X, j):
    return X[j]


# %% wrong pick-column: a row came back, of shape (1, 3)
def pick_column(X, j):
    return X[j : j + 1]


# %% wrong pick-column: the column lies on its side
def pick_column(X, j):
    return X[:, j].unsqueeze(0)


# %% wrong pick-column: every column from `j` to the last
def pick_column(X, j):
    return X[:, j:]


# %% wrong pick-column: Do columns count from 0 or from 1
def pick_column(X, j):
    return X[:, j - 1 : j]


# %% wrong pick-column: Is a fixed number in your slice
def pick_column(X, j):
    return X[:, 1:2]


# %% right masked-mean: zeros by multiplication, divided by the count
def masked_mean(X, mask):
    return (X * mask).sum(dim=1) / mask.sum(dim=1)


# %% right masked-mean: row by row with the mask as index
def masked_mean(X, mask):
    return torch.stack([row[keep].mean() for row, keep in zip(X, mask)])


# %% right masked-mean: where and a column of counts
def masked_mean(X, mask):
    kept = torch.where(mask, X, torch.zeros_like(X))
    counts = mask.float().sum(dim=1, keepdim=True)
    return (kept / counts).sum(dim=1)


# %% right masked-mean: missing entries as nan
def masked_mean(X, mask):
    return X.masked_fill(~mask, float("nan")).nanmean(dim=1)


# %% wrong masked-mean: the 99 of missing entries was counted
def masked_mean(X, mask):
    return X.mean(dim=1)


# %% wrong masked-mean: By how many numbers did you divide
def masked_mean(X, mask):
    return (X * mask).mean(dim=1)


# %% wrong masked-mean: these are the sums of the measured entries
def masked_mean(X, mask):
    return (X * mask).sum(dim=1)


# %% wrong masked-mean: one mean per column came back
def masked_mean(X, mask):
    return (X * mask).sum(dim=0) / mask.sum(dim=0)


# %% wrong masked-mean: one mean of the whole table came back
def masked_mean(X, mask):
    return X[mask].mean()


# %% wrong masked-mean: Which option kept the dimension
def masked_mean(X, mask):
    return (X * mask).sum(dim=1, keepdim=True) / mask.sum(dim=1, keepdim=True)


# %% wrong masked-mean: the 99s are still in the sum
def masked_mean(X, mask):
    return X.sum(dim=1) / mask.sum(dim=1)


# %% wrong masked-mean: divided by the count of the whole table
def masked_mean(X, mask):
    return (X * mask).sum(dim=1) / mask.sum()


# %% wrong masked-mean: masked_mean changed the caller's X
def masked_mean(X, mask):
    X[~mask] = 0
    return X.sum(dim=1) / mask.sum(dim=1)


# %% wrong masked-mean: the 7 was counted, though the mask is False there
def masked_mean(X, mask):
    mask = X != 99.0
    return (X * mask).sum(dim=1) / mask.sum(dim=1)


# %% wrong masked-mean: the 0 was not counted, though the mask is True there
def masked_mean(X, mask):
    kept = X * mask
    return kept.sum(dim=1) / (kept != 0).sum(dim=1)


# %% right differences: a column minus a row
def differences(a, b):
    return a.unsqueeze(1) - b


# %% right differences: both shapes written out
def differences(a, b):
    return a.reshape(-1, 1) - b.reshape(1, -1)


# %% right differences: the transpose of the other table
def differences(a, b):
    return (a - b[:, None]).T


# %% right differences: one row at a time
def differences(a, b):
    return torch.stack([value - b for value in a])


# %% wrong differences: only matching pairs were subtracted
def differences(a, b):
    return a - b


# %% wrong differences: rows and columns are swapped
def differences(a, b):
    return a - b.unsqueeze(1)


# %% wrong differences: the signs are turned round
def differences(a, b):
    return b - a.unsqueeze(1)


# %% wrong differences: Does the text ask for a distance
def differences(a, b):
    return (a.unsqueeze(1) - b).abs()


# %% wrong differences: sums came back
def differences(a, b):
    return a.unsqueeze(1) + b


# %% wrong differences: the signs are turned round, and rows and columns are swapped
def differences(a, b):
    return b.unsqueeze(1) - a


# %% wrong differences: `a` stood as a row
def differences(a, b):
    return a.unsqueeze(0) - b


# %% right standardise: two broadcasts
def standardise(X):
    return (X - X.mean(dim=0)) / X.std(dim=0)


# %% right standardise: the deviation from its definition
def standardise(X):
    centred = X - X.mean(dim=0, keepdim=True)
    variance = (centred**2).sum(dim=0) / (len(X) - 1)
    return centred / variance.sqrt()


# %% right standardise: column by column
def standardise(X):
    columns = [(column - column.mean()) / column.std() for column in X.T]
    return torch.stack(columns, dim=1)


# %% right standardise: in place on a copy
def standardise(X):
    result = X.clone()
    result -= X.mean(dim=0)
    result /= X.std(dim=0)
    return result


# %% wrong standardise: one mean and one deviation for the whole table
def standardise(X):
    return (X - X.mean()) / X.std()


# %% wrong standardise: the deviation is that of the whole table
def standardise(X):
    return (X - X.mean(dim=0)) / X.std()


# %% wrong standardise: the mean is that of the whole table
def standardise(X):
    return (X - X.mean()) / X.std(dim=0)


# %% wrong standardise: divided first, then the mean
def standardise(X):
    return X / X.std(dim=0) - X.mean(dim=0)


# %% wrong standardise: each row was standardised
def standardise(X):
    return (X - X.mean(dim=1, keepdim=True)) / X.std(dim=1, keepdim=True)


# %% wrong standardise: What is still to be divided by
def standardise(X):
    return X - X.mean(dim=0)


# %% wrong standardise: Did you divide by the variance
def standardise(X):
    return (X - X.mean(dim=0)) / X.var(dim=0)


# %% wrong standardise: that is scaling by minimum and maximum
def standardise(X):
    low, high = X.min(dim=0).values, X.max(dim=0).values
    return (X - low) / (high - low)


# %% wrong standardise: is the deviation divided by n
def standardise(X):
    return (X - X.mean(dim=0)) / X.std(dim=0, correction=0)


# %% wrong standardise: standardise changed the caller's X
def standardise(X):
    X -= X.mean(dim=0)
    return X / X.std(dim=0)


# %% wrong standardise: The size of tensor a (2) must match the size of tensor b (3)
def standardise(X):
    return (X - X.mean(dim=1)) / X.std(dim=1)


# %% wrong standardise: Python divides before it subtracts
def standardise(X):
    return X - X.mean(dim=0) / X.std(dim=0)


# %% wrong standardise: its mean is not 0
def standardise(X):
    return X / X.std(dim=0)


# %% right mse: both flattened first
def mse(y_hat, y):
    return ((y_hat.reshape(-1) - y.reshape(-1)) ** 2).mean()


# %% right mse: the target takes the shape of the prediction
def mse(y_hat, y):
    return (y_hat - y.view_as(y_hat)).pow(2).mean()


# %% right mse: a dot product divided by the count
def mse(y_hat, y):
    error = y_hat.flatten() - y.flatten()
    return error @ error / len(error)


# %% right mse: nn.MSELoss on columns
def mse(y_hat, y):
    return nn.MSELoss()(y_hat.reshape(-1, 1), y.reshape(-1, 1))


# %% wrong mse: Which shapes met
def mse(y_hat, y):
    return ((y_hat - y) ** 2).mean()


# %% wrong mse: Only one of the two arguments was brought into shape
def mse(y_hat, y):
    return ((y_hat - y.reshape(-1)) ** 2).mean()


# %% wrong mse: is the sum of the squared errors
def mse(y_hat, y):
    return ((y_hat.reshape(-1) - y.reshape(-1)) ** 2).sum()


# %% wrong mse: 2.5 is the mean size of the errors
def mse(y_hat, y):
    return (y_hat.reshape(-1) - y.reshape(-1)).abs().mean()


# %% wrong mse: is the square of the mean error
def mse(y_hat, y):
    return (y_hat.reshape(-1) - y.reshape(-1)).mean() ** 2


# %% wrong mse: 2.92 is the square root
def mse(y_hat, y):
    return ((y_hat.reshape(-1) - y.reshape(-1)) ** 2).mean().sqrt()


# %% wrong mse: the squared errors came back one by one
def mse(y_hat, y):
    return (y_hat.reshape(-1) - y.reshape(-1)) ** 2


# %% wrong mse: is of type float, not a tensor
def mse(y_hat, y):
    return ((y_hat.reshape(-1) - y.reshape(-1)) ** 2).mean().item()


# %% wrong mse: the loss has lost its record
def mse(y_hat, y):
    loss = ((y_hat.reshape(-1) - y.reshape(-1)) ** 2).mean()
    return torch.tensor(loss.item())


# %% wrong mse: 1.5 is the mean of the errors without squares
def mse(y_hat, y):
    return (y_hat.reshape(-1) - y.reshape(-1)).mean()


# %% wrong mse: -1.5 is the mean of the errors without squares
def mse(y_hat, y):
    return (y.reshape(-1) - y_hat.reshape(-1)).mean()


# %% wrong mse: 4.25 is half of the right answer
def mse(y_hat, y):
    return 0.5 * ((y_hat.reshape(-1) - y.reshape(-1)) ** 2).mean()


# %% wrong mse: was one changed without looking
def mse(y_hat, y):
    return ((y_hat.unsqueeze(1) - y) ** 2).mean()


# %% wrong mse: Dimension out of range
def mse(y_hat, y):
    return ((y_hat.squeeze(1) - y.squeeze(1)) ** 2).mean()


# %% wrong mse: mse changed the caller's tensors
def mse(y_hat, y):
    error = y.view(-1)
    error -= y_hat.view(-1)
    return (error**2).mean()


# %% right linear: the matrix product
def linear(X, W, b):
    return X @ W + b


# %% right linear: PyTorch's own function
def linear(X, W, b):
    return nn.functional.linear(X, W.T, b)


# %% right linear: elementwise products, summed over the features
def linear(X, W, b):
    return (X.unsqueeze(2) * W).sum(dim=1) + b


# %% right linear: one output column at a time
def linear(X, W, b):
    columns = [X @ W[:, k] + b[k] for k in range(len(b))]
    return torch.stack(columns, dim=1)


# %% wrong linear: entries were multiplied one by one
def linear(X, W, b):
    return X * W + b


# %% wrong linear: the bias is missing
def linear(X, W, b):
    return X @ W


# %% wrong linear: the factors are in the wrong order
def linear(X, W, b):
    return W @ X + b


# %% wrong linear: the weights were transposed
def linear(X, W, b):
    return X @ W.T + b


# %% wrong linear: the bias was added along the wrong dimension
def linear(X, W, b):
    return X @ W + b.unsqueeze(1)


# %% wrong linear: the bias went into the weights
def linear(X, W, b):
    return X @ (W + b)


# %% right slopes: the sum of the curve, backward
def slopes(x):
    points = x.detach().clone().requires_grad_()
    curve(points).sum().backward()
    return points.grad


# %% right slopes: torch.autograd.grad
def slopes(x):
    points = x.detach().clone().requires_grad_()
    heights = curve(points)
    return torch.autograd.grad(heights, points, torch.ones_like(heights))[0]


# %% right slopes: the derivative from calculus
def slopes(x):
    steep = 3 * torch.cos(3 * x) - 2 * x * torch.sin(3 * x)
    return torch.exp(-(x**2)) * steep


# %% right slopes: every number by itself
def slopes(x):
    result = torch.zeros_like(x)
    for index, value in enumerate(x.reshape(-1).tolist()):
        point = torch.tensor(value, requires_grad=True)
        curve(point).backward()
        result.view(-1)[index] = point.grad
    return result


# %% wrong slopes: these are the heights of the curve
def slopes(x):
    points = x.detach().clone().requires_grad_()
    heights = curve(points)
    heights.sum().backward()
    return heights


# %% wrong slopes: a third of the right slopes
def slopes(x):
    points = x.detach().clone().requires_grad_()
    curve(points).mean().backward()
    return points.grad


# %% wrong slopes: all slopes were added up
def slopes(x):
    points = x.detach().clone().requires_grad_()
    curve(points).sum().backward()
    return points.grad.sum()


# %% wrong slopes: how often did it run
def slopes(x):
    points = x.detach().clone().requires_grad_()
    for _ in range(2):
        curve(points).sum().backward()
    return points.grad


# %% wrong slopes: these are rises over a whole unit
def slopes(x):
    return curve(x + 1) - curve(x)


# %% wrong slopes: was `.grad` read where no
def slopes(x):
    points = x.detach().clone().requires_grad_()
    curve(points).sum()
    return points.grad


# %% wrong slopes: grad can be implicitly created only for scalar outputs
def slopes(x):
    points = x.detach().clone().requires_grad_()
    curve(points).backward()
    return points.grad


# %% wrong slopes: does not require grad and does not have a grad_fn
def slopes(x):
    curve(x).sum().backward()
    return x.grad


# %% wrong slopes: Is a quotient of small differences at work
def slopes(x):
    h = 0.001
    return (curve(x + h) - curve(x)) / h


# %% wrong slopes: recording was switched on for the caller's x
def slopes(x):
    x.requires_grad_()
    curve(x).sum().backward()
    return x.grad


# %% right descend: autograd, a step in place
def descend(X, y, lr, steps):
    w = torch.zeros(X.shape[1], requires_grad=True)
    for _ in range(steps):
        loss = ((X @ w - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
        w.grad.zero_()
    return w.detach()


# %% right descend: a new tensor each step
def descend(X, y, lr, steps):
    w = torch.zeros(X.shape[1])
    for _ in range(steps):
        leaf = w.detach().requires_grad_()
        loss = nn.functional.mse_loss(X @ leaf, y)
        (gradient,) = torch.autograd.grad(loss, leaf)
        w = w - lr * gradient
    return w


# %% right descend: the gradient from calculus
def descend(X, y, lr, steps):
    w = torch.zeros(X.shape[1])
    for _ in range(steps):
        w = w - lr * 2 / len(y) * (X.T @ (X @ w - y))
    return w


# %% right descend: an optimiser makes the steps
def descend(X, y, lr, steps):
    w = torch.zeros(X.shape[1], requires_grad=True)
    optimizer = optim.SGD([w], lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        ((X @ w - y) ** 2).mean().backward()
        optimizer.step()
    return w


# %% wrong descend: the step went uphill
def descend(X, y, lr, steps):
    w = torch.zeros(X.shape[1], requires_grad=True)
    for _ in range(steps):
        ((X @ w - y) ** 2).mean().backward()
        with torch.no_grad():
            w += lr * w.grad
        w.grad.zero_()
    return w


# %% wrong descend: Is the loss a mean or a sum
def descend(X, y, lr, steps):
    w = torch.zeros(X.shape[1], requires_grad=True)
    for _ in range(steps):
        ((X @ w - y) ** 2).sum().backward()
        with torch.no_grad():
            w -= lr * w.grad
        w.grad.zero_()
    return w


# %% wrong descend: the first gradient is still in `.grad`
def descend(X, y, lr, steps):
    w = torch.zeros(X.shape[1], requires_grad=True)
    for _ in range(steps):
        ((X @ w - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= lr * w.grad
    return w


# %% wrong descend: Has the slope of a square its factor of 2
def descend(X, y, lr, steps):
    w = torch.zeros(X.shape[1])
    for _ in range(steps):
        w = w - lr / len(y) * (X.T @ (X @ w - y))
    return w


# %% wrong descend: a whole gradient was taken as the step
def descend(X, y, lr, steps):
    w = torch.zeros(X.shape[1], requires_grad=True)
    for _ in range(steps):
        ((X @ w - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= w.grad
        w.grad.zero_()
    return w


# %% wrong descend: `w` is still at its start
def descend(X, y, lr, steps):
    w = torch.zeros(X.shape[1], requires_grad=True)
    for _ in range(steps):
        ((X @ w - y) ** 2).mean().backward()
        with torch.no_grad():
            w - lr * w.grad
        w.grad.zero_()
    return w


# %% wrong descend: does `w` go back to zeros in every turn
def descend(X, y, lr, steps):
    w = torch.zeros(X.shape[1], requires_grad=True)
    ((X @ w - y) ** 2).mean().backward()
    with torch.no_grad():
        w -= lr * w.grad
    return w


# %% wrong descend: four steps were taken
def descend(X, y, lr, steps):
    w = torch.zeros(X.shape[1], requires_grad=True)
    for step in range(4):
        loss = ((X @ w - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
        w.grad.zero_()
    return w


# %% wrong descend: one step too many was taken
def descend(X, y, lr, steps):
    w = torch.zeros(X.shape[1], requires_grad=True)
    for step in range(steps + 1):
        loss = ((X @ w - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
        w.grad.zero_()
    return w


# %% wrong descend: the 0.005 of section 1.13
def descend(X, y, lr, steps):
    w = torch.zeros(X.shape[1], requires_grad=True)
    lr = 0.005
    for step in range(steps):
        loss = ((X @ w - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
        w.grad.zero_()
    return w


# %% wrong descend: `w` started at 3
def descend(X, y, lr, steps):
    w = torch.full((X.shape[1],), 3.0, requires_grad=True)
    for step in range(steps):
        loss = ((X @ w - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
        w.grad.zero_()
    return w


# %% wrong descend: Is the gradient computed anew
def descend(X, y, lr, steps):
    w = torch.zeros(X.shape[1], requires_grad=True)
    ((X @ w - y) ** 2).mean().backward()
    for _ in range(steps):
        with torch.no_grad():
            w -= lr * w.grad
    return w


# %% wrong descend: is being used in an in-place operation
def descend(X, y, lr, steps):
    w = torch.zeros(X.shape[1], requires_grad=True)
    for _ in range(steps):
        ((X @ w - y) ** 2).mean().backward()
        w -= lr * w.grad
        w.grad.zero_()
    return w


# %% wrong descend: the loss ran over a 3 × 3 table
def descend(X, y, lr, steps):
    w = torch.zeros(X.shape[1], 1, requires_grad=True)
    for _ in range(steps):
        ((X @ w - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= lr * w.grad
        w.grad.zero_()
    return w.squeeze(1)


# %% wrong descend: (3, 1) met (3,) in the loss
def descend(X, y, lr, steps):
    w = torch.zeros(X.shape[1], 1, requires_grad=True)
    for _ in range(steps):
        ((X @ w - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= lr * w.grad
        w.grad.zero_()
    return w


# %% wrong descend: With how many dimensions did `w` start
def descend(X, y, lr, steps):
    w = torch.zeros(X.shape[1], 1, requires_grad=True)
    for _ in range(steps):
        ((X @ w - y.unsqueeze(1)) ** 2).mean().backward()
        with torch.no_grad():
            w -= lr * w.grad
        w.grad.zero_()
    return w


# %% wrong descend: The size of tensor a (2) must match the size of tensor b (3)
def descend(X, y, lr, steps):
    w = torch.zeros(X.shape[1], requires_grad=True)
    for _ in range(steps):
        ((X * w - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= lr * w.grad
        w.grad.zero_()
    return w


# %% wrong descend: size mismatch, got input (3), mat (3x2), vec (3)
def descend(X, y, lr, steps):
    w = torch.zeros(len(X), requires_grad=True)
    for _ in range(steps):
        ((X @ w - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= lr * w.grad
        w.grad.zero_()
    return w
