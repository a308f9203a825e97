"""The loop board as a reader meets it: which line is lit, what it did, and what the losses do."""

import re
import sys
from xml.etree import ElementTree

import pytest
import torch
from playwright.sync_api import expect
from torch import nn

from course.boards.loop import LoopBoard, moon_net, two_moons
from tests.lab import lab

PATIENCE = 60
MINUTE = 60_000  # ms
SVG = "{http://www.w3.org/2000/svg}"
CODE = (
    "y_hat = model(X)",
    "loss = criterion(y_hat, y)",
    "optimizer.zero_grad()",
    "loss.backward()",
    "optimizer.step()",
)


@pytest.fixture
def shows(monkeypatch):
    """Makes boards as on a page, and closes them."""
    monkeypatch.setenv("JPY_SESSION_NAME", "unit.ipynb")
    boards = []

    def show(*arguments, **settings):
        boards.append(LoopBoard(*arguments, **settings))
        boards[-1].seconds = 0
        return boards[-1]

    yield show
    for board in boards:
        board.close()
        assert board.runner.wait(PATIENCE)


@pytest.fixture
def no_page(monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


def press(board, *names):
    for name in names:
        board.buttons[name].click()
        assert board.runner.wait(PATIENCE)


def texts(board):
    return list(ElementTree.fromstring(board.picture.value).iter(f"{SVG}text"))


def words(board):
    return ElementTree.fromstring(board.picture.value).get("aria-label")


def lit(board):
    """The lines of code that are marked: bold, and an arrow at the same height."""
    marks = {text.get("y") for text in texts(board) if text.text == "▶"}
    bold = [text for text in texts(board) if text.get("font-weight") == "bold"]
    assert marks == {text.get("y") for text in bold}
    return [text.text for text in bold]


def beside(board, code):
    """What the picture says beside a line of code."""
    y = next(text.get("y") for text in texts(board) if text.text == code)
    row = [text.text for text in texts(board) if text.get("y") == y and text.text != "▶"]
    return row[row.index(code) + 1]


def trained_by_hand(epochs, batch=32, rows=300, lr=0.1, forget=False, seed=0):
    """The five lines as unit 7 writes them; the model, the losses and what step read."""
    X, y = two_moons()
    X = X.double()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = moon_net()
    shuffle = torch.Generator().manual_seed(seed)
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    grads = []
    for _ in range(epochs):
        for part in torch.randperm(rows, generator=shuffle).split(batch):
            loss = criterion(model(X[part]), y[part])
            if not forget:
                optimizer.zero_grad()
            loss.backward()
            grads.append(model.fc2.bias.grad[0].item())
            optimizer.step()
    with torch.no_grad():
        train = criterion(model(X[:rows]), y[:rows]).item()
        return train, criterion(model(X[300:]), y[300:]).item(), grads


def test_a_new_board_shows_the_five_lines_and_waits(shows):
    board = shows()
    assert lit(board) == []
    assert set(CODE) <= {text.text for text in texts(board)}
    assert "Press <b>Step</b> to run one line" in board.status.value
    assert words(board) == (
        "Before the loop: 20 epochs, 10 iterations in each. "
        "Before the first epoch the training loss is 0.663, the test loss is 0.701."
    )


def test_each_step_lights_the_next_line_and_tells_what_it_did(shows):
    board = shows()
    for line in CODE:
        press(board, "Step")
        assert lit(board) == [line]
        assert words(board).startswith(f"Epoch 1 of 20, iteration 1 of 10, {line}: ")
        assert beside(board, line)
    press(board, "Step")
    assert lit(board) == [CODE[0]]
    assert words(board).startswith("Epoch 1 of 20, iteration 2 of 10, y_hat")


def test_the_numbers_beside_the_lines_are_those_of_pytorch(shows):
    board = shows()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = moon_net()
    part = torch.randperm(300, generator=torch.Generator().manual_seed(0))[:32]
    X, y = two_moons()
    y_hat = model(X[part].double())
    loss = nn.CrossEntropyLoss()(y_hat, y[part])
    loss.backward()
    bias, grad = model.fc2.bias[0].item(), model.fc2.bias.grad[0].item()
    press(board, *["Step"] * 5)
    did = board.runner.state.did
    assert did[0] == pytest.approx((*y_hat[0].tolist(), y[part[0]].item()))
    assert did[1] == pytest.approx((loss.item(),))
    assert did[2] == (None,)
    assert did[3] == (None, pytest.approx(grad), pytest.approx(grad))
    assert did[4] == pytest.approx((bias, grad, bias - 0.1 * grad))
    assert beside(board, CODE[1]) == "the batch's loss is 0.6611"
    assert beside(board, CODE[3]) == ".grad of fc2.bias[0]: None + (−0.03011) = −0.03011"


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"forget": True},
        {"batch": 300, "lr": 0.5},
        {"rows": 20, "epochs": 30},
        {"seed": 3},
    ],
)
def test_start_trains_as_the_five_lines_by_hand(shows, settings):
    board = shows(pace="epoch", **settings)
    press(board, "Start")
    train, test, grads = trained_by_hand(**{"epochs": 20} | settings)
    assert board.runner.state.losses[-1] == pytest.approx(train, rel=1e-4)
    assert board.runner.state.tests[-1] == pytest.approx(test, rel=1e-4)
    assert board.runner.state.grads == pytest.approx(grads, rel=1e-4, abs=1e-6)
    assert len(board.runner.state.losses) == board.epochs.value + 1
    assert board.buttons["Step"].disabled


def test_an_iteration_or_an_epoch_lights_all_five_lines(shows):
    board = shows(pace="iteration")
    press(board, "Step")
    assert lit(board) == list(CODE)
    assert "iteration 1 of 10, optimizer.step()" in words(board)
    board.controls["pace"].value = "epoch"
    press(board, "Step")
    assert lit(board) == list(CODE)
    assert "Epoch 1 of 20, iteration 10 of 10" in words(board)
    train, test, _ = trained_by_hand(1)
    losses = f"fell from 0.663 to {train:.3g} in 1 epoch, the test loss is {test:.3g}."
    assert losses in words(board)


def test_another_pace_goes_on_where_the_loop_is(shows):
    board = shows()
    press(board, "Step", "Step")
    board.controls["pace"].value = "iteration"
    assert board.runner.wait(PATIENCE)
    assert lit(board) == [CODE[1]]
    press(board, "Step")
    assert lit(board) == list(CODE[2:])
    board.controls["pace"].value = "epoch"
    press(board, "Start")
    paces = board.runner.state.losses
    board = shows(pace="epoch")
    press(board, "Start")
    assert board.runner.state.losses == paces


def test_a_forgotten_zero_grad_is_struck_through_and_never_lit(shows):
    board = shows(forget=True)
    struck = [text.text for text in texts(board) if text.get("text-decoration") == "line-through"]
    assert struck == ["optimizer.zero_grad()"]
    seen = []
    for _ in range(8):
        press(board, "Step")
        seen += lit(board)
    assert seen == [CODE[0], CODE[1], CODE[3], CODE[4]] * 2
    before = board.runner.state.grads[0]
    assert beside(board, CODE[2]).startswith("left out: .grad of fc2.bias[0] stays −0.03011")
    sums = board.runner.state.did[3]
    assert sums[0] == before
    assert sums[0] + sums[1] == pytest.approx(sums[2])
    assert "zero_grad is forgotten: .grad is a sum over 2 iterations" in words(board)


def test_without_zero_grad_the_gradient_grows_far_beyond_one_batch(no_page):
    kept, forgotten = (LoopBoard(pace="epoch", forget=forget) for forget in (False, True))
    for board in (kept, forgotten):
        board._repr_mimebundle_()
    largest = [max(map(abs, board.runner.state.grads)) for board in (kept, forgotten)]
    assert largest[1] > 3 * largest[0]
    assert forgotten.runner.state.losses[-1] > kept.runner.state.losses[-1]


@pytest.mark.parametrize(
    ("name", "value"),
    [("forget", True), ("lr", 0.5), ("epochs", 30), ("batch", 8), ("rows", 40), ("seed", 2)],
)
def test_a_setting_trains_anew_and_changes_the_picture(shows, name, value):
    board = shows(pace="epoch")
    press(board, "Start")
    picture, losses = board.picture.value, board.runner.state.losses
    board.controls[name].value = value
    assert board.runner.wait(PATIENCE)
    assert board.picture.value != picture
    assert board.runner.state.losses is not losses


def test_the_loss_axis_only_changes_the_picture(shows):
    board = shows(pace="epoch")
    press(board, "Start")
    state = board.runner.state
    board.scale.value = "log"
    assert board.runner.wait(PATIENCE)
    assert board.runner.state is state
    assert "log scale" in board.picture.value


def test_few_points_are_learned_by_heart_while_the_test_loss_rises(no_page):
    board = LoopBoard(pace="epoch", rows=10, epochs=500, lr=0.3)
    board._repr_mimebundle_()
    state = board.runner.state
    assert state.losses[-1] < 0.05
    assert state.tests[-1] > 2 * min(state.tests)


def test_the_line_of_python_makes_the_same_board_anew(shows):
    board = shows(moon_net, pace="iteration")
    board.controls["batch"].value = 64
    board.scale.value = "log"
    assert board.runner.wait(PATIENCE)
    assert board.python().startswith("LoopBoard(model=moon_net, pace='iteration', forget=False")
    again = eval(board.python(), {"LoopBoard": LoopBoard, "moon_net": moon_net})
    assert again.picture.value == board.picture.value
    again.close()


def test_without_a_page_two_boards_give_the_same_bytes_with_text_and_picture(no_page):
    first, second = (LoopBoard()._repr_mimebundle_() for _ in range(2))
    assert first == second
    assert first["text/plain"] == (
        "LoopBoard(pace='line', forget=False, lr=0.1, epochs=20, batch=32, rows=300, seed=0, "
        "scale='linear'): Epoch 20 of 20, iteration 10 of 10, optimizer.step(): "
        "fc2.bias[0]: −0.0351 − 0.1 × 0.0105 = −0.0362. "
        "The training loss fell from 0.663 to 0.354 in 20 epochs, the test loss is 0.395."
    )
    assert first["text/html"].startswith('<img alt="LoopBoard(pace=')
    assert ElementTree.fromstring(first["image/svg+xml"]).tag == f"{SVG}svg"


class Learners(nn.Module):
    """What a learner may write: float32, dropout, a last layer that forward leaves out."""

    def __init__(self):
        super().__init__()
        self.hidden, self.drop, self.out = nn.Linear(2, 8), nn.Dropout(0.2), nn.Linear(8, 2)
        self.unused = nn.Linear(1, 1)

    def forward(self, x):
        return self.out(self.drop(torch.relu(self.hidden(x))))


def test_a_learners_own_model_trains_and_its_own_parameter_is_watched(no_page):
    torch.manual_seed(3)
    before = torch.get_rng_state()
    first, second = (LoopBoard(Learners)._repr_mimebundle_() for _ in range(2))
    assert first == second
    assert "out.bias[0]" in first["text/plain"]
    assert "The training loss fell" in first["text/plain"]
    assert torch.equal(torch.get_rng_state(), before)


def test_a_long_parameter_name_is_cut_to_fit(no_page):
    class Long(nn.Module):
        def __init__(self):
            super().__init__()
            self.classifier_network = nn.Sequential(nn.Linear(2, 2, bias=False))

        def forward(self, x):
            return self.classifier_network(x)

    assert LoopBoard(Long).runner.state.watched == "…etwork.0.weight[0, 0]"


def test_an_error_in_the_learners_model_shows_their_line(shows):
    class Wrong(Learners):
        def forward(self, x):
            return self.out(x)

    board = shows(Wrong)
    assert "RuntimeError: mat1 and mat2 shapes cannot be multiplied" in board.status.value
    assert "of forward: return self.out(x)" in board.status.value


def test_an_error_in_the_middle_of_the_loop_shows_too(shows):
    class Later(Learners):
        calls = 0

        def forward(self, x):
            self.calls += 1
            assert self.calls < 10, "the tenth call"
            return super().forward(x)

    board = shows(Later, pace="iteration")
    press(board, "Start")
    assert "AssertionError: the tenth call" in board.status.value
    assert "assert self.calls &lt; 10" in board.status.value


def test_a_model_that_gives_no_numbers_is_told_in_words_without_blaming_the_lr(shows):
    class NoNumber(Learners):
        def forward(self, x):
            return super().forward(x) * float("nan")

    board = shows(NoNumber)
    press(board, "Start")
    assert "The model gives no numbers." in board.status.value
    assert "smaller lr" not in board.status.value
    assert "loss is not a number" in words(board)


def test_numbers_that_get_lost_on_the_way_are_told_as_divergence(shows):
    class Lost(Learners):
        def forward(self, x):
            lost = float("nan") if self.training else 1.0
            return super().forward(x) * lost

    board = shows(Lost)
    press(board, *["Step"] * 5)
    assert beside(board, CODE[1]) == "the batch's loss is not a number"
    board.controls["pace"].value = "epoch"
    press(board, "Start")
    assert "The loss is no longer a number at epoch 1" in board.status.value


def test_of_a_model_that_prints_only_the_first_prediction_is_heard(shows, capsys):
    class Chatty(Learners):
        def forward(self, x):
            print("x" * 10_000)
            return super().forward(x)

    stdout = sys.stdout
    board = shows(Chatty, pace="epoch")
    press(board, "Start")
    assert "The training loss fell" in words(board)
    assert capsys.readouterr().out == "x" * 10_000 + "\n"
    assert sys.stdout is stdout


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"model": moon_net()}, "a class that makes a new network"),
        ({"model": 3}, "a class that makes a new network"),
        ({"pace": "fast"}, "pace is 'fast'; it must be line, iteration or epoch"),
        ({"lr": 0}, "lr must be above 0"),
        ({"rows": 301}, "rows 1 to 300"),
    ],
)
def test_settings_that_cannot_be_are_refused_in_one_sentence(shows, settings, reason):
    with pytest.raises(ValueError, match=reason):
        shows(**settings)


@pytest.mark.browser
def test_by_keyboard_alone_the_lines_light_up_and_no_letter_inserts_a_cell(tmp_path):
    with lab(tmp_path) as started:
        page = started.page
        started.show("from course.boards.loop import LoopBoard\nLoopBoard()")
        board = page.locator(".fp-board")
        board.wait_for(timeout=2 * MINUTE)
        started.idle()
        picture = board.locator(".fp-picture svg[aria-label]")

        def says(pattern):
            expect(picture).to_have_attribute("aria-label", re.compile(pattern), timeout=MINUTE)

        def button(name):
            return board.get_by_role("button", name=name, exact=True)

        says("^Before the loop: 20 epochs")
        button("Step").focus()
        for line in CODE[:4]:
            page.keyboard.press("Enter")
            says("^Epoch 1 of 20, iteration 1 of 10, " + re.escape(line))

        batch = board.get_by_role("slider", name="batch size")
        batch.focus()
        page.keyboard.press("ArrowRight")
        expect(batch).to_have_attribute("aria-valuetext", "64")
        says("^Before the loop: 20 epochs, 5 iterations in each")
        page.keyboard.press("b")
        board.get_by_role("checkbox").focus()
        page.keyboard.press("Space")
        page.keyboard.press("b")
        pace = board.get_by_role("combobox").first
        pace.focus()
        page.keyboard.press("e")
        page.keyboard.press("b")
        expect(pace).to_have_value("epoch")

        button("Start").press("Enter")
        says("^Epoch 20 of 20, iteration 5 of 5, .* zero_grad is forgotten")
        assert page.locator(".jp-Cell").count() == 1
