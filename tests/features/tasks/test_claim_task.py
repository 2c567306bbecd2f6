"""Claiming: one person takes a task, everybody else learns who."""

import asyncio

from tests.builders import give_duty
from tests.conftest import Api, told
from tests.features.tasks.conftest import Cases, apart_from, one, two
from tests.people import MAY, MAY_READ, NEVER
from tests.trips import counted


async def test_a_taken_task_is_his_and_nobody_elses(api: Api, cases: Cases):
    task = await cases.task(await cases.begin(one()))
    answer = await api("POST", f"/tasks/{task}/claim", who=MAY)
    assert answer.status_code == 200, answer.text
    assert answer.json()["assignee_name"] == MAY
    mine = (await api("GET", "/tasks", who=MAY)).json()["items"]
    assert [each["id"] for each in mine] == [str(task)]
    await give_duty(cases.settings, MAY_READ, "office_case_officer")
    assert (await api("GET", "/tasks", who=MAY_READ)).json()["items"] == []


async def test_only_candidates_may(api: Api, cases: Cases):
    task = await cases.task(await cases.begin(one()))
    for who, status in ((MAY_READ, 404), (NEVER, 404), (MAY, 200), (MAY, 200)):
        assert (await api("POST", f"/tasks/{task}/claim", who=who)).status_code == status


async def test_who_is_late_learns_who_was_first(api: Api, cases: Cases):
    await give_duty(cases.settings, MAY_READ, "office_case_officer")
    task = await cases.task(await cases.begin(one()))
    answers = await asyncio.gather(
        *(api("POST", f"/tasks/{task}/claim", who=who) for who in (MAY, MAY_READ))
    )
    late = next(each for each in answers if each.status_code != 200)
    first = next(each for each in answers if each.status_code == 200)
    assert (late.status_code, late.json()["code"]) == (409, "task_taken")
    assert late.json()["facts"]["assignee_name"] == first.json()["assignee_name"]


async def test_whoever_did_what_is_kept_apart_cannot_take_it(cases: Cases):
    case = await cases.begin(two("", apart_from("look")))
    assert (await cases.complete(await cases.task(case))).status == 200
    refused = await cases.claim(await cases.task(case))
    assert (refused.status, told(refused)["code"]) == (422, "kept_apart")
    assert told(refused)["facts"] == {"did": ["看"]}


async def test_whom_the_matter_concerns_cannot_take_it(cases: Cases):
    concerned = await cases.actor(MAY)
    recuse = f"<dingbian:separation recuse='[\"{concerned}\"]'/>"
    task = await cases.task(await cases.begin(one(recuse)))
    refused = await cases.claim(task)
    assert (refused.status, told(refused)["code"]) == (422, "recused")


async def test_claiming_costs_three_round_trips(cases: Cases):
    await cases.begin(two("", apart_from("look")))
    case = await cases.start()
    with counted() as sent:
        assert (await cases.claim(await cases.task(case))).status == 200
    assert len(sent) - 1 == 3, sent  # one is the test's own
