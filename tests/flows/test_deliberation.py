"""Matters are deliberated level by level; one meeting decides several, each going its own way."""

from typing import Any

import pytest

from service.core.store.db import Database
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api, Do
from tests.features.matters.conftest import quota
from tests.features.quota.conftest import Ledger
from tests.features.quota.conftest import ledger as ledger
from tests.flows.deliberating import ANSWERED, ART16, Hall, a_hall
from tests.people import MAY, MAY_READ


@pytest.fixture
async def hall(
    api: Api, do: Do, settings: Settings, database: Database, city: City, ledger: Ledger
) -> Hall:
    await ledger.grant(5)
    return await a_hall(api, do, settings, database, city)


async def test_one_meeting_decides_several_matters_and_each_case_goes_its_own_way(
    hall: Hall,
) -> None:
    names = ("first", "second", "third")
    first, second, third = [await hall.ask_for(type="M12", title=name) for name in names]
    await hall.meet("OFFICE", {first: "submit", second: "submit", third: "not_support"})
    assert await hall.outcome(third) == "NOT_SUPPORTED"
    for matter in (first, second):
        await hall.complete(MAY, matter, "agenda_check", "complete", statements=ANSWERED)
        seen = await hall.matter(matter)
        assert (seen["stage"], seen["state"]) == ("DELIBERATION", "IN_DELIBERATION")
        assert [each["cause"] for each in seen["stopped_clocks"]] == ["MEETING"]
    minutes = await hall.meet("COMMISSION", {first: "approve", second: "reject"})
    assert (await hall.outcome(first), await hall.outcome(second)) == ("APPROVED", "REJECTED")
    for matter in (first, second):
        seen = await hall.matter(matter)
        assert (seen["decided_by"], seen["decision_minutes_id"]) == ("COMMISSION", minutes)
        assert seen["stopped_clocks"] == []


async def test_a_matter_of_weight_goes_on_to_the_party_committee(hall: Hall, city: City) -> None:
    matter = await hall.ask_for(type="M12", stated={"is_named_major": True})
    await hall.meet("OFFICE", {matter: "submit"})
    await hall.complete(MAY, matter, "agenda_check", "complete", statements=ANSWERED)
    await hall.meet("COMMISSION", {matter: "approve"})
    fewer: dict[str, Any] = {
        "result": "approve_with_changes",
        "deltas": [quota(city, 5, 6)],
    }
    await hall.meet("PARTY_COMMITTEE", {matter: fewer})
    assert await hall.outcome(matter) == "APPROVED"
    known = await hall.known(matter)
    assert [each["after"] for each in known["voted_deltas"]] == [6]
    seen = await hall.matter(matter)
    assert (seen["decided_by"], seen["result"]) == ("PARTY_COMMITTEE", "approve_with_changes")


async def test_the_office_meeting_sends_a_matter_back_with_what_to_look_at_again(
    hall: Hall,
) -> None:
    matter = await hall.ask_for(type="M12")
    again = {"result": "re_study", "round_branches": ["LEGALITY", "OPINIONS"]}
    await hall.meet("OFFICE", {matter: again})
    assert await hall.outcome(matter) == "RE_STUDY"
    known = await hall.known(matter)
    assert (known["restudies"], known["round_branches"]) == (1, ["LEGALITY", "OPINIONS"])


async def test_the_unit_completes_its_five_statements_before_the_commission_meets(
    hall: Hall,
) -> None:
    matter = await hall.ask_for(type="M12")
    await hall.meet("OFFICE", {matter: "submit"})
    lacking = [*ANSWERED[:4], {"number": 5, "is_answered": False, "note": "未答。"}]
    await hall.complete(MAY, matter, "agenda_check", "incomplete", statements=lacking)
    seen = await hall.matter(matter)
    assert [each["cause"] for each in seen["stopped_clocks"]] == ["SUPPLEMENT"]
    await hall.complete(MAY_READ, matter, "complete_art16", art16=ART16)
    seen = await hall.matter(matter)
    assert (seen["statements"], seen["stopped_clocks"]) == (list(ART16.values()), [])
    await hall.complete(MAY, matter, "agenda_check", "complete", statements=ANSWERED)
    await hall.meet("COMMISSION", {matter: "defer"})
    assert await hall.outcome(matter) == "REWORK"
    records = await hall.house.done("GET", f"/matters/{matter}/records?kind=AGENDA_CHECK")
    assert [each["content"]["action"] for each in records["items"]] == ["incomplete", "complete"]


async def test_statements_that_are_late_twice_end_the_deliberation(hall: Hall) -> None:
    matter = await hall.ask_for(type="M12")
    await hall.meet("OFFICE", {matter: "submit"})
    for _ in range(2):
        await hall.complete(MAY, matter, "agenda_check", "incomplete", statements=ANSWERED)
        await hall.wait(6)
    assert await hall.outcome(matter) == "INCOMPLETE"
    assert (await hall.matter(matter))["stopped_clocks"] == []
