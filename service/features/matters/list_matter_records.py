"""List the file of a matter: every paper and form, the oldest first."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.matters.finding import WHAT
from service.features.matters.list_matters import READERS
from service.features.matters.record_kinds import RecordKind
from service.features.matters.record_tables import MatterRecord

_LINEAGE = "SELECT b.lineage FROM matter m JOIN body b ON b.id = m.body_id WHERE m.id = $1"
_RECORDS = """
SELECT * FROM matter_record WHERE matter_id = $1 AND ($2::text IS NULL OR kind = $2)
ORDER BY kept_at, id
"""


class RecordView(BaseModel):
    """One paper or form, as it was given."""

    id: UUID
    #: Which run of the case: 1, and one more each time the matter is reopened.
    round: int
    kind: RecordKind
    content: Any
    document_id: UUID | None
    given_by: UUID | None
    given_by_name: str
    kept_at: datetime


class MatterRecords(BaseModel):
    """The file."""

    items: list[RecordView]


class ListMatterRecords(Query[MatterRecords]):
    """The file of a matter (事项案卷): what was written, checked, said and found."""

    name = "matters.list_matter_records"
    duties = READERS
    title_zh = "事项案卷"
    title_en = "List records of a matter"

    matter_id: UUID
    kind: RecordKind | None = None


def record_of(record: MatterRecord) -> RecordView:
    return RecordView.model_validate(record.model_dump(exclude={"matter_id"}))


@answers(ListMatterRecords)
async def list_matter_records(query: ListMatterRecords, reading: Reading) -> MatterRecords:
    lineage = await reading.connection.fetchval(_LINEAGE, query.matter_id)
    reading.require_reach(lineage or [], WHAT)
    records = await reading.connection.fetch(_RECORDS, query.matter_id, query.kind)
    return MatterRecords(items=[record_of(MatterRecord.read(each)) for each in records])
