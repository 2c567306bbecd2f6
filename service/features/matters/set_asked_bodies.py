"""Set asked bodies: which bodies are asked for their opinion in one role."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.matters.opinion_tables import AskedRole, RoleHolder

_KNOWN = "SELECT count(*) FROM body WHERE id = ANY ($1)"


class AskedBodies(BaseModel):
    """A role and who has it."""

    role: AskedRole
    body_ids: list[UUID]


class SetAskedBodies(Command[AskedBodies]):
    """Say which bodies are asked in a role (设定被征求意见单位), anew or for the first time.

    What touches money goes to the finance department, what touches posts to the organisation
    department, and so on, as the table `opinion_roles` says. A role without bodies asks nobody.
    What was asked before stays as it is.
    """

    name = "matters.set_asked_bodies"
    duties = frozenset({Duty.OFFICE_DIRECTOR, Duty.PROCESS})
    title_zh = "设定被征求意见单位"
    title_en = "Set asked bodies"
    example: ClassVar = {"body_ids": ["01900000-0000-7000-8000-000000000000"]}

    role: AskedRole
    body_ids: Annotated[list[UUID], Field(max_length=20)]


class AskedBodiesSet(Event):
    """Other bodies are asked in a role from now on."""

    type: ClassVar[str] = "matters.asked_bodies_set"
    title_zh = "被征求意见单位已设定"
    title_en = "Asked bodies set"

    role: AskedRole
    body_ids: list[UUID]

    def subject(self) -> str:
        return f"opinion-role/{self.role.value}"


@handles(SetAskedBodies)
async def set_asked_bodies(command: SetAskedBodies, context: Context) -> AskedBodies:
    context.require_city()
    bodies = sorted(set(command.body_ids))
    if await context.connection.fetchval(_KNOWN, bodies) < len(bodies):
        raise missing("bodies with these ids")
    record = await context.connection.fetchrow(
        "SELECT * FROM opinion_role WHERE role = $1 FOR UPDATE", command.role
    )
    ids = [str(each) for each in bodies]
    if record is None:
        context.insert(RoleHolder(role=command.role, body_ids=ids))
    else:
        context.update(RoleHolder.read(record), body_ids=ids)
    context.announce(AskedBodiesSet(role=command.role, body_ids=bodies))
    return AskedBodies(role=command.role, body_ids=bodies)
