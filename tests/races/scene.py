"""A case of a small diagram for two commands to meet at, and what the database says of it."""

from typing import Any
from uuid import UUID

import asyncpg

from service.check import check
from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.store.db import Database
from service.core.sweep import sweep
from service.features.processes.cancel_instance import CancelInstance
from service.features.processes.deliver_message import DeliverMessage
from service.features.processes.fire_timer import FireTimer
from service.features.processes.start_instance import StartInstance
from service.features.tasks.complete_task import CompleteTask
from service.settings import Settings
from service.worker import SWEEPS
from tests.builders import City
from tests.conftest import Do, told
from tests.diagrams import diagram, in_force
from tests.people import CALLERS, MAY
from tests.races.stopping import Asked

PROCESS = Caller(is_process=True)


class Scene:
    """A case of a small diagram, and what the database says of it."""

    def __init__(self, do: Do, settings: Settings, city: City) -> None:
        self.do = do
        self.settings = settings
        self.city = city

    async def begin(self, inside: str, shared: str = "") -> UUID:
        await in_force(
            self.settings, "race", {"race.bpmn": diagram("race", inside, shared)}, "race"
        )
        answer = await self.do(StartInstance(process="race", body_id=self.city.body))
        assert answer.status == 201, answer.body
        return UUID(told(answer)["id"])

    async def rows(self, query: str) -> list[asyncpg.Record]:
        assert self.settings.migration_database_url
        connection = await asyncpg.connect(self.settings.migration_database_url)
        try:
            return await connection.fetch(query)
        finally:
            await connection.close()

    async def completing(self, **variables: object) -> list[Asked]:
        """The completion of each open task, by the same person."""
        return [
            Asked(CompleteTask(task_id=row["id"], variables=variables), CALLERS[MAY], "1")
            for row in await self.rows(
                "SELECT id FROM task WHERE state = 'OPEN' ORDER BY element, number"
            )
        ]

    async def firing(self) -> Asked:
        (timer,) = await self.rows("SELECT id FROM timer")
        return Asked(FireTimer(timer_id=timer["id"]), PROCESS)

    async def delivering(self) -> Asked:
        (message,) = await self.rows("SELECT id FROM message")
        return Asked(DeliverMessage(message_id=message["id"]), PROCESS)

    async def cancelling(self) -> Asked:
        """The end of the one case as it is now, by a leader of the office."""
        (case,) = await self.rows("SELECT id, version FROM instance WHERE id = root_id")
        cancel = CancelInstance(instance_id=case["id"], reason="申请单位撤回申请")
        return Asked(cancel, CALLERS[MAY], str(case["version"]))

    async def work(self, database: Database) -> None:
        """Let the worker look until nothing is due any more."""
        executor = Executor(database)
        while sum([await sweep(executor, each) for each in SWEEPS]):
            pass

    async def count(self, what: str) -> Any:
        (row,) = await self.rows(f"SELECT count(*) FROM {what}")
        return row["count"]

    async def ends(self, *elements: str) -> None:
        """The case has passed these elements and no others among its ends, each once."""
        passed = await self.rows(
            "SELECT element FROM history WHERE kind = 'left' AND element IN ('end', 'over') "
            "ORDER BY element"
        )
        assert [row["element"] for row in passed] == sorted(elements)
        await self.stands("COMPLETED")

    async def stands(self, state: str) -> None:
        """The case has this state, and what is stored fits together."""
        (case,) = await self.rows("SELECT state FROM instance WHERE id = root_id")
        assert case["state"] == state
        report = await check(self.settings)
        assert report.is_sound, [each for each in report.rules if each.findings]
