"""Read the minutes of a meeting."""

from uuid import UUID

from service.core.auth.policy import missing
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.meetings.people import READERS
from service.features.meetings.tables import Minutes
from service.features.meetings.view import MinutesView, minutes_view


class ReadMinutes(Query[MinutesView]):
    """The minutes of a meeting (查询会议纪要); a document once the meeting is closed."""

    name = "meetings.read_minutes"
    duties = READERS
    title_zh = "查询会议纪要"
    title_en = "Read the minutes"

    meeting_id: UUID


@answers(ReadMinutes)
async def read_minutes(query: ReadMinutes, reading: Reading) -> MinutesView:
    reading.require_city()
    record = await reading.connection.fetchrow(
        "SELECT * FROM minutes WHERE meeting_id = $1", query.meeting_id
    )
    if record is None:
        raise missing("minutes of a meeting with this id")
    minutes = Minutes.read(record)
    reading.tag(minutes)
    return minutes_view(minutes)
