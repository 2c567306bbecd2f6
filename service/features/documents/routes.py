"""Where documents are served."""

from fastapi import APIRouter

from service.core.http.mount import mount
from service.features.documents.list_documents import CountDocuments, ListDocuments
from service.features.documents.read_document import ReadDocument
from service.features.documents.record_document import RecordDocument

router = APIRouter()

mount(router, "GET", "/documents", ListDocuments)
mount(router, "GET", "/documents/count", CountDocuments)
mount(router, "GET", "/documents/{document_id}", ReadDocument)
mount(router, "POST", "/documents", RecordDocument)
