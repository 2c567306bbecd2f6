"""Approve a release: new cases follow it from now on."""

from typing import ClassVar
from uuid import UUID

from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.processes import rules
from service.features.processes.authors import APPROVERS
from service.features.processes.deciding import locked_proposal
from service.features.processes.event_tables import EventStart
from service.features.processes.starts import put_starts, take_starts
from service.features.processes.tables import Release, ReleaseState
from service.features.processes.view import ReleaseSummary, summary_of

_IN_FORCE = "SELECT * FROM release WHERE flow = $1 AND state = 'IN_FORCE' FOR UPDATE"


class ApproveRelease(Command[ReleaseSummary]):
    """Put a release into force (审定流程版本). Running cases keep the one they began under."""

    name = "processes.approve_release"
    duties = APPROVERS
    title_zh = "审定流程版本"
    title_en = "Approve a release"
    needs_version = True
    refusals = (rules.ReleaseDecided, rules.SecondPersonRequired, rules.ReleaseFaulty)

    release_id: UUID


class ReleaseApproved(Event):
    """A release is in force."""

    type: ClassVar[str] = "processes.release_approved"
    title_zh = "流程版本已生效"
    title_en = "Release approved"

    flow: str
    number: int

    def subject(self) -> str:
        return f"flow/{self.flow}"


@handles(ApproveRelease)
async def approve_release(command: ApproveRelease, context: Context) -> ReleaseSummary:
    """Supersede what was in force and put the release into its place."""
    release = await locked_proposal(context, command.release_id)
    before = await context.connection.fetchrow(_IN_FORCE, release.flow)
    starts: list[EventStart] = []
    if before is not None:
        context.update(Release.read(before), state=ReleaseState.SUPERSEDED)
        starts = await take_starts(context, before["id"])
        await context.flush()
    approved = context.update(
        release,
        state=ReleaseState.IN_FORCE,
        decided_by=context.actor.id,
        decided_by_name=context.actor.name,
        decided_at=context.now,
    )
    await put_starts(context, release.id, starts)
    context.announce(ReleaseApproved(flow=approved.flow, number=approved.number))
    context.tag(approved)
    return summary_of(approved)
