"""Every expression compiles; numbers that stand for themselves are in range."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from .checking import Checking
from .expressions import ExpressionFault, is_feel
from .extensions import Extensions, Text
from .model import Error, Escalation, FlowNode, Message, MultiInstance, Signal
from .texts_of import Found, compiled, definition_texts, extension_texts, texts_of


def check(c: Checking) -> None:
    if not is_feel(c.file.expression_language) and not _is_default(c.file.expression_language):
        c.error(
            "expression_language",
            c.file,
            f"Expected FEEL as the file's expression language, but it is "
            f"{c.file.expression_language[:80]}.",
            f"文件的表达式语言应为 FEEL,实际为 {c.file.expression_language[:80]}。",
        )
    _compile(c, _shared(c))
    for scope in c.scopes:
        _compile(c, (("formula", x.condition) for x in scope.body.flows if x.condition))
        for node in scope.body.nodes:
            _compile(c, texts_of(node))
            _numbers(c, node)


def _is_default(language: str) -> bool:
    """XPath is what BPMN takes where nothing is said; some editors write it down."""
    return language.startswith("http://www.w3.org/1999/XPath")


def _shared(c: Checking) -> Iterable[Found]:
    named: tuple[Message | Signal, ...] = (*c.file.messages, *c.file.signals)
    for element in named:
        yield from extension_texts(element.extensions)
        if element.title is not None:
            yield "value", element.title
    coded: tuple[Error | Escalation, ...] = (*c.file.errors, *c.file.escalations)
    for thrown in coded:
        if thrown.code is not None:
            yield "value", thrown.code
    for definition in c.file.event_definitions:
        yield from definition_texts(definition)
    for task in c.file.global_tasks:
        yield from texts_of(task.task)


def _compile(c: Checking, texts: Iterable[Found]) -> None:
    for how, text in texts:
        try:
            compiled(how, text)
        except ExpressionFault as fault:
            f = fault.finding
            c.findings.error(f.rule, f.element, f.line, f.message, f.message_zh)


# -- numbers that stand for themselves -----------------------------------------------------------


def _numbers(c: Checking, node: FlowNode) -> None:
    e: Extensions = node.extensions
    if e.task_definition:
        _in_range(c, e.task_definition.retries, 0, 100, whole=True)
    _in_range(c, e.priority, 0, 100, whole=True)
    for definition in getattr(node, "definitions", ()):
        if definition.extensions.deadline:
            _in_range(c, definition.extensions.deadline.days, 1, 9999, whole=True)
    if e.deadline:
        _in_range(c, e.deadline.days, 1, 9999, whole=True)
    if e.countersign:
        _in_range(c, e.countersign.ratio, 0, 1, whole=False)
        _in_range(c, e.countersign.quorum, 1, 9999, whole=True)
    loop = getattr(node, "loop", None)
    if isinstance(loop, MultiInstance) and loop.cardinality:
        text = loop.cardinality
        body = text.text.removeprefix("=").strip()
        if _number(body) is not None:
            _in_range(c, Text(body, text.element, text.line), 0, 100_000, whole=True)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _in_range(c: Checking, text: Text | None, least: int, most: int, *, whole: bool) -> None:
    if text is None or text.text.startswith("="):
        return
    number = _number(text.text)
    fits = number is not None and number.is_finite() and least <= number <= most
    if not fits or (whole and number != int(number or 0)) or (not whole and number == 0):
        kind, kind_zh = ("a whole number", "整数") if whole else ("a number above 0", "大于 0 的数")
        c.findings.error(
            "bad_value",
            text.element,
            text.line,
            f"Expected {kind} from {least} to {most}, but it is “{text.text[:80]}”.",
            f"应为 {least} 至 {most} 的{kind_zh},实际为“{text.text[:80]}”。",
        )
