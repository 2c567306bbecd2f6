"""Every example of `docs/how-to/feel.md`, in both languages."""

import re

import pytest

from service.core.feel import EvaluationError, Run, Value, compile, compile_unary_tests
from service.core.feel.builtins import BUILTINS
from service.core.feel.builtins.signature import Signature
from service.core.feel.temporal import Date, DateTime, Time
from service.core.feel.values import kind_of, same
from service.features.calendar.seed import seeded_calendar
from service.features.decisions.evaluating import CityCalendar

from .examples import Example, blocks, document, examples, given, rows

ENGLISH, CHINESE = document("feel.md"), document("feel.zh-CN.md")
EXAMPLES = list(dict.fromkeys(examples(ENGLISH)))
NOW = DateTime(Date(2026, 11, 24), Time(9, 0, 0, 0, 8 * 3600))
_CALENDAR = CityCalendar(seeded_calendar())


def _run(*, strict: bool = False) -> Run:
    return Run(lambda: NOW, _CALENDAR, strict=strict)


def _variables() -> dict[str, Value]:
    value = compile(given(ENGLISH))({})
    assert isinstance(value, dict)
    return value


def _answer(example: Example, run: Run) -> Value:
    known = _variables()
    if example.kind != "feel cell":
        return compile(example.text, known)(known, run)
    tested = {**known, "?": compile(example.on)({})}
    return compile_unary_tests(example.text, tested)(tested, run)


def _refused(example: Example) -> str:
    with pytest.raises(EvaluationError) as refusal:
        _answer(example, _run(strict=True))
    return refusal.value.code


@pytest.mark.parametrize("example", EXAMPLES, ids=[e.text for e in EXAMPLES])
def test_an_example_has_the_value_and_the_warnings_that_it_promises(example: Example) -> None:
    if example.value == "refused":
        assert (_refused(example),) == example.codes
        return
    run = _run(strict=example.kind == "feel strict")
    got, wanted = _answer(example, run), compile(example.value)({})
    assert kind_of(got) == kind_of(wanted), got
    assert same(run, got, wanted), got
    assert tuple(dict.fromkeys(w.code for w in run.warnings)) == example.codes


def test_no_built_in_function_is_missing() -> None:
    assert {row.name for row in rows(ENGLISH)} == set(BUILTINS)


def _written(signature: Signature, call: str) -> bool:
    """Whether the call names the parameters of this form."""
    marked = [
        p.name + ("?" if p.optional else "…" if p.variadic else "") for p in signature.parameters
    ]
    return f"({', '.join(marked)})" == call[call.index("(") :]


@pytest.mark.parametrize("row", rows(ENGLISH), ids=lambda row: row.call)
def test_a_function_is_written_with_its_parameters_and_used_in_its_example(row) -> None:
    assert any(_written(signature, row.call) for signature in BUILTINS[row.name].signatures)
    assert re.search(rf"\b{re.escape(row.name)}\(", row.example.text)


def test_both_languages_have_the_same_examples() -> None:
    assert examples(CHINESE) == examples(ENGLISH)
    assert given(CHINESE) == given(ENGLISH)
    assert blocks(CHINESE, "sh") == blocks(ENGLISH, "sh")
    assert [row.call for row in rows(CHINESE)] == [row.call for row in rows(ENGLISH)]
