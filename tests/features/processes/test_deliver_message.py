"""Delivering messages: each exactly once, to one, in whatever order message and wait come."""

import asyncio
from uuid import UUID

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.store.db import Database
from service.core.sweep import sweep
from service.features.processes.deliver_message import DeliverMessage
from service.features.processes.message_upkeep import forget_messages
from service.features.processes.publish_message import PublishMessage
from service.features.processes.start_instance import StartInstance
from service.settings import Settings
from service.worker import SWEEPS
from tests.builders import City
from tests.conftest import Api, Do, told
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.features.processes.cases import begins, message, pass_time, rows, started, waits, worked
from tests.people import MAY

_WAIT = {"wait.bpmn": diagram("waiting", chain(START, waits(), END), message())}
_BEGIN = begins('<messageEventDefinition messageRef="m"/>')
_BEGINS = {
    "begin.bpmn": diagram("beginning", chain(_BEGIN, user_task("look"), END), message(key=""))
}


async def test_a_message_that_came_first_is_kept_for_whoever_waits_later(
    do: Do, api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "wait", _WAIT, "waiting")
    await do(PublishMessage(message="reply", correlation_key="7"))
    await worked(database)
    case = await started(api, "waiting", city, no="7")
    await worked(database)
    assert await rows(settings, "SELECT taken_by::text FROM message") == [(case["id"],)]


async def test_a_message_goes_to_the_oldest_case_of_its_key_alone(
    do: Do, api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "wait", _WAIT, "waiting")
    cases = [(await started(api, "waiting", city, no=no))["id"] for no in ("8", "7", "7")]
    await do(PublishMessage(message="reply", correlation_key="7"))
    await worked(database)
    states = "SELECT id::text FROM instance WHERE state = 'COMPLETED'"
    assert await rows(settings, states) == [(cases[1],)]


async def test_what_nobody_wants_is_forgotten_when_its_life_is_over(
    do: Do, settings: Settings, database: Database, city: City
):
    await do(PublishMessage(message="reply", time_to_live="PT1H"))
    await worked(database)
    await pass_time(settings, minutes=59)
    await forget_messages(database)
    assert await rows(settings, "SELECT count(*) FROM message") == [(1,)]
    await pass_time(settings, minutes=2)
    await forget_messages(database)
    assert await rows(settings, "SELECT count(*) FROM message") == [(0,)]


async def test_a_message_without_a_life_is_for_those_who_wait_now(
    do: Do, api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "wait", _WAIT, "waiting")
    await do(PublishMessage(message="reply", correlation_key="7", time_to_live="PT0S"))
    await worked(database)
    await started(api, "waiting", city, no="7")
    assert await worked(database) == 0


async def test_two_sent_at_once_with_one_id_are_one(
    do: Do, api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "wait", _WAIT, "waiting")
    for _ in range(2):
        await started(api, "waiting", city, no="7")
    same = PublishMessage(message="reply", correlation_key="7", message_id="m1")
    answers = await asyncio.gather(*(do(same) for _ in range(4)))
    assert len({told(each)["id"] for each in answers}) == 1
    await worked(database)
    done = "SELECT count(*) FROM instance WHERE state = 'COMPLETED'"
    assert await rows(settings, done) == [(1,)]


async def test_workers_that_look_at_once_deliver_each_message_once(
    do: Do, api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "wait", _WAIT, "waiting")
    for number in range(6):
        await started(api, "waiting", city, no=str(number))
        await do(PublishMessage(message="reply", correlation_key=str(number)))
    sent = [UUID(id_) for (id_,) in await rows(settings, "SELECT id::text FROM message")]
    executor, process = Executor(database), Caller(is_process=True)
    twice = [DeliverMessage(message_id=each) for each in sent for _ in range(2)]
    await asyncio.gather(*(executor.execute(each, process) for each in twice))
    arrived = "SELECT count(*) FROM history WHERE kind = 'message_arrived'"
    assert await rows(settings, arrived) == [(6,)]


async def test_messages_and_waits_that_race_all_meet(
    do: Do, settings: Settings, database: Database, city: City
):
    await in_force(settings, "wait", _WAIT, "waiting")
    keys = [str(number) for number in range(12)]
    sends = [do(PublishMessage(message="reply", correlation_key=key)) for key in keys]
    starts = [do(StartInstance(process="waiting", variables={"no": key})) for key in keys]
    executor = Executor(database)
    looks = [sweep(executor, each) for each in SWEEPS for _ in range(2)]
    mixed = [each for pair in zip(sends, starts, strict=True) for each in pair]
    await asyncio.gather(*mixed, *looks)
    await worked(database)
    left = "SELECT count(*) FROM message WHERE taken_by IS NULL"
    assert await rows(settings, left) == [(0,)]
    assert await rows(settings, "SELECT count(*) FROM subscription") == [(0,)]


async def test_a_message_starts_a_case_and_one_key_has_one_case_at_a_time(
    do: Do, api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "begin", _BEGINS, "beginning")
    for answer in ("a", "b"):
        variables = {"answer": answer}
        await do(PublishMessage(message="reply", correlation_key="7", variables=variables))
    await worked(database)
    running = "SELECT business_key, correlation_key FROM instance WHERE state = 'RUNNING'"
    assert await rows(settings, running) == [("7", "7")]
    ((task, version),) = await rows(settings, "SELECT id, version FROM task")
    await api("POST", f"/tasks/{task}/complete", {}, who=MAY, if_match=f'"{version}"')
    await worked(database)
    assert await rows(settings, running) == [("7", "7")]
    assert await rows(settings, "SELECT count(*) FROM instance") == [(2,)]


async def test_a_message_says_whose_matter_the_case_is_that_it_starts(
    do: Do, settings: Settings, database: Database, city: City
):
    await in_force(settings, "begin", _BEGINS, "beginning")
    told_of = ({"body_id": str(city.body), "title": "评估"}, {"body_id": "nobody", "title": 7})
    for key, variables in enumerate(told_of):
        await do(PublishMessage(message="reply", correlation_key=str(key), variables=variables))
    await worked(database)
    cases = "SELECT body_id, title FROM instance ORDER BY business_key"
    assert await rows(settings, cases) == [(city.body, "评估"), (None, None)]


async def test_messages_without_a_key_start_a_case_each(
    do: Do, settings: Settings, database: Database, city: City
):
    await in_force(settings, "begin", _BEGINS, "beginning")
    for _ in range(3):
        await do(PublishMessage(message="reply"))
    await worked(database)
    assert await rows(settings, "SELECT count(*), count(correlation_key) FROM instance") == [(3, 0)]


async def test_what_a_release_no_longer_starts_by_a_message_is_not_started(
    do: Do, settings: Settings, database: Database, city: City
):
    await in_force(settings, "begin", _BEGINS, "beginning")
    drawn = diagram("beginning", chain(START, user_task("look"), END))
    await in_force(settings, "begin", {"begin.bpmn": drawn}, "beginning")
    await do(PublishMessage(message="reply"))
    await worked(database)
    assert await rows(settings, "SELECT count(*) FROM instance") == [(0,)]


async def test_a_diagram_sends_to_another_case(
    api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "wait", _WAIT, "waiting")
    throw = (
        '<intermediateThrowEvent id="send"><extensionElements>'
        '<zeebe:publishMessage correlationKey="=no"/></extensionElements>'
        '<messageEventDefinition messageRef="m"/></intermediateThrowEvent>'
    )
    drawn = diagram("sending", chain(START, throw, END), message())
    await in_force(settings, "send", {"send.bpmn": drawn}, "sending")
    waiting = await started(api, "waiting", city, no="7")
    await started(api, "sending", city, no="7")
    await worked(database)
    assert await rows(settings, "SELECT taken_by::text FROM message") == [(waiting["id"],)]
