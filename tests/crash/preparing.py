"""What cases need before anything is killed: a diagram in force, posts to reserve, a server."""

import asyncio
from datetime import date

import httpx
import orjson

from service.core.command import Executor
from service.core.store.db import connect
from service.features.documents.record_document import RecordDocument
from service.features.quota.grant_quota import GrantQuota
from service.features.quota.set_city_limit import SetCityLimit
from service.settings import Settings
from tests.builders import City, build_city, give_duty
from tests.crash.cases import FILES, PROCESSES
from tests.diagrams import in_force
from tests.people import CALLERS, MAY

_PAPER = RecordDocument(
    series="澜编发",
    year=2025,
    number=3,
    title="关于下达编制总量的通知",
    issued_on=date(2025, 12, 1),
    issuer="中共澜州市委机构编制委员会",
)


async def prepare(settings: Settings) -> City:
    """A city whose one officer may do everything, with more posts than anybody will reserve."""
    city = await build_city(settings)
    for duty in ("system_admin", "office_deputy", "realname_admin"):
        await give_duty(settings, MAY, duty)
    await in_force(settings, "crash", FILES, *PROCESSES)
    database = await connect(settings)
    executor = Executor(database)
    paper = await executor.execute(_PAPER, CALLERS[MAY])
    facts = {"kind": "ADMIN", "funding": "FULL", "posts": 10_000, "effective_on": "2026-01-01"}
    limit = {**facts, "document_id": orjson.loads(paper.body)["id"]}
    grant = {**facts, "document_id": city.document, "body_id": city.body}
    for command in (SetCityLimit.model_validate(limit), GrantQuota.model_validate(grant)):
        answer = await executor.execute(command, CALLERS[MAY])
        assert answer.status == 201, answer.body
    await database.close()
    return city


async def until_served(base: str) -> None:
    """Until the API answers: its first start releases the flows that come with the service."""
    ready = f"{base.removesuffix('/api/v1')}/health/ready"
    async with httpx.AsyncClient() as http:
        for _ in range(600):
            try:
                if (await http.get(ready)).is_success:
                    return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.2)
    raise AssertionError("Expected the API to answer within two minutes, but it does not.")
