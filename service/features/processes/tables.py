"""Releases, and the versions of the files in them."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from service.core.store.rows import AppendOnlyRow, VersionedRow, code_column, one_of, reference


class ReleaseState(StrEnum):
    """Where a release stands."""

    PROPOSED = "PROPOSED"
    """Checked, and waiting for a second person."""
    IN_FORCE = "IN_FORCE"
    """What new cases follow; one for each flow."""
    SUPERSEDED = "SUPERSEDED"
    """Was in force until a later one was."""
    REJECTED = "REJECTED"
    """A second person refused it."""


class Release(VersionedRow):
    """One state of a flow's whole folder."""

    table: ClassVar[str] = "release"

    id: UUID
    #: The folder under `bpmn/`.
    flow: str
    #: Counts from 1 for each flow.
    number: int
    state: ReleaseState
    note: str
    #: Whether tests of its tables failed and it was proposed all the same.
    is_forced: bool
    #: What the checks found, as of the day it was proposed.
    findings: Any
    proposed_by: UUID | None
    proposed_by_name: str
    proposed_at: datetime
    decided_by: UUID | None = None
    decided_by_name: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None


class ReleaseTable(Release, table=True):
    __tablename__ = "release"
    __table_args__ = (
        one_of("state", ReleaseState),
        UniqueConstraint("flow", "number"),
        Index(
            "uq_release_flow_in_force",
            "flow",
            unique=True,
            postgresql_where=text("state = 'IN_FORCE'"),
        ),
    )

    id: UUID = Field(primary_key=True)
    state: ReleaseState = code_column()
    findings: Any = Field(sa_column=Column(JSONB, nullable=False))
    proposed_by: UUID | None = Field(foreign_key="actor.id")
    proposed_at: datetime = Field(sa_type=DateTime(timezone=True))
    decided_by: UUID | None = Field(foreign_key="actor.id")
    decided_at: datetime | None = Field(sa_type=DateTime(timezone=True))


class FileVersion(AppendOnlyRow):
    """One content of one file of a flow; the same content is the same version."""

    table: ClassVar[str] = "file_version"
    #: Told by its hash: the audit would hold every diagram twice.
    unaudited: ClassVar[frozenset[str]] = frozenset({"content"})

    id: UUID
    flow: str
    #: Below the flow's folder: `authority.dmn`, `scenarios/authority.yaml`.
    path: str
    #: Counts from 1 for each path.
    number: int
    #: SHA-256 of the content, hexadecimal.
    hash: str
    content: str
    version_tag: str | None
    #: Ids of the decisions in it.
    keys: list[str]
    #: Ids of the executable processes in it.
    processes: list[str] = Field(default_factory=list)
    #: Ids of the forms in it.
    forms: list[str] = Field(default_factory=list)


class FileVersionTable(FileVersion, table=True):
    __tablename__ = "file_version"
    __table_args__ = (
        UniqueConstraint("flow", "path", "number"),
        UniqueConstraint("flow", "path", "hash", name="uq_file_version_hash"),
        Index(None, "keys", postgresql_using="gin"),
        Index(None, "processes", postgresql_using="gin"),
    )

    id: UUID = Field(primary_key=True)
    keys: list[str] = Field(sa_type=ARRAY(Text))
    processes: list[str] = Field(sa_type=ARRAY(Text), sa_column_kwargs={"server_default": "{}"})
    forms: list[str] = Field(sa_type=ARRAY(Text), sa_column_kwargs={"server_default": "{}"})


class ReleaseFile(AppendOnlyRow):
    """A file as a release holds it."""

    table: ClassVar[str] = "release_file"
    key: ClassVar[tuple[str, ...]] = ("release_id", "version_id")

    release_id: UUID
    version_id: UUID


class ReleaseFileTable(ReleaseFile, table=True):
    __tablename__ = "release_file"

    release_id: UUID = Field(primary_key=True, foreign_key="release.id")
    version_id: UUID = reference("file_version.id", primary_key=True)
