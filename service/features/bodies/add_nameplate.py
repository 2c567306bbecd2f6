"""Add a nameplate: a body carries one more approved name besides its own."""

from typing import ClassVar

from service.core.command import Context
from service.core.operation import handles
from service.features.bodies import rules
from service.features.bodies.codes import BodyAction
from service.features.bodies.fields import Name
from service.features.bodies.versions import BodyChange, change, locked_body
from service.features.bodies.view import BodyView


class AddNameplate(BodyChange):
    """Let a body carry another name (加挂牌子), as a nameplate or a joint office."""

    name = "bodies.add_nameplate"
    title_zh = "加挂牌子"
    title_en = "Add a nameplate"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "nameplate": "青澜市大数据管理局",
    }
    refusals = (*BodyChange.refusals, rules.NothingChanges)

    nameplate: Name


@handles(AddNameplate)
async def add_nameplate(command: AddNameplate, context: Context) -> BodyView:
    """Keep a version with one nameplate more, unless the body has it."""
    locked = await locked_body(context, command.body_id)
    others = locked.body.other_names
    added = others if command.nameplate in others else [*others, command.nameplate]
    rules.require_change(others, added)
    return change(context, locked, BodyAction.ADD_NAMEPLATE, command, other_names=added)
