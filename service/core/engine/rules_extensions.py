"""Extensions stand where they have an effect, and fit together."""

import re
from collections.abc import Iterator
from dataclasses import fields

from .checking import Checking, called
from .countersigning import AGREE, OPPOSE, VOTES
from .extensions import NO_EXTENSIONS, Binding, Countersign, Extensions, Mapping
from .model import (
    Activity,
    AdHocSubProcess,
    BusinessRuleTask,
    CallActivity,
    CatchEvent,
    ConditionalEvent,
    Element,
    EndEvent,
    Event,
    IntermediateThrowEvent,
    Lane,
    Message,
    MessageEvent,
    MultiInstance,
    Process,
    ScriptTask,
    SendTask,
    ServiceTask,
    StartEvent,
    TimerEvent,
    UserTask,
)

_WORKERS = (ServiceTask, SendTask, BusinessRuleTask, ScriptTask, IntermediateThrowEvent, EndEvent)
_LOOP = (MultiInstance,)

#: Which elements an extension means something on.
PLACES: dict[str, tuple[type[Element], ...]] = {
    "io": (Activity, Event),
    "task_definition": _WORKERS,
    "headers": (*_WORKERS, UserTask),
    "assignment": (UserTask,),
    "form": (UserTask, StartEvent),
    "due_date": (UserTask,),
    "follow_up_date": (UserTask,),
    "priority": (UserTask,),
    "called_decision": (BusinessRuleTask,),
    "called_element": (CallActivity,),
    "correlation_key": (Message,),
    "publish_message": (SendTask, IntermediateThrowEvent, EndEvent),
    "script": (ScriptTask,),
    "result_variable": (ScriptTask,),
    "version_tag": (Process,),
    "is_zeebe_user_task": (UserTask,),
    "condition_variables": (ConditionalEvent,),
    "ad_hoc": (AdHocSubProcess,),
    "properties": (Element,),
    "deadline": (UserTask, TimerEvent),
    "actions": (UserTask,),
    "countersign": (UserTask,),
    "separation": (UserTask,),
    "duty": (Lane,),
    "input_collection": _LOOP,
    "input_element": _LOOP,
    "output_collection": _LOOP,
    "output_element": _LOOP,
    "unknown": (Element,),
}

#: Names of variables: letters of any script, digits and `_`.
VARIABLE = re.compile(r"[^\W\d]\w*")


def check(c: Checking) -> None:
    for element in _elements(c):
        _placed(c, element)
        for extension in _bindings(element.extensions):
            if extension.kind == "versionTag" and not extension.version_tag:
                _error(c, element, "a versionTag with its binding", "versionTag 绑定须注明版本标签")
    for _, node in c.nodes():
        e = node.extensions
        _mappings(c, node, e)
        if e.result_variable and not VARIABLE.fullmatch(e.result_variable):
            _name(c, node, e.result_variable)
        if isinstance(node, IntermediateThrowEvent | EndEvent) and (
            e.task_definition or e.publish_message
        ):
            sends = any(isinstance(x, MessageEvent) for x in node.definitions)
            if not sends:
                english = "a message event where a job or message is defined"
                _error(c, node, english, "仅消息事件可设定作业或消息")
        if e.headers and not e.task_definition and not isinstance(node, UserTask):
            english = "a task definition with its headers"
            _error(c, node, english, "设定 taskHeaders 须有 taskDefinition")
        if isinstance(node, UserTask):
            _user_task(c, node)


def _elements(c: Checking) -> Iterator[Element]:
    yield from (*c.file.messages, *c.file.signals, *c.file.errors, *c.file.escalations)
    yield from c.file.event_definitions
    yield from (x.task for x in c.file.global_tasks)
    yield c.file
    yield from (x for x in c.file.processes if x.is_executable is not False)
    yield from (*c.file.participants, *c.file.message_flows)
    for scope in c.scopes:
        yield from (*scope.body.flows, *scope.body.data_objects, *scope.body.data_references)
        waiting = list(scope.body.lanes)
        while waiting:
            lane = waiting.pop()
            waiting += lane.lanes
            yield lane
        for node in scope.body.nodes:
            yield node
            yield from getattr(node, "definitions", ())
            loop = getattr(node, "loop", None)
            if loop is not None:
                yield loop


def _placed(c: Checking, element: Element) -> None:
    for field in fields(Extensions):
        there = getattr(element.extensions, field.name)
        if there == getattr(NO_EXTENSIONS, field.name):
            continue
        if not isinstance(element, PLACES[field.name]):
            shown = field.name.replace("_", " ")
            c.error(
                "misplaced_extension",
                element,
                f"Expected no {shown} on {called(element)}, where it has no effect, but it has "
                "one.",
                f"扩展 {shown} 放在元素 {called(element)} 上不起作用。",
            )


def _bindings(e: Extensions) -> Iterator[Binding]:
    for holder in (e.form, e.called_decision, e.called_element):
        if holder is not None:
            yield holder.binding


def _error(c: Checking, element: Element, english: str, chinese: str) -> None:
    c.error(
        "extension_conflict",
        element,
        f"Expected {english}, but {called(element)} is different.",
        f"元素 {called(element)}:{chinese}。",
    )


def _name(c: Checking, element: Element, name: str) -> None:
    c.error(
        "bad_name",
        element,
        f"Expected the name of a variable on {called(element)}, but “{name[:80]}” is none.",
        f"元素 {called(element)} 中的“{name[:80]}”不是有效的变量名。",
    )


def _mappings(c: Checking, node: Element, e: Extensions) -> None:
    both: tuple[Mapping, ...] = (*e.io.inputs, *e.io.outputs)
    for mapping in both:
        parts = mapping.target.split(".")
        if not all(VARIABLE.fullmatch(x) for x in parts):
            _name(c, node, mapping.target)
    if e.io.inputs and isinstance(node, CatchEvent):
        _error(c, node, "no input mapping on an event that waits", "捕获事件不支持输入映射")


def _user_task(c: Checking, node: UserTask) -> None:
    e = node.extensions
    if e.deadline and e.due_date:
        _error(c, node, "a deadline or a dueDate, not both", "deadline 与 dueDate 不得并用")
    ids = [x.id for x in e.actions]
    if len(set(ids)) < len(ids):
        _error(c, node, "actions with ids of their own", "办理动作的 id 不得重复")
    sign = e.countersign
    if sign is None:
        return
    if not isinstance(node.loop, MultiInstance):
        _error(c, node, "a multi-instance where votes are counted", "会签规则只用于多实例任务")
    if (sign.rule == "ratio") != (sign.ratio is not None):
        _error(c, node, "a ratio exactly with the rule “ratio”", "ratio 规则须且仅须设定比例")
    if not VARIABLE.fullmatch(sign.result_variable):
        _name(c, node, sign.result_variable)
    _votes(c, node, sign, ids)


def _votes(c: Checking, node: UserTask, sign: Countersign, actions: list[str]) -> None:
    """The actions of a countersigned task are its votes, and nothing else."""
    may = {AGREE, OPPOSE} if sign.abstention == "refused" else set(VOTES)
    if {AGREE, OPPOSE} <= set(actions) <= may:
        return
    listed = ", ".join(each for each in VOTES if each in may)
    c.error(
        "countersign_votes",
        node,
        f"Expected the votes {listed} as actions of {called(node)}, since they are counted, "
        f"but its actions are {', '.join(actions) or 'none'}.",
        f"会签任务 {called(node)} 的办理动作应为表决项 {listed}，"
        f"但为：{'、'.join(actions) or '无'}。",
    )
