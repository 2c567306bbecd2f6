"""Withdraw what a subject has on agendas: it has ended otherwise."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Line, Text
from service.features.meetings.codes import ItemKind, ItemState
from service.features.meetings.finding import require_duty
from service.features.meetings.people import SECRETARIES
from service.features.meetings.tables import AgendaItem
from service.features.meetings.view import AgendaItemView, item_view

_OPEN = """
SELECT * FROM agenda_item
WHERE subject_type = $1 AND subject_id = $2 AND state IN ('PENDING', 'ON_AGENDA')
AND ($3::text IS NULL OR kind = $3)
ORDER BY id FOR UPDATE
"""


class ItemsWithdrawn(BaseModel):
    """The items that wait no longer."""

    items: list[AgendaItemView]


class WithdrawItems(Command[ItemsWithdrawn]):
    """Take all undecided items of a subject off their agendas (撤回议题).

    What is decided already stays so. A subject that waits for no meeting is no fault. With `kind`
    the others stay: what a meeting is to be told of does not end with its subject.
    """

    name = "meetings.withdraw_items"
    duties = SECRETARIES | {Duty.PROCESS}
    title_zh = "撤回议题"
    title_en = "Withdraw items"
    example: ClassVar = {
        "subject_type": "matter",
        "subject_id": "QL-SX〔2026〕12号",
        "reason": "申请单位撤回",
    }

    subject_type: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$", max_length=60)]
    subject_id: Annotated[Line, Field(max_length=80)]
    reason: Annotated[Text, Field(min_length=1)]
    kind: ItemKind | None = None


class AgendaItemWithdrawn(Event):
    """An item waits for no meeting any more."""

    type: ClassVar[str] = "meetings.agenda_item_withdrawn"
    title_zh = "议题已撤回"
    title_en = "Agenda item withdrawn"

    agenda_item_id: UUID

    def subject(self) -> str:
        return f"agenda_item/{self.agenda_item_id}"


@handles(WithdrawItems)
async def withdraw_items(command: WithdrawItems, context: Context) -> ItemsWithdrawn:
    require_duty(context, SECRETARIES | {Duty.PROCESS})
    records = await context.connection.fetch(
        _OPEN, command.subject_type, command.subject_id, command.kind
    )
    withdrawn = []
    for record in records:
        item = AgendaItem.read(record)
        values = {"meeting_id": None, "place": None, "reason": command.reason}
        withdrawn.append(context.update(item, state=ItemState.WITHDRAWN, **values))
        context.announce(AgendaItemWithdrawn(agenda_item_id=item.id))
    return ItemsWithdrawn(items=[item_view(item) for item in withdrawn])
