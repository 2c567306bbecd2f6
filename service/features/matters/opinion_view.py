"""What a body was asked and said, as the API shows it."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from pydantic import BaseModel

from service.core.store.db import Connection
from service.features.matters.deltas import Delta
from service.features.matters.opinion_tables import Opinion

#: Requests with what they are about: everything that the body that is asked may know.
ASKED: Final = """
SELECT o.*, m.number AS matter_number, m.title AS matter_title, b.full_name AS body_name, d.deltas
FROM opinion_request o JOIN matter m ON m.id = o.matter_id JOIN body b ON b.id = o.body_id
JOIN matter_deltas d ON d.matter_id = o.matter_id AND d.number = o.deltas_number
"""


class OpinionView(BaseModel):
    """One body, what it is asked about a matter, and what it said."""

    id: UUID
    matter_id: UUID
    matter_number: str | None
    matter_title: str
    body_id: UUID
    body_name: str
    #: The changes that it is asked about, as they stood then.
    deltas_number: int
    deltas: list[Delta]
    questions: str
    asked_at: datetime
    due: date
    escalated_at: datetime | None
    #: Null as long as it may still answer.
    opinion: Opinion | None
    text: str
    document_id: UUID | None
    given_by_name: str | None
    given_at: datetime | None
    #: Asked no longer, since the round had ended before it answered.
    closed_at: datetime | None


async def read_view(connection: Connection, request_id: UUID) -> OpinionView:
    record = await connection.fetchrow(f"{ASKED} WHERE o.id = $1", request_id)
    assert record is not None, "whoever asks for it has just found it"
    return OpinionView.model_validate(dict(record))
