"""Programs outside that do jobs, and diagrams with jobs for them."""

import hashlib
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any

import asyncpg
import httpx

from service.core.ids import new_id
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, in_force

Program = Callable[..., Awaitable[httpx.Response]]
_KEYS = count()


async def program(api: Api, settings: Settings, name: str, *scopes: str) -> Program:
    """A program with the duty of the intake over the whole city and a key of some scopes.

    `await robot("/jobs/activate", {...})` sends a fresh Idempotency-Key unless one is given.
    """
    secret = f"dbk_{name}"
    connection = await asyncpg.connect(settings.migration_database_url)
    actor_id = await connection.fetchval(
        """INSERT INTO actor (id, version, subject, name, is_program, is_active)
           VALUES ($1, 1, $2, $2, true, true) RETURNING id""",
        new_id(),
        name,
    )
    await connection.execute(
        """INSERT INTO assignment (id, version, actor_id, duty, reach, true_from)
           VALUES ($1, 1, $2, 'office_intake', 'CITY', '2019-01-01')""",
        new_id(),
        actor_id,
    )
    await connection.execute(
        """INSERT INTO api_key (id, version, actor_id, prefix, hash, scopes, expires_at)
           VALUES ($1, 1, $2, $3, $4, $5, now() + interval '9 days')""",
        new_id(),
        actor_id,
        secret[:12],
        hashlib.sha256(secret.encode()).hexdigest(),
        list(scopes or ("processes.*",)),
    )
    await connection.close()

    async def send(
        path: str, json: Any = None, key: str | None = "", method: str = "POST"
    ) -> httpx.Response:
        headers = {"x_api_key": secret}
        if key is not None:
            headers["idempotency_key"] = key or f"{name}-{next(_KEYS)}"
        return await api(method, path, json, who=None, **headers)

    return send


def job(id_: str, type_: str, *inside: str, retries: int = 3, headers: str = "") -> str:
    """A service task for outside workers; `inside` are input mappings and the like."""
    return (
        f'<serviceTask id="{id_}"><extensionElements>'
        f'<zeebe:taskDefinition type="{type_}" retries="{retries}"/>{headers}{"".join(inside)}'
        "</extensionElements></serviceTask>"
    )


HEADERS = '<zeebe:taskHeaders><zeebe:header key="system" value="工资"/></zeebe:taskHeaders>'
PAY = diagram("pay", chain(START, job("update", "payroll.update", headers=HEADERS), END))


async def pay_in_force(settings: Settings) -> None:
    await in_force(settings, "pay", {"pay.bpmn": PAY}, "pay")


async def started(api: Api, city: City, process: str = "pay", **variables: Any) -> str:
    """Start a case about our body; its id."""
    body = {"body_id": str(city.body), "variables": variables, "business_key": "青编〔2026〕1号"}
    answer = await api("POST", f"/processes/{process}/instances", body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def later(settings: Settings, seconds: float) -> None:
    """Move the demo's clock ahead."""
    connection = await asyncpg.connect(settings.migration_database_url)
    await connection.execute(
        "UPDATE demo_clock SET moved = moved + make_interval(secs => $1)", seconds
    )
    await connection.close()


async def state_of(settings: Settings, case: str) -> tuple[str, int]:
    """The state of a case and how many incidents it has."""
    connection = await asyncpg.connect(settings.migration_database_url)
    record = await connection.fetchrow("SELECT state, incidents FROM instance WHERE id = $1", case)
    await connection.close()
    assert record is not None
    return record["state"], record["incidents"]


TAKE = {"type": "payroll.update", "worker": "w1", "max_jobs": 10, "lock_s": 60}
HELD = {"worker": "w1"}


async def taken(robot: Program, **more: Any) -> list[dict[str, Any]]:
    answer = await robot("/jobs/activate", TAKE | more)
    assert answer.status_code == 200, answer.text
    jobs: list[dict[str, Any]] = answer.json()["jobs"]
    return jobs
