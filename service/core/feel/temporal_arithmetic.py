"""Arithmetic, order and equality of temporal values (DMN 1.5, tables 53 to 59 and 62).

Every operation answers None where the standard says null: operands of other kinds, results outside
the range of years, division by zero, a difference between a local value and one with a zone.
"""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Context, Decimal
from typing import TypeGuard, TypeVar

from .temporal import (
    DAY_SECONDS,
    LARGEST_DURATION_MONTHS,
    LARGEST_DURATION_SECONDS,
    NANOS,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Temporal,
    Time,
    at_utc_midnight,
    days_in_month,
)
from .temporal_zones import Zone, offset_at_instant

Duration = DaysDuration | MonthsDuration
_Ordered = TypeVar("_Ordered", int, tuple[int, int, int])

_NUMBER = Context(prec=34, rounding=ROUND_HALF_EVEN, Emax=6144, Emin=-6143)
_EXACT = Context(prec=80, rounding=ROUND_HALF_EVEN)
"""Wide enough for any duration in nanoseconds times or by any number of 34 digits."""


def is_temporal(value: object) -> TypeGuard[Temporal]:
    return isinstance(value, Date | Time | DateTime | DaysDuration | MonthsDuration)


def is_duration(value: object) -> TypeGuard[Duration]:
    return isinstance(value, DaysDuration | MonthsDuration)


def add(left: object, right: object) -> Temporal | None:
    """Duration and duration of one kind, or a point in time and a duration in either order."""
    if is_duration(right):
        return _shift(left, right)
    return _shift(right, left) if is_duration(left) else None


def subtract(left: object, right: object) -> Temporal | None:
    """The duration between two points in time, or ``left`` moved back by a duration.

    A date meets a date time as its midnight in UTC.
    """
    if is_duration(right):
        return _shift(left, negate(right))
    if isinstance(left, Time) and isinstance(right, Time):
        if (left.offset is None) != (right.offset is None):
            return None
        seconds = left.second_of_day - (left.offset or 0)
        seconds -= right.second_of_day - (right.offset or 0)
        return DaysDuration.of(seconds * NANOS + left.nanosecond - right.nanosecond)
    if isinstance(left, Date) and isinstance(right, Date):
        return DaysDuration.of((left.number - right.number) * DAY_SECONDS * NANOS)
    start, end = _as_date_time(right), _as_date_time(left)
    if start is None or end is None or (start.zone is None) != (end.zone is None):
        return None
    return DaysDuration.of(_instant_nanos(end) - _instant_nanos(start))


def multiply(left: object, right: object) -> Duration | None:
    """A duration times a number, in either order. Months are cut to whole ones, toward zero."""
    if isinstance(left, Decimal):
        left, right = right, left
    if not is_duration(left) or not isinstance(right, Decimal):
        return None
    return _scaled(left, right, is_division=False)


def divide(left: object, right: object) -> Duration | Decimal | None:
    """A duration by a number is a duration; by a duration of its kind, a number."""
    if isinstance(right, Decimal):
        if not is_duration(left) or right == 0:
            return None
        return _scaled(left, right, is_division=True)
    if isinstance(left, DaysDuration) and isinstance(right, DaysDuration):
        return _quotient(left.nanos, right.nanos)
    if isinstance(left, MonthsDuration) and isinstance(right, MonthsDuration):
        return _quotient(left.months, right.months)
    return None


def negate(value: Duration) -> Duration:
    if isinstance(value, DaysDuration):
        return DaysDuration(-value.nanos)
    return MonthsDuration(-value.months)


def compare(left: object, right: object) -> int | None:
    """-1, 0 or 1; None for values of different kinds.

    Times and date times compare in whole seconds. When only one of them has a zone, the other is
    taken to be in the same (table 54).
    """
    if isinstance(left, Date) and isinstance(right, Date):
        return _sign((left.year, left.month, left.day), (right.year, right.month, right.day))
    if isinstance(left, Time) and isinstance(right, Time):
        if left.zone is None or right.zone is None:
            return _sign(left.second_of_day, right.second_of_day)
        first = left.second_of_day - (left.offset or 0)
        return _sign(first, right.second_of_day - (right.offset or 0))
    if isinstance(left, DateTime) and isinstance(right, DateTime):
        if left.zone is None or right.zone is None:
            return _sign(left.local_seconds, right.local_seconds)
        return _sign(left.instant, right.instant)
    if isinstance(left, DaysDuration) and isinstance(right, DaysDuration):
        return _sign(left.nanos, right.nanos)
    if isinstance(left, MonthsDuration) and isinstance(right, MonthsDuration):
        return _sign(left.months, right.months)
    return None


def equal(left: Temporal, right: Temporal) -> bool | None:
    """Equality of table 53; None for values of different kinds."""
    return left == right if type(left) is type(right) else None


def same(left: Temporal, right: Temporal) -> bool:
    """Identity (10.3.2.2): one element of the domain, so also the same zone and fraction."""
    if isinstance(left, Time) and isinstance(right, Time):
        return _parts(left) == _parts(right)
    if isinstance(left, DateTime) and isinstance(right, DateTime):
        return left.date == right.date and _parts(left.time) == _parts(right.time)
    return type(left) is type(right) and left == right


def months_between(start: Date, end: Date) -> MonthsDuration:
    """Whole months from ``start`` to ``end``, negative when ``end`` comes first."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        months -= 1
    elif months < 0 and end.day > start.day:
        months += 1
    return MonthsDuration(months)


def at_instant(instant: int, nanosecond: int, zone: Zone) -> DateTime | None:
    """The date time a clock of ``zone`` shows at the instant; a local one counts as UTC."""
    shift = 0 if zone is None else offset_at_instant(zone, instant)
    number, second = divmod(instant + shift, DAY_SECONDS)
    date = Date.from_number(number)
    if date is None:
        return None
    return DateTime(date, Time.from_nanos(second * NANOS + nanosecond, zone))


def _shift(point: object, duration: Duration) -> Temporal | None:
    if isinstance(duration, MonthsDuration):
        return _shift_months(point, duration.months)
    nanos = duration.nanos
    if isinstance(point, DaysDuration):
        return DaysDuration.of(point.nanos + nanos)
    if isinstance(point, Time):
        now = point.second_of_day * NANOS + point.nanosecond
        return Time.from_nanos(now + nanos, point.zone)
    if isinstance(point, Date):
        return Date.from_number(point.number + nanos // (DAY_SECONDS * NANOS))
    if isinstance(point, DateTime):
        instant, nanosecond = divmod(_instant_nanos(point) + nanos, NANOS)
        return at_instant(instant, nanosecond, point.zone)
    return None


def _shift_months(point: object, months: int) -> Temporal | None:
    if isinstance(point, MonthsDuration):
        return MonthsDuration.of(point.months + months)
    if isinstance(point, Date):
        years, month = divmod(point.year * 12 + point.month - 1 + months, 12)
        return Date.of(years, month + 1, min(point.day, days_in_month(years, month + 1)))
    if isinstance(point, DateTime):
        date = _shift_months(point.date, months)
        return DateTime(date, point.time) if isinstance(date, Date) else None
    return None


def _scaled(duration: Duration, factor: Decimal, *, is_division: bool) -> Duration | None:
    """Nanoseconds are rounded half to even, months are cut."""
    apply = _EXACT.divide if is_division else _EXACT.multiply
    if isinstance(duration, DaysDuration):
        exact = apply(Decimal(duration.nanos), factor)
        if abs(exact) > LARGEST_DURATION_SECONDS * NANOS:
            return None
        return DaysDuration(int(exact.to_integral_value(ROUND_HALF_EVEN)))
    exact = apply(Decimal(duration.months), factor)
    if abs(exact) > LARGEST_DURATION_MONTHS:
        return None
    return MonthsDuration(int(exact.to_integral_value(ROUND_DOWN)))


def _quotient(left: int, right: int) -> Decimal | None:
    return None if right == 0 else _NUMBER.divide(Decimal(left), Decimal(right))


def _as_date_time(value: object) -> DateTime | None:
    if isinstance(value, DateTime):
        return value
    return at_utc_midnight(value) if isinstance(value, Date) else None


def _instant_nanos(value: DateTime) -> int:
    return value.instant * NANOS + value.time.nanosecond


def _parts(time: Time) -> tuple[int, int, Zone]:
    return time.second_of_day, time.nanosecond, time.zone


def _sign(left: _Ordered, right: _Ordered) -> int:
    return (left > right) - (left < right)
