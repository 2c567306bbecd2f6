"""Whatever comes at once comes one after the other: each pair, in each order, at each point.

One of the two finds the case as the other left it and is refused with a reason, or both count.
Nothing happens twice, and the whole database is sound afterwards.
"""

from uuid import UUID

import asyncpg
import pytest

from service.check import check
from service.core.auth.actor import Caller
from service.core.store.db import Database
from service.features.processes.fire_timer import FireTimer
from service.features.processes.start_instance import StartInstance
from service.features.tasks.complete_task import CompleteTask
from service.settings import Settings
from tests.builders import City
from tests.conftest import Do, told
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.people import CALLERS, MAY
from tests.races.stopping import POINTS, Asked, race

PROCESS = Caller(is_process=True)
_LATE = (
    '<boundaryEvent id="late" attachedToRef="look"><timerEventDefinition>'
    "<timeDuration>PT0S</timeDuration></timerEventDefinition></boundaryEvent>"
    '<sequenceFlow id="to_over" sourceRef="late" targetRef="over"/><endEvent id="over"/>'
)
_TWO = (
    START
    + '<parallelGateway id="fork"/><parallelGateway id="join"/>'
    + user_task("a")
    + user_task("b")
    + END
    + "".join(
        f'<sequenceFlow id="{one}_{two}" sourceRef="{one}" targetRef="{two}"/>'
        for one, two in (
            ("start", "fork"),
            ("fork", "a"),
            ("fork", "b"),
            ("a", "join"),
            ("b", "join"),
            ("join", "end"),
        )
    )
)
_ROUNDS = (
    "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality>"
    "</multiInstanceLoopCharacteristics></userTask>"
)


class Scene:
    """A case of a small diagram, and what the database says of it."""

    def __init__(self, do: Do, settings: Settings, city: City) -> None:
        self.do = do
        self.settings = settings
        self.city = city

    async def begin(self, inside: str, shared: str = "") -> UUID:
        await in_force(
            self.settings, "race", {"race.bpmn": diagram("race", inside, shared)}, "race"
        )
        answer = await self.do(StartInstance(process="race", body_id=self.city.body))
        assert answer.status == 201, answer.body
        return UUID(told(answer)["id"])

    async def rows(self, query: str) -> list[asyncpg.Record]:
        assert self.settings.migration_database_url
        connection = await asyncpg.connect(self.settings.migration_database_url)
        try:
            return await connection.fetch(query)
        finally:
            await connection.close()

    async def completing(self, **variables: object) -> list[Asked]:
        """The completion of each open task, by the same person."""
        return [
            Asked(CompleteTask(task_id=row["id"], variables=variables), CALLERS[MAY], "1")
            for row in await self.rows(
                "SELECT id FROM task WHERE state = 'OPEN' ORDER BY element, number"
            )
        ]

    async def firing(self) -> Asked:
        (timer,) = await self.rows("SELECT id FROM timer")
        return Asked(FireTimer(timer_id=timer["id"]), PROCESS)

    async def ends(self, *elements: str) -> None:
        """The case has passed these elements and no others among its ends, each once."""
        passed = await self.rows(
            "SELECT element FROM history WHERE kind = 'left' AND element IN ('end', 'over') "
            "ORDER BY element"
        )
        assert [row["element"] for row in passed] == sorted(elements)
        (case,) = await self.rows("SELECT state FROM instance")
        assert case["state"] == "COMPLETED"
        report = await check(self.settings)
        assert report.is_sound, [each for each in report.rules if each.findings]


@pytest.fixture
def scene(do: Do, settings: Settings, city: City) -> Scene:
    return Scene(do, settings, city)


@pytest.mark.parametrize("point", POINTS)
async def test_of_two_who_complete_a_task_one_does(database: Database, scene: Scene, point: str):
    await scene.begin(chain(START, user_task("look"), END))
    (completing,) = await scene.completing()
    answers = await race(database, completing, completing, point)
    assert sorted(each.status for each in answers) == [200, 409]
    assert {each.outcome for each in answers} == {"done", "task_over"}
    await scene.ends("end")


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("timer_is_first", [True, False])
async def test_a_task_is_completed_or_its_time_is_over(
    database: Database, scene: Scene, point: str, timer_is_first: bool
):
    await scene.begin(chain(START, user_task("look"), END) + _LATE)
    (completing,) = await scene.completing()
    pair = (await scene.firing(), completing)
    answers = await race(database, *(pair if timer_is_first else pair[::-1]), point)
    assert sorted(each.status >= 400 for each in answers) == [False, True]
    won = answers.index(next(each for each in answers if each.status < 400))
    await scene.ends("over" if (won == 0) == timer_is_first else "end")


@pytest.mark.parametrize("point", POINTS)
async def test_two_branches_that_meet_go_on_as_one(database: Database, scene: Scene, point: str):
    await scene.begin(_TWO)
    a, b = await scene.completing()
    answers = await race(database, a, b, point)
    assert [each.status for each in answers] == [200, 200]
    await scene.ends("end")


@pytest.mark.parametrize("point", POINTS)
async def test_the_last_two_of_many_end_the_activity_once(
    database: Database, scene: Scene, point: str
):
    task = user_task("look").replace("</userTask>", _ROUNDS)
    await scene.begin(chain(START, task, END))
    one, two = await scene.completing()
    answers = await race(database, one, two, point)
    assert [each.status for each in answers] == [200, 200]
    await scene.ends("end")
