"""What a random diagram has to do, known without an engine: a walk over its blocks.

There are no tokens here, no flows and no gateways: a block runs, then what follows it. `Place`
is an activity that has begun and not ended; killing one kills all that is inside.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from .blocks import (
    REPEATS,
    STOPS,
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
)

Then: TypeAlias = Callable[[], None]
Value: TypeAlias = "int | list[int | None] | None"
# What can happen from outside: (`do` or `event`, where, the element).
Point: TypeAlias = tuple[str, str, str]
Happens: TypeAlias = Callable[[int], None]


@dataclass(eq=False)
class Place:
    """An activity, or a process, that has begun.

    Attributes:
        path: Where it is, by the elements around it and how often each has been entered.
        variables: Those that live here.
        is_wall: Whether variables further out are out of sight.
        threads: What has to end before it is done.
        waits: What can happen to it: kind and element → what then.
        catches: The edges that catch what is thrown inside, by kind and id.
    """

    element: str
    path: str
    around: "Place | None"
    variables: dict[str, Value] = field(default_factory=dict)
    is_wall: bool = False
    threads: int = 1
    done: Then = lambda: None
    entered: Counter[str] = field(default_factory=Counter)
    inside: "dict[Place, None]" = field(default_factory=dict)
    waits: dict[tuple[str, str], Happens] = field(default_factory=dict)
    catches: dict[tuple[str, str], Then] = field(default_factory=dict)

    def seen(self) -> "list[Place]":
        """The places whose variables can be seen, innermost first."""
        found, place = [self], self
        while not place.is_wall and place.around is not None:
            place = place.around
            found.append(place)
        return found

    def read(self, name: str) -> Value:
        return next(p.variables[name] for p in self.seen() if name in p.variables)

    def write(self, name: str, value: Value) -> None:
        places = self.seen()
        holder = next((p for p in places if name in p.variables), places[-1])
        holder.variables[name] = value

    def end_thread(self) -> None:
        self.threads -= 1
        if not self.threads:
            self.done()


class Oracle:
    """One instance.

    Attributes:
        left: The elements that have been left since it was last emptied: (element, how).
        ended: "" while it runs, else `completed` or `terminated`.
        is_open: Whether a signal has made two branches write different values in one move: which
            of them comes last is nobody's promise, so nothing is known any more.
    """

    def __init__(self, diagram: Diagram) -> None:
        self.left: list[tuple[str, str]] = []
        self.ended = ""
        self.is_open = False
        self._ringing: dict[tuple[Place, str], Value] | None = None
        self.variables: dict[str, Value] = {}
        self.root = Place("main", "main", None, dict(diagram.variables), is_wall=True)
        self.root.done = lambda: self._end("completed")
        self.run(diagram.body, self.root, self.root.end_thread)

    def _end(self, how: str) -> None:
        self.ended, self.variables = how, self.root.variables

    # -- from outside

    def points(self) -> list[Point]:
        """What can happen now, sorted."""
        found: list[Point] = []
        places = [] if self.ended else [self.root]
        for place in places:
            found += [(kind, place.path, element) for kind, element in place.waits]
            places += place.inside
        return sorted(found)

    def happen(self, point: Point, number: int) -> None:
        self._place(point[1]).waits[point[0], point[2]](number)

    def _place(self, path: str) -> Place:
        places = [self.root]
        for place in places:
            if place.path == path:
                return place
            places += place.inside
        raise KeyError(path)

    def ring(self, element: str, number: int) -> None:
        """A signal, to all that wait for it: outer ones first, which may end inner ones."""
        self._ringing = {}
        heard = [p for p in self.points() if p[0] == "event" and p[2] == element]
        for point in sorted(heard, key=lambda p: p[1].count("/")):
            if point in self.points():
                self.happen(point, number)
        self._ringing = None

    def _give(self, place: Place, name: str, value: Value) -> None:
        """Write what one of several rounds may write, too."""
        if self._ringing is not None:
            before = self._ringing.setdefault((place.seen()[-1], name), value)
            self.is_open = self.is_open or before != value
        place.write(name, value)

    def catchers(self, point: Point) -> list[str]:
        """The errors that the work at this point may end with."""
        place: Place | None = self._place(point[1])
        found: list[str] = []
        while place is not None:
            found += [name for kind, name in place.catches if kind == "error"]
            place = place.around
        return found

    def throw(self, point: Point, catcher: str) -> None:
        self._throw(self._place(point[1]), ("error", catcher))

    # -- places

    def _open(self, element: str, around: Place) -> Place:
        around.entered[element] += 1
        path = f"{around.path}/{element}#{around.entered[element]}"
        place = Place(element, path, around)
        around.inside[place] = None
        return place

    def _close(self, place: Place, how: str) -> None:
        assert place.around is not None
        del place.around.inside[place]
        self.left.append((place.element, how))

    def _kill(self, place: Place) -> None:
        for each in list(place.inside):
            self._kill(each)
        self._close(place, "terminated")

    def _throw(self, place: Place | None, catcher: tuple[str, str]) -> None:
        while place is not None:
            if catcher in place.catches:
                place.catches[catcher]()
                return
            place = place.around

    # -- blocks

    def run(self, block: Block, scope: Place, then: Then) -> None:
        match block:
            case Seq():
                self._sequence(block.parts, scope, then)
            case Task() | Sub():
                self._activity(block, scope, then)
            case Par():
                self._all(block, scope, then)
            case Choice():
                self.run(block.ask, scope, lambda: self._choose(block, scope, then))
            case Race():
                self._race(block, scope, then)
            case Back():
                self._round(block, scope, then)
            case Stop():
                self.run(block.ask, scope, lambda: self._stop(block, scope, then))

    def _sequence(self, parts: tuple[Block, ...], scope: Place, then: Then) -> None:
        if not parts:
            then()
            return
        self.run(parts[0], scope, lambda: self._sequence(parts[1:], scope, then))

    def _join(self, count: int, needed: int, scope: Place, then: Then) -> Then:
        """What each of some branches does at its end."""
        ended = 0

        def end() -> None:
            nonlocal ended
            ended += 1
            if ended == needed:
                scope.threads += count - needed
                then()
            elif ended > needed:
                scope.end_thread()

        return end

    def _all(self, block: Par, scope: Place, then: Then) -> None:
        end = self._join(len(block.branches), block.needed, scope, then)
        for each in block.branches:
            self.run(each, scope, end)

    def _number(self, ask: Task, scope: Place) -> int:
        number = scope.read(f"x_{ask.id}")
        assert isinstance(number, int)
        return number

    def _choose(self, block: Choice, scope: Place, then: Then) -> None:
        number, branches = self._number(block.ask, scope), block.branches
        if block.kind == "exclusive":
            self.run(branches[number % len(branches)], scope, then)
            return
        *given, default = branches
        chosen = [each for bit, each in enumerate(given) if number // 2**bit % 2] or [default]
        end = self._join(len(chosen), len(chosen), scope, then)
        for each in chosen:
            self.run(each, scope, end)

    def _race(self, block: Race, scope: Place, then: Then) -> None:
        place = self._open(block.id, scope)

        def way(event: Task, branch: Block) -> Happens:
            def happens(number: int) -> None:
                self._close(place, "completed")
                self.left.append((event.id, "completed"))
                if event.kind != "timer":
                    scope.write(f"x_{event.id}", number)
                self.run(branch, scope, then)

            return happens

        for event, branch in block.ways:
            place.waits["event", event.id] = way(event, branch)

    def _round(self, block: Back, scope: Place, then: Then) -> None:
        def decide() -> None:
            again = self._number(block.ask, scope) % REPEATS == 0
            self._round(block, scope, then) if again else then()

        self.run(block.body, scope, lambda: self.run(block.ask, scope, decide))

    def _stop(self, block: Stop, scope: Place, then: Then) -> None:
        if self._number(block.ask, scope) % STOPS:
            then()
        elif block.kind == "terminate":
            for each in list(scope.inside):
                self._kill(each)
            self.left.append((block.id, "completed"))
            if scope is self.root:
                self._end("terminated")
            else:
                scope.done()
        else:
            self._throw_from(self._open(block.id, scope), block, then)

    def _throw_from(self, place: Place, block: Stop, then: Then) -> None:
        self._throw(place, (block.kind, block.catcher))
        if block.kind == "escalation" and self._is_alive(place):
            self._close(place, "completed")
            then()

    def _is_alive(self, place: Place) -> bool:
        while place.around is not None:
            if place not in place.around.inside:
                return False
            place = place.around
        return True

    # -- activities

    def _activity(self, block: Task | Sub, scope: Place, then: Then) -> None:
        place = self._open(block.id, scope)
        for edge in block.edges:
            self._attach(edge, place, scope, then)
        match block.loop:
            case None:
                place.done = lambda: self._leave(block, place, then)
                self._begin(block, place)
            case Many():
                self._many(block, block.loop, place, then)
            case Again():
                self._again(block, block.loop, place, then)

    def _attach(self, edge: Edge, host: Place, scope: Place, then: Then) -> None:
        fires = 2 if edge.kind == "cycle" else 1

        def happens(number: int) -> None:
            nonlocal fires
            fires -= 1
            if edge.interrupts:
                self._kill(host)
            elif edge.kind in ("timer", "cycle") and not fires:
                del host.waits["event", edge.id]
            self.left.append((edge.id, "completed"))
            if edge.kind in ("message", "signal"):
                scope.write(f"x_{edge.id}", number)
            if edge.interrupts:
                self.run(edge.handler, scope, then)
            else:
                scope.threads += 1
                self.run(edge.handler, scope, scope.end_thread)

        if edge.kind in ("error", "escalation"):
            host.catches[edge.kind, edge.id] = lambda: happens(0)
        else:
            host.waits["event", edge.id] = happens

    def _begin(self, block: Task | Sub, place: Place) -> None:
        """The work of one round; `place.done` is called at its end."""
        if isinstance(block, Sub):
            self._begin_inside(block, place)
        elif block.kind in WORK:
            place.waits["do", block.id] = lambda number: self._work_done(block, place, number)
        elif block.kind in ("message", "signal", "timer"):
            place.waits["event", block.id] = lambda number: self._work_done(block, place, number)
        else:
            if block.kind == "script":
                before = place.read(block.counts)
                assert isinstance(before, int)
                place.write(block.counts, before + 1)
            place.done()

    def _work_done(self, block: Task, place: Place, number: int) -> None:
        if block.kind != "timer":
            place.write(f"x_{block.id}", number)
        place.done()

    def _begin_inside(self, block: Sub, place: Place) -> None:
        if block.local:
            place.variables[block.local] = 1
        within = place
        if block.kind != "embedded":
            given: dict[str, Value] = {}
            for each in reversed(place.seen() if block.kind == "open" else [place]):
                given |= each.variables
            within = self._open(f"q_{block.id}", place)
            within.variables, within.is_wall = given, True
            within.done = lambda: self._return(block, within, place)
        self.run(block.body, within, within.end_thread)

    def _return(self, block: Sub, process: Place, call: Place) -> None:
        self._close(process, "completed")
        if block.local:
            call.variables[block.local] = process.variables[block.local]
        else:
            for name, value in process.variables.items():
                call.write(name, value)
        call.done()

    def _leave(self, block: Task | Sub, place: Place, then: Then) -> None:
        self._give_out(block, place)
        self._close(place, "completed")
        then()

    def _give_out(self, block: Task | Sub, place: Place) -> None:
        assert place.around is not None
        if isinstance(block, Sub) and block.local:
            self._give(place.around, f"out_{block.id}", place.variables[block.local])

    # -- rounds

    def _again(self, block: Task | Sub, loop: Again, body: Place, then: Then) -> None:
        rounds = 0

        def test() -> None:
            number = body.read(f"x_{loop.ask}")
            assert isinstance(number, int)
            if rounds < loop.most and number % REPEATS == 0:
                begin()
            else:
                self._close(body, "completed")
                then()

        def begin() -> None:
            nonlocal rounds
            rounds += 1
            place = self._open(block.id, body)
            place.variables["loopCounter"] = rounds

            def end() -> None:
                self._give_out(block, place)
                self._close(place, "completed")
                test()

            place.done = end
            self._begin(block, place)

        test() if loop.tests_before else begin()

    def _many(self, block: Task | Sub, loop: Many, body: Place, then: Then) -> None:
        results: list[Value] = [None] * len(loop.items)
        completed = 0

        def begin(index: int) -> None:
            place = self._open(block.id, body)
            place.variables |= {"loopCounter": index + 1, f"item_{block.id}": loop.items[index]}
            place.done = lambda: end(index, place)
            self._begin(block, place)

        def end(index: int, place: Place) -> None:
            nonlocal completed
            self._give_out(block, place)
            results[index] = self._result(block, loop, index, place)
            completed += 1
            self._close(place, "completed")
            if completed in (loop.enough or len(loop.items), len(loop.items)):
                finish()
            elif loop.sequential:
                begin(completed)

        def finish() -> None:
            for each in list(body.inside):
                self._kill(each)
            assert body.around is not None
            if loop.collects:
                self._give(body.around, f"list_{block.id}", results)  # type: ignore[arg-type]
            self._close(body, "completed")
            then()

        if not loop.items:
            finish()
        for index in range(len(loop.items[:1] if loop.sequential else loop.items)):
            begin(index)

    def _result(self, block: Task | Sub, loop: Many, index: int, place: Place) -> Value:
        if isinstance(block, Task):
            return place.read(f"x_{block.id}")
        own = place.read(block.local) if block.local else 0
        assert isinstance(own, int)
        return own * 10 + loop.items[index]
