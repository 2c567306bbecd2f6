"""A reply is made public only with a summary and nothing secret, or kept back with a reason."""

from typing import Any

import pytest

from service.core.store.db import Database
from service.features.matters.publish_summary import PublishSummary
from tests.conftest import told
from tests.features.matters.conftest import Deciding
from tests.features.quota.conftest import Ledger


def _check(matter: str, **changed: Any) -> PublishSummary:
    given = {
        "matter_id": matter,
        "is_published": True,
        "contains_secrets": False,
        "contains_personal_data": False,
        "summary": "同意增加编制。",
    }
    return PublishSummary.model_validate({**given, **changed})


@pytest.mark.parametrize(
    "changed",
    [
        {"contains_secrets": True},
        {"contains_personal_data": True},
        {"summary": None},
        {"is_published": False, "summary": None},
    ],
    ids=["secret", "personal", "silent", "unexplained"],
)
async def test_what_must_not_be_public_or_says_nothing_is_refused(
    deciding: Deciding, ledger: Ledger, changed: dict[str, Any]
) -> None:
    await ledger.grant(5)
    matter = await deciding.decided()
    await deciding.done(deciding.issuing(matter, await deciding.drafted(matter)))
    refused = told(await deciding.order(_check(matter, **changed)))
    assert refused["code"] == "matter_not_publishable"


async def test_a_summary_is_announced_and_a_reason_is_kept(
    deciding: Deciding, ledger: Ledger, database: Database
) -> None:
    await ledger.grant(5)
    matter = await deciding.decided()
    assert told(await deciding.order(_check(matter)))["code"] == "matter_moved"
    await deciding.done(deciding.issuing(matter, await deciding.drafted(matter)))
    await deciding.done(_check(matter, is_published=False, summary=None, reason="内部事项"))
    await deciding.done(_check(matter))
    said = await database.reading.fetch(
        "SELECT data ->> 'summary' AS summary FROM outbox WHERE type = 'matters.summary_published'"
    )
    assert [each["summary"] for each in said] == ["同意增加编制。"]
    kept = await database.reading.fetch(
        "SELECT content ->> 'reason' AS reason FROM matter_record WHERE kind = 'PUBLICATION'"
    )
    assert {each["reason"] for each in kept} == {"内部事项", None}
