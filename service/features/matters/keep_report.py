"""Keep the appraisal report: what was found, who said what, and what the office recommends."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.documents.kinds.approval import LegalityVerdict
from service.features.documents.kinds.evaluation import EvaluationResult
from service.features.documents.kinds.part import Said
from service.features.matters import rules
from service.features.matters.codes import Origin, Start
from service.features.matters.deltas import Delta, stored
from service.features.matters.finding import locked_matter, renewed
from service.features.matters.keeping import keep
from service.features.matters.record_gate import OPEN
from service.features.matters.record_kinds import RecordKind
from service.features.matters.tables import Matter

_PUT = """
SELECT EXISTS (SELECT FROM matter_record WHERE matter_id = $1 AND kind = 'CHANGES_PUT'
               AND content -> 'deltas' = $2)
"""


class ReportKept(BaseModel):
    """What follows from the report."""

    #: Whether its changes are to be put to the applicant first.
    puts_changes: bool
    #: Those changes, whole.
    amended_deltas: list[Delta]
    legality: LegalityVerdict | None
    legal_by: UUID | None


class KeepReport(Command[ReportKept]):
    """Keep the appraisal report (论证报告) with the office's recommendation.

    Changes that it names are put to the applicant once, where the matter passes with changes or
    is to be reduced. A matter of the office itself has nobody to ask: it takes them at once.
    """

    name = "matters.keep_report"
    duties = frozenset({Duty.PROCESS})
    title_zh = "留存论证报告"
    title_en = "Keep the appraisal report"
    refusals = (rules.MatterMoved,)

    matter_id: UUID
    legality: Said
    necessity: Said
    feasibility: Said
    alternatives: Said
    fiscal_effect: Said
    risk: Said
    opinions: Said
    applicant_words: Text | None = None
    superior_view: Text | None = None
    recommendation: EvaluationResult
    amended_deltas: Annotated[list[Delta] | None, Field(max_length=100)] = None
    by: UUID


@handles(KeepReport)
async def keep_report(command: KeepReport, context: Context) -> ReportKept:
    matter = await locked_matter(context, command.matter_id, *OPEN)
    amended = stored(command.amended_deltas or [])
    content = command.model_dump(mode="json", exclude={"matter_id", "by"})
    await keep(context, matter, RecordKind.REPORT, content, by=command.by)
    changed: dict[str, Any] = {}
    changes = bool(amended) and amended != matter.deltas and _asks_for(command, matter)
    if changes and matter.start is not Start.APPLICANT:
        changed = renewed(context, matter, command.amended_deltas or [], Origin.AMENDED)
    is_put = await context.connection.fetchval(_PUT, matter.id, amended)
    context.update(matter, recommendation=command.recommendation, **changed)
    return ReportKept(
        puts_changes=changes and matter.start is Start.APPLICANT and not is_put,
        amended_deltas=command.amended_deltas or [],
        legality=matter.legality,
        legal_by=matter.legal_by,
    )


def _asks_for(command: KeepReport, matter: Matter) -> bool:
    """Whether the verdict or the recommendation makes changes a condition."""
    return (
        matter.legality is LegalityVerdict.PASS_WITH_CHANGES
        or command.recommendation is EvaluationResult.RECOMMEND_REDUCED
    )
