"""What the verbs about webhooks share: who may, finding one, and what may be asked for."""

from collections.abc import Collection
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.store.outbox import every_event
from service.features.events.rules import EventTypeUnknown
from service.features.events.tables import Webhook

#: Whoever looks after the connections to other systems. They see no event's data.
KEEPERS = frozenset({Duty.SYSTEM_ADMIN, Duty.SECURITY_ADMIN})

Url = Annotated[
    str,
    StringConstraints(pattern=r"^https?://[\x21-\x7e]+$", max_length=500),
    Field(description="Where events are posted; its host must be allowed by the operator."),
]
EventType = Annotated[
    str, StringConstraints(pattern=r"^(\*|[a-z_]+\.(\*|[a-z_]+))$", max_length=80)
]
EventTypes = Annotated[
    list[EventType],
    Field(
        min_length=1,
        max_length=50,
        description="Types of events: `quota.posts_reserved`, all of a noun `quota.*`, or `*`.",
    ),
]


async def locked_webhook(context: Context, webhook_id: UUID) -> Webhook:
    """A webhook that is not removed, locked until the transaction ends.

    Raises:
        NotAllowed: The duty is not held over the whole city.
        NotFound: There is none.
    """
    context.require_city()
    record = await context.connection.fetchrow(
        "SELECT * FROM webhook WHERE id = $1 AND state <> 'REMOVED' FOR UPDATE", webhook_id
    )
    if record is None:
        raise missing("a webhook with this id")
    return Webhook.read(record)


def require_known(event_types: Collection[str]) -> None:
    """Refuse types that no event has: a slip would wait for ever.

    Raises:
        EventTypeUnknown: `facts.unknown` names them.
    """
    known = {event.type for event in every_event()}
    known |= {f"{name.partition('.')[0]}.*" for name in known} | {"*"}
    if unknown := sorted(set(event_types) - known):
        raise EventTypeUnknown(
            f"Expected types of events that there are, but not {', '.join(unknown)}.",
            f"事件类型应当存在，但以下类型不存在：{'、'.join(unknown)}。",
            unknown=unknown,
        )
