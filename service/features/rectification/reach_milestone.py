"""Reach a milestone of the plan."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.command import Context
from service.core.operation import Command, handles
from service.features.rectification import rules
from service.features.rectification.codes import ItemState
from service.features.rectification.events import announce_item
from service.features.rectification.finding import OWNERS, locked_item
from service.features.rectification.steps import ItemStep, step_of


class ReachMilestone(Command[ItemStep]):
    """Report that a milestone of the plan is reached (节点完成); `place` counts from 1."""

    name = "rectification.reach_milestone"
    duties = OWNERS
    title_zh = "节点完成"
    title_en = "Reach a milestone"
    refusals = (
        rules.ItemMoved,
        rules.MilestoneUnknown,
    )
    example: ClassVar = {"place": 1}

    item_id: UUID
    place: Annotated[int, Field(ge=1, le=20)]


@handles(ReachMilestone)
async def reach_milestone(command: ReachMilestone, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, ItemState.IN_PROGRESS)
    steps = [dict(each) for each in item.milestones]
    if command.place > len(steps) or steps[command.place - 1]["reached_on"]:
        raise rules.MilestoneUnknown(
            f"Expected an open milestone {command.place} of {len(steps)}, but there is none.",
            f"应当有未完成的第{command.place}个节点，但没有。",
        )
    steps[command.place - 1]["reached_on"] = context.today.isoformat()
    kept = context.update(item, milestones=steps)
    announce_item(context, kept)
    context.tag(kept)
    return await step_of(context, kept)
