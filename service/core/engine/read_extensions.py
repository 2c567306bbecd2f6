"""`extensionElements` to `Extensions`: those of Camunda 8 and our own; all others are reported."""

from collections.abc import Callable, Iterator
from typing import Any

from .extensions import (
    DINGBIAN,
    NO_EXTENSIONS,
    ZEEBE,
    Action,
    AdHoc,
    Assignment,
    Binding,
    CalledDecision,
    CalledElement,
    Countersign,
    Deadline,
    Extensions,
    Form,
    IoMapping,
    Mapping,
    PublishMessage,
    Separation,
    TaskDefinition,
    Text,
    Unknown,
)
from .xml_cursor import Xml

#: Extensions of Camunda 8 that are known and refused, with the reason.
REFUSED = {
    "executionListeners": (
        "work belongs in a task that people can see in the diagram",
        "业务处理应画成流程图中可见的任务",
    ),
    "taskListeners": (
        "work belongs in a task that people can see in the diagram",
        "业务处理应画成流程图中可见的任务",
    ),
    "linkedResources": (
        "resources are found in the flow's own folder",
        "资源一律取自流程自身的文件夹",
    ),
    "userTaskForm": (
        "forms are JSON Schema files beside the diagram, named by formId",
        "表单应为流程图旁的 JSON Schema 文件,以 formId 引用",
    ),
}

#: Extensions that have children; in all others a child is a finding.
LISTS = frozenset({"ioMapping", "taskHeaders", "properties", "actions"})


def read_extensions(xml: Xml) -> Extensions:
    """The extensions of an element."""
    holder = xml.child("extensionElements")
    if holder is None:
        return NO_EXTENSIONS
    found: dict[str, Any] = {}
    for namespace, name, child in holder.foreign():
        reader = EXTENSIONS.get((namespace, name))
        if reader is not None:
            values = reader(child)
            for key in sorted(found.keys() & values.keys()):
                _twice(child, name, key)
            found.update(values)
            child.finish_attributes()
            if name not in LISTS:
                for _ in _inside(child):
                    pass
            continue
        if namespace == ZEEBE and name in REFUSED:
            _refuse(child, name)
        else:
            child.left_out(namespace, name)
        found["unknown"] = (*found.get("unknown", ()), Unknown(namespace, name, child.line))
    return Extensions(**found)


def _twice(child: Xml, name: str, key: str) -> None:
    child.error(
        "more_than_one",
        f"Expected {name} once, but the element says {key.replace('_', ' ')} twice.",
        f"扩展 {name} 只能出现一次。",
    )


def _refuse(child: Xml, name: str) -> None:
    english, chinese = REFUSED[name]
    child.error(
        "refused_extension",
        f"Expected no {name}, but there is one: {english}.",
        f"不支持扩展 {name}:{chinese}。",
    )


def _inside(xml: Xml, *names: str) -> Iterator[tuple[str, Xml]]:
    """The children of these names in the element's own namespace; others are findings."""
    own = xml.namespace
    for namespace, name, child in xml.foreign():
        if namespace == own and name in names:
            yield name, child
            child.finish_attributes()
        else:
            child.left_out(namespace, name)


def _binding(xml: Xml) -> Binding:
    kind = xml.one_of("bindingType", ("latest", "deployment", "versionTag"), "latest")
    return Binding(kind, xml.get("versionTag"), xml.has("bindingType"))


def _need(xml: Xml, attribute: str) -> Text:
    """An expression that must be there; an empty one is a finding."""
    text = xml.get(attribute)
    if not text:
        _missing(xml, attribute)
    return Text(text, xml.owner, xml.line)


def _need_plain(xml: Xml, attribute: str) -> str:
    text = xml.get(attribute)
    if not text:
        _missing(xml, attribute)
    return text


def _missing(xml: Xml, attribute: str) -> None:
    xml.error(
        "missing_attribute",
        f"Expected {attribute} on {xml.local}, but it has none.",
        f"扩展 {xml.local} 缺少属性 {attribute}。",
    )


# -- Camunda 8 -----------------------------------------------------------------------------------


def _io(xml: Xml) -> dict[str, Any]:
    both: dict[str, list[Mapping]] = {"input": [], "output": []}
    for name, child in _inside(xml, "input", "output"):
        source, target = _need(child, "source"), _need_plain(child, "target")
        both[name].append(Mapping(source, target, child.line))
    return {"io": IoMapping(tuple(both["input"]), tuple(both["output"]))}


def _task_definition(xml: Xml) -> dict[str, Any]:
    definition = TaskDefinition(_need(xml, "type"), xml.expression("retries"), xml.line)
    return {"task_definition": definition}


def _pairs(xml: Xml, child: str, key: str) -> tuple[tuple[str, str], ...]:
    return tuple((_need_plain(x, key), x.get("value")) for _, x in _inside(xml, child))


def _assignment(xml: Xml) -> dict[str, Any]:
    names = ("assignee", "candidateGroups", "candidateUsers")
    return {"assignment": Assignment(*(xml.expression(name) for name in names))}


def _form(xml: Xml) -> dict[str, Any]:
    outside = xml.expression("externalReference") or xml.expression("formKey")
    form_id = xml.expression("formId")
    if form_id is None and outside is None:
        _missing(xml, "formId")
    return {"form": Form(form_id, outside, _binding(xml), xml.line)}


def _decision(xml: Xml) -> dict[str, Any]:
    result = _need_plain(xml, "resultVariable")
    called = CalledDecision(_need(xml, "decisionId"), result, _binding(xml), xml.line)
    return {"called_decision": called}


def _called_element(xml: Xml) -> dict[str, Any]:
    children = xml.boolean("propagateAllChildVariables", True)
    parents = xml.boolean("propagateAllParentVariables", True)
    process = _need(xml, "processId")
    return {"called_element": CalledElement(process, _binding(xml), children, parents, xml.line)}


def _publish(xml: Xml) -> dict[str, Any]:
    names = ("correlationKey", "messageId", "timeToLive")
    return {"publish_message": PublishMessage(*(xml.expression(name) for name in names))}


def _script(xml: Xml) -> dict[str, Any]:
    result = _need_plain(xml, "resultVariable")
    return {"script": _need(xml, "expression"), "result_variable": result}


def _ad_hoc(xml: Xml) -> dict[str, Any]:
    output = xml.get("outputCollection"), xml.expression("outputElement")
    return {"ad_hoc": AdHoc(xml.expression("activeElementsCollection"), *output)}


def _condition(xml: Xml) -> dict[str, Any]:
    events = {x.strip() for x in xml.get("variableEvents").split(",")} - {""}
    if events and events != {"create", "update"}:
        xml.error(
            "bad_value",
            "Expected variableEvents to be “create, update”, but it is narrower.",
            "属性 variableEvents 应同时包含 create 和 update。",
        )
    names = [x.strip() for x in xml.get("variableNames").split(",")]
    return {"condition_variables": tuple(x for x in names if x)}


# -- our own -------------------------------------------------------------------------------------


def _deadline(xml: Xml) -> dict[str, Any]:
    remind = []
    for word in xml.get("remind").replace(",", " ").split():
        if word.isdecimal() and 0 < len(word) < 5 and int(word) > 0:
            remind.append(int(word))
        else:
            xml.error(
                "bad_value",
                f"Expected working days as remind, such as “3 1”, but “{word[:80]}” is none.",
                f"属性 remind 应为工作日天数(如“3 1”),“{word[:80]}”无效。",
            )
    clock = xml.get("clock") or "office"
    start = xml.expression("start")
    return {"deadline": Deadline(_need(xml, "days"), clock, start, tuple(remind), xml.line)}


def _actions(xml: Xml) -> dict[str, Any]:
    actions = []
    for _, child in _inside(xml, "action"):
        comment = child.one_of("comment", ("optional", "required"), "optional") == "required"
        skips = child.one_of("form", ("checked", "skipped"), "checked") == "skipped"
        name, key = _need_plain(child, "name"), _need_plain(child, "id")
        actions.append(Action(key, name, comment, skips, child.line))
    return {"actions": tuple(actions)}


def _countersign(xml: Xml) -> dict[str, Any]:
    rule = xml.one_of("rule", ("all", "any", "ratio"), "all")
    ratio, quorum = xml.expression("ratio"), xml.expression("quorum")
    abstention = xml.one_of("abstention", ("counts", "ignored", "refused"), "counts")
    veto, result = xml.boolean("veto", False), xml.get("resultVariable") or "countersign"
    weight = xml.expression("weight")
    made = Countersign(rule, ratio, veto, quorum, abstention, weight, result, xml.line)
    return {"countersign": made}


def _separation(xml: Xml) -> dict[str, Any]:
    elements = tuple(xml.get("elements").replace(",", " ").split())
    recuse = xml.expression("recuse")
    if not elements and recuse is None:
        _missing(xml, "elements")
    return {"separation": Separation(elements, recuse, xml.line)}


EXTENSIONS: dict[tuple[str, str], Callable[[Xml], dict[str, Any]]] = {
    (ZEEBE, "ioMapping"): _io,
    (ZEEBE, "taskDefinition"): _task_definition,
    (ZEEBE, "taskHeaders"): lambda x: {"headers": _pairs(x, "header", "key")},
    (ZEEBE, "properties"): lambda x: {"properties": _pairs(x, "property", "name")},
    (ZEEBE, "assignmentDefinition"): _assignment,
    (ZEEBE, "formDefinition"): _form,
    (ZEEBE, "taskSchedule"): lambda x: {
        "due_date": x.expression("dueDate"),
        "follow_up_date": x.expression("followUpDate"),
    },
    (ZEEBE, "priorityDefinition"): lambda x: {"priority": x.expression("priority")},
    (ZEEBE, "calledDecision"): _decision,
    (ZEEBE, "calledElement"): _called_element,
    (ZEEBE, "subscription"): lambda x: {"correlation_key": _need(x, "correlationKey")},
    (ZEEBE, "publishMessage"): _publish,
    (ZEEBE, "script"): _script,
    (ZEEBE, "versionTag"): lambda x: {"version_tag": _need_plain(x, "value")},
    (ZEEBE, "userTask"): lambda x: {"is_zeebe_user_task": True},
    (ZEEBE, "conditionalFilter"): _condition,
    (ZEEBE, "adHoc"): _ad_hoc,
    (ZEEBE, "loopCharacteristics"): lambda x: {
        "input_collection": _need(x, "inputCollection"),
        "input_element": x.get("inputElement"),
        "output_collection": x.get("outputCollection"),
        "output_element": x.expression("outputElement"),
    },
    (DINGBIAN, "deadline"): _deadline,
    (DINGBIAN, "actions"): _actions,
    (DINGBIAN, "countersign"): _countersign,
    (DINGBIAN, "separation"): _separation,
    (DINGBIAN, "duty"): lambda x: {"duty": _need_plain(x, "id")},
}
