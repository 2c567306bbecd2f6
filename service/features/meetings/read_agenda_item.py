"""Read one agenda item with its votes."""

from uuid import UUID

from service.core.auth.policy import missing
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.meetings.people import READERS
from service.features.meetings.tables import AgendaItem, Vote
from service.features.meetings.view import ItemWithVotes, item_view, vote_view

_VOTES = """
SELECT v.*, a.name, a.actor_id FROM vote v
JOIN attendance a ON a.meeting_id = v.meeting_id AND a.member_id = v.member_id
WHERE v.agenda_item_id = $1 AND v.meeting_id = $2 ORDER BY a.name, a.member_id
"""


class ReadAgendaItem(Query[ItemWithVotes]):
    """One item: what is asked, how its meeting voted, and what it came to (查询议题)."""

    name = "meetings.read_agenda_item"
    duties = READERS
    title_zh = "查询议题"
    title_en = "Read an agenda item"

    agenda_item_id: UUID


@answers(ReadAgendaItem)
async def read_agenda_item(query: ReadAgendaItem, reading: Reading) -> ItemWithVotes:
    reading.require_city()
    record = await reading.connection.fetchrow(
        "SELECT * FROM agenda_item WHERE id = $1", query.agenda_item_id
    )
    if record is None:
        raise missing("an agenda item with this id")
    item = AgendaItem.read(record)
    votes = await reading.connection.fetch(_VOTES, item.id, item.meeting_id)
    reading.tag(item)
    return ItemWithVotes(
        **item_view(item).model_dump(),
        votes=[vote_view(Vote.read(each), each["name"], each["actor_id"]) for each in votes],
    )
