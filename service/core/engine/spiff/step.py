"""Steps, one after the other: outermost scope first, until nothing can go on by itself."""

from collections.abc import Callable
from typing import Any

from ..port import Ended, IncidentRaised
from ..state import Incident
from . import activities, ad_hoc, compensation, containers, events, flow, throwing
from .evaluate import Fault
from .move import WAITING_PHASES, Move, Step

# Between two things from outside; whoever needs more turns in a circle.
MOST_STEPS_ALONE = 1_000_000

_STEPS: dict[str, Callable[..., None]] = {
    "arrive": flow.arrive,
    "split": flow.split,
    "leave": flow.leave,
    "activation": flow.activation,
    "activate": activities.activate,
    "execute": activities.execute,
    "complete": activities.complete,
    "begin": containers.begin,
    "choose": ad_hoc.choose,
    "begin rounds": containers.begin_rounds,
    "next round": containers.start_round,
    "test loop": containers.test_loop,
    "end rounds": containers.end_rounds,
    "fire": events.fire,
    "undo": compensation.undo,
    "undone": throwing.undone,
}


def advance(move: Move, most: int) -> None:
    """Make steps until none is left, or as many as may be made.

    What a step cannot do becomes an incident in its place; the rest goes on.
    """
    state = move.state
    for _ in range(most):
        if state.ended or not (state.agenda or flow.fire_waiting_joins(move)):
            break
        step = move.pop()
        if step[1] not in state.instances:
            continue
        state.steps += 1
        perform(move, step)
    if not (state.ended or state.agenda):
        flow.fire_waiting_joins(move)
    _note_if_stuck(move)


def perform(move: Move, step: Step, attempts: int = 0) -> None:
    last = move.state.last_id
    try:
        if move.state.steps > MOST_STEPS_ALONE:
            move.state.steps = 0
            raise _endless(step)
        _STEPS[step[0]](move, *step[1:])
    except Fault as fault:
        raise_incident(move, fault.step or step, fault, attempts)
    note_changes(move, last)


def note_changes(move: Move, last: int | None = None) -> None:
    """Tell of changed variables, and look at the conditions that may hold now.

    Args:
        last: The last number before this step: conditions that came after are looked at too.
    """
    changed = move.note_variables()
    waits = move.state.waits
    is_new = last is not None and bool(waits) and next(reversed(waits)) > last
    if not waits or not (changed or is_new):
        return
    try:
        events.check_conditions(move, None if is_new else changed)
    except Fault as fault:
        raise_incident(move, [], fault)


def raise_incident(move: Move, step: Step, fault: Fault, attempts: int = 0) -> None:
    """Keep the step that failed, to be tried again; its token stays with it."""
    number = move.state.next_id()
    scope = step[1] if step else 1
    incident = Incident(
        number, scope, step, fault.code, fault.message, fault.message_zh, attempts + 1
    )
    move.state.incidents[number] = incident
    element = _element_of(move, step, scope)
    move.effects.append(
        IncidentRaised(
            number, scope, element, fault.code, fault.message, fault.message_zh, attempts + 1
        )
    )


def _element_of(move: Move, step: Step, scope: int) -> str:
    key: Any = step[2] if step and step[0] in ("arrive", "split", "leave", "activation") else None
    spec = move.compiled.specs[key] if key else move.spec(move.state.instances[scope])
    return str(spec.element.id)


def retry(move: Move, incident: Incident) -> None:
    move.clear_incident(incident.id)
    if incident.step:
        perform(move, list(incident.step), incident.attempts)


def cancel(move: Move) -> None:
    """End the whole instance, innermost first."""
    root = move.state.instances[1]
    variables = root.variables
    move.terminate(root)
    move.state.agenda = []
    for number in list(move.state.incidents):
        move.clear_incident(number)
    move.state.ended = "cancelled"
    move.effects.append(Ended("cancelled", variables))


def _endless(step: Step) -> Fault:
    return Fault(
        "endless",
        f"Expected the flow to wait or end at some time, but it made {MOST_STEPS_ALONE} steps.",
        f"流程连续执行了 {MOST_STEPS_ALONE} 步仍未等待或结束。",
    )


def _note_if_stuck(move: Move) -> None:
    """An instance that nothing can wake any more becomes an incident (architecture §4)."""
    state = move.state
    if state.ended or state.agenda or state.waits or state.incidents:
        return
    if any(True for _ in state.pages.keys("parked ")):
        return
    if any(each.phase in WAITING_PHASES for each in state.instances.values()):
        return
    keys = sorted({key for each in state.instances.values() for key in each.arrived})
    where = ", ".join(keys) or "no join"
    fault = Fault(
        "stuck",
        f"Expected something that can wake the instance, but tokens wait for others at {where}.",
        f"实例已无法继续：令牌停在 {where}。",
    )
    raise_incident(move, [], fault)
