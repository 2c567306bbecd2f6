"""The opening: the one statement with which every command and query begins.

It tells who the caller is, which duties the caller holds today, what time it is, and whether
this very request was answered before. One statement, so that all of it is of one moment and
costs one round trip.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from service.core.auth.actor import PROCESS, PUBLIC, Actor, Caller, Duty, Grant, Reach
from service.core.clock import NOW_SQL, city_day
from service.core.errors import NotAllowed, NotAuthenticated
from service.core.store.db import Connection
from service.core.store.idempotency import StoredAnswer

_WHO = """
SELECT a.id, a.name, a.is_program, {scopes} AS scopes, c.now, i AS stored,
       (SELECT jsonb_agg(jsonb_build_array(g.duty, g.reach, g.body_id)) FROM assignment g
        WHERE g.actor_id = a.id AND g.true_from <= c.day
          AND (g.true_until IS NULL OR g.true_until > c.day)) AS grants
FROM (SELECT t.now, (t.now AT TIME ZONE 'Asia/Shanghai')::date AS day
      FROM (SELECT {now} AS now OFFSET 0) t) c
CROSS JOIN {source}
LEFT JOIN idempotency i
       ON i.actor_id = a.id AND i.operation = $2 AND i.idempotency_key = $3
WHERE a.is_active AND {found}
"""
_BY_SUBJECT = _WHO.format(
    scopes="NULL::text[]",
    now=NOW_SQL,
    source="actor a",
    # A token has no scopes: it would open to a program what its keys do not.
    found="a.subject = $1 AND NOT a.is_program",
)
_BY_KEY = _WHO.format(
    scopes="k.scopes",
    now=NOW_SQL,
    source="actor a JOIN api_key k ON k.actor_id = a.id",
    found="k.hash = $1 AND k.revoked_at IS NULL AND k.expires_at > clock_timestamp()",
)


@dataclass(frozen=True, slots=True)
class Opening:
    """Who acts, when, and the stored answer of an earlier request with the same key."""

    actor: Actor
    now: datetime
    stored: StoredAnswer | None

    @property
    def today(self) -> date:
        return city_day(self.now)


async def open_for(
    connection: Connection, caller: Caller, operation: str, key: str | None
) -> Opening:
    """Read the opening of one request.

    Raises:
        NotAuthenticated: The caller proved nothing, or its API key does not hold.
        NotAllowed: The identity is genuine, but unknown to this city or no longer active.
    """
    if (unproved := caller.unproved) is not None:
        raise unproved
    if caller.is_process or caller.is_public:
        now = await connection.fetchval(f"SELECT {NOW_SQL}")
        return Opening(PROCESS if caller.is_process else PUBLIC, now, stored=None)
    if caller.api_key_hash is not None:
        record = await connection.fetchrow(_BY_KEY, caller.api_key_hash, operation, key)
    else:
        record = await connection.fetchrow(_BY_SUBJECT, caller.subject, operation, key)
    if record is None:
        raise _unknown(caller)
    scopes = record["scopes"]
    actor = Actor(
        id=record["id"],
        name=record["name"],
        grants=tuple(
            Grant(Duty(d), Reach(r), None if b is None else UUID(b))
            for d, r, b in record["grants"] or ()
        ),
        is_program=record["is_program"],
        scopes=None if scopes is None else frozenset(scopes),
    )
    stored = record["stored"]
    return Opening(actor, record["now"], None if stored is None else StoredAnswer.read(stored))


def _unknown(caller: Caller) -> NotAuthenticated | NotAllowed:
    if caller.api_key_hash is not None:
        return NotAuthenticated(
            "Expected a valid API key, but it is unknown, expired or revoked.",
            "应当使用有效的接口密钥，但该密钥不存在、已过期或已吊销。",
        )
    return NotAllowed(
        "Expected an active user of this city, but nobody here has this identity.",
        "应当是本市在用的用户，但系统中没有此身份。",
    )
