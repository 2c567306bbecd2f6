"""What comes from outside at once: people, timers, messages, workers, leaders, new releases.

Each pair in each order, stopped at each point: one comes first, the other finds the case as it
is then, and nothing happens twice.
"""

import pytest

from service.core.command import Answer
from service.core.store.db import Database
from service.features.processes.activate_jobs import ActivateJobs
from service.features.processes.approve_release import ApproveRelease
from service.features.processes.complete_job import CompleteJob
from service.features.processes.publish_message import PublishMessage
from service.features.processes.start_instance import StartInstance
from service.features.tasks.claim_task import ClaimTask
from tests.builders import give_duty
from tests.conftest import told
from tests.diagrams import END, START, chain, diagram, in_force, proposed, user_task
from tests.features.processes.cases import message, waits
from tests.features.processes.outside import job
from tests.people import CALLERS, MAY, MAY_READ
from tests.races.scene import Scene
from tests.races.stopping import POINTS, Asked, race

_EACH = pytest.mark.parametrize("point", POINTS)
_BOTH = pytest.mark.parametrize("is_turned", [False, True])
_DUE = "<timerEventDefinition><timeDuration>PT0S</timeDuration></timerEventDefinition>"
_SHARED = message("=&quot;7&quot;")
_FORK = (
    chain(START, '<eventBasedGateway id="fork"/>', waits(), END)
    + f'<intermediateCatchEvent id="pause">{_DUE}</intermediateCatchEvent>'
    '<sequenceFlow id="to_pause" sourceRef="fork" targetRef="pause"/>'
    '<sequenceFlow id="to_over" sourceRef="pause" targetRef="over"/><endEvent id="over"/>'
)
_REPLY = PublishMessage(message="reply", correlation_key="7")
_JOB = chain(START, job("pay", "payroll.update"), END)


def _is_first_refused(answers: tuple[Answer, Answer]) -> bool:
    """Exactly one of the two is refused: whether it is the first."""
    assert sorted(each.status >= 400 for each in answers) == [False, True], answers
    return answers[0].status >= 400


async def _raced(
    database: Database, pair: tuple[Asked, Asked], point: str, is_turned: bool
) -> tuple[Answer, Answer]:
    """The answers in the order of the pair, though the second one began if it is turned."""
    first, second = pair[::-1] if is_turned else pair
    answers = await race(database, first, second, point)
    return (answers[1], answers[0]) if is_turned else answers


@_EACH
@_BOTH
async def test_a_task_is_claimed_by_one(
    database: Database, scene: Scene, point: str, is_turned: bool
):
    await give_duty(scene.settings, MAY_READ, "office_case_officer")
    await scene.begin(chain(START, user_task("look"), END))
    (task,) = await scene.rows("SELECT id FROM task")
    claim = ClaimTask(task_id=task["id"])
    pair = (Asked(claim, CALLERS[MAY]), Asked(claim, CALLERS[MAY_READ]))
    answers = await _raced(database, pair, point, is_turned)
    assert sorted(each.outcome for each in answers) == ["done", "task_taken"]
    assert await scene.count("outbox WHERE type = 'tasks.task_claimed'") == 1
    assert await scene.count("inbox") == 1
    await scene.stands("RUNNING")


@_EACH
@_BOTH
async def test_a_case_that_waits_for_several_takes_one(
    database: Database, scene: Scene, point: str, is_turned: bool
):
    await scene.begin(_FORK, _SHARED)
    await scene.do(_REPLY)
    pair = (await scene.delivering(), await scene.firing())
    answers = await _raced(database, pair, point, is_turned)
    taken = await scene.count("message WHERE taken_by IS NOT NULL")
    assert (answers[0].status, taken + (answers[1].status == 200)) == (200, 1)
    await scene.ends("end" if taken else "over")


@_EACH
@_BOTH
async def test_a_message_that_meets_the_beginning_of_its_wait_arrives_once(
    database: Database, scene: Scene, point: str, is_turned: bool
):
    await scene.begin(chain(START, user_task("look"), waits(), END), _SHARED)
    await scene.do(_REPLY)
    (completing,) = await scene.completing()
    pair = (await scene.delivering(), completing)
    answers = await _raced(database, pair, point, is_turned)
    assert [each.status for each in answers] == [200, 200]
    await scene.work(database)
    assert await scene.count("history WHERE kind = 'message_arrived'") == 1
    await scene.ends("end")


@_EACH
@_BOTH
async def test_a_message_sent_while_its_wait_begins_arrives_once(
    database: Database, scene: Scene, point: str, is_turned: bool
):
    await scene.begin(chain(START, user_task("look"), waits(), END), _SHARED)
    (completing,) = await scene.completing()
    pair = (Asked(_REPLY, CALLERS[MAY]), completing)
    answers = await _raced(database, pair, point, is_turned)
    assert [each.status for each in answers] == [201, 200]
    await scene.work(database)
    assert await scene.count("history WHERE kind = 'message_arrived'") == 1
    await scene.ends("end")


@_EACH
@_BOTH
@pytest.mark.parametrize("other", ["job", "timer", "task"])
async def test_a_case_is_cancelled_or_goes_on(
    database: Database, scene: Scene, point: str, is_turned: bool, other: str
):
    pause = f'<intermediateCatchEvent id="pause">{_DUE}</intermediateCatchEvent>'
    inside = {"job": _JOB, "timer": chain(START, pause, END)}
    await scene.begin(inside.get(other, chain(START, user_task("look"), END)))
    await give_duty(scene.settings, MAY, "office_deputy")
    if other == "job":
        going_on = await _holding(scene)
    elif other == "timer":
        going_on = await scene.firing()
    else:
        (going_on,) = await scene.completing()
    pair = (await scene.cancelling(), going_on)
    if _is_first_refused(await _raced(database, pair, point, is_turned)):
        await scene.ends("end")
    else:
        assert await scene.count("history WHERE kind = 'left' AND element = 'end'") == 0
        await scene.stands("CANCELLED")
    for waiting in ("timer", "inbox", "task WHERE state = 'OPEN'", "job WHERE state = 'WAITING'"):
        assert await scene.count(waiting) == 0


async def _holding(scene: Scene) -> Asked:
    """The completion of the one job, by who has taken it."""
    await give_duty(scene.settings, MAY, "system_admin")
    taken = told(await scene.do(ActivateJobs(type="payroll.update", worker="w")))
    return Asked(CompleteJob(job_id=taken["jobs"][0]["id"], worker="w"), CALLERS[MAY])


@_EACH
async def test_a_job_is_taken_by_one_worker(database: Database, scene: Scene, point: str):
    await scene.begin(_JOB)
    await give_duty(scene.settings, MAY, "system_admin")
    one, other = (
        Asked(ActivateJobs(type="payroll.update", worker=worker), CALLERS[MAY])
        for worker in ("w1", "w2")
    )
    answers = await race(database, one, other, point)
    assert sorted(len(told(each)["jobs"]) for each in answers) == [0, 1]
    (held,) = await scene.rows("SELECT worker FROM job")
    (got,) = (each for answer in answers for each in told(answer)["jobs"])
    assert held["worker"] == got["worker"]
    await scene.stands("RUNNING")


def _files(step: str) -> dict[str, str]:
    """A process and one that it calls; their tasks are named after the release."""
    call = (
        '<callActivity id="ask"><extensionElements><zeebe:calledElement processId="inner"/>'
        "</extensionElements></callActivity>"
    )
    begin, done = '<startEvent id="begin"/>', '<endEvent id="done"/>'
    steps = chain(begin, user_task(f"inner_{step}"), done)
    inner = f'<process id="inner" isExecutable="true">{steps}</process>'
    outer = chain(START, user_task(f"outer_{step}"), call, END)
    return {"race.bpmn": diagram("race", outer, inner)}


@_EACH
@_BOTH
async def test_a_case_that_begins_while_a_release_comes_into_force_has_one_of_them(
    database: Database, scene: Scene, point: str, is_turned: bool
):
    settings = scene.settings
    await in_force(settings, "race", _files("old"), "race", "inner")
    release = await proposed(settings, "race", _files("new"), "race", "inner")
    await give_duty(settings, MAY, "office_director")
    start = Asked(StartInstance(process="race", body_id=scene.city.body), CALLERS[MAY])
    approve = Asked(ApproveRelease(release_id=release), CALLERS[MAY], "1")
    answers = await _raced(database, (start, approve), point, is_turned)
    assert [each.status for each in answers] == [201, 200]
    (outer,) = await scene.completing()
    await scene.do(outer.command, if_match="1")
    (inner,) = await scene.completing()
    await scene.do(inner.command, if_match="1")
    cases = await scene.rows("SELECT release_number, release_id FROM instance")
    assert len({tuple(each) for each in cases}) == 1
    of_it = "old" if cases[0]["release_number"] == 1 else "new"
    steps = await scene.rows("SELECT element FROM task ORDER BY id")
    assert [each["element"] for each in steps] == [f"outer_{of_it}", f"inner_{of_it}"]
    await scene.stands("COMPLETED")
