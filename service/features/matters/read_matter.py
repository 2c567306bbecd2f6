"""Read a matter: what it asks for, where it stands, who has it and by when."""

from uuid import UUID

from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.matters.finding import WHAT
from service.features.matters.list_matters import READERS
from service.features.matters.tables import Matter
from service.features.matters.view import MatterWhole, OpenTask, StoppedClockView, view_of

_MATTER = """
SELECT m.*, b.lineage FROM matter m JOIN body b ON b.id = m.body_id WHERE m.id = $1
"""
_TASKS = """
SELECT t.id AS task_id, t.name, t.assignee_name, t.opened_at, t.due_at,
       ARRAY(SELECT reader FROM inbox WHERE task_id = t.id ORDER BY reader) AS offered_to
FROM task t WHERE t.instance_id = $1 AND t.ended_at IS NULL ORDER BY t.opened_at, t.id
"""
_CLOCKS = """
SELECT clock, cause, reason, stopped_at FROM stopped_clock WHERE instance_id = $1
ORDER BY clock, cause
"""


class ReadMatter(Query[MatterWhole]):
    """One matter within reach (事项), with its open tasks and the clocks that stand still."""

    name = "matters.read_matter"
    duties = READERS
    title_zh = "查看事项"
    title_en = "Read a matter"

    matter_id: UUID


@answers(ReadMatter)
async def read_matter(query: ReadMatter, reading: Reading) -> MatterWhole:
    record = await reading.connection.fetchrow(_MATTER, query.matter_id)
    reading.require_reach(record["lineage"] if record else [], WHAT)
    assert record is not None, "an empty lineage is never covered"
    matter = Matter.read(record)
    tasks = await reading.connection.fetch(_TASKS, matter.instance_id)
    clocks = await reading.connection.fetch(_CLOCKS, matter.instance_id)
    reading.tag(matter, is_all=False)
    return MatterWhole(
        **view_of(matter).model_dump(),
        tasks=[OpenTask.model_validate(dict(each)) for each in tasks],
        stopped_clocks=[StoppedClockView.model_validate(dict(each)) for each in clocks],
    )
