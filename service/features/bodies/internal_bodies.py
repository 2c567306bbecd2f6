"""Internal bodies (内设机构): the lock, the versions and the view that their verbs share."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.auth.policy import LEDGER_WRITERS
from service.core.command import Context
from service.core.errors import Refusal
from service.core.ids import new_id
from service.core.operation import Command
from service.core.store.outbox import Event
from service.features.bodies import rules
from service.features.bodies.codes import BodyStatus, InternalBodyAction, Rank
from service.features.bodies.division_tables import (
    InternalBody,
    InternalBodyFacts,
    InternalBodyVersion,
)
from service.features.bodies.fields import EffectiveOn

#: Posts planned for a section.
Planned = Annotated[int, Field(ge=0, le=10_000)]


class InternalBodyView(BaseModel):
    """A section of a body, from `true_from` on; numbers in whole posts.

    `version` is the ETag of its present state, null in an answer about another time.
    """

    id: UUID
    body_id: UUID
    name: str
    rank: Rank
    functions: str
    quota_planned: int
    midlevel_chief: int
    midlevel_deputy: int
    is_abolished: bool
    document_id: UUID
    true_from: date
    known_from: datetime
    version: int | None


class InternalBodyChange(Command[InternalBodyView]):
    """What every change of an internal body names."""

    duties = LEDGER_WRITERS | {Duty.PROCESS}
    needs_version = True
    refusals: ClassVar[tuple[type[Refusal], ...]] = (rules.BodyClosed, rules.DayOutOfOrder)

    internal_body_id: UUID
    document_id: UUID
    effective_on: EffectiveOn


class InternalBodyChanged(Event):
    """A body has another set of sections, or one of them is no longer what it was."""

    type: ClassVar[str] = "bodies.internal_body_changed"
    title_zh = "内设机构已变更"
    title_en = "Internal body changed"

    internal_body_id: UUID
    body_id: UUID
    action: InternalBodyAction
    section_name: str

    def subject(self) -> str:
        return f"body/{self.body_id}"


@dataclass(frozen=True, slots=True)
class LockedInternalBody:
    """A section that this transaction may change, and the instant its next version is known."""

    section: InternalBody
    known_from: datetime


# The body is locked too: what is set for its sections stands still meanwhile.
_LOCK = """
WITH locked AS MATERIALIZED (
    SELECT i.*, b.lineage, b.status FROM body b JOIN internal_body i ON i.body_id = b.id
    WHERE i.id = $1 FOR NO KEY UPDATE)
SELECT *, greatest(clock_timestamp(), known_from + interval '1 microsecond') AS instant
FROM locked
"""


async def locked_internal_body(context: Context, internal_body_id: UUID) -> LockedInternalBody:
    """A section, locked until the transaction ends, that the actor may change and that exists.

    Raises:
        NotFound: There is none within reach.
        VersionMismatch: If-Match names another version.
        BodyClosed: The section or its body is closed.
    """
    record = await context.connection.fetchrow(_LOCK, internal_body_id)
    context.require_reach(record["lineage"] if record else [], "an internal body with this id")
    assert record is not None, "nothing is within reach of an empty lineage"
    section = InternalBody.read(record)
    context.require_version(section)
    rules.require_living(BodyStatus(record["status"]))
    rules.require_living(BodyStatus.ABOLISHED if section.is_abolished else BodyStatus.ACTIVE)
    return LockedInternalBody(section, record["instant"])


def change(
    context: Context,
    locked: LockedInternalBody,
    action: InternalBodyAction,
    by: InternalBodyChange,
    **facts: Any,
) -> InternalBodyView:
    """Give a section new facts from a day on, keep the version, announce it, answer with it.

    Raises:
        DayOutOfOrder: The day lies in the future or before the version in force.
    """
    rules.require_day(by.effective_on, locked.section.true_from, context.today)
    section = context.update(
        locked.section,
        **facts,
        document_id=by.document_id,
        true_from=by.effective_on,
        known_from=locked.known_from,
    )
    return keep_version(context, section, action)


def keep_version(
    context: Context, section: InternalBody, action: InternalBodyAction
) -> InternalBodyView:
    """Append the state of a section, announce it and answer with it."""
    context.insert(
        InternalBodyVersion(
            id=new_id(),
            internal_body_id=section.id,
            body_id=section.body_id,
            action=action,
            command_id=context.command_id,
            **section.model_dump(include=set(InternalBodyFacts.model_fields)),
        )
    )
    context.announce(
        InternalBodyChanged(
            internal_body_id=section.id,
            body_id=section.body_id,
            action=action,
            section_name=section.name,
        )
    )
    context.tag(section)
    return InternalBodyView(**section.model_dump())
