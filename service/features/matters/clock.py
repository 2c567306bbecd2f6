"""The clock of a matter: how many working days the office has, has used, and has left.

It runs from the admission (of a matter without an applicant, from its start), stands still while
others are to act, and ends with the matter (domain.md §3.0, §3.A timers).
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.core.clock import city_day
from service.core.query import Reading
from service.core.working_days import Calendar
from service.features.calendar.stored import stored_calendar
from service.features.decisions.asking import answer_in_force
from service.features.matters.codes import Start
from service.features.matters.tables import Matter
from service.features.processes.deadlines import DEFAULT_CLOCK, Deadline
from service.features.tasks.lights import days_left

_ENTRIES = """
SELECT is_stop, runs, cause, reason, document_id, at, actor_name FROM clock_entry
WHERE instance_id = $1 AND clock = $2 ORDER BY id
"""


class ClockState(StrEnum):
    """Whether the office's time runs."""

    NOT_STARTED = "NOT_STARTED"
    RUNNING = "RUNNING"
    STOPPED = "STOPPED"
    EXPIRED = "EXPIRED"
    """It runs, and its limit is over."""
    ENDED = "ENDED"


class ClockChange(BaseModel):
    """The clock was stopped for a cause, or a cause was over."""

    at: datetime
    is_stop: bool
    #: Whether it runs from then on: no cause is left.
    runs: bool
    cause: str
    reason: str
    #: The paper that says so, where there is one.
    document_id: UUID | None
    by_name: str


class MatterClock(BaseModel):
    """How much of its time the office has used; all in working days."""

    state: ClockState
    started_on: date | None
    #: In all, by who decides it (table `total_limit`); null where there is no local limit.
    limit: int | None
    used: int
    #: Negative when it is overdue; null without a limit.
    left: int | None
    #: The last day as things stand; null while it stands still, or without a limit.
    due_on: date | None
    changes: list[ClockChange]


async def clock_of(reading: Reading, matter: Matter) -> MatterClock:
    """The clock of a matter within reach, at this moment."""
    connection = reading.connection
    records = await connection.fetch(_ENTRIES, matter.instance_id, DEFAULT_CLOCK)
    limit = None
    if matter.final_authority is not None:
        given = {"authority": {"final_authority": matter.final_authority.value}}
        limit = await answer_in_force(connection, reading.now, "total_limit", given)
    calendar = await stored_calendar(connection)
    return counted(matter, [dict(each) for each in records], limit, calendar, reading.now)


def counted(
    matter: Matter,
    entries: Iterable[Mapping[str, Any]],
    limit: int | None,
    calendar: Calendar,
    now: datetime,
) -> MatterClock:
    """Count the days from the record of every stop. Pure.

    Args:
        entries: Stops and causes that were over, oldest first.
        limit: Working days in all; None for no limit.
    """
    changes = [
        ClockChange(**{n: e[n] for n in e if n != "actor_name"}, by_name=e["actor_name"])
        for e in entries
    ]
    began = _began(matter)
    if began is None:
        return _clock(ClockState.NOT_STARTED, None, limit, None, changes, calendar, now)
    # Without a limit it is counted all the same: as if there were time for ever.
    counting = Deadline(days=limit or _FOR_EVER, clock="", counted_from=began, working=calendar)
    for change in changes:
        day = max(city_day(change.at), began)
        if change.is_stop and not counting.is_stopped:
            counting = counting.stopped(day)
        elif change.runs and counting.is_stopped:
            counting = counting.resumed(day)
    if matter.closed_at is not None:
        ended = counting if counting.is_stopped else counting.stopped(city_day(matter.closed_at))
        return _clock(ClockState.ENDED, began, limit, ended, changes, calendar, now)
    state = ClockState.STOPPED if counting.is_stopped else ClockState.RUNNING
    return _clock(state, began, limit, counting, changes, calendar, now)


_FOR_EVER = 10_000


def _began(matter: Matter) -> date | None:
    if matter.admitted_at is not None:
        return city_day(matter.admitted_at)
    return None if matter.start is Start.APPLICANT else city_day(matter.asked_at)


def _clock(
    state: ClockState,
    began: date | None,
    limit: int | None,
    counting: Deadline | None,
    changes: list[ClockChange],
    calendar: Calendar,
    now: datetime,
) -> MatterClock:
    left, used, due_on = limit, 0, None
    if counting is not None:
        remaining = days_left(counting, calendar, city_day(now))
        used = counting.days - remaining
        left = remaining if limit is not None else None
        if limit is not None and counting.due_at is not None:
            due_on = calendar.add(city_day(counting.due_at), -1)
        if state is ClockState.RUNNING and left is not None and left < 0:
            state = ClockState.EXPIRED
    return MatterClock(
        state=state,
        started_on=began,
        limit=limit,
        used=used,
        left=left,
        due_on=due_on,
        changes=changes,
    )
