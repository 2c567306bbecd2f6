"""Activities and their loops, and gateways."""

from collections.abc import Callable
from typing import Any

from .extensions import Text
from .model import (
    Activity,
    AdHocSubProcess,
    Body,
    BusinessRuleTask,
    CallActivity,
    ComplexBehavior,
    ComplexGateway,
    EventBasedGateway,
    EventSubProcess,
    ExclusiveGateway,
    FlowNode,
    InclusiveGateway,
    ManualTask,
    MultiInstance,
    ParallelGateway,
    ReceiveTask,
    ScriptTask,
    SendTask,
    ServiceTask,
    StandardLoop,
    SubProcess,
    Task,
    ThrowEvent,
    Transaction,
    UserTask,
)
from .read_events import EVENTS, Shared
from .read_parts import base, read_data
from .xml_cursor import Xml

#: Roles of BPMN: who is responsible is said by assignments and lanes, so they are refused.
ROLES = ("resourceRole", "performer", "humanPerformer", "potentialOwner")


def _activity(xml: Xml, shared: Shared) -> dict[str, Any]:
    for role in xml.children(*ROLES):
        role.error(
            "not_supported",
            f"Expected an assignment or a lane to say who works, but there is a {role.name}.",
            "请用任务分派(assignmentDefinition)或泳道说明由谁办理。",
        )
    return {
        "default": xml.reference("default"),
        "is_for_compensation": xml.boolean("isForCompensation", False),
        "start_quantity": xml.integer("startQuantity", 1, 1) or 1,
        "completion_quantity": xml.integer("completionQuantity", 1, 1) or 1,
        "loop": _loop(xml, shared),
        "data": read_data(xml),
        **base(xml),
    }


# -- loops ---------------------------------------------------------------------------------------


def _loop(xml: Xml, shared: Shared) -> StandardLoop | MultiInstance | None:
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
    child.skip("itemSubjectRef", "isCollection", "dataState")
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


# -- tasks ---------------------------------------------------------------------------------------


def _script(xml: Xml, shared: Shared) -> Task:
    return ScriptTask(
        script=xml.child_text("script"),
        script_format=xml.get("scriptFormat") or xml.get("scriptLanguage"),
        **_activity(xml, shared),
    )


def _receive(xml: Xml, shared: Shared) -> Task:
    xml.skip("implementation", "operationRef")
    instantiate = xml.boolean("instantiate", False)
    message = xml.reference("messageRef")
    return ReceiveTask(message=message, instantiate=instantiate, **_activity(xml, shared))


def _send(xml: Xml, shared: Shared) -> Task:
    xml.skip("implementation", "operationRef")
    return SendTask(message=xml.reference("messageRef"), **_activity(xml, shared))


def _plain(kind: type[Task]) -> Callable[[Xml, Shared], Task]:
    def read(xml: Xml, shared: Shared) -> Task:
        xml.skip("implementation", "operationRef", "rendering")
        return kind(**_activity(xml, shared))

    return read


TASKS: dict[str, Callable[[Xml, Shared], Task]] = {
    "task": _plain(Task),
    "userTask": _plain(UserTask),
    "manualTask": _plain(ManualTask),
    "serviceTask": _plain(ServiceTask),
    "businessRuleTask": _plain(BusinessRuleTask),
    "scriptTask": _script,
    "receiveTask": _receive,
    "sendTask": _send,
}

#: Global tasks, and the task each of them is.
GLOBAL_TASKS = {
    "globalTask": "task",
    "globalUserTask": "userTask",
    "globalManualTask": "manualTask",
    "globalScriptTask": "scriptTask",
    "globalBusinessRuleTask": "businessRuleTask",
}


# -- containers ----------------------------------------------------------------------------------

SUB_PROCESSES = ("subProcess", "transaction", "adHocSubProcess")


def read_sub_process(xml: Xml, shared: Shared, body: Body) -> Activity:
    """A sub-process around what has been read of its inside."""
    if xml.name == "transaction":
        xml.skip("method", "protocol")
    is_triggered = xml.boolean("triggeredByEvent", False)
    if xml.name == "adHocSubProcess":
        return AdHocSubProcess(
            body=body,
            completion_condition=xml.child_text("completionCondition"),
            is_sequential=xml.one_of("ordering", ("Parallel", "Sequential"), "Parallel")
            == "Sequential",
            cancels_remaining=xml.boolean("cancelRemainingInstances", True),
            **_activity(xml, shared),
        )
    if is_triggered:
        return EventSubProcess(body=body, **_activity(xml, shared))
    kind = Transaction if xml.name == "transaction" else SubProcess
    return kind(body=body, **_activity(xml, shared))


def read_call(xml: Xml, shared: Shared) -> Activity:
    return CallActivity(called=xml.reference("calledElement"), **_activity(xml, shared))


# -- gateways ------------------------------------------------------------------------------------


def _gateway(xml: Xml) -> dict[str, Any]:
    directions = ("Unspecified", "Converging", "Diverging", "Mixed")
    return {"direction": xml.one_of("gatewayDirection", directions, ""), **base(xml)}


def _complex_gateway(xml: Xml) -> FlowNode:
    return ComplexGateway(
        default=xml.reference("default"),
        activation_condition=xml.child_text("activationCondition"),
        **_gateway(xml),
    )


def _event_based(xml: Xml) -> FlowNode:
    return EventBasedGateway(
        instantiate=xml.boolean("instantiate", False),
        kind=xml.one_of("eventGatewayType", ("Exclusive", "Parallel"), "Exclusive"),
        **_gateway(xml),
    )


GATEWAYS: dict[str, Callable[[Xml], FlowNode]] = {
    "exclusiveGateway": lambda x: ExclusiveGateway(default=x.reference("default"), **_gateway(x)),
    "inclusiveGateway": lambda x: InclusiveGateway(default=x.reference("default"), **_gateway(x)),
    "parallelGateway": lambda x: ParallelGateway(**_gateway(x)),
    "complexGateway": _complex_gateway,
    "eventBasedGateway": _event_based,
}
