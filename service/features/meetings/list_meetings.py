"""List meetings, newest first."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.meetings.codes import MeetingLevel, MeetingState
from service.features.meetings.people import READERS
from service.features.meetings.tables import Meeting
from service.features.meetings.view import MeetingSummary, summary_of

_MATCHING = """
FROM meeting WHERE ($1::text IS NULL OR level = $1) AND ($2::text IS NULL OR state = $2)
AND ($3::int IS NULL OR extract(year FROM planned_on) = $3)
"""


class MeetingFilter(BaseModel):
    """Which meetings: of a level, in a state, planned for a year."""

    level: MeetingLevel | None = None
    state: MeetingState | None = None
    year: Annotated[int | None, Field(ge=1949, le=2200)] = None


class ListMeetings(MeetingFilter, Query[Page[MeetingSummary]]):
    """Meetings by the day planned (会议列表), newest first."""

    name = "meetings.list_meetings"
    duties = READERS
    title_zh = "会议列表"
    title_en = "List meetings"

    limit: Limit = 50
    cursor: Cursor = None


class CountMeetings(MeetingFilter, Query[Count]):
    """How many meetings the same filters match."""

    name = "meetings.count_meetings"
    duties = READERS
    title_zh = "统计会议"
    title_en = "Count meetings"


@answers(ListMeetings)
async def list_meetings(query: ListMeetings, reading: Reading) -> Page[MeetingSummary]:
    reading.require_city()
    planned_on, meeting_id = position_of(query.cursor, date, UUID) or (None, None)
    records = await reading.connection.fetch(
        f"""SELECT * {_MATCHING} AND ($4::date IS NULL OR (planned_on, id) < ($4, $5::uuid))
            ORDER BY planned_on DESC, id DESC LIMIT $6""",
        query.level,
        query.state,
        query.year,
        planned_on,
        meeting_id,
        query.limit + 1,
    )
    views = [summary_of(Meeting.read(record)) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.planned_on, view.id))


@answers(CountMeetings)
async def count_meetings(query: CountMeetings, reading: Reading) -> Count:
    reading.require_city()
    count = await reading.connection.fetchval(
        f"SELECT count(*) {_MATCHING}", query.level, query.state, query.year
    )
    return Count(count=count)
