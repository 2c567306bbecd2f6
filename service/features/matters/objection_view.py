"""Objections as the API shows them."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from service.features.matters.codes import Outcome
from service.features.matters.objection_tables import MatterObjection, ObjectionResult


class ObjectionView(BaseModel):
    """An objection and what it was answered; the answer is a document of its own."""

    id: UUID
    matter_id: UUID
    round: int
    #: The end that it objects to.
    outcome: Outcome
    grounds: str
    filed_on: date
    filed_by_name: str
    instance_id: UUID | None
    result: ObjectionResult | None
    reason: str | None
    struck_hits: list[int] | None
    decided_by_name: str | None
    decided_at: datetime | None
    answer_document_id: UUID | None
    version: int


def objection_view(objection: MatterObjection) -> ObjectionView:
    shown = objection.model_dump(include=set(ObjectionView.model_fields))
    return ObjectionView.model_validate(shown)
