"""A DMN model as it is written (DMN 1.5 §6 to §8): what the file says, nothing computed.

Every element has its `id` ("" where the file gives none) and the `line` of the file, from 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias


class HitPolicy(Enum):
    """How many rules may match, and what becomes of their outputs (DMN 1.5 §8.2.10)."""

    UNIQUE = "UNIQUE"
    ANY = "ANY"
    PRIORITY = "PRIORITY"
    FIRST = "FIRST"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"
    COLLECT = "COLLECT"


class Aggregation(Enum):
    """What a collecting table makes of the outputs: C+, C#, C< and C>."""

    SUM = "SUM"
    COUNT = "COUNT"
    MIN = "MIN"
    MAX = "MAX"


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    id: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Element):
    """A piece of FEEL and the language it claims to be in ("" for the model's own)."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable(Element):
    """An information item: a name, and the type it declares ("" for none)."""

    name: str
    type_ref: str = ""


# -- boxed expressions


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxed(Element):
    """What all expressions have: the type that their value is declared to be of."""

    type_ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal(Boxed):
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextEntry(Element):
    """One entry; without a variable it is the result of the whole context."""

    variable: Variable | None
    value: "Expression | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context(Boxed):
    entries: tuple[ContextEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding(Element):
    parameter: Variable
    value: "Expression | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation(Boxed):
    function: "Expression | None"
    bindings: tuple[Binding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBox(Boxed):
    items: tuple["Expression", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Boxed):
    columns: tuple[Variable, ...]
    rows: tuple[tuple["Expression", ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionBox(Boxed):
    """A function; `kind` is FEEL, Java or PMML, of which only FEEL can be evaluated."""

    kind: str
    parameters: tuple[Variable, ...]
    body: "Expression | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditional(Boxed):
    condition: "Expression | None"
    then: "Expression | None"
    otherwise: "Expression | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterBox(Boxed):
    source: "Expression | None"
    match: "Expression | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class IteratorBox(Boxed):
    """`for`, `some` or `every`: a variable over a source, and what is asked of each."""

    kind: str
    variable: str
    source: "Expression | None"
    body: "Expression | None"


# -- decision tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Input(Element):
    """A column of conditions; `values` are the tests that its value must pass at all."""

    label: str
    expression: Text
    type_ref: str
    values: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Output(Element):
    """A column of results; the order of `values` is their priority, highest first."""

    name: str
    label: str
    type_ref: str
    values: Text | None
    default: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Element):
    inputs: tuple[Text, ...]
    outputs: tuple[Text, ...]
    annotations: tuple[str, ...]
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Boxed):
    hit_policy: HitPolicy
    aggregation: Aggregation | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    annotations: tuple[str, ...]
    rules: tuple[Rule, ...]


Expression: TypeAlias = (
    Literal
    | Context
    | Invocation
    | ListBox
    | Relation
    | FunctionBox
    | Conditional
    | FilterBox
    | IteratorBox
    | Table
)


# -- the requirements graph


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDefinition(Element):
    """A type of the model's own: an alias, a structure, a list or a function.

    Attributes:
        allowed: Tests that each value passes (each element, where it is a list).
        constraint: Tests that the value passes as a whole (`typeConstraint` of DMN 1.5).
        parameters: The types of a function's parameters; None where it is no function.
    """

    name: str
    type_ref: str
    is_list: bool
    components: tuple["ItemDefinition", ...]
    allowed: Text | None
    constraint: Text | None
    parameters: tuple[Variable, ...] | None = None
    result_ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node(Element):
    name: str
    variable: Variable


@dataclass(frozen=True, slots=True, kw_only=True)
class InputData(Node):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement(Element):
    """A reference to a node: `#id`, or `namespace#id` of an imported model."""

    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Node):
    information: tuple[Requirement, ...]
    knowledge: tuple[Requirement, ...]
    expression: Expression | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessKnowledge(Node):
    knowledge: tuple[Requirement, ...]
    function: FunctionBox | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionService(Node):
    outputs: tuple[Requirement, ...]
    encapsulated: tuple[Requirement, ...]
    input_decisions: tuple[Requirement, ...]
    input_data: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Import(Element):
    name: str
    namespace: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions(Element):
    """One file.

    Attributes:
        prefixes: The namespaces of the root's prefixes, for type references written with one.
        slips: What the reader could not make sense of, as (id, line, English, Chinese).
    """

    name: str
    namespace: str
    language: str
    prefixes: Mapping[str, str]
    imports: tuple[Import, ...]
    types: tuple[ItemDefinition, ...]
    inputs: tuple[InputData, ...]
    decisions: tuple[Decision, ...]
    knowledge: tuple[BusinessKnowledge, ...]
    services: tuple[DecisionService, ...]
    slips: tuple[tuple[str, int, str, str], ...] = field(default=())
