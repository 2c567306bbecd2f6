"""Values to JSON and back, in two encodings.

The *wire* is for people and other programs: temporal values are ISO texts, and come back as
texts, which `date(…)` and its like take. The *state* is for storage: every value comes back as
it was, so what JSON has no word for is tagged, `{"$date": "2026-01-31"}`, and a context that
looks like a tagged value is tagged itself, `{"$context": {…}}`.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeAlias

from .builtins.signature import Builtin
from .errors import FeelError
from .numbers import DIGITS, from_float, number
from .temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from .temporal_arithmetic import is_temporal
from .temporal_text import parse_date, parse_date_time, parse_duration, parse_time, to_text
from .values import Function, Range, Value

Json: TypeAlias = Any

MOST_NODES = 400_000
DEEPEST = 200
# Beyond it a float of another program no longer holds every whole number.
_LARGEST_WHOLE = 2**53


class BorderFault(FeelError):
    """A value that the encoding has no form for, or a JSON text that is no encoded value."""


class _Walk:
    """One encoding or decoding, with bounds: shared parts are written out every time."""

    def __init__(self) -> None:
        self._left = MOST_NODES
        self._depth = DEEPEST

    def down(self) -> None:
        self._depth -= 1
        self._left -= 1
        if self._depth < 0 or self._left < 0:
            raise BorderFault(
                f"Expected a value of at most {MOST_NODES} parts, {DEEPEST} deep, but it has more.",
                f"值最多包含 {MOST_NODES} 个部分、嵌套 {DEEPEST} 层,实际超出。",
            )

    def each(self, value: Any, convert: Callable[["_Walk", Any], Any]) -> Any:
        """A list or a dictionary with its parts converted."""
        self.down()
        made: Any
        if isinstance(value, list):
            self._left -= len(value)
            made = [convert(self, item) for item in value]
        else:
            self._left -= len(value)
            made = {_key(key): convert(self, item) for key, item in value.items()}
        self._depth += 1
        return made


def _key(key: object) -> str:
    if isinstance(key, str):
        return key
    raise BorderFault(
        f"Expected a text as a key, but got {type(key).__name__}.",
        f"键应为文本,实际为 {type(key).__name__}。",
    )


# -- the wire


def to_wire(value: Value) -> Json:
    """The value as JSON for others: temporal values and ranges as texts.

    A number is a JSON number where a float holds all its digits, else its text.

    Raises:
        BorderFault: It contains a function, or is too large or too deep.
    """
    return _to_wire(_Walk(), value)


def _to_wire(walk: _Walk, value: Value) -> Json:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return _wire_number(value)
    if isinstance(value, list | dict):
        return walk.each(value, _to_wire)
    if is_temporal(value):
        return to_text(value)
    if isinstance(value, Range):
        return _range_text(value)
    raise _no_form(value)


def _wire_number(value: Decimal) -> Json:
    if value == value.to_integral_value():
        return int(value) if abs(value) <= _LARGEST_WHOLE else _digits(value)
    approximate = float(value)
    return approximate if Decimal(repr(approximate)) == value else _digits(value)


def _digits(value: Decimal) -> str:
    return str(value) if abs(value.adjusted()) >= 34 else format(value, "f")


def _range_text(value: Range) -> str:
    start, end = ("" if x is None else str(to_wire(x)) for x in (value.start, value.end))
    if value.operator:
        return f"({value.operator} {start})"
    opening, closing = "[" if value.start_included else "(", "]" if value.end_included else ")"
    return f"{opening}{start}..{end}{closing}"


def from_wire(given: Json) -> Value:
    """The value of parsed JSON: numbers as decimals, texts as texts.

    Raises:
        BorderFault: It holds what JSON has not, or is too large or too deep.
    """
    return _from_wire(_Walk(), given)


def _from_wire(walk: _Walk, given: Json) -> Value:
    if given is None or isinstance(given, bool | str):
        return given
    if isinstance(given, list | dict):
        return walk.each(given, _from_wire)
    if isinstance(given, int | float | Decimal):
        return _number(given)
    raise _no_form(given)


def _number(given: float | Decimal) -> Decimal:
    if not isinstance(given, float) and len(Decimal(given).as_tuple().digits) > DIGITS:
        raise BorderFault(
            f"Expected a number of at most {DIGITS} digits, but it has more.",
            f"数字最多为 {DIGITS} 位,实际超出。",
        )
    try:
        return from_float(given) if isinstance(given, float) else number(given)
    except (ArithmeticError, ValueError):
        raise BorderFault(
            "Expected a number of the range of decimal128, but it is none.",
            "数字应在 decimal128 的范围内。",
        ) from None


# -- the state


def to_state(value: Value) -> Json:
    """The value as JSON for storage, from which `from_state` makes the same value.

    Raises:
        BorderFault: It contains a function, or is too large or too deep.
    """
    return _to_state(_Walk(), value)


def _to_state(walk: _Walk, value: Value) -> Json:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        digits = str(value)
        return int(digits) if _is_plain_whole(digits) else {"$number": digits}
    if isinstance(value, list):
        return walk.each(value, _to_state)
    if isinstance(value, dict):
        made = walk.each(value, _to_state)
        return {"$context": made} if _looks_tagged(made) else made
    if is_temporal(value):
        return {_TAGS[type(value)]: to_text(value)}
    if isinstance(value, Range):
        walk.down()
        ends = [_to_state(walk, value.start), _to_state(walk, value.end)]
        included = (value.start_included, value.end_included)
        return {"$range": [ends[0], included[0], ends[1], included[1], value.operator]}
    raise _no_form(value)


def _is_plain_whole(digits: str) -> bool:
    bare = digits.removeprefix("-")
    return bare.isdigit() and len(bare) <= 15 and digits != "-0"


def _looks_tagged(made: dict[str, Json]) -> bool:
    return len(made) == 1 and next(iter(made)).startswith("$")


def from_state(stored: Json) -> Value:
    """The value that `to_state` stored.

    Raises:
        BorderFault: `to_state` makes no such JSON.
    """
    return _from_state(_Walk(), stored)


def _from_state(walk: _Walk, stored: Json) -> Value:
    if stored is None or isinstance(stored, bool | str):
        return stored
    if isinstance(stored, int):
        return Decimal(stored)
    if isinstance(stored, dict) and _looks_tagged(stored):
        ((tag, content),) = stored.items()
        return _untagged(walk, tag, content)
    if isinstance(stored, list | dict):
        return walk.each(stored, _from_state)
    raise _no_form(stored)


def _untagged(walk: _Walk, tag: str, content: Json) -> Value:
    if tag == "$context" and isinstance(content, dict):
        return walk.each(content, _from_state)
    if tag == "$number" and isinstance(content, str):
        return _number(_decimal(content))
    if tag == "$range" and isinstance(content, list) and len(content) == 5:
        walk.down()
        start, start_included, end, end_included, operator = content
        ends = (_from_state(walk, start), _from_state(walk, end))
        return Range(ends[0], bool(start_included), ends[1], bool(end_included), str(operator))
    value = _READERS[tag](content) if tag in _READERS and isinstance(content, str) else None
    if value is None:
        raise BorderFault(
            f"Expected a tagged value, but got {tag} with {str(content)[:80]!r}.",
            f"此处应为带标记的值,实际为 {tag}。",
        )
    return value


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError:
        return Decimal("NaN")


def _no_form(value: object) -> BorderFault:
    is_function = isinstance(value, Function | Builtin)
    kind = "function" if is_function else type(value).__name__
    return BorderFault(
        f"Expected a value that JSON can hold, but got a {kind}.",
        f"此处应为可写成 JSON 的值,实际为 {kind}。",
    )


_TAGS: dict[type, str] = {
    Date: "$date",
    Time: "$time",
    DateTime: "$date and time",
    DaysDuration: "$duration",
    MonthsDuration: "$duration",
}
_READERS: dict[str, Callable[[str], Value]] = {
    "$date": parse_date,
    "$time": parse_time,
    "$date and time": parse_date_time,
    "$duration": parse_duration,
}
