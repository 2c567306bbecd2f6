"""Where webhooks, their deliveries and the feed are served."""

from fastapi import APIRouter

from service.core.http.mount import mount
from service.features.events.change_webhook import ChangeWebhook
from service.features.events.list_deliveries import CountDeliveries, ListDeliveries
from service.features.events.list_events import ListEvents
from service.features.events.list_webhooks import CountWebhooks, ListWebhooks
from service.features.events.read_event import ReadEvent
from service.features.events.read_webhook import ReadWebhook
from service.features.events.register_webhook import RegisterWebhook
from service.features.events.remove_webhook import RemoveWebhook
from service.features.events.resend_delivery import ResendDelivery
from service.features.events.rotate_webhook_secret import RotateWebhookSecret

router = APIRouter()

mount(router, "GET", "/events", ListEvents)
mount(router, "GET", "/events/{event_id}", ReadEvent)
mount(router, "GET", "/webhooks", ListWebhooks)
mount(router, "GET", "/webhooks/count", CountWebhooks)
mount(router, "POST", "/webhooks", RegisterWebhook)
mount(router, "GET", "/webhooks/{webhook_id}", ReadWebhook)
mount(router, "PATCH", "/webhooks/{webhook_id}", ChangeWebhook)
mount(router, "POST", "/webhooks/{webhook_id}/rotate-secret", RotateWebhookSecret)
mount(router, "POST", "/webhooks/{webhook_id}/remove", RemoveWebhook)
mount(router, "GET", "/deliveries", ListDeliveries)
mount(router, "GET", "/deliveries/count", CountDeliveries)
mount(router, "POST", "/webhooks/{webhook_id}/deliveries/{event_id}/resend", ResendDelivery)
