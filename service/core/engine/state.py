"""Where a process instance stands: compact, versioned, made of JSON alone.

The state holds what is still open and nothing of what has passed, so its size depends on where
the instance stands, never on how long it has run. Loading it runs no code from data and needs
nothing else; variables stay in the encoding of `feel.border` until somebody reads them.

Rounds of a multi-instance activity that wait for somebody are parked in pages: they cost nothing
until their answer comes. All else is the head of the state, which each move reads and writes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .pages import SIZE, Pages, whole
from .records import (
    Compensable,
    ElementInstance,
    Incident,
    Json,
    Rounds,
    Wait,
    instance_of,
    row_of,
)

VERSION = 2
PARKED_PHASES = frozenset(("task", "job", "command", "decision"))


class UnknownVersion(ValueError):
    """A state of a form that this release does not read."""


@dataclass(slots=True)
class State:
    """One process instance.

    Attributes:
        process: Id of the process.
        digest: Hash of the compiled diagram it runs on; a state never meets another one.
        last_id: The highest number given out.
        ended: Empty while it runs, else `completed`, `terminated` or `cancelled`.
        instances: What has been entered and not left, by number; the process itself is 1.
            Rounds that are parked are not among them.
        waits: What can wake it.
        incidents: What could not be done.
        agenda: Steps not made yet, a heap of [depth, number, step].
        steps: Steps made since something came from outside: an endless loop is found by it.
        pages: Parked rounds, and what multi-instance activities have collected.
    """

    process: str
    digest: str
    last_id: int = 0
    ended: str = ""
    instances: dict[int, ElementInstance] = field(default_factory=dict)
    waits: dict[int, Wait] = field(default_factory=dict)
    incidents: dict[int, Incident] = field(default_factory=dict)
    agenda: list[list[Json]] = field(default_factory=list)
    steps: int = 0
    pages: Pages = field(default_factory=lambda: Pages({}))

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def path(self, number: int) -> Iterator[ElementInstance]:
        """The element instance and what contains it, innermost first."""
        while number:
            instance = self.instances[number]
            yield instance
            number = instance.parent


def dump(state: State) -> Json:
    """The whole state as JSON: rows instead of keys, defaults left out."""
    return head(state) | {"pages": whole(state.pages.stored, state.pages.changed)}


def head(state: State) -> Json:
    """The state as JSON without its pages; rounds that wait are parked there."""
    _park(state)
    return {
        "v": VERSION,
        "process": state.process,
        "digest": state.digest,
        "last": state.last_id,
        "ended": state.ended,
        "instances": [row_of(each) for each in state.instances.values()],
        "waits": [row_of(each) for each in state.waits.values()],
        "incidents": [row_of(each) for each in state.incidents.values()],
        "agenda": state.agenda,
        "steps": state.steps,
    }


def load(stored: Json) -> State:
    """The state that `dump` wrote, with the parked rounds among the instances.

    Raises:
        UnknownVersion: It is of another version, or of none.
    """
    state = opened(stored)
    unpark_all(state)
    return state


def opened(stored: Json) -> State:
    """The state that `dump` wrote, with what is parked left there.

    Raises:
        UnknownVersion: It is of another version, or of none.
    """
    version = stored.get("v") if isinstance(stored, dict) else None
    if version != VERSION:
        raise UnknownVersion(f"Expected a state of version {VERSION}, but got {version!r}.")
    instances = [instance_of(row) for row in stored["instances"]]
    waits = [Wait(*row) for row in stored["waits"]]
    incidents = [Incident(*row) for row in stored["incidents"]]
    return State(
        process=stored["process"],
        digest=stored["digest"],
        last_id=stored["last"],
        ended=stored["ended"],
        instances={each.id: each for each in instances},
        waits={each.id: each for each in waits},
        incidents={each.id: each for each in incidents},
        agenda=[list(each) for each in stored["agenda"]],
        steps=stored["steps"],
        pages=Pages(stored["pages"]),
    )


def holds(head: Json, pages: Mapping[str, Json], number: int, phase: str) -> bool:
    """Whether a stored state has this element instance, parked or not, in this phase."""
    rows = [*head["instances"], *(pages.get(_page(number)) or [])]
    return any(row[0] == number and instance_of(row).phase == phase for row in rows)


# -- parking


def _page(number: int) -> str:
    return f"parked {number // SIZE}"


def _park(state: State) -> None:
    """Put rounds aside that nothing but their own answer can wake."""
    busy = {each.owner for each in state.waits.values()}
    busy |= {each.scope for each in state.incidents.values()}
    pages: dict[str, list[Json]] = {}
    for each in list(state.instances.values()):
        if each.round and each.phase in PARKED_PHASES and each.id not in busy:
            pages.setdefault(_page(each.id), []).append(row_of(state.instances.pop(each.id)))
    for key, rows in pages.items():
        state.pages.put(key, sorted([*state.pages.get(key), *rows]))


def unpark(state: State, number: int) -> ElementInstance | None:
    """Take one parked round among the instances; None where it is not parked."""
    key = _page(number)
    rows = state.pages.get(key)
    row = next((each for each in rows if each[0] == number), None)
    if row is None:
        return None
    state.pages.put(key, [each for each in rows if each is not row])
    return _taken(state, row)


def unpark_all(state: State, parent: int = 0) -> list[ElementInstance]:
    """Take the parked rounds of one activity, or of all, among the instances, in their order."""
    found: list[Json] = []
    for key in list(state.pages.keys("parked ")):
        rows = state.pages.get(key)
        mine = [each for each in rows if parent in (0, each[2])]
        found += mine
        if mine:
            state.pages.put(key, [each for each in rows if each[2] != parent and parent])
    return [_taken(state, row) for row in sorted(found)]


def _taken(state: State, row: list[Json]) -> ElementInstance:
    instance = instance_of(row)
    # The row may still be read where it was stored.
    instance.variables = dict(instance.variables)
    state.instances[instance.id] = instance
    return instance


__all__ = [
    "VERSION",
    "Compensable",
    "ElementInstance",
    "Incident",
    "Json",
    "Rounds",
    "State",
    "UnknownVersion",
    "Wait",
    "dump",
    "head",
    "holds",
    "load",
    "opened",
    "unpark",
    "unpark_all",
]
