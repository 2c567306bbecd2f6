"""Cancel an instance: the case ends where it stands."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.command import Context
from service.core.engine import port
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Text
from service.features.processes import rules
from service.features.processes.instance_view import InstanceSummary, summary_of
from service.features.processes.moving import move
from service.features.processes.reaching import LEADERS, locked_case


class CancelInstance(Command[InstanceSummary]):
    """End a case where it stands (撤销流程): open tasks, timers and jobs go, nothing is undone."""

    name = "processes.cancel_instance"
    duties = LEADERS
    title_zh = "撤销流程"
    title_en = "Cancel an instance"
    needs_version = True
    refusals = (rules.InstanceEnded, rules.InstanceMoved)
    example: ClassVar = {"reason": "申请单位撤回申请"}

    instance_id: UUID
    reason: Annotated[Text, Field(min_length=1)]


class InstanceCancelled(Event):
    """A person ended a case."""

    type: ClassVar[str] = "processes.instance_cancelled"
    title_zh = "流程已撤销"
    title_en = "Instance cancelled"

    instance_id: UUID
    process: str
    reason: str

    def subject(self) -> str:
        return f"instance/{self.instance_id}"


@handles(CancelInstance)
async def cancel_instance(command: CancelInstance, context: Context) -> InstanceSummary:
    """End it, innermost first; the audit and the event tell the reason."""
    instance, _ = await locked_case(context, command.instance_id)
    context.require_version(instance)
    ended = (await move(context, instance, port.Cancel())).instance
    context.announce(
        InstanceCancelled(instance_id=ended.id, process=ended.process, reason=command.reason)
    )
    context.tag(ended)
    return summary_of(ended)
