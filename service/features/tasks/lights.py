"""What colour a task has by the table `traffic_light`, and the days that it follows from."""

from dataclasses import dataclass
from datetime import date, timedelta

from service.core.clock import city_day
from service.core.command import Context
from service.core.working_days import Calendar
from service.features.calendar.stored import stored_calendar
from service.features.decisions.asking import answer_in_force
from service.features.processes.deadlines import Deadline
from service.features.tasks.light_tables import Light
from service.features.tasks.tables import Task

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shone:
    """A colour, and the working days behind it: in all, and left (negative when overdue)."""

    light: Light
    reason: str
    period: int
    days_left: int


def days_left(deadline: Deadline, calendar: Calendar, today: date) -> int:
    """Working days left, today's counted with those to come; negative once it is over."""
    due = deadline.due_at
    if due is None:
        return deadline.days - deadline.used
    # It is over at 00:00 of this day: the day before is the last one.
    over = city_day(due)
    left = calendar.count(today + _DAY, over)
    return min(left, -1) if today >= over else left


async def light_of(context: Context, task: Task) -> Shone | None:
    """The colour of an open task today; None where no release in force has the table."""
    calendar = await stored_calendar(context.connection)
    deadline = Deadline.read(task.deadline, calendar)
    left = days_left(deadline, calendar, context.today)
    given = {"period": deadline.days, "left": left, "was_red": task.was_red}
    answer = await answer_in_force(context.connection, context.now, "traffic_light", given)
    if answer is None:
        return None
    return Shone(Light(answer["light"]), answer["reason"], deadline.days, left)


async def leader_after(context: Context, duty: str) -> str | None:
    """The duty to which the table `next_leader` passes on what another one leaves overdue.

    None where it names nobody, or where no release in force has it.
    """
    answer = await answer_in_force(context.connection, context.now, "next_leader", {"duty": duty})
    return str(answer) if answer else None
