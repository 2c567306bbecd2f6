"""Comments: whoever may do a task says something about it, and it stays as it was said."""

from tests.builders import give_duty
from tests.conftest import Api
from tests.features.tasks.conftest import Cases, one
from tests.people import MAY, MAY_READ, NEVER


async def test_what_was_said_is_shown_with_the_task(api: Api, cases: Cases):
    task = await cases.task(await cases.begin(one()))
    body = {"text": "材料齐全。"}
    for who, status in ((MAY_READ, 404), (NEVER, 404), (MAY, 201)):
        answer = await api("POST", f"/tasks/{task}/comments", body, who=who)
        assert answer.status_code == status, answer.text
    shown = (await api("GET", f"/tasks/{task}", who=MAY_READ)).json()["comments"]
    assert shown == [answer.json()]
    assert (shown[0]["text"], shown[0]["actor_name"]) == ("材料齐全。", MAY)


async def test_the_office_comments_on_what_others_do(api: Api, cases: Cases):
    task = await cases.task(await cases.begin(one(duty="applicant_officer")))
    assert (await api("POST", f"/tasks/{task}/comments", {"text": "请补充。"})).status_code == 201
    await give_duty(cases.settings, NEVER, "audit_admin")
    answer = await api("POST", f"/tasks/{task}/comments", {"text": "?"}, who=NEVER)
    assert answer.status_code == 404


async def test_nothing_is_said_about_what_is_over(api: Api, cases: Cases):
    task = await cases.task(await cases.begin(one()))
    assert (await cases.complete(task)).status == 200
    answer = await api("POST", f"/tasks/{task}/comments", {"text": "晚了"})
    assert (answer.status_code, answer.json()["code"]) == (409, "task_over")
    empty = await api("POST", f"/tasks/{task}/comments", {"text": "  "})
    assert (empty.status_code, empty.json()["code"]) == (422, "invalid_input")
