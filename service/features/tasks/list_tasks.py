"""List open tasks: what somebody has, and what is offered to him."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from service.core.auth.policy import EVERYBODY
from service.core.operation import Query, answers
from service.core.page import Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.tasks.readers import offered_readers, own_reader
from service.features.tasks.tables import Task
from service.features.tasks.view import TaskSummary, summary_of

_LAST_ID = UUID(int=2**128 - 1)
_RANGE = """(e.due_at, e.task_id) > ($2::text::timestamptz, $3::uuid)
          AND ($4::timestamptz IS NULL OR e.due_at < $4)"""
# At most a page is read of each reader, and a page of them all is made of these.
_PAGE = f"""
SELECT t.* FROM (
    SELECT DISTINCT e.due_at, e.task_id FROM unnest($1::text[]) AS mine (reader)
    CROSS JOIN LATERAL (
        SELECT e.due_at, e.task_id FROM inbox e WHERE e.reader = mine.reader AND {_RANGE}
          {{process}}
        ORDER BY e.due_at, e.task_id LIMIT $5) e
    ORDER BY e.due_at, e.task_id LIMIT $5) e
JOIN task t ON t.id = e.task_id
ORDER BY e.due_at, e.task_id
"""
_ANY = _PAGE.format(process="")
_OF_PROCESS = _PAGE.format(process="AND e.process = $6")
# A case has few open tasks: they are found by its number, not among all that one may do.
_OF_CASE = f"""
SELECT t.* FROM (
    SELECT DISTINCT e.due_at, e.task_id FROM task t JOIN inbox e
      ON e.task_id = t.id AND e.reader = ANY ($1)
    WHERE t.state = 'OPEN' AND t.business_key = $6 AND {_RANGE}
      AND ($7::text IS NULL OR t.process = $7)
    ORDER BY e.due_at, e.task_id LIMIT $5) e
JOIN task t ON t.id = e.task_id
ORDER BY e.due_at, e.task_id
"""


class Box(StrEnum):
    """Which of a person's tasks."""

    MINE = "mine"
    """Those that he has (待办)."""
    OFFERED = "offered"
    """Those that he may take (待领)."""
    BOTH = "both"


ProcessFilter = Annotated[
    str | None, Field(max_length=120, description="Id of the process in its diagram.")
]


class ListTasks(Query[Page[TaskSummary]]):
    """Open tasks of the one who asks (待办任务), those that are due first in front."""

    name = "tasks.list_tasks"
    duties = EVERYBODY
    title_zh = "待办任务"
    title_en = "List tasks"

    box: Box = Box.BOTH
    process: ProcessFilter = None
    #: The number by which people know the case.
    business_key: Annotated[str | None, Field(max_length=80)] = None
    #: Due after this instant, and before that one; tasks without a deadline are due never.
    due_after: AwareDatetime | None = None
    due_before: AwareDatetime | None = None
    limit: Limit = 50
    cursor: Cursor = None


@answers(ListTasks)
async def list_tasks(query: ListTasks, reading: Reading) -> Page[TaskSummary]:
    """One statement; it reads no more than a page for each duty that the person holds."""
    given = [_readers(query.box, reading), *_start(query), query.due_before, query.limit + 1]
    if query.business_key is not None:
        records = await reading.connection.fetch(
            _OF_CASE, *given, query.business_key, query.process
        )
    elif query.process is not None:
        records = await reading.connection.fetch(_OF_PROCESS, *given, query.process)
    else:
        records = await reading.connection.fetch(_ANY, *given)
    views = [summary_of(Task.read(record)) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.due_at, view.id))


def _readers(box: Box, reading: Reading) -> list[str]:
    own, actor_id = [own_reader(reading.actor.id)], reading.actor.id
    offered = offered_readers(actor_id, reading.grants)
    return {Box.MINE: own, Box.OFFERED: offered, Box.BOTH: own + offered}[box]


def _start(query: ListTasks) -> tuple[str, UUID]:
    """After which due time and id the page begins; `infinity` is the due time of no deadline."""
    position = position_of(query.cursor, datetime | None, UUID)
    if position is not None:
        due, task_id = position
        return (due.isoformat() if due else "infinity"), task_id
    if query.due_after is not None:
        return query.due_after.isoformat(), _LAST_ID
    return "-infinity", _LAST_ID
