"""What lies in a process or sub-process: nodes, flows, data, lanes. Iterative: however deep
sub-processes nest, reading them costs no stack."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from .model import (
    Association,
    Body,
    DataObject,
    DataObjectReference,
    DataStoreReference,
    FlowNode,
    Lane,
    SequenceFlow,
)
from .read_activities import GATEWAYS, SUB_PROCESSES, TASKS, read_call, read_sub_process
from .read_events import EVENTS, Shared
from .read_parts import base
from .xml_cursor import Xml
from .xml_names import BPMN, split_tag

NODES = (*TASKS, *GATEWAYS, *EVENTS, *SUB_PROCESSES, "callActivity")

#: Drawn in a body, and without effect on how it runs.
DRAWN = ("textAnnotation", "group")

_CONTAINERS = frozenset({"process", *SUB_PROCESSES})


class Bodies:
    """The bodies of all processes and sub-processes of a file, innermost first."""

    def __init__(self, root: Xml, shared: Shared) -> None:
        self._shared = shared
        self._bodies: dict[Any, tuple[Xml, Body]] = {}
        containers = [e for e in root.raw.iter() if self._is_container(e)]
        for element in reversed(containers):
            xml = Xml(element, root.findings)
            self._bodies[element] = xml, self._read(xml)

    @staticmethod
    def _is_container(element: Any) -> bool:
        namespace, name = split_tag(element.tag)
        return namespace == BPMN and name in _CONTAINERS

    def of(self, xml: Xml) -> tuple[Xml, Body]:
        """A container's cursor, which knows what has been read of it, and its body."""
        return self._bodies[xml.raw]

    def _read(self, xml: Xml) -> Body:
        flows = tuple(_flow(x) for x in xml.children("sequenceFlow"))
        incoming: defaultdict[str, list[str]] = defaultdict(list)
        outgoing: defaultdict[str, list[str]] = defaultdict(list)
        for flow in flows:
            outgoing[flow.source].append(flow.id)
            incoming[flow.target].append(flow.id)
        nodes = []
        for child in xml.children(*NODES):
            node = self._node(child)
            ends = tuple(incoming[node.id]), tuple(outgoing[node.id])
            nodes.append(replace(node, incoming=ends[0], outgoing=ends[1]))
            _compare(child, "incoming", ends[0])
            _compare(child, "outgoing", ends[1])
        xml.skip(*DRAWN)
        return Body(
            nodes=tuple(nodes),
            flows=flows,
            data_objects=tuple(_data_object(x) for x in xml.children("dataObject")),
            data_references=tuple(
                _data_reference(x)
                for x in xml.children("dataObjectReference", "dataStoreReference")
            ),
            associations=tuple(_association(x) for x in xml.children("association")),
            lanes=tuple(lane for x in xml.children("laneSet") for lane in _lanes(x)),
        )

    def _node(self, xml: Xml) -> FlowNode:
        node: FlowNode
        xml.skip("incoming", "outgoing")
        if xml.name in SUB_PROCESSES:
            known, body = self.of(xml)
            known.skip("incoming", "outgoing")
            known.owner = xml.owner
            node = read_sub_process(known, self._shared, body)
            known.finish()
            return node
        if xml.name in TASKS:
            node = TASKS[xml.name](xml, self._shared)
        elif xml.name in EVENTS:
            node = EVENTS[xml.name](xml, self._shared)
        elif xml.name in GATEWAYS:
            node = GATEWAYS[xml.name](xml)
        else:
            node = read_call(xml, self._shared)
        xml.finish()
        return node


def _compare(xml: Xml, kind: str, flows: tuple[str, ...]) -> None:
    """Some editors repeat a node's flows inside the node; the flows' own ends count."""
    drawn = {x.content().rpartition(":")[2] for x in xml.children(kind)}
    if drawn and drawn != set(flows):
        xml.findings.warn(
            "flows_differ",
            xml.owner,
            xml.line,
            f"The {kind} flows listed in {xml.owner} are not those that say so themselves, "
            "which are the ones that count.",
            f"元素 {xml.owner} 所列的 {kind} 与顺序流自身的起止点不符,以后者为准。",
        )


def _flow(xml: Xml) -> SequenceFlow:
    xml.skip("isImmediate")
    flow = SequenceFlow(
        source=xml.reference("sourceRef"),
        target=xml.reference("targetRef"),
        condition=xml.child_text("conditionExpression"),
        **base(xml),
    )
    xml.finish()
    return flow


def _data_object(xml: Xml) -> DataObject:
    xml.skip("itemSubjectRef")
    xml.without_effect("dataState")
    found = DataObject(is_collection=xml.boolean("isCollection", False), **base(xml))
    xml.finish()
    return found


def _data_reference(xml: Xml) -> DataObjectReference | DataStoreReference:
    xml.skip("itemSubjectRef")
    xml.without_effect("dataState")
    found: DataObjectReference | DataStoreReference
    if xml.name == "dataObjectReference":
        found = DataObjectReference(data_object=xml.reference("dataObjectRef"), **base(xml))
    else:
        found = DataStoreReference(data_store=xml.reference("dataStoreRef"), **base(xml))
    xml.finish()
    return found


def _association(xml: Xml) -> Association:
    xml.skip("associationDirection")
    source, target = xml.reference("sourceRef"), xml.reference("targetRef")
    found = Association(source=source, target=target, **base(xml))
    xml.finish()
    return found


def _lanes(xml: Xml) -> tuple[Lane, ...]:
    base(xml)
    found = []
    for child in xml.children("lane"):
        child.skip("partitionElementRef", "partitionElement")
        inner = child.child("childLaneSet")
        head = base(child)
        found.append(
            Lane(
                nodes=tuple(x.content().rpartition(":")[2] for x in child.children("flowNodeRef")),
                lanes=_lanes(inner) if inner else (),
                duty=head["extensions"].duty,
                **head,
            )
        )
        child.finish()
    xml.finish()
    return tuple(found)
