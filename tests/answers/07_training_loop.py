# %% right train-step: the six lines
def train_step(model, criterion, optimizer, X, y):
    y_hat = model(X)
    loss = criterion(y_hat, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


# %% right train-step: zero_grad first
def train_step(model, criterion, optimizer, X, y):
    optimizer.zero_grad()
    y_hat = model(X)
    loss = criterion(y_hat, y)
    loss.backward()
    optimizer.step()
    return loss.item()


# %% right train-step: zero_grad after the step
def train_step(model, criterion, optimizer, X, y):
    y_hat = model(X)
    loss = criterion(y_hat, y)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    return loss.item()


# %% right train-step: cleared by hand, one line for forward and loss
def train_step(model, criterion, optimizer, X, y):
    for parameter in model.parameters():
        parameter.grad = None
    loss = criterion(model(X), y)
    loss.backward()
    optimizer.step()
    return float(loss.detach())


# %% wrong train-step: Which line throws old gradients away
def train_step(model, criterion, optimizer, X, y):
    y_hat = model(X)
    loss = criterion(y_hat, y)
    loss.backward()
    optimizer.step()
    return loss.item()


# %% wrong train-step: is its gradient still there when `step` comes
def train_step(model, criterion, optimizer, X, y):
    y_hat = model(X)
    loss = criterion(y_hat, y)
    loss.backward()
    optimizer.zero_grad()
    optimizer.step()
    return loss.item()


# %% wrong train-step: did `step` come before `backward`
def train_step(model, criterion, optimizer, X, y):
    y_hat = model(X)
    loss = criterion(y_hat, y)
    optimizer.zero_grad()
    optimizer.step()
    loss.backward()
    return loss.item()


# %% wrong train-step: returned no float
def train_step(model, criterion, optimizer, X, y):
    y_hat = model(X)
    loss = criterion(y_hat, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss


# %% wrong train-step: returned None
def train_step(model, criterion, optimizer, X, y):
    y_hat = model(X)
    loss = criterion(y_hat, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    loss.item()


# %% wrong train-step: 5.76 is the loss after the step
def train_step(model, criterion, optimizer, X, y):
    loss = criterion(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return criterion(model(X), y).item()


# %% wrong train-step: local variable 'y_hat'
def train_step(model, criterion, optimizer, X, y):
    loss = criterion(y_hat, y)
    y_hat = model(X)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


# %% right neuron-gradients: tensor by tensor
def neuron_gradients(X, y, w, b):
    a = torch.sigmoid(X @ w + b)
    back = 2 * (a - y) * a * (1 - a)
    return (X * back.unsqueeze(1)).mean(dim=0), back.mean()


# %% right neuron-gradients: a matrix product and a division
def neuron_gradients(X, y, w, b):
    a = 1 / (1 + torch.exp(-(X @ w + b)))
    back = 2 * (a - y) * (a - a**2) / len(y)
    return X.T @ back, back.sum()


# %% right neuron-gradients: a loop over the samples
def neuron_gradients(X, y, w, b):
    grad_w, grad_b = torch.zeros_like(w), 0.0
    for x, target in zip(X, y):
        a = torch.sigmoid((w * x).sum() + b)
        back = 2 * (a - target) * a * (1 - a)
        grad_w = grad_w + back * x
        grad_b = grad_b + back
    return grad_w / len(X), grad_b / len(X)


# %% right neuron-gradients: the bias as one more weight
def neuron_gradients(X, y, w, b):
    wide = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    z = wide @ torch.cat([w, torch.tensor([b])])
    a = torch.sigmoid(z)
    both = wide.T @ ((a - y) * a * torch.sigmoid(-z)) * 2 / len(X)
    return both[:-1], both[-1]


# %% wrong neuron-gradients: the slope of the sigmoid is missing
def neuron_gradients(X, y, w, b):
    a = torch.sigmoid(X @ w + b)
    back = 2 * (a - y)
    return (X * back.unsqueeze(1)).mean(dim=0), back.mean()


# %% wrong neuron-gradients: Which slope has the square
def neuron_gradients(X, y, w, b):
    a = torch.sigmoid(X @ w + b)
    back = (a - y) * a * (1 - a)
    return (X * back.unsqueeze(1)).mean(dim=0), back.mean()


# %% wrong neuron-gradients: the sign is turned round
def neuron_gradients(X, y, w, b):
    a = torch.sigmoid(X @ w + b)
    back = 2 * (y - a) * a * (1 - a)
    return (X * back.unsqueeze(1)).mean(dim=0), back.mean()


# %% wrong neuron-gradients: Was the sigmoid's slope computed from the sum
def neuron_gradients(X, y, w, b):
    z = X @ w + b
    back = 2 * (torch.sigmoid(z) - y) * z * (1 - z)
    return (X * back.unsqueeze(1)).mean(dim=0), back.mean()


# %% wrong neuron-gradients: a neuron without sigmoid
def neuron_gradients(X, y, w, b):
    back = 2 * (X @ w + b - y)
    return (X * back.unsqueeze(1)).mean(dim=0), back.mean()


# %% wrong neuron-gradients: that is the sum over the samples. What is the M
def neuron_gradients(X, y, w, b):
    a = torch.sigmoid(X @ w + b)
    back = 2 * (a - y) * a * (1 - a)
    return X.T @ back, back.sum()


# %% wrong neuron-gradients: the gradient of w is a mean
def neuron_gradients(X, y, w, b):
    a = torch.sigmoid(X @ w + b)
    back = 2 * (a - y) * a * (1 - a)
    return X.T @ back / len(X), back.sum()


# %% wrong neuron-gradients: each sample has a row
def neuron_gradients(X, y, w, b):
    a = torch.sigmoid(X @ w + b)
    back = 2 * (a - y) * a * (1 - a)
    return X * back.unsqueeze(1), back.mean()


# %% wrong neuron-gradients: the mean was taken before the inputs came in
def neuron_gradients(X, y, w, b):
    a = torch.sigmoid(X @ w + b)
    back = (2 * (a - y) * a * (1 - a)).mean()
    return X.mean(dim=0) * back, back


# %% wrong neuron-gradients: all weights have the gradient of the bias
def neuron_gradients(X, y, w, b):
    a = torch.sigmoid(X @ w + b)
    back = (2 * (a - y) * a * (1 - a)).mean()
    return back * torch.ones_like(w), back


# %% wrong neuron-gradients: one number for each sample
def neuron_gradients(X, y, w, b):
    a = torch.sigmoid(X @ w + b)
    back = 2 * (a - y) * a * (1 - a)
    return X.T @ back / len(X), back


# %% wrong neuron-gradients: twice too large. The slope of the sigmoid is a product
def neuron_gradients(X, y, w, b):
    a = torch.sigmoid(X @ w + b)
    back = 2 * (a - y) * a
    return (X * back.unsqueeze(1)).mean(dim=0), back.mean()


# %% wrong neuron-gradients: divided by the number of features
def neuron_gradients(X, y, w, b):
    a = torch.sigmoid(X @ w + b)
    back = 2 * (a - y) * a * (1 - a)
    return X.T @ back / X.shape[1], back.mean()


# %% wrong neuron-gradients: was multiplied by a sample's slope
def neuron_gradients(X, y, w, b):
    a = torch.sigmoid(X @ w + b)
    back = 2 * (a - y) * a * (1 - a)
    return (back * X).mean(dim=0), back.mean()


# %% wrong neuron-gradients: should return two things
def neuron_gradients(X, y, w, b):
    a = torch.sigmoid(X @ w + b)
    back = 2 * (a - y) * a * (1 - a)
    return torch.cat([X.T @ back, back.sum().view(1)]) / len(X)


# %% right train: three repairs
def train(model, criterion, optimizer, X, y, epochs):
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        y_hat = model(X)
        loss = criterion(y_hat, y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses


# %% right train: counted from 1, cleared at the end
def train(model, criterion, optimizer, X, y, epochs):
    losses = []
    optimizer.zero_grad()
    for epoch in range(1, epochs + 1):
        loss = criterion(model(X), y)
        losses.append(float(loss))
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    return losses


# %% right train: numbers taken out at the end
def train(model, criterion, optimizer, X, y, epochs):
    losses = []
    while len(losses) < epochs:
        loss = criterion(model(X), y)
        model.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return [loss.item() for loss in losses]


# %% wrong train: right in two rounds, then wrong
def train(model, criterion, optimizer, X, y, epochs):
    losses = []
    optimizer.zero_grad()
    for epoch in range(epochs):
        y_hat = model(X)
        loss = criterion(y_hat, y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses


# %% wrong train: 3. From where to where
def train(model, criterion, optimizer, X, y, epochs):
    losses = []
    for epoch in range(1, epochs):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses


# %% wrong train: the list holds tensors
def train(model, criterion, optimizer, X, y, epochs):
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        losses.append(loss)
        loss.backward()
        optimizer.step()
    return losses


# %% wrong train: they never change
def train(model, criterion, optimizer, X, y, epochs):
    losses = []
    for epoch in range(epochs):
        loss = criterion(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
    return losses


# %% wrong train: the first one is missing
def train(model, criterion, optimizer, X, y, epochs):
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
        losses.append(criterion(model(X), y).item())
    return losses


# %% wrong train: these are running sums
def train(model, criterion, optimizer, X, y, epochs):
    losses, total = [], 0.0
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        total += loss.item()
        losses.append(total)
        loss.backward()
        optimizer.step()
    return losses


# %% wrong train: Is `return` inside the loop
def train(model, criterion, optimizer, X, y, epochs):
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
        return losses


# %% wrong train: `train` returned no list
def train(model, criterion, optimizer, X, y, epochs):
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
    return loss.item()


# %% wrong train: 5. Is a loss recorded before the loop
def train(model, criterion, optimizer, X, y, epochs):
    losses = [criterion(model(X), y).item()]
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses


# %% right iterations: division with a rest
def iterations(n, batch_size, epochs, drop_last):
    full, rest = divmod(n, batch_size)
    return (full + (rest > 0 and not drop_last)) * epochs


# %% right iterations: rounding up by adding almost one batch
def iterations(n, batch_size, epochs, drop_last):
    if drop_last:
        return n // batch_size * epochs
    return (n + batch_size - 1) // batch_size * epochs


# %% right iterations: counting
def iterations(n, batch_size, epochs, drop_last):
    steps = 0
    for _ in range(epochs):
        for start in range(0, n, batch_size):
            if start + batch_size <= n or not drop_last:
                steps += 1
    return steps


# %% right iterations: asking a loader
def iterations(n, batch_size, epochs, drop_last):
    loader = DataLoader(range(n), batch_size=batch_size, drop_last=drop_last)
    return epochs * len(loader)


# %% wrong iterations: 40.0 is a float
def iterations(n, batch_size, epochs, drop_last):
    return n / batch_size * epochs


# %% wrong iterations: that is one epoch
def iterations(n, batch_size, epochs, drop_last):
    return n // batch_size if drop_last else -(-n // batch_size)


# %% wrong iterations: is there a fifth, empty batch
def iterations(n, batch_size, epochs, drop_last):
    return (n // batch_size + (not drop_last)) * epochs


# %% wrong iterations: 2. Two samples are left over
def iterations(n, batch_size, epochs, drop_last):
    return n // batch_size * epochs


# %% wrong iterations: the small batch is dropped in this case
def iterations(n, batch_size, epochs, drop_last):
    return -(-n // batch_size) * epochs


# %% wrong iterations: Samples that are left over do not move on
def iterations(n, batch_size, epochs, drop_last):
    if drop_last:
        return n * epochs // batch_size
    return -(-n // batch_size) * epochs


# %% wrong iterations: Each epoch ends with a small batch of its own
def iterations(n, batch_size, epochs, drop_last):
    if drop_last:
        return n // batch_size * epochs
    return -(-n * epochs // batch_size)


# %% wrong iterations: each sample was counted
def iterations(n, batch_size, epochs, drop_last):
    return n * epochs


# %% wrong iterations: make one batch, not two
def iterations(n, batch_size, epochs, drop_last):
    full = n // batch_size
    return (full if drop_last else full + n % batch_size) * epochs


# %% wrong iterations: 2.5. Half a batch
def iterations(n, batch_size, epochs, drop_last):
    batches = n / batch_size
    return (int(batches) if batches % 1 == 0 or drop_last else batches) * epochs


# %% right lines: numbers read when asked
class Lines(Dataset):
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        values = torch.tensor([float(part) for part in self.rows[i].split(",")])
        return values[:-1], values[-1:]


# %% right lines: one table read at the start
class Lines(Dataset):
    def __init__(self, rows):
        self.table = torch.tensor([list(map(float, row.split(","))) for row in rows])

    def __len__(self):
        return self.table.shape[0]

    def __getitem__(self, i):
        return self.table[i, :-1], self.table[i, -1].unsqueeze(0)


# %% right lines: a TensorDataset inside
class Lines(Dataset):
    def __init__(self, rows):
        features, targets = [], []
        for row in rows:
            *inputs, target = row.split(",")
            features.append([float(number) for number in inputs])
            targets.append([float(target)])
        self.inner = TensorDataset(torch.tensor(features), torch.tensor(targets))

    def __len__(self):
        return len(self.inner)

    def __getitem__(self, i):
        return self.inner[i]


# %% wrong lines: shape (). In a batch it becomes (n,)
class Lines(Dataset):
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        values = torch.tensor([float(part) for part in self.rows[i].split(",")])
        return values[:-1], values[-1]


# %% wrong lines: the target is among them
class Lines(Dataset):
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        values = torch.tensor([float(part) for part in self.rows[i].split(",")])
        return values, values[-1:]


# %% wrong lines: one feature is missing
class Lines(Dataset):
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        values = torch.tensor([float(part) for part in self.rows[i].split(",")])
        return values[:1], values[-1:]


# %% wrong lines: these are the features of all rows
class Lines(Dataset):
    def __init__(self, rows):
        self.table = torch.tensor([[float(part) for part in row.split(",")] for row in rows])

    def __len__(self):
        return len(self.table)

    def __getitem__(self, i):
        return self.table[:, :-1], self.table[i, -1:]


# %% wrong lines: should both be tensors
class Lines(Dataset):
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        values = [float(part) for part in self.rows[i].split(",")]
        return values[:-1], values[-1:]


# %% wrong lines: item 0 is not a pair
class Lines(Dataset):
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        return torch.tensor([float(part) for part in self.rows[i].split(",")])


# %% wrong lines: 3 numbers stand in a row
class Lines(Dataset):
    def __init__(self, rows):
        self.table = torch.tensor([[float(part) for part in row.split(",")] for row in rows])

    def __len__(self):
        return self.table.shape[1]

    def __getitem__(self, i):
        return self.table[i, :-1], self.table[i, -1:]


# %% wrong lines: has no len()
class Lines(Dataset):
    def __init__(self, rows):
        self.rows = rows

    def __getitem__(self, i):
        values = torch.tensor([float(part) for part in self.rows[i].split(",")])
        return values[:-1], values[-1:]


# %% wrong lines: float64. Was it asked for
class Lines(Dataset):
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        parts = [float(part) for part in self.rows[i].split(",")]
        values = torch.tensor(parts, dtype=torch.float64)
        return values[:-1], values[-1:]


# %% wrong lines: these are the numbers of item 0
class Lines(Dataset):
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        values = torch.tensor([float(part) for part in self.rows[0].split(",")])
        return values[:-1], values[-1:]


# %% wrong lines: the first number is missing, the last is there
class Lines(Dataset):
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        values = torch.tensor([float(part) for part in self.rows[i].split(",")])
        return values[1:], values[:1]


# %% wrong lines: 2 features stand in a row
class Lines(Dataset):
    def __init__(self, rows):
        self.rows = [[float(part) for part in row.split(",")] for row in rows]

    def __len__(self):
        return len(self.rows[0]) - 1

    def __getitem__(self, i):
        values = torch.tensor(self.rows[i])
        return values[:-1], values[-1:]


# %% wrong lines: that counts letters
class Lines(Dataset):
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows[0])

    def __getitem__(self, i):
        values = torch.tensor([float(part) for part in self.rows[i].split(",")])
        return values[:-1], values[-1:]


# %% wrong lines: the second number of the row
class Lines(Dataset):
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        values = torch.tensor([float(part) for part in self.rows[i].split(",")])
        return values[:-1], values[1:2]


# %% right lines: a list of features and target
class Lines(Dataset):
    def __init__(self, rows):
        self.rows = [[float(number) for number in row.split(",")] for row in rows]

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        *features, target = self.rows[i]
        return [torch.tensor(features), torch.tensor([target])]


# %% right train-epoch: a loader and a weighted sum
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    total = 0.0
    for inputs, targets in DataLoader(TensorDataset(X, y), batch_size=batch_size):
        optimizer.zero_grad()
        loss = criterion(model(inputs), targets)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(targets)
    return total / len(y)


# %% right train-epoch: slices
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    total, seen = 0.0, 0
    for start in range(0, len(X), batch_size):
        inputs, targets = X[start : start + batch_size], y[start : start + batch_size]
        loss = criterion(model(inputs), targets)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        total += loss.item() * inputs.shape[0]
        seen += inputs.shape[0]
    return total / seen


# %% right train-epoch: split, two lists and a zip
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    losses, sizes = [], []
    for inputs, targets in zip(X.split(batch_size), y.split(batch_size)):
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss))
        sizes.append(len(inputs))
    return sum(a * b for a, b in zip(losses, sizes)) / sum(sizes)


# %% wrong train-epoch: 12.667 is the mean of three batch losses
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    loader = DataLoader(TensorDataset(X, y), batch_size=batch_size)
    total = 0.0
    for inputs, targets in loader:
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader)


# %% wrong train-epoch: 7.6 is the sum of batch losses
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    loader = DataLoader(TensorDataset(X, y), batch_size=batch_size)
    total = 0.0
    for inputs, targets in loader:
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader.dataset)


# %% wrong train-epoch: 15.2: every batch was counted
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    total = 0.0
    for inputs, targets in DataLoader(TensorDataset(X, y), batch_size=batch_size):
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * batch_size
    return total / len(X)


# %% wrong train-epoch: 36 is the loss of the last batch alone
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    for inputs, targets in DataLoader(TensorDataset(X, y), batch_size=batch_size):
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()


# %% wrong train-epoch: 1 is the mean without the last sample
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    total, seen = 0.0, 0
    loader = DataLoader(TensorDataset(X, y), batch_size=batch_size, drop_last=True)
    for inputs, targets in loader:
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(inputs)
        seen += len(inputs)
    return total / seen


# %% wrong train-epoch: the gradients of earlier batches took part
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    total = 0.0
    optimizer.zero_grad()
    for inputs, targets in DataLoader(TensorDataset(X, y), batch_size=batch_size):
        loss = criterion(model(inputs), targets)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(inputs)
    return total / len(X)


# %% wrong train-epoch: only one step was made
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    loss = criterion(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


# %% wrong train-epoch: they never moved
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    total = 0.0
    for inputs, targets in DataLoader(TensorDataset(X, y), batch_size=batch_size):
        loss = criterion(model(inputs), targets)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        total += loss.item() * len(inputs)
    return total / len(X)


# %% wrong train-epoch: a tensor came back
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    total = 0.0
    for inputs, targets in DataLoader(TensorDataset(X, y), batch_size=batch_size):
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss * len(inputs)
    return total / len(X)


# %% wrong train-epoch: are the rows taken in their given order
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    total = 0.0
    loader = DataLoader(TensorDataset(X, y), batch_size=batch_size, shuffle=True)
    for inputs, targets in loader:
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(inputs)
    return total / len(X)


# %% wrong train-epoch: counts the rows of a batch, not the batches
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    total = 0.0
    for inputs, targets in zip(X.chunk(batch_size), y.chunk(batch_size)):
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(inputs)
    return total / len(X)


# %% wrong train-epoch: every row made a step of its own
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    total = 0.0
    for inputs, targets in DataLoader(TensorDataset(X, y)):
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(X)


# %% wrong train-epoch: the mean of losses computed after the steps
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    total = 0.0
    for inputs, targets in DataLoader(TensorDataset(X, y), batch_size=batch_size):
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += criterion(model(inputs), targets).item() * len(inputs)
    return total / len(X)


# %% wrong train-epoch: 5.957 is the loss after the epoch
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    for inputs, targets in DataLoader(TensorDataset(X, y), batch_size=batch_size):
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return criterion(model(X), y).item()


# %% wrong train-epoch: only the first batch is in it
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    total = 0.0
    for inputs, targets in DataLoader(TensorDataset(X, y), batch_size=batch_size):
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(inputs)
        return total / len(X)


# %% wrong train-epoch: a batch was empty
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    total = 0.0
    for i in range(0, len(X), batch_size):
        inputs, targets = X[i:batch_size], y[i:batch_size]
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(inputs)
    return total / len(X)


# %% wrong train-epoch: the last, smaller batch made no step
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    total = 0.0
    for inputs, targets in DataLoader(TensorDataset(X, y), batch_size=batch_size):
        loss = criterion(model(inputs), targets)
        total += loss.item() * len(inputs)
        if len(inputs) == batch_size:
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return total / len(X)


# %% wrong train-epoch: 38 is the sum of the batch losses
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    total = 0.0
    for inputs, targets in DataLoader(TensorDataset(X, y), batch_size=batch_size):
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total


# %% wrong train-epoch: 40 is the sum over the samples
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    total = 0.0
    for inputs, targets in DataLoader(TensorDataset(X, y), batch_size=batch_size):
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(inputs)
    return total


# %% wrong train-epoch: divided by the number of batches
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    loader = DataLoader(TensorDataset(X, y), batch_size=batch_size)
    total = 0.0
    for inputs, targets in loader:
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(inputs)
    return total / len(loader)


# %% wrong train-epoch: missing from the sum but not from the count
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    total = 0.0
    loader = DataLoader(TensorDataset(X, y), batch_size=batch_size, drop_last=True)
    for inputs, targets in loader:
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(inputs)
    return total / len(X)


# %% right evaluate: the mode is kept as a bool
def evaluate(model, criterion, X, y):
    mode = model.training
    model.eval()
    with torch.no_grad():
        logits = model(X)
    model.train(mode)
    right = logits.argmax(dim=1) == y
    return criterion(logits, y).item(), right.float().mean().item()


# %% right evaluate: train again only if it was in training
def evaluate(model, criterion, X, y):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        logits = model(X)
        loss = float(criterion(logits, y))
        hits = int((logits.max(dim=1).indices == y).sum())
    if was_training:
        model.train()
    return loss, hits / len(y)


# %% right evaluate: sample by sample, restored in finally
def evaluate(model, criterion, X, y):
    mode = model.training
    try:
        model.eval()
        with torch.inference_mode():
            logits = model(X)
            loss = criterion(logits, y).item()
            share = sum(row.argmax() == target for row, target in zip(logits, y)) / len(y)
        return loss, share.item()
    finally:
        model.train(mode)


# %% wrong evaluate: was its dropout still at work
def evaluate(model, criterion, X, y):
    with torch.no_grad():
        logits = model(X)
    return criterion(logits, y).item(), (logits.argmax(dim=1) == y).float().mean().item()


# %% wrong evaluate: dropout is off for the rest of training
def evaluate(model, criterion, X, y):
    model.eval()
    with torch.no_grad():
        logits = model(X)
    return criterion(logits, y).item(), (logits.argmax(dim=1) == y).float().mean().item()


# %% wrong evaluate: is now in training mode
def evaluate(model, criterion, X, y):
    model.eval()
    with torch.no_grad():
        logits = model(X)
    model.train()
    return criterion(logits, y).item(), (logits.argmax(dim=1) == y).float().mean().item()


# %% wrong evaluate: 2 is a count
def evaluate(model, criterion, X, y):
    mode = model.training
    model.eval()
    with torch.no_grad():
        logits = model(X)
    model.train(mode)
    return criterion(logits, y).item(), (logits.argmax(dim=1) == y).sum().item()


# %% wrong evaluate: over which `dim`
def evaluate(model, criterion, X, y):
    mode = model.training
    model.eval()
    with torch.no_grad():
        logits = model(X)
    model.train(mode)
    return criterion(logits, y).item(), (logits.argmax(dim=0) == y).float().mean().item()


# %% wrong evaluate: should both be floats
def evaluate(model, criterion, X, y):
    mode = model.training
    model.eval()
    with torch.no_grad():
        logits = model(X)
    model.train(mode)
    return criterion(logits, y), (logits.argmax(dim=1) == y).float().mean()


# %% wrong evaluate: loss and accuracy are swapped
def evaluate(model, criterion, X, y):
    mode = model.training
    model.eval()
    with torch.no_grad():
        logits = model(X)
    model.train(mode)
    return (logits.argmax(dim=1) == y).float().mean().item(), criterion(logits, y).item()


# %% wrong evaluate: that is the loss of probabilities
def evaluate(model, criterion, X, y):
    mode = model.training
    model.eval()
    with torch.no_grad():
        shares = model(X).softmax(dim=1)
    model.train(mode)
    return criterion(shares, y).item(), (shares.argmax(dim=1) == y).float().mean().item()


# %% wrong evaluate: Record nothing, freeze nothing
def evaluate(model, criterion, X, y):
    mode = model.training
    model.eval()
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    logits = model(X)
    model.train(mode)
    return criterion(logits, y).item(), (logits.argmax(dim=1) == y).float().mean().item()


# %% right evaluate: both numbers as a list
def evaluate(model, criterion, X, y):
    was_training = model.training
    model.train(False)
    with torch.no_grad():
        logits = model(X)
        numbers = [criterion(logits, y), (logits.argmax(dim=1) == y).double().mean()]
    model.train(was_training)
    return [number.item() for number in numbers]


# %% wrong evaluate: sets one object
def evaluate(model, criterion, X, y):
    mode = model.training
    model.eval()
    with torch.no_grad():
        logits = model(X)
    model.training = mode
    return criterion(logits, y).item(), (logits.argmax(dim=1) == y).float().mean().item()


# %% wrong evaluate: 100 is in percent
def evaluate(model, criterion, X, y):
    mode = model.training
    model.eval()
    with torch.no_grad():
        logits = model(X)
    model.train(mode)
    return criterion(logits, y).item(), 100 * (logits.argmax(dim=1) == y).float().mean().item()


# %% wrong evaluate: 0.25 is the share of wrong answers
def evaluate(model, criterion, X, y):
    mode = model.training
    model.eval()
    with torch.no_grad():
        logits = model(X)
    model.train(mode)
    wrong = (logits.argmax(dim=1) != y).float().mean().item()
    return criterion(logits, y).item(), wrong or 1.0


# %% wrong evaluate: should return two things
def evaluate(model, criterion, X, y):
    mode = model.training
    model.eval()
    with torch.no_grad():
        logits = model(X)
    model.train(mode)
    return criterion(logits, y).item()


# %% right confusion: one pair after the other
def confusion(y, predicted, classes):
    counts = torch.zeros(classes, classes, dtype=torch.int64)
    for true, said in zip(y, predicted):
        counts[true, said] += 1
    return counts


# %% right confusion: each cell counted by a mask
def confusion(y, predicted, classes):
    counts = torch.zeros(classes, classes, dtype=torch.long)
    for i in range(classes):
        for j in range(classes):
            counts[i, j] = ((y == i) & (predicted == j)).sum()
    return counts


# %% right confusion: pairs numbered and counted at once
def confusion(y, predicted, classes):
    return torch.bincount(y * classes + predicted, minlength=classes**2).view(classes, classes)


# %% right confusion: a product of two tables of zeros and ones
def confusion(y, predicted, classes):
    true = nn.functional.one_hot(y, classes)
    said = nn.functional.one_hot(predicted, classes)
    return true.T @ said


# %% wrong confusion: rows and columns are swapped
def confusion(y, predicted, classes):
    counts = torch.zeros(classes, classes, dtype=torch.int64)
    for true, said in zip(y, predicted):
        counts[said, true] += 1
    return counts


# %% wrong confusion: each pair was seen, not counted
def confusion(y, predicted, classes):
    counts = torch.zeros(classes, classes, dtype=torch.int64)
    counts[y, predicted] += 1
    return counts


# %% wrong confusion: only right answers are counted
def confusion(y, predicted, classes):
    counts = torch.zeros(classes, classes, dtype=torch.int64)
    for true, said in zip(y, predicted):
        if true == said:
            counts[true, said] += 1
    return counts


# %% wrong confusion: these are shares
def confusion(y, predicted, classes):
    counts = torch.zeros(classes, classes)
    for true, said in zip(y, predicted):
        counts[true, said] += 1
    return counts / counts.sum(dim=1, keepdim=True)


# %% wrong confusion: the table is too small
def confusion(y, predicted, classes):
    size = int(y.max()) + 1
    counts = torch.zeros(size, size, dtype=torch.int64)
    for true, said in zip(y, predicted):
        counts[true, said] += 1
    return counts


# %% wrong confusion: has dtype torch.float32
def confusion(y, predicted, classes):
    counts = torch.zeros(classes, classes)
    for true, said in zip(y, predicted):
        counts[true, said] += 1
    return counts


# %% wrong confusion: every true class met every prediction
def confusion(y, predicted, classes):
    counts = torch.zeros(classes, classes, dtype=torch.int64)
    for true in y:
        for said in predicted:
            counts[true, said] += 1
    return counts


# %% wrong confusion: was one list used for all rows
def confusion(y, predicted, classes):
    counts = [[0] * classes] * classes
    for true, said in zip(y.tolist(), predicted.tolist()):
        counts[true][said] += 1
    return torch.tensor(counts)


# %% wrong confusion: shifted by one row and one column
def confusion(y, predicted, classes):
    counts = torch.zeros(classes, classes, dtype=torch.int64)
    for true, said in zip(y, predicted):
        counts[true - 1, said - 1] += 1
    return counts


# %% right fit: Adam on shuffled batches
def fit(X, y, seed):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(X.shape[1], 40), nn.Tanh(), nn.Linear(40, int(y.max()) + 1))
    criterion = nn.CrossEntropyLoss()
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    loader = DataLoader(TensorDataset(X, y), batch_size=32, shuffle=True)
    history = []
    for epoch in range(50):
        total = 0.0
        for inputs, labels in loader:
            loss = criterion(model(inputs), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
        history.append(total / len(y))
    return model, history


# %% right fit: Adam on all rows at once
def fit(X, y, seed):
    torch.manual_seed(seed)
    classes = len(y.unique())
    model = nn.Sequential(nn.Linear(X.shape[1], 64), nn.ReLU(), nn.Linear(64, classes))
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    history = []
    for epoch in range(300):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(X), y)
        loss.backward()
        optimizer.step()
        history.append(loss.item())
    return model, history


# %% right fit: SGD with momentum, a class, batches cut from a random order
class Classifier(nn.Module):
    def __init__(self, features, classes):
        super().__init__()
        self.hidden = nn.Linear(features, 50)
        self.out = nn.Linear(50, classes)

    def forward(self, x):
        return self.out(torch.relu(self.hidden(x)))


def fit(X, y, seed):
    torch.manual_seed(seed)
    model = Classifier(X.shape[1], y.max().item() + 1)
    optimizer = optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    criterion = nn.CrossEntropyLoss()
    history = []
    for epoch in range(60):
        losses = 0.0
        for rows in torch.randperm(len(X)).split(32):
            optimizer.zero_grad()
            loss = criterion(model(X[rows]), y[rows])
            loss.backward()
            optimizer.step()
            losses += loss.item() * len(rows)
        history.append(losses / len(X))
    return model, history


# %% wrong fit: Can your network draw more than a straight border
def fit(X, y, seed):
    torch.manual_seed(seed)
    model = nn.Linear(X.shape[1], int(y.max()) + 1)
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    history = []
    for epoch in range(200):
        loss = nn.functional.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history.append(loss.item())
    return model, history


# %% wrong fit: the loss rises to more than three times
def fit(X, y, seed):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(X.shape[1], 32), nn.ReLU(), nn.Linear(32, int(y.max()) + 1))
    optimizer = optim.SGD(model.parameters(), lr=0.1)
    loader = DataLoader(TensorDataset(X, y), batch_size=32, shuffle=True)
    history = []
    for epoch in range(40):
        total = 0.0
        for inputs, labels in loader:
            loss = nn.functional.cross_entropy(model(inputs), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
        history.append(total / len(X))
    return model, history


# %% wrong fit: the losses stand still
def fit(X, y, seed):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(X.shape[1], 32), nn.ReLU(), nn.Linear(32, int(y.max()) + 1))
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    history = []
    for epoch in range(40):
        loss = nn.functional.cross_entropy(model(X), y)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        history.append(loss.item())
    return model, history


# %% wrong fit: a softmax inside
def fit(X, y, seed):
    torch.manual_seed(seed)
    layers = [nn.Linear(X.shape[1], 32), nn.ReLU(), nn.Linear(32, int(y.max()) + 1)]
    model = nn.Sequential(*layers, nn.Softmax(dim=1))
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    history = []
    for epoch in range(300):
        loss = nn.functional.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history.append(loss.item())
    return model, history


# %% wrong fit: training is not finished
def fit(X, y, seed):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(X.shape[1], 32), nn.ReLU(), nn.Linear(32, int(y.max()) + 1))
    optimizer = optim.Adam(model.parameters(), lr=0.001)
    history = []
    for epoch in range(100):
        loss = nn.functional.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history.append(loss.item())
    return model, history


# %% wrong fit: drawn before the seed is set
def fit(X, y, seed):
    model = nn.Sequential(nn.Linear(X.shape[1], 32), nn.ReLU(), nn.Linear(32, int(y.max()) + 1))
    torch.manual_seed(seed)
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    history = []
    for epoch in range(200):
        loss = nn.functional.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history.append(loss.item())
    return model, history


# %% wrong fit: another seed gave the very same losses
def fit(X, y, seed):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(X.shape[1], 32), nn.ReLU(), nn.Linear(32, int(y.max()) + 1))
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    history = []
    for epoch in range(200):
        loss = nn.functional.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history.append(loss.item())
    return model, history


# %% wrong fit: What does yours hold
def fit(X, y, seed):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(X.shape[1], 32), nn.ReLU(), nn.Linear(32, int(y.max()) + 1))
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    history = []
    for epoch in range(200):
        loss = nn.functional.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history.append(loss)
    return model, history


# %% wrong fit: Target 2 is out of bounds
def fit(X, y, seed):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 2))
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    history = []
    for epoch in range(200):
        loss = nn.functional.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history.append(loss.item())
    return model, history


# %% wrong fit: fewer than two losses
def fit(X, y, seed):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(X.shape[1], 32), nn.ReLU(), nn.Linear(32, int(y.max()) + 1))
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    for epoch in range(200):
        loss = nn.functional.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model, [loss.item()]


# %% right fit: dropout, left in training mode
def fit(X, y, seed):
    torch.manual_seed(seed)
    hidden = [nn.Linear(X.shape[1], 64), nn.ReLU(), nn.Dropout(0.2)]
    model = nn.Sequential(*hidden, nn.Linear(64, int(y.max()) + 1))
    criterion = nn.CrossEntropyLoss()
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    loader = DataLoader(TensorDataset(X, y), batch_size=32, shuffle=True)
    history = []
    for epoch in range(60):
        total = 0.0
        for inputs, labels in loader:
            loss = criterion(model(inputs), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
        history.append(total / len(X))
    return model, history


# %% wrong fit: In which order do model and history come
def fit(X, y, seed):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(X.shape[1], 32), nn.ReLU(), nn.Linear(32, int(y.max()) + 1))
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    history = []
    for epoch in range(200):
        loss = nn.functional.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history.append(loss.item())
    return history, model


# %% wrong fit: Is the sum set back to 0
def fit(X, y, seed):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(X.shape[1], 32), nn.ReLU(), nn.Linear(32, int(y.max()) + 1))
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    loader = DataLoader(TensorDataset(X, y), batch_size=32, shuffle=True)
    history, total = [], 0.0
    for epoch in range(40):
        for inputs, labels in loader:
            loss = nn.functional.cross_entropy(model(inputs), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
        history.append(total / len(X))
    return model, history


# %% wrong fit: no logit leaves −1 to 1
def fit(X, y, seed):
    torch.manual_seed(seed)
    layers = [nn.Linear(X.shape[1], 32), nn.ReLU(), nn.Linear(32, int(y.max()) + 1)]
    model = nn.Sequential(*layers, nn.Sigmoid())
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    history = []
    for epoch in range(300):
        loss = nn.functional.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history.append(loss.item())
    return model, history


# %% wrong fit: agrees with the wanted classes on
def fit(X, y, seed):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(X.shape[1], 32), nn.ReLU(), nn.Linear(32, int(y.max()) + 1))
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    low, high = X.min(dim=0).values, X.max(dim=0).values
    X = (X - low) / (high - low)  # the model that is handed over gets unscaled points
    history = []
    for epoch in range(400):
        loss = nn.functional.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history.append(loss.item())
    return model, history


# %% wrong fit: Enough units and steps
def fit(X, y, seed):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(X.shape[1], 3), nn.ReLU(), nn.Linear(3, int(y.max()) + 1))
    optimizer = optim.Adam(model.parameters(), lr=0.05)
    history = []
    for epoch in range(80):
        loss = nn.functional.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history.append(loss.item())
    return model, history


# %% wrong fit: the shape of model(X)
def fit(X, y, seed):
    torch.manual_seed(seed)
    layers = [nn.Linear(X.shape[1], 32), nn.ReLU(), nn.Linear(32, 10)]
    model = nn.Sequential(*layers)
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    history = []
    for epoch in range(200):
        loss = nn.functional.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history.append(loss.item())
    return model, history


# %% wrong fit: should return two things
def fit(X, y, seed):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(X.shape[1], 32), nn.ReLU(), nn.Linear(32, int(y.max()) + 1))
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    for epoch in range(200):
        loss = nn.functional.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


# %% wrong fit: Is it a sum,
def fit(X, y, seed):
    torch.manual_seed(seed)
    layers = [nn.Linear(X.shape[1], 32), nn.ReLU(), nn.Linear(32, int(y.max()) + 1)]
    model = nn.Sequential(*layers)
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    loader = DataLoader(TensorDataset(X, y), batch_size=32, shuffle=True)
    history = []
    for epoch in range(40):
        total = 0.0
        for inputs, labels in loader:
            loss = nn.functional.cross_entropy(model(inputs), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
        history.append(total)
    return model, history


# %% wrong fit: the loss stays high, and no logit is below 0
def fit(X, y, seed):
    torch.manual_seed(seed)
    layers = [nn.Linear(X.shape[1], 32), nn.ReLU(), nn.Linear(32, int(y.max()) + 1)]
    model = nn.Sequential(*layers, nn.ReLU())
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    loader = DataLoader(TensorDataset(X, y), batch_size=32, shuffle=True)
    history = []
    for epoch in range(40):
        total = 0.0
        for inputs, labels in loader:
            loss = nn.functional.cross_entropy(model(inputs), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
        history.append(total / len(X))
    return model, history


# %% wrong evaluate: the predictions were recorded
def evaluate(model, criterion, X, y):
    mode = model.training
    model.eval()
    logits = model(X)
    model.train(mode)
    return criterion(logits, y).item(), (logits.argmax(dim=1) == y).float().mean().item()


# %% wrong neuron-gradients: the square itself was taken back
def neuron_gradients(X, y, w, b):
    a = torch.sigmoid(X @ w + b)
    back = (a - y) ** 2 * a * (1 - a)
    return (X * back.unsqueeze(1)).mean(dim=0), back.mean()


# %% wrong neuron-gradients: The gradient of w comes first
def neuron_gradients(X, y, w, b):
    a = torch.sigmoid(X @ w + b)
    back = 2 * (a - y) * a * (1 - a)
    return back.mean(), (X * back.unsqueeze(1)).mean(dim=0)


# %% wrong neuron-gradients: the mean was taken over the features
def neuron_gradients(X, y, w, b):
    a = torch.sigmoid(X @ w + b)
    back = 2 * (a - y) * a * (1 - a)
    return (X * back.unsqueeze(1)).mean(dim=1), back.mean()


# %% wrong lines: int64. Which dtype
class Lines(Dataset):
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        parts = self.rows[i].split(",")
        values = torch.tensor([float(part) if "." in part else int(part) for part in parts])
        return values[:-1], values[-1:]


# %% wrong train-epoch: the first batch came up in every turn
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    total = 0.0
    for start in range(0, len(X), batch_size):
        inputs, targets = X[:batch_size], y[:batch_size]
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(inputs)
    return total / len(X)


# %% wrong train-epoch: the batches overlap
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    total = 0.0
    for start in range(len(X)):
        inputs, targets = X[start : start + batch_size], y[start : start + batch_size]
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(inputs)
    return total / len(X)


# %% wrong train-epoch: with the gradient of the last batch alone
def train_epoch(model, criterion, optimizer, X, y, batch_size):
    total = 0.0
    for inputs, targets in zip(X.split(batch_size), y.split(batch_size)):
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        total += loss.item() * len(inputs)
    optimizer.step()
    return total / len(X)


# %% wrong fit: were right, and no logit is below 0
def fit(X, y, seed):
    torch.manual_seed(seed)
    layers = [nn.Linear(X.shape[1], 24), nn.ReLU(), nn.Linear(24, int(y.max()) + 1)]
    model = nn.Sequential(*layers, nn.ReLU())
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    history = []
    for epoch in range(300):
        loss = nn.functional.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history.append(loss.item())
    return model, history
