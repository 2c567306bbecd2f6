"""Links become flows; what begins without a start event gets one."""

from dataclasses import replace

from .editing import MARK, Editing
from .model import (
    BoundaryEvent,
    EventBasedGateway,
    FlowNode,
    IntermediateCatchEvent,
    IntermediateThrowEvent,
    LinkEvent,
    MessageEvent,
    ParallelGateway,
    ReceiveTask,
    StartEvent,
    Task,
)


def links(editing: Editing) -> None:
    """A throw goes on to the catch of its name (10.5.1); both become events without meaning."""
    targets: dict[str, str] = {}
    throws: list[tuple[str, str]] = []
    for node in list(editing.nodes.values()):
        for definition in getattr(node, "definitions", ()):
            if not isinstance(definition, LinkEvent):
                continue
            if isinstance(node, IntermediateCatchEvent):
                targets[definition.name] = editing.put(_passing(node))
            elif isinstance(node, IntermediateThrowEvent):
                throws.append((definition.name, editing.put(replace(node, definitions=()))))
    for name, source in throws:
        editing.connect(source, targets[name])


def _passing(node: FlowNode) -> IntermediateThrowEvent:
    return IntermediateThrowEvent(
        id=node.id,
        name=node.name,
        line=node.line,
        documentation=node.documentation,
        extensions=node.extensions,
    )


def instantiators(editing: Editing) -> None:
    """What starts an instance by a message becomes a message start event (13.5.1)."""
    for node in list(editing.nodes.values()):
        if isinstance(node, ReceiveTask) and node.instantiate:
            start = editing.put(_start(f"{node.id}{MARK}start", node.message, node.line))
            _received(editing, node)
            editing.connect(start, node.id)
        elif isinstance(node, EventBasedGateway) and node.instantiate:
            targets = [editing.nodes[x.target] for x in editing.out_of(node.id)]
            editing.remove(node.id)
            for target in targets:
                _awaited(editing, target)


def _start(name: str, message: str, line: int) -> StartEvent:
    definition = MessageEvent(id=f"{name}{MARK}message", message=message, line=line)
    return StartEvent(id=name, line=line, definitions=(definition,))


def _received(editing: Editing, node: ReceiveTask) -> None:
    """The task stays, with its mappings, as one that passes: its message has come."""
    editing.put(
        Task(
            id=node.id,
            name=node.name,
            line=node.line,
            documentation=node.documentation,
            extensions=node.extensions,
            data=node.data,
            default=node.default,
            loop=node.loop,
            completion_quantity=node.completion_quantity,
        )
    )


def _awaited(editing: Editing, target: FlowNode) -> None:
    if isinstance(target, ReceiveTask):
        start = editing.put(_start(f"{target.id}{MARK}start", target.message, target.line))
        _received(editing, target)
        editing.connect(start, target.id)
    elif isinstance(target, IntermediateCatchEvent):
        editing.put(
            StartEvent(
                id=target.id,
                name=target.name,
                line=target.line,
                documentation=target.documentation,
                extensions=target.extensions,
                data=target.data,
                definitions=target.definitions,
            )
        )


def starts(editing: Editing, container: str) -> None:
    """Without a start event, every node without a way in begins at once (13.3.1)."""
    if any(isinstance(x, StartEvent) for x in editing.nodes.values()):
        return
    heads = [
        x
        for x in editing.nodes.values()
        if not editing.into(x.id)
        and not isinstance(x, BoundaryEvent)
        and editing.runs_in_sequence(x)
    ]
    start = editing.put(StartEvent(id=f"{container}{MARK}start"))
    if len(heads) > 1:
        source = editing.put(ParallelGateway(id=f"{container}{MARK}fork"))
        editing.connect(start, source)
    else:
        source = start
    for head in heads:
        editing.connect(source, head.id)
