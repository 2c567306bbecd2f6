"""Internal bodies: set up, changed and abolished within their body, in both times."""

from typing import Any
from uuid import UUID

import pytest

from tests.builders import City
from tests.conftest import Api
from tests.features.bodies.conftest import statuses

SECTION = {"section_name": "综合股", "rank": "ZHENGGU", "quota_planned": 5, "midlevel_chief": 1}


@pytest.fixture
def by(document: UUID) -> dict[str, Any]:
    return {"document_id": str(document), "effective_on": "2024-01-01"}


async def names(api: Api, city: City, query: str = "") -> list[str]:
    got = await api("GET", f"/bodies/{city.body}/internal-bodies{query}")
    return [each["name"] for each in got.json()["items"]]


async def test_a_section_lives_from_its_set_up_to_its_end(
    api: Api, city: City, by: dict[str, Any]
) -> None:
    path = f"/bodies/{city.body}/internal-bodies"
    made = await api("POST", path, SECTION | by)
    assert (made.status_code, made.headers["etag"]) == (201, '"1"')
    assert (made.json()["quota_planned"], made.json()["midlevel_deputy"]) == (5, 0)

    section = f"/internal-bodies/{made.json()['id']}"
    renamed = {"section_name": "办公室"} | by | {"effective_on": "2025-01-01"}
    changed = await api("POST", f"{section}/change", renamed, if_match="1")
    assert (changed.json()["name"], changed.json()["quota_planned"]) == ("办公室", 5)
    later = by | {"effective_on": "2026-01-01"}
    assert (await api("POST", f"{section}/abolish", later, if_match="2")).status_code == 200

    assert await names(api, city) == []
    assert await names(api, city, "?as_of=2023-12-31") == []
    assert await names(api, city, "?as_of=2024-12-31") == ["综合股"]
    assert await names(api, city, "?as_of=2025-12-31") == ["办公室"]
    assert await names(api, city, "?as_of=2026-01-01") == []
    known_at = made.json()["known_from"].replace("+", "%2B")
    assert await names(api, city, f"?known_at={known_at}") == ["综合股"]


async def test_two_sections_of_one_body_never_share_a_name(
    api: Api, city: City, by: dict[str, Any]
) -> None:
    path = f"/bodies/{city.body}/internal-bodies"
    first = (await api("POST", path, SECTION | by)).json()
    again = await api("POST", path, SECTION | by)
    assert (again.status_code, again.json()["code"]) == (409, "body_name_taken")
    other = await api("POST", f"/bodies/{city.other_body}/internal-bodies", SECTION | by)
    assert other.status_code == 201
    await api("POST", f"/internal-bodies/{first['id']}/abolish", by, if_match="1")
    assert (await api("POST", path, SECTION | by)).status_code == 201


async def test_a_section_with_functions_is_not_abolished_and_an_abolished_one_stays_so(
    api: Api, city: City, by: dict[str, Any]
) -> None:
    section = (await api("POST", f"/bodies/{city.body}/internal-bodies", SECTION | by)).json()
    function = {"content": "文电会务", "internal_body_id": section["id"]}
    path = f"/bodies/{city.body}/functions"
    given = (await api("POST", path, by | {"add": [function]}, if_match="1")).json()
    end = f"/internal-bodies/{section['id']}/abolish"
    refused = await api("POST", end, by, if_match="1")
    assert (refused.status_code, refused.json()["code"]) == (422, "still_in_use")
    await api("POST", path, by | {"end": [given["added"][0]["id"]]}, if_match="2")
    assert (await api("POST", end, by, if_match="1")).status_code == 200
    assert (await api("POST", end, by, if_match="2")).json()["code"] == "body_closed"


async def test_only_the_duty_may_set_up_change_or_abolish(
    api: Api, city: City, by: dict[str, Any]
) -> None:
    path = f"/bodies/{city.body}/internal-bodies"
    assert await statuses(api, "POST", path, SECTION | by) == [201, 403, 403, 401]
    assert await statuses(api, "GET", path) == [200, 200, 404, 401]
    section = f"/internal-bodies/{(await api('GET', path)).json()['items'][0]['id']}"
    change = {"quota_planned": 6} | by
    assert (await api("POST", f"{section}/change", change)).status_code == 428
    assert (await api("POST", f"{section}/change", change, if_match="9")).status_code == 412
    assert (await api("POST", f"{section}/change", by, if_match="1")).json()["code"] == (
        "nothing_changes"
    )
    answered = await statuses(api, "POST", f"{section}/change", change, if_match="1")
    assert answered == [200, 403, 403, 401]
    assert await statuses(api, "POST", f"{section}/abolish", by, if_match="2") == [
        200,
        403,
        403,
        401,
    ]


async def test_a_section_of_nothing_is_missing(api: Api, city: City, by: dict[str, Any]) -> None:
    nowhere = f"/internal-bodies/{city.body}/abolish"
    assert (await api("POST", nowhere, by, if_match="1")).status_code == 404
    assert (await api("GET", "/bodies/00000000-0000-7000-8000-000000000000")).status_code == 404
