"""Name a matter major: the chair of the commission says so, with a reason."""

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


class NameMajor(Command[MatterView]):
    """Name a matter major (认定重大事项), whatever its changes say: the table of
    authority sends it the way of major ones.
    """

    name = "matters.name_major"
    duties = frozenset({Duty.COMMISSION_CHAIR})
    title_zh = "认定重大事项"
    title_en = "Name a matter major"
    refusals = (rules.MatterMoved,)
    example: ClassVar = {"reason": "涉及多个部门职责"}

    matter_id: UUID
    reason: Annotated[Text, Field(min_length=1)]


@handles(NameMajor)
async def name_major(command: NameMajor, context: Context) -> MatterView:
    return await named(context, command.matter_id, "major", command.reason)
