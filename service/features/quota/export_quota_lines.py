"""Export quota lines: the list as an Excel file that can also be filled in and imported."""

import asyncio

from service.core.auth.policy import LEDGER_READERS
from service.core.errors import KnownTooLate
from service.core.excel.sheet import Download
from service.core.excel.write import write_sheet
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.bodies.at_a_moment import Parameters
from service.features.bodies.export_bodies import LINES_MAX, ExportTooLarge
from service.features.quota.line_sheet import COLUMNS, row_of
from service.features.quota.lines import LineFilter, lines_at


class ExportQuotaLines(LineFilter, Query[Download]):
    """The quota lines that the filters of the list match, as an Excel file (导出编制明细)."""

    name = "quota.export_quota_lines"
    duties = LEDGER_READERS
    title_zh = "导出编制明细"
    title_en = "Export quota lines"
    refusals = (KnownTooLate, ExportTooLarge)


@answers(ExportQuotaLines)
async def export_quota_lines(query: ExportQuotaLines, reading: Reading) -> Download:
    """One row a line, in the order of the list."""
    parameters = Parameters()
    lines = await lines_at(query, reading, parameters)
    records = await reading.connection.fetch(
        f"SELECT * FROM {lines} line ORDER BY body_code, kind, funding"
        f" LIMIT {parameters.place(LINES_MAX + 1)}",
        *parameters,
    )
    if len(records) > LINES_MAX:
        raise ExportTooLarge(
            f"Expected at most {LINES_MAX} lines, but more match; narrow the filters.",
            f"导出的明细应当不超过{LINES_MAX}条，但符合条件的更多，请缩小范围。",
        )
    on = query.as_of or reading.today
    note = "虚构示例城市数据 Fictitious sample data" if reading.settings.is_demo else ""
    rows = (row_of(dict(record), on) for record in records)
    content = await asyncio.to_thread(write_sheet, "编制 Quota", COLUMNS, rows, note)
    return Download(filename="quota-lines.xlsx", content=content)
