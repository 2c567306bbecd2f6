"""What a matter says, the same when it is started and when it is changed."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from service.core.values import Line, Text
from service.features.documents.basis import BasisList
from service.features.matters.deltas import Deltas

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
Codes = Annotated[list[Code], Field(max_length=60)]
MatterType = Annotated[str, StringConstraints(pattern=r"^M(0[1-9]|1[0-9]|2[0-2]|99)$")]


class Stated(BaseModel):
    """What only the applicant can state about a matter; the rest is computed from its changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    is_reform: bool = False
    is_system_change: bool = False
    reform_level: Line | None = None
    is_pilot: bool = False
    is_controversial: bool = False
    is_named_complex: bool = False
    is_named_major: bool = False
    pure_superior_order: bool = False
    documents_of_matters: Annotated[int, Field(ge=1, le=50)] = 1
    is_classified: bool = False
    uses_institution_for_organ: bool = False
    legalises_over_quota: bool = False
    has_item_for_it: bool = False
    changes_mandate_text: bool = False
    within_midlevel_standard: bool = False
    settled_in_writing: bool = False
    has_money_effect: bool = False
    touches_licences: bool = False
    touches_secrets: bool = False


class Asked(BaseModel):
    """A request as it is written."""

    title: Line
    deltas: Deltas
    stated: Stated = Stated()
    basis: BasisList = []
    #: Codes of the tables `required_contents` and `required_materials`.
    contents: Codes = []
    materials: Codes = []
    #: The five statements of article 16, in their order.
    statements: Annotated[list[Text], Field(max_length=5)] = []
    open_problems: Text = ""
    #: Of the unit's own meeting that decided to ask.
    minutes_document_id: UUID | None = None
