"""Sweeps: what is due gets its command once, and what is refused is not asked again and again."""

import asyncio
from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest

from service.core.command import Executor
from service.core.ids import new_id
from service.core.store.db import Connection, Database
from service.core.sweep import Sweep, sweep
from service.features.documents.record_document import RecordDocument
from tests.builders import City

THING = new_id()


def recording(_: UUID, series: str = "青编") -> RecordDocument:
    return RecordDocument(
        series=series,
        year=2026,
        number=None if series == "青编" else 1,
        title="到期",
        issued_on=date(2026, 1, 1),
        issuer="青澜市委编办",
    )


async def due_until_recorded(connection: Connection, limit: int) -> Sequence[UUID]:
    found = await connection.fetchval("SELECT EXISTS (SELECT FROM document WHERE title = '到期')")
    return [] if found else [THING]


async def due_for_ever(connection: Connection, limit: int) -> Sequence[UUID]:
    return [THING]


@pytest.fixture
def executor(database: Database, city: City) -> Executor:
    return Executor(database)


async def test_what_is_due_gets_its_command_once_whoever_looks(executor: Executor) -> None:
    looks = [Sweep(due_until_recorded, recording) for _ in range(3)]
    await asyncio.gather(*(sweep(executor, each) for each in looks))
    assert await sweep(executor, looks[0]) == 0
    audit = await executor.database.reading.fetch("SELECT outcome, actor_name FROM audit")
    assert [tuple(row) for row in audit] == [("done", "process")]


async def test_what_is_refused_is_left_alone_for_a_while(executor: Executor) -> None:
    once = Sweep(due_for_ever, lambda thing: recording(thing, series="外文"))
    assert [await sweep(executor, once) for _ in range(4)] == [1, 0, 0, 0]
    audit = await executor.database.reading.fetch("SELECT outcome FROM audit ORDER BY at")
    assert [row["outcome"] for row in audit] == ["done", "document_number_taken"]
