"""Stop a clock of a case: what it counts has no due time until it goes on."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import PROCESS
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.processes import rules
from service.features.processes.clock_view import TIMEKEEPERS, Cause, Clock, ClockView, Reason
from service.features.processes.deadline_tables import BY_HAND, DeadlineAction, StoppedClock
from service.features.processes.deadlines import DEFAULT_CLOCK
from service.features.processes.instance_tables import InstanceState
from service.features.processes.keeping_clocks import causes_of, record
from service.features.processes.reaching import locked_case
from service.features.processes.redating import redate


class StopClock(Command[ClockView]):
    """Stop a clock (停止计时): its deadlines keep the working days used so far.

    A clock may stand still for several causes and goes on when none is left. Ordered by a diagram
    it is a clock of the diagram's own case, and stopped again for one cause it just stays so.
    """

    name = "processes.stop_clock"
    duties = TIMEKEEPERS
    title_zh = "停止计时"
    title_en = "Stop a clock"
    refusals = (rules.ClockStopped, rules.InstanceEnded)
    example: ClassVar = {"clock": "office", "reason": "等待申请单位补正材料"}

    instance_id: UUID
    clock: Clock = DEFAULT_CLOCK
    cause: Cause = BY_HAND
    reason: Reason
    #: The paper that says so, where there is one.
    document_id: UUID | None = None


@handles(StopClock)
async def stop_clock(command: StopClock, context: Context) -> ClockView:
    """Take the due time from every open deadline of the clock; later ones begin without one."""
    instance, _ = await locked_case(context, command.instance_id)
    if instance.state is not InstanceState.RUNNING:
        raise rules.ended(instance.state)
    causes = await causes_of(context, instance.id, command.clock)
    view = ClockView(instance_id=instance.id, clock=command.clock, is_stopped=True, deadlines=0)
    if command.cause in causes:
        if context.actor is PROCESS:
            return view
        raise rules.ClockStopped(
            f"Expected the clock {command.clock} to run, but it stands still already.",
            f"时钟{command.clock}应当正在计时，但已停止。",
        )
    context.insert(
        StoppedClock(
            instance_id=instance.id,
            clock=command.clock,
            cause=command.cause,
            reason=command.reason,
            stopped_at=context.now,
        )
    )
    record(context, command, is_stop=True, runs=False)
    if causes:
        return view
    today = context.today
    counted = await redate(
        context,
        instance.id,
        lambda deadline: deadline.stopped(today),
        DeadlineAction.STOP,
        command.reason,
        clock=command.clock,
    )
    return view.model_copy(update={"deadlines": counted})
