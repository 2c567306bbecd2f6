"""List the letterheads of the office."""

from service.core.operation import Query, answers
from service.core.page import Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.documents.drafting import READERS, WRITERS
from service.features.documents.set_letterhead import LetterheadView


class ListLetterheads(Query[Page[LetterheadView]]):
    """The office's own series of numbers (发文字号列表), and whose papers each numbers."""

    name = "documents.list_letterheads"
    duties = READERS | WRITERS
    title_zh = "发文字号列表"
    title_en = "List letterheads"

    limit: Limit = 50
    cursor: Cursor = None


@answers(ListLetterheads)
async def list_letterheads(query: ListLetterheads, reading: Reading) -> Page[LetterheadView]:
    (after,) = position_of(query.cursor, str) or (None,)
    records = await reading.connection.fetch(
        """SELECT series, issuer, signers FROM letterhead
           WHERE $1::text IS NULL OR series > $1 ORDER BY series LIMIT $2""",
        after,
        query.limit + 1,
    )
    views = [LetterheadView(**dict(record)) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.series))
