"""Reject a release: it never takes effect."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.processes import rules
from service.features.processes.authors import APPROVERS
from service.features.processes.deciding import locked_proposal
from service.features.processes.tables import ReleaseState
from service.features.processes.view import ReleaseSummary, summary_of


class RejectRelease(Command[ReleaseSummary]):
    """Refuse a proposed release with a reason (退回流程版本)."""

    name = "processes.reject_release"
    duties = APPROVERS
    title_zh = "退回流程版本"
    title_en = "Reject a release"
    needs_version = True
    refusals = (rules.ReleaseDecided, rules.SecondPersonRequired)
    example: ClassVar = {"reason": "第三行与第五行的条件重叠"}

    release_id: UUID
    reason: Annotated[Text, Field(min_length=1)]


@handles(RejectRelease)
async def reject_release(command: RejectRelease, context: Context) -> ReleaseSummary:
    release = await locked_proposal(context, command.release_id)
    rejected = context.update(
        release,
        state=ReleaseState.REJECTED,
        decided_by=context.actor.id,
        decided_by_name=context.actor.name,
        decided_at=context.now,
        reason=command.reason,
    )
    context.tag(rejected)
    return summary_of(rejected)
