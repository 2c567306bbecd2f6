"""Catching: what an element instance waits for, and what happens when it comes."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from service.core.feel.border import from_state
from service.core.feel.values import Value

from ..model import (
    BoundaryEvent,
    ConditionalEvent,
    EventBasedGateway,
    EventDefinition,
    MessageEvent,
    ReceiveTask,
    SignalEvent,
    StartEvent,
    TimerEvent,
)
from ..port import TimerSet, Took
from ..state import ElementInstance, Json, Wait
from ..timers import next_due, schedule
from .evaluate import Fault
from .move import Move, encoded
from .specs import ElementSpec


class Prepared(NamedTuple):
    """A wait whose expressions have been evaluated, and the due time of a timer."""

    wait: Wait
    due: datetime | None


def prepared(
    move: Move,
    owner: ElementInstance,
    events: Iterable[ElementSpec],
    seen: Mapping[str, Value],
) -> list[Prepared]:
    """The waits for these events, evaluated and not yet begun.

    Args:
        seen: Values that hide the variables of the owner's scope.

    Raises:
        Fault: A name, key or time has no value.
    """
    made = []
    for spec in events:
        definitions: tuple[EventDefinition, ...] = spec.definitions
        if isinstance(spec.element, ReceiveTask):
            definitions = (MessageEvent(id="", message=spec.element.message),)
        for part, given in enumerate(definitions):
            wait = _prepare(move, owner, spec, move.compiled.definition(given), seen)
            if wait is not None:
                wait.wait.part = part
                made.append(wait)
    return made


def _prepare(
    move: Move,
    owner: ElementInstance,
    spec: ElementSpec,
    event: EventDefinition,
    seen: Mapping[str, Value],
) -> Prepared | None:
    def text(of: object) -> str:
        expressions = move.compiled.expressions
        return expressions.text(of, move.view(owner.id, seen), move.run())  # type: ignore[arg-type]

    if isinstance(event, MessageEvent):
        message = move.compiled.shared.get(event.message)
        name = text(message.title) if getattr(message, "title", None) else event.message  # type: ignore[union-attr]
        key = text(message.extensions.correlation_key) if message else ""
        return Prepared(Wait(0, owner.id, spec.key, 0, "message", name, key), None)
    if isinstance(event, SignalEvent):
        name = signal_name(move, event, owner.id)
        return Prepared(Wait(0, owner.id, spec.key, 0, "signal", name), None)
    if isinstance(event, ConditionalEvent):
        return Prepared(Wait(0, owner.id, spec.key, 0, "condition"), None)
    if isinstance(event, TimerEvent):
        return _timer(move, owner, spec, event, seen)
    return None


def signal_name(move: Move, event: SignalEvent, number: int) -> str:
    signal = move.compiled.shared.get(event.signal)
    title = getattr(signal, "title", None)
    return move.text(title, number) if title else event.signal


def _timer(
    move: Move,
    owner: ElementInstance,
    spec: ElementSpec,
    event: TimerEvent,
    seen: Mapping[str, Value],
) -> Prepared:
    from .activities import deadline

    declared = deadline(move, event.extensions.deadline, owner.id)
    if event.value is None and declared is not None:
        days, clock, start = declared
        wait = Wait(0, owner.id, spec.key, 0, "timer", clock, start, "", days, "deadline")
        return Prepared(wait, None)
    if event.value is None:
        raise Fault(
            "timer",
            f"Expected {spec.element.id!r} to give a time, but it gives none.",
            f"“{spec.element.id}”没有给出时间。",
        )
    value = move.value(event.value, owner.id, seen)
    try:
        plan = schedule(event.kind, value, move.now)
    except OverflowError:
        raise _beyond(spec) from None
    if plan is None:
        raise Fault(
            "timer",
            f"Expected a {event.kind} as ISO 8601, but got {value!r}.",
            f"定时器的值应符合 ISO 8601，实际为 {value!r}。",
        )
    wait = Wait(0, owner.id, spec.key, 0, "timer", due=_iso(plan.due), left=plan.left)
    wait.every = plan.every
    return Prepared(wait, plan.due)


def _beyond(spec: ElementSpec) -> Fault:
    return Fault(
        "timer",
        f"Expected {spec.element.id!r} to be due by the year 9999, but it is due later.",
        f"“{spec.element.id}”的时间超出 9999 年。",
    )


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def install(move: Move, waits: Iterable[Prepared]) -> None:
    for each in waits:
        move.set_wait(each.wait, each.due)


# -- conditions


def check_conditions(move: Move, changed: list[str] | None) -> None:
    """Fire the conditions that have become true (10.5.5: on a change, not as long as they hold).

    Args:
        changed: Names of changed variables; None where waits have just begun.
    """
    for wait in [each for each in move.state.waits.values() if each.kind == "condition"]:
        spec = move.compiled.specs[wait.node]
        event = move.compiled.definition(spec.definitions[wait.part])
        watched = event.extensions.condition_variables
        if changed is not None and watched and not set(watched) & set(changed):
            continue
        holds = _condition_holds(move, wait, spec)
        if holds and not wait.held:
            move.push("fire", wait.owner, wait.id, {}, sooner=1)
        wait.held = holds


def _condition_holds(move: Move, wait: Wait, spec: ElementSpec) -> bool:
    """A condition over variables that are not there yet does not hold."""
    event = move.compiled.definition(spec.definitions[wait.part])
    assert isinstance(event, ConditionalEvent)
    if event.condition is None:
        return False
    view = move.view(wait.owner)
    run = move.run(strict=False)
    return move.compiled.expressions.value(event.condition, view, run, always=True) is True


# -- firing


def fire(move: Move, owner_id: int, wait_id: int, variables: Json) -> None:
    """What was waited for has come."""
    wait = move.state.waits.get(wait_id)
    if wait is None:
        return
    owner = move.state.instances[owner_id]
    spec = move.compiled.specs[wait.node]
    values = {name: from_state(value) for name, value in variables.items()}
    if isinstance(spec.element, BoundaryEvent):
        if _is_whole(move, owner, spec, wait):
            take_boundary(move, owner, spec, variables)
    elif isinstance(spec.element, StartEvent):
        _fire_start(move, owner, spec, wait, values)
    elif isinstance(move.spec(owner).element, EventBasedGateway):
        _fire_gateway(move, owner, spec, variables)
    elif _is_whole(move, owner, spec, wait):
        _fire_catch(move, owner, wait, variables)


def _is_whole(move: Move, owner: ElementInstance, spec: ElementSpec, wait: Wait) -> bool:
    """Whether nothing is missing: a parallel multiple event needs all of its parts."""
    if not getattr(spec.element, "is_parallel_multiple", False) or len(spec.definitions) < 2:
        return True
    if wait.part not in owner.seen:
        owner.seen.append(wait.part)
    move.clear_wait(wait)
    return len(owner.seen) == len(spec.definitions)


def _fire_catch(move: Move, owner: ElementInstance, wait: Wait, variables: Json) -> None:
    if wait.every and wait.every != "deadline" and wait.left:
        # A cycle in the flow sends a token each time; the last one ends the wait.
        _again(move, wait)
        scope = move.state.instances[owner.parent]
        scope.tokens += 1
        move.push("leave", scope.id, owner.node)
        return
    move.clear_waits(owner.id)
    owner.phase = "leaving"
    move.push("complete", owner.id, variables)


def _fire_gateway(move: Move, gateway: ElementInstance, spec: ElementSpec, variables: Json) -> None:
    """The first event decides; the others are no longer waited for (10.6.6)."""
    for flow, target in move.spec(gateway).flows:
        if target is spec:
            move.effects.append(Took(flow.id, spec.process, gateway.parent))
    move.close(gateway, "completed")
    caught = move.open(spec, gateway.parent, phase="leaving")
    move.push("complete", caught.id, variables)


def take_boundary(
    move: Move, host: ElementInstance, spec: ElementSpec, variables: Json, *, keeps: bool = False
) -> None:
    """A boundary event takes over its activity's token, or adds one beside it.

    Args:
        keeps: Whether the activity goes on even where the event would cancel it.
    """
    scope = move.state.instances[host.parent]
    if spec.element.cancels_activity and not keeps:
        undoes = host.undoes
        move.terminate(host)
        if undoes:
            scope.tokens += 1
            move.push("undo", undoes)
    else:
        scope.tokens += 1
        for wait in move.waits_of(host.id):
            if wait.node == spec.key:
                _again_or_end(move, wait)
    caught = move.open(spec, scope.id, phase="leaving")
    move.push("complete", caught.id, variables)


def _again_or_end(move: Move, wait: Wait) -> None:
    """After a non-interrupting event: timers count on or end, everything else stays."""
    if wait.kind != "timer":
        return
    if wait.every and wait.every != "deadline" and wait.left:
        _again(move, wait)
    elif wait.due and datetime.fromisoformat(wait.due) <= move.now:
        move.clear_wait(wait)


def _again(move: Move, wait: Wait) -> None:
    spec = move.compiled.specs[wait.node]
    try:
        due = next_due(datetime.fromisoformat(wait.due), wait.every)
    except OverflowError:
        raise _beyond(spec) from None
    wait.due = _iso(due)
    wait.left -= wait.left > 0
    move.effects.append(TimerSet(wait.id, wait.owner, spec.element.id, due))


def _fire_start(
    move: Move, scope: ElementInstance, start: ElementSpec, wait: Wait, values: dict[str, Value]
) -> None:
    if not _is_whole(move, scope, start, wait):
        return
    if not start.element.is_interrupting:
        for each in move.waits_of(scope.id):
            if each.node == start.key:
                _again_or_end(move, each)
    around = move.compiled.specs[start.container.name]
    take_event_sub_process(move, scope, (around, start), values)


def take_event_sub_process(
    move: Move,
    scope: ElementInstance,
    pair: tuple[ElementSpec, ElementSpec],
    values: dict[str, Value],
) -> None:
    """An event sub-process runs instead of the rest of its scope, or beside it (10.3.5)."""
    if pair[1].element.is_interrupting:
        move.terminate_inside(scope)
        move.clear_waits(scope.id, [start.key for _, start in move.spec(scope).body.events])
        scope.phase = "interrupted"
        scope.tokens = 0
    scope.tokens += 1
    enter_event_sub_process(move, scope, pair, values)


def enter_event_sub_process(
    move: Move,
    scope: ElementInstance,
    pair: tuple[ElementSpec, ElementSpec],
    values: dict[str, Value],
) -> None:
    """Put its first token: its start event has happened. What came with it is local to it."""
    from .containers import open_scope

    spec, start = pair
    instance = move.open(spec, scope.id)
    open_scope(move, instance)
    instance.tokens = 1
    if not start.element.extensions.io.outputs:
        for name, value in values.items():
            move.scopes.set_local(instance.id, name, value)
    first = move.open(start, instance.id, phase="leaving")

    move.push("complete", first.id, encoded(values) if start.element.extensions.io.outputs else {})
