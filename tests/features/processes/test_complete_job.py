"""Completing a job: only by the worker that holds it, exactly once."""

import asyncio

from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api
from tests.features.processes.outside import (
    HELD,
    later,
    pay_in_force,
    program,
    started,
    state_of,
    taken,
)
from tests.people import MAY, MAY_READ, NEVER


async def test_the_case_goes_on_with_the_results(api: Api, settings: Settings, city: City):
    await pay_in_force(settings)
    robot = await program(api, settings, "payroll")
    case = await started(api, city)
    (job,) = await taken(robot)
    done = await robot(f"/jobs/{job['id']}/complete", HELD | {"variables": {"paid": True}})
    assert (done.status_code, done.json()["state"]) == (200, "DONE"), done.text
    assert await state_of(settings, case) == ("COMPLETED", 0)
    again = await robot(f"/jobs/{job['id']}/complete", HELD)
    assert (again.status_code, again.json()["code"]) == (409, "job_over")


async def test_a_lost_lock_is_a_conflict(api: Api, settings: Settings, city: City):
    await pay_in_force(settings)
    robot = await program(api, settings, "payroll")
    other = await program(api, settings, "other")
    await started(api, city)
    (job,) = await taken(robot)
    path = f"/jobs/{job['id']}/complete"
    for sender, body in ((other, HELD), (robot, {"worker": "w2"})):
        refused = await sender(path, body)
        assert (refused.status_code, refused.json()["code"]) == (409, "job_not_held")
    await later(settings, 61)
    await taken(robot, worker="w2")
    late = await robot(path, HELD)
    assert (late.status_code, late.json()["code"]) == (409, "job_not_held")
    assert (await robot(path, {"worker": "w2"})).status_code == 200


async def test_a_lock_that_ran_out_still_counts_while_nobody_else_took_the_job(
    api: Api, settings: Settings, city: City
):
    await pay_in_force(settings)
    robot = await program(api, settings, "payroll")
    case = await started(api, city)
    (job,) = await taken(robot)
    await later(settings, 3600)
    assert (await robot(f"/jobs/{job['id']}/complete", HELD)).status_code == 200
    assert (await state_of(settings, case))[0] == "COMPLETED"


async def test_of_many_completions_at_once_one_counts(api: Api, settings: Settings, city: City):
    await pay_in_force(settings)
    robot = await program(api, settings, "payroll")
    await started(api, city)
    (job,) = await taken(robot)
    answers = await asyncio.gather(*(robot(f"/jobs/{job['id']}/complete", HELD) for _ in range(6)))
    assert sorted(each.status_code for each in answers) == [200, *[409] * 5]


async def test_a_repeated_completion_gets_the_first_answer(
    api: Api, settings: Settings, city: City
):
    await pay_in_force(settings)
    robot = await program(api, settings, "payroll")
    await started(api, city)
    (job,) = await taken(robot)
    answers = [await robot(f"/jobs/{job['id']}/complete", HELD, key="k") for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 200]
    assert answers[0].content == answers[1].content


async def test_people_complete_no_jobs(api: Api, settings: Settings, city: City):
    await pay_in_force(settings)
    robot = await program(api, settings, "payroll")
    await started(api, city)
    (job,) = await taken(robot)
    for verb, body in (
        ("complete", HELD),
        ("extend", HELD | {"lock_s": 9}),
        ("fail", HELD | {"message": "x"}),
        ("throw-error", HELD | {"code": "X"}),
    ):
        for who in (MAY, MAY_READ, NEVER):
            answer = await api("POST", f"/jobs/{job['id']}/{verb}", body, who=who)
            assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    await give_duty(settings, MAY, "system_admin")
    answer = await api("POST", f"/jobs/{job['id']}/complete", HELD)
    assert (answer.status_code, answer.json()["code"]) == (409, "job_not_held")
