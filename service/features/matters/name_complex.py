"""Name a matter complex: the director of the office says so, with a reason."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.matters import rules
from service.features.matters.naming import named
from service.features.matters.view import MatterView


class NameComplex(Command[MatterView]):
    """Name a matter complex (认定复杂事项), whatever its changes say: it is
    evaluated beforehand, and experts see it.
    """

    name = "matters.name_complex"
    duties = frozenset({Duty.OFFICE_DIRECTOR})
    title_zh = "认定复杂事项"
    title_en = "Name a matter complex"
    refusals = (rules.MatterMoved,)
    example: ClassVar = {"reason": "涉及多个部门职责"}

    matter_id: UUID
    reason: Annotated[Text, Field(min_length=1)]


@handles(NameComplex)
async def name_complex(command: NameComplex, context: Context) -> MatterView:
    return await named(context, command.matter_id, "complex", command.reason)
