"""History tells everything that happened, in order, and who did it."""

import asyncpg
import orjson

from service.core.store.db import Database
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.features.processes.outside import HELD, program, taken
from tests.features.processes.work import begun, looked, work_in_force


async def test_it_is_told_in_order_with_names(api: Api, settings: Settings, city: City):
    await work_in_force(settings)
    case = await begun(api, city)
    await looked(api, case, number="1", amount=12.5)
    told = (await api("GET", f"/instances/{case}/history")).json()["items"]
    assert [(each["version"], each["nth"]) for each in told] == sorted(
        (each["version"], each["nth"]) for each in told
    )
    assert (told[0]["kind"], told[0]["element"], told[0]["name"]) == ("entered", "work", "办理")
    (done,) = [each for each in told if each["kind"] == "complete_task"]
    assert (done["actor_name"], done["command"]) == ("officer", "tasks.complete_task")
    changed = [each["data"] for each in told if each["kind"] == "variable_changed"]
    assert {"scope": 1, "name": "amount", "value": 12.5, "old": None} in changed
    assert {each["data"]["flow"] for each in told if each["kind"] == "took"} >= {
        "f_look",
        "f_split",
        "f_pay",
    }


async def test_a_job_done_by_a_program_names_it(api: Api, settings: Settings, city: City):
    await work_in_force(settings)
    case = await begun(api, city)
    await looked(api, case, number="1")
    robot = await program(api, settings, "payroll")
    (job,) = await taken(robot)
    await robot(f"/jobs/{job['id']}/complete", HELD | {"variables": {"paid": "2026-03-01"}})
    found = (await api("GET", f"/instances/{case}/history?kinds=job_done")).json()["items"]
    assert [(each["actor_name"], each["command"]) for each in found] == [
        ("payroll", "processes.complete_job")
    ]
    assert found[0]["data"] == {"variables": {"paid": "2026-03-01"}}


async def test_filters_pages_and_the_part_of_a_called_process(
    api: Api, settings: Settings, city: City
):
    await work_in_force(settings)
    case = await begun(api, city)
    told = await looked(api, case, number="1")
    path = f"/instances/{case}/history"
    whole = (await api("GET", path)).json()["items"]
    got, cursor = [], ""
    while True:
        page = (await api("GET", f"{path}?limit=7{cursor}")).json()
        got += page["items"]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert got == whole
    left = (await api("GET", f"{path}?kinds=left&kinds=entered&element=look")).json()["items"]
    assert [each["kind"] for each in left] == ["entered", "left"]
    inner = await api("GET", f"/instances/{told['called'][0]['id']}/history")
    assert {each["process"] for each in inner.json()["items"]} == {"inner"}
    refused = await api("GET", f"{path}?cursor=x")
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_cursor")


async def test_a_page_of_a_long_history_reads_no_more_than_a_page(
    settings: Settings, city: City, database: Database
):
    connection = await asyncpg.connect(settings.migration_database_url)
    await connection.execute(
        """INSERT INTO history (instance_id, version, nth, at, kind, element, process, number,
               command_id)
           SELECT CASE WHEN n % 2 = 0 THEN $1::uuid ELSE gen_random_uuid() END, n / 20, n % 20,
               now(), 'entered', 'e', 'p', n, gen_random_uuid()
           FROM generate_series(1, 40000) n""",
        city.body,
    )
    await connection.execute("ANALYZE history")
    await connection.close()
    async with database.reading.acquire() as reading:
        plan = await reading.fetchval(
            """EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT * FROM history
               WHERE instance_id = $1 AND (version, nth) > ($2, $3)
               ORDER BY version, nth LIMIT 101""",
            city.body,
            1500,
            0,
        )
    top = (orjson.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
    assert top["Shared Hit Blocks"] + top["Shared Read Blocks"] < 250, plan
