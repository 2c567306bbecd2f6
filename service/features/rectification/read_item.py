"""Read one item: its course so far, who has it now, and what may come next."""

from typing import Any
from uuid import UUID

from asyncpg import Record

from service.core.auth.policy import missing
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.rectification import rules
from service.features.rectification.finding import READERS, WHAT, item_of
from service.features.rectification.item_view import (
    AcceptanceView,
    ActView,
    ExtensionView,
    ItemView,
    ProgressView,
    shown,
)
from service.features.rectification.lights import lights
from service.features.tasks.course import course_of

_FOUND = """
SELECT i.*, b.full_name, b.lineage FROM rectification_item i JOIN body b ON b.id = i.body_id
WHERE i.id = $1
"""
_PROGRESS = "SELECT * FROM rectification_progress WHERE item_id = $1 ORDER BY added_at, id"
_EXTENSIONS = "SELECT * FROM rectification_extension WHERE item_id = $1 ORDER BY id"
_ACTS = "SELECT * FROM rectification_act WHERE item_id = $1 ORDER BY id"
_ACCEPTANCES = """
SELECT a.*, p.name AS officer_name FROM item_acceptance a JOIN actor p ON p.id = a.officer_id
WHERE a.item_id = $1 ORDER BY a.round, a.id
"""


class ReadItem(Query[ItemView]):
    """One item (查询整改事项): stage, light with its calculation, who has it, what is next."""

    name = "rectification.read_item"
    duties = READERS
    title_zh = "查询整改事项"
    title_en = "Read a rectification item"
    refusals = (rules.LedgerRulesMissing,)

    item_id: UUID


@answers(ReadItem)
async def read_item(query: ReadItem, reading: Reading) -> ItemView:
    record = await reading.connection.fetchrow(_FOUND, query.item_id)
    reading.require_reach([] if record is None else record["lineage"], WHAT)
    if record is None:
        raise missing(WHAT)
    item = item_of(record)
    lit = await lights(reading, [item])
    fetch = reading.connection.fetch
    course = await course_of(reading.connection, item.instance_id)
    reading.tag(item, is_all=False)
    return ItemView.model_validate(
        {
            **shown(item, record["full_name"], lit.get(item.id)),
            "progress": _views(ProgressView, await fetch(_PROGRESS, item.id)),
            "extension_requests": _views(ExtensionView, await fetch(_EXTENSIONS, item.id)),
            "acts": _views(ActView, await fetch(_ACTS, item.id)),
            "acceptances": _views(AcceptanceView, await fetch(_ACCEPTANCES, item.id)),
            "tasks": course.steps,
            "last_step": course.last,
            "stopped_clocks": course.stopped_clocks,
            "next_states": sorted(rules.next_states(item.state)),
        }
    )


def _views(kind: type[Any], records: list[Record]) -> list[Any]:
    return [kind.model_validate(dict(record)) for record in records]
