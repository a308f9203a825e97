# %% right one-neuron: products added, then the sigmoid
def one_neuron(x, w, b):
    return torch.sigmoid((w * x).sum() + b)


# %% right one-neuron: a product of two flat tensors and the formula
def one_neuron(x, w, b):
    z = x @ w + b
    return 1 / (1 + torch.exp(-z))


# %% right one-neuron: a loop over the inputs
def one_neuron(x, w, b):
    z = torch.tensor(b)
    for i in range(len(x)):
        z = z + w[i] * x[i]
    return nn.Sigmoid()(z)


# %% right one-neuron: the bias as one more product
def one_neuron(x, w, b):
    inputs = torch.cat([x, torch.ones(1)])
    weights = torch.cat([w, torch.tensor([b])])
    return nn.functional.sigmoid(torch.dot(inputs, weights))


# %% wrong one-neuron: 0.75 is the sum, bias included
def one_neuron(x, w, b):
    return (w * x).sum() + b


# %% wrong one-neuron: the bias is missing
def one_neuron(x, w, b):
    return torch.sigmoid((w * x).sum())


# %% wrong one-neuron: the bias was added after the sigmoid
def one_neuron(x, w, b):
    return torch.sigmoid((w * x).sum()) + b


# %% wrong one-neuron: the sign of the exponent is turned round
def one_neuron(x, w, b):
    return 1 / (1 + torch.exp((w * x).sum() + b))


# %% wrong one-neuron: two numbers came back, one for each input
def one_neuron(x, w, b):
    return torch.sigmoid(w * x + b)


# %% wrong one-neuron: the bias was added once for each input
def one_neuron(x, w, b):
    return torch.sigmoid((w * x + b).sum())


# %% wrong one-neuron: `1 / 1 + ...` divides first
def one_neuron(x, w, b):
    z = (w * x).sum() + b
    return 1 / 1 + torch.exp(-z)


# %% wrong one-neuron: the products were averaged, not added
def one_neuron(x, w, b):
    return torch.sigmoid((w * x).mean() + b)


# %% wrong one-neuron: is of type float, not a tensor
def one_neuron(x, w, b):
    return torch.sigmoid((w * x).sum() + b).item()


# %% right neuron-batch: a product of table and weights
def neuron_batch(X, w, b):
    return torch.sigmoid(X @ w + b)


# %% right neuron-batch: broadcasting, then a sum over the features
def neuron_batch(X, w, b):
    return 1 / (1 + torch.exp(-((X * w).sum(dim=1) + b)))


# %% right neuron-batch: one sample after the other
def neuron_batch(X, w, b):
    return torch.stack([torch.sigmoid((row * w).sum() + b) for row in X])


# %% right neuron-batch: a column, taken apart at the end
def neuron_batch(X, w, b):
    return torch.sigmoid(X @ w.unsqueeze(1) + b)[:, 0]


# %% wrong neuron-batch: these are the weighted sums
def neuron_batch(X, w, b):
    return X @ w + b


# %% wrong neuron-batch: the bias is missing from the sums
def neuron_batch(X, w, b):
    return torch.sigmoid(X @ w)


# %% wrong neuron-batch: the bias was subtracted
def neuron_batch(X, w, b):
    return torch.sigmoid(X @ w - b)


# %% wrong neuron-batch: the bias was added after the sigmoid
def neuron_batch(X, w, b):
    return torch.sigmoid(X @ w) + b


# %% wrong neuron-batch: the right numbers as a column
def neuron_batch(X, w, b):
    return torch.sigmoid(X @ w.reshape(-1, 1) + b)


# %% wrong neuron-batch: one number for each input
def neuron_batch(X, w, b):
    return torch.sigmoid(X * w + b)


# %% wrong neuron-batch: down the columns, over the
def neuron_batch(X, w, b):
    return torch.sigmoid((X * w).sum(dim=0) + b)


# %% wrong neuron-batch: one number for the whole batch
def neuron_batch(X, w, b):
    return torch.sigmoid((X * w).sum() + b)


# %% wrong neuron-batch: was `return` reached in the first turn
def neuron_batch(X, w, b):
    for row in X:
        return torch.sigmoid((row * w).sum() + b)


# %% wrong neuron-batch: does `squeeze()` remove too much
def neuron_batch(X, w, b):
    return torch.sigmoid(X @ w.unsqueeze(1) + b).squeeze()


# %% wrong neuron-batch: the outputs are 0 or 1 only
def neuron_batch(X, w, b):
    return torch.round(torch.sigmoid(X @ w + b))


# %% right layer-output: the product with the transposed matrix
def layer_output(X, W, b):
    return torch.sigmoid(X @ W.T + b)


# %% right layer-output: one neuron after the other
def layer_output(X, W, b):
    columns = [torch.sigmoid(X @ W[j] + b[j]) for j in range(len(W))]
    return torch.stack(columns, dim=1)


# %% right layer-output: broadcasting to (n, k, f)
def layer_output(X, W, b):
    z = (X.unsqueeze(1) * W.unsqueeze(0)).sum(dim=2) + b
    return 1 / (1 + torch.exp(-z))


# %% right layer-output: the product the other way round, then transposed
def layer_output(X, W, b):
    return torch.sigmoid((W @ X.T + b.unsqueeze(1)).T)


# %% wrong layer-output: these are the weighted sums of all neurons
def layer_output(X, W, b):
    return X @ W.T + b


# %% wrong layer-output: the biases are missing
def layer_output(X, W, b):
    return torch.sigmoid(X @ W.T)


# %% wrong layer-output: rows and columns are swapped
def layer_output(X, W, b):
    return torch.sigmoid(W @ X.T + b.unsqueeze(1))


# %% wrong layer-output: the biases went along the rows
def layer_output(X, W, b):
    return torch.sigmoid(X @ W.T + b.unsqueeze(1))


# %% wrong layer-output: `W` was reshaped, not transposed
def layer_output(X, W, b):
    return torch.sigmoid(X @ W.reshape(X.shape[1], -1) + b)


# %% wrong layer-output: only one neuron answered
def layer_output(X, W, b):
    return torch.sigmoid(X @ W[0] + b[0])


# %% wrong layer-output: the activation came before the bias
def layer_output(X, W, b):
    return torch.sigmoid(X @ W.T) + b


# %% wrong layer-output: so the neurons are not independent
def layer_output(X, W, b):
    return torch.softmax(X @ W.T + b, dim=1)


# %% wrong layer-output: does `squeeze()` remove it
def layer_output(X, W, b):
    return torch.sigmoid(X @ W.T + b).squeeze()


# %% wrong layer-output: mat1 and mat2 shapes cannot be multiplied
def layer_output(X, W, b):
    return torch.sigmoid(X @ W + b)


# %% right step: a comparison, converted
def step(z):
    return (z >= 0).to(torch.float32)


# %% right step: where
def step(z):
    return torch.where(z >= 0, torch.tensor(1.0), torch.tensor(0.0))


# %% right step: zeros with ones written where the mask is True
def step(z):
    out = torch.zeros_like(z)
    out[z >= 0] = 1.0
    return out


# %% right step: the function that PyTorch has for it
def step(z):
    return torch.heaviside(z, torch.tensor(1.0))


# %% right step: one minus the strictly negative ones
def step(z):
    return 1.0 - (z < 0).float()


# %% wrong step: Which agreement does section 2.7 make
def step(z):
    return (z > 0).float()


# %% wrong step: is the sign what you want
def step(z):
    return torch.sign(z)


# %% wrong step: negative sums gave -1, and the others 1
def step(z):
    return torch.where(z >= 0, 1.0, -1.0)


# %% wrong step: a sum of exactly 0 gave 0.5
def step(z):
    return (torch.sign(z) + 1) / 2


# %% wrong step: That is ReLU
def step(z):
    return torch.relu(z)


# %% wrong step: between 0 and 1 the numbers were let through
def step(z):
    return z.clamp(0, 1)


# %% wrong step: yes and no are swapped
def step(z):
    return (z < 0).float()


# %% wrong step: the threshold lies at 0.5
def step(z):
    return (z > 0.5).float()


# %% wrong step: as True and False or as whole numbers
def step(z):
    return z >= 0


# %% wrong step: step changed the caller's z
def step(z):
    negative = z < 0
    z[~negative] = 1.0
    z[negative] = 0.0
    return z


# %% wrong step: Boolean value of Tensor with more than one value
def step(z):
    if z >= 0:
        return 1.0
    return 0.0


# %% right at-least: weights of 1 and a bias between the counts
def at_least(k, n):
    return torch.ones(n), 0.5 - k


# %% right at-least: exactly 0 counts as firing
def at_least(k, n):
    return torch.ones(n), float(-k)


# %% right at-least: another scale
def at_least(k, n):
    w = torch.full((n,), 20.0)
    return w, 10.0 - 20.0 * k


# %% right at-least: unequal weights that stay close together
def at_least(k, n):
    w = 1.0 + torch.linspace(0, 0.01, n)
    return w, torch.tensor(0.4 - k)


# %% wrong at-least: it always fires
def at_least(k, n):
    return torch.ones(n), float(k)


# %% wrong at-least: it never fires
def at_least(k, n):
    return torch.ones(n) / n, 0.5 - k


# %% wrong at-least: one input is enough to fire it
def at_least(k, n):
    return torch.ones(n), -0.5


# %% wrong at-least: it fires only when all three are on
def at_least(k, n):
    return torch.ones(n), -k - 0.5


# %% wrong at-least: it fires when fewer than 2 are on
def at_least(k, n):
    return -torch.ones(n), k - 0.5


# %% wrong at-least: the third input has no say
def at_least(k, n):
    w = torch.zeros(n)
    w[:k] = 1.0
    return w, 0.5 - k


# %% wrong at-least: should return a tuple of two things
def at_least(k, n):
    return torch.ones(n)


# %% wrong at-least: should be a tensor of three
def at_least(k, n):
    return 1.0, 0.5 - k


# %% wrong at-least: it answered as AND does
def at_least(k, n):
    return torch.ones(n), -1.5


# %% wrong at-least: the weights are whole numbers
def at_least(k, n):
    return torch.tensor([1] * n), 0.5 - k


# %% wrong at-least: it answered as OR does
def at_least(k, n):
    return torch.ones(n), 1.5 - n


# %% wrong at-least: it fires up to 2 inputs
def at_least(k, n):
    return -torch.ones(n), k + 0.5


# %% right correct: the rule as in the text
def correct(w, b, x, y, lr):
    y_hat = 1.0 if (w * x).sum() + b >= 0 else 0.0
    error = y - y_hat
    return w + lr * error * x, b + lr * error


# %% right correct: cases, without a formula for the error
def correct(w, b, x, y, lr):
    fires = bool(w @ x + b >= 0)
    if fires and y == 0:
        return w - lr * x, b - lr
    if not fires and y == 1:
        return w + lr * x, b + lr
    return w, b


# %% right correct: the bias as one more weight
def correct(w, b, x, y, lr):
    weights = torch.cat([w, torch.tensor([b])])
    inputs = torch.cat([x, torch.ones(1)])
    error = y - torch.heaviside(weights @ inputs, torch.tensor(1.0))
    weights = weights + lr * error * inputs
    return weights[:-1], weights[-1]


# %% right correct: a copy changed in place
def correct(w, b, x, y, lr):
    error = y - torch.where((w * x).sum() + b >= 0, 1.0, 0.0)
    w = w.clone()
    for i in range(len(w)):
        w[i] += lr * error * x[i]
    b += lr * error
    return w, b


# %% wrong correct: the weights moved away
def correct(w, b, x, y, lr):
    y_hat = 1.0 if (w * x).sum() + b >= 0 else 0.0
    return w + lr * (y_hat - y) * x, b + lr * (y_hat - y)


# %% wrong correct: w after a sample with target 1 and output 0: the learning rate has no effect
def correct(w, b, x, y, lr):
    error = y - (1.0 if (w * x).sum() + b >= 0 else 0.0)
    return w + error * x, b + error


# %% wrong correct: what is the error multiplied by?
def correct(w, b, x, y, lr):
    error = y - (1.0 if (w * x).sum() + b >= 0 else 0.0)
    return w + lr * error, b + lr * error


# %% wrong correct: from the sum, before the step
def correct(w, b, x, y, lr):
    error = y - ((w * x).sum() + b)
    return w + lr * error * x, b + lr * error


# %% wrong correct: each product went through the step by itself
def correct(w, b, x, y, lr):
    y_hat = torch.where(w * x + b >= 0, 1.0, 0.0)
    error = y - y_hat
    return w + lr * error * x, b + lr * error


# %% wrong correct: this is the change alone
def correct(w, b, x, y, lr):
    error = y - (1.0 if (w * x).sum() + b >= 0 else 0.0)
    return lr * error * x, lr * error


# %% wrong correct: the error was taken from a sigmoid
def correct(w, b, x, y, lr):
    error = y - torch.sigmoid((w * x).sum() + b)
    return w + lr * error * x, b + lr * error


# %% wrong correct: the bias is as it was
def correct(w, b, x, y, lr):
    error = y - (1.0 if (w * x).sum() + b >= 0 else 0.0)
    return w + lr * error * x, b


# %% wrong correct: the learning rate has no effect on the bias
def correct(w, b, x, y, lr):
    error = y - (1.0 if (w * x).sum() + b >= 0 else 0.0)
    return w + lr * error * x, b + error


# %% wrong correct: correct changed the caller's w
def correct(w, b, x, y, lr):
    error = y - (1.0 if (w * x).sum() + b >= 0 else 0.0)
    w += lr * error * x
    b += lr * error
    return w, b


# %% wrong correct: firing too often is a mistake too
def correct(w, b, x, y, lr):
    y_hat = 1.0 if (w * x).sum() + b >= 0 else 0.0
    if y_hat != y:
        w = w + lr * y * x
        b = b + lr * y
    return w, b


# %% wrong correct: the sum rose, but the output was already too high
def correct(w, b, x, y, lr):
    y_hat = 1.0 if (w * x).sum() + b >= 0 else 0.0
    error = abs(y - y_hat)
    return w + lr * error * x, b + lr * error


# %% wrong correct: although the answer was right
def correct(w, b, x, y, lr):
    sign = 1.0 if y == 1 else -1.0
    return w + lr * sign * x, b + lr * sign


# %% wrong correct: so a sum of 0 counted as no
def correct(w, b, x, y, lr):
    error = y - (1.0 if (w * x).sum() + b > 0 else 0.0)
    return w + lr * error * x, b + lr * error


# %% wrong correct: should return a tuple of two things
def correct(w, b, x, y, lr):
    error = y - (1.0 if (w * x).sum() + b >= 0 else 0.0)
    return [w + lr * error * x, b + lr * error]


# %% wrong correct: the right number, in shape (1,)
def correct(w, b, x, y, lr):
    y_hat = fire(x.unsqueeze(0), w, b)
    error = y - y_hat
    return w + lr * error * x, b + lr * error


# %% wrong correct: the bias was multiplied by x
def correct(w, b, x, y, lr):
    error = y - (1.0 if (w * x).sum() + b >= 0 else 0.0)
    return w + lr * error * x, b + lr * error * x


# %% wrong correct: Is the bias a part of your sum
def correct(w, b, x, y, lr):
    y_hat = 1.0 if (w * x).sum() >= 0 else 0.0
    error = y - y_hat
    return w + lr * error * x, b + lr * error


# %% wrong correct: the old weights went into the change
def correct(w, b, x, y, lr):
    error = y - (1.0 if (w * x).sum() + b >= 0 else 0.0)
    return w + lr * error * w, b + lr * error


# %% wrong correct: the bias moved the wrong way
def correct(w, b, x, y, lr):
    error = y - (1.0 if (w * x).sum() + b >= 0 else 0.0)
    return w + lr * error * x, b - lr * error


# %% right train: two loops and a counter
def train(X, y, epochs):
    w, b, mistakes = torch.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        wrong = 0
        for x, target in zip(X, y):
            y_hat = 1.0 if (w * x).sum() + b >= 0 else 0.0
            error = target.item() - y_hat
            w = w + error * x
            b = b + error
            wrong += error != 0
        mistakes.append(int(wrong))
        if wrong == 0:
            break
    return w, b, mistakes


# %% right train: a column of ones in place of the bias
def train(X, y, epochs):
    inputs = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    weights = torch.zeros(inputs.shape[1])
    mistakes = []
    while len(mistakes) < epochs and 0 not in mistakes:
        errors = []
        for i in range(len(inputs)):
            output = torch.heaviside(weights @ inputs[i], torch.tensor(1.0))
            errors.append((y[i] - output).item())
            weights += errors[-1] * inputs[i]
        mistakes.append(len([error for error in errors if error]))
    return weights[:-1], weights[-1].item(), mistakes


# %% right train: moving only after a mistake, in place
def train(X, y, epochs):
    w = torch.zeros(X.shape[1])
    b = torch.tensor(0.0)
    mistakes = []
    for epoch_number in range(epochs):
        mistakes.append(0)
        for i in range(X.shape[0]):
            fires = bool(X[i] @ w + b >= 0)
            if fires == bool(y[i]):
                continue
            mistakes[epoch_number] += 1
            if fires:
                w -= X[i]
                b -= 1
            else:
                w += X[i]
                b += 1
        if mistakes[epoch_number] == 0:
            return w, b, mistakes
    return w, b, mistakes


# %% right train: the helper of the unit for the outputs
def train(X, y, epochs):
    w, b, mistakes = torch.zeros_like(X[0]), 0.0, [len(X)]
    while mistakes[-1] > 0 and len(mistakes) <= epochs:
        errors = torch.zeros(len(X))
        for i in range(len(X)):
            errors[i] = y[i] - fire(X[i : i + 1], w, b)[0]
            w = w + errors[i] * X[i]
            b = b + errors[i].item()
        mistakes.append(int(errors.abs().sum()))
    return w, b, mistakes[1:]


# %% wrong train: the weights moved away from the target
def train(X, y, epochs):
    w, b, mistakes = torch.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        wrong = 0
        for x, target in zip(X, y):
            y_hat = 1.0 if (w * x).sum() + b >= 0 else 0.0
            error = y_hat - target.item()
            w, b = w + error * x, b + error
            wrong += int(error != 0)
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes


# %% wrong train: The sum was 0: what is the step of 0
def train(X, y, epochs):
    w, b, mistakes = torch.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        wrong = 0
        for x, target in zip(X, y):
            y_hat = 1.0 if (w * x).sum() + b > 0 else 0.0
            error = target.item() - y_hat
            w, b = w + error * x, b + error
            wrong += int(error != 0)
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes


# %% wrong train: count see negative errors, and come before the correction
def train(X, y, epochs):
    w, b, mistakes = torch.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        for x, target in zip(X, y):
            error = target.item() - (1.0 if (w * x).sum() + b >= 0 else 0.0)
            w, b = w + error * x, b + error
        mistakes.append(int((fire(X, w, b) != y).sum()))
        if mistakes[-1] == 0:
            break
    return w, b, mistakes


# %% wrong train: They can be negative
def train(X, y, epochs):
    w, b, mistakes = torch.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        total = 0
        for x, target in zip(X, y):
            error = target.item() - (1.0 if (w * x).sum() + b >= 0 else 0.0)
            w, b = w + error * x, b + error
            total += error
        mistakes.append(int(total))
        if total == 0:
            break
    return w, b, mistakes


# %% wrong train: Which comes first, the `append` or the `break`
def train(X, y, epochs):
    w, b, mistakes = torch.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        wrong = 0
        for x, target in zip(X, y):
            error = target.item() - (1.0 if (w * x).sum() + b >= 0 else 0.0)
            w, b = w + error * x, b + error
            wrong += int(error != 0)
        if wrong == 0:
            break
        mistakes.append(wrong)
    return w, b, mistakes


# %% wrong train: When should training stop
def train(X, y, epochs):
    w, b, mistakes = torch.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        wrong = 0
        for x, target in zip(X, y):
            error = target.item() - (1.0 if (w * x).sum() + b >= 0 else 0.0)
            w, b = w + error * x, b + error
            wrong += int(error != 0)
        mistakes.append(wrong)
    return w, b, mistakes


# %% wrong train: does the counter start at 0 in every epoch
def train(X, y, epochs):
    w, b, mistakes, wrong = torch.zeros(X.shape[1]), 0.0, [], 0
    for _ in range(epochs):
        for x, target in zip(X, y):
            error = target.item() - (1.0 if (w * x).sum() + b >= 0 else 0.0)
            w, b = w + error * x, b + error
            wrong += int(error != 0)
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes


# %% wrong train: Where do the weights
def train(X, y, epochs):
    mistakes = []
    for _ in range(epochs):
        w, b, wrong = torch.zeros(X.shape[1]), 0.0, 0
        for x, target in zip(X, y):
            error = target.item() - (1.0 if (w * x).sum() + b >= 0 else 0.0)
            w, b = w + error * x, b + error
            wrong += int(error != 0)
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes


# %% wrong train: Is `return` inside the outer loop
def train(X, y, epochs):
    w, b, mistakes = torch.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        wrong = 0
        for x, target in zip(X, y):
            error = target.item() - (1.0 if (w * x).sum() + b >= 0 else 0.0)
            w, b = w + error * x, b + error
            wrong += int(error != 0)
        mistakes.append(wrong)
        return w, b, mistakes


# %% wrong train: the bias is still 0
def train(X, y, epochs):
    w, b, mistakes = torch.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        wrong = 0
        for x, target in zip(X, y):
            error = target.item() - (1.0 if (w * x).sum() + b >= 0 else 0.0)
            w = w + error * x
            wrong += int(error != 0)
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes


# %% wrong train: the weights waited for the end of the epoch
def train(X, y, epochs):
    w, b, mistakes = torch.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        errors = y - torch.where(X @ w + b >= 0, 1.0, 0.0)
        w = w + errors @ X
        b = b + errors.sum().item()
        mistakes.append(int(errors.abs().sum()))
        if mistakes[-1] == 0:
            break
    return w, b, mistakes


# %% wrong train: should return a tuple of three things
def train(X, y, epochs):
    w, b = torch.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        for x, target in zip(X, y):
            error = target.item() - (1.0 if (w * x).sum() + b >= 0 else 0.0)
            w, b = w + error * x, b + error
    return w, b


# %% wrong train: these are the mistakes of a perceptron without a bias
def train(X, y, epochs):
    w, b, mistakes = torch.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        wrong = 0
        for x, target in zip(X, y):
            error = target.item() - (1.0 if (w * x).sum() >= 0 else 0.0)
            w, b = w + error * x, b + error
            wrong += int(error != 0)
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes


# %% wrong train: does a `break` or `return` stand in
def train(X, y, epochs):
    w, b, mistakes = torch.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        wrong = 0
        for x, target in zip(X, y):
            error = target.item() - (1.0 if (w * x).sum() + b >= 0 else 0.0)
            w, b = w + error * x, b + error
            if error != 0:
                wrong += 1
            else:
                break
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes


# %% wrong train: in which loop does `append` stand
def train(X, y, epochs):
    w, b, mistakes = torch.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        wrong = 0
        for x, target in zip(X, y):
            error = target.item() - (1.0 if (w * x).sum() + b >= 0 else 0.0)
            w, b = w + error * x, b + error
            wrong += int(error != 0)
            mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes


# %% wrong train: should be a list
def train(X, y, epochs):
    w, b, mistakes = torch.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        wrong = 0
        for x, target in zip(X, y):
            error = target.item() - (1.0 if (w * x).sum() + b >= 0 else 0.0)
            w, b = w + error * x, b + error
            wrong += int(error != 0)
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, sum(mistakes)


# %% wrong train: half of the right step
def train(X, y, epochs):
    w, b, mistakes = torch.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        wrong = 0
        for x, target in zip(X, y):
            error = target.item() - (1.0 if (w * x).sum() + b >= 0 else 0.0)
            w, b = w + 0.5 * error * x, b + 0.5 * error
            wrong += int(error != 0)
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes


# %% wrong train: the right number, in shape (1,)
def train(X, y, epochs):
    w, b, mistakes = torch.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        wrong = 0
        for x, target in zip(X, y):
            error = target - fire(x.unsqueeze(0), w, b)
            w, b = w + error * x, b + error
            wrong += int(error != 0)
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes


# %% right exactly: at least k, but not at least k + 1
def exactly(k, n):
    b1 = torch.tensor([0.5 - k, -0.5 - k])
    return torch.ones(2, n), b1, torch.tensor([1.0, -1.0]), -0.5


# %% right exactly: at least k and at most k
def exactly(k, n):
    W1 = torch.stack([torch.ones(n), -torch.ones(n)])
    b1 = torch.tensor([float(-k), float(k)])
    return W1, b1, torch.ones(2), -1.5


# %% right exactly: neither fewer nor more
def exactly(k, n):
    W1 = torch.ones(2, n)
    W1[0] = -1.0
    b1 = torch.tensor([k - 0.5, -k - 0.5])
    return W1, b1, torch.tensor([-1.0, -1.0]), 0.0


# %% right exactly: a hidden neuron for every count, two of them used
def exactly(k, n):
    counts = torch.arange(n + 2)
    W1 = torch.ones(n + 2, n)
    w2 = torch.zeros(n + 2)
    w2[k] = 2.0
    w2[k + 1] = -2.0
    return W1, 0.5 - counts, w2, torch.tensor(-1.0)


# %% wrong exactly: it answers as AND
def exactly(k, n):
    b1 = torch.tensor([-k - 0.5, -k - 1.5])
    return torch.ones(2, n), b1, torch.tensor([1.0, -1.0]), -0.5


# %% wrong exactly: that is OR
def exactly(k, n):
    b1 = torch.tensor([0.5 - k, -0.5 - k])
    return torch.ones(2, n), b1, torch.ones(2), -0.5


# %% wrong exactly: yes and no are swapped
def exactly(k, n):
    b1 = torch.tensor([0.5 - k, -0.5 - k])
    return torch.ones(2, n), b1, torch.tensor([-1.0, 1.0]), 0.5


# %% wrong exactly: it never fires
def exactly(k, n):
    b1 = torch.tensor([0.5 - k, -0.5 - k])
    return torch.ones(2, n), b1, torch.tensor([-1.0, 1.0]), -0.5


# %% wrong exactly: it always fires
def exactly(k, n):
    b1 = torch.tensor([0.5 - k, -0.5 - k])
    return torch.ones(2, n), b1, torch.tensor([1.0, -1.0]), 0.0


# %% wrong exactly: two inputs, not three
def exactly(k, n):
    W1 = torch.ones(2, 2)
    return W1, torch.tensor([-0.5, -1.5]), torch.tensor([1.0, -1.0]), -0.5


# %% wrong exactly: it fires for exactly 1 of 3
def exactly(k, n):
    b1 = torch.tensor([-0.5, -1.5])
    return torch.ones(2, n), b1, torch.tensor([1.0, -1.0]), -0.5


# %% wrong exactly: it fires for 1 of 3 as well
def exactly(k, n):
    b1 = torch.tensor([-0.5, -0.5 - k])
    return torch.ones(2, n), b1, torch.tensor([1.0, -1.0]), -0.5


# %% wrong exactly: should return a tuple of four things
def exactly(k, n):
    return torch.ones(n), 0.5 - k


# %% wrong exactly: the shapes do not fit
def exactly(k, n):
    b1 = torch.tensor([0.5 - k, -0.5 - k, 0.0])
    return torch.ones(2, n), b1, torch.tensor([1.0, -1.0]), -0.5


# %% wrong exactly: holds whole numbers
def exactly(k, n):
    W1 = torch.tensor([[1] * n, [1] * n])
    b1 = torch.tensor([0.5 - k, -0.5 - k])
    return W1, b1, torch.tensor([1.0, -1.0]), -0.5


# %% wrong exactly: one row for each input
def exactly(k, n):
    b1 = torch.tensor([0.5 - k, -0.5 - k])
    return torch.ones(n, 2), b1, torch.tensor([1.0, -1.0]), -0.5


# %% wrong exactly: it fires for 1 and for 2 of 3
def exactly(k, n):
    b1 = torch.tensor([0.5 - k, 0.5 - n])
    return torch.ones(2, n), b1, torch.tensor([1.0, -1.0]), -0.5


# %% wrong exactly: it fires for exactly 0
def exactly(k, n):
    b1 = torch.tensor([1.5 - k, 0.5 - k])
    return torch.ones(2, n), b1, torch.tensor([1.0, -1.0]), -0.5


# %% wrong exactly: the shapes of exactly(2, 3) do not fit
def exactly(k, n):
    return torch.ones(n, n), torch.tensor([0.5 - k, -0.5 - k]), torch.tensor([1.0, -1.0]), -0.5


# %% wrong exactly: it fires for 0 and for 1
def exactly(k, n):
    W1, b1 = torch.ones(2, n), torch.tensor([0.5 - k, -0.5 - k])
    if k == 0:
        b1 = torch.tensor([0.5, -1.5])
    return W1, b1, torch.tensor([1.0, -1.0]), -0.5


# %% wrong exactly: it never fires. With k = 0
def exactly(k, n):
    W1 = torch.zeros(2, n)
    W1[0, :] = 1.0
    W1[1, :] = 1.0
    b1 = torch.tensor([-(k or 1) + 0.5, -k - 0.5])
    return W1, b1, torch.tensor([1.0, -1.0]), -0.5


# %% wrong exactly: it fires when no input is on, too
def exactly(k, n):
    b1 = torch.tensor([0.5 - k, -0.5 - k])
    return torch.ones(2, n), b1, torch.tensor([1.0, -2.0]), 0.5


# %% wrong one-neuron: the record of autograd is lost
def one_neuron(x, w, b):
    z = b
    for i in range(len(x)):
        z += w[i].item() * x[i].item()
    return torch.sigmoid(torch.tensor(z))


# %% wrong one-neuron: the bias has the wrong sign in effect
def one_neuron(x, w, b):
    return 1 / (1 + torch.exp(-(w * x).sum() + b))


# %% wrong one-neuron: all inputs were added up, and all weights
def one_neuron(x, w, b):
    return torch.sigmoid(w.sum() * x.sum() + b)


# %% wrong one-neuron: 0.6225 is the answer of section 2.2
x1, x2 = 5.0, 1.0
w1, w2, bias = 0.5, 2.0, -4.0


def one_neuron(x, w, b):
    return torch.sigmoid(torch.tensor(w1 * x1 + w2 * x2 + bias))


# %% wrong one-neuron: each product went through the sigmoid by itself
def one_neuron(x, w, b):
    return torch.sigmoid(w * x).sum() + b


# %% wrong one-neuron: the third input has no say
def one_neuron(x, w, b):
    return torch.sigmoid(w[0] * x[0] + w[1] * x[1] + b)


# %% wrong one-neuron: the numbers of section 2.2 went in
x1, x2 = 5.0, 1.0
w1, w2 = 0.5, 2.0


def one_neuron(x, w, b):
    return torch.sigmoid(torch.tensor(w1 * x1 + w2 * x2 + b))


# %% wrong one-neuron: the output is 0 or 1 only
def one_neuron(x, w, b):
    return ((w * x).sum() + b > 0).float()


# %% wrong neuron-batch: the record of autograd is lost
def neuron_batch(X, w, b):
    outputs = []
    for row in X:
        outputs.append(torch.sigmoid((row * w).sum() + b).item())
    return torch.tensor(outputs)


# %% wrong neuron-batch: the bias was always -4
def neuron_batch(X, w, b):
    return torch.sigmoid(X @ w - 4.0)


# %% wrong neuron-batch: the third feature has no say
def neuron_batch(X, w, b):
    return torch.sigmoid(w[0] * X[:, 0] + w[1] * X[:, 1] + b)


# %% wrong layer-output: the record of autograd is lost
def layer_output(X, W, b):
    out = []
    for row in X:
        out.append([torch.sigmoid((row * W[j]).sum() + b[j]).item() for j in range(len(W))])
    return torch.tensor(out)


# %% wrong layer-output: and the biases met the samples
def layer_output(X, W, b):
    return torch.sigmoid(W @ X.T + b)


# %% wrong layer-output: the record belongs to a copy
def layer_output(X, W, b):
    layer = nn.Linear(W.shape[1], W.shape[0])
    layer.weight = nn.Parameter(W)
    layer.bias = nn.Parameter(b)
    return torch.sigmoid(layer(X))


# %% wrong step: the comparison points the
def step(z):
    return torch.where(z <= 0, 1.0, 0.0)


# %% wrong step: every sum gave 1
def step(z):
    z = z.clone()
    z[z < 0] = 0.0
    z[z >= 0] = 1.0
    return z


# %% wrong step: this is a sigmoid
def step(z):
    return torch.sigmoid(z)
