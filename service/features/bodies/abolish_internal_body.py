"""Abolish an internal body: a section is there no longer, once its functions have gone."""

from typing import ClassVar

from service.core.command import Context
from service.core.operation import handles
from service.features.bodies import rules
from service.features.bodies.codes import InternalBodyAction
from service.features.bodies.internal_bodies import (
    InternalBodyChange,
    InternalBodyView,
    change,
    locked_internal_body,
)


class AbolishInternalBody(InternalBodyChange):
    """Abolish a section of a body (撤销内设机构). Its functions are ended or moved first."""

    name = "bodies.abolish_internal_body"
    title_zh = "撤销内设机构"
    title_en = "Abolish an internal body"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
    }
    refusals = (*InternalBodyChange.refusals, rules.StillInUse)


@handles(AbolishInternalBody)
async def abolish_internal_body(command: AbolishInternalBody, context: Context) -> InternalBodyView:
    """Keep a last version, unless a function still rests with the section."""
    locked = await locked_internal_body(context, command.internal_body_id)
    functions = await context.connection.fetchval(
        """SELECT count(*) FROM body_function f LEFT JOIN body_function e ON e.ends_id = f.id
           WHERE f.internal_body_id = $1 AND f.action = 'ADD' AND e.id IS NULL""",
        command.internal_body_id,
    )
    if functions:
        raise rules.StillInUse(
            f"Expected a section without functions, but it has {functions}.",
            f"内设机构应当已无职责，但尚有{functions}项。",
            functions=functions,
        )
    return change(context, locked, InternalBodyAction.ABOLISH, command, is_abolished=True)
