"""Extending a deadline: some working days more, by leaders or by the diagram itself."""

from typing import Any

import httpx

from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.features.processes.cases import ordered, rows, started, within
from tests.people import MAY, MAY_READ, NEVER

_FILES = {"w.bpmn": diagram("within", chain(START, user_task("look", within(5)), END))}
_DUE = "SELECT due_at::text, deadline->>'days' FROM task"


async def _extend(
    api: Api, case: dict[str, Any], days: int = 2, who: str = MAY, **more: Any
) -> httpx.Response:
    body = {"days": days, "reason": "情况复杂"} | more
    return await api("POST", f"/instances/{case['id']}/extend-deadline", body, who=who)


async def test_an_extended_deadline_has_more_working_days(api: Api, settings: Settings, city: City):
    await in_force(settings, "within", _FILES, "within")
    await give_duty(settings, MAY, "office_deputy")
    case = await started(api, "within", city)
    assert (await _extend(api, case)).json()["deadlines"] == 1
    assert await rows(settings, _DUE) == [("2026-12-03 16:00:00+00", "7")]
    assert (await _extend(api, case, 3)).status_code == 200
    assert await rows(settings, _DUE) == [("2026-12-08 16:00:00+00", "10")]
    changes = "SELECT days, reason FROM deadline_change ORDER BY id"
    assert await rows(settings, changes) == [(7, "情况复杂"), (10, "情况复杂")]


async def test_what_no_such_clock_counts_is_not_extended(api: Api, settings: Settings, city: City):
    await in_force(settings, "within", _FILES, "within")
    await give_duty(settings, MAY, "office_deputy")
    case = await started(api, "within", city)
    others: list[dict[str, Any]] = [{"clock": "unit"}, {"element": "other"}]
    for more in others:
        refused = await _extend(api, case, **more)
        assert (refused.status_code, refused.json()["code"]) == (404, "deadline_missing")


async def test_only_leaders_extend(api: Api, settings: Settings, city: City):
    await in_force(settings, "within", _FILES, "within")
    case = await started(api, "within", city)
    for who in (MAY, MAY_READ, NEVER):
        assert (await _extend(api, case, who=who)).status_code == 403


async def test_a_diagram_extends_what_it_has_opened_in_the_same_move_and_nothing_later(
    api: Api, settings: Settings, city: City
):
    extend = ordered("extend", "processes.extend_deadline", days="=2", reason="顺延")
    rest = '<task id="t1"/><task id="t2"/><task id="t3"/>'
    inside = (
        f'{START}<parallelGateway id="fork"/>{extend}{rest}'
        f"{user_task('first', within(5))}{user_task('then', within(5))}"
        + "".join(
            f'<sequenceFlow id="f{nth}" sourceRef="{a}" targetRef="{b}"/>'
            for nth, (a, b) in enumerate(
                [
                    ("start", "fork"),
                    ("fork", "first"),
                    ("fork", "t1"),
                    ("t1", "t2"),
                    ("t2", "t3"),
                    ("t3", "extend"),
                    ("extend", "then"),
                ]
            )
        )
    )
    drawn = diagram("extending", inside)
    await in_force(settings, "extending", {"e.bpmn": drawn}, "extending")
    await started(api, "extending", city)
    found = "SELECT element, deadline->>'days' FROM task ORDER BY element"
    assert await rows(settings, found) == [("first", "7"), ("then", "5")]
