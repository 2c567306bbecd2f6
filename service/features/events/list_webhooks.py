"""List webhooks, oldest first."""

from uuid import UUID

from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.events.tables import Webhook, WebhookState
from service.features.events.view import WebhookView, view_of
from service.features.events.webhook import KEEPERS

_MATCHING = "FROM webhook WHERE state <> 'REMOVED' AND ($1::text IS NULL OR state = $1)"


class CountWebhooks(Query[Count]):
    """How many webhooks the same filters match."""

    name = "events.count_webhooks"
    duties = KEEPERS
    title_zh = "统计事件推送地址"
    title_en = "Count webhooks"

    state: WebhookState | None = None


class ListWebhooks(Query[Page[WebhookView]]):
    """Webhooks that are not removed."""

    name = "events.list_webhooks"
    duties = KEEPERS
    title_zh = "事件推送地址列表"
    title_en = "List webhooks"

    state: WebhookState | None = None
    limit: Limit = 50
    cursor: Cursor = None


@answers(CountWebhooks)
async def count_webhooks(query: CountWebhooks, reading: Reading) -> Count:
    reading.require_city()
    count = await reading.connection.fetchval(f"SELECT count(*) {_MATCHING}", query.state)
    return Count(count=count)


@answers(ListWebhooks)
async def list_webhooks(query: ListWebhooks, reading: Reading) -> Page[WebhookView]:
    reading.require_city()
    (after,) = position_of(query.cursor, UUID) or (None,)
    records = await reading.connection.fetch(
        f"SELECT * {_MATCHING} AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3",
        query.state,
        after,
        query.limit + 1,
    )
    views = [view_of(Webhook.read(record)) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.id))
