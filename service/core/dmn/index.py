"""Which rules a value of a column can still match, found by lookup instead of rule by rule.

Rules are bits: bit 0 is the first rule.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TypeAlias

from ..feel import Value
from .regions import Everything, Numbers, Region, Words, kind_of_region

#: From a value of the index's kind to the rules whose cells it passes.
_Lookup: TypeAlias = Callable[[Value], int]


#: Rules of a table that is indexed; the cells of a larger one are evaluated.
RULES_MAX = 2_000


class ColumnIndex:
    """An index over the cells of one column.

    Attributes:
        dashes: The rules whose cell is a dash.
        slow: The rules whose cell must be evaluated even for a value of the index's kind.
    """

    __slots__ = ("_every", "_kind", "_lookup", "dashes", "slow")

    def __init__(self, regions: Sequence[Region | None]) -> None:
        bits = list(enumerate(regions))
        if len(bits) > RULES_MAX:
            bits = [(n, region if isinstance(region, Everything) else None) for n, region in bits]
        self._every = (1 << len(bits)) - 1
        self.dashes = _mask(n for n, region in bits if isinstance(region, Everything))
        self._kind = _kind_of([region for _, region in bits])
        indexed = [(n, r) for n, r in bits if r is not None and _is_of(r, self._kind)]
        self.slow = self._every & ~self.dashes & ~_mask(n for n, _ in indexed)
        self._lookup = _lookup_of(self._kind, indexed)

    def candidates(self, value: Value) -> tuple[int, int]:
        """The rules that may match this value, and those of them whose cell must be evaluated."""
        if type(value) is self._kind:
            return self._lookup(value) | self.dashes | self.slow, self.slow
        return self._every, self._every & ~self.dashes


def _kind_of(regions: Sequence[Region | None]) -> type | None:
    """The kind that most cells are about."""
    kinds = [kind_of_region(region) for region in regions]
    counts = {kind: kinds.count(kind) for kind in kinds if kind is not None}
    return max(counts, key=lambda kind: counts[kind]) if counts else None


def _is_of(region: Region, kind: type | None) -> bool:
    return kind is not None and kind_of_region(region) is kind


def _lookup_of(kind: type | None, indexed: list[tuple[int, Region]]) -> _Lookup:
    if kind is Decimal:
        return _number_lookup([(n, r) for n, r in indexed if isinstance(r, Numbers)])
    return _word_lookup([(n, r) for n, r in indexed if isinstance(r, Words)])


def _word_lookup(indexed: list[tuple[int, Words]]) -> _Lookup:
    others = _mask(n for n, region in indexed if region.negated)
    found: dict[Value, int] = {v: others for _, region in indexed for v in region.values}
    for n, region in indexed:
        for value in region.values:
            found[value] = found[value] & ~(1 << n) if region.negated else found[value] | 1 << n
    return lambda value: found.get(value, others)


def _number_lookup(indexed: list[tuple[int, Numbers]]) -> _Lookup:
    """Places between and at the ends of all intervals: 2k+1 at the k-th end, 2k just below it."""
    ends = {
        end
        for _, region in indexed
        for interval in region.intervals
        for end in (interval.low, interval.high)
        if end is not None
    }
    points = sorted(ends)
    at = {point: k for k, point in enumerate(points)}
    masks = [0] * (2 * len(points) + 2)
    for n, region in indexed:
        for first, behind in _stretches(region, at, len(masks) - 1):
            masks[first] ^= 1 << n
            masks[behind] ^= 1 << n
    for place in range(1, len(masks)):  # so far they say where a rule begins and ends
        masks[place] ^= masks[place - 1]

    def lookup(value: Value) -> int:
        assert type(value) is Decimal
        k = bisect_left(points, value)
        return masks[2 * k + (k < len(points) and points[k] == value)]

    return lookup


def _stretches(region: Numbers, at: dict[Decimal, int], count: int) -> Iterator[tuple[int, int]]:
    """The places of a region as stretches that do not touch, each with the place behind it."""
    places = []
    for interval in region.intervals:
        if interval.is_empty():
            continue
        low, high = interval.low, interval.high
        first = 0 if low is None else 2 * at[low] + 2 - interval.with_low
        places.append((first, count if high is None else 2 * at[high] + 1 + interval.with_high))
    begin = end = 0
    for first, behind in sorted(places):
        if first > end:
            yield begin, end
            begin = first
        end = max(end, behind)
    yield begin, end


def _mask(bits: Iterable[int]) -> int:
    mask = 0
    for n in bits:
        mask |= 1 << n
    return mask
