"""List the keys of programs, newest first."""

from uuid import UUID

from service.core.auth.tables import ApiKey
from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.access.keeping import READERS
from service.features.access.view import ApiKeyView, key_view

_MATCHING = """
FROM api_key WHERE ($1::uuid IS NULL OR actor_id = $1)
AND ($2::boolean IS NULL OR $2 = (revoked_at IS NULL AND expires_at > clock_timestamp()))
"""


class CountApiKeys(Query[Count]):
    """How many keys the same filters match."""

    name = "access.count_api_keys"
    duties = READERS
    title_zh = "统计接口密钥"
    title_en = "Count API keys"

    actor_id: UUID | None = None
    #: Whether it still opens something: neither revoked nor expired.
    is_valid: bool | None = None


class ListApiKeys(Query[Page[ApiKeyView]]):
    """Keys of programs (接口密钥列表), revoked and expired ones too unless filtered."""

    name = "access.list_api_keys"
    duties = READERS
    title_zh = "接口密钥列表"
    title_en = "List API keys"

    actor_id: UUID | None = None
    #: Whether it still opens something: neither revoked nor expired.
    is_valid: bool | None = None
    limit: Limit = 50
    cursor: Cursor = None


@answers(CountApiKeys)
async def count_api_keys(query: CountApiKeys, reading: Reading) -> Count:
    reading.require_city()
    count = await reading.connection.fetchval(
        f"SELECT count(*) {_MATCHING}", query.actor_id, query.is_valid
    )
    return Count(count=count)


@answers(ListApiKeys)
async def list_api_keys(query: ListApiKeys, reading: Reading) -> Page[ApiKeyView]:
    reading.require_city()
    (before,) = position_of(query.cursor, UUID) or (None,)
    records = await reading.connection.fetch(
        f"SELECT * {_MATCHING} AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4",
        query.actor_id,
        query.is_valid,
        before,
        query.limit + 1,
    )
    views = [key_view(ApiKey.read(record)) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.id))
