"""The office's own forms: in Chinese, with help at every field, in an order, and closed."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

BPMN = Path(__file__).parents[2] / "bpmn"
FORMS = sorted(BPMN.glob("*/forms/*.schema.json"))
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(params=FORMS, ids=lambda path: f"{path.parts[-3]}/{path.name.split('.')[0]}")
def form(request: pytest.FixtureRequest) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(request.param.read_text("utf-8"))
    return schema


def test_a_form_is_a_schema_of_2020_12(form: dict[str, Any]) -> None:
    assert form["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema_rs.meta.validate(form)


def test_every_field_has_a_chinese_title_and_help(form: dict[str, Any]) -> None:
    fields = [(form["title"], form), *_fields(form)]
    silent = [
        name
        for name, field in fields
        if not (CHINESE.search(field["title"]) and CHINESE.search(field["description"]))
    ]
    assert silent == []


def test_fields_stand_in_an_order_that_begins_with_one(form: dict[str, Any]) -> None:
    for group in _groups(form):
        places = [field["x-order"] for field in group["properties"].values()]
        assert places == list(range(1, len(places) + 1))


def test_a_form_takes_nothing_that_it_does_not_show(form: dict[str, Any]) -> None:
    for group in _groups(form):
        assert group["additionalProperties"] is False
        assert set(group["required"]) <= set(group["properties"])
    assert not jsonschema_rs.is_valid(form, {"hidden": 1})


def test_every_text_and_list_has_an_end(form: dict[str, Any]) -> None:
    endless = [
        name
        for name, field in _fields(form)
        if (field["type"] == "array" and "maxItems" not in field)
        or (field["type"] == "string" and not field.keys() & {"maxLength", "format", "oneOf"})
    ]
    assert endless == []


def _groups(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The form and every object in it."""
    if "properties" in schema:
        yield schema
        for field in schema["properties"].values():
            yield from _groups(field)
    if "items" in schema:
        yield from _groups(schema["items"])


def _fields(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for group in _groups(schema):
        yield from group["properties"].items()
