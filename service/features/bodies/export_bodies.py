"""Export bodies: the list as an Excel file that can also be filled in and imported."""

import asyncio

from service.core.auth.policy import LEDGER_READERS
from service.core.errors import KnownTooLate, RuleBroken
from service.core.excel.sheet import Download
from service.core.excel.write import write_sheet
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.bodies.at_a_moment import Parameters
from service.features.bodies.filters import BodyFilter, matching
from service.features.bodies.sheet import COLUMNS, row_of

LINES_MAX = 10_000


class ExportTooLarge(RuleBroken):
    """The filters match more bodies than one file may hold."""

    code = "export_too_large"
    title_zh = "导出数据过多"
    title_en = "Export too large"


class ExportBodies(BodyFilter, Query[Download]):
    """The bodies that the filters of the list match, as an Excel file (导出机构)."""

    name = "bodies.export_bodies"
    duties = LEDGER_READERS
    title_zh = "导出机构"
    title_en = "Export bodies"
    refusals = (KnownTooLate, ExportTooLarge)


_ROWS = """
SELECT b.*, p.body_code AS parent_code, c.body_code AS competent_code,
       s.body_code AS sponsor_code
FROM {source} b LEFT JOIN body p ON p.id = b.parent_id
LEFT JOIN body c ON c.id = b.competent_body_id LEFT JOIN body s ON s.id = b.sponsor_body_id
WHERE {where} ORDER BY b.body_code LIMIT {limit}
"""


@answers(ExportBodies)
async def export_bodies(query: ExportBodies, reading: Reading) -> Download:
    """One line a body, by body code."""
    parameters = Parameters()
    found = await matching(query, reading, parameters)
    statement = _ROWS.format(
        source=found.source, where=found.where, limit=parameters.place(LINES_MAX + 1)
    )
    records = await reading.connection.fetch(statement, *parameters)
    if len(records) > LINES_MAX:
        raise ExportTooLarge(
            f"Expected at most {LINES_MAX} bodies, but more match; narrow the filters.",
            f"导出的机构应当不超过{LINES_MAX}个，但符合条件的更多，请缩小范围。",
        )
    note = "虚构示例城市数据 Fictitious sample data" if reading.settings.is_demo else ""
    rows = (row_of(dict(record)) for record in records)
    content = await asyncio.to_thread(write_sheet, "机构 Bodies", COLUMNS, rows, note)
    return Download(filename="bodies.xlsx", content=content)
