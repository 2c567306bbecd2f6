"""Remove a nameplate: a body no longer carries one of its other names."""

from typing import ClassVar

from service.core.command import Context
from service.core.operation import handles
from service.features.bodies import rules
from service.features.bodies.codes import BodyAction
from service.features.bodies.fields import Name
from service.features.bodies.versions import BodyChange, change, locked_body
from service.features.bodies.view import BodyView


class RemoveNameplate(BodyChange):
    """Take a nameplate off a body (摘牌)."""

    name = "bodies.remove_nameplate"
    title_zh = "摘牌"
    title_en = "Remove a nameplate"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "nameplate": "青澜市大数据管理局",
    }
    refusals = (*BodyChange.refusals, rules.NothingChanges)

    nameplate: Name


@handles(RemoveNameplate)
async def remove_nameplate(command: RemoveNameplate, context: Context) -> BodyView:
    """Keep a version with one nameplate fewer, unless the body has it not."""
    locked = await locked_body(context, command.body_id)
    left = [name for name in locked.body.other_names if name != command.nameplate]
    rules.require_change(locked.body.other_names, left)
    return change(context, locked, BodyAction.REMOVE_NAMEPLATE, command, other_names=left)
