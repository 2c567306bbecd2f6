"""Changing a body: lock it, ask the rules, write its new state and the version that keeps it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.auth.policy import LEDGER_WRITERS
from service.core.command import Context
from service.core.errors import Refusal
from service.core.ids import new_id
from service.core.operation import Command
from service.core.store.outbox import Event
from service.features.bodies import rules
from service.features.bodies.codes import BodyAction, BodyStatus
from service.features.bodies.fields import EffectiveOn
from service.features.bodies.tables import Body, BodyFacts, BodyVersion
from service.features.bodies.view import BodyView, view_of

WHAT = "a body with this id"


class BodyChange(Command[BodyView]):
    """What every change of a body names: the body, the document, the day from which it is so."""

    duties = LEDGER_WRITERS | {Duty.PROCESS}
    needs_version = True
    refusals: ClassVar[tuple[type[Refusal], ...]] = (rules.BodyClosed, rules.DayOutOfOrder)

    body_id: UUID
    document_id: UUID
    effective_on: EffectiveOn


class BodyChanged(Event):
    """A body is no longer what it was; `action` is the verb, `version` the new ETag."""

    type: ClassVar[str] = "bodies.body_changed"
    title_zh = "机构已变更"
    title_en = "Body changed"

    body_id: UUID
    action: BodyAction
    full_name: str
    status: BodyStatus
    version: int

    def subject(self) -> str:
        return f"body/{self.body_id}"


@dataclass(frozen=True, slots=True)
class LockedBody:
    """A body that this transaction may change, and the instant its next version is known."""

    body: Body
    known_from: datetime


# Behind the CTE the instant is taken after the wait for the lock: versions of one body are known
# in the order in which they were made. The lock lets others refer to the body meanwhile.
_LOCK = """
WITH locked AS MATERIALIZED (SELECT * FROM body WHERE id = $1 FOR {strength})
SELECT locked.*, greatest(clock_timestamp(), known_from + interval '1 microsecond') AS instant
FROM locked
"""


async def locked_body(
    context: Context,
    body_id: UUID,
    *,
    is_asked: bool = True,
    is_closing: bool = False,
    may_be_closed: bool = False,
) -> LockedBody:
    """A body, locked until the transaction ends, that the actor may change.

    `is_asked` is false where If-Match does not speak of this body but of another thing.
    `is_closing` keeps others from referring to it anew meanwhile.

    Raises:
        NotFound: There is no such body within reach.
        VersionMismatch: If-Match names another version.
        BodyClosed: It is abolished or merged, and may not be.
        LockTimeout: Another command still holds it.
    """
    strength = "UPDATE" if is_closing else "NO KEY UPDATE"
    record = await context.connection.fetchrow(_LOCK.format(strength=strength), body_id)
    context.require_reach(record["lineage"] if record else [], WHAT)
    assert record is not None, "nothing is within reach of an empty lineage"
    body = Body.read(record)
    if is_asked:
        context.require_version(body)
    if not may_be_closed:
        rules.require_living(body.status)
    return LockedBody(body, record["instant"])


def change(
    context: Context, locked: LockedBody, action: BodyAction, by: BodyChange, **facts: Any
) -> BodyView:
    """Give a body new facts from a day on, keep the version, announce it, answer with it.

    Raises:
        DayOutOfOrder: The day lies in the future or before the version in force.
    """
    body = changed(context, locked, action, by, **facts)
    context.tag(body)
    return view_of(body)


def changed(
    context: Context, locked: LockedBody, action: BodyAction, by: BodyChange, **facts: Any
) -> Body:
    """As `change`, for a body that is not the command's answer."""
    rules.require_day(by.effective_on, locked.body.true_from, context.today)
    body = context.update(
        locked.body,
        **facts,
        names=names_of({**locked.body.model_dump(include=_NAMED), **facts}),
        document_id=by.document_id,
        true_from=by.effective_on,
        known_from=locked.known_from,
    )
    keep_version(context, body, action)
    return body


def keep_version(context: Context, body: Body, action: BodyAction, **about: Any) -> BodyVersion:
    """Append the state of a body and announce it; `about` are the version's other columns."""
    version = context.insert(
        BodyVersion(
            id=new_id(),
            body_id=body.id,
            action=action,
            command_id=context.command_id,
            **body.model_dump(include=set(BodyFacts.model_fields)),
            **about,
        )
    )
    context.announce(
        BodyChanged(
            body_id=body.id,
            action=action,
            full_name=body.full_name,
            status=body.status,
            version=body.version,
        )
    )
    return version


_NAMED = {"full_name", "short_name", "other_names"}


def names_of(facts: dict[str, Any]) -> str:
    """All names of a body, one a line."""
    others: Iterable[str] = facts["other_names"]
    return "\n".join(filter(None, [facts["full_name"], facts["short_name"], *others]))
