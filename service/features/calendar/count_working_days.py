"""Count working days: from a day by a number, or between two days."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field

from service.core.auth.policy import EVERYBODY
from service.core.operation import Query, answers
from service.core.query import Reading
from service.core.working_days import BeyondCalendar, due_at
from service.features.calendar.read_calendar import warning_for
from service.features.calendar.rules import TooFarAway
from service.features.calendar.stored import stored_calendar

Version = Annotated[
    int | None, Field(ge=1, le=2**31 - 1, description="A version of the calendar; the newest.")
]


class DayCounted(BaseModel):
    """The day on which a number of working days ends, and the instant at which it is over."""

    day: date
    due_at: datetime
    calendar_version: int
    warning: str | None


class AddWorkingDays(Query[DayCounted]):
    """The n-th working day after a day (before it, where n is negative).

    The day itself is not counted. `due_at` is the end of the found day, 24:00 in the city.
    """

    name = "calendar.add_working_days"
    duties = EVERYBODY
    title_zh = "推算工作日"
    title_en = "Add working days"
    refusals = (TooFarAway,)

    day: date
    n: Annotated[int, Field(ge=-10_000, le=10_000)]
    version: Version = None


class WorkingDaysCounted(BaseModel):
    """How many working days a half-open period has."""

    working_days: int
    calendar_version: int
    warning: str | None


class CountWorkingDays(Query[WorkingDaysCounted]):
    """The working days of the half-open period [from_on, until_on); negative where reversed."""

    name = "calendar.count_working_days"
    duties = EVERYBODY
    title_zh = "计算工作日数"
    title_en = "Count working days"
    refusals = (TooFarAway,)

    from_on: date
    until_on: date
    version: Version = None


@answers(AddWorkingDays)
async def add_working_days(query: AddWorkingDays, reading: Reading) -> DayCounted:
    calendar = await stored_calendar(reading.connection, query.version)
    try:
        day = calendar.add(query.day, query.n)
        over = due_at(day)
    except (BeyondCalendar, OverflowError) as fault:
        raise _too_far() from fault
    return DayCounted(
        day=day,
        due_at=over,
        calendar_version=calendar.version,
        warning=warning_for(calendar.unloaded(query.day, day)),
    )


@answers(CountWorkingDays)
async def count_working_days(query: CountWorkingDays, reading: Reading) -> WorkingDaysCounted:
    calendar = await stored_calendar(reading.connection, query.version)
    try:
        count = calendar.count(query.from_on, query.until_on)
    except BeyondCalendar as fault:
        raise _too_far() from fault
    return WorkingDaysCounted(
        working_days=count,
        calendar_version=calendar.version,
        warning=warning_for(calendar.unloaded(query.from_on, query.until_on)),
    )


def _too_far() -> TooFarAway:
    return TooFarAway(
        "Expected days within two hundred years, but the count leads further.",
        "日期应当在二百年以内，但计算超出该范围。",
    )
