"""Register an actor: from now on the service knows who bears a token with this subject."""

from typing import ClassVar

from service.core.auth.tables import ActorRow
from service.core.command import Context
from service.core.errors import SubjectTaken
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.values import Line
from service.features.access.keeping import KEEPERS
from service.features.access.view import ActorSummary, summary_of


class RegisterActor(Command[ActorSummary]):
    """Register a person or a program (登记用户); it may do nothing until it is given a duty."""

    name = "access.register_actor"
    duties = KEEPERS
    title_zh = "登记用户"
    title_en = "Register an actor"
    status = 201
    refusals = (SubjectTaken,)
    example: ClassVar = {"subject": "unit-11-second", "actor_name": "经办人（二）"}

    #: The `sub` of its tokens; for a program, a name that its operators know.
    subject: Line
    actor_name: Line
    is_program: bool = False


@handles(RegisterActor)
async def register_actor(command: RegisterActor, context: Context) -> ActorSummary:
    """Insert an active actor without duties, or refuse with `SubjectTaken`."""
    context.require_city()
    actor = context.insert(
        ActorRow(
            id=new_id(),
            subject=command.subject,
            name=command.actor_name,
            is_program=command.is_program,
        )
    )
    context.tag(actor)
    return summary_of(actor)
