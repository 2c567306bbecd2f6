"""Count tasks: the numbers on the front page of a person."""

from typing import Annotated

from pydantic import BaseModel, Field

from service.core.auth.policy import EVERYBODY
from service.core.operation import Query, answers
from service.core.query import Reading
from service.core.working_days import due_at
from service.features.calendar.stored import stored_calendar
from service.features.tasks.readers import offered_readers, own_reader

# An offered task is found by several duties, and counted once.
_COUNTS = """
WITH found AS (
    SELECT task_id, due_at, bool_or(reader = $1) AS is_mine FROM inbox
    WHERE reader = $1 OR reader = ANY ($2::text[]) GROUP BY task_id, due_at)
SELECT count(*) FILTER (WHERE is_mine) AS mine,
       count(*) FILTER (WHERE NOT is_mine) AS offered,
       count(*) FILTER (WHERE due_at > $3 AND due_at <= $4) AS due_soon,
       count(*) FILTER (WHERE due_at <= $3) AS overdue,
       (SELECT count(*) FROM task WHERE completed_by = $5) AS done
FROM found
"""


class TaskCounts(BaseModel):
    """How many tasks somebody has, may take, and has done; what is due soon or overdue of both."""

    #: 待办
    mine: int
    #: 待领
    offered: int
    #: 已办
    done: int
    #: 临期: due within the next working days, and not overdue.
    due_soon: int
    #: 逾期
    overdue: int


class CountTasks(Query[TaskCounts]):
    """The numbers of one's tasks (任务统计)."""

    name = "tasks.count_tasks"
    duties = EVERYBODY
    title_zh = "任务统计"
    title_en = "Count tasks"

    #: Due until the end of this working day from today counts as due soon; unset: the office's own.
    working_days: Annotated[int | None, Field(ge=0, le=250)] = None


@answers(CountTasks)
async def count_tasks(query: CountTasks, reading: Reading) -> TaskCounts:
    days = query.working_days
    days = reading.settings.due_soon_working_days if days is None else days
    calendar = await stored_calendar(reading.connection)
    actor_id = reading.actor.id
    record = await reading.connection.fetchrow(
        _COUNTS,
        own_reader(actor_id),
        offered_readers(actor_id, reading.grants),
        reading.now,
        due_at(calendar.add(reading.today, days)),
        actor_id,
    )
    assert record is not None, "aggregates always have one row"
    return TaskCounts(**record)
