"""DMN 1.5, table 76: numeric functions."""

from decimal import ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .evaluation import feel, holds, warned


@pytest.mark.parametrize(
    "claim",
    [
        "decimal(1/3, 2) = .33 and decimal(1.5, 0) = 2 and decimal(2.5, 0) = 2",
        "floor(1.5) = 1 and floor(-1.56, 1) = -1.6",
        "ceiling(1.5) = 2 and ceiling(-1.56, 1) = -1.5",
        "round up(5.5, 0) = 6 and round up(-5.5, 0) = -6 and round up(-1.126, 2) = -1.13",
        "round down(5.5, 0) = 5 and round down(-5.5, 0) = -5 and round down(1.121, 2) = 1.12",
        "round half up(5.5, 0) = 6 and round half up(-1.126, 2) = -1.13",
        "round half down(5.5, 0) = 5 and round half down(-1.126, 2) = -1.13",
        "floor(1234, -2) = 1200 and round up(1E-40, 0) = 1",
        'abs(-10) = 10 and abs(@"-PT5H") = @"PT5H" and abs(@"-P1Y") = @"P1Y"',
        "modulo(12, 5) = 2 and modulo(-12, 5) = 3 and modulo(12, -5) = -3",
        "modulo(-12, -5) = -2 and modulo(10.1, 4.5) = 1.1 and modulo(-10.1, 4.5) = 3.4",
        "modulo(10 ** 6000, 7) = 1",
        "sqrt(16) = 4 and sqrt(-1) = null",
        "decimal(log(10), 11) = 2.30258509299",
        "decimal(exp(5), 12) = 148.413159102577",
        "odd(5) and not(odd(2)) and even(2) and not(even(5)) and even(0)",
        "not(odd(1.5)) and not(even(1.5))",
    ],
)
def test_numeric_functions_mean_what_the_standard_gives_as_examples(claim):
    assert holds(claim)


@pytest.mark.parametrize(
    "text",
    [
        "decimal(1, 6177)",
        "floor(1, -6112)",
        "modulo(1, 0)",
        "log(0)",
        "sqrt(-0.1)",
        "exp(100000)",
    ],
)
def test_numbers_outside_the_domain_are_null_with_a_reason(text):
    assert warned(text) == ["out_of_range"]


_NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9)


@given(dividend=_NUMBERS, divisor=_NUMBERS.filter(bool))
def test_modulo_is_what_the_floor_of_the_quotient_leaves(dividend, divisor):
    left, right = Context(prec=34).plus(dividend), Context(prec=34).plus(divisor)
    exact = Fraction(left) - Fraction(right) * floor(Fraction(left) / Fraction(right))
    expected = Context(prec=34).divide(Decimal(exact.numerator), Decimal(exact.denominator))
    assert feel("modulo(a, b)", {"a": left, "b": right}) == expected


@given(number=_NUMBERS, scale=st.integers(-12, 20))
def test_floor_is_the_largest_multiple_that_is_not_greater(number, scale):
    given_number = Context(prec=34).plus(number)
    found = feel("floor(n, s)", {"n": given_number, "s": Decimal(scale)})
    wide = Context(prec=100)
    expected = given_number.quantize(Decimal((0, (1,), -scale)), ROUND_FLOOR, wide)
    assert found == Context(prec=34).plus(expected)


def test_random_numbers_lie_between_zero_and_one():
    values = [feel("random number()") for _ in range(50)]
    assert all(isinstance(value, Decimal) and 0 <= value < 1 for value in values)
    assert len(set(values)) > 1
