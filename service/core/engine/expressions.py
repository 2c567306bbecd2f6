"""Texts of a diagram as values: what begins with `=` is FEEL, all else stands for itself, as in
Camunda 8. Where nothing but an expression makes sense, `=` may be missing."""

from collections.abc import Mapping

from ..feel import Expression, Run, SyntaxFault, Value, compile
from .extensions import Text
from .findings import ERROR, Finding
from .timers import Cycle, Interval, due

#: How files name FEEL: the versions' namespaces, and short names of editors.
FEEL = ("", "feel", "text/feel", "application/feel")
FEEL_NAMESPACES = ("http://www.omg.org/spec/FEEL/", "https://www.omg.org/spec/DMN/")


class ExpressionFault(Exception):
    """A text of a diagram that is no expression.

    Attributes:
        finding: The fault, with the id and line of the element.
    """

    def __init__(self, rule: str, text: Text, english: str, chinese: str) -> None:
        super().__init__(english)
        self.finding = Finding(rule, ERROR, text.element, text.line, english, chinese)


class Computed:
    """A text, compiled: call it with variables to get its value.

    Attributes:
        text: As it stands in the file.
        constant: The text, where it stands for itself; else None.
        expression: The compiled FEEL, where it is one; else None.
    """

    __slots__ = ("constant", "expression", "text")

    def __init__(self, text: Text, expression: Expression | None) -> None:
        self.text = text
        self.expression = expression
        self.constant = text.text if expression is None else None

    @property
    def reads(self) -> frozenset[str]:
        """The variables that it may ask for."""
        return self.expression.reads if self.expression else frozenset()

    def __call__(self, values: Mapping[str, Value], run: Run | None = None) -> Value:
        """Its value.

        Raises:
            feel.EvaluationError: The run is strict, and a null would carry a warning.
            feel.BudgetExceeded: It needs more than the run has left.
        """
        return self.constant if self.expression is None else self.expression(values, run)


def is_feel(language: str) -> bool:
    return language.lower() in FEEL or language.startswith(FEEL_NAMESPACES)


def value(text: Text) -> Computed:
    """A static text, or FEEL behind `=`.

    Raises:
        ExpressionFault: It is not FEEL.
    """
    return formula(text) if text.text.startswith("=") else Computed(text, None)


def formula(text: Text) -> Computed:
    """FEEL, where nothing else is allowed; with or without `=`.

    Raises:
        ExpressionFault: It is not FEEL, or claims to be in another language.
    """
    if not is_feel(text.language):
        raise ExpressionFault(
            "expression_language",
            text,
            f"Expected FEEL, the only expression language, but this is {text.language[:80]}.",
            f"表达式语言只支持 FEEL,此处为 {text.language[:80]}。",
        )
    body = text.text.removeprefix("=").strip()
    if not body:
        raise ExpressionFault(
            "expression_syntax",
            text,
            "Expected an expression, but the text is empty.",
            "此处应有表达式,实际为空。",
        )
    try:
        return Computed(text, compile(body))
    except SyntaxFault as fault:
        raise ExpressionFault(
            "expression_syntax",
            text,
            f"In “{body[:80]}”, column {fault.column}: {fault.message}",
            f"表达式“{body[:80]}”第 {fault.column} 列:{fault.message_zh}",
        ) from None


_EXAMPLES = {
    "date": ("a date such as 2030-01-01T09:00:00+08:00", "日期(如 2030-01-01T09:00:00+08:00)"),
    "duration": ("a duration such as PT5H or P3D", "时长(如 PT5H、P3D)"),
    "cycle": ("a repetition such as R3/PT1H", "周期(如 R3/PT1H)"),
}


def timer(kind: str, text: Text) -> Computed:
    """The text of a timer; one that stands for itself must be ISO 8601.

    Raises:
        ExpressionFault: It is neither ISO 8601 of this kind nor FEEL behind `=`.
    """
    computed = value(text)
    if computed.constant is not None and due(kind, computed.constant) is None:
        english, chinese = _EXAMPLES[kind]
        raise ExpressionFault(
            "bad_timer",
            text,
            f"Expected {english}, or FEEL behind “=”, but the timer says “{text.text[:80]}”.",
            f"定时器应为{chinese}或以“=”开头的 FEEL,实际为“{text.text[:80]}”。",
        )
    return computed


__all__ = [
    "Computed",
    "Cycle",
    "ExpressionFault",
    "Interval",
    "due",
    "formula",
    "is_feel",
    "timer",
    "value",
]
