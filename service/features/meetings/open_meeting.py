"""Open a meeting: who came, who chairs, and whether they are enough."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.meetings import rules
from service.features.meetings.by_table import decided
from service.features.meetings.codes import MeetingLevel, MeetingState
from service.features.meetings.finding import locked_meeting, members_at, require_duty
from service.features.meetings.people import CHAIRS, SECRETARIES, chairs_of, secretaries_of
from service.features.meetings.tables import Attendance, Meeting
from service.features.meetings.view import MeetingSummary, summary_of

#: Meetings of a level open one after the other, since each takes the next number.
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"


class OpenMeeting(Command[MeetingSummary]):
    """Record attendance and open the meeting (签到开会); again, when somebody comes or goes.

    The table `meeting_quorum` says whether those present are enough. Without a quorum the
    meeting is open, but decides nothing. It gets its number of the year when it first opens.
    """

    name = "meetings.open_meeting"
    duties = SECRETARIES | CHAIRS
    title_zh = "签到开会"
    title_en = "Open a meeting"
    refusals = (
        rules.MeetingMoved,
        rules.NotMember,
        rules.VoterAbsent,
        rules.MeetingRulesMissing,
    )
    example: ClassVar = {
        "present": ["01900000-0000-7000-8000-000000000000"],
        "chair_id": "01900000-0000-7000-8000-000000000000",
    }

    meeting_id: UUID
    #: Ids of the members who are there.
    present: Annotated[frozenset[UUID], Field(max_length=60)]
    #: Who of them chairs it.
    chair_id: UUID


class MeetingOpened(Event):
    """A meeting is being held."""

    type: ClassVar[str] = "meetings.meeting_opened"
    title_zh = "会议已召开"
    title_en = "Meeting opened"

    meeting_id: UUID
    level: MeetingLevel
    is_quorate: bool

    def subject(self) -> str:
        return f"meeting/{self.meeting_id}"


@handles(OpenMeeting)
async def open_meeting(command: OpenMeeting, context: Context) -> MeetingSummary:
    """Write attendance, ask the table, and number the meeting where it opens first."""
    meeting = await locked_meeting(
        context, command.meeting_id, MeetingState.PLANNED, MeetingState.HELD
    )
    require_duty(context, secretaries_of(meeting.level) | chairs_of(meeting.level))
    members = await members_at(context, meeting.id)
    _require_members(command, members)
    await _require_voters_stay(command, context)
    for member in members.values():
        is_present = member.member_id in command.present
        if is_present != member.is_present:
            context.update(member, is_present=is_present)
    quorum = await decided(
        context, "meeting_quorum", members=len(members), present=len(command.present)
    )
    opened = context.update(
        meeting,
        **await _numbered(meeting, context),
        state=MeetingState.HELD,
        chair_id=command.chair_id,
        entitled=len(members),
        present=len(command.present),
        is_quorate=quorum.output is True,
        quorum_evaluation_id=quorum.id,
    )
    context.announce(
        MeetingOpened(meeting_id=opened.id, level=opened.level, is_quorate=quorum.output is True)
    )
    context.tag(opened)
    return summary_of(opened)


def _require_members(command: OpenMeeting, members: dict[UUID, Attendance]) -> None:
    if not command.present <= members.keys() or command.chair_id not in command.present:
        raise rules.NotMember(
            "Expected members of the meeting to be present, the chair among them, but somebody "
            "is no member or the chair is missing.",
            "到会人员应当均为会议成员且含主持人，但有人并非成员或主持人未到会。",
        )


async def _require_voters_stay(command: OpenMeeting, context: Context) -> None:
    voters = await context.connection.fetch(
        "SELECT DISTINCT member_id FROM vote WHERE meeting_id = $1", command.meeting_id
    )
    if not {record["member_id"] for record in voters} <= command.present:
        raise rules.VoterAbsent(
            "Expected everybody who has voted to be present, but one is entered as absent.",
            "已表决的成员应当记为到会，但有人被记为缺席。",
        )


async def _numbered(meeting: Meeting, context: Context) -> dict[str, object]:
    """Day, year and number of a meeting that opens; nothing where it has them."""
    if meeting.number is not None:
        return {}
    year = context.today.year
    await context.connection.execute(_LOCK, f"meeting/{meeting.level}")
    last = await context.connection.fetchval(
        "SELECT max(number) FROM meeting WHERE level = $1 AND year = $2", meeting.level, year
    )
    return {"held_on": context.today, "year": year, "number": (last or 0) + 1}
