"""What a cell of literals lets through, as a set that can be cut, joined and looked up.

Numbers are unions of intervals, strings and booleans finite sets or their complements. Cells
with anything else in them (variables, calls, temporal values) have no region.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from ..feel.syntax import (
    CompareTest,
    ListLiteral,
    Literal,
    Negation,
    Node,
    RangeLiteral,
    Test,
    UnaryTests,
    ValueTest,
)


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers between two ends; None is infinity."""

    low: Decimal | None
    with_low: bool
    high: Decimal | None
    with_high: bool

    def is_empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        both = self.with_low and self.with_high
        return self.low > self.high or (self.low == self.high and not both)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A union of intervals, which may overlap."""

    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """These strings or booleans, or (`negated`) all but these, of one kind."""

    kind: type
    values: frozenset[str | bool]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Everything:
    """A dash."""


#: How many literals a cell may hold to have a region; it is evaluated where it holds more.
LITERALS_MAX = 200

Region: TypeAlias = Numbers | Words | Everything
EVERYTHING = Everything()
ALL_NUMBERS = Interval(None, False, None, False)


def kind_of_region(region: Region | None) -> type | None:
    """Decimal, str or bool; None for a dash and for no region."""
    if isinstance(region, Numbers):
        return Decimal
    return region.kind if isinstance(region, Words) else None


def region_of(tree: UnaryTests) -> Region | None:
    """The region of a cell; None where it is not made of literals of one kind."""
    if not tree.tests:
        return EVERYTHING
    region = joined(_of_test(test) for test in tree.tests)
    return complement(region) if region is not None and tree.negated else region


def joined(regions: Iterable[Region | None]) -> Region | None:
    """The union of regions of one kind, else None."""
    intervals: list[Interval] = []
    words: list[Words] = []
    for region in regions:
        if isinstance(region, Numbers):
            intervals.extend(region.intervals)
        elif isinstance(region, Words) and not region.negated:
            words.append(region)
        else:
            return None
        if len(intervals) + sum(len(w.values) for w in words) > LITERALS_MAX:
            return None
    if not words:
        return Numbers(tuple(intervals)) if intervals else None
    if intervals or len({w.kind for w in words}) > 1:
        return None
    return Words(words[0].kind, frozenset().union(*(w.values for w in words)))


def complement(region: Region) -> Region | None:
    """Everything of the same kind outside the region."""
    if isinstance(region, Words):
        return Words(region.kind, region.values, not region.negated)
    if isinstance(region, Everything):
        return None
    gaps = [ALL_NUMBERS]
    for cut in region.intervals:
        gaps = [left for gap in gaps for left in _without(gap, cut)]
    return Numbers(tuple(gaps))


def _without(whole: Interval, cut: Interval) -> list[Interval]:
    parts = []
    if cut.low is not None:
        below = Interval(None, False, cut.low, not cut.with_low)
        parts.append(common(whole, below))
    if cut.high is not None:
        above = Interval(cut.high, not cut.with_high, None, False)
        parts.append(common(whole, above))
    return [part for part in parts if not part.is_empty()]


def common(a: Interval, b: Interval) -> Interval:
    """The intersection, which may be empty."""
    low, with_low = a.low, a.with_low
    if low is None or (b.low is not None and b.low > low):
        low, with_low = b.low, b.with_low
    elif b.low == low:
        with_low = with_low and b.with_low
    high, with_high = a.high, a.with_high
    if high is None or (b.high is not None and b.high < high):
        high, with_high = b.high, b.with_high
    elif b.high == high:
        with_high = with_high and b.with_high
    return Interval(low, with_low, high, with_high)


def meet(a: Region, b: Region) -> bool:
    """Whether two regions have a value in common."""
    if isinstance(a, Everything) or isinstance(b, Everything):
        return True
    if isinstance(a, Numbers) and isinstance(b, Numbers):
        return any(not common(x, y).is_empty() for x in a.intervals for y in b.intervals)
    if isinstance(a, Words) and isinstance(b, Words) and a.kind is b.kind:
        return _words_meet(a, b)
    return False


def _words_meet(a: Words, b: Words) -> bool:
    if a.negated and b.negated:
        both = a.values | b.values
        return a.kind is str or len(both) < len((True, False))
    if a.negated:
        return bool(b.values - a.values)
    return bool(a.values - b.values if b.negated else a.values & b.values)


def _of_test(test: Test) -> Region | None:
    if isinstance(test, CompareTest):
        return _of_comparison(test.operator, constant(test.operand))
    assert isinstance(test, ValueTest)
    node = test.expression
    if isinstance(node, RangeLiteral):
        return _of_range(node)
    if isinstance(node, ListLiteral):
        return joined(_point(constant(item)) for item in node.items)
    return _point(constant(node))


def constant(node: Node) -> Decimal | str | bool | None:
    """The value of a literal, with a sign perhaps; None for anything else, and for null."""
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Negation) and isinstance(node.operand, Literal):
        value = node.operand.value
        return -value if isinstance(value, Decimal) else None
    return None


def _point(value: Decimal | str | bool | None) -> Region | None:
    if isinstance(value, Decimal):
        return Numbers((Interval(value, True, value, True),))
    return None if value is None else Words(type(value), frozenset({value}))


def _of_comparison(operator: str, value: Decimal | str | bool | None) -> Region | None:
    point = _point(value)
    if operator == "=" or point is None:
        return point
    if operator == "!=":
        return complement(point)
    if not isinstance(value, Decimal):
        return None
    included = operator.endswith("=")
    if operator.startswith("<"):
        return Numbers((Interval(None, False, value, included),))
    return Numbers((Interval(value, included, None, False),))


def _of_range(node: RangeLiteral) -> Region | None:
    ends = []
    for end in (node.start, node.end):
        value = None if end is None else constant(end)
        if end is not None and not isinstance(value, Decimal):
            return None
        ends.append(value if isinstance(value, Decimal) else None)
    low, high = ends
    if low is not None and high is not None and low > high:
        return None
    return Numbers((Interval(low, node.start_included, high, node.end_included),))
