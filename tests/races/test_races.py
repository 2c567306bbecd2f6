"""Whatever comes at once comes one after the other: each pair, in each order, at each point.

One of the two finds the case as the other left it and is refused with a reason, or both count.
Nothing happens twice, and the whole database is sound afterwards.
"""

import pytest

from service.core.store.db import Database
from tests.diagrams import END, START, chain, user_task
from tests.races.scene import Scene
from tests.races.stopping import POINTS, race

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
