"""Temporal values as text: the lexical forms of XML Schema Part 2 with ``@zone`` of FEEL.

Parsing gives None for a text that is not of the form or names no such day, time or zone.
"""

import re

from .temporal import (
    DAY_SECONDS,
    NANOS,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Temporal,
    Time,
)
from .temporal_zones import LARGEST_OFFSET, Zone, is_zone_id

_LONGEST = 100
"""No temporal text is longer; what is needs no look."""

_OFFSET = r"[Zz]|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?"
_DATE = re.compile(
    rf"(?P<year>-?(?:[1-9][0-9]{{4,8}}|[0-9]{{4}}))-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})"
    rf"(?P<zone>{_OFFSET})?"
)
_TIME = re.compile(
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?"
    rf"(?P<zone>{_OFFSET}|@[A-Za-z0-9_+/-]+)?"
)
_MONTHS = re.compile(r"(-?)P(?=[0-9])(?:([0-9]{1,15})Y)?(?:([0-9]{1,15})M)?")
_DAYS = re.compile(
    r"(-?)P(?=[0-9T])(?:([0-9]{1,18})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,20})H)?(?:([0-9]{1,20})M)?(?:([0-9]{1,20})(?:\.([0-9]*))?S)?)?"
)


def parse_date(text: str) -> Date | None:
    """A date; an offset behind it, which XML Schema allows, is read and left out."""
    match = _DATE.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None or _zone(match["zone"]) is _INVALID:
        return None
    return Date.of(int(match["year"]), int(match["month"]), int(match["day"]))


def parse_time(text: str) -> Time | None:
    """A time of day; 24:00:00 is 00:00:00. Fractions beyond nanoseconds are cut off."""
    parsed = _time(text)
    return None if parsed is None else parsed[0]


def parse_date_time(text: str) -> DateTime | None:
    """A date with a time after ``T``, or a date alone, which means its midnight.

    24:00:00 is the midnight of the next day.
    """
    date_text, separator, time_text = text.partition("T")
    if not separator:
        match = _DATE.fullmatch(text) if len(text) <= _LONGEST else None
        date = parse_date(text)
        zone = None if match is None else _zone(match["zone"])
        return None if date is None else DateTime(date, Time(0, 0, 0, 0, _checked(zone)))
    date = parse_date(date_text) if date_text[-1:].isdigit() else None
    parsed = _time(time_text)
    if date is None or parsed is None or _has_offset(date_text):
        return None
    time, is_next_day = parsed
    day = Date.from_number(date.number + 1) if is_next_day else date
    return None if day is None else DateTime(day, time)


def parse_duration(text: str) -> DaysDuration | MonthsDuration | None:
    """A duration of days and time, or of years and months; never of both."""
    if len(text) > _LONGEST:
        return None
    months = _MONTHS.fullmatch(text)
    if months is not None:
        sign, years, rest = months.groups()
        total = int(years or 0) * 12 + int(rest or 0)
        return MonthsDuration.of(-total if sign else total)
    days = _DAYS.fullmatch(text)
    if days is None:
        return None
    seconds = int(days[2] or 0) * DAY_SECONDS + int(days[3] or 0) * 3600
    seconds += int(days[4] or 0) * 60 + int(days[5] or 0)
    nanos = seconds * NANOS + _fraction(days[6])
    return DaysDuration.of(-nanos if days[1] else nanos)


def parse_temporal(text: str) -> Temporal | None:
    """What ``@"text"`` means: whichever of the five kinds has this form."""
    if "P" in text[:2]:
        return parse_duration(text)
    if "T" in text.partition("@")[0]:
        return parse_date_time(text)
    if ":" in text[:3]:
        return parse_time(text)
    return parse_date(text)


def to_text(value: Temporal) -> str:
    """The canonical text; parsing it again gives the same value."""
    if isinstance(value, Date):
        sign = "-" if value.year < 0 else ""
        return f"{sign}{abs(value.year):04d}-{value.month:02d}-{value.day:02d}"
    if isinstance(value, Time):
        clock = f"{value.hour:02d}:{value.minute:02d}:{value.second:02d}"
        return f"{clock}{_fraction_text(value.nanosecond)}{_zone_text(value.zone)}"
    if isinstance(value, DateTime):
        return f"{to_text(value.date)}T{to_text(value.time)}"
    if isinstance(value, MonthsDuration):
        return _months_text(value.months)
    return _days_text(value.nanos)


class _Invalid:
    """A zone that no clock has."""


_INVALID = _Invalid()


def _zone(text: str | None) -> Zone | _Invalid:
    if text is None:
        return None
    if text in ("Z", "z"):
        return 0
    if text[0] == "@":
        return text[1:] if is_zone_id(text[1:]) else _INVALID
    hours, minutes, seconds = int(text[1:3]), int(text[4:6]), int(text[7:9] or 0)
    total = hours * 3600 + minutes * 60 + seconds
    if minutes > 59 or seconds > 59 or total > LARGEST_OFFSET:
        return _INVALID
    return -total if text[0] == "-" else total


def _checked(zone: Zone | _Invalid) -> Zone:
    return None if isinstance(zone, _Invalid) else zone


def _has_offset(date_text: str) -> bool:
    match = _DATE.fullmatch(date_text)
    return match is None or match["zone"] is not None


def _time(text: str) -> tuple[Time, bool] | None:
    """The time of day and whether it is the 24:00:00 that belongs to the next day."""
    match = _TIME.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    zone = _zone(match["zone"])
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"])
    nanosecond = _fraction(match["fraction"])
    is_end = hour == 24 and minute == second == nanosecond == 0
    if isinstance(zone, _Invalid) or minute > 59 or second > 59 or (hour > 23 and not is_end):
        return None
    return Time(0 if is_end else hour, minute, second, nanosecond, zone), is_end


def _fraction(digits: str | None) -> int:
    return int(digits[:9].ljust(9, "0")) if digits else 0


def _fraction_text(nanosecond: int) -> str:
    return f".{nanosecond:09d}".rstrip("0") if nanosecond else ""


def _zone_text(zone: Zone) -> str:
    if zone is None:
        return ""
    if isinstance(zone, str):
        return f"@{zone}"
    if zone == 0:
        return "Z"
    minutes, seconds = divmod(abs(zone), 60)
    text = f"{'-' if zone < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{seconds:02d}" if seconds else text


def _months_text(months: int) -> str:
    years, rest = divmod(abs(months), 12)
    body = (f"{years}Y" if years else "") + (f"{rest}M" if rest or not years else "")
    return f"{'-' if months < 0 else ''}P{body}"


def _days_text(nanos: int) -> str:
    if nanos == 0:
        return "PT0S"
    seconds, nanosecond = divmod(abs(nanos), NANOS)
    days, seconds = divmod(seconds, DAY_SECONDS)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    if seconds or nanosecond:
        clock += f"{seconds}{_fraction_text(nanosecond)}S"
    body = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return f"{'-' if nanos < 0 else ''}P{body}"
