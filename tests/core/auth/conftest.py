"""What tests of sealed data start from: people with identity numbers, a webhook with secrets."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import asyncpg
import pytest

from service.features.events.register_webhook import RegisterWebhook
from service.features.events.rotate_webhook_secret import RotateWebhookSecret
from service.features.quota.open_persons import OpenPersons, PersonOpened
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Do, told
from tests.features.quota.conftest import person
from tests.people import MAY

PEOPLE = 7
#: Rows that are sealed: the people, and a webhook with two secrets.
ROWS = PEOPLE + 1


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"webhook_allowed_hosts": ("example.org",)})


@pytest.fixture
async def sealed(settings: Settings, city: City, do: Do) -> None:
    """People with identity numbers, and a webhook whose secret was replaced once."""
    for duty in ("realname_admin", "system_admin"):
        await give_duty(settings, MAY, duty)
    people = tuple(
        PersonOpened(**{**person(number).model_dump(), "entry_on": date(2020, 1, 1)})
        for number in range(1, PEOPLE + 1)
    )
    opened = OpenPersons(body_id=city.body, effective_on=date(2026, 1, 1), persons=people)
    assert (await do(opened)).status == 201
    webhook = told(
        await do(RegisterWebhook(label="人事", url="https://example.org/", event_types=["*"]))
    )
    rotated = await do(RotateWebhookSecret(webhook_id=webhook["id"]), if_match="1")
    assert rotated.status == 200, rotated.body


@pytest.fixture
async def owner(settings: Settings) -> AsyncIterator[Any]:
    connection = await asyncpg.connect(settings.migration_database_url)
    yield connection
    await connection.close()
