# %% right squared-error: one line for each word
def squared_error(y_hat, y, reduction="mean"):
    if y_hat.shape != y.shape:
        raise ValueError("the shapes differ")
    squares = (y_hat - y) ** 2
    if reduction == "mean":
        return squares.mean()
    if reduction == "sum":
        return squares.sum()
    if reduction == "none":
        return squares
    raise ValueError("unknown reduction")


# %% right squared-error: a dictionary of reductions
def squared_error(y_hat, y, reduction="mean"):
    ways = {"mean": torch.mean, "sum": torch.sum, "none": lambda t: t}
    if reduction not in ways or list(y.shape) != list(y_hat.shape):
        raise ValueError("wrong shape or reduction")
    return ways[reduction](torch.square(y_hat - y))


# %% right squared-error: a product, and the mean from the sum
def squared_error(y_hat, y, reduction="mean"):
    if not y_hat.shape == y.shape:
        raise ValueError(f"{y_hat.shape} against {y.shape}")
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(reduction)
    error = y - y_hat
    squares = error * error
    if reduction == "none":
        return squares
    return squares.sum() / (y.numel() if reduction == "mean" else 1)


# %% wrong squared-error: the sum divided by the number of rows
def squared_error(y_hat, y, reduction="mean"):
    return ((y_hat - y) ** 2).sum() / len(y)


# %% wrong squared-error: 1.75 is the mean size of the errors
def squared_error(y_hat, y, reduction="mean"):
    return (y_hat - y).abs().mean()


# %% wrong squared-error: one number for each row came back
def squared_error(y_hat, y, reduction="mean"):
    return ((y_hat - y) ** 2).mean(dim=1)


# %% wrong squared-error: 21 is the sum
def squared_error(y_hat, y, reduction="sum"):
    return ((y_hat - y) ** 2).sum()


# %% wrong squared-error: 5.25 is the mean. Does your function look
def squared_error(y_hat, y, reduction="mean"):
    return ((y_hat - y) ** 2).mean()


# %% wrong squared-error: asks for all squares, in the shape of y
def squared_error(y_hat, y, reduction="mean"):
    if y_hat.shape != y.shape:
        raise ValueError("the shapes differ")
    squares = (y_hat - y) ** 2
    return squares.sum() if reduction == "sum" else squares.mean()


# %% wrong squared-error: these are the squares in shape (4,)
def squared_error(y_hat, y, reduction="mean"):
    squares = (y_hat.reshape(-1) - y.reshape(-1)) ** 2
    if reduction == "mean":
        return squares.mean()
    return squares.sum() if reduction == "sum" else squares


# %% wrong squared-error: the mean error was squared
def squared_error(y_hat, y, reduction="mean"):
    return (y_hat - y).mean() ** 2


# %% wrong squared-error: returned an error like a result
def squared_error(y_hat, y, reduction="mean"):
    if y_hat.shape != y.shape:
        return ValueError("shapes differ")
    if reduction not in ("mean", "sum", "none"):
        return ValueError("unknown reduction")
    return F.mse_loss(y_hat, y, reduction=reduction)


# %% wrong squared-error: squared_error of shapes (3,) and (3, 1) raised no error
def squared_error(y_hat, y, reduction="mean"):
    squares = (y_hat - y) ** 2
    if reduction == "mean":
        return squares.mean()
    return squares.sum() if reduction == "sum" else squares


# %% wrong squared-error: with the reduction "average" raised no error
def squared_error(y_hat, y, reduction="mean"):
    if y_hat.shape != y.shape:
        raise ValueError("the shapes differ")
    squares = (y_hat - y) ** 2
    if reduction == "mean":
        return squares.mean()
    return squares.sum() if reduction == "sum" else squares


# %% wrong squared-error: the loss has lost its record
def squared_error(y_hat, y, reduction="mean"):
    if y_hat.shape != y.shape or reduction not in ("mean", "sum", "none"):
        raise ValueError("wrong shape or reduction")
    squares = ((y_hat - y) ** 2).detach()
    if reduction == "mean":
        return squares.mean()
    return squares.sum() if reduction == "sum" else squares


# %% wrong squared-error: the squares came back one by one
def squared_error(y_hat, y, reduction="mean"):
    return (y_hat - y) ** 2


# %% wrong squared-error: A sum over everything has shape ()
def squared_error(y_hat, y, reduction="mean"):
    squares = (y_hat - y) ** 2
    return squares.sum(dim=1) if reduction == "sum" else squares.mean()


# %% wrong squared-error: errors of both signs cancel
def squared_error(y_hat, y, reduction="mean"):
    return (y_hat - y).mean()


# %% wrong squared-error: squared_error of shapes (3, 1) and (1, 3) raised no error
def squared_error(y_hat, y, reduction="mean"):
    if y_hat.dim() != y.dim():
        raise ValueError("the shapes differ")
    squares = (y_hat - y) ** 2
    if reduction == "mean":
        return squares.mean()
    return squares.sum() if reduction == "sum" else squares


# %% right huber: the two branches
def huber(error, delta=1.0):
    size = error.abs()
    return torch.where(size <= delta, error**2 / 2, delta * (size - delta / 2))


# %% right huber: the size, split at delta
def huber(error, delta=1.0):
    size = error.abs()
    near = size.clamp(max=delta)
    return near * (size - near / 2)


# %% right huber: written into a copy with a mask
def huber(error, delta=1.0):
    loss = 0.5 * error * error
    far = (error > delta) | (error < -delta)
    loss[far] = delta * (error[far].abs() - 0.5 * delta)
    return loss


# %% right huber: three pieces of the line
def huber(error, delta=1.0):
    middle = 0.5 * error**2
    right = delta * error - delta**2 / 2
    left = -delta * error - delta**2 / 2
    return torch.where(error > delta, right, torch.where(error < -delta, left, middle))


# %% wrong huber: near 0 the curve is twice too high
def huber(error, delta=1.0):
    size = error.abs()
    return torch.where(size <= delta, error**2, delta * (size - delta / 2))


# %% wrong huber: the curve jumps at delta
def huber(error, delta=1.0):
    size = error.abs()
    return torch.where(size <= delta, error**2 / 2, delta * size)


# %% wrong huber: the left side goes below 0
def huber(error, delta=1.0):
    return torch.where(error.abs() <= delta, error**2 / 2, delta * (error - delta / 2))


# %% wrong huber: on the left side large errors follow the parabola
def huber(error, delta=1.0):
    return torch.where(error <= delta, error**2 / 2, delta * (error - delta / 2))


# %% wrong huber: the branches change at 1
def huber(error, delta=1.0):
    size = error.abs()
    return torch.where(size <= 1, error**2 / 2, size - 0.5)


# %% wrong huber: the two branches are swapped
def huber(error, delta=1.0):
    size = error.abs()
    return torch.where(size > delta, error**2 / 2, delta * (size - delta / 2))


# %% wrong huber: everything is half as high
def huber(error, delta=1.0):
    return F.smooth_l1_loss(error, torch.zeros_like(error), beta=delta, reduction="none")


# %% wrong huber: but it has no slope
def huber(error, delta=1.0):
    size = error.abs()
    straight = delta * (size.detach() - delta / 2)
    return torch.where(size <= delta, error**2 / 2, straight)


# %% wrong huber: the result has lost its record
def huber(error, delta=1.0):
    size = error.detach().abs()
    return torch.where(size <= delta, size**2 / 2, delta * (size - delta / 2))


# %% wrong huber: this is half the square everywhere
def huber(error, delta=1.0):
    return error**2 / 2


# %% wrong huber: beyond delta the slope is 1, not delta
def huber(error, delta=1.0):
    size = error.abs()
    return torch.where(size <= delta, error**2 / 2, size - delta / 2)


# %% wrong huber: right after delta the curve drops to 0
def huber(error, delta=1.0):
    size = error.abs()
    return torch.where(size <= delta, error**2 / 2, delta * (size - delta))


# %% wrong huber: too high by the same number everywhere
def huber(error, delta=1.0):
    size = error.abs()
    return torch.where(size <= delta, error**2 / 2, delta * (size - 0.5))


# %% wrong huber: the smaller branch was taken
def huber(error, delta=1.0):
    size = error.abs()
    return torch.minimum(error**2 / 2, delta * (size - delta / 2))


# %% wrong huber: beyond delta the curve is flat
def huber(error, delta=1.0):
    return error.clamp(-delta, delta) ** 2 / 2


# %% right cross-entropy: the difference of two terms
def cross_entropy(logits, y):
    right = logits[torch.arange(len(y)), y]
    return (torch.logsumexp(logits, dim=1) - right).mean()


# %% right cross-entropy: shifted by hand, picked with gather
def cross_entropy(logits, y):
    shifted = logits - logits.max(dim=1, keepdim=True).values
    log_sum = torch.log(torch.exp(shifted).sum(dim=1, keepdim=True))
    return -(shifted - log_sum).gather(1, y.unsqueeze(1)).mean()


# %% right cross-entropy: with a one-hot table
def cross_entropy(logits, y):
    one_hot = F.one_hot(y, logits.shape[1])
    log_shares = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    return -(one_hot * log_shares).sum() / len(logits)


# %% right cross-entropy: sample by sample
def cross_entropy(logits, y):
    total = 0
    for row, right in zip(logits, y):
        distance = row - row[right]
        m = distance.max()
        total = total + m + torch.log(torch.exp(distance - m).sum())
    return total / len(y)


# %% wrong cross-entropy: the losses of both samples were added
def cross_entropy(logits, y):
    right = logits[torch.arange(len(y)), y]
    return (torch.logsumexp(logits, dim=1) - right).sum()


# %% wrong cross-entropy: one loss for each sample came back
def cross_entropy(logits, y):
    right = logits[torch.arange(len(y)), y]
    return torch.logsumexp(logits, dim=1) - right


# %% wrong cross-entropy: the mean ran over all classes
def cross_entropy(logits, y):
    one_hot = F.one_hot(y, logits.shape[1])
    log_shares = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    return -(one_hot * log_shares).mean()


# %% wrong cross-entropy: every class was charged as if it were the right one
def cross_entropy(logits, y):
    return (torch.logsumexp(logits, dim=1, keepdim=True) - logits).mean()


# %% wrong cross-entropy: the loss is negative
def cross_entropy(logits, y):
    right = logits[torch.arange(len(y)), y]
    return (right - torch.logsumexp(logits, dim=1)).mean()


# %% wrong cross-entropy: every row was charged for the classes of all samples
def cross_entropy(logits, y):
    log_shares = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    return -log_shares[:, y].mean()


# %% wrong cross-entropy: no logarithm was taken
def cross_entropy(logits, y):
    shares = F.softmax(logits, dim=1)
    return -shares[torch.arange(len(y)), y].mean()


# %% wrong cross-entropy: the samples competed, not the classes
def cross_entropy(logits, y):
    log_shares = logits - torch.logsumexp(logits, dim=0)
    return -log_shares[torch.arange(len(y)), y].mean()


# %% wrong cross-entropy: only the logits of the right classes were used
def cross_entropy(logits, y):
    return -logits[torch.arange(len(y)), y].mean()


# %% wrong cross-entropy: was taken away before exp and never came back
def cross_entropy(logits, y):
    m = logits.max(dim=1, keepdim=True).values
    log_sum = torch.log(torch.exp(logits - m).sum(dim=1))
    return (log_sum - logits[torch.arange(len(y)), y]).mean()


# %% wrong cross-entropy: all samples share one log-sum-exp
def cross_entropy(logits, y):
    right = logits[torch.arange(len(y)), y]
    return (torch.logsumexp(logits, dim=(0, 1)) - right).mean()


# %% wrong cross-entropy: inf: exp(200) overflowed
def cross_entropy(logits, y):
    right = logits[torch.arange(len(y)), y]
    return (torch.log(torch.exp(logits).sum(dim=1)) - right).mean()


# %% wrong cross-entropy: inf: the share became 0 before its logarithm
def cross_entropy(logits, y):
    shares = F.softmax(logits, dim=1)
    return -torch.log(shares[torch.arange(len(y)), y]).mean()


# %% wrong cross-entropy: nan: exp(200) overflowed, and inf / inf
def cross_entropy(logits, y):
    powers = torch.exp(logits)
    shares = powers / powers.sum(dim=1, keepdim=True)
    one_hot = F.one_hot(y, logits.shape[1])
    return -(one_hot * torch.log(shares)).sum(dim=1).mean()


# %% wrong cross-entropy: stops far below 200
def cross_entropy(logits, y):
    shares = F.softmax(logits, dim=1)
    return -torch.log(shares[torch.arange(len(y)), y] + 1e-9).mean()


# %% wrong cross-entropy: a row lost all its exps
def cross_entropy(logits, y):
    m = logits.max()
    log_sums = m + torch.log(torch.exp(logits - m).sum(dim=1))
    return (log_sums - logits[torch.arange(len(y)), y]).mean()


# %% wrong cross-entropy: the loss has lost its record
def cross_entropy(logits, y):
    shifted = logits.detach() - logits.detach().max(dim=1, keepdim=True).values
    log_sum = torch.log(torch.exp(shifted).sum(dim=1))
    return (log_sum - shifted[torch.arange(len(y)), y]).mean()


# %% right ce-gradient: the formula
def ce_gradient(logits, y):
    one_hot = F.one_hot(y, logits.shape[1])
    return (F.softmax(logits, dim=1) - one_hot) / len(y)


# %% right ce-gradient: 1 taken away in each row
def ce_gradient(logits, y):
    gradient = F.softmax(logits, dim=1)
    gradient[torch.arange(len(y)), y] -= 1
    return gradient / len(y)


# %% right ce-gradient: by autograd, on a copy
def ce_gradient(logits, y):
    copy = logits.detach().clone().requires_grad_()
    F.cross_entropy(copy, y).backward()
    return copy.grad


# %% right ce-gradient: row by row, with the rows of an identity matrix
def ce_gradient(logits, y):
    n, c = logits.shape
    rows = [torch.softmax(row, dim=0) - torch.eye(c)[k] for row, k in zip(logits, y)]
    return torch.stack(rows) / n


# %% wrong ce-gradient: each number is 2 times too large
def ce_gradient(logits, y):
    return F.softmax(logits, dim=1) - F.one_hot(y, logits.shape[1])


# %% wrong ce-gradient: all signs are turned round
def ce_gradient(logits, y):
    return (F.one_hot(y, logits.shape[1]) - F.softmax(logits, dim=1)) / len(y)


# %% wrong ce-gradient: these are the shares alone
def ce_gradient(logits, y):
    return F.softmax(logits, dim=1) / len(y)


# %% wrong ce-gradient: divided by the number of all logits
def ce_gradient(logits, y):
    one_hot = F.one_hot(y, logits.shape[1])
    return (F.softmax(logits, dim=1) - one_hot) / logits.numel()


# %% wrong ce-gradient: 1 was taken from whole columns
def ce_gradient(logits, y):
    gradient = F.softmax(logits, dim=1)
    gradient[:, y] -= 1
    return gradient / len(y)


# %% wrong ce-gradient: the columns of the shares sum to 1
def ce_gradient(logits, y):
    one_hot = F.one_hot(y, logits.shape[1])
    return (F.softmax(logits, dim=0) - one_hot) / len(y)


# %% wrong ce-gradient: only the right classes have a gradient
def ce_gradient(logits, y):
    one_hot = F.one_hot(y, logits.shape[1])
    return one_hot * (F.softmax(logits, dim=1) - 1) / len(y)


# %% wrong ce-gradient: nan: exp(800) overflows
def ce_gradient(logits, y):
    powers = torch.exp(logits)
    shares = powers / powers.sum(dim=1, keepdim=True)
    return (shares - F.one_hot(y, logits.shape[1])) / len(y)


# %% wrong ce-gradient: changed the caller's tensors
def ce_gradient(logits, y):
    logits -= logits.max(dim=1, keepdim=True).values
    return (F.softmax(logits, dim=1) - F.one_hot(y, logits.shape[1])) / len(y)


# %% wrong ce-gradient: the targets were divided by n, the shares were not
def ce_gradient(logits, y):
    one_hot = F.one_hot(y, logits.shape[1])
    return F.softmax(logits, dim=1) - one_hot / len(y)


# %% wrong ce-gradient: divided by the number of classes
def ce_gradient(logits, y):
    one_hot = F.one_hot(y, logits.shape[1])
    return (F.softmax(logits, dim=1) - one_hot) / logits.shape[1]


# %% wrong ce-gradient: the number of the right class was taken away
def ce_gradient(logits, y):
    return (F.softmax(logits, dim=1) - y.unsqueeze(1)) / len(y)


# %% wrong ce-gradient: the table of targets has one column
def ce_gradient(logits, y):
    return (F.softmax(logits, dim=1) - F.one_hot(y)) / len(y)


# %% wrong ce-gradient: The size of tensor a (2) must match the size of tensor b (3)
def ce_gradient(logits, y):
    return (F.softmax(logits, dim=1) - F.one_hot(y, num_classes=3)) / len(y)


# %% wrong ce-gradient: switched on the record of the caller's logits
def ce_gradient(logits, y):
    logits.requires_grad_()
    F.cross_entropy(logits, y).backward()
    return logits.grad


# %% right bce: two limited logarithms
def bce(p, y):
    log_yes = torch.log(p).clamp(min=-100)
    log_no = torch.log(1 - p).clamp(min=-100)
    return -(y * log_yes + (1 - y) * log_no).mean()


# %% right bce: with maximum, and the mean from the sum
def bce(p, y):
    limit = torch.tensor(-100.0)
    yes = y * torch.maximum(p.log(), limit)
    no = (1 - y) * torch.maximum((1 - p).log(), limit)
    return (yes + no).sum() / -p.numel()


# %% right bce: the two terms blended
def bce(p, y):
    logs = torch.stack([1 - p, p]).log().clamp(min=-100)
    return -torch.lerp(logs[0], logs[1], y).mean()


# %% wrong bce: the three losses were added
def bce(p, y):
    yes, no = torch.log(p).clamp(min=-100), torch.log(1 - p).clamp(min=-100)
    return -(y * yes + (1 - y) * no).sum()


# %% wrong bce: one loss for each sample came back
def bce(p, y):
    yes, no = torch.log(p).clamp(min=-100), torch.log(1 - p).clamp(min=-100)
    return -(y * yes + (1 - y) * no)


# %% wrong bce: only samples with target 1 pay
def bce(p, y):
    return -(y * torch.log(p).clamp(min=-100)).mean()


# %% wrong bce: the loss is negative
def bce(p, y):
    yes, no = torch.log(p).clamp(min=-100), torch.log(1 - p).clamp(min=-100)
    return (y * yes + (1 - y) * no).mean()


# %% wrong bce: yes and no are exchanged
def bce(p, y):
    yes, no = torch.log(p).clamp(min=-100), torch.log(1 - p).clamp(min=-100)
    return -((1 - y) * yes + y * no).mean()


# %% wrong bce: every sample pays for both answers
def bce(p, y):
    return -(torch.log(p) + torch.log(1 - p)).clamp(min=-100).mean()


# %% wrong bce: this is the mean squared error
def bce(p, y):
    return ((p - y) ** 2).mean()


# %% wrong bce: the logarithms have another base
def bce(p, y):
    return -(y * torch.log10(p) + (1 - y) * torch.log10(1 - p)).mean()


# %% wrong bce: the logarithms have base 2
def bce(p, y):
    return -(y * torch.log2(p) + (1 - y) * torch.log2(1 - p)).mean()


# %% wrong bce: nan: 0 times -inf
def bce(p, y):
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()


# %% wrong bce: inf: a logarithm went below -100
def bce(p, y):
    right = torch.where(y == 1, p, 1 - p)
    return -torch.log(right).mean()


# %% wrong bce: was the probability kept from 0 and 1
def bce(p, y):
    p = p.clamp(1e-7, 1 - 1e-7)
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()


# %% wrong bce: 0 for answers that are wrong
def bce(p, y):
    yes = torch.nan_to_num(torch.log(p), neginf=0.0)
    no = torch.nan_to_num(torch.log(1 - p), neginf=0.0)
    return -(y * yes + (1 - y) * no).mean()


# %% wrong bce: the target 0.25 was treated as a 0
def bce(p, y):
    right = torch.where(y == 1, p, 1 - p)
    return -torch.log(right).clamp(min=-100).mean()


# %% wrong bce: the loss has lost its record
def bce(p, y):
    p = p.detach()
    yes, no = torch.log(p).clamp(min=-100), torch.log(1 - p).clamp(min=-100)
    return -(y * yes + (1 - y) * no).mean()


# %% wrong bce: the two terms pull against each other
def bce(p, y):
    yes, no = torch.log(p).clamp(min=-100), torch.log(1 - p).clamp(min=-100)
    return (-y * yes + (1 - y) * no).mean()


# %% wrong bce: p is a probability already
def bce(p, y):
    p = torch.sigmoid(p)
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()


# %% wrong bce: every logarithm became -100
def bce(p, y):
    yes, no = torch.log(p).clamp(max=-100), torch.log(1 - p).clamp(max=-100)
    return -(y * yes + (1 - y) * no).mean()


# %% wrong bce: every logarithm became 100
def bce(p, y):
    yes, no = torch.log(p).clamp(min=100), torch.log(1 - p).clamp(min=100)
    return -(y * yes + (1 - y) * no).mean()


# %% wrong bce: 1 minus the logarithm of p
def bce(p, y):
    yes = torch.log(p).clamp(min=-100)
    return -(y * yes + (1 - y) * (1 - yes)).mean()


# %% right bce-logits: the formula
def bce_with_logits(z, y):
    return torch.relu(z) - z * y + torch.log1p(torch.exp(-z.abs()))


# %% right bce-logits: with log and clamp
def bce_with_logits(z, y):
    return z.clamp(min=0) - y * z + torch.log(1 + torch.exp(-torch.abs(z)))


# %% right bce-logits: the log-sum-exp of 0 and z
def bce_with_logits(z, y):
    pair = torch.stack([torch.zeros_like(z), z])
    return torch.logsumexp(pair, dim=0) - z * y


# %% right bce-logits: softplus for both answers
def bce_with_logits(z, y):
    return y * F.softplus(-z) + (1 - y) * F.softplus(z)


# %% right bce-logits: the safe logarithm of the sigmoid
def bce_with_logits(z, y):
    return -(y * F.logsigmoid(z) + (1 - y) * F.logsigmoid(-z))


# %% wrong bce-logits: a certain yes costs most
def bce_with_logits(z, y):
    return torch.relu(z) + torch.log1p(torch.exp(-z.abs()))


# %% wrong bce-logits: the second term has the wrong sign
def bce_with_logits(z, y):
    return torch.relu(z) + z * y + torch.log1p(torch.exp(-z.abs()))


# %% wrong bce-logits: the first term is missing
def bce_with_logits(z, y):
    return -z * y + torch.log1p(torch.exp(-z.abs()))


# %% wrong bce-logits: for large logits of both signs the loss grows
def bce_with_logits(z, y):
    return torch.relu(z) - z * y + torch.log1p(torch.exp(z.abs()))


# %% wrong bce-logits: it never falls below 0.31
def bce_with_logits(z, y):
    p = torch.sigmoid(z)
    return torch.relu(p) - p * y + torch.log1p(torch.exp(-p.abs()))


# %% wrong bce-logits: the third term is missing
def bce_with_logits(z, y):
    return torch.relu(z) - z * y


# %% wrong bce-logits: the signs of the whole curve
def bce_with_logits(z, y):
    p = torch.sigmoid(z)
    return y * torch.log(p) + (1 - y) * torch.log(1 - p)


# %% wrong bce-logits: 100 in place of 200
def bce_with_logits(z, y):
    p = torch.sigmoid(z)
    yes, no = torch.log(p).clamp(min=-100), torch.log(1 - p).clamp(min=-100)
    return -(y * yes + (1 - y) * no)


# %% wrong bce-logits: inf: the sigmoid was saturated
def bce_with_logits(z, y):
    p = torch.sigmoid(z)
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p))


# %% wrong bce-logits: nan or inf: exp(200) overflows
def bce_with_logits(z, y):
    return torch.log(1 + torch.exp(z)) - z * y


# %% wrong bce-logits: inf at -200: exp(200) overflows there
def bce_with_logits(z, y):
    return z - z * y + torch.log(1 + torch.exp(-z))


# %% wrong bce-logits: the result has lost its record
def bce_with_logits(z, y):
    z = z.detach()
    return torch.relu(z) - z * y + torch.log1p(torch.exp(-z.abs()))


# %% wrong bce-logits: has shape (), not (81,)
def bce_with_logits(z, y):
    return (torch.relu(z) - z * y + torch.log1p(torch.exp(-z.abs()))).mean()


# %% wrong bce-logits: for negative logits the loss is about twice too large
def bce_with_logits(z, y):
    return torch.relu(z) - z * y + torch.log(1 + torch.exp(-z))


# %% wrong bce-logits: The second term is a product
def bce_with_logits(z, y):
    return torch.relu(z) - y + torch.log1p(torch.exp(-z.abs()))


# %% wrong bce-logits: positive logits give a loss below 0
def bce_with_logits(z, y):
    return torch.relu(z) - z * y + torch.log(torch.exp(-z.abs()))


# %% wrong bce-logits: the first term keeps the negative logits
def bce_with_logits(z, y):
    return z.clamp(max=0) - z * y + torch.log1p(torch.exp(-z.abs()))


# %% wrong bce-logits: one maximum was taken of the whole tensor
def bce_with_logits(z, y):
    return z.max() - z * y + torch.log1p(torch.exp(-z.abs()))


# %% wrong bce-logits: costs nothing when y is 0
def bce_with_logits(z, y):
    return torch.relu(z) - z + torch.log1p(torch.exp(-z.abs()))


# %% wrong bce-logits: nan: a branch that was not picked overflowed
def bce_with_logits(z, y):
    plus = z + torch.log1p(torch.exp(-z))
    return torch.where(z > 0, plus, torch.log1p(torch.exp(z))) - z * y


# %% wrong bce-logits: Boolean value of Tensor with more than one value is ambiguous
def bce_with_logits(z, y):
    return max(z, 0) - z * y + torch.log1p(torch.exp(-z.abs()))


# %% right repaired-loss: the three criteria on raw outputs
def repaired_loss(model, X, vehicle, late, minutes):
    output = model(X)
    return (
        nn.CrossEntropyLoss()(output[:, :3], vehicle)
        + nn.BCEWithLogitsLoss()(output[:, 3], late)
        + nn.MSELoss()(output[:, 4], minutes)
    )


# %% right repaired-loss: columns on both sides
def repaired_loss(model, X, vehicle, late, minutes):
    logits, late_logit, y_hat = model(X).split([3, 1, 1], dim=1)
    loss = F.cross_entropy(logits, vehicle)
    loss = loss + F.binary_cross_entropy_with_logits(late_logit, late.unsqueeze(1))
    return loss + F.mse_loss(y_hat, minutes.unsqueeze(1))


# %% right repaired-loss: logarithms of shares, and the rest by hand
def repaired_loss(model, X, vehicle, late, minutes):
    output = model(X)
    log_shares = nn.LogSoftmax(dim=1)(output[:, :3])
    z = output[:, 3]
    a = nn.NLLLoss()(log_shares, vehicle)
    b = (F.softplus(z) - z * late).mean()
    return a + b + ((output[:, 4:].squeeze(1) - minutes) ** 2).mean()


# %% wrong repaired-loss: all three bugs are still there
def repaired_loss(model, X, vehicle, late, minutes):
    return broken_loss(model, X, vehicle, late, minutes)


# %% wrong repaired-loss: the vehicle's cross-entropy still gets shares
def repaired_loss(model, X, vehicle, late, minutes):
    output = model(X)
    return (
        nn.CrossEntropyLoss()(F.softmax(output[:, :3], dim=1), vehicle)
        + nn.BCEWithLogitsLoss()(output[:, 3], late)
        + nn.MSELoss()(output[:, 4], minutes)
    )


# %% wrong repaired-loss: `late` still gets a sigmoid twice
def repaired_loss(model, X, vehicle, late, minutes):
    output = model(X)
    return (
        nn.CrossEntropyLoss()(output[:, :3], vehicle)
        + nn.BCEWithLogitsLoss()(torch.sigmoid(output[:, 3]), late)
        + nn.MSELoss()(output[:, 4], minutes)
    )


# %% wrong repaired-loss: the minutes still meet in a 2 × 2 table
def repaired_loss(model, X, vehicle, late, minutes):
    output = model(X)
    return (
        nn.CrossEntropyLoss()(output[:, :3], vehicle)
        + nn.BCEWithLogitsLoss()(output[:, 3], late)
        + nn.MSELoss()(output[:, 4:], minutes)
    )


# %% wrong repaired-loss: shares and probabilities where logits are wanted
def repaired_loss(model, X, vehicle, late, minutes):
    output = model(X)
    return (
        nn.CrossEntropyLoss()(F.softmax(output[:, :3], dim=1), vehicle)
        + nn.BCEWithLogitsLoss()(torch.sigmoid(output[:, 3]), late)
        + nn.MSELoss()(output[:, 4], minutes)
    )


# %% wrong repaired-loss: one softmax too many, and shapes that broadcast
def repaired_loss(model, X, vehicle, late, minutes):
    output = model(X)
    return (
        nn.CrossEntropyLoss()(F.softmax(output[:, :3], dim=1), vehicle)
        + nn.BCEWithLogitsLoss()(output[:, 3], late)
        + nn.MSELoss()(output[:, 4:], minutes)
    )


# %% wrong repaired-loss: one sigmoid too many, and shapes that broadcast
def repaired_loss(model, X, vehicle, late, minutes):
    output = model(X)
    return (
        nn.CrossEntropyLoss()(output[:, :3], vehicle)
        + nn.BCEWithLogitsLoss()(torch.sigmoid(output[:, 3]), late)
        + nn.MSELoss()(output[:, 4:], minutes)
    )


# %% wrong repaired-loss: does not take one
def repaired_loss(model, X, vehicle, late, minutes):
    output = model(X)
    return (
        nn.NLLLoss()(output[:, :3], vehicle)
        + nn.BCEWithLogitsLoss()(output[:, 3], late)
        + nn.MSELoss()(output[:, 4], minutes)
    )


# %% wrong repaired-loss: the three losses were averaged
def repaired_loss(model, X, vehicle, late, minutes):
    output = model(X)
    a = nn.CrossEntropyLoss()(output[:, :3], vehicle)
    b = nn.BCEWithLogitsLoss()(output[:, 3], late)
    c = nn.MSELoss()(output[:, 4], minutes)
    return torch.stack([a, b, c]).mean()


# %% wrong repaired-loss: inf: a share became 0 before its logarithm
def repaired_loss(model, X, vehicle, late, minutes):
    output = model(X)
    log_shares = torch.log(F.softmax(output[:, :3], dim=1))
    return (
        nn.NLLLoss()(log_shares, vehicle)
        + nn.BCEWithLogitsLoss()(output[:, 3], late)
        + nn.MSELoss()(output[:, 4], minutes)
    )


# %% wrong repaired-loss: 100 too small: `nn.BCELoss` lost the logit
def repaired_loss(model, X, vehicle, late, minutes):
    output = model(X)
    return (
        nn.CrossEntropyLoss()(output[:, :3], vehicle)
        + nn.BCELoss()(torch.sigmoid(output[:, 3]), late)
        + nn.MSELoss()(output[:, 4], minutes)
    )


# %% wrong repaired-loss: shares went into `nn.NLLLoss`
def repaired_loss(model, X, vehicle, late, minutes):
    output = model(X)
    return (
        nn.NLLLoss()(F.softmax(output[:, :3], dim=1), vehicle)
        + nn.BCEWithLogitsLoss()(output[:, 3], late)
        + nn.MSELoss()(output[:, 4], minutes)
    )


# %% wrong repaired-loss: the loss has lost its record
def repaired_loss(model, X, vehicle, late, minutes):
    output = model(X).detach()
    return (
        nn.CrossEntropyLoss()(output[:, :3], vehicle)
        + nn.BCEWithLogitsLoss()(output[:, 3], late)
        + nn.MSELoss()(output[:, 4], minutes)
    )


# %% right task-loss: four branches
def task_loss(task, output, target):
    if task == "quantity":
        return F.mse_loss(output.reshape(-1), target.reshape(-1).float())
    if task == "class":
        return F.cross_entropy(output, target.reshape(-1).long())
    if task == "yes or no":
        flat = target.reshape(-1).float()
        return F.binary_cross_entropy_with_logits(output.reshape(-1), flat)
    if task == "tags":
        return F.binary_cross_entropy_with_logits(output, target.float())
    raise ValueError(task)


# %% right task-loss: criteria in a dictionary, targets shaped like outputs
def task_loss(task, output, target):
    criteria = {
        "quantity": nn.MSELoss(),
        "class": nn.CrossEntropyLoss(),
        "yes or no": nn.BCEWithLogitsLoss(),
        "tags": nn.BCEWithLogitsLoss(),
    }
    if task not in criteria:
        raise ValueError(f"no loss for {task}")
    if task == "class":
        target = target.to(torch.int64).flatten()
    else:
        target = target.to(output.dtype).view(output.shape)
    return criteria[task](output, target)


# %% right task-loss: by hand from safe parts
def task_loss(task, output, target):
    if task == "class":
        y = target.long().reshape(-1, 1)
        return (torch.logsumexp(output, 1, keepdim=True) - output.gather(1, y)).mean()
    if task not in ("quantity", "yes or no", "tags"):
        raise ValueError("unknown task")
    z, y = output.flatten(), target.float().flatten()
    if task == "quantity":
        return torch.square(z - y).mean()
    return (F.softplus(z) - z * y).mean()


# %% wrong task-loss: 46.5 is the mean of a 2 × 2 table
def task_loss(task, output, target):
    if task == "quantity":
        return F.mse_loss(output, target.float())
    if task == "class":
        return F.cross_entropy(output, target.reshape(-1).long())
    if task in ("yes or no", "tags"):
        return F.binary_cross_entropy_with_logits(output, target.reshape(output.shape).float())
    raise ValueError(task)


# %% wrong task-loss: 1.5 is the mean absolute error
def task_loss(task, output, target):
    if task == "quantity":
        return F.l1_loss(output.reshape(-1), target.reshape(-1).float())
    raise ValueError(task)


# %% wrong task-loss: softmax was applied twice
def task_loss(task, output, target):
    if task == "quantity":
        return F.mse_loss(output.reshape(-1), target.reshape(-1).float())
    if task == "class":
        return F.cross_entropy(F.softmax(output, dim=1), target.reshape(-1).long())
    raise ValueError(task)


# %% wrong task-loss: one yes or no for each class was charged
def task_loss(task, output, target):
    if task == "quantity":
        return F.mse_loss(output.reshape(-1), target.reshape(-1).float())
    if task == "class":
        target = F.one_hot(target.reshape(-1).long(), output.shape[1])
    return F.binary_cross_entropy_with_logits(output, target.float())


# %% wrong task-loss: the squared error of class numbers or shares
def task_loss(task, output, target):
    if task == "quantity":
        return F.mse_loss(output.reshape(-1), target.reshape(-1).float())
    if task == "class":
        one_hot = F.one_hot(target.reshape(-1).long(), output.shape[1]).float()
        return F.mse_loss(F.softmax(output, dim=1), one_hot)
    raise ValueError(task)


# %% wrong task-loss: 0D or 1D target tensor expected
def task_loss(task, output, target):
    if task == "quantity":
        return F.mse_loss(output.reshape(-1), target.reshape(-1).float())
    if task == "class":
        return F.cross_entropy(output, target)
    raise ValueError(task)


# %% wrong task-loss: expected target dtype to be Long
def task_loss(task, output, target):
    if task == "quantity":
        return F.mse_loss(output.reshape(-1), target.reshape(-1).float())
    if task == "class":
        return F.cross_entropy(output, target.reshape(-1))
    raise ValueError(task)


# %% wrong task-loss: with two bool tensors is not supported
def task_loss(task, output, target):
    if task == "quantity":
        return F.mse_loss(output.reshape(-1), target.reshape(-1).float())
    if task == "class":
        return F.cross_entropy(output, target.reshape(-1).long())
    return F.binary_cross_entropy_with_logits(output.reshape(-1), target.reshape(-1))


# %% wrong task-loss: a softmax over one logit is always 1
def task_loss(task, output, target):
    if task == "quantity":
        return F.mse_loss(output.reshape(-1), target.reshape(-1).float())
    if task == "class":
        return F.cross_entropy(output, target.reshape(-1).long())
    shares = F.softmax(output.reshape(len(output), -1), dim=1)
    return -torch.log(shares).mean()


# %% wrong task-loss: a sigmoid was applied twice. What
def task_loss(task, output, target):
    if task == "quantity":
        return F.mse_loss(output.reshape(-1), target.reshape(-1).float())
    if task == "class":
        return F.cross_entropy(output, target.reshape(-1).long())
    p = torch.sigmoid(output)
    return F.binary_cross_entropy_with_logits(p, target.reshape(p.shape).float())


# %% wrong task-loss: the squared error of probabilities
def task_loss(task, output, target):
    if task == "class":
        return F.cross_entropy(output, target.reshape(-1).long())
    if task != "quantity":
        output = torch.sigmoid(output)
    return F.mse_loss(output, target.reshape(output.shape).float())


# %% wrong task-loss: the logit of 200 was lost in a sigmoid
def task_loss(task, output, target):
    if task == "quantity":
        return F.mse_loss(output.reshape(-1), target.reshape(-1).float())
    if task == "class":
        return F.cross_entropy(output, target.reshape(-1).long())
    return F.binary_cross_entropy(torch.sigmoid(output), target.reshape(output.shape).float())


# %% wrong task-loss: yes or no", [200, 2], [[0], [1]]): inf: a share became 0
def task_loss(task, output, target):
    if task == "quantity":
        return F.mse_loss(output.reshape(-1), target.reshape(-1).float())
    if task == "class":
        return F.cross_entropy(output, target.reshape(-1).long())
    if task not in ("yes or no", "tags"):
        raise ValueError(task)
    p, y = torch.sigmoid(output), target.reshape(output.shape).float()
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()


# %% wrong task-loss: a tag's logit of 200 was lost in a sigmoid
def task_loss(task, output, target):
    if task == "class":
        return F.cross_entropy(output, target.reshape(-1).long())
    y = target.reshape(output.shape).float()
    if task == "quantity":
        return F.mse_loss(output, y)
    if task == "yes or no":
        return F.binary_cross_entropy_with_logits(output, y)
    if task == "tags":
        return F.binary_cross_entropy(torch.sigmoid(output), y)
    raise ValueError(task)


# %% wrong task-loss: inf: a tag's share became 0
def task_loss(task, output, target):
    if task == "class":
        return F.cross_entropy(output, target.reshape(-1).long())
    y = target.reshape(output.shape).float()
    if task == "quantity":
        return F.mse_loss(output, y)
    if task == "yes or no":
        return F.binary_cross_entropy_with_logits(output, y)
    if task == "tags":
        p = torch.sigmoid(output)
        return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()
    raise ValueError(task)


# %% wrong task-loss: the tags of a sample competed in a softmax
def task_loss(task, output, target):
    if task == "quantity":
        return F.mse_loss(output.reshape(-1), target.reshape(-1).float())
    if task == "class":
        return F.cross_entropy(output, target.reshape(-1).long())
    if task == "tags":
        return F.cross_entropy(output, target.float())
    return F.binary_cross_entropy_with_logits(output, target.reshape(output.shape).float())


# %% wrong task-loss: one class was picked for each sample
def task_loss(task, output, target):
    if task == "quantity":
        return F.mse_loss(output.reshape(-1), target.reshape(-1).float())
    if task == "class":
        return F.cross_entropy(output, target.reshape(-1).long())
    if task == "tags":
        return F.cross_entropy(output, target.int().argmax(dim=1))
    return F.binary_cross_entropy_with_logits(output, target.reshape(output.shape).float())


# %% wrong task-loss: the losses were added over the tags
def task_loss(task, output, target):
    if task == "quantity":
        return F.mse_loss(output.reshape(-1), target.reshape(-1).float())
    if task == "class":
        return F.cross_entropy(output, target.reshape(-1).long())
    y = target.reshape(output.shape).float()
    losses = F.binary_cross_entropy_with_logits(output, y, reduction="none")
    return losses.reshape(len(output), -1).sum(dim=1).mean()


# %% wrong task-loss: with the unknown task "ranking" raised no error
def task_loss(task, output, target):
    if task == "quantity":
        return F.mse_loss(output.reshape(-1), target.reshape(-1).float())
    if task == "class":
        return F.cross_entropy(output, target.reshape(-1).long())
    return F.binary_cross_entropy_with_logits(output, target.reshape(output.shape).float())


# %% wrong task-loss: 5 is the sum of the squares
def task_loss(task, output, target):
    if task == "quantity":
        return ((output.reshape(-1) - target.reshape(-1)) ** 2).sum()
    raise ValueError(task)


# %% wrong task-loss: a sigmoid was applied twice to the tags
def task_loss(task, output, target):
    if task == "class":
        return F.cross_entropy(output, target.reshape(-1).long())
    target = target.reshape(output.shape).float()
    if task == "quantity":
        return F.mse_loss(output, target)
    if task == "tags":
        output = torch.sigmoid(output)
    return F.binary_cross_entropy_with_logits(output, target)


# %% wrong task-loss: Expected input batch_size (1) to match target batch_size (0)
def task_loss(task, output, target):
    if task == "class":
        return F.cross_entropy(output, target.squeeze().long())
    if task == "quantity":
        return F.mse_loss(output.squeeze(), target.squeeze().float())
    if task in ("yes or no", "tags"):
        return F.binary_cross_entropy_with_logits(output.squeeze(), target.squeeze().float())
    raise ValueError(task)


# %% wrong task-loss: the loss for "quantity" has lost its record
def task_loss(task, output, target):
    output = output.detach()
    if task == "class":
        return F.cross_entropy(output, target.reshape(-1).long())
    target = target.reshape(output.shape).float()
    if task == "quantity":
        return F.mse_loss(output, target)
    if task in ("yes or no", "tags"):
        return F.binary_cross_entropy_with_logits(output, target)
    raise ValueError(task)


# %% wrong task-loss: the loss for "class" has lost its record
def task_loss(task, output, target):
    if task == "class":
        shares = F.softmax(output, dim=1).tolist()
        right = [row[int(k)] for row, k in zip(shares, target.reshape(-1).tolist())]
        return -torch.log(torch.tensor(right)).mean()
    target = target.reshape(output.shape).float()
    if task == "quantity":
        return F.mse_loss(output, target)
    if task in ("yes or no", "tags"):
        return F.binary_cross_entropy_with_logits(output, target)
    raise ValueError(task)
