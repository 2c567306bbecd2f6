"""Diagrams drawn at random, always the same one for a number.

Two rules keep the result of a path independent of the order in which branches run within one
move: what two branches may write at the same time is only counted up, and whatever ends other
branches stands right behind work that somebody completes.
"""

import random
from dataclasses import dataclass, field, replace
from itertools import count

from .blocks import (
    EVENTS,
    PASSING,
    WORK,
    Again,
    Back,
    Block,
    Choice,
    Diagram,
    Edge,
    Many,
    Par,
    Race,
    Seq,
    Stop,
    Sub,
    Task,
    Watch,
    parts,
)

COUNTERS = ("c0", "c1", "c2")
DEEPEST = 4


@dataclass(frozen=True)
class Room:
    """What may stand at a place.

    Attributes:
        counters: The variables that a script may count up.
        is_alone: Whether no other branch runs at the same time.
        catchers: The edges around that catch: (id, kind).
        is_closed: Whether variables of the start are out of sight.
        may_lag: Whether late tokens of a complex join may stay behind: not where the same join
            can be reached a second time meanwhile.
    """

    depth: int = 0
    counters: tuple[str, ...] = COUNTERS
    is_alone: bool = True
    catchers: tuple[tuple[str, str], ...] = ()
    is_closed: bool = False
    may_lag: bool = True

    @property
    def deeper(self) -> "Room":
        return replace(self, depth=self.depth + 1)

    @property
    def beside(self) -> "Room":
        return replace(self.deeper, is_alone=False)


@dataclass
class Drawing:
    rng: random.Random
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    size: int = 0

    def id(self, letter: str) -> str:
        return f"{letter}{next(self.numbers)}"

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    # -- leaves

    def task(self, room: Room, kind: str = "", bare: bool = False) -> Task:
        self.size += 1
        rng = self.rng
        kind = kind or rng.choice(("user", "user", "job", *EVENTS, *PASSING))
        made = Task(self.id("t"), kind, counts=rng.choice(room.counters))
        if bare or kind in PASSING or kind in EVENTS:
            return made
        if self.chance(0.25):
            made = replace(made, edges=self.edges(room, own=True))
        if self.chance(0.2):
            made = replace(made, loop=self.loop(room, made.id))
        return made

    def ask(self, room: Room) -> Task:
        """Work whose number decides what follows."""
        return self.task(room, self.rng.choice(WORK), bare=True)

    def loop(self, room: Room, ask: str) -> Many | Again:
        rng = self.rng
        if self.chance(0.3):
            return Again(ask, not room.is_closed and self.chance(0.5), rng.randint(1, 3))
        items = tuple(rng.randint(0, 9) for _ in range(rng.choice((0, 1, 2, 2, 3, 3))))
        enough = rng.randint(1, len(items)) if items and self.chance(0.4) else 0
        return Many(self.chance(0.4), items, enough, self.chance(0.5))

    def edges(self, room: Room, own: bool) -> tuple[Edge, ...]:
        """Events on the edge of an activity; errors of a task only where it may throw them."""
        kinds = ["timer", "message", "signal", "cycle", "error"] + ["escalation"] * (not own)
        made = []
        for kind in self.rng.sample(kinds, self.rng.choice((1, 1, 2))):
            interrupts = kind == "error" or (kind != "cycle" and self.chance(0.6))
            handler = self.handler(room, interrupts)
            made.append(Edge(self.id("b"), kind, interrupts, handler))
        return tuple(made)

    def handler(self, room: Room, interrupts: bool) -> Block:
        if interrupts and room.depth < DEEPEST - 1:
            return self.seq(replace(room.deeper, may_lag=False), self.rng.choice((0, 1, 1)))
        beside = room.beside
        return Seq(tuple(self.task(beside, bare=True) for _ in range(self.rng.choice((0, 1, 2)))))

    # -- blocks

    def seq(self, room: Room, length: int) -> Seq:
        return Seq(tuple(self.block(room) for _ in range(length)))

    def block(self, room: Room) -> Block:
        if room.depth >= DEEPEST or self.size > 45 or self.chance(0.35):
            return self.task(room)
        makers = (self.par, self.choice, self.choice, self.race, self.back, self.sub, self.sub)
        return self.rng.choice((*makers, self.stop))(room)

    def branch(self, room: Room) -> Seq:
        return self.seq(room, self.rng.choice((1, 1, 2)))

    def par(self, room: Room) -> Par:
        branches = tuple(self.branch(room.beside) for _ in range(self.rng.choice((2, 2, 3))))
        needed = len(branches)
        if room.may_lag and self.chance(0.3):
            needed = self.rng.randint(1, needed - 1)
        return Par(self.id("g"), branches, needed)

    def choice(self, room: Room) -> Choice:
        kind = self.rng.choice(("exclusive", "inclusive", "complex"))
        inside = room.deeper if kind == "exclusive" else room.beside
        branches = [self.branch(inside) for _ in range(self.rng.choice((2, 2, 3)))]
        if self.chance(0.3):
            branches[self.rng.randrange(len(branches))] = Seq()
        return Choice(self.id("g"), kind, self.ask(room), tuple(branches))

    def race(self, room: Room) -> Race:
        kinds = self.rng.sample(EVENTS, self.rng.choice((2, 3)))
        ways = tuple(
            (self.task(room, kind, bare=True), self.seq(room.deeper, self.rng.choice((0, 1))))
            for kind in kinds
        )
        return Race(self.id("r"), ways)

    def back(self, room: Room) -> Back:
        body = self.branch(replace(room.deeper, may_lag=False))
        return Back(self.id("g"), body, self.ask(room))

    def stop(self, room: Room) -> Stop:
        choices = [("terminate", ""), ("escalation", "")] if room.depth else [("escalation", "")]
        choices += [(kind, name) for name, kind in room.catchers] * 3
        kind, catcher = self.rng.choice(choices)
        return Stop(self.id("z"), kind, self.ask(room), catcher)

    def sub(self, room: Room) -> Sub:
        name, rng = self.id("p"), self.rng
        loop = self.loop(room, "") if self.chance(0.4) and not room.is_closed else None
        is_alone = room.is_alone and not (isinstance(loop, Many) and not loop.sequential)
        kinds = ["embedded", "embedded", "closed"] + ["open"] * is_alone
        kind = "embedded" if isinstance(loop, Again) else rng.choice(kinds)
        local = f"own_{name}" if kind == "closed" or self.chance(0.4) else ""
        edges = self.edges(room, own=False) if self.chance(0.6) else ()
        inside = self.inside(room, kind, local, is_alone, edges)
        watches = self.watches(inside) if self.chance(0.35) else ()
        body = self.body(inside, watches)
        if isinstance(loop, Again):
            ask = self.ask(room)
            body, loop = replace(body, parts=(*body.parts, ask)), replace(loop, ask=ask.id)
        elif isinstance(loop, Many) and loop.enough:
            # A round that ends the others ends by what somebody does.
            body = replace(body, parts=(*body.parts, self.ask(room)))
        return Sub(name, kind, body, edges, loop, local, watches)

    def inside(
        self, room: Room, kind: str, local: str, is_alone: bool, edges: tuple[Edge, ...]
    ) -> Room:
        return replace(
            room.deeper,
            is_alone=is_alone,
            counters=(local,) if kind == "closed" else room.counters + (local,) * bool(local),
            catchers=(*room.catchers, *_caught(edges)),
            is_closed=room.is_closed or kind == "closed",
            may_lag=True,
        )

    def watches(self, room: Room) -> tuple[Watch, ...]:
        """Event sub-processes: an interrupting one has its scope for itself."""
        made = []
        kinds = ("timer", "message", "signal", "cycle", "error", "escalation")
        for kind in self.rng.sample(kinds, self.rng.choice((1, 1, 2))):
            interrupts = kind == "error" or (kind != "cycle" and self.chance(0.5))
            made.append(Watch(self.id("w"), kind, interrupts, self.handler(room, interrupts)))
        return tuple(made)

    def body(self, room: Room, watches: tuple[Watch, ...]) -> Seq:
        inside = replace(room, catchers=(*room.catchers, *_caught(watches)))
        body = self.seq(inside, self.rng.choice((1, 2, 2, 3)))
        if inside.catchers and self.chance(0.4):
            body = replace(body, parts=(*body.parts, self.stop(inside)))
        return body


def _caught(events: tuple[Edge, ...] | tuple[Watch, ...]) -> list[tuple[str, str]]:
    return [(each.id, each.kind) for each in events if each.kind in ("error", "escalation")]


def drawn(seed: int) -> Diagram:
    """The diagram of a number."""
    drawing = Drawing(random.Random(seed))
    body = drawing.seq(Room(), drawing.rng.choice((3, 4, 5)))
    loops = [getattr(each, "loop", None) for each in parts(body)]
    asks = {f"x_{each.ask}": 1 for each in loops if isinstance(each, Again)}
    return Diagram(seed, body, dict.fromkeys(COUNTERS, 0) | asks)
