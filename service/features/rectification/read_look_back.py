"""Read one look-back: its sample, what was found, and the report."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.policy import missing
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.rectification.codes import Severity
from service.features.rectification.list_look_backs import OVERSEERS, LookBackSummary, found

_CHECKS = """
SELECT c.*, b.full_name AS body_name, p.name AS checked_by_name FROM look_back_check c
JOIN body b ON b.id = c.body_id LEFT JOIN actor p ON p.id = c.checked_by
WHERE c.round_id = $1 ORDER BY c.number
"""


class LookBackCheckView(BaseModel):
    """One item of the sample."""

    id: UUID
    item_id: UUID
    number: str
    body_id: UUID
    body_name: str
    severity: Severity
    barred: list[UUID]
    holds: bool | None
    findings: str | None
    evidence: list[UUID]
    checked_by_name: str | None
    checked_on: date | None


class LookBackView(LookBackSummary):
    """A round with all that was found."""

    report: str | None
    minutes_document_id: UUID | None
    checks: list[LookBackCheckView]


class ReadLookBack(Query[LookBackView]):
    """One look-back (查询回头看) with its sample and the seed by which it was drawn."""

    name = "rectification.read_look_back"
    duties = OVERSEERS
    title_zh = "查询回头看"
    title_en = "Read a look-back"

    look_back_id: UUID


@answers(ReadLookBack)
async def read_look_back(query: ReadLookBack, reading: Reading) -> LookBackView:
    reading.require_city()
    kept = await found(reading, query.look_back_id)
    if kept is None:
        raise missing("a look-back")
    checks = await reading.connection.fetch(_CHECKS, query.look_back_id)
    return LookBackView.model_validate({**kept, "checks": [dict(each) for each in checks]})
