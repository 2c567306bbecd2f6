"""Cancel a meeting that has decided nothing: its items wait for another one."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Text
from service.features.meetings import rules
from service.features.meetings.codes import ItemState, MeetingLevel, MeetingState
from service.features.meetings.finding import locked_items, locked_meeting, require_duty
from service.features.meetings.people import CHAIRS, SECRETARIES, chairs_of, secretaries_of
from service.features.meetings.view import MeetingSummary, summary_of


class CancelMeeting(Command[MeetingSummary]):
    """Cancel a meeting with a reason (取消会议), also one that opened without a quorum."""

    name = "meetings.cancel_meeting"
    duties = SECRETARIES | CHAIRS
    title_zh = "取消会议"
    title_en = "Cancel a meeting"
    refusals = (rules.MeetingMoved, rules.ItemsDecided)
    example: ClassVar = {"reason": "到会人数不足"}

    meeting_id: UUID
    reason: Annotated[Text, Field(min_length=1)]


class MeetingCancelled(Event):
    """A meeting will not be held; its items wait again."""

    type: ClassVar[str] = "meetings.meeting_cancelled"
    title_zh = "会议已取消"
    title_en = "Meeting cancelled"

    meeting_id: UUID
    level: MeetingLevel

    def subject(self) -> str:
        return f"meeting/{self.meeting_id}"


@handles(CancelMeeting)
async def cancel_meeting(command: CancelMeeting, context: Context) -> MeetingSummary:
    meeting = await locked_meeting(
        context, command.meeting_id, MeetingState.PLANNED, MeetingState.HELD
    )
    require_duty(context, secretaries_of(meeting.level) | chairs_of(meeting.level))
    items = await locked_items(context, meeting.id)
    if any(item.state is ItemState.DECIDED for item in items):
        raise rules.ItemsDecided(
            "Expected a meeting that has decided nothing, but it has.",
            "会议应当尚未议决任何事项，但已有议题议决。",
        )
    for item in items:
        context.update(item, state=ItemState.PENDING, meeting_id=None, place=None)
    cancelled = context.update(meeting, state=MeetingState.CANCELLED, cancel_reason=command.reason)
    context.announce(MeetingCancelled(meeting_id=meeting.id, level=meeting.level))
    context.tag(cancelled)
    return summary_of(cancelled)
