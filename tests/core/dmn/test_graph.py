"""Requirements, decision services and imports: who sees what, and in which order it is made."""

from decimal import Decimal

import pytest

from service.core.dmn import UnknownName, deploy, read
from service.core.feel import EvaluationError, Run

from .written import decision, definitions, deployed, input_data, knowledge, literal


def test_a_decision_sees_what_it_requires_and_nothing_else() -> None:
    model = deployed(
        input_data("x"),
        input_data("y"),
        decision("a", literal("x + 1"), inputs=["x"]),
        decision("b", literal("a * 2"), decisions=["a"]),
        decision("c", literal("if y = null then 0 else y"), inputs=["x"]),
    )
    made = model.evaluate(["b", "c"], {"x": Decimal(1), "y": Decimal(5)})
    assert made.outputs == {"b": 4, "c": 0}
    assert [d.name for d in made.decisions] == ["a", "b", "c"]
    assert [f.rule for f in model.faults] == ["missing_requirement"]


def test_a_chain_of_thousands_of_decisions_is_no_recursion() -> None:
    chain = [decision("d0", literal("1"))]
    chain += [
        decision(f"d{n}", literal(f"d{n - 1} + 1"), decisions=[f"d{n - 1}"]) for n in range(1, 3000)
    ]
    assert deployed(*chain).evaluate("d2999", {}).outputs["d2999"] == 3000


def test_a_cycle_is_a_fault_and_ends_in_null() -> None:
    model = deployed(
        decision("a", literal("b"), decisions=["b"]), decision("b", literal("a"), decisions=["a"])
    )
    assert [f.rule for f in model.faults] == ["decision_cycle", "decision_cycle"]
    assert not model.is_sound
    made = model.evaluate("a", {})
    assert made.outputs["a"] is None
    assert "decision_cycle" in {w.warning.code for w in made.warnings}


def test_business_knowledge_sees_its_parameters_and_its_own_requirements() -> None:
    model = deployed(
        input_data("x"),
        knowledge("inc", ["n"], literal("n + 1")),
        knowledge("twice", ["n"], literal("inc(inc(n))"), needs=["inc"]),
        knowledge("peeks", [], literal("x")),
        decision("d", literal("twice(x)"), inputs=["x"], knowledge=["twice"]),
        decision("e", literal("peeks()"), inputs=["x"], knowledge=["peeks"]),
    )
    made = model.evaluate(["d", "e"], {"x": Decimal(1)})
    assert made.outputs == {"d": 3, "e": None}
    assert [(f.rule, f.severity) for f in model.faults] == [("missing_requirement", "error")]
    assert model.invoke("twice", {"n": Decimal(5)}).outputs["twice"] == 7


_SERVICE = """
<decisionService id="s" name="s"><variable name="s"/>{}
<inputDecision href="#b"/><inputData href="#x"/></decisionService>
"""


def _with_service(*outputs: str) -> str:
    return _SERVICE.format("".join(f'<outputDecision href="#{name}"/>' for name in outputs))


_PARTS = (
    input_data("x", "number"),
    input_data("y"),
    decision("b", literal("y * 100"), inputs=["y"]),
    decision("a", literal("x + b"), inputs=["x"], decisions=["b"]),
    decision("c", literal("x - b"), inputs=["x"], decisions=["b"]),
)


def test_a_service_takes_its_inputs_first_and_then_its_input_decisions() -> None:
    model = deployed(
        *_PARTS, _with_service("a"), decision("d", literal("s(1, 20)"), knowledge=["s"])
    )
    assert model.evaluate("d", {"x": Decimal(9), "y": Decimal(9)}).outputs["d"] == 21
    assert model.invoke("s", {"x": Decimal(1), "b": Decimal(20)}).outputs["s"] == 21
    assert model.services == ("s",)


def test_a_service_with_several_outputs_is_a_context() -> None:
    model = deployed(*_PARTS, _with_service("a", "c"))
    made = model.invoke("s", {"x": Decimal(1), "b": Decimal(20)})
    assert made.outputs["s"] == {"a": 21, "c": -19}


def test_a_service_holds_its_arguments_to_their_types() -> None:
    model = deployed(*_PARTS, _with_service("a"))
    made = model.invoke("s", {"x": "text", "b": Decimal(20)})
    assert made.outputs["s"] is None
    assert made.warnings[0].element == "x"


_IMPORT = (
    '<import name="base" namespace="urn:base" '
    'importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
)
_BASE = definitions(
    '<itemDefinition name="tName"><typeRef>string</typeRef></itemDefinition>',
    input_data("who", "tName"),
    knowledge("greet", ["n: tName"], literal('"Hello " + n')),
    decision("greeting", literal("greet(who)"), inputs=["who"], knowledge=["greet"]),
    namespace="urn:base",
)


def _importing(*parts: str) -> bytes:
    return definitions(_IMPORT, *parts, namespace="urn:main")


def test_an_imported_model_lends_types_functions_and_decisions() -> None:
    main = _importing(
        input_data("name", "base.tName"),
        decision("d", literal("base.greet(name)"), inputs=["name"], knowledge=["x"]).replace(
            "#x", "urn:base#greet"
        ),
        decision("e", literal('base.greeting + "!"'), decisions=["x"]).replace(
            "#x", "urn:base#greeting"
        ),
    )
    model = deploy(read(main), [read(_BASE)])
    assert model.faults == ()
    made = model.evaluate(["d", "e"], {"name": "A", "base": {"who": "B"}})
    assert made.outputs == {"d": "Hello A", "e": "Hello B!"}
    assert model.evaluate("e", {"base.who": "C"}).outputs["e"] == "Hello C!"


def test_a_missing_import_and_a_circle_of_imports_are_faults() -> None:
    model = deploy(read(_importing(decision("d", literal("1")))))
    assert [f.rule for f in model.faults] == ["missing_import"]
    back = definitions(
        '<import name="m" namespace="urn:main" importType=""/>', namespace="urn:base"
    )
    imported = deploy(read(_importing()), [read(back), read(_importing())])
    assert imported.evaluate([], {}).outputs == {}


def test_references_may_name_the_model_they_stand_in() -> None:
    text = decision("d", literal("x"), inputs=["x"]).replace("#x", "urn:test#x")
    assert deployed(input_data("x"), text).evaluate("d", {"x": "v"}).outputs["d"] == "v"


def test_a_reference_to_nothing_is_a_fault() -> None:
    model = deployed(decision("d", literal("1"), inputs=["nobody"]))
    assert [(f.rule, f.severity) for f in model.faults] == [("broken_reference", "error")]


def test_an_input_that_is_not_given_is_null_and_in_strict_mode_an_error() -> None:
    model = deployed(input_data("x"), decision("d", literal("x"), inputs=["x"]))
    made = model.evaluate("d", {})
    assert made.outputs["d"] is None
    assert [w.warning.code for w in made.warnings] == ["missing_input"]
    with pytest.raises(EvaluationError):
        model.evaluate("d", {}, Run(strict=True))


def test_a_decision_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownName, match="it has no nobody"):
        deployed(decision("d", literal("1"))).evaluate("nobody", {})
