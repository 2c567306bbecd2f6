"""The offset from UTC that a zone prescribes, for every year the language knows.

A zone is None (a local time), a number of seconds east of UTC, or an identifier of the IANA time
zone database. Years outside 1…9999 take the rules of the year at the same place of the 400-year
cycle of the Gregorian calendar.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

Zone = int | str | None

LARGEST_OFFSET = 14 * 3600
"""XML Schema Part 2: an offset lies between -14:00 and +14:00."""

_CYCLE_SECONDS = 146_097 * 86_400
_YEAR_400 = -1570 * 366 * 86_400
_YEAR_9960 = 7990 * 365 * 86_400
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=1)
def _identifiers() -> frozenset[str]:
    # The list that comes with the data: looking through the folders of zones takes seconds.
    return frozenset(files("tzdata").joinpath("zones").read_text("ascii").split()) - {"Factory"}


def is_zone_id(text: str) -> bool:
    """Whether the IANA database has a zone of this very name (case matters)."""
    return text in _identifiers()


@lru_cache(maxsize=64)
def _rules(zone: str) -> ZoneInfo:
    return ZoneInfo(zone)


def offset_at_local(zone: int | str, day_number: int, second_of_day: int) -> int:
    """Seconds east of UTC when clocks of the zone show this local time.

    ``day_number`` counts days from 1970-01-01. A local time that occurs twice means the first; one
    that is skipped takes the offset before the change.
    """
    if isinstance(zone, int):
        return zone
    seconds = _within_datetime(day_number * 86_400 + second_of_day)
    local = _EPOCH.replace(tzinfo=_rules(zone)) + timedelta(seconds=seconds)
    return _seconds(local.utcoffset())


def offset_at_instant(zone: int | str, instant: int) -> int:
    """Seconds east of UTC that the zone prescribes ``instant`` seconds after the epoch."""
    if isinstance(zone, int):
        return zone
    seconds = _within_datetime(instant)
    moment = _EPOCH + timedelta(seconds=seconds)
    return _seconds(moment.astimezone(_rules(zone)).utcoffset())


@lru_cache(maxsize=256)
def standard_offset(zone: int | str) -> int:
    """Offset of the zone without daylight saving; what a time of day without a date has.

    Taken from the rules of the year 2000, so that an evaluation does not depend on the day it runs.
    """
    if isinstance(zone, int):
        return zone
    moment = datetime(2000, 1, 1, tzinfo=_rules(zone))
    saving = moment.dst() or timedelta()
    return _seconds(moment.utcoffset()) - _seconds(saving)


def _within_datetime(seconds: int) -> int:
    """The moment at the same place of the calendar's cycle that ``datetime`` can hold."""
    if _YEAR_400 <= seconds <= _YEAR_9960:
        return seconds
    # The far past is before there was standard time; the far future has the last rules known.
    cycle = -3 if seconds < 0 else 18
    return seconds % _CYCLE_SECONDS + cycle * _CYCLE_SECONDS


def _seconds(offset: timedelta | None) -> int:
    return 0 if offset is None else int(offset.total_seconds())
