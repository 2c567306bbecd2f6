"""Telling an applicant in writing: receipt, supplement, and why it is not done as asked."""

from typing import Any

import pytest

from service.core.store.db import Database
from service.features.documents.set_letterhead import SetLetterhead
from service.features.matters.issue_notice import IssueNotice
from service.features.matters.record_delivery import RecordDelivery
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api, Do, told
from tests.features.matters.conftest import Deciding, Order
from tests.features.meetings.conftest import CHAIR, DEPUTIES
from tests.people import MAY, MAY_READ, NEVER

BASIS = [{"level": "CENTRAL", "title": "中国共产党机构编制工作条例", "article": "第十四条"}]
REASONS = {
    "reasons": "依据不足。\n未作内部调剂。",
    "what_would_change": "取得市级依据。",
    "alternatives": "内部调剂。",
    "contact": "市委编办 0717-0000000",
}


@pytest.fixture
async def telling(deciding: Deciding, do: Do) -> Deciding:
    """The house with the series of the office and of the commission."""
    for series, duty in (("青编办", "office_deputy"), ("青编", "commission_chair")):
        head = SetLetterhead(series=series, issuer="中共青澜市委编办", signers=[duty])
        assert (await do(head)).status < 400
    return deciding


def notice(house: Deciding, matter: str, kind: str, **changed: Any) -> IssueNotice:
    given = {
        "matter_id": matter,
        "kind": kind,
        "content": REASONS,
        "basis": BASIS,
        "series": "青编办",
        "signed_by": house.person(DEPUTIES[0]),
    }
    return IssueNotice.model_validate(given | changed)


async def test_a_receipt_admits_the_matter_and_goes_to_its_unit(
    telling: Deciding, api: Api, database: Database
) -> None:
    matter = await telling.filed(materials=["PARTY_GROUP_MINUTES"])
    receipt = notice(telling, matter, "RECEIPT", content={"contact": "受理岗"}, days=40)
    issued = await telling.done(receipt)
    assert issued["code"] == "青编办〔2026〕1号"
    seen = (await api("GET", f"/matters/{matter}")).json()
    assert (seen["state"], seen["stage"]) == ("ADMITTED", "APPRAISAL")
    assert seen["admitted_at"] is not None
    path = f"/documents/{issued['document_id']}"
    paper = (await api("GET", f"{path}/content", who=MAY_READ)).json()
    assert paper["kind"] == "RECEIPT"
    assert paper["data"]["due_on"] == "2027-01-19"  # 40 working days
    assert [each["is_present"] for each in paper["data"]["materials"]] == [True]
    assert (await api("GET", f"{path}/content", who=NEVER)).status_code == 404
    event = await database.reading.fetchval("SELECT data FROM outbox WHERE type='matters.admitted'")
    assert event["code"] == issued["code"]


async def test_missing_papers_are_asked_for_once_and_the_clock_stands_still(
    telling: Deciding, api: Api, order: Order
) -> None:
    matter = await telling.filed()
    lacking = [{"code": "COMPARISON_TABLE", "name": "纵横向比较表", "note": "缺本市数据"}]
    content = {"lacking": lacking, "contact": "受理岗"}
    asked = notice(telling, matter, "SUPPLEMENT", content=content, days=5)
    document = (await telling.done(asked))["document_id"]
    seen = (await api("GET", f"/matters/{matter}")).json()
    assert (seen["state"], seen["supplement_rounds"]) == ("SUPPLEMENT", 1)
    assert [each["cause"] for each in seen["stopped_clocks"]] == ["SUPPLEMENT"]
    paper = (await api("GET", f"/documents/{document}/content")).json()
    assert paper["data"]["missing"] == ["纵横向比较表：缺本市数据"]
    assert paper["data"]["due_on"] == "2026-12-01"
    await telling.done(telling.filing(matter))
    seen = (await api("GET", f"/matters/{matter}")).json()
    assert (seen["state"], seen["stopped_clocks"]) == ("SUBMITTED", [])
    again = told(await order(asked))
    assert again["code"] == "matter_supplemented_already"


@pytest.mark.parametrize(
    ("kind", "paper"), [("RETURNED", "RETURN_NOTICE"), ("NOT_ADMITTED", "NOT_ADMITTED_NOTICE")]
)
async def test_an_end_is_explained_with_what_would_change_it(
    telling: Deciding, api: Api, kind: str, paper: str
) -> None:
    matter = await telling.filed()
    written = notice(telling, matter, kind, written_by=telling.person(MAY))
    issued = await telling.done(written)
    shown = (await api("GET", f"/documents/{issued['document_id']}/content")).json()
    assert shown["kind"] == paper
    assert shown["data"]["reasons"] == ["依据不足。", "未作内部调剂。"]
    assert shown["data"]["what_would_change"] == ["取得市级依据。"]
    assert shown["data"]["alternatives"] == ["内部调剂。"]
    file = (await api("GET", f"/matters/{matter}/records?kind=EXPLANATION")).json()["items"]
    assert [(each["given_by_name"], each["document_id"]) for each in file] == [
        (MAY, issued["document_id"])
    ]
    assert (await api("GET", f"/matters/{matter}")).json()["state"] == "EXPLAINING"


async def test_what_a_meeting_came_to_names_the_meeting(telling: Deciding, api: Api) -> None:
    matter = await telling.filed()
    chair = {"series": "青编", "signed_by": telling.person(CHAIR)}
    early = told(await telling.order(notice(telling, matter, "REJECTED", **chair)))
    assert early["code"] == "matter_moved"
    item = await telling.voted(matter, "reject")
    await telling.recorded(matter, item)
    issued = await telling.done(notice(telling, matter, "REJECTED", **chair))
    data = (await api("GET", f"/documents/{issued['document_id']}/content")).json()["data"]
    assert (data["decided_by"], data["decided_on"]) == ("全体会议", "2026-11-24")


async def test_whoever_wrote_the_explanation_does_not_sign_it(telling: Deciding) -> None:
    matter = await telling.filed()
    writer = telling.person(DEPUTIES[0])
    refused = told(await telling.order(notice(telling, matter, "RETURNED", written_by=writer)))
    assert refused["code"] == "signer_wrote"


async def test_a_refused_notice_leaves_no_number_and_no_trace(
    telling: Deciding, api: Api, city: City, settings: Settings
) -> None:
    matter = await telling.filed()
    unknown = told(await telling.order(notice(telling, matter, "RETURNED", series="无此字号")))
    assert unknown["code"] == "series_unknown"
    assert (await api("GET", f"/matters/{matter}")).json()["state"] == "SUBMITTED"
    assert (await api("GET", f"/matters/{matter}/records")).json()["items"] == []
    issued = await telling.done(notice(telling, matter, "RETURNED"))
    assert issued["code"] == "青编办〔2026〕1号"


async def test_the_day_on_which_the_unit_has_it_is_on_record(
    telling: Deciding, api: Api, order: Order
) -> None:
    matter = await telling.filed()
    early = told(await order(RecordDelivery(matter_id=matter, is_acknowledged=True)))
    assert early["code"] == "matter_moved"
    await telling.done(notice(telling, matter, "RETURNED"))
    by = telling.person(MAY_READ)
    await telling.done(RecordDelivery(matter_id=matter, is_acknowledged=True, by=by))
    assert (await api("GET", f"/matters/{matter}")).json()["received_on"] == "2026-11-24"
    (kept,) = (await api("GET", f"/matters/{matter}/records?kind=DELIVERY")).json()["items"]
    assert (kept["given_by_name"], kept["content"]["is_acknowledged"]) == (MAY_READ, True)
