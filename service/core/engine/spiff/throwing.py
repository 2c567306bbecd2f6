"""Throwing: messages, signals, escalations, errors, compensation, cancel, terminate, links."""

from collections.abc import Mapping
from typing import Any

from service.core.feel.border import from_state
from service.core.feel.values import Value

from ..model import (
    BoundaryEvent,
    CancelEvent,
    CompensateEvent,
    ErrorEvent,
    EscalationEvent,
    EventDefinition,
    LinkEvent,
    MessageEvent,
    MultiInstance,
    SignalEvent,
    TerminateEvent,
    ThrowEvent,
    Transaction,
)
from ..port import EscalationUncaught, MessageSent, SignalSent
from ..state import ElementInstance, Json, opened, unpark
from . import events
from .compensation import start_undoing
from .compile import Compiled
from .evaluate import Fault
from .flow import end_token
from .mappings import give_out
from .move import ASIDE, Move, encoded
from .specs import ElementSpec


def sends_signal(move: Move, spec: ElementSpec) -> bool:
    return isinstance(spec.element, ThrowEvent) and any(
        isinstance(move.compiled.definition(each), SignalEvent) for each in spec.definitions
    )


def throw(move: Move, instance: ElementInstance) -> None:
    """Throw what an event defines, in the order drawn; then it goes on, unless it was ended."""
    spec = move.spec(instance)
    definitions = [move.compiled.definition(each) for each in spec.definitions]
    for event in definitions:
        if isinstance(event, MessageEvent):
            send_message(move, instance, event.message)
        elif isinstance(event, SignalEvent):
            send_signal(move, instance, events.signal_name(move, event, instance.id))
        elif isinstance(event, LinkEvent):
            _follow_link(move, instance, event)
            return
        elif isinstance(event, EscalationEvent):
            escalate(move, instance, _code(move, event.escalation, instance.id))
            if instance.id not in move.state.instances:
                return
    for event in definitions:
        if _ends(move, instance, event):
            return
    move.push("complete", instance.id, None)


def _ends(move: Move, instance: ElementInstance, event: EventDefinition) -> bool:
    """Events after which the throwing element does not simply go on."""
    if isinstance(event, ErrorEvent):
        code = _code(move, event.error, instance.id)
        if not throw_error(move, instance, code, _fields(instance)):
            raise _uncaught(instance, code)
    elif isinstance(event, TerminateEvent):
        _terminate(move, instance)
    elif isinstance(event, CancelEvent):
        _cancel(move, instance)
    elif isinstance(event, CompensateEvent):
        start_undoing(move, instance, event.activity, waits=event.waits)
    else:
        return False
    return True


def _fields(instance: ElementInstance) -> dict[str, Value]:
    """What is sent along: the throwing element's own variables, made by its input mappings."""
    return {name: from_state(value) for name, value in instance.variables.items()}


def _code(move: Move, id_: str, number: int) -> str:
    shared = move.compiled.shared.get(id_)
    code = getattr(shared, "code", None)
    return move.text(code, number) if code else id_


def send_message(move: Move, instance: ElementInstance, id_: str) -> None:
    """A message leaves the instance; whoever runs the engine correlates it."""
    spec, number = move.spec(instance), instance.id
    message: Any = move.compiled.shared.get(id_)
    title = getattr(message, "title", None)
    publish = spec.element.extensions.publish_message
    key = publish.correlation_key if publish else None
    if key is None and message is not None:
        key = message.extensions.correlation_key
    sent = MessageSent(
        number,
        spec.element.id,
        move.text(title, number) if title else id_,
        move.text(key, number),
        move.text(publish.message_id, number) if publish else "",
        move.text(publish.time_to_live, number) if publish else "",
        _fields(instance),
    )
    move.effects.append(sent)


def send_signal(move: Move, instance: ElementInstance, name: str, *, spares: int = 0) -> None:
    """A signal goes to everything that waits for it, here at once, elsewhere by an effect.

    Args:
        spares: An activity whose boundary events do not cancel it this time.
    """
    fields = _fields(instance)
    element = move.spec(instance).element.id
    move.effects.append(SignalSent(instance.id, element, name, fields))
    deliver_signal(move, name, fields, spares=spares)


def deliver_signal(
    move: Move, name: str, variables: Mapping[str, Value], *, spares: int = 0
) -> int:
    """Wake everything that waits for the signal; how many did."""
    found = [w for w in move.state.waits.values() if w.kind == "signal" and w.name == name]
    for wait in found:
        spec = move.compiled.specs[wait.node]
        if wait.owner == spares and isinstance(spec.element, BoundaryEvent):
            host = move.state.instances[spares]
            events.take_boundary(move, host, spec, encoded(variables), keeps=True)
        else:
            move.push("fire", wait.owner, wait.id, encoded(variables), sooner=1)
    return len(found)


def throw_behavior(
    move: Move,
    body: ElementInstance,
    loop: MultiInstance,
    inner: int,
    seen: Mapping[str, Value],
) -> None:
    """What a multi-instance activity throws when one of its iterations completes (13.3.7).

    It tells of an iteration and the activity goes on: a boundary event on it does not cancel it,
    else behaviour `None` could never throw a second time.
    """
    rounds = body.rounds
    chosen: list[EventDefinition] = []
    is_first = rounds is not None and rounds.completed == 0
    if loop.behavior == "None" or (loop.behavior == "One" and is_first):
        shared = move.compiled.shared.get(loop.behavior_event)
        chosen = [shared] if isinstance(shared, EventDefinition) else []
    elif loop.behavior == "Complex":
        for each in loop.complex_behaviors:
            if each.condition and each.event and move.holds(each.condition, inner, seen):
                chosen += [move.compiled.definition(d) for d in each.event.definitions]
    for event in chosen:
        if isinstance(event, SignalEvent):
            send_signal(move, body, events.signal_name(move, event, body.id), spares=body.id)
        elif isinstance(event, MessageEvent):
            send_message(move, body, event.message)
        elif isinstance(event, EscalationEvent):
            escalate(move, body, _code(move, event.escalation, body.id), keeps=True)


# -- errors and escalations: outwards from where they are thrown


def throw_error(
    move: Move, instance: ElementInstance, code: str, variables: Mapping[str, Value]
) -> bool:
    """Hand an error to the nearest place that catches its code; whether there is one."""
    return _hand_outwards(move, instance, ErrorEvent, code, variables)


def may_catch(compiled: Compiled, stored: Json, number: int, code: str | None) -> bool:
    """Whether some event on the way out from an element instance could catch this error, or any."""
    state = opened(stored)
    if number not in state.instances and unpark(state, number) is None:
        return False
    for level in state.path(number):
        spec = compiled.specs[level.node]
        inside = [start for _, start in spec.inside.events] if spec.inside is not None else []
        for catcher in [*inside, *spec.boundaries]:
            if any(_could_be(compiled, compiled.definition(x), code) for x in catcher.definitions):
                return True
    return False


def _could_be(compiled: Compiled, event: Any, code: str | None) -> bool:
    """Whether an event catches a code, or any; one that an expression names could be any."""
    if not isinstance(event, ErrorEvent):
        return False
    shared = compiled.shared.get(event.error) if event.error else None
    named = getattr(shared, "code", None)
    if code is None or not event.error or (shared is not None and not named):
        return True
    text = named.text if named else event.error
    return text.startswith("=") or text == code


def _uncaught(instance: ElementInstance, code: str) -> Fault:
    return Fault(
        "uncaught_error",
        f"Expected error {code!r} of {instance.node!r} to be caught, but nothing catches it.",
        f"“{instance.node}”的错误 {code} 无人捕获。",
    )


def uncaught(instance: ElementInstance, code: str) -> Fault:
    """The fault of an error that nothing catches."""
    return _uncaught(instance, code)


def escalate(move: Move, instance: ElementInstance, code: str, *, keeps: bool = False) -> None:
    """Hand an escalation outwards; that nobody catches it harms nothing (10.5.5)."""
    fields = _fields(instance)
    if not _hand_outwards(move, instance, EscalationEvent, code, fields, keeps=keeps):
        element = move.spec(instance).element.id
        move.effects.append(EscalationUncaught(instance.id, element, code))


def _hand_outwards(
    move: Move,
    thrower: ElementInstance,
    kind: type[ErrorEvent] | type[EscalationEvent],
    code: str,
    variables: Mapping[str, Value],
    *,
    keeps: bool = False,
) -> bool:
    inner = 0
    for level in list(move.state.path(thrower.id)):
        spec = move.spec(level)
        if spec.inside is not None and level.rounds is None and level.phase != "interrupted":
            pairs = [pair for pair in spec.inside.events if not _is_running(move, inner, pair)]
            start = _catcher(move, [pair[1] for pair in pairs], kind, code, level.id)
            if start is not None:
                pair = next(each for each in pairs if each[1] is start)
                events.take_event_sub_process(move, level, pair, dict(variables))
                return True
        if not level.round:
            boundary = _catcher(move, spec.boundaries, kind, code, level.id)
            if boundary is not None:
                given = encoded(variables)
                events.take_boundary(move, level, boundary, given, keeps=keeps)
                return True
        inner = level.id
    return False


def _is_running(move: Move, inner: int, pair: tuple[ElementSpec, ElementSpec]) -> bool:
    """Whether the error comes out of this very event sub-process: it does not catch its own."""
    return inner in move.state.instances and move.state.instances[inner].node == pair[0].key


def _catcher(
    move: Move,
    candidates: list[ElementSpec],
    kind: type[ErrorEvent] | type[EscalationEvent],
    code: str,
    number: int,
) -> ElementSpec | None:
    """The one that names the code; else the one that catches every code."""
    general = None
    for spec in candidates:
        for given in spec.definitions:
            event = move.compiled.definition(given)
            if not isinstance(event, kind):
                continue
            id_ = event.error if isinstance(event, ErrorEvent) else event.escalation
            if not id_ or not getattr(move.compiled.shared.get(id_), "code", id_):
                general = general or spec
            elif _code(move, id_, number) == code:
                return spec
    return general


# -- terminate, cancel, link


def _terminate(move: Move, instance: ElementInstance) -> None:
    """Everything else of the scope ends at once, without compensation (10.5.3)."""
    give_out(move, instance, {})
    scope = move.state.instances[instance.parent]
    move.terminate_inside(scope, but=instance.id)
    move.clear_waits(scope.id, [start.key for _, start in move.spec(scope).body.events])
    move.close(instance, "completed")
    scope.phase = "terminated" if not scope.parent else scope.phase
    scope.tokens = 1
    end_token(move, scope)


def _cancel(move: Move, instance: ElementInstance) -> None:
    """A transaction is cancelled: its activities are compensated, then it is left (13.3.6)."""
    scope = move.state.instances[instance.parent]
    while not isinstance(move.spec(scope).element, Transaction):
        if not scope.parent:
            raise Fault(
                "no_transaction",
                f"Expected {instance.node!r} to lie in a transaction, but it does not.",
                f"“{instance.node}”不在事务之内。",
            )
        scope = move.state.instances[scope.parent]
    move.terminate_inside(scope, but=instance.id)
    scope.tokens = 1
    start_undoing(move, instance)


def undone(move: Move, number: int) -> None:
    """Everything has been compensated: the thrower goes on, or the transaction is left."""
    from .activities import finish

    instance = move.state.instances[number]
    spec = move.spec(instance)
    if spec.inside is not None:
        finish(move, instance)
        return
    if instance.phase == ASIDE:
        move.close(instance, "completed")
        end_token(move, move.state.instances[instance.parent])
        return
    instance.phase = "leaving"
    definitions = [move.compiled.definition(each) for each in spec.definitions]
    if not any(isinstance(each, CancelEvent) for each in definitions):
        move.push("complete", number, None)
        return
    transaction = move.state.instances[instance.parent]
    for boundary in move.spec(transaction).boundaries:
        if any(isinstance(each, CancelEvent) for each in boundary.definitions):
            events.take_boundary(move, transaction, boundary, {})
            return
    raise Fault(
        "uncaught_cancel",
        f"Expected {transaction.node!r} to have a cancel event on its edge, but it has none.",
        f"事务“{transaction.node}”没有取消边界事件。",
    )


def _follow_link(move: Move, instance: ElementInstance, event: LinkEvent) -> None:
    spec = move.spec(instance)
    target = spec.container.links.get(event.name)
    if target is None:
        raise Fault(
            "link",
            f"Expected a link {event.name!r} to lead somewhere, but it leads nowhere.",
            f"链接“{event.name}”没有对应的目标。",
        )
    parent = instance.parent
    move.close(instance, "completed")
    move.note_passed(target, parent)
    move.push("leave", parent, target.key)
