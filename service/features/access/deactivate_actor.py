"""Deactivate an actor: from the next request on nothing is accepted from it."""

from uuid import UUID

from service.core.command import Context
from service.core.operation import Command, handles
from service.features.access.keeping import KEEPERS, locked_active_actor
from service.features.access.rules import ActorInactive
from service.features.access.view import ActorSummary, summary_of


class DeactivateActor(Command[ActorSummary]):
    """Let an actor in no more (停用用户), whatever duties and keys it has; nothing is deleted."""

    name = "access.deactivate_actor"
    duties = KEEPERS
    title_zh = "停用用户"
    title_en = "Deactivate an actor"
    refusals = (ActorInactive,)

    actor_id: UUID


@handles(DeactivateActor)
async def deactivate_actor(command: DeactivateActor, context: Context) -> ActorSummary:
    actor = await locked_active_actor(context, command.actor_id)
    changed = context.update(actor, is_active=False)
    context.tag(changed)
    return summary_of(changed)
