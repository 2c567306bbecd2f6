"""Splits, merges, conditions and ends made explicit."""

from dataclasses import replace

from .editing import MARK, Editing
from .extensions import Text
from .model import (
    Activity,
    BoundaryEvent,
    CompensateEvent,
    ComplexGateway,
    EndEvent,
    ExclusiveGateway,
    FlowNode,
    Gateway,
    InclusiveGateway,
    ParallelGateway,
    SequenceFlow,
)


def splits(editing: Editing) -> None:
    """Several flows out of an activity or event, or conditions on them, become gateways."""
    for node in list(editing.nodes.values()):
        if isinstance(node, Gateway):
            continue
        flows = editing.out_of(node.id)
        default = node.default if isinstance(node, Activity) else ""
        conditional = [x for x in flows if x.condition is not None]
        if len(flows) < 2 and not conditional:
            if default and isinstance(node, Activity):
                editing.put(replace(node, default=""))
            continue
        if isinstance(node, Activity):
            editing.put(replace(node, default=""))
        if conditional:
            _decide(editing, node, flows, default)
        else:
            _fork(editing, node, flows)


def _fork(editing: Editing, node: FlowNode, flows: list[SequenceFlow]) -> str:
    gateway = editing.put(ParallelGateway(id=f"{node.id}{MARK}fork"))
    for flow in flows:
        editing.change(replace(flow, source=gateway))
    editing.connect(node.id, gateway)
    return gateway


def _decide(editing: Editing, node: FlowNode, flows: list[SequenceFlow], default: str) -> None:
    """Flows without a condition are taken whatever the others say; the default is taken where no
    condition holds (13.2.1). Where there are no others, one of them must be."""
    always = [x for x in flows if x.condition is None and x.id != default]
    source = node.id
    if always:
        source = _fork(editing, node, always)
    gateway = f"{node.id}{MARK}split"
    editing.put(InclusiveGateway(id=gateway, default=default))
    editing.connect(source, gateway)
    for flow in flows:
        if flow not in always:
            editing.change(replace(flow, source=gateway))
    if always and not default:
        nothing = editing.end_after(gateway)
        editing.put(InclusiveGateway(id=gateway, default=nothing))


def gateways(editing: Editing) -> None:
    """Flows of deciding gateways have a condition or are the default; all others have none."""
    for node in list(editing.nodes.values()):
        flows = editing.out_of(node.id)
        if isinstance(node, ExclusiveGateway | InclusiveGateway | ComplexGateway):
            if len(flows) == 1 and flows[0].id == node.default:
                editing.put(replace(node, default=""))
            if len(flows) < 2:
                continue
            for flow in flows:
                if flow.condition is None and flow.id != node.default:
                    true = Text("=true", flow.id, flow.line)
                    editing.change(replace(flow, condition=true))
        elif isinstance(node, Gateway):
            for flow in flows:
                if flow.condition is not None:
                    editing.change(replace(flow, condition=None))


def merges(editing: Editing) -> None:
    """Where several flows meet at an activity or event, each token passes (13.2.1)."""
    for node in list(editing.nodes.values()):
        flows = editing.into(node.id)
        if isinstance(node, Gateway) or len(flows) < 2:
            continue
        gateway = editing.put(ExclusiveGateway(id=f"{node.id}{MARK}merge"))
        for flow in flows:
            editing.change(replace(flow, target=gateway))
        editing.connect(gateway, node.id)


def ends(editing: Editing) -> None:
    """A token that has no way on ends (13.5.6)."""
    for node in list(editing.nodes.values()):
        if isinstance(node, EndEvent) or not editing.runs_in_sequence(node):
            continue
        if isinstance(node, BoundaryEvent) and any(
            isinstance(x, CompensateEvent) for x in node.definitions
        ):
            continue
        if not editing.out_of(node.id):
            editing.end_after(node.id)
