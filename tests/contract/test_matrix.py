"""Who gets in: every operation, asked by people who must be refused.

It grows by itself with the operations. That those who may are let in, each feature tests.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from service.core.auth.actor import Duty
from service.core.auth.dev_issuer import DevIssuer
from service.core.ids import new_id
from service.core.operation import Command
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Do, open_client
from tests.contract.objects import MAKERS, SEEN_BY_ALL
from tests.contract.routes import Served, every_served, is_public
from tests.contract.samples import MISSING, sample
from tests.people import MAY

Ask = Callable[..., Awaitable[httpx.Response]]
_PEOPLE = frozenset(Duty) - {Duty.PROCESS}


@pytest.fixture
async def ask(app: FastAPI, settings: Settings) -> AsyncIterator[Ask]:
    """Send a well-formed request for an operation; `ids` are values of its path parameters."""
    issuer = DevIssuer.of(settings.data_dir, settings.oidc_audience)
    async with open_client(app) as client:

        async def ask(
            served: Served, subject: str | None = None, ids: dict[str, Any] | None = None
        ) -> httpx.Response:
            fields = sample(served.operation.request)
            in_path = {
                name: str((ids or {}).get(name, fields.pop(name)))
                for name in re.findall(r"\{(\w+)\}", served.path)
            }
            for name in in_path:
                fields.pop(name, None)
            headers = {"if-match": '"1"', "accept-language": "en"}
            if subject is not None:
                headers["authorization"] = f"Bearer {issuer.token(subject)}"
            is_command = issubclass(served.operation.request, Command)
            taken = served.shown.get("requestBody", {}).get("content", {})
            is_file = bool(taken) and "application/json" not in taken
            params = {name: fields[name] for name in fields if type(fields[name]) is not dict}
            return await client.request(
                served.method,
                served.path.format(**in_path),
                json=fields if taken and not is_file else None,
                content=b"file" if is_file else None,
                params=None if is_command and not is_file else params,
                headers=headers,
            )

        yield ask


async def _person(settings: Settings, duties: Collection[Duty], body: UUID | None) -> str:
    """Somebody new, with some duties over one body or over the whole city."""
    actor_id = new_id()
    subject = str(actor_id)
    connection = await asyncpg.connect(settings.migration_database_url)
    await connection.execute(
        """INSERT INTO actor (id, version, subject, name, is_program, is_active)
           VALUES ($1, 1, $2, $2, false, true)""",
        actor_id,
        subject,
    )
    await connection.executemany(
        """INSERT INTO assignment (id, version, actor_id, duty, reach, body_id, true_from)
           VALUES ($1, 1, $2, $3, $4, $5, '2020-01-01')""",
        [(new_id(), actor_id, duty, "BODY" if body else "CITY", body) for duty in sorted(duties)],
    )
    await connection.close()
    return subject


def _told(answer: httpx.Response) -> tuple[int, dict[str, Any]]:
    """Status and problem, less the request's own id."""
    return answer.status_code, {**answer.json(), "instance": None}


def every_closed(app: FastAPI) -> Iterator[Served]:
    """Every operation that is not open to the public."""
    for served in every_served(app):
        if not is_public(served):
            yield served


async def test_the_public_reads_guides_and_nothing_else(app: FastAPI, ask: Ask, city: City) -> None:
    told = {served.name: await ask(served) for served in every_served(app) if is_public(served)}
    assert {name: got.status_code for name, got in told.items()} == {
        "guides.list_guides": 200,
        "guides.read_guide": 404,
        "guides.download_guide_file": 404,
    }


async def test_nobody_gets_in_without_a_token(app: FastAPI, ask: Ask, city: City) -> None:
    answers = {served.name: await ask(served) for served in every_closed(app)}
    let_in = {name: got.text for name, got in answers.items() if got.status_code != 401}
    assert answers
    assert let_in == {}


async def test_a_stranger_does_not_even_learn_what_a_request_should_look_like(
    app: FastAPI, city: City
) -> None:
    async with open_client(app) as client:
        answers = {
            served.name: await client.request(served.method, served.path, json={"no": "field"})
            for served in every_served(app)
            if "requestBody" in served.shown
        }
    assert {name: got.status_code for name, got in answers.items()} == dict.fromkeys(answers, 401)


async def test_every_duty_but_the_right_ones_is_not_enough(
    app: FastAPI, settings: Settings, ask: Ask, city: City
) -> None:
    let_in = {}
    for served in every_closed(app):
        others = _PEOPLE - served.operation.request.duties
        subject = await _person(settings, others, None)
        status, problem = _told(await ask(served, subject))
        if (status, problem["code"]) != (403, "not_allowed"):
            let_in[served.name] = (status, problem)
    assert let_in == {}


async def test_what_lies_out_of_reach_looks_as_if_it_did_not_exist(
    app: FastAPI, settings: Settings, ask: Ask, do: Do, city: City
) -> None:
    for duty in ("office_deputy", "realname_admin"):
        await give_duty(settings, MAY, duty)
    made = {name: await make(do, city) for name, make in MAKERS.items()}
    told_apart = {}
    for served in every_closed(app):
        in_path = set(re.findall(r"\{(\w+_id)\}", served.path))
        if not in_path or in_path <= SEEN_BY_ALL:
            continue
        duties = served.operation.request.duties - {Duty.PROCESS}
        stranger = await _person(settings, duties, city.other_body)
        missing = _told(await ask(served, stranger, dict.fromkeys(in_path, MISSING)))
        if missing[0] == 403:  # of the whole city: refused before anything is looked for
            continue
        named = {name: made[name] for name in in_path if name in made}
        assert named, f"Expected one of {in_path} in tests/contract/objects.py ({served.name})"
        foreign = _told(await ask(served, stranger, dict.fromkeys(in_path, MISSING) | named))
        if foreign != missing or foreign[0] != 404:
            told_apart[served.name] = (foreign, missing)
    assert told_apart == {}
