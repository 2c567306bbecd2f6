"""Events as other systems see them: CloudEvents 1.0, structured JSON.

`type` is the event's own name, the one that filters and the AsyncAPI file use: it claims no
internet domain, and `source` tells installations apart.
"""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from asyncpg import Record
from pydantic import BaseModel, Field

MEDIA_TYPE = "application/cloudevents+json"
_DIGITS = 19  # those of the largest number, so that the texts sort as the numbers do


class CloudEvent(BaseModel):
    """One event. `sequence` counts per subject from 1 without gaps, padded to 19 digits."""

    specversion: Literal["1.0"] = "1.0"
    id: UUID
    source: str
    type: str
    subject: str
    time: datetime
    datacontenttype: Literal["application/json"] = "application/json"
    sequence: str = Field(pattern=r"^\d{19}$")
    data: dict[str, Any]


def cloud_event(record: Record, source: str) -> CloudEvent:
    """The event of an outbox record."""
    return CloudEvent(
        id=record["id"],
        source=source,
        type=record["type"],
        subject=record["subject"],
        time=record["at"],
        sequence=f"{record['number']:0{_DIGITS}}",
        data=record["data"],
    )
