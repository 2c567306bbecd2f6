"""What is announced when an applicant is told something in writing."""

from typing import ClassVar
from uuid import UUID

from service.core.store.outbox import Event
from service.features.matters.notices import NoticeKind
from service.features.matters.tables import Matter


class MatterNotice(Event):
    """What every notice tells; each kind is an event of its own."""

    matter_id: UUID
    body_id: UUID
    document_id: UUID
    code: str

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


class MatterAdmitted(MatterNotice):
    """The office has taken a matter in."""

    type: ClassVar[str] = "matters.admitted"
    title_zh = "事项已受理"
    title_en = "Matter admitted"


class MatterSupplementRequested(MatterNotice):
    """Papers are missing: the unit is to add them in one go."""

    type: ClassVar[str] = "matters.supplement_requested"
    title_zh = "已要求补正"
    title_en = "Supplement requested"


class MatterReturned(MatterNotice):
    """A matter was returned; it can be asked for again."""

    type: ClassVar[str] = "matters.returned"
    title_zh = "事项已退回"
    title_en = "Matter returned"


class MatterNotAdmitted(MatterNotice):
    """The office does not take a matter in."""

    type: ClassVar[str] = "matters.not_admitted"
    title_zh = "事项不予受理"
    title_en = "Matter not admitted"


class MatterNotSupported(MatterNotice):
    """The office's meeting does not support a matter."""

    type: ClassVar[str] = "matters.not_supported"
    title_zh = "事项不予支持"
    title_en = "Matter not supported"


class MatterRejected(MatterNotice):
    """The commission rejected a matter."""

    type: ClassVar[str] = "matters.rejected"
    title_zh = "事项不予批准"
    title_en = "Matter rejected"


_EVENTS: dict[NoticeKind, type[MatterNotice]] = {
    NoticeKind.RECEIPT: MatterAdmitted,
    NoticeKind.SUPPLEMENT: MatterSupplementRequested,
    NoticeKind.RETURNED: MatterReturned,
    NoticeKind.NOT_ADMITTED: MatterNotAdmitted,
    NoticeKind.NOT_SUPPORTED: MatterNotSupported,
    NoticeKind.REJECTED: MatterRejected,
}


def event_of(kind: NoticeKind, matter: Matter, document_id: UUID, code: str) -> MatterNotice:
    return _EVENTS[kind](
        matter_id=matter.id, body_id=matter.body_id, document_id=document_id, code=code
    )
