"""Send a delivery again: one that was given up, or one that its receiver lost."""

from uuid import UUID

from service.core.auth.policy import missing
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.events import rules
from service.features.events.tables import Delivery, DeliveryState
from service.features.events.view import DeliveryView, delivery_view
from service.features.events.webhook import KEEPERS


class ResendDelivery(Command[DeliveryView]):
    """Send one delivery again (重新推送), under the same id, with all its attempts before it.

    It goes out at once; later events of its subject that still wait, wait for it.
    """

    name = "events.resend_delivery"
    duties = KEEPERS
    title_zh = "重新推送"
    title_en = "Send a delivery again"
    refusals = (rules.DeliveryStillWaits,)

    webhook_id: UUID
    event_id: UUID


@handles(ResendDelivery)
async def resend_delivery(command: ResendDelivery, context: Context) -> DeliveryView:
    """Let it wait again, due now."""
    context.require_city()
    record = await context.connection.fetchrow(
        """SELECT d.*, o.type, clock_timestamp() AS instant
           FROM delivery d JOIN outbox o ON o.id = d.event_id
           JOIN webhook w ON w.id = d.webhook_id AND w.state <> 'REMOVED'
           WHERE d.webhook_id = $1 AND d.event_id = $2 FOR UPDATE OF d""",
        command.webhook_id,
        command.event_id,
    )
    if record is None:
        raise missing("a delivery of this event to this webhook")
    delivery = Delivery.read(record)
    if delivery.state is DeliveryState.WAITING:
        raise rules.DeliveryStillWaits(
            "Expected a delivery that is done or dead, but it still waits for its turn.",
            "应当是已完成或已放弃的推送，但该推送仍在等待。",
        )
    again = context.update(
        delivery,
        state=DeliveryState.WAITING,
        attempts=0,
        next_at=record["instant"],
        finished_at=None,
    )
    return delivery_view(again, record["type"])
