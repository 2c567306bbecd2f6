"""Start a reform: a body is being merged, split or rebuilt, until the reform ends or closes it."""

from typing import ClassVar

from service.core.command import Context
from service.core.operation import handles
from service.features.bodies import rules
from service.features.bodies.codes import BodyAction, BodyStatus
from service.features.bodies.versions import BodyChange, change, locked_body
from service.features.bodies.view import BodyView


class StartReform(BodyChange):
    """Put a body in reform (列入改革). Only then can it be merged into another."""

    name = "bodies.start_reform"
    title_zh = "列入改革"
    title_en = "Start a reform"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
    }
    refusals = (*BodyChange.refusals, rules.NothingChanges)


@handles(StartReform)
async def start_reform(command: StartReform, context: Context) -> BodyView:
    """Keep a version with the status IN_REFORM."""
    locked = await locked_body(context, command.body_id)
    rules.require_change(locked.body.status, BodyStatus.IN_REFORM)
    return change(context, locked, BodyAction.START_REFORM, command, status=BodyStatus.IN_REFORM)
