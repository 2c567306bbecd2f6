"""Numeric functions (DMN 1.5, table 76), and `random number` of Camunda."""

import secrets
from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)

from ..numbers import CONTEXT, DIGITS, ZERO
from ..run import Run
from ..temporal import DaysDuration, MonthsDuration
from ..values import DAYS_DURATION, MONTHS_DURATION, NUMBER, Value
from .positions import whole
from .refusals import out_of_range
from .signature import Builtin, Signature, parameter

LEAST_SCALE, LARGEST_SCALE = -6111, 6176

_DIGITS_PER_STEP = 3
_WIDE = Context(prec=2 * DIGITS)
_UNBOUNDED = Context(prec=20_000)


def rounded(run: Run, number: Decimal, scale: Decimal, rounding: str) -> Value:
    """The number with that many digits after the point; fewer where 34 do not suffice."""
    places = whole(scale)
    if not LEAST_SCALE <= places <= LARGEST_SCALE:
        out_of_range(run, "a scale", "小数位数", f"in [{LEAST_SCALE}..{LARGEST_SCALE}]", scale)
        return None
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    if exponent >= -places and number.adjusted() + places >= DIGITS:
        return number
    unit = Decimal((0, (1,), -places))
    return CONTEXT.plus(number.quantize(unit, rounding, _WIDE))


def _rounding(name: str, mode: str, *, scale_is_optional: bool) -> Builtin:
    def with_scale(run: Run, number: Decimal, scale: Decimal) -> Value:
        return rounded(run, number, scale, mode)

    def without_scale(run: Run, number: Decimal) -> Value:
        return rounded(run, number, ZERO, mode)

    full = Signature((parameter("n", NUMBER), parameter("scale", NUMBER)), with_scale)
    short = (Signature((parameter("n", NUMBER),), without_scale),) if scale_is_optional else ()
    return Builtin(name, (*short, full), with_scale)


def _absolute(run: Run, n: Value) -> Value:
    if isinstance(n, DaysDuration):
        return DaysDuration(abs(n.nanos))
    if isinstance(n, MonthsDuration):
        return MonthsDuration(abs(n.months))
    assert isinstance(n, Decimal)
    return n.copy_abs()


def _modulo(run: Run, dividend: Decimal, divisor: Decimal) -> Value:
    if divisor == 0:
        return out_of_range(run, "a divisor", "除数", "other than 0", divisor)
    scale = max(-_exponent(dividend), -_exponent(divisor))
    digits = max(dividend.adjusted(), divisor.adjusted()) + scale
    run.budget.step(1 + digits // _DIGITS_PER_STEP)
    left = int(dividend.scaleb(scale, _UNBOUNDED))
    right = int(divisor.scaleb(scale, _UNBOUNDED))
    return CONTEXT.plus(_UNBOUNDED.create_decimal(left % right).scaleb(-scale, _UNBOUNDED))


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent


def _square_root(run: Run, number: Decimal) -> Value:
    if number < 0:
        return out_of_range(run, "a number", "数值", "not below 0", number)
    return CONTEXT.sqrt(number)


def _logarithm(run: Run, number: Decimal) -> Value:
    if number <= 0:
        return out_of_range(run, "a number", "数值", "above 0", number)
    return CONTEXT.ln(number)


def _exponential(run: Run, number: Decimal) -> Value:
    try:
        return CONTEXT.exp(number)
    except ArithmeticError:
        return out_of_range(run, "an exponent", "指数", "with a result within range", number)


def _remainder_of_two(number: Decimal) -> int | None:
    """0 or 1 for whole numbers, None for others."""
    if _exponent(number) > 0:
        return 0
    whole_part = number.to_integral_value(ROUND_DOWN)
    return int(whole_part) % 2 if whole_part == number else None


def _odd(run: Run, number: Decimal) -> Value:
    return _remainder_of_two(number) == 1


def _even(run: Run, number: Decimal) -> Value:
    return _remainder_of_two(number) == 0


def _random(run: Run) -> Value:
    return Decimal(secrets.randbelow(10**16)).scaleb(-16)


def _one(name: str, parameter_name: str, call: Callable[..., Value], *kinds: str) -> Builtin:
    return Builtin(name, (Signature((parameter(parameter_name, *kinds),)),), call)


_MODULO = Signature((parameter("dividend", NUMBER), parameter("divisor", NUMBER)))

FUNCTIONS: tuple[Builtin, ...] = (
    _rounding("decimal", ROUND_HALF_EVEN, scale_is_optional=False),
    _rounding("floor", ROUND_FLOOR, scale_is_optional=True),
    _rounding("ceiling", ROUND_CEILING, scale_is_optional=True),
    _rounding("round up", ROUND_UP, scale_is_optional=False),
    _rounding("round down", ROUND_DOWN, scale_is_optional=False),
    _rounding("round half up", ROUND_HALF_UP, scale_is_optional=False),
    _rounding("round half down", ROUND_HALF_DOWN, scale_is_optional=False),
    _one("abs", "n", _absolute, NUMBER, DAYS_DURATION, MONTHS_DURATION),
    Builtin("modulo", (_MODULO,), _modulo),
    _one("sqrt", "number", _square_root, NUMBER),
    _one("log", "number", _logarithm, NUMBER),
    _one("exp", "number", _exponential, NUMBER),
    _one("odd", "number", _odd, NUMBER),
    _one("even", "number", _even, NUMBER),
    Builtin("random number", (Signature(()),), _random),
)
