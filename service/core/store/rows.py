"""Rows: what is read from and written to a table.

Each table stands twice, as SQLModel intends: a frozen row, cheap to make and to pass around,
and a subclass with `table=True` that declares the schema for Alembic and is never instantiated.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar, Self
from uuid import UUID

from asyncpg import Record
from pydantic import ConfigDict
from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from service.core.errors import Refusal

SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Row(SQLModel):
    """One row of the table `table`. A subclass names the table and what its constraints mean."""

    model_config = ConfigDict(frozen=True)  # type: ignore[assignment]  # SQLModel narrows the type

    table: ClassVar[str]
    #: Columns of the primary key.
    key: ClassVar[tuple[str, ...]] = ("id",)
    #: Columns whose value never leaves the table: not audited, not announced.
    sealed: ClassVar[frozenset[str]] = frozenset()
    #: Columns that the audit leaves to the table: large, and kept there for ever anyway.
    unaudited: ClassVar[frozenset[str]] = frozenset()
    #: Whether the audit tells of its changes: not where the table follows from others, or is
    #: itself the record of what happened.
    is_audited: ClassVar[bool] = True
    #: A condition in SQL on the stored row `t`, without which an update leaves it alone: for
    #: classes that stand for the rows of some state only.
    guard: ClassVar[str] = ""
    #: Constraint name → the refusal that a violation of it means, with its two sentences.
    refusals: ClassVar[Mapping[str, tuple[type[Refusal], str, str]]] = {}

    @classmethod
    def read(cls, record: Record | Mapping[str, Any]) -> Self:
        """A row from a database record that has all its columns."""
        return cls.model_validate(dict(record))

    def identity(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.key)


class AppendOnlyRow(Row):
    """A row that is never changed or deleted: the application's role has no right to."""


class VersionedRow(Row):
    """A row that changes in place. `version` rises by one with each change and is its ETag."""

    version: int = 1


def one_of(column: str, codes: type[StrEnum]) -> CheckConstraint:
    """A constraint that a text column holds one of the codes of a list."""
    allowed = ", ".join(f"'{code.value}'" for code in codes)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


def code_column(**options: Any) -> Any:
    """A column that stores a code list's value as text, so that a new code needs no new type."""
    return Field(sa_type=Text, **options)


def reference(target: str, **options: Any) -> Any:
    """A column that refers to another table's id, indexed."""
    return Field(foreign_key=target, index=True, **options)


Id = UUID
