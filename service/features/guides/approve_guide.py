"""Approve a guide: the public reads this version from its day on."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.decisions.rules import BudgetSpent, FeelFault, ValueOutside
from service.features.guides import rules
from service.features.guides.deciding import locked_version
from service.features.guides.required import require_materials
from service.features.guides.tables import GuideState
from service.features.guides.view import GuideVersionView, materials_of, version_of


class ApproveGuide(Command[GuideVersionView]):
    """Put a version of a guide into force (审定办事指南) from its day on, or from today where that
    day has passed: what the public was told yesterday is never changed.
    """

    name = "guides.approve_guide"
    duties = frozenset({Duty.OFFICE_DIRECTOR})
    title_zh = "审定办事指南"
    title_en = "Approve a guide"
    needs_version = True
    refusals = (
        rules.GuideDecided,
        rules.GuideSecondPerson,
        rules.GuideMaterialMissing,
        FeelFault,
        BudgetSpent,
        ValueOutside,
    )

    guide_id: UUID


class GuideApproved(Event):
    """A version of a guide is in force from a day on."""

    type: ClassVar[str] = "guides.guide_approved"
    title_zh = "办事指南已审定"
    title_en = "Guide approved"

    code: str
    number: int
    in_force_from: date

    def subject(self) -> str:
        return f"guide/{self.code}"


@handles(ApproveGuide)
async def approve_guide(command: ApproveGuide, context: Context) -> GuideVersionView:
    """Approve it, if it still explains what the table in force asks for."""
    guide = await locked_version(context, command.guide_id)
    materials = await materials_of(context.connection, guide.id)
    codes = {each.code for each in materials}
    await require_materials(context.connection, context.now, guide.code, codes)
    since = max(guide.effective_on, context.today)
    approved = context.update(
        guide,
        state=GuideState.APPROVED,
        in_force_from=since,
        decided_by=context.actor.id,
        decided_by_name=context.actor.name,
        decided_at=context.now,
    )
    context.announce(GuideApproved(code=guide.code, number=guide.number, in_force_from=since))
    context.tag(approved)
    return version_of(approved, materials)
