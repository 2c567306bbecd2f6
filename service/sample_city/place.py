"""A place on the establishment of the sample city that one person fills."""

from dataclasses import dataclass

from service.features.bodies.codes import Funding
from service.features.quota.codes import ExitType, QuotaKind, Slot
from service.sample_city.table import Row

#: The posts of a pair, as the city's table counts them.
HEADS = (Slot.CHIEF, Slot.DEPUTY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place for one person. `is_recruit`: filled in the autumn of 2025; `works_in`: the number
    of another body where the person works without secondment."""

    row: Row
    kind: QuotaKind
    funding: Funding
    internal_body: str | None = None
    leader_slot: Slot | None = None
    midlevel_slot: Slot | None = None
    is_recruit: bool = False
    has_notice: bool = False
    is_overdue_exit: bool = False
    works_in: str | None = None
    exit_type: ExitType | None = None
