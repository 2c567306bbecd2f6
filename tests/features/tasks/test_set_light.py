"""Lights: counted once a day by the office's table, kept with each colour, red goes upward."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.sweep import sweep
from service.features.processes.install_release import InstalledFolder, InstallRelease
from service.features.processes.on_disk import read_flow
from service.worker import SWEEPS
from tests.builders import give_duty
from tests.conftest import Api
from tests.features.tasks.conftest import Cases, one
from tests.features.tasks.test_remind_task import set_day
from tests.people import MAY, MAY_READ, NEVER

_FOLDER = Path(__file__).parents[3] / "bpmn" / "matters"
#: From Tuesday, the 24th of November: until Tuesday, the 8th of December.
TEN_DAYS = '<dingbian:deadline days="10"/>'


@pytest.fixture
async def tables(cases: Cases) -> None:
    """The office's tables of matters are in force, without their diagrams."""
    files = tuple(each for each in read_flow(_FOLDER).files if each.path.endswith(".dmn"))
    installing = InstallRelease(folders=(InstalledFolder(flow="matters", files=files),))
    done = await Executor(cases.database).execute(installing, Caller(is_process=True))
    assert done.status < 400, done.body


async def shine(cases: Cases) -> int:
    """What the worker does about lights; how many were counted."""
    (each,) = [each for each in SWEEPS if each.due.__name__ == "due_lights"]
    return await sweep(Executor(cases.database), each)


async def light(api: Api, task: Any, who: str = MAY) -> tuple[str | None, str | None]:
    seen = (await api("GET", f"/tasks/{task}", who=who)).json()
    return seen["light"], seen["light_reason"]


async def test_a_task_is_green_at_first_and_changes_its_colour_day_by_day(
    api: Api, cases: Cases, tables: None
) -> None:
    task = await cases.task(await cases.begin(one(TEN_DAYS)))
    assert await light(api, task) == ("GREEN", None)
    assert await shine(cases) == 0
    seen = []
    for day in (date(2026, 11, 25), date(2026, 12, 1), date(2026, 12, 4), date(2026, 12, 9)):
        await set_day(cases.settings, day)
        assert [await shine(cases) for _ in range(2)] == [1, 0]
        seen.append(await light(api, task))
    assert seen == [
        ("GREEN", "剩余9/10"),
        ("YELLOW", "剩余5/10"),
        ("ORANGE", "剩余2个工作日"),
        ("RED", "已超期1个工作日"),
    ]
    kept = await cases.database.reading.fetch(
        "SELECT light, period, days_left FROM light_entry ORDER BY id"
    )
    assert [tuple(row) for row in kept] == [
        ("YELLOW", 10, 5),
        ("ORANGE", 10, 2),
        ("RED", 10, -1),
    ]


async def test_red_is_told_to_the_next_leader_and_never_becomes_green_again(
    api: Api, cases: Cases, tables: None
) -> None:
    await give_duty(cases.settings, MAY_READ, "office_deputy")
    case = await cases.begin(one(TEN_DAYS))
    task = await cases.task(case)
    await set_day(cases.settings, date(2026, 12, 9))
    assert await shine(cases) == 1
    for who, count in ((MAY, 0), (MAY_READ, 1), (NEVER, 0)):
        notices = (await api("GET", "/notices", who=who)).json()["items"]
        assert len(notices) == count, who
    overdue = "SELECT data FROM outbox WHERE type = 'tasks.task_overdue'"
    assert (await cases.database.reading.fetchval(overdue))["days_over"] == 1
    body = {"days": 20, "reason": "情况复杂"}
    extended = await api("POST", f"/instances/{case}/extend-deadline", body, who=MAY_READ)
    assert extended.status_code == 200, extended.text
    # A deadline that moved is counted anew the same day.
    assert await shine(cases) == 1
    assert await light(api, task) == ("YELLOW", "曾超期，办结前保持黄灯")


async def test_without_a_table_in_force_no_colour_is_made_up(api: Api, cases: Cases) -> None:
    task = await cases.task(await cases.begin(one(TEN_DAYS)))
    await set_day(cases.settings, date(2026, 12, 9))
    assert [await shine(cases) for _ in range(2)] == [1, 0]
    assert await light(api, task) == (None, None)
