"""A diagram is shown as it was drawn, with marks of where the case stands and how it came there."""

from typing import Any

from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.features.processes.outside import HELD, program, taken
from tests.features.processes.work import INNER, WORK, begun, looked, work_in_force


def marks(told: dict[str, Any]) -> dict[str, tuple[int, int, int, int]]:
    return {
        each["element"]: (each["entered"], each["left"], each["active"], each["incidents"])
        for each in told["elements"]
    }


async def test_marks_say_what_is_active_what_was_left_and_where_an_incident_waits(
    api: Api, settings: Settings, city: City
):
    await work_in_force(settings)
    case = await begun(api, city)
    told = (await api("GET", f"/instances/{case}/diagram")).json()
    assert told["xml"] == WORK
    assert (told["process"], told["path"], told["number"]) == ("work", "work.bpmn", 1)
    assert marks(told) == {"work": (1, 0, 1, 0), "start": (1, 1, 0, 0), "look": (1, 0, 1, 0)}
    await looked(api, case, number="1")
    robot = await program(api, settings, "payroll")
    (job,) = await taken(robot)
    await robot(f"/jobs/{job['id']}/fail", HELD | {"message": "no", "retries": 0})
    told = (await api("GET", f"/instances/{case}/diagram")).json()
    seen = marks(told)
    assert seen["look"] == (1, 1, 0, 0)
    assert seen["split"] == (1, 1, 0, 0)
    assert seen["pay"] == (1, 0, 1, 1)
    assert seen["sign"] == (1, 0, 1, 0)
    assert "answer" not in seen
    flows = ("f_look", "f_split", "f_pay", "f_reply", "f_ask", "f_sign")
    assert {each["flow"]: each["taken"] for each in told["flows"]} == dict.fromkeys(flows, 1)
    assert told["processes"] == ["inner", "work"]


async def test_a_called_process_has_its_own_diagram(api: Api, settings: Settings, city: City):
    await work_in_force(settings)
    case = await begun(api, city)
    told = await looked(api, case, number="1")
    by_id = await api("GET", f"/instances/{told['called'][0]['id']}/diagram")
    by_name = await api("GET", f"/instances/{case}/diagram?process=inner")
    assert by_id.json() == by_name.json()
    assert by_id.json()["xml"] == INNER
    assert marks(by_id.json())["answer"] == (1, 0, 1, 0)
    nothing = await api("GET", f"/instances/{case}/diagram?process=elsewhere")
    assert nothing.status_code == 404


async def test_a_done_job_is_left_behind(api: Api, settings: Settings, city: City):
    await work_in_force(settings)
    case = await begun(api, city)
    await looked(api, case, number="1")
    robot = await program(api, settings, "payroll")
    (job,) = await taken(robot)
    await robot(f"/jobs/{job['id']}/complete", HELD)
    told = (await api("GET", f"/instances/{case}/diagram")).json()
    assert marks(told)["pay"] == (1, 1, 0, 0)
    assert {"flow": "e_pay", "taken": 1} in told["flows"]
