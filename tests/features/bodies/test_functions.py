"""Functions of a body: given and ended by document, asked about in both times."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from service.core.store.db import Database
from service.features.bodies.set_functions import SetFunctions
from tests.builders import City
from tests.conftest import Api, Do, told
from tests.features.bodies.conftest import code_of, statuses

PATH = "/bodies/{}/functions"


@pytest.fixture
def asked(document: UUID) -> dict[str, Any]:
    return {
        "document_id": str(document),
        "effective_on": "2024-01-01",
        "add": [{"content": "审计监督", "basis": "《中华人民共和国审计法》"}],
    }


async def contents(api: Api, city: City, query: str = "") -> list[str]:
    got = await api("GET", PATH.format(city.body) + query)
    return [each["content"] for each in got.json()["items"]]


async def test_a_function_is_had_from_its_day_until_its_end(
    api: Api, city: City, asked: dict[str, Any]
) -> None:
    given = await api("POST", PATH.format(city.body), asked, if_match="1")
    assert (given.status_code, given.headers["etag"]) == (200, '"2"')
    function = given.json()["added"][0]["id"]
    ending = asked | {"add": [], "end": [function], "effective_on": "2025-01-01"}
    ended = await api("POST", PATH.format(city.body), ending, if_match="2")
    assert ended.json()["ended"] == [function]
    assert await contents(api, city) == []
    assert await contents(api, city, "?as_of=2023-12-31") == []
    assert await contents(api, city, "?as_of=2024-12-31") == ["审计监督"]
    assert await contents(api, city, "?as_of=2025-01-01") == []
    known_at = given.json()["added"][0]["known_from"].replace("+", "%2B")
    assert await contents(api, city, f"?known_at={known_at}") == ["审计监督"]


async def test_a_function_entered_in_error_is_taken_back_from_its_first_day(
    api: Api, city: City, asked: dict[str, Any]
) -> None:
    given = await api("POST", PATH.format(city.body), asked, if_match="1")
    function = given.json()["added"][0]["id"]
    early = asked | {"add": [], "end": [function], "effective_on": "2023-12-31"}
    refused = await api("POST", PATH.format(city.body), early, if_match="2")
    assert refused.json()["code"] == "day_out_of_order"
    await api("POST", PATH.format(city.body), early | {"effective_on": "2024-01-01"}, if_match="2")
    assert await contents(api, city, "?as_of=2024-01-01") == []


async def test_a_function_ends_once(do: Do, api: Api, city: City, asked: dict[str, Any]) -> None:
    given = told(await do(SetFunctions(body_id=city.body, **asked), if_match="1"))
    ending = asked | {"add": [], "end": [given["added"][0]["id"]]}
    answers = await asyncio.gather(
        *(do(SetFunctions(body_id=city.body, **ending), if_match="2") for _ in range(3))
    )
    assert sorted(answer.status for answer in answers) == [200, 412, 412]
    again = await do(SetFunctions(body_id=city.body, **ending), if_match="3")
    assert (again.status, code_of(again)) == (409, "function_already_ended")


async def test_what_is_not_of_this_body_is_refused(
    do: Do, city: City, asked: dict[str, Any], document: UUID
) -> None:
    given = told(await do(SetFunctions(body_id=city.body, **asked), if_match="1"))
    other = asked | {"add": [], "end": [given["added"][0]["id"]]}
    refused = await do(SetFunctions(body_id=city.other_body, **other), if_match="1")
    assert (refused.status, code_of(refused)) == (422, "invalid_input")
    section = asked | {"add": [{"content": "内部审计", "internal_body_id": uuid4()}]}
    refused = await do(SetFunctions(body_id=city.body, **section), if_match="2")
    assert (refused.status, code_of(refused)) == (422, "invalid_input")


async def test_only_the_duty_may_set_functions(api: Api, city: City, asked: dict[str, Any]) -> None:
    path = PATH.format(city.body)
    assert await statuses(api, "POST", path, asked, if_match="1") == [200, 403, 403, 401]
    assert await statuses(api, "GET", path) == [200, 200, 404, 401]
    nothing = asked | {"add": []}
    assert (await api("POST", path, nothing, if_match="2")).status_code == 422


async def test_pages_of_functions_meet_without_gap_or_overlap(
    api: Api, city: City, asked: dict[str, Any]
) -> None:
    many = asked | {"add": [{"content": f"第{n}项"} for n in range(7)]}
    await api("POST", PATH.format(city.body), many, if_match="1")
    found, cursor = [], ""
    while True:
        page = (await api("GET", f"{PATH.format(city.body)}?limit=3{cursor}")).json()
        found += [each["content"] for each in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert sorted(found) == sorted(each["content"] for each in many["add"])


async def test_the_application_cannot_rewrite_functions(database: Database) -> None:
    with pytest.raises(Exception, match="permission denied"):
        await database.writing.execute("UPDATE body_function SET content = 'x'")
