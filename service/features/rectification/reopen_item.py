"""Reopen an item: its close-out did not last, and the problem is back on the ledger."""

from collections.abc import Mapping
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.processes.start_instance import StartInstance
from service.features.rectification import rules
from service.features.rectification.codes import ItemState
from service.features.rectification.events import announce_item
from service.features.rectification.finding import locked_item
from service.features.rectification.register_finding import PROCESS
from service.features.rectification.steps import ItemStep, step_of
from service.features.rectification.tables import RectificationItem

#: What the course so far has set; a reopened item begins with a new notice.
_ANEW: Final[Mapping[str, Any]] = {
    "issued_on": None,
    "due": None,
    "original_due": None,
    "milestones": [],
    "plan_faults": 0,
    "percent": 0,
    "extensions": 0,
    "stopped_on": None,
    "close_statement": None,
    "evidence": [],
    "accepted_on": None,
    "closed_on": None,
    "end_reason": None,
    "signed_by": [],
    "is_disputed_once": False,
    "is_overdue": False,
    "was_overdue": False,
}


class ReopenItem(Command[ItemStep]):
    """Take a closed item up again (重新挂账): a look-back failed, or the problem came back.

    It keeps its number with a suffix (I12), counts as a repeat, and its case begins with a new
    notice.
    """

    name = "rectification.reopen_item"
    duties = frozenset({Duty.PROCESS})
    title_zh = "重新挂账"
    title_en = "Reopen an item"
    refusals = (rules.ItemMoved,)

    item_id: UUID
    facts: Annotated[str, Field(min_length=1, max_length=5000)]
    #: Who found that it did not last; this person does not accept it.
    found_by: UUID | None = None


@handles(ReopenItem)
async def reopen_item(command: ReopenItem, context: Context) -> ItemStep:
    """Take the item back to its notice, and begin a case for it: all at once."""
    item = await locked_item(context, command.item_id, to=ItemState.REOPENED)
    assert item.number is not None, "what is closed is registered"
    times = item.reopenings + 1
    reopened = context.update(
        item,
        state=ItemState.REOPENED,
        number=f"{item.number.removesuffix(f'-R{item.reopenings}')}-R{times}",
        reopenings=times,
        facts=f"{item.facts}\n{command.facts}",
        found_by=command.found_by or item.found_by,
        is_repeat=True,
        **_ANEW,
    )
    await context.flush()
    case = await context.order(
        StartInstance(
            process=PROCESS,
            business_key=str(item.id),
            title=f"重新挂账：{item.problem}"[:120],
            body_id=item.body_id,
            variables=_variables(reopened),
        )
    )
    kept = context.update(reopened, instance_id=case.id)
    announce_item(context, kept, moves_gate=True)
    context.tag(kept)
    return await step_of(context, kept)


def _variables(item: RectificationItem) -> dict[str, object]:
    """What the case would know from the registration."""
    people = {"finder_by": item.found_by, "drafted_by": item.drafted_by}
    return {
        "item_id": str(item.id),
        "body_id": str(item.body_id),
        "is_reopened": True,
        "severity": item.severity.value if item.severity else None,
        "is_repeat": True,
        "is_data_item": item.is_data_item,
        **{name: None if person is None else str(person) for name, person in people.items()},
    }
