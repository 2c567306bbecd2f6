"""What a process instance consists of, and its rows: fields in order instead of keys."""

from dataclasses import MISSING, dataclass, field, fields
from typing import Any, TypeAlias

Json: TypeAlias = Any


@dataclass(slots=True)
class Rounds:
    """The counters of a loop or a multi-instance activity; no list of what has passed.

    Attributes:
        total: How many rounds there are; 0 where only a condition ends them.
        started, active, completed, ended: Rounds so far: begun, running, completed, terminated.
        items: What is still to be handed out of the input collection, the next one last.
        collects: Whether an output collection is wanted; the results lie in pages of the state.
        votes: Of a countersigned task: entitled, agree, oppose, abstain; the weights of all and
            of each, by their digits.
    """

    total: int = 0
    started: int = 0
    active: int = 0
    completed: int = 0
    ended: int = 0
    items: list[Json] | None = None
    collects: bool = False
    votes: list[Json] | None = None


@dataclass(slots=True)
class Compensable:
    """A completed activity that can still be undone: the only part of the past that is kept.

    Attributes:
        node: The completed activity.
        variables: What its scope held, where it was a container.
        inner: The completed activities inside it, oldest first.
    """

    node: str
    variables: dict[str, Json] = field(default_factory=dict)
    inner: list["Compensable"] = field(default_factory=list)


@dataclass(slots=True)
class ElementInstance:
    """An element that has been entered and not yet been left; at the same time its scope.

    Attributes:
        id: Number within the process instance, never used twice.
        node: The element's id in the diagram.
        parent: The element instance that contains it; 0 for the process itself.
        phase: `entered`, `active` (inside, or waiting for an event), `leaving`, `interrupted` (by
            an event sub-process), `undoing`, `aside` (undoing, its token has gone on); or what it
            waits for: `task`, `choice`, `job`, `command`, `decision`.
        variables: Local variables, encoded.
        tokens: How many tokens live inside; a container without one is complete.
        arrived: Tokens waiting before a join: element → sequence flow → how many.
        round: Which round of the parent's loop this is, from 1; 0 outside of loops.
        rounds: The counters, where this is the body of a loop or a multi-instance activity.
        done: Completed activities inside that can be compensated, oldest first.
        undo: What this instance still has to compensate, the next one last.
        undoes: The element instance that waits for this handler; 0 where none does.
        resets: Complex joins that have fired: element → flows that are still awaited.
        seen: Parts of a parallel multiple event that have happened.
    """

    id: int
    node: str
    parent: int
    phase: str = "entered"
    variables: dict[str, Json] = field(default_factory=dict)
    tokens: int = 0
    arrived: dict[str, dict[str, int]] = field(default_factory=dict)
    round: int = 0
    rounds: Rounds | None = None
    done: list[Compensable] = field(default_factory=list)
    undo: list[Compensable] = field(default_factory=list)
    undoes: int = 0
    resets: dict[str, list[str]] = field(default_factory=dict)
    seen: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Wait:
    """Something that can wake an element instance.

    Attributes:
        id: Number within the process instance.
        owner: The element instance whose end ends the wait.
        node: The event: a catch, a boundary event, or the start of an event sub-process.
        part: Which of the event's definitions, from 0.
        kind: `timer`, `message`, `signal` or `condition`.
        name: Message or signal name.
        key: Correlation key as text, where a message has one.
        due: Instant of a timer, ISO 8601 in UTC.
        left: How often a cycle fires after the next time; -1 without end.
        every: A cycle's period as ISO 8601, where there is one.
        held: Whether a condition was true when it was last looked at.
    """

    id: int
    owner: int
    node: str
    part: int
    kind: str
    name: str = ""
    key: str = ""
    due: str = ""
    left: int = 0
    every: str = ""
    held: bool = False


@dataclass(slots=True)
class Incident:
    """A step that could not be made, kept as it was, to be tried again.

    Attributes:
        id: Number within the process instance.
        scope: The element instance it happened in.
        step: The step, as it stood on the agenda; empty where nothing can be tried again.
        code: Rule id such as `no_flow_taken`, `expression`, `uncaught_error`, `stuck`.
        message, message_zh: What happened.
        attempts: How often the step has failed.
    """

    id: int
    scope: int
    step: list[Json]
    code: str
    message: str
    message_zh: str
    attempts: int = 1


_DEFAULTS: dict[type, list[Any]] = {
    kind: [
        f.default_factory() if f.default_factory is not MISSING else f.default for f in fields(kind)
    ]
    for kind in (Rounds, Compensable, ElementInstance, Wait, Incident)
}
_NAMES = {kind: [f.name for f in fields(kind)] for kind in _DEFAULTS}


def row_of(record: Any) -> list[Json]:
    """The fields in their order, without the defaults at the end."""
    kind = type(record)
    defaults = _DEFAULTS[kind]
    values = [getattr(record, name) for name in _NAMES[kind]]
    while values and values[-1] == defaults[len(values) - 1]:
        values.pop()
    return [_plain(value) for value in values]


def _plain(value: Any) -> Json:
    if type(value) is Rounds or type(value) is Compensable:
        return row_of(value)
    if type(value) is list and value and type(value[0]) is Compensable:
        return [row_of(each) for each in value]
    return value


def instance_of(row: list[Json]) -> ElementInstance:
    """The element instance that `row_of` wrote; the row itself stays as it is stored."""
    instance = ElementInstance(*row)
    instance.variables = dict(instance.variables)
    instance.arrived = {join: dict(waiting) for join, waiting in instance.arrived.items()}
    instance.resets = {join: list(flows) for join, flows in instance.resets.items()}
    instance.seen = list(instance.seen)
    if instance.rounds is not None:
        instance.rounds = Rounds(*instance.rounds)  # type: ignore[misc]
        if instance.rounds.items is not None:
            instance.rounds.items = list(instance.rounds.items)
    instance.done = [_compensable(each) for each in instance.done]
    instance.undo = [_compensable(each) for each in instance.undo]
    return instance


def _compensable(row: Any) -> Compensable:
    entry = Compensable(*row)
    entry.variables = dict(entry.variables)
    entry.inner = [_compensable(each) for each in entry.inner]
    return entry
