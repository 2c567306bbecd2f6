"""Positions in lists and texts: from 1 at the front, from -1 at the back (DMN 1.5, table 75)."""

from decimal import Decimal

from ..run import Run
from ..values import Value
from .refusals import out_of_range
from .signature import NOT_GIVEN


def whole(value: Value) -> int:
    """The number without its fraction; numbers beyond any length become a large one."""
    assert isinstance(value, Decimal)
    if value.adjusted() > 18:
        return 10**18 if value > 0 else -(10**18)
    return int(value)


def index_of(run: Run, position: Value, length: int) -> int | None:
    """The index from 0 of a position; null where it is 0 or beyond the length."""
    place = whole(position)
    if place == 0 or abs(place) > length:
        out_of_range(run, "a position", "位置", f"in [-{length}..{length}] except 0", position)
        return None
    return place - 1 if place > 0 else length + place


def stretch(run: Run, position: Value, count: Value, length: int) -> tuple[int, int] | None:
    """Start and end, from 0, of `count` places from a position; all where it is not given.

    Null where the position is outside, or the count is not from 1 to the number left.
    """
    start = index_of(run, position, length)
    if start is None:
        return None
    if count is NOT_GIVEN or count is None:
        return start, length
    wanted = whole(count)
    if not 1 <= wanted <= length - start:
        out_of_range(run, "a length", "长度", f"in [1..{length - start}]", count)
        return None
    return start, start + wanted
