"""Releasing: what one has taken goes back to all who may take it."""

from tests.builders import give_duty
from tests.conftest import Api, told
from tests.features.tasks.conftest import Cases, one
from tests.people import MAY, MAY_READ, NEVER


async def test_its_candidates_find_it_again(api: Api, cases: Cases):
    task = await cases.task(await cases.begin(one()))
    await give_duty(cases.settings, MAY_READ, "office_case_officer")
    assert (await cases.claim(task)).status == 200
    for who, status in ((NEVER, 404), (MAY_READ, 409), (MAY, 200)):
        answer = await api("POST", f"/tasks/{task}/release", who=who)
        assert answer.status_code == status, answer.text
    assert answer.json()["assignee_id"] is None
    found = (await api("GET", "/tasks?box=offered", who=MAY_READ)).json()["items"]
    assert [each["id"] for each in found] == [str(task)]
    assert (await cases.claim(task, MAY_READ)).status == 200


async def test_what_nobody_has_cannot_be_given_back(api: Api, cases: Cases):
    task = await cases.task(await cases.begin(one()))
    answer = await api("POST", f"/tasks/{task}/release")
    assert (answer.status_code, answer.json()["code"]) == (409, "task_not_taken")


async def test_what_the_diagram_gave_to_one_person_stays_his(api: Api, cases: Cases):
    assigned = f'<zeebe:assignmentDefinition assignee="{await cases.actor(MAY)}"/>'
    task = await cases.task(await cases.begin(one(assigned, duty="-")))
    answer = await api("POST", f"/tasks/{task}/release")
    assert (answer.status_code, answer.json()["code"]) == (409, "task_not_taken")
    assert told(await cases.complete(task))["state"] == "COMPLETED"
