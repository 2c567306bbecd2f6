"""Set variables: correct what a case works with."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.engine import port
from service.core.feel.border import from_wire
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.decisions.inputs import SomeInputs
from service.features.processes import rules
from service.features.processes.instance_view import InstanceSummary, summary_of
from service.features.processes.moving import move
from service.features.processes.reaching import locked_case


class SetVariables(Command[InstanceSummary]):
    """Correct the data of a case (更正流程数据). Conditions that wait are looked at again.

    History keeps the old values, the audit who changed them and why.
    """

    name = "processes.set_variables"
    duties = frozenset({Duty.OFFICE_DIRECTOR})
    title_zh = "更正流程数据"
    title_en = "Set variables"
    needs_version = True
    refusals = (rules.InstanceEnded, rules.InstanceMoved, rules.CommandMisfed)
    example: ClassVar = {"variables": {"posts": 3}, "reason": "申报数据录入有误"}

    instance_id: UUID
    variables: SomeInputs
    reason: Annotated[Text, Field(min_length=1)]
    #: Number of the step whose own variables are meant; 1 is the whole case.
    scope: Annotated[int, Field(ge=1, lt=2**31)] = 1


@handles(SetVariables)
async def set_variables(command: SetVariables, context: Context) -> InstanceSummary:
    """Set them in the scope that has them, or in the outermost one, and move the case."""
    instance, lineage = await locked_case(context, command.instance_id)
    context.require_version(instance)
    values = {name: from_wire(value) for name, value in command.variables.items()}
    given = port.SetVariables(values, command.scope, is_local=command.scope != 1)
    known = {instance.body_id: lineage} if instance.body_id else {}
    changed = (await move(context, instance, given, known)).instance
    context.tag(changed)
    return summary_of(changed)
