"""Void an item: a deputy proposes it, two people sign."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.processes.start_instance import StartInstance
from service.features.rectification import rules
from service.features.rectification.finding import locked_item, open_states
from service.features.rectification.steps import ItemStep, step_of


class VoidItem(Command[ItemStep]):
    """Propose to strike an item off (提请作废).

    A deputy and the director sign, or nothing changes.
    """

    name = "rectification.void_item"
    duties = frozenset({Duty.OFFICE_DEPUTY, Duty.OFFICE_LEGAL_REVIEWER})
    title_zh = "提请作废"
    title_en = "Void an item"
    refusals = (rules.ItemMoved,)
    example: ClassVar = {"reason": "登记有误，系政策允许。"}

    item_id: UUID
    reason: Annotated[Text, Field(min_length=1)]


@handles(VoidItem)
async def void_item(command: VoidItem, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, *open_states())
    kept = context.update(item)
    await context.order(
        StartInstance(
            process="item_voiding",
            business_key=str(item.id),
            title=f"作废：{item.problem}"[:120],
            body_id=item.body_id,
            variables={
                "item_id": str(item.id),
                "body_id": str(item.body_id),
                "void_reason": command.reason,
            },
        )
    )
    context.tag(kept)
    return await step_of(context, kept)
