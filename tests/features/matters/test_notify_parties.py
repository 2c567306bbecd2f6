"""Everybody whom a reply concerns is told, and the file keeps whom."""

from uuid import UUID

from service.core.store.db import Database
from service.features.matters.notify_parties import NotifyParties
from tests.builders import City
from tests.conftest import Api, told
from tests.features.matters.conftest import Deciding
from tests.features.quota.conftest import Ledger


async def test_a_new_name_concerns_the_police_too_and_each_is_told_once(
    deciding: Deciding, ledger: Ledger, city: City, api: Api, database: Database
) -> None:
    named = {"ledger": "NAME", "action": "RENAME", "body_id": str(city.body), "text": "数据局"}
    matter = await deciding.decided(named)
    early = await deciding.order(NotifyParties(matter_id=UUID(matter)))
    assert told(early)["code"] == "matter_moved"
    await deciding.done(deciding.issuing(matter, await deciding.drafted(matter)))
    assert (await deciding.done(NotifyParties(matter_id=UUID(matter))))["notified"] == 5
    events = await database.reading.fetch(
        "SELECT data ->> 'duty' AS duty FROM outbox WHERE type = 'matters.party_notified'"
    )
    assert sorted(each["duty"] for each in events) == [
        "applicant_officer",
        "finance_dept",
        "hr_dept",
        "org_dept",
        "public_security",
    ]
    kept = (await api("GET", f"/matters/{matter}/records?kind=NOTIFIED")).json()["items"]
    assert len(kept[0]["content"]["parties"]) == 5
