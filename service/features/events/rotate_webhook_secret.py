"""Rotate a webhook's secret without a moment in which its receiver can verify nothing."""

from datetime import timedelta
from uuid import UUID

from service.core.command import Context
from service.core.operation import Command, handles
from service.features.events.secret import sealed
from service.features.events.signature import new_secret
from service.features.events.view import WebhookWithSecret, with_secret
from service.features.events.webhook import KEEPERS, locked_webhook


class RotateWebhookSecret(Command[WebhookWithSecret]):
    """Replace the signing secret (更换推送签名密钥); the answer shows the new one, this once.

    For `webhook_secret_overlap_h` hours each delivery carries a signature by either secret.
    """

    name = "events.rotate_webhook_secret"
    duties = KEEPERS
    title_zh = "更换推送签名密钥"
    title_en = "Rotate a webhook's secret"
    is_stored = False  # the answer holds a secret

    webhook_id: UUID


@handles(RotateWebhookSecret)
async def rotate_webhook_secret(
    command: RotateWebhookSecret, context: Context
) -> WebhookWithSecret:
    """Keep the present secret as the former one until the overlap ends."""
    webhook = await locked_webhook(context, command.webhook_id)
    instant = await context.connection.fetchval("SELECT clock_timestamp()")  # no demo's clock
    secret = new_secret()
    changed = context.update(
        webhook,
        secret=sealed(secret, webhook.id, context.seals),
        former_secret=webhook.secret,
        former_until=instant + timedelta(hours=context.settings.webhook_secret_overlap_h),
    )
    context.tag(changed)
    return with_secret(changed, secret)
