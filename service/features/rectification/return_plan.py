"""Return a plan: the unit writes it anew."""

from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.rectification import rules
from service.features.rectification.codes import ItemState
from service.features.rectification.finding import locked_item
from service.features.rectification.steps import ItemStep, moved


class ReturnPlan(Command[ItemStep]):
    """Send a plan back to the unit (退回整改方案)."""

    name = "rectification.return_plan"
    duties = frozenset({Duty.PROCESS})
    title_zh = "退回整改方案"
    title_en = "Return a plan"
    refusals = (rules.ItemMoved,)

    item_id: UUID


@handles(ReturnPlan)
async def return_plan(command: ReturnPlan, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, to=ItemState.PLAN_RETURNED)
    return await moved(context, item, ItemState.PLAN_RETURNED, plan_faults=item.plan_faults + 1)
