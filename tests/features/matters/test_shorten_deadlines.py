"""The director makes a matter urgent: what is open and what follows takes half of its time."""

import httpx
import pytest

from service.core.store.db import Database
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api, Do, told
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.features.matters.conftest import asking
from tests.features.matters.test_gather_facts import install
from tests.features.processes.cases import pass_time, rows
from tests.people import MAY, MAY_READ, NEVER

REASON = {"reason": "防汛应急"}
CALLED = diagram(
    "writing",
    chain(
        START,
        user_task("write_request", '<dingbian:deadline days="=limits.A02"/>'),
        user_task("check", '<dingbian:deadline days="=limits.A03"/>'),
        END,
    ),
)
FLOW = diagram(
    "request_approval",
    chain(
        START,
        '<businessRuleTask id="limits"><extensionElements><zeebe:calledDecision '
        'decisionId="step_limits" bindingType="latest" resultVariable="limits"/>'
        "</extensionElements></businessRuleTask>",
        '<callActivity id="call"><extensionElements><zeebe:calledElement processId="writing" '
        'bindingType="latest" propagateAllParentVariables="true" '
        'propagateAllChildVariables="false"/></extensionElements></callActivity>',
        END,
    ),
)


async def due(settings: Settings, element: str) -> list[int]:
    found = await rows(
        settings,
        "SELECT (deadline ->> 'days')::int FROM task WHERE element = $1 AND state = 'OPEN'",
        element,
    )
    return [each[0] for each in found]


async def urged(api: Api, matter: str, who: str | None = MAY) -> httpx.Response:
    return await api("POST", f"/matters/{matter}/shorten-deadlines", REASON, who=who)


@pytest.fixture
async def slow(do: Do, city: City, database: Database, settings: Settings) -> str:
    """A matter whose case waits in a called process, with half a year to write it."""
    await install(database)
    files = {"request_approval.bpmn": FLOW, "writing.bpmn": CALLED}
    await in_force(settings, "matters", files, "request_approval", "writing")
    return str(told(await do(asking(city), who=MAY_READ))["id"])


async def test_open_and_later_steps_take_half_of_their_time(
    slow: str, api: Api, settings: Settings
) -> None:
    await give_duty(settings, MAY, "office_director")
    assert await due(settings, "write_request") == [120]
    answer = await urged(api, slow)
    assert (answer.status_code, answer.json()["is_urgent"]) == (200, True)
    assert await due(settings, "write_request") == [60]
    # Said again it stays so: what is short already is not shortened once more.
    assert (await urged(api, slow)).status_code == 200
    assert await due(settings, "write_request") == [60]
    ((task, version),) = await rows(
        settings, "SELECT id, version FROM task WHERE element = 'write_request'"
    )
    path = f"/tasks/{task}/complete"
    done = await api("POST", path, {"variables": {}}, if_match=f'"{version}"')
    assert done.status_code == 200, done.text
    assert await due(settings, "check") == [30]
    file = (await api("GET", f"/matters/{slow}/records")).json()["items"]
    assert file[0]["content"] == {"named": "urgent", **REASON}


async def test_nobody_is_late_by_it(slow: str, api: Api, settings: Settings) -> None:
    await give_duty(settings, MAY, "office_director")
    await pass_time(settings, days=140)
    assert (await urged(api, slow)).status_code == 200
    (used,) = await due(settings, "write_request")
    assert 60 < used < 120
    ((is_late,),) = await rows(
        settings,
        "SELECT due_at <= now() + (SELECT moved FROM demo_clock) FROM task WHERE state = 'OPEN'",
    )
    assert is_late is False


async def test_only_the_director_makes_it_urgent(slow: str, api: Api) -> None:
    for who, status in ((MAY, 403), (MAY_READ, 403), (NEVER, 403), (None, 401)):
        assert (await urged(api, slow, who)).status_code == status
