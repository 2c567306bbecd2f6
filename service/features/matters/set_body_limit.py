"""Set the limit of bodies: how many organs the city may have."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.bodies.codes import BodyType
from service.features.matters.standards_tables import BodyLimit


class BodyLimitView(BaseModel):
    """The most living bodies of a type."""

    body_type: BodyType
    bodies: int


class SetBodyLimit(Command[BodyLimitView]):
    """Set how many bodies of a type the city may have (设定机构限额); a type without a limit has
    none.
    """

    name = "matters.set_body_limit"
    duties = frozenset({Duty.OFFICE_DIRECTOR, Duty.PROCESS})
    title_zh = "设定机构限额"
    title_en = "Set the limit of bodies"
    example: ClassVar = {"bodies": 37}

    body_type: BodyType
    bodies: Annotated[int, Field(ge=0, le=100_000)]


class BodyLimitSet(Event):
    """The city may have another number of bodies."""

    type: ClassVar[str] = "matters.body_limit_set"
    title_zh = "机构限额已设定"
    title_en = "Limit of bodies set"

    body_type: BodyType
    bodies: int

    def subject(self) -> str:
        return f"body-limit/{self.body_type}"


@handles(SetBodyLimit)
async def set_body_limit(command: SetBodyLimit, context: Context) -> BodyLimitView:
    context.require_city()
    record = await context.connection.fetchrow(
        "SELECT * FROM body_limit WHERE counted = $1 FOR UPDATE", command.body_type
    )
    if record is None:
        context.insert(BodyLimit(counted=command.body_type.value, bodies=command.bodies))
    else:
        context.update(BodyLimit.read(record), bodies=command.bodies)
    context.announce(BodyLimitSet(body_type=command.body_type, bodies=command.bodies))
    return BodyLimitView(body_type=command.body_type, bodies=command.bodies)
