"""Close a meeting: its results are final, and each moves the case that waits for it."""

from typing import Any, ClassVar
from uuid import UUID

from service.core.command import Context
from service.core.engine.timers import next_due
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.meetings import rules
from service.features.meetings.codes import ItemState, MeetingLevel, MeetingState
from service.features.meetings.finding import locked_items, locked_meeting, require_duty
from service.features.meetings.minuting import issued_minutes
from service.features.meetings.people import CHAIRS, chairs_of
from service.features.meetings.tables import AgendaItem, Meeting, Minutes
from service.features.meetings.view import MeetingSummary, summary_of
from service.features.processes.instance_tables import Message

#: The name by which diagrams wait for a result; its key is the item's id.
MESSAGE = "AgendaItemDecided"
#: A case waits before its item can be decided; the rest is room for one that must be repaired.
_LIFE = "P30D"


class CloseMeeting(Command[MeetingSummary]):
    """Close a meeting on its minutes (审签纪要、闭会); by its chair, not by their writer.

    The minutes become a numbered paper, printed like any other, and every item that was decided
    moves its case by a message of its own.
    """

    name = "meetings.close_meeting"
    duties = CHAIRS
    title_zh = "审签纪要并闭会"
    title_en = "Close a meeting"
    needs_version = True
    refusals = (
        rules.MeetingMoved,
        rules.ItemsOpen,
        rules.QuorumMissing,
        rules.MinutesMissing,
        rules.MinutesWriterCloses,
    )

    meeting_id: UUID


class MeetingClosed(Event):
    """A meeting is over and minuted."""

    type: ClassVar[str] = "meetings.meeting_closed"
    title_zh = "会议已闭会"
    title_en = "Meeting closed"

    meeting_id: UUID
    level: MeetingLevel
    minutes_document_id: UUID

    def subject(self) -> str:
        return f"meeting/{self.meeting_id}"


class AgendaItemDecided(Event):
    """A meeting has decided an item, on minutes."""

    type: ClassVar[str] = "meetings.agenda_item_decided"
    title_zh = "议题已议决"
    title_en = "Agenda item decided"

    agenda_item_id: UUID
    meeting_id: UUID
    level: MeetingLevel
    subject_type: str
    subject_id: str
    result: str
    minutes_document_id: UUID

    def subject(self) -> str:
        return f"agenda_item/{self.agenda_item_id}"


@handles(CloseMeeting)
async def close_meeting(command: CloseMeeting, context: Context) -> MeetingSummary:
    meeting = await locked_meeting(context, command.meeting_id, MeetingState.HELD)
    require_duty(context, chairs_of(meeting.level))
    items = await locked_items(context, meeting.id)
    _require_all_decided(meeting, items)
    minutes = await _minutes(context, meeting)
    document_id = minutes.document_id or await issued_minutes(context, meeting, minutes, items)
    if minutes.document_id is None:
        context.update(minutes, document_id=document_id)
    for item in items:
        _tell(context, meeting, item, document_id)
    closed = context.update(
        meeting,
        state=MeetingState.CLOSED,
        closed_at=context.now,
        closed_by=context.actor.id,
        closed_by_name=context.actor.name,
    )
    context.announce(
        MeetingClosed(meeting_id=meeting.id, level=meeting.level, minutes_document_id=document_id)
    )
    context.tag(closed)
    return summary_of(closed)


def _require_all_decided(meeting: Meeting, items: list[AgendaItem]) -> None:
    waiting = [item.title for item in items if item.state is not ItemState.DECIDED]
    if waiting:
        raise rules.ItemsOpen(
            f"Expected every item to be decided or deferred, but {len(waiting)} are open.",
            f"全部议题应当已议决或延期，但尚有{len(waiting)}项未议决：{'、'.join(waiting)}。",
            open=waiting,
        )
    if items and meeting.is_quorate is not True:
        raise rules.QuorumMissing(
            f"Expected a quorum, but {meeting.present} of {meeting.entitled} were there.",
            f"应当达到法定人数，但应到{meeting.entitled}人，实到{meeting.present}人。",
            entitled=meeting.entitled,
            present=meeting.present,
        )


async def _minutes(context: Context, meeting: Meeting) -> Minutes:
    record = await context.connection.fetchrow(
        "SELECT * FROM minutes WHERE meeting_id = $1 FOR UPDATE", meeting.id
    )
    if record is None:
        raise rules.MinutesMissing(
            "Expected the minutes of the meeting, but nobody has written them.",
            "应当有会议纪要，但尚未起草。",
        )
    minutes = Minutes.read(record)
    if minutes.written_by == context.actor.id:
        raise rules.MinutesWriterCloses(
            "Expected somebody else to close the meeting, but you wrote its minutes.",
            "会议纪要应当由他人审签，但由您本人起草。",
        )
    return minutes


def _tell(context: Context, meeting: Meeting, item: AgendaItem, document_id: UUID) -> None:
    """The message to the waiting case, and the event to whoever listens."""
    assert item.result is not None, "it is decided"
    variables: dict[str, Any] = {
        "result": item.result,
        "text": item.text,
        "voted_deltas": item.voted_deltas,
        "round_branches": item.round_branches,
        "minutes_document_id": str(document_id),
        "meeting_id": str(meeting.id),
    }
    context.insert(
        Message(
            id=new_id(),
            kind="message",
            name=MESSAGE,
            correlation_key=str(item.id),
            message_id=None,
            variables=variables,
            sender_id=None,
            sent_at=context.now,
            lives_until=next_due(context.now, _LIFE),
        )
    )
    context.announce(
        AgendaItemDecided(
            agenda_item_id=item.id,
            meeting_id=meeting.id,
            level=meeting.level,
            subject_type=item.subject_type,
            subject_id=item.subject_id,
            result=item.result,
            minutes_document_id=document_id,
        )
    )
