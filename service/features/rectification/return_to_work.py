"""Return an item to work: what it lacks is done in the time that is left."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.features.calendar.stored import stored_calendar
from service.features.rectification import rules
from service.features.rectification.codes import ActKind, ItemState, Severity
from service.features.rectification.course_tables import Act
from service.features.rectification.finding import locked_item
from service.features.rectification.lights import days_left
from service.features.rectification.steps import ItemStep, moved


class ReturnToWork(Command[ItemStep]):
    """Send an item back from its check (退回整改).

    `days` are the working days that it gets; unset: those left at the request. False materials
    raise the severity and are referred."""

    name = "rectification.return_to_work"
    duties = frozenset({Duty.PROCESS})
    title_zh = "退回整改"
    title_en = "Return to work"
    refusals = (rules.ItemMoved,)

    item_id: UUID
    days: Annotated[int | None, Field(ge=0, le=1000)] = None
    severity: Severity | None = None
    refers: bool = False


@handles(ReturnToWork)
async def return_to_work(command: ReturnToWork, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, to=ItemState.IN_PROGRESS)
    calendar = await stored_calendar(context.connection)
    left = days_left(calendar, item, context.today)
    days = max(left if command.days is None else command.days, 1)
    if command.refers:
        text = "销号材料虚假，移送处理。"
        act = Act(
            id=new_id(),
            item_id=item.id,
            kind=ActKind.REFERRAL,
            text=text,
            done_on=context.today,
            drafted_by=None,
            signed_by=None,
        )
        context.insert(act)
    return await moved(
        context,
        item,
        ItemState.IN_PROGRESS,
        moves_gate=True,
        severity=command.severity or item.severity,
        is_referred=item.is_referred or command.refers,
        # What was late at the request stays late: only others get a new day.
        due=item.due if left < 0 and command.days is None else calendar.add(context.today, days),
        stopped_on=None,
    )
