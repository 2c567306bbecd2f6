"""Request an extension, before the item is overdue."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.calendar.stored import stored_calendar
from service.features.rectification import rules
from service.features.rectification.by_table import decided
from service.features.rectification.codes import ItemState
from service.features.rectification.course_tables import Extension
from service.features.rectification.finding import OWNERS, locked_item, tell
from service.features.rectification.lights import days_between, days_left
from service.features.rectification.steps import ItemStep, step_of


class RequestExtension(Command[ItemStep]):
    """Ask for more time (申请延期): at most twice, for half of the original time in all."""

    name = "rectification.request_extension"
    duties = OWNERS
    title_zh = "申请延期"
    title_en = "Request an extension"
    status = 201
    refusals = (
        rules.ItemMoved,
        rules.ExtensionInadmissible,
        rules.LedgerRulesMissing,
    )
    example: ClassVar = {"due": "2026-12-31", "reason": "人员调出手续未办结。"}

    item_id: UUID
    due: date
    reason: Annotated[Text, Field(min_length=1)]


@handles(RequestExtension)
async def request_extension(command: RequestExtension, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, ItemState.IN_PROGRESS)
    assert item.issued_on is not None, "the notice has set it"
    assert item.original_due is not None, "as above"
    assert item.due is not None, "as above"
    assert item.severity is not None, "registration has set it"
    calendar = await stored_calendar(context.connection)
    whole = max(days_between(calendar, item.issued_on, item.original_due), 1)
    share = round(days_between(calendar, item.original_due, command.due) / whole, 4)
    answer = await decided(
        context,
        "extension_check",
        is_overdue=days_left(calendar, item, context.today) < 0,
        granted=item.extensions,
        share=share,
        severity=item.severity.value,
    )
    is_later = command.due > item.due
    if not answer["is_admissible"] or not is_later:
        reason = answer["reason"] or "新期限应当晚于现期限"
        raise rules.ExtensionInadmissible(
            "Expected a request for more time that the rules allow, but it is not: "
            f"{'overdue, a third one, or too long' if is_later else 'no later day'}.",
            f"延期申请应当符合规定，但不符合：{reason}。",
            reason=reason,
        )
    asked = context.insert(
        Extension(
            id=new_id(),
            item_id=item.id,
            asked_due=command.due,
            share=share,
            reason=command.reason,
            asked_on=context.today,
            asked_by=context.actor.id,
            decided_by_duty=answer["decided_by"],
        )
    )
    kept = context.update(item)
    duty = answer["decided_by"]
    tell(context, "ExtensionRequested", kept, extension_id=str(asked.id), extension_duty=duty)
    context.tag(kept)
    return await step_of(context, kept)
