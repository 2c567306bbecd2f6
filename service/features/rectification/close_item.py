"""Close an item: accepted by others, with evidence, signed by the director."""

from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.rectification import rules
from service.features.rectification.codes import ItemState
from service.features.rectification.finding import locked_item
from service.features.rectification.steps import ItemStep, moved

_PASSED = """
SELECT count(DISTINCT officer_id) FROM item_acceptance
WHERE item_id = $1 AND round = $2 AND result = 'PASS'
"""


class CloseItem(Command[ItemStep]):
    """Close an item (销号).

    Refused without evidence or with too few acceptances by other people (I11)."""

    name = "rectification.close_item"
    duties = frozenset({Duty.PROCESS})
    title_zh = "销号"
    title_en = "Close an item"
    refusals = (
        rules.ItemMoved,
        rules.AcceptanceNotApart,
    )

    item_id: UUID
    signed_by: UUID


@handles(CloseItem)
async def close_item(command: CloseItem, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, to=ItemState.CLOSED)
    passed = await context.connection.fetchval(_PASSED, item.id, item.acceptance_round)
    assert item.severity is not None, "registration has set it"
    rules.require_accepted(item.severity, item.officers, passed, len(item.evidence))
    return await moved(
        context,
        item,
        ItemState.CLOSED,
        moves_gate=True,
        closed_on=context.today,
        signed_by=[command.signed_by],
        is_overdue=False,
        percent=100,
        stopped_on=None,
    )
