"""Retrying an incident: by people, of the diagram's faults and of what was refused."""

from typing import Any

from service.core.store.db import Database
from service.features.processes.publish_message import PublishMessage
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api, Do
from tests.diagrams import END, START, chain, diagram, in_force
from tests.features.processes.cases import (
    ORDER,
    message,
    pass_time,
    rows,
    started,
    waits,
    worked,
)
from tests.people import MAY, MAY_READ, NEVER

_PAUSE = (
    '<intermediateCatchEvent id="pause"><timerEventDefinition><timeDuration>PT1H</timeDuration>'
    "</timerEventDefinition></intermediateCatchEvent>"
)
_TIMER = {"p.bpmn": diagram("pausing", chain(START, _PAUSE, ORDER, END))}
_LATER = {"later.bpmn": diagram("later", chain(START, END))}
_FAULT = {
    "f.bpmn": diagram(
        "faulty",
        chain(
            START,
            '<scriptTask id="halve"><extensionElements><zeebe:script expression="=posts / 2" '
            'resultVariable="half"/></extensionElements></scriptTask>',
            END,
        ),
    )
}


async def _only(api: Api, who: str = MAY) -> dict[str, Any]:
    (found,) = (await api("GET", "/incidents", who=who)).json()["items"]
    incident: dict[str, Any] = found
    return incident


async def test_a_fault_of_the_diagram_is_retried_once_its_cause_is_gone(
    api: Api, settings: Settings, city: City
):
    await in_force(settings, "f", _FAULT, "faulty")
    await give_duty(settings, MAY, "office_director")
    case = await started(api, "faulty", city, posts="many")
    assert case["incidents"] == 1
    first = await _only(api)
    assert (first["kind"], first["attempts"]) == ("step", 1)
    again = await api("POST", f"/incidents/{first['id']}/retry")
    assert again.status_code == 200
    assert again.json()["resolved_at"] is not None
    second = await _only(api)
    assert second["attempts"] == 2
    body = {"variables": {"posts": 4}, "reason": "录入有误"}
    path = f"/instances/{case['id']}/set-variables"
    assert (await api("POST", path, body, if_match='"3"')).status_code == 200
    assert (await api("POST", f"/incidents/{second['id']}/retry")).status_code == 200
    assert await rows(settings, "SELECT state, incidents FROM instance") == [("COMPLETED", 0)]


async def test_a_refused_timer_is_given_again_before_its_time(
    api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "p", _TIMER, "pausing")
    await give_duty(settings, MAY, "office_deputy")
    await started(api, "pausing", city)
    await pass_time(settings, hours=1)
    await worked(database)
    path = f"/incidents/{(await _only(api))['id']}/retry"
    refused = await api("POST", path)
    assert (refused.status_code, refused.json()["code"]) == (404, "process_missing")
    await in_force(settings, "later", _LATER, "later")
    done = await api("POST", path)
    assert done.status_code == 200
    assert done.json()["resolved_at"] is not None
    assert await rows(settings, "SELECT DISTINCT state FROM instance") == [("COMPLETED",)]
    over = await api("POST", path)
    assert (over.status_code, over.json()["code"]) == (409, "nothing_to_retry")


async def test_a_refused_message_is_given_again(
    do: Do, api: Api, settings: Settings, database: Database, city: City
):
    drawn = diagram("waiting", chain(START, waits(), ORDER, END), message())
    await in_force(settings, "wait", {"wait.bpmn": drawn}, "waiting")
    await give_duty(settings, MAY, "office_deputy")
    await started(api, "waiting", city, no="7")
    await do(PublishMessage(message="reply", correlation_key="7"))
    await worked(database)
    await in_force(settings, "later", _LATER, "later")
    done = await api("POST", f"/incidents/{(await _only(api))['id']}/retry")
    assert done.status_code == 200, done.text
    assert await rows(settings, "SELECT count(*) FROM message WHERE taken_by IS NOT NULL") == [(1,)]


async def test_a_task_that_nobody_may_do_is_not_retried(api: Api, settings: Settings, city: City):
    drawn = diagram("lonely", chain(START, '<userTask id="look"/>', END))
    await in_force(settings, "lonely", {"lonely.bpmn": drawn}, "lonely")
    await give_duty(settings, MAY, "office_deputy")
    await started(api, "lonely", city)
    found = await _only(api)
    assert found["kind"] == "task"
    refused = await api("POST", f"/incidents/{found['id']}/retry")
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_retry")


async def test_authors_read_incidents_and_leaders_retry_them(
    api: Api, settings: Settings, city: City
):
    await in_force(settings, "f", _FAULT, "faulty")
    await started(api, "faulty", city, posts="many")
    await give_duty(settings, MAY_READ, "process_author")
    path = f"/incidents/{(await _only(api, MAY_READ))['id']}"
    assert (await api("GET", path, who=MAY_READ)).status_code == 200
    for who in (MAY, MAY_READ, NEVER):
        assert (await api("POST", f"{path}/retry", who=who)).status_code == 403
    assert (await api("GET", path, who=NEVER)).status_code == 403
