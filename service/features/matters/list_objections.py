"""List the objections to a matter's ends, the oldest first."""

from uuid import UUID

from pydantic import BaseModel

from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.matters.finding import WHAT
from service.features.matters.list_matters import READERS
from service.features.matters.objection_tables import MatterObjection
from service.features.matters.objection_view import ObjectionView, objection_view

_LINEAGE = "SELECT b.lineage FROM matter m JOIN body b ON b.id = m.body_id WHERE m.id = $1"
_OBJECTIONS = "SELECT * FROM matter_objection WHERE matter_id = $1 ORDER BY round, id"


class Objections(BaseModel):
    """At most one for each end."""

    items: list[ObjectionView]


class ListObjections(Query[Objections]):
    """The objections to a matter's ends (异议), with what they were answered."""

    name = "matters.list_objections"
    duties = READERS
    title_zh = "异议列表"
    title_en = "List objections"

    matter_id: UUID


@answers(ListObjections)
async def list_objections(query: ListObjections, reading: Reading) -> Objections:
    lineage = await reading.connection.fetchval(_LINEAGE, query.matter_id)
    reading.require_reach(lineage or [], WHAT)
    records = await reading.connection.fetch(_OBJECTIONS, query.matter_id)
    return Objections(items=[objection_view(MatterObjection.read(each)) for each in records])
