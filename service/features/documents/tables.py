"""Documents as stored, and the series that number them."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from service.core.store.rows import AppendOnlyRow, Row, code_column, one_of


class Secrecy(StrEnum):
    """Who may see a document. 秘密 and above are refused at input (I20)."""

    PUBLIC = "PUBLIC"
    INTERNAL = "INTERNAL"


class Document(AppendOnlyRow):
    """A paper with a number. It is never edited: a correcting one supersedes it.

    Numbers of our own series are gap-free per series and year (I15); papers of others are
    recorded with the number they bear.
    """

    table: ClassVar[str] = "document"

    id: UUID
    series: str
    year: int
    number: int
    title: str
    issued_on: date
    issuer: str
    secrecy: Secrecy
    supersedes_id: UUID | None = None
    #: Whether the number was given here, from our own series.
    is_own: bool


class DocumentTable(Document, table=True):
    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("series", "year", "number"), one_of("secrecy", Secrecy))

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
