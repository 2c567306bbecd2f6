"""Read one event, as webhooks and the feed show it."""

from uuid import UUID

from service.core.auth.policy import LEDGER_READERS, missing
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.events.cloud_event import CloudEvent, cloud_event


class ReadEvent(Query[CloudEvent]):
    """One event by its id, the `webhook-id` of its deliveries (查询事件)."""

    name = "events.read_event"
    duties = LEDGER_READERS
    title_zh = "查询事件"
    title_en = "Read an event"

    event_id: UUID


@answers(ReadEvent)
async def read_event(query: ReadEvent, reading: Reading) -> CloudEvent:
    reading.require_city()
    record = await reading.connection.fetchrow("SELECT * FROM outbox WHERE id = $1", query.event_id)
    if record is None:
        raise missing("an event with this id")
    return cloud_event(record, reading.settings.event_source)
