"""The feed: it never skips, never changes its order, and is given to those who may read all."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from service.core.ids import new_id
from service.core.store.db import Database
from service.core.store.flush import Changes
from service.core.store.transaction import transaction
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api, open_client
from tests.features.events.conftest import Announce, reserved
from tests.people import MAY, MAY_READ, NEVER


def posts(feed: httpx.Response) -> list[int]:
    return [event["data"]["posts"] for event in feed.json()["items"]]


async def test_an_event_that_commits_late_is_never_skipped(
    api: Api, city: City, database: Database, announce: Announce
) -> None:
    await announce(1)
    begun = (await api("GET", "/events")).json()
    async with transaction(database.writing) as late:
        changes = Changes()
        changes.announce(reserved(city.body, 2))
        await changes.flush(late)
        await announce(3, about=city.other_body)
        meanwhile = await api("GET", f"/events?cursor={begun['next']}")
        assert posts(meanwhile) == []  # 3 is committed, but 2 will stand before it
    after = await api("GET", f"/events?cursor={meanwhile.json()['next']}")
    assert posts(after) == [2, 3]
    assert posts(await api("GET", "/events")) == [1, 2, 3]


async def test_events_of_one_subject_stand_in_their_order_whoever_began_first(
    api: Api, city: City, database: Database, announce: Announce
) -> None:
    async with transaction(database.writing) as early:
        await early.execute("SELECT pg_current_xact_id()")  # it begins to write first …
        await announce(1)
        changes = Changes()
        changes.announce(reserved(city.body, 2))  # … and reaches the subject second
        await changes.flush(early)
    feed = await api("GET", "/events")
    assert posts(feed) == [1, 2]
    assert [int(event["sequence"]) for event in feed.json()["items"]] == [1, 2]


async def test_pages_follow_each_other_and_the_last_cursor_goes_on(
    api: Api, announce: Announce
) -> None:
    await announce(1, 2, 3)
    await announce(4, 5)
    first = await api("GET", "/events?limit=3")
    assert (posts(first), first.json()["has_more"]) == ([1, 2, 3], True)
    rest = await api("GET", f"/events?limit=3&cursor={first.json()['next']}")
    assert (posts(rest), rest.json()["has_more"]) == ([4, 5], False)
    await announce(6)
    assert posts(await api("GET", f"/events?cursor={rest.json()['next']}")) == [6]


async def test_the_feed_can_be_narrowed_to_types(api: Api, announce: Announce) -> None:
    await announce(1)
    assert posts(await api("GET", "/events?types=quota.*&types=documents.*")) == [1]
    assert posts(await api("GET", "/events?types=documents.*")) == []
    slip = await api("GET", "/events?types=quotas.*")
    assert (slip.status_code, slip.json()["code"]) == (422, "event_type_unknown")


@pytest.mark.parametrize("cursor", ["x", "WzEsMiwzXQ", "Wy0xLDAsIjAwMCJd"])
async def test_a_cursor_of_something_else_is_refused(api: Api, cursor: str) -> None:
    refused = await api("GET", f"/events?cursor={cursor}")
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_cursor")


async def test_one_event_reads_as_the_feed_shows_it(api: Api, announce: Announce) -> None:
    await announce(1)
    (event,) = (await api("GET", "/events")).json()["items"]
    assert (await api("GET", f"/events/{event['id']}")).json() == event
    assert (await api("GET", f"/events/{new_id()}")).status_code == 404


async def test_only_readers_of_the_whole_city_see_events(api: Api, announce: Announce) -> None:
    await announce(1)
    event_id = (await api("GET", "/events")).json()["items"][0]["id"]
    for path in ("/events", f"/events/{event_id}"):
        got = {who: (await api("GET", path, who=who)).status_code for who in (MAY, MAY_READ, NEVER)}
        assert got == {MAY: 200, MAY_READ: 403, NEVER: 403}
        assert (await api("GET", path, who=None)).status_code == 401


@pytest.mark.parametrize(
    ("scopes", "status"),
    [(["events.list_events"], 200), (["events.*"], 200), (["quota.*"], 403)],
)
async def test_a_program_needs_the_scope(
    app: FastAPI, settings: Settings, city: City, announce: Announce, scopes: Any, status: int
) -> None:
    owner = await asyncpg.connect(settings.migration_database_url)
    actor_id = new_id()
    await owner.execute(
        """INSERT INTO actor (id, version, subject, name, is_program, is_active)
           VALUES ($1, 1, 'bus', '数据交换平台', true, true)""",
        actor_id,
    )
    await owner.execute(
        """INSERT INTO assignment (id, version, actor_id, duty, reach, true_from)
           VALUES ($1, 1, $2, 'office_liaison', 'CITY', '2020-01-01')""",
        new_id(),
        actor_id,
    )
    await owner.execute(
        """INSERT INTO api_key (id, version, actor_id, prefix, hash, scopes, expires_at)
           VALUES ($1, 1, $2, 'dbk', $3, $4, $5)""",
        new_id(),
        actor_id,
        hashlib.sha256(b"key").hexdigest(),
        scopes,
        datetime(2999, 1, 1, tzinfo=UTC),
    )
    await owner.close()
    async with open_client(app) as client:
        got = await client.get("/api/v1/events", headers={"x-api-key": "key"})
    assert got.status_code == status
