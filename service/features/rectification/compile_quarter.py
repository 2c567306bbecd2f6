"""Compile a quarter: what each body's items came to since the last report."""

from datetime import date, timedelta
from uuid import UUID

from asyncpg import Record
from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.features.rectification.round_codes import ReportState
from service.features.rectification.round_rules import RoundTaken, quarter_of
from service.features.rectification.round_tables import QuarterReport

#: A report that is begun some days late is still of the quarter whose last week it is.
_LATE = timedelta(days=14)
_HELD = "SELECT * FROM quarter_report WHERE year = $1 AND quarter = $2 FOR UPDATE"
_LAST = "SELECT max(to_on) FROM quarter_report WHERE to_on < $1"
_LINES = """
SELECT b.full_name AS body, count(*) FILTER (WHERE i.registered_on BETWEEN $1 AND $2) AS opened,
       count(*) FILTER (WHERE i.closed_on BETWEEN $1 AND $2) AS closed,
       count(*) FILTER (WHERE i.state NOT IN ('CLOSED', 'REFERRED_CLOSED')) AS remaining,
       count(*) FILTER (WHERE i.is_overdue) AS overdue
FROM rectification_item i JOIN body b ON b.id = i.body_id
WHERE i.number IS NOT NULL AND i.state NOT IN ('MERGED', 'VOIDED')
GROUP BY b.id, b.full_name
HAVING bool_or(i.registered_on BETWEEN $1 AND $2 OR i.closed_on BETWEEN $1 AND $2
               OR i.state NOT IN ('CLOSED', 'REFERRED_CLOSED'))
ORDER BY b.full_name
"""
_EVIDENCE = """
SELECT DISTINCT unnest(evidence) AS document_id FROM rectification_item
WHERE state = 'CLOSED' AND closed_on BETWEEN $1 AND $2 ORDER BY 1
"""


class QuarterCompiled(BaseModel):
    """The report that is to be checked, and its sums."""

    report_id: UUID
    year: int
    quarter: int
    opened: int
    closed: int
    remaining: int
    overdue: int


class CompileQuarter(Command[QuarterCompiled]):
    """Compile the ledger's report of the quarter (汇总季度报告).

    It counts from the day after the last report up to today, so that nothing falls between two.
    Sent back, it is compiled again in the same row.
    """

    name = "rectification.compile_quarter"
    duties = frozenset({Duty.PROCESS})
    title_zh = "汇总季度报告"
    title_en = "Compile a quarter"
    refusals = (RoundTaken,)

    instance_id: UUID


@handles(CompileQuarter)
async def compile_quarter(command: CompileQuarter, context: Context) -> QuarterCompiled:
    context.require_city()
    year, quarter, begins = quarter_of(context.today - _LATE)
    record = await context.connection.fetchrow(_HELD, year, quarter)
    held = None if record is None else QuarterReport.read(record)
    if held is not None and held.instance_id != command.instance_id:
        raise RoundTaken(
            "Expected a quarter without a report, but there is one.", "该季度应当尚无报告，但已有。"
        )
    if held is None:
        held = await _begun(context, command.instance_id, (year, quarter), begins)
    period = held.from_on, context.today
    records = await context.connection.fetch(_LINES, *period)
    papers = await context.connection.fetch(_EVIDENCE, *period)
    kept = context.update(
        held,
        to_on=context.today,
        lines=[dict(each) for each in records],
        evidence=[each["document_id"] for each in papers],
        state=ReportState.COMPILED,
        compiled_at=context.now,
    )
    return _compiled(kept, records)


async def _begun(
    context: Context, instance_id: UUID, quarter: tuple[int, int], begins: date
) -> QuarterReport:
    """An empty report, from the day after the last one."""
    last: date | None = await context.connection.fetchval(_LAST, context.today)
    report = context.insert(
        QuarterReport(
            id=new_id(),
            year=quarter[0],
            quarter=quarter[1],
            from_on=begins if last is None else last + timedelta(days=1),
            to_on=context.today,
            lines=[],
            evidence=[],
            instance_id=instance_id,
            compiled_at=context.now,
        )
    )
    await context.flush()
    return report


def _compiled(kept: QuarterReport, records: list[Record]) -> QuarterCompiled:
    sums = {
        name: sum(record[name] for record in records)
        for name in ("opened", "closed", "remaining", "overdue")
    }
    return QuarterCompiled(report_id=kept.id, year=kept.year, quarter=kept.quarter, **sums)
