"""A webhook's signing secrets at rest: sealed, each for its own webhook."""

from uuid import UUID

from service.core.auth.sealed import Seals
from service.features.events.tables import Webhook


def sealed(secret: str, webhook_id: UUID, seals: Seals) -> str:
    """A secret as it is stored."""
    return seals.seal(secret, _place(webhook_id))


def secrets_of(webhook: Webhook, seals: Seals) -> tuple[str, ...]:
    """The secrets that sign a delivery now, the newest first."""
    stored = (webhook.secret, webhook.former_secret)
    return tuple(seals.open(secret, _place(webhook.id)) for secret in stored if secret)


def _place(webhook_id: UUID) -> str:
    return f"webhook.secret/{webhook_id}"
