"""Tokens between elements: sequence flows, splits and joins (BPMN 2.0.2, 13.4)."""

from ..model import (
    Activity,
    ComplexGateway,
    EventBasedGateway,
    ExclusiveGateway,
    Gateway,
    InclusiveGateway,
    ParallelGateway,
    SequenceFlow,
)
from ..port import Took
from ..state import ElementInstance, Rounds
from .evaluate import Fault
from .move import ASIDE, Move
from .specs import ElementSpec

Way = tuple[SequenceFlow, ElementSpec]


def arrive(move: Move, scope_id: int, key: str, flow: str) -> None:
    """A token reaches an element: joins keep it, everything else is entered."""
    scope, spec = move.state.instances[scope_id], move.compiled.specs[key]
    element = spec.element
    if isinstance(element, ParallelGateway) and len(spec.incoming) > 1:
        _count(scope, spec, flow)
        _join_all(move, scope, spec)
    elif isinstance(element, InclusiveGateway) and len(spec.incoming) > 1:
        _count(scope, spec, flow)
    elif isinstance(element, ComplexGateway) and len(spec.incoming) > 1:
        _count(scope, spec, flow)
        move.push("activation", scope.id, key)
    elif isinstance(element, Activity) and element.start_quantity > 1 and flow:
        _count(scope, spec, "")
        if scope.arrived[key][""] >= element.start_quantity:
            _consume(scope, spec, {"": element.start_quantity})
            enter(move, scope, spec)
    else:
        enter(move, scope, spec)


def enter(move: Move, scope: ElementInstance, spec: ElementSpec, **given: object) -> None:
    """Enter an element with one token."""
    element = spec.element
    if isinstance(element, Gateway) and not isinstance(element, EventBasedGateway):
        move.push("split", scope.id, spec.key)
    elif isinstance(element, Activity) and element.loop is not None:
        body = move.open(spec, scope.id, rounds=Rounds(), **given)
        move.push("begin rounds", body.id)
    else:
        instance = move.open(spec, scope.id, **given)
        move.push("activate", instance.id)


def split(move: Move, scope_id: int, key: str) -> None:
    """A gateway lets its token go on."""
    scope, spec = move.state.instances[scope_id], move.compiled.specs[key]
    ways = _chosen(move, scope, spec)
    move.note_passed(spec, scope.id)
    _take(move, scope, spec, ways)


def leave(move: Move, scope_id: int, key: str) -> None:
    """A completed activity or event lets its token go on."""
    scope, spec = move.state.instances[scope_id], move.compiled.specs[key]
    ways = _chosen(move, scope, spec)
    quantity = getattr(spec.element, "completion_quantity", 1)
    _take(move, scope, spec, [way for way in ways for _ in range(quantity)])


def _take(move: Move, scope: ElementInstance, spec: ElementSpec, ways: list[Way]) -> None:
    scope.tokens += len(ways)
    for flow, target in ways:
        move.effects.append(Took(flow.id, spec.process, scope.id))
        move.push("arrive", scope.id, target.key, flow.id)
    end_token(move, scope)


def end_token(move: Move, scope: ElementInstance) -> None:
    """One token of the scope is gone; a scope without any is complete."""
    scope.tokens -= 1
    if scope.tokens == 0 and scope.phase != "choice":
        move.push("complete", scope.id, None)


def _chosen(move: Move, scope: ElementInstance, spec: ElementSpec) -> list[Way]:
    element = spec.element
    default = getattr(element, "default", "")
    if isinstance(element, ExclusiveGateway):
        return _first_true(move, scope, spec, default)
    if not isinstance(element, Activity | InclusiveGateway | ComplexGateway):
        return spec.flows
    ways, conditional = [], False
    for flow, target in spec.flows:
        if flow.id == default:
            continue
        if flow.condition is None:
            ways.append((flow, target))
        elif move.holds(flow.condition, scope.id):
            ways.append((flow, target))
            conditional = True
    # The default of an activity answers its conditional flows alone (13.2.1).
    if not (conditional if isinstance(element, Activity) else ways):
        ways += [way for way in spec.flows if way[0].id == default]
    if spec.flows and not ways:
        raise _no_way(spec)
    return ways


def _first_true(move: Move, scope: ElementInstance, spec: ElementSpec, default: str) -> list[Way]:
    for flow, target in spec.flows:
        if flow.id == default:
            continue
        if flow.condition is None or move.holds(flow.condition, scope.id):
            return [(flow, target)]
    ways = [way for way in spec.flows if way[0].id == default]
    if spec.flows and not ways:
        raise _no_way(spec)
    return ways


def _no_way(spec: ElementSpec) -> Fault:
    element = spec.element
    return Fault(
        "no_flow_taken",
        f"Expected a flow out of {element.id!r} to be taken, but no condition holds"
        " and there is no default.",
        f"“{element.name or element.id}”没有任何条件成立，也没有默认流向。",
    )


# -- joins


def _count(scope: ElementInstance, spec: ElementSpec, flow: str) -> None:
    counts = scope.arrived.setdefault(spec.key, {})
    counts[flow] = counts.get(flow, 0) + 1


def _consume(scope: ElementInstance, spec: ElementSpec, taken: dict[str, int]) -> None:
    """Tokens that have arrived become one token that goes on."""
    counts = scope.arrived[spec.key]
    for flow, count in taken.items():
        counts[flow] -= count
        if not counts[flow]:
            del counts[flow]
    if not counts:
        del scope.arrived[spec.key]
    scope.tokens -= sum(taken.values()) - 1


def _join_all(move: Move, scope: ElementInstance, spec: ElementSpec) -> None:
    if len(scope.arrived[spec.key]) == len(spec.incoming):
        _consume(scope, spec, dict.fromkeys(spec.incoming, 1))
        move.push("split", scope.id, spec.key)


def activation(move: Move, scope_id: int, key: str) -> None:
    """A complex join looks whether it fires: its condition reads `activationCount`."""
    scope, spec = move.state.instances[scope_id], move.compiled.specs[key]
    counts = scope.arrived.get(key)
    condition = spec.element.activation_condition
    if not counts:
        return
    if key in scope.resets:
        _swallow(move, scope, spec)
    elif condition is not None and move.holds(condition, scope.id, _count_of(counts)):
        scope.resets[key] = [flow for flow in spec.incoming if flow not in counts]
        _consume(scope, spec, dict.fromkeys(counts, 1))
        move.push("split", scope.id, key)


def _count_of(counts: dict[str, int]) -> dict[str, object]:
    from decimal import Decimal

    return {"activationCount": Decimal(sum(counts.values()))}


def _swallow(move: Move, scope: ElementInstance, spec: ElementSpec) -> None:
    """A complex join that has fired takes the late tokens; then it starts anew."""
    awaited, counts = scope.resets[spec.key], scope.arrived[spec.key]
    late = [flow for flow in counts if flow in awaited]
    if late:
        _consume(scope, spec, dict.fromkeys(late, 1))
        scope.resets[spec.key] = [flow for flow in awaited if flow not in late]
        end_token(move, scope)
    if not scope.resets.get(spec.key, ["-"]):
        del scope.resets[spec.key]
        if scope.arrived.get(spec.key):
            move.push("activation", scope.id, spec.key)


def fire_waiting_joins(move: Move) -> bool:
    """Let inclusive joins go on that no token can reach any more; whether any did."""
    for scope in list(move.state.instances.values()):
        for key in list(scope.arrived):
            spec = move.compiled.specs[key]
            if not isinstance(spec.element, InclusiveGateway | ComplexGateway):
                continue
            if key in scope.resets or _may_still_get(move, scope, spec):
                continue
            if isinstance(spec.element, ComplexGateway) and spec.element.activation_condition:
                continue
            _consume(scope, spec, dict.fromkeys(scope.arrived[key], 1))
            move.push("split", scope.id, key)
            return True
    return _restart_complex_joins(move)


def _restart_complex_joins(move: Move) -> bool:
    """A complex join that has fired starts anew when no awaited token can come any more."""
    for scope in list(move.state.instances.values()):
        for key in list(scope.resets):
            spec = move.compiled.specs[key]
            awaited = set(scope.resets[key])
            if any(_reach(move, s, spec) & awaited for s in _whereabouts(move, scope, spec)):
                continue
            del scope.resets[key]
            if scope.arrived.get(key):
                move.push("activation", scope.id, key)
                return True
    return False


def _may_still_get(move: Move, scope: ElementInstance, spec: ElementSpec) -> bool:
    """Whether a token elsewhere can reach an empty flow, and no full one (13.4.3)."""
    full = set(scope.arrived[spec.key])
    empty = set(spec.incoming) - full
    for place in _whereabouts(move, scope, spec):
        reached = _reach(move, place, spec)
        if reached & empty and not reached & full:
            return True
    return False


def _whereabouts(move: Move, scope: ElementInstance, join: ElementSpec) -> list[ElementSpec]:
    """Where the other tokens of the scope are."""
    specs = move.compiled.specs
    places = [move.spec(each) for each in move.children(scope.id) if each.phase != ASIDE]
    places += [specs[key] for key in scope.arrived if key != join.key]
    steps = [i.step for i in move.state.incidents.values()]
    places += [specs[s[2]] for s in steps if s and s[1] == scope.id and s[0] in ("split", "leave")]
    return places


def _reach(move: Move, start: ElementSpec, join: ElementSpec) -> frozenset[str]:
    """The flows into the join that a token here can come by, without passing the join."""
    known = move.compiled.reach.get((start.key, join.key))
    if known is not None:
        return known
    seen, waiting, found = {start.key}, [start], set()
    while waiting:
        spec = waiting.pop()
        for flow, target in spec.flows:
            if target is join:
                found.add(flow.id)
        links = [spec.container.links.get(each.name) for each in spec.definitions]
        following = [target for _, target in spec.flows] + spec.boundaries
        for target in [*following, *(each for each in links if each is not None)]:
            if target is not join and target.key not in seen:
                seen.add(target.key)
                waiting.append(target)
    made = move.compiled.reach[(start.key, join.key)] = frozenset(found)
    return made
