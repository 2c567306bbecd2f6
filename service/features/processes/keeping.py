"""What a move did, as rows: history of everything, and what can wake the instance again."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from service.core.command import Context
from service.core.engine import port
from service.core.engine.model import Process
from service.core.engine.timers import next_due
from service.core.feel.border import to_state, to_wire
from service.core.ids import new_id
from service.core.working_days import Calendar
from service.features.processes.deadlines import Declared, declared, place_of
from service.features.processes.definition import Definition
from service.features.processes.instance_tables import (
    CalledEnd,
    HistoryEntry,
    Incident,
    IncidentEnd,
    Instance,
    InstanceState,
    Job,
    JobEnd,
    JobState,
    Message,
    Subscription,
    SubscriptionGone,
    Timer,
    TimerGone,
)
from service.features.processes.signals import spread
from service.features.tasks.opening import OpenTasks

#: Fields that a history entry has as columns, or that are kept elsewhere.
_ELSEWHERE = frozenset({"instance", "element", "process", "wait", "incident", "headers"})
_UNTOLD: Mapping[type, frozenset[str]] = {
    port.JobOpened: frozenset({"variables"}),
    port.DecisionWanted: frozenset({"variables"}),
    port.Ended: frozenset({"variables"}),
}


async def keep(
    context: Context,
    instance: Instance,
    definition: Definition,
    effects: list[Any],
    lineages: dict[UUID, list[UUID]],
    own: int,
    calendar: Calendar | None = None,
) -> None:
    """Collect the rows of a move; they are written with the command's other changes.

    Args:
        instance: As it is after the move.
        effects: Everything that happened, what was given to the instance among it, in order.
        lineages: The chains of superiors already known, by body.
        own: The number of the task or job that the command itself ends.
        calendar: The office's calendar, where the move has read it already.
    """
    deadlines = await declared(context, instance.id, effects, calendar)
    tasks = OpenTasks(context, instance, definition, deadlines, own)
    keeping = _Keeping(context, instance, definition, tasks, deadlines, own)
    for nth, effect in enumerate(effects):
        keeping.note(nth, effect)
        handle = _HANDLERS.get(type(effect))
        if handle is not None:
            handle(keeping, effect)
    await tasks.keep(lineages)
    await spread(context, keeping.signals)


@dataclass(slots=True)
class _Keeping:
    context: Context
    instance: Instance
    definition: Definition
    tasks: OpenTasks
    deadlines: Declared
    own: int
    signals: list[Message] = field(default_factory=list)
    #: Called processes that began in this move, by number: they may end in it too.
    begun: dict[int, Instance] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        return self.instance.id

    def note(self, nth: int, effect: Any) -> None:
        """One row of history."""
        number: int = getattr(effect, "instance", 0) or getattr(effect, "wait", 0)
        self.context.insert(
            HistoryEntry(
                instance_id=self.id,
                version=self.instance.version,
                nth=nth,
                at=self.context.now,
                kind=_kind(type(effect)),
                element=getattr(effect, "element", ""),
                process=getattr(effect, "process", ""),
                number=number,
                data=_told(effect),
                command_id=self.context.command_id,
            )
        )

    # -- called processes

    def entered(self, effect: port.Entered) -> None:
        if effect.scope == 0 or not self._is_process(effect):
            return
        self.begun[effect.instance] = self.context.insert(
            self.instance.model_copy(
                update={
                    "id": new_id(),
                    "number": effect.instance,
                    "process": effect.process,
                    "process_name": self._process(effect.process).name or effect.process,
                    "flow": self.definition.homes[effect.process],
                    "document": None,
                    "pins": {},
                    "correlation_key": None,
                    "incidents": 0,
                    "is_unfinished": False,
                    "state": InstanceState.RUNNING,
                    "started_at": self.context.now,
                    "ended_at": None,
                    "version": 1,
                }
            )
        )

    def left(self, effect: port.Left) -> None:
        if effect.instance == 1 or not self._is_process(effect):
            return
        state = InstanceState.COMPLETED if effect.how == "completed" else InstanceState.TERMINATED
        begun = self.begun.get(effect.instance)
        row = begun or CalledEnd(root_id=self.id, number=effect.instance)
        self.context.update(row, state=state, ended_at=self.context.now)

    def _is_process(self, effect: port.Entered | port.Left) -> bool:
        spec = self.definition.compiled.processes.get(effect.process)
        return spec is not None and spec.element.id == effect.element

    def _process(self, id_: str) -> Process:
        process = self.definition.compiled.processes[id_].element
        assert isinstance(process, Process)
        return process

    # -- waits

    def timer_set(self, effect: port.TimerSet) -> None:
        due, deadline = effect.due, None
        if effect.deadline is not None:
            deadline = self.deadlines[place_of(effect)]
            due = deadline.due_at
        assert due or deadline, "a timer has an instant, or a deadline"
        self.timer_cleared(port.TimerCleared(effect.wait))
        self.context.insert(
            Timer(
                id=new_id(),
                instance_id=self.id,
                wait=effect.wait,
                number=effect.instance,
                element=effect.element,
                due_at=due,
                deadline=deadline.kept() if deadline else None,
            )
        )

    def timer_cleared(self, effect: port.TimerCleared) -> None:
        self.context.remove(TimerGone(instance_id=self.id, wait=effect.wait))

    def subscribed(self, effect: port.Subscribed) -> None:
        self.context.insert(
            Subscription(
                instance_id=self.id,
                wait=effect.wait,
                number=effect.instance,
                element=effect.element,
                kind=effect.kind,
                name=effect.name,
                correlation_key=effect.key,
            )
        )

    def unsubscribed(self, effect: port.Unsubscribed) -> None:
        self.context.remove(SubscriptionGone(instance_id=self.id, wait=effect.wait))

    # -- what leaves

    def message_sent(self, effect: port.MessageSent) -> None:
        until = self.context.now
        if effect.time_to_live:
            until = next_due(until, effect.time_to_live)
        message = self._sent("message", effect)
        about = {"correlation_key": effect.key, "message_id": effect.message_id or None}
        self.context.insert(message.model_copy(update=about | {"lives_until": until}))

    def signal_sent(self, effect: port.SignalSent) -> None:
        now = self.context.now
        signal = self._sent("signal", effect)
        self.signals.append(signal.model_copy(update={"tried_at": now, "delivered_at": now}))

    def _sent(self, kind: str, effect: port.MessageSent | port.SignalSent) -> Message:
        return Message(
            id=new_id(),
            kind=kind,
            name=effect.name,
            correlation_key="",
            message_id=None,
            variables={name: to_wire(value) for name, value in effect.variables.items()},
            sender_id=self.id,
            sent_at=self.context.now,
            lives_until=self.context.now,
        )

    def job_opened(self, effect: port.JobOpened) -> None:
        self.context.insert(
            Job(
                id=new_id(),
                instance_id=self.id,
                number=effect.instance,
                element=effect.element,
                process=effect.process,
                type=effect.type,
                headers=dict(effect.headers),
                variables=effect.variables,
                retries=effect.retries,
                due_at=self.context.now,
                opened_at=self.context.now,
            )
        )

    def job_closed(self, effect: port.JobClosed) -> None:
        if effect.instance != self.own:
            row = JobEnd(instance_id=self.id, number=effect.instance)
            self.context.update(row, state=JobState.GONE, ended_at=self.context.now)

    # -- incidents

    def incident_raised(self, effect: port.IncidentRaised) -> None:
        self.context.insert(
            Incident(
                id=new_id(),
                instance_id=self.id,
                incident=effect.incident,
                number=effect.instance,
                element=effect.element,
                code=effect.code,
                message=effect.message,
                message_zh=effect.message_zh,
                attempts=effect.attempts,
                raised_at=self.context.now,
            )
        )

    def incident_cleared(self, effect: port.IncidentCleared) -> None:
        row = IncidentEnd(instance_id=self.id, incident=effect.incident)
        self.context.update(row, resolved_at=self.context.now)


_HANDLERS: dict[type, Callable[[_Keeping, Any], None]] = {
    port.Entered: _Keeping.entered,
    port.Left: _Keeping.left,
    port.TaskOpened: lambda keeping, effect: keeping.tasks.open(effect),
    port.TaskClosed: lambda keeping, effect: keeping.tasks.close(effect),
    port.ChoiceOpened: lambda keeping, effect: keeping.tasks.choose(effect),
    port.ChoiceClosed: lambda keeping, effect: keeping.tasks.close(effect),
    port.TimerSet: _Keeping.timer_set,
    port.TimerCleared: _Keeping.timer_cleared,
    port.Subscribed: _Keeping.subscribed,
    port.Unsubscribed: _Keeping.unsubscribed,
    port.MessageSent: _Keeping.message_sent,
    port.SignalSent: _Keeping.signal_sent,
    port.JobOpened: _Keeping.job_opened,
    port.JobClosed: _Keeping.job_closed,
    port.IncidentRaised: _Keeping.incident_raised,
    port.IncidentCleared: _Keeping.incident_cleared,
}


def _kind(kind: type) -> str:
    """`TaskOpened` → `task_opened`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def _told(effect: Any) -> dict[str, Any] | None:
    """What a history entry says beyond its columns; variables as the state encodes them."""
    if isinstance(effect, port.VariableChanged):
        return {
            "scope": effect.scope,
            "name": effect.name,
            "value": effect.value,
            "old": effect.old,
        }
    left_out = _ELSEWHERE | _UNTOLD.get(type(effect), frozenset())
    told = {
        each.name: _plain(getattr(effect, each.name))
        for each in fields(effect)
        if each.name not in left_out
    }
    return {name: value for name, value in told.items() if value not in (None, "", [], {})} or None


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case tuple():
            return [_plain(each) for each in value]
        case None | int() | str():
            return value
        case _:
            return to_state(value)
