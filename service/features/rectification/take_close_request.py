"""Take a close request: the clock stands still while it is checked."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.documents.kinds.registry import PaperKind
from service.features.rectification import rules
from service.features.rectification.codes import ItemState
from service.features.rectification.finding import locked_item
from service.features.rectification.papers import keep_units_paper
from service.features.rectification.steps import ItemStep, moved
from service.features.rectification.tables import RectificationItem

_TITLES = "SELECT title FROM document WHERE id = ANY ($1) ORDER BY title"
_PERSON = "SELECT name FROM actor WHERE id = $1"


class TakeCloseRequest(Command[ItemStep]):
    """Take the unit's request to close an item (受理销号申请); it stands with its evidence.

    Whether the item was late is judged by the day of the request. It is kept as the unit's
    paper."""

    name = "rectification.take_close_request"
    duties = frozenset({Duty.PROCESS})
    title_zh = "受理销号申请"
    title_en = "Take a close request"
    refusals = (rules.ItemMoved,)

    item_id: UUID
    statement: Annotated[str, Field(min_length=1, max_length=5000)]
    evidence: Annotated[list[UUID], Field(min_length=1, max_length=50)]
    requested_by: UUID


@handles(TakeCloseRequest)
async def take_close_request(command: TakeCloseRequest, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, to=ItemState.CLOSE_REQUESTED)
    step = await moved(
        context,
        item,
        ItemState.CLOSE_REQUESTED,
        close_statement=command.statement,
        evidence=command.evidence,
        stopped_on=context.today,
    )
    data = await _data(command, context, item)
    await keep_units_paper(context, item, PaperKind.CLOSE_REQUEST, data, command.requested_by)
    return step


async def _data(
    command: TakeCloseRequest, context: Context, item: RectificationItem
) -> dict[str, object]:
    titles = await context.connection.fetch(_TITLES, command.evidence)
    # What is no document of the register stands by its id.
    names = [each["title"] for each in titles] or [str(each) for each in command.evidence]
    person = await context.connection.fetchval(_PERSON, command.requested_by)
    return {
        "item_number": item.number,
        "problem": item.problem,
        "done": [command.statement],
        "evidence": names,
        "close_standard": item.close_standard or item.required_result,
        "contact": person,
    }
