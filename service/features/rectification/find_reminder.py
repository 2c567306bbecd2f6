"""Find the next reminder of an item: before its next milestone, or for an entry of progress."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.working_days import Calendar
from service.features.calendar.stored import stored_calendar
from service.features.rectification import rules
from service.features.rectification.by_table import decided
from service.features.rectification.codes import ItemState
from service.features.rectification.finding import locked_item
from service.features.rectification.lights import days_between
from service.features.rectification.reminder_tables import ReminderReason
from service.features.rectification.tables import RectificationItem

_REMINDED = """
SELECT about_on FROM rectification_reminder WHERE item_id = $1 AND reason = 'MILESTONE'
"""
_LAST = """
SELECT (max(at) AT TIME ZONE 'Asia/Shanghai')::date FROM (
    SELECT max(added_at) AS at FROM rectification_progress WHERE item_id = $1
    UNION ALL SELECT max(reminded_at) FROM rectification_reminder
    WHERE item_id = $1 AND reason = 'PROGRESS') said
"""


class NextReminder(BaseModel):
    """The next reminder.

    Attributes:
        days: Working days to wait; null where nobody is to be reminded any more.
        place: Of the milestone, counted from 1; null for progress.
    """

    days: int | None
    reason: ReminderReason | None
    place: int | None


class FindReminder(Command[NextReminder]):
    """Find when an item is to be reminded of next (查找下次提醒).

    Before a milestone by the table `reminder_days`, for progress by `progress_interval`.
    """

    name = "rectification.find_reminder"
    duties = frozenset({Duty.PROCESS})
    title_zh = "查找下次提醒"
    title_en = "Find the next reminder"
    refusals = (rules.LedgerRulesMissing,)

    item_id: UUID


@handles(FindReminder)
async def find_reminder(command: FindReminder, context: Context) -> NextReminder:
    """The earliest of all; the deadline of a diagram ends with a day, so it waits one less."""
    item = await locked_item(context, command.item_id)
    if item.state is not ItemState.IN_PROGRESS:
        return NextReminder(days=None, reason=None, place=None)
    calendar = await stored_calendar(context.connection)
    wanted = [(await _progress_on(context, item, calendar), ReminderReason.PROGRESS, 0)]
    for place, on in await _milestones(context, item, calendar):
        wanted.append((on, ReminderReason.MILESTONE, place))
    on, reason, place = min(wanted)
    days = max(days_between(calendar, context.today, on) - 1, 1)
    return NextReminder(days=days, reason=reason, place=place or None)


async def _milestones(
    context: Context, item: RectificationItem, calendar: Calendar
) -> Sequence[tuple[int, date]]:
    """The days on which open milestones ahead are reminded of, where nobody did so yet."""
    records = await context.connection.fetch(_REMINDED, item.id)
    reminded = {record["about_on"] for record in records}
    found, before = [], item.issued_on or context.today
    for place, each in enumerate(item.milestones, start=1):
        on = date.fromisoformat(each["on"])
        gap = max(days_between(calendar, before, on), 0)
        if each["reached_on"] is None and on > context.today and on not in reminded:
            back = await decided(context, "reminder_days", gap=gap)
            found.append((place, calendar.add(on, -int(back))))
        before = on
    return found


async def _progress_on(context: Context, item: RectificationItem, calendar: Calendar) -> date:
    """The day on which an entry of progress is wanted."""
    assert item.severity is not None, "registration has set it"
    last = await context.connection.fetchval(_LAST, item.id) or item.issued_on or context.today
    interval = await decided(context, "progress_interval", severity=item.severity.value)
    if interval["working_days"]:
        return calendar.add(last, int(interval["working_days"]))
    months = last.month - 1 + int(interval["months"])
    year, month = last.year + months // 12, months % 12 + 1
    # The last working day that a month after the entry still has.
    day = min(last.day, 28)
    return calendar.add(date(year, month, day), 1)
