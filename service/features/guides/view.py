"""Guides as they are shown, to the public and to the office."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from asyncpg import Record
from pydantic import BaseModel

from service.core.store.db import Connection
from service.features.guides.fields import GuideText
from service.features.guides.tables import GuideState, MaterialForm, ServiceGuide


class GuideFileView(BaseModel):
    """A file to download: a template or a filled sample."""

    id: UUID
    filename: str
    media_type: str
    size: int
    sha256: str


class MaterialView(BaseModel):
    """One material, with what helps to prepare it."""

    code: str
    name: str
    form: MaterialForm
    format: str
    copies: int
    is_original: bool
    needed_when: str
    template: GuideFileView | None
    sample: GuideFileView | None


class GuideView(GuideText):
    """The page of one procedure as it is in force."""

    code: str
    title: str
    #: The version.
    number: int
    in_force_from: date | None
    materials: list[MaterialView]


class GuideSummary(BaseModel):
    """A procedure that has a guide in force."""

    code: str
    title: str
    number: int
    in_force_from: date


class GuideVersionSummary(BaseModel):
    """One version of a page, and who answers for it."""

    id: UUID
    code: str
    number: int
    state: GuideState
    title: str
    effective_on: date
    in_force_from: date | None
    proposed_by_name: str
    proposed_at: datetime
    decided_by_name: str | None
    decided_at: datetime | None
    reason: str | None
    version: int


class GuideVersionView(GuideVersionSummary):
    """A version with its page."""

    guide: GuideView


_MATERIALS = """
SELECT m.*, to_jsonb(t) - 'content' AS template, to_jsonb(s) - 'content' AS sample
FROM guide_material m
LEFT JOIN LATERAL (SELECT id, filename, media_type, size, sha256 FROM guide_file
                   WHERE id = m.template_file_id) t ON true
LEFT JOIN LATERAL (SELECT id, filename, media_type, size, sha256 FROM guide_file
                   WHERE id = m.sample_file_id) s ON true
WHERE m.guide_id = $1 ORDER BY m.place
"""


async def materials_of(connection: Connection, guide_id: UUID) -> list[MaterialView]:
    """The materials of a version, in their order."""
    records: Sequence[Record] = await connection.fetch(_MATERIALS, guide_id)
    return [MaterialView.model_validate(dict(record)) for record in records]


def guide_of(guide: ServiceGuide, materials: list[MaterialView]) -> GuideView:
    content: dict[str, Any] = guide.content
    return GuideView(
        **content,
        code=guide.code,
        title=guide.title,
        number=guide.number,
        in_force_from=guide.in_force_from,
        materials=materials,
    )


def summary_of(guide: ServiceGuide) -> GuideVersionSummary:
    return GuideVersionSummary(**guide.model_dump())


def version_of(guide: ServiceGuide, materials: list[MaterialView]) -> GuideVersionView:
    return GuideVersionView(**guide.model_dump(), guide=guide_of(guide, materials))
