"""What drafting and changing a draft have in common: who may, and what may stand in it."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from service.core.auth import policy
from service.core.auth.actor import Duty, Grant
from service.core.command import Context
from service.core.errors import NotAllowed, NotFound
from service.core.secrecy import Secrecy, require_storable
from service.core.values import Line
from service.features.documents import rules
from service.features.documents.basis import BasisList
from service.features.documents.kinds.part import Names
from service.features.documents.kinds.registry import KINDS, PaperKind, read_data
from service.features.documents.paper_tables import DocumentDraft, DraftState

#: Whoever writes papers of the office, and papers of a unit.
OFFICE_WRITERS = frozenset(
    {
        Duty.OFFICE_INTAKE,
        Duty.OFFICE_CASE_OFFICER,
        Duty.OFFICE_LEGAL_REVIEWER,
        Duty.OFFICE_LIAISON,
        Duty.OFFICE_DEPUTY,
        Duty.OFFICE_DIRECTOR,
        Duty.COMMISSION_SECRETARY,
        Duty.EVALUATOR,
        Duty.INSPECTOR,
        Duty.ACCEPTANCE_OFFICER,
    }
)
UNIT_WRITERS = frozenset({Duty.APPLICANT_OFFICER, Duty.RECTIFICATION_OWNER})
WRITERS = OFFICE_WRITERS | UNIT_WRITERS
#: Whoever may see papers, each within reach; members of the commission see all of them.
READERS = policy.LEDGER_READERS | {
    Duty.COMMISSION_SECRETARY,
    Duty.COMMISSION_MEMBER,
    Duty.ACCEPTANCE_OFFICER,
}

Series = Annotated[Line, Field(max_length=20, examples=["青编办"])]
Data = Annotated[
    dict[str, Any],
    Field(description="What stands on it, as `GET /document-kinds` says of its kind."),
]


class Subject(BaseModel):
    """What a paper is about: a kind of thing and its id."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]
    id: UUID


class PaperFields(BaseModel):
    """What a draft says beside its kind; the same in drafting and in changing."""

    title: Line
    #: Whom it is addressed to; unset: the body concerned.
    recipient: Line | None = None
    series: Series | None = None
    data: Data
    basis: BasisList = []
    release_id: UUID | None = None
    attachments: Names = []
    copies_to: Names = []
    secrecy: Secrecy = Secrecy.INTERNAL
    #: Who wrote it, where a diagram keeps it; a person writes as himself.
    drafted_by: UUID | None = None


def checked_data(kind: PaperKind, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data as they are stored; raises as `read_data` does."""
    return read_data(kind, data).model_dump(mode="json")


async def require_writable(context: Context, fields: PaperFields) -> None:
    """Refuse what no paper may say.

    Raises:
        ClassifiedMatter: It is classified.
        ReleaseMissing: The release that it names was never approved.
        SeriesUnknown: The office has no such series.
    """
    require_storable(fields.secrecy)
    record = await context.connection.fetchrow(
        """SELECT $1::uuid IS NULL OR EXISTS (SELECT FROM release WHERE id = $1
                  AND state IN ('IN_FORCE', 'SUPERSEDED')) AS has_release,
                  $2::text IS NULL
                  OR EXISTS (SELECT FROM letterhead WHERE series = $2) AS has_series""",
        fields.release_id,
        fields.series,
    )
    assert record is not None, "it is one row of truths"
    if not record["has_release"]:
        raise release_missing()
    if not record["has_series"]:
        raise series_unknown(fields.series or "")


def allow_writing(context: Context, kind: PaperKind, lineage: Sequence[UUID] | None) -> None:
    """Let those write who write papers of this kind, about bodies within their reach.

    `lineage` is that of the body concerned; None where there is none, [] where it is unknown.

    Raises:
        NotAllowed: A paper of this kind is written by others, or it is of the whole city.
        NotFound: The body is not within reach.
    """
    writers = UNIT_WRITERS if KINDS[kind].is_units else OFFICE_WRITERS
    grants: list[Grant] = [g for g in context.grants if g.duty in writers | {Duty.PROCESS}]
    if not grants:
        duties = ", ".join(sorted(writers))
        raise NotAllowed(
            f"Expected one of the duties {duties} to write {kind.value}, but none is held.",
            f"起草“{kind.zh}”应当具有以下职责之一：{duties}，但均不具有。",
        )
    if lineage is None:
        context.allow(policy.covering_city(grants))
    else:
        context.allow(policy.covering(grants, lineage, "a body with this id"))


def allow_changing(context: Context, draft: DocumentDraft, lineage: Sequence[UUID] | None) -> None:
    """As `allow_writing`, of a draft that is there: to others it looks as if it were not.

    Raises:
        NotFound: Papers of this kind are written by others, or the body is not within reach.
    """
    try:
        allow_writing(context, draft.kind, lineage)
    except (NotAllowed, NotFound):
        raise policy.missing(WHAT) from None


WHAT = "a draft with this id"
_LOCKED = """
SELECT d.*, b.lineage FROM document_draft d LEFT JOIN body b ON b.id = d.body_id
WHERE d.id = $1 FOR UPDATE OF d
"""


async def locked_draft(context: Context, draft_id: UUID) -> tuple[DocumentDraft, list[UUID] | None]:
    """A draft under its lock, with the lineage of its body; whoever asks has to check reach.

    Raises:
        NotFound: There is none.
    """
    record = await context.connection.fetchrow(_LOCKED, draft_id)
    if record is None:
        raise policy.missing(WHAT)
    lineage = record["lineage"]
    return DocumentDraft.read(record), None if lineage is None else list(lineage)


def require_open(draft: DocumentDraft) -> None:
    """Refuse to touch what was issued.

    Raises:
        DraftIssued: It was.
    """
    if draft.state is not DraftState.DRAFT:
        raise rules.DraftIssued(
            "Expected a draft, but it was issued; what is issued is corrected by a new document.",
            "应当为尚未制发的文书，但已制发；已制发的文件应当另行更正。",
            document_id=str(draft.document_id),
        )


def release_missing() -> rules.ReleaseMissing:
    return rules.ReleaseMissing(
        "Expected the release under which it was decided, approved by a second person, "
        "but there is none.",
        "应当注明作出决定所依据的已审定流程版本，但没有。",
    )


def series_unknown(series: str) -> rules.SeriesUnknown:
    return rules.SeriesUnknown(
        f"Expected a series of this office, but there is no letterhead with {series}.",
        f"应当为本单位的发文字号，但没有“{series}”。",
        series=series,
    )
