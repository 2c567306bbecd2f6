"""The playground: the value, what the text reads, and why something is null."""

from typing import Any

import pytest

from tests.conftest import Api
from tests.people import MAY_READ, NEVER

PATH = "/feel/evaluate"


@pytest.mark.parametrize(
    ("expression", "variables", "value"),
    [
        ("amount * 1.1", {"amount": 0.1}, 0.11),
        ("count(items[posts > 2])", {"items": [{"posts": 1}, {"posts": 3}]}, 1),
        ('date("2026-11-24") + duration("P1M")', {}, "2026-12-24"),
        ("today()", {}, "2026-11-24"),
        ('add working days(date("2026-02-13"), 1)', {}, "2026-02-14"),
        ('working days between(date("2026-02-13"), date("2026-02-25"))', {}, 3),
        ('working days between(date("2026-02-15"), date("2026-02-24"))', {}, 1),
        ('{"$date": "x"}', {}, {"$date": "x"}),
    ],
)
async def test_an_expression_has_the_value_of_the_standard_on_the_citys_clock_and_calendar(
    api: Api, expression: str, variables: dict[str, Any], value: Any
) -> None:
    got = await api("POST", PATH, {"expression": expression, "variables": variables})
    assert (got.status_code, got.json().get("value")) == (200, value), got.text


async def test_a_null_says_where_and_why(api: Api) -> None:
    asked = {"expression": "a +\n b", "variables": {"a": 1, "b": "x"}}
    got = (await api("POST", PATH, asked)).json()
    assert (got["value"], got["reads"]) == (None, ["a", "b"])
    (warning,) = got["warnings"]
    assert warning["line"] >= 1
    assert warning["message"].startswith("Expected ")
    strict = await api("POST", PATH, asked | {"is_strict": True})
    assert (strict.status_code, strict.json()["code"]) == (422, "feel_fault")


async def test_a_number_keeps_its_digits_on_the_way_in(api: Api) -> None:
    text = b'{"expression": "a = 0.1234567890123456789", "variables": {"a": 0.1234567890123456789}}'
    got = await api("POST", PATH, content=text, content_type="application/json")
    assert got.json()["value"] is True, got.text
    nan = b'{"expression": "a", "variables": {"a": NaN}}'
    refused = await api("POST", PATH, content=nan, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_input")
    many = b'{"expression": "a", "variables": {"a": 1.' + b"1" * 40 + b"}}"
    refused = await api("POST", PATH, content=many, content_type="application/json")
    assert refused.status_code == 422, refused.text


async def test_what_is_no_feel_is_refused_with_its_place(api: Api) -> None:
    got = await api("POST", PATH, {"expression": "if a then"})
    assert (got.status_code, got.json()["code"]) == (422, "feel_syntax")
    assert got.json()["facts"]["line"] == 1
    assert got.json()["facts"]["column"] > 1


async def test_a_cell_is_tested_on_the_question_mark(api: Api) -> None:
    asked = {"expression": "[1..5], > 10", "variables": {"?": 12}, "is_unary": True}
    assert (await api("POST", PATH, asked)).json()["value"] is True


@pytest.mark.parametrize(
    "expression",
    [
        "for i in 1..1000000000 return i",
        "a(" * 100_00,
        "for i in 1..1000, j in 1..1000, k in 1..1000 return i * j * k",
        'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+$")',
    ],
)
async def test_hostile_texts_end_soon_and_take_nothing_with_them(api: Api, expression: str) -> None:
    got = await api("POST", PATH, {"expression": expression[:20_000]})
    assert got.status_code in {200, 422}
    if got.status_code == 422:
        assert got.json()["code"] in {"feel_budget_spent", "feel_syntax", "feel_value_outside"}


async def test_only_the_office_tries_expressions(api: Api) -> None:
    for who, expected in ((MAY_READ, 403), (NEVER, 403), (None, 401)):
        assert (await api("POST", PATH, {"expression": "1"}, who=who)).status_code == expected


@pytest.mark.parametrize(
    "variables",
    [
        b'"\\ud800"',
        b'"\\u0000"',
        b'{"\\ud800": 1}',
        b"[" * 300 + b"]" * 300,
        b"9" * 4000,
        b"[" + b"1," * 200_000 + b"1]",
    ],
    ids=["surrogate", "nul", "name", "deep", "digits", "many"],
)
async def test_what_cannot_be_stored_is_refused_as_input(api: Api, variables: bytes) -> None:
    text = b'{"expression": "a", "variables": {"a": ' + variables + b"}}"
    got = await api("POST", PATH, content=text, content_type="application/json")
    assert (got.status_code, got.json()["code"]) == (422, "invalid_input"), got.text
    text = b'{"inputs": {"a": ' + variables + b"}}"
    path = "/decisions/any/evaluate"
    got = await api("POST", path, content=text, content_type="application/json")
    assert (got.status_code, got.json()["code"]) == (422, "invalid_input"), got.text


@pytest.mark.parametrize(
    "expression",
    [
        'add working days(date("9999-12-31"), 1)',
        'add working days(date("999999999-01-01"), 1)',
        'working days between(date("1700-01-01"), date("2026-01-01"))',
        'working days between(date("9999-12-30"), date("9999-12-31"))',
    ],
)
async def test_days_beyond_the_calendar_are_null_and_say_so(api: Api, expression: str) -> None:
    got = await api("POST", PATH, {"expression": expression})
    assert got.status_code == 200, got.text
    assert got.json()["value"] is None
    assert [each["code"] for each in got.json()["warnings"]] == ["beyond_calendar"]


async def test_the_name_of_a_function_may_be_parted_by_any_space(api: Api) -> None:
    asked = {"expression": 'add  working\n days(date("2026-02-13"), 1)'}
    assert (await api("POST", PATH, asked)).json()["value"] == "2026-02-14"
