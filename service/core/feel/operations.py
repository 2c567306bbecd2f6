"""Operators on values, with their nulls explained (DMN 1.5 §10.3.2.11 and tables 53 to 57)."""

from collections.abc import Callable
from decimal import Decimal

from . import temporal_arithmetic
from .numbers import CONTEXT
from .run import Run
from .values import Value, compare, kind_of
from .warnings import Position

_NUMERIC: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": CONTEXT.add,
    "-": CONTEXT.subtract,
    "*": CONTEXT.multiply,
    "/": CONTEXT.divide,
    "**": CONTEXT.power,
}
_TEMPORAL: dict[str, Callable[..., Value]] = {
    "+": temporal_arithmetic.add,
    "-": temporal_arithmetic.subtract,
    "*": temporal_arithmetic.multiply,
    "/": temporal_arithmetic.divide,
}
_NAMES = {
    "+": ("added to", "相加"),
    "-": ("reduced by", "相减"),
    "*": ("multiplied by", "相乘"),
    "/": ("divided by", "相除"),
    "**": ("raised to", "乘方"),
}


def arithmetic(run: Run, at: Position, operator: str, left: Value, right: Value) -> Value:
    """`left operator right`; null with a warning where there is no such result."""
    if type(left) is Decimal and type(right) is Decimal:
        try:
            return _NUMERIC[operator](left, right)
        except ArithmeticError:
            return _no_number(run, at, operator, left, right)
    if type(left) is str and type(right) is str and operator == "+":
        run.budget.size(len(left) + len(right))
        return left + right
    result = None
    if left is not None and right is not None and operator in _TEMPORAL:
        result = _temporal(operator, left, right)
    return result if result is not None else _no_operation(run, at, operator, left, right)


def _temporal(operator: str, left: Value, right: Value) -> Value:
    try:
        return _TEMPORAL[operator](left, right)
    except (ArithmeticError, TypeError, ValueError):
        return None


def negated(run: Run, at: Position, value: Value) -> Value:
    """`-value`; null with a warning where it is neither a number nor a duration."""
    if type(value) is Decimal:
        return CONTEXT.minus(value)
    if temporal_arithmetic.is_duration(value):
        return temporal_arithmetic.negate(value)
    kind = kind_of(value)
    return run.null_at(
        at,
        "wrong_type",
        f"Expected a number or a duration to negate, but got {kind}.",
        f"负号后应为数字或时长,实际为 {kind}。",
    )


def ordered(run: Run, at: Position, left: Value, right: Value) -> int | None:
    """-1, 0 or 1; None with a warning where the two have no order."""
    found = compare(left, right)
    if found is None:
        kinds = (kind_of(left), kind_of(right))
        run.null_at(
            at,
            "not_comparable",
            f"Expected two values of one kind that has an order, but got {kinds[0]} and"
            f" {kinds[1]}.",
            f"应比较同一种有顺序的值,实际为 {kinds[0]} 与 {kinds[1]}。",
        )
    return found


def incomparable(run: Run, at: Position, left: Value, right: Value) -> Value:
    """The null of `left = right` where the kinds differ."""
    kinds = (kind_of(left), kind_of(right))
    return run.null_at(
        at,
        "not_comparable",
        f"Expected two values of one kind, but got {kinds[0]} and {kinds[1]}.",
        f"应比较同一种类的值,实际为 {kinds[0]} 与 {kinds[1]}。",
    )


def not_boolean(run: Run, at: Position, value: Value) -> Value:
    """The null of a condition that is neither true nor false."""
    kind = kind_of(value)
    return run.null_at(
        at,
        "wrong_type",
        f"Expected true or false, but got {kind}.",
        f"此处应为 true 或 false,实际为 {kind}。",
    )


def _no_number(run: Run, at: Position, operator: str, left: Decimal, right: Decimal) -> Value:
    if operator == "/" and not right:
        return run.null_at(
            at, "division_by_zero", "Expected a divisor that is not 0.", "除数不应为 0。"
        )
    return run.null_at(
        at,
        "out_of_range",
        f"Expected a result among the numbers, but {left} {_NAMES[operator][0]} {right} has none.",
        f"{left} 与 {right} {_NAMES[operator][1]}的结果不在数字范围内。",
    )


def _no_operation(run: Run, at: Position, operator: str, left: Value, right: Value) -> Value:
    kinds = (kind_of(left), kind_of(right))
    english, chinese = _NAMES[operator]
    return run.null_at(
        at,
        "wrong_type",
        f"Expected values that can be computed with, but {kinds[0]} {english} {kinds[1]} is"
        " nothing.",
        f"{kinds[0]} 与 {kinds[1]} 不能{chinese}。",
    )
