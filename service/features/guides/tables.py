"""Guides as stored: versions of each procedure's page, its materials, and their files."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from pydantic import field_serializer
from sqlalchemy import Column, DateTime, LargeBinary, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from service.core.codes import NamedCode
from service.core.errors import Refusal
from service.core.store.rows import AppendOnlyRow, VersionedRow, code_column, one_of, reference
from service.features.guides import rules


class GuideState(StrEnum):
    """Where a version stands. Approved, it is in force from its day until a later one is."""

    PROPOSED = "PROPOSED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"


class MaterialForm(NamedCode):
    """How a material is handed in."""

    PAPER = "PAPER", "纸质"
    ELECTRONIC = "ELECTRONIC", "电子"
    BOTH = "BOTH", "纸质和电子"


class GuideFile(AppendOnlyRow):
    """A template to fill in, or a filled sample."""

    table: ClassVar[str] = "guide_file"
    #: Told by its hash.
    unaudited: ClassVar[frozenset[str]] = frozenset({"content"})

    id: UUID
    filename: str
    media_type: str
    size: int
    #: SHA-256 of the content, hexadecimal.
    sha256: str
    content: bytes

    @field_serializer("content", when_used="json")
    def _as_bytea(self, content: bytes) -> str:
        return f"\\x{content.hex()}"


class GuideFileTable(GuideFile, table=True):
    __tablename__ = "guide_file"

    id: UUID = Field(primary_key=True)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class ServiceGuide(VersionedRow):
    """One version of the page of one procedure."""

    table: ClassVar[str] = "service_guide"

    id: UUID
    #: The procedure: a matter type (M01), or D2, B, E.
    code: str
    #: Counts from 1 for each procedure.
    number: int
    state: GuideState
    title: str
    #: What is shown beside the materials (`fields.GuideText`).
    content: Any
    effective_on: date
    #: `effective_on`, or the day of approval where that was later.
    in_force_from: date | None = None
    proposed_by: UUID | None
    proposed_by_name: str
    proposed_at: datetime
    decided_by: UUID | None = None
    decided_by_name: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None


class ServiceGuideTable(ServiceGuide, table=True):
    __tablename__ = "service_guide"
    __table_args__ = (one_of("state", GuideState), UniqueConstraint("code", "number"))

    id: UUID = Field(primary_key=True)
    state: GuideState = code_column()
    content: Any = Field(sa_column=Column(JSONB, nullable=False))
    proposed_by: UUID | None = Field(foreign_key="actor.id")
    proposed_at: datetime = Field(sa_type=DateTime(timezone=True))
    decided_by: UUID | None = Field(foreign_key="actor.id")
    decided_at: datetime | None = Field(sa_type=DateTime(timezone=True))


_NO_FILE = (
    rules.GuideFileMissing,
    "Expected an uploaded template or sample, but there is no file with this id.",
    "样表或填写样例应当已上传，但未找到。",
)


class GuideMaterial(AppendOnlyRow):
    """One material of a version, by its code in the table `required_materials`."""

    table: ClassVar[str] = "guide_material"
    key: ClassVar[tuple[str, ...]] = ("guide_id", "code")
    refusals: ClassVar[Mapping[str, tuple[type[Refusal], str, str]]] = {
        "fk_guide_material_template_file_id": _NO_FILE,
        "fk_guide_material_sample_file_id": _NO_FILE,
    }

    guide_id: UUID
    code: str
    #: Its place in the list, from 1.
    place: int
    name: str
    form: MaterialForm
    format: str
    copies: int
    is_original: bool
    #: When it is needed; empty: always.
    needed_when: str
    template_file_id: UUID | None
    sample_file_id: UUID | None


class GuideMaterialTable(GuideMaterial, table=True):
    __tablename__ = "guide_material"
    __table_args__ = (one_of("form", MaterialForm),)

    guide_id: UUID = Field(primary_key=True, foreign_key="service_guide.id")
    code: str = Field(primary_key=True)
    form: MaterialForm = code_column()
    template_file_id: UUID | None = reference("guide_file.id")
    sample_file_id: UUID | None = reference("guide_file.id")
