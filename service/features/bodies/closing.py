"""Closing a body: what it did and how it was divided ends with it, and its record stays."""

from typing import Any

from service.core.command import Context
from service.core.ids import new_id
from service.features.bodies import internal_bodies, rules, tree
from service.features.bodies.codes import (
    BodyAction,
    BodyStatus,
    FunctionAction,
    InternalBodyAction,
)
from service.features.bodies.division_tables import BodyFunction, InternalBody
from service.features.bodies.tables import Body
from service.features.bodies.versions import BodyChange, LockedBody, changed


async def close(
    context: Context,
    locked: LockedBody,
    action: BodyAction,
    by: BodyChange,
    status: BodyStatus,
    **facts: Any,
) -> Body:
    """Give a body its last status; its functions end and its sections are abolished that day.

    Whoever calls holds the tree's lock alone, and has closed its accounts.

    Raises:
        StillInUse: An existing body stands below it, is managed or sponsored by it.
        DayOutOfOrder: The day lies in the future or before the version in force.
    """
    if await tree.has_living_below(context, locked.body.id):
        raise rules.StillInUse(
            "Expected no existing body below it, but one stands there: re-subordinate it first.",
            "应当已无下属机构，但仍有存续的下属机构，请先调整其隶属关系。",
        )
    await _end_functions(context, locked, by)
    await _abolish_sections(context, locked, by)
    return changed(context, locked, action, by, status=status, **facts)


async def _end_functions(context: Context, locked: LockedBody, by: BodyChange) -> None:
    records = await context.connection.fetch(
        """SELECT f.* FROM body_function f LEFT JOIN body_function e ON e.ends_id = f.id
           WHERE f.body_id = $1 AND f.action = 'ADD' AND e.id IS NULL""",
        locked.body.id,
    )
    for function in map(BodyFunction.read, records):
        context.insert(
            function.model_copy(
                update={
                    "id": new_id(),
                    "action": FunctionAction.END,
                    "ends_id": function.id,
                    "document_id": by.document_id,
                    "true_from": max(by.effective_on, function.true_from),
                    "known_from": locked.known_from,
                    "command_id": context.command_id,
                }
            )
        )


async def _abolish_sections(context: Context, locked: LockedBody, by: BodyChange) -> None:
    """Under the body's lock no section changes, so they need none of their own."""
    records = await context.connection.fetch(
        "SELECT * FROM internal_body WHERE body_id = $1 AND NOT is_abolished", locked.body.id
    )
    for section in map(InternalBody.read, records):
        abolished = context.update(
            section,
            is_abolished=True,
            document_id=by.document_id,
            true_from=max(by.effective_on, section.true_from),
            known_from=max(locked.known_from, section.known_from),
        )
        internal_bodies.keep_version(context, abolished, InternalBodyAction.ABOLISH)
