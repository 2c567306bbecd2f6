"""What the office sets for its tables: how many posts a rank, how many bodies the city may have."""

from typing import Any, ClassVar

from sqlalchemy import Column
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from service.core.store.rows import VersionedRow, code_column, one_of
from service.features.bodies.codes import Rank


class PostStandard(VersionedRow):
    """How many leaders and mid-level posts a body of a rank may have (职数标准)."""

    table: ClassVar[str] = "post_standard"
    key: ClassVar[tuple[str, ...]] = ("rank",)

    rank: Rank
    #: Rows of ledger, level, slot and the most posts.
    posts: Any


class PostStandardTable(PostStandard, table=True):
    __tablename__ = "post_standard"
    __table_args__ = (one_of("rank", Rank),)

    rank: Rank = code_column(primary_key=True)
    posts: Any = Field(sa_column=Column(JSONB, nullable=False))


class BodyLimit(VersionedRow):
    """How many bodies of a kind the city may have (机构限额)."""

    table: ClassVar[str] = "body_limit"
    key: ClassVar[tuple[str, ...]] = ("counted",)

    #: Which bodies it counts: those of one type.
    counted: str
    bodies: int


class BodyLimitTable(BodyLimit, table=True):
    __tablename__ = "body_limit"

    counted: str = Field(primary_key=True)
