"""A change that a matter asks for: one row per account of the ledger, from how many to how many."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from service.core.values import Line, Text
from service.features.matters.codes import DeltaAction, DeltaLedger, DeltaSource
from service.features.quota.codes import Funding, Level, QuotaKind, Slot

Count = Annotated[int, Field(ge=0, le=100_000)]
_POSTS = (DeltaLedger.LEADERSHIP, DeltaLedger.MIDLEVEL)
#: Ledgers that count posts.
COUNTED = (DeltaLedger.QUOTA, *_POSTS)


class Delta(BaseModel):
    """One change. Numbers are whole posts; of a rank, its order from 1 (正厅) to 8 (副股)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ledger: DeltaLedger
    action: DeltaAction = DeltaAction.CHANGE
    #: The body that is changed; null where it is yet to be set up.
    body_id: UUID | None = None
    body_name: Line | None = None
    #: Where posts go to, or which body another one comes under or is merged into.
    to_body_id: UUID | None = None
    kind: QuotaKind | None = None
    funding: Funding | None = None
    level: Level | None = None
    slot: Slot | None = None
    before: Count | None = None
    after: Count | None = None
    source: DeltaSource | None = None
    #: The new name, the nameplate, the function.
    text: Text | None = None

    @model_validator(mode="after")
    def _names_its_account(self) -> "Delta":
        # What a body gets that the same request sets up is told by its name.
        needed: tuple[str, ...] = ("body_name",) if self.is_of_new_body else ("body_id",)
        if self.ledger is DeltaLedger.QUOTA:
            needed += ("kind", "funding", "before", "after")
        elif self.ledger in _POSTS:
            needed += ("level", "slot", "before", "after")
        elif self.ledger in (DeltaLedger.NAME, DeltaLedger.NAMEPLATE):
            needed += ("text",)
        elif self.ledger is DeltaLedger.RANK:
            needed += ("after",)
        elif self.ledger is DeltaLedger.BODY and self.action is DeltaAction.SET_UP:
            needed = ("body_name",)
        missing = [name for name in needed if getattr(self, name) is None]
        if missing:
            raise ValueError(f"expected {', '.join(missing)} of {self.ledger}, but it is missing")
        return self

    @property
    def rise(self) -> int:
        """How many posts more, negative for fewer."""
        return (self.after or 0) - (self.before or 0)

    @property
    def is_of_new_body(self) -> bool:
        """Whether it belongs to a body that is yet to be set up."""
        return self.body_id is None and self.body_name is not None

    @property
    def is_giving(self) -> bool:
        """Whether it gives posts to another body."""
        is_quota = self.ledger is DeltaLedger.QUOTA
        return is_quota and self.to_body_id is not None and self.rise < 0

    def takes_from(self, giving: "Delta") -> bool:
        """Whether it is the other side of what that one gives."""
        mine, theirs = ((each.ledger, each.kind, each.funding) for each in (self, giving))
        return mine == theirs and self.body_id == giving.to_body_id and self.rise > 0

    @property
    def is_closing(self) -> bool:
        """Whether it closes a body: that is done when its people are placed."""
        return self.ledger is DeltaLedger.BODY and self.action in (
            DeltaAction.MERGE,
            DeltaAction.ABOLISH,
        )


Deltas = Annotated[list[Delta], Field(min_length=1, max_length=200)]


def stored(deltas: Sequence[Delta]) -> list[dict[str, Any]]:
    """The changes as JSON, every member there."""
    return [delta.model_dump(mode="json") for delta in deltas]


def read(deltas: Any) -> list[Delta]:
    return [Delta.model_validate(each) for each in deltas or ()]
