"""Put a matter on the agenda: it waits for the next meeting of a level."""

from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Line
from service.features.calendar.stored import stored_calendar
from service.features.decisions.inputs import SomeInputs
from service.features.meetings.codes import ItemKind, MeetingLevel
from service.features.meetings.finding import require_duty
from service.features.meetings.people import PROPOSERS
from service.features.meetings.tables import AgendaItem
from service.features.meetings.view import AgendaItemView, item_view


def _once(texts: list[str]) -> list[str]:
    if len(set(texts)) < len(texts):
        raise ValueError("expected each one once, but one stands there twice")
    return texts


Choice = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Choices = Annotated[list[Choice], Field(min_length=1, max_length=12), AfterValidator(_once)]
#: Changes as the flow understands them: any JSON that can be stored.
Changes = Annotated[list[SomeInputs], Field(max_length=1000)]
Members = Annotated[list[UUID], Field(max_length=60)]


class PutOnAgenda(Command[AgendaItemView]):
    """Put a matter on the agenda of a level (提请上会); the next meeting may take it up.

    `choices` are what the meeting may come to, the first one being what is proposed. `recused`
    are members who take no part in it (回避). `days` are working days until it is due.
    """

    name = "meetings.put_on_agenda"
    duties = PROPOSERS | {Duty.PROCESS}
    title_zh = "提请上会"
    title_en = "Put on the agenda"
    status = 201
    example: ClassVar = {
        "level": "COMMISSION",
        "subject_type": "matter",
        "subject_id": "QL-SX〔2026〕12号",
        "title": "关于调整市第1局机构编制的请示",
        "choices": ["approve", "approve_with_changes", "defer", "reject"],
        "days": 20,
    }

    level: MeetingLevel
    kind: ItemKind = ItemKind.DECISION
    subject_type: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$", max_length=60)]
    subject_id: Annotated[Line, Field(max_length=80)]
    title: Line
    choices: Choices
    deltas: Changes | None = None
    recused: Members | None = None
    days: Annotated[int | None, Field(ge=1, le=250)] = None


class AgendaItemPut(Event):
    """A matter waits for a meeting."""

    type: ClassVar[str] = "meetings.agenda_item_put"
    title_zh = "议题已提出"
    title_en = "Agenda item put"

    agenda_item_id: UUID
    level: MeetingLevel
    subject_type: str
    subject_id: str

    def subject(self) -> str:
        return f"agenda_item/{self.agenda_item_id}"


@handles(PutOnAgenda)
async def put_on_agenda(command: PutOnAgenda, context: Context) -> AgendaItemView:
    require_duty(context, PROPOSERS | {Duty.PROCESS})
    given: dict[str, Any] = command.model_dump(exclude={"days", "recused"})
    item = context.insert(
        AgendaItem(
            id=new_id(),
            **given,
            recused=command.recused or [],
            put_at=context.now,
            put_by=context.actor.id,
            put_by_name=context.actor.name,
            due=await _due(context, command.days),
            round_branches=[],
        )
    )
    context.announce(
        AgendaItemPut(
            agenda_item_id=item.id,
            level=item.level,
            subject_type=item.subject_type,
            subject_id=item.subject_id,
        )
    )
    context.tag(item)
    return item_view(item)


async def _due(context: Context, days: int | None) -> date | None:
    if days is None:
        return None
    calendar = await stored_calendar(context.connection)
    return calendar.add(context.today, days)
