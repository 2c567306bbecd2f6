"""Releases as the API shows them."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from service.features.decisions.finding import Finding
from service.features.processes.tables import FileVersion, Release, ReleaseState


class FileView(BaseModel):
    """A file of a release: `number` rises only where its content changed."""

    path: str
    number: int
    #: SHA-256 of the content, hexadecimal.
    hash: str
    version_tag: str | None
    #: Ids of the decisions in it, of the processes that can be started, and of the forms.
    keys: list[str]
    processes: list[str]
    forms: list[str]


class ReleaseSummary(BaseModel):
    """One state of a flow's folder, with the names of both who answer for it."""

    id: UUID
    flow: str
    number: int
    state: ReleaseState
    note: str
    is_forced: bool
    proposed_by: UUID | None
    proposed_by_name: str
    proposed_at: datetime
    decided_by: UUID | None
    decided_by_name: str | None
    decided_at: datetime | None
    reason: str | None
    version: int


class ReleaseView(ReleaseSummary):
    """A release with its files and what the checks found when it was proposed."""

    files: list[FileView]
    findings: list[Finding]


def summary_of(release: Release) -> ReleaseSummary:
    return ReleaseSummary(**release.model_dump())


def view_of(release: Release, files: list[FileVersion]) -> ReleaseView:
    shown = [FileView(**file.model_dump()) for file in files]
    return ReleaseView(**release.model_dump(), files=shown)
