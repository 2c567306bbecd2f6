"""A diagram run to its end in several ways; all that can be seen of it from outside."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from service.core.engine import port
from service.core.engine.normalise import normalise
from service.core.engine.read_xml import read
from service.core.engine.state import ElementInstance, State, load

from .running import MONDAY

VARIABLES: dict[str, Any] = {
    "x": Decimal(1),
    "key": "k",
    "items": [Decimal(2), Decimal(3)],
    "old": "1",
}
# Numbers given out when a choice has been made often enough.
MANY = 20
RESULT = {"r": Decimal(5), "x": Decimal(2)}
ANSWERS: dict[str, Any] = {
    "task": lambda n: port.CompleteTask(n, RESULT),
    "job": lambda n: port.JobDone(n, RESULT),
    "command": lambda n: port.CommandAnswer(n, RESULT),
    "decision": lambda n: port.DecisionAnswer(n, Decimal(7)),
}


def seen(data: bytes) -> list[str]:
    """The effects of the process `p` from each of its starts, in words.

    Whoever waits is answered before events happen; then events first, the newest work first; then
    with an error in place of every answer.
    """
    compiled = port.compile(normalise(read(data)), digest="one")
    body = compiled.processes["p"].body
    starts = [""] if body.starts else []
    starts += [each.element.id for each in body.specs() if _is_event_start(each)]
    told = []
    for at in starts:
        for order in ("work", "events", "errors", "choice"):
            told += [f"-- {at} {order}", *_run(compiled, at, order)]
    return told


def _is_event_start(spec: Any) -> bool:
    return type(spec.element).__name__ == "StartEvent" and bool(spec.definitions)


def _run(compiled: Any, at: str, order: str) -> list[str]:
    now = MONDAY
    outcome = port.start(compiled, "p", VARIABLES, now, at=at)
    told = [str(each) for each in outcome.effects]
    for _ in range(25):
        state = load(outcome.state)
        given = None if state.ended else _next(state, order)
        if given is None:
            break
        if isinstance(given, port.TimerDue) and state.waits[given.wait].due:
            now = max(now, datetime.fromisoformat(state.waits[given.wait].due))
        try:
            outcome = port.resume(compiled, outcome.state, given, now)
        except port.Refused as refused:
            told.append(str(refused))
            break
        told += [str(each) for each in outcome.effects]
    return told


def _next(state: State, order: str) -> port.Input | None:
    work, happening = _work(state, order), _events(state)
    found = [*happening, *work[::-1]] if order == "events" else [*work, *happening]
    return found[0] if found else None


def _work(state: State, order: str) -> list[port.Input]:
    found: list[port.Input] = []
    for each in state.instances.values():
        if each.phase == "choice":
            found += _choices(state, each, order)
        elif each.phase in ANSWERS and order == "errors":
            found.append(port.BpmnErrorThrown(each.id, "broken"))
        elif each.phase in ANSWERS:
            found.append(ANSWERS[each.phase](each.id))
    return found


def _choices(state: State, around: ElementInstance, order: str) -> list[port.Input]:
    """Both of its activities at once, then the end of it; or its end at once."""
    inside = [each for each in state.instances.values() if each.parent == around.id]
    if order == "choice" or state.last_id > MANY:
        return [port.CompleteTask(around.id)]
    return [] if inside else [port.ActivateElements(around.id, ("b", "c"))]


def _events(state: State) -> list[port.Input]:
    found: list[port.Input] = []
    for wait in state.waits.values():
        if wait.kind == "timer":
            found.append(port.TimerDue(wait.id))
        elif wait.kind == "message":
            found.append(port.MessageArrived(wait.id, {"content": "c"}))
        elif wait.kind == "signal":
            found.append(port.SignalArrived(wait.name, {"content": "c"}))
    return found
