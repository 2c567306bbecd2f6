"""Re-subordinate a body: from a day on it, and all below it, stand under another superior."""

from typing import ClassVar
from uuid import UUID

from service.core.command import Context
from service.core.operation import handles
from service.features.bodies import rules, tree
from service.features.bodies.codes import BodyAction
from service.features.bodies.guards import ask_guards
from service.features.bodies.versions import BodyChange, change, locked_body
from service.features.bodies.view import BodyView
from service.features.tasks.following import follow, offers_below


class ReSubordinateBody(BodyChange):
    """Place a body under other superiors (调整隶属关系).

    A superior left out stays as it is; null takes it away: a body without a parent stands
    directly under the city. Duties over the old parent's bodies end with it.
    """

    name = "bodies.re_subordinate_body"
    title_zh = "调整隶属关系"
    title_en = "Re-subordinate a body"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "parent_id": "01900000-0000-7000-8000-000000000000",
    }
    refusals = (
        *BodyChange.refusals,
        rules.SubordinationCycle,
        rules.NothingChanges,
        rules.GrassRootsProtected,
    )

    parent_id: UUID | None = None
    competent_body_id: UUID | None = None
    sponsor_body_id: UUID | None = None


_SUPERIORS = ("parent_id", "competent_body_id", "sponsor_body_id")


@handles(ReSubordinateBody)
async def re_subordinate_body(command: ReSubordinateBody, context: Context) -> BodyView:
    """Keep a version with the new superiors, and write the new lineage of all below it."""
    await tree.hold(context, alone=True)
    offers = await offers_below(context, command.body_id)
    locked = await locked_body(context, command.body_id)
    body = locked.body
    old = {name: getattr(body, name) for name in _SUPERIORS}
    asked = {name: getattr(command, name) for name in command.model_fields_set & set(_SUPERIORS)}
    rules.require_change(old, new := {**old, **asked})
    for column, superior_id in asked.items():
        await tree.require_no_circle(context, body.id, superior_id, column)

    await ask_guards(context, body, command.effective_on, **asked)
    lineage = body.lineage
    if new["parent_id"] != old["parent_id"]:
        lineage = [body.id, *await tree.lineage_below(context, command.parent_id)]
        moved: dict[UUID, list[UUID]] = {}
        for below in await tree.subtree_below(context, body.id):
            own = below.lineage[: below.lineage.index(body.id)]
            moved[below.id] = [*own, *lineage]
            context.update(below, lineage=moved[below.id])
        follow(context, offers, {**moved, body.id: lineage})
    return change(context, locked, BodyAction.RE_SUBORDINATE, command, lineage=lineage, **new)
