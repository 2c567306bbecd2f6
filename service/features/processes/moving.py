"""Moving an instance: the engine's effects carried out inside the transaction of one command.

The engine is pure and asks by its effects for what lies outside: a command of the house, a
decision. Each is answered within the same transaction, and the instance moves on with the
answer, until it waits for somebody. Then everything is written at once.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson

from service.core.command import Context
from service.core.engine import port
from service.core.engine.pages import Overlaid
from service.core.ids import new_id
from service.core.working_days import Calendar
from service.features.calendar.stored import stored_calendar
from service.features.decisions.evaluating import CityCalendar
from service.features.processes import rules
from service.features.processes.answering import answered
from service.features.processes.definition import Definition, definition_of
from service.features.processes.instance_started import announce_started
from service.features.processes.instance_tables import (
    Instance,
    InstancePage,
    InstanceState,
)
from service.features.processes.keeping import keep

_LOCKED = "SELECT * FROM instance WHERE id = $1 AND id = root_id FOR UPDATE"
_PAGE = "SELECT rows FROM instance_page WHERE instance_id = $1 AND page = $2"
_PAGES = "SELECT page, rows FROM instance_page WHERE instance_id = $1"
_ENDS = {
    "completed": InstanceState.COMPLETED,
    "terminated": InstanceState.TERMINATED,
    "cancelled": InstanceState.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new instance is about."""

    business_key: str | None = None
    title: str | None = None
    body_id: UUID | None = None
    #: Of the message that starts it; no other running case of the process may have it.
    correlation_key: str | None = None


@dataclass(slots=True)
class Moved:
    """An instance after a move, and everything that happened in it."""

    instance: Instance
    effects: list[port.Effect]


async def locked_instance(context: Context, instance_id: UUID) -> Instance | None:
    """A case, locked until the transaction ends; None where there is none."""
    record = await context.connection.fetchrow(_LOCKED, instance_id)
    return None if record is None else instance_of(record)


def instance_of(record: Any) -> Instance:
    """An instance from all columns of its row."""
    fields = {name: record[name] for name in Instance.model_fields}
    return Instance.read(fields | {"document": _decoded(fields["document"])})


async def begin(
    context: Context,
    definition: Definition,
    process: str,
    variables: port.Variables,
    about: Beginning,
    *,
    at: str = "",
    lineages: Mapping[UUID, list[UUID]] | None = None,
) -> Moved:
    """Start an instance and move it until it waits.

    Args:
        at: The start event that has happened; "" for the none start.
        lineages: Chains of superiors that the caller has read already, by body.

    Raises:
        InstanceMoved: The process cannot start there.
        Refusal: What an ordered command refuses and the diagram does not catch.
    """
    home = definition.folders[definition.homes[process]]
    number = new_id()
    instance = Instance(
        id=number,
        root_id=number,
        number=1,
        flow=home.flow,
        process=process,
        process_name=home.processes[process].name or process,
        release_id=home.id,
        release_number=home.number,
        pins=definition.pins,
        business_key=about.business_key,
        title=about.title,
        correlation_key=about.correlation_key or None,
        body_id=about.body_id,
        started_at=context.now,
        started_by=context.actor.id,
        started_by_name=context.actor.name,
    )
    calendar = await _calendar(context, definition)
    with _refusing():
        outcome = port.start(
            definition.compiled,
            process,
            variables,
            context.now,
            at=at,
            calendar=None if calendar is None else CityCalendar(calendar),
        )
    context.insert(instance)
    announce_started(context, instance)
    moving = _Moving(context, instance, definition, calendar, lineages)
    return await moving.finish(outcome)


async def move(
    context: Context,
    instance: Instance,
    given: port.Input,
    lineages: Mapping[UUID, list[UUID]] | None = None,
) -> Moved:
    """Give a locked instance an input and move it until it waits.

    The row of the task or job that the input ends is the caller's to write.

    Args:
        lineages: Chains of superiors that the caller has read already, by body.

    Raises:
        InstanceEnded, InstanceMoved: The input does not fit where the instance stands.
        Refusal: What an ordered command refuses and the diagram does not catch.
    """
    if instance.state is not InstanceState.RUNNING:
        raise rules.InstanceEnded(
            f"Expected a running case, but it is {instance.state}.", "该流程已经结束。"
        )
    definition = await definition_of(context.connection, instance.pins)
    calendar = await _calendar(context, definition)
    moving = _Moving(context, instance, definition, calendar, lineages)
    return await moving.finish(await moving.step(given), given)


async def _calendar(context: Context, definition: Definition) -> Calendar | None:
    """The office's calendar, where an expression of the diagrams may ask for it."""
    return await stored_calendar(context.connection) if definition.counts_days else None


@dataclass(slots=True)
class _Moving:
    """One move: the state as it changes, and the effects so far."""

    context: Context
    instance: Instance
    definition: Definition
    calendar: Calendar | None
    lineages: Mapping[UUID, list[UUID]] | None
    effects: list[port.Effect] = field(default_factory=list)
    #: Pages of the state: as stored (as far as they were read), and as changed by this move.
    _stored: dict[str, Any] = field(default_factory=dict)
    _changed: dict[str, Any] = field(default_factory=dict)
    _misses: int = 0

    async def finish(self, outcome: port.Outcome, given: port.Input | None = None) -> Moved:
        """Answer what the engine asks for until it asks for nothing, then write everything."""
        if given is not None:
            self.effects.append(given)  # type: ignore[arg-type]  # history tells of it too
        wanted = self._take(outcome)
        while wanted:
            asked = wanted.pop(0)
            phase = "command" if isinstance(asked, port.CommandWanted) else "decision"
            if not port.is_waiting(outcome, asked.instance, phase):
                continue  # what asked for it has been left meanwhile
            answer = await answered(
                self.context, self.definition, self.instance.id, self._whole(outcome), asked
            )
            outcome = await self.step(answer, outcome)
            self.effects.append(answer)  # type: ignore[arg-type]  # history tells of it too
            wanted += self._take(outcome)
        await self._write(outcome, getattr(given, "instance", 0))
        return Moved(self.context.changes.latest(self.instance), self.effects)

    def _take(self, outcome: port.Outcome) -> list[port.CommandWanted | port.DecisionWanted]:
        self._changed |= outcome.changed
        self.effects += outcome.effects
        return [
            each
            for each in outcome.effects
            if isinstance(each, port.CommandWanted | port.DecisionWanted)
        ]

    async def step(self, given: port.Input, after: port.Outcome | None = None) -> port.Outcome:
        """One input; pages of the state are read as the engine asks for them."""
        head = after.head if after is not None else self.instance.document["head"]
        known = set(() if self.instance.document is None else self.instance.document["pages"])
        while True:
            pages = _Pages(known, {**self._stored, **self._changed})
            try:
                with _refusing():
                    return port.resume(
                        self.definition.compiled,
                        head | {"pages": pages},
                        given,
                        self.context.now,
                        calendar=None if self.calendar is None else CityCalendar(self.calendar),
                    )
            except _PageMissing as missing:
                await self._read(missing.page)

    def _whole(self, outcome: port.Outcome) -> Any:
        return outcome.head | {"pages": Overlaid(outcome.stored, self._changed)}

    async def _read(self, page: str) -> None:
        """The page asked for; from the third on all of them at once."""
        self._misses += 1
        if self._misses < 3:
            rows = await self.context.connection.fetchval(_PAGE, self.instance.id, page)
            self._stored[page] = _decoded(rows)
            return
        for record in await self.context.connection.fetch(_PAGES, self.instance.id):
            self._stored[record["page"]] = _decoded(record["rows"])

    async def _write(self, outcome: port.Outcome, own: int) -> None:
        context, before = self.context, self.instance
        pages = set(() if before.document is None else before.document["pages"])
        for page, rows in self._changed.items():
            row = InstancePage(instance_id=before.id, page=page, rows=rows or None)
            if rows and page in pages:
                context.update(row.model_copy(update={"rows": None}), rows=rows)
            elif rows:
                context.insert(row)
            elif page in pages:
                context.remove(row)
            pages = pages | {page} if rows else pages - {page}
        ended = _ENDS.get(outcome.head["ended"])
        context.update(
            before,
            document={"head": outcome.head, "pages": sorted(pages)},
            incidents=len(outcome.head["incidents"]),
            is_unfinished=outcome.unfinished,
            state=ended or InstanceState.RUNNING,
            ended_at=context.now if ended else None,
        )
        after = context.changes.latest(before)
        lineages = dict(self.lineages or {})
        await keep(context, after, self.definition, self.effects, lineages, own, self.calendar)


class _PageMissing(Exception):
    """The engine asks for a page that is stored but was not read yet."""

    def __init__(self, page: str) -> None:
        super().__init__(page)
        self.page = page


class _Pages(Mapping[str, Any]):
    """The pages of a state, of which some are still in the database.

    Raises:
        _PageMissing: One that is still there is asked for.
    """

    def __init__(self, known: set[str], read: Mapping[str, Any]) -> None:
        self._known = known | read.keys()
        self._read = read

    def __getitem__(self, page: str) -> Any:
        if page in self._read:
            return self._read[page]
        if page in self._known:
            raise _PageMissing(page)
        raise KeyError(page)

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def _decoded(rows: str | None) -> Any:
    return None if rows is None else orjson.loads(rows)


@contextmanager
def _refusing() -> Iterator[None]:
    """What the engine refuses, as a refusal of ours."""
    try:
        yield
    except port.Refused as refused:
        raise rules.InstanceMoved(refused.message, refused.message_zh) from refused
