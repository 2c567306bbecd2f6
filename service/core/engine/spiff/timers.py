"""When a timer is due: a date, a duration from now, or a cycle of durations."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from service.core.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration
from service.core.feel.temporal_arithmetic import add
from service.core.feel.temporal_text import parse_date, parse_date_time, parse_duration, to_text
from service.core.feel.values import Value

from .evaluate import Fault

# A moment without a zone is one of the city's clock (architecture §4).
CITY = timezone(timedelta(hours=8))
Duration = DaysDuration | MonthsDuration


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a timer fires: at `due`, then `left` times more (-1: for ever), `every` apart."""

    due: datetime
    left: int = 0
    every: str = ""


def schedule(kind: str, value: Value, now: datetime) -> Schedule:
    """The schedule that a timer's value describes.

    Args:
        kind: `date`, `duration` or `cycle`.
        value: ISO 8601 text, or the FEEL value itself.
        now: What durations count from.

    Raises:
        Fault: The value is nothing of that kind.
    """
    if kind == "date":
        point = _point(value)
        if point is not None:
            return Schedule(point)
    elif kind == "duration":
        length = _duration(value)
        if length is not None:
            return Schedule(_later(now, length))
    elif isinstance(value, str):
        cycle = _cycle(value, now)
        if cycle is not None:
            return cycle
    raise Fault(
        "timer",
        f"Expected a {kind} as ISO 8601, but got {value!r}.",
        f"定时器的值应符合 ISO 8601，实际为 {value!r}。",
    )


def next_due(due: str, every: str) -> datetime:
    """The instant one period after another one; late firing does not shift a cycle."""
    length = parse_duration(every)
    assert length is not None
    return _later(datetime.fromisoformat(due), length)


def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _point(value: Value) -> datetime | None:
    if isinstance(value, str):
        value = parse_date_time(value) or parse_date(value)
    if isinstance(value, Date):
        return datetime(value.year, value.month, value.day, tzinfo=CITY)
    if not isinstance(value, DateTime):
        return None
    if value.offset is None:
        return datetime.fromisoformat(to_text(value)).replace(tzinfo=CITY)
    micro = value.time.nanosecond // 1000
    return datetime.fromtimestamp(value.instant, UTC).replace(microsecond=micro)


def _duration(value: Value) -> Duration | None:
    if isinstance(value, str):
        value = parse_duration(value)
    return value if isinstance(value, DaysDuration | MonthsDuration) else None


def _later(now: datetime, length: Duration) -> datetime:
    if isinstance(length, DaysDuration):
        return now + timedelta(microseconds=length.nanos // 1000)
    moved = add(DateTime.from_datetime(now.astimezone(CITY)), length)
    point = _point(moved)
    assert point is not None
    return point


def _cycle(text: str, now: datetime) -> Schedule | None:
    """`R3/PT10S`, `R/P1D`, `R3/2026-01-01T00:00:00Z/P1D`; without R it is endless."""
    parts = text.strip().split("/")
    count = -1
    if parts[0].startswith("R"):
        digits = parts.pop(0)[1:]
        if digits and not digits.isdigit():
            return None
        count = int(digits) if digits else -1
    start = _point(parts.pop(0)) if len(parts) == 2 else None
    length = _duration(parts[0]) if len(parts) == 1 else None
    if length is None or count == 0 or _is_not_forward(length):
        return None
    due = start if start is not None else _later(now, length)
    return Schedule(due, count - 1 if count > 0 else -1, parts[0])


def _is_not_forward(length: Duration) -> bool:
    return (length.nanos if isinstance(length, DaysDuration) else length.months) <= 0
