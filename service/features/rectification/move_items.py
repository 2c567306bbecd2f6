"""Move the items of a body that is merged or abolished to the body that follows it."""

from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.rectification import rules
from service.features.rectification.codes import ENDS
from service.features.rectification.events import announce_item
from service.features.rectification.finding import item_of, tell
from service.features.tasks.move_case import MoveCase

_SUCCESSOR = """
SELECT s.id FROM body b JOIN body s ON s.id = coalesce($2, b.competent_body_id, b.parent_id)
WHERE b.id = $1 AND s.id <> b.id
"""
_OPEN = """
SELECT * FROM rectification_item WHERE body_id = $1 AND state <> ALL ($2) ORDER BY id FOR UPDATE
"""


class ItemsMoved(BaseModel):
    """Where the items went, and how many."""

    successor_id: UUID
    items: int


class MoveItems(Command[ItemsMoved]):
    """Move the open items of a body to its successor (整改事项随机构划转).

    Without a successor they go to its competent body. Each item's case and open tasks go with
    it, and hear of it by `BodyMerged` or `BodyAbolished`: the body that follows names a new owner.
    """

    name = "rectification.move_items"
    duties = frozenset({Duty.PROCESS})
    title_zh = "整改事项随机构划转"
    title_en = "Move the items of a body"
    refusals = (rules.SuccessorMissing,)

    body_id: UUID
    successor_id: UUID | None = None


@handles(MoveItems)
async def move_items(command: MoveItems, context: Context) -> ItemsMoved:
    context.require_city()
    connection = context.connection
    successor = await connection.fetchval(_SUCCESSOR, command.body_id, command.successor_id)
    if successor is None:
        raise rules.SuccessorMissing(
            "Expected another body that takes the items over, but there is none.",
            "应当有承接整改事项的机构，但没有。",
        )
    records = await connection.fetch(_OPEN, command.body_id, sorted(each.value for each in ENDS))
    message = "BodyAbolished" if command.successor_id is None else "BodyMerged"
    for record in records:
        item = context.update(item_of(record), body_id=successor)
        announce_item(context, item, moves_gate=True)
        if item.instance_id is not None:
            await context.order(MoveCase(instance_id=item.instance_id, body_id=successor))
        tell(context, message, item, successor_id=str(successor))
    return ItemsMoved(successor_id=successor, items=len(records))
