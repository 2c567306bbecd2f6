"""What may come after a step: the next things of its diagram that somebody sees or waits for.

Pure. Gateways, rules and commands on the way are passed through; the names of the flows that lead
on say when.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from service.core.engine.model import (
    Body,
    BoundaryEvent,
    CallActivity,
    CatchEvent,
    EndEvent,
    FlowNode,
    ReceiveTask,
    SubProcess,
    UserTask,
)
from service.features.processes.definition import Definition

#: More than this a page does not show at once.
_MOST = 20


@dataclass(frozen=True, slots=True)
class StepAhead:
    """One thing that may come next.

    Attributes:
        kind: `task`, `process` (another page), `event` (something is waited for) or `end`.
        when: The names of the flows that lead there, as drawn; "" where none has a name.
    """

    element: str
    name: str
    kind: str
    when: str


def steps_ahead(definition: Definition, process: str, element: str) -> list[StepAhead]:
    """What may follow an element, in the order of the drawing; empty where it is not drawn."""
    home = definition.homes.get(process)
    if home is None:
        return []
    return steps_in(definition.folders[home].processes[process].body, element)


def steps_in(body: Body, element: str) -> list[StepAhead]:
    """What may follow an element of a process, or of a sub-process of it."""
    for inner in _bodies(body):
        nodes = {node.id: node for node in inner.nodes}
        if element in nodes:
            return _Walk(inner, nodes).from_(element)
    return []


def _bodies(body: Body) -> Iterator[Body]:
    yield body
    for node in body.nodes:
        if isinstance(node, SubProcess):
            yield from _bodies(node.body)


class _Walk:
    def __init__(self, body: Body, nodes: dict[str, FlowNode]) -> None:
        self._body, self._nodes = body, nodes
        self._seen: set[str] = set()
        self._found: list[StepAhead] = []

    def from_(self, element: str) -> list[StepAhead]:
        self._seen.add(element)
        self._follow(element, ())
        for node in self._body.nodes:
            if isinstance(node, BoundaryEvent) and node.attached_to == element:
                self._follow(node.id, (node.name,) if node.name else ())
        return self._found[:_MOST]

    def _follow(self, source: str, labels: tuple[str, ...]) -> None:
        for flow in self._body.flows:
            if flow.source == source:
                self._reach(flow.target, (*labels, flow.name) if flow.name else labels)

    def _reach(self, target: str, labels: tuple[str, ...]) -> None:
        node = self._nodes.get(target)
        if node is None or target in self._seen:
            return
        self._seen.add(target)
        kind = _kind(node)
        if kind is None:
            self._follow(target, labels)
        else:
            when = "、".join(labels)
            self._found.append(StepAhead(target, node.name or target, kind, when))


def _kind(node: FlowNode) -> str | None:
    """What a node is to whoever looks ahead; None where it is passed at once."""
    match node:
        case UserTask():
            return "task"
        case CallActivity() | SubProcess():
            return "process"
        case ReceiveTask() | CatchEvent():
            return "event"
        case EndEvent():
            return "end"
        case _:
            return None
