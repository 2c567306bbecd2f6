"""Broadcasting a signal: to everybody who waits at that moment, and to nobody later."""

from service.core.store.db import Database
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, in_force
from tests.features.processes.cases import SIGNAL, begins, hears, rows, started, worked
from tests.people import MAY, MAY_READ, NEVER

_FILES = {"hear.bpmn": diagram("hearing", chain(START, hears(), END), SIGNAL)}
_BODY = {"signal": "published", "variables": {"year": 2027}}


async def test_everybody_who_waits_gets_a_signal_and_nobody_later(
    api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "hear", _FILES, "hearing")
    for _ in range(3):
        await started(api, "hearing", city)
    assert (await api("POST", "/signals", _BODY)).status_code == 201
    await started(api, "hearing", city)
    assert await worked(database) == 3
    states = "SELECT state, count(*) FROM instance GROUP BY state ORDER BY state"
    assert await rows(settings, states) == [("COMPLETED", 3), ("RUNNING", 1)]
    assert await rows(settings, "SELECT count(*) FROM signal_delivery") == [(0,)]


async def test_a_signal_starts_every_process_that_begins_with_it(
    api: Api, settings: Settings, database: Database, city: City
):
    begin = begins('<signalEventDefinition signalRef="s"/>')
    for process in ("first", "second"):
        drawn = diagram(process, chain(begin, END), SIGNAL)
        await in_force(settings, process, {f"{process}.bpmn": drawn}, process)
    await api("POST", "/signals", _BODY)
    await worked(database)
    found = await rows(settings, "SELECT process, state FROM instance ORDER BY process")
    assert found == [("first", "COMPLETED"), ("second", "COMPLETED")]


async def test_a_diagram_signals_to_all_other_cases(
    api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "hear", _FILES, "hearing")
    throw = (
        '<intermediateThrowEvent id="tell"><signalEventDefinition signalRef="s"/>'
        "</intermediateThrowEvent>"
    )
    drawn = diagram("telling", chain(START, throw, END), SIGNAL)
    await in_force(settings, "tell", {"tell.bpmn": drawn}, "telling")
    for _ in range(2):
        await started(api, "hearing", city)
    await started(api, "telling", city)
    await worked(database)
    assert await rows(settings, "SELECT DISTINCT state FROM instance") == [("COMPLETED",)]


async def test_only_the_office_broadcasts(api: Api):
    for who, status in ((MAY, 201), (MAY_READ, 403), (NEVER, 403)):
        assert (await api("POST", "/signals", _BODY, who=who)).status_code == status
