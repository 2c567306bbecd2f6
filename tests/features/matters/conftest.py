"""A small diagram of the id that matters follow, a matter of our body, and commands by diagrams."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from service.core.auth.actor import Caller
from service.core.command import Answer, Executor
from service.core.operation import Command
from service.core.store.db import Database, connect
from service.features.matters.start_matter import StartMatter
from service.settings import Settings
from tests.builders import City
from tests.conftest import Do, told
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.people import CALLERS, MAY_READ


def ordered(command: str, id_: str = "", inputs: str = "", extra: str = "") -> str:
    """A service task that orders a command about the matter of its case."""
    return (
        f'<serviceTask id="{id_ or command.split(".")[1]}"><extensionElements>'
        f'<zeebe:taskDefinition type="{command}"/><zeebe:ioMapping>'
        f'<zeebe:input source="=matter_id" target="matter_id"/>{inputs}'
        f"</zeebe:ioMapping></extensionElements>{extra}</serviceTask>"
    )


#: Written by the unit, filed, worked on in the office, closed.
FLOW = diagram(
    "request_approval",
    chain(
        START,
        user_task("write_request", duty="applicant_officer"),
        ordered("matters.file_application"),
        user_task("work"),
        ordered("matters.close_matter", inputs='<zeebe:input source="E9" target="outcome"/>'),
        END,
    ),
    name="机构编制事项审批",
)


def quota(city: City, before: int, after: int, **changed: Any) -> dict[str, Any]:
    """A change of our body's administrative posts."""
    return {
        "ledger": "QUOTA",
        "body_id": str(city.body),
        "kind": "ADMIN",
        "funding": "FULL",
        "before": before,
        "after": after,
        "source": "POOL",
        **changed,
    }


def asking(city: City, *deltas: dict[str, Any], **changed: Any) -> StartMatter:
    """A request of our body for two more posts, with its minutes."""
    return StartMatter.model_validate(
        {
            "type": "M07",
            "title": "关于增加编制的请示",
            "body_id": city.body,
            "deltas": list(deltas) or [quota(city, 5, 7)],
            "minutes_document_id": city.document,
            "basis": [{"level": "CITY", "title": "市级规定", "article": "第三条"}],
            **changed,
        }
    )


async def draw(settings: Settings, flow: str = FLOW) -> None:
    await in_force(settings, "matters", {"request_approval.bpmn": flow}, "request_approval")


async def matter_of(city: City) -> UUID:
    """A matter of our body, started by its own people."""
    await draw(city.settings)
    database = await connect(city.settings)
    try:
        answer = await Executor(database).execute(asking(city), CALLERS[MAY_READ])
    finally:
        await database.close()
    return UUID(told(answer)["id"])


@pytest.fixture
async def drawn(settings: Settings, city: City) -> None:
    await draw(settings)


@pytest.fixture
async def matter(do: Do, city: City, drawn: None) -> str:
    """The id of a matter that was just started."""
    made = await do(asking(city), who=MAY_READ)
    assert made.status == 201, made.body
    return str(told(made)["id"])


Order = Callable[[Command[Any]], Awaitable[Answer]]


@pytest.fixture
def order(database: Database, city: City) -> Order:
    """Give a command as a diagram does."""

    async def order(command: Command[Any]) -> Answer:
        return await Executor(database).execute(command, Caller(is_process=True, language="en"))

    return order
