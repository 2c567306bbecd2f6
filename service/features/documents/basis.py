"""What a decision rests on: an article of a law or paper, or a rule of the house."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.codes import NamedCode
from service.core.values import Line, Title


class BasisLevel(NamedCode):
    """Whose rule it is. An internal one is a default of this office, and never printed as law."""

    CENTRAL = "CENTRAL", "中央规定"
    LAW = "LAW", "法律法规"
    PROVINCIAL = "PROVINCIAL", "省级规定"
    CITY = "CITY", "市级规定"
    DEPARTMENTAL_RULE = "DEPARTMENTAL_RULE", "部门规章或文件"
    INTERNAL = "INTERNAL", "内部规定"


class Basis(BaseModel):
    """One rule behind a decision: what it stands in, and where in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    level: BasisLevel
    title: Title
    #: Of a paper: 宜编发〔2021〕5号.
    number: Line | None = None
    article: Line | None = None
    document_id: UUID | None = None

    @property
    def printed(self) -> str:
        """As it stands on a paper: 《…条例》第十四条（中央规定）."""
        is_quoted = self.level is BasisLevel.INTERNAL or self.title.startswith("《")
        title = self.title if is_quoted else f"《{self.title}》"
        number = f"（{self.number}）" if self.number else ""
        return f"{title}{number}{self.article or ''}（{self.level.zh}）"


BasisList = Annotated[list[Basis], Field(max_length=30)]


def is_departmental_only(basis: Sequence[Basis]) -> bool:
    """Whether nothing but departmental rules stands behind it (I22)."""
    return bool(basis) and all(each.level is BasisLevel.DEPARTMENTAL_RULE for each in basis)
