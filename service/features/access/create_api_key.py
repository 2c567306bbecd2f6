"""Create an API key, with which a program proves that it is the one it says."""

import hashlib
import secrets
from datetime import timedelta
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field, StringConstraints

from service.core.auth.tables import ApiKey
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import OPERATIONS, Command, handles
from service.features.access.keeping import KEEPERS, locked_active_actor
from service.features.access.rules import (
    ActorInactive,
    NotAProgram,
    ScopeUnknown,
    require_scopes,
)
from service.features.access.view import ApiKeyWithSecret, key_view

Scope = Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.(\*|[a-z_]+)$", max_length=80)]

_PREFIX_LENGTH = len("dbk_") + 8


class CreateApiKey(Command[ApiKeyWithSecret]):
    """Give a program a key (生成接口密钥), limited to some operations and some days.

    The answer shows the key, this once: the service keeps its SHA-256 only, which is enough for
    256 random bits. A key adds nothing to the duties of its program.
    """

    name = "access.create_api_key"
    duties = KEEPERS
    title_zh = "生成接口密钥"
    title_en = "Create an API key"
    status = 201
    is_stored = False  # the answer holds a secret
    refusals = (ActorInactive, NotAProgram, ScopeUnknown)
    example: ClassVar = {"scopes": ["quota.*"], "valid_days": 90}

    actor_id: UUID
    #: Operations (`quota.reserve_posts`) or all of a noun (`quota.*`).
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=50)]
    valid_days: Annotated[int, Field(ge=1, le=366)] = 90


@handles(CreateApiKey)
async def create_api_key(command: CreateApiKey, context: Context) -> ApiKeyWithSecret:
    actor = await locked_active_actor(context, command.actor_id)
    if not actor.is_program:
        raise NotAProgram(
            f"Expected a program, but {actor.name} is a person.",
            f"应当为程序用户，但{actor.name}为人员。",
        )
    require_scopes(command.scopes, OPERATIONS)
    secret = f"dbk_{secrets.token_urlsafe(32)}"
    instant = await context.connection.fetchval("SELECT clock_timestamp()")  # no demo's clock
    key = context.insert(
        ApiKey(
            id=new_id(),
            actor_id=actor.id,
            prefix=secret[:_PREFIX_LENGTH],
            hash=hashlib.sha256(secret.encode()).hexdigest(),
            scopes=sorted(set(command.scopes)),
            expires_at=instant + timedelta(days=command.valid_days),
        )
    )
    return ApiKeyWithSecret(**key_view(key).model_dump(), secret=secret)
