"""Read a matter: what it asks for, where it stands, who has it and by when."""

from uuid import UUID

from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.matters.clock import clock_of
from service.features.matters.finding import WHAT
from service.features.matters.list_matters import READERS
from service.features.matters.tables import Matter
from service.features.matters.view import view_of
from service.features.matters.whole_view import MatterWhole
from service.features.tasks.course import course_of

_MATTER = """
SELECT m.*, b.lineage FROM matter m JOIN body b ON b.id = m.body_id WHERE m.id = $1
"""
_EVALUATIONS = "SELECT due FROM matter_evaluation_plan WHERE matter_id = $1 ORDER BY due"


class ReadMatter(Query[MatterWhole]):
    """One matter within reach (事项): where it stands, who has it by when, what is next and why."""

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
    planned = await reading.connection.fetch(_EVALUATIONS, matter.id)
    reading.tag(matter, is_all=False)
    course = await course_of(reading.connection, matter.instance_id)
    return MatterWhole(
        **view_of(matter).model_dump(),
        clock=await clock_of(reading, matter),
        evaluations_on=[each["due"] for each in planned],
        tasks=course.steps,
        last_step=course.last,
        stopped_clocks=course.stopped_clocks,
    )
