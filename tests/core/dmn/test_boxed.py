"""Boxed expressions have the values of the FEEL constructs they stand for."""

from decimal import Decimal

import pytest

from service.core.dmn import Evaluation
from service.core.feel import BudgetExceeded, Value

from .written import decision, deployed, knowledge, literal, output, table


def _made(expression: str, *more: str, **options: object) -> Evaluation:
    text = decision("d", expression, **options)  # type: ignore[arg-type]
    return deployed(text, *more).evaluate("d", {})


def _value(expression: str) -> Value:
    return _made(expression).outputs["d"]


def _part(tag: str, text: str) -> str:
    return f"<{tag}>{literal(text)}</{tag}>"


def _entry(name: str, value: str) -> str:
    variable = f'<variable name="{name}"/>' if name else ""
    return f"<contextEntry>{variable}{value}</contextEntry>"


def test_entries_of_a_context_see_those_before_them() -> None:
    entries = _entry("net price", literal("10")) + _entry("tax", literal("net price * 0.1"))
    assert _value(f"<context>{entries}</context>") == {"net price": 10, "tax": 1}
    last = _entry("", literal("net price + tax"))
    assert _value(f"<context>{entries}{last}</context>") == 11


def test_a_function_in_a_context_may_call_itself() -> None:
    body = literal("if n = 0 then 1 else n * factorial(n - 1)")
    function = (
        '<functionDefinition><formalParameter name="n" typeRef="number"/>'
        f"{body}</functionDefinition>"
    )
    entries = _entry("factorial", function) + _entry("", literal("factorial(6)"))
    assert _value(f"<context>{entries}</context>") == 720


def test_lists_and_relations() -> None:
    assert _value(f"<list>{literal('1')}{literal('1 + 1')}</list>") == [1, 2]
    columns = '<column name="name"/><column name="age"/>'
    rows = "".join(f"<row>{literal(a)}{literal(b)}</row>" for a, b in (('"A"', "1"), ('"B"', "2")))
    expected = [{"name": "A", "age": 1}, {"name": "B", "age": 2}]
    assert _value(f"<relation>{columns}{rows}</relation>") == expected


@pytest.mark.parametrize(("condition", "value"), [("true", 1), ("false", 2), ("null", 2)])
def test_a_conditional_chooses(condition: str, value: int) -> None:
    parts = _part("if", condition) + _part("then", "1") + _part("else", "2")
    assert _value(f"<conditional>{parts}</conditional>") == value


def test_a_condition_that_is_no_boolean_is_null_with_a_warning() -> None:
    parts = _part("if", '"yes"') + _part("then", "1") + _part("else", "2")
    made = _made(f"<conditional>{parts}</conditional>")
    assert made.outputs["d"] is None
    assert [w.warning.code for w in made.warnings] == ["wrong_type"]


def test_filters_see_the_item_and_its_members() -> None:
    assert _value(f"<filter>{_part('in', '[1,2,3]')}{_part('match', 'item > 1')}</filter>") == [
        2,
        3,
    ]
    people = '[{name: "A", age: 1}, {name: "B", age: 2}]'
    parts = _part("in", people) + _part("match", "age > 1")
    assert _value(f"<filter>{parts}</filter>") == [{"name": "B", "age": 2}]


def test_iterators_are_those_of_feel() -> None:
    source = _part("in", "[1,2,3]")
    head = 'iteratorVariable="x"'
    assert _value(f"<for {head}>{source}{_part('return', 'x * 2')}</for>") == [2, 4, 6]
    sums = _part("return", "x + count(partial)")
    assert _value(f"<for {head}>{source}{sums}</for>") == [1, 3, 5]
    assert _value(f"<some {head}>{source}{_part('satisfies', 'x > 2')}</some>") is True
    assert _value(f"<every {head}>{source}{_part('satisfies', 'x > 2')}</every>") is False


def test_the_body_of_an_iterator_may_be_any_box() -> None:
    inner = table(["x"], ["< 2 -> 1", ">= 2 -> 2"])
    xml = f'<for iteratorVariable="x">{_part("in", "[1,2,3]")}<return>{inner}</return></for>'
    made = _made(xml)
    assert made.outputs["d"] == [1, 2, 2]
    assert [run.matched for run in made.decisions[0].tables] == [(1,), (2,), (2,)]


_DOUBLE = knowledge("double", ["n: number"], literal("n * 2"))


def _invocation(name: str, argument: str) -> str:
    binding = f'<binding><parameter name="{name}"/>{literal(argument)}</binding>'
    return f"<invocation>{literal('double')}{binding}</invocation>"


def test_an_invocation_binds_parameters_by_name() -> None:
    assert _made(_invocation("n", "21"), _DOUBLE, knowledge=["double"]).outputs["d"] == 42
    for name, argument in (("m", "21"), ("n", '"x"')):
        made = _made(_invocation(name, argument), _DOUBLE, knowledge=["double"])
        assert made.outputs["d"] is None
        assert made.warnings


def test_functions_of_other_languages_are_null_and_a_fault() -> None:
    function = f'<functionDefinition kind="Java">{literal("1")}</functionDefinition>'
    model = deployed(decision("d", function))
    assert [f.rule for f in model.faults] == ["function_kind"]
    assert model.evaluate("d", {}).outputs["d"] is None


def test_runaway_recursion_ends_within_the_budget() -> None:
    loop = knowledge("f", ["n"], literal("f(n + 1)"))
    model = deployed(loop, decision("d", literal("f(1)"), knowledge=["f"]))
    with pytest.raises(BudgetExceeded):
        model.evaluate("d", {})


def test_a_table_is_an_expression_like_any_other() -> None:
    xml = table(["1 + 1"], ["2 -> x"], outputs=[output("y")])
    body = f"<context>{_entry('x', literal('7'))}{_entry('', xml)}</context>"
    assert _value(body) == Decimal(7)
