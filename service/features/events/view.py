"""Webhooks and deliveries as the API shows them. A secret is never among it."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from service.features.events.tables import Delivery, DeliveryState, Failure, Webhook, WebhookState


class WebhookView(BaseModel):
    """Where another system is told of events."""

    id: UUID
    label: str
    url: str
    event_types: list[str]
    state: WebhookState
    #: Until when the secret before the last rotation signs too.
    former_secret_until: datetime | None
    version: int


class WebhookWithSecret(WebhookView):
    """A webhook with its signing secret (`whsec_…`), shown this once."""

    secret: str


class DeliveryView(BaseModel):
    """One event on its way to one webhook. What the receiver answered is not kept."""

    webhook_id: UUID
    event_id: UUID
    type: str
    subject: str
    state: DeliveryState
    attempts: int
    #: When it is tried next; null where it is finished or waits behind an earlier event.
    next_at: datetime | None
    last_status: int | None
    last_error: Failure | None
    finished_at: datetime | None


def view_of(webhook: Webhook) -> WebhookView:
    return WebhookView(**_shown(webhook))


def with_secret(webhook: Webhook, secret: str) -> WebhookWithSecret:
    return WebhookWithSecret(**_shown(webhook), secret=secret)


def _shown(webhook: Webhook) -> dict[str, object]:
    shown = webhook.model_dump(exclude=set(webhook.sealed))
    return shown | {"former_secret_until": webhook.former_until}


def delivery_view(delivery: Delivery, event_type: str) -> DeliveryView:
    return DeliveryView(**delivery.model_dump(), type=event_type)
