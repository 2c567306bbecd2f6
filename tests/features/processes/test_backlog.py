"""What `/metrics` says of cases: what waits for the worker, and what for a person."""

import re

import httpx
from fastapi import FastAPI

from service.core.store.db import Database
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.diagrams import END, START, chain, diagram, in_force
from tests.features.processes.cases import pass_time, started, worked

_PAUSE = (
    '<intermediateCatchEvent id="pause"><timerEventDefinition><timeDuration>PT1H</timeDuration>'
    "</timerEventDefinition></intermediateCatchEvent>"
)
_FAULT = (
    '<scriptTask id="halve"><extensionElements><zeebe:script expression="=posts / 2" '
    'resultVariable="half"/></extensionElements></scriptTask>'
)


async def _told(app: FastAPI) -> dict[str, float]:
    """The gauges of cases."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://dingbian.test") as client:
        text = (await client.get("/metrics")).text
    found = re.findall(
        r'^dingbian_((?:incidents|timers|messages|cases)[\w{}="]*) (\S+)$', text, re.M
    )
    return {name: float(value) for name, value in found}


async def test_due_timers_messages_and_incidents_are_counted_until_they_are_dealt_with(
    api: Api, app: FastAPI, settings: Settings, database: Database, city: City
):
    drawn = {
        "p.bpmn": diagram("pausing", chain(START, _PAUSE, END)),
        "f.bpmn": diagram("faulty", chain(START, _FAULT, END)),
    }
    await in_force(settings, "p", drawn, "pausing", "faulty")
    assert set((await _told(app)).values()) == {0}
    await started(api, "pausing", city)
    await started(api, "faulty", city, posts="many")
    sent = await api("POST", "/messages", {"message": "nobody_waits"})
    assert sent.status_code == 201
    await pass_time(settings, minutes=90)
    told = await _told(app)
    assert 30 * 60 <= told.pop("timers_overdue_seconds") < 31 * 60
    assert told == {
        'incidents{next="person"}': 1,
        'incidents{next="retry"}': 0,
        "timers_due": 1,
        "messages_undelivered": 1,
        "cases_unfinished": 0,
    }
    await worked(database)
    told = await _told(app)
    assert told.pop('incidents{next="person"}') == 1
    assert set(told.values()) == {0}
