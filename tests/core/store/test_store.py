"""What is written with every change, on the embedded PostgreSQL and on Debian's."""

import asyncio
import contextlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import ClassVar

import asyncpg
import pytest

from service.core.errors import RuleBroken
from service.core.ids import new_id
from service.core.store.audit import AuditEntry
from service.core.store.db import Database
from service.core.store.embedded import EmbeddedPostgres
from service.core.store.flush import Changes
from service.core.store.outbox import Event
from service.core.store.transaction import transaction
from service.features.quota.tables import Account, Ledger
from service.migrate import migrate
from service.settings import Settings
from tests.builders import City
from tests.conftest import migrated_server

DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(None, id="wheel"),
        pytest.param(
            DEBIAN[-1].parent if DEBIAN else None,
            id="debian",
            marks=pytest.mark.skipif(not DEBIAN, reason="Debian's postgresql is not installed"),
        ),
    ],
)
def server(request: pytest.FixtureRequest) -> Iterator[EmbeddedPostgres]:
    with migrated_server(request.param) as server:
        yield server


class Happened(Event):
    type: ClassVar[str] = "test.happened"
    title_zh = "已发生"
    title_en = "Happened"

    about: str
    nth: int

    def subject(self) -> str:
        return f"thing/{self.about}"


def an_account(city: City) -> Account:
    return Account(
        id=new_id(),
        body_id=city.body,
        ledger=Ledger.QUOTA,
        kind="ADMIN",
        part="FULL",
        latest_effective_on=date(2026, 1, 1),
        last_recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


async def written(database: Database, changes: Changes) -> None:
    async with transaction(database.writing) as connection:
        await changes.flush(connection)


async def test_changes_of_one_row_are_merged_and_described_once(
    database: Database, city: City
) -> None:
    changes = Changes()
    account = changes.insert(an_account(city))
    changes.update(account, authorised=5)
    await written(database, changes)
    later = Changes()
    read = Account.read(await database.reading.fetchrow("SELECT * FROM account"))  # type: ignore[arg-type]  # one row
    once = later.update(read, authorised=7)
    later.update(once, reserved=1)
    await written(database, later)
    row = await database.reading.fetchrow("SELECT * FROM account")
    assert row is not None
    assert (row["authorised"], row["reserved"], row["version"]) == (7, 1, 4)
    assert later.described() == (
        '[{"table":"account",'
        f'"old":{{"version":2,"id":"{read.id}","authorised":5,"reserved":0}},'
        f'"new":{{"version":4,"id":"{read.id}","authorised":7,"reserved":1}}}}]'
    )


async def test_an_update_that_changes_nothing_is_no_statement(
    database: Database, city: City
) -> None:
    changes = Changes()
    row = AuditEntry(
        id=new_id(),
        actor_id=None,
        actor_name="",
        duty=None,
        command="",
        outcome="",
        asked={},
        changes=[],
        cause=None,
        request_id="",
    )
    changes.update(row, outcome="")
    await written(database, changes)
    assert changes.described() == "[]"


async def test_event_numbers_have_no_gap_and_follow_the_commits(database: Database) -> None:
    async def announce(writer: int) -> None:
        for nth in range(10):
            changes = Changes()
            for about in ("a", "b", "a"):
                changes.announce(Happened(about=about, nth=nth))
            await written(database, changes)

    await asyncio.gather(*(announce(writer) for writer in range(6)))
    rows = await database.reading.fetch("SELECT subject, number, xid FROM outbox ORDER BY number")
    for subject, count in (("thing/a", 120), ("thing/b", 60)):
        mine = [row for row in rows if row["subject"] == subject]
        assert [row["number"] for row in mine] == list(range(1, count + 1))


async def test_a_failed_change_leaves_no_gap_in_the_numbers(database: Database) -> None:
    with contextlib.suppress(RuleBroken):
        async with transaction(database.writing) as connection:
            changes = Changes()
            changes.announce(Happened(about="a", nth=1))
            await changes.flush(connection)
            raise RuleBroken("Expected it to hold, but it does not.", "应当成立，但不成立。")
    changes = Changes()
    changes.announce(Happened(about="a", nth=2))
    await written(database, changes)
    rows = await database.reading.fetch("SELECT number, data FROM outbox")
    assert [(row["number"], row["data"]["nth"]) for row in rows] == [(1, 2)]


@pytest.mark.parametrize("table", ["audit", "entry", "document"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
async def test_the_application_cannot_alter_what_is_append_only(
    database: Database, table: str, statement: str
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await database.writing.execute(statement.format(table))


async def test_a_question_cannot_write(database: Database) -> None:
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        await database.reading.execute("DELETE FROM outbox")


async def test_the_audit_has_its_partitions_two_years_ahead(database: Database) -> None:
    partitions = await database.reading.fetch(
        "SELECT inhrelid::regclass::text AS name FROM pg_inherits "
        "WHERE inhparent = 'audit'::regclass"
    )
    assert len(partitions) == 25
    assert "audit_default" in {row["name"] for row in partitions}


async def test_migrating_again_changes_nothing(settings: Settings) -> None:
    told: list[str] = []
    await asyncio.to_thread(migrate, settings, told.append)
    assert told == []
