"""The three files of the contract: equal to the code, complete, in two languages."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from service import contract
from service.core.auth.actor import Duty
from service.core.errors import every_refusal
from service.core.http.mount import operation_id
from service.core.operation import OPERATIONS, Command, Operation
from service.core.store.outbox import every_event
from service.main import create_app
from service.settings import Settings
from tests.contract.routes import Served, every_served, is_public
from tests.contract.samples import sample

_FOLDER = Path(__file__).parents[2] / "api_specs"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ENGLISH = re.compile(r"[A-Za-z]{2}")


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return contract.texts()


@pytest.fixture(scope="module")
def openapi(texts: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(texts["openapi.yaml"])
    return found


@pytest.fixture(scope="module")
def operations() -> list[Served]:
    return list(every_served(create_app(Settings(is_demo=False))))


@pytest.mark.parametrize("name", ["openapi.yaml", "errors.yaml", "events.yaml"])
def test_a_file_of_the_contract_is_what_the_code_exports(name: str, texts: dict[str, str]) -> None:
    same = (_FOLDER / name).read_text(encoding="utf-8") == texts[name]
    assert same, f"Expected {name} to be what the code says, but it is not: run `make openapi`."


def test_a_demo_says_that_it_is_one_and_the_contract_is_of_none(
    texts: dict[str, str], tmp_path: Path
) -> None:
    demo = create_app(Settings(is_demo=True, data_dir=tmp_path)).openapi()
    assert "演示环境" in demo["info"]["description"]
    assert "演示环境" not in yaml.safe_load(texts["openapi.yaml"])["info"]["description"]


def test_every_operation_is_served_and_named_as_its_verb(operations: list[Served]) -> None:
    served = {each.name for each in operations}
    ours = {name for name, each in OPERATIONS.items() if _is_asked_by_people(each)}
    assert ours - served == set(), "these are registered, but no route serves them"
    for each in operations:
        noun, _, verb = each.name.partition(".")
        *_, feature, module = each.operation.answer.__module__.split(".")
        assert each.shown["operationId"] == operation_id(each.name)
        assert each.operation.answer.__name__ == verb
        assert each.operation.request.__name__ == verb.title().replace("_", "")
        assert feature == noun
        # A change is a file. Questions about one thing may stand in one: list and count.
        is_change = issubclass(each.operation.request, Command)
        assert module == verb if is_change else f"{noun}.{module}" in OPERATIONS, each.name


def test_every_operation_states_its_duties_and_speaks_two_languages(
    operations: list[Served],
) -> None:
    for each in operations:
        assert each.shown["x-required-duty"], each.name
        assert _is_bilingual(each.shown["summary"]), each.name
        assert each.shown["description"], each.name
        is_closed = each.shown["security"] == [{"bearer": []}, {"apiKey": []}]
        assert is_closed or (is_public(each) and each.shown["security"] == []), each.name


def test_every_operation_names_all_codes_with_which_it_can_refuse(
    operations: list[Served],
) -> None:
    common = {"not_found", "invalid_input", "unavailable"}
    of_callers = {"not_authenticated", "not_allowed"}
    for each in operations:
        responses = each.shown["responses"]
        refusing = {s: r for s, r in responses.items() if s.startswith(("4", "5"))}
        named = {code for response in refusing.values() for code in response["x-error-codes"]}
        assert named >= common | {kind.code for kind in each.operation.request.refusals}
        assert named & of_callers == (set() if is_public(each) else of_callers), each.name
        for status, response in refusing.items():
            assert set(response["content"]) == {"application/problem+json"}, (each.name, status)


def test_every_change_takes_an_idempotency_key_and_a_versioned_one_if_match(
    operations: list[Served],
) -> None:
    for each in operations:
        request = each.operation.request
        if issubclass(request, Command):
            headers = {p["name"] for p in each.shown["parameters"] if p["in"] == "header"}
            assert "idempotency-key" in headers, each.name
            assert ("if-match" in headers) == request.needs_version, each.name


def test_every_example_of_a_request_is_one(operations: list[Served]) -> None:
    for each in operations:
        if example := each.operation.request.example:
            whole = sample(each.operation.request)
            in_path = {name: whole[name] for name in re.findall(r"\{(\w+)\}", each.path)}
            each.operation.request.model_validate({**in_path, **example})


def test_a_schema_is_named_after_its_class_not_its_module(openapi: dict[str, Any]) -> None:
    assert [name for name in openapi["components"]["schemas"] if "__" in name.strip("_")] == []


def test_nothing_refers_to_what_is_not_there(texts: dict[str, str]) -> None:
    for name in ("openapi.yaml", "events.yaml"):
        document = yaml.safe_load(texts[name])
        for reference in sorted(set(_references(document))):
            found = document
            for step in reference.removeprefix("#/").split("/"):
                assert step in found, (name, reference)
                found = found[step]


def test_every_refusal_has_a_code_of_its_own_and_two_titles() -> None:
    kinds = every_refusal()
    codes = [kind.code for kind in kinds]
    assert sorted(set(codes)) == codes, "one code means one thing"
    for kind in kinds:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", kind.code), kind
        assert _CHINESE.search(kind.title_zh), kind
        assert not _CHINESE.search(kind.title_en), kind
        assert kind.__doc__, kind
        assert 400 <= kind.status < 600, kind


def test_every_event_has_two_titles_and_a_name_of_its_feature() -> None:
    kinds = [kind for kind in every_event() if kind.__module__.startswith("service.")]
    assert len({kind.type for kind in kinds}) == len(kinds) > 0
    for kind in kinds:
        feature = kind.__module__.split(".")[2]
        assert re.fullmatch(rf"{feature}\.[a-z_]+", kind.type), kind
        assert _CHINESE.search(kind.title_zh), kind
        assert not _CHINESE.search(kind.title_en), kind
        assert kind.__doc__, kind


def _is_asked_by_people(operation: Operation) -> bool:
    """Not a test's own, nor one that only a diagram or a timer orders."""
    is_ours = operation.answer.__module__.startswith("service.")
    return is_ours and operation.request.duties != {Duty.PROCESS}


def _is_bilingual(text: str) -> bool:
    return bool(_CHINESE.search(text) and _ENGLISH.search(text))


def _references(part: Any) -> list[str]:
    match part:
        case {"$ref": str(reference)}:
            return [reference]
        case dict():
            return [found for value in part.values() for found in _references(value)]
        case list():
            return [found for value in part for found in _references(value)]
        case _:
            return []
