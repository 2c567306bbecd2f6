"""Change an internal body: its name, rank, functions or what is planned for it."""

from typing import ClassVar

from service.core.command import Context
from service.core.operation import handles
from service.core.values import Text
from service.features.bodies import rules
from service.features.bodies.codes import InternalBodyAction, Rank
from service.features.bodies.fields import Name
from service.features.bodies.internal_bodies import (
    InternalBodyChange,
    InternalBodyView,
    Planned,
    change,
    locked_internal_body,
)


class ChangeInternalBody(InternalBodyChange):
    """Change a section of a body (调整内设机构); what is left out or null stays as it is."""

    name = "bodies.change_internal_body"
    title_zh = "调整内设机构"
    title_en = "Change an internal body"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "section_name": "综合科",
    }
    refusals = (*InternalBodyChange.refusals, rules.NameTaken, rules.NothingChanges)

    section_name: Name | None = None
    rank: Rank | None = None
    functions: Text | None = None
    quota_planned: Planned | None = None
    midlevel_chief: Planned | None = None
    midlevel_deputy: Planned | None = None


@handles(ChangeInternalBody)
async def change_internal_body(command: ChangeInternalBody, context: Context) -> InternalBodyView:
    """Keep a version with what was given."""
    locked = await locked_internal_body(context, command.internal_body_id)
    facts = command.model_dump(exclude=set(InternalBodyChange.model_fields), exclude_none=True)
    if "section_name" in facts:
        facts["name"] = facts.pop("section_name")
    rules.require_change(locked.section, locked.section.model_copy(update=facts))
    return change(context, locked, InternalBodyAction.CHANGE, command, **facts)
