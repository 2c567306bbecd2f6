"""Taking jobs: each is one worker's, for a while; waiting costs nothing."""

import asyncio
import time

from fastapi import FastAPI

from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, in_force
from tests.features.processes.outside import (
    TAKE,
    job,
    later,
    pay_in_force,
    program,
    started,
    taken,
)
from tests.people import MAY, MAY_READ, NEVER


async def test_a_worker_gets_the_job_with_all_it_needs(api: Api, settings: Settings, city: City):
    await pay_in_force(settings)
    robot = await program(api, settings, "payroll")
    case = await started(api, city, amount=12.5, name="青澜", day="2026-03-01")
    (job,) = await taken(robot)
    assert (job["instance_id"], job["element"], job["type"]) == (case, "update", "payroll.update")
    assert job["variables"] == {"amount": 12.5, "name": "青澜", "day": "2026-03-01"}
    assert job["headers"] == {"system": "工资"}
    assert (job["business_key"], job["retries"], job["worker"]) == ("青编〔2026〕1号", 3, "w1")


async def test_values_of_the_flow_go_out_as_the_wire_has_them(
    api: Api, settings: Settings, city: City
):
    mapping = (
        '<zeebe:ioMapping><zeebe:input source="=date(&quot;2026-03-01&quot;)" target="day"/>'
        '<zeebe:input source="=0.10" target="share"/></zeebe:ioMapping>'
    )
    file = diagram("typed", chain(START, job("do", "payroll.update", mapping), END))
    await in_force(settings, "typed", {"typed.bpmn": file}, "typed")
    robot = await program(api, settings, "payroll")
    await started(api, city, "typed")
    (got,) = await taken(robot)
    assert got["variables"] == {"day": "2026-03-01", "share": 0.1}


async def test_a_job_is_not_given_twice_until_its_lock_runs_out(
    api: Api, settings: Settings, city: City
):
    await pay_in_force(settings)
    robot = await program(api, settings, "payroll")
    await started(api, city)
    assert len(await taken(robot)) == 1
    assert await taken(robot, worker="w2") == []
    await later(settings, 61)
    (again,) = await taken(robot, worker="w2")
    assert again["worker"] == "w2"


async def test_workers_at_once_never_share_a_job(api: Api, settings: Settings, city: City):
    await pay_in_force(settings)
    robot = await program(api, settings, "payroll")
    cases = {await started(api, city) for _ in range(12)}
    asked = [taken(robot, worker=f"w{n}", max_jobs=3) for n in range(8)]
    got = [job["instance_id"] for jobs in await asyncio.gather(*asked) for job in jobs]
    got += [job["instance_id"] for job in await taken(robot, max_jobs=12)]
    assert sorted(got) == sorted(cases)


async def test_a_lost_answer_can_be_asked_for_again_and_an_empty_one_is_not_kept(
    api: Api, settings: Settings, city: City
):
    await pay_in_force(settings)
    robot = await program(api, settings, "payroll")
    assert (await robot("/jobs/activate", TAKE, key="k")).json() == {"jobs": []}
    await started(api, city)
    first = await robot("/jobs/activate", TAKE, key="k")
    again = await robot("/jobs/activate", TAKE | {"wait_s": 0}, key="k")
    assert len(first.json()["jobs"]) == 1
    assert again.content == first.content
    assert again.headers["idempotent-replayed"] == "true"


async def test_waiting_holds_no_connection_and_ends_with_the_job(
    app: FastAPI, api: Api, settings: Settings, city: City
):
    """More workers wait than the pools have connections, while everything else goes on."""
    await pay_in_force(settings)
    robot = await program(api, settings, "payroll")
    waiting = [
        asyncio.ensure_future(taken(robot, worker=f"w{n}", max_jobs=1, wait_s=30))
        for n in range(3 * settings.pool_size)
    ]
    await asyncio.sleep(0.3)
    pools = (app.state.database.reading, app.state.database.writing)
    assert sum(pool.get_size() - pool.get_idle_size() for pool in pools) <= 1
    began = time.monotonic()
    case = await started(api, city)
    done, rest = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED, timeout=10)
    assert time.monotonic() - began < 10
    assert [[job["instance_id"] for job in each.result()] for each in done] == [[case]]
    for each in rest:
        each.cancel()
    await asyncio.gather(*rest, return_exceptions=True)


async def test_waiting_ends_empty_when_its_time_is_over(api: Api, settings: Settings, city: City):
    robot = await program(api, settings, "payroll")
    began = time.monotonic()
    assert await taken(robot, wait_s=1) == []
    assert 1 <= time.monotonic() - began < 5


async def test_programs_and_the_system_administrator_take_jobs_and_nobody_else(
    api: Api, settings: Settings, city: City
):
    await pay_in_force(settings)
    await started(api, city)
    for who in (MAY, MAY_READ, NEVER):
        answer = await api("POST", "/jobs/activate", TAKE | {"wait_s": 30}, who=who)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    narrow = await program(api, settings, "narrow", "quota.*")
    assert (await narrow("/jobs/activate", TAKE | {"wait_s": 30})).status_code == 403
    await give_duty(settings, MAY, "system_admin")
    answer = await api("POST", "/jobs/activate", TAKE)
    assert len(answer.json()["jobs"]) == 1
    robot = await program(api, settings, "payroll", "processes.activate_jobs")
    refused = await robot("/jobs/activate", TAKE | {"wait_s": 30}, key=None)
    assert (refused.status_code, refused.json()["code"]) == (400, "idempotency_key_required")
