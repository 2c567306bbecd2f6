"""Mark an item as long-term: the commission agreed that yearly targets replace its deadline."""

from datetime import date
from itertools import pairwise
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Line, Text
from service.features.documents.rules import DocumentMissing
from service.features.processes.rules import ProcessMissing
from service.features.rectification import rules
from service.features.rectification.codes import Cause, ItemState
from service.features.rectification.events import announce_item
from service.features.rectification.finding import locked_item
from service.features.rectification.gate_notice import tell_gate
from service.features.rectification.steps import ItemStep, step_of


class YearlyTarget(BaseModel):
    """What is reached by a day."""

    name: Line
    on: date


class MarkLongTerm(Command[ItemStep]):
    """Mark an item as long-term (列为长期整改), as the minutes of the commission say.

    For a problem that policy caused. The targets, the earliest first, replace the deadline; each
    is judged like a due date.
    """

    name = "rectification.mark_long_term"
    duties = frozenset({Duty.COMMISSION_SECRETARY})
    title_zh = "列为长期整改"
    title_en = "Mark an item as long-term"
    refusals = (rules.ItemMoved, rules.NotLongTerm, DocumentMissing, ProcessMissing)
    example: ClassVar = {
        "minutes_document_id": "01900000-0000-7000-8000-000000000000",
        "reason": "政策性超编，逐年消化。",
        "targets": [
            {"name": "消化3名", "on": "2027-12-31"},
            {"name": "消化完毕", "on": "2028-12-31"},
        ],
    }

    item_id: UUID
    minutes_document_id: UUID
    reason: Annotated[Text, Field(min_length=1)]
    targets: Annotated[list[YearlyTarget], Field(min_length=1, max_length=20)]


@handles(MarkLongTerm)
async def mark_long_term(command: MarkLongTerm, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, ItemState.IN_PROGRESS)
    days = [each.on for each in command.targets]
    is_in_order = all(one < next_one for one, next_one in pairwise([context.today, *days]))
    if item.cause is not Cause.POLICY or not is_in_order:
        raise rules.NotLongTerm(
            "Expected a problem that policy caused and targets in days to come, but it is not so.",
            "长期整改应当为政策原因问题，且年度目标依次晚于今天，但不符合。",
        )
    known = "SELECT EXISTS (SELECT FROM document WHERE id = $1)"
    if not await context.connection.fetchval(known, command.minutes_document_id):
        raise DocumentMissing(
            "Expected the minutes on record, but there is no such document.",
            "应当有会议纪要，但没有该文件。",
        )
    kept = context.update(
        item,
        is_long_term=True,
        is_on_target=True,
        is_overdue=False,
        long_term_reason=command.reason,
        long_term_minutes_id=command.minutes_document_id,
        targets=[each.model_dump(mode="json") | {"reached_on": None} for each in command.targets],
        due=days[0],
    )
    announce_item(context, kept, moves_gate=True)
    await tell_gate(context, kept.body_id, f"列为长期整改：{kept.problem}")
    context.tag(kept)
    return await step_of(context, kept)
