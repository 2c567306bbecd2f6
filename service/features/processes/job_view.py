"""Jobs as the API shows them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.core.feel.border import from_state, to_wire
from service.features.processes.instance_tables import Job, JobState


class JobView(BaseModel):
    """Work for an outside worker, without the variables that it is given."""

    id: UUID
    #: The case that waits for it.
    instance_id: UUID
    #: Number of the element within the case.
    number: int
    element: str
    process: str
    type: str
    state: JobState
    #: Attempts left.
    retries: int
    #: From when it may be taken: now, when the lock runs out, or after a pause.
    due_at: datetime
    #: Who holds it, or held it last: the worker's own name and the actor; null for nobody.
    worker: str | None
    worker_id: UUID | None
    opened_at: datetime
    ended_at: datetime | None
    #: Why the newest attempt failed.
    fault: str | None
    version: int


class ActivatedJob(JobView):
    """A job that a worker has taken, with what it needs to do it."""

    business_key: str | None
    headers: dict[str, str]
    #: What the element sees.
    variables: dict[str, Any]


def job_view(job: Job) -> JobView:
    return JobView(**job.model_dump(include=set(JobView.model_fields)))


def activated_view(job: Job, business_key: str | None) -> ActivatedJob:
    variables = {name: to_wire(from_state(value)) for name, value in job.variables.items()}
    return ActivatedJob(
        **job_view(job).model_dump(),
        business_key=business_key,
        headers=job.headers,
        variables=variables,
    )
