"""The data sets: the seed's four deliveries, and a town of one's own for every name."""

import subprocess
import sys

import pytest
import torch

from course import data

ADA_X, ADA_Y = [[10.3, 17.2, 0.0], [2.0, 20.6, 1.0]], [[47.6], [19.5]]


def test_the_four_deliveries_are_two_columns_of_float32():
    distances, times = data.four_deliveries()
    assert distances.tolist() == [[5.0], [6.0], [8.0], [10.0]]
    assert torch.equal(times, torch.tensor([[22.2], [25.6], [31.0], [38.5]]))
    assert distances.dtype == times.dtype == torch.float32


def test_changing_a_copy_of_the_four_deliveries_leaves_the_next_copy_alone():
    data.four_deliveries()[0].zero_()
    assert data.four_deliveries()[0].min() == 5


def test_the_same_name_always_gives_the_same_rows():
    torch.manual_seed(1)
    X, y = data.deliveries("ada")
    torch.manual_seed(2)
    again_X, again_y = data.deliveries("ada")
    assert torch.equal(X, again_X) and torch.equal(y, again_y)


def test_the_rows_of_a_name_are_the_same_in_another_process_and_on_another_machine():
    code = "from course import data; print([part.tolist() for part in data.deliveries('ada', 2)])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    X, y = data.deliveries("ada", 2)
    assert printed.stdout.strip() == str([X.tolist(), y.tolist()])
    assert torch.equal(X, torch.tensor(ADA_X)) and torch.equal(y, torch.tensor(ADA_Y))


def test_making_deliveries_leaves_the_global_random_numbers_alone():
    torch.manual_seed(3)
    expected = torch.rand(2)
    torch.manual_seed(3)
    data.deliveries("ada")
    assert torch.equal(torch.rand(2), expected)


def test_another_name_gives_other_rows_and_another_best_line():
    (X, y), (other_X, other_y) = data.deliveries("ada"), data.deliveries("Ada")
    assert not torch.equal(X, other_X)
    assert not torch.allclose(best_line(X, y), best_line(other_X, other_y), atol=0.05)


def test_a_larger_set_begins_with_the_smaller_one():
    X, y = data.deliveries("ada", 10)
    larger_X, larger_y = data.deliveries("ada", 500)
    assert torch.equal(larger_X[:10], X) and torch.equal(larger_y[:10], y)


def test_columns_have_the_documented_shapes_units_and_ranges():
    X, y = data.deliveries("grace", 1000)
    assert X.shape == (1000, 3) and y.shape == (1000, 1)
    assert X.dtype == y.dtype == torch.float32
    distance, hour, rain = X.T
    assert 1 <= distance.min() < 2 and 11 < distance.max() <= 12
    assert 9 <= hour.min() < 10 and 21 < hour.max() <= 22
    assert rain.unique().tolist() == [0, 1] and 0.2 < rain.mean() < 0.5
    assert 0 < y.min() and y.max() < 75


def test_times_follow_the_documented_formula():
    X, y = data.deliveries("grace", 2000)
    distance, hour, rain = X.T
    rush = (1 - (hour - 17.5).abs() / 2).clamp(min=0)
    A = torch.stack([torch.ones_like(hour), distance, rain, rush], dim=1)
    solution = torch.linalg.lstsq(A, y).solution
    base, pace, delay, jam = solution.flatten().tolist()
    assert 3.7 < base < 8.3 and 2.75 < pace < 3.65 and 2.7 < delay < 7.3 and 5.7 < jam < 10.3
    noise = y - A @ solution
    assert noise.abs().max() < 4.3 and abs(noise.var().item() - 4 / 3) < 0.15


@pytest.mark.parametrize("name", ["", "   ", None, 7, b"ada"])
def test_a_missing_name_is_refused_in_one_sentence(name):
    with pytest.raises(ValueError, match=r"needs your name as a non-empty string.*\.$"):
        data.deliveries(name)


def best_line(X: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return torch.linalg.lstsq(torch.cat([X, torch.ones(len(X), 1)], dim=1), y).solution
