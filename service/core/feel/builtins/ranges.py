"""Relations between points and ranges (DMN 1.5, table 78).

An end that is open to infinity lies before or after every point. Where end points cannot be put
in order, the result is null.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ..run import Run
from ..values import (
    DATE,
    DATE_TIME,
    DAYS_DURATION,
    MONTHS_DURATION,
    NUMBER,
    RANGE,
    STRING,
    TIME,
    Range,
    Value,
    compare,
    kind_of,
)
from .range_text import parse_range
from .refusals import not_a
from .signature import Builtin, Signature, parameter


class _NoOrder(Exception):
    """Two end points of kinds that have no order between them."""


@dataclass(frozen=True, slots=True)
class _End:
    """An end of a range: its point, -1 or 1 for one at infinity, and whether it belongs to it."""

    value: Value
    infinity: int
    included: bool


def _order(left: _End, right: _End) -> int:
    if left.infinity or right.infinity:
        return (left.infinity > right.infinity) - (left.infinity < right.infinity)
    order = compare(left.value, right.value)
    if order is None:
        raise _NoOrder
    return order


@dataclass(frozen=True, slots=True)
class _Ends:
    start: _End
    end: _End


def _ends(value: Value) -> _Ends:
    if isinstance(value, Range):
        return _Ends(
            _End(value.start, -1 if value.start is None else 0, value.start_included),
            _End(value.end, 1 if value.end is None else 0, value.end_included),
        )
    point = _End(value, 0, True)
    return _Ends(point, point)


def _before(a: _Ends, b: _Ends) -> bool:
    order = _order(a.end, b.start)
    return order < 0 or (order == 0 and not (a.end.included and b.start.included))


def _after(a: _Ends, b: _Ends) -> bool:
    return _before(b, a)


def _meets(a: _Ends, b: _Ends) -> bool:
    return a.end.included and b.start.included and _order(a.end, b.start) == 0


def _met_by(a: _Ends, b: _Ends) -> bool:
    return _meets(b, a)


def _overlaps(a: _Ends, b: _Ends) -> bool:
    return not _before(a, b) and not _before(b, a)


def _starts_no_later(a: _Ends, b: _Ends) -> bool:
    order = _order(a.start, b.start)
    return order < 0 or (order == 0 and (a.start.included or not b.start.included))


def _ends_no_earlier(a: _Ends, b: _Ends) -> bool:
    order = _order(a.end, b.end)
    return order > 0 or (order == 0 and (a.end.included or not b.end.included))


def _overlaps_before(a: _Ends, b: _Ends) -> bool:
    order = _order(a.start, b.start)
    starts_first = order < 0 or (order == 0 and a.start.included and not b.start.included)
    # Whether the first reaches into the second compares only that pair of ends.
    reach = _order(a.end, b.start)
    reaches = reach > 0 or (reach == 0 and a.end.included and b.start.included)
    return starts_first and reaches and _ends_no_earlier(b, a)


def _overlaps_after(a: _Ends, b: _Ends) -> bool:
    return _overlaps_before(b, a)


def _finishes(a: _Ends, b: _Ends) -> bool:
    same_end = a.end.included == b.end.included and _order(a.end, b.end) == 0
    return same_end and _starts_no_later(b, a)


def _finished_by(a: _Ends, b: _Ends) -> bool:
    return _finishes(b, a)


def _includes(a: _Ends, b: _Ends) -> bool:
    return _starts_no_later(a, b) and _ends_no_earlier(a, b)


def _during(a: _Ends, b: _Ends) -> bool:
    return _includes(b, a)


def _starts(a: _Ends, b: _Ends) -> bool:
    same_start = a.start.included == b.start.included and _order(a.start, b.start) == 0
    return same_start and _ends_no_earlier(b, a)


def _started_by(a: _Ends, b: _Ends) -> bool:
    return _starts(b, a)


def _coincides(a: _Ends, b: _Ends) -> bool:
    same = (a.start.included, a.end.included) == (b.start.included, b.end.included)
    return same and _order(a.start, b.start) == 0 and _order(a.end, b.end) == 0


Relation = Callable[[_Ends, _Ends], bool]


def _relation(name: str, holds: Relation, *forms: str) -> Builtin:
    """A function of two arguments; forms are named by their parameters, as in the standard."""
    kinds = dict.fromkeys(("range", "range1", "range2"), (RANGE,))

    def call(run: Run, left: Value, right: Value) -> Value:
        try:
            return holds(_ends(left), _ends(right))
        except _NoOrder:
            first, second = kind_of(left), kind_of(right)
            return run.null(
                "wrong_type",
                f"Expected values that can be put in order, but got {first} and {second}.",
                f"两个参数无法比较:{first} 与 {second}。",
            )

    signatures = tuple(
        Signature(tuple(parameter(each, *kinds.get(each, _POINTS)) for each in form.split()))
        for form in forms
    )
    return Builtin(name, signatures, call)


def _range(run: Run, text: str) -> Value:
    return parse_range(text) or not_a(run, "a range", "区间", text)


_POINTS = (NUMBER, STRING, DATE, TIME, DATE_TIME, DAYS_DURATION, MONTHS_DURATION)
_BOTH = "range1 range2"

FUNCTIONS: tuple[Builtin, ...] = (
    _relation("before", _before, "point1 point2", "point range", "range point", _BOTH),
    _relation("after", _after, "point1 point2", "point range", "range point", _BOTH),
    _relation("meets", _meets, _BOTH),
    _relation("met by", _met_by, _BOTH),
    _relation("overlaps", _overlaps, _BOTH),
    _relation("overlaps before", _overlaps_before, _BOTH),
    _relation("overlaps after", _overlaps_after, _BOTH),
    _relation("finishes", _finishes, "point range", _BOTH),
    _relation("finished by", _finished_by, "range point", _BOTH),
    _relation("includes", _includes, "range point", _BOTH),
    _relation("during", _during, "point range", _BOTH),
    _relation("starts", _starts, "point range", _BOTH),
    _relation("started by", _started_by, "range point", _BOTH),
    _relation("coincides", _coincides, "point1 point2", _BOTH),
    Builtin("range", (Signature((parameter("from", STRING),)),), _range),
)
