"""Plan a meeting: its day, its place, and who is entitled to vote there."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Line
from service.features.meetings import rules
from service.features.meetings.codes import MeetingLevel
from service.features.meetings.finding import require_duty
from service.features.meetings.members import MemberGiven, entitled
from service.features.meetings.people import SECRETARIES, secretaries_of
from service.features.meetings.tables import Meeting
from service.features.meetings.view import MeetingSummary, summary_of


class PlanMeeting(Command[MeetingSummary]):
    """Plan a meeting of a level (拟定会议).

    Without `members` all are entitled who hold the level's duties on that day. A meeting of the
    Party committee names its members, who need no account.
    """

    name = "meetings.plan_meeting"
    duties = SECRETARIES
    title_zh = "拟定会议"
    title_en = "Plan a meeting"
    status = 201
    refusals = (rules.MembersMissing,)
    example: ClassVar = {
        "level": "PARTY_COMMITTEE",
        "title": "市委专题会议",
        "planned_on": "2026-12-02",
        "place": "第一会议室",
        "members": [{"name": "第1席"}, {"name": "第2席"}, {"name": "第3席"}],
    }

    level: MeetingLevel
    title: Annotated[Line, Field(max_length=100)]
    planned_on: date
    place: Line
    members: Annotated[list[MemberGiven], Field(max_length=60, default_factory=list)]


class MeetingPlanned(Event):
    """A meeting will be held; items can be put on its agenda."""

    type: ClassVar[str] = "meetings.meeting_planned"
    title_zh = "会议已拟定"
    title_en = "Meeting planned"

    meeting_id: UUID
    level: MeetingLevel
    planned_on: date

    def subject(self) -> str:
        return f"meeting/{self.meeting_id}"


@handles(PlanMeeting)
async def plan_meeting(command: PlanMeeting, context: Context) -> MeetingSummary:
    require_duty(context, secretaries_of(command.level))
    meeting = context.insert(
        Meeting(
            id=new_id(),
            **command.model_dump(exclude={"members"}),
            planned_by=context.actor.id,
        )
    )
    members = await entitled(
        context.connection, meeting.id, command.level, command.members, command.planned_on
    )
    for member in members:
        context.insert(member)
    context.announce(
        MeetingPlanned(meeting_id=meeting.id, level=meeting.level, planned_on=meeting.planned_on)
    )
    context.tag(meeting)
    return summary_of(meeting)
