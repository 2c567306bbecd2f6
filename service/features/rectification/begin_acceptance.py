"""Begin an acceptance: by which method, by how many officers."""

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


class BeginAcceptance(Command[ItemStep]):
    """Begin to check a close request on its papers or on site (开始验收)."""

    name = "rectification.begin_acceptance"
    duties = frozenset({Duty.PROCESS})
    title_zh = "开始验收"
    title_en = "Begin an acceptance"
    refusals = (rules.ItemMoved,)

    item_id: UUID
    method: Annotated[str, Field(max_length=40)]
    officers: Annotated[int, Field(ge=1, le=9)]


@handles(BeginAcceptance)
async def begin_acceptance(command: BeginAcceptance, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, to=ItemState.UNDER_ACCEPTANCE)
    return await moved(
        context,
        item,
        ItemState.UNDER_ACCEPTANCE,
        acceptance_method=command.method,
        officers=command.officers,
        acceptance_round=item.acceptance_round + 1,
        accepted_on=None,
    )
