"""Cases survive everything: servers, workers, connections and the database are killed.

Afterwards nothing that was acknowledged is missing, nothing happened twice, every case can still
go on, and `dingbian check` finds nothing. `CRASH_SECONDS` and `CRASH_SEED` make it longer, or
the same again.
"""

import asyncio
import os
import random
import sys
import time
from pathlib import Path

import asyncpg
import pytest

from service.check import check
from service.core.auth.dev_issuer import DevIssuer
from service.core.store.embedded import EmbeddedPostgres
from service.settings import Settings
from tests.builders import City
from tests.crash.cases import Client, Told
from tests.crash.planted import FAULTS
from tests.crash.preparing import prepare, until_served
from tests.crash.processes import Program, disturb, installation
from tests.people import MAY

pytestmark = pytest.mark.long

SECONDS = float(os.environ.get("CRASH_SECONDS", "60"))
SEED = int(os.environ.get("CRASH_SEED", "20261124"))
CLIENTS = 4
#: How long everything may take to come to rest once nobody disturbs it any more.
_REST_S = 60.0


def test_a_crash_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    told, wrong = _run(tmp_path, "", SECONDS)
    assert wrong == []
    assert len(told.tasks) > 50
    assert len(told.jobs) > 10


@pytest.mark.parametrize("fault", FAULTS)
def test_the_crash_test_finds_a_planted_fault(tmp_path: Path, fault: str) -> None:
    _, wrong = _run(tmp_path, fault, 20.0)
    assert wrong != []


def _run(folder: Path, fault: str, seconds: float) -> tuple[Told, list[str]]:
    folder.chmod(0o711)
    sys.stdout.write(f"seed {SEED}\n")  # known even of a run that breaks off
    with installation(folder) as (postgres, settings):
        told = asyncio.run(_work(postgres, settings, fault, seconds))
        wrong = asyncio.run(_wrong(postgres, settings, told))
    sys.stdout.write(
        f"seed {SEED}, {seconds:.0f} s: {len(told.cases)} cases, {len(told.tasks)} tasks, "
        f"{len(told.jobs)} jobs, {told.requests} requests\n"
    )
    return told, wrong


async def _work(postgres: EmbeddedPostgres, settings: Settings, fault: str, seconds: float) -> Told:
    choose, told = random.Random(SEED), Told()
    city = await prepare(settings)
    token = DevIssuer.of(settings.data_dir, settings.oidc_audience).token(MAY)
    base = f"http://127.0.0.1:{settings.port}/api/v1"
    server, workers = Program(settings, "serve", fault), [Program(settings, "worker")] * 1
    programs = [server, *workers]
    for program in programs:
        program.start()
    supervisors = [asyncio.create_task(program.keep_running()) for program in programs]
    await until_served(base)
    end = time.monotonic() + seconds
    try:
        async with asyncio.TaskGroup() as group:
            for number in range(CLIENTS):
                mine = random.Random(choose.random())
                client = Client(base, token, city.body, told, mine, end)
                group.create_task(client.work() if number == 0 else client.begin_and_do())
            group.create_task(disturb(programs, postgres, end - 2, choose))
        await _come_to_rest(postgres, base, token, city, told)
    finally:
        for supervisor in supervisors:
            supervisor.cancel()
        for program in programs:
            program.kill()
    return told


async def _come_to_rest(
    postgres: EmbeddedPostgres, base: str, token: str, city: City, told: Told
) -> None:
    """Let timers, messages and jobs that are under way arrive, with nobody killing anything."""
    end = time.monotonic() + _REST_S
    worker = Client(base, token, city.body, told, random.Random(SEED), end)
    working = asyncio.create_task(worker.work())
    while time.monotonic() < end:
        await asyncio.sleep(0.5)
        connection = await asyncpg.connect(postgres.url("postgres"))
        left = await connection.fetchval(
            """SELECT (SELECT count(*) FROM timer) + (SELECT count(*) FROM job WHERE state =
               'WAITING') + (SELECT count(*) FROM message WHERE delivered_at IS NULL)
               + (SELECT count(*) FROM instance WHERE is_unfinished AND state = 'RUNNING')"""
        )
        await connection.close()
        if not left:
            break
    working.cancel()


_DOUBLED = """
SELECT 'begun twice: ' || business_key FROM instance
WHERE process = 'crash' GROUP BY business_key HAVING count(*) > 1
UNION ALL
SELECT 'reserved twice: ' || purpose FROM reservation GROUP BY purpose HAVING count(*) > 1
UNION ALL
SELECT 'passed twice: ' || instance_id || ' ' || element FROM history
WHERE kind = 'left' GROUP BY instance_id, element HAVING count(*) > 1
UNION ALL
SELECT 'heard twice: ' || (document #>> '{head,instances,0,4,label}') FROM instance
WHERE process = 'echo' AND state = 'RUNNING'
GROUP BY document #>> '{head,instances,0,4,label}' HAVING count(*) > 1
UNION ALL
SELECT 'message lost: ' || i.business_key FROM instance i
WHERE process = 'crash' AND state = 'COMPLETED' AND
(SELECT count(*) FROM instance WHERE process = 'crash' AND state = 'COMPLETED')
<> (SELECT count(*) FROM instance WHERE process = 'echo')
UNION ALL
SELECT 'reserved without its task: ' || purpose FROM reservation r WHERE NOT EXISTS (
    SELECT FROM instance i JOIN task t ON t.instance_id = i.id
    WHERE i.business_key = r.purpose AND t.element = 'look' AND t.state = 'COMPLETED')
"""


async def _wrong(postgres: EmbeddedPostgres, settings: Settings, told: Told) -> list[str]:
    """Whatever differs from what the clients were told, happened twice, or is unsound."""
    connection = await asyncpg.connect(postgres.url("postgres"))
    wrong = [record[0] for record in await connection.fetch(_DOUBLED)]
    kept = {
        r["key"]: str(r["id"])
        for r in await connection.fetch(
            "SELECT business_key AS key, id FROM instance WHERE process = 'crash'"
        )
    }
    done = {
        str(r["id"])
        for r in await connection.fetch("SELECT id FROM task WHERE state = 'COMPLETED'")
    }
    jobs = {str(r["id"]) for r in await connection.fetch("SELECT id FROM job WHERE state = 'DONE'")}
    await connection.close()
    wrong += [f"case lost: {key}" for key, id_ in told.cases.items() if kept.get(key) != id_]
    wrong += [f"task lost: {each}" for each in told.tasks - done]
    wrong += [f"job lost: {each}" for each in told.jobs - jobs]
    report = await check(settings)
    wrong += [f"{x.rule}: {y.subject} {y.detail}" for x in report.rules for y in x.findings]
    return wrong
