"""Properties of temporal values: ``date("2024-05-01").weekday`` (DMN 1.5, tables 64 to 66)."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

from .temporal import (
    MISSING,
    NANOS,
    Date,
    DateTime,
    DaysDuration,
    Missing,
    MonthsDuration,
    Temporal,
    Time,
    seconds_number,
)

_T = TypeVar("_T")
Property = Decimal | str | DaysDuration | None


def member(value: Temporal, name: str) -> Property | Missing:
    """The property called ``name``; MISSING when values of this kind have none of that name.

    Components of a negative duration are negative or zero. ``time offset`` is that of the zone on
    the day in question, None for local values; ``timezone`` is None unless it is an IANA id.
    """
    if isinstance(value, Date):
        return _read(_DATE, value, name)
    if isinstance(value, Time):
        return _read(_TIME, value, name)
    if isinstance(value, DateTime):
        if name == "time offset":
            return _offset(value.offset)
        found = _read(_DATE, value.date, name)
        return _read(_TIME, value.time, name) if found is MISSING else found
    if isinstance(value, DaysDuration):
        return _read(_DAYS, value, name)
    return _read(_MONTHS, value, name)


def _read(
    properties: Mapping[str, Callable[[_T], Property]], value: _T, name: str
) -> Property | Missing:
    read = properties.get(name)
    return MISSING if read is None else read(value)


def _offset(seconds: int | None) -> DaysDuration | None:
    return None if seconds is None else DaysDuration(seconds * NANOS)


def _component(total: int, unit: int, modulus: int | None) -> Decimal:
    """A component counted from zero, with the sign of the whole."""
    size = abs(total) // unit
    size = size if modulus is None else size % modulus
    return Decimal(-size if total < 0 else size)


def _duration_seconds(value: DaysDuration) -> Decimal:
    seconds, nanosecond = divmod(abs(value.nanos) % (60 * NANOS), NANOS)
    number = seconds_number(seconds, nanosecond)
    return -number if value.nanos < 0 and number else number


_DATE: Mapping[str, Callable[[Date], Property]] = {
    "year": lambda date: Decimal(date.year),
    "month": lambda date: Decimal(date.month),
    "day": lambda date: Decimal(date.day),
    "weekday": lambda date: Decimal(date.weekday),
}
_TIME: Mapping[str, Callable[[Time], Property]] = {
    "hour": lambda time: Decimal(time.hour),
    "minute": lambda time: Decimal(time.minute),
    "second": lambda time: seconds_number(time.second, time.nanosecond),
    "time offset": lambda time: _offset(time.offset),
    "timezone": lambda time: time.zone if isinstance(time.zone, str) else None,
}
_DAYS: Mapping[str, Callable[[DaysDuration], Property]] = {
    "days": lambda value: _component(value.nanos, 86_400 * NANOS, None),
    "hours": lambda value: _component(value.nanos, 3600 * NANOS, 24),
    "minutes": lambda value: _component(value.nanos, 60 * NANOS, 60),
    "seconds": _duration_seconds,
}
_MONTHS: Mapping[str, Callable[[MonthsDuration], Property]] = {
    "years": lambda value: _component(value.months, 12, None),
    "months": lambda value: _component(value.months, 1, 12),
}
