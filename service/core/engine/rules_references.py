"""What events and messages refer to is in the file, and says enough."""

from collections.abc import Mapping

from .checking import Checking, called
from .model import (
    Activity,
    BoundaryEvent,
    ConditionalEvent,
    EndEvent,
    Error,
    ErrorEvent,
    Escalation,
    EscalationEvent,
    Event,
    EventDefinition,
    IntermediateThrowEvent,
    LinkEvent,
    Message,
    MessageEvent,
    Signal,
    SignalEvent,
    StartEvent,
    TimerEvent,
)

Shared = Message | Signal | Error | Escalation


def check(c: Checking) -> None:
    for _, node in c.nodes():
        if isinstance(node, Event):
            for definition in node.definitions:
                _references(c, node, definition)


def _references(c: Checking, event: Event, definition: EventDefinition) -> None:
    throws = isinstance(event, EndEvent | IntermediateThrowEvent)
    if isinstance(definition, MessageEvent):
        _named(c, event, definition.message, c.messages, ("message", "消息"), needed=True)
    elif isinstance(definition, SignalEvent):
        _named(c, event, definition.signal, c.signals, ("signal", "信号"), needed=True)
    elif isinstance(definition, ErrorEvent):
        _named(c, event, definition.error, c.errors, ("error", "错误"), needed=throws)
    elif isinstance(definition, EscalationEvent):
        names = ("escalation", "升级")
        _named(c, event, definition.escalation, c.escalations, names, needed=throws)
    elif isinstance(definition, ConditionalEvent) and definition.condition is None:
        c.error(
            "missing_element",
            event,
            f"Expected a condition on {called(event)}, but it has none.",
            f"条件事件 {called(event)} 缺少条件。",
        )
    elif isinstance(definition, LinkEvent) and not definition.name:
        c.error(
            "missing_attribute",
            event,
            f"Expected a name of the link of {called(event)}, but it has none.",
            f"链接事件 {called(event)} 缺少链接名称。",
        )
    elif isinstance(definition, TimerEvent):
        _timer(c, event, definition)


def _named(
    c: Checking,
    element: Event | Activity,
    name: str,
    known: Mapping[str, Shared],
    kind: tuple[str, str],
    *,
    needed: bool,
) -> None:
    """A reference to something of the file, which then must have a name or code of its own."""
    if not name:
        if needed:
            c.error(
                "missing_reference",
                element,
                f"Expected {called(element)} to refer to a {kind[0]}, but it does not.",
                f"{called(element)} 未引用{kind[1]}。",
            )
        return
    if name not in known:
        c.error(
            "missing_reference",
            element,
            f"Expected a {kind[0]} that {called(element)} refers to, but “{name[:80]}” is none.",
            f"{called(element)} 引用的{kind[1]}“{name[:80]}”不存在。",
        )
        return
    shared = known[name]
    has_code = isinstance(shared, Error | Escalation)
    own = shared.code if isinstance(shared, Error | Escalation) else shared.title
    if own is None:
        c.error(
            "missing_attribute",
            shared,
            f"Expected a {'code' if has_code else 'name'} on the "
            f"{kind[0]} {shared.id}, but it has none.",
            f"{kind[1]} {shared.id} 缺少{'代码' if has_code else '名称'}。",
        )


def need_message(c: Checking, activity: Activity, message: str) -> None:
    """A send or receive task's message must be in the file."""
    _named(c, activity, message, c.messages, ("message", "消息"), needed=True)


def _timer(c: Checking, event: Event, timer: TimerEvent) -> None:
    deadline = timer.extensions.deadline
    if (timer.value is None) == (deadline is None):
        c.error(
            "bad_timer",
            event,
            f"Expected a time or a deadline on {called(event)}, but it has "
            f"{'both' if deadline else 'neither'}.",
            f"定时器 {called(event)} 应设定时间或工作日期限之一,"
            f"实际{'两者都有' if deadline else '都没有'}。",
        )
    repeats = isinstance(event, StartEvent) or (
        isinstance(event, BoundaryEvent) and not event.cancels_activity
    )
    if timer.kind == "cycle" and not repeats:
        c.warn(
            "repeating_timer",
            event,
            f"The repeating timer of {called(event)} makes a token each time it fires, or fires "
            "once where it interrupts.",
            f"{called(event)} 为周期定时器:每次触发产生一个令牌,中断型则只触发一次。",
        )
