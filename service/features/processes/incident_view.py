"""Incidents as the API shows them."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from service.features.processes.instance_tables import Incident


class IncidentView(BaseModel):
    """Something that could not be done, and what is known of it."""

    id: UUID
    #: The case; null where none came to be.
    instance_id: UUID | None
    #: Id of the element of the diagram; "" for the case as a whole.
    element: str
    #: `step` for a fault of the diagram; else what was refused: `timer`, `message`, `signal`,
    #: `steps`, `start`; or `task`, which nobody may do.
    kind: str
    code: str
    message: str
    message_zh: str
    attempts: int
    raised_at: datetime
    #: When it is tried again by itself; null for never: somebody has to see to it.
    retry_at: datetime | None
    resolved_at: datetime | None
    version: int


def view_of(incident: Incident) -> IncidentView:
    told = incident.model_dump(include=set(IncidentView.model_fields))
    return IncidentView(**told, kind=kind_of(incident))


def kind_of(incident: Incident) -> str:
    if incident.input is not None:
        return str(incident.input["kind"])
    return "step" if incident.incident else "task"
