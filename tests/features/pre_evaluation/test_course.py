"""What diagrams order on the way to a report: never of what is over, and never by a person."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import orjson
import pytest

from service.core.ids import new_id
from service.core.operation import Command
from service.features.meetings.codes import MeetingLevel
from service.features.meetings.put_on_agenda import PutOnAgenda
from service.features.pre_evaluation.call_false_material import CallFalseMaterial
from service.features.pre_evaluation.complete_evaluation import CompleteEvaluation
from service.features.pre_evaluation.find_false_call import FindFalseCall
from service.features.pre_evaluation.gather_scores import GatherScores
from service.features.pre_evaluation.gather_team import GatherTeam
from service.features.pre_evaluation.keep_comments import KeepComments
from service.features.pre_evaluation.keep_declaration import KeepDeclaration
from service.features.pre_evaluation.keep_discussion import KeepDiscussion
from service.features.pre_evaluation.keep_expert_opinion import KeepExpertOpinion
from service.features.pre_evaluation.keep_plan import KeepEvaluationPlan
from service.features.pre_evaluation.keep_report import KeepEvaluationReport
from service.features.pre_evaluation.keep_review import KeepReview
from service.features.pre_evaluation.keep_scores import KeepScores
from service.features.pre_evaluation.keep_self_evaluation import KeepSelfEvaluation
from service.features.pre_evaluation.open_evaluation import OpenEvaluation
from service.features.pre_evaluation.replace_member import ReplaceMember
from service.features.pre_evaluation.return_report import ReturnReport
from service.features.pre_evaluation.settle_false_call import SettleFalseCall
from tests.builders import City
from tests.conftest import Do, told
from tests.features.matters.conftest import Order, matter_of, order, quota
from tests.features.pre_evaluation.conftest import UNIT, Evaluating, evaluating, ledger
from tests.features.pre_evaluation.test_find_report import keep
from tests.features.processes.cases import rows, run
from tests.people import MAY

__all__ = ["evaluating", "ledger", "order"]

_SOMEBODY = str(new_id())
_STEPS: dict[type[Command[Any]], dict[str, Any]] = {
    OpenEvaluation: {"instance_id": _SOMEBODY},
    KeepEvaluationPlan: {"scope": "", "methods": [], "lead": _SOMEBODY, "members": [_SOMEBODY]},
    KeepDeclaration: {"member": _SOMEBODY, "has_conflict": False},
    ReplaceMember: {"replaced": _SOMEBODY, "replacement": _SOMEBODY, "reason": ""},
    GatherTeam: {},
    KeepSelfEvaluation: {"answers": []},
    KeepReview: {"findings": "", "comparison": ""},
    KeepExpertOpinion: {"expert": _SOMEBODY, "text": "", "signed_document_id": _SOMEBODY},
    KeepScores: {"member": _SOMEBODY, "scores": []},
    GatherScores: {},
    KeepDiscussion: {"discussion": "无"},
    CallFalseMaterial: {"called_by": _SOMEBODY, "called_at": "REVIEW", "false_material": "不符"},
    FindFalseCall: {},
    SettleFalseCall: {"is_confirmed": True, "reason": "不符", "settled_by": _SOMEBODY},
    KeepEvaluationReport: {
        "is_short": True,
        "hits": [],
        "assessed": {"result": "ALTERNATIVE"},
        "summary": "",
        "alternatives": "",
        "conclusion": "",
        "drafted_by": _SOMEBODY,
    },
    KeepComments: {},
    ReturnReport: {"back_to": "PLAN"},
    CompleteEvaluation: {"confirmed_by": _SOMEBODY, "series": "青编办"},
}
Step = Callable[[str], Command[Any]]


@pytest.fixture(params=_STEPS, ids=lambda command: command.name)
def step(request: pytest.FixtureRequest) -> Step:
    command: type[Command[Any]] = request.param
    return lambda evaluation: command.model_validate(
        {**_STEPS[command], "evaluation_id": evaluation}
    )


async def test_what_is_over_is_not_worked_on(step: Step, order: Order, do: Do, city: City) -> None:
    evaluation = await keep(city, "DECLINED", quota(city, 5, 7), on=date(2026, 11, 1))
    refused = await order(step(evaluation))
    assert refused.outcome == "evaluation_moved", refused.body
    missing = await order(step(str(new_id())))
    assert missing.outcome == "not_found"
    by_person = await do(step(evaluation), who=MAY)
    assert by_person.outcome == "not_allowed"


async def test_an_evaluation_of_a_matter_reads_the_ledger(evaluating: Evaluating) -> None:
    city, books = evaluating.city, evaluating.ledger
    matter = await matter_of(city)
    assert (await books.grant(8)).status == 201
    assert (await books.reserve(6)).status == 201
    (case,) = await rows(evaluating.settings, "SELECT instance_id FROM matter")
    opened = told(await evaluating.order(OpenEvaluation(matter_id=matter, instance_id=case[0])))
    assert opened["request"] == {"increase": 2, "is_merger": False}
    assert opened["registry"] == {
        "vacancies": 2,
        "vacancy_rate": 0.25,
        "is_self_funded": False,
        "has_unrectified": False,
        "is_dishonest": False,
    }
    # The city may have ten posts and has allotted eight; nobody is named, nothing is in use.
    assert opened["measures"] == {
        "workload_growth": None,
        "comparison": None,
        "fiscal_opinion": None,
        "has_room": True,
        "use_rate": 0,
        "mixed_share": None,
        "nonquota_share": None,
    }
    seen = await evaluating.see(opened["evaluation_id"], UNIT)
    assert (seen["matter_id"], seen["state"]) == (str(matter), "IN_WORK")
    refused = await evaluating.ask(
        "POST", f"/evaluations/{opened['evaluation_id']}/withdraw", {"statement": "撤回。"}
    )
    assert refused.json()["code"] == "evaluation_under_matter"


@pytest.mark.parametrize(("is_overridden", "is_vetoed"), [(False, True), (True, False)])
async def test_a_problem_that_is_not_put_right_counts_unless_the_chair_let_it_pass(
    evaluating: Evaluating, *, is_overridden: bool, is_vetoed: bool
) -> None:
    """A late item of small weight holds the gate, which the chair may override (rule 1b)."""
    matter = await matter_of(evaluating.city)
    (case,) = await rows(evaluating.settings, "SELECT instance_id FROM matter")
    item = await _overdue_item(evaluating)
    if is_overridden:
        await _override(evaluating, matter, item)
    opened = told(await evaluating.order(OpenEvaluation(matter_id=matter, instance_id=case[0])))
    assert opened["registry"]["has_unrectified"] is is_vetoed


async def _overdue_item(evaluating: Evaluating) -> str:
    """A registered item of our body that is overdue; its number."""
    found = {
        "source_type": "INSPECTION",
        "body_id": str(evaluating.city.body),
        "breach": "OVER_QUOTA",
        "problem": "超编",
        "facts": "超编1名。",
        "found_on": "2026-11-20",
    }
    item = await evaluating.done("POST", "/findings", found, MAY)
    await run(
        evaluating.settings,
        """UPDATE rectification_item SET number = 'QL-ZG-2026-0001', state = 'IN_PROGRESS',
               severity = 'LOW', area = 'QUOTA', is_overdue = true WHERE id = $1""",
        UUID(item["id"]),
    )
    return "QL-ZG-2026-0001"


async def _override(evaluating: Evaluating, matter: UUID, item: str) -> None:
    told_of = PutOnAgenda(
        level=MeetingLevel.COMMISSION,
        subject_type="matter",
        subject_id=str(matter),
        title="关口放行情况报告",
        choices=["noted"],
    )
    assert (await evaluating.order(told_of)).status < 400
    hit = {"result": "HOLD", "rule": "1b", "item_no": item, "body": str(evaluating.city.body)}
    await run(
        evaluating.settings,
        """INSERT INTO matter_override (id, matter_id, hits, reason, overridden_by,
               reported_item_id, overridden_at)
           SELECT $1, $2, jsonb_build_array($3::jsonb), '急需', a.id, i.id, now()
           FROM actor a, agenda_item i WHERE a.subject = 'director'""",
        new_id(),
        matter,
        orjson.dumps(hit).decode(),
    )
