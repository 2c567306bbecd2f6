"""Values of TCK files: read out of XML, compared, and shown."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from service.core import feel
from service.core.feel.run import Run
from service.core.feel.values import Value, equal

TCK = "{http://www.omg.org/spec/DMN/20160719/testcase}"
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_NUMBERS = {"decimal", "double", "float", "integer", "int", "long", "short"}
_TEMPORAL = {
    "date": "date",
    "time": "time",
    "dateTime": "date and time",
    "duration": "duration",
    "dayTimeDuration": "duration",
    "yearMonthDuration": "duration",
}
TOLERANCE = Decimal("1e-8")


def value_of(holder: Any) -> Value:
    """The value inside an `inputNode`, `expected`, `item` or `component`."""
    components = holder.findall(f"{TCK}component")
    if components:
        return {c.get("name"): value_of(c) for c in components}
    items = holder.find(f"{TCK}list")
    if items is not None:
        if items.get(f"{_XSI}nil") == "true":
            return None
        return [value_of(item) for item in items.findall(f"{TCK}item")]
    value = holder.find(f"{TCK}value")
    return None if value is None else _simple(value)


def _simple(value: Any) -> Value:
    if value.get(f"{_XSI}nil") == "true":
        return None
    text = "".join(value.itertext())
    kind = value.get(f"{_XSI}type", "").rpartition(":")[2]
    if kind in _NUMBERS:
        return Decimal(text.strip())
    if kind == "boolean":
        return text.strip() in ("true", "1")
    if kind in _TEMPORAL:
        return _temporal(_TEMPORAL[kind], text.strip())
    return text if kind else _guessed(text)


def _guessed(text: str) -> Value:
    """A value whose file does not say its type."""
    bare = text.strip()
    if bare in ("true", "false"):
        return bare == "true"
    try:
        return Decimal(bare)
    except InvalidOperation:
        return text or None


@cache
def _temporal(function: str, text: str) -> Value:
    value = feel.compile(f'{function}("{text}")')({}, Run())
    assert value is not None, (function, text)
    return value


def matches(expected: Value, came: Value) -> bool:
    """Equality as the TCK means it: numbers within 1e-8, contexts with the same members."""
    if isinstance(expected, Decimal) and isinstance(came, Decimal):
        return abs(expected - came) <= TOLERANCE
    if isinstance(expected, list) and isinstance(came, list):
        return len(expected) == len(came) and all(map(matches, expected, came))
    if isinstance(expected, Mapping) and isinstance(came, Mapping):
        return expected.keys() == came.keys() and all(
            matches(value, came[name]) for name, value in expected.items()
        )
    return type(expected) is type(came) and equal(Run(), expected, came) is True


def shown(value: Value) -> str:
    """A value for a line of the report."""
    if isinstance(value, list):
        return f"[{', '.join(map(shown, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {shown(v)}" for name, v in value.items()) + "}"
    return f'"{value}"' if isinstance(value, str) else "null" if value is None else str(value)
