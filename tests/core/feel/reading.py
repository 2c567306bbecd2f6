"""Expressions for tests: evaluated with a fresh run, and with plain numbers for decimals."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from service.core.feel import Limits, Run, Value, compile, compile_unary_tests


def value_of(given: Any) -> Value:
    """A value of FEEL from one of Python, with numbers for ints and floats."""
    if isinstance(given, int | float) and not isinstance(given, bool):
        return Decimal(str(given))
    if isinstance(given, list):
        return [value_of(item) for item in given]
    if isinstance(given, dict):
        return {key: value_of(item) for key, item in given.items()}
    return given


def evaluate(text: str, values: Mapping[str, Any] | None = None, run: Run | None = None) -> Value:
    known = {name: value_of(value) for name, value in (values or {}).items()}
    return compile(text, known)(known, run)


def test_cell(text: str, value: Any, **others: Any) -> Value:
    known = {name: value_of(other) for name, other in {"?": value, **others}.items()}
    return compile_unary_tests(text, known)(known)


test_cell.__test__ = False  # type: ignore[attr-defined]


def warned(text: str, values: Mapping[str, Any] | None = None) -> list[str]:
    """The codes of the warnings of an evaluation that must be null."""
    run = Run()
    assert evaluate(text, values, run) is None
    return [warning.code for warning in run.warnings]


def small(**limits: Any) -> Run:
    return Run(limits=Limits(**limits))
