"""Finding meetings and items, locked until the transaction ends: the meeting first, then items.

Whoever is out of the city is refused before anything is looked for; the duty for the meeting's
level is asked once the level is known.
"""

from collections.abc import Collection
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.auth.policy import covering_city, missing
from service.core.command import Context
from service.features.meetings import rules
from service.features.meetings.codes import ItemState, MeetingState
from service.features.meetings.tables import AgendaItem, Attendance, Meeting

_ITEMS = "SELECT * FROM agenda_item WHERE meeting_id = $1 ORDER BY id FOR UPDATE"


def require_duty(context: Context, duties: Collection[Duty]) -> None:
    """Refuse with `NotAllowed` whoever holds none of these duties over the whole city."""
    grants = [grant for grant in context.grants if grant.duty in duties]
    if not grants:
        raise rules.not_secretary(duties, context.actor.name)
    context.allow(covering_city(grants))


async def locked_meeting(context: Context, meeting_id: UUID, *states: MeetingState) -> Meeting:
    """A meeting in one of these states, locked.

    Raises:
        NotFound: There is none.
        VersionMismatch: If-Match names another version.
        MeetingMoved: It is in another state.
    """
    context.require_city()
    record = await context.connection.fetchrow(
        "SELECT * FROM meeting WHERE id = $1 FOR UPDATE", meeting_id
    )
    if record is None:
        raise missing("a meeting with this id")
    meeting = Meeting.read(record)
    context.require_version(meeting)
    _require_state(meeting, states)
    return meeting


async def locked_item(context: Context, item_id: UUID, *states: ItemState) -> AgendaItem:
    """An item in one of these states, locked. Where it is on an agenda, lock that first.

    Raises:
        NotFound: There is none.
        ItemMoved: It is in another state.
    """
    context.require_city()
    record = await context.connection.fetchrow(
        "SELECT * FROM agenda_item WHERE id = $1 FOR UPDATE", item_id
    )
    if record is None:
        raise missing("an agenda item with this id")
    item = AgendaItem.read(record)
    if item.state not in states:
        raise rules.ItemMoved(
            f"Expected an item that is {' or '.join(states)}, but it is {item.state}.",
            f"议题应当处于可办理状态，但其状态为{item.state}。",
            state=item.state,
        )
    return item


async def item_at_meeting(
    context: Context, item_id: UUID, *states: MeetingState
) -> tuple[Meeting, AgendaItem]:
    """An undecided item with the meeting whose agenda it is on, both locked.

    Raises:
        NotFound: There is no such item.
        ItemMoved: It is on no agenda, or decided.
        MeetingMoved: The meeting is in another state.
    """
    context.require_city()
    found = await context.connection.fetchrow(
        """SELECT m.* FROM meeting m WHERE m.id =
           (SELECT meeting_id FROM agenda_item WHERE id = $1) FOR UPDATE""",
        item_id,
    )
    item = await locked_item(context, item_id, ItemState.ON_AGENDA)
    if found is None or item.meeting_id != found["id"]:
        raise rules.ItemMoved(
            "Expected an item that stays on its agenda, but it was moved just now.",
            "议题应当在会议议程上，但刚刚被调整。",
        )
    meeting = Meeting.read(found)
    _require_state(meeting, states)
    return meeting, item


async def locked_items(context: Context, meeting_id: UUID) -> list[AgendaItem]:
    """The items on a locked meeting's agenda, locked."""
    records = await context.connection.fetch(_ITEMS, meeting_id)
    return [AgendaItem.read(record) for record in records]


async def members_at(context: Context, meeting_id: UUID) -> dict[UUID, Attendance]:
    """The members of a meeting, by their id."""
    records = await context.connection.fetch(
        "SELECT * FROM attendance WHERE meeting_id = $1", meeting_id
    )
    return {record["member_id"]: Attendance.read(record) for record in records}


def _require_state(meeting: Meeting, states: Collection[MeetingState]) -> None:
    if meeting.state not in states:
        raise rules.MeetingMoved(
            f"Expected a meeting that is {' or '.join(states)}, but it is {meeting.state}.",
            f"会议应当处于可办理状态，但其状态为{meeting.state}。",
            state=meeting.state,
        )
