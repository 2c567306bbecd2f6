"""Record prior communication: what the superior office says before it is asked formally."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.codes import NamedCode
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Line, Text
from service.features.documents.basis import Basis, BasisLevel
from service.features.documents.kinds.registry import PaperKind
from service.features.documents.rules import DocumentMissing, SeriesUnknown
from service.features.matters import rules
from service.features.matters.clocks import Stop, go_on
from service.features.matters.finding import locked_matter
from service.features.matters.keeping import keep
from service.features.matters.papers import issue_paper, require_documents, require_past
from service.features.matters.record_gate import OPEN
from service.features.matters.record_kinds import RecordKind

_BASIS = Basis(level=BasisLevel.INTERNAL, title="须上级决定的事项，上会和上报前与上级编办沟通")


class SuperiorView(NamedCode):
    """What the superior office says beforehand."""

    SUPPORTS = "SUPPORTS", "支持"
    OBJECTS = "OBJECTS", "不支持"
    NONE_GIVEN = "NONE_GIVEN", "未表态"


class PriorCommunicationKept(BaseModel):
    """The paper that records it."""

    document_id: UUID


class RecordPriorCommunication(Command[PriorCommunicationKept]):
    """Record the communication with the superior office (事前沟通记录) and let the clock go on.

    Without it on record a matter for the superior is neither voted on nor sent upward (I23).
    """

    name = "matters.record_prior_communication"
    duties = frozenset({Duty.PROCESS})
    title_zh = "登记事前沟通"
    title_en = "Record prior communication"
    refusals = (rules.MatterMoved, rules.NotYetHappened, DocumentMissing, SeriesUnknown)

    matter_id: UUID
    communicated_with: Line
    communicated_on: date
    view: SuperiorView
    note: Text | None = None
    #: A paper that came out of it.
    document_id: UUID | None = None
    by: UUID


class PriorCommunicationRecorded(Event):
    """The superior office has been talked to about a matter."""

    type: ClassVar[str] = "matters.prior_communication_recorded"
    title_zh = "事前沟通已登记"
    title_en = "Prior communication recorded"

    matter_id: UUID
    view: SuperiorView

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(RecordPriorCommunication)
async def record_prior_communication(
    command: RecordPriorCommunication, context: Context
) -> PriorCommunicationKept:
    """Issue the record as a paper of the office, and keep the form beside it."""
    matter = await locked_matter(context, command.matter_id, *OPEN)
    require_past(context, command.communicated_on)
    await require_documents(context, command.document_id)
    data = {
        "matter": matter.title,
        "communicated_on": command.communicated_on.isoformat(),
        "communicated_with": command.communicated_with,
        "view": command.view.zh,
        "note": command.note or "",
    }
    paper = PaperKind.PRIOR_COMMUNICATION_RECORD
    document_id = await issue_paper(context, matter, paper, data, command.by, _BASIS)
    content = command.model_dump(mode="json", exclude={"matter_id", "by"})
    kind = RecordKind.PRIOR_COMMUNICATION
    await keep(context, matter, kind, content, by=command.by, document_id=document_id)
    await go_on(context, matter, Stop.PRIOR_COMMUNICATION, document_id)
    context.announce(PriorCommunicationRecorded(matter_id=matter.id, view=command.view))
    return PriorCommunicationKept(document_id=document_id)
