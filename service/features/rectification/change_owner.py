"""Change who puts an item right: its responsible leader and person."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Line
from service.features.rectification import rules
from service.features.rectification.events import announce_item
from service.features.rectification.finding import locked_item, open_states
from service.features.rectification.steps import ItemStep, step_of


class ChangeOwner(Command[ItemStep]):
    """Name who puts an item right from now on (变更责任人): the leader and the person."""

    name = "rectification.change_owner"
    duties = frozenset({Duty.APPLICANT_PARTY_GROUP, Duty.PROCESS})
    title_zh = "变更责任人"
    title_en = "Change the owner of an item"
    refusals = (rules.ItemMoved,)
    example: ClassVar = {
        "responsible_leader": "分管局长",
        "responsible_person": "01900000-0000-7000-8000-000000000000",
    }

    item_id: UUID
    responsible_leader: Line
    responsible_person: UUID


@handles(ChangeOwner)
async def change_owner(command: ChangeOwner, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, *open_states())
    kept = context.update(
        item,
        responsible_leader=command.responsible_leader,
        responsible_person=command.responsible_person,
    )
    announce_item(context, kept)
    context.tag(kept)
    return await step_of(context, kept)
