"""Merge a duplicate into the item that stands for the problem already."""

from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Line
from service.features.rectification import rules
from service.features.rectification.codes import ItemState
from service.features.rectification.finding import item_of, locked_item
from service.features.rectification.steps import ItemStep, moved

_INTO = """
SELECT * FROM rectification_item
WHERE number = $1 AND state NOT IN ('CLOSED', 'VOIDED', 'MERGED', 'REFERRED_CLOSED') FOR UPDATE
"""


class MergeItem(Command[ItemStep]):
    """Merge a drafted item into a registered one (并入已有事项): its facts are added there."""

    name = "rectification.merge_item"
    duties = frozenset({Duty.PROCESS})
    title_zh = "并入整改事项"
    title_en = "Merge an item"
    refusals = (
        rules.ItemMoved,
        rules.ItemMissing,
    )

    item_id: UUID
    into: Line


@handles(MergeItem)
async def merge_item(command: MergeItem, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, to=ItemState.MERGED)
    record = await context.connection.fetchrow(_INTO, command.into)
    if record is None:
        raise rules.ItemMissing(
            f"Expected an open item {command.into}, but there is none.",
            f"应当有在办的整改事项{command.into}，但没有。",
        )
    other = item_of(record)
    context.update(other, facts=f"{other.facts}\n{item.facts}", is_repeat=True)
    return await moved(context, item, ItemState.MERGED, merged_into=command.into)
