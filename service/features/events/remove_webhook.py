"""Remove a webhook: its receiver is told no more, and its secrets are forgotten."""

from uuid import UUID

from service.core.command import Context
from service.core.operation import Command, handles
from service.features.events.tables import WebhookState
from service.features.events.view import WebhookView, view_of
from service.features.events.webhook import KEEPERS, locked_webhook


class RemoveWebhook(Command[WebhookView]):
    """Stop telling another system of events (移除事件推送地址); what still waited is dropped."""

    name = "events.remove_webhook"
    duties = KEEPERS
    title_zh = "移除事件推送地址"
    title_en = "Remove a webhook"

    webhook_id: UUID


@handles(RemoveWebhook)
async def remove_webhook(command: RemoveWebhook, context: Context) -> WebhookView:
    """Mark it removed. The worker drops its deliveries, which may be many."""
    webhook = await locked_webhook(context, command.webhook_id)
    removed = context.update(
        webhook,
        state=WebhookState.REMOVED,
        secret="",
        former_secret=None,
        former_until=None,
    )
    return view_of(removed)
