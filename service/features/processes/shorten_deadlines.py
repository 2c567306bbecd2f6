"""Shorten deadlines: what is open in a case is due sooner, and so is what it opens later."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.engine import port
from service.core.feel.border import from_wire
from service.core.operation import Command, handles
from service.features.decisions.inputs import Inputs
from service.features.processes import rules
from service.features.processes.clock_view import Reason
from service.features.processes.deadline_tables import DeadlineAction
from service.features.processes.deadlines import Deadline
from service.features.processes.moving import move
from service.features.processes.reaching import locked_case
from service.features.processes.redating import redate

Days = Annotated[int, Field(ge=1, le=1000)]


class Shortening(BaseModel):
    """A period, and what it is shortened to, in working days."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: Days
    shortened: Days


class DeadlinesShortened(BaseModel):
    """How many open deadlines the case has, shortened where their period is."""

    instance_id: UUID
    deadlines: int


class ShortenDeadlines(Command[DeadlinesShortened]):
    """Shorten the periods of a case (缩短期限): the last day of an open one is today
    at the earliest.

    What later steps take from variables is set anew in every scope that has them. Only other
    commands order it: a diagram has the periods that it declares.
    """

    name = "processes.shorten_deadlines"
    duties = frozenset({Duty.PROCESS})
    title_zh = "缩短期限"
    title_en = "Shorten deadlines"
    is_for_diagrams = False
    refusals = (rules.InstanceEnded, rules.InstanceMoved)

    instance_id: UUID
    periods: Annotated[list[Shortening], Field(max_length=100)]
    variables: Inputs
    reason: Reason


@handles(ShortenDeadlines)
async def shorten_deadlines(command: ShortenDeadlines, context: Context) -> DeadlinesShortened:
    """Set the variables anew, then date the open deadlines anew."""
    instance, lineage = await locked_case(context, command.instance_id)
    values = {name: from_wire(value) for name, value in command.variables.items()}
    known = {instance.body_id: lineage} if instance.body_id else {}
    await move(context, instance, port.SetVariables(values, is_everywhere=True), known)
    await context.flush()
    shorter = {each.days: each.shortened for each in command.periods}
    today = context.today

    def change(deadline: Deadline) -> Deadline:
        return deadline.shortened(shorter.get(deadline.days, deadline.days), today)

    found = await redate(context, instance.id, change, DeadlineAction.REDATE, command.reason)
    return DeadlinesShortened(instance_id=instance.id, deadlines=found)
