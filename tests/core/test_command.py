"""The path of a change: what it demands of a verb, of a request, and what a fault leaves."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from service.core.auth.actor import Caller, Duty
from service.core.command import Context, Executor
from service.core.errors import RuleBroken
from service.core.ids import new_id
from service.core.operation import OPERATIONS, Command, handles
from service.core.store.db import Database
from service.features.documents.record_document import RecordDocument
from tests.builders import City
from tests.conftest import Do, told

PAPER = {
    "series": "青编",
    "year": 2026,
    "title": "批复",
    "issued_on": "2026-03-01",
    "issuer": "编委",
}


class Said(BaseModel):
    word: str


class Speaking(Command[Said]):
    duties = frozenset({Duty.OFFICE_CASE_OFFICER})
    title_zh = "测试"
    title_en = "Test"

    word: str = "yes"


@pytest.fixture
def registry() -> Iterator[None]:
    """Operations registered by a test are gone after it."""
    before = dict(OPERATIONS)
    yield
    OPERATIONS.clear()
    OPERATIONS.update(before)


pytestmark = pytest.mark.usefixtures("registry")


def test_a_command_that_states_no_duty_cannot_be_registered() -> None:
    class Dutiless(Command[Said]):
        name = "test.dutiless"
        title_zh = "测试"
        title_en = "Test"

    with pytest.raises(TypeError, match="to state its duties"):

        @handles(Dutiless)
        async def dutiless(command: Dutiless, context: Context) -> Said:
            return Said(word="no")


def test_two_commands_cannot_have_one_name() -> None:
    class Twin(RecordDocument):
        pass

    with pytest.raises(TypeError, match="to be free"):
        handles(Twin)(OPERATIONS[RecordDocument.name].answer)


async def test_a_verb_that_never_asks_for_reach_commits_nothing(do: Do, database: Database) -> None:
    class Reachless(Speaking):
        name = "test.reachless"

    @handles(Reachless)
    async def reachless(command: Reachless, context: Context) -> Said:
        return Said(word="no")

    with pytest.raises(TypeError, match="to ask for reach"):
        await do(Reachless())
    assert await database.reading.fetchval("SELECT count(*) FROM audit") == 0


class Ordering(Speaking):
    """Records a document by ordering the command that does, then perhaps refuses."""

    name = "test.ordering"
    is_refused: bool = False


async def ordering(command: Ordering, context: Context) -> Said:
    context.require_city()
    view = await context.order(RecordDocument.model_validate(PAPER))
    if command.is_refused:
        raise RuleBroken("Expected one thing, but it was another.", "应当如此，但并非如此。")
    return Said(word=view.code)


async def test_an_ordered_command_is_audited_with_its_cause(do: Do, database: Database) -> None:
    handles(Ordering)(ordering)
    answer = await do(Ordering())
    assert told(answer) == {"word": "青编〔2026〕1号"}
    ordered, request = await database.reading.fetch("SELECT * FROM audit ORDER BY at")
    assert (ordered["command"], ordered["duty"]) == ("documents.record_document", "process")
    assert ordered["cause"] == request["id"]
    assert request["cause"] is None


async def test_what_it_ordered_rolls_back_with_a_refused_command(
    do: Do, database: Database
) -> None:
    handles(Ordering)(ordering)
    answer = await do(Ordering(is_refused=True))
    assert told(answer)["code"] == "rule_broken"
    assert not await database.reading.fetchval("SELECT true FROM document WHERE year = 2026")
    assert await database.reading.fetchval("SELECT count(*) FROM outbox") == 0
    audited = await database.reading.fetch("SELECT command, outcome FROM audit")
    assert [tuple(row) for row in audited] == [("test.ordering", "rule_broken")]


async def test_only_an_orderable_command_can_be_ordered(do: Do) -> None:
    class Overreaching(Speaking):
        name = "test.overreaching"

    @handles(Overreaching)
    async def overreaching(command: Overreaching, context: Context) -> Said:
        context.require_city()
        await context.order(Overreaching())
        return Said(word="no")

    with pytest.raises(TypeError, match="to be orderable"):
        await do(Overreaching())


async def test_a_change_decided_on_a_version_must_name_it(do: Do) -> None:
    class Versioned(Speaking):
        name = "test.versioned"
        needs_version = True

    @handles(Versioned)
    async def versioned(command: Versioned, context: Context) -> Said:
        context.require_city()
        return Said(word=context.if_match or "")

    assert told(await do(Versioned()))["code"] == "version_required"
    assert told(await do(Versioned(), if_match="3")) == {"word": "3"}


async def test_a_lost_connection_is_tried_again_while_nothing_was_written(
    do: Do, city: City, database: Database
) -> None:
    await do(RecordDocument.model_validate(PAPER))
    pids = await database.writing.fetch(
        "SELECT pid FROM pg_stat_activity WHERE usename = 'dingbian_app' "
        "AND pid <> pg_backend_pid() AND datname = current_database()"
    )
    await database.writing.execute(
        "SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid",
        [row["pid"] for row in pids],
    )
    answers = await asyncio.gather(*(do(RecordDocument.model_validate(PAPER)) for _ in range(4)))
    assert {answer.status for answer in answers} == {201}


async def test_an_unknown_identity_and_no_identity_are_audited_and_never_stored(
    database: Database, city: City
) -> None:
    executor = Executor(database)
    command = RecordDocument.model_validate(PAPER)
    for caller, status in ((Caller(subject="nobody"), 403), (Caller(), 401)):
        for _ in range(2):
            answer = await executor.execute(command, caller, key="k")
            assert (answer.status, answer.is_replayed) == (status, False)
    outcomes = await database.reading.fetch("SELECT outcome FROM audit ORDER BY at")
    assert [row["outcome"] for row in outcomes] == ["not_allowed"] * 2 + ["not_authenticated"] * 2


async def test_ids_sort_by_the_time_they_were_made() -> None:
    ids: list[Any] = []
    for _ in range(5):
        ids.append(new_id())
        await asyncio.sleep(0.002)
    assert ids == sorted(ids)
    assert {each.version for each in ids} == {7}
