"""The audit: one row for every command, done or refused, in the same transaction.

The application's role may insert and read, never change or delete (the migration revokes it).
Partitioned by month; `dingbian migrate` makes the partitions ahead.
"""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, Index, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from service.core.store.rows import AppendOnlyRow


class AuditEntry(AppendOnlyRow):
    """Who did what, as whom, because of what, with which outcome, and what it changed."""

    table: ClassVar[str] = "audit"

    id: UUID
    actor_id: UUID | None
    actor_name: str
    #: The duty under which the actor was allowed; None where none was held.
    duty: str | None
    command: str
    #: `done`, or the code of the refusal.
    outcome: str
    #: What was asked, personal data masked.
    asked: Any
    #: [{table, key, old, new}]: the columns that changed, sealed ones left out.
    changes: Any
    #: The command that ordered this one; None for a request.
    cause: UUID | None
    request_id: str


class AuditTable(AuditEntry, table=True):
    __tablename__ = "audit"
    __table_args__ = (
        Index(None, "actor_id", "at"),
        Index(None, "id"),
        {"postgresql_partition_by": "RANGE (at)"},
    )

    at: datetime = Field(
        sa_column=Column(
            DateTime(timezone=True),
            primary_key=True,
            server_default=func.clock_timestamp(),
        )
    )
    id: UUID = Field(primary_key=True)
    asked: Any = Field(sa_column=Column(JSONB, nullable=False))
    changes: Any = Field(sa_column=Column(JSONB, nullable=False))
