"""Read the timeline of a matter: everything that happened to it, in order."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import orjson
from pydantic import BaseModel

from service.core.operation import Query, answers
from service.core.page import Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.matters.finding import WHAT
from service.features.matters.list_matters import READERS

_FOUND = """
SELECT b.lineage, m.instance_id FROM matter m JOIN body b ON b.id = m.body_id WHERE m.id = $1
"""
# Of every kind at most a page is taken, from the place where the page begins.
_PAGE = """
WITH mine AS (SELECT id FROM instance WHERE business_key = $1::uuid::text AND id = root_id)
SELECT e.* FROM (
    SELECT asked_at AS at, id, 'STARTED' AS kind, title AS what, NULL AS by_name,
           jsonb_build_object('start', start, 'type', type) AS details
    FROM matter WHERE id = $1
    UNION ALL
    SELECT kept_at, id, 'RECORD', kind, given_by_name,
           jsonb_build_object('round', round, 'document_id', document_id)
    FROM matter_record WHERE matter_id = $1
    UNION ALL
    SELECT kept_at, matter_id, 'CHANGES', origin, kept_by_name,
           jsonb_build_object('number', number)
    FROM matter_deltas WHERE matter_id = $1 AND number > 1
    UNION ALL
    SELECT ended_at, id, 'TASK', name, completed_by_name,
           jsonb_build_object('task_id', id, 'element', element, 'action', action,
                              'due_at', due_at, 'was_red', was_red)
    FROM task WHERE instance_id IN (SELECT id FROM mine) AND state = 'COMPLETED'
    UNION ALL
    SELECT at, id, CASE WHEN is_stop THEN 'CLOCK_STOPPED' ELSE 'CLOCK_RESUMED' END, reason,
           actor_name, jsonb_build_object('cause', cause, 'runs', runs)
    FROM clock_entry WHERE instance_id IN (SELECT id FROM mine)
    UNION ALL
    SELECT e.at, e.id, 'LIGHT', t.name, NULL,
           jsonb_build_object('light', e.light, 'reason', e.reason, 'period', e.period,
                              'days_left', e.days_left)
    FROM light_entry e JOIN task t ON t.id = e.task_id
    WHERE e.instance_id IN (SELECT id FROM mine)
    UNION ALL
    SELECT o.overridden_at, o.id, 'OVERRIDE', o.reason, a.name, jsonb_build_object('hits', o.hits)
    FROM matter_override o JOIN actor a ON a.id = o.overridden_by WHERE o.matter_id = $1
    UNION ALL
    SELECT closed_at, id, 'CLOSED', outcome, NULL, '{}' FROM matter
    WHERE id = $1 AND closed_at IS NOT NULL
) e
WHERE $2::timestamptz IS NULL
OR (e.at, e.kind = 'CLOSED', e.id, e.kind) > ($2, $3::boolean, $4::uuid, $5::text)
ORDER BY e.at, e.kind = 'CLOSED', e.id, e.kind LIMIT $6
"""


class TimelineKind(StrEnum):
    """What happened."""

    STARTED = "STARTED"
    RECORD = "RECORD"
    """A paper or form came into the file."""
    CHANGES = "CHANGES"
    """What is asked for was changed."""
    TASK = "TASK"
    """Somebody did a step."""
    CLOCK_STOPPED = "CLOCK_STOPPED"
    CLOCK_RESUMED = "CLOCK_RESUMED"
    LIGHT = "LIGHT"
    """A step changed its colour."""
    OVERRIDE = "OVERRIDE"
    """The chair let it pass a gate that holds."""
    CLOSED = "CLOSED"


class TimelineEntry(BaseModel):
    """One thing that happened."""

    at: datetime
    id: UUID
    kind: TimelineKind
    #: The step, the kind of paper, the origin of the changes, the reason: by kind.
    what: str | None
    by_name: str | None
    details: dict[str, Any]


class ReadMatterTimeline(Query[Page[TimelineEntry]]):
    """Everything that happened to a matter (办理过程), oldest first."""

    name = "matters.read_matter_timeline"
    duties = READERS
    title_zh = "办理过程"
    title_en = "Read a matter's timeline"

    matter_id: UUID
    limit: Limit = 100
    cursor: Cursor = None


@answers(ReadMatterTimeline)
async def read_matter_timeline(query: ReadMatterTimeline, reading: Reading) -> Page[TimelineEntry]:
    found = await reading.connection.fetchrow(_FOUND, query.matter_id)
    reading.require_reach(found["lineage"] if found else [], WHAT)
    position = position_of(query.cursor, datetime, bool, UUID, str) or (None,) * 4
    records = await reading.connection.fetch(_PAGE, query.matter_id, *position, query.limit + 1)
    views = [TimelineEntry(**_told(dict(each))) for each in records]
    return page_of(views, query.limit, _place)


def _place(entry: TimelineEntry) -> str:
    """Of one moment, the end is the last."""
    return cursor_of(entry.at, entry.kind is TimelineKind.CLOSED, entry.id, entry.kind)


def _told(record: dict[str, Any]) -> dict[str, Any]:
    details = record["details"]
    return record | {"details": orjson.loads(details) if isinstance(details, str) else details}
