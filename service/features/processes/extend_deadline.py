"""Extend a deadline: some working days more."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.processes import rules
from service.features.processes.clock_view import Clock, Reason
from service.features.processes.deadline_tables import DeadlineAction
from service.features.processes.deadlines import DEFAULT_CLOCK, EXTENDING
from service.features.processes.reaching import LEADERS, locked_case
from service.features.processes.redating import redate


class DeadlinesExtended(BaseModel):
    """How many open deadlines have more days now."""

    instance_id: UUID
    clock: str
    deadlines: int


class ExtendDeadline(Command[DeadlinesExtended]):
    """Give the open deadlines of a clock more working days (延长期限).

    Ordered by a diagram they are those of the diagram's own case.
    """

    name = EXTENDING
    duties = LEADERS | {Duty.PROCESS}
    title_zh = "延长期限"
    title_en = "Extend a deadline"
    refusals = (rules.DeadlineMissing,)
    example: ClassVar = {"clock": "office", "days": 5, "reason": "情况复杂，经批准延长"}

    instance_id: UUID
    clock: Clock = DEFAULT_CLOCK
    #: Working days more.
    days: Annotated[int, Field(ge=1, le=250)]
    reason: Reason
    #: Only the deadline of this element of the diagram; null for all of the clock.
    element: Annotated[str | None, Field(max_length=120)] = None


@handles(ExtendDeadline)
async def extend_deadline(command: ExtendDeadline, context: Context) -> DeadlinesExtended:
    """Add the days, whether the clock runs or stands still."""
    instance, _ = await locked_case(context, command.instance_id)
    extended = await redate(
        context,
        instance.id,
        lambda deadline: deadline.extended(command.days),
        DeadlineAction.EXTEND,
        command.reason,
        clock=command.clock,
        element=command.element,
    )
    # Of a case in the middle of a move nobody knows yet which deadlines it declares.
    if not extended and context.cause is None:
        raise rules.DeadlineMissing(
            f"Expected an open deadline of the clock {command.clock}, but there is none.",
            f"应当有时钟{command.clock}的未结期限，但没有。",
        )
    return DeadlinesExtended(instance_id=instance.id, clock=command.clock, deadlines=extended)
