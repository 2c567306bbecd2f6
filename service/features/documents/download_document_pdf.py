"""An issued document as PDF and as Word, printed from the words that were issued."""

from uuid import UUID

from service.core.excel.sheet import Download
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.documents import rules
from service.features.documents.drafting import READERS
from service.features.documents.paper import Paper
from service.features.documents.printing import PRINTING, Form, Printout, printout
from service.features.documents.read_document_content import issued_paper


class DownloadDocumentPdf(Query[Download]):
    """An issued document as PDF (文件 PDF). The same document always gives the same bytes; its
    ETag is the digest of its words.
    """

    name = "documents.download_document_pdf"
    duties = READERS
    title_zh = "下载文件 PDF"
    title_en = "Download a document as PDF"
    refusals = (rules.NotWrittenHere, *PRINTING)

    document_id: UUID


class DownloadDocumentDocx(Query[Download]):
    """An issued document as a Word file (文件 Word); what counts is the document, not the file."""

    name = "documents.download_document_docx"
    duties = READERS
    title_zh = "下载文件 Word"
    title_en = "Download a document as Word"
    refusals = (rules.NotWrittenHere, *PRINTING)

    document_id: UUID


@answers(DownloadDocumentPdf)
async def download_document_pdf(query: DownloadDocumentPdf, reading: Reading) -> Printout:
    return await _printout(reading, query.document_id, Form.PDF)


@answers(DownloadDocumentDocx)
async def download_document_docx(query: DownloadDocumentDocx, reading: Reading) -> Printout:
    return await _printout(reading, query.document_id, Form.DOCX)


async def _printout(reading: Reading, document_id: UUID, form: Form) -> Printout:
    record = await issued_paper(reading, document_id)
    paper = Paper.model_validate(record["paper"])
    return printout(reading, paper, form, f"document-{document_id}")
