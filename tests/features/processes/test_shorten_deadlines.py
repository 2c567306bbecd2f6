"""Shortening the periods of a case: what is open and what follows, called processes included."""

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.store.db import Database
from service.features.processes.shorten_deadlines import ShortenDeadlines
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api, told
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.features.processes.cases import pass_time, rows, started

_FILES = {
    "w.bpmn": diagram(
        "within",
        chain(
            START,
            '<callActivity id="call"><extensionElements><zeebe:calledElement processId="inner" '
            'bindingType="latest"/></extensionElements></callActivity>',
            END,
        ),
    ),
    "i.bpmn": diagram(
        "inner",
        chain(
            START,
            user_task("look", '<dingbian:deadline days="=limits.look"/>'),
            user_task("sign", '<dingbian:deadline days="=limits.sign"/>'),
            END,
        ),
    ),
}
_OPEN = "SELECT element, (deadline ->> 'days')::int FROM task WHERE state = 'OPEN'"


async def test_open_periods_and_the_variables_of_called_processes_are_shortened(
    api: Api, settings: Settings, city: City, database: Database
):
    await in_force(settings, "within", _FILES, "within", "inner")
    case = await started(api, "within", city, limits={"look": 20, "sign": 8})
    await pass_time(settings, days=8)
    shortening = ShortenDeadlines.model_validate(
        {
            "instance_id": case["id"],
            # Five working days are over; the sixth is today, the earliest last day.
            "periods": [{"days": 20, "shortened": 5}, {"days": 8, "shortened": 4}],
            "variables": {"limits": {"look": 5, "sign": 4}, "unknown": 1},
            "reason": "加急",
        }
    )
    done = await Executor(database).execute(shortening, Caller(is_process=True))
    assert told(done)["deadlines"] == 1, done.body
    assert await rows(settings, _OPEN) == [("look", 6)]
    ((task, version),) = await rows(settings, "SELECT id, version FROM task")
    path = f"/tasks/{task}/complete"
    answer = await api("POST", path, {"variables": {}}, if_match=f'"{version}"')
    assert answer.status_code == 200, answer.text
    assert await rows(settings, _OPEN) == [("sign", 4)]
    variables = (await api("GET", f"/instances/{case['id']}")).json()
    assert "unknown" not in str(variables)
