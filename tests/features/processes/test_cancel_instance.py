"""Cancelling a case: it ends where it stands, and nothing of it waits any more."""

from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.features.processes.cases import rows, started
from tests.people import MAY, MAY_READ, NEVER

_TIMER = (
    '<boundaryEvent id="late" attachedToRef="look" cancelActivity="false"><timerEventDefinition>'
    "<timeDuration>P3D</timeDuration></timerEventDefinition></boundaryEvent>"
    '<endEvent id="told"/><sequenceFlow id="tell" sourceRef="late" targetRef="told"/>'
)
_ONE = {"one.bpmn": diagram("one", chain(START, user_task("look"), END) + _TIMER)}
_WHY = {"reason": "申请单位撤回申请"}


async def test_a_cancelled_case_waits_for_nothing(api: Api, settings: Settings, city: City):
    await in_force(settings, "one", _ONE, "one")
    await give_duty(settings, MAY, "office_deputy")
    case = await started(api, "one", city)
    answer = await api(
        "POST", f"/instances/{case['id']}/cancel", _WHY, if_match=f'"{case["version"]}"'
    )
    assert (answer.status_code, answer.json()["state"]) == (200, "CANCELLED"), answer.text
    left = "SELECT (SELECT count(*) FROM timer), (SELECT count(*) FROM inbox)"
    assert await rows(settings, left) == [(0, 0)]
    assert await rows(settings, "SELECT state FROM task") == [("CANCELLED",)]
    told = "SELECT asked->>'reason' FROM audit WHERE command = 'processes.cancel_instance'"
    assert await rows(settings, told) == [("申请单位撤回申请",)]


async def test_a_case_is_cancelled_once(api: Api, settings: Settings, city: City):
    await in_force(settings, "one", _ONE, "one")
    await give_duty(settings, MAY, "office_deputy")
    path = f"/instances/{(await started(api, 'one', city))['id']}/cancel"
    assert (await api("POST", path, _WHY)).status_code == 428
    assert (await api("POST", path, _WHY, if_match='"1"')).status_code == 412
    assert (await api("POST", path, _WHY, if_match='"2"')).status_code == 200
    again = await api("POST", path, _WHY, if_match='"3"')
    assert (again.status_code, again.json()["code"]) == (409, "instance_ended")


async def test_only_the_leaders_of_the_office_cancel(api: Api, settings: Settings, city: City):
    await in_force(settings, "one", _ONE, "one")
    case = await started(api, "one", city)
    for who in (MAY, MAY_READ, NEVER):
        path = f"/instances/{case['id']}/cancel"
        answer = await api("POST", path, _WHY, who=who, if_match='"2"')
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
