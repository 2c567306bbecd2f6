"""A function of a body (职责) as the API shows it."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel


class FunctionView(BaseModel):
    """A function that a body has on the days [`true_from`, `true_until`)."""

    id: UUID
    body_id: UUID
    content: str
    basis: str
    internal_body_id: UUID | None
    document_id: UUID
    true_from: date
    true_until: date | None
    known_from: datetime
