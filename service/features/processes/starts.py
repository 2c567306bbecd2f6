"""What starts cases without a person: the events at which processes in force begin."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from service.core.command import Context
from service.core.engine import port
from service.core.engine.model import (
    EventDefinition,
    MessageEvent,
    SignalEvent,
    StartEvent,
    TimerEvent,
)
from service.core.engine.spiff.compile import Compiled
from service.core.engine.spiff.evaluate import Fault
from service.core.engine.timers import Schedule, schedule
from service.core.feel import Run
from service.core.ids import new_id
from service.core.store.rows import Row
from service.features.decisions.evaluating import run_for
from service.features.processes import rules
from service.features.processes.definition import pinned
from service.features.processes.event_tables import EventStart
from service.features.processes.folders import Folder, folders_of
from service.features.processes.moving import Beginning, Moved, begin
from service.features.processes.orderable import orderable

_OF_RELEASE = "SELECT * FROM event_start WHERE release_id = $1"
#: As long as a person may make the title of a case.
_TITLE_MAX = 120
_Place = tuple[str, str, int, str]


class _StartsGone(Row):
    """All start events of a release that is no longer in force."""

    table: ClassVar[str] = "event_start"
    key: ClassVar[tuple[str, ...]] = ("release_id",)
    is_audited: ClassVar[bool] = False

    release_id: UUID


async def take_starts(context: Context, release_id: UUID) -> list[EventStart]:
    """Remove the start events of a release that another one follows; what they were."""
    records = await context.connection.fetch(_OF_RELEASE, release_id)
    context.remove(_StartsGone(release_id=release_id))
    return [EventStart.read(record) for record in records]


async def put_starts(context: Context, release_id: UUID, before: list[EventStart]) -> None:
    """Keep the start events of a release that comes into force.

    A timer that the release before had, at the same place and with the same text, counts on.

    Args:
        before: The start events of the release that it follows; they are removed already.

    Raises:
        ReleaseFaulty: The name or time of an event cannot be told before a case begins.
    """
    (folder,) = await folders_of(context.connection, [release_id])
    known = {_place(each): each for each in before}
    run = await run_for(context.connection, context.now, counts_days=folder.counts_days)
    for start in _starts(folder, run, context.now):
        old = known.get(_place(start)) if start.kind == "timer" else None
        if old is not None:
            kept = {"due_at": old.due_at, "left_over": old.left_over}
            start = start.model_copy(update=kept)
        context.insert(start)


async def begin_at(
    context: Context, start: EventStart, variables: port.Variables, key: str | None = None
) -> Moved:
    """Begin a case of a process in force, since its start event has happened.

    Variables `body_id` and `title` of a message say whose matter the case is, and its name.

    Args:
        key: The correlation key that no other running case of the process may have.

    Raises:
        CaseRuns: Another one has it.
        Refusal: What an ordered command refuses and the diagram does not catch.
    """
    definition = await pinned(context.connection, start.release_id, start.process)
    lineage = await _lineage_of(context, variables.get("body_id"))
    about = Beginning(key, _title_of(variables), next(iter(lineage), None), correlation_key=key)
    known = {lineage[0]: lineage} if lineage else {}
    return await begin(
        context, definition, start.process, variables, about, at=start.element, lineages=known
    )


async def _lineage_of(context: Context, told: Any) -> list[UUID]:
    """The body that a message names, followed by those above it; nothing where it names none."""
    try:
        body_id = UUID(told)
    except (AttributeError, TypeError, ValueError):
        return []
    found = await context.connection.fetchval("SELECT lineage FROM body WHERE id = $1", body_id)
    return list(found or ())


def _title_of(variables: port.Variables) -> str | None:
    title = variables.get("title")
    return title[:_TITLE_MAX] if isinstance(title, str) and title else None


def _place(start: EventStart) -> _Place:
    return start.process, start.element, start.part, start.name


def _starts(folder: Folder, run: Run, now: datetime) -> Iterator[EventStart]:
    compiled = port.compile(folder.diagrams, orderable())
    for process in folder.processes.values():
        for node in process.body.nodes:
            for part, given in enumerate(node.definitions if isinstance(node, StartEvent) else ()):
                try:
                    told = _told(compiled, compiled.definition(given), run, now)
                except (Fault, OverflowError) as fault:
                    raise _unknowable(process.id, node.id, fault) from fault
                if told is not None:
                    yield EventStart(
                        id=new_id(),
                        release_id=folder.id,
                        process=process.id,
                        element=node.id,
                        part=part,
                        **told,
                    )


def _told(
    compiled: Compiled, event: EventDefinition, run: Run, now: datetime
) -> dict[str, Any] | None:
    """The kind, name and time of a start event, as its row has them."""
    if isinstance(event, MessageEvent | SignalEvent):
        is_message = isinstance(event, MessageEvent)
        meant = event.message if isinstance(event, MessageEvent) else event.signal
        title = getattr(compiled.shared.get(meant), "title", None)
        name = compiled.expressions.text(title, {}, run, default=meant)
        return {"kind": "message" if is_message else "signal", "name": name}
    if not isinstance(event, TimerEvent) or event.value is None:
        return None
    value = compiled.expressions.value(event.value, {}, run)
    plan: Schedule | None = schedule(event.kind, value, now)
    if plan is None:
        raise Fault("timer", "its time is not ISO 8601", "时间不符合 ISO 8601")
    times = {"due_at": plan.due, "left_over": plan.left, "every": plan.every}
    return {"kind": "timer", "name": event.value.text, **times}


def _unknowable(process: str, element: str, fault: Exception) -> rules.ReleaseFaulty:
    return rules.ReleaseFaulty(
        f"Expected the start event {element} of {process} to be known before a case begins, "
        f"but {fault}.",
        f"流程{process}的开始事件{element}应当在启动前即可确定，但无法确定。",
        findings=[{"process": process, "element": element, "message": str(fault)}],
    )
