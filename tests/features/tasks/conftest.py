"""Cases of small diagrams, and the tasks in them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.core.store.db import Database
from service.features.processes.start_instance import StartInstance
from service.features.tasks.claim_task import ClaimTask
from service.features.tasks.complete_task import CompleteTask
from service.settings import Settings
from tests.builders import City
from tests.conftest import Do, told
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.people import MAY

ACTIONS = (
    '<dingbian:actions><dingbian:action id="agree" name="同意"/>'
    '<dingbian:action id="return" name="退回" comment="required" form="skipped"/>'
    "</dingbian:actions>"
)
FORM = """{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "意见",
"type": "object", "additionalProperties": false, "required": ["posts"],
"properties": {"posts": {"type": "integer", "minimum": 1, "title": "编制数"}}}"""
WITH_FORM = '<zeebe:formDefinition formId="opinion" bindingType="deployment"/>'


def apart_from(*elements: str) -> str:
    return f'<dingbian:separation elements="{" ".join(elements)}"/>'


class Cases:
    """Starts cases and finds their tasks in the database, as nobody in particular."""

    def __init__(self, do: Do, settings: Settings, database: Database, city: City) -> None:
        self.do = do
        self.settings = settings
        self.database = database
        self.city = city

    async def begin(
        self,
        inside: str,
        *,
        process: str = "case",
        files: Mapping[str, str] | None = None,
        body: UUID | None = None,
        **given: Any,
    ) -> UUID:
        """Put a diagram into force and start a case of it about our body."""
        drawn = {f"{process}.bpmn": diagram(process, inside, name="办件"), **(files or {})}
        await in_force(self.settings, process, drawn, process)
        return await self.start(process, body=body, **given)

    async def start(self, process: str = "case", body: UUID | None = None, **given: Any) -> UUID:
        command = StartInstance(process=process, body_id=body or self.city.body, **given)
        answer = await self.do(command)
        assert answer.status == 201, answer.body
        return UUID(told(answer)["id"])

    async def tasks(self, case: UUID, state: str = "OPEN") -> list[asyncpg.Record]:
        return await self.database.reading.fetch(
            "SELECT * FROM task WHERE instance_id = $1 AND state = $2 ORDER BY number", case, state
        )

    async def task(self, case: UUID) -> UUID:
        """The one open task of a case."""
        (found,) = await self.tasks(case)
        task: UUID = found["id"]
        return task

    async def variables(self, case: UUID) -> dict[str, Any]:
        """What the case itself holds at its end, as history tells."""
        rows = await self.database.reading.fetch(
            """SELECT data->>'name' AS name, data->'value' AS value FROM history
               WHERE instance_id = $1 AND kind = 'variable_changed' ORDER BY version, nth""",
            case,
        )
        return {row["name"]: row["value"] for row in rows}

    async def claim(self, task: UUID, who: str = MAY) -> Any:
        return await self.do(ClaimTask(task_id=task), who)

    async def complete(self, task: UUID, who: str = MAY, **given: Any) -> Any:
        """Complete a task on the version that it has."""
        version = await self.database.reading.fetchval(
            "SELECT version FROM task WHERE id = $1", task
        )
        return await self.do(CompleteTask(task_id=task, **given), who, if_match=str(version))

    async def actor(self, who: str) -> UUID:
        found: UUID = await self.database.reading.fetchval(
            "SELECT id FROM actor WHERE subject = $1", who
        )
        return found


@pytest.fixture
def cases(do: Do, settings: Settings, database: Database, city: City) -> Cases:
    return Cases(do, settings, database, city)


def one(extensions: str = "", **options: Any) -> str:
    """A process of one task."""
    return chain(START, user_task("look", extensions, name="看", **options), END)


def two(first: str = "", second: str = "", **options: Any) -> str:
    """A process of two tasks, one after the other."""
    return chain(
        START,
        user_task("look", first, name="看", **options),
        user_task("sign", second, name="签", **options),
        END,
    )
