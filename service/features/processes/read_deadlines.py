"""Read the deadlines of a case, and everything that has moved them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.policy import OFFICE, UNIT, missing
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.processes.deadline_tables import DeadlineAction, DeadlineChange
from service.features.processes.reaching import WHAT, reaching

_MOST = 1000
_CASE = """
SELECT i.id, b.lineage FROM instance i LEFT JOIN body b ON b.id = i.body_id
WHERE i.id = $1 AND i.id = i.root_id
"""
_OPEN = """
SELECT t.id, t.element, t.due_at, t.deadline FROM task t
WHERE t.instance_id = $1 AND t.state = 'OPEN' AND t.deadline IS NOT NULL
UNION ALL SELECT NULL, t.element, t.due_at, t.deadline FROM timer t
WHERE t.instance_id = $1 AND t.deadline IS NOT NULL ORDER BY due_at, element
"""
_CLOCKS = "SELECT * FROM stopped_clock WHERE instance_id = $1 ORDER BY clock, cause"
_CHANGES = "SELECT * FROM deadline_change WHERE instance_id = $1 ORDER BY id DESC LIMIT $2"


class OpenDeadline(BaseModel):
    """An open deadline, and what it was declared as."""

    #: The task that it is of; null for a timer.
    task_id: UUID | None
    element: str
    clock: str
    #: Working days in all, and how many of them were over when the clock last stood still.
    days: int
    used: int
    #: The day after which the rest is counted.
    counted_from: date
    #: The version of the calendar by which it was counted.
    calendar: int
    #: Null while the clock stands still.
    due_at: datetime | None


class StoppedClockView(BaseModel):
    """A clock that stands still."""

    clock: str
    cause: str
    reason: str
    stopped_at: datetime


class DeadlineChangeView(BaseModel):
    """One deadline moved, once."""

    element: str
    clock: str
    action: DeadlineAction
    days: int
    old_due_at: datetime | None
    new_due_at: datetime | None
    reason: str
    calendar: int
    at: datetime
    actor_id: UUID | None
    actor_name: str


class Deadlines(BaseModel):
    """The deadlines of a case: open ones, stopped clocks, and changes, newest first."""

    open: list[OpenDeadline]
    stopped: list[StoppedClockView]
    #: At most the 1,000 newest.
    changes: list[DeadlineChangeView]


class ReadDeadlines(Query[Deadlines]):
    """Deadlines of a case and what has moved them (办理期限), each with its reason."""

    name = "processes.read_deadlines"
    duties = OFFICE | UNIT
    title_zh = "办理期限"
    title_en = "Read deadlines"

    instance_id: UUID


@answers(ReadDeadlines)
async def read_deadlines(query: ReadDeadlines, reading: Reading) -> Deadlines:
    connection = reading.connection
    case = await connection.fetchrow(_CASE, query.instance_id)
    if case is None:
        raise missing(WHAT)
    reaching(reading.grants, list(case["lineage"] or ()), WHAT)
    changes = await connection.fetch(_CHANGES, query.instance_id, _MOST)
    return Deadlines(
        open=[_open(each) for each in await connection.fetch(_OPEN, query.instance_id)],
        stopped=[
            StoppedClockView(**dict(each))
            for each in await connection.fetch(_CLOCKS, query.instance_id)
        ],
        changes=[DeadlineChangeView(**DeadlineChange.read(each).model_dump()) for each in changes],
    )


def _open(record: Any) -> OpenDeadline:
    told = {"task_id": record["id"], "element": record["element"], "due_at": record["due_at"]}
    return OpenDeadline(**{"used": 0} | record["deadline"] | told)
