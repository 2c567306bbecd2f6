"""Reject a guide: the version stays on record, and never comes into force."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Text
from service.features.guides import rules
from service.features.guides.deciding import locked_version
from service.features.guides.tables import GuideState
from service.features.guides.view import GuideVersionView, materials_of, version_of


class RejectGuide(Command[GuideVersionView]):
    """Send a version of a guide back (退回办事指南), with the reason."""

    name = "guides.reject_guide"
    duties = frozenset({Duty.OFFICE_DIRECTOR})
    title_zh = "退回办事指南"
    title_en = "Reject a guide"
    needs_version = True
    refusals = (rules.GuideDecided, rules.GuideSecondPerson)
    example: ClassVar = {"reason": "办理时限与总时限表不一致。"}

    guide_id: UUID
    reason: Annotated[Text, Field(min_length=1)]


class GuideRejected(Event):
    """A version of a guide was sent back."""

    type: ClassVar[str] = "guides.guide_rejected"
    title_zh = "办事指南已退回"
    title_en = "Guide rejected"

    code: str
    number: int

    def subject(self) -> str:
        return f"guide/{self.code}"


@handles(RejectGuide)
async def reject_guide(command: RejectGuide, context: Context) -> GuideVersionView:
    guide = await locked_version(context, command.guide_id)
    rejected = context.update(
        guide,
        state=GuideState.REJECTED,
        decided_by=context.actor.id,
        decided_by_name=context.actor.name,
        decided_at=context.now,
        reason=command.reason,
    )
    context.announce(GuideRejected(code=guide.code, number=guide.number))
    context.tag(rejected)
    return version_of(rejected, await materials_of(context.connection, guide.id))
