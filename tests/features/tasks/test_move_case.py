"""Moving a case to another body: its tasks are found there, and no longer where they were."""

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.features.tasks.move_case import MoveCase
from tests.conftest import Api, told
from tests.features.tasks.conftest import Cases, one
from tests.people import MAY_READ, NEVER


async def _found(api: Api, who: str) -> list[str]:
    answer = await api("GET", "/tasks", who=who)
    return [each["id"] for each in answer.json()["items"]]


async def test_open_tasks_go_with_the_case_and_are_nobodys_again(api: Api, cases: Cases) -> None:
    case = await cases.begin(one(duty="applicant_officer"), body=cases.city.body)
    task = await cases.task(case)
    assert (await cases.claim(task, MAY_READ)).status == 200
    order = MoveCase(instance_id=case, body_id=cases.city.other_body)
    answer = await Executor(cases.database).execute(order, Caller(is_process=True))
    assert told(answer) == {
        "instance_id": str(case),
        "body_id": str(cases.city.other_body),
        "tasks": 1,
    }
    assert await _found(api, MAY_READ) == []
    assert await _found(api, NEVER) == [str(task)]
    assert (await cases.complete(task, MAY_READ)).status == 404
    assert (await cases.claim(task, NEVER)).status == 200
    assert (await cases.complete(task, NEVER)).status == 200
