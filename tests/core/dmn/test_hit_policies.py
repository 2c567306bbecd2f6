"""Every hit policy and aggregation makes of the matching rules what the standard says."""

from decimal import Decimal

import pytest

from service.core.dmn import Evaluation
from service.core.feel import Value

from .written import decision, deployed, input_data, output, table

_RULES = ("> 1 -> 10", "> 2 -> 30", "> 3 -> 20")


def _made(xml: str, x: Value) -> Evaluation:
    model = deployed(input_data("x"), decision("d", xml, inputs=["x"]))
    return model.evaluate("d", {"x": x})


def _result(
    policy: str, x: int, aggregation: str = "", values: str = "", default: str = ""
) -> Value:
    out = [output("y", values, default)]
    xml = table(["x"], _RULES, policy=policy, aggregation=aggregation, outputs=out)
    return _made(xml, Decimal(x)).outputs["d"]


@pytest.mark.parametrize(
    ("policy", "aggregation", "two", "four", "none"),
    [
        ("UNIQUE", "", 10, None, None),
        ("FIRST", "", 10, 10, None),
        ("RULE ORDER", "", [10], [10, 30, 20], None),
        ("COLLECT", "", [10], [10, 30, 20], []),
        ("COLLECT", "SUM", 10, 60, None),
        ("COLLECT", "MIN", 10, 10, None),
        ("COLLECT", "MAX", 10, 30, None),
        ("COLLECT", "COUNT", 1, 3, 0),
    ],
)
def test_the_policy_decides_which_outputs_count(
    policy: str, aggregation: str, two: Value, four: Value, none: Value
) -> None:
    assert _result(policy, 2, aggregation) == two
    assert _result(policy, 4, aggregation) == four
    assert _result(policy, 0, aggregation) == none


@pytest.mark.parametrize(("policy", "four"), [("PRIORITY", 30), ("OUTPUT ORDER", [30, 20, 10])])
def test_the_order_of_the_output_values_is_the_priority(policy: str, four: Value) -> None:
    assert _result(policy, 4, values="30, 20, 10") == four


def test_priorities_of_several_columns_count_from_left_to_right() -> None:
    outs = [output("a", '"high", "low"'), output("b", "1, 2")]
    rules = ('> 0 -> "low" | 1', '> 0 -> "high" | 2', '> 0 -> "high" | 1')
    made = _made(table(["x"], rules, policy="PRIORITY", outputs=outs), Decimal(1))
    assert made.outputs["d"] == {"a": "high", "b": 1}
    assert [rule.number for rule in made.decisions[0].tables[0].fired] == [3]


def test_unique_with_two_matches_is_an_error_that_names_them() -> None:
    made = _made(table(["x"], _RULES), Decimal(3))
    assert made.outputs["d"] is None
    assert [w.warning.code for w in made.warnings] == ["not_unique"]
    assert "1, 2" in made.warnings[0].message
    assert "1, 2" in made.warnings[0].message_zh
    assert made.decisions[0].tables[0].matched == (1, 2)
    assert made.decisions[0].tables[0].fired == ()


def test_any_takes_equal_outputs_and_refuses_differing_ones() -> None:
    rules = ("> 1 -> 1 + 1", "> 2 -> 2", "> 3 -> 3")
    xml = table(["x"], rules, policy="ANY")
    assert _made(xml, Decimal(3)).outputs["d"] == 2
    refused = _made(xml, Decimal(4))
    assert refused.outputs["d"] is None
    assert [w.warning.code for w in refused.warnings] == ["not_any"]


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY", "FIRST", "COLLECT"])
def test_the_default_output_counts_where_no_rule_matches(policy: str) -> None:
    assert _result(policy, 0, default="-1") == -1
    assert _result("UNIQUE", 2, default="-1") == 10


def test_several_outputs_are_a_context_by_the_names_of_their_columns() -> None:
    outs = [output("rate"), output("note", default='"none"')]
    xml = table(["x"], ['1 -> 2.5 | "one"'], outputs=outs)
    assert _made(xml, Decimal(1)).outputs["d"] == {"rate": Decimal("2.5"), "note": "one"}
    assert _made(xml, Decimal(2)).outputs["d"] == {"rate": None, "note": "none"}


def test_input_values_refuse_every_other_input() -> None:
    xml = table(["x"], ["- -> 1"], input_values=['"a", "b"'])
    assert _made(xml, "a").outputs["d"] == 1
    refused = _made(xml, "c")
    assert refused.outputs["d"] is None
    assert [w.warning.code for w in refused.warnings] == ["value_not_allowed"]


def test_output_values_refuse_every_other_output() -> None:
    xml = table(["x"], ["- -> x"], outputs=[output("y", "[1..5]")])
    assert _made(xml, Decimal(5)).outputs["d"] == 5
    refused = _made(xml, Decimal(6))
    assert refused.outputs["d"] is None
    assert [w.warning.code for w in refused.warnings] == ["value_not_allowed"]
