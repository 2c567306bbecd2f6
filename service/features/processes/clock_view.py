"""Clocks of a case as the API shows them, and how a request names one."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.values import Text

#: Whoever keeps the time of a case, and the diagram of the case itself.
TIMEKEEPERS = frozenset(
    {Duty.OFFICE_CASE_OFFICER, Duty.OFFICE_DEPUTY, Duty.OFFICE_DIRECTOR, Duty.PROCESS}
)

Clock = Annotated[
    str,
    Field(
        min_length=1, max_length=120, description="Name of the clock, as deadlines of the diagram."
    ),
]
Cause = Annotated[
    str,
    Field(
        pattern="^[A-Z][A-Z_]{0,39}$",
        description="Code of what it waits for; the same code lets it go on.",
    ),
]
Reason = Annotated[Text, Field(min_length=1)]


class ClockView(BaseModel):
    """A clock, and how many open deadlines it counts."""

    instance_id: UUID
    clock: str
    is_stopped: bool
    deadlines: int
