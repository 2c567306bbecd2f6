"""Finding items, locked until the transaction ends, and who may do what with them."""

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.auth.policy import OFFICE, UNIT, missing
from service.core.command import Context
from service.core.engine.timers import next_due
from service.core.ids import new_id
from service.features.processes.instance_tables import Message
from service.features.rectification import rules
from service.features.rectification.codes import ENDS, ItemState
from service.features.rectification.tables import RectificationItem

WHAT = "a rectification item"
#: Whoever brings a finding into the ledger.
FINDERS: Final = OFFICE | {Duty.INSPECTION_LEAD, Duty.DISCIPLINE_DEPT, Duty.AUDIT_DEPT}
#: Whoever reads the ledger, each within reach.
READERS: Final = (
    OFFICE
    | UNIT
    | {
        Duty.COMMISSION_SECRETARY,
        Duty.COMMISSION_CHAIR,
        Duty.ACCEPTANCE_OFFICER,
        Duty.AUDIT_DEPT,
        Duty.AUDIT_ADMIN,
        Duty.DISCIPLINE_DEPT,
        Duty.INSPECTION_LEAD,
    }
)
#: The unit's own people who work on an item.
OWNERS: Final = frozenset(
    {Duty.APPLICANT_OFFICER, Duty.APPLICANT_PARTY_GROUP, Duty.RECTIFICATION_OWNER}
)
#: Room for a case that must be repaired before it can take the message.
_LIFE = "P1D"
_LOCKED = """
SELECT i.*, b.lineage FROM rectification_item i JOIN body b ON b.id = i.body_id
WHERE i.id = $1 FOR UPDATE OF i
"""


async def locked_item(
    context: Context, item_id: UUID, *states: ItemState, to: ItemState | None = None
) -> RectificationItem:
    """An item within reach, locked, in one of these states, or one that may become `to`.

    Raises:
        NotFound: There is none, or it is out of reach.
        VersionMismatch: If-Match names another version.
        ItemMoved: It is in another state.
    """
    record = await context.connection.fetchrow(_LOCKED, item_id)
    context.require_reach([] if record is None else record["lineage"], WHAT)
    if record is None:
        raise missing(WHAT)
    item = item_of(record)
    context.require_version(item)
    if to is not None:
        rules.require_next(item.state, to)
    if states:
        rules.require_state(item.state, states)
    return item


def item_of(record: Any) -> RectificationItem:
    """An item from a record that may have more columns."""
    fields = RectificationItem.model_fields
    return RectificationItem.read({name: record[name] for name in fields})


def open_states(*without: ItemState) -> Collection[ItemState]:
    """All states in which an item is open, some left out."""
    return [state for state in ItemState if state not in ENDS and state not in without]


def tell(context: Context, name: str, item: RectificationItem, **variables: Any) -> None:
    """Send the item's case a message; the worker delivers it."""
    context.insert(
        Message(
            id=new_id(),
            kind="message",
            name=name,
            correlation_key=str(item.id),
            message_id=str(context.command_id),
            variables=variables,
            sender_id=None,
            sent_at=context.now,
            lives_until=next_due(context.now, _LIFE),
        )
    )
