"""When the effect of a decision is looked at again, as stored."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime
from sqlmodel import Field

from service.core.store.rows import AppendOnlyRow, reference

_MOMENT: Any = DateTime(timezone=True)


class MatterEvaluationPlan(AppendOnlyRow):
    """On this day the effect of a decision is due to be evaluated (跟踪评估)."""

    table: ClassVar[str] = "matter_evaluation_plan"

    id: UUID
    matter_id: UUID
    due: date
    planned_at: datetime


class MatterEvaluationPlanTable(MatterEvaluationPlan, table=True):
    __tablename__ = "matter_evaluation_plan"

    id: UUID = Field(primary_key=True)
    matter_id: UUID = reference("matter.id")
    planned_at: datetime = Field(sa_type=_MOMENT)
