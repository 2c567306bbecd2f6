"""Set the directory: which bodies have a role in every matter that touches it."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.matters.codes import DirectoryRole
from service.features.matters.standards_tables import DirectoryEntry

_UNKNOWN = """
SELECT id FROM unnest($1::uuid[]) named(id) WHERE NOT EXISTS (
    SELECT FROM body WHERE body.id = named.id AND status IN ('ACTIVE', 'IN_REFORM')) LIMIT 1
"""


class DirectoryRoleView(BaseModel):
    """A role and the bodies that have it; without any it is asked of nobody."""

    role: DirectoryRole
    body_ids: list[UUID]


class SetDirectory(Command[DirectoryRoleView]):
    """Say which bodies are asked in a role (设定征求意见名录): finance where money is touched,
    and so on, as the table `opinion_roles` says. None: nobody is asked in this role.
    """

    name = "matters.set_directory"
    duties = frozenset({Duty.OFFICE_DIRECTOR, Duty.PROCESS})
    title_zh = "设定征求意见名录"
    title_en = "Set the directory"
    example: ClassVar = {"body_ids": ["01900000-0000-7000-8000-000000000000"]}

    role: DirectoryRole
    body_ids: Annotated[list[UUID], Field(max_length=50)]


class DirectorySet(Event):
    """Other bodies are asked in a role."""

    type: ClassVar[str] = "matters.directory_set"
    title_zh = "征求意见名录已设定"
    title_en = "Directory set"

    role: DirectoryRole

    def subject(self) -> str:
        return f"matter-directory/{self.role}"


@handles(SetDirectory)
async def set_directory(command: SetDirectory, context: Context) -> DirectoryRoleView:
    """Keep the bodies in the place of those before; matters on their way ask the new ones."""
    context.require_city()
    bodies = list(dict.fromkeys(command.body_ids))
    if await context.connection.fetchval(_UNKNOWN, bodies) is not None:
        raise missing("each of these bodies alive")
    record = await context.connection.fetchrow(
        "SELECT * FROM matter_directory WHERE role = $1 FOR UPDATE", command.role
    )
    kept = [str(each) for each in bodies]
    if record is None:
        context.insert(DirectoryEntry(role=command.role, body_ids=kept))
    else:
        context.update(DirectoryEntry.read(record), body_ids=kept)
    context.announce(DirectorySet(role=command.role))
    return DirectoryRoleView(role=command.role, body_ids=bodies)
