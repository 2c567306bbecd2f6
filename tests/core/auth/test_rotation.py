"""Rotation: what is sealed moves to a new key, whatever happens meanwhile; nothing is lost."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from service.core.auth.key_ring import KEY_FILE, KeyRing, RingFile
from service.core.auth.rotation import keys_shown, rotate
from service.core.auth.sealed import SealBroken, Seals
from service.core.auth.sealed_rows import sealed_tables
from service.core.start import CannotStart
from service.core.store.db import Database, connect
from service.settings import Settings
from tests.conftest import Api
from tests.core.auth.conftest import PEOPLE, ROWS

TABLES = sealed_tables()


class Interrupted(Exception):
    """What a test raises where a rotation is to end."""


def ring_of(settings: Settings) -> KeyRing:
    return RingFile(settings.data_dir / KEY_FILE).ring()


async def stored(owner: Any) -> dict[str, str]:
    """Every sealed value, by the place that it was sealed for."""
    people = await owner.fetch("SELECT 'person.id_no/' || id, id_no FROM person ORDER BY id")
    hooks = await owner.fetch("SELECT 'webhook.secret/' || id, secret, former_secret FROM webhook")
    values = {row[0]: row[1] for row in people}
    return values | {
        f"{place}#{n}": value for place, *both in hooks for n, value in enumerate(both) if value
    }


async def opened(owner: Any, seals: Seals) -> dict[str, str]:
    """Every sealed value in clear."""
    values = await stored(owner)
    return {place: seals.open(value, place.partition("#")[0]) for place, value in values.items()}


async def keys_in_use(owner: Any) -> set[str]:
    return {value.partition(".")[0] for value in (await stored(owner)).values()}


async def until_two_keys_are_in_use(owner: Any) -> None:
    """Wait until some rows, not all, are sealed anew."""
    for _ in range(1000):
        if len(await keys_in_use(owner)) == 2:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("Expected a rotation under way, but there is none.")


def silent(_: str) -> None:
    """A report that nobody reads."""


async def run(database: Database, report: Callable[[str], None] = silent, **how: Any) -> Any:
    return await rotate(database, TABLES, report, **how)


pytestmark = pytest.mark.usefixtures("sealed")


async def test_everything_is_sealed_anew_and_the_old_key_leaves(
    settings: Settings, database: Database, owner: Any
) -> None:
    old = ring_of(settings)
    before, clear = await stored(owner), await opened(owner, Seals.of(settings))
    assert len(clear) == PEOPLE + 2
    done = await run(database, batch=3)
    new = ring_of(settings)
    assert (done.newest, done.rows, done.retired) == (new.newest, ROWS, (old.newest,))
    assert set(new.keys) == {new.newest}
    assert new.newest != old.newest
    assert new.blind_key == old.blind_key
    assert await keys_in_use(owner) == {new.newest}
    assert await opened(owner, Seals.of(settings)) == clear
    assert not set(before.values()) & set((await stored(owner)).values())


async def test_a_rotation_is_told_in_the_audit_without_any_secret(
    settings: Settings, database: Database, owner: Any
) -> None:
    old, clear = ring_of(settings), await opened(owner, Seals.of(settings))
    await owner.execute("DELETE FROM audit")
    await run(database, batch=3)
    entries = await owner.fetch("SELECT command, outcome, actor_name, asked FROM audit ORDER BY at")
    newest = ring_of(settings).newest
    assert [entry["command"] for entry in entries] == [
        "keys.add",
        *["keys.reseal"] * 4,  # the people in three batches, the webhook in one
        "keys.retire",
    ]
    assert {(entry["outcome"], entry["actor_name"]) for entry in entries} == {("done", "process")}
    assert newest in entries[0]["asked"]
    assert old.newest in entries[-1]["asked"]
    texts = [row[0] for row in await owner.fetch("SELECT a::text FROM audit a")]
    ring = json.loads(ring_of(settings).text())
    secrets = [*clear.values(), *(await stored(owner)).values(), *ring["keys"].values()]
    assert [secret for secret in [*secrets, ring["blind"]] if any(secret in t for t in texts)] == []
    changed = await owner.fetchval(
        """SELECT count(DISTINCT c -> 'new' ->> 'id')
           FROM audit, jsonb_array_elements(changes) c WHERE command = 'keys.reseal'"""
    )
    assert changed == ROWS


async def test_a_rotation_that_ended_after_its_new_key_goes_on_with_that_key(
    settings: Settings, database: Database, owner: Any
) -> None:
    clear = await opened(owner, Seals.of(settings))

    def end(_: str) -> None:
        raise Interrupted

    with pytest.raises(Interrupted):
        await run(database, end)
    between = ring_of(settings)
    assert len(between.keys) == 2
    done = await run(database)
    assert done.newest == between.newest
    assert ring_of(settings) == between.newest_only()
    assert await opened(owner, Seals.of(settings)) == clear


async def test_a_rotation_that_ended_among_the_rows_goes_on_where_it_was(
    settings: Settings, database: Database, owner: Any
) -> None:
    clear = await opened(owner, Seals.of(settings))
    async with owner.transaction():
        last = await owner.fetchval("SELECT max(id::text) FROM person")
        await owner.execute("SELECT FROM person WHERE id = $1::uuid FOR UPDATE", last)
        task = asyncio.create_task(run(database, batch=2))
        await until_two_keys_are_in_use(owner)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        between = ring_of(settings)
        assert await keys_in_use(owner) == set(between.keys)
        assert await opened(owner, Seals.of(settings)) == clear
    done = await run(database, batch=2)
    assert 0 < done.rows < ROWS
    assert ring_of(settings) == between.newest_only()
    assert await opened(owner, Seals.of(settings)) == clear


async def test_the_old_key_stays_while_a_row_that_names_it_is_locked(
    settings: Settings, database: Database, owner: Any
) -> None:
    old = ring_of(settings).newest
    async with owner.transaction():
        await owner.execute("SELECT FROM person LIMIT 1 FOR UPDATE")
        with pytest.raises(CannotStart, match=r"person\.id_no held on to them .* run it again\.$"):
            await run(database, patience_s=0.2)
    assert old in ring_of(settings).keys
    await run(database)
    assert old not in ring_of(settings).keys


async def test_the_old_key_stays_while_a_transaction_is_open_that_may_have_sealed_with_it(
    settings: Settings, database: Database, owner: Any
) -> None:
    old = ring_of(settings).newest
    other = await connect(settings)
    late = await other.writing.acquire()
    await late.execute("BEGIN")
    try:
        with pytest.raises(CannotStart, match="an open transaction held on"):
            await run(database, patience_s=0.2)
        assert set(ring_of(settings).keys) > {old}
        place = await owner.fetchval("SELECT 'person.id_no/' || id FROM person LIMIT 1")
        sealed = Seals.of(settings.model_copy(update={"keys": None})).seal("late", place)
        assert not sealed.startswith(old), "whoever seals now, seals with the new key"
    finally:
        await late.execute("COMMIT")
        await other.writing.release(late)
        await other.close()
    await run(database)
    assert old not in ring_of(settings).keys


async def test_a_value_that_does_not_open_keeps_the_old_key(
    settings: Settings, database: Database, owner: Any
) -> None:
    old = ring_of(settings).newest
    first, second = (row[0] for row in await owner.fetch("SELECT id FROM person LIMIT 2"))
    await owner.execute(
        "UPDATE person SET id_no = (SELECT id_no FROM person WHERE id = $1) WHERE id = $2",
        first,
        second,
    )
    with pytest.raises(CannotStart) as refused:
        await run(database, batch=2)
    sentence = str(refused.value)
    assert f"1 do not (person.id_no/{second})" in sentence
    assert old in ring_of(settings).keys
    values = (await stored(owner)).items()
    assert [place for place, value in values if value.startswith(old)] == [f"person.id_no/{second}"]


async def test_sealed_values_where_nobody_looks_for_them_keep_the_old_key(
    settings: Settings, database: Database, owner: Any
) -> None:
    await owner.execute("UPDATE document SET title = (SELECT id_no FROM person LIMIT 1)")
    with pytest.raises(CannotStart, match=r"some in document\.title\.$"):
        await run(database)
    assert len(ring_of(settings).keys) == 2


async def test_tables_that_are_not_named_keep_the_old_key(
    settings: Settings, database: Database
) -> None:
    with pytest.raises(CannotStart, match=r"some in person\.id_no, webhook\.former_secret"):
        await rotate(database, [], silent)
    assert len(ring_of(settings).keys) == 2


async def test_two_rotations_do_not_run_at_once(settings: Settings, database: Database) -> None:
    other = await connect(settings)
    try:
        results = await asyncio.gather(run(database), run(other), return_exceptions=True)
    finally:
        await other.close()
    refused = [each for each in results if isinstance(each, CannotStart)]
    assert len(refused) == 1
    assert "another rotation is running" in str(refused[0])
    assert len(ring_of(settings).keys) == 1


async def test_the_service_goes_on_while_the_keys_rotate(
    api: Api, settings: Settings, database: Database, owner: Any
) -> None:
    people = await owner.fetch("SELECT id FROM person ORDER BY id")
    asked = {"purpose": "核对"}

    async def revealed() -> list[str]:
        answers = [
            await api("POST", f"/persons/{row[0]}/reveal-identity-number", asked) for row in people
        ]
        return [answer.json()["id_no"] for answer in answers]

    before = await revealed()
    await run(database, batch=2)
    assert await revealed() == before
    found = await api("POST", "/persons/find", {"id_no": before[0]})
    assert [each["id"] for each in found.json()["persons"]] == [str(people[0][0])]
    made = await api(
        "POST",
        "/webhooks",
        {"label": "新", "url": "https://example.org/2", "event_types": ["*"]},
    )
    assert made.status_code == 201, made.text
    assert await keys_in_use(owner) == {ring_of(settings).newest}


@pytest.fixture
async def given(settings: Settings) -> AsyncIterator[Callable[[KeyRing], Any]]:
    """Open the database as a process whose DINGBIAN_KEYS holds a ring."""
    opened: list[Database] = []

    async def given(ring: KeyRing) -> Database:
        told = Settings(keys=ring.text()).keys
        opened.append(await connect(settings.model_copy(update={"keys": told})))
        return opened[-1]

    yield given
    for database in opened:
        await database.close()


async def test_a_ring_of_the_environment_needs_its_newer_key_from_the_operator(
    settings: Settings, owner: Any, given: Callable[[KeyRing], Any]
) -> None:
    ring = ring_of(settings)
    with pytest.raises(CannotStart, match="holds one key; `dingbian keys next-ring`"):
        await run(await given(ring))
    assert await keys_in_use(owner) == {ring.newest}


async def test_a_ring_of_the_environment_is_told_when_its_old_key_may_go(
    settings: Settings, owner: Any, given: Callable[[KeyRing], Any]
) -> None:
    old = ring_of(settings)
    both = old.with_new_key()
    said: list[str] = []
    done = await run(await given(both), said.append)
    assert (done.newest, done.rows, done.retired) == (both.newest, ROWS, (old.newest,))
    assert await keys_in_use(owner) == {both.newest}
    assert f"nothing names {old.newest}: it may leave DINGBIAN_KEYS" in said[-1]
    assert ring_of(settings) == old, "the file is not this ring's"
    again = await run(await given(both))
    assert again.rows == 0


async def test_keys_are_shown_with_what_names_them(
    settings: Settings, database: Database, owner: Any, given: Callable[[KeyRing], Any]
) -> None:
    old = ring_of(settings)
    shown = await keys_shown(database, TABLES)
    assert [(key.name, key.is_known, key.is_newest, key.values) for key in shown] == [
        (old.newest, True, True, PEOPLE + 2)
    ]
    other = KeyRing.fresh()
    foreign = await given(other)
    shown = await keys_shown(foreign, TABLES)
    assert {(key.name, key.is_known, key.is_newest, key.values) for key in shown} == {
        (old.newest, False, False, PEOPLE + 2),
        (other.newest, True, True, 0),
    }
    with pytest.raises(SealBroken):
        await opened(owner, foreign.seals)
