"""Judge a yearly target of a long-term item: reached, or missed."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.processes.rules import ProcessMissing
from service.features.rectification import rules
from service.features.rectification.codes import ItemState
from service.features.rectification.events import announce_item
from service.features.rectification.finding import locked_item
from service.features.rectification.gate_notice import tell_gate
from service.features.rectification.steps import ItemStep, step_of


class JudgeTarget(Command[ItemStep]):
    """Judge a yearly target (核查年度目标); `place` counts from 1.

    Reached, the next one's day is the due day; missed, the item is off target. Whoever found the
    problem or drafted the item does not judge it.
    """

    name = "rectification.judge_target"
    duties = frozenset({Duty.ACCEPTANCE_OFFICER})
    title_zh = "核查年度目标"
    title_en = "Judge a yearly target"
    refusals = (
        rules.ItemMoved,
        rules.MilestoneUnknown,
        rules.AcceptanceNotApart,
        ProcessMissing,
    )
    example: ClassVar = {"place": 1, "is_reached": True, "findings": "已消化3名。"}

    item_id: UUID
    place: Annotated[int, Field(ge=1, le=20)]
    is_reached: bool
    findings: Annotated[Text, Field(min_length=1)]


@handles(JudgeTarget)
async def judge_target(command: JudgeTarget, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, ItemState.IN_PROGRESS)
    assert context.actor.id is not None, "only people have the duty"
    rules.require_apart(context.actor.id, (), item.found_by, item.drafted_by)
    targets = [dict(each) for each in item.targets]
    if command.place > len(targets) or targets[command.place - 1]["reached_on"]:
        raise rules.MilestoneUnknown(
            f"Expected an open target {command.place} of {len(targets)}, but there is none.",
            f"应当有未完成的第{command.place}个年度目标，但没有。",
        )
    judged = targets[command.place - 1]
    judged["findings"] = command.findings
    judged["judged_by"] = context.actor.name
    if command.is_reached:
        judged["reached_on"] = context.today.isoformat()
    to_come = [each["on"] for each in targets if each["reached_on"] is None]
    due = date.fromisoformat(min(to_come)) if to_come else item.due
    kept = context.update(
        item,
        targets=targets,
        due=due,
        is_on_target=command.is_reached,
        is_overdue=item.is_overdue and not command.is_reached,
    )
    announce_item(context, kept, moves_gate=True)
    await tell_gate(context, kept.body_id, f"年度目标核查：{kept.problem}")
    context.tag(kept)
    return await step_of(context, kept)
