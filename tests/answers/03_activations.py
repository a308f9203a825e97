# %% right collapse: the two products
def collapse(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2 + b2


# %% right collapse: what the two layers give for 0 and for each feature alone
def collapse(W1, b1, W2, b2):
    def both(X):
        return (X @ W1 + b1) @ W2 + b2

    b = both(torch.zeros(len(W1)))
    return both(torch.eye(len(W1))) - b, b


# %% right collapse: weighted sums over the hidden units, one after the other
def collapse(W1, b1, W2, b2):
    W = torch.zeros(W1.shape[0], W2.shape[1])
    b = b2.clone()
    for unit in range(len(b1)):
        W = W + W1[:, unit].unsqueeze(1) * W2[unit]
        b = b + b1[unit] * W2[unit]
    return W, b


# %% right collapse: the bias as one more row of weights
def collapse(W1, b1, W2, b2):
    both = torch.cat([W1, b1.unsqueeze(0)]) @ W2
    return both[:-1], both[-1] + b2


# %% wrong collapse: only the second bias is there
def collapse(W1, b1, W2, b2):
    return W1 @ W2, b2


# %% wrong collapse: only the first bias, passed through
def collapse(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2


# %% wrong collapse: the two biases were added as they are
def collapse(W1, b1, W2, b2):
    return W1 @ W2, b1 + b2


# %% wrong collapse: added up, but not weighted
def collapse(W1, b1, W2, b2):
    return W1 @ W2, b1.sum() + b2


# %% wrong collapse: both biases went through the second layer
def collapse(W1, b1, W2, b2):
    return W1 @ W2, (b1 + b2) @ W2


# %% wrong collapse: a bias is mixed into the weights
def collapse(W1, b1, W2, b2):
    return (W1 + b1) @ W2, b2


# %% wrong collapse: were not paired number by number
def collapse(W1, b1, W2, b2):
    return W1 @ W2, b1.sum() * W2.sum() + b2


# %% wrong collapse: one sum serves both outputs
def collapse(W1, b1, W2, b2):
    return W1 @ W2, (b1 * W2.squeeze()).sum() + b2


# %% wrong collapse: all products went into one sum
def collapse(W1, b1, W2, b2):
    return W1 @ W2, (b1.unsqueeze(1) * W2).sum() + b2


# %% wrong collapse: collapse returned None
def collapse(W1, b1, W2, b2):
    print(W1 @ W2, b1 @ W2 + b2)


# %% wrong collapse: the shape is (1, 1), not (1,)
def collapse(W1, b1, W2, b2):
    return W1 @ W2, b1.unsqueeze(0) @ W2 + b2


# %% wrong collapse: a table came back
def collapse(W1, b1, W2, b2):
    return W1 @ W2, b1 * W2 + b2


# %% wrong collapse: lie on their side
def collapse(W1, b1, W2, b2):
    return W2.T @ W1.T, b1 @ W2 + b2


# %% wrong collapse: the bias came first
def collapse(W1, b1, W2, b2):
    return b1 @ W2 + b2, W1 @ W2


# %% wrong collapse: did not return a pair
def collapse(W1, b1, W2, b2):
    return W1 @ W2 + (b1 @ W2 + b2)


# %% wrong collapse: mat1 and mat2 shapes cannot be multiplied
def collapse(W1, b1, W2, b2):
    return W2 @ W1, b1 @ W2 + b2


# %% wrong collapse: a result has lost its record
def collapse(W1, b1, W2, b2):
    with torch.no_grad():
        return W1 @ W2, b1 @ W2 + b2


# %% wrong collapse: changed the caller's tensors
def collapse(W1, b1, W2, b2):
    b2 += b1 @ W2
    return W1 @ W2, b2


# %% right relu: a choice
def relu(x):
    return torch.where(x > 0, x, 0.0)


# %% right relu: the mask as a factor
def relu(x):
    return x * (x > 0)


# %% right relu: a limit below
def relu(x):
    return x.clamp(min=0)


# %% right relu: the larger of two tensors
def relu(x):
    return torch.maximum(x, torch.zeros_like(x))


# %% right relu: half of the number and its size
def relu(x):
    return (x + x.abs()) / 2


# %% right relu: written into a copy
def relu(x):
    result = x.clone()
    result[x < 0] = 0.0
    return result


# %% wrong relu: the sign was taken away
def relu(x):
    return x.abs()


# %% wrong relu: the negative numbers were kept
def relu(x):
    return x.clamp(max=0)


# %% wrong relu: these are zeros and ones
def relu(x):
    return (x > 0).float()


# %% wrong relu: Has ReLU an upper limit
def relu(x):
    return x.clamp(0, 1)


# %% wrong relu: -4 stayed -4
def relu(x):
    return x


# %% wrong relu: numbers are missing
def relu(x):
    return x[x > 0]


# %% wrong relu: relu returned a pair
def relu(x):
    return torch.max(x, 0)


# %% wrong relu: must be Tensor, not int
def relu(x):
    return torch.maximum(x, 0)


# %% wrong relu: relu changed the caller's x
def relu(x):
    x[x < 0] = 0.0
    return x


# %% wrong relu: the result has lost its record
def relu(x):
    return torch.where(x > 0, x, 0.0).detach()


# %% wrong relu: is ambiguous
def relu(x):
    return max(0, x)


# %% right sigmoid: the formula, with a limit on the left
def sigmoid(x):
    return 1 / (1 + torch.exp(-x.clamp(min=-80)))


# %% right sigmoid: the other form of the formula, with a limit on the right
def sigmoid(x):
    power = torch.exp(x.clamp(max=80))
    return power / (1 + power)


# %% right sigmoid: a choice between two forms, each fed with safe numbers
def sigmoid(x):
    right = 1 / (1 + torch.exp(-torch.where(x > 0, x, 0.0)))
    power = torch.exp(torch.where(x > 0, 0.0, x))
    return torch.where(x > 0, right, power / (1 + power))


# %% right sigmoid: through tanh
def sigmoid(x):
    return (torch.tanh(x / 2) + 1) / 2


# %% wrong sigmoid: sigmoid returned None
def sigmoid(x):
    print(1 / (1 + torch.exp(-x)))


# %% wrong sigmoid: right in the middle and flat beyond
def sigmoid(x):
    return 1 / (1 + torch.exp(-x.clamp(-5, 5)))


# %% wrong sigmoid: 0 at 0, where the sigmoid is steepest
def sigmoid(x):
    small = torch.exp(-x.abs())
    return torch.where(x > 0, 1.0, small) / (1 + small)


# %% wrong sigmoid: as if the curve were
def sigmoid(x):
    return 1 / (1 + torch.exp(x))


# %% wrong sigmoid: is it there, and in brackets
def sigmoid(x):
    return 1 / 1 + torch.exp(-x)


# %% wrong sigmoid: this is tanh
def sigmoid(x):
    return torch.tanh(x)


# %% wrong sigmoid: slopes of the sigmoid
def sigmoid(x):
    s = 1 / (1 + torch.exp(-x))
    return s * (1 - s)


# %% wrong sigmoid: add up to 1
def sigmoid(x):
    return torch.exp(x) / torch.exp(x).sum()


# %% wrong sigmoid: a division by 0
def sigmoid(x):
    return 1 / (1 - torch.exp(-x))


# %% wrong sigmoid: nan at 200
def sigmoid(x):
    return torch.exp(x) / (1 + torch.exp(x))


# %% wrong sigmoid: nan at -200, though the value is right
def sigmoid(x):
    return 1 / (1 + torch.exp(-x))


# %% wrong sigmoid: nan at both ends
def sigmoid(x):
    power = torch.exp(x)
    return torch.where(x > 0, 1 / (1 + torch.exp(-x)), power / (1 + power))


# %% wrong sigmoid: x was limited too early
def sigmoid(x):
    return 1 / (1 + torch.exp(-x.clamp(-10, 10)))


# %% wrong sigmoid: two limits meet there
def sigmoid(x):
    left, right = torch.exp(x.clamp(max=0)), torch.exp((-x).clamp(max=0))
    return left / (left + right)


# %% wrong sigmoid: sigmoid changed the caller's x
def sigmoid(x):
    x *= -1
    return 1 / (1 + torch.exp(x))


# %% wrong sigmoid: the result has lost its record
def sigmoid(x):
    with torch.no_grad():
        return 1 / (1 + torch.exp(-x))


# %% right chain-slope: autograd on a copy
def chain_slope(x, weights):
    start = x.detach().clone().requires_grad_()
    a = start
    for w in weights:
        a = torch.sigmoid(w * a)
    a.sum().backward()
    return start.grad


# %% right chain-slope: the product of the slopes
def chain_slope(x, weights):
    a, slope = x, torch.ones_like(x)
    for w in weights:
        a = torch.sigmoid(w * a)
        slope = slope * w * a * (1 - a)
    return slope


# %% right chain-slope: forward first, then back through the values kept
def chain_slope(x, weights):
    values = [x]
    for w in weights:
        values.append(torch.sigmoid(w * values[-1]))
    slope = 1.0
    for w, a in zip(reversed(weights), reversed(values)):
        slope = slope * w * a * (1 - a)
    return slope


# %% right chain-slope: one backward for each point
def chain_slope(x, weights):
    slopes = []
    for number in x.tolist():
        start = torch.tensor(number, requires_grad=True)
        a = start
        for w in weights:
            a = 1 / (1 + torch.exp(-w * a))
        a.backward()
        slopes.append(start.grad)
    return torch.stack(slopes)


# %% wrong chain-slope: these are the values at the end
def chain_slope(x, weights):
    a = x
    for w in weights:
        a = torch.sigmoid(w * a)
    return a


# %% wrong chain-slope: the weight is missing
def chain_slope(x, weights):
    a, slope = x, 1.0
    for w in weights:
        a = torch.sigmoid(w * a)
        slope = slope * a * (1 - a)
    return slope


# %% wrong chain-slope: only the last step's slope
def chain_slope(x, weights):
    a = x
    for w in weights:
        a = torch.sigmoid(w * a)
    return w * a * (1 - a)


# %% wrong chain-slope: only the first step's slope
def chain_slope(x, weights):
    start = x.detach().clone().requires_grad_()
    torch.sigmoid(weights[0] * start).sum().backward()
    return start.grad


# %% wrong chain-slope: the slopes of the steps were added
def chain_slope(x, weights):
    a, slope = x, 0.0
    for w in weights:
        a = torch.sigmoid(w * a)
        slope = slope + w * a * (1 - a)
    return slope


# %% wrong chain-slope: does not see x
def chain_slope(x, weights):
    slope = 1.0
    for w in weights:
        s = torch.sigmoid(w * x)
        slope = slope * w * s * (1 - s)
    return slope


# %% wrong chain-slope: the slopes of all points were added up
def chain_slope(x, weights):
    start = x.detach().clone().requires_grad_()
    a = start
    for w in weights:
        a = torch.sigmoid(w * a)
    a.sum().backward()
    return start.grad.sum()


# %% wrong chain-slope: divided by the number of points
def chain_slope(x, weights):
    start = x.detach().clone().requires_grad_()
    a = start
    for w in weights:
        a = torch.sigmoid(w * a)
    a.mean().backward()
    return start.grad


# %% wrong chain-slope: only the last weight counts
def chain_slope(x, weights):
    start = x.detach().clone().requires_grad_()
    for w in weights:
        a = torch.sigmoid(w * start)
    a.sum().backward()
    return start.grad


# %% wrong chain-slope: was taken of the number before the step
def chain_slope(x, weights):
    a, slope = x, 1.0
    for w in weights:
        slope = slope * w * a * (1 - a)
        a = torch.sigmoid(w * a)
    return slope


# %% wrong chain-slope: the weight stands outside the sigmoid
def chain_slope(x, weights):
    start = x.detach().clone().requires_grad_()
    a = start
    for w in weights:
        a = w * torch.sigmoid(a)
    a.sum().backward()
    return start.grad


# %% wrong chain-slope: a quotient of small differences
def chain_slope(x, weights):
    def chain(a):
        for w in weights:
            a = torch.sigmoid(w * a)
        return a

    return (chain(x + 1e-3) - chain(x - 1e-3)) / 2e-3


# %% wrong chain-slope: `backward()` ran in every turn
def chain_slope(x, weights):
    start = x.detach().clone().requires_grad_()
    a = start
    for w in weights:
        a = torch.sigmoid(w * a)
        a.sum().backward(retain_graph=True)
    return start.grad


# %% wrong chain-slope: recording was switched on
def chain_slope(x, weights):
    x.requires_grad_()
    a = x
    for w in weights:
        a = torch.sigmoid(w * a)
    a.sum().backward()
    return x.grad


# %% wrong chain-slope: None came back
def chain_slope(x, weights):
    start = x.detach().clone().requires_grad_()
    a = start
    for w in weights:
        a = torch.sigmoid(w * a)
    a.sum().backward()
    return x.grad


# %% wrong chain-slope: only for scalar outputs
def chain_slope(x, weights):
    start = x.detach().clone().requires_grad_()
    a = start
    for w in weights:
        a = torch.sigmoid(w * a)
    a.backward()
    return start.grad


# %% right dead-fraction: how often each unit is active
def dead_fraction(A):
    return ((A > 0).sum(dim=0) == 0).float().mean()


# %% right dead-fraction: the largest output of each unit
def dead_fraction(A):
    return (A.max(dim=0).values == 0).float().mean()


# %% right dead-fraction: the rest of those that are ever active
def dead_fraction(A):
    return 1 - (A != 0).any(dim=0).float().mean().item()


# %% right dead-fraction: unit by unit
def dead_fraction(A):
    dead = 0
    for unit in range(A.shape[1]):
        if A[:, unit].sum() == 0:
            dead += 1
    return dead / A.shape[1]


# %% wrong dead-fraction: the fraction of all entries
def dead_fraction(A):
    return (A == 0).float().mean()


# %% wrong dead-fraction: the fraction of samples
def dead_fraction(A):
    return (A == 0).all(dim=1).float().mean()


# %% wrong dead-fraction: that are alive
def dead_fraction(A):
    return (A > 0).any(dim=0).float().mean()


# %% wrong dead-fraction: is 0 for some sample
def dead_fraction(A):
    return (A == 0).any(dim=0).float().mean()


# %% wrong dead-fraction: only the first sample
def dead_fraction(A):
    return (A[0] == 0).float().mean()


# %% wrong dead-fraction: is the number of dead units
def dead_fraction(A):
    return (A == 0).all(dim=0).sum()


# %% wrong dead-fraction: divided by the number of samples
def dead_fraction(A):
    return (A == 0).all(dim=0).sum() / len(A)


# %% wrong dead-fraction: one answer for each unit
def dead_fraction(A):
    return (A == 0).all(dim=0)


# %% wrong dead-fraction: compare with 0 exactly
def dead_fraction(A):
    return (A.mean(dim=0) < 0.001).float().mean()


# %% right leaky-relu: a choice
def leaky_relu(x, slope=0.01):
    return torch.where(x > 0, x, slope * x)


# %% right leaky-relu: two limits
def leaky_relu(x, slope=0.01):
    return x.clamp(min=0) + slope * x.clamp(max=0)


# %% right leaky-relu: masks as factors
def leaky_relu(x, slope=0.01):
    return x * (x > 0) + slope * x * (x <= 0)


# %% right leaky-relu: two ReLUs
def leaky_relu(x, slope=0.01):
    return F.relu(x) - slope * F.relu(-x)


# %% right leaky-relu: written into a copy
def leaky_relu(x, slope=0.01):
    result = x.clone()
    result[x < 0] = slope * x[x < 0]
    return result


# %% wrong leaky-relu: Is a fixed number
def leaky_relu(x, slope=0.01):
    return torch.where(x > 0, x, 0.01 * x)


# %% wrong leaky-relu: Which side leaks
def leaky_relu(x, slope=0.01):
    return torch.where(x > 0, slope * x, x)


# %% wrong leaky-relu: the leak has the wrong sign
def leaky_relu(x, slope=0.01):
    return F.relu(x) + slope * F.relu(-x)


# %% wrong leaky-relu: nothing leaks
def leaky_relu(x, slope=0.01):
    return torch.where(x > 0, x, 0.0)


# %% wrong leaky-relu: x came back unchanged
def leaky_relu(x, slope=0.01):
    return x.clamp(min=0) + x.clamp(max=0)


# %% wrong leaky-relu: both sides were multiplied
def leaky_relu(x, slope=0.01):
    return slope * x


# %% wrong leaky-relu: became `slope` itself
def leaky_relu(x, slope=0.01):
    return torch.where(x > 0, x, slope)


# %% wrong leaky-relu: the right side got the leak on top
def leaky_relu(x, slope=0.01):
    return F.relu(x) + slope * x


# %% wrong leaky-relu: a maximum of x and slope
def leaky_relu(x, slope=0.01):
    return torch.maximum(x, slope * x)


# %% wrong leaky-relu: leaky_relu changed the caller's x
def leaky_relu(x, slope=0.01):
    x[x < 0] *= slope
    return x


# %% wrong leaky-relu: the result has lost its record
def leaky_relu(x, slope=0.01):
    return torch.where(x > 0, x, slope * x).detach()


# %% right elu: exp sees only numbers that are not positive
def elu(x, alpha=1.0):
    left = torch.where(x > 0, 0.0, x)
    return torch.where(x > 0, x, alpha * (torch.exp(left) - 1))


# %% right elu: two limits
def elu(x, alpha=1.0):
    return x.clamp(min=0) + alpha * (torch.exp(x.clamp(max=0)) - 1)


# %% right elu: only the entries on the left, written into a copy
def elu(x, alpha=1.0):
    result = x.clone()
    left = x < 0
    result[left] = alpha * (torch.exp(x[left]) - 1)
    return result


# %% right elu: two ReLUs
def elu(x, alpha=1.0):
    return F.relu(x) + alpha * torch.expm1(-F.relu(-x))


# %% wrong elu: Where is `alpha` used
def elu(x, alpha=1.0):
    return torch.where(x > 0, x, torch.exp(x) - 1)


# %% wrong elu: multiplies the exp alone
def elu(x, alpha=1.0):
    return torch.where(x > 0, x, alpha * torch.exp(x) - 1)


# %% wrong elu: take away from the exp
def elu(x, alpha=1.0):
    return torch.where(x > 0, x, alpha * torch.exp(x))


# %% wrong elu: the left side has the wrong sign
def elu(x, alpha=1.0):
    return torch.where(x > 0, x, alpha * (1 - torch.exp(x)))


# %% wrong elu: the right side was bent too
def elu(x, alpha=1.0):
    return alpha * (torch.exp(x) - 1)


# %% wrong elu: inside the exp
def elu(x, alpha=1.0):
    return torch.where(x > 0, x, alpha * torch.exp(x - 1))


# %% wrong elu: should the harmless number replace
def elu(x, alpha=1.0):
    return torch.where(x > 0, x, alpha * (torch.exp(x.clamp(min=0)) - 1).clamp(max=0))


# %% wrong elu: a maximum picks the wrong side
def elu(x, alpha=1.0):
    return torch.maximum(x, alpha * (torch.exp(x.clamp(max=0)) - 1))


# %% wrong elu: inf times a mask's 0
def elu(x, alpha=1.0):
    return x * (x > 0) + alpha * (torch.exp(x) - 1) * (x <= 0)


# %% wrong elu: exp overflowed in the
def elu(x, alpha=1.0):
    return torch.where(x > 0, x, alpha * (torch.exp(x) - 1))


# %% wrong elu: the left side passes no gradient
def elu(x, alpha=1.0):
    left = alpha * (torch.exp(x.detach().clamp(max=0)) - 1)
    return torch.where(x > 0, x, left)


# %% wrong elu: elu changed the caller's x
def elu(x, alpha=1.0):
    left = x < 0
    x[left] = alpha * (torch.exp(x[left]) - 1)
    return x


# %% wrong elu: the result has lost its record
def elu(x, alpha=1.0):
    with torch.no_grad():
        return torch.where(x > 0, x, alpha * (torch.exp(x) - 1))


# %% wrong softmax: all rows share one sum
def softmax(logits):
    powers = torch.exp(logits - logits.max(dim=1, keepdim=True).values)
    return powers / powers.sum()


# %% wrong softmax: but their sum overflowed
def softmax(logits):
    powers = torch.exp(logits.clamp(-88, 88))
    return powers / powers.sum(dim=1, keepdim=True)


# %% right softmax: shifted by the largest score of each row
def softmax(logits):
    powers = torch.exp(logits - logits.max(dim=1, keepdim=True).values)
    return powers / powers.sum(dim=1, keepdim=True)


# %% right softmax: the logarithm of the sum taken away
def softmax(logits):
    return torch.exp(logits - logits.logsumexp(dim=1, keepdim=True))


# %% right softmax: row by row
def softmax(logits):
    rows = []
    for row in logits:
        powers = torch.exp(row - row.max())
        rows.append(powers / powers.sum())
    return torch.stack(rows)


# %% right softmax: on the transposed table
def softmax(logits):
    powers = torch.exp(logits.T - logits.max(dim=1).values)
    return (powers / powers.sum(dim=0)).T


# %% wrong softmax: the columns sum to 1
def softmax(logits):
    powers = torch.exp(logits - logits.max(dim=0).values)
    return powers / powers.sum(dim=0)


# %% wrong softmax: the whole table sums to 1
def softmax(logits):
    powers = torch.exp(logits - logits.max())
    return powers / powers.sum()


# %% wrong softmax: without exp
def softmax(logits):
    return logits / logits.sum(dim=1, keepdim=True)


# %% wrong softmax: logarithms of the shares
def softmax(logits):
    return logits - logits.logsumexp(dim=1, keepdim=True)


# %% wrong softmax: as a sigmoid does
def softmax(logits):
    return torch.sigmoid(logits)


# %% wrong softmax: each class was shifted
def softmax(logits):
    powers = torch.exp(logits - logits.max(dim=0).values)
    return powers / powers.sum(dim=1, keepdim=True)


# %% wrong softmax: the sum was not
def softmax(logits):
    powers = torch.exp(logits - logits.max(dim=1, keepdim=True).values)
    return powers / torch.exp(logits).sum(dim=1, keepdim=True)


# %% wrong softmax: nan for small scores
def softmax(logits):
    powers = torch.exp(logits - 1000)
    return powers / powers.sum(dim=1, keepdim=True)


# %% wrong softmax: the exps were not made shares
def softmax(logits):
    return torch.exp(logits - logits.max(dim=1, keepdim=True).values)


# %% wrong softmax: these are the exps alone
def softmax(logits):
    return torch.exp(logits)


# %% wrong softmax: exp(1001) overflows
def softmax(logits):
    powers = torch.exp(logits)
    return powers / powers.sum(dim=1, keepdim=True)


# %% wrong softmax: this exponent is still too
def softmax(logits):
    powers = torch.exp(logits - logits.mean(dim=1, keepdim=True))
    return powers / powers.sum(dim=1, keepdim=True)


# %% wrong softmax: equal shares came back
def softmax(logits):
    powers = torch.exp(logits.clamp(max=80))
    return powers / powers.sum(dim=1, keepdim=True)


# %% wrong softmax: when all are negative
def softmax(logits):
    powers = torch.exp(logits - logits.abs().max(dim=1, keepdim=True).values)
    return powers / powers.sum(dim=1, keepdim=True)


# %% wrong softmax: a number of another row
def softmax(logits):
    powers = torch.exp(logits - logits.max())
    return powers / powers.sum(dim=1, keepdim=True)


# %% wrong softmax: softmax changed the caller's logits
def softmax(logits):
    logits -= logits.max(dim=1, keepdim=True).values
    powers = torch.exp(logits)
    return powers / powers.sum(dim=1, keepdim=True)


# %% wrong softmax: must match the size of tensor b
def softmax(logits):
    powers = torch.exp(logits)
    return powers / powers.sum(dim=1)


# %% wrong softmax: the result has lost its record
def softmax(logits):
    powers = torch.exp(logits - logits.max(dim=1, keepdim=True).values)
    return (powers / powers.sum(dim=1, keepdim=True)).detach()
