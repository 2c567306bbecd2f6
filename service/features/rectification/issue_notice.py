"""Issue the rectification notice: facts, article, demand and time limit."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.calendar.stored import stored_calendar
from service.features.rectification import rules
from service.features.rectification.codes import ItemState
from service.features.rectification.finding import locked_item
from service.features.rectification.steps import ItemStep, moved


class IssueNotice(Command[ItemStep]):
    """Issue the notice to the unit (印发整改通知书); a second one supersedes the first.

    The time limit counts from today."""

    name = "rectification.issue_notice"
    duties = frozenset({Duty.PROCESS})
    title_zh = "印发整改通知书"
    title_en = "Issue a notice"
    refusals = (rules.ItemMoved,)

    item_id: UUID
    facts: Annotated[str, Field(min_length=1, max_length=5000)]
    article: Annotated[str, Field(min_length=1, max_length=200)]
    required_result: Annotated[str, Field(min_length=1, max_length=2000)]
    due: date


@handles(IssueNotice)
async def issue_notice(command: IssueNotice, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, to=ItemState.NOTICE_ISSUED)
    calendar = await stored_calendar(context.connection)
    # A plan needs a day at least: what is signed late is due on the next working day.
    due = max(command.due, calendar.add(context.today, 1))
    told = command.model_dump(exclude={"item_id", "due"})
    return await moved(
        context,
        item,
        ItemState.NOTICE_ISSUED,
        issued_on=context.today,
        due=due,
        original_due=due,
        **told,
    )
