"""End an item by referral: another authority has dealt with it."""

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


class EndByReferral(Command[ItemStep]):
    """End an item that another authority has dealt with (移送终结)."""

    name = "rectification.end_by_referral"
    duties = frozenset({Duty.PROCESS})
    title_zh = "移送终结"
    title_en = "End by referral"
    refusals = (rules.ItemMoved,)

    item_id: UUID
    reason: Annotated[str, Field(min_length=1, max_length=3000)]
    signed_by: UUID


@handles(EndByReferral)
async def end_by_referral(command: EndByReferral, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, to=ItemState.REFERRED_CLOSED)
    return await moved(
        context,
        item,
        ItemState.REFERRED_CLOSED,
        moves_gate=True,
        end_reason=command.reason,
        signed_by=[command.signed_by],
        is_overdue=False,
        closed_on=context.today,
    )
