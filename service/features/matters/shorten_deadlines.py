"""Shorten deadlines: the director makes a matter urgent; no step of it is left out."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.matters import rules
from service.features.matters.by_table import decided
from service.features.matters.naming import named
from service.features.matters.view import MatterView
from service.features.processes import rules as processes
from service.features.processes.shorten_deadlines import (
    ShortenDeadlines as ShortenOfCase,
)
from service.features.processes.shorten_deadlines import Shortening

_IS_URGENT = "SELECT is_urgent FROM matter WHERE id = $1 FOR UPDATE"


class ShortenDeadlines(Command[MatterView]):
    """Make a matter urgent (加急办理): its periods are those of the table `step_limits` for urgent
    ones, from now on and for what is open. No step is left out, and nobody is late by it. What
    is urgent already stays as it is.
    """

    name = "matters.shorten_deadlines"
    duties = frozenset({Duty.OFFICE_DIRECTOR})
    title_zh = "加急办理"
    title_en = "Shorten deadlines"
    refusals = (rules.MatterMoved, rules.MatterRulesMissing, processes.InstanceEnded)
    example: ClassVar = {"reason": "防汛应急，须在月内办结"}

    matter_id: UUID
    reason: Annotated[Text, Field(min_length=1)]


@handles(ShortenDeadlines)
async def shorten_deadlines(command: ShortenDeadlines, context: Context) -> MatterView:
    """Let the table say the periods, and the case follow them."""
    was_urgent = await context.connection.fetchval(_IS_URGENT, command.matter_id)
    matter = await named(context, command.matter_id, "urgent", command.reason)
    if was_urgent:
        return matter
    usual = await decided(context, "step_limits", is_urgent=False)
    urgent = await decided(context, "step_limits", is_urgent=True)
    periods = {usual[step]: urgent[step] for step in usual if usual[step] != urgent[step]}
    assert matter.instance_id is not None, "a matter begins with its case"
    await context.order(
        ShortenOfCase(
            instance_id=matter.instance_id,
            periods=[
                Shortening(days=days, shortened=fewer) for days, fewer in sorted(periods.items())
            ],
            variables={"limits": urgent, "is_urgent": True},
            reason=command.reason[:200],
        )
    )
    return matter
