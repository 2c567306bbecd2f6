"""DMN 1.5, table 78: relations of points and ranges, and `range` from text."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.feel import Range

from .evaluation import feel, holds, warned

_ENDS = st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] < pair[1])
_RANGES = st.builds(
    lambda ends, first, last: Range(Decimal(ends[0]), first, Decimal(ends[1]), last),
    _ENDS,
    st.booleans(),
    st.booleans(),
)
# Every order of ends of ranges with whole ends shows at whole and half points.
_POINTS = [Decimal(half) / 2 for half in range(-1, 14)]


def _members(value: Range) -> set[Decimal]:
    return {point for point in _POINTS if _has(value, point)}


def _has(value: Range, point: Decimal) -> bool:
    start, end = Decimal(str(value.start)), Decimal(str(value.end))
    after_start = point > start or (value.start_included and point == start)
    return after_start and (point < end or (value.end_included and point == end))


@given(_RANGES, _RANGES)
def test_relations_of_ranges_are_those_of_the_sets_of_their_points(a, b):
    first, second = _members(a), _members(b)
    values = {"a": a, "b": b}
    assert feel("before(a, b)", values) is (max(first) < min(second))
    assert feel("after(a, b)", values) is (min(first) > max(second))
    assert feel("overlaps(a, b)", values) is bool(first & second)
    assert feel("includes(a, b)", values) is (first >= second)
    assert feel("during(a, b)", values) is (first <= second)
    assert feel("coincides(a, b)", values) is (a == b)
    assert feel("meets(a, b)", values) is (a.end_included and b.start_included and a.end == b.start)


@given(_RANGES, _RANGES)
def test_relations_come_in_pairs_that_mirror_each_other(a, b):
    values = {"a": a, "b": b}
    for one, other in [
        ("before", "after"),
        ("meets", "met by"),
        ("overlaps before", "overlaps after"),
        ("finishes", "finished by"),
        ("includes", "during"),
        ("starts", "started by"),
    ]:
        assert feel(f"{one}(a, b)", values) is feel(f"{other}(b, a)", values)


@given(_RANGES, st.integers(0, 6).map(Decimal))
def test_a_point_lies_in_a_range_or_before_or_after_it(a, point):
    values = {"a": a, "p": point}
    places = [feel(text, values) for text in ("before(p, a)", "during(p, a)", "after(p, a)")]
    assert places.count(True) == 1
    assert places.count(False) == 2
    assert feel("includes(a, p)", values) is _has(a, point)


@pytest.mark.parametrize(
    "claim",
    [
        "overlaps before([1..5), (1..5]) and not(overlaps before([1..5], [1..5]))",
        "overlaps after((1..5], [1..5)) and not(overlaps after([1..5], [1..5)))",
        "finishes(10, [1..10]) and not(finishes(10, [1..10)))",
        "starts((1..5], (1..10]) and not(starts([1..5], (1..10]))",
        "before((< 5), 5) and during(3, (<= 5)) and after((> 5), 5)",
        'during(@"2020-05-01", [@"2020-01-01"..@"2020-12-31"])',
        'range("[1..3]") = [1..3] and range(" ( 1 .. 3 [ ") = (1..3)',
        'range("[\\"a\\"..\\"c\\"]") = ["a".."c"]',
        'range("[date(\\"1970-01-01\\")..@\\"1970-01-02\\"]") = [@"1970-01-01"..@"1970-01-02"]',
        'range("[-3..-1]") = [-3..-1]',
    ],
)
def test_ranges_mean_what_the_standard_gives_as_examples(claim):
    assert holds(claim)


@pytest.mark.parametrize(
    "text",
    [
        *("[3..1]", "[1..]", "[..2]", "", ">=10", "[1..2", "[1,2]", "[null..null]", "[1..3]]"),
        *('[1.."b"]', "[a..b]", "[1+1..3]", '[date(string("1970-01-01"))..@"1970-01-02"]'),
        *("[true..false]", "[1..2..3]", "[" * 5000),
    ],
)
def test_what_is_no_range_of_literals_is_null(text):
    escaped = text.replace('"', '\\"')
    assert warned(f'range("{escaped}")') == ["not_convertible"]


def test_points_without_an_order_are_null():
    assert warned('before(1, "a")') == ["wrong_type"]
    assert warned("before(1, null)") == ["wrong_arguments"]
    assert warned("before(true, false)") == ["wrong_arguments"]
