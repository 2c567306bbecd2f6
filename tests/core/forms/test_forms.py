"""Forms say what people send; a form that could cost more than it is worth is refused."""

import json
from decimal import Decimal
from time import perf_counter
from typing import Any

import pytest

from service.core.forms import Faulty, compile_form
from service.core.forms.form import CHARACTERS_MAX, FAULTS_MAX

APPLY: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "title": "机构编制事项申请",
    "required": ["subject", "posts"],
    "additionalProperties": False,
    "properties": {
        "subject": {"type": "string", "title": "事项", "minLength": 2, "maxLength": 40},
        "posts": {"type": "integer", "minimum": 1, "maximum": 200},
        "kind": {"enum": ["ADMIN", "PUBLIC"]},
        "from": {"type": "string", "format": "date", "x-control": "calendar"},
        "phone": {"type": "string", "pattern": "^1[0-9]{10}$"},
        "share": {"type": "number", "multipleOf": 0.01},
        "people": {"type": "array", "items": {"$ref": "#/$defs/person"}, "uniqueItems": True},
    },
    "$defs": {"person": {"type": "object", "required": ["name"], "maxProperties": 3}},
}


def form(**more: Any) -> str:
    return json.dumps({"type": "object", "title": "表", **more})


def refused(text: str) -> tuple[str, str]:
    """The pointer and the sentence of the first fault."""
    with pytest.raises(Faulty) as fault:
        compile_form(text)
    first = fault.value.faults[0]
    assert first.message.startswith("Expected ")
    assert first.message_zh.endswith("。")
    return first.pointer, first.message


def test_data_that_fit_have_no_faults() -> None:
    data = {
        "subject": "增设科室",
        "posts": 6,
        "kind": "ADMIN",
        "from": "2026-12-01",
        "phone": "13800000000",
        "share": Decimal("0.29"),
        "people": [{"name": "甲"}, {"name": "乙"}],
    }
    assert compile_form(json.dumps(APPLY)).faults(data) == []


@pytest.mark.parametrize(
    ("data", "pointer", "english", "chinese"),
    [
        ({"posts": 1}, "", "Expected subject, but it is missing.", "缺少字段 subject。"),
        ({"posts": 0}, "/posts", "Expected at least 1, but it is not so.", "不得小于 1。"),
        ({"posts": "六"}, "/posts", "Expected integer, but it is something else.", "应当为整数。"),
        ({"subject": "x"}, "/subject", "at least 2 characters", "不得少于 2 个字符。"),
        ({"kind": "OTHER"}, "/kind", "one of ADMIN, PUBLIC", "应当为 ADMIN, PUBLIC 之一。"),
        ({"from": "2026-02-30"}, "/from", "Expected a date", "应当为日期（如 2026-01-31）。"),
        ({"phone": "139"}, "/phone", "a text of the form ^1[0-9]{10}$", "格式应当符合"),
        ({"share": Decimal("0.295")}, "/share", "a multiple of 0.01", "应当为 0.01 的倍数。"),
        ({"people": [{}]}, "/people/0", "Expected name", "缺少字段 name。"),
        ({"people": [{"name": 1}] * 2}, "/people", "each item once", "各项不得重复。"),
        ({"extra": 1}, "", "only fields of the form, but there is extra", "表单中没有字段 extra。"),
    ],
)
def test_a_fault_names_its_place_and_says_why_in_two_languages(
    data: dict[str, Any], pointer: str, english: str, chinese: str
) -> None:
    sent = {"subject": "增设科室", "posts": 6} | data
    if data == {"posts": 1}:
        del sent["subject"]
    ((at, message, message_zh),) = compile_form(json.dumps(APPLY)).faults(sent)
    assert at == pointer
    assert english in message
    assert chinese in message_zh


def test_a_fault_never_repeats_what_was_entered() -> None:
    told = compile_form(json.dumps(APPLY)).faults({"subject": "密" * 60, "posts": 1})
    assert not any("密密" in text for fault in told for text in fault)


@pytest.mark.parametrize(
    ("text", "pointer", "why"),
    [
        ("{", "", "Expecting property name"),
        ("[]", "", "it is no object"),
        ('{"type": "object", "type": "object", "title": "表"}', "", "stands there twice"),
        ('{"type": "object", "title": "表", "default": NaN}', "", "NaN is no number"),
        ("[" * 100_000, "", "at most 40 levels"),
        ('{"a": 1' + " " * 200_000 + "}", "", "at most 200000 characters"),
        ('{"title": "表"}', "/type", "a form of type object"),
        ('{"type": "object", "title": " "}', "/title", "Expected a title"),
        (form(**{"$schema": "http://json-schema.org/draft-07/schema#"}), "/$schema", "2020-12"),
        (form(requried=["a"]), "/requried", "“requried” is neither"),
        (form(properties={"a": {"typ": 1}}), "/properties/a/typ", "“typ” is neither"),
        (form(properties={"a": {"type": "strin"}}), "/properties/a/type", "Expected"),
        (form(properties={"a": {"format": "ipv4"}}), "/properties/a/format", "one of the formats"),
        (form(**{"$ref": "https://example.org/form"}), "/$ref", "of the form itself"),
        (form(**{"$ref": "file:///etc/passwd"}), "/$ref", "of the form itself"),
        (form(**{"$id": "https://example.org/form"}), "/$id", "“$id” is neither"),
        (form(properties={"a": {"$ref": "#/$defs/b"}}), "/properties/a/$ref", "of the form itself"),
        (form(**{"$ref": "#/$defs/a", "$defs": {"a": {"not": {"$ref": "#/$defs/a"}}}}), "", "ends"),
        (form(properties={"a": {"pattern": "(?=a)b"}}), "/properties/a/pattern", "lookaround"),
        (form(properties={"a": {"pattern": r"(a)\1"}}), "/properties/a/pattern", "backreferences"),
        (form(properties={"a": {"pattern": "(a{500}){500}"}}), "/properties/a/pattern", "large"),
        (form(properties={"a": {"pattern": "a" * 501}}), "/properties/a", "at most 500 characters"),
        (form(allOf=[True] * 1001), "", "at most 1000 schemas"),
    ],
)
def test_what_no_form_can_be_is_refused_at_its_place(text: str, pointer: str, why: str) -> None:
    at, message = refused(text)
    assert at == pointer
    assert why.replace("ends", "references that end") in message


def test_references_that_double_at_every_step_are_refused_at_once() -> None:
    doubling = {f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}] * 2} for n in range(100)}
    began = perf_counter()
    _, message = refused(form(**{"$ref": "#/$defs/d0", "$defs": doubling | {"d100": {}}}))
    assert "at most" in message
    assert perf_counter() - began < 1


def test_a_pattern_costs_time_in_proportion_to_the_text() -> None:
    bomb = compile_form(form(properties={"a": {"pattern": "^(a+)+$"}}))
    began = perf_counter()
    assert len(bomb.faults({"a": "a" * (CHARACTERS_MAX - 10) + "b"})) == 1
    assert perf_counter() - began < 1


def test_a_megabyte_of_data_is_checked_soon() -> None:
    cells = {f"f{n}": {"type": "string", "pattern": "^文+$", "maxLength": 40} for n in range(10)}
    rows = {"type": "array", "items": {"type": "object", "properties": cells}}
    checked = compile_form(form(properties={"rows": rows}))
    data = {"rows": [dict.fromkeys(cells, "文" * 30) for _ in range(1_000)]}
    assert len(json.dumps(data, ensure_ascii=False).encode()) > 950_000
    took = []
    for _ in range(5):
        began = perf_counter()
        assert checked.faults(data) == []
        took.append(perf_counter() - began)
    assert min(took) < 0.05, took


@pytest.mark.parametrize(
    "data",
    [
        {"a": "x" * CHARACTERS_MAX, "b": "y"},
        {"a": [0] * 60_000},
        {"a": json.loads("[" * 150 + "]" * 150)},
    ],
    ids=["long", "many", "deep"],
)
def test_too_much_data_is_a_fault_before_any_work_begins(data: dict[str, Any]) -> None:
    ((pointer, message, _),) = compile_form(form()).faults(data)
    assert (pointer, message.split(",")[0]) == ("", "Expected less data")


def test_the_more_a_form_asks_the_less_data_it_takes() -> None:
    many = compile_form(form(properties={"a": {"items": {"anyOf": [{"minimum": 5}] * 900}}}))
    began = perf_counter()
    ((_, message, _),) = many.faults({"a": [1] * 40_000})
    assert message.startswith("Expected less data")
    assert many.faults({"a": [1] * 5_000})[0][0] == "/a/0"
    assert perf_counter() - began < 1


def test_only_the_first_faults_are_told() -> None:
    strict = compile_form(form(properties={"a": {"items": {"type": "string"}}}))
    assert len(strict.faults({"a": [1] * 1_000})) == FAULTS_MAX


def test_a_form_keeps_what_it_says_for_whoever_draws_it() -> None:
    made = compile_form(json.dumps(APPLY))
    assert made.schema == APPLY
    assert made.title == "机构编制事项申请"
