# %% right sgd-step: pairs, in place, without recording
def sgd_step(params, grads, lr):
    with torch.no_grad():
        for p, g in zip(params, grads):
            p -= lr * g


# %% right sgd-step: by index, with a method
def sgd_step(params, grads, lr):
    with torch.no_grad():
        for i in range(len(params)):
            params[i].sub_(lr * grads[i])


# %% right sgd-step: the new values are copied in
def sgd_step(params, grads, lr):
    for p, g in zip(params, grads):
        new = p.detach() - lr * g
        p.data.copy_(new)


# %% right sgd-step: PyTorch's own optimizer on borrowed gradients
def sgd_step(params, grads, lr):
    held = [p.detach() for p in params]
    for p, g in zip(held, grads):
        p.grad = g.clone()
    optim.SGD(held, lr=lr).step()


# %% wrong sgd-step: it has not moved
def sgd_step(params, grads, lr):
    with torch.no_grad():
        for p, g in zip(params, grads):
            p = p - lr * g


# %% wrong sgd-step: it moved uphill, along the gradient
def sgd_step(params, grads, lr):
    with torch.no_grad():
        for p, g in zip(params, grads):
            p += lr * g


# %% wrong sgd-step: a whole gradient was taken off
def sgd_step(params, grads, lr):
    with torch.no_grad():
        for p, g in zip(params, grads):
            p -= g


# %% wrong sgd-step: it is now the change alone
def sgd_step(params, grads, lr):
    with torch.no_grad():
        for p, g in zip(params, grads):
            p.copy_(-lr * g)


# %% wrong sgd-step: only the first tensor moved
def sgd_step(params, grads, lr):
    with torch.no_grad():
        for p, g in zip(params, grads):
            p -= lr * g
            return


# %% wrong sgd-step: sgd_step changed the gradients
def sgd_step(params, grads, lr):
    with torch.no_grad():
        for p, g in zip(params, grads):
            g *= lr
            p -= g


# %% wrong sgd-step: a leaf Variable that requires grad
def sgd_step(params, grads, lr):
    for p, g in zip(params, grads):
        p -= lr * g


# %% wrong sgd-step: the tensor required gradients before
def sgd_step(params, grads, lr):
    for p, g in zip(params, grads):
        p.requires_grad_(False)
        p -= lr * g


# %% wrong sgd-step: unsupported operand type
def sgd_step(params, grads, lr):
    with torch.no_grad():
        for p in params:
            p -= lr * p.grad


# %% right without: the first part of the full name
def optimizer_without(model, name, lr):
    trained = []
    for full, p in model.named_parameters():
        if full.split(".")[0] != name:
            trained.append(p)
    return optim.SGD(trained, lr=lr)


# %% right without: the beginning of the name, with its dot
def optimizer_without(model, name, lr):
    start = name + "."
    ps = [p for full, p in model.named_parameters() if not full.startswith(start)]
    return torch.optim.SGD(ps, lr)


# %% right without: part by part
def optimizer_without(model, name, lr):
    groups = []
    for part, layer in model.named_children():
        if part != name:
            groups.append({"params": layer.parameters()})
    return optim.SGD(groups, lr=lr)


# %% right without: the tensors of the part, compared one by one
def optimizer_without(model, name, lr):
    frozen = {id(p) for p in model.get_submodule(name).parameters()}
    return optim.SGD((p for p in model.parameters() if id(p) not in frozen), lr=lr)


# %% wrong without: the frozen part moves, and the rest stays
def optimizer_without(model, name, lr):
    trained = [p for full, p in model.named_parameters() if full.startswith(name + ".")]
    return optim.SGD(trained, lr=lr)


# %% wrong without: all of them move
def optimizer_without(model, name, lr):
    trained = [p for full, p in model.named_parameters() if full != name]
    return optim.SGD(trained, lr=lr)


# %% wrong without: the frozen part's bias moves
def optimizer_without(model, name, lr):
    trained = [p for full, p in model.named_parameters() if full != name + ".weight"]
    return optim.SGD(trained, lr=lr)


# %% wrong without: with PyTorch's own learning rate
def optimizer_without(model, name, lr):
    trained = [p for full, p in model.named_parameters() if full.split(".")[0] != name]
    return optim.SGD(trained)


# %% wrong without: no longer require gradients
def optimizer_without(model, name, lr):
    for full, p in model.named_parameters():
        if full.startswith(name + "."):
            p.requires_grad = False
    return optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)


# %% wrong without: though `head` was asked for
def optimizer_without(model, name, lr):
    return optim.SGD(model.head.parameters(), lr=lr)


# %% wrong without: its name begins in the same way
def optimizer_without(model, name, lr):
    trained = [p for full, p in model.named_parameters() if not full.startswith(name)]
    return optim.SGD(trained, lr=lr)


# %% wrong without: returned nothing
def optimizer_without(model, name, lr):
    trained = [p for full, p in model.named_parameters() if full.split(".")[0] != name]
    optimizer = optim.SGD(trained, lr=lr)


# %% wrong without: returned a list, not an optimizer
def optimizer_without(model, name, lr):
    return [p for full, p in model.named_parameters() if full.split(".")[0] != name]


# %% wrong without: returned optim.Adam. Which optimizer is asked for?
def optimizer_without(model, name, lr):
    trained = [p for full, p in model.named_parameters() if full.split(".")[0] != name]
    return optim.Adam(trained, lr=lr)


# %% right fit-copy: copy, optimizer of the copy, a last forward pass
def fit_copy(model, X, y, lr, steps):
    criterion = nn.MSELoss()
    model = copy.deepcopy(model)
    optimizer = optim.SGD(model.parameters(), lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
    return model, criterion(model(X), y).item()


# %% right fit-copy: gradients cleared at the end of each step
def fit_copy(model, X, y, lr, steps):
    trained = copy.deepcopy(model)
    trained.zero_grad()
    optimizer = torch.optim.SGD(trained.parameters(), lr)
    for _ in range(steps):
        ((trained(X) - y) ** 2).mean().backward()
        optimizer.step()
        optimizer.zero_grad()
    with torch.no_grad():
        return trained, float(((trained(X) - y) ** 2).mean())


# %% right fit-copy: without an optimizer
def fit_copy(model, X, y, lr, steps):
    trained = copy.deepcopy(model)
    for _ in range(steps):
        loss = nn.functional.mse_loss(trained(X), y)
        slopes = torch.autograd.grad(loss, list(trained.parameters()))
        with torch.no_grad():
            for p, g in zip(trained.parameters(), slopes):
                p -= lr * g
    return trained, nn.functional.mse_loss(trained(X), y).item()


# %% wrong fit-copy: Whose tensors does the optimizer hold?
def fit_copy(model, X, y, lr, steps):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    model = copy.deepcopy(model)
    for _ in range(steps):
        optimizer.zero_grad()
        criterion(model(X), y).backward()
        optimizer.step()
    return model, criterion(model(X), y).item()


# %% wrong fit-copy: they were trained, and should stay as they were
def fit_copy(model, X, y, lr, steps):
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        criterion(model(X), y).backward()
        optimizer.step()
    return model, criterion(model(X), y).item()


# %% wrong fit-copy: the first gradient is still in `.grad`
def fit_copy(model, X, y, lr, steps):
    criterion = nn.MSELoss()
    trained = copy.deepcopy(model)
    optimizer = optim.SGD(trained.parameters(), lr=lr)
    for _ in range(steps):
        model.zero_grad()
        criterion(trained(X), y).backward()
        optimizer.step()
    return trained, criterion(trained(X), y).item()


# %% wrong fit-copy: only one step was taken
def fit_copy(model, X, y, lr, steps):
    criterion = nn.MSELoss()
    for _ in range(steps):
        trained = copy.deepcopy(model)
        optimizer = optim.SGD(trained.parameters(), lr=lr)
        criterion(trained(X), y).backward()
        optimizer.step()
    return trained, criterion(trained(X), y).item()


# %% wrong fit-copy: that is the loss before the last step
def fit_copy(model, X, y, lr, steps):
    criterion = nn.MSELoss()
    model = copy.deepcopy(model)
    optimizer = optim.SGD(model.parameters(), lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
    return model, loss.item()


# %% wrong fit-copy: that is the loss of the untrained model
def fit_copy(model, X, y, lr, steps):
    criterion = nn.MSELoss()
    trained = copy.deepcopy(model)
    optimizer = optim.SGD(trained.parameters(), lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        criterion(trained(X), y).backward()
        optimizer.step()
    return trained, criterion(model(X), y).item()


# %% wrong fit-copy: that is the sum of the squared errors
def fit_copy(model, X, y, lr, steps):
    trained = copy.deepcopy(model)
    optimizer = optim.SGD(trained.parameters(), lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        nn.MSELoss()(trained(X), y).backward()
        optimizer.step()
    return trained, ((trained(X) - y) ** 2).sum().item()


# %% wrong fit-copy: returns is no Python float
def fit_copy(model, X, y, lr, steps):
    criterion = nn.MSELoss()
    trained = copy.deepcopy(model)
    optimizer = optim.SGD(trained.parameters(), lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        criterion(trained(X), y).backward()
        optimizer.step()
    return trained, criterion(trained(X), y)


# %% wrong fit-copy: should return two things
def fit_copy(model, X, y, lr, steps):
    criterion = nn.MSELoss()
    trained = copy.deepcopy(model)
    optimizer = optim.SGD(trained.parameters(), lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        criterion(trained(X), y).backward()
        optimizer.step()
    return trained


# %% wrong fit-copy: The copy comes first, then its loss
def fit_copy(model, X, y, lr, steps):
    criterion = nn.MSELoss()
    trained = copy.deepcopy(model)
    optimizer = optim.SGD(trained.parameters(), lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        criterion(trained(X), y).backward()
        optimizer.step()
    return criterion(trained(X), y).item(), trained


# %% right lr-limit: three values of the loss
def lr_limit(f):
    curvature = f(1.0) - 2 * f(0.0) + f(-1.0)
    return 2 / curvature


# %% right lr-limit: the difference of two slopes, by autograd
def lr_limit(f):
    def slope(at):
        w = torch.tensor(at, requires_grad=True)
        f(w).backward()
        return w.grad.item()

    return 2 / (slope(1.0) - slope(0.0))


# %% right lr-limit: the factor before the square, found from two differences
def lr_limit(f):
    a = (f(2.0) - 2 * f(1.0) + f(0.0)) / 2
    return 1 / a


# %% right lr-limit: by trying, halving the interval
def lr_limit(f):
    def slope(w):
        return (f(w + 1.0) - f(w - 1.0)) / 2

    low, high = 0.0, 1000.0
    for _ in range(60):
        lr = (low + high) / 2
        first = 3.0 - lr * slope(3.0)
        second = first - lr * slope(first)
        if abs(second - first) < abs(first - 3.0):
            low = lr
        else:
            high = lr
    return low


# %% wrong lr-limit: that is the curvature
def lr_limit(f):
    return f(1.0) - 2 * f(0.0) + f(-1.0)


# %% wrong lr-limit: how far apart are the points?
def lr_limit(f):
    return 1 / (f(1.0) - 2 * f(0.0) + f(-1.0))


# %% wrong lr-limit: twice the limit
def lr_limit(f):
    a = (f(1.0) - 2 * f(0.0) + f(-1.0)) / 2
    return 2 / a


# %% wrong lr-limit: the slope at 1 was taken for the curvature
def lr_limit(f):
    w = torch.tensor(1.0, requires_grad=True)
    f(w).backward()
    return 2 / w.grad.item()


# %% wrong lr-limit: right only when b and c are 0
def lr_limit(f):
    return 2 / (2 * f(1.0))


# %% wrong lr-limit: has a part that comes from b
def lr_limit(f):
    return 1 / (f(1.0) - f(0.0))


# %% wrong lr-limit: the same as for 2 w²
def lr_limit(f):
    return 2 / 4


# %% wrong lr-limit: the sign is wrong
def lr_limit(f):
    def slope(at):
        w = torch.tensor(at, requires_grad=True)
        f(w).backward()
        return w.grad.item()

    return 2 / (slope(0.0) - slope(1.0))


# %% right best-lr: the best so far
def best_lr(train, lrs):
    best, lowest = None, math.inf
    for lr in lrs:
        last = train(lr)[-1]
        if math.isfinite(last) and last < lowest:
            best, lowest = lr, last
    return best


# %% right best-lr: a table of the finite ones
def best_lr(train, lrs):
    ends = {}
    for lr in lrs:
        last = train(lr)[-1]
        if math.isfinite(last):
            ends[lr] = last
    if not ends:
        return None
    return min(ends, key=ends.get)


# %% right best-lr: pairs, sorted
def best_lr(train, lrs):
    pairs = [(train(lr)[-1], lr) for lr in lrs]
    pairs = sorted(pair for pair in pairs if math.isfinite(pair[0]))
    return pairs[0][1] if pairs else None


# %% right best-lr: with a tensor
def best_lr(train, lrs):
    ends = torch.tensor([train(lr)[-1] for lr in lrs], dtype=torch.float64)
    finite = torch.isfinite(ends)
    if not finite.any():
        return None
    ends[~finite] = math.inf
    return lrs[int(ends.argmin())]


# %% wrong best-lr: that is the lowest loss, not the learning rate
def best_lr(train, lrs):
    ends = [train(lr)[-1] for lr in lrs]
    ends = [end for end in ends if math.isfinite(end)]
    return min(ends) if ends else None


# %% wrong best-lr: that run was lowest on its way
def best_lr(train, lrs):
    best, lowest = None, math.inf
    for lr in lrs:
        loss = min(train(lr))
        if loss < lowest:
            best, lowest = lr, loss
    return best


# %% wrong best-lr: that is the place in the list
def best_lr(train, lrs):
    ends = [train(lr)[-1] for lr in lrs]
    return ends.index(min(ends))


# %% wrong best-lr: that is the largest last loss
def best_lr(train, lrs):
    best, highest = None, -math.inf
    for lr in lrs:
        last = train(lr)[-1]
        if math.isfinite(last) and last > highest:
            best, highest = lr, last
    return best


# %% wrong best-lr: When does your loop return?
def best_lr(train, lrs):
    best, lowest = None, math.inf
    for lr in lrs:
        last = train(lr)[-1]
        if last < lowest:
            best, lowest = lr, last
        return best


# %% wrong best-lr: that run ended with `nan`
def best_lr(train, lrs):
    return min(lrs, key=lambda lr: train(lr)[-1])


# %% wrong best-lr: Does one bad run end the search?
def best_lr(train, lrs):
    best, lowest = None, math.inf
    for lr in lrs:
        last = train(lr)[-1]
        if not math.isfinite(last):
            return best
        if last < lowest:
            best, lowest = lr, last
    return best


# %% wrong best-lr: a run that ended with `inf` was chosen
def best_lr(train, lrs):
    ends = {lr: train(lr)[-1] for lr in lrs}
    ends = {lr: end for lr, end in ends.items() if not math.isnan(end)}
    return min(ends, key=ends.get) if ends else None


# %% wrong best-lr: 0.0 is no rate of the list
def best_lr(train, lrs):
    best, lowest = 0.0, math.inf
    for lr in lrs:
        last = train(lr)[-1]
        if math.isfinite(last) and last < lowest:
            best, lowest = lr, last
    return best


# %% wrong best-lr: that is the smallest rate
def best_lr(train, lrs):
    ends = [train(lr)[-1] for lr in lrs]
    good = [lr for lr, end in zip(lrs, ends) if math.isfinite(end)]
    return min(good) if good else None


# %% wrong best-lr: Is the best loss replaced too
def best_lr(train, lrs):
    best, lowest = None, math.inf
    for lr in lrs:
        last = train(lr)[-1]
        if math.isfinite(last) and last < lowest:
            best = lr
    return best


# %% wrong best-lr: no run was chosen
def best_lr(train, lrs):
    best, lowest = None, 0.0
    for lr in lrs:
        last = train(lr)[-1]
        if math.isfinite(last) and last < lowest:
            best, lowest = lr, last
    return best


# %% wrong best-lr: two for each rate
def best_lr(train, lrs):
    best, lowest = None, math.inf
    for lr in lrs:
        if math.isfinite(train(lr)[-1]):
            last = train(lr)[-1]
            if last < lowest:
                best, lowest = lr, last
    return best


# %% wrong best-lr: one more than needed
def best_lr(train, lrs):
    ends = {lr: train(lr)[-1] for lr in lrs}
    ends = {lr: end for lr, end in ends.items() if math.isfinite(end)}
    if not ends:
        return None
    best = min(ends, key=ends.get)
    print(best, train(best)[-1])
    return best


# %% wrong best-lr: Which start value is above all of them?
def best_lr(train, lrs):
    best, lowest = None, 1e9
    for lr in lrs:
        last = train(lr)[-1]
        if math.isfinite(last) and last < lowest:
            best, lowest = lr, last
    return best


# %% right sgd-epoch: split, and the formula of the slope
def sgd_epoch(X, y, w, lr, size):
    for rows, targets in zip(X.split(size), y.split(size)):
        error = rows @ w - targets
        w = w - lr * 2 * rows.T @ error / len(rows)
    return w


# %% right sgd-epoch: slices and autograd
def sgd_epoch(X, y, w, lr, size):
    w = w.detach().clone().requires_grad_()
    for start in range(0, len(X), size):
        end = start + size
        loss = ((X[start:end] @ w - y[start:end]) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
        w.grad = None
    return w.detach()


# %% right sgd-epoch: PyTorch's loss and optimizer
def sgd_epoch(X, y, w, lr, size):
    w = nn.Parameter(w.clone())
    optimizer = optim.SGD([w], lr=lr)
    for rows, targets in zip(X.split(size), y.split(size)):
        optimizer.zero_grad()
        nn.functional.mse_loss(rows @ w, targets).backward()
        optimizer.step()
    return w.detach()


# %% right sgd-epoch: the mean of the slopes of the rows
def sgd_epoch(X, y, w, lr, size):
    new = w.clone()
    first = 0
    while first < len(X):
        rows, targets = X[first : first + size], y[first : first + size]
        slopes = torch.stack([2 * (x @ new - t) * x for x, t in zip(rows, targets)])
        new -= lr * slopes.mean(dim=0)
        first += size
    return new


# %% wrong sgd-epoch: Are the last rows a batch too?
def sgd_epoch(X, y, w, lr, size):
    w = w.clone()
    for i in range(0, len(X) - size, size):
        error = X[i : i + size] @ w - y[i : i + size]
        w = w - lr * 2 * X[i : i + size].T @ error / size
    return w


# %% wrong sgd-epoch: the last batch, with its one row, was left out
def sgd_epoch(X, y, w, lr, size):
    for k in range(len(X) // size):
        rows, targets = X[k * size : (k + 1) * size], y[k * size : (k + 1) * size]
        w = w - lr * 2 * rows.T @ (rows @ w - targets) / size
    return w


# %% wrong sgd-epoch: the step went uphill
def sgd_epoch(X, y, w, lr, size):
    for rows, targets in zip(X.split(size), y.split(size)):
        error = targets - rows @ w
        w = w - lr * 2 * rows.T @ error / len(rows)
    return w


# %% wrong sgd-epoch: a mean, not a sum
def sgd_epoch(X, y, w, lr, size):
    for rows, targets in zip(X.split(size), y.split(size)):
        w = w - lr * 2 * rows.T @ (rows @ w - targets)
    return w


# %% wrong sgd-epoch: half of the step
def sgd_epoch(X, y, w, lr, size):
    for rows, targets in zip(X.split(size), y.split(size)):
        w = w - lr * rows.T @ (rows @ w - targets) / len(rows)
    return w


# %% wrong sgd-epoch: one step for each row
def sgd_epoch(X, y, w, lr, size):
    for x, t in zip(X, y):
        w = w - lr * 2 * (x @ w - t) * x
    return w


# %% wrong sgd-epoch: all slopes were taken at the first `w`
def sgd_epoch(X, y, w, lr, size):
    new = w.clone()
    for rows, targets in zip(X.split(size), y.split(size)):
        new = new - lr * 2 * rows.T @ (rows @ w - targets) / len(rows)
    return new


# %% wrong sgd-epoch: its errors were divided by 2
def sgd_epoch(X, y, w, lr, size):
    for rows, targets in zip(X.split(size), y.split(size)):
        w = w - lr * 2 * rows.T @ (rows @ w - targets) / size
    return w


# %% wrong sgd-epoch: only the first batch was used
def sgd_epoch(X, y, w, lr, size):
    for rows, targets in zip(X.split(size), y.split(size)):
        w = w - lr * 2 * rows.T @ (rows @ w - targets) / len(rows)
        return w


# %% wrong sgd-epoch: one step for all rows together
def sgd_epoch(X, y, w, lr, size):
    return w - lr * 2 * X.T @ (X @ w - y) / len(X)


# %% wrong sgd-epoch: old gradients are still there
def sgd_epoch(X, y, w, lr, size):
    w = w.clone().requires_grad_()
    for rows, targets in zip(X.split(size), y.split(size)):
        ((rows @ w - targets) ** 2).mean().backward()
        with torch.no_grad():
            w -= lr * w.grad
    return w.detach()


# %% wrong sgd-epoch: it was changed
def sgd_epoch(X, y, w, lr, size):
    for rows, targets in zip(X.split(size), y.split(size)):
        w -= lr * 2 * rows.T @ (rows @ w - targets) / len(rows)
    return w


# %% wrong sgd-epoch: the start was 0
def sgd_epoch(X, y, w, lr, size):
    w = torch.zeros(X.shape[1])
    for rows, targets in zip(X.split(size), y.split(size)):
        w = w - lr * 2 * rows.T @ (rows @ w - targets) / len(rows)
    return w


# %% wrong sgd-epoch: all weights moved by the same amount
def sgd_epoch(X, y, w, lr, size):
    for rows, targets in zip(X.split(size), y.split(size)):
        error = rows @ w - targets
        w = w - lr * (2 * error.unsqueeze(1) * rows).mean()
    return w


# %% right momentum-step: both lines in place
def momentum_step(params, grads, velocities, lr, mu):
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities):
            v *= mu
            v += g
            p -= lr * v


# %% right momentum-step: new velocities put into the list
def momentum_step(params, grads, velocities, lr, mu):
    with torch.no_grad():
        for i in range(len(params)):
            velocities[i] = mu * velocities[i] + grads[i]
            params[i] -= lr * velocities[i]


# %% right momentum-step: all velocities first, with copy_
@torch.no_grad()
def momentum_step(params, grads, velocities, lr, mu):
    for g, v in zip(grads, velocities):
        v.copy_(mu * v + g)
    for p, v in zip(params, velocities):
        p.add_(v, alpha=-lr)


# %% wrong momentum-step: it has not moved
def momentum_step(params, grads, velocities, lr, mu):
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities):
            v = mu * v + g
            p = p - lr * v


# %% wrong momentum-step: a step without momentum
def momentum_step(params, grads, velocities, lr, mu):
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities):
            p -= lr * g
            v.mul_(mu).add_(g)


# %% wrong momentum-step: the step went uphill
def momentum_step(params, grads, velocities, lr, mu):
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities):
            v.mul_(mu).add_(g)
            p += lr * v


# %% wrong momentum-step: the step used the old velocity
def momentum_step(params, grads, velocities, lr, mu):
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities):
            p -= lr * v
            v.mul_(mu).add_(g)


# %% wrong momentum-step: `lr` went into the velocity
def momentum_step(params, grads, velocities, lr, mu):
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities):
            v.mul_(mu).add_(lr * g)
            p -= v


# %% wrong momentum-step: PyTorch's velocity is a sum
def momentum_step(params, grads, velocities, lr, mu):
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities):
            v.mul_(mu).add_((1 - mu) * g)
            p -= lr * v


# %% wrong momentum-step: the old velocity does not fade
def momentum_step(params, grads, velocities, lr, mu):
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities):
            v += g
            p -= lr * v


# %% wrong momentum-step: mu multiplies the gradient
def momentum_step(params, grads, velocities, lr, mu):
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities):
            v += mu * g
            p -= lr * v


# %% wrong momentum-step: Nesterov's variant
def momentum_step(params, grads, velocities, lr, mu):
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities):
            v.mul_(mu).add_(g)
            p -= lr * (g + mu * v)


# %% wrong momentum-step: it is as before, so the next call knows nothing
def momentum_step(params, grads, velocities, lr, mu):
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities):
            v = mu * v + g
            p -= lr * v


# %% wrong momentum-step: the velocity was written into it
def momentum_step(params, grads, velocities, lr, mu):
    with torch.no_grad():
        for i in range(len(params)):
            grads[i] += mu * velocities[i]
            velocities[i] = grads[i].clone()
            params[i] -= lr * velocities[i]


# %% wrong momentum-step: a leaf Variable that requires grad
def momentum_step(params, grads, velocities, lr, mu):
    for p, g, v in zip(params, grads, velocities):
        v.mul_(mu).add_(g)
        p -= lr * v


# %% wrong momentum-step: the second of two tensors after two steps: it has not moved
def momentum_step(params, grads, velocities, lr, mu):
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities):
            v.mul_(mu).add_(g)
            p -= lr * v
            return


# %% wrong momentum-step: another usual formula
def momentum_step(params, grads, velocities, lr, mu):
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities):
            v.mul_(mu).sub_(lr * g)
            p += v


# %% wrong momentum-step: the new one added to it
def momentum_step(params, grads, velocities, lr, mu):
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities):
            v += mu * v + g
            p -= lr * v


# %% wrong momentum-step: multiplied by mu + g
def momentum_step(params, grads, velocities, lr, mu):
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities):
            v *= mu + g
            p -= lr * v


# %% wrong momentum-step: the gradient was taken off the velocity
def momentum_step(params, grads, velocities, lr, mu):
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities):
            v.mul_(mu).sub_(g)
            p -= lr * v


# %% right adam: lists beside the list of tensors
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params = list(params)
        self.lr, self.betas, self.eps = lr, betas, eps
        self.m = [torch.zeros_like(p) for p in self.params]
        self.v = [torch.zeros_like(p) for p in self.params]
        self.t = [0 for p in self.params]

    @torch.no_grad()
    def step(self):
        beta1, beta2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is not None:
                g = p.grad
                self.t[i] += 1
                self.m[i] = beta1 * self.m[i] + (1 - beta1) * g
                self.v[i] = beta2 * self.v[i] + (1 - beta2) * g * g
                m_hat = self.m[i] / (1 - beta1 ** self.t[i])
                v_hat = self.v[i] / (1 - beta2 ** self.t[i])
                p.sub_(self.lr * m_hat / (v_hat.sqrt() + self.eps))


# %% right adam: one dictionary for each tensor, changed in place
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.eps = lr, eps
        self.beta1, self.beta2 = betas
        self.state = [
            {"p": p, "m": torch.zeros(p.shape, dtype=p.dtype), "v": 0.0, "t": 0} for p in params
        ]

    def step(self):
        with torch.no_grad():
            for s in self.state:
                g = s["p"].grad
                if g is None:
                    continue
                s["t"] = s["t"] + 1
                s["m"].mul_(self.beta1).add_(g, alpha=1 - self.beta1)
                s["v"] = self.beta2 * s["v"] + (1 - self.beta2) * g.square()
                scale = (1 - self.beta2 ** s["t"]) ** 0.5
                root = s["v"].sqrt() / scale + self.eps
                s["p"] -= self.lr / (1 - self.beta1 ** s["t"]) * s["m"] / root


# %% right adam: state made when the first gradient comes
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.tensors = [p for p in params]
        self.settings = lr, *betas, eps
        self.memory = {}

    def step(self):
        lr, b1, b2, eps = self.settings
        for place, p in enumerate(self.tensors):
            if p.grad is None:
                continue
            g = p.grad.detach()
            m, v, t = self.memory.get(place, (0 * g, 0 * g, 0))
            m, v, t = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g**2, t + 1
            self.memory[place] = m, v, t
            p.data -= lr * (m / (1 - b1**t)) / (torch.sqrt(v / (1 - b2**t)) + eps)


# %% wrong adam: it has not moved
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [0.0 for _ in self.params]
        self.v = [0.0 for _ in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p = p - self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong adam: it went uphill
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [0.0 for _ in self.params]
        self.v = [0.0 for _ in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p += self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong adam: no bias correction
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [0.0 for _ in self.params]
        self.v = [0.0 for _ in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            p -= self.lr * self.m[i] / (self.v[i].sqrt() + self.eps)


# %% wrong adam: m was not corrected
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [0.0 for _ in self.params]
        self.v = [0.0 for _ in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * self.m[i] / (v_hat.sqrt() + self.eps)


# %% wrong adam: v was not corrected
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [0.0 for _ in self.params]
        self.v = [0.0 for _ in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            p -= self.lr * m_hat / (self.v[i].sqrt() + self.eps)


# %% wrong adam: the root of v is missing
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [0.0 for _ in self.params]
        self.v = [0.0 for _ in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat + self.eps)


# %% wrong adam: 1 - beta**0 is 0
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [0.0 for _ in self.params]
        self.v = [0.0 for _ in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)
            self.t[i] += 1


# %% wrong adam: the default, not the one given
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [0.0 for _ in self.params]
        self.v = [0.0 for _ in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= 0.001 * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong adam: its t is 2 already
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [0.0 for _ in self.params]
        self.v = [0.0 for _ in self.params]
        self.t = 0

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1**self.t)
            v_hat = self.v[i] / (1 - b2**self.t)
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong adam: averages of the first tensor
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = 0.0
        self.v = 0.0
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m = b1 * self.m + (1 - b1) * p.grad
            self.v = b2 * self.v + (1 - b2) * p.grad**2
            m_hat = self.m / (1 - b1 ** self.t[i])
            v_hat = self.v / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong adam: m and v do not outlive a call
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            m, v, t = 0.0, 0.0, 1
            m = b1 * m + (1 - b1) * p.grad
            v = b2 * v + (1 - b2) * p.grad**2
            m_hat, v_hat = m / (1 - b1**t), v / (1 - b2**t)
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong adam: t is still 1 in the second step
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [0.0 for _ in self.params]
        self.v = [0.0 for _ in self.params]
        self.t = 1

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1**self.t)
            v_hat = self.v[i] / (1 - b2**self.t)
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong adam: the two betas are swapped
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [0.0 for _ in self.params]
        self.v = [0.0 for _ in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b2, b1 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong adam: eps is missing
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [0.0 for _ in self.params]
        self.v = [0.0 for _ in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / v_hat.sqrt()


# %% wrong adam: eps stands inside the root
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [0.0 for _ in self.params]
        self.v = [0.0 for _ in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat + self.eps).sqrt()


# %% wrong adam: eps was added before v was corrected
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [0.0 for _ in self.params]
        self.v = [0.0 for _ in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            root = (self.v[i].sqrt() + self.eps) / (1 - b2 ** self.t[i]) ** 0.5
            p -= self.lr * m_hat / root


# %% wrong adam: no step was taken: `parameters()`
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = params, lr, betas, eps
        self.m = [0.0 for _ in params]
        self.v = [0.0] * len(self.m)
        self.t = [0] * len(self.m)

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong adam: only one step was taken: `parameters()`
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = params, lr, betas, eps
        self.m, self.v, self.t = {}, {}, {}

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] = self.t.get(i, 0) + 1
            self.m[i] = b1 * self.m.get(i, 0.0) + (1 - b1) * p.grad
            self.v[i] = b2 * self.v.get(i, 0.0) + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong adam: a leaf Variable that requires grad
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [0.0 for _ in self.params]
        self.v = [0.0 for _ in self.params]
        self.t = [0 for _ in self.params]

    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong adam: unsupported operand type(s) for *: 'float' and 'NoneType'
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [0.0 for _ in self.params]
        self.v = [0.0 for _ in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong adam: the gradient was changed
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [0.0 for _ in self.params]
        self.v = [0.0 for _ in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)
            p.grad.zero_()


# %% wrong adam: is an `lr` of the notebook
lr, beta1, beta2, eps = 0.3, 0.9, 0.999, 1e-8


class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.v = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= lr * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong adam: what are g and its square multiplied by
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.v = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + p.grad
            self.v[i] = b2 * self.v[i] + p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong adam: its two numbers share one v
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.v = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * (p.grad**2).mean()
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong adam: Is it an average of squares?
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.v = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong adam: m̂ and v̂ were written over m and v
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.v = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            self.m[i] = self.m[i] / (1 - b1 ** self.t[i])
            self.v[i] = self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * self.m[i] / (self.v[i].sqrt() + self.eps)


# %% wrong adam: m and v start at 0 again in this step
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.v = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            m = torch.zeros_like(p)
            v = torch.zeros_like(p)
            m = b1 * m + (1 - b1) * p.grad
            v = b2 * v + (1 - b2) * p.grad**2
            m_hat = m / (1 - b1 ** self.t[i])
            v_hat = v / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong adam: Is it beta times t where
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.v = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 * self.t[i])
            v_hat = self.v[i] / (1 - b2 * self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong adam: the averages faded with 0.9 and 0.999
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.v = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = 0.9, 0.999
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong adam: eps was 1e-8, not the one given
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.v = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + 1e-8)


# %% wrong adam: neither the betas nor the eps given
lr, beta1, beta2, eps = 0.3, 0.9, 0.999, 1e-8


class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.v = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = beta1, beta2
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + eps)


# %% wrong adam: Should a missing gradient end the walk
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.v = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                return
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong adam: its t counted the step it was left out of
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.v = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.t = 0

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        self.t += 1
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1**self.t)
            v_hat = self.v[i] / (1 - b2**self.t)
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong adam: Clearing it is the task of `zero_grad`
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.v = [torch.zeros_like(p, requires_grad=False) for p in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * p.grad
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)
            p.grad = None


# %% wrong adam: to four digits, not to six
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.m = [torch.zeros(p.shape) for p in self.params]
        self.v = [torch.zeros(p.shape) for p in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i].mul_(b1).add_(p.grad, alpha=1 - b1)
            self.v[i].mul_(b2).add_(p.grad**2, alpha=1 - b2)
            m_hat = self.m[i] / (1 - b1 ** self.t[i])
            v_hat = self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% wrong fit-copy: that is one step too many
def fit_copy(model, X, y, lr, steps):
    criterion = nn.MSELoss()
    trained = copy.deepcopy(model)
    optimizer = optim.SGD(trained.parameters(), lr=lr)
    for _ in range(steps + 1):
        optimizer.zero_grad()
        loss = criterion(trained(X), y)
        loss.backward()
        optimizer.step()
    return trained, loss.item()


# %% wrong lr-limit: infinite: both slopes are the same
def lr_limit(f):
    w = torch.tensor(0.0, requires_grad=True)
    f(w).backward()
    first = w.grad
    with torch.no_grad():
        w += 1
    f(w).backward()
    second = w.grad
    return 2 / (second - first)


# %% wrong best-lr: two for each rate, and one more for each new best
def best_lr(train, lrs):
    best, lowest = None, math.inf
    for lr in lrs:
        if math.isfinite(train(lr)[-1]) and train(lr)[-1] < lowest:
            best, lowest = lr, train(lr)[-1]
    return best


# %% wrong best-lr: one for each rate, and one more for each new best
def best_lr(train, lrs):
    best, lowest = None, math.inf
    for lr in lrs:
        if train(lr)[-1] < lowest:
            best, lowest = lr, train(lr)[-1]
    return best
