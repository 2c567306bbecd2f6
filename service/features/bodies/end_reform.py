"""End a reform: a body that was to be rebuilt goes on as it is now."""

from typing import ClassVar

from service.core.command import Context
from service.core.operation import handles
from service.features.bodies import rules
from service.features.bodies.codes import BodyAction, BodyStatus
from service.features.bodies.versions import BodyChange, change, locked_body
from service.features.bodies.view import BodyView


class EndReform(BodyChange):
    """Take a body out of reform (结束改革); one that is closed by it is merged or abolished."""

    name = "bodies.end_reform"
    title_zh = "结束改革"
    title_en = "End a reform"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
    }
    refusals = (*BodyChange.refusals, rules.NothingChanges)


@handles(EndReform)
async def end_reform(command: EndReform, context: Context) -> BodyView:
    """Keep a version with the status ACTIVE."""
    locked = await locked_body(context, command.body_id)
    rules.require_change(locked.body.status, BodyStatus.ACTIVE)
    return change(context, locked, BodyAction.END_REFORM, command, status=BodyStatus.ACTIVE)
