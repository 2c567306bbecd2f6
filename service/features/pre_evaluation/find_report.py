"""Find a report: an earlier evaluation on which a matter could rest."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.documents.kinds.evaluation import EvaluationResult
from service.features.pre_evaluation.asking import is_same

_MATTER = """
SELECT m.body_id, m.deltas, b.lineage FROM matter m JOIN body b ON b.id = m.body_id
WHERE m.id = $1
"""
_REPORTS = """
SELECT id, completed_on, valid_until, result, deltas FROM evaluation
WHERE body_id = $1 AND state = 'COMPLETED' ORDER BY completed_on DESC, id DESC LIMIT 50
"""


class ReportSummary(BaseModel):
    """A finished evaluation, as a matter rests on it."""

    evaluation_id: UUID
    completed_on: date
    valid_until: date
    result: EvaluationResult


class ReportFound(BaseModel):
    """The inputs of the decision `report_reusable`: it says whether the report still serves."""

    report: ReportSummary | None
    same_deltas: bool
    asked_on: date


class FindReport(Command[ReportFound]):
    """Find the newest finished evaluation of a matter's body (查找已有评估报告).

    One of the same changes comes before a newer one of others.
    """

    name = "pre_evaluation.find_report"
    duties = frozenset({Duty.PROCESS})
    title_zh = "查找已有评估报告"
    title_en = "Find a report"

    matter_id: UUID


@handles(FindReport)
async def find_report(command: FindReport, context: Context) -> ReportFound:
    """Read only: nothing changes."""
    matter = await context.connection.fetchrow(_MATTER, command.matter_id)
    context.require_reach(matter["lineage"] if matter else [], "a matter with this id")
    assert matter is not None, "an empty lineage is never covered"
    records = await context.connection.fetch(_REPORTS, matter["body_id"])
    same = [each for each in records if is_same(each["deltas"], matter["deltas"])]
    return ReportFound(
        report=next(map(_summary, same or records), None),
        same_deltas=bool(same),
        asked_on=context.today,
    )


def _summary(record: Any) -> ReportSummary:
    return ReportSummary(
        evaluation_id=record["id"],
        completed_on=record["completed_on"],
        valid_until=record["valid_until"],
        result=record["result"],
    )
