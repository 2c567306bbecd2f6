"""Long moves: the worker goes on where one had no room for more; an endless one is stopped."""

from service.core.engine.spiff import step
from service.core.store.db import Database
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, in_force
from tests.features.processes.cases import rows, started, worked

_LONG = 700


async def test_a_long_move_is_finished_by_the_worker(
    api: Api, settings: Settings, database: Database, city: City
):
    steps = [f'<task id="t{number}"/>' for number in range(_LONG)]
    drawn = diagram("long", chain(START, *steps, END))
    await in_force(settings, "long", {"long.bpmn": drawn}, "long")
    case = await started(api, "long", city)
    assert case["state"] == "RUNNING"
    assert await rows(settings, "SELECT is_unfinished FROM instance") == [(True,)]
    await worked(database)
    assert await rows(settings, "SELECT state FROM instance") == [("COMPLETED",)]
    passed = "SELECT count(*) FROM history WHERE kind = 'left' AND element LIKE 't%'"
    assert await rows(settings, passed) == [(_LONG,)]


async def test_a_flow_that_turns_in_a_circle_ends_as_an_incident(
    api: Api,
    settings: Settings,
    database: Database,
    city: City,
    monkeypatch,
):
    monkeypatch.setattr(step, "MOST_STEPS_ALONE", 10_000)  # a million take minutes
    circle = (
        f'{START}<task id="a"/><task id="b"/>'
        '<sequenceFlow id="f1" sourceRef="start" targetRef="a"/>'
        '<sequenceFlow id="f2" sourceRef="a" targetRef="b"/>'
        '<sequenceFlow id="f3" sourceRef="b" targetRef="a"/>'
    )
    await in_force(settings, "circle", {"circle.bpmn": diagram("circling", circle)}, "circling")
    await started(api, "circling", city)
    assert 3 <= await worked(database) <= 6
    assert await rows(settings, "SELECT code FROM incident") == [("endless",)]
    assert await rows(settings, "SELECT is_unfinished, state FROM instance") == [(False, "RUNNING")]
