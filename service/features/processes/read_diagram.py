"""Read the diagram of one case as it was drawn, with marks of what has happened on it."""

from typing import Any
from uuid import UUID

import orjson
from pydantic import BaseModel

from service.core.auth.policy import missing
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.processes.instance_readers import READERS, WHAT, readable_case
from service.features.processes.start_instance import ProcessId

_DRAWN = """
SELECT v.path, v.number, v.content, f.release_id
FROM release_file f JOIN file_version v ON v.id = f.version_id
WHERE f.release_id = ANY ($1::uuid[]) AND v.processes @> ARRAY[$2::text] LIMIT 1
"""
_MARKS = """
WITH h AS MATERIALIZED (
    SELECT kind, element, process, number, data FROM history
    WHERE instance_id = $1 AND kind IN ('entered', 'left', 'took')),
n AS (
    SELECT number, count(*) AS incidents FROM incident
    WHERE instance_id = $1 AND resolved_at IS NULL GROUP BY number)
SELECT
(SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (
    SELECT element, count(*) FILTER (WHERE kind = 'entered') AS entered,
           count(*) FILTER (WHERE kind = 'left') AS "left",
           count(*) FILTER (WHERE kind = 'entered') - count(*) FILTER (WHERE kind = 'left')
           AS active,
           coalesce(sum(n.incidents) FILTER (WHERE kind = 'entered'), 0) AS incidents
    FROM h LEFT JOIN n USING (number)
    WHERE process = $2 AND kind <> 'took' GROUP BY element ORDER BY element) x) AS elements,
(SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (
    SELECT data->>'flow' AS flow, count(*) AS taken FROM h
    WHERE process = $2 AND kind = 'took' GROUP BY 1 ORDER BY 1) x) AS flows,
(SELECT coalesce(json_agg(p), '[]') FROM (
    SELECT DISTINCT process AS p FROM h WHERE process <> '' ORDER BY 1) x) AS processes
"""


class ElementMark(BaseModel):
    """What has happened at one element of the diagram."""

    element: str
    entered: int
    left: int
    #: How often it is open now.
    active: int
    #: Incidents that wait there.
    incidents: int


class FlowMark(BaseModel):
    """How often a sequence flow was taken."""

    flow: str
    taken: int


class DiagramView(BaseModel):
    """A drawn diagram and its marks: what a viewer of BPMN shows."""

    process: str
    release_id: UUID
    #: The file, its version, and its text exactly as it was released.
    path: str
    number: int
    xml: str
    elements: list[ElementMark]
    flows: list[FlowMark]
    #: The processes of the case that have begun: each has marks of its own.
    processes: list[str]


class ReadDiagram(Query[DiagramView]):
    """The diagram of a case (流程图) with marks of where it stands and which way it went.

    Asked for by the id of a called process, or with `process`, it is that one's; where one case
    calls a process several times, the marks count them together.
    """

    name = "processes.read_diagram"
    duties = READERS
    title_zh = "查询流程图"
    title_en = "Read a diagram"

    instance_id: UUID
    process: ProcessId | None = None


@answers(ReadDiagram)
async def read_diagram(query: ReadDiagram, reading: Reading) -> DiagramView:
    case = await readable_case(reading, query.instance_id)
    process = query.process or case.process
    releases = list(map(UUID, case.root.pins.values()))
    drawn = await reading.connection.fetchrow(_DRAWN, releases, process)
    if drawn is None:
        raise missing(WHAT)
    record: Any = await reading.connection.fetchrow(_MARKS, case.root.id, process)
    return DiagramView(
        process=process,
        release_id=drawn["release_id"],
        path=drawn["path"],
        number=drawn["number"],
        xml=drawn["content"],
        **{name: orjson.loads(value) for name, value in record.items()},
    )
