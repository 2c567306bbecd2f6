"""What tests start from: a small city with two bodies and three people."""

from dataclasses import dataclass
from uuid import UUID

import asyncpg

from service.core.ids import new_id
from service.settings import Settings
from tests.people import MAY, MAY_READ, NEVER


@dataclass(frozen=True, slots=True)
class City:
    """Two bodies: ours, and another one that has nothing to do with it."""

    body: UUID
    other_body: UUID


async def build_city(owner_url: str) -> City:
    """Register two bodies and the three people of `tests.people`."""
    city = City(new_id(), new_id())
    connection = await asyncpg.connect(owner_url)
    try:
        for number, body in enumerate((city.body, city.other_body), start=1):
            await connection.execute(
                """INSERT INTO body (id, version, body_code, full_name, system_category, rank,
                                     status, lineage)
                   VALUES ($1, 1, $2, $3, 'GOV', 'ZHENGKE', 'ACTIVE', ARRAY[$1::uuid])""",
                body,
                f"99008102{number:04}",
                f"青澜市第{number}局",
            )
        for subject, duty, body_id in (
            (MAY, "office_case_officer", None),
            (MAY_READ, "applicant_officer", city.body),
            (NEVER, "applicant_officer", city.other_body),
        ):
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
    return city


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
