"""Read one webhook; its ETag is what a change must name."""

from uuid import UUID

from service.core.auth.policy import missing
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.events.tables import Webhook
from service.features.events.view import WebhookView, view_of
from service.features.events.webhook import KEEPERS


class ReadWebhook(Query[WebhookView]):
    """One webhook by its id."""

    name = "events.read_webhook"
    duties = KEEPERS
    title_zh = "查询事件推送地址"
    title_en = "Read a webhook"

    webhook_id: UUID


@answers(ReadWebhook)
async def read_webhook(query: ReadWebhook, reading: Reading) -> WebhookView:
    reading.require_city()
    record = await reading.connection.fetchrow(
        "SELECT * FROM webhook WHERE id = $1 AND state <> 'REMOVED'", query.webhook_id
    )
    if record is None:
        raise missing("a webhook with this id")
    webhook = Webhook.read(record)
    reading.tag(webhook)
    return view_of(webhook)
