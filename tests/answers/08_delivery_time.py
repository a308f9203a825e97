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


# %% right mse: square, then mean
def mse(y_hat, y):
    return ((y_hat - y) ** 2).mean()


# %% right mse: sum over count
def mse(y_hat, y):
    errors = y - y_hat
    return (errors * errors).sum() / errors.numel()


# %% right mse: a dot product
def mse(y_hat, y):
    errors = (y_hat - y).flatten()
    return torch.dot(errors, errors) / len(errors)


# %% right mse: from the norm
def mse(y_hat, y):
    return torch.linalg.vector_norm(y_hat - y).square() / y.numel()


# %% right mse: the square multiplied out
def mse(y_hat, y):
    return (y_hat**2 - 2 * y_hat * y + y**2).mean()


# %% wrong mse: 2 is the mean size of the errors
def mse(y_hat, y):
    return (y_hat - y).abs().mean()


# %% wrong mse: 0.667 is the mean of the errors; plus and minus
def mse(y_hat, y):
    return (y_hat - y).mean()


# %% wrong mse: 20 is the sum of the squares
def mse(y_hat, y):
    return ((y_hat - y) ** 2).sum()


# %% wrong mse: averaged before squaring
def mse(y_hat, y):
    return (y_hat - y).mean() ** 2


# %% wrong mse: without history
def mse(y_hat, y):
    return torch.tensor(((y_hat - y) ** 2).mean().item())


# %% wrong mse: half of the mean squared error
def mse(y_hat, y):
    return ((y_hat - y) ** 2 / 2).mean()


# %% wrong mse: that is the root
def mse(y_hat, y):
    return ((y_hat - y) ** 2).mean().sqrt()


# %% wrong mse: has shape (1, 1), not ()
def mse(y_hat, y):
    return ((y_hat - y) ** 2).mean(dim=0, keepdim=True)


# %% wrong mse: the sum was divided by the number of rows
def mse(y_hat, y):
    return ((y_hat - y) ** 2).sum() / len(y)


# %% right train: the five lines in the order of the text
def train(model, X, y, lr, epochs):
    loss_function = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        outputs = model(X)
        loss = loss_function(outputs, y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% right train: gradients cleared after the step
def train(model, X, y, lr, epochs):
    optimizer = optim.SGD(model.parameters(), lr=lr)
    optimizer.zero_grad()
    losses = []
    for _ in range(epochs):
        loss = nn.functional.mse_loss(model(X), y)
        losses.append(float(loss))
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    return losses


# %% right train: gradients cleared right before backward
def train(model, X, y, lr, epochs):
    criterion, losses = nn.MSELoss(), [0.0] * epochs
    optimizer = optim.SGD(model.parameters(), lr)
    for epoch in range(epochs):
        loss = criterion(model(X), y)
        model.zero_grad()
        loss.backward()
        losses[epoch] = loss.detach().item()
        optimizer.step()
    return losses


# %% right train: an inner function for one epoch
def train(model, X, y, lr, epochs):
    optimizer = optim.SGD(model.parameters(), lr=lr)

    def one_epoch():
        optimizer.zero_grad()
        loss = ((model(X) - y) ** 2).mean()
        loss.backward()
        optimizer.step()
        return loss.item()

    return [one_epoch() for _ in range(epochs)]


# %% wrong train: are the gradients of earlier epochs still there?
def train(model, X, y, lr, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong train: are the gradients cleared between `backward()` and `step()`?
def train(model, X, y, lr, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong train: does `step()` run before `backward()`
def train(model, X, y, lr, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        optimizer.step()
        loss.backward()
        losses.append(loss.item())
    return losses


# %% wrong train: the list holds tensors
def train(model, X, y, lr, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
        losses.append(loss)
    return losses


# %% wrong train: is 3, not 4
def train(model, X, y, lr, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(1, epochs):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong train: does `return` stand inside the loop?
def train(model, X, y, lr, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        return losses


# %% wrong train: did not return a list
def train(model, X, y, lr, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
    return loss.item()


# %% wrong train: Did the argument `lr` reach the optimizer?
def train(model, X, y, lr, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=0.01)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong train: these are the losses after each step
def train(model, X, y, lr, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        criterion(model(X), y).backward()
        optimizer.step()
        losses.append(criterion(model(X), y).item())
    return losses


# %% wrong train: was another model built inside `train`?
def train(model, X, y, lr, epochs):
    model = nn.Sequential(nn.Linear(1, 1))
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong train: is the line `loss.backward()` missing?
def train(model, X, y, lr, epochs):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong train: these are losses of the four deliveries
inputs, times = data.four_deliveries()


def train(model, X, y, lr, epochs):
    loss_function = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        outputs = model(inputs)
        loss = loss_function(outputs, times)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
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


# %% wrong predict-minutes: must have the same dtype
def predict_minutes(model, miles):
    with torch.no_grad():
        return model(torch.tensor([[miles]]))


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


# %% wrong largest-lr: the limit of a model without a bias
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


# %% wrong largest-lr: 2 divided by the largest entry of H
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


# %% wrong project: not yet the least-squares fit to the training rows
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
