"""A real PostgreSQL for every test: one server a worker, one fresh database a test."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import orjson
import pytest
from fastapi import FastAPI

from service.core.auth.dev_issuer import DevIssuer
from service.core.command import Answer, Executor
from service.core.operation import Command
from service.core.store.db import Database, connect
from service.core.store.embedded import APP_ROLE, OWNER_ROLE, EmbeddedPostgres
from service.main import create_app
from service.migrate import migrate
from service.settings import Settings
from tests.builders import City, build_city
from tests.people import CALLERS, MAY

TEMPLATE = "dingbian_template"


@pytest.fixture(scope="session")
def server() -> Iterator[EmbeddedPostgres]:
    """The worker's server with one migrated template; `PG_BIN` chooses its binaries."""
    pg_bin = os.environ.get("PG_BIN")
    with migrated_server(Path(pg_bin) if pg_bin else None) as server:
        yield server


@contextmanager
def migrated_server(pg_bin: Path | None) -> Iterator[EmbeddedPostgres]:
    """A new server whose database `TEMPLATE` has the schema."""
    with EmbeddedPostgres.temporary(pg_bin) as server:
        asyncio.run(server.create_database(TEMPLATE))
        migrate(
            Settings(
                database_url=server.url(APP_ROLE, TEMPLATE),
                migration_database_url=server.url(OWNER_ROLE, TEMPLATE),
            ),
            lambda _: None,
        )
        yield server


@pytest.fixture
async def settings(server: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Settings]:
    """A demo installation on a database of its own."""
    name = f"test_{uuid4().hex[:12]}"
    await server.create_database(name, template=TEMPLATE)
    yield Settings(
        data_dir=tmp_path,
        database_url=server.url(APP_ROLE, name),
        migration_database_url=server.url(OWNER_ROLE, name),
        is_demo=True,
        pool_size=8,
    )
    admin = await asyncpg.connect(server.url("postgres", "postgres"))
    await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    await admin.close()


@pytest.fixture
async def city(settings: Settings) -> City:
    return await build_city(settings)


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    database = await connect(settings)
    yield database
    await database.close()


Do = Callable[..., Awaitable[Answer]]


@pytest.fixture
def do(database: Database, city: City) -> Do:
    """Give a command as one of the three people; by default as the one who may."""
    executor = Executor(database)

    async def do(command: Command[Any], who: str = MAY, **headers: str | None) -> Answer:
        return await executor.execute(command, CALLERS[who], **headers)

    return do


Api = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def api(app: FastAPI, settings: Settings, city: City) -> AsyncIterator[Api]:
    """Send a request as one of the three people: `await api("GET", "/bodies", who=MAY)`."""
    issuer = DevIssuer.of(settings.data_dir, settings.oidc_audience)
    tokens = {who: issuer.token(who) for who in CALLERS}
    async with open_client(app) as client:

        async def api(
            method: str,
            path: str,
            json: Any = None,
            who: str | None = MAY,
            content: bytes | None = None,
            **headers: str,
        ) -> httpx.Response:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            if who is not None:
                sent["authorization"] = f"Bearer {tokens[who]}"
            url = f"/api/v1{path}"
            return await client.request(method, url, json=json, content=content, headers=sent)

        yield api


@asynccontextmanager
async def open_client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP client that calls the app in this process."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


def told(answer: Answer) -> Any:
    """The JSON of an answer."""
    return orjson.loads(answer.body)
