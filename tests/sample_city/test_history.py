"""The year of the sample city: what its people did over the API, and how things stand now."""

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from service.check import check
from service.core.auth.dev_issuer import DevIssuer
from service.core.store.embedded import APP_ROLE, OWNER_ROLE, EmbeddedPostgres
from service.main import create_app
from service.sample_city.history.guide_rows import PROCEDURES
from service.sample_city.load import load
from service.settings import Settings
from tests.conftest import TEMPLATE, open_client
from tests.sample_city.the_city import BODY

NAME = "the_year"
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
async def lived(
    server: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Settings]:
    """A city whose year is played, for all tests here: they only look."""
    await server.create_database(NAME, template=TEMPLATE)
    folder: Path = tmp_path_factory.mktemp("the_year")
    settings = Settings(
        data_dir=folder,
        database_url=server.url(APP_ROLE, NAME),
        migration_database_url=server.url(OWNER_ROLE, NAME),
        is_demo=True,
        pool_size=8,
    )
    await load(settings, lambda _: None)
    yield settings
    admin = await asyncpg.connect(server.url("postgres", "postgres"))
    await admin.execute(f'DROP DATABASE "{NAME}" WITH (FORCE)')
    await admin.close()


async def rows(settings: Settings, query: str) -> list[Any]:
    connection = await asyncpg.connect(settings.migration_database_url)
    try:
        return [tuple(each) for each in await connection.fetch(query)]
    finally:
        await connection.close()


async def test_nothing_got_stuck(lived: Settings) -> None:
    assert await rows(lived, "SELECT element, message FROM incident") == []


async def test_the_ledger_has_forty_items_as_far_as_they_should_be(lived: Settings) -> None:
    items = await rows(
        lived,
        """SELECT CASE WHEN reopenings > 0 THEN 'reopened' WHEN is_long_term THEN 'long-term'
                  WHEN state = 'CLOSED' THEN 'closed' WHEN is_overdue THEN 'overdue'
                  ELSE 'running' END FROM rectification_item""",
    )
    counted = Counter(each for (each,) in items)
    assert counted == {
        "closed": 18,
        "running": 14,
        "overdue": 5,
        "long-term": 2,
        "reopened": 1,
    }


async def test_the_twenty_four_matters_are_as_far_as_they_should_be(lived: Settings) -> None:
    matters = await rows(
        lived,
        "SELECT coalesce(outcome, state) FROM matter",
    )
    assert Counter(each for (each,) in matters) == {
        "DRAFT": 2,
        "SUBMITTED": 3,
        "SUPPLEMENT": 3,
        "E2": 2,
        "E3": 1,
        "E4": 1,
        "E6": 1,
        "E7": 3,
        "SUSPENDED_BY_GATE": 1,
        "IN_APPRAISAL": 3,
        "IN_DELIBERATION": 2,
        "AT_SUPERIOR": 2,
    }
    evaluations = await rows(lived, "SELECT count(*) FROM evaluation")
    assert evaluations == [(6,)]


async def test_an_approved_increase_stands_in_the_ledger(lived: Settings) -> None:
    app = create_app(lived)
    token = DevIssuer.of(lived.data_dir, lived.oidc_audience).token("office-06")
    async with app.router.lifespan_context(app), open_client(app) as client:
        client.headers["authorization"] = f"Bearer {token}"
        bodies = (await client.get("/api/v1/bodies?limit=200")).json()["items"]
        ids = {each["body_code"]: each["id"] for each in bodies}
        found = await client.get(f"/api/v1/bodies/{ids[BODY['09']]}/balances")
    (line,) = [each for each in found.json()["balances"] if each["kind"] == "ADMIN"]
    assert (line["authorised"], line["actual"]) == (35, 34)


async def test_every_procedure_has_a_guide_that_the_public_reads(lived: Settings) -> None:
    app = create_app(lived)
    async with app.router.lifespan_context(app), open_client(app) as client:
        guides = (await client.get("/api/v1/guides")).json()["items"]
        assert {each["code"] for each in guides} == set(PROCEDURES)
        page = (await client.get("/api/v1/guides/M11")).json()
        for material in page["materials"]:
            for file in (material["template"], material["sample"]):
                got = await client.get(f"/api/v1/guide-files/{file['id']}")
                assert got.status_code == 200


async def test_the_whole_database_keeps_the_rules(lived: Settings) -> None:
    report = await check(lived)
    broken = [each for each in report.rules if each.findings]
    assert report.is_sound, broken
