"""What the verbs about actors and duties share: who may, and what is locked before deciding."""

from datetime import date
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.auth.tables import ActorRow, ApiKey, Assignment
from service.core.command import Context
from service.features.access.rules import ActorInactive, DutyHeld, require_compatible

#: Whoever keeps accounts and duties.
KEEPERS = frozenset({Duty.SECURITY_ADMIN})
#: Whoever may look at them.
READERS = KEEPERS | {Duty.AUDIT_ADMIN}

_OVERLAPPING = """
SELECT * FROM assignment WHERE actor_id = $1
AND (true_until IS NULL OR true_until > greatest($2, true_from))
AND ($3::date IS NULL OR true_from < $3)
"""


async def locked_actor(context: Context, actor_id: UUID) -> ActorRow:
    """An actor, locked until the transaction ends, so that two duties are never given at once.

    Raises:
        NotAllowed: The duty is not held over the whole city.
        NotFound: There is none.
    """
    context.require_city()
    record = await context.connection.fetchrow(
        "SELECT * FROM actor WHERE id = $1 FOR UPDATE", actor_id
    )
    if record is None:
        raise missing("an actor with this id")
    return ActorRow.read(record)


async def locked_active_actor(context: Context, actor_id: UUID) -> ActorRow:
    """As `locked_actor`, and refuses one who is not active with `ActorInactive`."""
    actor = await locked_actor(context, actor_id)
    if not actor.is_active:
        raise ActorInactive(
            f"Expected an active actor, but {actor.name} is not active.",
            f"应当为在用的用户，但{actor.name}已停用。",
        )
    return actor


async def locked_key(context: Context, api_key_id: UUID) -> ApiKey:
    """A key, locked until the transaction ends; raises as `locked_actor` does."""
    context.require_city()
    record = await context.connection.fetchrow(
        "SELECT * FROM api_key WHERE id = $1 FOR UPDATE", api_key_id
    )
    if record is None:
        raise missing("an API key with this id")
    return ApiKey.read(record)


async def overlapping(
    context: Context, actor_id: UUID, true_from: date, true_until: date | None
) -> list[Assignment]:
    """The duties that an actor holds on any of some days."""
    records = await context.connection.fetch(_OVERLAPPING, actor_id, true_from, true_until)
    return [Assignment.read(record) for record in records]


async def require_assignable(context: Context, actor: ActorRow, wanted: Assignment) -> None:
    """Refuse a duty that must not be added to what the locked actor holds on the same days.

    Raises:
        DutyNotGiven, DutiesIncompatible: See `rules.require_compatible`.
        DutyHeld: The same duty with the same reach is held already.
    """
    held = await overlapping(context, actor.id, wanted.true_from, wanted.true_until)
    require_compatible(wanted.duty, {each.duty for each in held}, is_program=actor.is_program)
    same = (wanted.duty, wanted.reach, wanted.body_id)
    if any((each.duty, each.reach, each.body_id) == same for each in held):
        raise DutyHeld(
            f"Expected a duty that {actor.name} does not hold on these days, but it is held.",
            f"{actor.name}在该期间应当尚无此职责，但已具有。",
        )
