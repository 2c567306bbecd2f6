"""The papers of an item: drafted and issued as the course comes to them, word by word on record."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.features.documents.basis import Basis, BasisLevel
from service.features.documents.draft_document import DraftDocument
from service.features.documents.drafting import Subject
from service.features.documents.issue_document import IssueDocument
from service.features.documents.kinds.registry import PaperKind
from service.features.rectification import rules
from service.features.rectification.tables import RectificationItem

#: What a paper is about, as documents name it.
SUBJECT: Final = "rectification_item"
#: The office's telephone for questions and complaints.
CONTACT: Final = "12310"
#: The office's own default behind each step; the article that was broken stands in the words.
_BASIS: Final = Basis(level=BasisLevel.INTERNAL, title="整改台账办理规则（默认值）")
_ABOUT = """
SELECT i.release_id, b.full_name, c.full_name AS competent,
       (SELECT l.series FROM letterhead l WHERE $3 = ANY (l.signers)
        ORDER BY cardinality(l.signers) DESC, l.series LIMIT 1) AS series
FROM body b LEFT JOIN instance i ON i.id = $2
LEFT JOIN body c ON c.id = coalesce(b.competent_body_id, b.parent_id) WHERE b.id = $1
"""
_LAST = """
SELECT p.document_id FROM issued_paper p JOIN document d ON d.id = p.document_id
WHERE p.kind = $1 AND p.subject_type = $2 AND p.subject_id = $3
ORDER BY d.year DESC, d.number DESC LIMIT 1
"""


async def issue_paper(
    context: Context,
    item: RectificationItem,
    kind: PaperKind,
    data: Mapping[str, Any],
    *,
    signed_by: UUID,
    drafted_by: UUID | None = None,
    duty: Duty = Duty.OFFICE_DEPUTY,
    supersedes_id: UUID | None = None,
    is_copied: bool = False,
) -> UUID:
    """Draft and issue a paper to the unit, in a series in which the duty signs.

    Args:
        is_copied: Whether the unit's competent body gets a copy.

    Returns:
        The id of the document.

    Raises:
        LetterheadMissing: The duty signs in no series.
        SignerWrote: Whoever signs wrote it.
    """
    about = await context.connection.fetchrow(_ABOUT, item.body_id, item.instance_id, duty)
    assert about is not None, "an item is about a body"
    if about["series"] is None:
        raise rules.LetterheadMissing(
            f"Expected a letterhead in which {duty} signs, but there is none.",
            f"应当有{duty}可以签发的发文字号，但没有。",
            duty=duty,
        )
    competent = [about["competent"]] if is_copied and about["competent"] else []
    draft = await context.order(
        DraftDocument(
            kind=kind,
            title=_title(kind, item),
            series=about["series"],
            data=dict(data),
            basis=[_BASIS],
            release_id=about["release_id"],
            drafted_by=drafted_by,
            subject=Subject(type=SUBJECT, id=item.id),
            body_id=item.body_id,
            supersedes_id=supersedes_id,
            copies_to=competent,
        )
    )
    return (await context.order(IssueDocument(draft_id=draft.id, signed_by=signed_by))).id


async def keep_units_paper(
    context: Context,
    item: RectificationItem,
    kind: PaperKind,
    data: Mapping[str, Any],
    drafted_by: UUID,
) -> None:
    """Keep a paper of the unit, which has its own numbers: it is drafted here, not issued."""
    await context.order(
        DraftDocument(
            kind=kind,
            title=_title(kind, item),
            data=dict(data),
            drafted_by=drafted_by,
            subject=Subject(type=SUBJECT, id=item.id),
            body_id=item.body_id,
        )
    )


async def last_paper(context: Context, item: RectificationItem, kind: PaperKind) -> UUID | None:
    """The last document of a kind about an item."""
    found: UUID | None = await context.connection.fetchval(_LAST, kind, SUBJECT, item.id)
    return found


def _title(kind: PaperKind, item: RectificationItem) -> str:
    return f"{kind.zh}（{item.number}）"
