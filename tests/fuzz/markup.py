"""Pieces of XML that random diagrams are drawn with."""

from .blocks import REPEATS, Again, Many

TAGS = {
    "user": "userTask",
    "job": "serviceTask",
    "script": "scriptTask",
    "plain": "task",
    "throw": "intermediateThrowEvent",
}


def definition(kind: str, name: str) -> str:
    """An event definition; `name` is the id of what throws or catches."""
    seconds = int(name[1:]) + 3
    if kind == "timer":
        return _timer("timeDuration", f"PT{seconds}S")
    if kind == "cycle":
        return _timer("timeCycle", f"R2/PT{seconds}S")
    if kind == "terminate":
        return "<terminateEventDefinition/>"
    return f'<{kind}EventDefinition {kind}Ref="{kind[:2]}_{name}"/>'


def reference(kind: str, name: str) -> str:
    """What an event definition refers to; "" for nothing."""
    id_ = f'id="{kind[:2]}_{name}"'
    key = extended('<zeebe:subscription correlationKey="=&quot;k&quot;"/>')
    return {
        "message": f'<message {id_} name="{name}">{key}</message>',
        "signal": f'<signal {id_} name="{name}"/>',
        "error": f'<error {id_} errorCode="{name}"/>',
        "escalation": f'<escalation {id_} escalationCode="{name}"/>',
    }.get(kind, "")


def _timer(tag: str, text: str) -> str:
    return f"<timerEventDefinition><{tag}>{text}</{tag}></timerEventDefinition>"


def extended(*extensions: str) -> str:
    return f"<extensionElements>{''.join(extensions)}</extensionElements>"


def loop_of(loop: Many | Again | None, name: str, result: str) -> str:
    if loop is None:
        return ""
    if isinstance(loop, Again):
        before = str(loop.tests_before).lower()
        return (
            f'<standardLoopCharacteristics testBefore="{before}" loopMaximum="{loop.most}">'
            f"<loopCondition>modulo(x_{loop.ask}, {REPEATS}) = 0</loopCondition>"
            "</standardLoopCharacteristics>"
        )
    lists = f'outputCollection="list_{name}" outputElement="={result}"' if loop.collects else ""
    items = f'inputCollection="={list(loop.items)}" inputElement="item_{name}" {lists}'
    done = f"numberOfCompletedInstances >= {loop.enough}"
    return (
        f'<multiInstanceLoopCharacteristics isSequential="{str(loop.sequential).lower()}">'
        + extended(f"<zeebe:loopCharacteristics {items}/>")
        + (f"<completionCondition>{done}</completionCondition>" if loop.enough else "")
        + "</multiInstanceLoopCharacteristics>"
    )
