"""Operators see all jobs, without what is in them; a page costs what the page costs."""

from typing import Any

import asyncpg
import orjson

from service.core.store.db import Database
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api
from tests.features.processes.outside import HELD, pay_in_force, program, started, taken
from tests.people import MAY, MAY_READ, NEVER


async def test_the_list_follows_its_filters_and_pages(api: Api, settings: Settings, city: City):
    await pay_in_force(settings)
    robot = await program(api, settings, "payroll")
    cases = [await started(api, city) for _ in range(3)]
    (job,) = await taken(robot, max_jobs=1)
    await robot(f"/jobs/{job['id']}/complete", HELD)
    await give_duty(settings, MAY, "system_admin")

    async def ids(query: str) -> list[Any]:
        return [each["instance_id"] for each in (await api("GET", query)).json()["items"]]

    assert await ids("/jobs") == cases[::-1]
    assert await ids("/jobs?state=DONE") == cases[:1]
    assert await ids(f"/jobs?type=payroll.update&instance_id={cases[1]}") == cases[1:2]
    assert await ids("/jobs?type=other") == []
    assert (await api("GET", "/jobs/count?state=WAITING")).json() == {"count": 2}
    first = (await api("GET", "/jobs?limit=2")).json()
    assert "variables" not in first["items"][0]
    assert await ids(f"/jobs?limit=2&cursor={first['next']}") == cases[:1]


async def test_only_operators_see_it(api: Api, settings: Settings, city: City):
    await give_duty(settings, MAY, "process_author")
    for who, status in ((MAY, 200), (MAY_READ, 403), (NEVER, 403)):
        for path in ("/jobs", "/jobs/count"):
            assert (await api("GET", path, who=who)).status_code == status


async def test_a_page_reads_no_more_than_a_page(
    api: Api, settings: Settings, city: City, database: Database
):
    """Among 20,000 done jobs of another type, each filter reads a few pages of the table."""
    await _many_jobs(settings)
    for where, parameters in (
        ("true", ()),
        ("state = $1", ("WAITING",)),
        ("type = $1", ("b",)),
        ("type = $1 AND state = $2", ("b", "WAITING")),
    ):
        plan = await database.reading.fetchval(
            f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT * FROM job WHERE {where}"
            " ORDER BY id DESC LIMIT 51",
            *parameters,
        )
        top = _decoded(plan)[0]["Plan"]
        assert top["Shared Hit Blocks"] + top["Shared Read Blocks"] < 120, (where, top)


def _decoded(plan: Any) -> Any:
    return orjson.loads(plan) if isinstance(plan, str) else plan


async def _many_jobs(settings: Settings) -> None:
    connection = await asyncpg.connect(settings.migration_database_url)
    await connection.execute(
        """INSERT INTO job (id, version, instance_id, number, element, process, type, headers,
               variables, state, retries, due_at, opened_at)
           SELECT gen_random_uuid(), 1, gen_random_uuid(), 1, 'e', 'p',
               CASE WHEN n % 1000 = 0 THEN 'b' ELSE 'a' END, '{}', '{}',
               CASE WHEN n % 500 = 0 THEN 'WAITING' ELSE 'DONE' END, 3, now(), now()
           FROM generate_series(1, 20000) n"""
    )
    await connection.execute("ANALYZE job")
    await connection.close()
