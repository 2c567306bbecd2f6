"""A fault in the middle loses nothing: servers and database are killed while clients work.

Clients keep a ledger of their own: what they were told. Whatever happens, a command that was
acknowledged is in the database once, a repeated key has one outcome, and the sums, entries,
audit and events agree. The seed is printed by pytest's parameters, so a run can be repeated.
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from service.core.auth.dev_issuer import DevIssuer
from service.core.store.embedded import EmbeddedPostgres
from service.migrate import migrate
from service.settings import Settings
from tests.builders import build_city
from tests.crash.ports import free_port
from tests.people import MAY

pytestmark = pytest.mark.long

SECONDS = 40.0
CLIENTS = 6
POSTS = 100_000


class Server:
    """The API as its own process, which may be killed at any time."""

    def __init__(self, settings: Settings) -> None:
        self.base = f"http://127.0.0.1:{settings.port}/api/v1"
        self._environment = os.environ | {
            "DATABASE_URL": settings.database_url or "",
            "DINGBIAN_DATA_DIR": str(settings.data_dir),
            "DINGBIAN_IS_DEMO": "true",
            "DINGBIAN_PORT": str(settings.port),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "service.cli", "serve"],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    async def keep_running(self) -> None:
        """What its supervisor does: a start that met a database in recovery is tried again."""
        while True:
            await asyncio.sleep(0.2)
            if self._process is not None and self._process.poll() is not None:
                self.start()

    def kill(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()


@contextmanager
def installation(folder: Path) -> Iterator[tuple[EmbeddedPostgres, Settings]]:
    """A durable database with its schema, and the settings of a server on it."""
    with EmbeddedPostgres.temporary(sync=True) as postgres:
        settings = Settings(
            data_dir=folder,
            database_url=postgres.app_url,
            migration_database_url=postgres.owner_url,
            port=free_port(),
            is_demo=True,
        )
        migrate(settings, lambda _: None)
        yield postgres, settings


async def reserve_until(
    server: Server, token: str, body: UUID, end: float, choose: random.Random
) -> dict[str, bytes]:
    """One client: reserve posts until the end, repeating each key until it has an answer."""
    answers: dict[str, bytes] = {}
    async with httpx.AsyncClient(timeout=5.0) as client:
        while time.monotonic() < end:
            key = f"{choose.getrandbits(64):016x}"
            asked = {
                "kind": "ADMIN",
                "funding": "FULL",
                "posts": choose.choice((1, 2, 3, POSTS)),
                "purpose": key,
                "effective_on": "2026-03-01",
                "expires_on": "2027-03-01",
            }
            repeats = 2 if choose.random() < 0.2 else 1
            while repeats:
                try:
                    response = await client.post(
                        f"{server.base}/bodies/{body}/reservations",
                        json=asked,
                        headers={"authorization": f"Bearer {token}", "idempotency-key": key},
                    )
                except httpx.HTTPError:
                    await asyncio.sleep(0.1)
                    continue
                if response.status_code >= 500 or response.json().get("code") == "lock_timeout":
                    await asyncio.sleep(0.1)
                    continue
                assert response.status_code in (201, 422), response.text
                assert answers.setdefault(key, response.content) == response.content
                repeats -= 1
    return answers


async def disturb(
    server: Server, postgres: EmbeddedPostgres, end: float, choose: random.Random
) -> int:
    """Kill the API, cut its connections or stop the database at once, again and again."""
    times = 0
    while time.monotonic() < end - 5:
        await asyncio.sleep(choose.uniform(0.5, 3.0))
        match choose.choice(("api", "connections", "database")):
            case "api":
                server.kill()
                server.start()
            case "connections":
                with_postgres = await asyncpg.connect(postgres.url("postgres"))
                await with_postgres.execute(
                    """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                       WHERE usename = 'dingbian_app'"""
                )
                await with_postgres.close()
            case _:
                os.kill(postgres.pid, signal.SIGQUIT)
                postgres.stop()
                postgres.start()
        times += 1
    return times


async def check(url: str, answers: dict[str, bytes]) -> None:
    """Compare what the clients were told with what the database holds."""
    connection = await asyncpg.connect(url)
    done = {
        row["purpose"]: row["posts"]
        for row in await connection.fetch("SELECT purpose, posts FROM reservation")
    }
    told = {key for key, body in answers.items() if b'"state":"HELD"' in body}
    assert told == set(done)
    total = sum(done.values())
    row = await connection.fetchrow(
        """SELECT (SELECT reserved FROM account WHERE body_id IS NOT NULL) AS account,
                  (SELECT sum(reserved) FROM entry) AS entries,
                  (SELECT count(*) FROM audit WHERE outcome = 'done') AS audited,
                  (SELECT count(*) FROM audit WHERE outcome = 'quota_exceeded') AS refused,
                  (SELECT count(*) FROM outbox) AS announced,
                  (SELECT max(number) FROM outbox) AS last_number"""
    )
    assert dict(row or {}) == {
        "account": total,
        "entries": total,
        "audited": len(done),
        "refused": len(answers) - len(done),
        "announced": len(done),
        "last_number": len(done),
    }
    await connection.close()


@pytest.mark.parametrize("seed", [20261124, int(os.environ.get("CRASH_SEED", "7"))])
def test_killing_the_api_and_the_database_loses_and_doubles_nothing(
    seed: int, tmp_path: Path
) -> None:
    choose = random.Random(seed)
    tmp_path.chmod(0o711)
    with installation(tmp_path) as (postgres, settings):
        answers, kills = asyncio.run(_work(postgres, settings, choose))
        asyncio.run(check(postgres.url("postgres"), answers))
    assert kills >= 5
    assert len(answers) > 100


async def _work(
    postgres: EmbeddedPostgres, settings: Settings, choose: random.Random
) -> tuple[dict[str, bytes], int]:
    assert settings.migration_database_url
    city = await build_city(settings)
    owner = await asyncpg.connect(settings.migration_database_url)
    await owner.execute(
        """INSERT INTO account (id, version, body_id, ledger, kind, part, authorised, actual,
               reserved, frozen, latest_effective_on, last_recorded_at)
           VALUES ($1, 1, $2, 'QUOTA', 'ADMIN', 'FULL', $3, 0, 0, 0, '2026-01-01', now())""",
        uuid4(),
        city.body,
        POSTS - 1,
    )
    await owner.close()
    token = DevIssuer.of(settings.data_dir, settings.oidc_audience).token(MAY)
    server = Server(settings)
    server.start()
    end = time.monotonic() + SECONDS
    supervisor = asyncio.create_task(server.keep_running())
    try:
        async with asyncio.TaskGroup() as tasks:
            clients = [
                tasks.create_task(
                    reserve_until(server, token, city.body, end, random.Random(choose.random()))
                )
                for _ in range(CLIENTS)
            ]
            disturbance = tasks.create_task(disturb(server, postgres, end, choose))
    finally:
        supervisor.cancel()
        server.kill()
    answers = {key: body for client in clients for key, body in client.result().items()}
    return answers, disturbance.result()
