"""Requests that nobody thought of: no answer is a 500, and every answer is as documented.

schemathesis makes requests of the documented form, and some that miss it, from a fixed seed.
Some of the ids in them are made to name things that exist, so that more than 404 is seen.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import asyncpg
import httpx
import pytest
import requests
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from service.core.auth.actor import Duty
from service.core.auth.dev_issuer import DevIssuer
from service.core.excel.sheet import MEDIA_TYPE
from service.core.ids import new_id
from service.features.tasks.file_types import ALLOWED
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Do, open_client
from tests.contract.objects import MAKERS
from tests.people import MAY, MAY_READ, NEVER

_CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
for _media_type in {MEDIA_TYPE, *ALLOWED}:
    schemathesis.serializer.alias(_media_type, "application/octet-stream")  # files are bytes
_EVERYTHING = "everything"
_SEED = 20260302


@pytest.fixture
async def known(do: Do, city: City, settings: Settings) -> dict[str, str]:
    """Ids of things that exist, by the field that names them."""
    for duty in ("office_deputy", "realname_admin"):
        await give_duty(settings, MAY, duty)
    made = {name: str(await make(do, city)) for name, make in MAKERS.items()}
    return made | {"document_id": str(city.document), "parent_id": str(city.other_body)}


@pytest.fixture
async def someone_with_every_duty(settings: Settings, city: City) -> None:
    connection = await asyncpg.connect(settings.migration_database_url)
    actor_id = new_id()
    await connection.execute(
        """INSERT INTO actor (id, version, subject, name, is_program, is_active)
           VALUES ($1, 1, $2, $2, false, true)""",
        actor_id,
        _EVERYTHING,
    )
    await connection.executemany(
        """INSERT INTO assignment (id, version, actor_id, duty, reach, true_from)
           VALUES ($1, 1, $2, $3, 'CITY', '2020-01-01')""",
        [(new_id(), actor_id, duty) for duty in Duty if duty is not Duty.PROCESS],
    )
    await connection.close()


@pytest.mark.usefixtures("someone_with_every_duty")
@pytest.mark.parametrize(
    "examples", [4, pytest.param(60, marks=pytest.mark.long)], ids=["few", "many_fuzz"]
)
async def test_every_answer_is_as_documented(
    examples: int, app: FastAPI, settings: Settings, known: dict[str, str]
) -> None:
    issuer = DevIssuer.of(settings.data_dir, settings.oidc_audience)
    tokens = {who: issuer.token(who) for who in (_EVERYTHING, MAY_READ, NEVER)}
    loop = asyncio.get_running_loop()
    async with open_client(app) as client:

        def send(case: Case[Any], who: str) -> httpx.Response:
            """Ask in the loop of the app, from the thread in which Hypothesis works."""
            case.headers["authorization"] = f"Bearer {tokens[who]}"
            prepared: Any = requests.Request(**case.as_transport_kwargs("http://test")).prepare()
            sent = client.request(
                prepared.method or "",
                prepared.url or "",
                content=prepared.body,
                headers=dict(prepared.headers),
            )
            return asyncio.run_coroutine_threadsafe(sent, loop).result()

        schema = schemathesis.openapi.from_dict(app.openapi())
        failures = await asyncio.to_thread(_judge, schema, examples, known, send)
    assert not failures, "\n\n".join(failures)


def _judge(
    schema: Any,
    examples: int,
    known: dict[str, str],
    send: Callable[[Case[Any], str], httpx.Response],
) -> list[str]:
    """Try each operation; what was found wrong, with a request that shows it."""
    failures = []
    for found in schema.get_all_operations():
        operation = found.ok()

        @seed(_SEED)
        @hypothesis_settings(
            max_examples=examples,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(
            case=st.one_of([operation.as_strategy(mode) for mode in _modes(operation)]),
            who=st.sampled_from([_EVERYTHING] * 6 + [MAY_READ, NEVER]),
            is_known=st.booleans(),
        )
        def judge(case: Any, who: str, is_known: bool) -> None:
            if is_known:
                _name_what_exists(case, known)
            case.validate_response(send(case, who), checks=_CHECKS)

        try:
            judge()
        except (Exception, FailureGroup) as failure:
            failures.append(f"{operation.method.upper()} {operation.path}\n{failure}")
    return failures


def _modes(operation: Any) -> list[GenerationMode]:
    """Positive twice: most of what is to be seen lies behind the form of a request."""
    can_miss = bool(operation.body or operation.query or operation.path_parameters)
    misses = [GenerationMode.NEGATIVE] if can_miss else []
    return [GenerationMode.POSITIVE, GenerationMode.POSITIVE, *misses]


def _name_what_exists(case: Case[Any], known: dict[str, str]) -> None:
    for place in (case.path_parameters, case.query, case.body):
        if isinstance(place, dict):
            place |= {name: known[name] for name in place if name in known}
    if isinstance(case.headers, dict) or "if-match" in case.headers:
        case.headers["if-match"] = '"1"'
