"""List and read incidents."""

from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.core.values import Line
from service.features.processes.incident_view import IncidentView, view_of
from service.features.processes.instance_tables import Incident
from service.features.processes.reaching import LEADERS, reaching

#: Whoever sees to it that cases go on, or to the diagrams that they follow.
READERS = LEADERS | {Duty.SYSTEM_ADMIN, Duty.PROCESS_AUTHOR}
_WHAT = "an incident with this id"
_MATCHING = """
FROM incident x LEFT JOIN instance i ON i.id = x.instance_id LEFT JOIN body b ON b.id = i.body_id
WHERE ($1 OR b.id = ANY ($2::uuid[]) OR b.lineage && $3::uuid[])
  AND ($4::bool IS NULL OR (x.resolved_at IS NULL) = $4)
  AND ($5::uuid IS NULL OR x.instance_id = $5) AND ($6::text IS NULL OR x.code = $6)
"""


class IncidentFilter(BaseModel):
    """Which incidents: open or dealt with, of one case, of one code."""

    #: Null for both; those that are open by default.
    is_open: bool | None = True
    instance_id: UUID | None = None
    code: Line | None = None

    @property
    def values(self) -> tuple[bool | None, UUID | None, str | None]:
        return self.is_open, self.instance_id, self.code


class ListIncidents(IncidentFilter, Query[Page[IncidentView]]):
    """Incidents (异常清单), newest first."""

    name = "processes.list_incidents"
    duties = READERS
    title_zh = "异常清单"
    title_en = "List incidents"

    limit: Limit = 50
    cursor: Cursor = None


class CountIncidents(IncidentFilter, Query[Count]):
    """How many incidents the same filters match."""

    name = "processes.count_incidents"
    duties = READERS
    title_zh = "统计异常"
    title_en = "Count incidents"


class ReadIncident(Query[IncidentView]):
    """One incident."""

    name = "processes.read_incident"
    duties = READERS
    title_zh = "查询异常"
    title_en = "Read an incident"

    incident_id: UUID


@answers(ListIncidents)
async def list_incidents(query: ListIncidents, reading: Reading) -> Page[IncidentView]:
    (before,) = position_of(query.cursor, UUID) or (None,)
    records = await reading.connection.fetch(
        f"SELECT x.* {_MATCHING} AND ($7::uuid IS NULL OR x.id < $7) ORDER BY x.id DESC LIMIT $8",
        *reading.reach,
        *query.values,
        before,
        query.limit + 1,
    )
    views = [view_of(Incident.read(record)) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.id))


@answers(CountIncidents)
async def count_incidents(query: CountIncidents, reading: Reading) -> Count:
    count = await reading.connection.fetchval(
        f"SELECT count(*) {_MATCHING}", *reading.reach, *query.values
    )
    return Count(count=count)


@answers(ReadIncident)
async def read_incident(query: ReadIncident, reading: Reading) -> IncidentView:
    record = await reading.connection.fetchrow(
        """SELECT x.*, b.lineage FROM incident x LEFT JOIN instance i ON i.id = x.instance_id
           LEFT JOIN body b ON b.id = i.body_id WHERE x.id = $1""",
        query.incident_id,
    )
    if record is None:
        raise missing(_WHAT)
    reaching(reading.grants, list(record["lineage"] or ()), _WHAT)
    incident = Incident.read({name: record[name] for name in Incident.model_fields})
    reading.tag(incident)
    return view_of(incident)
