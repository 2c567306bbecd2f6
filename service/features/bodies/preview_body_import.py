"""Preview an import of bodies: what is wrong in a file, line by line, before anything is done."""

from pydantic import BaseModel

from service.core.auth.policy import LEDGER_WRITERS
from service.core.excel.sheet import Workbook, WorkbookTooLarge, WorkbookUnreadable
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.bodies.imports import LineErrorView, planned


class ImportPreview(BaseModel):
    """What an import of this file would do. `errors` are the first 200, `error_count` all."""

    sha256: str
    lines: int
    error_count: int
    errors: list[LineErrorView]
    is_importable: bool


class PreviewBodyImport(Query[ImportPreview]):
    """Check an Excel file of bodies (预检机构导入). Nothing is changed and nothing is kept."""

    name = "bodies.preview_body_import"
    duties = LEDGER_WRITERS
    title_zh = "预检机构导入"
    title_en = "Preview an import of bodies"
    refusals = (WorkbookUnreadable, WorkbookTooLarge)

    workbook: Workbook


@answers(PreviewBodyImport)
async def preview_body_import(query: PreviewBodyImport, reading: Reading) -> ImportPreview:
    """Judge every line by the rules of the import itself."""
    reading.require_city()
    plan = await planned(
        reading.connection,
        query.workbook,
        reading.today,
        is_sample=reading.settings.is_demo,
    )
    wrong = {error.number for error in plan.errors}
    return ImportPreview(
        sha256=query.workbook.sha256,
        lines=len(wrong | {number for number, _ in plan.lines}),
        error_count=len(plan.errors),
        errors=plan.shown_errors(),
        is_importable=not plan.errors and bool(plan.lines),
    )
