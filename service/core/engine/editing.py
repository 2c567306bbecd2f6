"""One body while it is being made explicit."""

from collections import defaultdict
from dataclasses import replace

from .model import (
    Activity,
    Body,
    EndEvent,
    EventSubProcess,
    FlowNode,
    SequenceFlow,
)

#: Stands in every id that was added, and in none that may be drawn.
MARK = ":"


def drawn_id(name: str) -> str:
    """The id of the drawn element that an element, drawn or added, stands for."""
    return name.partition(MARK)[0]


class Editing:
    """Nodes and flows that can be changed; the order of the file is kept.

    Args:
        nodes: The body's nodes, sub-processes among them already made explicit.
    """

    def __init__(self, body: Body, nodes: tuple[FlowNode, ...]) -> None:
        self._body = body
        self.nodes: dict[str, FlowNode] = {x.id: x for x in nodes}
        self._flows: dict[str, SequenceFlow] = {x.id: x for x in body.flows}
        self._index()

    def _index(self) -> None:
        self._into: defaultdict[str, list[str]] = defaultdict(list)
        self._out: defaultdict[str, list[str]] = defaultdict(list)
        for flow in self._flows.values():
            self._out[flow.source].append(flow.id)
            self._into[flow.target].append(flow.id)

    def into(self, node: str) -> list[SequenceFlow]:
        return [self._flows[x] for x in self._into[node]]

    def out_of(self, node: str) -> list[SequenceFlow]:
        return [self._flows[x] for x in self._out[node]]

    def put(self, node: FlowNode) -> str:
        """Add a node, or take it instead of the one with its id."""
        self.nodes[node.id] = node
        return node.id

    def remove(self, node: str) -> None:
        """A node and the flows at it."""
        del self.nodes[node]
        for flow in (*self.into(node), *self.out_of(node)):
            self._drop(flow)

    def _drop(self, flow: SequenceFlow) -> None:
        if self._flows.pop(flow.id, None) is not None:
            self._out[flow.source].remove(flow.id)
            self._into[flow.target].remove(flow.id)

    def connect(self, source: str, target: str) -> str:
        """Add a flow; returns its id."""
        name = f"{drawn_id(source)}{MARK}{source}{MARK}{target}"
        self._flows[name] = SequenceFlow(id=name, source=source, target=target)
        self._out[source].append(name)
        self._into[target].append(name)
        return name

    def change(self, flow: SequenceFlow) -> None:
        """Take a flow instead of the one with its id, wherever its ends are now."""
        old = self._flows[flow.id]
        if old.source != flow.source:
            self._out[old.source].remove(flow.id)
            self._out[flow.source].append(flow.id)
        if old.target != flow.target:
            self._into[old.target].remove(flow.id)
            self._into[flow.target].append(flow.id)
        self._flows[flow.id] = flow

    def runs_in_sequence(self, node: FlowNode) -> bool:
        """Whether tokens come to it by flows and leave it by flows."""
        if isinstance(node, Activity) and node.is_for_compensation:
            return False
        return not isinstance(node, EventSubProcess)

    def end_after(self, node: str) -> str:
        """An added end event behind a node; returns the id of the flow to it."""
        end = self.put(EndEvent(id=f"{drawn_id(node)}{MARK}end"))
        return self.connect(node, end)

    def result(self) -> Body:
        nodes = tuple(
            replace(x, incoming=tuple(self._into[x.id]), outgoing=tuple(self._out[x.id]))
            for x in self.nodes.values()
        )
        return replace(self._body, nodes=nodes, flows=tuple(self._flows.values()))
