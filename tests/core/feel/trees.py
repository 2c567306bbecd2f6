"""Random syntax trees."""

from decimal import Decimal

from hypothesis import strategies as st

from service.core.feel.syntax import (
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
    UnaryTests,
    ValueTest,
)
from service.core.feel.types import ContextOf, FunctionOf, ListOf, Named, RangeOf, Type

# Known names with all that a name may hold; words of keywords only inside longer names.
NAMES = (
    "a",
    "b",
    "x1",
    "金额",
    "审批 金额",
    "a-b",
    "Rate/12",
    "one or two",
    "v1.2",
    "o'clock",
    "?",
)
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")

names = st.sampled_from(NAMES)
new_names = st.sampled_from(("i", "j", "each one", "值"))
# Digits stay as they are written, so that 1.0 and 1 differ as trees only by nothing.
numbers = st.decimals(0, 10**20, allow_nan=False, allow_infinity=False, places=3)
characters = st.characters(exclude_categories=["Cs"])
literals = st.builds(
    Literal,
    st.none() | st.booleans() | numbers | st.text(characters, max_size=8) | st.just(Decimal(7)),
)
leaves = literals | st.builds(Name, names) | st.builds(AtLiteral, st.text(characters, max_size=8))

named_types: st.SearchStrategy[Type] = st.builds(
    Named,
    st.sampled_from(("Any", "number", "string", "date and time", "days and time duration", "tRow")),
)
types: st.SearchStrategy[Type] = st.recursive(
    named_types,
    lambda t: (
        st.builds(ListOf, t)
        | st.builds(RangeOf, t)
        | st.builds(
            ContextOf,
            st.lists(st.tuples(names, t), max_size=2, unique_by=lambda m: m[0]).map(tuple),
        )
        | st.builds(FunctionOf, st.lists(t, max_size=2).map(tuple), t)
    ),
    max_leaves=4,
)


def _tuples(strategy, least=0, most=3):
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


def _compare_tests(node):
    return st.builds(CompareTest, st.sampled_from(COMPARISONS), node)


def _tests(node):
    return _tuples(_compare_tests(node) | st.builds(ValueTest, node), 1)


def _arithmetic(node):
    return st.one_of(
        *(
            st.builds(Arithmetic, node, _tuples(st.tuples(st.sampled_from(operators), node), 1))
            for operators in (("+", "-"), ("*", "/"), ("**",))
        )
    )


def _ranges(node):
    closed = st.builds(RangeLiteral, node, st.booleans(), node, st.booleans())
    below = st.builds(RangeLiteral, st.none(), st.just(False), node, st.booleans())
    above = st.builds(RangeLiteral, node, st.booleans(), st.none(), st.just(False))
    equal = st.builds(
        lambda value, operator: RangeLiteral(
            value, operator == "=", None, operator == "=", operator
        ),
        node,
        st.sampled_from(("=", "!=")),
    )
    return closed | below | above | equal


def _scopes(node):
    iterator = st.builds(Iterator, new_names, node, st.none() | node)
    parameters = st.lists(
        st.tuples(new_names, st.none() | types), max_size=2, unique_by=lambda p: p[0]
    ).map(tuple)
    return (
        st.builds(For, _tuples(iterator, 1, 2), node)
        | st.builds(Quantified, st.sampled_from(("some", "every")), _tuples(iterator, 1, 2), node)
        | st.builds(FunctionLiteral, parameters, node)
    )


def _operators(node):
    return (
        st.builds(Negation, node)
        | _arithmetic(node)
        | st.builds(Comparison, st.sampled_from(COMPARISONS), node, node)
        | st.builds(Between, node, node, node)
        | st.builds(In, node, _tests(node))
        | st.builds(InstanceOf, node, types)
        | st.builds(And, _tuples(node, 2))
        | st.builds(Or, _tuples(node, 2))
    )


def _larger(node):
    entries = st.lists(
        st.tuples(st.text(characters, max_size=5) | names, node),
        max_size=3,
        unique_by=lambda e: e[0],
    ).map(tuple)
    arguments = st.lists(
        st.tuples(new_names, node), min_size=1, max_size=2, unique_by=lambda a: a[0]
    ).map(tuple)
    return (
        _operators(node)
        | _scopes(node)
        | _ranges(node)
        | st.builds(Path, node, st.sampled_from(("a", "b c", "时间")))
        | st.builds(Filter, node, node)
        | st.builds(Invocation, node, _tuples(node))
        | st.builds(NamedInvocation, node, arguments)
        | st.builds(If, _tuples(st.tuples(node, node), 1, 2), node)
        | st.builds(ListLiteral, _tuples(node))
        | st.builds(ContextLiteral, entries)
    )


nodes: st.SearchStrategy[Node] = st.recursive(leaves, _larger, max_leaves=12)
cells = st.builds(UnaryTests, _tests(nodes), st.booleans())
