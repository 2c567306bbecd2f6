"""Decide an extension: a new due day, or none."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.documents.kinds.registry import PaperKind
from service.features.rectification import rules
from service.features.rectification.codes import ExtensionState
from service.features.rectification.course_tables import Extension
from service.features.rectification.events import announce_item
from service.features.rectification.finding import locked_item, open_states
from service.features.rectification.papers import issue_paper
from service.features.rectification.steps import ItemStep, step_of
from service.features.rectification.tables import RectificationItem

_ASKED = """
SELECT * FROM rectification_extension WHERE id = $1 AND item_id = $2 AND state = 'ASKED'
FOR UPDATE
"""


class DecideExtension(Command[ItemStep]):
    """Grant or refuse more time (延期决定); granted, the item is late no more.

    The answer is a numbered document to the unit."""

    name = "rectification.decide_extension"
    duties = frozenset({Duty.PROCESS})
    title_zh = "延期决定"
    title_en = "Decide an extension"
    refusals = (
        rules.ItemMoved,
        rules.ExtensionInadmissible,
        rules.LetterheadMissing,
    )

    item_id: UUID
    extension_id: UUID
    is_granted: bool
    due: date | None = None
    answer: Annotated[str, Field(min_length=1, max_length=3000)]
    decided_by: UUID


@handles(DecideExtension)
async def decide_extension(command: DecideExtension, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, *open_states())
    record = await context.connection.fetchrow(_ASKED, command.extension_id, item.id)
    if record is None:
        raise rules.ExtensionInadmissible(
            "Expected an extension that waits for an answer, but there is none.",
            "应当有待决定的延期申请，但没有。",
        )
    asked = Extension.read(record)
    due = min(command.due or asked.asked_due, asked.asked_due) if command.is_granted else None
    context.update(
        asked,
        state=ExtensionState.GRANTED if due else ExtensionState.REFUSED,
        granted_due=due,
        decided_on=context.today,
        decided_by=command.decided_by,
        answer=command.answer,
    )
    if due is not None:
        item = context.update(item, due=due, extensions=item.extensions + 1, is_overdue=False)
        announce_item(context, item, moves_gate=True)
    await issue_paper(
        context,
        item,
        PaperKind.EXTENSION_DECISION,
        _data(item, asked, command.answer, due),
        signed_by=command.decided_by,
        duty=Duty(asked.decided_by_duty),
    )
    return await step_of(context, item)


def _data(
    item: RectificationItem, asked: Extension, answer: str, due: date | None
) -> dict[str, object]:
    assert item.original_due is not None, "the notice has set it"
    assert item.due is not None, "as above"
    return {
        "item_number": item.number,
        "asked_on": asked.asked_on.isoformat(),
        "is_granted": due is not None,
        "original_due_on": item.original_due.isoformat(),
        "due_on": item.due.isoformat(),
        "reasons": [answer],
    }
