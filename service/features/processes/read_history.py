"""Read the history of one case: everything that happened in it, in order."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import orjson
from asyncpg import Record
from pydantic import BaseModel, Field, StringConstraints

from service.core.feel.border import from_state, to_wire
from service.core.operation import Query, answers
from service.core.page import Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.core.store.db import Connection
from service.core.values import Line
from service.features.processes.definition import Definition, definition_of
from service.features.processes.instance_readers import READERS, readable_case

Kind = Annotated[str, StringConstraints(pattern=r"^[a-z_]+$", max_length=40)]
_COLUMNS = "version, nth, at, kind, element, process, number, data, command_id, recorded_at"
# Written by one statement, so at nearly one time: it tells in which partitions to look.
_ACTORS = """
SELECT id, actor_id, actor_name, command FROM audit
WHERE id = ANY ($1::uuid[]) AND at BETWEEN $2 AND $3
"""
_MARGIN = timedelta(hours=1)


class HistoryEntryView(BaseModel):
    """One thing that happened. All entries of one `version` are of one move."""

    version: int
    #: Its place within the move.
    nth: int
    at: datetime
    #: `entered`, `left`, `took` (a sequence flow), `variable_changed`, `task_opened`, `timer_set`,
    #: `incident_raised` …; what was given to the case: `complete_task`, `job_done`, `timer_due` …
    kind: str
    #: The element that it is about, with its name; "" for none.
    element: str
    name: str
    process: str
    #: Number of the element within the case, or of the timer or subscription; 0 for none.
    number: int
    #: What else there is to say, by kind; values as on the wire.
    data: dict[str, Any] | None
    #: Who moved the case, and by which command; null for a timer and the like.
    actor_id: UUID | None
    actor_name: str | None
    command: str | None


class ReadHistory(Query[Page[HistoryEntryView]]):
    """What happened in a case (流程历史), from its start on; of a called process, its own part."""

    name = "processes.read_history"
    duties = READERS
    title_zh = "查询流程历史"
    title_en = "Read a history"

    instance_id: UUID
    kinds: Annotated[list[Kind] | None, Field(max_length=40)] = None
    element: Annotated[Line | None, Field(max_length=120)] = None
    limit: Limit = 100
    cursor: Cursor = None


@answers(ReadHistory)
async def read_history(query: ReadHistory, reading: Reading) -> Page[HistoryEntryView]:
    case = await readable_case(reading, query.instance_id)
    parameters: list[Any] = [case.root.id]
    conditions = ["instance_id = $1"]

    def add(condition: str, *values: Any) -> None:
        places = [f"${len(parameters) + nth}" for nth in range(1, len(values) + 1)]
        parameters.extend(values)
        conditions.append(condition.format(*places))

    if case.number != 1:
        add("process = {}", case.process)
    if query.kinds:
        add("kind = ANY ({}::text[])", query.kinds)
    if query.element is not None:
        add("element = {}", query.element)
    if (position := position_of(query.cursor, int, int)) is not None:
        add("(version, nth) > ({}, {})", *position)
    parameters.append(query.limit + 1)
    records = await reading.connection.fetch(
        f"SELECT {_COLUMNS} FROM history WHERE {' AND '.join(conditions)}"
        f" ORDER BY version, nth LIMIT ${len(parameters)}",
        *parameters,
    )
    actors = await _actors(reading.connection, records)
    definition = await definition_of(reading.connection, case.root.pins)
    views = [_view(each, actors, definition) for each in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.version, view.nth))


async def _actors(connection: Connection, records: Sequence[Record]) -> dict[UUID, Record]:
    """Who gave the commands that these entries came of."""
    if not records:
        return {}
    times = [record["recorded_at"] for record in records]
    found = await connection.fetch(
        _ACTORS,
        list({record["command_id"] for record in records}),
        min(times) - _MARGIN,
        max(times) + _MARGIN,
    )
    return {record["id"]: record for record in found}


def _view(record: Record, actors: dict[UUID, Record], definition: Definition) -> HistoryEntryView:
    actor = actors.get(record["command_id"])
    element, process = record["element"], record["process"]
    told = orjson.loads(record["data"] or "null")
    return HistoryEntryView(
        version=record["version"],
        nth=record["nth"],
        at=record["at"],
        kind=record["kind"],
        element=element,
        name=definition.element(element, process).name if element else "",
        process=process,
        number=record["number"],
        data=to_wire(from_state(told)),
        actor_id=actor["actor_id"] if actor else None,
        actor_name=actor["actor_name"] if actor else None,
        command=actor["command"] if actor else None,
    )
