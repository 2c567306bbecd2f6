"""A draft as it will look: as PDF, and as Word to be marked up."""

from uuid import UUID

from service.core.excel.sheet import Download
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.documents.draft_view import found_draft
from service.features.documents.drafting import READERS, WRITERS
from service.features.documents.printing import PRINTING, Form, Printout, printout
from service.features.documents.setting import paper_of


class DownloadDraftPdf(Query[Download]):
    """A draft as PDF (文书草稿 PDF), marked 核稿 across the page where the office writes it."""

    name = "documents.download_draft_pdf"
    duties = READERS | WRITERS
    title_zh = "下载文书草稿 PDF"
    title_en = "Download a draft as PDF"
    refusals = PRINTING

    draft_id: UUID


class DownloadDraftDocx(Query[Download]):
    """A draft as a Word file for checking (核稿): marks made in it change nothing here."""

    name = "documents.download_draft_docx"
    duties = READERS | WRITERS
    title_zh = "下载核稿 Word"
    title_en = "Download a draft as Word"
    refusals = PRINTING

    draft_id: UUID


@answers(DownloadDraftPdf)
async def download_draft_pdf(query: DownloadDraftPdf, reading: Reading) -> Printout:
    return await _printout(reading, query.draft_id, Form.PDF)


@answers(DownloadDraftDocx)
async def download_draft_docx(query: DownloadDraftDocx, reading: Reading) -> Printout:
    return await _printout(reading, query.draft_id, Form.DOCX)


async def _printout(reading: Reading, draft_id: UUID, form: Form) -> Printout:
    draft, about = await found_draft(reading, draft_id)
    return printout(reading, paper_of(draft, about, None), form, f"draft-{draft.id}")
