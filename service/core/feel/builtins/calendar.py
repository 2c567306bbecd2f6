"""Working days, counted in the calendar that the caller supplies."""

from decimal import Decimal

from ..numbers import as_integer
from ..run import Run
from ..temporal import Date
from ..temporal_text import parse_date
from ..values import DATE, DATE_TIME, NUMBER, STRING, Value
from .refusals import not_a, out_of_range
from .signature import Builtin, Signature, parameter
from .temporal import day_of

MOST_WORKING_DAYS = 10_000


def _day(run: Run, value: Value) -> Date | None:
    if isinstance(value, str):
        date = parse_date(value)
        if date is None:
            not_a(run, "a date", "日期", value)
        return date
    return day_of(value)


def _no_calendar(run: Run) -> Value:
    return run.null(
        "no_calendar",
        "Expected a calendar of working days, but none is supplied.",
        "未提供工作日历。",
    )


def _add(run: Run, value: Value, n: Decimal) -> Value:
    date, count = _day(run, value), as_integer(n)
    if date is None:
        return None
    if count is None or abs(count) > MOST_WORKING_DAYS:
        wanted = f"that is a whole number in [-{MOST_WORKING_DAYS}..{MOST_WORKING_DAYS}]"
        return out_of_range(run, "a number of working days", "工作日数", wanted, n)
    if run.calendar is None:
        return _no_calendar(run)
    run.budget.step(abs(count) + 1)
    return run.calendar.add(date, count)


def _between(run: Run, first: Value, last: Value) -> Value:
    start, end = _day(run, first), _day(run, last)
    if start is None or end is None:
        return None
    if run.calendar is None:
        return _no_calendar(run)
    run.budget.step(abs(end.number - start.number) + 1)
    return Decimal(run.calendar.between(start, end))


_DAYS = (DATE, DATE_TIME, STRING)

FUNCTIONS: tuple[Builtin, ...] = (
    Builtin(
        "add working days",
        (Signature((parameter("date", *_DAYS), parameter("n", NUMBER))),),
        _add,
    ),
    Builtin(
        "working days between",
        (Signature((parameter("a", *_DAYS), parameter("b", *_DAYS))),),
        _between,
    ),
)
