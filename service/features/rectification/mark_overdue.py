"""Mark an item as overdue, where it is."""

from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.rectification.codes import ItemState
from service.features.rectification.events import announce_item
from service.features.rectification.finding import locked_item
from service.features.rectification.noticing import remind
from service.features.rectification.reminder_tables import ReminderReason
from service.features.rectification.steps import ItemStep, step_of

_ASKED = """
SELECT EXISTS (SELECT FROM rectification_extension WHERE item_id = $1 AND state = 'ASKED')
"""


class Lateness(ItemStep):
    """The item, and whether it is overdue."""

    is_overdue: bool


class MarkOverdue(Command[Lateness]):
    """Look whether an item is overdue (逾期认定): not while more time is asked for in time.

    Whoever works on it is told. A yearly target that is missed is missed until it is judged again.

    `is_overdue` says what was found; where it is not, `days_open` says when to look again."""

    name = "rectification.mark_overdue"
    duties = frozenset({Duty.PROCESS})
    title_zh = "认定逾期"
    title_en = "Mark an item overdue"

    item_id: UUID


@handles(MarkOverdue)
async def mark_overdue(command: MarkOverdue, context: Context) -> Lateness:
    item = await locked_item(context, command.item_id)
    left = (await step_of(context, item)).days_left
    is_late = left is not None and left < 0 and item.state is ItemState.IN_PROGRESS
    if is_late and not item.is_overdue and not await context.connection.fetchval(_ASKED, item.id):
        item = context.update(item, is_overdue=True, was_overdue=True, is_on_target=False)
        announce_item(context, item, moves_gate=True)
        said, said_en = f"{item.number}：整改已逾期。", f"{item.number}: the item is overdue."
        await remind(context, item, ReminderReason.OVERDUE, said, said_en, item.due)
    step = await step_of(context, item)
    return Lateness(**step.model_dump(), is_overdue=item.is_overdue)
