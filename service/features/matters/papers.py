"""Documents that a matter rests on, and papers of the office that come with its steps."""

from datetime import date
from typing import Any
from uuid import UUID

from service.core.command import Context
from service.features.documents.basis import Basis
from service.features.documents.draft_document import DraftDocument
from service.features.documents.drafting import Subject
from service.features.documents.issue_document import IssueDocument
from service.features.documents.kinds.registry import PaperKind
from service.features.documents.rules import DocumentMissing, SeriesUnknown
from service.features.matters import rules
from service.features.matters.tables import Matter

#: The office's own letterhead, and the release whose rules the case follows.
_ABOUT = """
SELECT (SELECT min(series) FROM letterhead WHERE 'office_director' = ANY (signers)) AS series,
       (SELECT release_id FROM instance WHERE id = $1) AS release_id
"""


async def require_documents(context: Context, *ids: UUID | None) -> None:
    """Refuse to name documents that are not on record; None stands for none.

    Raises:
        DocumentMissing: One of them is not.
    """
    named = {each for each in ids if each is not None}
    if not named:
        return
    known = await context.connection.fetchval(
        "SELECT count(*) FROM document WHERE id = ANY ($1)", sorted(named)
    )
    if known < len(named):
        raise DocumentMissing(
            f"Expected {len(named)} documents on record, but {known} are.",
            f"应当有{len(named)}份已登记文件，但仅找到{known}份。",
        )


def require_past(context: Context, *days: date) -> None:
    """Refuse to record what has not happened yet.

    Raises:
        NotYetHappened: One of the days is to come.
    """
    if days and (latest := max(days)) > context.today:
        raise rules.NotYetHappened(
            f"Expected days up to {context.today}, but one is {latest}.",
            f"日期应当不晚于{context.today}，但为{latest}。",
            on=str(latest),
        )


async def name_of(context: Context, person: UUID) -> str:
    """The name of somebody who acts in a case."""
    return str(await context.connection.fetchval("SELECT name FROM actor WHERE id = $1", person))


async def issue_paper(
    context: Context, matter: Matter, kind: PaperKind, data: dict[str, Any], by: UUID, basis: Basis
) -> UUID:
    """Issue a paper about a matter under the office's letterhead, signed by who wrote its form.

    Returns:
        The id of the document.

    Raises:
        SeriesUnknown: The office has no letterhead yet.
    """
    about = await context.connection.fetchrow(_ABOUT, matter.instance_id)
    assert about is not None, "it is one row of answers"
    if about["series"] is None:
        raise SeriesUnknown(
            "Expected a letterhead of the office, but there is none.",
            "应当已设定编办的发文字号，但没有。",
        )
    draft = await context.order(
        DraftDocument(
            kind=kind,
            title=kind.zh,
            series=about["series"],
            data=data,
            basis=[basis],
            release_id=about["release_id"],
            subject=Subject(type="matter", id=matter.id),
            body_id=matter.body_id,
        )
    )
    return (await context.order(IssueDocument(draft_id=draft.id, signed_by=by))).id
