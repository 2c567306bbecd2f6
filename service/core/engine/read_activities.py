"""Activities and gateways."""

from collections.abc import Callable
from typing import Any

from .model import (
    Activity,
    AdHocSubProcess,
    Body,
    BusinessRuleTask,
    CallActivity,
    ComplexGateway,
    EventBasedGateway,
    EventSubProcess,
    ExclusiveGateway,
    FlowNode,
    InclusiveGateway,
    ManualTask,
    ParallelGateway,
    ReceiveTask,
    ScriptTask,
    SendTask,
    ServiceTask,
    SubProcess,
    Task,
    Transaction,
    UserTask,
)
from .read_events import Shared
from .read_loops import read_loop
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
        "loop": read_loop(xml, shared),
        "data": read_data(xml),
        **base(xml),
    }


# -- tasks ---------------------------------------------------------------------------------------


def _operation(xml: Xml) -> None:
    """Who does a task is said by `zeebe:taskDefinition` alone."""
    xml.without_effect("implementation", "##unspecified", "##WebService")
    xml.without_effect("operationRef")


def _script(xml: Xml, shared: Shared) -> Task:
    return ScriptTask(
        script=xml.child_text("script"),
        script_format=xml.get("scriptFormat") or xml.get("scriptLanguage"),
        **_activity(xml, shared),
    )


def _receive(xml: Xml, shared: Shared) -> Task:
    _operation(xml)
    instantiate = xml.boolean("instantiate", False)
    message = xml.reference("messageRef")
    return ReceiveTask(message=message, instantiate=instantiate, **_activity(xml, shared))


def _send(xml: Xml, shared: Shared) -> Task:
    _operation(xml)
    return SendTask(message=xml.reference("messageRef"), **_activity(xml, shared))


def _plain(kind: type[Task]) -> Callable[[Xml, Shared], Task]:
    def read(xml: Xml, shared: Shared) -> Task:
        _operation(xml)
        xml.skip("rendering")
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
        _method(xml)
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


def _method(xml: Xml) -> None:
    """Transactions are undone by compensation (13.3.6), and by nothing else."""
    method = xml.get("method")
    xml.without_effect("protocol")
    if method.lower() not in ("", "##compensate", "compensate"):
        xml.error(
            "not_supported",
            f"Expected ##Compensate as the method of a transaction, but it is “{method[:80]}”.",
            f"事务的 method 只支持 ##Compensate,实际为“{method[:80]}”。",
        )


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
