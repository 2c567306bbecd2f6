"""Meetings as stored: who was there, what was on the agenda, who voted how, what was minuted."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, Index, Text, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from service.core.store.rows import Row, VersionedRow, code_column, one_of, reference
from service.features.meetings.codes import (
    Ballot,
    ItemKind,
    ItemState,
    MeetingLevel,
    MeetingState,
)

_MOMENT: Any = DateTime(timezone=True)


def _json() -> Any:
    return Field(sa_column=Column(JSONB(none_as_null=True), nullable=True))


class Meeting(VersionedRow):
    """One meeting of a level. Its number counts the meetings held in a year, without gaps."""

    table: ClassVar[str] = "meeting"
    id: UUID
    level: MeetingLevel
    title: str
    planned_on: date
    place: str
    state: MeetingState = MeetingState.PLANNED
    planned_by: UUID | None
    #: Given when it opens.
    year: int | None = None
    number: int | None = None
    held_on: date | None = None
    #: The member who chairs it.
    chair_id: UUID | None = None
    #: How many are entitled, how many came, and what the table in force said about it.
    entitled: int | None = None
    present: int | None = None
    is_quorate: bool | None = None
    #: The evaluation of the table on record.
    quorum_evaluation_id: UUID | None = None
    closed_at: datetime | None = None
    closed_by: UUID | None = None
    closed_by_name: str | None = None
    cancel_reason: str | None = None


class MeetingTable(Meeting, table=True):
    __tablename__ = "meeting"
    __table_args__ = (
        one_of("level", MeetingLevel),
        one_of("state", MeetingState),
        UniqueConstraint("level", "year", "number"),
        Index("ix_meeting_list", "planned_on", "id"),
    )

    id: UUID = Field(primary_key=True)
    level: MeetingLevel = code_column()
    state: MeetingState = code_column()
    planned_by: UUID | None = Field(foreign_key="actor.id")
    closed_by: UUID | None = Field(foreign_key="actor.id")
    closed_at: datetime | None = Field(sa_type=_MOMENT)
    quorum_evaluation_id: UUID | None = Field(foreign_key="decision_evaluation.id")


class Attendance(Row):
    """One member of a meeting: entitled to vote there, and present or not."""

    table: ClassVar[str] = "attendance"
    key: ClassVar[tuple[str, ...]] = ("meeting_id", "member_id")

    meeting_id: UUID
    #: The actor's id, or one made for a member without an account.
    member_id: UUID
    actor_id: UUID | None
    name: str
    is_present: bool = False


class AttendanceTable(Attendance, table=True):
    __tablename__ = "attendance"

    meeting_id: UUID = Field(primary_key=True, foreign_key="meeting.id")
    member_id: UUID = Field(primary_key=True)
    actor_id: UUID | None = reference("actor.id")


class AgendaItem(VersionedRow):
    """One matter for a meeting of a level; it waits until a meeting takes it up."""

    table: ClassVar[str] = "agenda_item"

    id: UUID
    level: MeetingLevel
    kind: ItemKind
    #: What it is about: `matter`, `rectification_item` …, and its id there.
    subject_type: str
    subject_id: str
    title: str
    #: What the meeting may come to; the first one is what is proposed.
    choices: list[str]
    #: The proposed changes, as the flow that put it understands them; null for none.
    deltas: Any = None
    #: Members who take no part (回避).
    recused: list[UUID]
    put_at: datetime
    put_by: UUID | None
    put_by_name: str
    due: date | None
    state: ItemState = ItemState.PENDING
    meeting_id: UUID | None = None
    #: Its place on the agenda, from 1.
    place: int | None = None
    deferrals: int = 0
    #: Why it was deferred last, or withdrawn.
    reason: str | None = None
    pressed_at: datetime | None = None
    result: str | None = None
    voted_deltas: Any = None
    #: The words of the decision.
    text: str | None = None
    #: Branches of a new round that the meeting named.
    round_branches: list[str]
    entitled: int | None = None
    present: int | None = None
    in_favour: int | None = None
    against: int | None = None
    abstained: int | None = None
    decided_at: datetime | None = None
    decided_by: UUID | None = None


class AgendaItemTable(AgendaItem, table=True):
    __tablename__ = "agenda_item"
    __table_args__ = (
        one_of("level", MeetingLevel),
        one_of("kind", ItemKind),
        one_of("state", ItemState),
        Index("ix_agenda_item_list", "level", "state", "put_at", "id"),
        Index(None, "subject_id"),
    )

    id: UUID = Field(primary_key=True)
    level: MeetingLevel = code_column()
    kind: ItemKind = code_column()
    state: ItemState = code_column()
    choices: list[str] = Field(sa_type=ARRAY(Text))
    recused: list[UUID] = Field(sa_type=ARRAY(Uuid))
    round_branches: list[str] = Field(sa_type=ARRAY(Text))
    deltas: Any = _json()
    voted_deltas: Any = _json()
    put_at: datetime = Field(sa_type=_MOMENT)
    put_by: UUID | None = Field(foreign_key="actor.id")
    pressed_at: datetime | None = Field(sa_type=_MOMENT)
    decided_at: datetime | None = Field(sa_type=_MOMENT)
    decided_by: UUID | None = Field(foreign_key="actor.id")
    meeting_id: UUID | None = reference("meeting.id")


class Vote(Row):
    """How a member voted on an item at a meeting; an item taken up again is voted on anew."""

    table: ClassVar[str] = "vote"
    key: ClassVar[tuple[str, ...]] = ("agenda_item_id", "meeting_id", "member_id")

    agenda_item_id: UUID
    meeting_id: UUID
    member_id: UUID
    ballot: Ballot
    #: For which of the item's choices; null where it is for none.
    choice: str | None
    cast_at: datetime
    #: Who entered it: the member, or a secretary for a show of hands.
    cast_by: UUID | None


class VoteTable(Vote, table=True):
    __tablename__ = "vote"
    __table_args__ = (one_of("ballot", Ballot),)

    agenda_item_id: UUID = Field(primary_key=True, foreign_key="agenda_item.id")
    meeting_id: UUID = Field(primary_key=True, foreign_key="meeting.id")
    member_id: UUID = Field(primary_key=True)
    ballot: Ballot = code_column()
    cast_at: datetime = Field(sa_type=_MOMENT)
    cast_by: UUID | None = Field(foreign_key="actor.id")


class VoteGone(Row):
    """A vote that counts no longer, found by its key."""

    table: ClassVar[str] = "vote"
    key: ClassVar[tuple[str, ...]] = ("agenda_item_id", "meeting_id", "member_id")

    agenda_item_id: UUID
    meeting_id: UUID
    member_id: UUID


class Minutes(VersionedRow):
    """The minutes of a meeting: a text until the chair closes it, then a numbered document."""

    table: ClassVar[str] = "minutes"
    key: ClassVar[tuple[str, ...]] = ("meeting_id",)

    meeting_id: UUID
    text: str
    written_at: datetime
    written_by: UUID | None
    written_by_name: str
    #: By whom and in which series they are issued at the close …
    series: str | None
    issuer: str | None
    #: … as this document; or the document of the house that met.
    document_id: UUID | None


class MinutesTable(Minutes, table=True):
    __tablename__ = "minutes"

    meeting_id: UUID = Field(primary_key=True, foreign_key="meeting.id")
    written_at: datetime = Field(sa_type=_MOMENT)
    written_by: UUID | None = Field(foreign_key="actor.id")
    document_id: UUID | None = reference("document.id")
