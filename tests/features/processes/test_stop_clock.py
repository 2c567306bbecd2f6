"""Stopping a clock: no due time while it stands; the days used are kept, and it goes on there."""

from typing import Any

from service.core.store.db import Database
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.features.processes.cases import ordered, pass_time, rows, started, within, worked
from tests.people import MAY, MAY_READ, NEVER

_WHY = {"reason": "等待申请单位补正材料"}
_LATE = (
    '<boundaryEvent id="late" attachedToRef="look" cancelActivity="false">'
    f"<timerEventDefinition><extensionElements>{within(5)}</extensionElements>"
    '</timerEventDefinition></boundaryEvent><endEvent id="told"/>'
    '<sequenceFlow id="tell" sourceRef="late" targetRef="told"/>'
)
_FILES = {"w.bpmn": diagram("within", chain(START, user_task("look", within(5)), END) + _LATE)}
_DUE = """SELECT (SELECT due_at FROM task WHERE state = 'OPEN')::text,
(SELECT due_at FROM timer)::text, (SELECT DISTINCT due_at::text FROM inbox)"""


async def _clock(api: Api, case: dict[str, Any], verb: str, who: str = MAY) -> int:
    answer = await api("POST", f"/instances/{case['id']}/{verb}-clock", _WHY, who=who)
    return answer.status_code


async def test_a_clock_that_stood_still_counts_on_with_the_days_that_were_left(
    api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "within", _FILES, "within")
    case = await started(api, "within", city)
    assert await rows(settings, _DUE) == [("2026-12-01 16:00:00+00",) * 3]
    await pass_time(settings, days=2)
    assert await _clock(api, case, "stop") == 200
    assert await rows(settings, _DUE) == [(None, None, "infinity")]
    await pass_time(settings, days=30)
    await worked(database)
    assert await rows(settings, "SELECT count(*) FROM timer") == [(1,)]
    await pass_time(settings, days=-26)  # Monday
    assert await _clock(api, case, "resume") == 200
    assert await rows(settings, _DUE) == [("2026-12-03 16:00:00+00",) * 3]
    await pass_time(settings, days=4)
    await worked(database)
    assert await rows(settings, "SELECT count(*) FROM timer") == [(0,)]


async def test_stopping_and_resuming_on_one_day_moves_nothing(
    api: Api, settings: Settings, city: City
):
    await in_force(settings, "within", _FILES, "within")
    case = await started(api, "within", city)
    for days in (0, 1, 3):
        await pass_time(settings, days=days)
        assert [await _clock(api, case, verb) for verb in ("stop", "resume")] == [200, 200]
        assert await rows(settings, _DUE) == [("2026-12-01 16:00:00+00",) * 3]


async def test_an_overdue_deadline_stays_overdue(api: Api, settings: Settings, city: City):
    await in_force(settings, "within", _FILES, "within")
    case = await started(api, "within", city)
    await pass_time(settings, days=10)
    await _clock(api, case, "stop")
    await pass_time(settings, days=3)
    await _clock(api, case, "resume")
    overdue = "SELECT due_at < '2026-12-07 01:00+00' FROM task"
    assert await rows(settings, overdue) == [(True,)]


async def test_a_clock_is_stopped_and_resumed_once_each(api: Api, settings: Settings, city: City):
    await in_force(settings, "within", _FILES, "within")
    case = await started(api, "within", city)
    verbs = ("resume", "stop", "stop", "resume", "resume")
    assert [await _clock(api, case, verb) for verb in verbs] == [409, 200, 409, 200, 409]


async def test_a_clock_stopped_for_two_causes_goes_on_when_both_are_over(
    api: Api, settings: Settings, city: City
):
    await in_force(settings, "within", _FILES, "within")
    case = await started(api, "within", city)

    async def clock(verb: str, cause: str) -> bool:
        body = {**_WHY, "cause": cause}
        told = await api("POST", f"/instances/{case['id']}/{verb}-clock", body)
        return bool(told.json()["is_stopped"])

    steps = [("stop", "EXPERT"), ("stop", "GATE"), ("resume", "EXPERT"), ("resume", "GATE")]
    assert [await clock(*step) for step in steps] == [True, True, True, False]
    assert await rows(settings, _DUE) == [("2026-12-01 16:00:00+00",) * 3]
    kept = "SELECT cause, is_stop, runs, reason FROM clock_entry ORDER BY id"
    why = _WHY["reason"]
    assert await rows(settings, kept) == [
        ("EXPERT", True, False, why),
        ("GATE", True, False, why),
        ("EXPERT", False, False, why),
        ("GATE", False, True, why),
    ]


async def test_every_change_is_kept_with_its_reason(api: Api, settings: Settings, city: City):
    await in_force(settings, "within", _FILES, "within")
    case = await started(api, "within", city)
    await _clock(api, case, "stop")
    path = f"/instances/{case['id']}/deadlines"
    told = (await api("GET", path, who=MAY_READ)).json()
    assert [each["clock"] for each in told["stopped"]] == ["office"]
    assert [each["due_at"] for each in told["open"]] == [None, None]
    changes = [(each["action"], each["reason"], each["actor_name"]) for each in told["changes"]]
    assert changes == [("STOP", _WHY["reason"], MAY)] * 2
    assert (await api("GET", path, who=NEVER)).status_code == 404


async def test_only_the_office_stops_a_clock(api: Api, settings: Settings, city: City):
    await in_force(settings, "within", _FILES, "within")
    case = await started(api, "within", city)
    for who in (MAY_READ, NEVER):
        assert [await _clock(api, case, verb, who) for verb in ("stop", "resume")] == [403, 403]


async def test_a_diagram_stops_its_own_clock_for_what_is_open_and_what_it_opens(
    api: Api, settings: Settings, city: City
):
    stop = ordered("stop", "processes.stop_clock", reason="等待补正")
    inside = chain(
        START, '<parallelGateway id="fork"/>', user_task("ask"), stop, user_task("reply", within(3))
    )
    beside = user_task("look", within(5)) + (
        '<sequenceFlow id="beside" sourceRef="fork" targetRef="look"/>'
        '<endEvent id="end"/><endEvent id="over"/>'
        '<sequenceFlow id="e1" sourceRef="look" targetRef="end"/>'
        '<sequenceFlow id="e2" sourceRef="reply" targetRef="over"/>'
    )
    drawn = diagram("stopping", inside + beside)
    await in_force(settings, "stopping", {"s.bpmn": drawn}, "stopping")
    await started(api, "stopping", city)
    ((ask, version),) = await rows(settings, "SELECT id, version FROM task WHERE element = 'ask'")
    done = await api("POST", f"/tasks/{ask}/complete", {}, if_match=f'"{version}"')
    assert done.status_code == 200, done.text
    opened = "SELECT element, due_at, deadline->>'used' FROM task WHERE state = 'OPEN' ORDER BY 1"
    assert await rows(settings, opened) == [("look", None, "0"), ("reply", None, "0")]
    assert await rows(settings, "SELECT DISTINCT due_at::text FROM inbox") == [("infinity",)]


async def test_a_diagram_cannot_touch_another_case(api: Api, settings: Settings, city: City):
    other = "01a20e55-6313-79c5-b159-b84d0635216c"
    stop = ordered("stop", "processes.stop_clock", reason="停", instance_id=other)
    drawn = diagram("meddling", chain(START, stop, END))
    await in_force(settings, "meddling", {"m.bpmn": drawn}, "meddling")
    await started(api, "meddling", city)
    assert await rows(settings, "SELECT element, code FROM incident") == [("stop", "job_failed")]
