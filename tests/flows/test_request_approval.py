"""The whole way of a matter: how it begins, how it is taken back, and how it begins once more."""

from typing import Any

import pytest

from service.core.store.db import Database
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.features.matters.conftest import quota
from tests.features.matters.test_keep_request import ART16
from tests.features.processes.cases import rows
from tests.flows.counter import (
    CHAIR,
    DEPUTY,
    DIRECTOR,
    GROUP,
    INTAKE,
    OFFICER,
    UNIT,
    Counter,
    counter_of,
)
from tests.flows.test_admission import CHECKED, REASONS

ROUND = {"legality_review", "field_study"}


@pytest.fixture
async def counter(api: Api, settings: Settings, database: Database, city: City) -> Counter:
    return await counter_of(api, settings, database, city, is_whole=True)


async def filed(counter: Counter) -> str:
    """A request that its unit has written, adopted and filed."""
    matter = await counter.filed()
    await hand_in(counter, matter)
    return matter


async def hand_in(counter: Counter, matter: str) -> None:
    """Have the unit write a request and its Party group adopt it."""
    asked = quota(counter.city, 5, 6, source="INSIDE")
    request = {
        "title": "关于增加行政编制的请示",
        "main_recipient": "市委编委",
        "reasons": "任务增加。",
        "contents": [{"code": "REASONS", "text": "任务增加。"}],
        "deltas": [{**asked, "action": "CHANGE"}],
        "basis": [{"title": "工作方案", "level": "CITY"}],
        "art16": ART16,
        "open_problems": "无",
        "contact_name": "经办人",
        "contact_phone": "0717-6000000",
    }
    await counter.complete(UNIT, matter, "write_request", "submit", **request)
    minutes = {
        "decided_on": "2026-11-23",
        "minutes_document_id": str(counter.city.document),
        "present": 7,
        "opinion": "同意申报。",
    }
    await counter.complete(GROUP, matter, "party_group_decision", "adopt", **minutes)


async def withdraw(counter: Counter, matter: str, who: str, **more: Any) -> Any:
    words = {"statement": "已在内部解决。", **more}
    await counter.done(who, "POST", f"/matters/{matter}/withdraw", words)
    return await counter.matter(matter)


async def test_a_draft_is_taken_back_and_its_case_ends(counter: Counter) -> None:
    matter = await counter.filed()
    assert await counter.open_tasks(matter) == {"write_request"}
    seen = await withdraw(counter, matter, UNIT)
    assert (seen["state"], seen["outcome"]) == ("CLOSED", "E0")
    assert await counter.open_tasks(matter) == set()


async def test_a_request_is_withdrawn_while_it_is_appraised(counter: Counter) -> None:
    matter = await filed(counter)
    await counter.complete(INTAKE, matter, "intake_check", "admit", **CHECKED)
    assert await counter.open_tasks(matter) >= ROUND
    seen = await withdraw(counter, matter, UNIT, minutes_document_id=str(counter.city.document))
    assert (seen["state"], seen["outcome"]) == ("CLOSED", "E6")
    assert await counter.open_tasks(matter) == set()


async def test_what_was_returned_comes_to_the_counter_again_by_an_upheld_objection(
    counter: Counter,
) -> None:
    matter = await filed(counter)
    await counter.complete(INTAKE, matter, "intake_check", "return", **CHECKED)
    await counter.complete(INTAKE, matter, "write_explanation", **REASONS)
    await counter.complete(DEPUTY, matter, "sign_explanation", "sign")
    await counter.complete(UNIT, matter, "acknowledge_explanation")
    seen = await counter.matter(matter)
    assert (seen["state"], seen["outcome"]) == ("CLOSED", "E2")
    await counter.done(UNIT, "POST", f"/matters/{matter}/objections", {"grounds": "材料已提交。"})
    upheld = {"result": "UPHELD", "reason": "依据充分。"}
    await counter.complete(DIRECTOR, matter, "decide_objection", **upheld)
    seen = await counter.matter(matter)
    assert (seen["round"], seen["state"]) == (2, "SUBMITTED")
    await counter.complete(INTAKE, matter, "intake_check", "admit", **CHECKED)
    assert await counter.open_tasks(matter) >= ROUND


async def test_a_wrong_proposal_comes_back_to_the_counter_of_the_whole_way(
    counter: Counter,
) -> None:
    matter = await filed(counter)
    await counter.complete(INTAKE, matter, "intake_check", "not_admit", **CHECKED)
    await counter.complete(INTAKE, matter, "write_explanation", **REASONS)
    await counter.complete(DEPUTY, matter, "sign_explanation", "wrong_proposal")
    assert await counter.open_tasks(matter) == {"intake_check"}
    await counter.complete(INTAKE, matter, "intake_check", "admit", **CHECKED)
    assert await counter.open_tasks(matter) >= ROUND


async def test_the_office_gives_up_what_it_has_raised(counter: Counter) -> None:
    asked = {
        "start": "OFFICE",
        "type": "M13",
        "title": "关于收回空编的提起",
        "body_id": str(counter.city.body),
        "deltas": [quota(counter.city, 5, 4, source="INSIDE")],
    }
    matter = (await counter.done(OFFICER, "POST", "/matters/initiate", asked))["id"]
    await counter.complete(OFFICER, matter, "frame_matter", "give_up")
    await counter.complete(DEPUTY, matter, "agree_to_give_up", "agree", opinion="同意。")
    seen = await counter.matter(matter)
    assert (seen["state"], seen["outcome"]) == ("CLOSED", "E0")
    passed = await rows(
        counter.settings,
        "SELECT DISTINCT element FROM history WHERE instance_id = $1",
        seen["instance_id"],
    )
    assert ("office_starts",) in passed


async def test_the_chair_does_not_withdraw_what_a_unit_asks_for(counter: Counter) -> None:
    matter = await counter.filed()
    answer = await counter.ask(
        CHAIR, "POST", f"/matters/{matter}/withdraw", {"statement": "不同意。"}
    )
    assert answer.status_code == 403
