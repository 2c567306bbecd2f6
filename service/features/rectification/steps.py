"""What a step of the course tells the diagram that ordered it."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.core.command import Context
from service.features.calendar.stored import stored_calendar
from service.features.rectification import rules
from service.features.rectification.codes import ItemState, Severity
from service.features.rectification.events import announce_item
from service.features.rectification.lights import days_left
from service.features.rectification.tables import RectificationItem


class ItemStep(BaseModel):
    """The item as it has become.

    Attributes:
        days_left: Working days until it is overdue, negative afterwards; null before a notice.
        days_open: The same for a deadline, which has at least one day.
    """

    item_id: UUID
    body_id: UUID
    number: str | None
    state: ItemState
    severity: Severity | None
    issued_on: date | None
    due: date | None
    days_left: int | None
    days_open: int
    plan_faults: int
    is_long_term: bool


async def step_of(context: Context, item: RectificationItem) -> ItemStep:
    """What a diagram is told of an item."""
    left = None
    if item.due is not None:
        left = days_left(await stored_calendar(context.connection), item, context.today)
    return ItemStep(
        item_id=item.id,
        body_id=item.body_id,
        number=item.number,
        state=item.state,
        severity=item.severity,
        issued_on=item.issued_on,
        due=item.due,
        days_left=left,
        days_open=max(left or 1, 1),
        plan_faults=item.plan_faults,
        is_long_term=item.is_long_term,
    )


async def moved(
    context: Context,
    item: RectificationItem,
    to: ItemState,
    *,
    moves_gate: bool = False,
    **values: Any,
) -> ItemStep:
    """Take an item to its next state, and tell of it.

    Raises:
        ItemMoved: The table of states has no such step.
    """
    rules.require_next(item.state, to)
    changed = context.update(item, state=to, **values)
    announce_item(context, changed, moves_gate=moves_gate)
    context.tag(changed)
    return await step_of(context, changed)
