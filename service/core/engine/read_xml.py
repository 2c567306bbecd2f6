"""BPMN files to models. What has a meaning and no place in the model is a finding."""

from typing import Any

from ..safe_xml import Refusal, tree_of
from .extensions import Text
from .findings import Findings
from .model import (
    CorrelationKey,
    CorrelationProperty,
    Definitions,
    Error,
    Escalation,
    EventDefinition,
    GlobalTask,
    Message,
    MessageFlow,
    Participant,
    Process,
    Signal,
)
from .read_activities import GLOBAL_TASKS, TASKS
from .read_bodies import Bodies
from .read_events import DEFINITIONS, read_definition
from .read_parts import base, read_data
from .xml_cursor import Xml
from .xml_names import BPMN

#: Root elements that describe types, operations and drawings.
QUIET = (
    *("import", "itemDefinition", "interface", "endPoint", "dataStore", "category", "resource"),
    *("partnerEntity", "partnerRole", "relationship"),
)


def read(data: bytes) -> Definitions:
    """The model of a file; `findings` of the result say what of it could not be read.

    Raises:
        safe_xml.Refusal: It is no BPMN 2.0 file, is not well-formed, too large, too deep, or
            declares a DTD.
    """
    tree = tree_of(data)
    findings = Findings()
    root = Xml(tree, findings)
    if root.name != "definitions":
        raise Refusal(
            f"Expected definitions of BPMN 2.0 ({BPMN}), but the file is a {tree.tag}.",
            f"文件应为 BPMN 2.0 的 definitions,实际为 {tree.tag}。",
            root.line,
        )
    return _definitions(root, findings)


def _definitions(root: Xml, findings: Findings) -> Definitions:
    head = base(root)
    namespace, language = root.get("targetNamespace"), root.get("expressionLanguage")
    root.skip("typeLanguage", "exporter", "exporterVersion", *QUIET)
    events = tuple(read_definition(x) for x in root.children(*DEFINITIONS))
    shared: dict[str, EventDefinition] = {x.id: x for x in events}
    bodies = Bodies(root, shared)
    participants, flows, keys = _collaborations(root)
    parts: dict[str, Any] = {
        "processes": tuple(_process(x, bodies) for x in root.children("process")),
        "global_tasks": tuple(_global_task(x, shared) for x in root.children(*GLOBAL_TASKS)),
        "messages": tuple(_message(x) for x in root.children("message")),
        "signals": tuple(_signal(x) for x in root.children("signal")),
        "errors": tuple(_error(x) for x in root.children("error")),
        "escalations": tuple(_escalation(x) for x in root.children("escalation")),
        "correlation_properties": tuple(
            _correlation_property(x) for x in root.children("correlationProperty")
        ),
    }
    for extension in root.children("extension"):
        if extension.boolean("mustUnderstand", False):
            extension.error(
                "unknown_extension",
                "Expected no extension that must be understood, but there is one.",
                "文件声明了必须理解的扩展,无法支持。",
            )
    root.finish()
    return Definitions(
        namespace=namespace,
        expression_language=language,
        exporter=root.get("exporter"),
        event_definitions=events,
        participants=participants,
        message_flows=flows,
        correlation_keys=keys,
        findings=findings.all(),
        **parts,
        **head,
    )


def _process(xml: Xml, bodies: Bodies) -> Process:
    known, body = bodies.of(xml)
    known.skip("processType", "isClosed", "definitionalCollaborationRef", "supportedInterfaceRef")
    known.skip("supports", "resourceRole", "ioBinding")
    process = Process(
        body=body,
        is_executable=known.boolean("isExecutable", False) if known.has("isExecutable") else None,
        data=read_data(known),
        **base(known),
    )
    if known.child("correlationSubscription"):
        known.error(
            "not_supported",
            "Expected correlation by zeebe:subscription, but there is a correlationSubscription.",
            "请用消息的 zeebe:subscription 设定关联键,不支持 correlationSubscription。",
        )
    known.finish()
    return process


def _global_task(xml: Xml, shared: dict[str, EventDefinition]) -> GlobalTask:
    xml.skip("supportedInterfaceRef", "ioBinding")
    read_task = TASKS[GLOBAL_TASKS[xml.name]]
    task = read_task(xml, shared)
    xml.finish()
    return GlobalTask(task=task, id=task.id, name=task.name, line=task.line)


def _title(xml: Xml) -> Text | None:
    return xml.expression("name")


def _message(xml: Xml) -> Message:
    message = Message(title=_title(xml), item=xml.reference("itemRef"), **base(xml))
    xml.finish()
    return message


def _signal(xml: Xml) -> Signal:
    xml.skip("structureRef")
    signal = Signal(title=_title(xml), **base(xml))
    xml.finish()
    return signal


def _error(xml: Xml) -> Error:
    xml.skip("structureRef")
    error = Error(code=xml.expression("errorCode"), **base(xml))
    xml.finish()
    return error


def _escalation(xml: Xml) -> Escalation:
    xml.skip("structureRef")
    escalation = Escalation(code=xml.expression("escalationCode"), **base(xml))
    xml.finish()
    return escalation


def _correlation_property(xml: Xml) -> CorrelationProperty:
    xml.skip("type")
    retrievals = []
    for child in xml.children("correlationPropertyRetrievalExpression"):
        path = child.child_text("messagePath")
        if path is not None:
            retrievals.append((child.reference("messageRef"), path))
        base(child)
        child.finish()
    found = CorrelationProperty(retrievals=tuple(retrievals), **base(xml))
    xml.finish()
    return found


Collaboration = tuple[tuple[Participant, ...], tuple[MessageFlow, ...], tuple[CorrelationKey, ...]]


def _collaborations(root: Xml) -> Collaboration:
    participants: list[Participant] = []
    flows: list[MessageFlow] = []
    keys: list[CorrelationKey] = []
    for xml in root.children("collaboration"):
        base(xml)
        xml.skip("isClosed", "textAnnotation", "group", "association")
        participants += [_participant(x) for x in xml.children("participant")]
        flows += [_message_flow(x) for x in xml.children("messageFlow")]
        keys += [_key(x) for x in xml.children("correlationKey")]
        xml.finish()
    return tuple(participants), tuple(flows), tuple(keys)


def _participant(xml: Xml) -> Participant:
    xml.skip("interfaceRef", "endPointRef", "participantMultiplicity")
    participant = Participant(process=xml.reference("processRef"), **base(xml))
    xml.finish()
    return participant


def _message_flow(xml: Xml) -> MessageFlow:
    flow = MessageFlow(
        source=xml.reference("sourceRef"),
        target=xml.reference("targetRef"),
        message=xml.reference("messageRef"),
        **base(xml),
    )
    xml.finish()
    return flow


def _key(xml: Xml) -> CorrelationKey:
    properties = tuple(
        x.content().rpartition(":")[2] for x in xml.children("correlationPropertyRef")
    )
    key = CorrelationKey(properties=properties, **base(xml))
    xml.finish()
    return key
