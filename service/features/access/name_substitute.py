"""Name a substitute: somebody else holds an absent actor's duty for some days."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from service.core.auth.policy import missing
from service.core.auth.tables import Assignment
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.features.access.keeping import KEEPERS, locked_active_actor, require_assignable
from service.features.access.rules import (
    ActorInactive,
    DutiesIncompatible,
    DutyHeld,
    DutyNotGiven,
    DutyToOneself,
)
from service.features.access.view import DutyView, duty_view


class NameSubstitute(Command[DutyView]):
    """Record who takes over a duty while its holder is away (指定代理人), as named in writing.

    The holder keeps the duty. A substitute is bound by the same separation as everybody: the
    three administrators are never each other's.
    """

    name = "access.name_substitute"
    duties = KEEPERS
    title_zh = "指定代理人"
    title_en = "Name a substitute"
    example: ClassVar = {
        "substitute_id": "01900000-0000-7000-8000-000000000000",
        "true_from": "2026-12-01",
        "true_until": "2026-12-15",
    }
    status = 201
    refusals = (ActorInactive, DutyToOneself, DutyNotGiven, DutiesIncompatible, DutyHeld)

    #: Who is away, and the duty of his that passes on.
    actor_id: UUID
    duty_id: UUID
    substitute_id: UUID
    #: The first day, and the first day on which the substitute holds it no more.
    true_from: date
    true_until: date


@handles(NameSubstitute)
async def name_substitute(command: NameSubstitute, context: Context) -> DutyView:
    """Insert a duty of the substitute with the reach of the absent actor's."""
    substitute = await locked_active_actor(context, command.substitute_id)
    if substitute.id in (context.actor.id, command.actor_id):
        raise DutyToOneself(
            "Expected somebody else as the substitute, but it is the same person.",
            "代理人应当为他人，但所指定的为同一人。",
        )
    record = await context.connection.fetchrow(
        "SELECT * FROM assignment WHERE id = $1 AND actor_id = $2",
        command.duty_id,
        command.actor_id,
    )
    if record is None:
        raise missing("a duty of this actor with this id")
    held = Assignment.read(record)
    _require_within(command, held, context.today)
    wanted = held.model_copy(
        update={
            "id": new_id(),
            "version": 1,
            "actor_id": substitute.id,
            "true_from": command.true_from,
            "true_until": command.true_until,
            "substitutes_id": command.actor_id,
        }
    )
    await require_assignable(context, substitute, wanted)
    return duty_view(context.insert(wanted))


def _require_within(command: NameSubstitute, held: Assignment, today: date) -> None:
    """The days lie ahead, one after the other, and the duty is held on all of them."""
    first, until = command.true_from, command.true_until
    is_held = held.true_from <= first and (held.true_until is None or until <= held.true_until)
    if held.substitutes_id is not None or not (today <= first < until and is_held):
        raise DutyNotGiven(
            f"Expected days from {today} on that {held.duty} itself is held on as one's own duty, "
            f"but {first} to {until} are not such.",
            f"代理期间应当自{today}或以后起，且该人员本人在此期间具有{held.duty}职责，"
            f"但{first}至{until}不符合。",
        )
