"""Joins that can never be full.

A parallel join needs a token on each of its incoming flows. Two of them can hold tokens at once
only where some node made two tokens out of one: one that leads to the first flow, another that
leads to the second. Where no such node is before them, the join waits for ever; so what is
reported is certain, and what is not reported may still wait for ever.
"""

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
    StartEvent,
    TimerEvent,
)
from .rules_structure import heads, successors
from .scopes_of import Scope

#: (the node where tokens part, the nodes that each of its tokens begins in, may one repeat)
Fork = tuple[list[str], bool]


def check(c: Checking) -> None:
    report = c.error if c.known.full_joins else c.warn
    for scope in c.scopes:
        joins = [x for x in scope.body.nodes if isinstance(x, ParallelGateway)]
        for join in joins:
            if len(join.incoming) > 1 and not _can_be_full(scope, join):
                report(
                    "join_never_full",
                    join,
                    f"Expected tokens on all flows into {called(join)} at once, but no node before "
                    "it makes as many.",
                    f"汇聚网关 {called(join)} 的各流入顺序流不可能同时到达,流程将永远等待。",
                )


def _can_be_full(scope: Scope, join: ParallelGateway) -> bool:
    sources = {x: scope.flows[x].source for x in join.incoming if x in scope.flows}
    reach = _Reach(scope, join)
    # Which forks' branches lead to which incoming flow.
    led = [
        ({flow: reach.branches(branches, flow, sources[flow]) for flow in sources}, repeats)
        for branches, repeats in _forks(scope, join)
    ]
    return all(
        any(_both(to[first], to[second], repeats) for to, repeats in led)
        for first, second in combinations(sources, 2)
    )


def _both(first: set[int], second: set[int], repeats: bool) -> bool:
    if not first or not second:
        return False
    return repeats or len(first | second) > 1


class _Reach:
    """What can be reached without passing through the join."""

    def __init__(self, scope: Scope, join: ParallelGateway) -> None:
        self._join = join.id
        self._scope = scope
        self._known: dict[str, frozenset[str]] = {}

    def _from(self, node: str) -> frozenset[str]:
        if node not in self._known:
            seen = {node}
            waiting = [node]
            while waiting:
                name = waiting.pop()
                if name == self._join or name not in self._scope.nodes:
                    continue
                for following in successors(self._scope, self._scope.nodes[name]):
                    if following.id not in seen:
                        seen.add(following.id)
                        waiting.append(following.id)
            self._known[node] = frozenset(seen)
        return self._known[node]

    def branches(self, begins: list[str], flow: str, source: str) -> set[int]:
        """The branches of a fork from which a token can come to this flow into the join."""
        return {
            number
            for number, begin in enumerate(begins)
            if begin == flow or (begin in self._scope.nodes and source in self._from(begin))
        }


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
