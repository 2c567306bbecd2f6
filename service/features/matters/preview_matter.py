"""Preview a matter: what the tables would say of it today, before anything is asked."""

from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty, Reach
from service.core.auth.policy import OFFICE
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import OPERATIONS, Command, handles
from service.core.secrecy import ClassifiedMatter, Secrecy, require_storable
from service.features.matters import rules
from service.features.matters.asking import Asked, MatterType
from service.features.matters.beginning import require_living
from service.features.matters.by_table import previewed
from service.features.matters.codes import Start
from service.features.matters.deltas import stored
from service.features.matters.gathering import gathered
from service.features.matters.start_matter import StartMatter
from service.features.matters.tables import Matter

#: The ledger of rectification tells its facts to whoever orders this.
_GATE_FACTS = "rectification.gather_gate_facts"


class MatterPreview(BaseModel):
    """What the tables would say: each as its table answers, none of it binding."""

    facts: dict[str, Any]
    filing: dict[str, Any]
    authority: dict[str, Any]
    evaluation_needed: bool
    completeness: dict[str, Any]
    gate: dict[str, Any]


class PreviewMatter(Asked, Command[MatterPreview]):
    """Preview a matter (事项预览): who would decide it, whether it would be evaluated beforehand,
    what the gate would say, what would be missing. Nothing is kept, and nobody is bound by it.
    """

    name = "matters.preview_matter"
    duties = frozenset({Duty.APPLICANT_OFFICER, Duty.APPLICANT_PARTY_GROUP}) | OFFICE
    title_zh = "事项预览"
    title_en = "Preview a matter"
    is_stored = False
    refusals = (rules.ApplicantClosed, rules.MatterRulesMissing, ClassifiedMatter)
    example: ClassVar = StartMatter.example

    type: MatterType
    body_id: UUID


@handles(PreviewMatter)
async def preview_matter(command: PreviewMatter, context: Context) -> MatterPreview:
    """Ask the tables in force about a request that exists only here."""
    await require_living(context, command.body_id)
    if command.stated.is_classified:
        require_storable(Secrecy.CONFIDENTIAL)
    asked = (await gathered(context.connection, _thought_of(command, context))).model_dump()
    facts = await previewed(context, "matter_facts", **{name: asked[name] for name in _OF_MATTER})
    return MatterPreview(
        facts=facts,
        filing=await previewed(context, "filing", applicant=asked["applicant"], facts=facts),
        authority=await previewed(context, "authority", facts=facts),
        evaluation_needed=await previewed(context, "evaluation_needed", facts=facts),
        completeness=await previewed(context, "completeness", facts=facts, given=asked["given"]),
        gate=await _gate(command, context, facts),
    )


_OF_MATTER = ("matter", "deltas", "bodies", "city")


def _thought_of(command: PreviewMatter, context: Context) -> Matter:
    given = command.model_dump(mode="json", exclude={"deltas", "stated"})
    return Matter.model_validate(
        {
            **given,
            "id": new_id(),
            "start": Start.APPLICANT,
            "is_urgent": False,
            "stated": command.stated.model_dump(mode="json"),
            "deltas": stored(command.deltas),
            "asked_at": context.now,
            "asked_by": context.actor.id,
        }
    )


async def _gate(command: PreviewMatter, context: Context, facts: dict[str, Any]) -> Any:
    """What the gate would say; other bodies' problems are shown to the city's own people alone."""
    bodies = {str(command.body_id)}
    if any(grant.reach is Reach.CITY for grant in context.grants):
        bodies |= set(facts["gaining_bodies"])
    ordering = OPERATIONS[_GATE_FACTS].request.model_validate({"body_ids": sorted(bodies)})
    assert isinstance(ordering, Command), "diagrams order it too"
    found = await context.order(ordering)
    request = {
        "is_increase": facts["is_increase"],
        "is_quota_use": False,
        "areas": facts["areas"],
        "is_pure_reduction": facts["is_pure_reduction"],
        "is_superior_order": False,
        "is_plan_measure": facts["is_plan_measure"],
    }
    return await previewed(
        context, "gate", request=request, overrides=[], **found.model_dump(mode="json")
    )
