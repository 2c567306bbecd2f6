"""An evaluation says what it saw, which rules fired and why, and where a null comes from."""

from decimal import Decimal

from .written import decision, deployed, input_data, knowledge, literal, output, table

_TABLE = table(
    ["amount"],
    ["< 100 -> 0 / 无折扣 | A1", ">= 100 -> 0.1 / 大额 | A2"],
    outputs=[output("rate")],
    annotations=["reason", "clause"],
)


def test_fired_rules_come_with_their_annotations() -> None:
    model = deployed(
        input_data("amount", "number"),
        decision("rate", _TABLE, inputs=["amount"]),
        decision("price", literal("amount * (1 - rate)"), inputs=["amount"], decisions=["rate"]),
    )
    made = model.evaluate("price", {"amount": Decimal(200)})
    rate, price = made.decisions
    assert made.outputs == {"price": Decimal(180)}
    assert (price.inputs, price.output) == ({"amount": 200, "rate": Decimal("0.1")}, 180)
    (run,) = rate.tables
    assert (run.table, run.hit_policy, run.inputs) == ("table", "UNIQUE", {"amount": 200})
    (fired,) = run.fired
    assert (fired.number, fired.outputs) == (2, {"rate": Decimal("0.1")})
    assert fired.annotations == {"reason": "大额", "clause": "A2"}
    assert not run.is_default
    assert price.tables == ()


def test_tables_of_business_knowledge_belong_to_the_decision_that_calls_them() -> None:
    model = deployed(
        knowledge("discount", ["amount"], _TABLE),
        decision("d", literal("discount(50) + discount(500)"), knowledge=["discount"]),
    )
    made = model.evaluate("d", {})
    (run,) = made.decisions
    assert [fired.number for table in run.tables for fired in table.fired] == [1, 2]


def test_a_default_is_told() -> None:
    xml = table(["x"], ["1 -> 1"], outputs=[output("y", default="9")])
    made = deployed(input_data("x"), decision("d", xml, inputs=["x"])).evaluate(
        "d", {"x": Decimal(2)}
    )
    assert made.decisions[0].tables[0].is_default
    assert made.decisions[0].tables[0].matched == ()


def test_a_null_names_the_element_and_the_place_in_its_text() -> None:
    broken = literal('1 + "x"').replace("<lit", "\n<lit", 1).replace("ion>", 'ion id="sum">', 1)
    model = deployed(decision("a", broken), decision("b", literal("a"), decisions=["a"]))
    made = model.evaluate("b", {})
    assert made.outputs["b"] is None
    (notice,) = made.warnings
    assert (notice.element, notice.line, notice.warning.line) == ("sum", 2, 1)
    assert notice.message.startswith("Expected ")
    assert notice.message_zh
    assert [d.warnings for d in made.decisions] == [(notice,), ()]
