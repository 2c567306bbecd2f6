"""Time in a case: timers, and deadlines counted by the calendar of the installation."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from service.core.clock import city_day
from service.core.engine import port
from service.core.working_days import Calendar
from service.features.processes.deadline_tables import BY_HAND
from service.features.processes.deadlines import DEFAULT_CLOCK, EXTENDING, Deadline, deadline_of

_STOPPING, _RESUMING = "processes.stop_clock", "processes.resume_clock"


@dataclass(frozen=True, slots=True)
class Running:
    """A timer or a task's deadline.

    Attributes:
        wait: The wait of a timer; 0 of a task, which nothing happens to when it is due.
    """

    element: str
    wait: int
    due: datetime | None
    deadline: Deadline | None = None

    @property
    def due_at(self) -> datetime | None:
        return self.due if self.deadline is None else self.deadline.due_at


@dataclass(slots=True)
class Clocks:
    """What runs in a case, by (element instance, wait), and which clocks stand still."""

    calendar: Calendar
    running: dict[tuple[int, int], Running] = field(default_factory=dict)
    #: The causes for which each clock stands still.
    _stopped: dict[str, set[str]] = field(default_factory=dict)

    def set(self, effect: port.TaskOpened | port.TimerSet, now: datetime) -> None:
        """A timer or a task that may have a deadline.

        Raises:
            BeyondCalendar: It ends in a year that the calendar does not have.
        """
        wait = effect.wait if isinstance(effect, port.TimerSet) else 0
        due = effect.due if isinstance(effect, port.TimerSet) else None
        deadline = None
        if effect.deadline is not None:
            deadline = deadline_of(self.calendar, now, *effect.deadline)
            if self._stopped.get(deadline.clock):
                deadline = deadline.stopped(city_day(now))
        self.running[0 if wait else effect.instance, wait] = Running(
            effect.element, wait, due, deadline
        )

    def clear_timer(self, wait: int) -> None:
        self.running.pop((0, wait), None)

    def clear_task(self, instance: int) -> None:
        self.running.pop((instance, 0), None)

    def next_due(self) -> tuple[datetime, Running] | None:
        """The timer that is due first."""
        timers = [(each.due_at, each) for each in self.running.values() if each.wait]
        dated = [(due, each) for due, each in timers if due is not None]
        return min(dated, key=lambda each: (each[0], each[1].wait), default=None)

    def ordered(self, command: str, fields: Mapping[str, Any], now: datetime) -> None:
        """A command of the diagram that stops a clock, lets it go on, or gives it more days."""
        clock, today = str(fields.get("clock") or DEFAULT_CLOCK), city_day(now)
        causes = self._stopped.setdefault(clock, set())
        cause = str(fields.get("cause") or BY_HAND)
        if command == _STOPPING:
            if not causes:
                self._change(clock, lambda deadline: deadline.stopped(today))
            causes.add(cause)
        elif command == _RESUMING and cause in causes:
            causes.remove(cause)
            if not causes:
                self._change(clock, lambda deadline: deadline.resumed(today))
        elif command == EXTENDING:
            days, element = int(fields["days"]), fields.get("element")
            self._change(clock, lambda deadline: deadline.extended(days), element)

    def _change(self, clock: str, change: Any, element: Any = None) -> None:
        for key, each in self.running.items():
            if each.deadline and each.deadline.clock == clock and element in (None, each.element):
                self.running[key] = replace(each, deadline=change(each.deadline))
