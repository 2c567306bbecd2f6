"""The surroundings of an evaluation in the service: the city's clock and calendar, and faults."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from service.core.clock import CITY_ZONE
from service.core.feel import BudgetExceeded, EvaluationError, FeelError, Run, SyntaxFault, Value
from service.core.feel.border import BorderFault, from_wire
from service.core.feel.temporal import Date, DateTime
from service.core.feel.temporal_text import parse_date_time
from service.core.store.db import Connection
from service.core.working_days import Calendar
from service.features.calendar.stored import stored_calendar
from service.features.decisions import rules


class CityCalendar:
    """The office's calendar as FEEL asks it, in days of FEEL."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar

    def add(self, date: Date, n: int) -> Date | None:
        try:
            day = self._calendar.add(_day(date), n)
        except (ValueError, OverflowError):  # BeyondCalendar, or a year that Python has not
            return None
        return Date(day.year, day.month, day.day)

    def between(self, a: Date, b: Date) -> int | None:
        day = timedelta(days=1)
        try:
            return self._calendar.count(_day(a) + day, _day(b) + day)
        except (ValueError, OverflowError):
            return None


def counts_days(text: str) -> bool:
    """Whether a text may call a function of working days, whose name any space may part."""
    return "working" in text and "days" in text


async def run_for(
    connection: Connection, now: datetime, *, counts_days: bool, is_strict: bool = False
) -> Run:
    """A run on the city's clock, with the office's calendar where a text counts working days."""
    runs = await runs_for(connection, now, counts_days=counts_days, is_strict=is_strict)
    return runs()


async def runs_for(
    connection: Connection, now: datetime, *, counts_days: bool, is_strict: bool = False
) -> Callable[[], Run]:
    """What makes runs as `run_for` does, each with a budget of its own."""
    calendar = None
    if counts_days:
        calendar = CityCalendar(await stored_calendar(connection))
    instant = parse_date_time(now.astimezone(CITY_ZONE).isoformat(timespec="microseconds"))
    assert isinstance(instant, DateTime)
    return lambda: Run(lambda: instant, calendar, strict=is_strict)


@contextmanager
def refusing() -> Iterator[None]:
    """Turn what FEEL raises into refusals with its place.

    Raises:
        FeelSyntax, FeelFault, BudgetSpent, ValueOutside: See there.
    """
    try:
        yield
    except SyntaxFault as fault:
        place = {"line": fault.line, "column": fault.column, "expected": fault.expected}
        raise rules.FeelSyntax(fault.message, fault.message_zh, **place) from fault
    except EvaluationError as fault:
        place = {"line": fault.line, "column": fault.column, "warning": fault.code}
        raise rules.FeelFault(fault.message, fault.message_zh, **place) from fault
    except BudgetExceeded as fault:
        spent = {"resource": fault.resource}
        raise rules.BudgetSpent(fault.message, fault.message_zh, **spent) from fault
    except BorderFault as fault:
        raise rules.ValueOutside(fault.message, fault.message_zh) from fault
    except FeelError as fault:
        raise rules.FeelFault(fault.message, fault.message_zh) from fault


def values_of(inputs: Mapping[str, Any]) -> dict[str, Value]:
    """Inputs of a request as values of FEEL."""
    return {name: from_wire(value) for name, value in inputs.items()}


def _day(day: Date) -> date:
    return date(day.year, day.month, day.day)
