"""Completing: in one of the declared ways, with data that fit, by somebody who may."""

import asyncio
from typing import Any

import pytest

from tests.builders import give_duty
from tests.conftest import Api, told
from tests.diagrams import END, START, user_task
from tests.features.tasks.conftest import ACTIONS, FORM, WITH_FORM, Cases, apart_from, one, two
from tests.people import MAY, MAY_READ, NEVER
from tests.trips import counted

_FORMS = {"forms/opinion.schema.json": FORM}


async def test_the_case_goes_on_with_the_action_and_who_took_it(api: Api, cases: Cases):
    case = await cases.begin(two(ACTIONS))
    task = await cases.task(case)
    for who, status in ((MAY_READ, 404), (NEVER, 404), (MAY, 200)):
        body = {"action": "agree", "comment": "同意。", "variables": {"posts": 3}}
        answer = await api("POST", f"/tasks/{task}/complete", body, who=who, if_match='"1"')
        assert answer.status_code == status, answer.text
    assert (answer.json()["state"], answer.json()["action"]) == ("COMPLETED", "agree")
    following = await api("GET", f"/tasks/{await cases.task(case)}")
    assert following.json()["data"] == {
        "posts": 3,
        "action": "agree",
        "action_by": str(await cases.actor(MAY)),
    }
    before = following.json()["before"]
    assert [(each["name"], each["action"], each["comment"]) for each in before] == [
        ("看", "agree", "同意。")
    ]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "action_unknown"),
        ({"action": "reject"}, "action_unknown"),
        ({"action": "return"}, "comment_required"),
        ({"action": "return", "comment": " "}, "comment_required"),
        ({"action": "agree", "variables": {"posts": 0}}, "form_faulty"),
        ({"action": "agree"}, "form_faulty"),
        ({"action": "return", "comment": "缺材料", "variables": {"posts": 1}}, "form_faulty"),
    ],
)
async def test_what_an_action_asks_for_must_be_there(
    cases: Cases, given: dict[str, Any], code: str
):
    case = await cases.begin(one(ACTIONS + WITH_FORM), files=_FORMS)
    refused = await cases.complete(await cases.task(case), **given)
    assert (refused.status, told(refused)["code"]) == (422, code)


@pytest.mark.parametrize(
    "given",
    [
        {"action": "agree", "variables": {"posts": 2}},
        {"action": "return", "comment": "缺材料"},
    ],
)
async def test_what_fits_is_done(cases: Cases, given: dict[str, Any]):
    case = await cases.begin(one(ACTIONS + WITH_FORM), files=_FORMS)
    done = await cases.complete(await cases.task(case), **given)
    assert done.status == 200, done.body
    assert await cases.tasks(case) == []


async def test_a_faulty_form_is_told_place_by_place(cases: Cases):
    case = await cases.begin(one(WITH_FORM), files=_FORMS)
    refused = await cases.complete(await cases.task(case), variables={"posts": 0, "more": 1})
    faults = told(refused)["facts"]["faults"]
    assert [each["pointer"] for each in faults] == ["", "/posts"]
    assert all(each["detail"] and each["detail_en"] for each in faults)


async def test_a_task_without_actions_takes_none(cases: Cases):
    refused = await cases.complete(await cases.task(await cases.begin(one())), action="agree")
    assert (refused.status, told(refused)["code"]) == (422, "action_unknown")


async def test_whoever_did_what_is_kept_apart_cannot_complete_it(cases: Cases):
    case = await cases.begin(two("", apart_from("look")))
    assert (await cases.complete(await cases.task(case))).status == 200
    refused = await cases.complete(await cases.task(case))
    assert (refused.status, told(refused)["code"]) == (422, "kept_apart")
    await give_duty(cases.settings, MAY_READ, "office_case_officer")
    assert (await cases.complete(await cases.task(case), MAY_READ)).status == 200


async def test_who_does_both_at_once_does_only_one(cases: Cases):
    """Side by side, each kept apart from the other: whichever waits for the lock is refused."""
    inside = (
        START
        + '<parallelGateway id="fork"/><parallelGateway id="join"/>'
        + user_task("a", apart_from("b"))
        + user_task("b", apart_from("a"))
        + END
        + "".join(
            f'<sequenceFlow id="{one}_{other}" sourceRef="{one}" targetRef="{other}"/>'
            for one, other in (
                ("start", "fork"),
                ("fork", "a"),
                ("fork", "b"),
                ("a", "join"),
                ("b", "join"),
                ("join", "end"),
            )
        )
    )
    case = await cases.begin(inside)
    for _ in range(8):
        both = [each["id"] for each in await cases.tasks(case)]
        answers = await asyncio.gather(*(cases.complete(each) for each in both))
        assert sorted(each.status for each in answers) == [200, 422]
        case = await cases.start()


async def test_a_stale_version_is_refused(api: Api, cases: Cases):
    task = await cases.task(await cases.begin(one()))
    assert (await cases.claim(task)).status == 200
    answer = await api("POST", f"/tasks/{task}/complete", {}, if_match='"1"')
    assert (answer.status_code, answer.json()["code"]) == (412, "version_mismatch")
    answer = await api("POST", f"/tasks/{task}/complete", {}, if_match='"2"')
    assert answer.status_code == 200, answer.text
    again = await api("POST", f"/tasks/{task}/complete", {}, if_match='"3"')
    assert (again.status_code, again.json()["code"]) == (409, "task_over")


async def test_completing_costs_three_round_trips(cases: Cases):
    await cases.begin(two(ACTIONS + WITH_FORM, apart_from("look")), files=_FORMS)
    case = await cases.start()
    task = await cases.task(case)
    with counted() as sent:
        done = await cases.complete(task, action="agree", comment="同意", variables={"posts": 1})
        assert done.status == 200, done.body
    assert len(sent) - 1 == 3, sent  # one is the test's own
