"""Guides: drafted by one, approved by another, in force from their day, old versions kept."""

from typing import Any

import pytest

from service.features.guides.in_force import materials_on
from tests.builders import TODAY, City
from tests.conftest import Api
from tests.features.guides.conftest import MINUTES, PAGE, Publish
from tests.features.processes.conftest import AsDirector, Release
from tests.people import MAY, MAY_READ, NEVER

SENT = {"code": "M10", **PAGE}
#: What the table of required materials asks for in the test: minutes always, a table in M10.
TABLE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="completeness"
             name="completeness" namespace="urn:dingbian:test">
  <inputData id="facts" name="facts"><variable name="facts"/></inputData>
  <decision id="required_materials" name="应交材料">
    <variable name="应交材料"/>
    <informationRequirement id="r"><requiredInput href="#facts"/></informationRequirement>
    <decisionTable id="t" hitPolicy="COLLECT">
      <input id="i1" label="事项"><inputExpression id="e1" typeRef="string">
        <text>facts.type</text></inputExpression></input>
      <input id="i2" label="增加类"><inputExpression id="e2" typeRef="boolean">
        <text>facts.is_increase</text></inputExpression></input>
      <output id="o1" name="code" typeRef="string"/><output id="o2" name="name" typeRef="string"/>
      <annotation name="article"/>
      <rule id="a"><inputEntry id="a1"><text>-</text></inputEntry>
        <inputEntry id="a2"><text>-</text></inputEntry>
        <outputEntry id="a3"><text>"PARTY_GROUP_MINUTES"</text></outputEntry>
        <outputEntry id="a4"><text>"党组会议纪要"</text></outputEntry>
        <annotationEntry><text>内部规定</text></annotationEntry></rule>
      <rule id="b"><inputEntry id="b1"><text>"M10"</text></inputEntry>
        <inputEntry id="b2"><text>true</text></inputEntry>
        <outputEntry id="b3"><text>"STRUCTURE_TABLE"</text></outputEntry>
        <outputEntry id="b4"><text>"对照表"</text></outputEntry>
        <annotationEntry><text>内部规定</text></annotationEntry></rule>
    </decisionTable>
  </decision>
</definitions>
"""
STRUCTURE = MINUTES | {"code": "STRUCTURE_TABLE", "name": "对照表"}


def refused(got: Any) -> tuple[int, str]:
    return got.status_code, got.json()["code"]


async def test_a_guide_is_public_when_a_second_person_approves_it(
    api: Api, director: AsDirector, city: City
) -> None:
    made = await api("POST", "/guide-versions", SENT)
    assert made.status_code == 201, made.text
    path = f"/guide-versions/{made.json()['id']}"
    assert (await api("GET", "/guides/M10", who=None)).status_code == 404
    assert (await director("POST", f"{path}/approve")).status_code == 428
    approved = await director("POST", f"{path}/approve", if_match=made.headers["etag"])
    assert (approved.json()["state"], approved.json()["decided_by_name"]) == (
        "APPROVED",
        "director",
    )
    page = (await api("GET", "/guides/M10", who=None)).json()
    assert (page["title"], page["number"], page["in_force_from"]) == (
        PAGE["title"],
        1,
        "2026-11-24",
    )
    assert (page["fee"], page["complaint"]) == ("不收费", "12310")
    assert page["materials"] == [MINUTES | {"needed_when": "", "template": None, "sample": None}]
    late = await director("POST", f"{path}/reject", {"reason": "迟"}, if_match='"2"')
    assert refused(late) == (409, "guide_decided")


async def test_nobody_decides_on_his_own_guide(api: Api, settings: Any, city: City) -> None:
    from tests.builders import give_duty

    await give_duty(settings, MAY, "office_director")
    made = await api("POST", "/guide-versions", SENT)
    for verb, sent in (("approve", None), ("reject", {"reason": "不妥"})):
        path = f"/guide-versions/{made.json()['id']}/{verb}"
        got = await api("POST", path, sent, if_match=made.headers["etag"])
        assert refused(got) == (422, "guide_second_person")


async def test_a_rejected_guide_stays_on_record_and_never_comes_into_force(
    api: Api, director: AsDirector, publish: Publish
) -> None:
    await publish()
    made = await api("POST", "/guide-versions", SENT | {"title": "新题"})
    path = f"/guide-versions/{made.json()['id']}/reject"
    got = await director("POST", path, {"reason": "题目不妥"}, if_match=made.headers["etag"])
    assert (got.json()["state"], got.json()["reason"]) == ("REJECTED", "题目不妥")
    assert (await api("GET", "/guides/M10", who=None)).json()["number"] == 1
    listed = (await api("GET", "/guide-versions?code=M10")).json()["items"]
    assert [(each["number"], each["state"]) for each in listed] == [
        (2, "REJECTED"),
        (1, "APPROVED"),
    ]
    assert (await api("GET", "/guide-versions/count?state=REJECTED")).json() == {"count": 1}


async def test_a_version_is_in_force_from_its_day_and_never_before_its_approval(
    api: Api, publish: Publish
) -> None:
    first = await publish(effective_on="2025-01-01")
    assert first["in_force_from"] == "2026-11-24"
    await publish(effective_on="2026-12-01", title="明日之题")
    assert (await api("GET", "/guides/M10", who=None)).json()["number"] == 1
    listed = (await api("GET", "/guides", who=None)).json()["items"]
    assert [(each["code"], each["number"]) for each in listed] == [("M10", 1)]
    third = await publish(title="今日之题")
    page = (await api("GET", "/guides/M10", who=None)).json()
    assert (page["number"], page["title"]) == (third["number"], "今日之题") == (3, "今日之题")
    old = (await api("GET", f"/guide-versions/{first['id']}")).json()
    assert old["guide"]["title"] == PAGE["title"]


async def test_a_guide_explains_every_material_that_the_table_in_force_asks_for(
    api: Api, release: Release, director: AsDirector, publish: Publish
) -> None:
    early = await api("POST", "/guide-versions", SENT)
    await release([{"path": "completeness.dmn", "content": TABLE}])
    got = await api("POST", "/guide-versions", SENT)
    assert refused(got) == (422, "guide_material_missing")
    assert got.json()["facts"]["missing"] == [{"code": "STRUCTURE_TABLE", "name": "对照表"}]
    path = f"/guide-versions/{early.json()['id']}/approve"
    late = await director("POST", path, if_match=early.headers["etag"])
    assert refused(late) == (422, "guide_material_missing")
    await publish(materials=[MINUTES, STRUCTURE])
    await publish(code="M11")
    await publish(code="D2", materials=[])


async def test_completeness_and_guide_work_on_the_same_materials(
    publish: Publish, database: Any
) -> None:
    await publish(materials=[MINUTES, STRUCTURE])
    async with database.reading.acquire() as connection:
        found = await materials_on(connection, "M10", TODAY)
        none = await materials_on(connection, "M11", TODAY)
    assert {code: each.copies for code, each in found.items()} == {
        "PARTY_GROUP_MINUTES": 2,
        "STRUCTURE_TABLE": 2,
    }
    assert none == {}


@pytest.mark.parametrize(
    "changed",
    [{"materials": [MINUTES, MINUTES]}, {"basis": []}, {"flow": []}, {"code": "m10"}],
)
async def test_a_page_that_is_not_whole_is_refused(
    api: Api, city: City, changed: dict[str, Any]
) -> None:
    got = await api("POST", "/guide-versions", SENT | changed)
    assert refused(got) == (422, "invalid_input")


async def test_only_the_office_writes_and_sees_versions(api: Api, city: City) -> None:
    people = (MAY, MAY_READ, NEVER, None)
    posted = [(await api("POST", "/guide-versions", SENT, who=who)).status_code for who in people]
    listed = [(await api("GET", "/guide-versions", who=who)).status_code for who in people]
    assert (posted, listed) == ([201, 403, 403, 401], [200, 403, 403, 401])
