# %% right forward: a loop over all layers but the last
def forward(X, layers):
    h = X
    for W, b in layers[:-1]:
        h = torch.relu(h @ W.T + b)
    W, b = layers[-1]
    return h @ W.T + b


# %% right forward: the place of the layer decides
def forward(X, layers):
    for place, (W, b) in enumerate(layers):
        X = F.linear(X, W, b)
        if place + 1 < len(layers):
            X = X.clamp(min=0)
    return X


# %% right forward: a call of itself for the layers that are left
def forward(X, layers):
    W, b = layers[0]
    z = X @ W.T + b
    if len(layers) == 1:
        return z
    return forward(F.relu(z), layers[1:])


# %% right forward: the formula for one sample, sample by sample
def forward(X, layers):
    rows = []
    for x in X:
        h = x
        for place, (W, b) in enumerate(layers, 1):
            h = W @ h + b
            if place < len(layers):
                h = torch.where(h > 0, h, 0.0)
        rows.append(h)
    return torch.stack(rows)


# %% wrong forward: ReLU came after the last layer too
def forward(X, layers):
    for W, b in layers:
        X = torch.relu(X @ W.T + b)
    return X


# %% wrong forward: there is no ReLU between the layers
def forward(X, layers):
    for W, b in layers:
        X = X @ W.T + b
    return X


# %% wrong forward: ReLU came after the first layer only
def forward(X, layers):
    for place, (W, b) in enumerate(layers):
        X = X @ W.T + b
        if place == 0 and len(layers) > 1:
            X = torch.relu(X)
    return X


# %% wrong forward: sigmoid stands between the layers
def forward(X, layers):
    for W, b in layers[:-1]:
        X = torch.sigmoid(X @ W.T + b)
    W, b = layers[-1]
    return X @ W.T + b


# %% wrong forward: only the first layer was used
def forward(X, layers):
    for W, b in layers:
        return torch.relu(X @ W.T + b)


# %% wrong forward: the last layer is missing
def forward(X, layers):
    for W, b in layers[:-1]:
        X = torch.relu(X @ W.T + b)
    return X


# %% wrong forward: every layer read the data `X`
def forward(X, layers):
    for W, b in layers:
        h = X @ W.T + b
    return h


# %% wrong forward: columns of `W` were taken as neurons
def forward(X, layers):
    for W, b in layers[:-1]:
        X = torch.relu(X @ W + b)
    W, b = layers[-1]
    return X @ W + b


# %% wrong forward: ReLU came before the weighted sums
def forward(X, layers):
    for W, b in layers:
        X = F.linear(F.relu(X), W, b)
    return X


# %% wrong forward: the record of autograd is lost
def forward(X, layers):
    with torch.no_grad():
        for W, b in layers[:-1]:
            X = torch.relu(X @ W.T + b)
        W, b = layers[-1]
        return X @ W.T + b


# %% wrong forward: does your code end with `return`
def forward(X, layers):
    for W, b in layers:
        X = torch.relu(X @ W.T + b)


# %% wrong forward: `W @ X` is the formula for one sample
def forward(X, layers):
    h = X
    for W, b in layers[:-1]:
        h = torch.relu(W @ h + b)
    W, b = layers[-1]
    return W @ h + b


# %% wrong forward: no bias was added
def forward(X, layers):
    h = X
    for W, _ in layers[:-1]:
        h = torch.relu(h @ W.T)
    return h @ layers[-1][0].T


# %% wrong forward: the biases were added after ReLU
def forward(X, layers):
    h = X
    for W, b in layers[:-1]:
        h = torch.relu(h @ W.T) + b
    W, b = layers[-1]
    return h @ W.T + b


# %% wrong forward: every hidden layer read the data
def forward(X, layers):
    h = X
    for W, b in layers[:-1]:
        h = torch.relu(X @ W.T + b)
    W, b = layers[-1]
    return h @ W.T + b


# %% wrong forward: the last layer was used twice
def forward(X, layers):
    h = X
    for W, b in layers:
        h = torch.relu(h @ W.T + b)
    W, b = layers[-1]
    return h @ W.T + b


# %% wrong forward: Which pair do `W` and `b` hold after the loop
def forward(X, layers):
    h = X
    for W, b in layers[:-1]:
        h = torch.relu(h @ W.T + b)
    return h @ W.T + b


# %% wrong forward: tanh stands between the layers
def forward(X, layers):
    for W, b in layers[:-1]:
        X = torch.tanh(X @ W.T + b)
    W, b = layers[-1]
    return X @ W.T + b


# %% wrong forward: the layers were taken from the last to the first
def forward(X, layers):
    for W, b in layers[:0:-1]:
        X = torch.relu(X @ W.T + b)
    W, b = layers[0]
    return X @ W.T + b


# %% wrong forward: forward took a pair out of the caller's list
def forward(X, layers):
    W_out, b_out = layers.pop()
    for W, b in layers:
        X = torch.relu(X @ W.T + b)
    return X @ W_out.T + b_out


# %% wrong forward: a negative sum became 0. The only layer is also the last
def forward(X, layers):
    W, b = layers[0]
    h = torch.relu(X @ W.T + b)
    for W, b in layers[1:-1]:
        h = torch.relu(h @ W.T + b)
    if len(layers) > 1:
        W, b = layers[-1]
        h = h @ W.T + b
    return h


# %% right hat: three corners
def hat(center, width, height):
    slope = height / width
    b1 = -torch.tensor([center - width, center, center + width])
    return torch.ones(3, 1), b1, slope * torch.tensor([[1.0, -2.0, 1.0]]), torch.zeros(1)


# %% right hat: units that are flat on the right
def hat(center, width, height):
    slope = height / width
    b1 = torch.tensor([center - width, center, center + width])
    return -torch.ones(3, 1), b1, torch.tensor([[slope, -2 * slope, slope]]), torch.zeros(1)


# %% right hat: two ramps, one up and one down, with steep units
def hat(center, width, height):
    W1 = torch.full((4, 1), 1 / width)
    b1 = torch.tensor([1 - center / width, -center / width, -center / width, -1 - center / width])
    return W1, b1, height * torch.tensor([[1.0, -1.0, -1.0, 1.0]]), torch.zeros(1)


# %% right hat: the height, less what is missing on both sides
def hat(center, width, height):
    slope = height / width
    W1 = torch.tensor([[1.0], [1.0], [-1.0], [-1.0]])
    b1 = torch.tensor([-center, -center - width, center, center - width])
    W2 = torch.tensor([[-slope, slope, -slope, slope]])
    return W1, b1, W2, torch.tensor([float(height)])


# %% wrong hat: the curve never comes down again
def hat(center, width, height):
    slope = height / width
    b1 = -torch.tensor([center - width, center, center + width])
    return torch.ones(3, 1), b1, slope * torch.tensor([[1.0, -1.0, 1.0]]), torch.zeros(1)


# %% wrong hat: the curve stays at its top
def hat(center, width, height):
    slope = height / width
    b1 = -torch.tensor([center - width, center])
    return torch.ones(2, 1), b1, slope * torch.tensor([[1.0, -1.0]]), torch.zeros(1)


# %% wrong hat: the curve falls for ever
def hat(center, width, height):
    slope = height / width
    b1 = -torch.tensor([center - width, center])
    return torch.ones(2, 1), b1, slope * torch.tensor([[1.0, -2.0]]), torch.zeros(1)


# %% wrong hat: the hat is on the wrong side of 0
def hat(center, width, height):
    slope = height / width
    b1 = torch.tensor([center - width, center, center + width])
    return torch.ones(3, 1), b1, slope * torch.tensor([[1.0, -2.0, 1.0]]), torch.zeros(1)


# %% wrong hat: the slope is 3 on the way up
def hat(center, width, height):
    b1 = -torch.tensor([center - width, center, center + width])
    return torch.ones(3, 1), b1, height * torch.tensor([[1.0, -2.0, 1.0]]), torch.zeros(1)


# %% wrong hat: the slope is 1 on the way up
def hat(center, width, height):
    b1 = -torch.tensor([center - width, center, center + width])
    return torch.ones(3, 1), b1, torch.tensor([[1.0, -2.0, 1.0]]), torch.zeros(1)


# %% wrong hat: the hat is only half as wide
def hat(center, width, height):
    half = width / 2
    slope = height / half
    b1 = -torch.tensor([center - half, center, center + half])
    return torch.ones(3, 1), b1, slope * torch.tensor([[1.0, -2.0, 1.0]]), torch.zeros(1)


# %% wrong hat: the hat stands on the height
def hat(center, width, height):
    slope = height / width
    b1 = -torch.tensor([center - width, center, center + width])
    W2 = slope * torch.tensor([[1.0, -2.0, 1.0]])
    return torch.ones(3, 1), b1, W2, torch.tensor([height])


# %% wrong hat: Where does `center` enter
def hat(center, width, height):
    slope = height / width
    b1 = torch.tensor([width, 0.0, -width])
    return torch.ones(3, 1), b1, slope * torch.tensor([[1.0, -2.0, 1.0]]), torch.zeros(1)


# %% wrong hat: the parts have the shapes
def hat(center, width, height):
    slope = height / width
    b1 = -torch.tensor([center - width, center, center + width])
    return torch.ones(3), b1, slope * torch.tensor([1.0, -2.0, 1.0]), torch.zeros(1)


# %% wrong hat: has dtype torch.int64
def hat(center, width, height):
    slope = height / width
    b1 = -torch.tensor([center - width, center, center + width])
    return (
        torch.tensor([[1], [1], [1]]),
        b1,
        torch.tensor([[slope, -2 * slope, slope]]),
        torch.zeros(1),
    )


# %% wrong hat: should return four tensors
def hat(center, width, height):
    return lambda x: height * torch.relu(1 - (x - center).abs() / width)


# %% wrong hat: which is width / height
def hat(center, width, height):
    slope = width / height
    b1 = -torch.tensor([center - width, center, center + width])
    return torch.ones(3, 1), b1, slope * torch.tensor([[1.0, -2.0, 1.0]]), torch.zeros(1)


# %% wrong hat: Do changes of the slope belong into `W1`
def hat(center, width, height):
    slope = height / width
    b1 = -torch.tensor([center - width, center, center + width])
    return slope * torch.tensor([[1.0], [-2.0], [1.0]]), b1, torch.ones(1, 3), torch.zeros(1)


# %% wrong hat: Did `height` lose its sign
def hat(center, width, height):
    slope = abs(height) / width
    b1 = -torch.tensor([center - width, center, center + width])
    return torch.ones(3, 1), b1, slope * torch.tensor([[1.0, -2.0, 1.0]]), torch.zeros(1)


# %% wrong hat: Is a height below 0 treated as 0
def hat(center, width, height):
    slope = max(height, 0.0) / width
    b1 = -torch.tensor([center - width, center, center + width])
    return torch.ones(3, 1), b1, slope * torch.tensor([[1.0, -2.0, 1.0]]), torch.zeros(1)


# %% wrong hat: has dtype torch.float64
def hat(center, width, height):
    slope = height / width
    b1 = -torch.tensor([center - width, center, center + width], dtype=torch.float64)
    W2 = torch.tensor([[slope, -2 * slope, slope]], dtype=torch.float64)
    return torch.ones(3, 1, dtype=torch.float64), b1, W2, torch.zeros(1, dtype=torch.float64)


# %% right two-hidden: three attributes
class TwoHidden(nn.Module):
    def __init__(self, features, width1, width2, outputs):
        super().__init__()
        self.fc1 = nn.Linear(features, width1)
        self.fc2 = nn.Linear(width1, width2)
        self.fc3 = nn.Linear(width2, outputs)

    def forward(self, x):
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x)))))


# %% right two-hidden: a Sequential inside, one ReLU object for both places
class TwoHidden(nn.Module):
    def __init__(self, features, width1, width2, outputs):
        super(TwoHidden, self).__init__()
        relu = nn.ReLU()
        self.layers = nn.Sequential(
            nn.Linear(features, width1),
            relu,
            nn.Linear(width1, width2),
            relu,
            nn.Linear(width2, outputs),
        )

    def forward(self, x):
        return self.layers(x)


# %% right two-hidden: made from the back, with a ModuleList
class TwoHidden(nn.Module):
    def __init__(self, features, width1, width2, outputs):
        super().__init__()
        self.out = nn.Linear(width2, outputs)
        self.hidden = nn.ModuleList([nn.Linear(features, width1), nn.Linear(width1, width2)])

    def forward(self, x):
        for layer in self.hidden:
            x = layer(x).clamp(min=0)
        return self.out(x)


# %% wrong two-hidden: there is no activation
class TwoHidden(nn.Module):
    def __init__(self, features, width1, width2, outputs):
        super().__init__()
        self.fc1 = nn.Linear(features, width1)
        self.fc2 = nn.Linear(width1, width2)
        self.fc3 = nn.Linear(width2, outputs)

    def forward(self, x):
        return self.fc3(self.fc2(self.fc1(x)))


# %% wrong two-hidden: an output that should be negative is 0
class TwoHidden(nn.Module):
    def __init__(self, features, width1, width2, outputs):
        super().__init__()
        self.fc1 = nn.Linear(features, width1)
        self.fc2 = nn.Linear(width1, width2)
        self.fc3 = nn.Linear(width2, outputs)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        x = torch.relu(self.fc2(x))
        return torch.relu(self.fc3(x))


# %% wrong two-hidden: only the first hidden layer has a ReLU
class TwoHidden(nn.Module):
    def __init__(self, features, width1, width2, outputs):
        super().__init__()
        self.fc1 = nn.Linear(features, width1)
        self.fc2 = nn.Linear(width1, width2)
        self.fc3 = nn.Linear(width2, outputs)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        x = self.fc2(x)
        return self.fc3(x)


# %% wrong two-hidden: all outputs are 1: a softmax
class TwoHidden(nn.Module):
    def __init__(self, features, width1, width2, outputs):
        super().__init__()
        self.fc1 = nn.Linear(features, width1)
        self.fc2 = nn.Linear(width1, width2)
        self.fc3 = nn.Linear(width2, outputs)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        x = torch.relu(self.fc2(x))
        return torch.softmax(self.fc3(x), dim=1)


# %% wrong two-hidden: one hidden layer is missing
class TwoHidden(nn.Module):
    def __init__(self, features, width1, width2, outputs):
        super().__init__()
        self.fc1 = nn.Linear(features, width1)
        self.fc2 = nn.Linear(width1, outputs)

    def forward(self, x):
        return self.fc2(torch.relu(self.fc1(x)))


# %% wrong two-hidden: Whose outputs does it receive
class TwoHidden(nn.Module):
    def __init__(self, features, width1, width2, outputs):
        super().__init__()
        self.fc1 = nn.Linear(features, width1)
        self.fc2 = nn.Linear(width1, width2)
        self.fc3 = nn.Linear(width1, outputs)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        x = torch.relu(self.fc2(x))
        return self.fc3(x)


# %% wrong two-hidden: it has no parameters
class TwoHidden(nn.Module):
    def __init__(self, features, width1, width2, outputs):
        super().__init__()
        self.sizes = features, width1, width2, outputs

    def forward(self, x):
        features, width1, width2, outputs = self.sizes
        x = torch.relu(nn.Linear(features, width1)(x))
        x = torch.relu(nn.Linear(width1, width2)(x))
        return nn.Linear(width2, outputs)(x)


# %% wrong two-hidden: cannot assign module before Module.__init__() call
class TwoHidden(nn.Module):
    def __init__(self, features, width1, width2, outputs):
        self.fc1 = nn.Linear(features, width1)
        self.fc2 = nn.Linear(width1, width2)
        self.fc3 = nn.Linear(width2, outputs)

    def forward(self, x):
        return self.fc3(torch.relu(self.fc2(torch.relu(self.fc1(x)))))


# %% wrong two-hidden: is None: does your code end with `return`
class TwoHidden(nn.Module):
    def __init__(self, features, width1, width2, outputs):
        super().__init__()
        self.fc1 = nn.Linear(features, width1)
        self.fc2 = nn.Linear(width1, width2)
        self.fc3 = nn.Linear(width2, outputs)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        x = torch.relu(self.fc2(x))
        x = self.fc3(x)


# %% wrong two-hidden: is no module
class TwoHidden:
    def __init__(self, features, width1, width2, outputs):
        self.fc1 = nn.Linear(features, width1)
        self.fc2 = nn.Linear(width1, width2)
        self.fc3 = nn.Linear(width2, outputs)

    def forward(self, x):
        return self.fc3(torch.relu(self.fc2(torch.relu(self.fc1(x)))))


# %% wrong two-hidden: only the second hidden layer has a ReLU
class TwoHidden(nn.Module):
    def __init__(self, features, width1, width2, outputs):
        super().__init__()
        self.fc1 = nn.Linear(features, width1)
        self.fc2 = nn.Linear(width1, width2)
        self.fc3 = nn.Linear(width2, outputs)

    def forward(self, x):
        return self.fc3(torch.relu(self.fc2(self.fc1(x))))


# %% wrong two-hidden: the hidden layers have a sigmoid
class TwoHidden(nn.Module):
    def __init__(self, features, width1, width2, outputs):
        super().__init__()
        self.fc1 = nn.Linear(features, width1)
        self.fc2 = nn.Linear(width1, width2)
        self.fc3 = nn.Linear(width2, outputs)

    def forward(self, x):
        x = torch.sigmoid(self.fc1(x))
        x = torch.sigmoid(self.fc2(x))
        return self.fc3(x)


# %% wrong two-hidden: the hidden layers have a tanh
class TwoHidden(nn.Module):
    def __init__(self, features, width1, width2, outputs):
        super().__init__()
        self.fc1 = nn.Linear(features, width1)
        self.fc2 = nn.Linear(width1, width2)
        self.fc3 = nn.Linear(width2, outputs)

    def forward(self, x):
        x = torch.tanh(self.fc1(x))
        x = torch.tanh(self.fc2(x))
        return self.fc3(x)


# %% wrong two-hidden: the layer for the outputs is missing
class TwoHidden(nn.Module):
    def __init__(self, features, width1, width2, outputs):
        super().__init__()
        self.fc1 = nn.Linear(features, width1)
        self.fc2 = nn.Linear(width1, width2)

    def forward(self, x):
        return torch.relu(self.fc2(torch.relu(self.fc1(x))))


# %% wrong two-hidden: inputs and outputs of the layers are swapped
class TwoHidden(nn.Module):
    def __init__(self, features, width1, width2, outputs):
        super().__init__()
        self.fc1 = nn.Linear(width1, features)
        self.fc2 = nn.Linear(width2, width1)
        self.fc3 = nn.Linear(outputs, width2)

    def forward(self, x):
        return self.fc3(torch.relu(self.fc2(torch.relu(self.fc1(x)))))


# %% wrong two-hidden: must be Tensor, not ReLU
class TwoHidden(nn.Module):
    def __init__(self, features, width1, width2, outputs):
        super().__init__()
        self.fc1 = nn.Linear(features, width1)
        self.fc2 = nn.Linear(width1, width2)
        self.fc3 = nn.Linear(width2, outputs)

    def forward(self, x):
        x = nn.ReLU(self.fc1(x))
        x = nn.ReLU(self.fc2(x))
        return self.fc3(x)


# %% right count-parameters: neighbours from zip
def count_parameters(widths):
    return sum(f * k + k for f, k in zip(widths, widths[1:]))


# %% right count-parameters: places of the list
def count_parameters(widths):
    total = 0
    for place in range(1, len(widths)):
        total = total + (widths[place - 1] + 1) * widths[place]
    return total


# %% right count-parameters: the layers are made and asked
def count_parameters(widths):
    layers = [nn.Linear(widths[i], widths[i + 1]) for i in range(len(widths) - 1)]
    return sum(p.numel() for layer in layers for p in layer.parameters())


# %% right count-parameters: products and sums of tensors
def count_parameters(widths):
    w = torch.tensor(widths)
    return int((w[:-1] * w[1:]).sum() + w[1:].sum())


# %% wrong count-parameters: 6 are the weights
def count_parameters(widths):
    return sum(f * k for f, k in zip(widths, widths[1:]))


# %% wrong count-parameters: the biases were counted for the inputs
def count_parameters(widths):
    return sum(f * k + f for f, k in zip(widths, widths[1:]))


# %% wrong count-parameters: one bias for the whole layer
def count_parameters(widths):
    return sum(f * k + 1 for f, k in zip(widths, widths[1:]))


# %% wrong count-parameters: the inputs got biases too. Does the input layer
def count_parameters(widths):
    return sum(f * k for f, k in zip(widths, widths[1:])) + sum(widths)


# %% wrong count-parameters: 5 is the number of units
def count_parameters(widths):
    return sum(widths)


# %% wrong count-parameters: is the count of the first layer alone
def count_parameters(widths):
    total = 0
    for f, k in zip(widths, widths[1:]):
        total += f * k + k
        return total


# %% wrong count-parameters: is the count of the last layer alone
def count_parameters(widths):
    for f, k in zip(widths, widths[1:]):
        total = f * k + k
    return total


# %% wrong count-parameters: 0: is there a layer between
def count_parameters(widths):
    total = 0
    for place in range(1, len(widths) - 1):
        total += widths[place - 1] * widths[place] + widths[place]
    return total


# %% wrong count-parameters: the first width met the last
def count_parameters(widths):
    return widths[0] * widths[-1] + widths[-1]


# %% wrong count-parameters: the widths were all multiplied
def count_parameters(widths):
    product = 1
    for width in widths:
        product *= width
    return product + widths[-1]


# %% wrong count-parameters: nothing came back
def count_parameters(widths):
    total = 0
    for f, k in zip(widths, widths[1:]):
        total += f * k + k


# %% wrong count-parameters: 27: the first and the last layer are counted
def count_parameters(widths):
    total = widths[0] * widths[1] + widths[1]
    if len(widths) > 2:
        total += widths[-2] * widths[-1] + widths[-1]
    return total


# %% right repaired: a ModuleList filled by a loop
class Repaired(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.first = nn.Linear(1, width)
        self.middle = nn.ModuleList([nn.Linear(width, width) for _ in range(depth - 1)])
        self.last = nn.Linear(width, 1)

    def forward(self, x):
        h = torch.relu(self.first(x))
        for layer in self.middle:
            h = torch.relu(layer(h))
        return self.last(h)


# %% right repaired: appended one by one, ReLU before each next layer
class Repaired(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.first = nn.Linear(1, width)
        self.middle = nn.ModuleList()
        for _ in range(depth - 1):
            self.middle.append(nn.Linear(width, width))
        self.last = nn.Linear(width, 1)

    def forward(self, x):
        h = self.first(x)
        for layer in [*self.middle, self.last]:
            h = layer(F.relu(h))
        return h


# %% right repaired: one Sequential for everything
class Repaired(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        modules = [nn.Linear(1, width), nn.ReLU()]
        for _ in range(depth - 1):
            modules += [nn.Linear(width, width), nn.ReLU()]
        self.net = nn.Sequential(*modules, nn.Linear(width, 1))

    def forward(self, x):
        return self.net(x)


# %% wrong repaired: the middle layers are missing, though they are used
class Repaired(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.first = nn.Linear(1, width)
        self.middle = [nn.Linear(width, width) for _ in range(depth - 1)]
        self.last = nn.Linear(width, 1)

    def forward(self, x):
        h = torch.relu(self.first(x))
        for layer in self.middle:
            h = torch.relu(layer(h))
        return self.last(h)


# %% wrong repaired: there is one middle layer, not two
class Repaired(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.first = nn.Linear(1, width)
        self.middle = nn.ModuleList([nn.Linear(width, width)] * (depth - 1))
        self.last = nn.Linear(width, 1)

    def forward(self, x):
        h = torch.relu(self.first(x))
        for layer in self.middle:
            h = torch.relu(layer(h))
        return self.last(h)


# %% wrong repaired: there are three middle layers
class Repaired(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.first = nn.Linear(1, width)
        self.middle = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        self.last = nn.Linear(width, 1)

    def forward(self, x):
        h = torch.relu(self.first(x))
        for layer in self.middle:
            h = torch.relu(layer(h))
        return self.last(h)


# %% wrong repaired: the middle layers have no activation
class Repaired(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.first = nn.Linear(1, width)
        self.middle = nn.ModuleList([nn.Linear(width, width) for _ in range(depth - 1)])
        self.last = nn.Linear(width, 1)

    def forward(self, x):
        h = torch.relu(self.first(x))
        for layer in self.middle:
            h = layer(h)
        return self.last(h)


# %% wrong repaired: the output went through ReLU
class Repaired(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.first = nn.Linear(1, width)
        self.middle = nn.ModuleList([nn.Linear(width, width) for _ in range(depth - 1)])
        self.last = nn.Linear(width, 1)

    def forward(self, x):
        h = torch.relu(self.first(x))
        for layer in self.middle:
            h = torch.relu(layer(h))
        return torch.relu(self.last(h))


# %% wrong repaired: cannot assign module before Module.__init__() call
class Repaired(nn.Module):
    def __init__(self, width, depth):
        self.first = nn.Linear(1, width)
        self.middle = nn.ModuleList([nn.Linear(width, width) for _ in range(depth - 1)])
        self.last = nn.Linear(width, 1)

    def forward(self, x):
        h = torch.relu(self.first(x))
        for layer in self.middle:
            h = torch.relu(layer(h))
        return self.last(h)


# %% wrong repaired: the first layer has lost its ReLU
class Repaired(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.first = nn.Linear(1, width)
        self.middle = nn.ModuleList([nn.Linear(width, width) for _ in range(depth - 1)])
        self.last = nn.Linear(width, 1)

    def forward(self, x):
        h = self.first(x)
        for layer in self.middle:
            h = torch.relu(layer(h))
        return self.last(h)


# %% wrong repaired: ReLU came once, after all middle layers
class Repaired(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.first = nn.Linear(1, width)
        self.middle = nn.Sequential(*[nn.Linear(width, width) for _ in range(depth - 1)])
        self.last = nn.Linear(width, 1)

    def forward(self, x):
        h = torch.relu(self.first(x))
        h = torch.relu(self.middle(h))
        return self.last(h)


# %% wrong repaired: no layer has an activation
class Repaired(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.first = nn.Linear(1, width)
        self.middle = nn.ModuleList([nn.Linear(width, width) for _ in range(depth - 1)])
        self.last = nn.Linear(width, 1)

    def forward(self, x):
        h = self.first(x)
        for layer in self.middle:
            h = layer(h)
        return self.last(h)


# %% wrong repaired: the middle layers have another activation than ReLU
class Repaired(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.first = nn.Linear(1, width)
        self.middle = nn.ModuleList([nn.Linear(width, width) for _ in range(depth - 1)])
        self.last = nn.Linear(width, 1)

    def forward(self, x):
        h = torch.relu(self.first(x))
        for layer in self.middle:
            h = torch.tanh(layer(h))
        return self.last(h)


# %% wrong repaired: no parameters at all
class Repaired(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        sizes = [1] + [width] * depth + [1]
        self.layers = [nn.Linear(f, k) for f, k in zip(sizes, sizes[1:])]

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)


# %% wrong repaired: is no module
class Repaired:
    def __init__(self, width, depth):
        self.first = nn.Linear(1, width)
        self.middle = [nn.Linear(width, width) for _ in range(depth - 1)]
        self.last = nn.Linear(width, 1)

    def __call__(self, x):
        h = torch.relu(self.first(x))
        for layer in self.middle:
            h = torch.relu(layer(h))
        return self.last(h)


# %% right own-linear: torch.rand stretched and shifted
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        super().__init__()
        limit = 1 / features**0.5
        self.weight = nn.Parameter(torch.rand(outputs, features) * 2 * limit - limit)
        self.bias = nn.Parameter(torch.rand(outputs) * 2 * limit - limit)

    def forward(self, x):
        return x @ self.weight.T + self.bias


# %% right own-linear: uniform_ and the functional form, other names
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        super().__init__()
        limit = features**-0.5
        self.b = nn.Parameter(torch.empty(outputs).uniform_(-limit, limit))
        self.W = nn.Parameter(torch.empty(outputs, features).uniform_(-limit, limit))

    def forward(self, x):
        return F.linear(x, self.W, self.b)


# %% right own-linear: registered by name, filled by nn.init, products by broadcasting
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        super().__init__()
        self.register_parameter("w", nn.Parameter(torch.zeros(outputs, features)))
        self.register_parameter("b", nn.Parameter(torch.zeros(outputs)))
        for p in self.parameters():
            nn.init.uniform_(p, -(features**-0.5), features**-0.5)

    def forward(self, x):
        return (x.unsqueeze(-2) * self.w).sum(dim=-1) + self.b


# %% wrong own-linear: nothing is registered
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        super().__init__()
        limit = features**-0.5
        self.weight = nn.Parameter(torch.rand(outputs, features)) * 2 * limit - limit
        self.bias = nn.Parameter(torch.rand(outputs)) * 2 * limit - limit

    def forward(self, x):
        return x @ self.weight.T + self.bias


# %% wrong own-linear: the weight lies on its side
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        super().__init__()
        limit = features**-0.5
        self.weight = nn.Parameter((2 * torch.rand(features, outputs) - 1) * limit)
        self.bias = nn.Parameter((2 * torch.rand(outputs) - 1) * limit)

    def forward(self, x):
        return x @ self.weight + self.bias


# %% wrong own-linear: the bias is missing, or not registered
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        super().__init__()
        limit = features**-0.5
        self.weight = nn.Parameter((2 * torch.rand(outputs, features) - 1) * limit)

    def forward(self, x):
        return x @ self.weight.T


# %% wrong own-linear: the bias has one number for each feature
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        super().__init__()
        limit = features**-0.5
        self.weight = nn.Parameter((2 * torch.rand(outputs, features) - 1) * limit)
        self.bias = nn.Parameter((2 * torch.rand(features) - 1) * limit)

    def forward(self, x):
        return x @ self.weight.T + self.bias


# %% wrong own-linear: the bias is registered, but not added
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        super().__init__()
        limit = features**-0.5
        self.weight = nn.Parameter((2 * torch.rand(outputs, features) - 1) * limit)
        self.bias = nn.Parameter((2 * torch.rand(outputs) - 1) * limit)

    def forward(self, x):
        return x @ self.weight.T


# %% wrong own-linear: a ReLU crept in
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        super().__init__()
        limit = features**-0.5
        self.weight = nn.Parameter((2 * torch.rand(outputs, features) - 1) * limit)
        self.bias = nn.Parameter((2 * torch.rand(outputs) - 1) * limit)

    def forward(self, x):
        return torch.relu(x @ self.weight.T + self.bias)


# %% wrong own-linear: cannot assign parameters before Module.__init__() call
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        limit = features**-0.5
        self.weight = nn.Parameter((2 * torch.rand(outputs, features) - 1) * limit)
        self.bias = nn.Parameter((2 * torch.rand(outputs) - 1) * limit)

    def forward(self, x):
        return x @ self.weight.T + self.bias


# %% wrong own-linear: is no module
class OwnLinear:
    def __init__(self, features, outputs):
        limit = features**-0.5
        self.weight = ((2 * torch.rand(outputs, features) - 1) * limit).requires_grad_()
        self.bias = ((2 * torch.rand(outputs) - 1) * limit).requires_grad_()

    def __call__(self, x):
        return x @ self.weight.T + self.bias


# %% wrong own-linear: the weight of OwnLinear(25, 2000) starts with equal numbers
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        super().__init__()
        limit = features**-0.5
        self.weight = nn.Parameter(torch.full((outputs, features), limit))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        return x @ self.weight.T + self.bias


# %% wrong own-linear: the bias of OwnLinear(25, 2000) starts with equal numbers
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        super().__init__()
        limit = features**-0.5
        self.weight = nn.Parameter((2 * torch.rand(outputs, features) - 1) * limit)
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        return x @ self.weight.T + self.bias


# %% wrong own-linear: the weight of OwnLinear(25, 2000) starts on one side
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        super().__init__()
        limit = features**-0.5
        self.weight = nn.Parameter(torch.rand(outputs, features) * limit)
        self.bias = nn.Parameter(torch.rand(outputs) * limit)

    def forward(self, x):
        return x @ self.weight.T + self.bias


# %% wrong own-linear: the bias of OwnLinear(25, 2000) starts on one side
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        super().__init__()
        limit = features**-0.5
        self.weight = nn.Parameter((2 * torch.rand(outputs, features) - 1) * limit)
        self.bias = nn.Parameter(torch.rand(outputs) * limit)

    def forward(self, x):
        return x @ self.weight.T + self.bias


# %% wrong own-linear: the weight of OwnLinear(25, 2000) leaves the range
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        super().__init__()
        limit = features**-0.5
        self.weight = nn.Parameter(torch.randn(outputs, features) * limit)
        self.bias = nn.Parameter(torch.randn(outputs) * limit)

    def forward(self, x):
        return x @ self.weight.T + self.bias


# %% wrong own-linear: the weight of OwnLinear(25, 2000) does not reach
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        super().__init__()
        limit = features**-0.5
        self.weight = nn.Parameter((torch.rand(outputs, features) - 0.5) * limit)
        self.bias = nn.Parameter((torch.rand(outputs) - 0.5) * limit)

    def forward(self, x):
        return x @ self.weight.T + self.bias


# %% wrong own-linear: the bias of OwnLinear(25, 2000) does not reach
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        super().__init__()
        limit = features**-0.5
        self.weight = nn.Parameter((2 * torch.rand(outputs, features) - 1) * limit)
        self.bias = nn.Parameter((2 * torch.rand(outputs) - 1) / outputs**0.5)

    def forward(self, x):
        return x @ self.weight.T + self.bias


# %% wrong own-linear: is not spread evenly there
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        super().__init__()
        limit = features**-0.5
        self.weight = nn.Parameter(torch.randn(outputs, features).clamp(-limit, limit))
        self.bias = nn.Parameter(torch.randn(outputs).clamp(-limit, limit))

    def forward(self, x):
        return x @ self.weight.T + self.bias


# %% wrong own-linear: the bias of OwnLinear(25, 2000) stays between the limits
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        super().__init__()
        limit = features**-0.5
        self.weight = nn.Parameter((2 * torch.rand(outputs, features) - 1) * limit)
        self.bias = nn.Parameter(limit * torch.randint(0, 2, (outputs,)) * 2 - limit)

    def forward(self, x):
        return x @ self.weight.T + self.bias


# %% wrong own-linear: the bias was taken away
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        super().__init__()
        limit = features**-0.5
        self.weight = nn.Parameter((2 * torch.rand(outputs, features) - 1) * limit)
        self.bias = nn.Parameter((2 * torch.rand(outputs) - 1) * limit)

    def forward(self, x):
        return x @ self.weight.T - self.bias


# %% wrong own-linear: nn.Linear does the work
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        super().__init__()
        self.layer = nn.Linear(features, outputs)

    def forward(self, x):
        return self.layer(x)


# %% wrong own-linear: the weight is missing
class OwnLinear(nn.Module):
    def __init__(self, features, outputs):
        super().__init__()
        limit = features**-0.5
        self.weight = (2 * torch.rand(outputs, features) - 1) * limit
        self.bias = nn.Parameter((2 * torch.rand(outputs) - 1) * limit)

    def forward(self, x):
        return x @ self.weight.T + self.bias


# %% right make-mlp: a list with one item too many
def make_mlp(widths, activation):
    modules = []
    for f, k in zip(widths, widths[1:]):
        modules += [nn.Linear(f, k), activation()]
    return nn.Sequential(*modules[:-1])


# %% right make-mlp: appended to the container
def make_mlp(widths, activation):
    network = nn.Sequential()
    for place in range(1, len(widths)):
        if place > 1:
            network.append(activation())
        network.append(nn.Linear(widths[place - 1], widths[place]))
    return network


# %% right make-mlp: containers inside a container
def make_mlp(widths, activation):
    hidden = [
        nn.Sequential(nn.Linear(f, k), activation()) for f, k in zip(widths[:-2], widths[1:-1])
    ]
    return nn.Sequential(*hidden, nn.Linear(widths[-2], widths[-1]))


# %% right make-mlp: one activation object in all places, nothing after the last
def make_mlp(widths, activation):
    bend = activation()
    modules = [nn.Linear(widths[0], widths[1])]
    for f, k in zip(widths[1:-1], widths[2:]):
        modules.extend((bend, nn.Linear(f, k)))
    return nn.Sequential(*modules)


# %% wrong make-mlp: an activation follows the last layer too
def make_mlp(widths, activation):
    modules = []
    for f, k in zip(widths, widths[1:]):
        modules += [nn.Linear(f, k), activation()]
    return nn.Sequential(*modules)


# %% wrong make-mlp: there is no activation between the layers
def make_mlp(widths, activation):
    return nn.Sequential(*[nn.Linear(f, k) for f, k in zip(widths, widths[1:])])


# %% wrong make-mlp: ReLU stands between the layers, whatever was asked for
def make_mlp(widths, activation):
    modules = []
    for f, k in zip(widths, widths[1:]):
        modules += [nn.Linear(f, k), nn.ReLU()]
    return nn.Sequential(*modules[:-1])


# %% wrong make-mlp: the last layer is missing
def make_mlp(widths, activation):
    modules = []
    for place in range(len(widths) - 2):
        modules += [nn.Linear(widths[place], widths[place + 1]), activation()]
    return nn.Sequential(*modules[:-1])


# %% wrong make-mlp: only the first layer is there
def make_mlp(widths, activation):
    modules = []
    for f, k in zip(widths, widths[1:]):
        modules += [nn.Linear(f, k), activation()]
        return nn.Sequential(*modules)


# %% wrong make-mlp: inputs and outputs are swapped
def make_mlp(widths, activation):
    modules = []
    for f, k in zip(widths, widths[1:]):
        modules += [nn.Linear(k, f), activation()]
    return nn.Sequential(*modules[:-1])


# %% wrong make-mlp: is no nn.Sequential
def make_mlp(widths, activation):
    modules = []
    for f, k in zip(widths, widths[1:]):
        modules += [nn.Linear(f, k), activation()]
    return modules[:-1]


# %% wrong make-mlp: the activation comes only at the end
def make_mlp(widths, activation):
    modules = [nn.Linear(f, k) for f, k in zip(widths, widths[1:])]
    return nn.Sequential(*modules, activation())


# %% wrong make-mlp: is not a Module subclass
def make_mlp(widths, activation):
    modules = []
    for f, k in zip(widths, widths[1:]):
        modules += [nn.Linear(f, k), activation]
    return nn.Sequential(*modules[:-1])


# %% wrong make-mlp: the hidden layers are missing
def make_mlp(widths, activation):
    return nn.Sequential(nn.Linear(widths[0], widths[-1]))


# %% wrong make-mlp: the layers have no biases
def make_mlp(widths, activation):
    modules = []
    for f, k in zip(widths, widths[1:]):
        modules += [nn.Linear(f, k, bias=False), activation()]
    return nn.Sequential(*modules[:-1])


# %% wrong make-mlp: only the first layer has an activation
def make_mlp(widths, activation):
    layers = [nn.Linear(f, k) for f, k in zip(widths, widths[1:])]
    if len(layers) > 1:
        layers.insert(1, activation())
    return nn.Sequential(*layers)


# %% right skip-block: two layers, the sum at the end
class SkipBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear1 = nn.Linear(width, width)
        self.linear2 = nn.Linear(width, width)

    def forward(self, x):
        return x + self.linear2(torch.relu(self.linear1(x)))


# %% right skip-block: the way as a Sequential
class SkipBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.way = nn.Sequential(nn.Linear(width, width), nn.ReLU(), nn.Linear(width, width))

    def forward(self, x):
        return self.way(x) + x


# %% right skip-block: x kept under another name
class SkipBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a, self.b = nn.Linear(width, width), nn.Linear(width, width)

    def forward(self, x):
        start = x
        x = self.a(x).clamp(min=0)
        x = self.b(x)
        return torch.add(start, x)


# %% wrong skip-block: the skip connection is missing
class SkipBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear1 = nn.Linear(width, width)
        self.linear2 = nn.Linear(width, width)

    def forward(self, x):
        return self.linear2(torch.relu(self.linear1(x)))


# %% wrong skip-block: there is no ReLU between the two layers
class SkipBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear1 = nn.Linear(width, width)
        self.linear2 = nn.Linear(width, width)

    def forward(self, x):
        return x + self.linear2(self.linear1(x))


# %% wrong skip-block: a ReLU follows the sum
class SkipBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear1 = nn.Linear(width, width)
        self.linear2 = nn.Linear(width, width)

    def forward(self, x):
        return torch.relu(x + self.linear2(torch.relu(self.linear1(x))))


# %% wrong skip-block: a second ReLU stands before the sum
class SkipBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear1 = nn.Linear(width, width)
        self.linear2 = nn.Linear(width, width)

    def forward(self, x):
        h = torch.relu(self.linear1(x))
        return x + torch.relu(self.linear2(h))


# %% wrong skip-block: x was added before the ReLU
class SkipBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear1 = nn.Linear(width, width)
        self.linear2 = nn.Linear(width, width)

    def forward(self, x):
        return self.linear2(torch.relu(x + self.linear1(x)))


# %% wrong skip-block: x was added between ReLU and the second layer
class SkipBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear1 = nn.Linear(width, width)
        self.linear2 = nn.Linear(width, width)

    def forward(self, x):
        h = torch.relu(self.linear1(x))
        return self.linear2(h + x)


# %% wrong skip-block: x was multiplied
class SkipBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear1 = nn.Linear(width, width)
        self.linear2 = nn.Linear(width, width)

    def forward(self, x):
        return x * self.linear2(torch.relu(self.linear1(x)))


# %% wrong skip-block: overwritten on the way
class SkipBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear1 = nn.Linear(width, width)
        self.linear2 = nn.Linear(width, width)

    def forward(self, x):
        x = torch.relu(self.linear1(x))
        return x + self.linear2(x)


# %% wrong skip-block: only one of the two layers was used
class SkipBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear1 = nn.Linear(width, width)
        self.linear2 = nn.Linear(width, width)

    def forward(self, x):
        return x + torch.relu(self.linear1(x))


# %% wrong skip-block: x was added twice
class SkipBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear1 = nn.Linear(width, width)
        self.linear2 = nn.Linear(width, width)

    def forward(self, x):
        h = x + self.linear2(torch.relu(self.linear1(x)))
        return x + h


# %% wrong skip-block: there is one linear layer
class SkipBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear = nn.Linear(width, width)

    def forward(self, x):
        return x + self.linear(torch.relu(self.linear(x)))


# %% wrong skip-block: nothing is registered
class SkipBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.layers = [nn.Linear(width, width), nn.Linear(width, width)]

    def forward(self, x):
        return x + self.layers[1](torch.relu(self.layers[0](x)))


# %% wrong skip-block: is no module
class SkipBlock:
    def __init__(self, width):
        self.linear1 = nn.Linear(width, width)
        self.linear2 = nn.Linear(width, width)

    def __call__(self, x):
        return x + self.linear2(torch.relu(self.linear1(x)))


# %% wrong skip-block: cannot assign module before Module.__init__() call
class SkipBlock(nn.Module):
    def __init__(self, width):
        self.linear1 = nn.Linear(width, width)
        self.linear2 = nn.Linear(width, width)

    def forward(self, x):
        return x + self.linear2(torch.relu(self.linear1(x)))


# %% right skip-net: a ModuleList of blocks
class SkipNet(nn.Module):
    def __init__(self, features, width, blocks, outputs):
        super().__init__()
        self.first = nn.Linear(features, width)
        self.blocks = nn.ModuleList([Block(width) for _ in range(blocks)])
        self.last = nn.Linear(width, outputs)

    def forward(self, x):
        h = self.first(x)
        for block in self.blocks:
            h = h + block(h)
        return self.last(h)


# %% right skip-net: a module around each block, the network a subclass of Sequential
class Around(nn.Module):
    def __init__(self, block):
        super().__init__()
        self.block = block

    def forward(self, x):
        return x + self.block(x)


class SkipNet(nn.Sequential):
    def __init__(self, features, width, blocks, outputs):
        middle = [Around(Block(width)) for _ in range(blocks)]
        super().__init__(nn.Linear(features, width), *middle, nn.Linear(width, outputs))


# %% right skip-net: blocks by name, changed in place
class SkipNet(nn.Module):
    def __init__(self, features, width, blocks, outputs):
        super().__init__()
        self.count = blocks
        self.enter, self.leave = nn.Linear(features, width), nn.Linear(width, outputs)
        for place in range(blocks):
            setattr(self, f"block{place}", Block(width))

    def forward(self, x):
        x = self.enter(x)
        for place in range(self.count):
            x = torch.add(x, getattr(self, f"block{place}")(x))
        return self.leave(x)


# %% right skip-net: linear layers in place of the class Block
class SkipNet(nn.Module):
    def __init__(self, features, width, blocks, outputs):
        super().__init__()
        middle = [nn.Linear(width, width) for _ in range(blocks)]
        ends = nn.Linear(features, width), nn.Linear(width, outputs)
        self.layers = nn.ModuleList([ends[0], *middle, ends[1]])

    def forward(self, x):
        h = self.layers[0](x)
        for layer in self.layers[1:-1]:
            h = h + layer(h).clamp(min=0)
        return self.layers[-1](h)


# %% wrong skip-net: the blocks are missing
class SkipNet(nn.Module):
    def __init__(self, features, width, blocks, outputs):
        super().__init__()
        self.first = nn.Linear(features, width)
        self.blocks = [Block(width) for _ in range(blocks)]
        self.last = nn.Linear(width, outputs)

    def forward(self, x):
        h = self.first(x)
        for block in self.blocks:
            h = h + block(h)
        return self.last(h)


# %% wrong skip-net: there is one block, not two
class SkipNet(nn.Module):
    def __init__(self, features, width, blocks, outputs):
        super().__init__()
        self.first = nn.Linear(features, width)
        self.blocks = nn.ModuleList([Block(width)] * blocks)
        self.last = nn.Linear(width, outputs)

    def forward(self, x):
        h = self.first(x)
        for block in self.blocks:
            h = h + block(h)
        return self.last(h)


# %% wrong skip-net: there are three blocks
class SkipNet(nn.Module):
    def __init__(self, features, width, blocks, outputs):
        super().__init__()
        self.first = nn.Linear(features, width)
        self.blocks = nn.ModuleList([Block(width) for _ in range(blocks + 1)])
        self.last = nn.Linear(width, outputs)

    def forward(self, x):
        h = self.first(x)
        for block in self.blocks:
            h = h + block(h)
        return self.last(h)


# %% wrong skip-net: nothing is registered
class SkipNet(nn.Module):
    def __init__(self, features, width, blocks, outputs):
        super().__init__()
        middle = [Block(width) for _ in range(blocks)]
        self.layers = [nn.Linear(features, width), *middle, nn.Linear(width, outputs)]

    def forward(self, x):
        h = self.layers[0](x)
        for block in self.layers[1:-1]:
            h = h + block(h)
        return self.layers[-1](h)


# %% wrong skip-net: the data does not pass through them
class SkipNet(nn.Module):
    def __init__(self, features, width, blocks, outputs):
        super().__init__()
        self.first = nn.Linear(features, width)
        self.blocks = nn.ModuleList([Block(width) for _ in range(blocks)])
        self.last = nn.Linear(width, outputs)

    def forward(self, x):
        return self.last(self.first(x))


# %% wrong skip-net: there is no skip connection
class SkipNet(nn.Module):
    def __init__(self, features, width, blocks, outputs):
        super().__init__()
        self.first = nn.Linear(features, width)
        self.blocks = nn.ModuleList([Block(width) for _ in range(blocks)])
        self.last = nn.Linear(width, outputs)

    def forward(self, x):
        h = self.first(x)
        for block in self.blocks:
            h = block(h)
        return self.last(h)


# %% wrong skip-net: the data went through one block only
class SkipNet(nn.Module):
    def __init__(self, features, width, blocks, outputs):
        super().__init__()
        self.first = nn.Linear(features, width)
        self.blocks = nn.ModuleList([Block(width) for _ in range(blocks)])
        self.last = nn.Linear(width, outputs)

    def forward(self, x):
        h = self.first(x)
        for block in self.blocks:
            h = h + block(h)
            return self.last(h)


# %% wrong skip-net: one skip connection leads around all blocks
class SkipNet(nn.Module):
    def __init__(self, features, width, blocks, outputs):
        super().__init__()
        self.first = nn.Linear(features, width)
        self.blocks = nn.ModuleList([Block(width) for _ in range(blocks)])
        self.last = nn.Linear(width, outputs)

    def forward(self, x):
        h = self.first(x)
        start = h
        for block in self.blocks:
            h = block(h)
        return self.last(start + h)


# %% wrong skip-net: is added to the first layer's
class SkipNet(nn.Module):
    def __init__(self, features, width, blocks, outputs):
        super().__init__()
        self.first = nn.Linear(features, width)
        self.blocks = nn.ModuleList([Block(width) for _ in range(blocks)])
        self.last = nn.Linear(width, outputs)

    def forward(self, x):
        h = self.first(x)
        start = h
        for block in self.blocks:
            h = start + block(h)
        return self.last(h)


# %% wrong skip-net: both blocks read the same input
class SkipNet(nn.Module):
    def __init__(self, features, width, blocks, outputs):
        super().__init__()
        self.first = nn.Linear(features, width)
        self.blocks = nn.ModuleList([Block(width) for _ in range(blocks)])
        self.last = nn.Linear(width, outputs)

    def forward(self, x):
        h = self.first(x)
        start = h
        for block in self.blocks:
            h = h + block(start)
        return self.last(h)


# %% wrong skip-net: an activation follows the first layer
class SkipNet(nn.Module):
    def __init__(self, features, width, blocks, outputs):
        super().__init__()
        self.first = nn.Linear(features, width)
        self.blocks = nn.ModuleList([Block(width) for _ in range(blocks)])
        self.last = nn.Linear(width, outputs)

    def forward(self, x):
        h = torch.relu(self.first(x))
        for block in self.blocks:
            h = h + block(h)
        return self.last(h)


# %% wrong skip-net: an activation follows each sum
class SkipNet(nn.Module):
    def __init__(self, features, width, blocks, outputs):
        super().__init__()
        self.first = nn.Linear(features, width)
        self.blocks = nn.ModuleList([Block(width) for _ in range(blocks)])
        self.last = nn.Linear(width, outputs)

    def forward(self, x):
        h = self.first(x)
        for block in self.blocks:
            h = torch.relu(h + block(h))
        return self.last(h)


# %% wrong skip-net: an activation follows the last layer
class SkipNet(nn.Module):
    def __init__(self, features, width, blocks, outputs):
        super().__init__()
        self.first = nn.Linear(features, width)
        self.blocks = nn.ModuleList([Block(width) for _ in range(blocks)])
        self.last = nn.Linear(width, outputs)

    def forward(self, x):
        h = self.first(x)
        for block in self.blocks:
            h = h + block(h)
        return torch.relu(self.last(h))


# %% wrong skip-net: is no module
class SkipNet:
    def __init__(self, features, width, blocks, outputs):
        self.first = nn.Linear(features, width)
        self.blocks = nn.ModuleList([Block(width) for _ in range(blocks)])
        self.last = nn.Linear(width, outputs)

    def __call__(self, x):
        h = self.first(x)
        for block in self.blocks:
            h = h + block(h)
        return self.last(h)


# %% wrong skip-net: is None: does your code end with `return`
class SkipNet(nn.Module):
    def __init__(self, features, width, blocks, outputs):
        super().__init__()
        self.first = nn.Linear(features, width)
        self.blocks = nn.ModuleList([Block(width) for _ in range(blocks)])
        self.last = nn.Linear(width, outputs)

    def forward(self, x):
        h = self.first(x)
        for block in self.blocks:
            h = h + block(h)
        self.last(h)


# %% wrong two-hidden: Does its `def` stand as far to the left
class TwoHidden(nn.Module):
    def __init__(self, features, width1, width2, outputs):
        super().__init__()
        self.fc1 = nn.Linear(features, width1)
        self.fc2 = nn.Linear(width1, width2)
        self.fc3 = nn.Linear(width2, outputs)

        def forward(self, x):
            x = torch.relu(self.fc1(x))
            x = torch.relu(self.fc2(x))
            return self.fc3(x)


# %% right two-hidden: a subclass of Sequential, which has its own forward
class TwoHidden(nn.Sequential):
    def __init__(self, features, width1, width2, outputs):
        super().__init__(
            nn.Linear(features, width1),
            nn.ReLU(),
            nn.Linear(width1, width2),
            nn.ReLU(),
            nn.Linear(width2, outputs),
        )


# %% wrong skip-block: each layer has its own skip connection
class SkipBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear1 = nn.Linear(width, width)
        self.linear2 = nn.Linear(width, width)

    def forward(self, x):
        h = x + torch.relu(self.linear1(x))
        return h + self.linear2(h)


# %% wrong skip-block: SkipBlock changed its input
class SkipBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear1 = nn.Linear(width, width)
        self.linear2 = nn.Linear(width, width)

    def forward(self, x):
        h = x
        h += self.linear2(torch.relu(self.linear1(x)))
        return h


# %% wrong skip-net: each block has two linear layers
class SkipBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear1 = nn.Linear(width, width)
        self.linear2 = nn.Linear(width, width)

    def forward(self, x):
        return x + self.linear2(torch.relu(self.linear1(x)))


class SkipNet(nn.Module):
    def __init__(self, features, width, blocks, outputs):
        super().__init__()
        self.first = nn.Linear(features, width)
        self.blocks = nn.ModuleList([SkipBlock(width) for _ in range(blocks)])
        self.last = nn.Linear(width, outputs)

    def forward(self, x):
        h = self.first(x)
        for block in self.blocks:
            h = block(h)
        return self.last(h)


# %% wrong skip-net: name 'blocks' is not defined
class SkipNet(nn.Module):
    def __init__(self, features, width, blocks, outputs):
        super().__init__()
        self.first = nn.Linear(features, width)
        self.blocks = nn.ModuleList([Block(width) for _ in range(blocks)])
        self.last = nn.Linear(width, outputs)

    def forward(self, x):
        h = self.first(x)
        for block in blocks:
            h = h + block(h)
        return self.last(h)
