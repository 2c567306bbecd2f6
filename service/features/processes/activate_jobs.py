"""Activate jobs: a worker outside takes work, and holds it for a while."""

from datetime import timedelta
from typing import Annotated, ClassVar

import orjson
from pydantic import BaseModel, Field

from service.core.clock import NOW_SQL
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.query import Reading
from service.core.waiting import Waiting
from service.features.processes.instance_tables import Job
from service.features.processes.job_view import ActivatedJob, activated_view
from service.features.processes.workers import (
    WORKERS,
    JobType,
    LockSeconds,
    WorkerName,
    worker_grant,
)

# What another worker is just taking is passed over, so no job is given twice.
_WAITING = """
SELECT j.*, i.business_key FROM job j JOIN instance i ON i.id = j.instance_id
WHERE j.state = 'WAITING' AND j.type = $1 AND j.due_at <= $2
ORDER BY j.due_at LIMIT $3 FOR UPDATE OF j SKIP LOCKED
"""
_ANY = f"""
SELECT true FROM job WHERE state = 'WAITING' AND type = $1 AND due_at <= {NOW_SQL} LIMIT 1
"""


class ActivatedJobs(BaseModel):
    """What was taken, the longest due first; nothing where nothing waits."""

    jobs: list[ActivatedJob]


class ActivateJobs(Command[ActivatedJobs]):
    """Take jobs of one type (领取外部作业) and hold them for a while.

    No two workers get the same job before its lock runs out. With `wait_s` the answer is given
    as soon as there is a job, or when that time is over; an answer without jobs is not kept
    under the Idempotency-Key, one with jobs is: so a lost answer can be asked for again.
    """

    name = "processes.activate_jobs"
    duties = WORKERS
    title_zh = "领取外部作业"
    title_en = "Activate jobs"
    example: ClassVar = {"type": "payroll.update", "worker": "payroll-1", "max_jobs": 10}

    type: JobType
    worker: WorkerName
    max_jobs: Annotated[int, Field(ge=1, le=100)] = 10
    #: For how many seconds nobody else gets them.
    lock_s: LockSeconds = 60
    #: For how many seconds to wait for a job, where there is none.
    wait_s: Annotated[int, Field(ge=0, le=60)] = 0


@handles(ActivateJobs)
async def activate_jobs(command: ActivateJobs, context: Context) -> ActivatedJobs:
    """Lock what is due and write who holds it until when."""
    context.allow(worker_grant(context.actor, context.grants))
    records = await context.connection.fetch(_WAITING, command.type, context.now, command.max_jobs)
    until = context.now + timedelta(seconds=command.lock_s)
    taken = []
    for record in records:
        fields = dict(record) | {name: orjson.loads(record[name]) for name in _JSON}
        job = context.update(
            Job.read(fields), due_at=until, worker=command.worker, worker_id=context.actor.id
        )
        taken.append(activated_view(job, record["business_key"]))
    context.keeps_answer = bool(taken)
    return ActivatedJobs(jobs=taken)


_JSON = ("headers", "variables")


async def _has_work(command: ActivateJobs, reading: Reading) -> bool:
    worker_grant(reading.actor, reading.grants)
    return bool(await reading.connection.fetchval(_ANY, command.type))


WAITING: Waiting[ActivateJobs] = Waiting(
    seconds=lambda command: command.wait_s,
    has_work=_has_work,
    nothing=ActivatedJobs(jobs=[]),
)
