"""Types of a model: item definitions resolved, and values held to them (DMN 1.5 §7.3.2).

A value that does not conform becomes null with a warning, after the implicit conversions of
FEEL. Definitions that contain themselves are read as `Any` from the second round on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from .. import feel
from ..feel import Run, SyntaxFault, Value
from ..feel import types as feel_types
from ..feel.names import normalised
from ..feel.types import ANY, ContextOf, FunctionOf, ListOf, Named, Type, symbolic_members
from .faults import Faults
from .model import Definitions, Element, ItemDefinition, Text

#: How many parts a type may have, those of the types inside it included.
PARTS_MAX = 2_000
#: How many types a model may see, those of its imports included.
SHAPES_MAX = 5_000

_Check = Callable[[Run, Value], bool]

_BASIC = frozenset(
    (
        "Any",
        "boolean",
        "context",
        "date",
        "date and time",
        "days and time duration",
        "function",
        "list",
        "number",
        "range",
        "string",
        "time",
        "years and months duration",
    )
)
# How other versions and editors spell them; `Undefined` is an editor's word for none.
_SPELLINGS = {
    "any": "Any",
    "Undefined": "Any",
    "<Undefined>": "Any",
    "datetime": "date and time",
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "integer": "number",
    "long": "number",
    "double": "number",
    "decimal": "number",
}


@dataclass(frozen=True, slots=True)
class ItemType:
    """A type with the tests that its values pass.

    Attributes:
        shape: What kinds of values it has.
        check: Whether a value of that shape is allowed; None where all are.
        whole: Whether its numbers are whole, as some editors' `integer` says.
        result: The type of the results, where it is a function.
        parts: How many parts it has.
    """

    shape: Type
    check: _Check | None = None
    whole: bool = False
    result: "ItemType | None" = None
    parts: int = 1


ANY_ITEM = ItemType(ANY)


def coerce(run: Run, value: Value, wanted: ItemType) -> Value:
    """The value as this type; null with a warning where it is not of it."""
    if value is None or wanted is ANY_ITEM:
        return value
    value = feel_types.coerce(run, value, wanted.shape)
    if value is None or wanted.check is None or wanted.check(run, value):
        return value
    return run.null(
        "value_not_allowed",
        "Expected one of the values that its type allows, but it is another.",
        "该值不在其类型允许的取值范围内。",
    )


class TypeTable:
    """The types of one model by name, those of its imports among them.

    Attributes:
        shapes: The shape of each type, for `instance of` in FEEL.
        weight: How many names and parts they are.
    """

    def __init__(
        self, definitions: Definitions, imported: "Mapping[str, TypeTable]", faults: Faults
    ) -> None:
        self._written = {item.name: item for item in definitions.types}
        self._imported = imported
        self._by_namespace = {
            i.namespace: imported[i.name] for i in definitions.imports if i.name in imported
        }
        self._prefixes = definitions.prefixes
        self._faults = faults
        self._found: dict[str, ItemType] = {}
        self._open: set[str] = set()
        for item in definitions.types:
            self._own(item.name)
        self.shapes: dict[str, Type] = {normalised(n): t.shape for n, t in self._found.items()}
        for prefix, table in imported.items():
            head = f"{prefix}." if prefix else ""
            for name, shape in islice(table.shapes.items(), SHAPES_MAX - len(self.shapes)):
                self.shapes[f"{head}{name}"] = shape
        self._has_symbols = bool(symbolic_members(self.shapes.values()))
        self.weight = sum(t.parts for t in self._found.values()) + len(self.shapes)

    def shapes_for(self, text: str) -> Mapping[str, Type]:
        """The shapes that a text can need: none, unless it names types or odd members."""
        if self._has_symbols or "instance" in text or "function" in text:
            return self.shapes
        return {}

    def get(self, reference: str, element: Element) -> ItemType:
        """The type that a `typeRef` names; "" names none, an unknown one is a fault."""
        if not reference:
            return ANY_ITEM
        found = self._lookup(reference)
        if found is None:
            self._faults.add(
                "unknown_type",
                element,
                f"Expected a type of the model, but nothing is called {reference}.",
                f"没有名为“{reference}”的类型。",
            )
            return ANY_ITEM
        return found

    def allowed(self, reference: str) -> Text | None:
        """The tests that a type of this model's own allows, as they are written."""
        item = self._written.get(reference)
        return item.allowed if item is not None else None

    def _lookup(self, reference: str) -> ItemType | None:
        found = self._own(reference) or _basic(reference)
        if found is not None:
            return found
        prefix, dot, rest = reference.partition(".")
        while dot:
            if prefix in self._imported:
                return self._imported[prefix]._lookup(rest)
            more, dot, rest = rest.partition(".")
            prefix = f"{prefix}.{more}"
        prefix, colon, rest = reference.partition(":")
        if colon:
            table = self._by_namespace.get(self._prefixes.get(prefix, ""), self)
            return table._lookup(rest)
        return self._imported[""]._lookup(reference) if "" in self._imported else None

    def _own(self, name: str) -> ItemType | None:
        if name in self._found:
            return self._found[name]
        item = self._written.get(name)
        if item is None:
            return None
        if name in self._open:
            return ANY_ITEM
        self._open.add(name)
        self._found[name] = self._built(item)
        self._open.discard(name)
        return self._found[name]

    def _built(self, item: ItemDefinition) -> ItemType:
        base = self._base(item)
        if base.parts > PARTS_MAX:
            self._faults.add(
                "type_too_large",
                item,
                f"Expected a type of at most {PARTS_MAX} parts, but {item.name} has more.",
                f"类型“{item.name}”的组成部分超过 {PARTS_MAX} 个。",
            )
            return ANY_ITEM
        allowed = self._tests(item, item.allowed)
        if item.is_list:
            each = _both(base.check, allowed)
            shape, check = ListOf(base.shape), _each(each) if each else None
            base = ItemType(shape, check, parts=base.parts + 1)
        elif allowed is not None:
            base = replace(base, check=_both(base.check, allowed))
        constraint = self._tests(item, item.constraint)
        return base if constraint is None else replace(base, check=_both(base.check, constraint))

    def _base(self, item: ItemDefinition) -> ItemType:
        if item.parameters is not None:
            result = self.get(item.result_ref, item)
            parameters = [self.get(p.type_ref, p) for p in item.parameters]
            shape = FunctionOf(tuple(p.shape for p in parameters), result.shape)
            parts = 1 + result.parts + sum(p.parts for p in parameters)
            return ItemType(shape, result=result, parts=parts)
        if not item.components:
            return self.get(item.type_ref, item)
        members = {normalised(c.name): self._built(c) for c in item.components}
        checks = {name: m.check for name, m in members.items() if m.check is not None}
        shape_of_all = ContextOf(tuple((name, m.shape) for name, m in members.items()))
        parts = 1 + sum(m.parts for m in members.values())
        return ItemType(shape_of_all, _members(checks) if checks else None, parts=parts)

    def _tests(self, item: ItemDefinition, text: Text | None) -> _Check | None:
        if text is None:
            return None
        try:
            tests = feel.compile_unary_tests(text.text)
        except SyntaxFault as fault:
            self._faults.syntax(text, fault)
            return None
        return lambda run, value: tests({"?": value}, run) is True


def _basic(reference: str) -> ItemType | None:
    name = _SPELLINGS.get(reference, reference)
    if name not in _BASIC:
        return None
    if name == "Any":
        return ANY_ITEM
    return ItemType(Named(name), whole=reference in ("integer", "long"))


def _both(first: _Check | None, second: _Check | None) -> _Check | None:
    if first is None or second is None:
        return first or second
    return lambda run, value: first(run, value) and second(run, value)


def _each(check: _Check) -> _Check:
    def passes(run: Run, value: Value) -> bool:
        assert type(value) is list
        run.budget.step(len(value))
        return all(item is None or check(run, item) for item in value)

    return passes


def _members(checks: Mapping[str, _Check]) -> _Check:
    def passes(run: Run, value: Value) -> bool:
        assert type(value) is dict
        return all(value[name] is None or check(run, value[name]) for name, check in checks.items())

    return passes
