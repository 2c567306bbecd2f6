"""Several meetings decide one matter, each in its turn; the last one counts."""

from typing import Any
from uuid import UUID

from service.features.matters.record_decision import RecordDecision
from service.settings import Settings
from tests.builders import City
from tests.conftest import told
from tests.features.matters.conftest import Deciding, quota
from tests.features.matters.upward import speak_before
from tests.features.meetings.conftest import PARTY_SECRETARY
from tests.features.processes.cases import run


def recording(matter: str, item: str) -> RecordDecision:
    return RecordDecision(matter_id=UUID(matter), agenda_item_id=UUID(item))


async def party_voted(deciding: Deciding, matter: str, result: str = "approve", **more: Any) -> str:
    """The party committee comes to something about it, and its meeting is closed."""
    house = deciding.house
    item = await house.put(subject_id=matter, level="PARTY_COMMITTEE")
    members = [{"name": "市委书记"}, {"name": "市委副书记"}]
    meeting = await house.plan(item, level="PARTY_COMMITTEE", members=members)
    whole = await house.done("GET", f"/meetings/{meeting}")
    there = [each["member_id"] for each in whole["members"]]
    opening = {"present": there, "chair_id": there[0]}
    await house.done("POST", f"/meetings/{meeting}/open", opening)
    for member in there:
        given = {"ballot": "FOR", "choice": result, "member_id": member}
        await house.done("POST", f"/agenda-items/{item}/votes", given)
    await house.record(item, result, **more)
    await house.minute(meeting)
    await house.close(meeting, PARTY_SECRETARY)
    return item


async def test_the_party_committee_decides_after_the_commission(
    deciding: Deciding, city: City
) -> None:
    matter = await deciding.filed(authority="PARTY")
    early = await party_voted(deciding, matter)
    assert told(await deciding.order(recording(matter, early)))["code"] == "matter_moved"
    commission = await deciding.voted(matter)
    decided = await deciding.done(recording(matter, commission))
    assert (decided["decided_by"], decided["state"]) == ("COMMISSION", "DECIDED")
    changed = [quota(city, 5, 6)]
    party = await party_voted(deciding, matter, "approve_with_changes", deltas=changed)
    decided = await deciding.done(recording(matter, party))
    assert (decided["decided_by"], decided["result"]) == (
        "PARTY_COMMITTEE",
        "approve_with_changes",
    )
    assert (decided["deltas"][0]["after"], decided["deltas_number"]) == (6, 2)


async def test_what_the_commission_rejects_the_party_committee_does_not_approve(
    deciding: Deciding,
) -> None:
    matter = await deciding.filed(authority="PARTY")
    item = await deciding.voted(matter, "reject")
    decided = await deciding.done(recording(matter, item))
    assert decided["state"] == "IN_DELIBERATION"
    party = await party_voted(deciding, matter)
    assert told(await deciding.order(recording(matter, party)))["code"] == "matter_moved"


async def test_i23_a_vote_before_prior_communication_does_not_count(deciding: Deciding) -> None:
    matter = await deciding.filed(authority="SUPERIOR")
    item = await deciding.voted(matter)
    refused = told(await deciding.order(recording(matter, item)))
    assert (refused["code"], refused["rule"]) == ("prior_communication_required", "I23")
    await speak_before(deciding, matter)
    decided = await deciding.done(recording(matter, item))
    assert (decided["has_prior"], decided["is_replied"]) == (True, False)


async def test_an_order_of_the_superior_counts_as_its_word_as_far_as_it_goes(
    deciding: Deciding, city: City, settings: Settings
) -> None:
    for result, deltas, is_replied in (
        ("approve", None, True),
        ("approve_with_changes", [quota(city, 5, 6)], False),
    ):
        matter = await deciding.filed(authority="SUPERIOR", stated={"pure_superior_order": True})
        await run(settings, "UPDATE matter SET start = 'SUPERIOR' WHERE id = $1", matter)
        more = {"deltas": deltas} if deltas else {}
        item = await deciding.voted(matter, result, **more)
        decided = await deciding.done(recording(matter, item))
        assert (decided["has_prior"], decided["is_replied"]) == (True, is_replied), result
