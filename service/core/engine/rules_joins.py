"""Joins that can never be full.

A parallel join needs a token on each of its incoming flows. Two of them can hold tokens at once
only where some node made two tokens out of one: one that leads to the first flow, another that
leads to the second. Where no such node is before them, the join waits for ever; so what is
reported is certain, and what is not reported may still wait for ever.
"""

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations

from .checking import Checking, called
from .model import (
    Activity,
    AdHocSubProcess,
    BoundaryEvent,
    CompensateEvent,
    ComplexGateway,
    EventBasedGateway,
    ExclusiveGateway,
    FlowNode,
    ParallelGateway,
    SequenceFlow,
    StartEvent,
    TimerEvent,
)
from .reach import heads, successors
from .scopes_of import Scope

#: What each of the tokens begins in, and whether several may begin in the same.
Fork = tuple[list[str], bool]
_Before = Mapping[str, list[str]]


def check(c: Checking) -> None:
    report = c.error if c.known.full_joins else c.warn
    for scope in c.scopes:
        joins = [x for x in scope.body.nodes if isinstance(x, ParallelGateway)]
        before = _before(scope) if joins else {}
        for join in joins:
            if len(join.incoming) > 1 and not _can_be_full(scope, join, before):
                report(
                    "join_never_full",
                    join,
                    f"Expected tokens on all flows into {called(join)} at once, but no node before "
                    "it makes as many.",
                    f"汇聚网关 {called(join)} 的各流入顺序流不可能同时到达,流程将永远等待。",
                )


def _can_be_full(scope: Scope, join: ParallelGateway, before: _Before) -> bool:
    into = [scope.flows[x] for x in join.incoming if x in scope.flows]
    leading = {flow.id: _leading_to(flow, join, before) for flow in into}
    forks = _forks(scope, join)
    led = [
        ({flow.id: _branches(begins, leading[flow.id]) for flow in into}, repeats)
        for begins, repeats in forks
    ]
    return all(
        any(_both(to[first.id], to[second.id], repeats) for to, repeats in led)
        for first, second in combinations(into, 2)
    )


def _leading_to(flow: SequenceFlow, join: FlowNode, before: _Before) -> set[str]:
    """The flow itself, and the nodes from which a token can come to it without passing the join."""
    seen = {flow.source}
    waiting = [flow.source] if flow.source != join.id else []
    while waiting:
        for name in before.get(waiting.pop(), ()):
            if name not in seen and name != join.id:
                seen.add(name)
                waiting.append(name)
    return seen | {flow.id}


def _before(scope: Scope) -> _Before:
    """The nodes right before each node."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for node in scope.body.nodes:
        for following in successors(scope, node):
            found[following.id].append(node.id)
    return found


def _branches(begins: list[str], leading: set[str]) -> set[int]:
    return {number for number, begin in enumerate(begins) if begin in leading}


def _both(first: set[int], second: set[int], repeats: bool) -> bool:
    if not first or not second:
        return False
    return repeats or len(first | second) > 1


def _forks(scope: Scope, join: FlowNode) -> list[Fork]:
    """Where one token becomes several. A branch is the node that it begins in, or, where it goes
    straight into the join, its flow."""
    found: list[Fork] = []
    starts = [x.id for x in heads(scope) if not isinstance(x, StartEvent)]
    if len(starts) > 1 or isinstance(scope.container, AdHocSubProcess):
        found.append((starts or [x.id for x in scope.body.nodes], True))
    for node in scope.body.nodes:
        begins = [
            flow.id if flow.target == join.id else flow.target for flow in scope.outgoing(node)
        ]
        repeats = _repeats(node)
        if isinstance(node, Activity):
            extra = [x for x in scope.boundaries(node) if _adds(x)]
            begins += [x.id for x in extra]
            repeats = repeats or bool(extra)
        if node.id == join.id or isinstance(node, ExclusiveGateway | EventBasedGateway):
            continue
        if len(begins) > 1 or repeats:
            found.append((begins, repeats))
    return found


def _repeats(node: FlowNode) -> bool:
    """Whether several tokens may leave by one flow."""
    if isinstance(node, Activity) and node.completion_quantity > 1:
        return True
    if isinstance(node, ComplexGateway):
        return True
    return any(
        isinstance(x, TimerEvent) and x.kind == "cycle" for x in getattr(node, "definitions", ())
    )


def _adds(event: BoundaryEvent) -> bool:
    """Whether its token comes beside the one of its activity, or in place of several."""
    return not event.cancels_activity and not any(
        isinstance(x, CompensateEvent) for x in event.definitions
    )
