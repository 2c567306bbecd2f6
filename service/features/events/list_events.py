"""The feed: all events of the city, in an order that never changes and never skips.

An event is given out once no open transaction can still put one before it, so whoever goes on
from the last cursor misses nothing, however late another transaction commits.
"""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.policy import LEDGER_READERS
from service.core.operation import Query, answers
from service.core.page import Cursor, Limit, cursor_of, position_of
from service.core.query import Reading
from service.features.events.cloud_event import CloudEvent, cloud_event
from service.features.events.rules import EventTypeUnknown
from service.features.events.webhook import EventTypes, require_known

_FEED = """
SELECT horizon.xid AS settled_xid, o.* FROM
    (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS xid) horizon
LEFT JOIN LATERAL (
    SELECT * FROM outbox
    WHERE xid < horizon.xid AND (xid, number, id) > ($1, $2, $3)
      AND ($4::text[] IS NULL OR $4 && ARRAY[type, split_part(type, '.', 1) || '.*', '*']::text[])
    ORDER BY xid, number, id LIMIT $5) o ON true
"""
_BEGINNING = (0, 0, UUID(int=0))
_Position = Annotated[int, Field(ge=0, lt=2**63)]


class EventFeed(BaseModel):
    """Events in the order of the feed. `next` is always given: ask with it again, now or later."""

    items: list[CloudEvent]
    next: str
    #: Whether more events are settled than this page holds.
    has_more: bool


class ListEvents(Query[EventFeed]):
    """All events since a cursor (事件流); without one, from the first event on.

    Events of one subject come in the order of their `sequence`.
    """

    name = "events.list_events"
    duties = LEDGER_READERS
    title_zh = "事件流"
    title_en = "List events"
    refusals = (EventTypeUnknown,)

    types: EventTypes | None = None
    limit: Limit = 100
    cursor: Cursor = None


@answers(ListEvents)
async def list_events(query: ListEvents, reading: Reading) -> EventFeed:
    """One statement, so that what is settled and what is read are of one moment."""
    reading.require_city()
    if query.types is not None:
        require_known(query.types)
    after = position_of(query.cursor, _Position, _Position, UUID) or _BEGINNING
    records = await reading.connection.fetch(_FEED, *after, query.types, query.limit + 1)
    found = [record for record in records if record["id"] is not None]
    shown = found[: query.limit]
    if len(found) > query.limit:
        last = shown[-1]
        position = (last["xid"], last["number"], last["id"])
    else:  # all that is settled was looked at: do not look through it again
        position = max(after, (records[0]["settled_xid"], 0, UUID(int=0)))
    return EventFeed(
        items=[cloud_event(record, reading.settings.event_source) for record in shown],
        next=cursor_of(*position),
        has_more=len(found) > query.limit,
    )
