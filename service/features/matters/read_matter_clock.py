"""Read the clock of a matter: the office's time, used and left, and every stop."""

from uuid import UUID

from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.matters.clock import MatterClock, clock_of
from service.features.matters.finding import WHAT
from service.features.matters.list_matters import READERS
from service.features.matters.tables import Matter

_MATTER = "SELECT m.*, b.lineage FROM matter m JOIN body b ON b.id = m.body_id WHERE m.id = $1"


class ReadMatterClock(Query[MatterClock]):
    """The clock of a matter (办理时限): running or stopped, why, days used and left."""

    name = "matters.read_matter_clock"
    duties = READERS
    title_zh = "办理时限"
    title_en = "Read a matter's clock"

    matter_id: UUID


@answers(ReadMatterClock)
async def read_matter_clock(query: ReadMatterClock, reading: Reading) -> MatterClock:
    record = await reading.connection.fetchrow(_MATTER, query.matter_id)
    reading.require_reach(record["lineage"] if record else [], WHAT)
    assert record is not None, "an empty lineage is never covered"
    return await clock_of(reading, Matter.read(record))
