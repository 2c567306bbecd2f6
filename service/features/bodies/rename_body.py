"""Rename a body: from a day on it bears another approved name."""

from typing import ClassVar

from service.core.command import Context
from service.core.operation import handles
from service.features.bodies import rules
from service.features.bodies.codes import BodyAction
from service.features.bodies.fields import Name
from service.features.bodies.versions import BodyChange, change, locked_body
from service.features.bodies.view import BodyView


class RenameBody(BodyChange):
    """Give a body another approved name (机构更名); its nameplates stay.

    `short_name` left out takes the old short name away, since it seldom fits the new name.
    """

    name = "bodies.rename_body"
    title_zh = "机构更名"
    title_en = "Rename a body"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "full_name": "青澜市数据和政务服务局",
    }
    refusals = (*BodyChange.refusals, rules.NameTaken, rules.NothingChanges)

    full_name: Name
    short_name: Name | None = None


@handles(RenameBody)
async def rename_body(command: RenameBody, context: Context) -> BodyView:
    """Keep a version with the new name, unless a living body bears it."""
    locked = await locked_body(context, command.body_id)
    rules.require_change(
        (locked.body.full_name, locked.body.short_name), (command.full_name, command.short_name)
    )
    return change(
        context,
        locked,
        BodyAction.RENAME,
        command,
        full_name=command.full_name,
        short_name=command.short_name,
    )
