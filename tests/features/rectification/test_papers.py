"""The papers of an item: each step that binds the unit is a numbered document, word by word."""

from tests.features.rectification.conftest import (
    DEPUTY,
    DIRECTOR,
    FINDER,
    LEGAL,
    OTHER_LEGAL,
    OWNER,
    Ledger,
)
from tests.people import NEVER


async def test_every_step_to_the_close_out_leaves_its_paper(ledger: Ledger) -> None:
    item = await ledger.close()
    papers = await ledger.papers(item)
    assert [each["kind"] for each in papers] == [
        "RECTIFICATION_NOTICE",
        "PLAN_APPROVAL",
        "ACCEPTANCE_RECORD",
        "ACCEPTANCE_RECORD",
        "CLOSE_OUT",
    ]
    assert [each["number"] for each in papers] == [1, 2, 3, 4, 5]
    assert {each["series"] for each in papers} == {"青编办"}
    words = (await ledger.ask("GET", f"/documents/{papers[0]['id']}/content")).text
    for said in ("QL-ZG-2026-0001", "核定20名，实有21名。", "消化超编。", "2027", "12310"):
        assert said in words, said
    drafts = await ledger.done("GET", "/document-drafts?subject_type=rectification_item", who=LEGAL)
    (kept,) = [each["id"] for each in drafts["items"] if each["kind"] == "CLOSE_REQUEST"]
    request = await ledger.done("GET", f"/document-drafts/{kept}", who=LEGAL)
    assert (request["data"]["contact"], request["document_id"]) == (OWNER, None)
    # The unit sees them, another one does not.
    assert len(await ledger.papers(item, OWNER)) == 5
    assert await ledger.papers(item, NEVER) == []


async def test_the_commission_hears_that_a_grave_problem_is_closed(ledger: Ledger) -> None:
    item = await ledger.close()
    waiting = await ledger.done("GET", "/agenda-items", who=DIRECTOR)
    (told,) = [each for each in waiting["items"] if each["subject_id"] == item]
    assert (told["level"], told["kind"]) == ("COMMISSION", "REPORT")


async def test_an_amended_notice_takes_the_place_of_the_first(ledger: Ledger) -> None:
    item = await ledger.notify()
    await ledger.done("POST", f"/rectifications/{item}/dispute", {"grounds": "已调出"}, OWNER)
    await ledger.complete(OTHER_LEGAL, item, "decide_dispute", "amend", reason="人数有误")
    notice = {
        "facts": "核定20名，实有22名。",
        "article": "第三十一条",
        "required_result": "消化超编。",
        "due": "2027-02-26",
        "contact": "监督检查科",
    }
    await ledger.complete(LEGAL, item, "draft_notice", "submit", **notice)
    await ledger.complete(DEPUTY, item, "sign_notice", "sign")
    first, second = await ledger.papers(item)
    assert second["supersedes_id"] == first["id"]
    assert "监督检查科" in (await ledger.ask("GET", f"/documents/{second['id']}/content")).text


async def test_what_presses_an_overdue_item_is_on_paper(ledger: Ledger) -> None:
    item = await ledger.work(due="2026-12-01")
    await ledger.wait(15)
    order = {"text": "限期整改", "required_by": "2026-12-15"}
    await ledger.complete(FINDER, item, "supervision_order", "submit", **order)
    await ledger.complete(DEPUTY, item, "sign_supervision_order", "sign")
    await ledger.wait(8)
    talk = {
        "held_on": "2026-12-17",
        "place": "编办会议室",
        "participants": ["编办主任", "局长"],
        "record": "承诺月底前整改。",
        "signed_document_id": str(ledger.city.document),
    }
    await ledger.complete(DIRECTOR, item, "warning_talk", "held", **talk)
    papers = await ledger.papers(item)
    assert [each["kind"] for each in papers[2:]] == ["SUPERVISION_ORDER", "TALK_RECORD"]
    acts = (await ledger.item(item))["acts"]
    assert [(each["kind"], each["done_on"]) for each in acts][1] == ("WARNING_TALK", "2026-12-17")
