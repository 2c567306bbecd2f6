"""`dingbian check` over tasks: sound after whatever people did, and every planted fault found."""

from uuid import UUID

import asyncpg
import pytest

from service.check import check
from service.features.tasks.assign_task import AssignTask
from service.features.tasks.release_task import ReleaseTask
from tests.builders import give_duty
from tests.features.tasks.conftest import Cases, apart_from, one, two
from tests.features.tasks.test_choose_activities import choosing
from tests.features.tasks.test_countersign import people, vote, voting
from tests.people import MAY, MAY_READ


@pytest.fixture
async def case(cases: Cases) -> UUID:
    """A case at its second task, among others at every kind of place."""
    await give_duty(cases.settings, MAY, "office_deputy")
    await give_duty(cases.settings, MAY_READ, "office_case_officer")
    members = await people(cases.settings, 5)
    given = {"members": [*members.values()]}
    votes = await cases.begin(voting('rule="ratio" ratio="0.5"'), process="vote", variables=given)
    await vote(cases, votes, members, ["agree"] * 5)
    await cases.begin(choosing(), process="choose")
    await cases.begin(voting('rule="all"'), process="open_vote", variables=given)
    nobody = await cases.begin(one(duty="-"), process="nobody")
    to = await cases.actor(MAY_READ)
    await cases.do(AssignTask(task_id=await cases.task(nobody), assignee_id=to))
    given_back = await cases.task(await cases.begin(one(), process="back"))
    await cases.claim(given_back)
    await cases.do(ReleaseTask(task_id=given_back))
    found = await cases.begin(two("", apart_from("look")))
    await cases.complete(await cases.task(found))
    return found


async def findings(cases: Cases) -> set[str]:
    report = await check(cases.settings)
    return {each.rule for each in report.rules if each.findings and each.rule.startswith("T")}


async def plant(cases: Cases, statement: str, *values: object) -> None:
    connection = await asyncpg.connect(cases.settings.migration_database_url)
    await connection.execute(statement, *values)
    await connection.close()


async def test_nothing_is_found_after_whatever_people_did(cases: Cases, case: UUID):
    assert await findings(cases) == set()


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE task SET number = 999 WHERE instance_id = $1 AND state = 'OPEN'", {"T1"}),
        ("UPDATE task SET state = 'CANCELLED' WHERE instance_id = $1", {"T1", "T2"}),
        ("UPDATE instance_page SET rows = '[]' WHERE instance_id <> $1", {"T1"}),
        ("DELETE FROM inbox WHERE instance_id = $1", {"T2"}),
        (
            "UPDATE inbox SET reader = 'hr_dept*' WHERE instance_id = $1 AND reader LIKE '%*'",
            {"T2"},
        ),
        ("UPDATE inbox SET due_at = '2026-12-01' WHERE instance_id = $1", {"T2"}),
    ],
)
async def test_what_is_out_of_step_is_found(
    cases: Cases, case: UUID, statement: str, rule: set[str]
):
    await plant(cases, statement, case)
    assert await findings(cases) == rule


async def test_whoever_did_both_is_found(cases: Cases, case: UUID):
    assert (await cases.complete(await cases.task(case), MAY_READ)).status == 200
    assert await findings(cases) == set()
    await plant(
        cases,
        "UPDATE task SET completed_by = $2, completed_by_name = 'x' WHERE instance_id = $1",
        case,
        await cases.actor(MAY_READ),
    )
    assert await findings(cases) == {"T3"}


async def test_whoever_it_concerned_is_found(cases: Cases, case: UUID):
    concerned = "UPDATE task SET recused = ARRAY[completed_by] WHERE instance_id = $1"
    await plant(cases, f"{concerned} AND completed_by IS NOT NULL", case)
    assert await findings(cases) == {"T3"}
