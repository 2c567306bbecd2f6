"""What the superior decides goes up signed and numbered, once the superior was spoken to."""

from service.check import check
from service.core.store.db import Database
from service.features.matters.record_decision import RecordDecision
from service.features.matters.record_facts import RecordFacts
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api, told
from tests.features.matters.conftest import Deciding
from tests.features.matters.upward import approved, sending, sent, speak_before, stopped
from tests.features.meetings.conftest import CHAIR
from tests.features.processes.cases import run
from tests.people import MAY_READ


async def test_the_request_is_a_paper_and_the_matter_waits_for_the_superior(
    deciding: Deciding, api: Api, database: Database, settings: Settings
) -> None:
    matter = await sent(deciding)
    seen = (await api("GET", f"/matters/{matter}")).json()
    assert (seen["state"], seen["reply"]) == ("AT_SUPERIOR", None)
    assert await stopped(deciding, matter) == {"SUPERIOR"}
    place = f"/documents/{seen['upward_document_id']}"
    paper = (await api("GET", f"{place}/content")).json()
    assert (paper["kind"], paper["signer_name"]) == ("UPWARD_REQUEST", CHAIR)
    assert paper["data"]["content"] == ["青澜市第1局：行政编制（财政全额拨款）由5名调整为7名"]
    assert paper["data"]["prior_communication"] == "2026-11-20；澜州市委编办；支持"
    assert paper["paper"]["recipient"] == "中共澜州市委机构编制委员会"
    assert (await api("GET", f"{place}/pdf")).content.startswith(b"%PDF-")
    assert (await api("GET", f"{place}/pdf", who=MAY_READ)).status_code == 404
    event = await database.reading.fetchval(
        "SELECT data FROM outbox WHERE type = 'matters.upward_request_sent'"
    )
    assert event["code"] == "青编批〔2026〕1号"
    kept = (await api("GET", f"/matters/{matter}/records?kind=UPWARD_REQUEST")).json()["items"]
    assert [each["document_id"] for each in kept] == [seen["upward_document_id"]]
    assert {each.rule for each in (await check(settings)).rules if each.findings} == set()


async def test_i23_nothing_goes_up_before_the_superior_was_spoken_to(
    deciding: Deciding, settings: Settings
) -> None:
    matter = await deciding.filed()
    item = await deciding.voted(matter)
    await deciding.done(RecordDecision(matter_id=matter, agenda_item_id=item))
    # What the commission changed may belong to the superior now.
    await deciding.done(
        RecordFacts.model_validate(
            {"matter_id": matter, "authority": {"final_authority": "SUPERIOR"}}
        )
    )
    refused = told(await deciding.order(sending(deciding, matter)))
    assert (refused["code"], refused["rule"]) == ("prior_communication_required", "I23")
    await speak_before(deciding, matter)
    await deciding.done(sending(deciding, matter))
    await run(settings, "DELETE FROM matter_record WHERE kind = 'PRIOR_COMMUNICATION'")
    found = {each.rule for each in (await check(settings)).rules if each.findings}
    assert "I23" in found


async def test_only_what_was_approved_here_goes_up(deciding: Deciding) -> None:
    early = await deciding.filed(authority="SUPERIOR")
    own = await deciding.decided()
    party = await approved(deciding)
    await deciding.done(
        RecordFacts.model_validate(
            {
                "matter_id": party,
                "authority": {"final_authority": "SUPERIOR", "via_party_committee": True},
            }
        )
    )
    for matter in (early, own, party):
        assert told(await deciding.order(sending(deciding, matter)))["code"] == "matter_moved"


async def test_whoever_wrote_the_request_does_not_sign_it(
    deciding: Deciding, database: Database
) -> None:
    matter = await approved(deciding)
    writer = deciding.person(CHAIR)
    refused = told(await deciding.order(sending(deciding, matter, drafted_by=writer)))
    assert refused["code"] == "signer_wrote"
    assert await stopped(deciding, matter) == set()


async def test_what_goes_with_it_is_on_record(deciding: Deciding, city: City, api: Api) -> None:
    matter = await approved(deciding)
    unknown = "01900000-0000-7000-8000-000000000000"
    refused = told(await deciding.order(sending(deciding, matter, attachments=[unknown])))
    assert refused["code"] == "document_missing"
    attached = sending(deciding, matter, attachments=[str(city.document)])
    seen = await deciding.done(attached)
    paper = (await api("GET", f"/documents/{seen['upward_document_id']}/content")).json()
    assert len(paper["paper"]["attachments"]) == 1
