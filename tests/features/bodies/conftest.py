"""Bodies under test: a document for every change, and verbs said with the present version."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from service.core.command import Answer
from service.core.operation import Command
from tests.builders import City, recording
from tests.conftest import Api, Do, told
from tests.people import MAY, MAY_READ, NEVER

TODAY = date(2026, 11, 24)


@pytest.fixture
async def document(do: Do, city: City) -> UUID:
    return UUID(told(await do(recording()))["id"])


Change = Callable[..., Awaitable[Answer]]


@pytest.fixture
def change(do: Do, city: City, document: UUID, database: Any) -> Change:
    """Change a body (ours unless another is named) on the version that it has now."""

    async def change(
        verb: type[Command[Any]],
        body_id: UUID | None = None,
        on: date = date(2025, 1, 1),
        **facts: Any,
    ) -> Answer:
        body_id = body_id or city.body
        version = await database.reading.fetchval("SELECT version FROM body WHERE id=$1", body_id)
        by: dict[str, Any] = {"document_id": document, "effective_on": on}
        asked = verb(**{"body_id": body_id} | by | facts)
        return await do(asked, if_match=str(version))

    return change


async def statuses(api: Api, method: str, path: str, json: Any = None, **headers: str) -> list[int]:
    """What the one who may, the one who may only read, the stranger and nobody are answered."""
    people = (NEVER, MAY_READ, None, MAY)
    got = {who: await api(method, path, json, who=who, **headers) for who in people}
    return [got[who].status_code for who in (MAY, MAY_READ, NEVER, None)]


def code_of(answer: Answer) -> str:
    """The code of a refusal."""
    return str(told(answer)["code"])
