"""Registering findings: an item is drafted, its case begins, and who may not see it sees none."""

from typing import Any

from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.people import MAY_READ, NEVER


async def _found(api: Api, settings: Settings, city: City, **changed: Any) -> dict[str, Any]:
    drawn = diagram("rectification_item", chain(START, user_task("classify_item"), END))
    await in_force(settings, "ledger", {"ledger.bpmn": drawn}, "rectification_item")
    given = {
        "source_type": "INSPECTION",
        "body_id": str(city.body),
        "breach": "OVER_QUOTA",
        "problem": "行政编制超编1名",
        "facts": "核定20名，实有21名。",
        "found_on": "2026-11-20",
    }
    answer = await api("POST", "/findings", given | changed)
    assert answer.status_code == 201, answer.text
    item: dict[str, Any] = answer.json()
    return item


async def test_a_finding_becomes_a_drafted_item_with_a_case(
    api: Api, settings: Settings, city: City
) -> None:
    item = await _found(api, settings, city)
    assert (item["state"], item["number"], item["body_name"]) == ("DRAFT", None, "青澜市第1局")
    read = (await api("GET", f"/rectifications/{item['id']}")).json()
    assert [each["element"] for each in read["tasks"]] == ["classify_item"]
    assert read["next_states"] == ["CONFIRMED", "MERGED", "VOIDED"]
    assert read["light"] is None
    cases = (await api("GET", f"/instances?business_key={item['id']}")).json()["items"]
    assert [each["body_id"] for each in cases] == [str(city.body)]


async def test_the_unit_sees_its_item_and_others_see_none(
    api: Api, settings: Settings, city: City
) -> None:
    item = await _found(api, settings, city)
    for who, count in ((MAY_READ, 1), (NEVER, 0)):
        assert (await api("GET", "/rectifications/count", who=who)).json()["count"] == count
        listed = (await api("GET", "/rectifications?state=DRAFT&limit=1", who=who)).json()
        assert len(listed["items"]) == count
    assert (await api("GET", f"/rectifications/{item['id']}", who=MAY_READ)).status_code == 200
    assert (await api("GET", f"/rectifications/{item['id']}", who=NEVER)).status_code == 404


async def test_a_unit_registers_nothing(api: Api, settings: Settings, city: City) -> None:
    for who in (MAY_READ, NEVER):
        given = {
            "source_type": "SELF_CHECK",
            "body_id": str(city.body),
            "breach": "OVER_QUOTA",
            "problem": "超编",
            "facts": "超编",
            "found_on": "2026-11-20",
        }
        assert (await api("POST", "/findings", given, who=who)).status_code == 403


async def test_where_no_flow_is_in_force_nothing_is_kept(api: Api, city: City) -> None:
    given = {
        "source_type": "INSPECTION",
        "body_id": str(city.body),
        "breach": "OVER_QUOTA",
        "problem": "超编",
        "facts": "超编",
        "found_on": "2026-11-20",
    }
    assert (await api("POST", "/findings", given)).status_code == 404
    assert (await api("GET", "/rectifications/count")).json()["count"] == 0


async def test_pages_follow_each_other(api: Api, settings: Settings, city: City) -> None:
    first = await _found(api, settings, city)
    given = {key: first[key] for key in ("source_type", "body_id", "problem", "found_on")}
    second = await api("POST", "/findings", {**given, "breach": "OVER_POSTS", "facts": "超职数"})
    page = (await api("GET", "/rectifications?limit=1")).json()
    assert [each["id"] for each in page["items"]] == [second.json()["id"]]
    page = (await api("GET", f"/rectifications?limit=1&cursor={page['next']}")).json()
    assert [each["id"] for each in page["items"]] == [first["id"]]
    assert page["next"] is None
