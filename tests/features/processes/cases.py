"""Cases for tests to work on, and the worker's rounds."""

from datetime import datetime, timedelta
from typing import Any

import asyncpg

from service.core.command import Executor
from service.core.store.db import Database
from service.core.sweep import sweep
from service.settings import Settings
from service.worker import SWEEPS
from tests.builders import City
from tests.conftest import Api

NOW = datetime.fromisoformat("2026-11-24T09:00:00+08:00")


async def started(api: Api, process: str, city: City, **variables: Any) -> dict[str, Any]:
    """A case of our body."""
    body = {"body_id": str(city.body), "variables": variables}
    answer = await api("POST", f"/processes/{process}/instances", body)
    assert answer.status_code == 201, answer.text
    case: dict[str, Any] = answer.json()
    return case


async def worked(database: Database) -> int:
    """Let the worker look until nothing is due any more; how many commands were done."""
    executor, done = Executor(database), 0
    while found := sum([await sweep(executor, each) for each in SWEEPS]):
        done += found
    return done


async def pass_time(settings: Settings, **by: float) -> None:
    """Move the demo's clock."""
    await run(settings, "UPDATE demo_clock SET moved = moved + $1", timedelta(**by))


async def run(settings: Settings, statement: str, *values: Any) -> None:
    connection = await asyncpg.connect(settings.migration_database_url)
    await connection.execute(statement, *values)
    await connection.close()


async def rows(settings: Settings, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """What the database holds, as its owner sees it."""
    connection = await asyncpg.connect(settings.migration_database_url)
    found = [tuple(each) for each in await connection.fetch(statement, *values)]
    await connection.close()
    return found


def message(key: str = "=no", name: str = "reply") -> str:
    """The message `reply` as a file declares it."""
    subscription = f'<zeebe:subscription correlationKey="{key}"/>' if key else ""
    return (
        f'<message id="m" name="{name}"><extensionElements>{subscription}'
        "</extensionElements></message>"
    )


def waits(id_: str = "wait") -> str:
    """An event that waits for the message."""
    return (
        f'<intermediateCatchEvent id="{id_}"><messageEventDefinition messageRef="m"/>'
        "</intermediateCatchEvent>"
    )


SIGNAL = '<signal id="s" name="published"/>'


def hears(id_: str = "hear") -> str:
    """An event that waits for the signal."""
    return (
        f'<intermediateCatchEvent id="{id_}"><signalEventDefinition signalRef="s"/>'
        "</intermediateCatchEvent>"
    )


def begins(definition: str) -> str:
    """A start event that something triggers."""
    return f'<startEvent id="start">{definition}</startEvent>'


#: A step that is refused as long as nobody has put the process `later` into force.
ORDER = (
    '<serviceTask id="order"><extensionElements>'
    '<zeebe:taskDefinition type="processes.start_instance"/><zeebe:ioMapping>'
    '<zeebe:input source="later" target="process"/></zeebe:ioMapping>'
    "</extensionElements></serviceTask>"
)


def within(days: int, clock: str = "office") -> str:
    """The deadline of a user task or timer."""
    return f'<dingbian:deadline days="{days}" clock="{clock}"/>'


def ordered(id_: str, command: str, **fields: str) -> str:
    """A step that orders a command of the house."""
    inputs = "".join(
        f'<zeebe:input source="{source}" target="{name}"/>' for name, source in fields.items()
    )
    return (
        f'<serviceTask id="{id_}"><extensionElements><zeebe:taskDefinition type="{command}"/>'
        f"<zeebe:ioMapping>{inputs}</zeebe:ioMapping></extensionElements></serviceTask>"
    )
