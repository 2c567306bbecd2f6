"""Revoke an API key: from the next request on it opens nothing."""

from uuid import UUID

from service.core.command import Context
from service.core.operation import Command, handles
from service.features.access.keeping import KEEPERS, locked_key
from service.features.access.rules import ApiKeyRevoked
from service.features.access.view import ApiKeyView, key_view


class RevokeApiKey(Command[ApiKeyView]):
    """Revoke a key at once (吊销接口密钥), for good."""

    name = "access.revoke_api_key"
    duties = KEEPERS
    title_zh = "吊销接口密钥"
    title_en = "Revoke an API key"
    refusals = (ApiKeyRevoked,)

    api_key_id: UUID


@handles(RevokeApiKey)
async def revoke_api_key(command: RevokeApiKey, context: Context) -> ApiKeyView:
    key = await locked_key(context, command.api_key_id)
    if key.revoked_at is not None:
        raise ApiKeyRevoked(
            f"Expected a key that is not revoked, but {key.prefix}… was.",
            f"应当为未吊销的密钥，但{key.prefix}…已吊销。",
        )
    instant = await context.connection.fetchval("SELECT clock_timestamp()")  # no demo's clock
    return key_view(context.update(key, revoked_at=instant))
