"""Assign a duty: what an actor may do, over which bodies, on which days."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import model_validator

from service.core.auth.actor import Duty, Reach
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


class AssignDuty(Command[DutyView]):
    """Charge an actor with a duty (授予职责), from today or a later day on."""

    name = "access.assign_duty"
    duties = KEEPERS
    title_zh = "授予职责"
    title_en = "Assign a duty"
    status = 201
    refusals = (ActorInactive, DutyToOneself, DutyNotGiven, DutiesIncompatible, DutyHeld)
    example: ClassVar = {"duty": "office_case_officer", "reach": "CITY"}

    actor_id: UUID
    duty: Duty
    reach: Reach
    #: The body, where the reach is not the whole city.
    body_id: UUID | None = None
    #: Unset: today.
    true_from: date | None = None
    #: The first day on which it is no longer held; unset: until it is ended.
    true_until: date | None = None

    @model_validator(mode="after")
    def _reaches_somewhere(self) -> "AssignDuty":
        if (self.body_id is None) != (self.reach is Reach.CITY):
            raise ValueError("expected a body exactly where the reach is not CITY")
        return self


@handles(AssignDuty)
async def assign_duty(command: AssignDuty, context: Context) -> DutyView:
    """Insert the assignment; nothing that was true on a past day changes."""
    actor = await locked_active_actor(context, command.actor_id)
    if actor.id == context.actor.id:
        raise DutyToOneself(
            "Expected somebody else's duty, but it would be your own.",
            "应当为他人授予职责，但授予对象为本人。",
        )
    wanted = Assignment(
        id=new_id(),
        actor_id=actor.id,
        duty=command.duty,
        reach=command.reach,
        body_id=command.body_id,
        true_from=command.true_from or context.today,
        true_until=command.true_until,
    )
    _require_days(wanted, context.today)
    await _require_body(context, command.body_id)
    await require_assignable(context, actor, wanted)
    return duty_view(context.insert(wanted))


def _require_days(wanted: Assignment, today: date) -> None:
    if wanted.true_from < today:
        raise DutyNotGiven(
            f"Expected a duty from {today} on, but it is asked for from {wanted.true_from}.",
            f"职责应当自{today}或以后起授予，但申请自{wanted.true_from}起。",
        )
    if wanted.true_until is not None and wanted.true_until <= wanted.true_from:
        raise DutyNotGiven(
            f"Expected an end after {wanted.true_from}, but it is {wanted.true_until}.",
            f"职责结束日应当晚于{wanted.true_from}，但为{wanted.true_until}。",
        )


async def _require_body(context: Context, body_id: UUID | None) -> None:
    exists = "SELECT EXISTS (SELECT FROM body WHERE id = $1)"
    if body_id is not None and not await context.connection.fetchval(exists, body_id):
        raise missing("a body with this id")
