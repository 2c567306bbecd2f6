"""Rules of gateways, conditions and default flows (BPMN 2.0.2, 13.4)."""

from .checking import Checking, called
from .model import (
    Activity,
    ComplexGateway,
    ConditionalEvent,
    EventBasedGateway,
    ExclusiveGateway,
    FlowNode,
    Gateway,
    InclusiveGateway,
    IntermediateCatchEvent,
    MessageEvent,
    ParallelGateway,
    ReceiveTask,
    SignalEvent,
    TimerEvent,
)
from .scopes_of import Scope

#: Nodes whose flows may have conditions, one of which may be the default.
Deciding = Activity | ExclusiveGateway | InclusiveGateway | ComplexGateway


def check(c: Checking) -> None:
    for scope, node in c.nodes():
        _conditions(c, scope, node)
        if isinstance(node, Deciding):
            _default(c, scope, node)
        if isinstance(node, Gateway):
            _gateway(c, node)
        if isinstance(node, ExclusiveGateway | InclusiveGateway):
            _unconditional(c, scope, node)
        if isinstance(node, EventBasedGateway):
            _event_based(c, scope, node)
        if isinstance(node, ComplexGateway) and len(node.incoming) > 1:
            _activation(c, node)


def _conditions(c: Checking, scope: Scope, node: FlowNode) -> None:
    for flow in scope.outgoing(node):
        if flow.condition is None or isinstance(node, Deciding):
            continue
        if isinstance(node, ParallelGateway):
            c.warn(
                "condition_ignored",
                flow,
                f"The condition of {flow.id} has no effect: a parallel gateway takes every flow.",
                f"并行网关走所有流出的顺序流,{flow.id} 上的条件不起作用。",
            )
            continue
        c.error(
            "condition_not_allowed",
            flow,
            f"Expected no condition on {flow.id}, but it leaves {called(node)}, which takes every "
            "flow.",
            f"顺序流 {flow.id} 不得带条件:{called(node)} 走所有流出的顺序流。",
        )


def _default(c: Checking, scope: Scope, node: Deciding) -> None:
    if not node.default:
        return
    if node.default not in node.outgoing:
        c.error(
            "default_flow",
            node,
            f"Expected the default flow of {called(node)} to leave it, but {node.default} "
            "does not.",
            f"{called(node)} 的默认流 {node.default} 不是它流出的顺序流。",
        )
        return
    flow = scope.flows[node.default]
    if flow.condition is not None:
        c.error(
            "default_flow",
            flow,
            f"Expected no condition on the default flow {flow.id}, but it has one.",
            f"默认流 {flow.id} 不得带条件。",
        )


def _gateway(c: Checking, node: Gateway) -> None:
    into, out = len(node.incoming), len(node.outgoing)
    fits = {
        "Converging": into > 1 and out <= 1,
        "Diverging": into <= 1 and out > 1,
        "Mixed": into > 1 and out > 1,
    }
    if not fits.get(node.direction, True):
        c.error(
            "gateway_direction",
            node,
            f"Expected flows as {node.direction} says at {called(node)}, but there are {into} "
            f"into it and {out} out of it.",
            f"网关 {called(node)} 标为 {node.direction},实际流入 {into} 条、流出 {out} 条。",
        )


def _unconditional(c: Checking, scope: Scope, node: ExclusiveGateway | InclusiveGateway) -> None:
    flows = scope.outgoing(node)
    if len(flows) < 2:
        if flows and flows[0].condition is not None:
            c.warn(
                "single_condition",
                flows[0],
                f"The only flow out of {called(node)} has a condition; where it is false, an "
                "incident arises.",
                f"{called(node)} 仅有一条带条件的流出顺序流,条件不成立时将产生异常事件。",
            )
        return
    free = [x for x in flows if x.condition is None and x.id != node.default]
    if isinstance(node, ExclusiveGateway) and len(free) > 1:
        c.error(
            "undecided",
            node,
            f"Expected conditions at {called(node)}, but {free[0].id} and {free[1].id} have none.",
            f"排他网关 {called(node)} 的 {free[0].id} 与 {free[1].id} 均无条件,无法抉择。",
        )
        return
    for flow in free:
        c.warn(
            "condition_missing",
            flow,
            f"The flow {flow.id} out of {called(node)} has no condition and is not the default; "
            "its condition counts as true.",
            f"{called(node)} 流出的 {flow.id} 既无条件也非默认流,视为条件恒成立。",
        )


def _activation(c: Checking, node: ComplexGateway) -> None:
    if node.activation_condition is None:
        c.error(
            "missing_element",
            node,
            f"Expected an activationCondition on {called(node)}, where flows meet, but it has "
            "none.",
            f"复杂网关 {called(node)} 有多条流入顺序流,必须设定激活条件。",
        )


# -- event-based gateways ------------------------------------------------------------------------

_AWAITED = MessageEvent | SignalEvent | TimerEvent | ConditionalEvent


def _event_based(c: Checking, scope: Scope, node: EventBasedGateway) -> None:
    targets = [scope.nodes[x.target] for x in scope.outgoing(node) if x.target in scope.nodes]
    if len(targets) < 2:
        _refuse(c, node, "at least two events", "其后至少应有两个事件", str(len(targets)))
    if node.kind == "Parallel":
        _refuse(c, node, "the type Exclusive", "只支持排他型", "Parallel")
    if node.instantiate and node.incoming:
        _refuse(c, node, "no flow into what starts instances", "启动流程的网关不得有流入", "")
    kinds = set()
    seen: set[str] = set()
    for target in targets:
        messages = _awaited(c, scope, node, target)
        if messages:
            kinds.add(isinstance(target, ReceiveTask))
        for message in messages:
            if message in seen:
                _refuse(c, node, "different messages", "等待的消息不得重复", message)
            seen.add(message)
    if len(kinds) > 1:
        english = "receive tasks or message events, not both,"
        _refuse(c, node, english, "接收任务与消息事件不得混用", "both")


def _awaited(c: Checking, scope: Scope, node: EventBasedGateway, target: FlowNode) -> list[str]:
    """The messages that a target waits for; what it must not be is a finding."""
    if len(target.incoming) > 1:
        _refuse(c, node, "targets that nothing else leads to", "其目标只能由它流入", target.id)
    if isinstance(target, ReceiveTask):
        messages = [target.message]
        if scope.boundaries(target):
            english = "receive tasks without boundary events"
            _refuse(c, node, english, "接收任务不得带边界事件", target.id)
    elif isinstance(target, IntermediateCatchEvent) and all(
        isinstance(x, _AWAITED) for x in target.definitions
    ):
        messages = [x.message for x in target.definitions if isinstance(x, MessageEvent)]
    else:
        english = "catch events or receive tasks"
        _refuse(c, node, english, "其后只能是捕获事件或接收任务", target.id)
        return []
    if node.instantiate and not messages:
        _refuse(c, node, "messages to start instances", "启动流程的网关只能等待消息", target.id)
    return messages


def _refuse(c: Checking, node: EventBasedGateway, english: str, chinese: str, found: str) -> None:
    c.error(
        "event_gateway",
        node,
        f"Expected {english} at the event-based gateway {called(node)}, but there is "
        f"{found or 'one'}.",
        f"基于事件的网关 {called(node)}:{chinese}({found or '不符合'})。",
    )
