"""Conversion to numbers and texts (DMN 1.5, table 72)."""

import re
from decimal import Decimal

from ..numbers import number as make_number
from ..run import Run
from ..values import NULL, NUMBER, STRING, Value
from .refusals import not_a
from .signature import NOT_GIVEN, Builtin, Signature, parameter
from .text import value_text

_LITERAL = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,5})?")
_GROUPING = (" ", ",", ".")
_DECIMAL = (",", ".")


def _string(run: Run, value: Value) -> Value:
    return None if value is None else value_text(run, value)


def _number(run: Run, text: str, grouping: Value, decimal: Value) -> Value:
    """The text as a number, after grouping separators are left out.

    Null where a separator is none of those the standard allows, both are the same, or the rest
    is no numeric literal.
    """
    group = None if grouping is NOT_GIVEN else grouping
    point = None if decimal is NOT_GIVEN else decimal
    known = (group is None or group in _GROUPING) and (point is None or point in _DECIMAL)
    if not known or (group is not None and group == point):
        return run.null(
            "out_of_range",
            "Expected a space, comma or period as grouping separator and another comma or "
            "period as decimal separator.",
            "分组符应为空格、逗号或句点,小数点应为另一个逗号或句点。",
        )
    run.budget.step(1 + len(text) // 100)
    plain = text.replace(str(group), "") if group else text
    if point == ",":
        plain = "!" if "." in plain else plain.replace(",", ".")
    if not _LITERAL.fullmatch(plain):
        return not_a(run, "a number", "数值", text)
    try:
        return make_number(plain)
    except ArithmeticError:
        return not_a(run, "a number within range", "范围内的数值", text)


def _number_of(run: Run, number: Decimal) -> Value:
    return number


_NUMBER = Signature(
    (
        parameter("from", STRING),
        parameter("grouping separator", STRING, NULL, optional=True),
        parameter("decimal separator", STRING, NULL, optional=True),
    )
)

FUNCTIONS: tuple[Builtin, ...] = (
    Builtin("string", (Signature((parameter("from"),)),), _string),
    Builtin("number", (_NUMBER, Signature((parameter("from", NUMBER),), _number_of)), _number),
)
