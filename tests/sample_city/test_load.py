"""Loading the sample city: all of it is there, once, and never on top of anything else."""

from collections import Counter
from typing import Any

import asyncpg
import pytest

from service.core.auth.dev_issuer import DevIssuer
from service.core.start import CannotStart
from service.main import create_app
from service.sample_city.load import load
from service.settings import Settings
from tests.builders import build_city
from tests.conftest import open_client
from tests.sample_city.the_city import CITY


async def fetch(settings: Settings, query: str) -> list[Any]:
    connection = await asyncpg.connect(settings.migration_database_url)
    try:
        return list(await connection.fetch(query))
    finally:
        await connection.close()


async def counts(settings: Settings) -> dict[str, int]:
    tables = ("body", "internal_body", "document", "actor", "assignment", "reservation", "audit")
    query = " UNION ALL ".join(f"SELECT '{t}' AS t, count(*) FROM {t}" for t in tables)
    return {record["t"]: record["count"] for record in await fetch(settings, query)}


async def test_the_whole_city_is_loaded_and_a_second_start_changes_nothing(
    settings: Settings,
) -> None:
    said: list[str] = []
    await load(settings, said.append, has_history=False)
    there = await counts(settings)
    assert (there["body"], there["actor"]) == (31, len(CITY.cast))
    assert there["assignment"] == sum(len(member.assignments) for member in CITY.cast)
    assert "fictitious" in said[0]
    refused = await fetch(settings, "SELECT command FROM audit WHERE outcome <> 'done'")
    assert refused == []
    await load(settings, said.append, has_history=False)
    assert await counts(settings) == there


async def test_the_ledger_shows_the_totals_of_the_table(settings: Settings) -> None:
    await load(settings, lambda _: None, has_history=False)
    app = create_app(settings)
    issuer = DevIssuer.of(settings.data_dir, settings.oidc_audience)
    headers = {"authorization": f"Bearer {issuer.token('office-06')}"}
    authorised: Counter[str] = Counter()
    actual: Counter[str] = Counter()
    async with app.router.lifespan_context(app), open_client(app) as client:
        bodies = (await client.get("/api/v1/bodies?limit=200", headers=headers)).json()["items"]
        for body in bodies:
            got = await client.get(f"/api/v1/bodies/{body['id']}/balances", headers=headers)
            for line in got.json()["balances"]:
                authorised[line["kind"]] += line["authorised"]
                actual[line["kind"]] += line["actual"]
        people = await client.get("/api/v1/persons/count?status=ACTIVE", headers=headers)
    assert authorised.total() == 2146
    assert actual.total() == 2083
    assert people.json() == {"count": 2083}


async def test_an_interrupted_load_is_begun_anew(settings: Settings) -> None:
    await load(settings, lambda _: None, has_history=False)
    there = await counts(settings)
    await fetch(settings, "UPDATE demo_clock SET is_complete = false")
    await load(settings, lambda _: None, has_history=False)
    assert await counts(settings) == there


async def test_a_database_that_holds_real_data_is_refused_and_stays_as_it_is(
    settings: Settings,
) -> None:
    await build_city(settings)
    await fetch(settings, "DELETE FROM demo_clock")
    before = await counts(settings)
    with pytest.raises(CannotStart, match="Expected an empty database for the sample city"):
        await load(settings, lambda _: None, has_history=False)
    assert await counts(settings) == before


async def test_no_demo_is_served_where_data_are_real(settings: Settings) -> None:
    await build_city(settings)
    await fetch(settings, "DELETE FROM demo_clock")
    app = create_app(settings)
    with pytest.raises(CannotStart, match="holds real data"):
        async with app.router.lifespan_context(app):
            pass


async def test_everybody_of_the_cast_can_log_in_with_the_duties_of_the_desk(
    settings: Settings,
) -> None:
    await load(settings, lambda _: None, has_history=False)
    app = create_app(settings)
    issuer = DevIssuer.of(settings.data_dir, settings.oidc_audience)
    async with app.router.lifespan_context(app), open_client(app) as client:
        for member in CITY.cast:
            headers = {"authorization": f"Bearer {issuer.token(member.subject)}"}
            me = (await client.get("/api/v1/me", headers=headers)).json()
            assert me["name"] == member.name
            assert Counter(each["duty"] for each in me["duties"]) == Counter(member.duties)
