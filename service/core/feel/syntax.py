"""The syntax tree. Positions do not count when trees are compared."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from .types import Type
from .warnings import NOWHERE, Position


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    position: Position = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Literal(_Placed):
    """null, a boolean, a number without sign, or a string."""

    value: bool | Decimal | str | None


@dataclass(frozen=True, slots=True)
class AtLiteral(_Placed):
    """`@"2020-01-01"`: a temporal value by its text."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(_Placed):
    name: str


@dataclass(frozen=True, slots=True)
class Path(_Placed):
    source: "Node"
    member: str


@dataclass(frozen=True, slots=True)
class Filter(_Placed):
    source: "Node"
    condition: "Node"


@dataclass(frozen=True, slots=True)
class Invocation(_Placed):
    function: "Node"
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class NamedInvocation(_Placed):
    function: "Node"
    arguments: tuple[tuple[str, "Node"], ...]


@dataclass(frozen=True, slots=True)
class Negation(_Placed):
    operand: "Node"


@dataclass(frozen=True, slots=True)
class Arithmetic(_Placed):
    """Operands of one precedence, from left to right; each operator has its position."""

    first: "Node"
    rest: tuple[tuple[str, "Node"], ...]


@dataclass(frozen=True, slots=True)
class Comparison(_Placed):
    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Between(_Placed):
    value: "Node"
    low: "Node"
    high: "Node"


@dataclass(frozen=True, slots=True)
class CompareTest(_Placed):
    """A unary test such as `< 10`."""

    operator: str
    operand: "Node"


@dataclass(frozen=True, slots=True)
class ValueTest(_Placed):
    """A unary test by an expression: a value, a list, a range or a condition over `?`."""

    expression: "Node"


Test: TypeAlias = CompareTest | ValueTest


@dataclass(frozen=True, slots=True)
class In(_Placed):
    value: "Node"
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class UnaryTests(_Placed):
    """The tests of a cell; none at all is `-`, which everything passes."""

    tests: tuple[Test, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class InstanceOf(_Placed):
    value: "Node"
    type: Type


@dataclass(frozen=True, slots=True)
class And(_Placed):
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or(_Placed):
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class If(_Placed):
    """Conditions with their results; `else if` adds a branch."""

    branches: tuple[tuple["Node", "Node"], ...]
    otherwise: "Node"


@dataclass(frozen=True, slots=True)
class Iterator:
    """`name in source`, or `name in source..end`."""

    name: str
    source: "Node"
    end: "Node | None" = None


@dataclass(frozen=True, slots=True)
class For(_Placed):
    iterators: tuple[Iterator, ...]
    body: "Node"


@dataclass(frozen=True, slots=True)
class Quantified(_Placed):
    """`some` or `every`."""

    quantifier: str
    iterators: tuple[Iterator, ...]
    condition: "Node"


@dataclass(frozen=True, slots=True)
class ListLiteral(_Placed):
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class ContextLiteral(_Placed):
    entries: tuple[tuple[str, "Node"], ...]


@dataclass(frozen=True, slots=True)
class RangeLiteral(_Placed):
    """A range; an end that is None is open to infinity, as in `(< 10)`.

    `operator` is `=` or `!=` for `(= 10)` and `(!= 10)`, which have only a start.
    """

    start: "Node | None"
    start_included: bool
    end: "Node | None"
    end_included: bool
    operator: str = ""


@dataclass(frozen=True, slots=True)
class FunctionLiteral(_Placed):
    parameters: tuple[tuple[str, Type | None], ...]
    body: "Node"


Node: TypeAlias = (
    Literal
    | AtLiteral
    | Name
    | Path
    | Filter
    | Invocation
    | NamedInvocation
    | Negation
    | Arithmetic
    | Comparison
    | Between
    | In
    | UnaryTests
    | InstanceOf
    | And
    | Or
    | If
    | For
    | Quantified
    | ListLiteral
    | ContextLiteral
    | RangeLiteral
    | FunctionLiteral
)
