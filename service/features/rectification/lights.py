"""The light of an item by the table `item_light`, with the calculation behind it."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from pydantic import BaseModel

from service.core.command import Context
from service.core.errors import NotFound
from service.core.feel.border import to_wire
from service.core.query import Reading
from service.core.working_days import Calendar
from service.features.calendar.stored import stored_calendar
from service.features.decisions.evaluating import refusing, run_for
from service.features.decisions.in_force import decision_of, model_of
from service.features.rectification import rules
from service.features.rectification.tables import RectificationItem

_KEY = "item_light"
_DAY = timedelta(days=1)


class Light(BaseModel):
    """A colour, and the working days that it follows from."""

    light: str
    reason: str
    #: Working days between the notice and the due day, and those left; negative when overdue.
    period: int
    left: int
    #: Whether the clock stands still, so that the days left do not become fewer.
    is_stopped: bool


def days_between(calendar: Calendar, after: date, until: date) -> int:
    """Working days after one day up to and with another; negative where it lies before."""
    return calendar.count(after + _DAY, until + _DAY)


def days_left(calendar: Calendar, item: RectificationItem, today: date) -> int:
    """Working days that an item has left; those at the stop while its clock stands still."""
    assert item.due is not None, "a notice has set it"
    return days_between(calendar, item.stopped_on or today, item.due)


async def lights(
    reading: Reading | Context, items: Sequence[RectificationItem]
) -> dict[UUID, Light]:
    """The lights of open items with a due day, by their ids; the others have none.

    Raises:
        LedgerRulesMissing: No release in force has the table.
    """
    lit = [item for item in items if _is_lit(item)]
    if not lit:
        return {}
    try:
        found = await decision_of(reading.connection, _KEY, None, None)
    except NotFound as fault:
        raise rules.LedgerRulesMissing(
            f"Expected the table {_KEY} in force, but it is not.",
            f"决策表{_KEY}应当已生效，但没有。",
            decision=_KEY,
        ) from fault
    deployed = await model_of(reading.connection, found)
    run = await run_for(reading.connection, reading.now, counts_days=deployed.counts_days)
    calendar = await stored_calendar(reading.connection)
    shown: dict[UUID, Light] = {}
    for item in lit:
        given = _given(calendar, item, reading.today)
        with refusing():
            inputs = deployed.model.decode(given)
            answer = to_wire(deployed.model.evaluate(_KEY, inputs, run).outputs[_KEY])
        period, left = int(given["period"]), int(given["left"])
        shown[item.id] = Light(
            light=answer["light"],
            reason=answer["reason"],
            period=period,
            left=left,
            is_stopped=item.stopped_on is not None,
        )
    return shown


def _is_lit(item: RectificationItem) -> bool:
    return item.due is not None and item.issued_on is not None and item.is_open


def _given(calendar: Calendar, item: RectificationItem, today: date) -> dict[str, int | bool]:
    assert item.due is not None, "only those with a due day are lit"
    assert item.issued_on is not None, "as above"
    return {
        "period": days_between(calendar, item.issued_on, item.due),
        "left": days_left(calendar, item, today),
        "was_red": item.was_overdue,
    }
