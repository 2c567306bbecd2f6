"""A version of a body as the API shows it."""

from datetime import date, datetime
from uuid import UUID

from asyncpg import Record
from pydantic import BaseModel

from service.features.bodies.codes import BodyAction
from service.features.bodies.tables import BodyVersion
from service.features.bodies.view import BodyView


class BodyVersionView(BaseModel):
    """One version of a body, in both times.

    It is true on the days [`true_from`, `true_until`) and was held for true in the instants
    [`known_from`, `known_until`); an end that is null lies open. `body` is the state itself.
    """

    id: UUID
    body_id: UUID
    action: BodyAction
    true_from: date
    true_until: date | None
    known_from: datetime
    known_until: datetime | None
    document_id: UUID | None
    corrects_id: UUID | None
    reason: str
    body: BodyView


def version_view_of(version: BodyVersion) -> BodyVersionView:
    """A version just made: it holds, and nothing follows it yet in what is known."""
    return version_view_of_record(version.model_dump() | {"true_until": None, "known_until": None})


def version_view_of_record(record: Record | dict[str, object]) -> BodyVersionView:
    """A version from a record with its columns and both ends."""
    columns = dict(record)
    body = BodyView.model_validate(columns | {"id": columns["body_id"], "version": None})
    return BodyVersionView.model_validate(columns | {"body": body})
