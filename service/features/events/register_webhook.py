"""Register a webhook: from now on another system is told of events."""

from typing import ClassVar

from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.values import Line
from service.features.events import rules
from service.features.events.secret import sealed
from service.features.events.signature import new_secret
from service.features.events.tables import Webhook
from service.features.events.target import Targets
from service.features.events.view import WebhookWithSecret, with_secret
from service.features.events.webhook import KEEPERS, EventTypes, Url, require_known


class RegisterWebhook(Command[WebhookWithSecret]):
    """Tell another system of events from now on (登记事件推送地址).

    The answer shows the signing secret, this once. A repeated request does not get it again but
    meets the label, which no two webhooks share; rotate the secret where the answer was lost.
    """

    name = "events.register_webhook"
    duties = KEEPERS
    title_zh = "登记事件推送地址"
    title_en = "Register a webhook"
    example: ClassVar = {
        "label": "人事系统",
        "url": "https://example.org/events",
        "event_types": ["quota.*"],
    }
    status = 201
    is_stored = False  # the answer holds a secret
    refusals = (rules.WebhookLabelTaken, rules.TargetForbidden, rules.EventTypeUnknown)

    label: Line
    url: Url
    event_types: EventTypes


@handles(RegisterWebhook)
async def register_webhook(command: RegisterWebhook, context: Context) -> WebhookWithSecret:
    """Insert an active webhook with a fresh secret."""
    context.require_city()
    Targets.of(context.settings).require(command.url)
    require_known(command.event_types)
    secret = new_secret()
    webhook_id = new_id()
    webhook = context.insert(
        Webhook(
            id=webhook_id,
            label=command.label,
            url=command.url,
            event_types=command.event_types,
            secret=sealed(secret, webhook_id, context.seals),
        )
    )
    context.tag(webhook)
    return with_secret(webhook, secret)
