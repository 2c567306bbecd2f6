"""Record a look-back: whether the correction of one item has held."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.rectification.round_rules import (
    LookBackNotApart,
    RoundMoved,
    moved,
    require_another,
)
from service.features.rectification.round_tables import LookBackCheck
from service.features.rectification.rounds import locked


class LookedBack(BaseModel):
    """What was found at one item; what does not hold is reopened under its number (I12)."""

    check_id: UUID
    item_id: UUID
    body_id: UUID
    number: str
    holds: bool
    findings: str


class RecordLookBack(Command[LookedBack]):
    """Record what an inspector found on looking back at a closed item (登记回头看情况).

    Refused from whoever accepted it.
    """

    name = "rectification.record_look_back"
    duties = frozenset({Duty.PROCESS})
    title_zh = "登记回头看情况"
    title_en = "Record a look-back"
    refusals = (RoundMoved, LookBackNotApart)

    check_id: UUID
    holds: bool
    findings: Annotated[str, Field(min_length=1, max_length=3000)]
    evidence: Annotated[list[UUID] | None, Field(max_length=50)] = None
    checked_by: UUID


class ItemLookedBackAt(Event):
    """An inspector looked back at a closed item."""

    type: ClassVar[str] = "rectification.item_looked_back_at"
    title_zh = "整改事项已回头看"
    title_en = "Item looked back at"

    item_id: UUID
    body_id: UUID
    number: str
    holds: bool

    def subject(self) -> str:
        return f"rectification_item/{self.item_id}"


@handles(RecordLookBack)
async def record_look_back(command: RecordLookBack, context: Context) -> LookedBack:
    context.require_city()
    check = await locked(context, LookBackCheck, command.check_id, "a look-back check")
    if check.holds is not None:
        raise moved("a check that nobody has made yet", "为尚未核查的事项")
    require_another(command.checked_by, check.barred)
    context.update(
        check,
        holds=command.holds,
        findings=command.findings,
        evidence=command.evidence or [],
        checked_by=command.checked_by,
        checked_on=context.today,
    )
    about = {"item_id": check.item_id, "body_id": check.body_id, "number": check.number}
    context.announce(ItemLookedBackAt(**about, holds=command.holds))
    return LookedBack(check_id=check.id, **about, holds=command.holds, findings=command.findings)
