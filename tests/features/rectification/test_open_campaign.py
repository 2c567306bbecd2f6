"""A campaign asks its units, presses the silent, counts what is cleared, and ends with a report."""

from datetime import date
from typing import Any

import pytest

from service.features.rectification.answer_campaign import AnswerCampaign, StatedProblem
from service.features.rectification.chart_campaign import ChartCampaign
from service.features.rectification.close_campaign import CloseCampaign
from service.features.rectification.draft_clearing_report import DraftClearingReport
from service.features.rectification.issue_clearing_report import IssueClearingReport
from service.features.rectification.open_campaign import OpenCampaign
from service.features.rectification.press_campaign_answer import PressCampaignAnswer
from service.features.rectification.record_campaign_talk import RecordCampaignTalk
from service.features.rectification.record_hidden_risk import RecordHiddenRisk
from tests.features.processes.cases import pass_time
from tests.features.rectification.conftest import DEPUTY, DIRECTOR, FINDER, OFFICER, OWNER, Ledger
from tests.features.rectification.orders import case_of, not_ordered, numbered, ordered
from tests.people import NEVER

_DAYS = {"from_on": date(2026, 11, 24), "to_on": date(2027, 3, 31)}


async def _opened(ledger: Ledger) -> Any:
    """A campaign of our unit, which has one open item and one that was closed before."""
    item = await numbered(ledger, 1)
    await numbered(ledger, 2, "CLOSED")
    plan = OpenCampaign(
        instance_id=await case_of(ledger, item),
        title="编外清理",
        scope="编外用工",
        body_ids=[ledger.city.body],
        planned_by=ledger.ids[DIRECTOR],
        **_DAYS,
    )
    return await ordered(ledger, plan)


@pytest.mark.parametrize(
    "wrong",
    [
        {"body_ids": ["01900000-0000-7000-8000-000000000000"]},
        {"to_on": date(2026, 11, 23)},
        {"from_on": date(2027, 4, 1)},
        {"body_ids": []},
    ],
)
async def test_a_campaign_needs_units_and_days(ledger: Ledger, wrong: dict[str, Any]) -> None:
    case = await case_of(ledger, await ledger.find())
    plan = {"instance_id": case, "title": "编外清理", "scope": "编外用工", **_DAYS, **wrong}
    assert await not_ordered(ledger, OpenCampaign(**plan)) == "campaign_empty"


async def test_without_a_list_of_units_every_body_is_asked(ledger: Ledger) -> None:
    case = await case_of(ledger, await ledger.find())
    plan = OpenCampaign(instance_id=case, title="编外清理", scope="编外用工", **_DAYS)
    asked = {each["body_id"] for each in (await ordered(ledger, plan))["units"]}
    assert {str(ledger.city.body), str(ledger.city.other_body)} <= asked


async def test_a_sealed_form_says_one_thing_and_is_seen_by_its_unit_alone(ledger: Ledger) -> None:
    opened = await _opened(ledger)
    assert opened["number"] == "QL-QD-2026-0001"
    (unit,) = opened["units"]
    answer = {"answer_id": unit["answer_id"], "answered_by": ledger.ids[OWNER]}
    problems = [StatedProblem(breach="OVER_QUOTA", text="超编1名")]
    sealed = {"sealed_document_id": ledger.city.document}
    both = AnswerCampaign(**answer, **sealed, has_problems=False, problems=problems)
    assert await not_ordered(ledger, both) == "campaign_answer_unclear"
    unsealed = AnswerCampaign(**answer, has_problems=False)
    assert await not_ordered(ledger, unsealed) == "not_found"
    word = AnswerCampaign(**answer, **sealed, has_problems=False)
    assert (await ordered(ledger, word))["state"] == "NO_PROBLEM"
    assert await not_ordered(ledger, word) == "round_moved"
    place = f"/rectifications/campaigns/{opened['campaign_id']}"
    for who in (OFFICER, OWNER):
        seen = await ledger.done("GET", place, who=who)
        assert (seen["answered"], seen["bodies"], seen["cleared"], seen["total"]) == (1, 1, 0, 1)
        assert [each["state"] for each in seen["answers"]] == ["NO_PROBLEM"]
    assert await ledger.refused("GET", place, who=NEVER) == "not_found"
    assert (await ledger.done("GET", "/rectifications/campaigns", who=NEVER))["items"] == []


async def test_the_later_the_answer_the_stronger_the_measure(ledger: Ledger) -> None:
    (unit,) = (await _opened(ledger))["units"]
    press = PressCampaignAnswer(answer_id=unit["answer_id"])
    measures = []
    for days in (17, 2, 5):  # 2026-12-11, 12-13, 12-18; the answer is due on 12-08
        await pass_time(ledger.settings, days=days)
        pressed = await ordered(ledger, press)
        measures.append((pressed["days_late"], pressed["measure"]))
    assert measures == [(2, "NONE"), (3, "REMIND"), (7, "TALK")]
    talk = RecordCampaignTalk(
        answer_id=unit["answer_id"], text="三日内答复", held_by=ledger.ids[DIRECTOR]
    )
    await ordered(ledger, talk)
    silent = await ordered(ledger, AnswerCampaign(answer_id=unit["answer_id"]))
    assert silent["state"] == "NOT_ANSWERED"
    assert await not_ordered(ledger, press) == "round_moved"


async def test_a_campaign_ends_with_a_report_that_another_signs(ledger: Ledger) -> None:
    campaign = {"campaign_id": (await _opened(ledger))["campaign_id"]}
    head = {"issuer": "中共青澜市委编委办", "signers": ["office_director"]}
    await ledger.done("POST", "/letterheads/青编办/set", head, DIRECTOR)
    risk = RecordHiddenRisk(**campaign, findings="核对名册", reviewed_by=ledger.ids[FINDER])
    await ordered(ledger, risk)
    chart = await ordered(ledger, ChartCampaign(**campaign))
    assert (chart["cleared"], chart["total"], chart["is_over"]) == (0, 1, False)
    nothing = ledger.city.document
    close = CloseCampaign(**campaign, agenda_item_id=nothing, minutes_document_id=nothing)
    assert await not_ordered(ledger, close) == "round_moved"
    draft = DraftClearingReport(
        **campaign, series="青编办", text="尚有1项。", drafted_by=ledger.ids[DEPUTY]
    )
    await ordered(ledger, draft)
    own = IssueClearingReport(**campaign, signed_by=ledger.ids[DEPUTY])
    assert await not_ordered(ledger, own) == "signer_wrote"
    sign = IssueClearingReport(**campaign, signed_by=ledger.ids[DIRECTOR])
    issued = await ordered(ledger, sign)
    assert issued["code"] == "青编办〔2026〕1号"
    assert await not_ordered(ledger, sign) == "round_moved"
    seen = await ledger.done("GET", f"/rectifications/campaigns/{campaign['campaign_id']}")
    assert (seen["document_id"], seen["hidden_risk"]) == (issued["document_id"], "核对名册")
    assert [each["charted_on"] for each in seen["charts"]] == ["2026-11-24"]
    pdf = await ledger.ask("GET", f"/documents/{issued['document_id']}/pdf", who=OFFICER)
    assert pdf.content.startswith(b"%PDF")
