"""A matter is taken to a meeting as it stands, the superior spoken to first."""

from uuid import UUID

import pytest

from service.features.matters.close_matter import CloseMatter
from service.features.matters.record_decision import RecordDecision
from service.features.matters.take_to_meeting import TakeToMeeting
from tests.conftest import Api, told
from tests.features.matters.conftest import Deciding
from tests.features.matters.upward import sent, speak_before, stopped


def taking(matter: str, level: str = "COMMISSION") -> TakeToMeeting:
    return TakeToMeeting.model_validate({"matter_id": matter, "level": level})


@pytest.mark.parametrize(
    ("level", "causes"),
    [("OFFICE", set()), ("COMMISSION", {"MEETING"}), ("PARTY_COMMITTEE", {"MEETING"})],
)
async def test_the_office_waits_for_the_commission_and_the_party_committee(
    deciding: Deciding, api: Api, level: str, causes: set[str]
) -> None:
    matter = await deciding.filed()
    taken = await deciding.done(taking(matter, level))
    assert [each["after"] for each in taken["deltas"]] == [7]
    seen = (await api("GET", f"/matters/{matter}")).json()
    assert (seen["stage"], seen["state"]) == ("DELIBERATION", "IN_DELIBERATION")
    assert await stopped(deciding, matter) == causes


async def test_the_clock_goes_on_when_the_result_is_recorded(deciding: Deciding) -> None:
    matter = await deciding.filed()
    await deciding.done(taking(matter))
    item = await deciding.voted(matter)
    await deciding.done(RecordDecision(matter_id=UUID(matter), agenda_item_id=UUID(item)))
    assert await stopped(deciding, matter) == set()


async def test_i23_the_commission_does_not_vote_before_the_superior_was_spoken_to(
    deciding: Deciding,
) -> None:
    matter = await deciding.filed(authority="SUPERIOR")
    refused = told(await deciding.order(taking(matter)))
    assert (refused["code"], refused["rule"]) == ("prior_communication_required", "I23")
    assert await stopped(deciding, matter) == set()
    # The office's own meeting may study it before.
    await deciding.done(taking(matter, "OFFICE"))
    await speak_before(deciding, matter)
    await deciding.done(taking(matter))


async def test_i4_what_is_not_the_citys_goes_to_no_meeting_above_the_office(
    deciding: Deciding,
) -> None:
    matter = await deciding.filed(authority="NOT_LOCAL")
    assert told(await deciding.order(taking(matter)))["code"] == "above_authority"
    await deciding.done(taking(matter, "OFFICE"))


async def test_what_lies_with_the_superior_goes_to_no_meeting(deciding: Deciding) -> None:
    matter = await sent(deciding)
    assert told(await deciding.order(taking(matter)))["code"] == "matter_moved"


async def test_a_matter_that_ended_waits_for_no_meeting(deciding: Deciding) -> None:
    matter = await deciding.filed()
    item = await deciding.house.put(subject_id=matter)
    await deciding.done(CloseMatter.model_validate({"matter_id": matter, "outcome": "E9"}))
    assert (await deciding.house.item(item))["state"] == "WITHDRAWN"
