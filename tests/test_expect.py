"""expect: what holds passes in silence, what does not is told in one sentence."""

import pytest
import torch
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from course import expect

T = torch.tensor


@pytest.mark.parametrize(
    ("actual", "wanted"),
    [
        (T([1.0, 2.0]), T([1.0, 2.0])),
        (T([1.0, 2.0], requires_grad=True), T([1.0, 2.00001])),
        (T([1.0], dtype=torch.float64), T([1.0])),
        (T([True, False]), T([True, False])),
        (T([float("nan"), float("inf")]), T([float("nan"), float("inf")])),
        (T(3.0), 3.0),
        (3, 3.0),
        (torch.zeros(0, 2), torch.zeros(0, 2)),
    ],
)
def test_close_accepts_equal_values_of_the_same_kind(actual, wanted):
    expect.close(actual, wanted)


@pytest.mark.parametrize(
    ("actual", "wanted", "message"),
    [
        (None, T([1.0]), "y is None: does your code end with `return`?"),
        ([1.0], T([1.0]), "y is of type list, not a tensor."),
        ("1", 1.0, "y is of type str, not a number."),
        (T([[1.0]]), T([1.0]), "y has shape (1, 1), not (1,)."),
        (T([1]), T([1.0]), "y has dtype torch.int64, not torch.float32."),
        (T([1.0]), T([True]), "y has dtype torch.float32, not torch.bool."),
        (T([float("nan")]), T([1.0]), "y contains nan."),
        (T([[1.0, 2.5], [0.0, 1.0]]), T([[1.0, 2.0], [3.0, 1.0]]),
         "y is 2.5 at [0, 1], not 2 (2 of 4 values differ)."),
        (T(2.5), 2.0, "y is 2.5, not 2."),
        (T([1.0, float("inf")]), T([1.0, 2.0]), "y is inf at [1], not 2 (1 of 2 values differ)."),
    ],
)  # fmt: skip
def test_close_says_in_one_sentence_what_differs(actual, wanted, message):
    with pytest.raises(expect.CheckFailed) as failure:
        expect.close(actual, wanted, "y")
    assert str(failure.value) == message


def test_close_names_the_misconception_whatever_its_shape_or_kind():
    mistakes = {
        "did you take the absolute value?": T([2.0, 1.0]),
        "did you add them all up?": T(1.0),
        "are these whole numbers?": T([0, 1]),
    }
    for output, message in zip(mistakes.values(), mistakes, strict=True):
        with pytest.raises(expect.CheckFailed, match=message.replace("?", r"\?")):
            expect.close(output, T([0.0, 1.0]), "relu(x)", mistakes)
    expect.close(T([0.0, 1.0]), T([0.0, 1.0]), "relu(x)", mistakes)


def test_curve_names_the_misconception_and_says_where_the_curves_part():
    expect.curve(torch.relu, lambda x: x.clamp(min=0))
    with pytest.raises(expect.CheckFailed, match="relu: did you take the absolute value"):
        mistakes = {"did you take the absolute value?": torch.abs}
        expect.curve(torch.abs, torch.relu, name="relu", mistakes=mistakes)
    with pytest.raises(expect.CheckFailed, match=r"f is 0 at x = 0.1, not 0.1"):
        expect.curve(torch.zeros_like, torch.relu, name="f")
    with pytest.raises(expect.CheckFailed, match=r"f has shape \(\), not \(81,\)"):
        expect.curve(torch.sum, torch.relu, name="f")


def test_boundary_compares_the_classes_over_the_plane():
    def right(X):
        return X[:, 0] > 0.5

    expect.boundary(lambda X: (X[:, 0] > 0.5).long(), right)
    expect.boundary(lambda X: X[:, 0] > 0.6, right, agree=0.9)
    for wrong, message in (
        (lambda X: X[:, 1] > 0.5, "which feature did you compare"),
        (lambda X: X[:, 0] < 0.5, "agrees with the wanted classes on 0% of the plane"),
        (lambda X: X[:, :1] > 0.5, r"gives shape \(1600, 1\), not \(1600,\)"),
        (lambda X: torch.sigmoid(X[:, 0]), "gives other labels than 0 and 1"),
        (lambda X: [1] * 1600, "is of type list, not a tensor"),
    ):
        with pytest.raises(expect.CheckFailed, match=message):
            expect.boundary(
                wrong, right, mistakes={"which feature did you compare?": lambda X: X[:, 1] > 0.5}
            )


def test_a_failed_curve_or_boundary_draws_both_in_the_notebook():
    cells = (
        "expect.curve(torch.abs, torch.relu)",
        "expect.boundary(lambda X: X[:, 0] > 0, lambda X: X[:, 1] > 0)",
        "expect.curve(torch.relu, torch.relu)",
    )
    notebook = new_notebook(
        cells=[new_code_cell("import torch; from course import expect"), *map(new_code_cell, cells)]
    )
    NotebookClient(notebook, allow_errors=True).execute()
    kinds = [[output.output_type for output in cell.outputs] for cell in notebook.cells[1:]]
    assert kinds == [["display_data", "error"], ["display_data", "error"], []]
    for cell in notebook.cells[1:3]:
        assert "the wanted one" in cell.outputs[0].data["image/svg+xml"]


def test_equal_tells_types_apart_but_not_tuples_from_lists():
    expect.equal(torch.Size([2, 3]), (2, 3))
    expect.equal({"lr": 0.1}, {"lr": 0.1})
    expect.equal(torch.zeros(2).dtype, torch.float32)
    for actual, wanted in ((1, True), (1, 1.0), ("1", 1), ((1, 2), (2, 1)), (T([1]), [1])):
        with pytest.raises(expect.CheckFailed):
            expect.equal(actual, wanted)


def test_an_object_that_claims_to_equal_everything_does_not_pass():
    class Liar:
        def __eq__(self, other):
            return True

        __hash__ = None

    for check in (expect.equal, expect.close):
        with pytest.raises(expect.CheckFailed):
            check(Liar(), 3)
    with pytest.raises(TypeError, match="needs True or False"):
        expect.that(Liar(), "never")


def test_raises_wants_the_right_error():
    expect.raises(ZeroDivisionError, lambda: 1 / 0)
    with pytest.raises(expect.CheckFailed, match="raised ZeroDivisionError, not ValueError"):
        expect.raises(ValueError, lambda: 1 / 0)
    with pytest.raises(expect.CheckFailed, match="f\\(2\\) raised no error; ValueError"):
        expect.raises(ValueError, abs, 2, name="f(2)")


def test_a_notebook_shows_the_sentence_without_a_traceback():
    with pytest.raises(expect.CheckFailed) as failure:
        expect.that(1 > 2, "1 is not greater than 2.")
    assert failure.value._render_traceback_() == ["✗ 1 is not greater than 2."]
