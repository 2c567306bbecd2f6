"""Where only an expression is allowed, its text begins with `=`, whether it was drawn so or not."""

from dataclasses import replace
from typing import TypeVar

from .extensions import Extensions, Text
from .model import (
    Activity,
    AdHocSubProcess,
    ComplexGateway,
    ConditionalEvent,
    DataAssociation,
    Event,
    EventDefinition,
    FlowNode,
    MultiInstance,
    ScriptTask,
    StandardLoop,
)

_Node = TypeVar("_Node", bound=FlowNode)
_Definition = TypeVar("_Definition", bound=EventDefinition)


def signed(text: Text | None) -> Text | None:
    """The text as FEEL behind `=`."""
    if text is None or text.text.startswith("="):
        return text
    return replace(text, text=f"={text.text}")


def signed_node(node: _Node) -> _Node:
    """A flow node in which every text that can only be an expression says so."""
    data = replace(
        node.data,
        incoming=tuple(_carried(x) for x in node.data.incoming),
        outgoing=tuple(_carried(x) for x in node.data.outgoing),
    )
    node = replace(node, extensions=_extensions(node.extensions), data=data)
    if isinstance(node, Event):
        definitions = tuple(signed_definition(x) for x in node.definitions)
        node = replace(node, definitions=definitions)
    if isinstance(node, Activity) and node.loop is not None:
        node = replace(node, loop=_loop(node.loop))
    if isinstance(node, ScriptTask):
        node = replace(node, script=signed(node.script))
    if isinstance(node, ComplexGateway):
        node = replace(node, activation_condition=signed(node.activation_condition))
    if isinstance(node, AdHocSubProcess):
        node = replace(node, completion_condition=signed(node.completion_condition))
    return node


def signed_definition(definition: _Definition) -> _Definition:
    definition = replace(definition, extensions=_extensions(definition.extensions))
    if isinstance(definition, ConditionalEvent):
        return replace(definition, condition=signed(definition.condition))
    return definition


def _carried(flow: DataAssociation) -> DataAssociation:
    assignments = tuple((signed(source) or source, to) for source, to in flow.assignments)
    return replace(flow, transformation=signed(flow.transformation), assignments=assignments)


def _loop(loop: StandardLoop | MultiInstance) -> StandardLoop | MultiInstance:
    if isinstance(loop, StandardLoop):
        return replace(loop, condition=signed(loop.condition))
    behaviors = tuple(
        replace(
            x,
            condition=signed(x.condition),
            event=None if x.event is None else signed_node(x.event),
        )
        for x in loop.complex_behaviors
    )
    return replace(
        loop,
        cardinality=signed(loop.cardinality),
        completion_condition=signed(loop.completion_condition),
        input_collection=signed(loop.input_collection),
        output_element=signed(loop.output_element),
        complex_behaviors=behaviors,
    )


def _extensions(e: Extensions) -> Extensions:
    changed = replace(e, script=signed(e.script))
    if e.ad_hoc:
        elements = signed(e.ad_hoc.active_elements)
        output = signed(e.ad_hoc.output_element)
        ad_hoc = replace(e.ad_hoc, active_elements=elements, output_element=output)
        changed = replace(changed, ad_hoc=ad_hoc)
    if e.deadline:
        changed = replace(changed, deadline=replace(e.deadline, start=signed(e.deadline.start)))
    if e.countersign:
        sign = replace(e.countersign, weight=signed(e.countersign.weight))
        changed = replace(changed, countersign=sign)
    if e.separation:
        apart = replace(e.separation, recuse=signed(e.separation.recuse))
        changed = replace(changed, separation=apart)
    return changed
