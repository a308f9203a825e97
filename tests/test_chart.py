"""The charts: pure functions from numbers to SVG text."""

import math
import re
from xml.etree import ElementTree

import pytest

from course.boards.chart import Axis, Dots, Line, axis, chart, legend, number, sheet

NAN, INF = math.nan, math.inf
SVG = "{http://www.w3.org/2000/svg}"


def parsed(*layers, x=None, y=None):
    """The chart of `layers` as an XML tree: whatever is drawn must be well formed."""
    markup = chart(x or Axis("x", 0, 10), y or Axis("y", 0, 10), layers)
    return ElementTree.fromstring(sheet(350, 260, (0, 0, markup), label="a chart"))


def line_path(tree):
    return tree.find(f"{SVG}g/{SVG}svg/{SVG}path").get("d")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (0.00125, "0.00125"),
        (38.46, "38.5"),
        (-7.0, "−7"),
        (999.96, "1,000"),
        (1440.7, "1,440"),
        (8.7e8, "8.7 × 10⁸"),
        (1e9, "10⁹"),
        (2.5e-7, "2.5 × 10⁻⁷"),
        (INF, "infinity"),
        (-INF, "−infinity"),
        (NAN, "not a number"),
    ],
)
def test_a_number_reads_as_a_person_would_write_it(value, words):
    assert number(value) == words


def test_an_axis_ends_on_round_values_around_the_data():
    assert (axis("", [22.2, 38.5]).low, axis("", [22.2, 38.5]).high) == (20, 40)
    assert axis("", [22.2, 38.5]).ticks() == [20, 25, 30, 35, 40]


def test_a_log_axis_ends_on_powers_of_ten_and_skips_what_has_no_logarithm():
    y = axis("", [0.0, -1.0, 0.3, 870.0, NAN], log=True)
    assert (y.low, y.high) == (0.1, 1000)
    assert y.ticks() == pytest.approx([0.1, 1, 10, 100, 1000])


def test_a_long_log_axis_has_few_ticks():
    assert len(Axis("", 1e-6, 1e30, log=True).ticks()) <= 7


@pytest.mark.parametrize("values", [[], [NAN], [INF, -INF], [0.0], [3.0], [-2.0, -2.0], [1e300]])
@pytest.mark.parametrize("log", [False, True])
def test_every_data_set_has_an_axis_with_two_different_ends(values, log):
    ends = axis("", values, log)
    assert ends.low < ends.high
    assert ends.ticks()


def test_equal_steps_of_a_factor_are_equal_steps_on_a_log_axis():
    y = Axis("", 1, 100, log=True)
    assert [y.place(v) for v in (1, 10, 100)] == pytest.approx([0, 0.5, 1])


def test_a_line_has_a_gap_where_a_number_is_not_finite():
    path = line_path(parsed(Line(range(5), [1, 2, NAN, 3, INF])))
    assert re.sub(r"[\d. ]", "", path) == "MLM"


@pytest.mark.parametrize("wild", [NAN, INF, -INF, 1e38, -1e38])
def test_no_number_can_break_the_picture(wild):
    for y in (Axis("y", 0, 10), Axis("y", 0.1, 10, log=True)):
        tree = parsed(Line([0, wild, 2], [1, wild, 3]), Dots([wild, 1], [1, wild]), y=y)
        words = ElementTree.tostring(tree, "unicode").lower()
        assert "nan" not in words
        assert "inf" not in words
        numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", line_path(tree))]
        assert all(abs(n) < 2000 for n in numbers)


def test_dots_outside_the_axes_are_left_out():
    tree = parsed(Dots([1, 50, 2, -1], [1, 1, NAN, 1]))
    assert len(tree.findall(f".//{SVG}circle")) == 1


def test_a_long_line_keeps_its_first_and_last_point_and_few_between():
    path = line_path(parsed(Line(range(10_000), [5.0] * 10_000), x=Axis("x", 0, 9999)))
    whole = line_path(parsed(Line([0, 9999], [5.0, 5.0]), x=Axis("x", 0, 9999)))
    assert path.count("L") <= 301
    first, last = whole.split("L")
    assert path.startswith(first)
    assert path.endswith(last)


def test_lines_are_told_apart_without_colour():
    rows = [(Dots((), ()), ("data",)), (Line((), (), dash="7 4"), ("least squares",))]
    markup = legend((34,), rows)
    assert 'stroke-dasharray="7 4"' in markup
    assert "<circle" in markup


def test_names_are_text_and_never_markup():
    tree = parsed(x=Axis("a < b & c", 0, 1))
    assert "a < b & c" in [node.text for node in tree.iter(f"{SVG}text")]


def test_the_picture_is_an_image_with_its_text_alternative():
    tree = parsed()
    assert tree.get("role") == "img"
    assert tree.get("aria-label") == "a chart"
