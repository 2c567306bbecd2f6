"""Where documents are served."""

from fastapi import APIRouter

from service.core.http.files import mount_download
from service.core.http.mount import mount
from service.features.documents.change_draft import ChangeDraft
from service.features.documents.correct_document import CorrectDocument
from service.features.documents.download_document_pdf import (
    DownloadDocumentDocx,
    DownloadDocumentPdf,
)
from service.features.documents.download_draft_pdf import DownloadDraftDocx, DownloadDraftPdf
from service.features.documents.draft_document import DraftDocument
from service.features.documents.issue_document import IssueDocument
from service.features.documents.list_document_kinds import ListDocumentKinds
from service.features.documents.list_documents import CountDocuments, ListDocuments
from service.features.documents.list_drafts import CountDrafts, ListDrafts
from service.features.documents.list_letterheads import ListLetterheads
from service.features.documents.printing import DOCX, PDF
from service.features.documents.read_document import ReadDocument
from service.features.documents.read_document_content import ReadDocumentContent
from service.features.documents.read_draft import ReadDraft
from service.features.documents.record_document import RecordDocument
from service.features.documents.set_letterhead import SetLetterhead

router = APIRouter()

mount(router, "GET", "/letterheads", ListLetterheads)
mount(router, "POST", "/letterheads/{series}/set", SetLetterhead)
mount(router, "GET", "/document-kinds", ListDocumentKinds)

mount(router, "GET", "/document-drafts", ListDrafts)
mount(router, "GET", "/document-drafts/count", CountDrafts)
mount(router, "POST", "/document-drafts", DraftDocument)
mount(router, "GET", "/document-drafts/{draft_id}", ReadDraft)
mount(router, "PATCH", "/document-drafts/{draft_id}", ChangeDraft)
mount(router, "POST", "/document-drafts/{draft_id}/issue", IssueDocument)
mount_download(router, "/document-drafts/{draft_id}/pdf", DownloadDraftPdf, media_types=(PDF,))
mount_download(router, "/document-drafts/{draft_id}/docx", DownloadDraftDocx, media_types=(DOCX,))

mount(router, "GET", "/documents", ListDocuments)
mount(router, "GET", "/documents/count", CountDocuments)
mount(router, "POST", "/documents", RecordDocument)
mount(router, "GET", "/documents/{document_id}", ReadDocument)
mount(router, "GET", "/documents/{document_id}/content", ReadDocumentContent)
mount(router, "POST", "/documents/{document_id}/correct", CorrectDocument)
mount_download(router, "/documents/{document_id}/pdf", DownloadDocumentPdf, media_types=(PDF,))
mount_download(router, "/documents/{document_id}/docx", DownloadDocumentDocx, media_types=(DOCX,))
