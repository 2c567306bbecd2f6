"""Re-date the deadlines of a case, since the calendar has changed."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.db import Connection
from service.features.processes.deadline_tables import DeadlineAction
from service.features.processes.reaching import locked_case
from service.features.processes.redating import redate

_OUTDATED = """
WITH newest AS MATERIALIZED (SELECT coalesce(max(version), 0) AS version FROM calendar_version)
SELECT t.instance_id FROM newest n JOIN task t ON (t.deadline ->> 'calendar')::int < n.version
WHERE t.state = 'OPEN' AND t.deadline IS NOT NULL
UNION SELECT t.instance_id FROM newest n JOIN timer t
    ON (t.deadline ->> 'calendar')::int < n.version WHERE t.deadline IS NOT NULL
LIMIT $1
"""


class DeadlinesRedated(BaseModel):
    """How many open deadlines follow the newest calendar now."""

    instance_id: UUID
    deadlines: int


class RedateDeadlines(Command[DeadlinesRedated]):
    """Count the open deadlines of a case by the newest calendar (期限随日历调整).

    Only the process gives this command.
    """

    name = "processes.redate_deadlines"
    duties = frozenset({Duty.PROCESS})
    title_zh = "期限随日历调整"
    title_en = "Re-date deadlines"
    is_for_diagrams = False

    instance_id: UUID


@handles(RedateDeadlines)
async def redate_deadlines(command: RedateDeadlines, context: Context) -> DeadlinesRedated:
    """Keep each declaration and find its due time anew; those that move are recorded."""
    instance, _ = await locked_case(context, command.instance_id)
    counted = await redate(
        context, instance.id, lambda deadline: deadline, DeadlineAction.REDATE, "工作日历变更"
    )
    return DeadlinesRedated(instance_id=instance.id, deadlines=counted)


async def outdated_cases(connection: Connection, most: int) -> Sequence[UUID]:
    """Cases with an open deadline that an older calendar has counted."""
    return [record["instance_id"] for record in await connection.fetch(_OUTDATED, most)]
