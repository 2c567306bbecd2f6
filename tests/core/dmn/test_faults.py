"""Faults are found when a model is deployed, at the place where an editor can show them."""

import pytest

from service.core.dmn import Fault

from .written import decision, deployed, input_data, literal, output, table


def _faults(*parts: str) -> list[Fault]:
    return list(deployed(*parts).faults)


def test_a_cell_that_is_no_feel_is_told_with_table_rule_and_column() -> None:
    rules = ['"a" -> 1', '"b" + -> 2', '"c" -> (3']
    xml = table(["x"], rules, outputs=[output("price")])
    test, result = _faults(input_data("x"), decision("d", xml, inputs=["x"]))
    assert (test.rule, test.table, test.rule_number, test.column) == ("syntax", "table", 2, "x")
    assert (result.rule_number, result.column) == (3, "price")
    assert test.severity == "error"
    assert test.at == (1, 6)
    assert test.message.startswith("In rule 2, column x: Expected ")
    assert test.message_zh.startswith("第 2 条规则,“x”列:")


def test_a_faulty_rule_never_matches_and_the_others_do() -> None:
    xml = table(["x"], ['"a" + -> 1', "- -> 2"])
    model = deployed(input_data("x"), decision("d", xml, inputs=["x"]))
    assert model.evaluate("d", {"x": "a"}).outputs["d"] == 2


def test_a_literal_that_is_no_feel_is_null_with_the_reason() -> None:
    model = deployed("\n", decision("d", literal("1 +")))
    (fault,) = model.faults
    assert (fault.rule, fault.line, fault.at[0]) == ("syntax", 2, 1)
    made = model.evaluate("d", {})
    assert made.outputs["d"] is None
    assert [w.warning.code for w in made.warnings] == ["syntax"]


@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        ([decision("d", literal("1")), decision("d", literal("2"))], "duplicate_id"),
        ([decision("d", literal("1")), decision("d", literal("2"))], "duplicate_name"),
        ([decision("d", table(["1"], ["- -> 1"], policy="PRIORITY"))], "priority_without_values"),
        ([decision("d", table(["1"], ["- -> 1"], policy="WHICHEVER"))], "structure"),
        ([decision("d", table(["1"], ["- | - -> 1"]))], "structure"),
        ([decision("d", table(["1"], ["- -> 1"], policy="FIRST", aggregation="SUM"))],
         "aggregation"),
        ([decision("d", table(["1"], ["- -> 1|2"], outputs=["<output/>", "<output/>"]))],
         "output_name"),
        ([decision("d", "")], "no_logic"),
        ([decision("", literal("1"))], "structure"),
        ([decision("d", literal("1").replace(">", ' expressionLanguage="groovy">', 1))],
         "language"),
        ([decision("d", literal("amount + 1"))], "undeclared_input"),
    ],
)  # fmt: skip
def test_every_slip_has_a_rule_and_two_sentences(parts: list[str], rule: str) -> None:
    found = [fault for fault in _faults(*parts) if fault.rule == rule]
    assert found
    for fault in found:
        assert fault.message.startswith("Expected ")
        assert fault.message.endswith(".")
        assert fault.message_zh.endswith("。")
        assert fault.line == 1


def test_a_sound_model_has_no_faults() -> None:
    xml = table(["x"], ["<= 5 -> 1", "> 5 -> 2"])
    model = deployed(input_data("x", "number"), decision("d", xml, inputs=["x"]))
    assert model.faults == ()
    assert model.is_sound
