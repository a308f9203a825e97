# %% right make-neuron: one line
def make_neuron(features):
    return nn.Sequential(nn.Linear(features, 1))


# %% right make-neuron: layers added afterwards
def make_neuron(features):
    model = nn.Sequential()
    model.append(nn.Linear(in_features=features, out_features=1, bias=True))
    return model


# %% right make-neuron: a named layer
from collections import OrderedDict


def make_neuron(features):
    layers = OrderedDict()
    layers["neuron"] = nn.Linear(features, 1)
    return nn.Sequential(layers)


# %% right make-neuron: a list of layers, unpacked
def make_neuron(features):
    layers = [nn.Linear(features, 1)]
    return nn.Sequential(*layers)


# %% wrong make-neuron: which container should hold the layer?
def make_neuron(features):
    return nn.Linear(features, 1)


# %% wrong make-neuron: are the two numbers swapped?
def make_neuron(features):
    return nn.Sequential(nn.Linear(1, features))


# %% wrong make-neuron: the layer takes one feature, not three
def make_neuron(features):
    return nn.Sequential(nn.Linear(1, 1))


# %% wrong make-neuron: three outputs came back
def make_neuron(features):
    return nn.Sequential(nn.Linear(features, features))


# %% wrong make-neuron: was the bias left out?
def make_neuron(features):
    return nn.Sequential(nn.Linear(features, 1, bias=False))


# %% wrong make-neuron: two layers came back
def make_neuron(features):
    return nn.Sequential(nn.Linear(features, 1), nn.ReLU())


# %% wrong make-neuron: does your code end with `return`?
def make_neuron(features):
    model = nn.Sequential(nn.Linear(features, 1))


# %% wrong make-neuron: two calls gave the same weights
made = {}


def make_neuron(features):
    if features not in made:
        made[features] = nn.Sequential(nn.Linear(features, 1))
    return made[features]


# %% right late-mse: factors by where
def late_mse(y_hat, y, late):
    errors = y_hat - y
    factors = torch.where(errors < 0, late, 1.0)
    return (factors * errors**2).mean()


# %% right late-mse: late and early errors apart
def late_mse(y_hat, y, late):
    errors = y - y_hat
    too_late, too_early = errors.clamp(min=0), errors.clamp(max=0)
    return (late * too_late**2 + too_early**2).mean()


# %% right late-mse: a mask as 0 and 1
def late_mse(y_hat, y, late):
    is_late = (y > y_hat).float()
    squares = (y_hat - y).square()
    return (squares * (late * is_late + (1 - is_late))).sum() / y.numel()


# %% right late-mse: the squares of the late ones once more
def late_mse(y_hat, y, late):
    squares = (y_hat - y) ** 2
    extra = squares[y_hat < y].sum() * (late - 1)
    return (squares.sum() + extra) / squares.numel()


# %% wrong late-mse: 15.25 is the plain mean squared error
def late_mse(y_hat, y, late):
    return nn.MSELoss()(y_hat, y)


# %% wrong late-mse: the early delivery counts three times
def late_mse(y_hat, y, late):
    errors = y_hat - y
    return (torch.where(errors > 0, late, 1.0) * errors**2).mean()


# %% wrong late-mse: the factor was squared too
def late_mse(y_hat, y, late):
    errors = y_hat - y
    return (torch.where(errors < 0, late * errors, errors) ** 2).mean()


# %% wrong late-mse: the early delivery is missing
def late_mse(y_hat, y, late):
    return (late * torch.relu(y - y_hat) ** 2).mean()


# %% wrong late-mse: 151 is a sum
def late_mse(y_hat, y, late):
    errors = y_hat - y
    return (torch.where(errors < 0, late, 1.0) * errors**2).sum()


# %% wrong late-mse: divided by the sum of the factors
def late_mse(y_hat, y, late):
    errors = y_hat - y
    factors = torch.where(errors < 0, late, 1.0)
    return (factors * errors**2).sum() / factors.sum()


# %% wrong late-mse: averaged over the late ones only
def late_mse(y_hat, y, late):
    errors = (y_hat - y)[y_hat < y]
    return late * (errors**2).mean()


# %% wrong late-mse: late or not
def late_mse(y_hat, y, late):
    errors = y_hat - y
    if (errors < 0).any():
        return late * (errors**2).mean()
    return (errors**2).mean()


# %% wrong late-mse: 7.75 is made of absolute errors
def late_mse(y_hat, y, late):
    errors = y_hat - y
    return (torch.where(errors < 0, late, 1.0) * errors.abs()).mean()


# %% wrong late-mse: that is the root of it
def late_mse(y_hat, y, late):
    errors = y_hat - y
    return (torch.where(errors < 0, late, 1.0) * errors**2).mean().sqrt()


# %% wrong late-mse: Does the argument reach the sum?
def late_mse(y_hat, y, late):
    errors = y_hat - y
    return (torch.where(errors < 0, 3.0, 1.0) * errors**2).mean()


# %% wrong late-mse: divided by the number of rows
def late_mse(y_hat, y, late):
    errors = y_hat - y
    return (torch.where(errors < 0, late, 1.0) * errors**2).sum() / len(y)


# %% wrong late-mse: without history
def late_mse(y_hat, y, late):
    errors = (y_hat - y).flatten().tolist()
    total = sum(e * e * (late if e < 0 else 1) for e in errors)
    return torch.tensor(total / len(errors))


# %% wrong late-mse: was the number taken out and wrapped again?
def late_mse(y_hat, y, late):
    errors = y_hat - y
    loss = (torch.where(errors < 0, late, 1.0) * errors**2).mean().item()
    return torch.tensor(loss, requires_grad=True)


# %% right train-until: the loop of the text with a break
def train_until(model, X, y, lr, goal, epochs):
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


# %% right train-until: return from inside the loop
def train_until(model, X, y, lr, goal, epochs):
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(X), y)
        loss.backward()
        losses.append(float(loss))
        if loss <= goal or loss > 1e6 * losses[0]:
            return losses
        optimizer.step()
    return losses


# %% right train-until: a while loop
def train_until(model, X, y, lr, goal, epochs):
    optimizer = optim.SGD(model.parameters(), lr)
    losses, going_on = [], True
    while going_on and len(losses) < epochs:
        model.zero_grad()
        loss = ((model(X) - y) ** 2).mean()
        losses += [loss.detach().item()]
        going_on = goal < losses[-1] <= losses[0] * 1_000_000
        if going_on:
            loss.backward()
            optimizer.step()
    return losses


# %% right train-until: the step at the top of the next round
def train_until(model, X, y, lr, goal, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        loss = criterion(model(X), y)
        losses.append(loss.item())
        done = losses[-1] <= goal or losses[-1] > losses[0] * 1e6
        if done:
            return losses
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
                p.grad = None
    return losses


# %% wrong train-until: are the gradients of earlier epochs still there?
def train_until(model, X, y, lr, goal, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        loss = criterion(model(X), y)
        losses.append(loss.item())
        if losses[-1] <= goal or losses[-1] > 1e6 * losses[0]:
            break
        loss.backward()
        optimizer.step()
    return losses


# %% wrong train-until: are the gradients cleared between `backward()` and `step()`?
def train_until(model, X, y, lr, goal, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        loss = criterion(model(X), y)
        losses.append(loss.item())
        if losses[-1] <= goal or losses[-1] > 1e6 * losses[0]:
            break
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
    return losses


# %% wrong train-until: does `step()` run before `backward()`
def train_until(model, X, y, lr, goal, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        loss = criterion(model(X), y)
        losses.append(loss.item())
        if losses[-1] <= goal or losses[-1] > 1e6 * losses[0]:
            break
        optimizer.zero_grad()
        optimizer.step()
        loss.backward()
    return losses


# %% wrong train-until: the list holds other things than floats
def train_until(model, X, y, lr, goal, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        loss = criterion(model(X), y)
        losses.append(loss)
        if losses[-1] <= goal or losses[-1] > 1e6 * losses[0]:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong train-until: is 3, not 4
def train_until(model, X, y, lr, goal, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(1, epochs):
        loss = criterion(model(X), y)
        losses.append(loss.item())
        if losses[-1] <= goal or losses[-1] > 1e6 * losses[0]:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong train-until: one loss came back
def train_until(model, X, y, lr, goal, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        loss = criterion(model(X), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return losses


# %% wrong train-until: did not return a list
def train_until(model, X, y, lr, goal, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        loss = criterion(model(X), y)
        if loss <= goal:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()


# %% wrong train-until: Did the argument `lr` reach the optimizer?
def train_until(model, X, y, lr, goal, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=0.01)
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


# %% wrong train-until: these are the losses after each step
def train_until(model, X, y, lr, goal, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        criterion(model(X), y).backward()
        optimizer.step()
        losses.append(criterion(model(X), y).item())
        if losses[-1] <= goal or losses[-1] > 1e6 * losses[0]:
            break
    return losses


# %% wrong train-until: was another model built inside `train_until`?
def train_until(model, X, y, lr, goal, epochs):
    model = nn.Sequential(nn.Linear(1, 1))
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


# %% wrong train-until: is the line `loss.backward()` missing?
def train_until(model, X, y, lr, goal, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        loss = criterion(model(X), y)
        losses.append(loss.item())
        if losses[-1] <= goal or losses[-1] > 1e6 * losses[0]:
            break
        optimizer.zero_grad()
        optimizer.step()
    return losses


# %% wrong train-until: a sum, not a mean, of the squares?
def train_until(model, X, y, lr, goal, epochs):
    criterion = nn.MSELoss(reduction="sum")
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


# %% wrong train-until: all 50 epochs ran
def train_until(model, X, y, lr, goal, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        loss = criterion(model(X), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong train-until: the loss that reached the goal is not in the list
def train_until(model, X, y, lr, goal, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        loss = criterion(model(X), y)
        if loss <= goal:
            break
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong train-until: training ended one epoch late. Which loss is compared with the goal?
def train_until(model, X, y, lr, goal, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        done = bool(losses) and losses[-1] <= goal
        loss = criterion(model(X), y)
        losses.append(loss.item())
        if done:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong train-until: a step was taken after the goal was reached
def train_until(model, X, y, lr, goal, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        loss = criterion(model(X), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if losses[-1] <= goal or losses[-1] > 1e6 * losses[0]:
            break
    return losses


# %% wrong train-until: the first loss is exactly the goal
def train_until(model, X, y, lr, goal, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        loss = criterion(model(X), y)
        losses.append(loss.item())
        if losses[-1] < goal or losses[-1] > 1e6 * losses[0]:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong train-until: all 40 epochs ran
def train_until(model, X, y, lr, goal, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        loss = criterion(model(X), y)
        losses.append(loss.item())
        if losses[-1] <= goal:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong train-until: With what is it compared?
def train_until(model, X, y, lr, goal, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        loss = criterion(model(X), y)
        losses.append(loss.item())
        if losses[-1] <= goal or losses[-1] > 1e6:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% wrong train-until: these are losses of the four deliveries
inputs, times = data.four_deliveries()


def train_until(model, X, y, lr, goal, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        loss = criterion(model(inputs), times)
        losses.append(loss.item())
        if losses[-1] <= goal or losses[-1] > 1e6 * losses[0]:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% right predict-minutes: a batch of one row under no_grad
def predict_minutes(model, miles):
    with torch.no_grad():
        return model(torch.tensor([[miles]], dtype=torch.float32))


# %% right predict-minutes: detached afterwards
def predict_minutes(model, miles):
    return model(torch.full((1, 1), float(miles))).detach()


# %% right predict-minutes: a decorator
@torch.no_grad()
def predict_minutes(model, miles):
    batch = torch.tensor([float(miles)]).reshape(1, 1)
    return model(batch)


# %% right predict-minutes: unsqueezed, in inference mode, then cloned
def predict_minutes(model, miles):
    with torch.inference_mode():
        y_hat = model(torch.tensor(miles).float().unsqueeze(0).unsqueeze(0))
    return y_hat.clone()


# %% wrong predict-minutes: shape (1,) came back
def predict_minutes(model, miles):
    with torch.no_grad():
        return model(torch.tensor([float(miles)]))


# %% wrong predict-minutes: shape () came back
def predict_minutes(model, miles):
    with torch.no_grad():
        return model(torch.tensor([[float(miles)]])).squeeze()


# %% wrong predict-minutes: still carries its history
def predict_minutes(model, miles):
    return model(torch.tensor([[float(miles)]]))


# %% wrong predict-minutes: was it turned into a number
def predict_minutes(model, miles):
    with torch.no_grad():
        return model(torch.tensor([[float(miles)]])).item()


# %% wrong predict-minutes: it can never be trained again
def predict_minutes(model, miles):
    model.requires_grad_(False)
    return model(torch.tensor([[float(miles)]]))


# %% wrong predict-minutes: for the int 7 the model raised
def predict_minutes(model, miles):
    with torch.no_grad():
        return model(torch.tensor([[miles]]))


# %% wrong predict-minutes: recording is still off after the call
def predict_minutes(model, miles):
    torch.set_grad_enabled(False)
    return model(torch.tensor([[float(miles)]]))


# %% wrong predict-minutes: for the float 5.0 the model raised
def predict_minutes(model, miles):
    with torch.no_grad():
        return model(miles)


# %% right best-line: lstsq with a column of ones
def best_line(X, y):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    solution = torch.linalg.lstsq(A, y).solution
    return solution[0].item(), solution[1].item()


# %% right best-line: covariance over variance
def best_line(X, y):
    dx, dy = X - X.mean(), y - y.mean()
    weight = (dx * dy).sum() / (dx * dx).sum()
    return weight.item(), (y.mean() - weight * X.mean()).item()


# %% right best-line: the normal equations
def best_line(X, y):
    A = torch.hstack([X, torch.ones_like(X)]).double()
    w, b = torch.linalg.solve(A.T @ A, A.T @ y.double())
    return w.item(), b.item()


# %% right best-line: the pseudoinverse, ones first
def best_line(X, y):
    A = torch.cat([torch.ones_like(X), X], dim=1)
    bias, weight = (torch.linalg.pinv(A) @ y).flatten().tolist()
    return weight, bias


# %% wrong best-line: bias and weight are swapped
def best_line(X, y):
    A = torch.cat([X, torch.ones_like(X)], dim=1)
    weight, bias = torch.linalg.lstsq(A, y).solution.flatten().tolist()
    return bias, weight


# %% wrong best-line: it goes through the origin
def best_line(X, y):
    weight = torch.linalg.lstsq(X, y).solution.item()
    return weight, 0.0


# %% wrong best-line: this turns times into distances
def best_line(X, y):
    A = torch.cat([y, torch.ones_like(y)], dim=1)
    weight, bias = torch.linalg.lstsq(A, X).solution.flatten().tolist()
    return weight, bias


# %% wrong best-line: slope 0: it is the mean of the times
def best_line(X, y):
    A = torch.ones(len(X), 1)
    bias = torch.linalg.lstsq(A, y).solution.item()
    return 0.0, bias


# %% wrong best-line: Nothing of `X` and `y` reaches them
def best_line(X, y):
    return 2.0, 1.0


# %% wrong best-line: the values are tensors
def best_line(X, y):
    A = torch.cat([X, torch.ones_like(X)], dim=1)
    weight, bias = torch.linalg.lstsq(A, y).solution
    return weight, bias


# %% wrong best-line: it joins the first and the last point
def best_line(X, y):
    weight = ((y[-1] - y[0]) / (X[-1] - X[0])).item()
    return weight, (y[0] - weight * X[0]).item()


# %% wrong best-line: did not return two values
def best_line(X, y):
    A = torch.cat([X, torch.ones_like(X)], dim=1)
    return torch.linalg.lstsq(A, y).solution


# %% right largest-lr: the largest eigenvalue of H
def largest_lr(X):
    A = torch.cat([X, torch.ones(X.shape[0], 1)], dim=1)
    H = 2 / len(X) * A.T @ A
    return 2 / torch.linalg.eigvalsh(H).max()


# %% right largest-lr: the largest singular value of A
def largest_lr(X):
    A = torch.hstack([X, torch.ones(len(X), 1)])
    return len(X) / torch.linalg.matrix_norm(A, ord=2).item() ** 2


# %% right largest-lr: autograd differentiates the loss twice
def largest_lr(X):
    features = X.shape[1]

    def loss(parameters):
        y_hat = X @ parameters[:features] + parameters[features]
        return (y_hat**2).mean()

    H = torch.autograd.functional.hessian(loss, torch.zeros(features + 1))
    return 2 / torch.linalg.eigvalsh(H)[-1].item()


# %% right largest-lr: power iteration
def largest_lr(X):
    A = torch.cat([torch.ones(len(X), 1), X], dim=1).double()
    H = 2 * A.T @ A / len(A)
    direction = torch.arange(1.0, H.shape[0] + 1).double()
    for _ in range(500):
        direction = H @ direction
        direction = direction / direction.norm()
    return 2 / (direction @ H @ direction).item()


# %% wrong largest-lr: this is the curvature of the feature alone
def largest_lr(X):
    H = 2 * X.T @ X / len(X)
    return 2 / torch.linalg.eigvalsh(H)[-1].item()


# %% wrong largest-lr: twice too large
def largest_lr(X):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    H = A.T @ A / len(A)
    return 2 / torch.linalg.eigvalsh(H)[-1].item()


# %% wrong largest-lr: half of the limit
def largest_lr(X):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    H = 2 * A.T @ A / len(A)
    return 1 / torch.linalg.eigvalsh(H)[-1].item()


# %% wrong largest-lr: this comes from the flattest direction
def largest_lr(X):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    H = 2 * A.T @ A / len(A)
    return 2 / torch.linalg.eigvalsh(H)[0].item()


# %% wrong largest-lr: was H divided by their number?
def largest_lr(X):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    return 2 / torch.linalg.eigvalsh(2 * A.T @ A)[-1].item()


# %% wrong largest-lr: this comes from `A.T @ A` itself
def largest_lr(X):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    return 2 / torch.linalg.eigvalsh(A.T @ A)[-1].item()


# %% wrong largest-lr: this is 2 divided by an entry of H
def largest_lr(X):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    H = 2 * A.T @ A / len(A)
    return 2 / H.max().item()


# %% wrong largest-lr: this is λ_max itself
def largest_lr(X):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    H = 2 * A.T @ A / len(A)
    return torch.linalg.eigvalsh(H)[-1].item()


# %% wrong largest-lr: too many values to unpack
def largest_lr(X):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    H = 2 * A.T @ A / len(A)
    curvatures, directions = torch.linalg.eigh(H.double())
    flat, steep = curvatures.tolist()
    return 2 / steep


# %% wrong largest-lr: this comes from the second of three eigenvalues
def largest_lr(X):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    H = 2 * A.T @ A / len(A)
    return 2 / torch.linalg.eigh(H)[0][1].item()


# %% right split-and-scale: slices
def split_and_scale(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    return Z[:n_train], y[:n_train], Z[n_train:], y[n_train:]


# %% right split-and-scale: torch.split and std_mean
def split_and_scale(X, y, n_train):
    sizes = [n_train, len(X) - n_train]
    (X_train, X_test), (y_train, y_test) = torch.split(X, sizes), torch.split(y, sizes)
    std, mean = torch.std_mean(X_train, dim=0, keepdim=True)
    return (X_train - mean) / std, y_train, (X_test - mean) / std, y_test


# %% right split-and-scale: column by column
def split_and_scale(X, y, n_train):
    Z = X.clone()
    for column in range(X.shape[1]):
        seen = X[:n_train, column]
        mean = seen.sum() / n_train
        std = (((seen - mean) ** 2).sum() / (n_train - 1)).sqrt()
        Z[:, column] = (X[:, column] - mean) / std
    return Z[:n_train], y[:n_train], Z[n_train:], y[n_train:]


# %% wrong split-and-scale: the test rows took part in the mean and the standard deviation
def split_and_scale(X, y, n_train):
    Z = (X - X.mean(dim=0)) / X.std(dim=0)
    return Z[:n_train], y[:n_train], Z[n_train:], y[n_train:]


# %% wrong split-and-scale: scaled with their own statistics
def split_and_scale(X, y, n_train):
    X_train, X_test = X[:n_train], X[n_train:]
    X_train = (X_train - X_train.mean(dim=0)) / X_train.std(dim=0)
    X_test = (X_test - X_test.mean(dim=0)) / X_test.std(dim=0)
    return X_train, y[:n_train], X_test, y[n_train:]


# %% wrong split-and-scale: the test rows are unscaled
def split_and_scale(X, y, n_train):
    X_train, X_test = X[:n_train], X[n_train:]
    X_train = (X_train - X_train.mean(dim=0)) / X_train.std(dim=0)
    return X_train, y[:n_train], X_test, y[n_train:]


# %% wrong split-and-scale: Each feature needs its own
def split_and_scale(X, y, n_train):
    mean, std = X[:n_train].mean(), X[:n_train].std()
    Z = (X - mean) / std
    return Z[:n_train], y[:n_train], Z[n_train:], y[n_train:]


# %% wrong split-and-scale: centred, but not scaled
def split_and_scale(X, y, n_train):
    Z = X - X[:n_train].mean(dim=0)
    return Z[:n_train], y[:n_train], Z[n_train:], y[n_train:]


# %% wrong split-and-scale: the targets were standardised as well
def split_and_scale(X, y, n_train):
    Z = (X - X[:n_train].mean(dim=0)) / X[:n_train].std(dim=0)
    y = (y - y[:n_train].mean()) / y[:n_train].std()
    return Z[:n_train], y[:n_train], Z[n_train:], y[n_train:]


# %% wrong split-and-scale: X_test came second
def split_and_scale(X, y, n_train):
    Z = (X - X[:n_train].mean(dim=0)) / X[:n_train].std(dim=0)
    return Z[:n_train], Z[n_train:], y[:n_train], y[n_train:]


# %% wrong split-and-scale: the test rows took part in the mean.
def split_and_scale(X, y, n_train):
    Z = (X - X.mean(dim=0)) / X[:n_train].std(dim=0)
    return Z[:n_train], y[:n_train], Z[n_train:], y[n_train:]


# %% wrong split-and-scale: the test rows took part in the standard deviation.
def split_and_scale(X, y, n_train):
    Z = (X - X[:n_train].mean(dim=0)) / X.std(dim=0)
    return Z[:n_train], y[:n_train], Z[n_train:], y[n_train:]


# %% wrong split-and-scale: the standard deviation was divided by N
def split_and_scale(X, y, n_train):
    X_train = X[:n_train]
    Z = (X - X_train.mean(dim=0)) / X_train.std(dim=0, unbiased=False)
    return Z[:n_train], y[:n_train], Z[n_train:], y[n_train:]


# %% wrong split-and-scale: scaled, but not centred
def split_and_scale(X, y, n_train):
    Z = X / X[:n_train].std(dim=0)
    return Z[:n_train], y[:n_train], Z[n_train:], y[n_train:]


# %% wrong split-and-scale: has been changed
def split_and_scale(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    X -= mean
    X /= std
    return X[:n_train], y[:n_train], X[n_train:], y[n_train:]


# %% wrong split-and-scale: was the table shuffled?
def split_and_scale(X, y, n_train):
    generator = torch.Generator().manual_seed(0)
    order = torch.randperm(len(X), generator=generator)
    X, y = X[order], y[order]
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    return Z[:n_train], y[:n_train], Z[n_train:], y[n_train:]


# %% wrong split-and-scale: divided by the variance
def split_and_scale(X, y, n_train):
    mean, spread = X[:n_train].mean(dim=0), X[:n_train].var(dim=0)
    Z = (X - mean) / spread
    return Z[:n_train], y[:n_train], Z[n_train:], y[n_train:]


# %% right my-residuals: least squares
def my_residuals(student):
    X_all, y_all = data.deliveries(student)
    A_all = torch.cat([X_all, torch.ones(200, 1)], dim=1)
    return y_all - A_all @ torch.linalg.lstsq(A_all, y_all).solution


# %% right my-residuals: trained to the end on standardised features
def my_residuals(student):
    X_all, y_all = data.deliveries(student)
    Z_all = (X_all - X_all.mean(dim=0)) / X_all.std(dim=0)
    neuron = nn.Linear(3, 1)
    optimizer = optim.SGD(neuron.parameters(), lr=0.3)
    for epoch in range(300):
        optimizer.zero_grad()
        nn.MSELoss()(neuron(Z_all), y_all).backward()
        optimizer.step()
    with torch.no_grad():
        return y_all - neuron(Z_all)


# %% right my-residuals: centred normal equations, history kept
def my_residuals(student):
    X_all, y_all = data.deliveries(student)
    dX, dy = X_all - X_all.mean(dim=0), y_all - y_all.mean()
    w = torch.linalg.solve(dX.T @ dX, dX.T @ dy).requires_grad_()
    return dy - dX @ w


# %% wrong my-residuals: these are not the residuals of `data.deliveries("grace")`
def my_residuals(student):
    X_all, y_all = data.deliveries("ada")
    A_all = torch.cat([X_all, torch.ones(200, 1)], dim=1)
    return y_all - A_all @ torch.linalg.lstsq(A_all, y_all).solution


# %% wrong my-residuals: is the sign turned?
def my_residuals(student):
    X_all, y_all = data.deliveries(student)
    A_all = torch.cat([X_all, torch.ones(200, 1)], dim=1)
    return A_all @ torch.linalg.lstsq(A_all, y_all).solution - y_all


# %% wrong my-residuals: does your model have one, fully fitted?
def my_residuals(student):
    X_all, y_all = data.deliveries(student)
    return y_all - X_all @ torch.linalg.lstsq(X_all, y_all).solution


# %% wrong my-residuals: these are not the residuals of `data.deliveries("ada")`
def my_residuals(student):
    X_all, y_all = data.deliveries("grace")
    A_all = torch.cat([X_all, torch.ones(200, 1)], dim=1)
    return y_all - A_all @ torch.linalg.lstsq(A_all, y_all).solution


# %% wrong my-residuals: were all three features used
def my_residuals(student):
    X_all, y_all = data.deliveries(student)
    A_all = torch.cat([X_all[:, :1], torch.ones(200, 1)], dim=1)
    return y_all - A_all @ torch.linalg.lstsq(A_all, y_all).solution


# %% wrong my-residuals: were broadcast against each other
def my_residuals(student):
    X_all, y_all = data.deliveries(student)
    A_all = torch.cat([X_all, torch.ones(200, 1)], dim=1)
    return y_all - (A_all @ torch.linalg.lstsq(A_all, y_all).solution).flatten()


# %% wrong my-residuals: one dimension is missing
def my_residuals(student):
    X_all, y_all = data.deliveries(student)
    A_all = torch.cat([X_all, torch.ones(200, 1)], dim=1)
    return (y_all - A_all @ torch.linalg.lstsq(A_all, y_all).solution).squeeze()


# %% wrong my-residuals: either these are predictions
def my_residuals(student):
    X_all, y_all = data.deliveries(student)
    A_all = torch.cat([X_all, torch.ones(200, 1)], dim=1)
    return A_all @ torch.linalg.lstsq(A_all, y_all).solution


# %% wrong my-residuals: fitted to the first 150 rows only
def my_residuals(student):
    X_all, y_all = data.deliveries(student)
    mean, std = X_all[:150].mean(dim=0), X_all[:150].std(dim=0)
    Z_all = (X_all - mean) / std
    model = nn.Sequential(nn.Linear(3, 1))
    optimizer = optim.SGD(model.parameters(), lr=0.1)
    for epoch in range(200):
        optimizer.zero_grad()
        nn.MSELoss()(model(Z_all[:150]), y_all[:150]).backward()
        optimizer.step()
    with torch.no_grad():
        return y_all - model(Z_all)


# %% wrong my-residuals: these are the training rows of section 8.16
def my_residuals(student):
    X_all, y_all = data.deliveries(student)
    A_all = torch.cat([X_all, torch.ones(200, 1)], dim=1)
    solution = torch.linalg.lstsq(A_all[:150], y_all[:150]).solution
    return y_all[:150] - A_all[:150] @ solution


# %% wrong my-residuals: training exploded
def my_residuals(student):
    X_all, y_all = data.deliveries(student)
    model = nn.Sequential(nn.Linear(3, 1))
    optimizer = optim.SGD(model.parameters(), lr=0.1)
    for epoch in range(200):
        optimizer.zero_grad()
        nn.MSELoss()(model(X_all), y_all).backward()
        optimizer.step()
    return y_all - model(X_all).detach()


# %% wrong my-residuals: every residual is 0
def my_residuals(student):
    return torch.zeros(200, 1)


# %% wrong my-residuals: no residual is negative
def my_residuals(student):
    X_all, y_all = data.deliveries(student)
    A_all = torch.cat([X_all, torch.ones(200, 1)], dim=1)
    return (y_all - A_all @ torch.linalg.lstsq(A_all, y_all).solution) ** 2


# %% wrong my-residuals: was a fourth one added, such as rush?
def my_residuals(student):
    X_all, y_all = data.deliveries(student)
    rush = (1 - (X_all[:, 1:2] - 17.5).abs() / 2).clamp(min=0)
    A_all = torch.cat([X_all, rush, torch.ones(200, 1)], dim=1)
    return y_all - A_all @ torch.linalg.lstsq(A_all, y_all).solution


# %% right project: SGD on standardised rows
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y[:n_train]).backward()
        optimizer.step()
    with torch.no_grad():
        return (
            model,
            mean,
            std,
            criterion(model(Z[n_train:]), y[n_train:]).item(),
            ((y[n_train:] - y[:n_train].mean()) ** 2).mean().item(),
        )


# %% right project: Adam
def fit_deliveries(X, y, n_train):
    std, mean = torch.std_mean(X[:n_train], dim=0)
    scale = lambda rows: (rows - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    optimizer = optim.Adam(model.parameters(), lr=0.5)
    for epoch in range(600):
        loss = nn.functional.mse_loss(model(scale(X[:n_train])), y[:n_train])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    errors = model(scale(X[n_train:])).detach() - y[n_train:]
    return (
        model,
        mean,
        std,
        float((errors**2).mean()),
        ((y[n_train:] - y[:n_train].mean()) ** 2).mean().item(),
    )


# %% right project: least squares, copied into the layer
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    A = torch.cat([Z, torch.ones(len(Z), 1)], dim=1)
    solution = torch.linalg.lstsq(A[:n_train], y[:n_train]).solution
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    with torch.no_grad():
        model[0].weight.copy_(solution[:-1].T)
        model[0].bias.copy_(solution[-1])
        test_mse = nn.MSELoss()(model(Z[n_train:]), y[n_train:])
    return (
        model,
        mean,
        std,
        test_mse.item(),
        ((y[n_train:] - y[:n_train].mean()) ** 2).mean().item(),
    )


# %% right project: gradient descent by hand
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    X_train, X_test = (X[:n_train] - mean) / std, (X[n_train:] - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    for epoch in range(300):
        model.zero_grad()
        ((model(X_train) - y[:n_train]) ** 2).mean().backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= 0.1 * p.grad
    with torch.no_grad():
        return (
            model,
            mean,
            std,
            ((model(X_test) - y[n_train:]) ** 2).mean().item(),
            ((y[n_train:] - y[:n_train].mean()) ** 2).mean().item(),
        )


# %% wrong project: the test rows took part in it
def fit_deliveries(X, y, n_train):
    mean, std = X.mean(dim=0), X.std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y[:n_train]).backward()
        optimizer.step()
    with torch.no_grad():
        return (
            model,
            mean,
            std,
            criterion(model(Z[n_train:]), y[n_train:]).item(),
            ((y[n_train:] - y[:n_train].mean()) ** 2).mean().item(),
        )


# %% wrong project: training exploded
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.1)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(X[:n_train]), y[:n_train]).backward()
        optimizer.step()
    with torch.no_grad():
        return (
            model,
            mean,
            std,
            criterion(model(X[n_train:]), y[n_train:]).item(),
            ((y[n_train:] - y[:n_train].mean()) ** 2).mean().item(),
        )


# %% wrong project: this is the error on the training rows
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        loss = criterion(model(Z[:n_train]), y[:n_train])
        loss.backward()
        optimizer.step()
    return model, mean, std, loss.item(), ((y[n_train:] - y[:n_train].mean()) ** 2).mean().item()


# %% wrong project: Is training finished, and `zero_grad` in the loop?
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.01)
    for epoch in range(50):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y[:n_train]).backward()
        optimizer.step()
    with torch.no_grad():
        return (
            model,
            mean,
            std,
            criterion(model(Z[n_train:]), y[n_train:]).item(),
            ((y[n_train:] - y[:n_train].mean()) ** 2).mean().item(),
        )


# %% wrong project: test_mse is of type Tensor
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y[:n_train]).backward()
        optimizer.step()
    return (
        model,
        mean,
        std,
        criterion(model(Z[n_train:]), y[n_train:]),
        ((y[n_train:] - y[:n_train].mean()) ** 2).mean().item(),
    )


# %% wrong project: every prediction was compared with every target
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y[:n_train]).backward()
        optimizer.step()
    with torch.no_grad():
        y_hat = model(Z[n_train:]).flatten()
        return (
            model,
            mean,
            std,
            ((y_hat - y[n_train:]) ** 2).mean().item(),
            ((y[n_train:] - y[:n_train].mean()) ** 2).mean().item(),
        )


# %% wrong project: this is the mean absolute error
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y[:n_train]).backward()
        optimizer.step()
    with torch.no_grad():
        return (
            model,
            mean,
            std,
            (model(Z[n_train:]) - y[n_train:]).abs().mean().item(),
            ((y[n_train:] - y[:n_train].mean()) ** 2).mean().item(),
        )


# %% wrong project: this is the error on all rows
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y[:n_train]).backward()
        optimizer.step()
    with torch.no_grad():
        return (
            model,
            mean,
            std,
            criterion(model(Z), y).item(),
            ((y[n_train:] - y[:n_train].mean()) ** 2).mean().item(),
        )


# %% wrong project: this is the fit to all 240 rows
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z), y).backward()
        optimizer.step()
    with torch.no_grad():
        return (
            model,
            mean,
            std,
            criterion(model(Z[n_train:]), y[n_train:]).item(),
            ((y[n_train:] - y[:n_train].mean()) ** 2).mean().item(),
        )


# %% wrong project: std: the test rows took part in it
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X.std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y[:n_train]).backward()
        optimizer.step()
    with torch.no_grad():
        return (
            model,
            mean,
            std,
            criterion(model(Z[n_train:]), y[n_train:]).item(),
            ((y[n_train:] - y[:n_train].mean()) ** 2).mean().item(),
        )


# %% wrong project: this is the root of the mean squared error
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y[:n_train]).backward()
        optimizer.step()
    with torch.no_grad():
        return (
            model,
            mean,
            std,
            criterion(model(Z[n_train:]), y[n_train:]).sqrt().item(),
            ((y[n_train:] - y[:n_train].mean()) ** 2).mean().item(),
        )


# %% wrong project: the model was tested on unscaled rows
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y[:n_train]).backward()
        optimizer.step()
    with torch.no_grad():
        return (
            model,
            mean,
            std,
            criterion(model(X[n_train:]), y[n_train:]).item(),
            ((y[n_train:] - y[:n_train].mean()) ** 2).mean().item(),
        )


# %% wrong project: was it trained on unscaled rows?
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.002)
    for epoch in range(1000):
        optimizer.zero_grad()
        criterion(model(X[:n_train]), y[:n_train]).backward()
        optimizer.step()
    with torch.no_grad():
        return (
            model,
            mean,
            std,
            criterion(model(X[n_train:]), y[n_train:]).item(),
            ((y[n_train:] - y[:n_train].mean()) ** 2).mean().item(),
        )


# %% wrong project: the average is that of the test rows
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y[:n_train]).backward()
        optimizer.step()
    with torch.no_grad():
        test_mse = criterion(model(Z[n_train:]), y[n_train:]).item()
    guess_mse = ((y[n_train:] - y[n_train:].mean()) ** 2).mean().item()
    return model, mean, std, test_mse, guess_mse


# %% wrong project: the average is that of all rows
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y[:n_train]).backward()
        optimizer.step()
    with torch.no_grad():
        test_mse = criterion(model(Z[n_train:]), y[n_train:]).item()
    guess_mse = ((y[n_train:] - y.mean()) ** 2).mean().item()
    return model, mean, std, test_mse, guess_mse


# %% wrong project: this is measured on the training rows
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y[:n_train]).backward()
        optimizer.step()
    with torch.no_grad():
        test_mse = criterion(model(Z[n_train:]), y[n_train:]).item()
    guess_mse = ((y[:n_train] - y[:n_train].mean()) ** 2).mean().item()
    return model, mean, std, test_mse, guess_mse


# %% wrong project: guess_mse is of type Tensor
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y[:n_train]).backward()
        optimizer.step()
    with torch.no_grad():
        test_mse = criterion(model(Z[n_train:]), y[n_train:]).item()
    guess_mse = ((y[n_train:] - y[:n_train].mean()) ** 2).mean()
    return model, mean, std, test_mse, guess_mse


# %% wrong project: this is `test_mse` again
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y[:n_train]).backward()
        optimizer.step()
    with torch.no_grad():
        test_mse = criterion(model(Z[n_train:]), y[n_train:]).item()
    guess_mse = criterion(model(Z[n_train:]), y[n_train:]).item()
    return model, mean, std, test_mse, guess_mse


# %% wrong project: did not return five things
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y[:n_train]).backward()
        optimizer.step()
    with torch.no_grad():
        test_mse = criterion(model(Z[n_train:]), y[n_train:]).item()
    guess_mse = ((y[n_train:] - y[:n_train].mean()) ** 2).mean().item()
    return model, mean, std, test_mse


# %% wrong project: shapes cannot be multiplied
def fit_deliveries(X, y, n_train):
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(3, 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y[:n_train]).backward()
        optimizer.step()
    with torch.no_grad():
        test_mse = criterion(model(Z[n_train:]), y[n_train:]).item()
    guess_mse = ((y[n_train:] - y[:n_train].mean()) ** 2).mean().item()
    return model, mean, std, test_mse, guess_mse


# %% wrong project: the targets were standardised
def fit_deliveries(X, y, n_train):
    y_train, y_test = y[:n_train], y[n_train:]
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    y_test = (y_test - y_train.mean()) / y_train.std()
    y_train = (y_train - y_train.mean()) / y_train.std()
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y_train).backward()
        optimizer.step()
    with torch.no_grad():
        test_mse = criterion(model(Z[n_train:]), y_test).item()
    guess_mse = ((y_test - y_train.mean()) ** 2).mean().item()
    return model, mean, std, test_mse, guess_mse


# %% wrong project: the average was subtracted from the targets
def fit_deliveries(X, y, n_train):
    y_train, y_test = y[:n_train], y[n_train:]
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y_train - y_train.mean()).backward()
        optimizer.step()
    with torch.no_grad():
        test_mse = criterion(model(Z[n_train:]) + y_train.mean(), y_test).item()
    guess_mse = ((y_test - y_train.mean()) ** 2).mean().item()
    return model, mean, std, test_mse, guess_mse


# %% wrong project: your model takes raw rows
def fit_deliveries(X, y, n_train):
    y_train, y_test = y[:n_train], y[n_train:]
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y_train).backward()
        optimizer.step()
    with torch.no_grad():
        model[0].bias -= (model[0].weight * mean / std).sum()
        model[0].weight /= std
    with torch.no_grad():
        test_mse = criterion(model(X[n_train:]), y_test).item()
    guess_mse = ((y_test - y_train.mean()) ** 2).mean().item()
    return model, mean, std, test_mse, guess_mse


# %% wrong project: the model says the average for every row
def fit_deliveries(X, y, n_train):
    y_train, y_test = y[:n_train], y[n_train:]
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y_train.flatten()).backward()
        optimizer.step()
    with torch.no_grad():
        test_mse = criterion(model(Z[n_train:]), y_test).item()
    guess_mse = ((y_test - y_train.mean()) ** 2).mean().item()
    return model, mean, std, test_mse, guess_mse


# %% wrong project: scaled with their own statistics
def fit_deliveries(X, y, n_train):
    y_train, y_test = y[:n_train], y[n_train:]
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    X_test = X[n_train:]
    Z_test = (X_test - X_test.mean(dim=0)) / X_test.std(dim=0)
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y_train).backward()
        optimizer.step()
    with torch.no_grad():
        test_mse = criterion(model(Z_test), y_test).item()
    guess_mse = ((y_test - y_train.mean()) ** 2).mean().item()
    return model, mean, std, test_mse, guess_mse


# %% wrong project: are the two errors swapped?
def fit_deliveries(X, y, n_train):
    y_train, y_test = y[:n_train], y[n_train:]
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y_train).backward()
        optimizer.step()
    with torch.no_grad():
        test_mse = criterion(model(Z[n_train:]), y_test).item()
    guess_mse = ((y_test - y_train.mean()) ** 2).mean().item()
    return model, mean, std, guess_mse, test_mse


# %% wrong project: this is the average itself
def fit_deliveries(X, y, n_train):
    y_train, y_test = y[:n_train], y[n_train:]
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y_train).backward()
        optimizer.step()
    with torch.no_grad():
        test_mse = criterion(model(Z[n_train:]), y_test).item()
    guess_mse = y_train.mean().item()
    return model, mean, std, test_mse, guess_mse


# %% wrong project: Does each step use all training rows?
def fit_deliveries(X, y, n_train):
    y_train, y_test = y[:n_train], y[n_train:]
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.1)
    for epoch in range(100):
        for i in range(0, n_train, 32):
            batch = slice(i, min(i + 32, n_train))
            optimizer.zero_grad()
            criterion(model(Z[batch]), y[batch]).backward()
            optimizer.step()
    with torch.no_grad():
        test_mse = criterion(model(Z[n_train:]), y_test).item()
    guess_mse = ((y_test - y_train.mean()) ** 2).mean().item()
    return model, mean, std, test_mse, guess_mse


# %% wrong project: as small as those of a fresh layer
def fit_deliveries(X, y, n_train):
    y_train, y_test = y[:n_train], y[n_train:]
    mean, std = X[:n_train].mean(dim=0), X[:n_train].std(dim=0)
    Z = (X - mean) / std
    model = nn.Sequential(nn.Linear(X.shape[1], 1))
    criterion, optimizer = nn.MSELoss(), optim.SGD(model.parameters(), lr=0.2)
    for epoch in range(200):
        optimizer.zero_grad()
        criterion(model(Z[:n_train]), y_train).backward()
    with torch.no_grad():
        test_mse = criterion(model(Z[n_train:]), y_test).item()
    guess_mse = ((y_test - y_train.mean()) ** 2).mean().item()
    return model, mean, std, test_mse, guess_mse
