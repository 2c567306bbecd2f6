"""Numbers of FEEL: decimals with 34 significant digits, rounded half to even.

The range is that of decimal128 (IEEE 754-2008), as DMN 1.5 §10.3.2.3.1 asks.
"""

from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)

DIGITS = 34
LARGEST_EXPONENT = 6144

# Shared by every evaluation: nobody changes it.
CONTEXT = Context(
    prec=DIGITS,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=LARGEST_EXPONENT,
    capitals=1,
    clamp=0,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)

ZERO = Decimal(0)
ONE = Decimal(1)


def number(value: int | str | Decimal) -> Decimal:
    """A number, rounded to 34 digits.

    Raises:
        ArithmeticError: The text is no number, or it lies outside the range.
    """
    made = CONTEXT.create_decimal(value)
    if not made.is_finite():
        raise InvalidOperation(f"Expected a finite number, but got {value}.")
    return made


def from_float(value: float) -> Decimal:
    """The number a float shows: 0.1 is 0.1 and not the binary fraction behind it.

    Raises:
        ArithmeticError: It is not finite.
    """
    return number(repr(value))


def as_integer(value: object) -> int | None:
    """The whole number, or None where the value is no whole number of at most 34 digits."""
    if type(value) is not Decimal or value.adjusted() >= DIGITS:
        return None
    whole = int(value)
    return whole if whole == value else None
