"""The incident of a task that nobody may do, which the engine does not know of."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from service.core.ids import new_id
from service.core.store.rows import Row
from service.features.processes.instance_tables import Incident
from service.features.tasks.tables import Task

_CODE = "nobody"


def nobody(task: Task, now: datetime) -> Incident:
    """The incident that tells of such a task."""
    return Incident(
        id=new_id(),
        instance_id=task.instance_id,
        incident=0,
        number=task.number,
        element=task.element,
        code=_CODE,
        message=f"Expected somebody who may do {task.name}, but the diagram names nobody.",
        message_zh=f"“{task.name}”应当有办理人，但流程图没有指定任何人。",
        attempts=1,
        raised_at=now,
    )


class IncidentOfNobody(Row):
    """The end of that incident, found by the task's number."""

    table: ClassVar[str] = "incident"
    key: ClassVar[tuple[str, ...]] = ("instance_id", "number", "code")
    is_audited: ClassVar[bool] = False

    instance_id: UUID
    number: int
    code: str = _CODE
    resolved_at: datetime | None = None
