"""Inputs from JSON: a text is a date where the model's types say so, and nowhere else."""

from decimal import Decimal

import pytest

from service.core.feel.border import BorderFault
from service.core.feel.temporal import Date
from service.core.feel.temporal_text import to_text
from tests.core.dmn.written import decision, deployed, input_data, literal

_DUE = (
    '<itemDefinition name="tDeadline"><itemComponent name="due"><typeRef>date</typeRef>'
    '</itemComponent><itemComponent name="note"><typeRef>string</typeRef></itemComponent>'
    '</itemDefinition><itemDefinition name="tDeadlines" isCollection="true">'
    "<typeRef>tDeadline</typeRef></itemDefinition>"
)


def test_a_text_becomes_a_date_where_the_input_is_one() -> None:
    model = deployed(
        input_data("due", "date"),
        input_data("note", "string"),
        decision("d", literal("due + duration(note)"), inputs=["due", "note"]),
    )
    inputs = model.decode({"due": "2026-11-24", "note": "P1D", "other": "2026-11-24"})
    assert inputs == {"due": Date(2026, 11, 24), "note": "P1D", "other": "2026-11-24"}
    assert to_text(model.evaluate("d", inputs).outputs["d"]) == "2026-11-25"  # type: ignore[arg-type]


def test_dates_are_found_inside_lists_and_contexts() -> None:
    model = deployed(_DUE, input_data("all", "tDeadlines"))
    given = {"all": [{"due": "2026-11-24", "note": "2026-11-24", "more": "2026-11-24"}]}
    deadline = {"due": Date(2026, 11, 24), "note": "2026-11-24", "more": "2026-11-24"}
    assert model.decode(given) == {"all": [deadline]}


def test_a_text_that_is_no_date_stays_one_and_the_type_says_why_it_does_not_fit() -> None:
    model = deployed(input_data("due", "date"), decision("d", literal("due"), inputs=["due"]))
    inputs = model.decode({"due": "tomorrow"})
    assert inputs == {"due": "tomorrow"}
    evaluation = model.evaluate("d", inputs)
    assert evaluation.outputs["d"] is None
    assert evaluation.warnings


def test_a_number_of_more_digits_than_a_decimal_holds_is_refused() -> None:
    model = deployed(input_data("n", "number"))
    assert model.decode({"n": Decimal("1." + "1" * 33)}) == {"n": Decimal("1." + "1" * 33)}
    for given in (Decimal("1." + "1" * 34), 10**34 + 1):
        with pytest.raises(BorderFault, match="at most 34 digits"):
            model.decode({"n": given})
