"""Syntax trees to texts: parsing the text again gives an equal tree."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from .names import normalised
from .syntax import (
    And,
    Arithmetic,
    AtLiteral,
    Between,
    CompareTest,
    Comparison,
    ContextLiteral,
    Filter,
    For,
    FunctionLiteral,
    If,
    In,
    InstanceOf,
    Invocation,
    Iterator,
    ListLiteral,
    Literal,
    Name,
    NamedInvocation,
    Negation,
    Node,
    Or,
    Path,
    Quantified,
    RangeLiteral,
    Test,
    UnaryTests,
)
from .types import describe

# How tightly a construct binds; an operand that binds less tightly stands in brackets.
_OPEN, _OR, _AND, _COMPARED, _SUM, _PRODUCT, _POWER, _TYPED, _SIGNED, _CLOSED = range(10)
_OPERATORS = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "**": _POWER}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def print_tree(node: Node) -> str:
    """The text of a tree, with as few brackets as the grammar needs."""
    return _PRINTERS[type(node)](node)


def quoted(text: str) -> str:
    """A string literal of these characters."""
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if character.isprintable() else f"\\U{ord(character):06X}"


def _strength(node: Node) -> int:
    if isinstance(node, Arithmetic):
        return _OPERATORS[node.rest[0][0]]
    return _STRENGTHS.get(type(node), _CLOSED)


def _inside(node: Node, least: int) -> str:
    text = print_tree(node)
    return text if _strength(node) >= least else f"({text})"


def _literal(node: Literal) -> str:
    if isinstance(node.value, str):
        return quoted(node.value)
    if isinstance(node.value, Decimal):
        return str(node.value)
    return "null" if node.value is None else str(node.value).lower()


def _path(node: Path) -> str:
    # `1.a` would be read as a number that goes on.
    is_number = isinstance(node.source, Literal) and isinstance(node.source.value, Decimal)
    source = print_tree(node.source) if not is_number else f"({print_tree(node.source)})"
    source = source if _strength(node.source) == _CLOSED else f"({source})"
    return f"{source}.{node.member}"


def _filter(node: Filter) -> str:
    return f"{_inside(node.source, _CLOSED)}[{print_tree(node.condition)}]"


def _invocation(node: Invocation) -> str:
    arguments = ", ".join(map(print_tree, node.arguments))
    return f"{_inside(node.function, _CLOSED)}({arguments})"


def _named(node: NamedInvocation) -> str:
    arguments = ", ".join(f"{name}: {print_tree(value)}" for name, value in node.arguments)
    return f"{_inside(node.function, _CLOSED)}({arguments})"


def _arithmetic(node: Arithmetic) -> str:
    strength = _strength(node)
    rest = "".join(f" {op} {_inside(operand, strength + 1)}" for op, operand in node.rest)
    return _inside(node.first, strength + 1) + rest


def _comparison(node: Comparison) -> str:
    left, right = _inside(node.left, _COMPARED), _inside(node.right, _SUM)
    return f"{left} {node.operator} {right}"


def _between(node: Between) -> str:
    low, high = _inside(node.low, _SUM), _inside(node.high, _SUM)
    return f"{_inside(node.value, _COMPARED)} between {low} and {high}"


def _test(test: Test) -> str:
    if isinstance(test, CompareTest):
        return f"{test.operator} {_inside(test.operand, _SUM)}"
    return print_tree(test.expression)


def _in(node: In) -> str:
    only = node.tests[0] if len(node.tests) == 1 else None
    if isinstance(only, CompareTest):
        tests = _test(only)
    elif only is not None:
        tests = _inside(only.expression, _SUM)
    else:
        tests = f"({', '.join(map(_test, node.tests))})"
    return f"{_inside(node.value, _COMPARED)} in {tests}"


def _unary_tests(node: UnaryTests) -> str:
    tests = ", ".join(map(_test, node.tests)) or "-"
    return f"not({tests})" if node.negated else tests


def _if(node: If) -> str:
    branches = "".join(
        f"if {print_tree(condition)} then {print_tree(result)} else "
        for condition, result in node.branches
    )
    otherwise = print_tree(node.otherwise)
    return branches + (f"({otherwise})" if isinstance(node.otherwise, If) else otherwise)


def _iterators(iterators: tuple[Iterator, ...]) -> str:
    return ", ".join(
        f"{i.name} in {print_tree(i.source)}" + ("" if i.end is None else f"..{print_tree(i.end)}")
        for i in iterators
    )


def _for(node: For) -> str:
    return f"for {_iterators(node.iterators)} return {print_tree(node.body)}"


def _quantified(node: Quantified) -> str:
    condition = print_tree(node.condition)
    return f"{node.quantifier} {_iterators(node.iterators)} satisfies {condition}"


def _key(key: str) -> str:
    is_name = bool(key) and (key[0].isalpha() or key[0] == "_") and normalised(key) == key
    return key if is_name and key.isidentifier() else quoted(key)


def _context(node: ContextLiteral) -> str:
    return "{" + ", ".join(f"{_key(k)}: {print_tree(v)}" for k, v in node.entries) + "}"


def _range(node: RangeLiteral) -> str:
    if node.operator:
        assert node.start is not None
        return f"({node.operator} {_inside(node.start, _SUM)})"
    if node.start is None:
        assert node.end is not None
        return f"({'<=' if node.end_included else '<'} {_inside(node.end, _SUM)})"
    if node.end is None:
        return f"({'>=' if node.start_included else '>'} {_inside(node.start, _SUM)})"
    opening, closing = "[" if node.start_included else "(", "]" if node.end_included else ")"
    return f"{opening}{print_tree(node.start)}..{print_tree(node.end)}{closing}"


def _function(node: FunctionLiteral) -> str:
    parameters = ", ".join(
        name if wanted is None else f"{name}: {describe(wanted)}"
        for name, wanted in node.parameters
    )
    return f"function({parameters}) {print_tree(node.body)}"


_STRENGTHS: dict[type, int] = {
    If: _OPEN,
    For: _OPEN,
    Quantified: _OPEN,
    FunctionLiteral: _OPEN,
    Or: _OR,
    And: _AND,
    Comparison: _COMPARED,
    Between: _COMPARED,
    In: _COMPARED,
    InstanceOf: _TYPED,
    Negation: _SIGNED,
}
_PRINTERS: dict[type, Callable[[Any], str]] = {
    Literal: _literal,
    AtLiteral: lambda node: "@" + quoted(node.text),
    Name: lambda node: node.name,
    Path: _path,
    Filter: _filter,
    Invocation: _invocation,
    NamedInvocation: _named,
    Negation: lambda node: f"-{_inside(node.operand, _SIGNED)}",
    Arithmetic: _arithmetic,
    Comparison: _comparison,
    Between: _between,
    In: _in,
    UnaryTests: _unary_tests,
    InstanceOf: lambda node: f"{_inside(node.value, _SIGNED)} instance of {describe(node.type)}",
    And: lambda node: " and ".join(_inside(item, _COMPARED) for item in node.items),
    Or: lambda node: " or ".join(_inside(item, _AND) for item in node.items),
    If: _if,
    For: _for,
    Quantified: _quantified,
    ListLiteral: lambda node: "[" + ", ".join(map(print_tree, node.items)) + "]",
    ContextLiteral: _context,
    RangeLiteral: _range,
    FunctionLiteral: _function,
}
