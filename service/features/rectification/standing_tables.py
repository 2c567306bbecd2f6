"""How a body stands beside the ledger, as far as the violation gate asks, as stored."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime, Index
from sqlmodel import Field

from service.core.codes import NamedCode
from service.core.store.rows import AppendOnlyRow, code_column, one_of

_MOMENT: Any = DateTime(timezone=True)


class Grade(NamedCode):
    """What the last evaluation of a body came to."""

    EXCELLENT = "EXCELLENT", "优秀"
    GOOD = "GOOD", "良好"
    FAIR = "FAIR", "一般"
    POOR = "POOR", "较差"
    NONE = "NONE", "未评估"


class BodyStanding(AppendOnlyRow):
    """How a body stands from a day on, until another row says otherwise."""

    table: ClassVar[str] = "body_standing"

    id: UUID
    body_id: UUID
    #: Since when its yearly report is missing; null where none is.
    report_due_on: date | None
    has_overdue_exits: bool
    #: Listed as dishonest (失信名单).
    is_dishonest: bool
    last_grade: Grade
    reason: str
    document_id: UUID | None
    set_at: datetime
    set_by: UUID | None
    set_by_name: str


class BodyStandingTable(BodyStanding, table=True):
    __tablename__ = "body_standing"
    __table_args__ = (
        one_of("last_grade", Grade),
        Index("ix_body_standing_body", "body_id", "set_at", "id"),
    )

    id: UUID = Field(primary_key=True)
    body_id: UUID = Field(foreign_key="body.id")
    last_grade: Grade = code_column()
    document_id: UUID | None = Field(foreign_key="document.id")
    set_at: datetime = Field(sa_type=_MOMENT)
    set_by: UUID | None = Field(foreign_key="actor.id")
