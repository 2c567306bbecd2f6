"""Read one case: where it stands, who has it, what it knows."""

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from pydantic import BaseModel

from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.processes.definition import definition_of
from service.features.processes.instance_readers import READERS, Case, readable_case
from service.features.processes.instance_view import InstanceSummary
from service.features.processes.job_view import JobView
from service.features.processes.standing import OpenElement, ScopeVariables, standing

#: Of each kind of thing the first ones are shown; lists show all.
SHOWN = 500


class OpenTask(BaseModel):
    """A task that waits, and who has it."""

    id: UUID
    number: int
    element: str
    name: str
    #: Candidates: persons, and duties as `duty@body`.
    users: list[UUID]
    groups: list[str]
    #: Who has taken it, or was given it; null for nobody.
    assignee_id: UUID | None
    assignee_name: str | None
    opened_at: datetime
    claimed_at: datetime | None
    due_at: datetime | None


class OpenTimer(BaseModel):
    id: UUID
    number: int
    element: str
    due_at: datetime


class OpenSubscription(BaseModel):
    """A message or signal that is awaited."""

    number: int
    element: str
    #: `message` or `signal`.
    kind: str
    name: str
    correlation_key: str


class OpenIncident(BaseModel):
    """Something that could not be done and waits to be dealt with."""

    id: UUID
    number: int
    element: str
    code: str
    message: str
    message_zh: str
    attempts: int
    raised_at: datetime
    retry_at: datetime | None


class CalledProcess(InstanceSummary):
    """A process called within the case; `number` is what elements inside it name as scope."""

    number: int


class InstanceView(InstanceSummary):
    """A case, or a process called within one, with all that is open in it."""

    #: The case to which a called process belongs; its own id for the case itself.
    root_id: UUID
    #: Folder → release: what its calls, tables and forms mean until it ends.
    pins: dict[str, UUID]
    elements: list[OpenElement]
    #: By scope; of an ended case the last values of its own variables.
    variables: list[ScopeVariables]
    tasks: list[OpenTask]
    timers: list[OpenTimer]
    subscriptions: list[OpenSubscription]
    jobs: list[JobView]
    open_incidents: list[OpenIncident]
    called: list[CalledProcess]


class ReadInstance(Query[InstanceView]):
    """One case (流程实例): where it stands and who has it; its ETag is the case's version.

    Variables are shown as they are: nothing in them is sealed.
    """

    name = "processes.read_instance"
    duties = READERS
    title_zh = "查询流程实例"
    title_en = "Read an instance"

    instance_id: UUID


def _listed(columns: type[BaseModel], source: str, order: str) -> str:
    names = ", ".join(columns.model_fields)
    return (
        f"(SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (SELECT {names} FROM {source}"
        f" ORDER BY {order} LIMIT {SHOWN}) x)"
    )


_OPEN = f"""
SELECT
{_listed(OpenTask, "task WHERE instance_id = $1 AND state = 'OPEN'", "number")} AS tasks,
{_listed(OpenTimer, "timer WHERE instance_id = $1", "due_at")} AS timers,
{_listed(OpenSubscription, "subscription WHERE instance_id = $1", "wait")} AS subscriptions,
{_listed(JobView, "job WHERE instance_id = $1 AND state = 'WAITING'", "number")} AS jobs,
{_listed(OpenIncident, "incident WHERE instance_id = $1 AND resolved_at IS NULL", "id")}
AS open_incidents,
{_listed(CalledProcess, "instance WHERE root_id = $1 AND number > 1", "number DESC")} AS called,
(SELECT row_to_json(x) FROM (SELECT {", ".join(InstanceSummary.model_fields)} FROM instance
    WHERE root_id = $1 AND number = $2) x) AS asked
"""
_OF_ELEMENTS = ("tasks", "timers", "subscriptions", "jobs", "open_incidents")


@answers(ReadInstance)
async def read_instance(query: ReadInstance, reading: Reading) -> InstanceView:
    """Three or four statements, however long the case has run."""
    case = await readable_case(reading, query.instance_id)
    root = case.root
    definition = await definition_of(reading.connection, root.pins)
    stands = await standing(reading.connection, case, definition, SHOWN)
    record: Any = await reading.connection.fetchrow(_OPEN, root.id, case.number)
    found = {name: orjson.loads(value) for name, value in record.items()}
    if case.number != 1:
        found = _within(case, found, set(stands.numbers))
    reading.tag(root, is_all=False)
    return InstanceView(
        **found.pop("asked") | {"version": root.version},
        **found,
        root_id=root.id,
        pins=root.pins,
        elements=stands.elements,
        variables=stands.variables,
    )


def _within(case: Case, found: dict[str, Any], numbers: set[int]) -> dict[str, Any]:
    """What belongs to a called process: whatever hangs on an element that is open in it."""
    kept = {
        name: [each for each in found[name] if _number(each) in numbers] for name in _OF_ELEMENTS
    }
    called = [
        each
        for each in found["called"]
        if each["number"] in numbers and each["number"] != case.number
    ]
    return found | kept | {"called": called}


def _number(row: dict[str, Any]) -> int:
    return int(row.get("number", 0))
