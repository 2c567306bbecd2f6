"""Where a case stands: what is open in it, and the variables that can be seen there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from pydantic import BaseModel

from service.core.engine.state import ElementInstance, State, load
from service.core.feel.border import from_state, to_wire
from service.core.store.db import Connection
from service.features.processes.definition import Definition
from service.features.processes.instance_readers import Case

_PAGES = "SELECT page, rows FROM instance_page WHERE instance_id = $1"
_SINCE = """
SELECT number, at FROM history
WHERE instance_id = $1 AND kind = 'entered' AND number = ANY ($2::int[])
"""
# The last value of each variable of the outermost scope: an ended case has no scopes any more.
_LAST = """
SELECT DISTINCT ON (data->>'name') data->>'name' AS name, data->'value' AS value
FROM history WHERE instance_id = $1 AND kind = 'variable_changed' AND data->>'scope' = '1'
ORDER BY data->>'name', version DESC, nth DESC
"""


class OpenElement(BaseModel):
    """An element that has been entered and not yet been left."""

    #: Its number within the case; that of the process is 1.
    number: int
    element: str
    name: str
    process: str
    #: The number of what contains it; 0 for the case itself.
    scope: int
    #: What it waits for: `task`, `choice`, `job`, `command`, `decision`; `active` where it waits
    #: for what is inside it, or for an event. Other words say that it is just being moved.
    phase: str
    since: datetime


class ScopeVariables(BaseModel):
    """The variables of one scope, as on the wire; inner ones hide outer ones."""

    number: int
    element: str
    variables: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is open in the process asked for, outermost first."""

    elements: list[OpenElement]
    variables: list[ScopeVariables]
    #: Numbers of all that is open in it.
    numbers: list[int]


async def standing(
    connection: Connection, case: Case, definition: Definition, most: int
) -> Standing:
    """What is open in a process of a case, and the variables there; at most so many elements."""
    state = await _state(connection, case)
    if state.ended:
        return Standing([], await _last_variables(connection, case), [])
    inside = _inside(state, case.number)
    shown = inside[:most]
    since = {
        record["number"]: record["at"]
        for record in await connection.fetch(_SINCE, case.root.id, [each.id for each in shown])
    }
    specs = definition.compiled.specs
    elements = [
        OpenElement(
            number=each.id,
            element=specs[each.node].element.id,
            name=specs[each.node].element.name,
            process=specs[each.node].process,
            scope=each.parent,
            phase=each.phase,
            since=since[each.id],
        )
        for each in shown
    ]
    variables = [
        ScopeVariables(
            number=each.id,
            element=specs[each.node].element.id,
            variables=on_wire(each.variables),
        )
        for each in shown
        if each.variables
    ]
    return Standing(elements, variables, [each.id for each in inside])


async def _state(connection: Connection, case: Case) -> State:
    document = case.root.document
    pages = {}
    if document["pages"]:
        records = await connection.fetch(_PAGES, case.root.id)
        pages = {record["page"]: orjson.loads(record["rows"] or "[]") for record in records}
    return load(document["head"] | {"pages": pages})


async def _last_variables(connection: Connection, case: Case) -> list[ScopeVariables]:
    if case.number != 1:
        return []
    records = await connection.fetch(_LAST, case.root.id)
    values = {record["name"]: orjson.loads(record["value"]) for record in records}
    return [ScopeVariables(number=1, element=case.process, variables=on_wire(values))]


def _inside(state: State, number: int) -> list[ElementInstance]:
    """An element instance and all that is in it, in the order of their numbers."""
    found: list[ElementInstance] = []
    inside: set[int] = set()
    for each in sorted(state.instances.values(), key=lambda each: each.id):
        if each.id == number or each.parent in inside:
            inside.add(each.id)
            found.append(each)
    return found


def on_wire(values: Mapping[str, Any]) -> dict[str, Any]:
    """Variables as the state encodes them, as JSON for others."""
    return {name: to_wire(from_state(value)) for name, value in values.items()}
