"""Begin the work: the plan is approved, or the problem is too small for one."""

from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.rectification import rules
from service.features.rectification.codes import ItemState
from service.features.rectification.finding import locked_item
from service.features.rectification.steps import ItemStep, moved


class BeginWork(Command[ItemStep]):
    """Put an item to work (进入整改): by its approved plan, or without one where it is minor."""

    name = "rectification.begin_work"
    duties = frozenset({Duty.PROCESS})
    title_zh = "进入整改"
    title_en = "Begin the work"
    refusals = (rules.ItemMoved,)

    item_id: UUID


@handles(BeginWork)
async def begin_work(command: BeginWork, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id)
    if item.state is ItemState.PLAN_SUBMITTED:
        # Approving and beginning are one step for people, two in the table of states.
        rules.require_next(item.state, ItemState.PLAN_APPROVED)
        item = context.update(item, state=ItemState.PLAN_APPROVED)
    return await moved(context, item, ItemState.IN_PROGRESS)
