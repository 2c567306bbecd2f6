"""One move of one instance: what every step works with."""

import heapq
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from service.core import feel
from service.core.feel.border import to_state
from service.core.feel.temporal import DateTime
from service.core.feel.values import Value

from ..extensions import Text
from ..pages import take_results
from ..port import (
    ChoiceClosed,
    Effect,
    Entered,
    IncidentCleared,
    JobClosed,
    Json,
    Left,
    Subscribed,
    TaskClosed,
    TimerCleared,
    TimerSet,
    Unsubscribed,
    VariableChanged,
)
from ..scopes import Scopes, View
from ..state import ElementInstance, State, Wait, unpark, unpark_all
from .compile import Compiled
from .specs import ElementSpec

Step = list[Json]

# Steps of a scope's own tokens: they vanish when the scope is interrupted.
TOKEN_STEPS = frozenset(("arrive", "split", "leave"))
# An event that compensates beside the flow: its token has gone on.
ASIDE = "aside"
WAITING_PHASES = frozenset(("task", "choice", "job", "command", "decision"))
CLOSED: dict[str, Callable[[int, str], Effect]] = {
    "task": TaskClosed,
    "choice": ChoiceClosed,
    "job": JobClosed,
}


class Move:
    """The state being moved, the effects so far, and the basic changes of both."""

    def __init__(
        self,
        compiled: Compiled,
        state: State,
        now: datetime,
        calendar: feel.WorkingCalendar | None = None,
    ) -> None:
        self.compiled = compiled
        self.state = state
        self.now = now
        self.effects: list[Effect] = []
        self.scopes = Scopes(state, compiled.walls)
        self.attempts = 0
        self._children: dict[int, dict[int, None]] = {}
        self._waits: dict[int, dict[int, None]] = {}
        for instance in state.instances.values():
            self._children.setdefault(instance.parent, {})[instance.id] = None
        for wait in state.waits.values():
            self._waits.setdefault(wait.owner, {})[wait.id] = None
        moment = DateTime.from_datetime(now)
        self._clock = lambda: moment
        self._calendar = calendar

    # -- looking

    def spec(self, instance: ElementInstance) -> ElementSpec:
        return self.compiled.specs[instance.node]

    def find(self, number: int) -> ElementInstance | None:
        """An element instance, parked or not; None where there is none (any more)."""
        found = self.state.instances.get(number)
        if found is None:
            found = unpark(self.state, number)
            if found is not None:
                self._children.setdefault(found.parent, {})[number] = None
        return found

    def children(self, number: int) -> list[ElementInstance]:
        parent = self.state.instances.get(number)
        if parent is not None and parent.rounds is not None:
            for each in unpark_all(self.state, number):
                self._children.setdefault(number, {})[each.id] = None
        # In their order, whichever of them have been parked meanwhile.
        return [self.state.instances[each] for each in sorted(self._children.get(number, ()))]

    def waits_of(self, number: int) -> list[Wait]:
        return [self.state.waits[each] for each in self._waits.get(number, ())]

    def depth(self, number: int) -> int:
        return sum(1 for _ in self.state.path(number))

    # -- evaluating

    def run(self, *, strict: bool = True) -> feel.Run:
        return feel.Run(self._clock, self._calendar, strict=strict)

    def view(self, number: int, extra: Mapping[str, Value] | None = None) -> View:
        return self.scopes.view(number, extra)

    def value(self, text: Text, number: int, extra: Mapping[str, Value] | None = None) -> Value:
        return self.compiled.expressions.value(text, self.view(number, extra), self.run())

    def text(self, text: Text | None, number: int, default: str = "") -> str:
        return self.compiled.expressions.text(text, self.view(number), self.run(), default)

    def holds(self, text: Text, number: int, extra: Mapping[str, Value] | None = None) -> bool:
        return self.compiled.expressions.holds(text, self.view(number, extra), self.run())

    # -- the agenda

    def push(self, *step: Json, sooner: int = 0) -> None:
        """Put a step on the agenda: outer scopes come first, and in one scope the older step."""
        depth = self.depth(step[1]) - sooner
        heapq.heappush(self.state.agenda, [depth, self.state.next_id(), list(step)])

    def pop(self) -> Step:
        step: Step = heapq.heappop(self.state.agenda)[2]
        return step

    def drop_tokens(self, scope: ElementInstance) -> None:
        """Forget the tokens of a scope that are under way or before a join."""
        state = self.state

        def stays(step: Step) -> bool:
            return not step or step[0] not in TOKEN_STEPS or step[1] != scope.id

        state.agenda = [each for each in state.agenda if stays(each[2])]
        heapq.heapify(state.agenda)
        for incident in list(state.incidents.values()):
            if not stays(incident.step):
                self.clear_incident(incident.id)
        scope.arrived = {}
        scope.resets = {}

    def clear_incident(self, number: int) -> None:
        del self.state.incidents[number]
        self.effects.append(IncidentCleared(number))

    # -- element instances

    def open(self, spec: ElementSpec, parent: int, **given: Any) -> ElementInstance:
        instance = ElementInstance(self.state.next_id(), spec.key, parent, **given)
        self.state.instances[instance.id] = instance
        self._children.setdefault(parent, {})[instance.id] = None
        self.note_entered(spec, instance.id, parent)
        return instance

    def close(self, instance: ElementInstance, how: str) -> None:
        """Remove an element instance that has nothing inside any more."""
        spec = self.spec(instance)
        self.clear_waits(instance.id)
        for incident in [i for i in self.state.incidents.values() if i.scope == instance.id]:
            self.clear_incident(incident.id)
        closed = CLOSED.get(instance.phase)
        if closed is not None:
            self.effects.append(closed(instance.id, how))
        if instance.rounds is not None and instance.rounds.collects:
            take_results(self.state.pages, instance.id, instance.rounds.total)
        del self.state.instances[instance.id]
        self._children.get(instance.parent, {}).pop(instance.id, None)
        self._children.pop(instance.id, None)
        self.effects.append(Left(instance.id, spec.element.id, spec.process, how))

    def terminate(self, instance: ElementInstance) -> None:
        """Remove an element instance with all that is inside, innermost first."""
        found = [instance]
        for each in found:
            found += self.children(each.id)
        for each in reversed(found):
            self.close(each, "terminated")

    def terminate_inside(self, scope: ElementInstance, but: int = 0) -> None:
        self.drop_tokens(scope)
        for child in self.children(scope.id):
            if child.id != but:
                self.terminate(child)

    def note_entered(self, spec: ElementSpec, number: int, parent: int) -> None:
        self.effects.append(Entered(number, spec.element.id, spec.process, parent))

    def note_passed(self, spec: ElementSpec, parent: int) -> None:
        """An element that is left as soon as it is entered, such as a gateway."""
        number = self.state.next_id()
        self.note_entered(spec, number, parent)
        self.effects.append(Left(number, spec.element.id, spec.process, "completed"))

    # -- waits

    def set_wait(self, wait: Wait, due: datetime | None = None) -> None:
        """Start to wait; the wait's number is given here."""
        wait.id = self.state.next_id()
        self.state.waits[wait.id] = wait
        self._waits.setdefault(wait.owner, {})[wait.id] = None
        element = self.compiled.specs[wait.node].element.id
        if wait.kind == "timer":
            deadline = (wait.left, wait.name, wait.key) if wait.every == "deadline" else None
            self.effects.append(TimerSet(wait.id, wait.owner, element, due, deadline))
        elif wait.kind != "condition":
            self.effects.append(
                Subscribed(wait.id, wait.owner, element, wait.kind, wait.name, wait.key)
            )

    def clear_wait(self, wait: Wait) -> None:
        del self.state.waits[wait.id]
        self._waits[wait.owner].pop(wait.id, None)
        if wait.kind == "timer":
            self.effects.append(TimerCleared(wait.id))
        elif wait.kind != "condition":
            self.effects.append(Unsubscribed(wait.id))

    def clear_waits(self, owner: int, nodes: Iterable[str] | None = None) -> None:
        chosen = None if nodes is None else set(nodes)
        for wait in self.waits_of(owner):
            if chosen is None or wait.node in chosen:
                self.clear_wait(wait)
        if not self._waits.get(owner):
            self._waits.pop(owner, None)

    # -- variables

    def note_variables(self) -> list[str]:
        """Tell of the variables changed since the last call; their names."""
        changes, self.scopes.changes = self.scopes.changes, []
        self.effects += [VariableChanged(*each) for each in changes]
        return [each.name for each in changes]


def encoded(values: Mapping[str, Value] | None) -> Json:
    return {name: to_state(value) for name, value in (values or {}).items()}
