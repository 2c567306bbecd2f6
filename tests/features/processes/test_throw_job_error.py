"""An error of the business goes where the diagram catches it, else it is an incident."""

from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.features.processes.outside import (
    HELD,
    job,
    pay_in_force,
    program,
    started,
    state_of,
    taken,
)

_SHARED = '<error id="closed" errorCode="ACCOUNT_CLOSED"/>'
_CAUGHT = diagram(
    "caught",
    chain(START, job("update", "payroll.update"), END)
    + '<boundaryEvent id="on_closed" attachedToRef="update"><errorEventDefinition'
    ' errorRef="closed"/></boundaryEvent>' + user_task("repair") + '<endEvent id="repaired"/>'
    '<sequenceFlow id="a" sourceRef="on_closed" targetRef="repair"/>'
    '<sequenceFlow id="b" sourceRef="repair" targetRef="repaired"/>',
    _SHARED,
)
_ERROR = HELD | {"code": "ACCOUNT_CLOSED", "message": "账户已注销", "variables": {"since": "2025"}}


async def test_a_caught_error_takes_the_way_drawn_for_it(api: Api, settings: Settings, city: City):
    await in_force(settings, "caught", {"caught.bpmn": _CAUGHT}, "caught")
    robot = await program(api, settings, "payroll")
    case = await started(api, city, "caught")
    (held,) = await taken(robot)
    thrown = await robot(f"/jobs/{held['id']}/throw-error", _ERROR)
    assert (thrown.status_code, thrown.json()["state"]) == (200, "DONE"), thrown.text
    assert await state_of(settings, case) == ("RUNNING", 0)


async def test_an_uncaught_error_is_an_incident(api: Api, settings: Settings, city: City):
    await pay_in_force(settings)
    robot = await program(api, settings, "payroll")
    case = await started(api, city)
    (held,) = await taken(robot)
    thrown = await robot(f"/jobs/{held['id']}/throw-error", _ERROR)
    told = thrown.json()
    assert (told["state"], told["fault"]) == ("FAILED", "ACCOUNT_CLOSED: 账户已注销")
    assert await state_of(settings, case) == ("RUNNING", 1)
