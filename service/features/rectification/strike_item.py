"""Strike an item off: wrongly registered, two people sign."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.rectification import rules
from service.features.rectification.codes import ItemState
from service.features.rectification.finding import locked_item
from service.features.rectification.steps import ItemStep, moved


class StrikeItem(Command[ItemStep]):
    """Strike an item off the ledger (作废整改事项) by two signatures and a reason."""

    name = "rectification.strike_item"
    duties = frozenset({Duty.PROCESS})
    title_zh = "作废整改事项"
    title_en = "Strike an item off"
    refusals = (
        rules.ItemMoved,
        rules.SignaturesMissing,
    )

    item_id: UUID
    reason: Annotated[str, Field(min_length=1, max_length=3000)]
    first_by: UUID
    second_by: UUID


@handles(StrikeItem)
async def strike_item(command: StrikeItem, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, to=ItemState.VOIDED)
    rules.require_two(command.first_by, command.second_by)
    return await moved(
        context,
        item,
        ItemState.VOIDED,
        moves_gate=True,
        end_reason=command.reason,
        signed_by=[command.first_by, command.second_by],
        is_overdue=False,
        stopped_on=None,
    )
