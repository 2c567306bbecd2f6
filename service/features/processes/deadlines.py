"""Deadlines that a diagram declares in working days: when they are over, by today's calendar.

A deadline keeps what it was declared as, so that it can be counted anew: when the calendar
changes, when its clock stands still for a while, when somebody gives it more days.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from service.core.clock import city_day
from service.core.command import Context
from service.core.engine import port
from service.core.working_days import Calendar, due_at
from service.features.calendar.stored import stored_calendar

#: The command by which a diagram gives a deadline of its own case more days.
EXTENDING = "processes.extend_deadline"
#: The clock that counts a deadline which names none.
DEFAULT_CLOCK = "office"
_STOPPED = "SELECT clock FROM stopped_clock WHERE instance_id = $1"
_NEVER = date(9999, 12, 31)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """So many working days, counted by a clock of the case.

    Attributes:
        days: How many in all.
        clock: The name of the clock that counts them.
        counted_from: The day after which the rest is counted: that of the event, which is not
            counted itself, or the one before the clock went on.
        working: The calendar by which they are counted.
        used: How many were over when the clock last stood still.
        is_stopped: Whether it stands still: then the deadline has no due time.
    """

    days: int
    clock: str
    counted_from: date
    working: Calendar = field(repr=False, compare=False)
    used: int = 0
    is_stopped: bool = False

    @classmethod
    def read(cls, kept: Mapping[str, Any], working: Calendar) -> "Deadline":
        """A deadline as a row keeps it, counted by a calendar."""
        return cls(
            days=kept["days"],
            clock=kept["clock"],
            counted_from=date.fromisoformat(kept["counted_from"]),
            working=working,
            used=kept.get("used", 0),
            is_stopped=kept.get("is_stopped", False),
        )

    @property
    def due_at(self) -> datetime | None:
        """00:00 in the city of the day after the last day; None while the clock stands still."""
        if self.is_stopped:
            return None
        left = self.days - self.used
        if left > 0:
            return due_at(self.working.add(self.counted_from, left))
        return due_at(self.working.add(self.counted_from + _DAY, left - 1))

    def stopped(self, today: date) -> "Deadline":
        """The clock stands still from a day on; that day is not used any more."""
        used = self.used + max(0, self.working.count(self.counted_from + _DAY, today))
        counted = max(self.counted_from, today - _DAY)
        return replace(self, used=used, counted_from=counted, is_stopped=True)

    def resumed(self, today: date) -> "Deadline":
        """The clock goes on: a day on which it does is counted."""
        counted = max(self.counted_from, today - _DAY)
        return replace(self, counted_from=counted, is_stopped=False)

    def extended(self, days: int) -> "Deadline":
        return replace(self, days=self.days + days)

    def shortened(self, days: int, today: date) -> "Deadline":
        """Fewer working days in all; the last one is today at the earliest."""
        used = self.used
        if not self.is_stopped:
            used += max(0, self.working.count(self.counted_from + _DAY, today))
        return replace(self, days=min(self.days, max(days, used + 1)))

    def days_before(self, working_days: Iterable[int]) -> list[tuple[int, date]]:
        """Each number of working days with the day that lies so far before the last day."""
        due = self.due_at
        return [
            (each, _NEVER if due is None else day_before(self.working, due, each))
            for each in working_days
        ]

    def kept(self) -> dict[str, Any]:
        """As the rows of tasks and timers keep it."""
        return {
            "days": self.days,
            "clock": self.clock,
            "counted_from": self.counted_from.isoformat(),
            "calendar": self.working.version,
            "used": self.used,
            "is_stopped": self.is_stopped,
        }


#: The deadlines of one move, each by its element instance and its wait (0 of a task).
Declared: TypeAlias = Mapping[tuple[int, int], Deadline]


def place_of(effect: port.TaskOpened | port.TimerSet) -> tuple[int, int]:
    """Where `Declared` has the deadline of a task or timer."""
    return effect.instance, effect.wait if isinstance(effect, port.TimerSet) else 0


async def declared(
    context: Context, instance_id: UUID, effects: Sequence[Any], calendar: Calendar | None = None
) -> Declared:
    """The deadlines that a move declares; two round trips (one with a calendar), or none.

    Their rows are written after the commands that the move has ordered. So a clock that one of
    these stopped, and days that one of these gave, are seen to here.
    """
    opened = [
        (nth, effect)
        for nth, effect in enumerate(effects)
        if isinstance(effect, port.TaskOpened | port.TimerSet) and effect.deadline is not None
    ]
    if not opened:
        return {}
    if calendar is None:
        calendar = await stored_calendar(context.connection)
    records = await context.connection.fetch(_STOPPED, instance_id)
    stopped = {record["clock"] for record in records}
    found = {}
    for nth, effect in opened:
        assert effect.deadline is not None
        deadline = deadline_of(calendar, context.now, *effect.deadline)
        more = _given_since(effects[nth:], deadline.clock, effect.element)
        deadline = deadline.extended(more) if more else deadline
        is_stopped = deadline.clock in stopped
        found[place_of(effect)] = deadline.stopped(context.today) if is_stopped else deadline
    return found


def _given_since(effects: Sequence[Any], clock: str, element: str) -> int:
    """The working days that commands ordered later in the same move give to a deadline."""
    done = {each.instance for each in effects if isinstance(each, port.CommandAnswer)}
    return sum(
        int(each.fields["days"])  # type: ignore[call-overload]  # the command was done
        for each in effects
        if isinstance(each, port.CommandWanted)
        and each.type == EXTENDING
        and each.instance in done
        and each.fields.get("clock", DEFAULT_CLOCK) == clock
        and each.fields.get("element", element) in (element, None)
    )


def deadline_of(calendar: Calendar, now: datetime, days: int, clock: str, start: str) -> Deadline:
    """A declared deadline, counted from a day or an instant, or from now where none is given."""
    return Deadline(days, clock, _day(start) if start else city_day(now), calendar)


def day_before(calendar: Calendar, due: datetime, working_days: int) -> date:
    """The working day that lies so many before the last day of a period; `due` ends that day."""
    return calendar.add(city_day(due) - _DAY, -working_days)


def _day(text: str) -> date:
    return date.fromisoformat(text) if len(text) == 10 else city_day(datetime.fromisoformat(text))
