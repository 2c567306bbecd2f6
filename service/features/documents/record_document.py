"""Record a document: one of the office's own, which is numbered now, or one of somebody else.

Own numbers are gap-free per series and year (I15): the counter is locked last, moves only with
the document that it numbers, and rolls back with it.
"""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.auth.policy import LEDGER_WRITERS
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.secrecy import ClassifiedMatter, Secrecy, require_storable
from service.core.store.outbox import Event
from service.core.values import Line
from service.features.documents import rules
from service.features.documents.numbering import next_number
from service.features.documents.tables import Document
from service.features.documents.view import DocumentView, view_of

Year = Annotated[int, Field(ge=1949, le=2200)]
Number = Annotated[int, Field(ge=1, le=99_999)]


class RecordDocument(Command[DocumentView]):
    """Record a numbered paper (登记文件), so that entries of the ledger can rest on it.

    Without `number` it is the office's own and gets the next number of its series and year.
    With `number` it is a paper of somebody else, recorded under the number that it bears.
    `supersedes_id` names the document that this one corrects; nothing issued is ever edited.
    """

    name = "documents.record_document"
    duties = LEDGER_WRITERS | {Duty.OFFICE_INTAKE, Duty.PROCESS}
    title_zh = "登记文件"
    title_en = "Record a document"
    example: ClassVar = {
        "series": "青编",
        "year": 2026,
        "title": "关于机构设置的批复",
        "issued_on": "2026-11-20",
        "issuer": "中共青澜市委机构编制委员会",
    }
    status = 201
    refusals = (
        rules.NumberTaken,
        rules.SeriesNotOurs,
        rules.AlreadySuperseded,
        rules.DocumentMissing,
        ClassifiedMatter,
    )

    series: Annotated[Line, Field(max_length=20, examples=["青编"])]
    year: Year
    number: Number | None = None
    title: Line
    issued_on: date
    issuer: Line
    secrecy: Secrecy = Secrecy.INTERNAL
    supersedes_id: UUID | None = None


class DocumentRecorded(Event):
    """A document is on record; it may supersede an older one."""

    type: ClassVar[str] = "documents.document_recorded"
    title_zh = "文件已登记"
    title_en = "Document recorded"

    document_id: UUID
    series: str
    year: int
    number: int
    supersedes_id: UUID | None

    def subject(self) -> str:
        return f"document/{self.document_id}"


@handles(RecordDocument)
async def record_document(command: RecordDocument, context: Context) -> DocumentView:
    """Insert the document, numbering it where it is the office's own."""
    context.require_city()
    require_storable(command.secrecy)
    if command.number is None:
        number = await next_number(context, command.series, command.year)
    else:
        await _require_foreign(context, command.series)
        number = command.number
    document = context.insert(
        Document(
            id=new_id(),
            **command.model_dump(exclude={"number"}),
            number=number,
            is_own=command.number is None,
        )
    )
    context.announce(
        DocumentRecorded(
            document_id=document.id,
            series=document.series,
            year=document.year,
            number=number,
            supersedes_id=document.supersedes_id,
        )
    )
    return view_of(document)


async def _require_foreign(context: Context, series: str) -> None:
    own = await context.connection.fetchval(
        """SELECT EXISTS (SELECT FROM number_series WHERE series = $1)
               OR EXISTS (SELECT FROM letterhead WHERE series = $1)""",
        series,
    )
    if own:
        raise rules.SeriesNotOurs(
            f"Expected no number for the office's own series {series}, but one was given.",
            f"本单位文号“{series}”应当由系统编号，但请求中给出了编号。",
        )
