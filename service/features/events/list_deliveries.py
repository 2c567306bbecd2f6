"""List deliveries, newest event first; with `state=DEAD`, the dead letters."""

from uuid import UUID

from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.events.tables import Delivery, DeliveryState
from service.features.events.view import DeliveryView, delivery_view
from service.features.events.webhook import KEEPERS

_MATCHING = """
FROM delivery d JOIN outbox o ON o.id = d.event_id
JOIN webhook w ON w.id = d.webhook_id AND w.state <> 'REMOVED'
WHERE ($1::uuid IS NULL OR d.webhook_id = $1) AND ($2::uuid IS NULL OR d.event_id = $2)
"""
# Written out, so that the partial indexes of waiting and of dead deliveries can serve it.
_IN_STATE: dict[DeliveryState | None, str] = {None: ""}
_IN_STATE |= {state: f"AND d.state = '{state}'" for state in DeliveryState}


class CountDeliveries(Query[Count]):
    """How many deliveries the same filters match."""

    name = "events.count_deliveries"
    duties = KEEPERS
    title_zh = "统计推送记录"
    title_en = "Count deliveries"

    webhook_id: UUID | None = None
    event_id: UUID | None = None
    state: DeliveryState | None = None


class ListDeliveries(Query[Page[DeliveryView]]):
    """Deliveries of all webhooks; DEAD ones are given up until sent again by hand."""

    name = "events.list_deliveries"
    duties = KEEPERS
    title_zh = "推送记录列表"
    title_en = "List deliveries"

    webhook_id: UUID | None = None
    event_id: UUID | None = None
    state: DeliveryState | None = None
    limit: Limit = 50
    cursor: Cursor = None


@answers(CountDeliveries)
async def count_deliveries(query: CountDeliveries, reading: Reading) -> Count:
    reading.require_city()
    count = await reading.connection.fetchval(
        f"SELECT count(*) {_MATCHING} {_IN_STATE[query.state]}", query.webhook_id, query.event_id
    )
    return Count(count=count)


@answers(ListDeliveries)
async def list_deliveries(query: ListDeliveries, reading: Reading) -> Page[DeliveryView]:
    reading.require_city()
    event_id, webhook_id = position_of(query.cursor, UUID, UUID) or (None, None)
    records = await reading.connection.fetch(
        f"""SELECT d.*, o.type {_MATCHING} {_IN_STATE[query.state]}
            AND ($3::uuid IS NULL OR (d.event_id, d.webhook_id) < ($3, $4::uuid))
            ORDER BY d.event_id DESC, d.webhook_id DESC LIMIT $5""",
        query.webhook_id,
        query.event_id,
        event_id,
        webhook_id,
        query.limit + 1,
    )
    views = [delivery_view(Delivery.read(record), record["type"]) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.event_id, view.webhook_id))
