"""Closing meetings: what was decided is final, minuted, and moves each case by its own message."""

import orjson

from tests.builders import give_duty
from tests.features.meetings.conftest import CHAIR, MEMBERS, PARTY_SECRETARY, House
from tests.features.processes.cases import rows, run
from tests.people import MAY, MAY_READ


async def test_each_decided_item_sends_one_message_with_what_was_voted(house: House) -> None:
    voted = [{"ledger": "QUOTA", "before": 10, "after": 12}]
    first, second = await house.put("事项1", deltas=voted), await house.put("事项2")
    deferred = await house.put("事项3")
    meeting = await house.opened(first, second, deferred)
    await house.decide(first)
    await house.decide(second, "reject")
    await house.done("POST", f"/agenda-items/{deferred}/defer", {"reason": "材料不足"})
    await house.minute(meeting)
    closed = await house.close(meeting)
    assert (closed["state"], closed["closed_by_name"]) == ("CLOSED", CHAIR)
    sent = await rows(
        house.settings, "SELECT name, correlation_key, variables FROM message ORDER BY id"
    )
    minutes = (await house.done("GET", f"/meetings/{meeting}/minutes"))["document_id"]
    told = {key: orjson.loads(variables) for _, key, variables in sent}
    assert {name for name, *_ in sent} == {"AgendaItemDecided"}
    assert {key: each["result"] for key, each in told.items()} == {
        first: "approve",
        second: "reject",
    }
    assert told[first]["voted_deltas"] == voted
    assert {each["minutes_document_id"] for each in told.values()} == {minutes}


async def test_the_minutes_become_the_next_document_of_their_series(house: House) -> None:
    codes = []
    for _ in range(2):
        meeting = await house.opened()
        await house.minute(meeting)
        await house.close(meeting)
        minutes = await house.done("GET", f"/meetings/{meeting}/minutes")
        document = await house.done("GET", f"/documents/{minutes['document_id']}")
        codes.append(document["code"])
    assert codes == ["青编纪〔2026〕1号", "青编纪〔2026〕2号"]


async def test_nothing_stays_open_and_nothing_is_closed_without_minutes(house: House) -> None:
    item = await house.put()
    meeting = await house.opened(item)
    await house.minute(meeting)
    assert await house.not_closed(meeting) == "meeting_items_open"
    await house.decide(item)
    await run(house.settings, "DELETE FROM minutes")
    assert await house.not_closed(meeting) == "minutes_missing"


async def test_whoever_wrote_the_minutes_does_not_close_the_meeting(house: House) -> None:
    await give_duty(house.settings, MAY, "commission_chair")
    meeting = await house.opened()
    await house.minute(meeting)
    assert await house.not_closed(meeting, MAY) == "minutes_writer_closes"
    await house.close(meeting)


async def test_only_the_chair_of_the_level_closes(house: House) -> None:
    meeting = await house.opened()
    await house.minute(meeting)
    for who in (MAY, MEMBERS[0], "director", PARTY_SECRETARY):
        assert await house.not_closed(meeting, who) == "not_allowed"
    path = f"/meetings/{meeting}/close"
    assert await house.refused("POST", path, who=CHAIR) == "version_required"


async def test_the_office_meeting_is_closed_by_a_deputy_where_the_director_is_away(
    house: House,
) -> None:
    item = await house.put("室务会事项", level="OFFICE", choices=["submit", "not_support"])
    meeting = await house.plan(item, level="OFFICE")
    await house.open(meeting, "deputy-2", chair="deputy-1")
    for who in ("deputy-1", "deputy-2"):
        await house.vote(item, who)
    await house.record(item, "submit")
    await house.minute(meeting)
    assert (await house.close(meeting, "deputy-1"))["closed_by_name"] == "deputy-1"


async def test_attendance_that_lost_the_quorum_afterwards_closes_nothing(house: House) -> None:
    report = await house.put("通报事项", kind="REPORT", choices=["noted"])
    meeting = await house.opened(report)
    await house.record(report, "noted")
    await house.minute(meeting)
    await house.open(meeting, MEMBERS[0])
    assert await house.not_closed(meeting) == "quorum_missing"


async def test_the_minutes_are_printed_with_who_was_there_and_what_was_decided(
    house: House,
) -> None:
    first, report = (
        await house.put("事项1"),
        await house.put("通报", kind="REPORT", choices=["noted"]),
    )
    meeting = await house.opened(first, report)
    await house.decide(first)
    await house.record(report, "noted")
    await house.minute(meeting)
    await house.close(meeting)
    minutes = await house.done("GET", f"/meetings/{meeting}/minutes")
    place = f"/documents/{minutes['document_id']}"
    content = await house.done("GET", f"{place}/content")
    assert (content["kind"], content["signer_name"]) == ("MINUTES", CHAIR)
    assert content["data"]["absent"] == [MEMBERS[2]]
    assert content["data"]["text"] == "会议议决如下。"
    voted, noted = content["data"]["resolutions"]
    assert (voted["result"], voted["votes_for"], voted["decision"]) == ("同意", 3, "会议同意。")
    assert (noted["result"], noted["votes_for"]) == ("已听取", None)
    assert content["paper"]["code"] == "青编纪〔2026〕1号"
    for form, begins in (("pdf", b"%PDF-"), ("docx", b"PK")):
        printed = await house.ask("GET", f"{place}/{form}")
        assert printed.status_code == 200, printed.text
        assert printed.content.startswith(begins)
    unit = await house.ask("GET", f"{place}/pdf", who=MAY_READ)
    assert unit.status_code == 404  # minutes stay inside the house


async def test_a_series_without_a_letterhead_becomes_that_of_the_issuer_of_the_minutes(
    house: House,
) -> None:
    meeting = await house.opened()
    await house.minute(meeting)
    await house.close(meeting)
    heads = await house.done("GET", "/letterheads")
    assert [each for each in heads["items"] if each["series"] == "青编纪"] == [
        {"series": "青编纪", "issuer": "中共青澜市委编委", "signers": ["commission_chair"]}
    ]
