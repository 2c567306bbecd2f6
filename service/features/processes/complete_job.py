"""Complete a job: the case goes on with what the worker found."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from service.core.command import Context
from service.core.engine import port
from service.core.feel.border import from_wire
from service.core.operation import Command, handles
from service.features.decisions.inputs import Inputs
from service.features.processes import rules
from service.features.processes.instance_tables import JobState
from service.features.processes.job_view import JobView, job_view
from service.features.processes.moving import move
from service.features.processes.workers import WORKERS, WorkerName, held_with_case


class CompleteJob(Command[JobView]):
    """Say that a job is done (完成作业), with its results as variables.

    A worker whose lock ran out may still complete the job while nobody else has taken it.
    """

    name = "processes.complete_job"
    duties = WORKERS
    title_zh = "完成作业"
    title_en = "Complete a job"
    refusals = (
        rules.JobOver,
        rules.JobNotHeld,
        rules.InstanceEnded,
        rules.InstanceMoved,
        rules.CommandMisfed,
    )
    example: ClassVar = {"worker": "payroll-1", "variables": {"updated": True}}

    job_id: UUID
    worker: WorkerName
    variables: Inputs = Field(default_factory=dict)


@handles(CompleteJob)
async def complete_job(command: CompleteJob, context: Context) -> JobView:
    held = await held_with_case(context, command.job_id, command.worker)
    done = context.update(held.job, state=JobState.DONE, ended_at=context.now, fault=None)
    variables = {name: from_wire(value) for name, value in command.variables.items()}
    await move(context, held.instance, port.JobDone(held.job.number, variables))
    return job_view(done)
