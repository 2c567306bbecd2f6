"""A fault in the middle loses nothing: servers and database are killed while clients work.

Clients keep a ledger of their own: what they were told. Whatever happens, a command that was
acknowledged is in the database once, a repeated key has one outcome, and the sums, entries,
audit and events agree. The seed is printed by pytest's parameters, so a run can be repeated.
"""

import asyncio
import os
import random
import time
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from service.core.auth.dev_issuer import DevIssuer
from service.core.store.embedded import EmbeddedPostgres
from service.settings import Settings
from tests.builders import build_city
from tests.crash.preparing import until_served
from tests.crash.processes import Program, disturb, installation
from tests.people import MAY

pytestmark = pytest.mark.long

SECONDS = 30.0
CLIENTS = 6
POSTS = 100_000


async def reserve_until(
    base: str, token: str, body: UUID, end: float, choose: random.Random
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
                        f"{base}/bodies/{body}/reservations",
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
                  (SELECT count(*) FROM audit
                   WHERE command = 'quota.reserve_posts' AND outcome = 'done') AS audited,
                  (SELECT count(*) FROM audit WHERE outcome = 'quota_exceeded') AS refused,
                  (SELECT count(*) FROM outbox
                   WHERE type = 'quota.posts_reserved') AS announced,
                  (SELECT max(number) FROM outbox
                   WHERE type = 'quota.posts_reserved') AS last_number"""
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


@pytest.mark.parametrize("seed", [int(os.environ.get("CRASH_SEED", "20261124"))])
def test_killing_the_api_and_the_database_loses_and_doubles_nothing(
    seed: int, tmp_path: Path
) -> None:
    choose = random.Random(seed)
    tmp_path.chmod(0o711)
    with installation(tmp_path) as (postgres, settings):
        answers, kills = asyncio.run(_work(postgres, settings, choose))
        asyncio.run(check(postgres.url("postgres"), answers))
    assert kills >= 2
    assert len(answers) > 20


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
    server = Program(settings, "serve")
    base = f"http://127.0.0.1:{settings.port}/api/v1"
    server.start()
    await until_served(base)
    end = time.monotonic() + SECONDS
    supervisor = asyncio.create_task(server.keep_running())
    try:
        async with asyncio.TaskGroup() as tasks:
            clients = [
                tasks.create_task(
                    reserve_until(base, token, city.body, end, random.Random(choose.random()))
                )
                for _ in range(CLIENTS)
            ]
            disturbance = tasks.create_task(disturb([server], postgres, end - 5, choose))
    finally:
        supervisor.cancel()
        server.kill()
    answers = {key: body for client in clients for key, body in client.result().items()}
    return answers, disturbance.result()
