"""Rules of activities: what does the work, loops, calls, and names of things outside the file."""

from .checking import Checking, called
from .expressions import is_feel
from .extensions import Binding, Text
from .model import (
    Activity,
    AdHocSubProcess,
    BusinessRuleTask,
    CallActivity,
    CompensateEvent,
    Element,
    EscalationEvent,
    EventDefinition,
    EventSubProcess,
    MessageEvent,
    MultiInstance,
    ReceiveTask,
    ScriptTask,
    SendTask,
    ServiceTask,
    SignalEvent,
    StandardLoop,
    StartEvent,
    UserTask,
)
from .rules_references import need_message
from .scopes_of import Scope


def check(c: Checking) -> None:
    users = {x.id for _, x in c.nodes() if isinstance(x, UserTask)}
    for scope, node in c.nodes():
        _outside(c, node)
        if isinstance(node, Activity):
            _work(c, node)
            _loop(c, node)
        if isinstance(node, EventSubProcess) and node.loop is not None:
            _no_loop(c, node)
        for definition in getattr(node, "definitions", ()):
            if isinstance(definition, CompensateEvent) and definition.activity:
                _compensated(c, scope, node, definition.activity)
        if node.extensions.separation:
            for name in node.extensions.separation.elements:
                if name not in users:
                    _unknown(c, node, "user task", "用户任务", name)
    for task in c.file.global_tasks:
        _work(c, task.task)
    _duties_of_lanes(c)


def _unknown(c: Checking, element: Element, kind: str, kind_zh: str, name: str) -> None:
    c.error(
        f"unknown_{kind.replace(' ', '_')}",
        element,
        f"Expected a {kind} that {called(element)} names, but “{name[:80]}” is none.",
        f"元素 {called(element)} 引用的{kind_zh}“{name[:80]}”不存在。",
    )


def _no_loop(c: Checking, node: Activity) -> None:
    c.error(
        "loop",
        node,
        f"Expected no loop on the event sub-process {called(node)}, but it has one.",
        f"事件子流程 {called(node)} 不得设置循环或多实例。",
    )


# -- what does the work --------------------------------------------------------------------------


def _work(c: Checking, node: Activity) -> None:
    e = node.extensions
    worker = e.task_definition is not None
    if isinstance(node, ServiceTask):
        _one_of(c, node, ("taskDefinition", worker))
    elif isinstance(node, SendTask):
        _one_of(c, node, ("messageRef or taskDefinition", worker or bool(node.message)))
        if node.message:
            need_message(c, node, node.message)
    elif isinstance(node, ReceiveTask):
        need_message(c, node, node.message)
    elif isinstance(node, BusinessRuleTask):
        decision = e.called_decision is not None
        _one_of(c, node, ("calledDecision", decision), ("taskDefinition", worker))
    elif isinstance(node, ScriptTask):
        own = node.script is not None
        scripts = (("zeebe:script", e.script is not None), ("script", own))
        _one_of(c, node, *scripts, ("taskDefinition", worker))
        if own and not is_feel(node.script_format):
            c.error(
                "expression_language",
                node,
                f"Expected FEEL as the language of {called(node)}, but it is "
                f"{node.script_format[:80]}.",
                f"脚本任务 {called(node)} 的语言应为 FEEL,实际为 {node.script_format[:80]}。",
            )
    elif isinstance(node, CallActivity):
        _call(c, node)
    elif isinstance(node, AdHocSubProcess) and not node.body.nodes:
        _one_of(c, node, ("an activity inside", False))


def _one_of(c: Checking, node: Activity, *ways: tuple[str, bool]) -> None:
    count = sum(there for _, there in ways)
    if count == 1:
        return
    names = " or ".join(name for name, _ in ways)
    c.error(
        "no_work" if count == 0 else "several_works",
        node,
        f"Expected {names} on {called(node)}, but it has "
        f"{'none' if count == 0 else 'more than one'}.",
        f"元素 {called(node)} 应设定 {names} 之一,实际{'未设定' if count == 0 else '设定了多个'}。",
    )


def _call(c: Checking, node: CallActivity) -> None:
    element = node.extensions.called_element
    target = element.process_id if element else Text(node.called, node.id, node.line)
    if not target.text:
        _one_of(c, node, ("calledElement", False))
        return
    if element and node.called and node.called != target.text:
        c.error(
            "several_works",
            node,
            f"Expected one process to call from {called(node)}, but it names {node.called} and "
            f"{target.text}.",
            f"调用活动 {called(node)} 引用了两个流程:{node.called} 与 {target.text}。",
        )
    if target.text.startswith("=") and element:
        return
    inside = {x.id for x in (*c.file.processes, *c.file.global_tasks)}
    if target.text in inside:
        return
    if c.known.processes is not None and target.text not in c.known.processes:
        _unknown(c, node, "process", "流程", target.text)
    _binding(c, node, element.binding if element else Binding("latest", "", is_explicit=False))


def _binding(c: Checking, node: Element, binding: Binding) -> None:
    if not binding.is_explicit:
        c.warn(
            "binding_unsaid",
            node,
            f"{called(node)} does not say which version it binds; it takes the latest at the "
            "instance's start.",
            f"元素 {called(node)} 未注明绑定的版本,按实例启动时的最新版本处理。",
        )


# -- what is outside the file --------------------------------------------------------------------


def _outside(c: Checking, node: Element) -> None:
    e = node.extensions
    if e.task_definition:
        _command(c, node, e.task_definition.type)
    if e.form:
        if e.form.form_id:
            _named(c, node, e.form.form_id, c.known.forms, ("form", "表单"))
        _binding(c, node, e.form.binding)
    if e.called_decision:
        _named(c, node, e.called_decision.decision_id, c.known.decisions, ("decision", "决策"))
        _binding(c, node, e.called_decision.binding)
    groups = e.assignment.candidate_groups
    if groups and not groups.text.startswith("="):
        for duty in groups.text.split(","):
            _duty(c, node, duty.strip())


def _named(
    c: Checking, node: Element, text: Text, known: frozenset[str] | None, kind: tuple[str, str]
) -> None:
    if known is not None and not text.text.startswith("=") and text.text not in known:
        _unknown(c, node, *kind, text.text)


def _duty(c: Checking, element: Element, duty: str) -> None:
    if c.known.duties is not None and duty not in c.known.duties:
        _unknown(c, element, "duty", "职责", duty)


def _duties_of_lanes(c: Checking) -> None:
    for scope in c.scopes:
        waiting = list(scope.body.lanes)
        while waiting:
            lane = waiting.pop()
            waiting += lane.lanes
            if lane.duty:
                _duty(c, lane, lane.duty)


def _command(c: Checking, node: Element, type_: Text) -> None:
    """A type that begins with a feature's name is a command, whose fields are the inputs."""
    feature, dot, _ = type_.text.partition(".")
    if not dot or feature not in c.known.features:
        return
    fields = c.known.commands.get(type_.text)
    if fields is None:
        _unknown(c, node, "command", "命令", type_.text)
        return
    given = {x.target.partition(".")[0] for x in node.extensions.io.inputs}
    for wrong, english, chinese in (
        (given - fields.all, "no input", "不接受的输入"),
        (fields.required - given, "an input", "缺少的输入"),
    ):
        for name in sorted(wrong):
            c.error(
                "command_fields",
                node,
                f"Expected {english} {name} of {type_.text} on {called(node)}, but it is "
                f"{'there' if name in given else 'missing'}.",
                f"命令 {type_.text}(元素 {called(node)}){chinese}:{name}。",
            )


# -- loops ---------------------------------------------------------------------------------------

_THROWN = (MessageEvent, SignalEvent, EscalationEvent, CompensateEvent)


def _loop(c: Checking, node: Activity) -> None:
    loop = node.loop
    if isinstance(loop, StandardLoop) and loop.condition is None and loop.maximum is None:
        _bad_loop(c, node, "a loopCondition or a loopMaximum", "循环须设定条件或最大次数")
    if not isinstance(loop, MultiInstance):
        return
    if (loop.cardinality is None) == (loop.input_collection is None):
        _bad_loop(c, node, "a cardinality or a collection", "多实例须设定次数或集合之一")
    if loop.input_element and loop.input_collection is None:
        _bad_loop(c, node, "a collection for the input element", "设定输入元素须有输入集合")
    if bool(loop.output_collection) != (loop.output_element is not None):
        _bad_loop(c, node, "an output collection with its element", "输出集合与输出元素须同时设定")
    if loop.behavior in ("None", "One"):
        event = c.shared_events.get(loop.behavior_event)
        _thrown(c, node, () if event is None else (event,))
    if loop.behavior == "Complex" and not loop.complex_behaviors:
        _bad_loop(
            c, node, "a complexBehaviorDefinition", "Complex 行为须有 complexBehaviorDefinition"
        )
    if loop.behavior != "Complex" and loop.complex_behaviors:
        _bad_loop(
            c, node, "the behavior Complex with its definitions", "复杂行为定义须配合 Complex"
        )
    for behavior in loop.complex_behaviors:
        if behavior.condition is None:
            _bad_loop(c, node, "a condition of each complex behavior", "每个复杂行为须有条件")
        _thrown(c, node, behavior.event.definitions if behavior.event else ())


def _thrown(c: Checking, node: Activity, events: tuple[EventDefinition, ...]) -> None:
    if not events or not all(isinstance(x, _THROWN) for x in events):
        _bad_loop(
            c, node, "an event of the file that can be thrown", "多实例行为须引用可抛出的事件定义"
        )


def _bad_loop(c: Checking, node: Activity, english: str, chinese: str) -> None:
    c.error(
        "loop",
        node,
        f"Expected {english} on {called(node)}, but that is not so.",
        f"元素 {called(node)}:{chinese}。",
    )


# -- compensation --------------------------------------------------------------------------------


def _compensated(c: Checking, scope: Scope, node: Element, name: str) -> None:
    """From an event sub-process, activities of the scope around it may be compensated."""
    places = [scope]
    if isinstance(scope.container, EventSubProcess) and scope.parent:
        places.append(scope.parent)
    if isinstance(node, StartEvent) or not any(
        isinstance(x.nodes.get(name), Activity) for x in places
    ):
        c.error(
            "missing_reference",
            node,
            f"Expected an activity beside {called(node)} to compensate, but “{name[:80]}” is none.",
            f"补偿事件 {called(node)} 引用的“{name[:80]}”不是同层的活动。",
        )
