"""Take a close request: the clock stands still while it is checked."""

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


class TakeCloseRequest(Command[ItemStep]):
    """Take the unit's request to close an item (受理销号申请); it stands with its evidence.

    Whether the item was late is judged by the day of the request."""

    name = "rectification.take_close_request"
    duties = frozenset({Duty.PROCESS})
    title_zh = "受理销号申请"
    title_en = "Take a close request"
    refusals = (rules.ItemMoved,)

    item_id: UUID
    statement: Annotated[str, Field(min_length=1, max_length=5000)]
    evidence: Annotated[list[UUID], Field(min_length=1, max_length=50)]


@handles(TakeCloseRequest)
async def take_close_request(command: TakeCloseRequest, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, to=ItemState.CLOSE_REQUESTED)
    return await moved(
        context,
        item,
        ItemState.CLOSE_REQUESTED,
        close_statement=command.statement,
        evidence=command.evidence,
        stopped_on=context.today,
    )
