"""Event definitions and events."""

from collections.abc import Callable, Mapping
from typing import Any

from .model import (
    BoundaryEvent,
    CancelEvent,
    CompensateEvent,
    ConditionalEvent,
    EndEvent,
    ErrorEvent,
    EscalationEvent,
    Event,
    EventDefinition,
    IntermediateCatchEvent,
    IntermediateThrowEvent,
    LinkEvent,
    MessageEvent,
    SignalEvent,
    StartEvent,
    TerminateEvent,
    TimerEvent,
)
from .read_parts import base, read_data
from .xml_cursor import Xml

#: What flow nodes have that the reader of bodies fills in: their flows, and drawn repetitions.
Shared = Mapping[str, EventDefinition]


def read_definition(xml: Xml) -> EventDefinition:
    """One event definition."""
    definition = _DEFINITIONS[xml.name](xml)
    xml.finish()
    return definition


def _message(xml: Xml) -> EventDefinition:
    xml.without_effect("operationRef")
    return MessageEvent(message=xml.reference("messageRef"), **base(xml))


def _timer(xml: Xml) -> EventDefinition:
    found = [
        (kind, text)
        for kind, name in (
            ("date", "timeDate"),
            ("duration", "timeDuration"),
            ("cycle", "timeCycle"),
        )
        if (text := xml.child_text(name)) is not None
    ]
    if len(found) > 1:
        xml.error(
            "bad_timer",
            "Expected one of date, duration and cycle in a timer, but it has several.",
            "定时器只能设定日期、时长、周期三者之一。",
        )
    kind, value = found[0] if found else ("", None)
    return TimerEvent(kind=kind, value=value, **base(xml))


def _compensate(xml: Xml) -> EventDefinition:
    activity = xml.reference("activityRef")
    return CompensateEvent(
        activity=activity, waits=xml.boolean("waitForCompletion", True), **base(xml)
    )


def _link(xml: Xml) -> EventDefinition:
    xml.skip("source", "target")
    return LinkEvent(**base(xml))


_DEFINITIONS: dict[str, Callable[[Xml], EventDefinition]] = {
    "messageEventDefinition": _message,
    "signalEventDefinition": lambda x: SignalEvent(signal=x.reference("signalRef"), **base(x)),
    "errorEventDefinition": lambda x: ErrorEvent(error=x.reference("errorRef"), **base(x)),
    "escalationEventDefinition": lambda x: EscalationEvent(
        escalation=x.reference("escalationRef"), **base(x)
    ),
    "timerEventDefinition": _timer,
    "conditionalEventDefinition": lambda x: ConditionalEvent(
        condition=x.child_text("condition"), **base(x)
    ),
    "linkEventDefinition": _link,
    "terminateEventDefinition": lambda x: TerminateEvent(**base(x)),
    "cancelEventDefinition": lambda x: CancelEvent(**base(x)),
    "compensateEventDefinition": _compensate,
}

DEFINITIONS = tuple(_DEFINITIONS)


def _definitions(xml: Xml, shared: Shared) -> tuple[EventDefinition, ...]:
    """An event's own definitions, then those it refers to."""
    found = [read_definition(x) for x in xml.children(*DEFINITIONS)]
    for reference in xml.children("eventDefinitionRef"):
        name = reference.content().rpartition(":")[2]
        if name in shared:
            found.append(shared[name])
        else:
            reference.error(
                "missing_reference",
                f"Expected an event definition of the file, but {name or 'nothing'} is none.",
                f"文件中没有名为“{name}”的事件定义。",
            )
    return tuple(found)


def _event(xml: Xml, shared: Shared) -> dict[str, Any]:
    return {
        "definitions": _definitions(xml, shared),
        "data": read_data(xml),
        **base(xml),
    }


def _catch(xml: Xml, shared: Shared) -> dict[str, Any]:
    multiple = xml.boolean("parallelMultiple", False)
    return {"is_parallel_multiple": multiple, **_event(xml, shared)}


def _start(xml: Xml, shared: Shared) -> Event:
    interrupts = xml.boolean("isInterrupting", True)
    return StartEvent(is_interrupting=interrupts, **_catch(xml, shared))


def _boundary(xml: Xml, shared: Shared) -> Event:
    return BoundaryEvent(
        attached_to=xml.reference("attachedToRef"),
        cancels_activity=xml.boolean("cancelActivity", True),
        **_catch(xml, shared),
    )


EVENTS: dict[str, Callable[[Xml, Shared], Event]] = {
    "startEvent": _start,
    "endEvent": lambda x, shared: EndEvent(**_event(x, shared)),
    "intermediateCatchEvent": lambda x, shared: IntermediateCatchEvent(**_catch(x, shared)),
    "intermediateThrowEvent": lambda x, shared: IntermediateThrowEvent(**_event(x, shared)),
    "boundaryEvent": _boundary,
}
