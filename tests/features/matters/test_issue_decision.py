"""Issuing a decision: number, ledger and event together, by the right people, or nothing."""

from datetime import date
from typing import Any
from uuid import UUID

from service.check import check
from service.core.store.db import Database
from service.features.matters.draft_approval import DraftApproval
from service.features.matters.issue_decision import IssueDecision
from service.features.matters.record_decision import RecordDecision
from service.features.matters.record_facts import AuthorityFound, RecordFacts
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api, told
from tests.features.matters.conftest import Deciding, quota
from tests.features.matters.upward import approved, sending
from tests.features.meetings.conftest import DIRECTOR
from tests.features.quota.conftest import Ledger
from tests.people import MAY


async def authorised(api: Api, body: Any, on: str = "2026-12-01") -> tuple[int, int]:
    line = (await api("GET", f"/bodies/{body}/balances?as_of={on}")).json()["balances"][0]
    return line["authorised"], line["frozen"]


async def papers(database: Database) -> int:
    count: int = await database.reading.fetchval(
        "SELECT count(*) FROM document WHERE series = '青编批'"
    )
    return count


async def test_the_reply_its_number_and_the_ledger_come_together(
    deciding: Deciding, ledger: Ledger, city: City, api: Api, database: Database, settings: Settings
) -> None:
    await ledger.grant(5)
    matter = await deciding.decided()
    draft = await deciding.drafted(matter)
    issued = await deciding.done(deciding.issuing(matter, draft))
    assert (issued["state"], issued["stage"]) == ("ISSUED", "IMPLEMENTATION")
    assert await authorised(api, city.body) == (7, 0)
    assert await authorised(api, city.body, "2026-11-30") == (5, 0)
    told_of = await database.reading.fetchval(
        "SELECT data FROM outbox WHERE type = 'matters.approval_issued'"
    )
    assert (told_of["code"], told_of["pending"]) == ("青编批〔2026〕1号", 0)
    entry = await database.reading.fetchrow(
        "SELECT document_id, effective_on FROM entry WHERE document_id = $1 LIMIT 1",
        issued["approval_document_id"],
    )
    assert entry is not None
    assert str(entry["effective_on"]) == "2026-12-01"
    versions = (await api("GET", f"/matters/{matter}/deltas")).json()["items"]
    assert [each["origin"] for each in versions] == ["REQUEST", "ISSUED"]
    assert {each.rule for each in (await check(settings)).rules if each.findings} == set()


async def test_what_the_ledger_refuses_leaves_nothing_half_done(
    deciding: Deciding, ledger: Ledger, city: City, api: Api, database: Database
) -> None:
    await ledger.grant(5)
    matter = await deciding.decided(
        quota(city, 5, 3), quota(city, 0, 20, body_id=str(city.other_body))
    )
    draft = await deciding.drafted(matter)
    refused = told(await deciding.order(deciding.issuing(matter, draft)))
    assert refused["code"] == "ledger_refused"
    assert refused["facts"]["code"] == "city_limit_exceeded"
    assert await authorised(api, city.body) == (5, 0)
    assert await papers(database) == 0
    assert (await api("GET", f"/matters/{matter}")).json()["state"] == "DECIDED"


async def test_a_request_about_another_number_than_the_ledgers_is_refused(
    deciding: Deciding, ledger: Ledger
) -> None:
    await ledger.grant(4)
    matter = await deciding.decided()
    draft = await deciding.drafted(matter)
    refused = told(await deciding.order(deciding.issuing(matter, draft)))
    assert refused["facts"] == {"code": "before_differs", "before": 5, "authorised": 4}


async def test_posts_go_from_one_body_to_another_as_one_transfer(
    deciding: Deciding, ledger: Ledger, city: City, api: Api, database: Database
) -> None:
    await ledger.grant(5)
    await ledger.grant(5, body=city.other_body)
    other = str(city.other_body)
    matter = await deciding.decided(
        quota(city, 5, 3, to_body_id=other, source="INSIDE"),
        quota(city, 5, 7, body_id=other, source="INSIDE"),
    )
    await deciding.done(deciding.issuing(matter, await deciding.drafted(matter)))
    assert await authorised(api, city.body) == (3, 0)
    assert await authorised(api, city.other_body) == (7, 0)
    actions = await database.reading.fetch(
        "SELECT DISTINCT action FROM entry WHERE effective_on = '2026-12-01'"
    )
    assert [each["action"] for each in actions] == ["TRANSFER"]


async def test_a_cut_below_those_who_are_there_freezes_first_and_waits(
    deciding: Deciding, ledger: Ledger, city: City, api: Api
) -> None:
    await ledger.grant(5)
    notice = told(await ledger.reserve(3))["id"]
    for number in (1, 2, 3):
        assert (await ledger.enter(number, notice)).status == 201
    matter = await deciding.decided(quota(city, 5, 2))
    issued = await deciding.done(deciding.issuing(matter, await deciding.drafted(matter)))
    assert await authorised(api, city.body) == (5, 2)
    assert [each["after"] for each in issued["pending_deltas"]] == [2]


async def test_a_body_to_be_abolished_is_in_reform_with_its_posts_frozen(
    deciding: Deciding, ledger: Ledger, city: City, api: Api
) -> None:
    await ledger.grant(5)
    closing = {"ledger": "BODY", "action": "ABOLISH", "body_id": str(city.body)}
    matter = await deciding.decided(closing)
    issued = await deciding.done(deciding.issuing(matter, await deciding.drafted(matter)))
    assert await authorised(api, city.body) == (5, 5)
    assert (await api("GET", f"/bodies/{city.body}")).json()["status"] == "IN_REFORM"
    assert [each["action"] for each in issued["pending_deltas"]] == ["ABOLISH"]


async def test_intake_legal_review_and_signature_are_three_people(
    deciding: Deciding, ledger: Ledger
) -> None:
    await ledger.grant(5)
    matter = await deciding.decided()
    draft = await deciding.drafted(matter)
    for roles in ({"legal_by": MAY}, {"intake_by": DIRECTOR}, {"legal_by": DIRECTOR}):
        refused = told(await deciding.order(deciding.issuing(matter, draft, **roles)))
        assert refused["code"] == "matter_not_three_people", roles
    # Left out at the end, they are those whom the case has named before.
    await deciding.done(
        RecordFacts(
            matter_id=matter,
            authority=AuthorityFound(final_authority="COMMISSION"),
            intake_by=deciding.person(DIRECTOR),
        )
    )
    bare = IssueDecision(
        matter_id=matter, document_draft_id=draft, signed_by=deciding.person(DIRECTOR)
    )
    assert told(await deciding.order(bare))["code"] == "matter_not_three_people"


async def test_i22_a_departmental_rule_is_never_the_only_basis(
    deciding: Deciding, ledger: Ledger
) -> None:
    await ledger.grant(5)
    basis = [{"level": "DEPARTMENTAL_RULE", "title": "某部门办法", "article": "第一条"}]
    matter = await deciding.decided(basis=basis)
    refused = told(await deciding.order(deciding.issuing(matter, await deciding.drafted(matter))))
    assert (refused["code"], refused["rule"]) == ("departmental_rule_only", "I22")


async def test_i4_nobody_approves_above_authority(deciding: Deciding) -> None:
    matter = await deciding.filed(authority="NOT_LOCAL")
    item = await deciding.voted(matter)
    refused = told(await deciding.order(RecordDecision(matter_id=matter, agenda_item_id=item)))
    assert (refused["code"], refused["rule"]) == ("above_authority", "I4")


async def test_i4_what_goes_further_up_is_not_issued_on_the_commissions_vote(
    deciding: Deciding, ledger: Ledger, city: City, api: Api, settings: Settings
) -> None:
    await ledger.grant(5)
    for matter in (await deciding.decided(authority="PARTY"), await approved(deciding)):
        early = DraftApproval(
            matter_id=UUID(matter), title="批复", series="青编批", effective_on=date(2026, 12, 1)
        )
        refused = await deciding.order(early)
        assert told(refused)["code"] == "above_authority"
    await deciding.done(sending(deciding, matter))
    await give_duty(settings, MAY, "superior_liaison")
    reply = {"reply": "APPROVE", "document_id": str(city.document)}
    assert (await api("POST", f"/matters/{matter}/superior-reply", reply)).status_code == 200
    issued = await deciding.done(deciding.issuing(matter, await deciding.drafted(matter)))
    assert issued["state"] == "ISSUED"


async def test_i5_a_result_counts_only_once_its_meeting_is_closed_on_minutes(
    deciding: Deciding,
) -> None:
    matter = await deciding.filed()
    item = await deciding.house.put(subject_id=matter)
    early = RecordDecision(matter_id=matter, agenda_item_id=item)
    assert told(await deciding.order(early))["code"] == "matter_minutes_required"
    other = await deciding.house.put(subject_id="another")
    foreign = RecordDecision(matter_id=matter, agenda_item_id=other)
    assert told(await deciding.order(foreign))["code"] == "not_found"


async def test_what_the_meeting_changed_is_what_is_decided(
    deciding: Deciding, city: City, api: Api
) -> None:
    matter = await deciding.filed()
    item = await deciding.voted(matter, "approve_with_changes", deltas=[quota(city, 5, 6)])
    decided = await deciding.done(RecordDecision(matter_id=matter, agenda_item_id=item))
    assert decided["deltas"][0]["after"] == 6
    kept = (await api("GET", f"/matters/{matter}/deltas")).json()["items"]
    assert [each["origin"] for each in kept] == ["REQUEST", "VOTED"]
