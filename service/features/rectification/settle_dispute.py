"""Settle a dispute: the facts stand, or a new notice will amend them."""

from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.calendar.stored import stored_calendar
from service.features.rectification import rules
from service.features.rectification.codes import ItemState
from service.features.rectification.finding import locked_item
from service.features.rectification.lights import days_between
from service.features.rectification.steps import ItemStep, moved


class SettleDispute(Command[ItemStep]):
    """End a dispute about the facts (异议处理完毕).

    The clock goes on with the time that was left.
    """

    name = "rectification.settle_dispute"
    duties = frozenset({Duty.PROCESS})
    title_zh = "处理完毕异议"
    title_en = "Settle a dispute"
    refusals = (rules.ItemMoved,)

    item_id: UUID


@handles(SettleDispute)
async def settle_dispute(command: SettleDispute, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, ItemState.DISPUTED)
    assert item.stopped_on is not None, "the dispute has stopped it"
    assert item.due is not None, "a notice was issued"
    calendar = await stored_calendar(context.connection)
    stood = days_between(calendar, item.stopped_on, context.today)
    due = calendar.add(item.due, stood) if stood > 0 else item.due
    return await moved(
        context, item, ItemState.NOTICE_ISSUED, moves_gate=True, due=due, stopped_on=None
    )
