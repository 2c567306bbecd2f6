"""Import bodies: register every line of an Excel file, or none of them."""

from uuid import UUID

from pydantic import BaseModel

from service.core.auth.policy import LEDGER_WRITERS
from service.core.command import Context
from service.core.excel.sheet import Workbook, WorkbookTooLarge, WorkbookUnreadable
from service.core.operation import Command, handles
from service.core.secrecy import ClassifiedMatter
from service.features.bodies import rules, tree
from service.features.bodies.imports import ImportRefused, ids_of_superiors, planned
from service.features.bodies.register_body import register


class ImportedBody(BaseModel):
    """A line of the file and the body that it became."""

    line: int
    body_id: UUID


class ImportedBodies(BaseModel):
    """What became of a file."""

    sha256: str
    bodies: list[ImportedBody]


class ImportBodies(Command[ImportedBodies]):
    """Register all bodies of an Excel file at once (导入机构), each as if registered singly.

    Superiors may stand in the same file, in any order. `document_id` is the document on which
    the whole file rests. One wrong line refuses them all; the preview names every one.
    """

    name = "bodies.import_bodies"
    duties = LEDGER_WRITERS
    title_zh = "导入机构"
    title_en = "Import bodies"
    status = 201
    refusals = (
        ImportRefused,
        WorkbookUnreadable,
        WorkbookTooLarge,
        rules.BodyCodeTaken,
        rules.UsccTaken,
        rules.NameTaken,
        ClassifiedMatter,
    )

    workbook: Workbook
    document_id: UUID | None = None


@handles(ImportBodies)
async def import_bodies(command: ImportBodies, context: Context) -> ImportedBodies:
    """Insert every body and its first version, superiors first, in one change."""
    context.require_city()
    await tree.hold(context, alone=False)
    plan = await planned(
        context.connection,
        command.workbook,
        context.today,
        is_sample=context.settings.is_demo,
    )
    if plan.errors or not plan.lines:
        raise ImportRefused(
            f"Expected a file without faults, but it has {len(plan.errors)} or no lines at all.",
            f"导入文件应当没有错误，但有{len(plan.errors)}处错误或没有数据。",
            errors=[error.model_dump() for error in plan.shown_errors()],
        )
    known_from = await context.connection.fetchval("SELECT clock_timestamp()")
    ids = {code: known.id for code, known in plan.known.items()}
    lineages = {code: known.lineage for code, known in plan.known.items()}
    imported = []
    for number, line in plan.lines:
        above = lineages[line.parent_code] if line.parent_code else []
        told = line.model_copy(update={"document_id": command.document_id})
        body = register(context, told, above, known_from, **ids_of_superiors(line, ids))
        ids[body.body_code], lineages[body.body_code] = body.id, body.lineage
        imported.append(ImportedBody(line=number, body_id=body.id))
    imported.sort(key=lambda each: each.line)
    return ImportedBodies(sha256=command.workbook.sha256, bodies=imported)
