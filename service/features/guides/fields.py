"""What a guide says."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from service.core.values import Line, Text
from service.features.documents.basis import Basis
from service.features.documents.kinds.part import Points, Said, SaidPoints
from service.features.guides.tables import MaterialForm

ProcedureCode = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z][0-9]{0,2}[a-z]?$"),
    Field(description="A matter type (M01 to M99), or D2, D3, D4, B, E.", examples=["M10"]),
]
MaterialCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z_]{1,59}$")]


class Material(BaseModel):
    """One material. `code` is that of the table `required_materials`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: MaterialCode
    name: Line
    form: MaterialForm
    format: Line
    copies: Annotated[int, Field(ge=0, le=20)]
    is_original: bool
    needed_when: Text = ""
    template_file_id: UUID | None = None
    sample_file_id: UUID | None = None


class Step(BaseModel):
    """One step of the way: what, by whom, within which time."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Line
    by: Line
    limit: Line | None = None


class GuideText(BaseModel):
    """What stands on the page beside the materials."""

    basis: Annotated[list[Basis], Field(min_length=1, max_length=30)]
    #: Who may apply.
    who: SaidPoints
    conditions: Points = []
    flow: Annotated[list[Step], Field(min_length=1, max_length=40)]
    #: Who decides what.
    authority: SaidPoints
    #: Within which time it is decided.
    limit: Said
    fee: Line = "不收费"
    contact: Line
    complaint: Line = "12310"


class GuideFields(GuideText):
    """A whole page."""

    title: Line
    effective_on: date
    materials: Annotated[list[Material], Field(max_length=60)] = []

    @model_validator(mode="after")
    def _require_each_once(self) -> Self:
        codes = [material.code for material in self.materials]
        if len(set(codes)) < len(codes):
            raise ValueError("expected each material once, but a code stands twice")
        return self
