"""Walking a model without recursion: every process and sub-process with what lies in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from .model import (
    Activity,
    Body,
    BoundaryEvent,
    Definitions,
    FlowNode,
    Process,
    SequenceFlow,
    SubProcess,
)


@dataclass(frozen=True, eq=False)
class Scope:
    """A process or sub-process.

    Attributes:
        container: The process or sub-process itself.
        parent: The scope around it; None for a process.
        depth: 0 for a process.
        attached: The boundary events of each activity, by its id.
    """

    container: Process | SubProcess
    process: Process
    parent: "Scope | None"
    depth: int
    nodes: dict[str, FlowNode] = field(default_factory=dict)
    flows: dict[str, SequenceFlow] = field(default_factory=dict)
    attached: dict[str, list[BoundaryEvent]] = field(default_factory=dict)

    @property
    def body(self) -> Body:
        return self.container.body

    def around(self) -> Iterator["Scope"]:
        """This scope, then those around it, outwards."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.parent

    def outgoing(self, node: FlowNode) -> list[SequenceFlow]:
        return [self.flows[x] for x in node.outgoing if x in self.flows]

    def incoming(self, node: FlowNode) -> list[SequenceFlow]:
        return [self.flows[x] for x in node.incoming if x in self.flows]

    def boundaries(self, activity: Activity) -> list[BoundaryEvent]:
        return self.attached.get(activity.id, [])

    def handler(self, boundary: BoundaryEvent) -> Activity | None:
        """The activity that a compensation boundary event is associated with."""
        for association in self.body.associations:
            if association.source == boundary.id:
                target = self.nodes.get(association.target)
                if isinstance(target, Activity):
                    return target
        return None


def scopes(definitions: Definitions) -> tuple[Scope, ...]:
    """All scopes of a file, each before those inside it."""
    found: list[Scope] = []
    waiting = [Scope(p, p, None, 0) for p in reversed(definitions.processes)]
    while waiting:
        scope = waiting.pop()
        scope.nodes.update((x.id, x) for x in scope.body.nodes)
        scope.flows.update((x.id, x) for x in scope.body.flows)
        for node in scope.body.nodes:
            if isinstance(node, BoundaryEvent):
                scope.attached.setdefault(node.attached_to, []).append(node)
        found.append(scope)
        inner = [x for x in scope.body.nodes if isinstance(x, SubProcess)]
        for container in reversed(inner):
            waiting.append(Scope(container, scope.process, scope, scope.depth + 1))
    return tuple(found)
