"""Types of FEEL, as `instance of`, parameters and item definitions use them (DMN 1.5 §10.3.2.9)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from .builtins.signature import Builtin
from .run import Run
from .temporal import Date, at_utc_midnight
from .values import (
    BOOLEAN,
    CONTEXT,
    DATE,
    DATE_TIME,
    DAYS_DURATION,
    FUNCTION,
    LIST,
    MONTHS_DURATION,
    NULL,
    NUMBER,
    RANGE,
    STRING,
    TIME,
    Function,
    Range,
    Value,
    kind_of,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A type without parts: the name of a kind, `Any`, or `Null`."""

    name: str


@dataclass(frozen=True, slots=True)
class ListOf:
    element: "Type"


@dataclass(frozen=True, slots=True)
class RangeOf:
    element: "Type"


@dataclass(frozen=True, slots=True)
class ContextOf:
    """A context that has these members; it may have more."""

    members: tuple[tuple[str, "Type"], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class FunctionOf:
    parameters: tuple["Type", ...]
    result: "Type"


Type: TypeAlias = Named | ListOf | RangeOf | ContextOf | FunctionOf

ANY = Named("Any")
_SYMBOLS = frozenset("-+*/'.")
_EVERY_NAME = {"Any": "Any", "Null": NULL, "null": NULL, "any": "Any"}
_SYNONYMS = {
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "dateTime": "date and time",
}


def named(name: str) -> Named:
    """The type of this name, where synonyms of the standard's XML names are read too."""
    return Named(_EVERY_NAME.get(name, _SYNONYMS.get(name, name)))


_KNOWN = frozenset(
    (
        "Any",
        NULL,
        BOOLEAN,
        NUMBER,
        STRING,
        LIST,
        CONTEXT,
        RANGE,
        FUNCTION,
        DATE,
        TIME,
        DATE_TIME,
        DAYS_DURATION,
        MONTHS_DURATION,
    )
)


def resolved(wanted: Type, types: Mapping[str, Type]) -> tuple[Type, str]:
    """The type with the names of a model replaced, and the first name that nobody knows."""
    if isinstance(wanted, Named):
        if wanted.name in _KNOWN:
            return wanted, ""
        known = types.get(wanted.name)
        return (wanted, wanted.name) if known is None else (known, "")
    if isinstance(wanted, ListOf | RangeOf):
        element, unknown = resolved(wanted.element, types)
        return type(wanted)(element), unknown
    if isinstance(wanted, ContextOf):
        members = [(name, resolved(t, types)) for name, t in wanted.members]
        unknown = next((u for _, (_, u) in members if u), "")
        return ContextOf(tuple((name, t) for name, (t, _) in members)), unknown
    parts = [resolved(t, types) for t in (*wanted.parameters, wanted.result)]
    made = [t for t, _ in parts]
    return FunctionOf(tuple(made[:-1]), made[-1]), next((u for _, u in parts if u), "")


def symbolic_members(types: Iterable[Type]) -> set[str]:
    """Members of contexts anywhere inside the types whose names hold symbols, such as `a-b`."""
    found: set[str] = set()
    todo = list(types)
    while todo:
        inside = todo.pop()
        if isinstance(inside, ListOf):
            todo.append(inside.element)
        elif isinstance(inside, ContextOf):
            todo.extend(member for _, member in inside.members)
            names = (name for name, _ in inside.members)
            found.update(name for name in names if not _SYMBOLS.isdisjoint(name))
    return found


def is_instance(run: Run, value: Value, wanted: Type) -> bool:
    """FEEL's `value instance of wanted`; null is an instance of `Null` only."""
    if isinstance(wanted, Named):
        return _is_named(value, wanted.name)
    if isinstance(wanted, ListOf):
        return kind_of(value) == LIST and _all(run, value, wanted.element)
    if isinstance(wanted, RangeOf):
        return type(value) is Range and all(
            end is None or is_instance(run, end, wanted.element) for end in (value.start, value.end)
        )
    if isinstance(wanted, ContextOf):
        return type(value) is dict and all(
            name in value and (value[name] is None or is_instance(run, value[name], member))
            for name, member in wanted.members
        )
    return _is_function(value, wanted)


def _is_named(value: Value, name: str) -> bool:
    if name == "Any":
        return value is not None
    return kind_of(value) == name


def _all(run: Run, value: Value, element: Type) -> bool:
    assert type(value) is list
    run.budget.step(len(value))
    run.budget.enter(4)
    found = all(item is None or is_instance(run, item, element) for item in value)
    run.budget.leave(4)
    return found


def _is_function(value: Value, wanted: FunctionOf) -> bool:
    if type(value) is Builtin:
        return any(len(s.parameters) == len(wanted.parameters) for s in value.signatures)
    if type(value) is not Function or len(value.types) != len(wanted.parameters):
        return False
    pairs = zip(wanted.parameters, value.types, strict=True)
    return all(own is None or conforms(given, own) for given, own in pairs)


def conforms(narrow: Type, wide: Type) -> bool:
    """Whether every value of one type is one of the other (DMN 1.5 §10.3.2.9.2)."""
    if wide == ANY or narrow == wide or narrow == Named(NULL):
        return True
    if isinstance(narrow, ListOf) and isinstance(wide, ListOf):
        return conforms(narrow.element, wide.element)
    if isinstance(narrow, RangeOf) and isinstance(wide, RangeOf):
        return conforms(narrow.element, wide.element)
    if isinstance(narrow, ContextOf) and isinstance(wide, ContextOf):
        own = dict(narrow.members)
        return all(name in own and conforms(own[name], t) for name, t in wide.members)
    if isinstance(narrow, FunctionOf) and isinstance(wide, FunctionOf):
        return (
            len(narrow.parameters) == len(wide.parameters)
            and all(map(conforms, wide.parameters, narrow.parameters))
            and conforms(narrow.result, wide.result)
        )
    return isinstance(wide, Named) and wide.name == _kind(narrow)


def _kind(wanted: Type) -> str:
    kinds = {ListOf: LIST, RangeOf: RANGE, ContextOf: CONTEXT, FunctionOf: FUNCTION}
    return kinds.get(type(wanted), "")


def coerce(run: Run, value: Value, wanted: Type) -> Value:
    """The value as this type, by the implicit conversions of DMN 1.5 §10.3.2.9.4.

    A single value becomes a list of itself, a list of one its element, a date the date and
    time of its midnight in UTC. Null with a warning where the value does not conform.
    """
    if value is None or is_instance(run, value, wanted):
        return value
    if isinstance(wanted, ListOf) and is_instance(run, value, wanted.element):
        return [value]
    if type(value) is list and len(value) == 1 and is_instance(run, value[0], wanted):
        return value[0]
    if isinstance(value, Date) and wanted == Named(DATE_TIME):
        return at_utc_midnight(value)
    kind = kind_of(value)
    return run.null(
        "wrong_type",
        f"Expected {describe(wanted)}, but got a {kind}.",
        f"此处应为 {describe(wanted)},实际为 {kind}。",
    )


def describe(wanted: Type) -> str:
    """The type as a text writes it, such as `list<number>`."""
    if isinstance(wanted, Named):
        return "Null" if wanted.name == NULL else wanted.name
    if isinstance(wanted, ListOf):
        return f"list<{describe(wanted.element)}>"
    if isinstance(wanted, RangeOf):
        return f"range<{describe(wanted.element)}>"
    if isinstance(wanted, ContextOf):
        members = ", ".join(f"{name}: {describe(t)}" for name, t in wanted.members)
        return f"context<{members}>"
    parameters = ", ".join(describe(t) for t in wanted.parameters)
    return f"function<{parameters}> -> {describe(wanted.result)}"
