"""What a unit reports about the implementation of a reply (落实反馈), as its form asks for it."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.values import Line, Text
from service.features.bodies.codes import BodyType, Funding, InstClass, Rank, SystemCategory
from service.features.bodies.fields import BodyCode, Name, ShortText, Uscc
from service.features.bodies.internal_bodies import Planned

_Said = Annotated[Text, Field(min_length=1)]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NewBody(_Row):
    """What the register of bodies needs of a body that was set up."""

    full_name: Name
    body_code: BodyCode
    body_type: BodyType
    system_category: SystemCategory
    #: Unset: the rank that was decided.
    rank: Rank | None = None
    uscc: Uscc | None = None
    inst_class: InstClass | None = None
    funding: Funding | None = None
    address: ShortText | None = None
    legal_rep: Line | None = None


class Section(_Row):
    """What is planned for a section that was set up or changed."""

    section_name: Name
    rank: Rank | None = None
    functions: Text | None = None
    quota_planned: Planned | None = None
    midlevel_chief: Planned | None = None
    midlevel_deputy: Planned | None = None


class MandateFunction(_Row):
    """One function by the mandate as it was issued: given, or ended."""

    content: _Said
    basis: Text | None = None
    is_ended: bool = False


class Reported(BaseModel):
    """The report: what was done, and the facts that the ledger could not have before."""

    nameplate_done: bool | None = None
    seal_done: bool | None = None
    mandate_issued: bool | None = None
    registration_changed: bool | None = None
    #: People who moved with the reform; null where nobody was to.
    staff_moved: Annotated[int, Field(ge=0, le=100_000)] | None = None
    details: _Said
    evidence: Annotated[list[UUID], Field(min_length=1, max_length=50)]
    new_bodies: Annotated[list[NewBody], Field(max_length=20)] | None = None
    sections: Annotated[list[Section], Field(max_length=50)] | None = None
    functions: Annotated[list[MandateFunction], Field(max_length=200)] | None = None
    inst_class: InstClass | None = None
    funding: Funding | None = None
    #: The ceiling of people outside the establishment, as the unit has it now.
    nonquota_ceiling: Annotated[int, Field(ge=0, le=100_000)] | None = None
