"""Countersigning: everybody votes at once, and the case goes on with one outcome."""

import asyncio
import time
from collections import Counter
from uuid import UUID

import asyncpg

from service.core.auth.actor import Caller
from service.core.command import Answer, Executor
from service.core.ids import new_id
from service.features.tasks.complete_task import CompleteTask
from service.settings import Settings
from tests.conftest import told
from tests.diagrams import END, START, chain, user_task
from tests.features.tasks.conftest import Cases
from tests.trips import counted

_VOTES = (
    '<dingbian:actions><dingbian:action id="agree" name="同意"/>'
    '<dingbian:action id="oppose" name="不同意"/></dingbian:actions>'
)


def voting(sign: str) -> str:
    """A process in which the people in `members` vote, and somebody deals with the outcome."""
    task = (
        '<userTask id="vote" name="会签"><extensionElements>'
        f'<zeebe:assignmentDefinition assignee="=member"/>{_VOTES}<dingbian:countersign {sign}/>'
        "</extensionElements><multiInstanceLoopCharacteristics><extensionElements>"
        '<zeebe:loopCharacteristics inputCollection="=members" inputElement="member"/>'
        "</extensionElements></multiInstanceLoopCharacteristics></userTask>"
    )
    return chain(START, task, user_task("after", name="汇总"), END)


async def people(settings: Settings, count: int) -> dict[str, str]:
    """So many members of the commission: subject → id."""
    made = {f"voter-{n}": str(new_id()) for n in range(count)}
    connection = await asyncpg.connect(settings.migration_database_url)
    await connection.executemany(
        """INSERT INTO actor (id, version, subject, name, is_program, is_active)
           VALUES ($1::text::uuid, 1, $2, $2, false, true)""",
        [(id_, subject) for subject, id_ in made.items()],
    )
    await connection.executemany(
        """INSERT INTO assignment (id, version, actor_id, duty, reach, true_from)
           VALUES ($1, 1, $2::text::uuid, 'commission_member', 'CITY', '2020-01-01')""",
        [(new_id(), id_) for id_ in made.values()],
    )
    await connection.close()
    return made


async def vote(
    cases: Cases, case: UUID, members: dict[str, str], actions: list[str]
) -> list[Answer]:
    """Everybody votes at the same moment."""
    tasks = {str(each["assignee_id"]): each["id"] for each in await cases.tasks(case)}
    executor = Executor(cases.database)
    return await asyncio.gather(
        *(
            executor.execute(
                CompleteTask(task_id=tasks[id_], action=action),
                Caller(subject=subject, language="en"),
                if_match="1",
            )
            for (subject, id_), action in zip(members.items(), actions, strict=True)
        )
    )


async def test_fifty_people_at_once_never_meet_a_conflict(cases: Cases):
    members = await people(cases.settings, 50)
    case = await cases.begin(voting('rule="all"'), variables={"members": [*members.values()]})
    began = time.perf_counter()
    answers = await vote(cases, case, members, ["agree"] * 50)
    assert Counter(each.status for each in answers) == {200: 50}
    assert time.perf_counter() - began < 30
    (after,) = await cases.tasks(case)
    assert after["element"] == "after"
    assert (await cases.variables(case))["countersign"] == '"passed"'


async def test_those_who_come_after_the_outcome_learn_that_it_is_over(cases: Cases):
    members = await people(cases.settings, 12)
    sign = 'rule="ratio" ratio="0.5"'
    case = await cases.begin(voting(sign), variables={"members": [*members.values()]})
    answers = await vote(cases, case, members, ["agree"] * 12)
    assert Counter(each.status for each in answers) == {200: 6, 409: 6}
    assert {told(each)["code"] for each in answers if each.status == 409} == {"task_over"}
    assert len(await cases.tasks(case, "CANCELLED")) == 6
    left = await cases.database.reading.fetchval(
        "SELECT count(*) FROM inbox WHERE instance_id = $1 AND reader LIKE 'person:%'", case
    )
    assert left == 0


async def test_a_vote_among_many_costs_four_round_trips(cases: Cases):
    """One more than a task by itself: its page of the state."""
    members = await people(cases.settings, 200)
    case = await cases.begin(voting('rule="all"'), variables={"members": [*members.values()]})
    first = (await cases.tasks(case))[0]
    who = next(each for each, id_ in members.items() if id_ == str(first["assignee_id"]))
    command = CompleteTask(task_id=first["id"], action="agree")
    executor = Executor(cases.database)
    with counted() as sent:
        answer = await executor.execute(command, Caller(subject=who), if_match="1")
    assert answer.status == 200, answer.body
    assert len(sent) == 4, sent
