"""Preview an import of quota lines: what is wrong in a file, before anything is done."""

from service.core.auth.policy import LEDGER_OPENERS
from service.core.excel.sheet import Workbook, WorkbookTooLarge, WorkbookUnreadable
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.bodies.preview_body_import import ImportPreview
from service.features.quota.line_imports import planned


class PreviewQuotaLineImport(Query[ImportPreview]):
    """Check an Excel file of quota lines (预检编制导入). Nothing is changed and nothing is kept."""

    name = "quota.preview_quota_line_import"
    duties = LEDGER_OPENERS
    title_zh = "预检编制导入"
    title_en = "Preview an import of quota lines"
    refusals = (WorkbookUnreadable, WorkbookTooLarge)

    workbook: Workbook


@answers(PreviewQuotaLineImport)
async def preview_quota_line_import(
    query: PreviewQuotaLineImport, reading: Reading
) -> ImportPreview:
    """Judge every line by the rules of the import itself."""
    reading.require_city()
    plan = await planned(reading.connection, query.workbook)
    numbers = {error.number for error in plan.errors} | {number for number, _ in plan.lines}
    return ImportPreview(
        sha256=query.workbook.sha256,
        lines=len(numbers),
        error_count=len(plan.errors),
        errors=plan.shown_errors(),
        is_importable=not plan.errors and bool(plan.lines),
    )
