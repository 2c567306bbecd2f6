from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.core.feel import compile
from service.core.feel.numbers import CONTEXT, number

from .reading import evaluate, test_cell, value_of, warned

SALARIES = [
    {"name": "甲", "pay": 10, "posts": [{"no": 1}, {"no": 2}]},
    {"name": "乙", "pay": 20, "posts": [{"no": 3}]},
]

CASES = [
    # names
    ("Monthly Salary + a-b", {"Monthly Salary": 2, "a-b": 3, "a": 10, "b": 1}, 5),
    ("a-b", {"a": 10, "b": 1}, 9),
    ("a - b", {"a-b": 3}, 3),
    ("职务 工资 * 12", {"职务 工资": 5}, 60),
    ("{a b: 1, c: a b + 1}.c", {}, 2),
    ('{"a+b": 1, c: a+b}.c', {}, 1),
    ("for each one in [1, 2] return each one * 2", {}, [2, 4]),
    ("x // a remark\n + /* another */ 1", {"x": 1}, 2),
    ("{time: 1, date: 2}.time", {}, 1),
    # numbers
    ("-5 ** 2", {}, 25),
    ("3 ** 4 ** 2", {}, 6561),
    ("2 + 3 * 4 - 6 / 2", {}, 11),
    ("0.1 + 0.2 = 0.3", {}, True),
    (".5 + 1e2", {}, 100.5),
    # strings
    (r'"\u91D1\U01F40E\n\t\"\\"', {}, '金🐎\n\t"\\'),
    (r'"\uD83D\uDC0E"', {}, "🐎"),
    (r'"\d+"', {}, r"\d+"),
    ('"a" + "b"', {}, "ab"),
    # logic
    ("true or null", {}, True),
    ("false and null", {}, False),
    ("true and null", {}, None),
    ("false or null", {}, None),
    ("null = null", {}, True),
    ("1 = null", {}, False),
    ("1 != null", {}, True),
    ("[1, [2]] = [1, [2]]", {}, True),
    ("{a: 1, b: 2} = {b: 2, a: 1}", {}, True),
    # branches
    ('if null then 1 else if true then "b" else 3', {}, "b"),
    # ranges and membership
    ("5 in [1..5]", {}, True),
    ("5 in [1..5)", {}, False),
    ("5 in ]1..5[", {}, False),
    ("5 in (> 3)", {}, True),
    ("5 in > 3", {}, True),
    ("5 in (1, 2, > 4)", {}, True),
    ("5 in [1, [4..6]]", {}, True),
    ("5 in (!= 5)", {}, False),
    ("[1..3].end included", {}, True),
    ("(< 3).start", {}, None),
    ("[1..3[ = [1..3)", {}, True),
    ("x between 1 and 3 and true", {"x": 2}, True),
    # lists, paths and filters
    ("x[1]", {"x": [7, 8]}, 7),
    ("x[-1]", {"x": [7, 8]}, 8),
    ("x[item > 7]", {"x": [7, 8]}, [8]),
    ("x[n]", {"x": [7, 8], "n": 2}, 8),
    ("x[b]", {"x": [{"b": True}, {"b": False}]}, [{"b": True}]),
    ("x.name", {"x": SALARIES}, ["甲", "乙"]),
    ("x.posts.no", {"x": SALARIES}, [[1, 2], [3]]),
    ('x[name = "乙"].pay', {"x": SALARIES}, [20]),
    ("x[pay > low][1].name", {"x": SALARIES, "low": 15}, "乙"),
    ("x[posts[no = 3][1].no = 3].name", {"x": SALARIES}, ["乙"]),
    ("5[1]", {}, 5),
    ("null[1]", {}, None),
    # loops
    ("for i in 1..3 return i", {}, [1, 2, 3]),
    ("for i in 3..1 return i", {}, [3, 2, 1]),
    ("for i in [1..3) return i", {}, [1, 2]),
    ("for i in 1..2, j in i..2 return [i, j]", {}, [[1, 1], [1, 2], [2, 2]]),
    ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", {}, [1, 1, 2, 6, 24]),
    ("for i in 1..3 return partial", {}, [[], [[]], [[], [[]]]]),
    ("some i in [1, 2], j in [3] satisfies i + j = 5", {}, True),
    ("every i in [1, null] satisfies i > 0", {}, None),
    ("every i in [] satisfies false", {}, True),
    # functions
    ("(function(a, b) a - b)(3, 1)", {}, 2),
    ("(function(a, b) a - b)(b: 3, a: 1)", {}, -2),
    ("(function(a: list<number>) a)(1)", {}, [1]),
    ("(function(a: number) a)([1])", {}, 1),
    ("(for i in 1..3 return function() i)[2]()", {}, 2),
    ('(function(a: date and time) a.hour)(@"2026-01-31")', {}, 0),
    (
        "{fac: function(n) if n < 2 then 1 else n * fac(n - 1), r: fac(20)}.r",
        {},
        2432902008176640000,
    ),
    # types
    ("1 instance of number", {}, True),
    ("-1 instance of number", {}, True),
    ('[1, "a"] instance of list<number>', {}, False),
    ("{a: 1} instance of context<a: number>", {}, True),
    ("[1..2] instance of range<number>", {}, True),
    ('@"2026-01-31" instance of date', {}, True),
    ('@"2026-01-31".month', {}, 1),
]


@pytest.mark.parametrize(("text", "values", "expected"), CASES, ids=[text for text, _, _ in CASES])
def test_an_expression_has_the_value_of_the_standard(text, values, expected):
    assert evaluate(text, values) == value_of(expected)


CELLS = [
    ("-", 5, True),
    ("5", 5, True),
    ("< 5, > 7", 8, True),
    ("[1..3], 5", 5, True),
    ("not(1, 2)", 3, True),
    ("not(< 5)", 3, False),
    ('"a", "b"', "b", True),
    ("? > 3 and ? < 6", 5, True),
    ("x", 5, True),
    ("> x", 6, True),
    ("true", True, True),
    ("false", False, True),
    ("null", None, True),
    ("[1, 2, 3]", 2, True),
    ("not(?) or true", False, True),
    ("[1..3[,]5..7]", 6, True),
]


@pytest.mark.parametrize(("text", "value", "expected"), CELLS, ids=[c[0] for c in CELLS])
def test_a_cell_asks_about_the_value_of_its_input(text, value, expected):
    assert test_cell(text, value, x=5) is expected


NULLS = [
    ("nobody", "unknown_name"),
    ('[1, 2]["a"]', "wrong_type"),
    ('if "a" then 1 else 2', "wrong_type"),
    ("1 / 0", "division_by_zero"),
    ("9 ** 9 ** 9 ** 9 ** 9", "out_of_range"),
    ("(-8) ** 0.5", "out_of_range"),
    ('1 + "a"', "wrong_type"),
    ('1 < "a"', "not_comparable"),
    ('1 = "a"', "not_comparable"),
    ("[1][2]", "index_out_of_range"),
    ("[1][0]", "index_out_of_range"),
    ("{a: 1}.b", "no_such_member"),
    ("1(2)", "not_a_function"),
    ("(function(a) a)()", "wrong_arguments"),
    ('(function(a: number) a)("x")', "wrong_type"),
    ('[1.."b"]', "wrong_type"),
    ("for i in null return i", "null_list"),
    ('for i in "a".."z" return i', "not_iterable"),
    ("1 instance of tNothing", "unknown_type"),
    ('@"someday"', "invalid_literal"),
    ("5 in [1..null]", "wrong_type"),
]


@pytest.mark.parametrize(("text", "code"), NULLS, ids=[text for text, _ in NULLS])
def test_a_null_says_why(text, code):
    assert warned(text)[0] == code


def test_what_an_expression_reads_is_known_without_evaluating_it():
    text = "for i in items return i + base + items[1].x + {k: 1, l: k + other}.l"

    assert compile(text).reads == {"items", "base", "other"}
    assert compile("rows[pay > low]", ["rows", "low"]).reads == {"rows", "low"}
    assert compile("(function(a) a + b)(1)").reads == {"b"}


def test_a_variable_hides_a_built_in_function_of_its_name():
    assert evaluate("count", {"count": 3}) == Decimal(3)


@settings(deadline=None, database=None)
@given(
    st.decimals(-(10**40), 10**40, allow_nan=False),
    st.decimals(-(10**40), 10**40, allow_nan=False),
    st.sampled_from("+-*/"),
)
def test_arithmetic_is_that_of_decimals_with_34_digits(left, right, operator):
    a, b = number(left), number(right)
    operations = {
        "+": CONTEXT.add,
        "-": CONTEXT.subtract,
        "*": CONTEXT.multiply,
        "/": CONTEXT.divide,
    }
    expected = None if operator == "/" and b == 0 else operations[operator](a, b)

    assert compile(f"a {operator} b")({"a": a, "b": b}) == expected


def test_one_compiled_text_serves_many_values():
    expression = compile("pay * 12", ["pay"])

    assert [expression({"pay": Decimal(n)}) for n in (1, 2)] == [Decimal(12), Decimal(24)]
