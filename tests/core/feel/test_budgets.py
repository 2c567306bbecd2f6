"""Hostile texts and values end within half a second and 64 MB, with the language's own error."""

import time
import tracemalloc

import pytest

from service.core.feel import (
    BudgetExceeded,
    FeelError,
    Limits,
    Run,
    SyntaxFault,
    compile,
    compile_unary_tests,
)

from .reading import evaluate, small

SECONDS, BYTES = 2.0, 64 * 2**20

TOO_DEEP = [
    "a(" * 100_000,
    "(" * 20_000,
    "[" * 20_000,
    "{a:" * 10_000,
    "-" * 20_000 + "1",
    "not(" * 7_000,
    "if a then " * 2_000,
    "for i in " * 3_000,
    "function() " * 2_000 + "1",
    "a" + ".b" * 14_000,
    "a" + "[1]" * 9_000,
    "a" + "()" * 14_000,
    "1" + " = 1" * 7_000,
    "1 in (" * 4_000,
    "x instance of " + "list<" * 5_000,
    "1 between " * 2_000,
    "/*" * 14_000,
]

TOO_MUCH = [
    "for i in 1..1000000000 return i",
    "some i in 1..1e6000 satisfies i < 0",
    "every i in 1..1e9, j in 1..1e9 satisfies true",
    "for i in 1..1000, j in 1..1000 return [i, j]",
    "for i in 1..100000 return partial",
    "for i in 1..100000 return {a: i, b: i, c: i}",
    "for i in 1..100000 return function(x) i",
    '{d: function(s, n) if n = 0 then s else d(s + s, n - 1), r: d("abcdefghijkl", 40)}.r',
    "{f: function(n) if n < 2 then n else f(n - 1) + f(n - 2), r: f(60)}.r",
    "{f: function(n) f(n), r: f(1)}.r",
    "{l: for i in 1..10000 return i, r: for i in l return l[item > i]}.r",
    # shared parts: 2 ** 60 elements in 60 lists
    "{d: function(s, n) if n = 0 then s else d([s, s], n - 1), r: d([1], 60) = d([1], 60)}.r",
    "{d: function(s, n) if n = 0 then s else d([s, s], n - 1), r: d({a: 1}, 60).a}.r",
    "{d: function(f, n) if n = 0 then f else d(function(x) f(f(x)), n - 1),"
    " r: d(function(x) x, 40)(1)}.r",
    # values as deep as a loop is long
    "{d: function() (for i in 1..50000 return [partial[-1]])[-1], r: d() = d()}.r",
]


def _measured(act):
    """Act twice, for measuring memory makes everything slower; other processes do not count."""
    started = time.process_time()
    act()
    assert time.process_time() - started < SECONDS
    tracemalloc.start()
    try:
        act()
        assert tracemalloc.get_traced_memory()[1] < BYTES
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("text", TOO_DEEP, ids=[text[:12] for text in TOO_DEEP])
def test_a_text_that_nests_without_end_is_no_expression(text):
    def act():
        with pytest.raises(SyntaxFault):
            compile(text)

    _measured(act)


def test_the_tests_of_a_cell_that_nest_without_end_are_refused():
    for text in TOO_DEEP:
        with pytest.raises(SyntaxFault):
            compile_unary_tests(text)


@pytest.mark.parametrize("text", TOO_MUCH, ids=[text[:40] for text in TOO_MUCH])
def test_an_evaluation_that_grows_without_end_is_stopped(text):
    def act():
        with pytest.raises(BudgetExceeded):
            evaluate(text)

    _measured(act)


def test_long_flat_texts_are_read():
    for text in ("1" + "+1" * 14_000, "true" + " or true" * 3_000, "[" + "1," * 14_000 + "1]"):
        _measured(lambda text=text: evaluate(text, run=small(seconds=5.0)))


@pytest.mark.parametrize(
    ("limits", "resource", "text"),
    [
        ({"steps": 100}, "steps", "some i in 1..100000 satisfies i < 0"),
        ({"size": 100}, "size", "for i in 1..101 return i"),
        ({"total": 100}, "total", "for i in 1..11 return for j in 1..10 return j"),
        ({"depth": 50}, "depth", "{f: function(n) if n = 0 then 0 else f(n - 1), r: f(30)}.r"),
        ({"seconds": 0.01}, "time", "some i in 1..1e9 satisfies i < 0"),
    ],
)
def test_each_resource_has_its_own_bound(limits, resource, text):
    with pytest.raises(BudgetExceeded) as stopped:
        evaluate(text, run=Run(limits=Limits(**limits)))

    assert stopped.value.resource == resource


def test_no_expression_can_catch_a_used_up_budget():
    for text in (
        "if (for i in 1..1e9 return i) = null then 1 else 2",
        "[for i in 1..1e9 return i]",
    ):
        with pytest.raises(BudgetExceeded):
            evaluate(text)


def test_a_caller_deep_in_the_stack_gets_the_language_s_own_error():
    text = "{f: function(n) if n = 0 then 0 else 1 + f(n - 1), r: f(180)}.r"
    expression = compile(text)

    def down(levels):
        if levels:
            return down(levels - 1)
        with pytest.raises(BudgetExceeded) as stopped:
            expression({})
        assert stopped.value.resource == "depth"
        with pytest.raises(FeelError):
            compile("(" * 99 + "1" + ")" * 99)
        return None

    down(780)


def test_recursion_of_a_reasonable_depth_has_room():
    assert evaluate("{f: function(n) if n = 0 then 0 else 1 + f(n - 1), r: f(150)}.r") == 150


@pytest.mark.parametrize(
    "text",
    [
        "x.__class__",
        "x.__class__.__mro__",
        "__import__",
        '__import__("os")',
        '"".join',
        "[1].append[1]",
        "{}.keys",
        "(function() 1).call",
        "(function() 1).__globals__",
        "[1..2].start_included",
        "x.real",
    ],
)
def test_nothing_of_the_host_language_is_reachable(text):
    assert evaluate(text, {"x": 1}) is None


def test_a_list_of_the_caller_s_is_never_changed():
    values = {"x": [1, 2, 3]}
    known = dict(values)
    compile("[x[item > 1], for i in x return partial, {x: x}]", ["x"])(known)

    assert known == values == {"x": [1, 2, 3]}
