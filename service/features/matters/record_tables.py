"""The file of a matter: every paper and form that came into it, as it was given."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from service.core.store.rows import AppendOnlyRow, code_column, one_of
from service.features.matters.record_kinds import RecordKind

_MOMENT: Any = DateTime(timezone=True)


class MatterRecord(AppendOnlyRow):
    """One paper or form of a matter; a later one of its kind stands beside it."""

    table: ClassVar[str] = "matter_record"

    id: UUID
    matter_id: UUID
    #: Which run of the case it belongs to: 1, and one more each time the matter is reopened.
    round: int
    kind: RecordKind
    content: Any
    document_id: UUID | None = None
    #: Who gave it; null where nobody did, as after a time-out.
    given_by: UUID | None = None
    given_by_name: str
    kept_at: datetime


class MatterRecordTable(MatterRecord, table=True):
    __tablename__ = "matter_record"
    __table_args__ = (
        one_of("kind", RecordKind),
        Index("ix_matter_record_file", "matter_id", "kind", "id"),
    )

    id: UUID = Field(primary_key=True)
    matter_id: UUID = Field(foreign_key="matter.id")
    kind: RecordKind = code_column()
    content: Any = Field(sa_column=Column(JSONB, nullable=False))
    document_id: UUID | None = Field(foreign_key="document.id")
    given_by: UUID | None = Field(foreign_key="actor.id")
    kept_at: datetime = Field(sa_type=_MOMENT)
