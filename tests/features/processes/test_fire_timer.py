"""Timers: by the database's clock, never early, once, whoever looks."""

import asyncio
from uuid import UUID

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.store.db import Database, connect
from service.core.sweep import sweep
from service.features.processes.fire_timer import FireTimer, due_timers
from service.settings import Settings
from service.worker import SWEEPS
from tests.builders import City
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, in_force
from tests.features.processes.cases import pass_time, rows, started, worked


def _timer(kind: str, text: str) -> str:
    return (
        f'<intermediateCatchEvent id="pause"><timerEventDefinition><{kind}>{text}</{kind}>'
        "</timerEventDefinition></intermediateCatchEvent>"
    )


def _files(kind: str = "timeDuration", text: str = "PT2H") -> dict[str, str]:
    return {"pause.bpmn": diagram("pausing", chain(START, _timer(kind, text), END))}


async def test_a_timer_fires_when_its_instant_has_come_and_not_before(
    api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "pause", _files(), "pausing")
    await started(api, "pausing", city)
    await pass_time(settings, minutes=119)
    assert await worked(database) == 0
    await pass_time(settings, minutes=1)
    assert await worked(database) == 1
    assert await rows(settings, "SELECT state FROM instance") == [("COMPLETED",)]


async def test_a_timer_that_is_not_due_is_refused(
    api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "pause", _files(), "pausing")
    await started(api, "pausing", city)
    ((timer,),) = await rows(settings, "SELECT id FROM timer")
    early = await Executor(database).execute(FireTimer(timer_id=timer), Caller(is_process=True))
    assert (early.status, early.outcome) == (409, "instance_moved")


async def test_a_timer_survives_the_process_that_set_it(api: Api, settings: Settings, city: City):
    await in_force(settings, "pause", _files(), "pausing")
    await started(api, "pausing", city)
    await pass_time(settings, hours=3)
    another = await connect(settings)
    assert await worked(another) == 1
    await another.close()
    assert await rows(settings, "SELECT state FROM instance") == [("COMPLETED",)]


async def test_many_timers_fire_once_each_whichever_worker_looks(
    api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "pause", _files(), "pausing")
    for _ in range(5):
        await started(api, "pausing", city)
    await pass_time(settings, hours=2)
    workers = [await connect(settings) for _ in range(2)]
    found = await due_timers(database.reading, 100)  # type: ignore[arg-type]  # reads alike
    fire = [
        Executor(worker).execute(FireTimer(timer_id=UUID(str(each))), Caller(is_process=True))
        for each in found
        for worker in workers
    ]
    looks = [sweep(Executor(worker), each) for worker in workers for each in SWEEPS]
    await asyncio.gather(*fire, *looks)
    for worker in workers:
        await worker.close()
    fired = "SELECT instance_id, count(*) FROM history WHERE kind = 'timer_due' GROUP BY 1"
    assert [count for _, count in await rows(settings, fired)] == [1] * 5
    assert await rows(settings, "SELECT count(*) FROM incident") == [(0,)]


async def test_a_late_worker_makes_up_for_every_time_of_a_cycle(
    api: Api, settings: Settings, database: Database, city: City
):
    boundary = (
        '<boundaryEvent id="tick" attachedToRef="look" cancelActivity="false">'
        "<timerEventDefinition><timeCycle>R3/P1D</timeCycle></timerEventDefinition>"
        '</boundaryEvent><endEvent id="told"/>'
        '<sequenceFlow id="tell" sourceRef="tick" targetRef="told"/>'
    )
    look = '<userTask id="look"/>'
    drawn = diagram("ticking", chain(START, look, END) + boundary)
    await in_force(settings, "tick", {"tick.bpmn": drawn}, "ticking")
    await started(api, "ticking", city)
    await pass_time(settings, days=2)
    await worked(database)
    told = "SELECT count(*) FROM history WHERE kind = 'entered' AND element = 'told'"
    assert await rows(settings, told) == [(2,)]
    await pass_time(settings, days=5)
    await worked(database)
    assert await rows(settings, told) == [(3,)]
    assert await rows(settings, "SELECT count(*) FROM timer") == [(0,)]
