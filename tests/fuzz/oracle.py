"""What a random diagram has to do, known without an engine: a walk over its blocks.

There are no tokens here, no flows and no gateways: a block runs, then what follows it. `Place`
is an activity that has begun and not ended; killing one kills all that is inside.
"""

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
    Watch,
)
from .places import Happens, Place, Then, Value
from .rounds import AgainRounds, ManyRounds
from .standing import Standing


class Oracle(Standing):
    """One instance, begun."""

    def __init__(self, diagram: Diagram) -> None:
        super().__init__(Place("main", "main", None, dict(diagram.variables), is_wall=True))
        self.root.done = lambda: self.end("completed")
        self.run(diagram.body, self.root, self.root.end_thread)

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
        place = self.open(block.id, scope)

        def way(event: Task, branch: Block) -> Happens:
            def happens(number: int) -> None:
                self.close(place, "completed")
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
                self.kill(each)
            self.left.append((block.id, "completed"))
            if scope is self.root:
                self.end("terminated")
            else:
                scope.done()
        else:
            self._throw_from(self.open(block.id, scope), block, then)

    def _throw_from(self, place: Place, block: Stop, then: Then) -> None:
        self.hand_out(place, (block.kind, block.catcher))
        if block.kind == "escalation" and self._is_alive(place):
            self.close(place, "completed")
            then()

    def _is_alive(self, place: Place) -> bool:
        while place.around is not None:
            if place not in place.around.inside:
                return False
            place = place.around
        return True

    # -- activities

    def _activity(self, block: Task | Sub, scope: Place, then: Then) -> None:
        place = self.open(block.id, scope)
        for edge in block.edges:
            self._attach(edge, place, scope, then)
        match block.loop:
            case None:
                place.done = lambda: self._leave(block, place, then)
                self.begin(block, place)
            case Many():
                ManyRounds(self, block, block.loop, place, then)
            case Again():
                AgainRounds(self, block, block.loop, place, then)

    def _attach(self, edge: Edge, host: Place, scope: Place, then: Then) -> None:
        fires = 2 if edge.kind == "cycle" else 1

        def happens(number: int) -> None:
            nonlocal fires
            fires -= 1
            if edge.interrupts:
                self.kill(host)
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

    def begin(self, block: Task | Sub, place: Place) -> None:
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
            within = self.open(f"q_{block.id}", place)
            within.variables, within.is_wall = given, True
            within.done = lambda: self._return(block, within, place)
        for watch in block.watches:
            self._watch(watch, within)
        self.run(block.body, within, within.end_thread)

    def _watch(self, watch: Watch, scope: Place) -> None:
        fires = 2 if watch.kind == "cycle" else 1

        def happens(number: int) -> None:
            nonlocal fires
            fires -= 1
            if watch.interrupts:
                self.interrupt(scope)
            elif watch.kind in ("timer", "cycle") and not fires:
                del scope.waits["event", watch.id]
            scope.threads += 1
            place = self.open(watch.around, scope)
            self.left.append((watch.id, "completed"))
            if watch.kind in ("message", "signal"):
                place.variables[f"x_{watch.id}"] = number
            place.done = lambda: self._watched(place, scope)
            self.run(watch.body, place, place.end_thread)

        if watch.kind in ("error", "escalation"):
            scope.catches[watch.kind, watch.id] = lambda: happens(0)
        else:
            scope.waits["event", watch.id] = happens

    def _watched(self, place: Place, scope: Place) -> None:
        self.close(place, "completed")
        scope.end_thread()

    def _return(self, block: Sub, process: Place, call: Place) -> None:
        self.close(process, "completed")
        if block.local:
            call.variables[block.local] = process.variables[block.local]
        else:
            for name, value in process.variables.items():
                call.write(name, value)
        call.done()

    def _leave(self, block: Task | Sub, place: Place, then: Then) -> None:
        self.give_out(block, place)
        self.close(place, "completed")
        then()

    def give_out(self, block: Task | Sub, place: Place) -> None:
        assert place.around is not None
        if isinstance(block, Sub) and block.local:
            self.give(place.around, f"out_{block.id}", place.variables[block.local])
