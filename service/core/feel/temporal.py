"""Dates, times, date times and durations of FEEL (DMN 1.5, 10.3.2.3.4 to 10.3.2.3.8).

Years run from -999,999,999 to 999,999,999 in the proleptic Gregorian calendar with a year 0, which
is why these are not the types of ``datetime``. ``==`` is the equality of FEEL: date times are equal
when they are the same instant counted in whole seconds, whatever their zones; a local one never
equals one with a zone. ``same`` of ``temporal_arithmetic`` tells the rest apart.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum

from .temporal_zones import Zone, offset_at_local, standard_offset

LARGEST_YEAR = 999_999_999
NANOS = 1_000_000_000
DAY_SECONDS = 86_400
LARGEST_DURATION_SECONDS = 10**18
"""About 31 thousand million years: more than lies between any two dates."""
LARGEST_DURATION_MONTHS = 10**12

_DAYS_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


class Missing(Enum):
    """What ``member`` answers when a value has no property of that name."""

    MISSING = 0


MISSING = Missing.MISSING


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def day_number(year: int, month: int, day: int) -> int:
    """Days from 1970-01-01 to this date."""
    before = year - 1
    leaps = before // 4 - before // 100 + before // 400
    past = _DAYS_BEFORE_MONTH[month - 1] + (1 if month > 2 and is_leap(year) else 0)
    return before * 365 + leaps + past + day - 719_163


@dataclass(frozen=True, slots=True)
class Date:
    """A day of the calendar: no time of day, no zone."""

    year: int
    month: int
    day: int

    @property
    def number(self) -> int:
        """Days from 1970-01-01."""
        return day_number(self.year, self.month, self.day)

    @property
    def weekday(self) -> int:
        """1 is Monday, 7 is Sunday (ISO 8601)."""
        return (self.number + 3) % 7 + 1

    @classmethod
    def of(cls, year: int, month: int, day: int) -> "Date | None":
        """The date, or None when the calendar or the range of years has no such day."""
        if not -LARGEST_YEAR <= year <= LARGEST_YEAR or not 1 <= month <= 12:
            return None
        return cls(year, month, day) if 1 <= day <= days_in_month(year, month) else None

    @classmethod
    def from_number(cls, number: int) -> "Date | None":
        """The date that many days after 1970-01-01, or None outside the range of years."""
        cycles, rest = divmod(number + 719_162, 146_097)
        if not -LARGEST_YEAR - 400 <= cycles * 400 <= LARGEST_YEAR + 400:
            return None
        centuries = min(rest // 36_524, 3)
        rest -= centuries * 36_524
        fours, rest = divmod(rest, 1_461)
        years = min(rest // 365, 3)
        year = cycles * 400 + centuries * 100 + fours * 4 + years + 1
        rest -= years * 365
        month = 1
        while rest >= days_in_month(year, month):
            rest -= days_in_month(year, month)
            month += 1
        return cls.of(year, month, rest + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Time:
    """A time of day; ``zone`` is None (local), seconds east of UTC, or an IANA identifier."""

    hour: int
    minute: int
    second: int
    nanosecond: int = 0
    zone: Zone = None

    @property
    def second_of_day(self) -> int:
        return self.hour * 3600 + self.minute * 60 + self.second

    @property
    def offset(self) -> int | None:
        """Seconds east of UTC; None for a local time. A zone counts without daylight saving."""
        return None if self.zone is None else standard_offset(self.zone)

    @classmethod
    def from_nanos(cls, nanos: int, zone: Zone) -> "Time":
        """The time of day that many nanoseconds after midnight, modulo a day."""
        seconds, nanosecond = divmod(nanos % (DAY_SECONDS * NANOS), NANOS)
        return cls(seconds // 3600, seconds // 60 % 60, seconds % 60, nanosecond, zone)

    def _key(self) -> tuple[bool, int]:
        offset = self.offset
        return offset is None, self.second_of_day - (offset or 0)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Time) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())


@dataclass(frozen=True, slots=True, eq=False)
class DateTime:
    """A date with a time of day; the zone is that of its time."""

    date: Date
    time: Time

    @classmethod
    def from_datetime(cls, moment: datetime) -> "DateTime":
        """The same moment, with the offset of ``moment`` where it has one."""
        shift = moment.utcoffset()
        zone = None if shift is None else int(shift.total_seconds())
        clock = Time(moment.hour, moment.minute, moment.second, moment.microsecond * 1000, zone)
        return cls(Date(moment.year, moment.month, moment.day), clock)

    @property
    def zone(self) -> Zone:
        return self.time.zone

    @property
    def offset(self) -> int | None:
        """Seconds east of UTC on that day; None for a local date time."""
        zone = self.time.zone
        if zone is None:
            return None
        return offset_at_local(zone, self.date.number, self.time.second_of_day)

    @property
    def local_seconds(self) -> int:
        """Whole seconds from 1970-01-01T00:00:00 on the clock shown, zone left aside."""
        return self.date.number * DAY_SECONDS + self.time.second_of_day

    @property
    def instant(self) -> int:
        """Whole seconds since the epoch; a local date time counts as UTC."""
        return self.local_seconds - (self.offset or 0)

    def _key(self) -> tuple[bool, int]:
        return self.time.zone is None, self.instant

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DateTime) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())


@dataclass(frozen=True, slots=True)
class DaysDuration:
    """A days and time duration, exact in nanoseconds, of either sign."""

    nanos: int

    @classmethod
    def of(cls, nanos: int) -> "DaysDuration | None":
        """The duration, or None when longer than ``LARGEST_DURATION_SECONDS``."""
        return cls(nanos) if abs(nanos) <= LARGEST_DURATION_SECONDS * NANOS else None


@dataclass(frozen=True, slots=True)
class MonthsDuration:
    """A years and months duration, in months, of either sign."""

    months: int

    @classmethod
    def of(cls, months: int) -> "MonthsDuration | None":
        """The duration, or None when longer than ``LARGEST_DURATION_MONTHS``."""
        return cls(months) if abs(months) <= LARGEST_DURATION_MONTHS else None


Temporal = Date | Time | DateTime | DaysDuration | MonthsDuration

UTC_MIDNIGHT = Time(0, 0, 0, 0, 0)


def at_utc_midnight(date: Date) -> DateTime:
    """A date where a date time is needed (10.3.2.3.5)."""
    return DateTime(date, UTC_MIDNIGHT)


def seconds_number(seconds: int, nanosecond: int) -> Decimal:
    """Seconds with their fraction as a number without trailing zeros."""
    if nanosecond == 0:
        return Decimal(seconds)
    return Decimal(f"{seconds}.{nanosecond:09d}".rstrip("0"))
