"""Inputs as JSON has them, made the values that a model's types ask for.

JSON has no dates: where an input's type says date, time, date and time or a duration, its text
is read as one. A text that is none stays a text, and the type check says why it does not fit.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..feel import Value
from ..feel.border import from_wire
from ..feel.temporal_text import parse_date, parse_date_time, parse_duration, parse_time
from ..feel.types import ContextOf, ListOf, Named, Type
from .units import InputUnit, Unit

_READERS: dict[str, Callable[[str], Value]] = {
    "date": parse_date,
    "time": parse_time,
    "date and time": parse_date_time,
    "days and time duration": parse_duration,
    "years and months duration": parse_duration,
}


def decoded(units: Iterable[Unit], given: Mapping[str, Any]) -> dict[str, Value]:
    """The inputs of a model from parsed JSON; what it does not declare is as JSON has it.

    Raises:
        feel.border.BorderFault: A value is too large, or has more digits than 34.
    """
    shapes: dict[str, Type] = {}
    for unit in units:
        if isinstance(unit, InputUnit):
            shapes |= {unit.name: unit.wanted.shape, unit.key: unit.wanted.shape}
    return {
        name: _shaped(from_wire(value), shapes[name]) if name in shapes else from_wire(value)
        for name, value in given.items()
    }


def _shaped(value: Value, shape: Type) -> Value:
    match value, shape:
        case str(), Named(name) if name in _READERS:
            read = _READERS[name](value)
            return value if read is None else read
        case list(), ListOf(element):
            return [_shaped(item, element) for item in value]
        case dict(), ContextOf(members):
            known = dict(members)
            return {k: _shaped(v, known[k]) if k in known else v for k, v in value.items()}
        case _:
            return value
