"""An evaluation from its request to its report, by the people who may, and its other ends."""

from datetime import date

import asyncpg
import pytest

from service.features.decisions.evaluate_decision import EvaluateDecision
from service.features.pre_evaluation.complete_evaluation import months_after
from service.features.pre_evaluation.find_report import FindReport
from tests.conftest import told
from tests.features.matters.conftest import matter_of
from tests.features.pre_evaluation.conftest import (
    DEPUTY,
    DIRECTOR,
    EXPERT,
    FIRST,
    LEAD,
    PLANNER,
    SECOND,
    SPARE,
    UNIT,
    Evaluating,
    evaluating,
    ledger,
    report,
    review,
    scores,
    self_evaluation,
)
from tests.features.processes.cases import pass_time, rows

__all__ = ["evaluating", "ledger"]


async def test_a_body_asks_by_itself_and_gets_a_report_that_serves_six_months(
    evaluating: Evaluating,
) -> None:
    evaluation = await evaluating.scored()
    await evaluating.complete(LEAD, evaluation, "draft_report", **report())
    await evaluating.complete(UNIT, evaluation, "comment_on_report", comments="编制数偏少。")
    await evaluating.complete(LEAD, evaluation, "answer_comments", answer="已按数据复核。")
    assert (await evaluating.see(evaluation, UNIT))["result"] is None
    refused = await evaluating.not_completed(LEAD, evaluation, "confirm_report", "confirm")
    assert refused in ("not_found", "not_allowed")
    await evaluating.complete(DEPUTY, evaluation, "confirm_report", "confirm")
    seen = await evaluating.see(evaluation, UNIT)
    # 73 points by people, of which nine tenths; 6 + 4 + 3 + 2 by figures, nothing for the rest.
    assert (seen["state"], seen["total"], seen["result"]) == (
        "COMPLETED",
        80.7,
        "RECOMMEND_REDUCED",
    )
    assert (seen["completed_on"], seen["valid_until"]) == ("2026-11-24", "2027-05-24")
    assert (seen["comments"], seen["answer"]) == ("编制数偏少。", "已按数据复核。")
    assert seen["tasks"] == []
    place = f"/documents/{seen['report_document_id']}"
    paper = await evaluating.done("GET", place, who=PLANNER)
    assert (paper["kind"], paper["code"]) == ("PRE_EVALUATION_REPORT", "青编办〔2026〕1号")
    said = (await evaluating.ask("GET", f"{place}/content", who=PLANNER)).text
    for words in ("编外比例", "无法计算，得0分", "声明无利害关系", "80.7"):
        assert words in said, words
    case = await evaluating.done("GET", f"/instances/{seen['instance_id']}", who=PLANNER)
    assert case["state"] == "COMPLETED"


async def test_a_matter_rests_on_a_report_of_the_same_changes_for_six_months(
    evaluating: Evaluating,
) -> None:
    evaluation = await evaluating.scored()
    await evaluating.complete(LEAD, evaluation, "draft_report", **report())
    await evaluating.complete(UNIT, evaluation, "comment_on_report")
    await evaluating.complete(DEPUTY, evaluation, "confirm_report", "confirm")
    matter = await matter_of(evaluating.city)
    answers = []
    for days in (0, 181, 1):
        await pass_time(evaluating.settings, days=days)
        found = told(await evaluating.order(FindReport(matter_id=matter)))
        assert (found["report"]["evaluation_id"], found["same_deltas"]) == (evaluation, True)
        reusable = EvaluateDecision(key="report_reusable", inputs=found)
        answers.append(told(await evaluating.order(reusable))["output"])
    assert answers == [True, True, False]


async def test_a_matter_calls_for_an_evaluation_and_goes_on_with_its_result(
    evaluating: Evaluating,
) -> None:
    assert (await evaluating.ledger.grant(5)).status == 201
    evaluation = await evaluating.of_matter()
    await evaluating.complete(PLANNER, evaluation, "draft_report", **report())
    await evaluating.complete(UNIT, evaluation, "comment_on_report")
    await evaluating.complete(DEPUTY, evaluation, "confirm_report", "confirm")
    seen = await evaluating.see(evaluation)
    assert seen["result"] == "ALTERNATIVE"
    kept = "SELECT flow FROM issued_paper p JOIN release r ON r.id = p.release_id"
    assert await rows(evaluating.settings, kept) == [("pre_evaluation",)]
    assert await evaluating.tasks_of_matter() == ["work"]


async def test_a_matter_hears_that_its_body_did_not_evaluate_itself(
    evaluating: Evaluating,
) -> None:
    await evaluating.full()
    evaluation = await evaluating.of_matter()
    await evaluating.complete(PLANNER, evaluation, "plan_evaluation", **evaluating.plan())
    for who in (LEAD, FIRST, SECOND):
        await evaluating.complete(who, evaluation, "declare_interest", has_conflict=False)
    await evaluating.wait(8)
    assert (await evaluating.see(evaluation))["state"] == "LAPSED"
    assert await evaluating.tasks_of_matter() == ["explain"]


async def test_an_early_veto_gives_a_short_report(evaluating: Evaluating) -> None:
    assert (await evaluating.ledger.grant(5)).status == 201
    evaluation = await evaluating.request(posts=2)
    await evaluating.complete(DEPUTY, evaluation, "admit_evaluation", "admit")
    assert await evaluating.open_tasks(evaluation) == [("draft_report", None)]
    await evaluating.complete(PLANNER, evaluation, "draft_report", **report())
    await evaluating.wait(4)
    await evaluating.complete(DEPUTY, evaluation, "confirm_report", "confirm")
    seen = await evaluating.see(evaluation, UNIT)
    assert (seen["state"], seen["result"], seen["total"]) == ("COMPLETED", "ALTERNATIVE", None)
    assert (seen["is_short"], seen["comments"]) == (True, None)


async def test_a_short_report_that_is_sent_back_is_evaluated_in_whole(
    evaluating: Evaluating,
) -> None:
    assert (await evaluating.ledger.grant(5)).status == 201
    evaluation = await evaluating.request()
    await evaluating.complete(DEPUTY, evaluation, "admit_evaluation", "admit")
    await evaluating.complete(PLANNER, evaluation, "draft_report", **report())
    await evaluating.complete(UNIT, evaluation, "comment_on_report")
    await evaluating.complete(DEPUTY, evaluation, "confirm_report", "back", comment="请全面评估")
    assert await evaluating.open_tasks(evaluation) == [("plan_evaluation", None)]


async def test_a_member_with_a_conflict_of_interest_is_replaced_and_the_other_declares(
    evaluating: Evaluating,
) -> None:
    evaluation = await evaluating.admitted()
    own = evaluating.plan(lead=evaluating.ids[PLANNER])
    refused = await evaluating.not_completed(PLANNER, evaluation, "plan_evaluation", **own)
    assert refused == "evaluation_team_unfit"
    await evaluating.complete(PLANNER, evaluation, "plan_evaluation", **evaluating.plan())
    await evaluating.complete(LEAD, evaluation, "declare_interest", has_conflict=False)
    unsaid = await evaluating.not_completed(
        FIRST, evaluation, "declare_interest", has_conflict=True
    )
    assert unsaid == "declaration_unsaid"
    await evaluating.complete(
        FIRST, evaluation, "declare_interest", has_conflict=True, text="近亲属在该单位任职"
    )
    other = {"replacement": evaluating.ids[SPARE], "reason": "从上级调派"}
    again = {"replacement": evaluating.ids[SECOND], "reason": "已在组内"}
    refused = await evaluating.not_completed(DEPUTY, evaluation, "replace_member", **again)
    assert refused == "evaluation_team_unfit"
    await evaluating.complete(DEPUTY, evaluation, "replace_member", **other)
    await evaluating.complete(SECOND, evaluation, "declare_interest", has_conflict=False)
    await evaluating.complete(SPARE, evaluation, "declare_interest", has_conflict=False)
    team = await evaluating.done("GET", f"/evaluations/{evaluation}/members", who=SPARE)
    assert [(each["person_name"], each["is_out"]) for each in team["items"]] == [
        (LEAD, False),
        (SECOND, False),
        (SPARE, False),
        (FIRST, True),
    ]
    assert await evaluating.open_tasks(evaluation) == [("self_evaluation", None)]


async def test_words_stand_before_numbers(evaluating: Evaluating) -> None:
    evaluation = await evaluating.reviewed()
    short = scores(text="好" * 49)
    refused = await evaluating.not_completed(
        FIRST, evaluation, "score_indicators", "done", scores=short
    )
    assert refused == "form_faulty"
    padded = scores(text="好" * 49 + " " * 20)
    refused = await evaluating.not_completed(
        FIRST, evaluation, "score_indicators", "done", scores=padded
    )
    assert refused == "score_without_text"
    for wrong in (scores(share=1.1), scores()[1:], [*scores(), scores()[0]]):
        refused = await evaluating.not_completed(
            FIRST, evaluation, "score_indicators", "done", scores=wrong
        )
        assert refused == "score_unfit"
    await evaluating.complete(FIRST, evaluation, "score_indicators", "done", scores=scores())
    kept = await evaluating.done("GET", f"/evaluations/{evaluation}/scores", who=PLANNER)
    assert {each["person_name"] for each in kept["items"]} == {FIRST}


async def test_scores_far_apart_are_discussed_once(evaluating: Evaluating) -> None:
    evaluation = await evaluating.scored(SECOND)
    assert await evaluating.open_tasks(evaluation) == [("discuss_scores", LEAD)]
    change = {
        "member": evaluating.ids[SECOND],
        "indicator": "LEGALITY",
        "score": 16,
        "reason": "依据已补充",
    }
    above = [{**change, "score": 21}]
    refused = await evaluating.not_completed(
        LEAD, evaluation, "discuss_scores", discussion="讨论", changes=above
    )
    assert refused == "score_unfit"
    await evaluating.complete(
        LEAD, evaluation, "discuss_scores", discussion="其余保留分歧", changes=[change]
    )
    assert await evaluating.open_tasks(evaluation) == [("draft_report", LEAD)]
    kept = await evaluating.done("GET", f"/evaluations/{evaluation}/scores", who=PLANNER)
    changed = [each for each in kept["items"] if each["change_reason"]]
    assert [(each["score"], each["first_score"]) for each in changed] == [(16, 8)]


async def test_whoever_drops_out_is_replaced_and_his_scores_do_not_count(
    evaluating: Evaluating,
) -> None:
    evaluation = await evaluating.reviewed()
    await evaluating.complete(SECOND, evaluation, "score_indicators", "drop_out", comment="因病")
    other = {"replacement": evaluating.ids[SPARE], "reason": "因病更换"}
    await evaluating.complete(DEPUTY, evaluation, "replace_member", **other)
    await evaluating.complete(SPARE, evaluation, "declare_interest", has_conflict=False)
    for who in (LEAD, FIRST, SPARE):
        await evaluating.complete(who, evaluation, "score_indicators", "done", scores=scores())
    assert await evaluating.open_tasks(evaluation) == [("draft_report", LEAD)]


async def test_a_report_is_sent_back_once_and_scored_anew(evaluating: Evaluating) -> None:
    evaluation = await evaluating.scored()
    for attempt in (1, 2):
        await evaluating.complete(LEAD, evaluation, "draft_report", **report())
        await evaluating.complete(UNIT, evaluation, "comment_on_report")
        back = {"back_to": "SCORES", "comment": "分歧未说明"}
        if attempt == 1:
            unnamed = await evaluating.not_completed(
                DEPUTY, evaluation, "confirm_report", "back", comment="退回"
            )
            assert unnamed == "report_step_unnamed"
            await evaluating.complete(DEPUTY, evaluation, "confirm_report", "back", **back)
            for who in (LEAD, FIRST, SECOND):
                await evaluating.complete(
                    who, evaluation, "score_indicators", "done", scores=scores(1)
                )
        else:
            refused = await evaluating.not_completed(
                DEPUTY, evaluation, "confirm_report", "back", **back
            )
            assert refused == "report_returned_once"
    await evaluating.complete(DEPUTY, evaluation, "confirm_report", "confirm")
    assert (await evaluating.see(evaluation))["total"] == 88
    kept = await evaluating.done("GET", f"/evaluations/{evaluation}/scores", who=PLANNER)
    assert [each["is_void"] for each in kept["items"]].count(True) == 15


@pytest.mark.parametrize("is_confirmed", [True, False])
async def test_false_materials_are_confirmed_by_a_second_person(
    evaluating: Evaluating, *, is_confirmed: bool
) -> None:
    evaluation = await evaluating.planned()
    await evaluating.complete(UNIT, evaluation, "self_evaluation", **self_evaluation())
    said = review(false_material="工作量数据与年报不符。")
    await evaluating.complete(LEAD, evaluation, "desk_and_field_review", "false_material", **said)
    assert await evaluating.open_tasks(evaluation) == [("confirm_false_material", None)]
    answer = "yes" if is_confirmed else "no"
    await evaluating.complete(
        DEPUTY, evaluation, "confirm_false_material", answer, reason="已核对年报。"
    )
    seen = await evaluating.see(evaluation)
    items = (await evaluating.done("GET", "/rectifications", who=PLANNER))["items"]
    if is_confirmed:
        assert (seen["state"], seen["end_reason"]) == ("TERMINATED", "false_materials")
        assert [each["source_type"] for each in items] == ["PRE_EVALUATION"]
    else:
        assert await evaluating.open_tasks(evaluation) == [("desk_and_field_review", LEAD)]
        assert items == []


async def test_an_evaluator_and_a_leader_may_call_materials_false_too(
    evaluating: Evaluating,
) -> None:
    evaluation = await evaluating.reviewed()
    call = {"false_material": "证明系伪造。"}
    await evaluating.complete(FIRST, evaluation, "score_indicators", "false_material", **call)
    await evaluating.complete(
        DEPUTY, evaluation, "confirm_false_material", "no", reason="证明属实。"
    )
    for who in (LEAD, FIRST, SECOND):
        await evaluating.complete(who, evaluation, "score_indicators", "done", scores=scores())
    await evaluating.complete(LEAD, evaluation, "draft_report", **report())
    await evaluating.complete(UNIT, evaluation, "comment_on_report")
    unsaid = await evaluating.not_completed(DEPUTY, evaluation, "confirm_report", "false_material")
    assert unsaid == "false_material_facts_missing"
    await evaluating.complete(DEPUTY, evaluation, "confirm_report", "false_material", **call)
    reason = {"reason": "经司法鉴定。"}
    same = await evaluating.not_completed(
        DEPUTY, evaluation, "confirm_false_material", "yes", **reason
    )
    assert same == "recused"
    await evaluating.complete(DIRECTOR, evaluation, "confirm_false_material", "yes", **reason)
    assert (await evaluating.see(evaluation))["end_reason"] == "false_materials"


async def test_experts_sign_what_they_say(evaluating: Evaluating) -> None:
    evaluation = await evaluating.reviewed(needs_experts=True)
    missing = {"text": "可行。", "signed_document_id": evaluating.ids[EXPERT]}
    refused = await evaluating.not_completed(EXPERT, evaluation, "expert_opinion", **missing)
    assert refused == "signed_paper_missing"
    signed = {"text": "可行。", "signed_document_id": str(evaluating.city.document)}
    await evaluating.complete(EXPERT, evaluation, "expert_opinion", **signed)
    scoring = sorted(str(name) for _, name in await evaluating.open_tasks(evaluation))
    assert scoring == sorted((LEAD, FIRST, SECOND))


async def test_without_a_self_evaluation_in_time_it_lapses(evaluating: Evaluating) -> None:
    evaluation = await evaluating.planned()
    await evaluating.wait(8)
    seen = await evaluating.see(evaluation, UNIT)
    assert (seen["state"], seen["end_reason"], seen["tasks"]) == ("LAPSED", "overdue", [])


async def test_the_body_withdraws_what_it_asked_for(evaluating: Evaluating) -> None:
    evaluation = await evaluating.planned()
    place = f"/evaluations/{evaluation}/withdraw"
    await evaluating.done("POST", place, {"statement": "已自行调剂。"})
    seen = await evaluating.see(evaluation, UNIT)
    assert (seen["state"], seen["end_reason"]) == ("TERMINATED", "withdrawn")
    assert (seen["end_text"], seen["tasks"]) == ("已自行调剂。", [])
    again = await evaluating.ask("POST", place, {"statement": "再撤回。"})
    assert again.json()["code"] == "evaluation_moved"


async def test_the_office_declines_with_a_reason(evaluating: Evaluating) -> None:
    evaluation = await evaluating.request()
    unsaid = await evaluating.not_completed(DEPUTY, evaluation, "admit_evaluation", "decline")
    assert unsaid == "evaluation_reason_missing"
    await evaluating.complete(
        DEPUTY, evaluation, "admit_evaluation", "decline", reason="尚无具体需求。"
    )
    seen = await evaluating.see(evaluation, UNIT)
    assert (seen["state"], seen["end_text"]) == ("DECLINED", "尚无具体需求。")


async def test_no_number_is_stored_without_its_words(evaluating: Evaluating) -> None:
    """What the API refuses, the database refuses too (I19)."""
    evaluation = await evaluating.reviewed()
    await evaluating.complete(FIRST, evaluation, "score_indicators", "done", scores=scores())
    connection = await asyncpg.connect(evaluating.settings.migration_database_url)
    for forbidden in ("text = repeat('好', 49)", "score = points + 1", "score = -1"):
        with pytest.raises(asyncpg.CheckViolationError):
            await connection.execute(f"UPDATE evaluation_score SET {forbidden}")
    await connection.close()


def test_validity_ends_with_the_month_where_that_day_is_missing() -> None:
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
