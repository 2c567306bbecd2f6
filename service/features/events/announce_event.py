"""Announce an event of a diagram's own: a case tells other systems of something, and goes on."""

from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Line

Subject = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,100}$"),
    Field(description="What it is about; events of one subject arrive in order."),
]


class Announced(BaseModel):
    """The event is written with the change that announces it; a diagram gets nothing back."""


class AnnounceEvent(Command[Announced]):
    """Tell the registered webhooks and the feed of something (对外通知事件).

    Ordered by service tasks of this type. The case goes on at once; the event is delivered at
    least once, after the commit. Nothing of it is masked: a diagram sends what it says.
    """

    name = "events.announce_event"
    duties = frozenset({Duty.PROCESS})
    title_zh = "对外通知事件"
    title_en = "Announce an event"

    #: What has happened, in the diagram's own words.
    event: Line
    data: dict[str, Any] = Field(default_factory=dict)
    subject: Subject | None = None


class CaseAnnounced(Event):
    """A case tells of something by the diagram's own name for it (`event`)."""

    type: ClassVar[str] = "events.case_announced"
    title_zh = "流程对外通知"
    title_en = "Case announced"

    #: What it is about as the diagram says it; an id of its own where the diagram says nothing.
    about: UUID | str
    event: str
    data: dict[str, Any]

    def subject(self) -> str:
        return f"case/{self.about}"


@handles(AnnounceEvent)
async def announce_event(command: AnnounceEvent, context: Context) -> Announced:
    context.require_city()
    context.announce(
        CaseAnnounced(about=command.subject or new_id(), event=command.event, data=command.data)
    )
    return Announced()
