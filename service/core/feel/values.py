"""Values of FEEL, their kinds, equality and order.

null `None`, boolean `bool`, number `Decimal`, string `str`, list `list`, context `dict`, the
temporal values of `temporal.py`, `Range`, and functions (`Function` and `Builtin`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from . import temporal_arithmetic
from .temporal import Date, DateTime, DaysDuration, MonthsDuration, Time

if TYPE_CHECKING:
    from .run import Run

# Which kind an object has is asked at run time, by `kind_of`: FEEL has no static types.
Value: TypeAlias = object

NULL, BOOLEAN, NUMBER, STRING = "null", "boolean", "number", "string"
LIST, CONTEXT, RANGE, FUNCTION = "list", "context", "range", "function"
DATE, TIME, DATE_TIME = "date", "time", "date and time"
DAYS_DURATION, MONTHS_DURATION = "days and time duration", "years and months duration"


@dataclass(frozen=True, slots=True)
class Range:
    """All values between two end points; None stands for an end that is open to infinity.

    `start_included` and `end_included` are False where that end is None. `operator` is `=` or
    `!=` for `(= 10)` and `(!= 10)`, whose ends are both that value: they contain what is equal
    to it, or all else.
    """

    start: Value
    start_included: bool
    end: Value
    end_included: bool
    operator: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function that a text or a model defines.

    Attributes:
        parameters: The names, in order.
        types: The type of each parameter (`types.Type`), or None where it takes anything.
        call: Called with the run and as many arguments as there are parameters.
        closure: For compiled functions of untyped parameters only, the parts of `call`.
    """

    parameters: tuple[str, ...]
    types: tuple[Any, ...]
    call: "Callable[[Run, list[Value]], Value]"
    closure: Any = None


KINDS: dict[type, str] = {
    type(None): NULL,
    bool: BOOLEAN,
    Decimal: NUMBER,
    str: STRING,
    list: LIST,
    dict: CONTEXT,
    Range: RANGE,
    Function: FUNCTION,
    Date: DATE,
    Time: TIME,
    DateTime: DATE_TIME,
    DaysDuration: DAYS_DURATION,
    MonthsDuration: MONTHS_DURATION,
}
TEMPORAL_TYPES = frozenset((Date, Time, DateTime, DaysDuration, MonthsDuration))
# Kinds whose values have an order, so that a range can lie between two of them.
RANGE_KINDS = frozenset((NUMBER, STRING, DATE, TIME, DATE_TIME, DAYS_DURATION, MONTHS_DURATION))


def kind_of(value: Value) -> str:
    """The name of the value's kind, as DMN 1.5 writes it, such as `date and time`."""
    # The only kind of value that this module does not know is a built-in function.
    return KINDS.get(type(value), FUNCTION)


def is_function(value: Value) -> bool:
    return kind_of(value) == FUNCTION


def equal(run: "Run", left: Value, right: Value) -> bool | None:
    """FEEL's `=` (DMN 1.5 table 53): None where the kinds differ and neither is null."""
    if left is right:
        return True
    if left is None or right is None:
        return False
    kind = type(left)
    if kind is not type(right):
        return None
    if kind is list:
        return _equal_lists(run, left, right)  # type: ignore[arg-type]
    if kind is dict:
        return _equal_contexts(run, left, right)  # type: ignore[arg-type]
    if kind is Range:
        return _equal_ranges(run, left, right)  # type: ignore[arg-type]
    if temporal_arithmetic.is_temporal(left) and temporal_arithmetic.is_temporal(right):
        return temporal_arithmetic.equal(left, right)
    return left == right


def same(run: "Run", left: Value, right: Value) -> bool:
    """Whether two values are equal, where values of different kinds are simply not."""
    return equal(run, left, right) is True


def _equal_lists(run: "Run", left: list[Value], right: list[Value]) -> bool:
    if len(left) != len(right):
        return False
    budget = run.budget
    budget.step(len(left))
    budget.enter(3)
    found = all(equal(run, a, b) is True for a, b in zip(left, right, strict=True))
    budget.leave(3)
    return found


def _equal_contexts(run: "Run", left: dict[str, Value], right: dict[str, Value]) -> bool:
    if left.keys() != right.keys():
        return False
    budget = run.budget
    budget.step(len(left))
    budget.enter(3)
    found = all(equal(run, value, right[name]) is True for name, value in left.items())
    budget.leave(3)
    return found


def _equal_ranges(run: "Run", left: Range, right: Range) -> bool:
    own = (left.start_included, left.end_included, left.operator)
    if own != (right.start_included, right.end_included, right.operator):
        return False
    ends = ((left.start, right.start), (left.end, right.end))
    return all(equal(run, a, b) is True for a, b in ends)


def compare(left: Value, right: Value) -> int | None:
    """-1, 0 or 1, or None where the two cannot be put in order (DMN 1.5 table 54)."""
    if type(left) is not type(right):
        return None
    if isinstance(left, Decimal | str):
        return (left > right) - (left < right)  # type: ignore[operator]
    return temporal_arithmetic.compare(left, right) if type(left) in TEMPORAL_TYPES else None
