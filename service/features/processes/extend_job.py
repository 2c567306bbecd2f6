"""Extend a job: the worker needs more time."""

from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from service.core.command import Context
from service.core.operation import Command, handles
from service.features.processes import rules
from service.features.processes.job_view import JobView, job_view
from service.features.processes.workers import WORKERS, LockSeconds, WorkerName, held_job


class ExtendJob(Command[JobView]):
    """Hold a job for some more seconds (延长作业锁定), counted from now."""

    name = "processes.extend_job"
    duties = WORKERS
    title_zh = "延长作业锁定"
    title_en = "Extend a job"
    refusals = (rules.JobOver, rules.JobNotHeld)
    example: ClassVar = {"worker": "payroll-1", "lock_s": 120}

    job_id: UUID
    worker: WorkerName
    lock_s: LockSeconds


@handles(ExtendJob)
async def extend_job(command: ExtendJob, context: Context) -> JobView:
    job = await held_job(context, command.job_id, command.worker)
    until = context.now + timedelta(seconds=command.lock_s)
    return job_view(context.update(job, due_at=until))
