"""The statements of a request, taken from the service itself, as a script for pgbench.

The service is asked over its API while asyncpg logs what it sends. What differs from one
request to the next (the body, fresh ids, the key) becomes a pgbench variable; the rest of each
parameter stays as it was. So pgbench does what the database does for the service, no less.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import orjson

from bench.city import BODIES, FIRST, FIXED, SUBJECT
from bench.scenarios import KEY, Scenario
from service.core.auth.dev_issuer import DevIssuer
from service.main import create_app
from service.settings import Settings

_WARM_UPS = 3  # the first requests also ask about types


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as it was sent: its text, its parameters as text, their types."""

    text: str
    values: tuple[str | None, ...]
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A script for pgbench -M prepared and the variables that it expects to be given."""

    text: str
    variables: dict[str, str]
    statements: int


async def captured(settings: Settings, scenario: Scenario) -> list[Statement]:
    """What one request of a kind sends to the database, BEGIN and COMMIT included."""
    app = create_app(settings.model_copy(update={"pool_size": 1}))
    token = DevIssuer.of(settings.data_dir, settings.oidc_audience).token(SUBJECT)
    sent: list[tuple[str, Sequence[Any]]] = []

    def log(query: Any) -> None:
        sent.append((query.query, query.args))

    async with app.router.lifespan_context(app):
        for pool in (app.state.database.reading, app.state.database.writing):
            async with pool.acquire() as connection:
                connection.add_query_logger(log)
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://bench") as client:
            for number in range(_WARM_UPS):
                sent.clear()
                path, headers, content = scenario.request(FIRST + number, FIRST + number)
                headers["authorization"] = f"Bearer {token}"
                answer = await client.request(
                    scenario.method, path, headers=headers, content=content
                )
                assert answer.status_code == scenario.expected, answer.text
        pool = app.state.database.writing
        async with pool.acquire() as connection:
            return [await _typed(connection, text, args) for text, args in list(sent)]


async def _typed(connection: Any, text: str, args: Sequence[Any]) -> Statement:
    if not args:
        return Statement(text, (), ())
    prepared = await connection.prepare(text)
    types = tuple(_type_name(each) for each in prepared.get_parameters())
    values = tuple(_as_text(arg, name) for arg, name in zip(args, types, strict=True))
    return Statement(text, values, types)


def _type_name(kind: asyncpg.Type) -> str:
    return f"{kind.name.removesuffix('[]')}[]" if kind.kind == "array" else str(kind.name)


def _as_text(value: Any, type_name: str) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case Enum():
            return str(value.value)
        case str() | int() | UUID():
            return str(value)
        case date():
            return value.isoformat()
        case list() | tuple() if type_name.endswith("[]"):
            items = (_as_text(item, type_name[:-2]) for item in value)
            return f"{{{','.join('NULL' if i is None else _quoted(i) for i in items)}}}"
        case _:
            return orjson.dumps(value).decode()


def _quoted(item: str) -> str:
    return '"' + item.replace("\\", "\\\\").replace('"', '\\"') + '"'


_UUID7 = r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
_VARYING = re.compile(
    rf"(?P<fixed>[0-9a-f]{{8}}{FIXED})(?P<number>{FIRST + _WARM_UPS - 1})"
    rf"|(?P<fresh>(?!.{{8}}{FIXED}){_UUID7})"
    rf"|(?P<key>{KEY})\d{{12}}"
)
STRIDE = 16
"""Serial numbers of one round: as many as pgbench has clients."""
_HEAD = f"""\
\\set round :round + 1
\\set serial {FIRST} + :round * {STRIDE} + :client_id
"""
_ANY_BODY = f"\\set body random({FIRST}, {FIRST + BODIES - 1})\n"
_ITS_OWN = "\\set body :serial\n"


def script_of(statements: Sequence[Statement], *, is_own: bool = False) -> Script:
    """The statements with every parameter as a variable, or joined from several.

    Args:
        is_own: Whether each transaction uses up a case of its own, numbered as it is itself.
    """
    variables: dict[str, str] = {}
    lines = []
    for statement in statements:
        parameters = [
            _parameter(value, name, variables)
            for value, name in zip(statement.values, statement.types, strict=True)
        ]
        text = re.sub(r"\$(\d+)", lambda m, p=parameters: p[int(m[1]) - 1], statement.text)  # type: ignore[misc]  # a lambda that keeps its list
        lines.append(" ".join(text.split()) + ";")
    head = _HEAD + (_ITS_OWN if is_own else _ANY_BODY)
    return Script(head + "\n".join(lines) + "\n", variables, len(statements))


def _parameter(value: str | None, type_name: str, variables: dict[str, str]) -> str:
    """An SQL expression for one parameter; its constant pieces are added to `variables`."""
    if value is None:
        return f"NULL::{type_name}"
    pieces: list[str] = []
    end = 0

    def constant(text: str) -> None:
        last = f"v{len(variables) - 1}"
        if pieces and pieces[-1] == f":{last}::text":
            variables[last] += text
        elif text:
            variables[f"v{len(variables)}"] = text
            pieces.append(f":v{len(variables) - 1}::text")

    for found in _VARYING.finditer(value):
        constant(value[end : found.start()])
        end = found.end()
        if found["fixed"]:
            constant(found["fixed"])
            pieces.append(":body::text")
        elif found["key"]:
            constant(found["key"])
            pieces.append(":serial::text")
        else:  # in front, where a UUIDv7 has its time: fresh ids rise, as the service's do
            pieces.append(":serial::text")
            constant(found["fresh"].replace("-", "")[12:])
    constant(value[end:])
    if len(pieces) == 1:
        return f"{pieces[0].removesuffix('::text')}::{type_name}"
    return f"concat({', '.join(pieces)})::{type_name}"
