"""Instances as the API shows them."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from service.features.processes.instance_tables import Instance, InstanceState


class InstanceSummary(BaseModel):
    """One case: what it follows, whose it is, whether it goes on."""

    id: UUID
    flow: str
    process: str
    process_name: str
    #: The release it began under, and ends under.
    release_id: UUID
    release_number: int
    business_key: str | None
    title: str | None
    body_id: UUID | None
    state: InstanceState
    #: How many incidents wait to be dealt with.
    incidents: int
    started_at: datetime
    started_by: UUID | None
    started_by_name: str
    ended_at: datetime | None
    version: int


def summary_of(instance: Instance) -> InstanceSummary:
    return InstanceSummary(**instance.model_dump(include=set(InstanceSummary.model_fields)))
