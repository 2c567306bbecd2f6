"""Fail a job: the worker could not do it, now or for good."""

from datetime import timedelta
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.command import Context
from service.core.engine import port
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.processes import rules
from service.features.processes.instance_tables import JobState
from service.features.processes.job_view import JobView, job_view
from service.features.processes.moving import move
from service.features.processes.workers import WORKERS, WorkerName, held_with_case


class FailJob(Command[JobView]):
    """Say that an attempt failed (作业失败): it may be taken again after a pause.

    Where no attempts are left, the case gets an incident, and a retry opens a new job.
    """

    name = "processes.fail_job"
    duties = WORKERS
    title_zh = "作业失败"
    title_en = "Fail a job"
    refusals = (rules.JobOver, rules.JobNotHeld, rules.InstanceEnded, rules.InstanceMoved)
    example: ClassVar = {"worker": "payroll-1", "message": "工资系统无响应", "retry_after_s": 30}

    job_id: UUID
    worker: WorkerName
    message: Annotated[Text, Field(min_length=1)]
    #: Attempts left; unset: one fewer than before.
    retries: Annotated[int | None, Field(ge=0, le=1000)] = None
    #: For how many seconds nobody gets it.
    retry_after_s: Annotated[int, Field(ge=0, le=30 * 86_400)] = 0


@handles(FailJob)
async def fail_job(command: FailJob, context: Context) -> JobView:
    """Give the job back, or give it up."""
    held = await held_with_case(context, command.job_id, command.worker)
    job = held.job
    left = max(0, job.retries - 1) if command.retries is None else command.retries
    if left > 0:
        due_at = context.now + timedelta(seconds=command.retry_after_s)
        waiting = context.update(
            job, retries=left, due_at=due_at, worker=None, worker_id=None, fault=command.message
        )
        return job_view(waiting)
    failed = context.update(
        job, state=JobState.FAILED, retries=0, ended_at=context.now, fault=command.message
    )
    await move(context, held.instance, port.JobFailed(job.number, command.message))
    return job_view(failed)
