"""Dispute a finding: once, within five working days of the notice."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.calendar.stored import stored_calendar
from service.features.rectification import rules
from service.features.rectification.codes import ItemState
from service.features.rectification.finding import OWNERS, locked_item, tell
from service.features.rectification.lights import days_between
from service.features.rectification.steps import ItemStep, moved

#: Working days after the notice (a default of the house).
DISPUTE_DAYS = 5


class DisputeFinding(Command[ItemStep]):
    """Dispute the facts of a notice (提出事实异议).

    The clock stands still until somebody else has decided.
    """

    name = "rectification.dispute_finding"
    duties = OWNERS
    title_zh = "提出事实异议"
    title_en = "Dispute a finding"
    refusals = (
        rules.ItemMoved,
        rules.DisputeTooLate,
    )
    example: ClassVar = {"grounds": "超编的1名已于上月调出。"}

    item_id: UUID
    grounds: Annotated[Text, Field(min_length=1)]


@handles(DisputeFinding)
async def dispute_finding(command: DisputeFinding, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, ItemState.NOTICE_ISSUED)
    assert item.issued_on is not None, "the notice is out"
    calendar = await stored_calendar(context.connection)
    waited = days_between(calendar, item.issued_on, context.today)
    if item.is_disputed_once or waited > DISPUTE_DAYS:
        raise rules.DisputeTooLate(
            f"Expected a first dispute within {DISPUTE_DAYS} working days of the notice, "
            "but it is not.",
            f"事实异议应当在通知后{DISPUTE_DAYS}个工作日内提出且以一次为限，但不符合。",
        )
    step = await moved(
        context,
        item,
        ItemState.DISPUTED,
        moves_gate=True,
        is_disputed_once=True,
        stopped_on=context.today,
    )
    tell(context, "FindingDisputed", item, grounds=command.grounds)
    return step
