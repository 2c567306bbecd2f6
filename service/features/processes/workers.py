"""What the verbs of outside workers share: who may, and finding the job that a worker holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import orjson
from pydantic import Field

from service.core.auth.actor import Actor, Duty, Grant
from service.core.auth.policy import EVERYBODY, covering_city, missing
from service.core.command import Context
from service.core.errors import NotAllowed
from service.core.values import Line
from service.features.processes import rules
from service.features.processes.instance_tables import Instance, Job, JobState
from service.features.processes.moving import instance_of

#: Programs by whatever duty they hold, within the scopes of their keys; of people, those who
#: keep the system running.
WORKERS = EVERYBODY

JobType = Annotated[
    Line,
    Field(description="`taskDefinition` type of the element.", examples=["payroll.update"]),
]
WorkerName = Annotated[
    Line,
    Field(description="The worker's own name: one of a program's processes.", max_length=80),
]
LockSeconds = Annotated[int, Field(ge=1, le=86_400)]
WHAT = "a job"
_JOB = "SELECT row_to_json(j) AS job FROM job j WHERE id = $1 FOR UPDATE"
# The case is locked first: whatever moves it locks it before its jobs.
_WITH_CASE = """
SELECT i.*, row_to_json(j) AS job FROM instance i JOIN job j ON j.instance_id = i.id
WHERE j.id = $1 FOR UPDATE OF i, j
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A job that the worker holds, with its case; both are locked."""

    job: Job
    instance: Instance


def worker_grant(actor: Actor, grants: Sequence[Grant]) -> Grant:
    """The grant under which somebody may work on the jobs of all cases.

    Raises:
        NotAllowed: A person of another duty asks, or the duty is not held over the whole city:
            whoever works for all cases sees what is in them.
    """
    mine = [each for each in grants if actor.is_program or each.duty is Duty.SYSTEM_ADMIN]
    if not mine:
        raise NotAllowed(
            "Expected a program or the duty system_admin, but you are a person of other duties.",
            "应当为程序用户或具有 system_admin 职责，但均不符合。",
        )
    return covering_city(mine)


async def held_job(context: Context, job_id: UUID, worker: str) -> Job:
    """A job that this worker holds, locked.

    Raises:
        NotFound: There is none.
        JobOver: It is done, has failed for good, or the flow went on without it.
        JobNotHeld: Nobody holds it, or another worker does.
    """
    context.allow(worker_grant(context.actor, context.grants))
    record = await context.connection.fetchrow(_JOB, job_id)
    return _held(context, record, worker)


async def held_with_case(context: Context, job_id: UUID, worker: str) -> Held:
    """As `held_job`, with the case that is to be moved."""
    context.allow(worker_grant(context.actor, context.grants))
    record = await context.connection.fetchrow(_WITH_CASE, job_id)
    job = _held(context, record, worker)
    return Held(job, instance_of(record))


def _held(context: Context, record: Any, worker: str) -> Job:
    if record is None:
        raise missing(WHAT)
    job = Job.read(orjson.loads(record["job"]))
    if job.state is not JobState.WAITING:
        raise rules.JobOver(
            f"Expected a job that is to be done, but it is {job.state}.",
            "作业应当待办，但已结束。",
        )
    if (job.worker_id, job.worker) != (context.actor.id, worker):
        raise rules.JobNotHeld(
            f"Expected a job that {worker} holds, but {job.worker or 'nobody'} holds it.",
            f"作业应当由{worker}持有，但当前持有者为{job.worker or '无'}。",
            worker=job.worker,
        )
    return job
