"""Complete an evaluation: its report is confirmed, numbered, and serves for six months."""

from calendar import monthrange
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.documents import rules as documents
from service.features.documents.basis import Basis
from service.features.documents.draft_document import DraftDocument
from service.features.documents.drafting import Series, Subject
from service.features.documents.issue_document import IssueDocument
from service.features.documents.kinds.evaluation import EvaluationResult
from service.features.documents.kinds.registry import PaperKind
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.by_table import scored_indicators
from service.features.pre_evaluation.codes import EvaluationState
from service.features.pre_evaluation.finding import locked_evaluation, team_of
from service.features.pre_evaluation.report_paper import BASIS, report_data
from service.features.pre_evaluation.scoring import valid_scores
from service.features.pre_evaluation.tables import Evaluation, EvaluationExpertOpinion

#: For how long a matter with the same changes may rest on a report (a default of the house).
VALID_MONTHS = 6
# The release is that of these tables, also where the case is a matter's.
_ABOUT = """
SELECT b.full_name, p.name AS planner,
       coalesce((i.pins ->> 'pre_evaluation')::uuid, i.release_id) AS release_id
FROM evaluation e JOIN body b ON b.id = e.body_id LEFT JOIN actor p ON p.id = e.drafted_by
LEFT JOIN instance i ON i.id = e.instance_id WHERE e.id = $1
"""
_EXPERTS = "SELECT * FROM evaluation_expert_opinion WHERE evaluation_id = $1 ORDER BY id"


class EvaluationDone(BaseModel):
    """What the evaluation recommends, and the paper that says so."""

    evaluation_id: UUID
    result: EvaluationResult
    report_document_id: UUID
    valid_until: date


class CompleteEvaluation(Command[EvaluationDone]):
    """Complete an evaluation (完成评估): the report gets its number and is signed.

    A report is a basis of the decision, not the decision.
    """

    name = "pre_evaluation.complete_evaluation"
    duties = frozenset({Duty.PROCESS})
    title_zh = "完成评估"
    title_en = "Complete an evaluation"
    refusals = (
        rules.EvaluationMoved,
        rules.EvaluationRulesMissing,
        documents.SeriesUnknown,
        documents.SignerWrote,
        documents.PaperDataInvalid,
    )

    evaluation_id: UUID
    confirmed_by: UUID
    series: Series


class EvaluationCompleted(Event):
    """An evaluation has come to its report."""

    type: ClassVar[str] = "pre_evaluation.completed"
    title_zh = "事前评估已完成"
    title_en = "Evaluation completed"

    evaluation_id: UUID
    matter_id: UUID | None
    body_id: UUID
    result: EvaluationResult
    report_document_id: UUID
    valid_until: date

    def subject(self) -> str:
        return f"evaluation/{self.evaluation_id}"


@handles(CompleteEvaluation)
async def complete_evaluation(command: CompleteEvaluation, context: Context) -> EvaluationDone:
    """Draft the paper from what was kept, number it, and keep the evaluation as completed."""
    evaluation = await locked_evaluation(context, command.evaluation_id, EvaluationState.IN_WORK)
    if evaluation.result is None:
        raise rules.EvaluationMoved(
            "Expected an evaluation whose report is drafted, but it is not.",
            "评估报告应当已起草，但尚未起草。",
        )
    valid_until = months_after(context.today, VALID_MONTHS)
    document_id = await _issued(command, context, evaluation, valid_until)
    done = context.update(
        evaluation,
        state=EvaluationState.COMPLETED,
        confirmed_by=command.confirmed_by,
        report_document_id=document_id,
        completed_on=context.today,
        valid_until=valid_until,
        ended_at=context.now,
    )
    told: dict[str, Any] = {
        "evaluation_id": done.id,
        "result": done.result,
        "report_document_id": document_id,
        "valid_until": valid_until,
    }
    context.announce(EvaluationCompleted(**told, matter_id=done.matter_id, body_id=done.body_id))
    return EvaluationDone(**told)


async def _issued(
    command: CompleteEvaluation, context: Context, evaluation: Evaluation, valid_until: date
) -> UUID:
    about = await context.connection.fetchrow(_ABOUT, evaluation.id)
    assert about is not None, "it is locked"
    experts = await context.connection.fetch(_EXPERTS, evaluation.id)
    data = report_data(
        evaluation,
        about["full_name"],
        await team_of(context, evaluation.id),
        [] if evaluation.is_short else await valid_scores(context, evaluation.id),
        [EvaluationExpertOpinion.read(each) for each in experts],
        await scored_indicators(context),
        planner=about["planner"] or "",
        ended_on=context.today,
        valid_until=valid_until,
    )
    draft = await context.order(
        DraftDocument(
            kind=PaperKind.PRE_EVALUATION_REPORT,
            title=f"{evaluation.title}（事前评估报告）"[:120],
            series=command.series,
            data=data,
            basis=[Basis.model_validate(each) for each in BASIS],
            release_id=about["release_id"],
            drafted_by=evaluation.drafted_by,
            subject=Subject(type="evaluation", id=evaluation.id),
            body_id=evaluation.body_id,
        )
    )
    issue = IssueDocument(draft_id=draft.id, signed_by=command.confirmed_by)
    return (await context.order(issue)).id


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))
