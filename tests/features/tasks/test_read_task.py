"""A task as it is opened: form, data, what may be done and why not, and what went before."""

from typing import Any

from tests.builders import give_duty
from tests.conftest import Api
from tests.features.tasks.conftest import ACTIONS, FORM, WITH_FORM, Cases, apart_from, one, two
from tests.features.tasks.test_countersign import people, voting
from tests.people import MAY, MAY_READ, NEVER

_FORMS = {"forms/opinion.schema.json": FORM}


async def shown(api: Api, task: Any, who: str = MAY) -> dict[str, Any]:
    answer = await api("GET", f"/tasks/{task}", who=who)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def open_ways(told: dict[str, Any]) -> set[str]:
    return {name for name, way in told["ways"].items() if way["is_open"]}


async def test_it_has_its_form_its_data_and_its_actions(api: Api, cases: Cases):
    given = {"posts": 3, "from": "2026-12-01", "who": {"name": "甲"}}
    case = await cases.begin(one(ACTIONS + WITH_FORM), files=_FORMS, variables=given)
    task = await cases.task(case)
    answer = await api("GET", f"/tasks/{task}")
    assert answer.headers["etag"] == '"1"'
    told = answer.json()
    assert told["form"]["required"] == ["posts"]
    assert told["data"] == given
    assert [(each["id"], each["needs_comment"]) for each in told["actions"]] == [
        ("agree", False),
        ("return", True),
    ]
    assert all(each["is_open"] for each in told["actions"])
    assert open_ways(told) == {"claim", "complete", "comment"}
    assert told["groups"] == [f"office_case_officer@{cases.city.body}"]
    assert (await api("GET", f"/tasks/{task}", if_none_match='"1"')).status_code == 304


async def test_who_may_only_see_learns_why(api: Api, cases: Cases):
    task = await cases.task(await cases.begin(one(ACTIONS)))
    told = await shown(api, task, MAY_READ)
    assert open_ways(told) == set()
    assert {each["code"] for each in told["actions"]} == {"not_allowed"}
    assert all(each["detail"] and each["detail_en"] for each in told["actions"])
    assert (await api("GET", f"/tasks/{task}", who=NEVER)).status_code == 404


async def test_what_is_shown_as_refused_is_refused(api: Api, cases: Cases):
    await give_duty(cases.settings, MAY_READ, "office_case_officer")
    case = await cases.begin(two("", apart_from("look")))
    first = await cases.task(case)
    assert (await cases.complete(first)).status == 200
    task = await cases.task(case)
    assert (await shown(api, task))["ways"]["complete"]["code"] == "kept_apart"
    assert open_ways(await shown(api, task, MAY_READ)) == {"claim", "complete", "comment"}
    assert (await cases.claim(task, MAY_READ)).status == 200
    assert (await shown(api, task))["ways"]["claim"]["code"] == "task_taken"
    assert open_ways(await shown(api, task, MAY_READ)) == {"release", "complete", "comment"}
    over = await shown(api, first)
    assert {way["code"] for way in over["ways"].values()} <= {"task_over", "not_allowed"}
    assert over["data"] is None
    assert open_ways(over) == set()


async def test_each_round_sees_its_own_variables(api: Api, cases: Cases):
    members = await people(cases.settings, 3)
    case = await cases.begin(voting('rule="all"'), variables={"members": [*members.values()]})
    for each in await cases.tasks(case):
        data = (await shown(api, each["id"]))["data"]
        assert data["member"] == str(each["assignee_id"])
        assert data["members"] == [*members.values()]


async def test_the_deadline_tells_how_it_is_counted(api: Api, cases: Cases):
    task = await cases.task(await cases.begin(one('<dingbian:deadline days="5"/>')))
    told = await shown(api, task)
    assert told["due_at"] == "2026-12-01T16:00:00Z"
    assert (told["deadline"]["days"], told["deadline"]["counted_from"]) == (5, "2026-11-24")
