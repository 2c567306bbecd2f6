"""What others are told of the ledger."""

from typing import ClassVar
from uuid import UUID

from service.core.command import Context
from service.core.store.outbox import Event
from service.features.rectification.codes import ItemState, Severity
from service.features.rectification.tables import RectificationItem


class ItemChanged(Event):
    """An item of the ledger has come to another state."""

    type: ClassVar[str] = "rectification.item_changed"
    title_zh = "整改事项状态变更"
    title_en = "Rectification item changed"

    item_id: UUID
    number: str | None
    body_id: UUID
    state: ItemState
    severity: Severity | None
    is_overdue: bool

    def subject(self) -> str:
        return f"rectification_item/{self.item_id}"


class GateChanged(Event):
    """What the violation gate says of a body may have changed."""

    type: ClassVar[str] = "rectification.gate_changed"
    title_zh = "关口状态变更"
    title_en = "Gate changed"

    body_id: UUID
    item_id: UUID

    def subject(self) -> str:
        return f"body/{self.body_id}"


def announce_item(context: Context, item: RectificationItem, *, moves_gate: bool = False) -> None:
    """Tell of an item as it has become, and that its body's gate may have moved."""
    context.announce(
        ItemChanged(
            item_id=item.id,
            number=item.number,
            body_id=item.body_id,
            state=item.state,
            severity=item.severity,
            is_overdue=item.is_overdue,
        )
    )
    if moves_gate:
        context.announce(GateChanged(body_id=item.body_id, item_id=item.id))
