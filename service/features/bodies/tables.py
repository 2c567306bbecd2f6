"""Bodies as stored: what a body is now, and every version of it that ever was true or known."""

from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from service.core.store.rows import VersionedRow, code_column, reference


class Body(VersionedRow):
    """A body as it is known now. Locked by whatever changes it; `version` is its ETag."""

    table: ClassVar[str] = "body"

    id: UUID
    body_code: str
    full_name: str
    system_category: str
    rank: str
    status: str
    parent_id: UUID | None = None
    #: The body itself, then those above it, nearest first: reach is one look at it.
    lineage: list[UUID]


class BodyTable(Body, table=True):
    __tablename__ = "body"
    __table_args__ = (Index(None, "lineage", postgresql_using="gin"),)

    id: UUID = Field(primary_key=True)
    body_code: str = Field(unique=True)
    system_category: str = code_column()
    rank: str = code_column()
    status: str = code_column()
    parent_id: UUID | None = reference("body.id")
    lineage: list[UUID] = Field(sa_type=ARRAY(Uuid))
