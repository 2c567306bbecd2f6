"""A report is held against the ledger: what it leaves open, what must wait, what is not so."""

from typing import Any

from service.features.matters.check_implementation import CheckImplementation
from service.features.matters.draft_approval import DraftApproval
from tests.builders import TODAY, City
from tests.conftest import Api, told
from tests.features.matters.conftest import Deciding, quota
from tests.features.quota.conftest import Ledger


async def _issued(deciding: Deciding, *deltas: dict[str, Any], on: Any = TODAY) -> str:
    matter = await deciding.decided(*deltas)
    draft = DraftApproval.model_validate(
        {"matter_id": matter, "title": "批复", "series": "青编批", "effective_on": on}
    )
    number = (await deciding.done(draft))["document_draft_id"]
    await deciding.done(deciding.issuing(matter, number))
    return matter


async def _checked(deciding: Deciding, city: City, matter: str, **reported: Any) -> Any:
    given = {"matter_id": matter, "details": "已落实", "evidence": [str(city.document)]}
    return await deciding.done(CheckImplementation.model_validate({**given, **reported}))


async def test_what_the_unit_has_not_done_outside_the_ledger_is_told_to_it(
    deciding: Deciding, ledger: Ledger, city: City
) -> None:
    named = {"ledger": "NAME", "action": "RENAME", "body_id": str(city.body), "text": "数据局"}
    mandate = {"ledger": "MANDATE", "action": "CHANGE", "body_id": str(city.body)}
    matter = await _issued(deciding, named, mandate)
    seen = await _checked(deciding, city, matter)
    assert seen["agrees"] is False
    assert [each.split("：")[0] for each in seen["differences"]] == [
        "三定规定",
        "牌子",
        "印章",
        "三定规定",
    ]


async def test_people_are_counted_by_the_ledger(
    deciding: Deciding, ledger: Ledger, city: City
) -> None:
    await ledger.grant(5)
    matter = await _issued(deciding, quota(city, 5, 7))
    seen = await _checked(deciding, city, matter, staff_moved=2)
    assert seen["differences"] == ["人员划转：反馈2人，台账为0人。"]
    assert (await _checked(deciding, city, matter))["agrees"] is True


async def test_nothing_is_closed_before_the_reply_takes_effect(
    deciding: Deciding, ledger: Ledger, city: City, api: Api
) -> None:
    named = {"ledger": "NAME", "action": "RENAME", "body_id": str(city.body), "text": "数据局"}
    matter = await _issued(deciding, named, on="2026-12-01")
    seen = await _checked(deciding, city, matter, nameplate_done=True, seal_done=True)
    assert seen["differences"] == ["批复自2026-12-01起生效，生效后再反馈。"]
    assert (await api("GET", f"/bodies/{city.body}")).json()["full_name"] == "青澜市第1局"


async def test_only_an_issued_matter_is_carried_out(deciding: Deciding, city: City) -> None:
    matter = await deciding.filed()
    early = {"matter_id": matter, "details": "已落实", "evidence": [str(city.document)]}
    refused = await deciding.order(CheckImplementation.model_validate(early))
    assert told(refused)["code"] == "matter_moved"
