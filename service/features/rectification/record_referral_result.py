"""Record a referral result: what the other authority came to."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.rectification import rules
from service.features.rectification.codes import ItemState
from service.features.rectification.finding import FINDERS, locked_item, tell
from service.features.rectification.steps import ItemStep, step_of


class RecordReferralResult(Command[ItemStep]):
    """Record what another authority came to (登记移送处理结果).

    The deputy decides whether the item ends with it.
    """

    name = "rectification.record_referral_result"
    duties = FINDERS
    title_zh = "登记移送处理结果"
    title_en = "Record a referral result"
    refusals = (rules.ItemMoved,)
    example: ClassVar = {"text": "纪检监察机关已处理。"}

    item_id: UUID
    text: Annotated[Text, Field(min_length=1)]


@handles(RecordReferralResult)
async def record_referral_result(command: RecordReferralResult, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, ItemState.IN_PROGRESS)
    kept = context.update(item)
    tell(context, "ReferralConcluded", kept, referral_result=command.text)
    context.tag(kept)
    return await step_of(context, kept)
