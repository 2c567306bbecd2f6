"""A worker that needs longer keeps its job."""

from uuid import uuid4

from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.features.processes.outside import HELD, later, pay_in_force, program, started, taken


async def test_a_longer_lock_keeps_the_job_from_others(api: Api, settings: Settings, city: City):
    await pay_in_force(settings)
    robot = await program(api, settings, "payroll")
    await started(api, city)
    (job,) = await taken(robot)
    longer = await robot(f"/jobs/{job['id']}/extend", HELD | {"lock_s": 600})
    assert longer.status_code == 200
    assert longer.json()["due_at"] > job["due_at"]
    await later(settings, 120)
    assert await taken(robot, worker="w2") == []
    await later(settings, 600)
    assert len(await taken(robot, worker="w2")) == 1
    refused = await robot(f"/jobs/{job['id']}/extend", HELD | {"lock_s": 600})
    assert (refused.status_code, refused.json()["code"]) == (409, "job_not_held")
    assert (await robot(f"/jobs/{uuid4()}/extend", HELD | {"lock_s": 1})).status_code == 404
