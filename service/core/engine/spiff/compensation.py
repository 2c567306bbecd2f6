"""Compensation: what is complete is undone, last first (BPMN 2.0.2, 13.5.5).

An activity with a compensation handler, or with such activities inside, leaves one entry in its
scope when it completes. It is all of the past that an instance keeps.
"""

from ..model import EventSubProcess
from ..state import Compensable, ElementInstance, Rounds
from .mappings import give_out
from .move import ASIDE, Move
from .specs import ElementSpec, is_compensation


def remember(move: Move, instance: ElementInstance) -> None:
    """Keep what compensating this completed activity would need."""
    parent = move.state.instances.get(instance.parent)
    if parent is None or instance.undoes:
        return
    spec = move.spec(instance)
    if spec.handler is not None:
        parent.done.append(Compensable(spec.key))
    elif instance.rounds is not None:
        parent.done += instance.done
    else:
        parent.done += _inside(move, instance)


def remember_round(move: Move, inner: ElementInstance, body: ElementInstance) -> None:
    """Each round of a multi-instance sub-process is compensated for itself."""
    body.done += _inside(move, inner)


def _inside(move: Move, instance: ElementInstance) -> list[Compensable]:
    spec = move.spec(instance)
    if not instance.done and not (spec.inside and _handler_inside(spec)):
        return []
    return [Compensable(spec.key, dict(instance.variables), list(instance.done))]


def _handler_inside(spec: ElementSpec) -> tuple[ElementSpec, ElementSpec] | None:
    """The event sub-process that compensates its sub-process."""
    return next((pair for pair in spec.body.events if is_compensation(pair[1])), None)


def start_undoing(
    move: Move, thrower: ElementInstance, activity: str = "", *, waits: bool = True
) -> None:
    """Begin to compensate what is complete in the thrower's scope.

    Args:
        activity: The id of the only activity to compensate; "" for all.
        waits: Whether the thrower's token stays until all has been compensated; else it goes on
            at once, and its scope alone stays open for the handlers (10.5.5).
    """
    scope = move.state.instances[thrower.parent]
    # A handler that throws means the sub-process it belongs to.
    while isinstance(move.spec(scope).element, EventSubProcess):
        scope = move.state.instances[scope.parent]

    def is_meant(entry: Compensable) -> bool:
        return not activity or move.compiled.specs[entry.node].element.id == activity

    thrower.undo = [entry for entry in scope.done if is_meant(entry)]
    scope.done = [entry for entry in scope.done if not is_meant(entry)]
    thrower.phase = "undoing"
    if not waits:
        _go_on(move, thrower)
    undo_next(move, thrower.id)


def _go_on(move: Move, thrower: ElementInstance) -> None:
    """A second token goes on; the first one stays with the handlers and ends after them."""
    give_out(move, thrower, {})
    thrower.phase = ASIDE
    scope = move.state.instances[thrower.parent]
    scope.tokens += 1
    move.push("leave", scope.id, thrower.node)


def undo_next(move: Move, number: int) -> None:
    move.push("undo", number)


def undo(move: Move, number: int) -> None:
    """Compensate the next activity, or let the thrower go on when all are done."""
    instance = move.state.instances[number]
    if not instance.undo:
        move.push("undone", number)
        return
    entry = instance.undo.pop()
    spec = move.compiled.specs[entry.node]
    # A sub-process that is undone as a whole undoes what is inside it.
    inside = move.spec(instance).inside is not None
    parent = instance if inside else move.state.instances[instance.parent]
    if not inside:
        parent = _scope_of(move, parent, spec)
        parent.tokens += 1
    if spec.handler is not None:
        handler = move.open(spec.handler, parent.id, undoes=number)
        if spec.handler.element.loop is not None:
            handler.rounds = Rounds()
        move.push("activate" if handler.rounds is None else "begin rounds", handler.id)
        return
    again = move.open(spec, parent.id, undoes=number, phase="undoing", variables=entry.variables)
    pair = _handler_inside(spec)
    if pair is None:
        again.undo = entry.inner
        undo_next(move, again.id)
        return
    from .events import enter_event_sub_process

    again.done = entry.inner
    again.tokens = 1
    enter_event_sub_process(move, again, pair, {})


def _scope_of(move: Move, scope: ElementInstance, spec: ElementSpec) -> ElementInstance:
    """The instance of the body that holds the element, from a handler outwards."""
    while move.spec(scope).inside is not spec.container:
        scope = move.state.instances[scope.parent]
    return scope
