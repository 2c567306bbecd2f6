"""Boxed expressions out of XML."""

from collections.abc import Callable

from .model import (
    Binding,
    Conditional,
    Context,
    ContextEntry,
    Expression,
    FilterBox,
    FunctionBox,
    Invocation,
    IteratorBox,
    ListBox,
    Literal,
    Relation,
)
from .read_table import read_table
from .xml_cursor import Xml


def expression_in(holder: Xml | None) -> Expression | None:
    """The first expression right below, or None where there is none."""
    if holder is None:
        return None
    for child in holder.children():
        reader = _READERS.get(child.name)
        if reader is not None:
            return reader(child)
    return None


def _expressions_in(holder: Xml) -> tuple[Expression, ...]:
    found = (_READERS[c.name](c) for c in holder.children() if c.name in _READERS)
    return tuple(found)


def _literal(xml: Xml) -> Literal:
    return Literal(text=xml.text(), type_ref=xml.get("typeRef"), **xml.place())


def _context(xml: Xml) -> Context:
    entries = []
    for entry in xml.children("contextEntry"):
        variable = entry.child("variable")
        entries.append(
            ContextEntry(
                variable=variable.variable() if variable else None,
                value=expression_in(entry),
                **entry.place(),
            )
        )
    return Context(entries=tuple(entries), type_ref=xml.get("typeRef"), **xml.place())


def _invocation(xml: Xml) -> Invocation:
    bindings = []
    for binding in xml.children("binding"):
        parameter = binding.child("parameter")
        if parameter is None:
            binding.slip("Expected a binding with a parameter, but it has none.", "绑定缺少参数。")
            continue
        bindings.append(
            Binding(parameter=parameter.variable(), value=expression_in(binding), **binding.place())
        )
    return Invocation(
        function=expression_in(xml),
        bindings=tuple(bindings),
        type_ref=xml.get("typeRef"),
        **xml.place(),
    )


def _list(xml: Xml) -> ListBox:
    return ListBox(items=_expressions_in(xml), type_ref=xml.get("typeRef"), **xml.place())


def _relation(xml: Xml) -> Relation:
    columns = tuple(column.variable() for column in xml.children("column"))
    rows = []
    for row in xml.children("row"):
        cells = _expressions_in(row)
        if len(cells) != len(columns):
            row.slip(
                f"Expected {len(columns)} cells in the row, but it has {len(cells)}.",
                f"该行应有 {len(columns)} 个单元格,实际为 {len(cells)} 个。",
            )
        rows.append(cells)
    return Relation(columns=columns, rows=tuple(rows), type_ref=xml.get("typeRef"), **xml.place())


def read_function(xml: Xml) -> FunctionBox:
    """A `functionDefinition`, or the `encapsulatedLogic` of a business knowledge model."""
    return FunctionBox(
        kind=xml.get("kind") or "FEEL",
        parameters=tuple(p.variable() for p in xml.children("formalParameter")),
        body=expression_in(xml),
        type_ref=xml.get("typeRef"),
        **xml.place(),
    )


def _conditional(xml: Xml) -> Conditional:
    return Conditional(
        condition=expression_in(xml.child("if")),
        then=expression_in(xml.child("then")),
        otherwise=expression_in(xml.child("else")),
        type_ref=xml.get("typeRef"),
        **xml.place(),
    )


def _filter(xml: Xml) -> FilterBox:
    return FilterBox(
        source=expression_in(xml.child("in")),
        match=expression_in(xml.child("match")),
        type_ref=xml.get("typeRef"),
        **xml.place(),
    )


def _iterator(xml: Xml) -> IteratorBox:
    return IteratorBox(
        kind=xml.name,
        variable=xml.get("iteratorVariable"),
        source=expression_in(xml.child("in")),
        body=expression_in(xml.child("return" if xml.name == "for" else "satisfies")),
        type_ref=xml.get("typeRef"),
        **xml.place(),
    )


_READERS: dict[str, Callable[[Xml], Expression]] = {
    "literalExpression": _literal,
    "context": _context,
    "invocation": _invocation,
    "list": _list,
    "relation": _relation,
    "functionDefinition": read_function,
    "conditional": _conditional,
    "filter": _filter,
    "for": _iterator,
    "some": _iterator,
    "every": _iterator,
    "decisionTable": read_table,
}
