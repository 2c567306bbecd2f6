"""Objecting to an end: by the unit, in time, once, answered by somebody who has not signed it."""

import pytest

from service.features.matters.decide_objection import DecideObjection
from service.settings import Settings
from tests.conftest import Api, told
from tests.features.matters.after_the_end import ended, rules_in_force
from tests.features.matters.conftest import Deciding, Order
from tests.features.meetings.conftest import DEPUTIES, DIRECTOR
from tests.features.processes.cases import pass_time
from tests.people import MAY, MAY_READ, NEVER

GROUNDS = {"grounds": "所称缺少的材料已提交。"}


@pytest.fixture
async def house(deciding: Deciding, settings: Settings) -> Deciding:
    await rules_in_force(settings)
    return deciding


def answering(house: Deciding, objection: str, by: str = DIRECTOR) -> DecideObjection:
    return DecideObjection.model_validate(
        {
            "objection_id": objection,
            "result": "UPHELD",
            "reason": "材料确已提交。",
            "struck_hits": [1],
            "decided_by": house.person(by),
            "basis": [{"level": "INTERNAL", "title": "市委编办异议办法"}],
            "series": "青编批",
            "contact": "市委编办",
        }
    )


async def test_the_unit_objects_and_a_case_begins_that_answers(house: Deciding, api: Api) -> None:
    matter = await ended(house)
    path = f"/matters/{matter}/objections"
    answers = {
        who: (await api("POST", path, GROUNDS, who=who)).status_code for who in (MAY, NEVER, None)
    }
    assert answers == {MAY: 403, NEVER: 404, None: 401}
    filed = await api("POST", path, GROUNDS, who=MAY_READ)
    assert filed.status_code == 201, filed.text
    case = (await api("GET", f"/instances/{filed.json()['instance_id']}")).json()
    assert (case["process"], case["business_key"]) == ("matter_objection", matter)
    listed = (await api("GET", path, who=MAY_READ)).json()["items"]
    assert [(each["outcome"], each["result"]) for each in listed] == [("E2", None)]
    assert (await api("GET", path, who=NEVER)).status_code == 404


async def test_one_end_is_objected_to_once(house: Deciding, api: Api) -> None:
    matter = await ended(house)
    path = f"/matters/{matter}/objections"
    assert (await api("POST", path, GROUNDS, who=MAY_READ)).status_code == 201
    again = (await api("POST", path, GROUNDS, who=MAY_READ)).json()
    assert again["code"] == "objection_inadmissible"


@pytest.mark.parametrize(("days", "status"), [(7, 201), (8, 422)])
async def test_five_working_days_after_its_receipt_it_is_too_late(
    house: Deciding, api: Api, settings: Settings, days: int, status: int
) -> None:
    matter = await ended(house)
    await pass_time(settings, days=days)
    answer = await api("POST", f"/matters/{matter}/objections", GROUNDS, who=MAY_READ)
    assert answer.status_code == status, answer.text


async def test_what_still_runs_is_not_objected_to(house: Deciding, api: Api) -> None:
    matter = await house.filed()
    refused = await api("POST", f"/matters/{matter}/objections", GROUNDS, who=MAY_READ)
    assert refused.json()["code"] == "matter_moved"


async def test_the_answer_is_a_paper_by_somebody_else_than_the_signer_of_the_end(
    house: Deciding, api: Api, order: Order
) -> None:
    matter = await ended(house)
    path = f"/matters/{matter}/objections"
    objection = (await api("POST", path, GROUNDS, who=MAY_READ)).json()["id"]
    signer = told(await order(answering(house, objection, DEPUTIES[0])))
    assert signer["code"] == "matter_not_three_people"
    answered = await house.done(answering(house, objection))
    assert (answered["result"], answered["decided_by_name"]) == ("UPHELD", DIRECTOR)
    document = f"/documents/{answered['answer_document_id']}/content"
    paper = (await api("GET", document, who=MAY_READ)).json()
    assert (paper["kind"], paper["data"]["result"]) == ("OBJECTION_ANSWER", "异议成立")
    again = told(await order(answering(house, objection)))
    assert again["code"] == "objection_decided"
