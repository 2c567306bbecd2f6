"""Drafts: data of their kind, written by those who write such papers, seen by those concerned."""

from typing import Any

import pytest

from service.core.command import Executor
from service.features.documents.draft_document import DraftDocument
from service.features.documents.kinds.registry import KINDS, PaperKind
from tests.builders import City
from tests.conftest import Api, Do, told
from tests.features.documents.conftest import RECEIPT, REQUEST, Draft
from tests.people import MAY, MAY_READ, NEVER


async def test_a_draft_keeps_what_is_to_stand_on_it(api: Api, draft: Draft, approved: str) -> None:
    made = await draft()
    read = await api("GET", f"/document-drafts/{made['id']}")
    assert read.headers["etag"] == made.pop("etag")
    assert read.json() == made
    assert (made["kind"], made["state"], made["drafter_name"]) == ("RECEIPT", "DRAFT", MAY)
    assert made["recipient"] == "青澜市第1局"
    assert made["data"]["materials"] == [
        {"name": "党组会议纪要", "copies": 2, "is_present": True, "remark": None}
    ]
    assert (made["release_id"], made["document_id"]) == (approved, None)


async def test_data_of_another_form_are_refused_with_each_place(api: Api, city: City) -> None:
    sent = {"kind": "RECEIPT", "title": "回执", "data": RECEIPT | {"copies": 1, "contact": ""}}
    got = await api("POST", "/document-drafts", sent)
    assert (got.status_code, got.json()["code"]) == (422, "paper_data_invalid")
    assert {tuple(each["place"]) for each in got.json()["facts"]["errors"]} == {
        ("contact",),
        ("copies",),
    }


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"secrecy": "CONFIDENTIAL"}, "classified_matter"),
        ({"release_id": "01900000-0000-7000-8000-000000000000"}, "paper_release_missing"),
        ({"series": "某编"}, "series_unknown"),
        ({"kind": "LOVE_LETTER"}, "invalid_input"),
    ],
)
async def test_what_no_paper_may_say_is_refused(
    api: Api, city: City, changed: dict[str, Any], code: str
) -> None:
    sent = {"kind": "RECEIPT", "title": "回执", "data": RECEIPT}
    got = await api("POST", "/document-drafts", sent | changed)
    assert (got.status_code, got.json()["code"]) == (422, code)


async def test_the_office_writes_its_papers_and_a_unit_its_own(api: Api, city: City) -> None:
    receipt = {"kind": "RECEIPT", "title": "回执", "data": RECEIPT, "body_id": str(city.body)}
    request = {"kind": "REQUEST", "title": "请示", "data": REQUEST, "body_id": str(city.body)}
    status = {
        (sent["kind"], who): (await api("POST", "/document-drafts", sent, who=who)).status_code
        for sent in (receipt, request)
        for who in (MAY, MAY_READ, NEVER, None)
    }
    assert status == {
        ("RECEIPT", MAY): 201,
        ("RECEIPT", MAY_READ): 403,
        ("RECEIPT", NEVER): 403,
        ("RECEIPT", None): 401,
        ("REQUEST", MAY): 403,
        ("REQUEST", MAY_READ): 201,
        ("REQUEST", NEVER): 404,
        ("REQUEST", None): 401,
    }


async def test_a_unit_sees_drafts_of_its_own_papers_only(
    api: Api, draft: Draft, city: City
) -> None:
    offices = await draft()
    sent = {"kind": "REQUEST", "title": "请示", "data": REQUEST, "body_id": str(city.body)}
    own = (await api("POST", "/document-drafts", sent, who=MAY_READ)).json()
    seen = {
        who: [
            each["id"] for each in (await api("GET", "/document-drafts", who=who)).json()["items"]
        ]
        for who in (MAY, MAY_READ, NEVER)
    }
    assert seen == {MAY: [own["id"], offices["id"]], MAY_READ: [own["id"]], NEVER: []}
    counts = {
        who: (await api("GET", "/document-drafts/count?state=DRAFT", who=who)).json()["count"]
        for who in seen
    }
    assert counts == {MAY: 2, MAY_READ: 1, NEVER: 0}
    for way in ("", "/pdf", "/docx"):
        path = f"/document-drafts/{offices['id']}{way}"
        assert (await api("GET", path, who=MAY_READ)).status_code == 404
        assert (await api("GET", path)).status_code == 200
    filtered = await api("GET", f"/document-drafts?subject_id={offices['subject_id']}&kind=RECEIPT")
    assert [each["id"] for each in filtered.json()["items"]] == [offices["id"]]


async def test_a_change_needs_the_version_it_was_decided_on(api: Api, draft: Draft) -> None:
    made = await draft()
    path = f"/document-drafts/{made['id']}"
    sent = {"title": "更好的标题", "data": RECEIPT | {"contact": "12310转2"}}
    assert (await api("PATCH", path, sent)).status_code == 428
    changed = await api("PATCH", path, sent, if_match=made["etag"])
    assert (changed.status_code, changed.json()["title"]) == (200, "更好的标题")
    assert (changed.json()["basis"], changed.json()["recipient"]) == ([], "青澜市第1局")
    late = await api("PATCH", path, sent, if_match=made["etag"])
    assert (late.status_code, late.json()["code"]) == (412, "version_mismatch")
    for who in (MAY_READ, NEVER):
        assert (await api("PATCH", path, sent, who=who, if_match='"2"')).status_code == 404


async def test_a_diagram_says_who_wrote_it(do: Do, database: Any, settings: Any) -> None:
    from service.core.auth.actor import Caller

    command = DraftDocument(kind=PaperKind.RECEIPT, title="回执", data=RECEIPT)
    answer = await Executor(database).execute(command, Caller(is_process=True))
    assert (answer.status, told(answer)["drafter_name"]) == (201, "process")
    async with database.reading.acquire() as connection:
        officer = await connection.fetchval("SELECT id FROM actor WHERE subject = $1", MAY)
    by_officer = command.model_copy(update={"drafted_by": officer})
    answer = await Executor(database).execute(by_officer, Caller(is_process=True))
    assert told(answer)["drafter_name"] == MAY


async def test_every_kind_tells_what_must_be_said_on_it(api: Api, city: City) -> None:
    got = await api("GET", "/document-kinds", who=MAY_READ)
    kinds = {each["kind"]: each for each in got.json()["items"]}
    assert list(kinds) == [kind.value for kind in PaperKind] == [kind.value for kind in KINDS]
    receipt = kinds["RECEIPT"]
    assert receipt["title_zh"] == "受理回执"
    assert receipt["data_schema"]["properties"]["materials"]["title"] == "材料清单"
    assert set(receipt["data_schema"]["required"]) >= {"matter", "contact"}
    for each in kinds.values():
        for field in each["data_schema"]["properties"].values():
            assert field["title"] >= "一", field
