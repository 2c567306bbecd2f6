"""Drafting a reply: every change in the words of the paper, and who gets a copy of it."""

from typing import Any
from uuid import UUID

from service.features.matters.draft_approval import DraftApproval
from tests.builders import City
from tests.conftest import Api, told
from tests.features.matters.conftest import ON, Deciding, quota
from tests.features.quota.conftest import Ledger


def _draft(matter: str, **changed: Any) -> DraftApproval:
    given = {"matter_id": matter, "title": "批复", "series": "青编批", "effective_on": ON}
    return DraftApproval.model_validate({**given, **changed})


async def test_a_reply_says_what_was_decided_and_names_the_day_of_the_decision(
    deciding: Deciding, ledger: Ledger, city: City, api: Api
) -> None:
    body, other = str(city.body), str(city.other_body)
    rank = {"ledger": "RANK", "body_id": body, "before": 5, "after": 6}
    section = {"ledger": "INTERNAL_BODY", "action": "SET_UP", "body_id": body, "text": "法规科"}
    merged = {"ledger": "BODY", "action": "MERGE", "body_id": other, "to_body_id": body}
    matter = await deciding.decided(quota(city, 5, 7), rank, section, merged)
    drafted = await deciding.done(
        _draft(
            matter,
            text="经审议，批复如下。",
            copies_to=["FINANCE", "COMPETENT_BODY"],
            revoked=[str(city.document)],
            tasks=[{"text": "办理登记", "due": "2026-12-20"}],
        )
    )
    assert drafted["decided_on"] == "2026-11-24"
    draft = (await api("GET", f"/document-drafts/{drafted['document_draft_id']}")).json()
    data = draft["data"]
    assert draft["copies_to"] == ["财政部门", "主管部门"]
    assert data["text"] == "经审议，批复如下。"
    assert [each["content"] for each in data["items"]] == [
        "规格调整为副科",
        "合并，并入青澜市第1局",
    ]
    assert data["internal_bodies"] == ["青澜市第1局设立：法规科"]
    assert [(each["before"], each["after"]) for each in data["quotas"]] == [(5, 7)]
    assert data["tasks"] == [{"task": "办理登记", "due_on": "2026-12-20"}]
    assert data["revoked"] == ["关于机构设置的批复"]


async def test_a_reply_that_is_classified_is_refused(deciding: Deciding, ledger: Ledger) -> None:
    matter = await deciding.decided()
    refused = await deciding.order(_draft(matter, secrecy="CONFIDENTIAL"))
    assert told(refused)["code"] == "classified_matter"


async def test_nothing_is_drafted_that_nobody_decided(deciding: Deciding) -> None:
    matter = await deciding.filed()
    refused = await deciding.order(_draft(matter))
    assert told(refused)["code"] == "matter_moved"
    missing = await deciding.order(_draft(str(UUID(int=1))))
    assert told(missing)["code"] == "not_found"
