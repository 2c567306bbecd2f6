"""Reactivate an actor, with the duties that have not ended meanwhile."""

from uuid import UUID

from service.core.command import Context
from service.core.operation import Command, handles
from service.features.access.keeping import KEEPERS, locked_actor
from service.features.access.rules import ActorActive
from service.features.access.view import ActorSummary, summary_of


class ReactivateActor(Command[ActorSummary]):
    """Let a deactivated actor in again (恢复用户)."""

    name = "access.reactivate_actor"
    duties = KEEPERS
    title_zh = "恢复用户"
    title_en = "Reactivate an actor"
    refusals = (ActorActive,)

    actor_id: UUID


@handles(ReactivateActor)
async def reactivate_actor(command: ReactivateActor, context: Context) -> ActorSummary:
    actor = await locked_actor(context, command.actor_id)
    if actor.is_active:
        raise ActorActive(
            f"Expected an actor who is not active, but {actor.name} is.",
            f"应当为已停用的用户，但{actor.name}在用。",
        )
    changed = context.update(actor, is_active=True)
    context.tag(changed)
    return summary_of(changed)
