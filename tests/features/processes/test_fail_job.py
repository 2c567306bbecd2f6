"""A failed attempt is made again after its pause; when none is left, an incident waits."""

from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api
from tests.features.processes.cases import rows
from tests.features.processes.outside import (
    HELD,
    later,
    pay_in_force,
    program,
    started,
    state_of,
    taken,
)
from tests.people import MAY

_FAILED = HELD | {"message": "工资系统无响应", "retry_after_s": 30}


async def test_a_failed_job_may_be_taken_again_after_its_pause(
    api: Api, settings: Settings, city: City
):
    await pay_in_force(settings)
    robot = await program(api, settings, "payroll")
    case = await started(api, city)
    (job,) = await taken(robot)
    failed = await robot(f"/jobs/{job['id']}/fail", _FAILED)
    assert failed.status_code == 200, failed.text
    told = failed.json()
    assert (told["state"], told["retries"], told["worker"]) == ("WAITING", 2, None)
    assert told["fault"] == "工资系统无响应"
    assert await taken(robot) == []
    held_no_more = await robot(f"/jobs/{job['id']}/complete", HELD)
    assert held_no_more.json()["code"] == "job_not_held"
    await later(settings, 31)
    (again,) = await taken(robot)
    assert (again["id"], again["retries"]) == (job["id"], 2)
    assert await state_of(settings, case) == ("RUNNING", 0)


async def test_the_last_failure_is_an_incident(api: Api, settings: Settings, city: City):
    await pay_in_force(settings)
    robot = await program(api, settings, "payroll")
    case = await started(api, city)
    for _ in range(3):
        (job,) = await taken(robot)
        failed = await robot(f"/jobs/{job['id']}/fail", HELD | {"message": "no"})
    assert (failed.json()["state"], failed.json()["retries"]) == ("FAILED", 0)
    assert await state_of(settings, case) == ("RUNNING", 1)
    assert await taken(robot) == []


async def test_a_worker_may_give_up_at_once(api: Api, settings: Settings, city: City):
    await pay_in_force(settings)
    robot = await program(api, settings, "payroll")
    case = await started(api, city)
    (job,) = await taken(robot)
    failed = await robot(f"/jobs/{job['id']}/fail", _FAILED | {"retries": 0})
    assert failed.json()["state"] == "FAILED"
    assert await state_of(settings, case) == ("RUNNING", 1)


async def test_a_failed_job_stays_failed_when_the_case_goes_on_without_the_next_one(
    api: Api, settings: Settings, city: City
):
    await give_duty(settings, MAY, "office_deputy")
    await pay_in_force(settings)
    robot = await program(api, settings, "payroll")
    case = await started(api, city)
    (job,) = await taken(robot)
    await robot(f"/jobs/{job['id']}/fail", _FAILED | {"retries": 0})
    (incident,) = (await api("GET", "/incidents")).json()["items"]
    retried = await api("POST", f"/incidents/{incident['id']}/retry")
    assert retried.status_code == 200, retried.text
    version = (await api("GET", f"/instances/{case}")).headers["etag"]
    ended = await api("POST", f"/instances/{case}/cancel", {"reason": "撤回"}, if_match=version)
    assert ended.status_code == 200, ended.text
    states = await rows(settings, "SELECT state FROM job ORDER BY opened_at, id")
    assert states == [("FAILED",), ("GONE",)]
