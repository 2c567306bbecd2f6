"""Gaps and overlaps that are told are there, and none of a small table is missed."""

from decimal import Decimal
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.dmn import DmnModel, Fault

from .written import decision, deployed, input_data, output, table


def _model(inputs: list[str], rules: list[str], policy: str = "UNIQUE", **more: object) -> DmnModel:
    xml = table(inputs, rules, policy=policy, **more)  # type: ignore[arg-type]
    return deployed(*(input_data(i) for i in inputs), decision("d", xml, inputs=inputs))


def _told(model: DmnModel, rule: str) -> list[Fault]:
    return [fault for fault in model.faults if fault.rule == rule]


def test_a_gap_between_numbers_is_told_with_its_ends() -> None:
    (gap,) = _told(_model(["age"], ["< 18 -> 1", "(18..60] -> 2", "> 60 -> 3"]), "gap")
    assert (gap.severity, gap.table) == ("warning", "table")
    assert gap.message == "Expected a rule for every input, but none matches age 18."
    assert gap.message_zh == "存在空缺:没有规则命中 age 18。"


def test_whole_numbers_have_no_gap_between_neighbours() -> None:
    rules = ["<= 5 -> 1", ">= 6 -> 2"]
    assert _told(_model(["n"], rules, input_type="integer"), "gap") == []
    (gap,) = _told(_model(["n"], rules, input_type="number"), "gap")
    assert "n (5..6)" in gap.message


def test_input_values_bound_what_can_be_missing() -> None:
    rules = ['"a" -> 1', '"b" -> 2']
    (gap,) = _told(_model(["x"], rules, input_values=['"a", "b", "c"']), "gap")
    assert 'x "c"' in gap.message
    assert _told(_model(["x"], rules, input_values=['"a", "b"']), "gap") == []
    assert _told(_model(["x"], ["[0..5] -> 1"], input_values=["[0..5]"]), "gap") == []


def test_strings_without_input_values_are_no_gap() -> None:
    assert _told(_model(["x"], ['"a" -> 1']), "gap") == []


def test_a_default_or_a_collecting_policy_leaves_no_gap() -> None:
    with_default = [output("y", default="0")]
    assert _told(_model(["x"], ["> 1 -> 1"], outputs=with_default), "gap") == []
    assert _told(_model(["x"], ["> 1 -> 1"], "COLLECT"), "gap") == []
    assert len(_told(_model(["x"], ["> 1 -> 1"], "FIRST"), "gap")) == 1


def test_an_overlap_names_both_rules() -> None:
    (overlap,) = _told(_model(["x"], ["<= 5 -> 1", ">= 5 -> 2"]), "overlap")
    assert "rules 1 and 2" in overlap.message
    assert "第 1 条与第 2 条" in overlap.message_zh
    assert overlap.rule_number == 2


def test_rules_of_any_may_overlap_where_their_outputs_are_equal() -> None:
    assert _told(_model(["x"], ["> 1 -> 1", "> 2 -> 1"], "ANY"), "overlap") == []
    assert len(_told(_model(["x"], ["> 1 -> 1", "> 2 -> 2"], "ANY"), "overlap")) == 1
    assert _told(_model(["x"], ["> 1 -> 1", "> 2 -> 2"], "FIRST"), "overlap") == []


def test_cells_that_are_no_literals_are_not_accused() -> None:
    model = _model(["x", "y"], ["> y | - -> 1", "> 2 | - -> 2"])
    assert _told(model, "gap") == []
    assert _told(model, "overlap") == []


_CELLS = ["-", "< 1", "1", "[1..2]", "> 2", "(1..2)", "not(1)"]
_SAMPLES = [Decimal(n) / 4 for n in range(13)]


@given(
    st.lists(st.tuples(st.sampled_from(_CELLS), st.sampled_from(_CELLS)), min_size=1, max_size=5)
)
def test_what_is_told_is_what_trying_every_input_finds(rules: list[tuple[str, str]]) -> None:
    model = _model(["x", "y"], [f"{a} | {b} -> {n}" for n, (a, b) in enumerate(rules)])
    collecting = _model(
        ["x", "y"], [f"{a} | {b} -> {n}" for n, (a, b) in enumerate(rules, 1)], "COLLECT"
    )
    overlapping, is_gap = set(), False
    for x, y in product(_SAMPLES, repeat=2):
        numbers = collecting.evaluate("d", {"x": x, "y": y}).outputs["d"]
        assert isinstance(numbers, list)
        is_gap = is_gap or not numbers
        overlapping |= set(combinations(map(int, numbers), 2))
    assert bool(_told(model, "gap")) is is_gap
    told = [fault.message for fault in _told(model, "overlap")]
    assert len(told) == len(overlapping)
    for first, second in overlapping:
        assert any(f"rules {first} and {second} match" in message for message in told)


@pytest.mark.parametrize("columns", [3, 8])
def test_a_large_table_is_checked_or_said_not_to_be(columns: int) -> None:
    names = [f"i{n}" for n in range(columns)]
    rules = [
        " | ".join(f"{(n * 7 + c * 3) % 50}" for c in range(columns)) + f" -> {n}"
        for n in range(300)
    ]
    model = _model(names, rules)
    assert _told(model, "gap") or _told(model, "table_not_checked")
