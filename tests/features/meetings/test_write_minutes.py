"""Writing minutes: a text that may be improved until the chair closes the meeting on it."""

from tests.builders import City
from tests.features.meetings.conftest import CHAIR, MEMBERS, House
from tests.people import NEVER

OURS = {"text": "会议议决如下。", "series": "青编纪", "issuer": "中共青澜市委编委"}


async def test_minutes_are_written_anew_until_the_meeting_is_closed(house: House) -> None:
    meeting = await house.opened()
    path = f"/meetings/{meeting}/minutes"
    await house.done("PUT", path, OURS)
    seen = await house.version(meeting)
    await house.done("PUT", path, OURS | {"text": "补充一段。"})
    closing = f"/meetings/{meeting}/close"
    refused = await house.refused("POST", closing, who=CHAIR, if_match=seen)
    assert refused == "version_mismatch"  # the chair closes on the text that was seen
    await house.close(meeting)
    assert await house.refused("PUT", path, OURS) == "meeting_moved"
    shown = await house.done("GET", path, who=MEMBERS[0])
    assert (shown["text"], shown["document_id"] is not None) == ("补充一段。", True)


async def test_another_house_gives_the_document_that_its_minutes_are(
    house: House, city: City
) -> None:
    meeting = await house.opened()
    path = f"/meetings/{meeting}/minutes"
    unknown = {"text": "见纪要。", "document_id": "01900000-0000-7000-8000-000000000000"}
    assert await house.refused("PUT", path, unknown) == "document_missing"
    known = unknown | {"document_id": str(city.document)}
    assert await house.refused("PUT", path, known | OURS) == "invalid_input"
    assert await house.refused("PUT", path, {"text": "无主纪要。"}) == "invalid_input"
    await house.done("PUT", path, known)
    await house.close(meeting)
    assert (await house.done("GET", path))["document_id"] == str(city.document)


async def test_the_secretary_writes_them_members_read_them_units_do_neither(house: House) -> None:
    meeting = await house.opened()
    path = f"/meetings/{meeting}/minutes"
    assert await house.refused("GET", path) == "not_found"
    for who in (CHAIR, MEMBERS[0], NEVER):
        assert await house.refused("PUT", path, OURS, who=who) == "not_allowed"
    await house.done("PUT", path, OURS)
    await house.done("GET", path, who=MEMBERS[0])
    assert await house.refused("GET", path, who=NEVER) == "not_allowed"
