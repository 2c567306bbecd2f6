"""Documents as stored, and the series that number them."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from service.core.errors import Refusal
from service.core.secrecy import STORABLE, Secrecy
from service.core.store.rows import AppendOnlyRow, Row, code_column
from service.features.documents import rules


class Document(AppendOnlyRow):
    """A paper with a number. It is never edited: a correcting one supersedes it.

    Numbers of the office's own series are given here, gap-free per series and year (I15);
    papers of others are recorded with the number that they bear.
    """

    table: ClassVar[str] = "document"
    refusals: ClassVar[Mapping[str, tuple[type[Refusal], str, str]]] = {
        "uq_document_series_year_number": (
            rules.NumberTaken,
            "Expected a number that no document bears, but one bears it.",
            "文号应当未被使用，但已有文件使用该文号。",
        ),
        "uq_document_supersedes_id": (
            rules.AlreadySuperseded,
            "Expected the newest document to be superseded, but another one supersedes it already.",
            "应当更正最新的文件，但该文件已被其他文件取代。",
        ),
        "fk_document_supersedes_id": (
            rules.DocumentMissing,
            "Expected a recorded document to be superseded, but there is none with this id.",
            "被取代的文件应当已登记，但未找到。",
        ),
    }

    id: UUID
    series: str
    year: int
    number: int
    title: str
    issued_on: date
    issuer: str
    secrecy: Secrecy
    supersedes_id: UUID | None = None
    #: Whether the number was given here, from one of the office's own series.
    is_own: bool


class DocumentTable(Document, table=True):
    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("series", "year", "number"),
        CheckConstraint(f"secrecy IN {tuple(map(str, STORABLE))}", name="secrecy"),
        Index(None, "issued_on", "id"),
    )

    id: UUID = Field(primary_key=True)
    secrecy: Secrecy = code_column()
    supersedes_id: UUID | None = Field(foreign_key="document.id", unique=True)


class NumberSeries(Row):
    """The last number given in one series and year; locked last of all locks."""

    table: ClassVar[str] = "number_series"
    key: ClassVar[tuple[str, ...]] = ("series", "year")

    series: str
    year: int
    last: int


class NumberSeriesTable(NumberSeries, table=True):
    __tablename__ = "number_series"

    series: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
