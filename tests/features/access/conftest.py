"""Here `MAY` keeps accounts; the audit is read by `MAY_READ`, who changes nothing."""

from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import pytest

from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.people import MAY, MAY_READ


@pytest.fixture
async def city(city: City, settings: Settings) -> City:
    """`MAY` is security administrator and nothing else, `MAY_READ` the audit administrator."""
    connection = await asyncpg.connect(settings.migration_database_url)
    for subject, duty in ((MAY, "security_admin"), (MAY_READ, "audit_admin")):
        await connection.execute(
            """UPDATE assignment SET duty = $2, reach = 'CITY', body_id = NULL
               WHERE actor_id = (SELECT id FROM actor WHERE subject = $1)""",
            subject,
            duty,
        )
    await connection.close()
    return city


Register = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def register(api: Api) -> Register:
    """Register somebody and give the duties, each over the whole city."""

    async def register(subject: str, *duties: str, is_program: bool = False) -> dict[str, Any]:
        asked = {"subject": subject, "actor_name": subject, "is_program": is_program}
        made = await api("POST", "/actors", asked)
        assert made.status_code == 201, made.text
        actor: dict[str, Any] = made.json()
        for duty in duties:
            given = {"duty": duty, "reach": "CITY"}
            got = await api("POST", f"/actors/{actor['id']}/duties", given)
            assert got.status_code == 201, got.text
            actor.setdefault("duties", []).append(got.json())
        return actor

    return register
