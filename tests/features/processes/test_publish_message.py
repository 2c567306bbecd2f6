"""Publishing a message: kept at once, the same one once, given away by the worker."""

from typing import Any

import httpx

from service.core.store.db import Database
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, in_force
from tests.features.processes.cases import message, pass_time, rows, started, waits, worked
from tests.features.processes.outside import program
from tests.people import MAY, MAY_READ, NEVER

_FILES = {"wait.bpmn": diagram("waiting", chain(START, waits(), END), message())}


async def _send(api: Api, who: str = MAY, **more: Any) -> httpx.Response:
    return await api("POST", "/messages", {"message": "reply"} | more, who=who)


async def test_a_message_moves_the_case_that_waits_for_it(
    api: Api, settings: Settings, database: Database, city: City
):
    await in_force(settings, "wait", _FILES, "waiting")
    case = await started(api, "waiting", city, no="7")
    sent = await _send(api, correlation_key="7", variables={"answer": "同意"})
    assert (sent.status_code, sent.json()["delivered_at"]) == (201, None), sent.text
    assert await worked(database) == 1
    taken = "SELECT taken_by::text, delivered_at IS NOT NULL FROM message"
    assert await rows(settings, taken) == [(case["id"], True)]
    ended = "SELECT state, (SELECT count(*) FROM subscription) FROM instance"
    assert await rows(settings, ended) == [("COMPLETED", 0)]


async def test_the_same_message_id_within_its_life_is_one_message(api: Api, settings: Settings):
    sent = [
        (await _send(api, message_id="m1", time_to_live=life)).json()["id"]
        for life in ("P1D", "P3D")
    ]
    assert sent[0] == sent[1]
    await pass_time(settings, days=2)
    assert (await _send(api, message_id="m1")).json()["id"] != sent[0]
    assert await rows(settings, "SELECT count(*) FROM message") == [(2,)]


async def test_a_life_is_a_duration_of_at_most_a_year(api: Api):
    for life in ("an hour", "-PT1H", "P2Y", "P400D"):
        assert (await _send(api, time_to_live=life)).status_code == 422, life
    for life in ("PT0S", "P1Y", "PT1H"):
        assert (await _send(api, time_to_live=life)).status_code == 201, life


async def test_only_the_office_publishes(api: Api):
    for who, status in ((MAY, 201), (MAY_READ, 403), (NEVER, 403)):
        assert (await _send(api, who)).status_code == status


async def test_a_program_publishes_within_the_scopes_of_its_key(
    api: Api, settings: Settings, city: City
):
    sent = {"message": "reply", "correlation_key": "7"}
    narrow = await program(api, settings, "narrow", "quota.*")
    refused = await narrow("/messages", sent)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert await rows(settings, "SELECT count(*) FROM message") == [(0,)]
    robot = await program(api, settings, "archive", "processes.publish_message")
    answer = await robot("/messages", sent, key="k")
    assert answer.status_code == 201, answer.text
    again = await robot("/messages", sent, key="k")
    assert (again.status_code, again.content) == (201, answer.content)
    assert await rows(settings, "SELECT correlation_key FROM message") == [("7",)]
