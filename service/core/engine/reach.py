"""Where tokens begin, and where they can go."""

from collections.abc import Iterator

from .model import (
    Activity,
    AdHocSubProcess,
    BoundaryEvent,
    CompensateEvent,
    EventBasedGateway,
    EventSubProcess,
    FlowNode,
    IntermediateCatchEvent,
    IntermediateThrowEvent,
    LinkEvent,
    ReceiveTask,
    StartEvent,
)
from .scopes_of import Scope


def compensates(node: BoundaryEvent) -> bool:
    return any(isinstance(x, CompensateEvent) for x in node.definitions)


def is_link_catch(node: FlowNode) -> bool:
    return isinstance(node, IntermediateCatchEvent) and any(
        isinstance(x, LinkEvent) for x in node.definitions
    )


def is_link_throw(node: FlowNode) -> bool:
    return isinstance(node, IntermediateThrowEvent) and any(
        isinstance(x, LinkEvent) for x in node.definitions
    )


def heads(scope: Scope) -> list[FlowNode]:
    """Where tokens begin: the start events; or, where there are none, the nodes without a way in;
    and nodes that instantiate (BPMN 2.0.2, 13.3.1 and 13.5.1)."""
    starts: list[FlowNode] = [x for x in scope.body.nodes if isinstance(x, StartEvent)]
    makers = [
        x
        for x in scope.body.nodes
        if isinstance(x, ReceiveTask | EventBasedGateway) and x.instantiate
    ]
    if starts or makers:
        return starts + makers
    return [x for x in scope.body.nodes if not x.incoming and not _begins_elsewhere(x)]


def _begins_elsewhere(node: FlowNode) -> bool:
    if isinstance(node, BoundaryEvent | EventSubProcess) or is_link_catch(node):
        return True
    return isinstance(node, Activity) and node.is_for_compensation


def successors(scope: Scope, node: FlowNode) -> Iterator[FlowNode]:
    """The nodes that a token in this node may go on to, directly."""
    for flow in scope.outgoing(node):
        if flow.target in scope.nodes:
            yield scope.nodes[flow.target]
    if isinstance(node, Activity):
        yield from scope.boundaries(node)
    if isinstance(node, BoundaryEvent) and compensates(node):
        handler = scope.handler(node)
        if handler is not None:
            yield handler
    if is_link_throw(node):
        names = {x.name for x in getattr(node, "definitions", ()) if isinstance(x, LinkEvent)}
        for other in scope.body.nodes:
            if is_link_catch(other) and names & {
                x.name for x in getattr(other, "definitions", ()) if isinstance(x, LinkEvent)
            }:
                yield other


def reached(scope: Scope) -> set[str]:
    """The ids of the nodes that a token can come to."""
    waiting = heads(scope)
    if isinstance(scope.container, AdHocSubProcess):
        waiting = [x for x in scope.body.nodes if not x.incoming and not _begins_elsewhere(x)]
    waiting += [x for x in scope.body.nodes if isinstance(x, EventSubProcess)]
    seen = {x.id for x in waiting}
    while waiting:
        for node in successors(scope, waiting.pop()):
            if node.id not in seen:
                seen.add(node.id)
                waiting.append(node)
    return seen
