"""Meetings as the API shows them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.features.meetings.codes import (
    Ballot,
    ItemKind,
    ItemState,
    MeetingLevel,
    MeetingState,
)
from service.features.meetings.tables import AgendaItem, Attendance, Meeting, Minutes, Vote


class MeetingSummary(BaseModel):
    """A meeting without what was said there."""

    id: UUID
    level: MeetingLevel
    title: str
    planned_on: date
    place: str
    state: MeetingState
    year: int | None
    number: int | None
    held_on: date | None
    chair_id: UUID | None
    entitled: int | None
    present: int | None
    is_quorate: bool | None
    closed_at: datetime | None
    closed_by_name: str | None
    cancel_reason: str | None
    version: int


class MemberView(BaseModel):
    """Somebody entitled to vote at a meeting."""

    member_id: UUID
    actor_id: UUID | None
    name: str
    is_present: bool


class AgendaItemView(BaseModel):
    """An item with what the meeting came to."""

    id: UUID
    level: MeetingLevel
    kind: ItemKind
    subject_type: str
    subject_id: str
    title: str
    choices: list[str]
    deltas: Any
    recused: list[UUID]
    put_at: datetime
    put_by_name: str
    due: date | None
    state: ItemState
    meeting_id: UUID | None
    place: int | None
    deferrals: int
    reason: str | None
    #: Since when it is shown to whoever chairs the level.
    pressed_at: datetime | None
    result: str | None
    voted_deltas: Any
    text: str | None
    round_branches: list[str]
    #: Members who might vote on it, and how many of them were there.
    entitled: int | None
    present: int | None
    in_favour: int | None
    against: int | None
    abstained: int | None
    decided_at: datetime | None
    version: int


class VoteView(BaseModel):
    """One member's vote."""

    member_id: UUID
    name: str
    ballot: Ballot
    choice: str | None
    cast_at: datetime
    #: Whether the member cast it, rather than the secretary for a show of hands.
    is_own: bool


class ItemWithVotes(AgendaItemView):
    """An item with the votes of the meeting that it is on."""

    votes: list[VoteView]


class MinutesView(BaseModel):
    """The minutes of a meeting; `document_id` once they are a numbered document."""

    meeting_id: UUID
    text: str
    written_at: datetime
    written_by_name: str
    document_id: UUID | None
    version: int


class MeetingView(MeetingSummary):
    """A meeting with its members and its agenda in order."""

    members: list[MemberView]
    items: list[AgendaItemView]
    has_minutes: bool


def summary_of(meeting: Meeting) -> MeetingSummary:
    shown = meeting.model_dump(include=set(MeetingSummary.model_fields))
    return MeetingSummary.model_validate(shown)


def item_view(item: AgendaItem) -> AgendaItemView:
    return AgendaItemView.model_validate(item.model_dump(include=set(AgendaItemView.model_fields)))


def member_view(member: Attendance) -> MemberView:
    return MemberView.model_validate(member.model_dump(include=set(MemberView.model_fields)))


def minutes_view(minutes: Minutes) -> MinutesView:
    return MinutesView.model_validate(minutes.model_dump(include=set(MinutesView.model_fields)))


def vote_view(vote: Vote, name: str, actor_id: UUID | None) -> VoteView:
    """A vote with the member's name."""
    return VoteView(
        member_id=vote.member_id,
        name=name,
        ballot=vote.ballot,
        choice=vote.choice,
        cast_at=vote.cast_at,
        is_own=vote.cast_by is not None and vote.cast_by == actor_id,
    )
