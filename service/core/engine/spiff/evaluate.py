"""Texts of the diagram evaluated at one place: static text, or FEEL after `=`."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from service.core import feel
from service.core.feel.builtins import BUILTINS
from service.core.feel.values import Value

from ..extensions import Text

Json: TypeAlias = Any


class Fault(Exception):
    """What a step could not do; it becomes an incident (architecture §2.2).

    Attributes:
        code: Rule id: `expression`, `no_flow_taken`, `uncaught_error` and the like.
        message, message_zh: What happened.
        step: The step to try again, where it is another one than the one that failed.
    """

    def __init__(self, code: str, message: str, message_zh: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.message_zh = message_zh
        self.step: list[Json] = []


class Expressions:
    """Every expression, compiled once and kept."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, frozenset[str]], feel.Expression] = {}

    def value(
        self, text: Text, view: Mapping[str, Value], run: feel.Run, *, always: bool = False
    ) -> Value:
        """The value of a text.

        Args:
            always: Whether it is an expression even without `=`, as conditions are.

        Raises:
            Fault: It is no expression, or has no value.
        """
        if not text.text.startswith("="):
            if not always:
                return text.text
            return self._feel(text, text.text, view, run)
        return self._feel(text, text.text[1:], view, run)

    def _feel(self, text: Text, source: str, view: Mapping[str, Value], run: feel.Run) -> Value:
        try:
            return self._compiled(source, view)(view, run)
        except feel.FeelError as fault:
            place = f"{text.element}, line {text.line}: {text.text}"
            raise Fault(
                "expression",
                f"Expected a value, but {fault.message} ({place})",
                f"表达式没有值：{fault.message_zh}（{place}）",
            ) from fault

    def _compiled(self, source: str, view: Mapping[str, Value]) -> feel.Expression:
        """The expression as it reads where these variables are.

        A variable may have the name of a built-in function, which it then hides, or a name with
        spaces: what a text means depends on which of those are there.
        """
        odd = [n for n in view if n in source and (n in BUILTINS or not n.isidentifier())]
        key = (source, frozenset(odd))
        expression = self._known.get(key)
        if expression is None:
            expression = self._known[key] = feel.compile(source, odd)
        return expression

    def text(
        self, text: Text | None, view: Mapping[str, Value], run: feel.Run, default: str = ""
    ) -> str:
        """The value as text; a number by its digits.

        Raises:
            Fault: It is neither a text nor a number.
        """
        if text is None:
            return default
        value = self.value(text, view, run)
        if isinstance(value, str):
            return value
        if isinstance(value, Decimal):
            return format(value, "f")
        raise Fault(
            "expression",
            f"Expected a text, but {text.text} is none ({text.element}, line {text.line}).",
            f"此处应为文本：{text.text}（{text.element}，第 {text.line} 行）。",
        )

    def holds(self, text: Text, view: Mapping[str, Value], run: feel.Run) -> bool:
        """Whether a condition is true; a condition that is neither true nor false is a fault.

        Raises:
            Fault: It has no value, or one that is no truth value.
        """
        value = self.value(text, view, run, always=True)
        if isinstance(value, bool):
            return value
        raise Fault(
            "condition",
            f"Expected true or false, but {text.text} is neither"
            f" ({text.element}, line {text.line}).",
            f"条件应为真或假：{text.text}（{text.element}，第 {text.line} 行）。",
        )

    def whole(self, text: Text, view: Mapping[str, Value], run: feel.Run) -> int:
        """The value as a whole number of at least 0; digits alone are one.

        Raises:
            Fault: It is none.
        """
        value = self.value(text, view, run, always=True)
        if isinstance(value, Decimal) and value == value.to_integral_value() and value >= 0:
            return int(value)
        raise Fault(
            "cardinality",
            f"Expected a whole number of at least 0, but {text.text} is none ({text.element}).",
            f"此处应为不小于 0 的整数：{text.text}（{text.element}）。",
        )
