"""What a body asks for, in the words of matters: one row per account of the ledger."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from service.core.values import Line, Text
from service.features.quota.codes import Funding, Level, QuotaKind, Slot

Count = Annotated[int, Field(ge=0, le=100_000)]
_Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z_]{0,39}$")]
#: What two requests for the same thing have in common; where posts come from, and words, may
#: differ.
_TELLING = (
    "ledger",
    "action",
    "body_id",
    "body_name",
    "to_body_id",
    "kind",
    "funding",
    "level",
    "slot",
    "before",
    "after",
)


class EvaluatedDelta(BaseModel):
    """One change that is to be evaluated; the same members as the change of a matter.

    Numbers are whole posts; of a rank, its order from 1 (正厅) to 8 (副股).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    ledger: _Code
    action: _Code = "CHANGE"
    body_id: UUID | None = None
    body_name: Line | None = None
    to_body_id: UUID | None = None
    kind: QuotaKind | None = None
    funding: Funding | None = None
    level: Level | None = None
    slot: Slot | None = None
    before: Count | None = None
    after: Count | None = None
    #: INSIDE, OUTSIDE, POOL, SUPERIOR or MERGED: where posts come from.
    source: _Code | None = None
    text: Text | None = None

    @model_validator(mode="after")
    def _names_its_account(self) -> "EvaluatedDelta":
        needed = ("body_id", "kind", "funding", "before", "after")
        missing = [name for name in needed if getattr(self, name) is None]
        if self.ledger == "QUOTA" and missing:
            raise ValueError(f"expected {', '.join(missing)} of QUOTA, but it is missing")
        return self


EvaluatedDeltas = Annotated[list[EvaluatedDelta], Field(min_length=1, max_length=200)]


def is_same(one: Sequence[dict[str, Any]], other: Sequence[dict[str, Any]]) -> bool:
    """Whether two requests ask for the same changes, in whatever order."""
    return _told(one) == _told(other)


def _told(deltas: Sequence[dict[str, Any]]) -> list[str]:
    return sorted(repr([each.get(name) for name in _TELLING]) for each in deltas)
