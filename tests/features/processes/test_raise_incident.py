"""What is refused while nobody is there to see: kept, tried again, and left to people."""

from service.core.store.db import Database
from service.features.processes.broadcast_signal import BroadcastSignal
from service.features.processes.publish_message import PublishMessage
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api, Do
from tests.diagrams import END, START, chain, diagram, in_force
from tests.features.processes.cases import (
    ORDER,
    SIGNAL,
    begins,
    hears,
    message,
    pass_time,
    rows,
    started,
    waits,
    worked,
)

_PAUSE = (
    '<intermediateCatchEvent id="pause"><timerEventDefinition><timeDuration>PT1H</timeDuration>'
    "</timerEventDefinition></intermediateCatchEvent>"
)
_TIMER = {"p.bpmn": diagram("pausing", chain(START, _PAUSE, ORDER, END))}
_LATER = {"later.bpmn": diagram("later", chain(START, END))}
_OPEN = "SELECT code, attempts, retry_at IS NULL FROM incident WHERE resolved_at IS NULL"


async def test_a_refused_timer_is_tried_again_after_pauses_that_grow_and_then_left_to_people(
    api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "p", _TIMER, "pausing")
    await started(api, "pausing", city)
    await pass_time(settings, hours=1)
    for attempts, minutes in ((1, 1), (2, 4), (3, 16), (4, 64), (5, 10_000)):
        await worked(database)
        found = [("process_missing", attempts, attempts == 5)]
        assert await rows(settings, _OPEN) == found
        await pass_time(settings, minutes=minutes - 0.5)
        await worked(database)
        assert await rows(settings, _OPEN) == found
        await pass_time(settings, minutes=1)
    await worked(database)
    assert await rows(settings, _OPEN) == [("process_missing", 5, True)]
    assert await rows(settings, "SELECT state FROM instance") == [("RUNNING",)]


async def test_a_refused_timer_that_works_in_the_end_closes_its_incident(
    api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "p", _TIMER, "pausing")
    await started(api, "pausing", city)
    await pass_time(settings, hours=1)
    await worked(database)
    assert len(await rows(settings, _OPEN)) == 1
    await in_force(settings, "later", _LATER, "later")
    await pass_time(settings, minutes=2)
    await worked(database)
    assert await rows(settings, _OPEN) == []
    assert await rows(settings, "SELECT DISTINCT state FROM instance") == [("COMPLETED",)]


async def test_a_refused_message_waits_with_its_incident_longer_than_it_would_live(
    do: Do, api: Api, settings: Settings, database: Database, city: City
):
    drawn = diagram("waiting", chain(START, waits(), ORDER, END), message())
    await in_force(settings, "wait", {"wait.bpmn": drawn}, "waiting")
    case = await started(api, "waiting", city, no="7")
    await do(PublishMessage(message="reply", correlation_key="7", time_to_live="PT0S"))
    await worked(database)
    whose = "SELECT instance_id::text, element, input->>'kind' FROM incident"
    assert await rows(settings, whose) == [(case["id"], "wait", "message")]
    await in_force(settings, "later", _LATER, "later")
    await pass_time(settings, minutes=2)
    await worked(database)
    assert await rows(settings, _OPEN) == []
    assert await rows(settings, "SELECT taken_by::text FROM message") == [(case["id"],)]


async def test_a_refused_signal_holds_up_nobody_else(
    do: Do, api: Api, settings: Settings, database: Database, city: City
):
    refused = diagram("refusing", chain(START, hears(), ORDER, END), SIGNAL)
    await in_force(settings, "refuse", {"r.bpmn": refused}, "refusing")
    heard = diagram("hearing", chain(START, hears(), END), SIGNAL)
    await in_force(settings, "hear", {"h.bpmn": heard}, "hearing")
    for process in ("refusing", "hearing", "refusing", "hearing"):
        await started(api, process, city)
    await do(BroadcastSignal(signal="published"))
    await worked(database)
    done = "SELECT count(*) FROM instance WHERE state = 'COMPLETED'"
    assert await rows(settings, done) == [(2,)]
    assert await rows(settings, _OPEN) == [("process_missing", 1, False)] * 2


async def test_a_start_that_is_refused_is_an_incident_of_no_case(
    do: Do, settings: Settings, database: Database, city: City
):
    begin = begins('<messageEventDefinition messageRef="m"/>')
    drawn = diagram("beginning", chain(begin, ORDER, END), message(key=""))
    await in_force(settings, "begin", {"begin.bpmn": drawn}, "beginning")
    await do(PublishMessage(message="reply"))
    await worked(database)
    found = "SELECT instance_id, element, code FROM incident"
    assert await rows(settings, found) == [(None, "start", "process_missing")]
    assert await rows(settings, "SELECT count(*) FROM instance") == [(0,)]
