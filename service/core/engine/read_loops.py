"""Loops and multi-instance activities."""

from .extensions import Text
from .model import ComplexBehavior, MultiInstance, StandardLoop, ThrowEvent
from .read_events import EVENTS, Shared
from .read_parts import base
from .xml_cursor import Xml


def read_loop(xml: Xml, shared: Shared) -> StandardLoop | MultiInstance | None:
    standard = xml.child("standardLoopCharacteristics")
    multiple = xml.child("multiInstanceLoopCharacteristics")
    if standard and multiple:
        multiple.error(
            "more_than_one",
            "Expected a loop or a multi-instance, but the activity has both.",
            "一个活动不能同时设置循环与多实例。",
        )
    if standard:
        return _standard(standard)
    return _multiple(multiple, shared) if multiple else None


def _standard(xml: Xml) -> StandardLoop:
    loop = StandardLoop(
        condition=xml.child_text("loopCondition"),
        maximum=xml.integer("loopMaximum", None, 1),
        tests_before=xml.boolean("testBefore", False),
        **base(xml),
    )
    xml.finish()
    return loop


def _multiple(xml: Xml, shared: Shared) -> MultiInstance:
    behavior = xml.one_of("behavior", ("None", "One", "All", "Complex"), "All")
    events = {kind: xml.reference(f"{kind.lower()}BehaviorEventRef") for kind in ("None", "One")}
    collection = xml.child("loopDataInputRef")
    output = xml.child("loopDataOutputRef")
    item, result = (_item_name(xml, x) for x in ("inputDataItem", "outputDataItem"))
    head = base(xml)
    extensions = head["extensions"]
    loop = MultiInstance(
        is_sequential=xml.boolean("isSequential", False),
        cardinality=xml.child_text("loopCardinality"),
        completion_condition=xml.child_text("completionCondition"),
        input_collection=extensions.input_collection or (collection.text() if collection else None),
        input_element=extensions.input_element or item,
        output_collection=extensions.output_collection or (output.content() if output else ""),
        output_element=extensions.output_element or _variable(xml, result),
        behavior=behavior,
        behavior_event=events.get(behavior, ""),
        complex_behaviors=tuple(
            _complex(x, shared) for x in xml.children("complexBehaviorDefinition")
        ),
        **head,
    )
    xml.finish()
    return loop


def _item_name(xml: Xml, name: str) -> str:
    child = xml.child(name)
    if child is None:
        return ""
    child.skip("itemSubjectRef", "isCollection")
    child.without_effect("dataState")
    head = base(child)
    child.finish()
    return str(head["name"] or head["id"])


def _variable(xml: Xml, name: str) -> Text | None:
    """An output item is the variable of its name."""
    return Text(name, xml.owner, xml.line) if name else None


def _complex(xml: Xml, shared: Shared) -> ComplexBehavior:
    event = None
    child = xml.child("event")
    if child is not None:
        event = _thrown(child, shared)
    behavior = ComplexBehavior(condition=xml.child_text("condition"), event=event, **base(xml))
    xml.finish()
    return behavior


def _thrown(xml: Xml, shared: Shared) -> ThrowEvent | None:
    event = EVENTS["intermediateThrowEvent"](xml, shared)
    xml.finish()
    return event if isinstance(event, ThrowEvent) else None
