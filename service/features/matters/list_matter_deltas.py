"""List what a matter asked for over time: every version, the oldest first."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.matters.codes import Origin
from service.features.matters.deltas import Delta
from service.features.matters.finding import WHAT
from service.features.matters.list_matters import READERS

_LINEAGE = "SELECT b.lineage FROM matter m JOIN body b ON b.id = m.body_id WHERE m.id = $1"
_VERSIONS = "SELECT * FROM matter_deltas WHERE matter_id = $1 ORDER BY number"


class DeltasVersion(BaseModel):
    """What was asked for from one moment on, and where that came from."""

    number: int
    origin: Origin
    deltas: list[Delta]
    kept_at: datetime
    kept_by_name: str


class DeltasVersions(BaseModel):
    """All versions; the last one holds."""

    items: list[DeltasVersion]


class ListMatterDeltas(Query[DeltasVersions]):
    """Every version of the changes that a matter asks for (事项变更内容沿革)."""

    name = "matters.list_matter_deltas"
    duties = READERS
    title_zh = "事项变更内容沿革"
    title_en = "List versions of a matter's changes"

    matter_id: UUID


@answers(ListMatterDeltas)
async def list_matter_deltas(query: ListMatterDeltas, reading: Reading) -> DeltasVersions:
    lineage = await reading.connection.fetchval(_LINEAGE, query.matter_id)
    reading.require_reach(lineage or [], WHAT)
    records = await reading.connection.fetch(_VERSIONS, query.matter_id)
    return DeltasVersions(items=[DeltasVersion.model_validate(dict(each)) for each in records])
