"""When a timer is due: ISO 8601 texts and FEEL values. Text without an offset, and calendar months,
are those of the city's clock."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from ..feel.temporal import Date, DateTime, DaysDuration, MonthsDuration
from ..feel.temporal_text import parse_date_time

CITY_ZONE = ZoneInfo("Asia/Shanghai")

_INTERVAL = re.compile(
    r"(?P<sign>-?)P(?=[\dT])(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,6})M)?"
    r"(?:(?P<weeks>\d{1,5})W)?(?:(?P<days>\d{1,7})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,8})H)?(?:(?P<minutes>\d{1,9})M)?"
    r"(?:(?P<seconds>\d{1,10}(?:\.\d{1,9})?)S)?)?",
    re.ASCII,
)
_CYCLE = re.compile(r"R(?P<times>\d{0,9})/(?:(?P<start>[^/]+)/)?(?P<every>[^/]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Interval:
    """Months of the calendar, and exact time; either sign."""

    months: int
    time: timedelta

    def after(self, moment: datetime) -> datetime:
        """The moment that much later, in UTC; the last day of a month that is too short.

        Raises:
            OverflowError: There is no such year.
        """
        local = moment.astimezone(CITY_ZONE)
        year, month = divmod(local.year * 12 + local.month - 1 + self.months, 12)
        if not 1 <= year <= 9999:
            raise OverflowError(f"Expected a year from 1 to 9999, but it is {year}.")
        day = min(local.day, monthrange(year, month + 1)[1])
        moved = local.replace(year=year, month=month + 1, day=day)
        return (moved.astimezone(UTC)) + self.time

    @property
    def text(self) -> str:
        """The same interval as text that `interval_of` reads."""
        time = self.time if self.time >= timedelta(0) else -self.time
        sign = "-" if self.months < 0 or self.time < timedelta(0) else ""
        seconds = f"{time.seconds}.{time.microseconds:06d}"
        return f"{sign}P{abs(self.months)}M{time.days}DT{seconds}S"

    @property
    def is_positive(self) -> bool:
        return self.months >= 0 and self.time >= timedelta(0) and self != Interval(0, timedelta(0))


@dataclass(frozen=True, slots=True)
class Cycle:
    """`times` None: without end. `start` None: the first comes one interval after the entry."""

    times: int | None
    start: datetime | None
    every: Interval


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a timer fires: at `due`, then `left` times more (-1: without end), `every` apart.

    `every` is the text of an `Interval`, "" where the timer fires once.
    """

    due: datetime
    left: int = 0
    every: str = ""


def interval_of(value: object) -> Interval | None:
    """A duration of FEEL, or ISO 8601 text such as `P1Y2M10DT2H30M` or `P2W`; None for others."""
    if isinstance(value, MonthsDuration):
        return Interval(value.months, timedelta(0))
    if isinstance(value, DaysDuration):
        return Interval(0, timedelta(microseconds=value.nanos // 1000))
    match = _INTERVAL.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    part = {name: Decimal(text or 0) for name, text in match.groupdict().items() if name != "sign"}
    sign = -1 if match["sign"] else 1
    days = part["weeks"] * 7 + part["days"]
    seconds = (days * 24 + part["hours"]) * 3600 + part["minutes"] * 60 + part["seconds"]
    try:
        time = timedelta(microseconds=int(seconds * 1_000_000) * sign)
    except OverflowError:
        return None
    return Interval(int(part["years"] * 12 + part["months"]) * sign, time)


def moment_of(value: object) -> datetime | None:
    """A date (its midnight) or date and time of FEEL, or ISO 8601 text, in UTC; None for others."""
    if isinstance(value, str):
        value = parse_date_time(value)
    if isinstance(value, Date):
        local = _datetime(value, 0)
        return local.replace(tzinfo=CITY_ZONE).astimezone(UTC) if local else None
    if not isinstance(value, DateTime):
        return None
    time = value.time
    seconds = time.second_of_day
    local = _datetime(value.date, seconds * 1_000_000 + time.nanosecond // 1000)
    if local is None:
        return None
    if value.offset is None:
        return local.replace(tzinfo=CITY_ZONE).astimezone(UTC)
    return local.replace(tzinfo=UTC) - timedelta(seconds=value.offset)


def _datetime(date: Date, microseconds: int) -> datetime | None:
    """None near the ends of Python's years, where offsets would lead outside."""
    if not 2 <= date.year <= 9998:
        return None
    return datetime(date.year, date.month, date.day) + timedelta(microseconds=microseconds)


def cycle_of(value: object) -> Cycle | None:
    """ISO 8601 text such as `R3/PT10H`, `R/P1D`, `R2/2030-01-01T09:00:00+08:00/P1M`; or a duration
    of FEEL, which repeats without end. None for others, and where the interval or the
    number of times is not positive."""
    if isinstance(value, DaysDuration | MonthsDuration):
        every = interval_of(value)
        return Cycle(None, None, every) if every and every.is_positive else None
    match = _CYCLE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    every = interval_of(match["every"])
    start = moment_of(match["start"]) if match["start"] else None
    times = int(match["times"]) if match["times"] else None
    if every is None or not every.is_positive or times == 0:
        return None
    return None if match["start"] and start is None else Cycle(times, start, every)


def due(kind: str, found: object) -> datetime | Interval | Cycle | None:
    """What a timer's value means; None where it is no value of that kind.

    Args:
        kind: `date`, `duration` or `cycle`.
        found: What the timer's text came to.
    """
    if kind == "date":
        return moment_of(found)
    return interval_of(found) if kind == "duration" else cycle_of(found)


def schedule(kind: str, found: object, now: datetime) -> Schedule | None:
    """When a timer fires that is entered now; None where it has no value of its kind.

    Raises:
        OverflowError: It would fire, for the first or second time, beyond the year 9999.
    """
    meant = due(kind, found)
    if isinstance(meant, datetime):
        return Schedule(meant)
    if isinstance(meant, Interval):
        return Schedule(meant.after(now))
    if meant is None:
        return None
    first = meant.every.after(now) if meant.start is None else meant.start
    if meant.times != 1:
        meant.every.after(first)
    return Schedule(first, -1 if meant.times is None else meant.times - 1, meant.every.text)


def next_due(due: datetime, every: str) -> datetime:
    """One period later; that a timer fired late does not shift its cycle.

    Raises:
        OverflowError: That is beyond the year 9999.
    """
    interval = interval_of(every)
    assert interval is not None
    return interval.after(due)
