"""Deadlines that a diagram declares in working days: when they are over, by today's calendar."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from service.core.clock import city_day
from service.core.command import Context
from service.core.working_days import Calendar, due_at
from service.features.calendar.stored import stored_calendar


@dataclass(frozen=True, slots=True)
class Deadline:
    """So many working days, counted by a clock of the case.

    Attributes:
        days: How many.
        clock: The name of the clock that counts them.
        counted_from: The day of the event, which is not counted itself.
        calendar: The version of the calendar by which `due_at` was found.
        due_at: 00:00 in the city of the day after the last day.
        working: The calendar itself.
    """

    days: int
    clock: str
    counted_from: date
    calendar: int
    due_at: datetime
    working: Calendar = field(repr=False, compare=False)

    def days_before(self, working_days: Iterable[int]) -> list[tuple[int, date]]:
        """Each number of working days with the day that lies so far before the last day."""
        return [(each, day_before(self.working, self.due_at, each)) for each in working_days]

    def kept(self) -> dict[str, Any]:
        """As the rows of tasks and timers keep it."""
        return {
            "days": self.days,
            "clock": self.clock,
            "counted_from": self.counted_from.isoformat(),
            "calendar": self.calendar,
        }


async def declared(
    context: Context, effects: Iterable[Any]
) -> dict[tuple[int, str, str], Deadline]:
    """The deadlines of a move by what the engine says of them; one round trip, or none."""
    wanted = {
        effect.deadline for effect in effects if getattr(effect, "deadline", None) is not None
    }
    if not wanted:
        return {}
    calendar = await stored_calendar(context.connection)
    return {each: deadline_of(calendar, context.now, *each) for each in wanted}


def deadline_of(calendar: Calendar, now: datetime, days: int, clock: str, start: str) -> Deadline:
    """A declared deadline, counted from a day or an instant, or from now where none is given."""
    day = _day(start) if start else city_day(now)
    last = calendar.add(day, days)
    return Deadline(days, clock, day, calendar.version, due_at(last), calendar)


def day_before(calendar: Calendar, due: datetime, working_days: int) -> date:
    """The working day that lies so many before the last day of a period; `due` ends that day."""
    return calendar.add(city_day(due) - timedelta(days=1), -working_days)


def _day(text: str) -> date:
    return date.fromisoformat(text) if len(text) == 10 else city_day(datetime.fromisoformat(text))
