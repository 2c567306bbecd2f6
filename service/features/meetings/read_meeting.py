"""Read one meeting with its members and its agenda."""

from uuid import UUID

from service.core.auth.policy import missing
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.meetings.people import READERS
from service.features.meetings.tables import AgendaItem, Attendance, Meeting
from service.features.meetings.view import (
    MeetingView,
    item_view,
    member_view,
    summary_of,
)


class ReadMeeting(Query[MeetingView]):
    """One meeting: who is entitled, who came, and its agenda in order (查询会议)."""

    name = "meetings.read_meeting"
    duties = READERS
    title_zh = "查询会议"
    title_en = "Read a meeting"

    meeting_id: UUID


@answers(ReadMeeting)
async def read_meeting(query: ReadMeeting, reading: Reading) -> MeetingView:
    reading.require_city()
    record = await reading.connection.fetchrow(
        """SELECT m.*, EXISTS (SELECT FROM minutes x WHERE x.meeting_id = m.id) AS has_minutes
           FROM meeting m WHERE m.id = $1""",
        query.meeting_id,
    )
    if record is None:
        raise missing("a meeting with this id")
    meeting = Meeting.read(record)
    members = await reading.connection.fetch(
        "SELECT * FROM attendance WHERE meeting_id = $1 ORDER BY name, member_id", meeting.id
    )
    items = await reading.connection.fetch(
        "SELECT * FROM agenda_item WHERE meeting_id = $1 ORDER BY place", meeting.id
    )
    reading.tag(meeting)
    return MeetingView(
        **summary_of(meeting).model_dump(),
        members=[member_view(Attendance.read(each)) for each in members],
        items=[item_view(AgendaItem.read(each)) for each in items],
        has_minutes=record["has_minutes"],
    )
