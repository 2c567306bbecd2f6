"""Which events may stand where, and beside which others (BPMN 2.0.2, 10.5)."""

from collections import Counter

from .checking import Checking, called
from .model import (
    Activity,
    BoundaryEvent,
    CancelEvent,
    CompensateEvent,
    ConditionalEvent,
    EndEvent,
    ErrorEvent,
    EscalationEvent,
    Event,
    EventDefinition,
    EventSubProcess,
    IntermediateCatchEvent,
    IntermediateThrowEvent,
    LinkEvent,
    MessageEvent,
    Process,
    SignalEvent,
    StartEvent,
    TerminateEvent,
    TimerEvent,
    Transaction,
)
from .scopes_of import Scope

AWAITED: tuple[type[EventDefinition], ...] = (
    MessageEvent,
    SignalEvent,
    TimerEvent,
    ConditionalEvent,
)
RAISED: tuple[type[EventDefinition], ...] = (ErrorEvent, EscalationEvent, CompensateEvent)
THROWN: tuple[type[EventDefinition], ...] = (
    MessageEvent,
    SignalEvent,
    EscalationEvent,
    CompensateEvent,
)

#: Chinese names of the kinds of events.
KINDS_ZH = {
    MessageEvent: "消息",
    SignalEvent: "信号",
    TimerEvent: "定时器",
    ConditionalEvent: "条件",
    ErrorEvent: "错误",
    EscalationEvent: "升级",
    CompensateEvent: "补偿",
    CancelEvent: "取消",
    LinkEvent: "链接",
    TerminateEvent: "终止",
}

#: Events that must stand alone: another one beside them has no meaning.
_ALONE = (LinkEvent, TerminateEvent, CancelEvent, CompensateEvent)


def kind_of(definition: EventDefinition) -> str:
    return type(definition).__name__.removesuffix("Event").lower()


def check(c: Checking) -> None:
    for scope, node in c.nodes():
        if isinstance(node, Event):
            _place(c, scope, node)
            _alone(c, node)
        if isinstance(node, BoundaryEvent):
            _attachment(c, scope, node)
        if isinstance(node, EventSubProcess):
            _event_sub_process(c, node)
        if isinstance(node, Activity) and node.is_for_compensation:
            _handler(c, scope, node)
    for scope in c.scopes:
        _links(c, scope)


# -- which events may stand where ----------------------------------------------------------------


def allowed(scope: Scope, event: Event) -> tuple[type[EventDefinition], ...]:
    """The kinds of definitions that this event may have at its place."""
    if isinstance(event, StartEvent):
        if isinstance(scope.container, Process):
            return AWAITED
        return (*AWAITED, *RAISED) if isinstance(scope.container, EventSubProcess) else ()
    if isinstance(event, IntermediateCatchEvent):
        return (*AWAITED, LinkEvent)
    if isinstance(event, IntermediateThrowEvent):
        return (*THROWN, LinkEvent)
    if isinstance(event, EndEvent):
        inside = any(isinstance(x.container, Transaction) for x in scope.around())
        return (*THROWN, ErrorEvent, TerminateEvent, *((CancelEvent,) if inside else ()))
    host = scope.nodes.get(event.attached_to) if isinstance(event, BoundaryEvent) else None
    cancels = (CancelEvent,) if isinstance(host, Transaction) else ()
    return (*AWAITED, *RAISED, *cancels)


def _place(c: Checking, scope: Scope, event: Event) -> None:
    possible = allowed(scope, event)
    for definition in event.definitions:
        if not isinstance(definition, possible):
            c.error(
                "event_position",
                event,
                f"Expected no {kind_of(definition)} event at the place of {called(event)} in "
                f"{scope.container.id}, but it is one.",
                f"{called(event)} 的位置({scope.container.id} 中)不允许"
                f"{KINDS_ZH[type(definition)]}事件。",
            )
    must = isinstance(event, IntermediateCatchEvent | BoundaryEvent) or (
        isinstance(event, StartEvent) and isinstance(scope.container, EventSubProcess)
    )
    if must and not event.definitions:
        c.error(
            "event_without_trigger",
            event,
            f"Expected {called(event)} to say what it waits for, but it says nothing.",
            f"捕获事件 {called(event)} 未设定触发条件。",
        )
    interrupts = event.is_interrupting if isinstance(event, StartEvent) else True
    if isinstance(event, BoundaryEvent):
        interrupts = event.cancels_activity
    if not interrupts and any(isinstance(x, ErrorEvent | CancelEvent) for x in event.definitions):
        c.error(
            "must_interrupt",
            event,
            f"Expected {called(event)} to interrupt, as errors and cancels do, but it does not.",
            f"错误、取消事件必为中断型,{called(event)} 却标为非中断。",
        )


def _alone(c: Checking, event: Event) -> None:
    kinds = Counter(type(x) for x in event.definitions)
    for kind in _ALONE:
        if kinds[kind] and len(event.definitions) > 1:
            c.error(
                "event_combination",
                event,
                f"Expected {kind.__name__.removesuffix('Event').lower()} to be the only definition "
                f"of {called(event)}, but it has {len(event.definitions)}.",
                f"{called(event)} 的{KINDS_ZH[kind]}事件定义不得与其他定义并存。",
            )
    if kinds[ErrorEvent] and isinstance(event, EndEvent) and len(event.definitions) > 1:
        c.error(
            "event_combination",
            event,
            f"Expected error to be the only definition of {called(event)}, but there are others.",
            f"{called(event)} 的错误事件定义不得与其他定义并存。",
        )
    parallel = getattr(event, "is_parallel_multiple", False) and len(event.definitions) > 1
    if parallel and not isinstance(event, IntermediateCatchEvent):
        c.error(
            "parallel_multiple",
            event,
            f"Expected parallelMultiple on intermediate events only, but {called(event)} has it.",
            f"只有中间捕获事件支持 parallelMultiple,{called(event)} 不支持。",
        )


# -- attachments, handlers, links ----------------------------------------------------------------


def _attachment(c: Checking, scope: Scope, event: BoundaryEvent) -> None:
    host = scope.nodes.get(event.attached_to)
    if not isinstance(host, Activity) or isinstance(host, EventSubProcess):
        c.error(
            "missing_reference",
            event,
            f"Expected {called(event)} to be attached to an activity beside it, but "
            f"“{event.attached_to[:80]}” is none.",
            f"边界事件 {called(event)} 依附的“{event.attached_to[:80]}”不是同层的活动。",
        )
    if any(isinstance(x, CompensateEvent) for x in event.definitions):
        handler = scope.handler(event)
        if handler is None or not handler.is_for_compensation:
            c.error(
                "compensation_handler",
                event,
                f"Expected an association from {called(event)} to an activity marked "
                "isForCompensation, but there is none.",
                f"补偿边界事件 {called(event)} 未关联到标有 isForCompensation 的补偿活动。",
            )


def _handler(c: Checking, scope: Scope, activity: Activity) -> None:
    if isinstance(activity, EventSubProcess):
        return
    events = [x for x in scope.body.nodes if isinstance(x, BoundaryEvent)]
    if not any(scope.handler(x) is activity for x in events):
        c.error(
            "compensation_handler",
            activity,
            f"Expected a compensation event that is associated with {called(activity)}, but there "
            "is none.",
            f"补偿活动 {called(activity)} 没有与之关联的补偿边界事件。",
        )


def _event_sub_process(c: Checking, node: EventSubProcess) -> None:
    starts = [x for x in node.body.nodes if isinstance(x, StartEvent)]
    if len(starts) != 1:
        c.error(
            "event_sub_process",
            node,
            f"Expected one start event in the event sub-process {called(node)}, but it has "
            f"{len(starts)}.",
            f"事件子流程 {called(node)} 应有且仅有一个开始事件,实际有 {len(starts)} 个。",
        )


def _links(c: Checking, scope: Scope) -> None:
    catches: Counter[str] = Counter()
    throws: dict[str, Event] = {}
    for node in scope.body.nodes:
        for definition in getattr(node, "definitions", ()):
            if isinstance(definition, LinkEvent) and isinstance(node, IntermediateCatchEvent):
                catches[definition.name] += 1
                if catches[definition.name] == 2:
                    c.error(
                        "link",
                        node,
                        f"Expected one target of the link “{definition.name}”, but "
                        f"{called(node)} is another.",
                        f"链接“{definition.name}”只能有一个目标,{called(node)} 重复。",
                    )
            elif isinstance(definition, LinkEvent) and isinstance(node, Event):
                throws[definition.name] = node
    for name, node in throws.items():
        if not catches[name]:
            c.error(
                "link",
                node,
                f"Expected a target of the link “{name}” in {scope.container.id}, but there is "
                "none.",
                f"链接“{name}”在 {scope.container.id} 中没有目标。",
            )
