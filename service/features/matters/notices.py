"""What stands on the notices to an applicant (domain.md §6.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from service.core.values import Line, Text
from service.features.documents.kinds.registry import PaperKind
from service.features.guides.view import MaterialView
from service.features.matters.tables import Matter

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")]


class NoticeKind(StrEnum):
    """What an applicant is told."""

    RECEIPT = "RECEIPT"
    SUPPLEMENT = "SUPPLEMENT"
    RETURNED = "RETURNED"
    NOT_ADMITTED = "NOT_ADMITTED"
    NOT_SUPPORTED = "NOT_SUPPORTED"
    REJECTED = "REJECTED"

    @property
    def paper(self) -> PaperKind:
        return _PAPERS[self]

    @property
    def is_end(self) -> bool:
        """Whether it says why the matter is not done as asked."""
        return self not in (NoticeKind.RECEIPT, NoticeKind.SUPPLEMENT)

    @property
    def is_decided(self) -> bool:
        """Whether a meeting came to it."""
        return self in (NoticeKind.NOT_SUPPORTED, NoticeKind.REJECTED)


_PAPERS = {
    NoticeKind.RECEIPT: PaperKind.RECEIPT,
    NoticeKind.SUPPLEMENT: PaperKind.SUPPLEMENT_NOTICE,
    NoticeKind.RETURNED: PaperKind.RETURN_NOTICE,
    NoticeKind.NOT_ADMITTED: PaperKind.NOT_ADMITTED_NOTICE,
    NoticeKind.NOT_SUPPORTED: PaperKind.NOT_SUPPORTED_EXPLANATION,
    NoticeKind.REJECTED: PaperKind.REJECTED_EXPLANATION,
}
_MAY_OBJECT = "如有异议，可自收到之日起5个工作日内提出，每一结论限一次（内部规定）。"


class Lacking(BaseModel):
    """A material or content that is missing, by its code in the tables."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    name: Line
    note: Text = ""


class NoticeContent(BaseModel):
    """What the diagram gives to a notice; each kind takes what it shows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: Missing materials and contents: of a receipt those that are waived.
    lacking: Annotated[list[Lacking], Field(max_length=60)] = []
    reasons: Text = ""
    what_would_change: Text = ""
    alternatives: Text = ""
    next_step: Text = ""
    contact: Line


@dataclass(frozen=True, slots=True)
class Around:
    """What is known beside the matter itself."""

    #: What the guide of its type says of each material, by code.
    guide: dict[str, MaterialView]
    #: The meeting that came to it; None where none did.
    meeting: str | None
    today: date
    #: Until when it is to be made complete, or decided.
    due_on: date | None


def data_of(
    kind: NoticeKind,
    matter: Matter,
    content: NoticeContent,
    about: Around,
) -> dict[str, Any]:
    """The data of the paper, as its kind in the registry of papers asks for them."""
    listed = {"materials": materials_of(matter, content.lacking, about.guide)}
    said: dict[str, Any] = {
        "matter": matter.title,
        "matter_number": matter.number or "—",
        "contact": content.contact,
    }
    if kind is NoticeKind.RECEIPT:
        times = {"admitted_on": about.today, "due_on": about.due_on}
        return said | listed | times | {"next_step": content.next_step}
    if kind is NoticeKind.SUPPLEMENT:
        missing = [f"{each.name}：{each.note or '未提交'}" for each in content.lacking]
        return said | listed | {"missing": missing, "due_on": about.due_on}
    said |= {
        "reasons": _points(content.reasons),
        "what_would_change": _points(content.what_would_change),
        "alternatives": _points(content.alternatives),
    }
    if kind.is_decided:
        return said | {"decided_by": about.meeting, "decided_on": matter.decided_on}
    return said | listed | {"next_step": _MAY_OBJECT}


def materials_of(
    matter: Matter, lacking: Sequence[Lacking], guide: dict[str, MaterialView]
) -> list[dict[str, Any]]:
    """The list of materials with ✓ or missing; names and copies as the guide has them."""
    missing = {each.code: each for each in lacking}
    given = [code for code in matter.materials if code not in missing]
    listed = [
        {
            "name": guide[code].name if code in guide else code,
            "copies": guide[code].copies if code in guide else 1,
            "is_present": True,
        }
        for code in given
    ]
    return listed + [
        {"name": each.name, "copies": 0, "is_present": False, "remark": each.note[:120] or None}
        for each in lacking
    ]


def _points(text: str) -> list[str]:
    """Each line is a point."""
    return [line.strip() for line in text.splitlines() if line.strip()]
