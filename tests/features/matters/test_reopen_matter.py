"""Working on a matter anew: same number, same file, a new round, begun where its end lies."""

import pytest

from service.features.matters.reopen_matter import ReopenMatter
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api, told
from tests.features.matters.after_the_end import ended, rules_in_force
from tests.features.matters.conftest import Deciding, Order
from tests.features.processes.cases import rows
from tests.people import MAY, MAY_READ, NEVER


@pytest.fixture
async def house(deciding: Deciding, settings: Settings) -> Deciding:
    await rules_in_force(settings)
    return deciding


@pytest.mark.parametrize(
    ("end", "kind", "state", "stage"),
    [
        ("E2", "RETURNED", "SUBMITTED", "MOTION"),
        ("E3", "NOT_ADMITTED", "SUBMITTED", "MOTION"),
        ("E4", "NOT_SUPPORTED", "ADMITTED", "APPRAISAL"),
    ],
)
async def test_a_new_round_begins_with_the_same_number_and_the_old_file(
    house: Deciding, api: Api, settings: Settings, end: str, kind: str, state: str, stage: str
) -> None:
    matter = await ended(house, end, kind)
    before = (await api("GET", f"/matters/{matter}")).json()
    await house.done(ReopenMatter(matter_id=matter, reason="异议成立", struck_hits=[1]))
    seen = (await api("GET", f"/matters/{matter}")).json()
    assert (seen["state"], seen["stage"], seen["round"]) == (state, stage, 2)
    assert seen["number"] == before["number"]
    assert (seen["outcome"], seen["received_on"], seen["result"]) == (None, None, None)
    assert seen["instance_id"] != before["instance_id"]
    assert [task["name"] for task in seen["tasks"]] == ["work_anew"]
    file = (await api("GET", f"/matters/{matter}/records")).json()["items"]
    assert {each["round"] for each in file} == {1}
    ((key, body),) = await rows(
        settings,
        "SELECT business_key, body_id::text FROM instance WHERE id = $1",
        seen["instance_id"],
    )
    assert (key, body) == (matter, before["body_id"])


async def test_only_what_was_refused_before_a_decision_is_reopened(
    house: Deciding, order: Order
) -> None:
    running = await house.filed()
    again = told(await order(ReopenMatter(matter_id=running, reason="再议", struck_hits=[])))
    assert again["code"] == "matter_moved"
    rejected = await house.filed()
    await house.recorded(rejected, await house.voted(rejected, "reject"))
    closed = await ended(house, "E2")
    await house.done(ReopenMatter(matter_id=closed, reason="再议", struck_hits=[]))
    twice = told(await order(ReopenMatter(matter_id=closed, reason="再议", struck_hits=[])))
    assert twice["code"] == "matter_moved"


async def test_the_commission_reopens_on_its_minutes(
    house: Deciding, api: Api, city: City, settings: Settings
) -> None:
    matter = await ended(house)
    path = f"/matters/{matter}/reopen"
    asked = {"reason": "编委会议定重新研究。", "document_id": str(city.document)}
    assert (await api("POST", path, asked, who=MAY_READ)).status_code == 403
    assert (await api("POST", path, asked, who=NEVER)).status_code == 403
    bare = await api("POST", path, {"reason": "重新研究。"}, who=MAY)
    assert bare.json()["code"] == "matter_minutes_required"
    done = await api("POST", path, asked, who=MAY)
    assert (done.status_code, done.json()["round"]) == (200, 2), done.text


async def test_the_superior_reopens_too(
    house: Deciding, api: Api, city: City, settings: Settings
) -> None:
    await give_duty(settings, NEVER, "superior_liaison")
    matter = await ended(house)
    asked = {"reason": "上级要求重新研究。", "document_id": str(city.document)}
    assert (await api("POST", f"/matters/{matter}/reopen", asked, who=NEVER)).status_code == 200
