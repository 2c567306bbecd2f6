"""Functions that make and read temporal values (DMN 1.5, tables 72, 79 and 82)."""

from collections.abc import Callable
from decimal import Decimal

from ..numbers import as_integer
from ..run import Run
from ..temporal import (
    LARGEST_YEAR,
    NANOS,
    Date,
    DateTime,
    DaysDuration,
    Time,
    at_utc_midnight,
    days_in_month,
)
from ..temporal_arithmetic import at_instant, months_between
from ..temporal_text import parse_date, parse_date_time, parse_duration, parse_time
from ..temporal_zones import LARGEST_OFFSET, Zone, is_zone_id
from ..values import DATE, DATE_TIME, DAYS_DURATION, NULL, NUMBER, STRING, TIME, Value
from .refusals import not_a, out_of_range
from .signature import Builtin, Parameter, Signature, parameter

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_of(value: Value) -> Date:
    """The date of a date or a date and time."""
    date = value.date if isinstance(value, DateTime) else value
    assert isinstance(date, Date)
    return date


def _date(run: Run, value: Value) -> Value:
    if isinstance(value, str):
        return parse_date(value) or not_a(run, "a date", "日期", value)
    return day_of(value)


def _date_of(run: Run, year: Decimal, month: Decimal, day: Decimal) -> Value:
    parts = [as_integer(part) for part in (year, month, day)]
    if parts[0] is None or parts[1] is None or parts[2] is None:
        return not_a(run, "a date", "日期", f"{year}-{month}-{day}")
    date = Date.of(parts[0], parts[1], parts[2])
    return date or not_a(run, "a date", "日期", f"{year}-{month}-{day}")


def _date_time(run: Run, value: Value) -> Value:
    if isinstance(value, str):
        return parse_date_time(value) or not_a(run, "a date and time", "日期时间", value)
    return at_utc_midnight(value) if isinstance(value, Date) else value


def _date_time_of(run: Run, date: Value, time: Time) -> Value:
    return DateTime(day_of(date), time)


def _date_time_in(run: Run, value: DateTime, zone_text: str) -> Value:
    """The same instant on the clocks of another zone; a local one is taken as UTC."""
    zone: Zone = zone_text
    if not is_zone_id(zone_text):
        sample = parse_time(f"00:00:00{zone_text}")
        if sample is None or sample.zone is None:
            return not_a(run, "a time zone", "时区", zone_text)
        zone = sample.zone
    moved = at_instant(value.instant, value.time.nanosecond, zone)
    return moved or out_of_range(run, "a year", "年份", f"up to {LARGEST_YEAR}", "beyond")


def _time(run: Run, value: Value) -> Value:
    if isinstance(value, str):
        return parse_time(value) or not_a(run, "a time", "时间", value)
    if isinstance(value, Date):
        return at_utc_midnight(value).time
    return value.time if isinstance(value, DateTime) else value


def _time_of(run: Run, hour: Decimal, minute: Decimal, second: Decimal, offset: Value) -> Value:
    hours, minutes = as_integer(hour), as_integer(minute)
    zone: Zone = None
    if isinstance(offset, DaysDuration):
        zone, rest = divmod(offset.nanos, NANOS)
        if rest or abs(zone) > LARGEST_OFFSET:
            return out_of_range(run, "an offset", "时区偏移", "of at most 14 hours", offset.nanos)
    is_clock = hours is not None and minutes is not None and 0 <= second < 60
    if not is_clock or not 0 <= (hours or 0) < 24 or not 0 <= (minutes or 0) < 60:
        return not_a(run, "a time", "时间", f"{hour}:{minute}:{second}")
    whole_second = int(second)
    nanos = int((second - whole_second) * NANOS)
    return Time(hours or 0, minutes or 0, whole_second, nanos, zone)


def _duration(run: Run, text: str) -> Value:
    return parse_duration(text) or not_a(run, "a duration", "时长", text)


def _months_between(run: Run, start: Value, end: Value) -> Value:
    return months_between(day_of(start), day_of(end))


def _day_of_year(run: Run, value: Value) -> Value:
    date = day_of(value)
    return Decimal(date.number - Date(date.year, 1, 1).number + 1)


def _day_of_week(run: Run, value: Value) -> Value:
    return _DAYS[day_of(value).weekday - 1]


def _month_of_year(run: Run, value: Value) -> Value:
    return _MONTHS[day_of(value).month - 1]


def _week_of_year(run: Run, value: Value) -> Value:
    """ISO 8601: a week belongs to the year that has its Thursday."""
    date = day_of(value)
    thursday = date.number + 4 - date.weekday
    years = (date.year + 1, date.year, date.year - 1)
    start = next(n for n in (Date(y, 1, 1).number for y in years) if n <= thursday)
    return Decimal((thursday - start) // 7 + 1)


def _last_day_of_month(run: Run, value: Value) -> Value:
    date = day_of(value)
    return Date(date.year, date.month, days_in_month(date.year, date.month))


def _now(run: Run) -> Value:
    return run.now()


def _today(run: Run) -> Value:
    return run.now().date


def _of_date(name: str, call: Callable[[Run, Value], Value]) -> Builtin:
    return Builtin(name, (Signature((parameter("date", DATE, DATE_TIME),)),), call)


def _named(names: str, *kinds: str) -> tuple[Parameter, ...]:
    return tuple(parameter(name, *kinds) for name in names.split())


_OFFSET = parameter("offset", DAYS_DURATION, NULL, optional=True)
_DAY = parameter("date", DATE, DATE_TIME)

FUNCTIONS: tuple[Builtin, ...] = (
    Builtin(
        "date",
        (
            Signature((parameter("from", STRING, DATE, DATE_TIME),)),
            Signature(_named("year month day", NUMBER), _date_of),
        ),
        _date,
    ),
    Builtin(
        "time",
        (
            Signature((parameter("from", STRING, TIME, DATE, DATE_TIME),)),
            Signature((*_named("hour minute second", NUMBER), _OFFSET), _time_of),
        ),
        _time,
    ),
    Builtin(
        "date and time",
        (
            Signature((parameter("from", STRING, DATE, DATE_TIME),)),
            Signature((_DAY, parameter("time", TIME)), _date_time_of),
            Signature((parameter("date", DATE_TIME), parameter("timezone", STRING)), _date_time_in),
        ),
        _date_time,
    ),
    Builtin("duration", (Signature((parameter("from", STRING),)),), _duration),
    Builtin(
        "years and months duration",
        (Signature(_named("from to", DATE, DATE_TIME)),),
        _months_between,
    ),
    _of_date("day of year", _day_of_year),
    _of_date("day of week", _day_of_week),
    _of_date("month of year", _month_of_year),
    _of_date("week of year", _week_of_year),
    _of_date("last day of month", _last_day_of_month),
    Builtin("now", (Signature(()),), _now),
    Builtin("today", (Signature(()),), _today),
)
