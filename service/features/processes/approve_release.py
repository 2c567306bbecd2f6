"""Approve a release: new cases follow it from now on."""

from uuid import UUID

from service.core.command import Context
from service.core.operation import Command, handles
from service.features.processes import rules
from service.features.processes.authors import APPROVERS
from service.features.processes.coming_into_force import put_into_force
from service.features.processes.deciding import locked_proposal
from service.features.processes.proposing import By
from service.features.processes.view import ReleaseSummary, summary_of


class ApproveRelease(Command[ReleaseSummary]):
    """Put a release into force (审定流程版本). Running cases keep the one they began under."""

    name = "processes.approve_release"
    duties = APPROVERS
    title_zh = "审定流程版本"
    title_en = "Approve a release"
    needs_version = True
    refusals = (rules.ReleaseDecided, rules.SecondPersonRequired, rules.ReleaseFaulty)

    release_id: UUID


@handles(ApproveRelease)
async def approve_release(command: ApproveRelease, context: Context) -> ReleaseSummary:
    """Supersede what was in force and put the release into its place."""
    release = await locked_proposal(context, command.release_id)
    by = By(context.actor.id, context.actor.name)
    approved = await put_into_force(context, release, by)
    context.tag(approved)
    return summary_of(approved)
