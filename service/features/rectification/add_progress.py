"""Add progress: what the unit has done, with evidence."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.rectification import rules
from service.features.rectification.codes import ItemState
from service.features.rectification.course_tables import Progress
from service.features.rectification.events import announce_item
from service.features.rectification.finding import OWNERS, locked_item
from service.features.rectification.steps import ItemStep, step_of


class AddProgress(Command[ItemStep]):
    """Report progress on an item (填报整改进度)."""

    name = "rectification.add_progress"
    duties = OWNERS
    title_zh = "填报整改进度"
    title_en = "Add progress"
    status = 201
    refusals = (rules.ItemMoved,)
    example: ClassVar = {"text": "已调出1人。", "percent": 70}

    item_id: UUID
    text: Annotated[Text, Field(min_length=1)]
    percent: Annotated[int, Field(ge=0, le=100)]
    evidence: Annotated[list[UUID], Field(max_length=50, default_factory=list)]


@handles(AddProgress)
async def add_progress(command: AddProgress, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, ItemState.IN_PROGRESS)
    context.insert(
        Progress(
            id=new_id(),
            added_at=context.now,
            added_by=context.actor.id,
            added_by_name=context.actor.name,
            **command.model_dump(),
        )
    )
    kept = context.update(item, percent=command.percent)
    announce_item(context, kept)
    context.tag(kept)
    return await step_of(context, kept)
