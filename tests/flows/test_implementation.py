"""A reply is carried out by the drawn flow: reported, held against the ledger, closed; or ended."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from service.check import check
from service.core.store.db import Database
from service.features.quota.release_reservation import ReleaseReservation
from service.features.rectification.register_finding import RegisterFinding
from tests.builders import City
from tests.conftest import Do, told
from tests.features.matters.conftest import Deciding, Order, quota
from tests.features.matters.conftest import order as order
from tests.features.meetings.conftest import House
from tests.features.meetings.conftest import house as house
from tests.features.processes.cases import rows
from tests.features.quota.conftest import Ledger
from tests.features.quota.conftest import ledger as ledger
from tests.flows.approving import INTAKE, Approving
from tests.people import MAY_READ, NEVER

DONE = {"nameplate_done": True, "seal_done": True}


@pytest.fixture
async def approving(
    do: Do, order: Order, house: House, city: City, database: Database, ledger: Ledger
) -> Approving:
    approving = Approving(Deciding(do, order, house, city), database)
    await approving.staffed()
    await approving.drawn("issuing", "implementation")
    return approving


async def issued(approving: Approving, *deltas: dict[str, Any]) -> str:
    """A matter whose reply is out and waits to be carried out."""
    matter = await approving.decided(*deltas)
    assert (await approving.issued(matter))["state"] == "ISSUED"
    return matter


def merge(city: City) -> dict[str, Any]:
    """The other body becomes part of ours."""
    return {
        "ledger": "BODY",
        "action": "MERGE",
        "body_id": str(city.other_body),
        "to_body_id": str(city.body),
    }


async def staffed(ledger: Ledger, city: City) -> None:
    """Five posts of ours; three of the other body, of which one is held."""
    await ledger.grant(5)
    await ledger.grant(3, body=city.other_body)
    notice = told(await ledger.reserve(1, body=city.other_body))["id"]
    assert (await ledger.enter(1, notice, body=city.other_body)).status == 201


async def test_a_reply_is_carried_out_told_to_all_and_published(
    approving: Approving, ledger: Ledger
) -> None:
    await ledger.grant(5)
    matter = await issued(approving)
    assert set(await approving.tasks(matter)) == {"report_implementation", "publication_check"}
    told_to = await rows(
        approving.settings,
        "SELECT data ->> 'duty' FROM outbox WHERE type = 'matters.party_notified'",
    )
    assert {each for (each,) in told_to} == {
        "applicant_officer",
        "org_dept",
        "hr_dept",
        "finance_dept",
    }
    assert await approving.report(matter) is None
    secret = {"contains_secrets": True, "contains_personal_data": False, "summary": "同意"}
    refused = await approving.not_done(matter, INTAKE, "publication_check", "publish", **secret)
    assert refused == "matter_not_publishable"
    await approving.published(matter)
    assert await approving.outcome(matter) == "E7"
    path = f"/matters/{matter}/records"
    kinds = [each["kind"] for each in (await approving.ask("GET", path)).json()["items"]]
    assert {"TEXT_CHECK", "NOTIFIED", "IMPLEMENTATION", "PUBLICATION"} <= set(kinds)


async def test_a_merged_body_stands_still_and_is_closed_when_nothing_is_promised_any_more(
    approving: Approving, ledger: Ledger, do: Do
) -> None:
    city = approving.city
    await staffed(ledger, city)
    promised = told(await ledger.reserve(1, body=city.other_body))
    before = sum([(await approving.line(each))[0] for each in (city.body, city.other_body)])
    item = await _problem(approving, city.other_body)
    matter = await issued(approving, merge(city), quota(city, 5, 7, source="MERGED"))
    assert await approving.line(city.body) == (5, 0, 0)
    assert await approving.line(city.other_body) == (3, 1, 1)
    differences = await approving.report(matter, **DONE, staff_moved=1)
    assert any("预占" in each for each in differences), differences
    assert any("人员划转" in each for each in differences), differences
    assert await approving.line(city.other_body) == (3, 1, 1)
    release = ReleaseReservation(reservation_id=UUID(promised["id"]), reason="机构合并")
    assert (await do(release, if_match="1")).status < 400
    assert await approving.report(matter, **DONE, staff_moved=1) is None
    after = await approving.line(city.body)
    assert after == (7, 1, 0)
    assert after[0] <= before
    other = (await approving.ask("GET", f"/bodies/{city.other_body}")).json()
    assert (other["status"], other["merged_into_id"]) == ("MERGED", str(city.body))
    assert (await approving.matter(matter))["pending_deltas"] == []
    heard = await rows(
        approving.settings,
        """SELECT correlation_key, variables ->> 'successor_id' FROM message
           WHERE name = 'BodyMerged'""",
    )
    assert heard == [(item, str(city.body))]
    found = await check(approving.settings)
    assert {each.rule for each in found.rules if each.findings} == set()


async def test_i18_a_body_is_abolished_once_everybody_is_placed(
    approving: Approving, ledger: Ledger
) -> None:
    city = approving.city
    await staffed(ledger, city)
    gone = {"ledger": "BODY", "action": "ABOLISH", "body_id": str(city.other_body)}
    matter = await issued(approving, gone)
    assert await approving.line(city.other_body) == (3, 1, 2)
    differences = await approving.report(matter, **DONE)
    assert any("机构撤销" in each for each in differences), differences
    assert await approving.line(city.other_body) == (3, 1, 2)
    await _exit(ledger, approving)
    assert await approving.report(matter, **DONE) is None
    assert (await approving.ask("GET", f"/bodies/{city.other_body}")).json()[
        "status"
    ] == "ABOLISHED"
    assert await approving.line(city.other_body) == (0, 0, 0)
    found = await check(approving.settings)
    assert {each.rule for each in found.rules if each.findings} == set()


async def test_i1_a_cut_below_those_who_are_there_is_made_when_they_are_fewer(
    approving: Approving, ledger: Ledger
) -> None:
    city = approving.city
    await staffed(ledger, city)
    matter = await issued(approving, quota(city, 3, 0, body_id=str(city.other_body)))
    assert await approving.line(city.other_body) == (3, 1, 2)
    assert await approving.report(matter) is not None
    await _exit(ledger, approving)
    assert await approving.report(matter) is None
    assert await approving.line(city.other_body) == (0, 0, 0)


async def test_posts_follow_the_people_who_leave(approving: Approving, ledger: Ledger) -> None:
    city = approving.city
    await staffed(ledger, city)
    other = str(city.other_body)
    matter = await issued(
        approving,
        quota(city, 3, 0, body_id=other, to_body_id=str(city.body), source="INSIDE"),
        quota(city, 5, 8, source="INSIDE"),
    )
    assert (await approving.line(other), await approving.line(city.body)) == (
        (1, 1, 0),
        (7, 0, 0),
    )
    assert await approving.report(matter) is not None
    assert await approving.line(city.body) == (7, 0, 0)
    await _exit(ledger, approving)
    assert await approving.report(matter) is None
    assert (await approving.line(other), await approving.line(city.body)) == (
        (0, 0, 0),
        (8, 0, 0),
    )


async def test_a_new_body_is_registered_with_the_facts_that_its_implementation_brings(
    approving: Approving, ledger: Ledger
) -> None:
    await ledger.grant(5)
    new = {"body_id": None, "body_name": "青澜市数据局"}
    section = {"ledger": "INTERNAL_BODY", "action": "SET_UP", "text": "综合科", **new}
    matter = await issued(
        approving,
        {"ledger": "BODY", "action": "SET_UP", "after": 5, **new},
        quota(approving.city, 0, 4, **new),
        section,
    )
    assert any("登记信息" in each for each in await approving.report(matter, **DONE))
    facts = {
        "full_name": "青澜市数据局",
        "body_code": "990081050090",
        "body_type": "ORGAN",
        "system_category": "GOV",
    }
    planned = [{"section_name": "综合科", "quota_planned": 2}]
    assert await approving.report(matter, **DONE, new_bodies=[facts], sections=planned) is None
    found = (await approving.ask("GET", "/bodies?text=数据局")).json()["items"]
    assert [(each["full_name"], each["rank"]) for each in found] == [("青澜市数据局", "ZHENGKE")]
    assert await approving.line(found[0]["id"]) == (4, 0, 0)
    sections = (await approving.ask("GET", f"/bodies/{found[0]['id']}/internal-bodies")).json()
    assert [(each["name"], each["quota_planned"]) for each in sections["items"]] == [("综合科", 2)]


async def test_a_mandate_a_class_and_a_name_are_entered_as_reported(
    approving: Approving, ledger: Ledger
) -> None:
    await ledger.grant(5)
    body = str(approving.city.body)
    matter = await issued(
        approving,
        {"ledger": "MANDATE", "action": "CHANGE", "body_id": body},
        {"ledger": "NAME", "action": "RENAME", "body_id": body, "text": "青澜市数据局"},
        {"ledger": "NONQUOTA", "body_id": body, "before": 3, "after": 5},
    )
    assert (await approving.ask("GET", f"/bodies/{body}")).json()["full_name"] == "青澜市数据局"
    done = {**DONE, "mandate_issued": True}
    functions = [{"content": "统筹数据资源"}]
    differences = await approving.report(matter, **done, functions=functions)
    assert [each[:7] for each in differences] == ["编外人员控制数"]
    assert await approving.report(matter, **done, nonquota_ceiling=5) is None
    kept = (await approving.ask("GET", f"/bodies/{body}/functions")).json()["items"]
    assert [each["content"] for each in kept] == ["统筹数据资源"]


async def test_the_commission_ends_what_is_not_carried_out(
    approving: Approving, ledger: Ledger
) -> None:
    city = approving.city
    await staffed(ledger, city)
    gone = {"ledger": "BODY", "action": "ABOLISH", "body_id": str(city.other_body)}
    matter = await issued(approving, gone)
    path = f"/matters/{matter}/end-implementation"
    ending = {"minutes_document_id": str(city.document), "reason": "改革推迟", "frozen": "RETURN"}
    for who, status in ((MAY_READ, 403), (NEVER, 403)):
        assert (await approving.ask("POST", path, ending, who)).status_code == status
    assert (await approving.ask("POST", path, ending)).json()["code"] == "matter_minutes_required"
    minutes = (await approving.matter(matter))["decision_minutes_id"]
    ended = await approving.ask("POST", path, {**ending, "minutes_document_id": minutes})
    assert ended.status_code == 200, ended.text
    await approving.published(matter)
    assert await approving.outcome(matter) == "E8"
    assert await approving.line(city.other_body) == (3, 1, 0)
    other = (await approving.ask("GET", f"/bodies/{city.other_body}")).json()
    assert other["status"] == "ACTIVE"


async def test_posts_of_an_ended_implementation_may_go_back_to_the_city(
    approving: Approving, ledger: Ledger
) -> None:
    city = approving.city
    await staffed(ledger, city)
    matter = await issued(approving, quota(city, 3, 0, body_id=str(city.other_body)))
    minutes = (await approving.matter(matter))["decision_minutes_id"]
    ending = {"minutes_document_id": minutes, "reason": "不再核减", "frozen": "TO_CITY"}
    answer = await approving.ask("POST", f"/matters/{matter}/end-implementation", ending)
    assert answer.status_code == 200, answer.text
    assert await approving.line(city.other_body) == (1, 1, 0)


async def test_a_report_that_is_late_is_one_problem_and_the_case_stays_open(
    approving: Approving, ledger: Ledger
) -> None:
    await ledger.grant(5)
    matter = await issued(approving)
    await approving.wait(70)
    found = (await approving.ask("GET", "/rectifications")).json()["items"]
    assert [(each["source_type"], each["problem"]) for each in found] == [
        ("MATTER", "逾期未反馈批复落实情况")
    ]
    assert "report_implementation" in await approving.tasks(matter)


async def _problem(approving: Approving, body: UUID) -> str:
    found = RegisterFinding.model_validate(
        {
            "source_type": "INSPECTION",
            "body_id": body,
            "breach": "OVER_QUOTA",
            "problem": "超编1名",
            "facts": "实有4名。",
            "found_on": "2026-11-20",
        }
    )
    return str((await approving.deciding.done(found))["id"])


async def _exit(ledger: Ledger, approving: Approving) -> None:
    """The one who holds a post of the other body leaves."""
    ((person, version),) = await rows(
        approving.settings, "SELECT id, version FROM person WHERE status = 'ACTIVE'"
    )
    answer = await ledger.exit(person, date(2026, 11, 24), version)
    assert answer.status < 400, answer.body
