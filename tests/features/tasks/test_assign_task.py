"""Assigning: the heads of the office give a task to somebody, and help where nobody may do it."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.builders import give_duty
from tests.conftest import Api
from tests.contract.samples import MISSING
from tests.features.tasks.conftest import Cases, apart_from, one, two
from tests.people import MAY, MAY_READ, NEVER


@pytest.fixture(autouse=True)
async def _head(cases: Cases) -> None:
    await give_duty(cases.settings, MAY, "office_deputy")


async def assign(api: Api, task: UUID, to: UUID | str, who: str = MAY) -> Any:
    return await api("POST", f"/tasks/{task}/assign", {"assignee_id": str(to)}, who=who)


async def test_a_task_moves_from_one_inbox_to_another(api: Api, cases: Cases):
    task = await cases.task(await cases.begin(one()))
    assert (await cases.claim(task)).status == 200
    other = await cases.actor(MAY_READ)
    for who, status in ((MAY_READ, 403), (NEVER, 403), (MAY, 200)):
        answer = await assign(api, task, other, who)
        assert answer.status_code == status, answer.text
    assert answer.json()["assignee_name"] == MAY_READ
    assert (await api("GET", "/tasks?box=mine", who=MAY)).json()["items"] == []
    mine = (await api("GET", "/tasks?box=mine", who=MAY_READ)).json()["items"]
    assert [each["id"] for each in mine] == [str(task)]
    assert (await cases.complete(task, MAY_READ)).status == 200


async def test_what_nobody_may_do_is_no_incident_any_more(api: Api, cases: Cases):
    case = await cases.begin(one(duty="-"))
    task = await cases.task(case)
    waiting = "SELECT code FROM incident WHERE instance_id = $1 AND resolved_at IS NULL"
    assert await cases.database.reading.fetchval(waiting, case) == "nobody"
    assert (await assign(api, task, await cases.actor(MAY_READ))).status_code == 200
    assert await cases.database.reading.fetchval(waiting, case) is None
    assert (await cases.complete(task, MAY_READ)).status == 200


@pytest.mark.parametrize("who", [MISSING, NEVER])
async def test_only_an_active_person_with_a_duty_gets_one(api: Api, cases: Cases, who: str):
    task = await cases.task(await cases.begin(one()))
    connection = await asyncpg.connect(cases.settings.migration_database_url)
    await connection.execute("UPDATE actor SET is_active = false WHERE subject = $1", NEVER)
    await connection.close()
    to = who if who == MISSING else await cases.actor(NEVER)
    answer = await assign(api, task, to)
    assert (answer.status_code, answer.json()["code"]) == (422, "assignee_unknown")


async def test_whom_a_task_is_kept_from_does_not_get_it(api: Api, cases: Cases):
    case = await cases.begin(two("", apart_from("look")))
    assert (await cases.complete(await cases.task(case))).status == 200
    answer = await assign(api, await cases.task(case), await cases.actor(MAY))
    assert (answer.status_code, answer.json()["code"]) == (422, "kept_apart")


async def test_what_is_over_is_not_assigned(api: Api, cases: Cases):
    task = await cases.task(await cases.begin(one()))
    assert (await cases.complete(task)).status == 200
    answer = await assign(api, task, await cases.actor(MAY_READ))
    assert (answer.status_code, answer.json()["code"]) == (409, "task_over")
