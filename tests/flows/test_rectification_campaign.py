"""A campaign from its plan to its report: units answer, risks are found, items are cleared."""

from typing import Any

from tests.features.rectification.conftest import (
    DEPUTY,
    DIRECTOR,
    FINDER,
    LEGAL,
    OWNER,
    Ledger,
)
from tests.flows.rounds import PARTY_GROUP, Rounds, ledger, rounds
from tests.people import NEVER

__all__ = ["ledger", "rounds"]


def _plan(ledger: Ledger) -> dict[str, Any]:
    return {
        "name": "超编清理",
        "from": "2026-11-24",
        "to": "2027-01-15",
        "scope": "行政编制",
        "body_ids": [str(ledger.city.body)],
    }


async def _begun(rounds: Rounds, action: str) -> None:
    ledger = rounds.ledger
    case: dict[str, Any] = {"variables": {}}
    place = "/processes/rectification_campaign/instances"
    assert await ledger.refused("POST", place, case, NEVER) in ("not_allowed", "not_found")
    await ledger.done("POST", place, case, DIRECTOR)
    await rounds.act(DIRECTOR, "campaign_plan", action, **_plan(ledger))


async def _reported(rounds: Rounds) -> Any:
    """The report goes its way to the commission; the campaign as it then is."""
    await rounds.act(DEPUTY, "clearing_report", text="总体情况良好。")
    await rounds.act(DIRECTOR, "sign_clearing_report", "sign")
    await rounds.hear("rectification_campaign", "COMMISSION")
    return await rounds.first("campaigns")


async def test_what_a_unit_states_enters_the_ledger_and_stays_open_to_the_end(
    rounds: Rounds, ledger: Ledger
) -> None:
    await _begun(rounds, "adopt")
    assert await rounds.tasks(NEVER, "campaign_answer") == []
    stated = [{"breach": "OVER_QUOTA", "text": "行政编制\n超编1名"}]
    sealed = {"sealed_document_id": str(ledger.city.document)}
    await rounds.act(PARTY_GROUP, "campaign_answer", has_problems=True, problems=stated, **sealed)
    risk = {"body_id": str(ledger.city.body), "breach": "GHOST_PAY", "text": "1人未在岗"}
    await rounds.act(FINDER, "review_hidden_risk", findings="核对工资名册", problems=[risk])
    found = (await ledger.done("GET", "/rectifications?source_type=CAMPAIGN"))["items"]
    assert {each["problem"] for each in found} == {"行政编制 超编1名", "1人未在岗"}
    for each in found:
        await _registered(ledger, each["id"])
    await rounds.until("2026-12-24")
    await rounds.until("2027-01-16")
    over = await _reported(rounds)
    assert over["state"] == "ENDED_WITH_OPEN_ITEMS"
    assert (over["cleared"], over["total"], over["answered"], over["bodies"]) == (0, 2, 1, 1)
    days = [each["charted_on"] for each in over["charts"]]
    assert days == ["2026-11-24", "2026-12-24", "2027-01-16"]


async def _registered(ledger: Ledger, item: str) -> None:
    told = {"breach": "OVER_QUOTA", "cause": "UNIT", "problem": "超编", "facts": "超编1名"}
    await ledger.complete(LEGAL, item, "classify_item", "register", **told)
    await ledger.complete(DEPUTY, item, "confirm_item", "confirm")


async def test_a_sealed_form_and_nothing_open_clears_a_campaign_of_the_commission(
    rounds: Rounds, ledger: Ledger
) -> None:
    await _begun(rounds, "ask_commission")
    await rounds.hear("instance", "COMMISSION", "approve")
    sealed = {"sealed_document_id": str(ledger.city.document)}
    await rounds.act(PARTY_GROUP, "campaign_answer", has_problems=False, **sealed)
    await rounds.act(FINDER, "review_hidden_risk", findings="未发现问题")
    over = await _reported(rounds)
    assert (over["state"], over["answered"], over["total"]) == ("CLEARED", 1, 0)
    own = await rounds.first("campaigns", OWNER)
    assert [each["state"] for each in own["answers"]] == ["NO_PROBLEM"]
    assert (own["charts"], own["hidden_risk"]) == ([], None)


async def test_a_silent_unit_is_reminded_talked_to_and_told_of_to_the_office_meeting(
    rounds: Rounds, ledger: Ledger
) -> None:
    await _begun(rounds, "adopt")
    await rounds.until("2026-12-12")
    assert (await rounds.first("campaigns"))["answers"][0]["pressed"] == "REMIND"
    await rounds.until("2026-12-16")
    talk = {
        "held_on": "2026-12-16",
        "place": "编办",
        "participants": ["主任", "局长"],
        "record": "三日内答复",
        "signed_document_id": str(ledger.city.document),
    }
    await rounds.act(DIRECTOR, "warning_talk", "held", **talk)
    await rounds.until("2026-12-23")
    assert await rounds.tasks(PARTY_GROUP, "campaign_answer") == []
    await rounds.hear("campaign_answer")
    (answer,) = (await rounds.first("campaigns"))["answers"]
    assert (answer["state"], answer["pressed"]) == ("NOT_ANSWERED", "OFFICE_MEETING")
    assert answer["talk"] == "三日内答复"
    (task,) = await rounds.tasks(FINDER, "review_hidden_risk")
    assert task
