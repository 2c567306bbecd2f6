"""End a duty: from a day on the actor holds it no more."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from service.core.auth.policy import missing
from service.core.auth.tables import Assignment
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.access.keeping import KEEPERS, locked_actor
from service.features.access.rules import DutyEnded, DutyNotGiven
from service.features.access.view import DutyView, duty_view


class EndDuty(Command[DutyView]):
    """Take a duty away (终止职责), from today or a later day on, and from its substitutes too.

    One that has not begun by then never begins: it ends on the day on which it would have begun.
    """

    name = "access.end_duty"
    duties = KEEPERS
    title_zh = "终止职责"
    title_en = "End a duty"
    example: ClassVar = {"true_until": "2026-12-31"}
    refusals = (DutyEnded, DutyNotGiven)

    actor_id: UUID
    duty_id: UUID
    #: The first day on which it is not held; unset: today.
    true_until: date | None = None


@handles(EndDuty)
async def end_duty(command: EndDuty, context: Context) -> DutyView:
    """Bring the end nearer; a past day keeps the duties that were held on it."""
    await locked_actor(context, command.actor_id)
    record = await context.connection.fetchrow(
        "SELECT * FROM assignment WHERE id = $1 AND actor_id = $2 FOR UPDATE",
        command.duty_id,
        command.actor_id,
    )
    if record is None:
        raise missing("a duty of this actor with this id")
    held = Assignment.read(record)
    until = command.true_until or context.today
    if until < context.today:
        raise DutyNotGiven(
            f"Expected an end on {context.today} or later, but it is {until}.",
            f"职责应当于{context.today}或以后终止，但申请于{until}终止。",
        )
    if held.true_until is not None and held.true_until <= max(until, held.true_from):
        raise DutyEnded(
            f"Expected a duty that is held on {until}, but it ends on {held.true_until}.",
            f"应当为{until}仍具有的职责，但其已于{held.true_until}终止。",
        )
    for substitution in await _substitutions(context, held, until):
        context.update(substitution, true_until=max(until, substitution.true_from))
    return duty_view(context.update(held, true_until=max(until, held.true_from)))


async def _substitutions(context: Context, held: Assignment, until: date) -> list[Assignment]:
    """What substitutes hold beyond a day in the place of this very period of the duty."""
    records = await context.connection.fetch(
        """SELECT * FROM assignment WHERE substitutes_id = $1 AND duty = $2 AND reach = $3
           AND body_id IS NOT DISTINCT FROM $4 AND true_until > greatest($5, true_from)
           AND true_from >= $6 AND ($7::date IS NULL OR true_until <= $7) ORDER BY id FOR UPDATE""",
        held.actor_id,
        held.duty,
        held.reach,
        held.body_id,
        until,
        held.true_from,
        held.true_until,
    )
    return [Assignment.read(record) for record in records]
