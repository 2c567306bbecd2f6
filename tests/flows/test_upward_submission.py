"""What the superior decides goes up, is waited for, called back, and adapted to its reply."""

from typing import Any

import pytest

from service.core.store.db import Database
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api, Do
from tests.features.meetings.conftest import CHAIR
from tests.features.quota.conftest import Ledger
from tests.features.quota.conftest import ledger as ledger
from tests.flows.deliberating import ANSWERED, Hall, a_hall
from tests.people import MAY

DRAFT = {
    "title": "关于增加领导职数的请示",
    "main_recipient": "中共澜州市委机构编制委员会",
    "text": "工作任务增加，内部已无法调剂。",
}


def posts(city: City, after: int) -> dict[str, Any]:
    """A change of our body's deputy leaders, whom the superior approves."""
    return {
        "ledger": "LEADERSHIP",
        "action": "CHANGE",
        "body_id": str(city.body),
        "level": "FUKE",
        "slot": "DEPUTY",
        "before": 1,
        "after": after,
        "source": "OUTSIDE",
    }


@pytest.fixture
async def hall(
    api: Api, do: Do, settings: Settings, database: Database, city: City, ledger: Ledger
) -> Hall:
    await ledger.grant(5)
    return await a_hall(api, do, settings, database, city)


async def approved(hall: Hall) -> str:
    """A matter for the superior that the commission has approved."""
    matter = await hall.ask_for(posts(hall.city, 3), type="M17")
    await hall.meet("OFFICE", {matter: "submit"})
    await hall.complete(MAY, matter, "agenda_check", "complete", statements=ANSWERED)
    await hall.meet("COMMISSION", {matter: "approve"})
    return matter


async def sent(hall: Hall) -> str:
    matter = await approved(hall)
    await hall.complete(MAY, matter, "draft_upward_request", **DRAFT)
    await hall.complete(CHAIR, matter, "sign_upward_request", "sign")
    return matter


async def reply(hall: Hall, matter: str, said: str) -> None:
    given = {"reply": said, "document_id": str(hall.city.document)}
    await hall.house.done("POST", f"/matters/{matter}/superior-reply", given)
    await hall.go_on()


async def test_a_request_is_returned_signed_sent_reminded_of_and_approved(hall: Hall) -> None:
    matter = await approved(hall)
    await hall.complete(MAY, matter, "draft_upward_request", **DRAFT)
    await hall.complete(CHAIR, matter, "sign_upward_request", "return")
    await hall.complete(MAY, matter, "draft_upward_request", **DRAFT | {"text": "补充测算。"})
    await hall.complete(CHAIR, matter, "sign_upward_request", "sign")
    seen = await hall.matter(matter)
    assert (seen["state"], seen["superior_reminded_on"]) == ("AT_SUPERIOR", None)
    assert [each["cause"] for each in seen["stopped_clocks"]] == ["SUPERIOR"]
    paper = await hall.house.done("GET", f"/documents/{seen['upward_document_id']}/content")
    assert paper["data"]["reasons"] == "补充测算。"
    await hall.wait(29)
    assert (await hall.matter(matter))["superior_reminded_on"] == "2026-12-23"
    await reply(hall, matter, "APPROVE")
    assert await hall.outcome(matter) == "APPROVED"
    seen = await hall.matter(matter)
    assert (seen["state"], seen["replied_number"]) == ("DECIDED", seen["deltas_number"])


@pytest.mark.parametrize(("said", "outcome"), [("REJECT", "REJECTED"), ("RETURN", "REWORK")])
async def test_a_refusal_and_a_return_end_the_deliberation(
    hall: Hall, said: str, outcome: str
) -> None:
    matter = await sent(hall)
    await reply(hall, matter, said)
    assert await hall.outcome(matter) == outcome


async def test_what_the_superior_cut_is_adapted_and_not_voted_on_again(
    hall: Hall, city: City
) -> None:
    matter = await sent(hall)
    await reply(hall, matter, "CHANGE")
    fewer = [posts(city, 2)]
    await hall.complete(MAY, matter, "adapt_to_reply", adapted=fewer, explanation="核减1名。")
    assert await hall.outcome(matter) == "APPROVED"
    assert [each["after"] for each in (await hall.known(matter))["voted_deltas"]] == [2]


async def test_what_the_superior_widened_is_voted_on_again_and_not_sent_up_again(
    hall: Hall, city: City
) -> None:
    matter = await sent(hall)
    await reply(hall, matter, "CHANGE")
    wider = [posts(city, 4)]
    await hall.complete(MAY, matter, "adapt_to_reply", adapted=wider, explanation="增加1名。")
    await hall.complete(MAY, matter, "agenda_check", "complete", statements=ANSWERED)
    await hall.meet("COMMISSION", {matter: "approve"})
    assert await hall.outcome(matter) == "APPROVED"
    seen = await hall.matter(matter)
    assert ([each["after"] for each in seen["deltas"]], seen["decided_by"]) == ([4], "COMMISSION")


@pytest.mark.parametrize(("step", "outcome"), [("REWORK", "REWORK"), ("END", "REJECTED")])
async def test_the_commission_calls_a_request_back(hall: Hall, step: str, outcome: str) -> None:
    matter = await sent(hall)
    await hall.house.put("撤回请示", subject_id=matter, choices=["approve", "reject"])
    minutes = await hall.meet("COMMISSION", {matter: "approve"})
    given = {"minutes_document_id": minutes, "next": step, "reason": "情况变化。"}
    await hall.house.done("POST", f"/matters/{matter}/recall", given)
    await hall.go_on()
    assert await hall.outcome(matter) == outcome
    assert (await hall.matter(matter))["stopped_clocks"] == []


async def test_i23_without_prior_communication_a_matter_comes_back_before_any_vote(
    hall: Hall,
) -> None:
    matter = await hall.ask_for(posts(hall.city, 3), type="M17", is_spoken=False)
    await hall.meet("OFFICE", {matter: "submit"})
    assert await hall.outcome(matter) == "NEEDS_PRIOR"
