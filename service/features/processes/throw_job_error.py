"""Throw a BPMN error from a job: the flow knows what to do about it."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from service.core.command import Context
from service.core.engine import port
from service.core.feel.border import from_wire
from service.core.operation import Command, handles
from service.core.values import Line, Text
from service.features.decisions.inputs import Inputs
from service.features.processes import rules
from service.features.processes.instance_tables import JobState
from service.features.processes.job_view import JobView, job_view
from service.features.processes.moving import Moved, move
from service.features.processes.workers import WORKERS, WorkerName, held_with_case


class ThrowJobError(Command[JobView]):
    """End a job by a BPMN error (抛出业务错误), which an error event of the flow catches.

    Where none does, the job has failed and the case gets an incident.
    """

    name = "processes.throw_job_error"
    duties = WORKERS
    title_zh = "抛出业务错误"
    title_en = "Throw a job's error"
    refusals = (
        rules.JobOver,
        rules.JobNotHeld,
        rules.InstanceEnded,
        rules.InstanceMoved,
        rules.CommandMisfed,
    )
    example: ClassVar = {"worker": "payroll-1", "code": "ACCOUNT_CLOSED"}

    job_id: UUID
    worker: WorkerName
    #: Code of the error.
    code: Line
    message: Text = ""
    #: What is sent along to the event that catches it.
    variables: Inputs = Field(default_factory=dict)


@handles(ThrowJobError)
async def throw_job_error(command: ThrowJobError, context: Context) -> JobView:
    held = await held_with_case(context, command.job_id, command.worker)
    variables = {name: from_wire(value) for name, value in command.variables.items()}
    number = held.job.number
    thrown = port.BpmnErrorThrown(number, command.code, command.message, variables)
    moved = await move(context, held.instance, thrown)
    state = JobState.FAILED if _is_uncaught(moved, number) else JobState.DONE
    fault = f"{command.code}: {command.message}" if command.message else command.code
    return job_view(context.update(held.job, state=state, ended_at=context.now, fault=fault))


def _is_uncaught(moved: Moved, number: int) -> bool:
    return any(
        isinstance(each, port.IncidentRaised) and each.instance == number for each in moved.effects
    )
