"""An objection to an end: answered by somebody else, and what is upheld is worked on anew."""

from typing import Any

import pytest

from service.core.store.db import Database
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.flows.counter import CHAIR, DEPUTY, DIRECTOR, INTAKE, UNIT, Counter, counter_of
from tests.flows.test_admission import CHECKED, REASONS

GROUNDS = {"grounds": "依据已于补正时提交。"}
UPHELD: dict[str, Any] = {"result": "UPHELD", "reason": "依据充分。", "struck_hits": [1]}
DISMISSED: dict[str, Any] = {"result": "DISMISSED", "reason": "依据不足。"}


@pytest.fixture
async def counter(api: Api, settings: Settings, database: Database, city: City) -> Counter:
    return await counter_of(api, settings, database, city)


async def refused(counter: Counter) -> str:
    """A request that only rests on a departmental rule, and was not admitted."""
    rule = [{"level": "DEPARTMENTAL_RULE", "title": "某部门办法", "article": "第一条"}]
    matter = await counter.filed(basis=rule)
    await counter.complete(INTAKE, matter, "intake_check", "not_admit", **CHECKED)
    await counter.complete(INTAKE, matter, "write_explanation", **REASONS)
    await counter.complete(DEPUTY, matter, "sign_explanation", "sign")
    await counter.complete(UNIT, matter, "acknowledge_explanation")
    await counter.done(UNIT, "POST", f"/matters/{matter}/objections", GROUNDS)
    return matter


async def test_what_is_upheld_is_taken_in_in_a_new_round(counter: Counter) -> None:
    matter = await refused(counter)
    number = (await counter.matter(matter))["number"]
    hidden = await counter.not_completed(DEPUTY, matter, "decide_objection", **UPHELD)
    assert hidden == "not_found"
    await counter.complete(DIRECTOR, matter, "decide_objection", **UPHELD)
    seen = await counter.matter(matter)
    assert (seen["round"], seen["state"], seen["number"]) == (2, "SUBMITTED", number)
    assert seen["prohibitions"] == []
    assert await counter.open_tasks(matter) == {"intake_check"}
    await counter.complete(INTAKE, matter, "intake_check", "admit", **CHECKED)
    assert (await counter.matter(matter))["state"] == "ADMITTED"
    (objection,) = (await counter.done(UNIT, "GET", f"/matters/{matter}/objections"))["items"]
    answer = await counter.paper(objection["answer_document_id"])
    assert (answer["kind"], answer["data"]["result"]) == ("OBJECTION_ANSWER", "异议成立")


async def test_what_nobody_answers_goes_to_the_chair(counter: Counter) -> None:
    matter = await refused(counter)
    await counter.wait(8)
    assert await counter.open_tasks(matter) == {"decide_objection_as_chair"}
    await counter.complete(CHAIR, matter, "decide_objection_as_chair", **DISMISSED)
    seen = await counter.matter(matter)
    assert (seen["state"], seen["outcome"], seen["round"]) == ("CLOSED", "E3", 1)
    (objection,) = (await counter.done(UNIT, "GET", f"/matters/{matter}/objections"))["items"]
    assert (objection["result"], objection["decided_by_name"]) == ("DISMISSED", CHAIR)
