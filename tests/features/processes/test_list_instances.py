"""Cases are found by what people know of them; a page costs what the page costs."""

from typing import Any

import asyncpg
import orjson
import pytest

from service.core.auth.actor import Duty, Grant, Reach
from service.core.store.db import Database
from service.features.processes.list_instances import ListInstances, statement_of
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.features.processes.work import begun, looked, work_in_force
from tests.people import MAY, MAY_READ, NEVER


async def test_each_filter_finds_its_cases(api: Api, settings: Settings, city: City):
    await work_in_force(settings)
    first = await begun(api, city, business_key="一")
    second = await begun(api, city, about=str(city.other_body), business_key="二")
    third = await begun(api, city, about=None)
    await looked(api, second, number="1")

    async def found(query: str, who: str = MAY) -> list[str]:
        answer = await api("GET", f"/instances{query}", who=who)
        assert answer.status_code == 200, answer.text
        count = await api("GET", f"/instances/count{query}", who=who)
        assert count.json() == {"count": len(answer.json()["items"])}
        return [each["id"] for each in answer.json()["items"]]

    assert await found("") == [third, second, first]
    assert await found("?process=work&flow=work&state=RUNNING") == [third, second, first]
    assert (await api("GET", "/instances/count?state=RUNNING")).json() == {"count": 3}
    assert await found("?state=COMPLETED") == []
    assert await found("?business_key=二") == [second]
    assert await found(f"?body_id={city.body}") == [first]
    assert await found("?with_incidents=true") == []
    assert await found("?with_incidents=false&started_from=2026-11-24T00:00:00Z") == [
        third,
        second,
        first,
    ]
    assert await found("?started_before=2026-11-24T00:00:00Z") == []
    assert len(await found("?with_called=true")) == 4
    assert len(await found("?with_called=true&process=inner")) == 1
    assert await found("", MAY_READ) == [first]
    assert await found("", NEVER) == [second]
    assert await found(f"?body_id={city.other_body}", MAY_READ) == []


async def test_pages_follow_each_other_without_gap_or_repetition(
    api: Api, settings: Settings, city: City
):
    await work_in_force(settings)
    cases = [await begun(api, city) for _ in range(5)]
    for who in (MAY, MAY_READ):
        got, cursor = [], ""
        while True:
            page = (await api("GET", f"/instances?limit=2{cursor}", who=who)).json()
            got += [each["id"] for each in page["items"]]
            if page["next"] is None:
                break
            cursor = f"&cursor={page['next']}"
        assert got == cases[::-1]


async def _many(settings: Settings, city: City) -> None:
    """30,000 old ended cases of other bodies, 1 in 500 running, and one case of ours below all."""
    connection = await asyncpg.connect(settings.migration_database_url)
    await connection.execute(
        """INSERT INTO instance (id, version, root_id, number, flow, process, process_name,
               release_id, release_number, pins, body_id, state, incidents, is_unfinished,
               started_at, started_by_name)
           SELECT g.id, 1, g.id, 1, 'work', CASE WHEN n % 300 = 0 THEN 'rare' ELSE 'work' END, '',
               (SELECT id FROM release LIMIT 1), 1, '{}',
               CASE WHEN n = 1 THEN $1::uuid ELSE $2 END,
               CASE WHEN n % 500 = 0 THEN 'RUNNING' ELSE 'COMPLETED' END,
               CASE WHEN n % 3000 = 0 THEN 1 ELSE 0 END, false,
               timestamptz '2026-01-01' + n * interval '1 minute', ''
           FROM (SELECT gen_random_uuid() AS id, n FROM generate_series(1, 30000) n) g""",
        city.body,
        city.other_body,
    )
    await connection.execute("ANALYZE instance")
    await connection.close()


_CITY = (Grant(Duty.SYSTEM_ADMIN, Reach.CITY),)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"process": "rare"},
        {"flow": "work"},
        {"state": "RUNNING"},
        {"process": "work", "state": "RUNNING"},
        {"with_incidents": True},
        {"business_key": "none"},
        {"started_before": "2026-01-02T00:00:00Z"},
        {"process": "work", "started_before": "2026-01-02T00:00:00Z"},
        "one body",
        "unit",
    ],
)
async def test_a_page_reads_no_more_than_a_page(
    settings: Settings, api: Api, city: City, database: Database, asked: Any
):
    await work_in_force(settings)
    await _many(settings, city)
    grants: tuple[Grant, ...] = _CITY
    if asked == "unit":
        asked, grants = {}, (Grant(Duty.APPLICANT_OFFICER, Reach.SUBTREE, city.body),)
    elif asked == "one body":
        asked = {"body_id": city.body}
    statement, parameters = statement_of(ListInstances(**asked), grants)
    async with database.reading.acquire() as connection:
        plan = await connection.fetchval(
            f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", *parameters
        )
    top = (orjson.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
    assert top["Shared Hit Blocks"] + top["Shared Read Blocks"] < 130, plan
