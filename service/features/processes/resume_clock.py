"""Resume a clock of a case: what it counts goes on with the working days that are left."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import PROCESS
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.processes import rules
from service.features.processes.clock_view import TIMEKEEPERS, Cause, Clock, ClockView, Reason
from service.features.processes.deadline_tables import BY_HAND, DeadlineAction
from service.features.processes.deadlines import DEFAULT_CLOCK
from service.features.processes.instance_tables import InstanceState
from service.features.processes.keeping_clocks import causes_of, record
from service.features.processes.reaching import locked_case
from service.features.processes.redating import redate


class ResumeClock(Command[ClockView]):
    """Let a stopped clock go on (恢复计时): its deadlines get a due time again.

    It goes on when no other cause is left. Ordered by a diagram it is a clock of the diagram's own
    case, and a cause that is not there is no fault.
    """

    name = "processes.resume_clock"
    duties = TIMEKEEPERS
    title_zh = "恢复计时"
    title_en = "Resume a clock"
    refusals = (rules.ClockRuns, rules.InstanceEnded)
    example: ClassVar = {"clock": "office", "reason": "补正材料已收到"}

    instance_id: UUID
    clock: Clock = DEFAULT_CLOCK
    cause: Cause = BY_HAND
    reason: Reason
    #: The paper that says so, where there is one.
    document_id: UUID | None = None


@handles(ResumeClock)
async def resume_clock(command: ResumeClock, context: Context) -> ClockView:
    """Count on from today, which is a day that counts."""
    instance, _ = await locked_case(context, command.instance_id)
    if instance.state is not InstanceState.RUNNING:
        raise rules.ended(instance.state)
    causes = await causes_of(context, instance.id, command.clock)
    stopped = causes.pop(command.cause, None)
    if stopped is None and context.actor is not PROCESS:
        raise rules.ClockRuns(
            f"Expected the clock {command.clock} to stand still, but it runs.",
            f"时钟{command.clock}应当已停止，但正在计时。",
        )
    view = ClockView(
        instance_id=instance.id, clock=command.clock, is_stopped=bool(causes), deadlines=0
    )
    if stopped is None:
        return view
    context.remove(stopped)
    record(context, command, is_stop=False, runs=not causes)
    if causes:
        return view
    today = context.today
    counted = await redate(
        context,
        instance.id,
        lambda deadline: deadline.resumed(today),
        DeadlineAction.RESUME,
        command.reason,
        clock=command.clock,
    )
    return view.model_copy(update={"deadlines": counted})
