"""What tests start from: a small city with two bodies, one document and three people."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from service.core.command import Executor
from service.core.ids import new_id
from service.core.operation import Command
from service.core.store.db import connect
from service.features.bodies.codes import BodyType, Rank, SystemCategory
from service.features.bodies.register_body import RegisterBody
from service.features.documents.record_document import RecordDocument
from service.settings import Settings
from tests.people import CALLERS, MAY, MAY_READ, NEVER


@dataclass(frozen=True, slots=True)
class City:
    """Our body, another one that has nothing to do with it, and a document."""

    body: UUID
    other_body: UUID
    document: UUID
    settings: Settings


#: The day on which every test takes place: the clock of its demo is set.
TODAY = date(2026, 11, 24)


async def build_city(settings: Settings) -> City:
    """Register two bodies and a document as the first of the three people of `tests.people`."""
    await _set_clock(settings)
    await _add_person(settings, MAY, "office_case_officer", None)
    database = await connect(settings)
    try:
        executor = Executor(database)
        document = RecordDocument(
            series="青编",
            year=2025,
            title="关于机构设置的批复",
            issued_on=date(2025, 3, 1),
            issuer="中共青澜市委机构编制委员会",
        )
        city = City(
            body=await _made(executor, registration("990081050001", "青澜市第1局")),
            other_body=await _made(executor, registration("990081050002", "青澜市第2局")),
            document=await _made(executor, document),
            settings=settings,
        )
    finally:
        await database.close()
    await _add_person(settings, MAY_READ, "applicant_officer", city.body)
    await _add_person(settings, NEVER, "applicant_officer", city.other_body)
    await _forget_how(settings)
    return city


def registration(body_code: str, full_name: str, **facts: Any) -> RegisterBody:
    """The registration of a government department directly under the city."""
    return RegisterBody(
        **{
            "body_code": body_code,
            "full_name": full_name,
            "body_type": BodyType.ORGAN,
            "system_category": SystemCategory.GOV,
            "rank": Rank.ZHENGKE,
            "effective_on": date(2019, 3, 1),
            **facts,
        }
    )


async def _made(executor: Executor, command: Command[Any]) -> UUID:
    answer = await executor.execute(command, CALLERS[MAY])
    assert answer.status == 201, answer.body
    return UUID(orjson.loads(answer.body)["id"])


async def _set_clock(settings: Settings) -> None:
    connection = await asyncpg.connect(settings.migration_database_url)
    try:
        await connection.execute(
            """INSERT INTO demo_clock (is_set, is_complete, moved)
               VALUES (true, true, ($1::date + time '09:00') AT TIME ZONE 'Asia/Shanghai'
                             - clock_timestamp())""",
            TODAY,
        )
    finally:
        await connection.close()


async def _forget_how(settings: Settings) -> None:
    """Empty the audit and the outbox: a test sees there only what it did itself."""
    connection = await asyncpg.connect(settings.migration_database_url)
    try:
        await connection.execute("TRUNCATE audit, outbox, event_subject CASCADE")
    finally:
        await connection.close()


async def _add_person(settings: Settings, subject: str, duty: str, body_id: UUID | None) -> None:
    """One of the three people, with one duty: over a body and those below it, or the city."""
    connection = await asyncpg.connect(settings.migration_database_url)
    try:
        actor_id = new_id()
        await connection.execute(
            """INSERT INTO actor (id, version, subject, name, is_program, is_active)
               VALUES ($1, 1, $2, $2, false, true)""",
            actor_id,
            subject,
        )
        await connection.execute(
            """INSERT INTO assignment (id, version, actor_id, duty, reach, body_id, true_from)
               VALUES ($1, 1, $2, $3, $4, $5, '2020-01-01')""",
            new_id(),
            actor_id,
            duty,
            "SUBTREE" if body_id else "CITY",
            body_id,
        )
    finally:
        await connection.close()


async def give_duty(settings: Settings, subject: str, duty: str) -> None:
    """Give one of the three people one more duty over the whole city."""
    connection = await asyncpg.connect(settings.migration_database_url)
    try:
        await connection.execute(
            """INSERT INTO assignment (id, version, actor_id, duty, reach, true_from)
               SELECT $1, 1, id, $2, 'CITY', '2019-01-01' FROM actor WHERE subject = $3""",
            new_id(),
            duty,
            subject,
        )
    finally:
        await connection.close()
