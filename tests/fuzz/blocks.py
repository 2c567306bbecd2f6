"""What a random diagram is made of: blocks in blocks, each with one way in and one way out.

Numbers that decide come from the work before the gateway: whoever completes `t7` gives `x_t7`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import TypeAlias

# What waits for somebody, what waits for an event, and what passes by itself.
WORK = ("user", "job")
EVENTS = ("message", "signal", "timer")
PASSING = ("script", "plain", "throw")
REPEATS, STOPS = 3, 5


@dataclass(frozen=True)
class Edge:
    """A boundary event; what an interrupting one leads to meets the flow behind its activity.

    Attributes:
        kind: One of `EVENTS`, `cycle` (a timer that fires twice), `error` or `escalation`.
    """

    id: str
    kind: str
    interrupts: bool
    handler: "Block"


@dataclass(frozen=True)
class Watch:
    """An event sub-process.

    Attributes:
        id: The id of its start event; its own begins with `v`.
        kind: As of an edge.
    """

    id: str
    kind: str
    interrupts: bool
    body: "Block"

    @property
    def around(self) -> str:
        return f"v{self.id}"


@dataclass(frozen=True)
class Many:
    """Multi-instance.

    Attributes:
        items: The input collection.
        enough: How many completed rounds end it; 0 for all.
        collects: Whether the rounds' results become a list, in the variable `list_<id>`.
    """

    sequential: bool
    items: tuple[int, ...]
    enough: int
    collects: bool


@dataclass(frozen=True)
class Again:
    """A standard loop: again while the number of `ask` is a multiple of `REPEATS`."""

    ask: str
    tests_before: bool
    most: int


@dataclass(frozen=True)
class Task:
    """A task or an intermediate event.

    Attributes:
        counts: The variable that a script adds one to.
    """

    id: str
    kind: str
    edges: tuple[Edge, ...] = ()
    loop: Many | Again | None = None
    counts: str = ""


@dataclass(frozen=True)
class Seq:
    parts: "tuple[Block, ...]" = ()


@dataclass(frozen=True)
class Par:
    """All branches; the join waits for `needed` of them and swallows the others."""

    id: str
    branches: "tuple[Block, ...]"
    needed: int


@dataclass(frozen=True)
class Choice:
    """Exclusive: the branch of that number, by its remainder. Inclusive and complex: the
    branches whose bit is set, the last one where none is."""

    id: str
    kind: str
    ask: Task
    branches: "tuple[Block, ...]"


@dataclass(frozen=True)
class Race:
    """An event-based gateway."""

    id: str
    ways: "tuple[tuple[Task, Block], ...]"


@dataclass(frozen=True)
class Back:
    """A flow back while the number is a multiple of `REPEATS`."""

    id: str
    body: "Block"
    ask: Task


@dataclass(frozen=True)
class Stop:
    """Ends, or escalates, where the number is a multiple of `STOPS`.

    Attributes:
        kind: `terminate`, `error` or `escalation`.
        catcher: The edge that catches it; "" for none.
    """

    id: str
    kind: str
    ask: Task
    catcher: str = ""


@dataclass(frozen=True)
class Sub:
    """A sub-process, or the call of a process.

    Attributes:
        kind: `embedded`; `open`, a call that all variables cross; `closed`, one that only
            `local` crosses, in and out.
        local: The variable of its own, "" for none: begins as 1 and goes out as `out_<id>`.
    """

    id: str
    kind: str
    body: "Block"
    edges: tuple[Edge, ...] = ()
    loop: Many | Again | None = None
    local: str = ""
    watches: tuple[Watch, ...] = ()


Block: TypeAlias = Task | Seq | Par | Choice | Race | Back | Stop | Sub


@dataclass(frozen=True)
class Diagram:
    """Attributes:
    variables: What it starts with.
    """

    seed: int
    body: Block
    variables: dict[str, int] = field(default_factory=dict)


def parts(given: object) -> Iterator[object]:
    """A block with all that is in it."""
    yield given
    if isinstance(given, tuple):
        for each in given:
            yield from parts(each)
    elif isinstance(given, Task | Seq | Par | Choice | Race | Back | Stop | Sub | Edge | Watch):
        for each in fields(given):
            if each.type not in ("str", "int", "bool"):
                yield from parts(getattr(given, each.name))
