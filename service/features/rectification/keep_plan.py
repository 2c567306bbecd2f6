"""Keep a plan: by the unit for review, or by the office in its place."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Line
from service.features.rectification import rules
from service.features.rectification.codes import ItemState
from service.features.rectification.finding import locked_item
from service.features.rectification.steps import ItemStep, moved


class PlannedMilestone(BaseModel):
    """A step of a plan, and the day by which it is reached."""

    name: Line
    on: date


class KeepPlan(Command[ItemStep]):
    """Keep the plan of rectification (整改方案); the office's own needs no review."""

    name = "rectification.keep_plan"
    duties = frozenset({Duty.PROCESS})
    title_zh = "登记整改方案"
    title_en = "Keep a plan"
    refusals = (rules.ItemMoved,)

    item_id: UUID
    measures: Annotated[str, Field(min_length=1, max_length=5000)]
    responsible_leader: Line
    responsible_person: UUID
    close_standard: Annotated[str, Field(min_length=1, max_length=2000)]
    milestones: Annotated[list[PlannedMilestone], Field(min_length=1, max_length=20)]
    is_by_office: bool = False


@handles(KeepPlan)
async def keep_plan(command: KeepPlan, context: Context) -> ItemStep:
    to = ItemState.PLAN_APPROVED if command.is_by_office else ItemState.PLAN_SUBMITTED
    item = await locked_item(context, command.item_id, to=to)
    plan = command.model_dump(exclude={"item_id", "milestones", "is_by_office"})
    steps = sorted(command.milestones, key=lambda each: each.on)
    milestones = [each.model_dump(mode="json") | {"reached_on": None} for each in steps]
    return await moved(context, item, to, milestones=milestones, **plan)
