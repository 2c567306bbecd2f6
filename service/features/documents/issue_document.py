"""Issue a document: a signed draft gets its number and is never edited again."""

from typing import Any, ClassVar
from uuid import UUID

from asyncpg import Record

from service.core.auth import policy
from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.errors import NotAllowed
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.documents import rules
from service.features.documents.basis import Basis, is_departmental_only
from service.features.documents.drafting import (
    WHAT,
    Series,
    release_missing,
    require_open,
    series_unknown,
)
from service.features.documents.kinds.registry import KINDS, PaperKind
from service.features.documents.numbering import next_number
from service.features.documents.paper import Paper, digest_of
from service.features.documents.paper_tables import DocumentDraft, DraftState, IssuedPaper
from service.features.documents.record_document import DocumentRecorded
from service.features.documents.set_letterhead import SIGNERS
from service.features.documents.setting import (
    PRINTED_COLUMNS,
    PRINTED_JOINS,
    Signed,
    code_of,
    paper_of,
)
from service.features.documents.tables import Document
from service.features.documents.view import DocumentView, view_of


class IssueDocument(Command[DocumentView]):
    """Sign a draft and give it the next number of its series and year (制发文书).

    Numbers are gap-free (I15): the series is locked last, until the whole change is committed or
    rolled back. A person signs as himself, in a series whose letterhead names his duty; a diagram
    names in `signed_by` who signed in it. Whoever wrote at the draft does not sign it.
    """

    name = "documents.issue_document"
    duties = SIGNERS | {Duty.PROCESS}
    title_zh = "制发文书"
    title_en = "Issue a document"
    status = 201
    needs_version = True
    refusals = (
        rules.DraftIssued,
        rules.IssuedByUnit,
        rules.BasisMissing,
        rules.DepartmentalRuleAlone,
        rules.ReleaseMissing,
        rules.SeriesUnknown,
        rules.SignerWrote,
        rules.AlreadySuperseded,
    )
    example: ClassVar = {"series": "青编办"}

    draft_id: UUID
    #: Unset: the series that the draft names.
    series: Series | None = None
    signed_by: UUID | None = None


class DocumentIssued(Event):
    """A document of this office is out, signed and numbered."""

    type: ClassVar[str] = "documents.document_issued"
    title_zh = "文书已制发"
    title_en = "Document issued"

    document_id: UUID
    kind: PaperKind
    code: str
    subject_type: str | None
    subject_id: UUID | None
    body_id: UUID | None
    supersedes_id: UUID | None

    def subject(self) -> str:
        return f"document/{self.document_id}"


_LOCKED = f"""
SELECT {PRINTED_COLUMNS}, l.series, l.signers, row_to_json(d)::jsonb AS draft,
       (SELECT name FROM actor WHERE id = $3) AS signer_name
FROM document_draft d {PRINTED_JOINS.replace("d.series", "coalesce($2, d.series)")}
WHERE d.id = $1 FOR UPDATE OF d
"""


@handles(IssueDocument)
async def issue_document(command: IssueDocument, context: Context) -> DocumentView:
    """Check all that a paper must have, then take the number as the last lock of all."""
    context.require_city()
    signer = context.actor.id or command.signed_by
    about = await context.connection.fetchrow(_LOCKED, command.draft_id, command.series, signer)
    if about is None:
        raise policy.missing(WHAT)
    draft = DocumentDraft.read(about["draft"])
    _allow_signing(context, about, command.series or draft.series)
    context.require_version(draft)
    _require_complete(draft, about)
    _require_signer(command, context, draft, about)
    year = context.today.year
    number = await next_number(context, about["series"], year)
    signed = Signed(code_of(about["series"], year, number), about["signer_name"], context.today)
    paper = paper_of(draft, about, signed)
    document = context.insert(_document(draft, about, context, number))
    # The document first: the paper and the draft refer to it.
    await context.flush()
    assert signer is not None, "somebody signs"
    issued = context.insert(_issued(draft, document, paper, signer, about["signer_name"]))
    context.update(draft, state=DraftState.ISSUED, document_id=document.id)
    _announce(context, draft, document, signed.code)
    return view_of(document, written=issued.model_dump())


def _allow_signing(context: Context, about: Record, series: str | None) -> None:
    """Let a diagram issue, and a person whose duty the letterhead names.

    Raises:
        NotAllowed: The duty is not one of the letterhead's, or not held over the whole city.
        SeriesUnknown: There is no such letterhead.
    """
    if about["issuer"] is None:
        raise series_unknown(series or "")
    allowed = {*about["signers"], Duty.PROCESS}
    grants = [grant for grant in context.grants if grant.duty in allowed]
    if not grants:
        duties = ", ".join(sorted(about["signers"]))
        raise NotAllowed(
            f"Expected one of the duties {duties} to sign for {about['issuer']}, but none is held.",
            f"签发{about['issuer']}的文书应当具有以下职责之一：{duties}，但均不具有。",
        )
    context.allow(policy.covering_city(grants))


def _require_complete(draft: DocumentDraft, about: Record) -> None:
    require_open(draft)
    if KINDS[draft.kind].is_units:
        raise rules.IssuedByUnit(
            f"Expected a paper of the office, but {draft.kind.value} is a unit's own.",
            f"应当为本单位文书，但“{draft.kind.zh}”由单位自行发文。",
        )
    basis = [Basis.model_validate(each) for each in draft.basis]
    if not basis:
        raise rules.BasisMissing(
            "Expected an article or a rule of the house behind the decision, but there is none.",
            "应当注明作出决定的条款或内部规定，但没有。",
        )
    if is_departmental_only(basis):
        raise rules.DepartmentalRuleAlone(
            "Expected another basis beside departmental rules, but there is none.",
            "部门规章以外应当另有依据，但没有。",
        )
    if about["flow"] is None:
        raise release_missing()


def _require_signer(
    command: IssueDocument, context: Context, draft: DocumentDraft, about: Record
) -> None:
    """Refuse whoever wrote at the paper, and a person who would sign for somebody else.

    Raises:
        SignerWrote: It is so, or nobody is named.
    """
    signer = context.actor.id or command.signed_by
    is_for_another = command.signed_by not in (None, signer)
    if about["signer_name"] is None or signer in draft.written_by or is_for_another:
        raise rules.SignerWrote(
            "Expected to be signed by somebody who did not write at it and who signs as himself, "
            "but it is not so.",
            "应当由未参与起草的人员本人签发，但不符合。",
        )


def _document(draft: DocumentDraft, about: Record, context: Context, number: int) -> Document:
    return Document(
        id=new_id(),
        series=about["series"],
        year=context.today.year,
        number=number,
        title=draft.title,
        issued_on=context.today,
        issuer=about["issuer"],
        secrecy=draft.secrecy,
        supersedes_id=draft.supersedes_id,
        is_own=True,
    )


def _issued(
    draft: DocumentDraft, document: Document, paper: Paper, signer: UUID, signer_name: str
) -> IssuedPaper:
    same: dict[str, Any] = {
        name: getattr(draft, name)
        for name in ("kind", "subject_type", "subject_id", "body_id", "data", "basis", "release_id")
    }
    return IssuedPaper(
        **same,
        document_id=document.id,
        draft_id=draft.id,
        paper=paper.model_dump(),
        digest=digest_of(paper),
        signed_by=signer,
        signer_name=signer_name,
    )


def _announce(context: Context, draft: DocumentDraft, document: Document, code: str) -> None:
    context.announce(
        DocumentRecorded(
            document_id=document.id,
            series=document.series,
            year=document.year,
            number=document.number,
            supersedes_id=document.supersedes_id,
        )
    )
    context.announce(
        DocumentIssued(
            document_id=document.id,
            kind=draft.kind,
            code=code,
            subject_type=draft.subject_type,
            subject_id=draft.subject_id,
            body_id=draft.body_id,
            supersedes_id=document.supersedes_id,
        )
    )
