"""A row of the tables run: the words of what is done become inputs, what came of it words."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from service.core.engine import port
from service.core.engine.editing import drawn_id
from service.core.engine.model import Task
from service.core.engine.normalise import normalise
from service.core.engine.read_xml import read
from service.core.engine.spiff.compile import Compiled
from service.core.engine.state import State, Wait, load
from service.core.feel import compile as feel
from service.core.feel.border import from_state
from tests.core.engine.running import MONDAY

from .probe import Probe

ANSWERS: dict[str, Any] = {
    "task": port.CompleteTask,
    "choice": port.CompleteTask,
    "job": port.JobDone,
}


@dataclass
class Walk:
    """One instance of the process `p`, its state as text between moves."""

    compiled: Compiled
    most: int
    now: datetime = MONDAY
    text: str = ""
    effects: list[port.Effect] = field(default_factory=list)

    def run(self, probe: Probe) -> None:
        does = list(probe.does)
        given = {"key": "k"} | {name: _value(value) for name, value in probe.given.items()}
        at = ""
        if does and does[0].startswith("at "):
            _, at, *more = does.pop(0).split()
            given |= _named(more)
        self._keep(port.start(self.compiled, "p", given, self.now, at=at, most=self.most))
        for each in does:
            self._do(*each.split())

    def _do(self, verb: str, *words: str) -> None:
        match verb:
            case "do":
                self.give(self._done(words[0], _named(words[1:])))
            case "error":
                self.give(port.BpmnErrorThrown(self._open(words[0]), "broken"))
            case "choose":
                self.give(port.ActivateElements(self._open(words[0]), words[1:]))
            case "wait":
                self._wait(int(words[0]))
            case "is":
                assert self.tasks == Counter(words)
            case "open":
                assert self._waiting == Counter(words)
            case "for":
                opened = [e for e in self.effects if isinstance(e, port.TaskOpened)]
                assert [e.groups for e in opened if e.element == words[0]] == [words[1:]]
            case "none":
                self._refused(*words)
            case _:
                self._event(verb, words)

    def _refused(self, *words: str) -> None:
        """Nobody waits for this."""
        before = self.text
        try:
            self._do(*words)
        except (LookupError, port.Refused):
            assert self.text == before
            return
        raise AssertionError(f"Expected nobody to wait for {words}, but somebody did.")

    def _event(self, name: str, words: tuple[str, ...]) -> None:
        keys, given = [w for w in words if "=" not in w] or ["k"], _named(words)
        found = [w for w in self.state.waits.values() if w.name == name]
        messages = [w for w in found if w.kind == "message" and w.key == keys[0]]
        if messages:
            self.give(port.MessageArrived(messages[0].id, given))
        elif any(w.kind == "signal" for w in found):
            self.give(port.SignalArrived(name, given))
        elif name != "other":
            raise LookupError(name)

    def _done(self, element: str, given: dict[str, Any]) -> port.Input:
        number = self._open(element)
        phase = self.state.instances[number].phase
        if phase == "decision":
            return port.DecisionAnswer(number, next(iter(given.values())))
        answer: port.Input = ANSWERS[phase](number, given)
        return answer

    def _open(self, element: str) -> int:
        found = [i.id for i in self.state.instances.values() if self._waits(i, element)]
        return sorted(found)[0] if found else _missing(element)

    def _waits(self, instance: Any, element: str) -> bool:
        return instance.node == element and instance.phase in (*ANSWERS, "decision")

    @property
    def _waiting(self) -> Counter[str]:
        instances = self.state.instances.values()
        return Counter(i.node for i in instances if i.phase in (*ANSWERS, "decision"))

    def _wait(self, seconds: int) -> None:
        """Let time pass; timers fire when they are due."""
        end = self.now + timedelta(seconds=seconds)
        while (first := self._next()) is not None and _due(first) <= end:
            self.now = max(self.now, _due(first))
            self.give(port.TimerDue(first.id))
        self.now = end

    def _next(self) -> Wait | None:
        timers = [w for w in self.state.waits.values() if w.kind == "timer"]
        return min(timers, key=_due, default=None)

    def give(self, given: port.Input) -> None:
        stored = json.loads(self.text)
        self._keep(port.resume(self.compiled, stored, given, self.now, most=self.most))

    def _keep(self, outcome: port.Outcome) -> None:
        self.effects += outcome.effects
        while outcome.unfinished:
            stored = json.loads(json.dumps(outcome.state))
            outcome = port.resume(self.compiled, stored, port.Continue(), self.now, most=self.most)
            self.effects += outcome.effects
        self.text = json.dumps(outcome.state)

    # -- what came of it

    @property
    def state(self) -> State:
        return load(json.loads(self.text))

    @property
    def tasks(self) -> Counter[str]:
        """The tasks completed: each round of a loop, not the loop around them."""
        entered = {e.instance: e for e in self.effects if isinstance(e, port.Entered)}
        found: Counter[str] = Counter()
        for each in self.effects:
            if not isinstance(each, port.Left) or each.how != "completed":
                continue
            element = self.compiled.specs[each.element].element
            around = entered.get(entered[each.instance].scope)
            is_loop = getattr(element, "loop", None) is not None
            is_round = around is not None and around.element == each.element
            if isinstance(element, Task) and is_loop == is_round:
                found[drawn_id(each.element)] += 1
        return found

    def told(self, comes: str) -> None:
        """Compare with the words of the row."""
        words = comes.split()
        marks = [w for w in words if w[0] in "…!>~" or "=" in w]
        assert self.tasks == Counter(w for w in words if w not in marks)
        assert bool(self.state.ended) == ("…" not in marks)
        codes = sorted(i.code for i in self.state.incidents.values())
        assert codes == sorted(w[1:] for w in marks if w[0] == "!")
        assert sorted(self._sent()) == sorted(w[1:] for w in marks if w[0] == ">")
        for word in marks:
            if "=" in word:
                name, _, text = word.partition("=")
                assert self._variables()[name] == feel(text, [])({})

    def _sent(self) -> list[str]:
        kinds = (port.MessageSent, port.SignalSent)
        sent = [e.name for e in self.effects if isinstance(e, kinds)]
        return sent + [e.code for e in self.effects if isinstance(e, port.EscalationUncaught)]

    def _variables(self) -> dict[str, Any]:
        ends = [e for e in self.effects if isinstance(e, port.Ended)]
        stored = ends[0].variables if ends else self.state.instances[1].variables
        return {name: from_state(value) for name, value in stored.items()}


def walked(probe: Probe, most: int = port.MOST_STEPS) -> Walk:
    """The row's diagram, run as it says."""
    compiled = port.compile(normalise(read(probe.data)), digest="probe")
    walk = Walk(compiled, most)
    walk.run(probe)
    return walk


def _due(wait: Wait) -> datetime:
    return datetime.fromisoformat(wait.due)


def _missing(element: str) -> int:
    raise LookupError(element)


def _named(words: Any) -> dict[str, Any]:
    pairs = [word.split("=") for word in words if "=" in word]
    return {name: Decimal(value) for name, value in pairs}


def _value(given: Any) -> Any:
    if isinstance(given, list):
        return [_value(each) for each in given]
    if isinstance(given, dict):
        return {name: _value(each) for name, each in given.items()}
    return Decimal(given) if type(given) is int else given
