"""The gate suspends a matter and lets it go on, each case by a message of its own."""

from typing import Any
from uuid import UUID

from service.core.store.db import Database
from service.features.matters.announce_gate_change import AnnounceGateChange
from service.features.matters.file_application import FileApplication
from service.features.matters.record_gate import RecordGate
from service.features.matters.resume_matter import ResumeMatter
from service.features.matters.suspend_matter import SuspendMatter
from tests.builders import City
from tests.conftest import Api, told
from tests.features.matters.conftest import Order

HIT: dict[str, Any] = {"result": "BLOCK", "rule": "1", "item_no": "QL-ZG-2026-0001"}


async def test_a_shut_gate_suspends_and_the_matter_goes_on_where_it_stood(
    matter: str, order: Order, api: Api, city: City, database: Database
) -> None:
    about: dict[str, Any] = {"matter_id": UUID(matter)}
    await order(FileApplication(**about))
    assert told(await order(SuspendMatter(**about)))["code"] == "matter_moved"
    await order(RecordGate(**about, gate="BLOCK", hits=[HIT]))
    for _ in range(2):
        assert told(await order(SuspendMatter(**about)))["state"] == "SUSPENDED_BY_GATE"
    assert (await api("GET", f"/matters/{matter}")).json()["gate_hits"] == [HIT]
    assert told(await order(AnnounceGateChange(body_id=city.other_body))) == {"matters": 0}
    assert told(await order(AnnounceGateChange(body_id=city.body))) == {"matters": 1}
    sent = await database.reading.fetch("SELECT name, correlation_key FROM message")
    assert [tuple(each) for each in sent] == [("GateChanged", matter)]
    assert told(await order(ResumeMatter(**about)))["state"] == "SUBMITTED"
    assert told(await order(ResumeMatter(**about)))["code"] == "matter_moved"
    types = await database.reading.fetch(
        "SELECT type FROM outbox WHERE subject = $1 ORDER BY number", f"matter/{matter}"
    )
    assert [each["type"] for each in types] == [
        "matters.started",
        "matters.submitted",
        "matters.suspended",
        "matters.resumed",
    ]
