"""Values are held to the types of the model: converted where the standard says so, else null."""

from decimal import Decimal

import pytest

from service.core import feel
from service.core.dmn import Evaluation
from service.core.feel import Value

from .written import decision, deployed, input_data, literal

_TYPES = """
<itemDefinition name="tNumbers" isCollection="true"><typeRef>number</typeRef></itemDefinition>
<itemDefinition name="tGrade"><typeRef>string</typeRef>
  <allowedValues><text>"A", "B"</text></allowedValues></itemDefinition>
<itemDefinition name="tGrades" isCollection="true"><typeRef>tGrade</typeRef></itemDefinition>
<itemDefinition name="tFew" isCollection="true"><typeRef>number</typeRef>
  <typeConstraint><text>count(?) &lt;= 2</text></typeConstraint></itemDefinition>
<itemDefinition name="tPerson">
  <itemComponent name="name"><typeRef>string</typeRef></itemComponent>
  <itemComponent name="grade"><typeRef>tGrade</typeRef></itemComponent>
</itemDefinition>
<itemDefinition name="tTree">
  <itemComponent name="value"><typeRef>number</typeRef></itemComponent>
  <itemComponent name="children" isCollection="true"><typeRef>tTree</typeRef></itemComponent>
</itemDefinition>
"""
_N = Decimal(1)
_PERSON: dict[str, Value] = {"name": "N", "grade": "A"}


def _held(type_ref: str, value: Value) -> Evaluation:
    model = deployed(_TYPES, input_data("x", type_ref), decision("d", literal("x"), inputs=["x"]))
    return model.evaluate("d", {"x": value})


@pytest.mark.parametrize(
    ("type_ref", "given", "held"),
    [
        ("number", _N, _N),
        ("integer", _N, _N),
        ("Any", "x", "x"),
        ("feel:string", "x", "x"),
        ("tNumbers", [_N, _N], [_N, _N]),
        ("tNumbers", _N, [_N]),
        ("number", [_N], _N),
        ("tGrade", "A", "A"),
        ("tGrades", ["A", "B"], ["A", "B"]),
        ("tFew", [_N, _N], [_N, _N]),
        ("tPerson", _PERSON, _PERSON),
        ("tPerson", {**_PERSON, "more": _N}, {**_PERSON, "more": _N}),
        ("tTree", {"value": _N, "children": [{"value": _N, "children": []}]},
         {"value": _N, "children": [{"value": _N, "children": []}]}),
        ("tGrade", None, None),
    ],
)  # fmt: skip
def test_a_value_that_conforms_stays_or_is_converted(
    type_ref: str, given: Value, held: Value
) -> None:
    made = _held(type_ref, given)
    assert made.outputs["d"] == held
    assert made.warnings == ()


@pytest.mark.parametrize(
    ("type_ref", "given", "code"),
    [
        ("number", "x", "wrong_type"),
        ("number", True, "wrong_type"),
        ("tNumbers", [_N, "x"], "wrong_type"),
        ("tNumbers", "x", "wrong_type"),
        ("tGrade", "C", "value_not_allowed"),
        ("tGrades", ["A", "C"], "value_not_allowed"),
        ("tFew", [_N, _N, _N], "value_not_allowed"),
        ("tPerson", {"name": "N"}, "wrong_type"),
        ("tPerson", {"name": "N", "grade": "C"}, "value_not_allowed"),
    ],
)
def test_a_value_that_does_not_is_null_with_a_warning(
    type_ref: str, given: Value, code: str
) -> None:
    made = _held(type_ref, given)
    assert made.outputs["d"] is None
    assert code in {w.warning.code for w in made.warnings}
    assert made.warnings[0].element == "x"


def test_results_are_held_to_the_type_of_their_variable_and_of_their_expression() -> None:
    for text in (
        decision("d", literal("1"), type_ref="string"),
        decision("d", literal("1", "string")),
    ):
        assert deployed(text).evaluate("d", {}).outputs["d"] is None


def test_texts_may_ask_for_types_of_the_model() -> None:
    model = deployed(_TYPES, decision("d", literal("[1, 2] instance of tNumbers")))
    assert model.evaluate("d", {}).outputs["d"] is True


def test_a_date_conforms_to_date_and_time_as_its_midnight_in_utc() -> None:
    model = deployed(decision("d", literal('date("2020-01-31")'), type_ref="dateTime"))
    wanted = feel.compile('date and time("2020-01-31T00:00:00Z")')({})
    assert model.evaluate("d", {}).outputs["d"] == wanted


def test_members_with_symbols_are_names_after_a_dot() -> None:
    odd = "".join(
        f'<itemComponent name="{name}"><typeRef>number</typeRef></itemComponent>'
        for name in ("first-part", "a+b", "plain name")
    )
    model = deployed(
        f'<itemDefinition name="tOdd">{odd}</itemDefinition>',
        input_data("x", "tOdd"),
        decision("d", literal("x.first-part - x.a+b - x.plain name"), inputs=["x"]),
    )
    given: Value = {"first-part": Decimal(9), "a+b": Decimal(2), "plain name": Decimal(3)}
    assert model.evaluate("d", {"x": given}).outputs["d"] == 4


def test_an_unknown_type_is_a_fault_at_its_line() -> None:
    model = deployed("\n\n", decision("d", literal("1"), type_ref="tNobody"))
    (fault,) = model.faults
    assert (fault.rule, fault.severity, fault.line) == ("unknown_type", "error", 3)
    assert "tNobody" in fault.message
    assert "tNobody" in fault.message_zh
    assert model.evaluate("d", {}).outputs["d"] == 1
