"""A webhook's signing secrets at rest: sealed, each for its own webhook."""

from uuid import UUID

from service.core.auth.sealed import KeyRing
from service.features.events.tables import Webhook
from service.settings import Settings


def sealed(secret: str, webhook_id: UUID, settings: Settings) -> str:
    """A secret as it is stored."""
    return KeyRing.of(settings).seal(secret, _place(webhook_id))


def secrets_of(webhook: Webhook, settings: Settings) -> tuple[str, ...]:
    """The secrets that sign a delivery now, the newest first."""
    ring, place = KeyRing.of(settings), _place(webhook.id)
    stored = (webhook.secret, webhook.former_secret)
    return tuple(ring.open(secret, place) for secret in stored if secret)


def _place(webhook_id: UUID) -> str:
    return f"webhook.secret/{webhook_id}"
