"""Issuing: signed by another, numbered without gaps, resting on something, never edited again."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.store.db import Database
from service.features.documents.issue_document import IssueDocument
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api, told
from tests.features.documents.conftest import BASIS, RECEIPT, REQUEST, Draft, Issue
from tests.features.processes.conftest import AsDirector
from tests.people import MAY, MAY_READ, NEVER


def refused(got: Any) -> tuple[int, str]:
    return got.status_code, got.json()["code"]


async def test_a_document_is_issued_by_a_second_person_and_says_what_it_is(
    api: Api, draft: Draft, director: AsDirector, city: City
) -> None:
    made = await draft()
    path = f"/document-drafts/{made['id']}/issue"
    assert (await director("POST", path, {})).status_code == 428
    done = await director("POST", path, {}, if_match=made["etag"])
    assert done.status_code == 201, done.text
    document = done.json()
    assert (document["code"], document["issuer"]) == ("青编办〔2026〕1号", "青澜市青编办")
    assert (document["issued_on"], document["kind"], document["is_own"]) == (
        "2026-11-24",
        "RECEIPT",
        True,
    )
    assert document["body_id"] == str(city.body)
    assert (await api("GET", f"/documents/{document['id']}")).json() == document
    content = (await api("GET", f"/documents/{document['id']}/content")).json()
    assert (content["signer_name"], content["digest"]) == ("director", document["digest"])
    assert (content["release"]["flow"], content["release"]["number"]) == ("matters", 1)
    assert (content["release"]["proposed_by_name"], content["release"]["decided_by_name"]) == (
        MAY,
        "director",
    )
    again = await director("POST", path, {}, if_match='"2"')
    assert refused(again) == (409, "draft_issued")
    edited = await api(
        "PATCH", f"/document-drafts/{made['id']}", {"title": "改", "data": RECEIPT}, if_match='"2"'
    )
    assert refused(edited) == (409, "draft_issued")


async def test_i15_numbers_are_gap_free_although_some_are_refused(
    draft: Draft, director: AsDirector, issue: Issue
) -> None:
    first = await issue()
    good = [await draft() for _ in range(6)]
    twice = [await draft(supersedes_id=first["id"]) for _ in range(4)]
    mixed = [each for pair in zip(good, [*twice, None, None], strict=True) for each in pair if each]
    answers = await asyncio.gather(
        *(
            director("POST", f"/document-drafts/{each['id']}/issue", {}, if_match=each["etag"])
            for each in mixed
        )
    )
    numbers = sorted(got.json()["number"] for got in answers if got.status_code == 201)
    assert numbers == list(range(2, 9))
    codes = [got.json()["code"] for got in answers if got.status_code != 201]
    assert codes == ["document_already_superseded"] * 3


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"basis": []}, "basis_missing"),
        (
            {"basis": [{"level": "DEPARTMENTAL_RULE", "title": "某部办法"}]},
            "departmental_rule_alone",
        ),
        ({"release_id": None}, "paper_release_missing"),
        ({"series": None}, "series_unknown"),
        ({"series": "青编"}, "not_allowed"),
    ],
)
async def test_what_is_not_whole_is_not_issued(
    draft: Draft, director: AsDirector, changed: dict[str, Any], code: str
) -> None:
    made = await draft(**changed)
    path = f"/document-drafts/{made['id']}/issue"
    got = await director("POST", path, {}, if_match=made["etag"])
    assert got.json()["code"] == code
    whole = await draft()
    path = f"/document-drafts/{whole['id']}/issue"
    numbered = await director("POST", path, {}, if_match=whole["etag"])
    assert numbered.json()["number"] == 1


async def test_i22_a_departmental_rule_may_stand_beside_another_basis(issue: Issue) -> None:
    await issue(basis=[*BASIS, {"level": "DEPARTMENTAL_RULE", "title": "某部办法"}])


async def test_a_units_own_paper_is_not_issued_by_the_office(
    api: Api, director: AsDirector, approved: str, city: City
) -> None:
    sent = {"kind": "REQUEST", "title": "请示", "data": REQUEST, "body_id": str(city.body)}
    made = await api(
        "POST",
        "/document-drafts",
        sent | {"basis": BASIS, "release_id": approved, "series": "青编办"},
        who=MAY_READ,
    )
    path = f"/document-drafts/{made.json()['id']}/issue"
    got = await director("POST", path, {}, if_match=made.headers["etag"])
    assert refused(got) == (422, "issued_by_unit")


async def test_whoever_wrote_at_it_does_not_sign_it(
    api: Api, draft: Draft, director: AsDirector, settings: Settings
) -> None:
    await give_duty(settings, MAY, "office_director")
    own = await draft()
    path = f"/document-drafts/{own['id']}"
    got = await api("POST", f"{path}/issue", {}, if_match=own["etag"])
    assert refused(got) == (422, "signer_wrote")
    sent = {"title": "改过", "data": RECEIPT, "basis": BASIS, "release_id": own["release_id"]}
    changed = await director("PATCH", path, sent | {"series": "青编办"}, if_match=own["etag"])
    got = await director("POST", f"{path}/issue", {}, if_match=changed.headers["etag"])
    assert refused(got) == (422, "signer_wrote")


async def test_only_signers_of_the_letterhead_issue(api: Api, draft: Draft) -> None:
    made = await draft()
    path = f"/document-drafts/{made['id']}/issue"
    status = {
        who: (await api("POST", path, {}, who=who, if_match=made["etag"])).status_code
        for who in (MAY, MAY_READ, NEVER, None)
    }
    assert status == {MAY: 403, MAY_READ: 403, NEVER: 403, None: 401}


async def test_a_diagram_names_who_signed_in_it(database: Database, draft: Draft) -> None:
    made = await draft()
    async with database.reading.acquire() as connection:
        records = await connection.fetch("SELECT subject, id FROM actor")
    people = {record["subject"]: record["id"] for record in records}
    command = IssueDocument(draft_id=UUID(made["id"]))
    process = Caller(is_process=True)
    for signer in (None, people[MAY], UUID(int=1)):
        named = command.model_copy(update={"signed_by": signer})
        answer = await Executor(database).execute(named, process)
        assert told(answer)["code"] == "signer_wrote"
    named = command.model_copy(update={"signed_by": people["director"], "series": "青编"})
    answer = await Executor(database).execute(named, process)
    assert (answer.status, told(answer)["code"]) == (201, "青编〔2026〕1号")


async def test_a_body_sees_what_was_sent_to_it_and_no_other_does(
    api: Api, issue: Issue, approved: str
) -> None:
    to_us = await issue()
    inside = await issue(
        kind="PRIOR_COMMUNICATION_RECORD",
        title="事前沟通记录",
        data={
            "matter": "某事项",
            "communicated_on": "2026-11-20",
            "communicated_with": "上级编办",
            "view": "支持",
        },
    )
    seen = {
        who: {
            each["id"]
            for each in (await api("GET", "/documents?year=2026", who=who)).json()["items"]
        }
        for who in (MAY, MAY_READ, NEVER)
    }
    assert seen == {MAY: {to_us["id"], inside["id"]}, MAY_READ: {to_us["id"]}, NEVER: set()}
    counts = {
        who: (await api("GET", "/documents/count?year=2026", who=who)).json()["count"]
        for who in seen
    }
    assert counts == {MAY: 2, MAY_READ: 1, NEVER: 0}
    for way in ("", "/content", "/pdf", "/docx"):
        status = [
            (await api("GET", f"/documents/{each['id']}{way}", who=who)).status_code
            for each in (to_us, inside)
            for who in (MAY, MAY_READ, NEVER)
        ]
        assert status == [200, 200, 404, 200, 404, 404]
    about = await api("GET", f"/documents?kind=RECEIPT&subject_id={to_us['subject_id']}")
    assert [each["id"] for each in about.json()["items"]] == [to_us["id"]]


async def test_what_was_only_recorded_has_no_content(api: Api, city: City) -> None:
    for way in ("content", "pdf", "docx"):
        got = await api("GET", f"/documents/{city.document}/{way}", who=NEVER)
        assert refused(got) == (422, "not_written_here")
