"""The examples in the contract, sent as they stand: each is understood."""

import re
from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from service.core.auth.actor import Duty
from service.core.auth.dev_issuer import DevIssuer
from service.core.operation import Command
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Do, open_client
from tests.contract.objects import MAKERS
from tests.contract.routes import Served, every_served
from tests.contract.samples import sample
from tests.people import MAY

#: Refused for what stands in the way in the small city, never for the example's form.
_BY_RULE = {404, 409, 412, 422}
#: These need nothing that another command would have had to do before.
_DONE_AT_ONCE = {
    "access.register_actor",
    "bodies.add_nameplate",
    "bodies.change_body_details",
    "bodies.register_body",
    "bodies.rename_body",
    "bodies.set_functions",
    "bodies.set_up_internal_body",
    "bodies.start_reform",
    "documents.record_document",
    "quota.grant_quota",
    "quota.reserve_posts",
}


def in_path(served: Served) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", served.path))


def test_every_command_with_a_body_shows_a_whole_one(app: FastAPI) -> None:
    for served in every_served(app):
        request = served.operation.request
        if not issubclass(request, Command) or not _json_of(served):
            continue
        needed = {name for name, field in request.model_fields.items() if field.is_required()}
        assert needed - in_path(served) <= set(request.example), served.name
        if set(request.model_fields) - in_path(served) - {"if_match"}:
            assert request.example, served.name


@pytest.fixture
async def made(settings: Settings, do: Do, city: City) -> dict[str, Any]:
    """Things that exist, by the names that examples give to their ids."""
    for duty in ("office_deputy", "office_director", "realname_admin"):
        await give_duty(settings, MAY, duty)
    found = {name: str(await make(do, city)) for name, make in MAKERS.items()}
    bodies = {"to_body_id": str(city.other_body), "parent_id": str(city.other_body)}
    return found | bodies | {"document_id": str(city.document)}


async def test_every_example_is_understood_when_it_is_sent(
    app: FastAPI, settings: Settings, made: dict[str, Any]
) -> None:
    for duty in sorted(Duty.__members__.values()):
        if duty not in (Duty.PROCESS, Duty.OFFICE_CASE_OFFICER):
            await give_duty(settings, MAY, duty)
    token = DevIssuer.of(settings.data_dir, settings.oidc_audience).token(MAY)
    headers = {"authorization": f"Bearer {token}", "accept-language": "en"}
    not_understood, not_done = {}, {}
    async with open_client(app) as client:
        for served in every_served(app):
            example = served.operation.request.example
            if not example or not _json_of(served):
                continue
            whole = sample(served.operation.request)
            ids = {name: made.get(name, whole[name]) for name in in_path(served)}
            body = {n: v for n, v in _with(made, example).items() if n not in ids}
            path = served.path.format(**ids)
            match = {"if-match": await _etag_of(client, path, headers)}
            got = await client.request(served.method, path, json=body, headers=headers | match)
            if got.status_code >= 400:
                code = got.json()["code"]
                if got.status_code not in _BY_RULE or code == "invalid_input":
                    not_understood[served.name] = got.text
                if served.name in _DONE_AT_ONCE:
                    not_done[served.name] = got.text
    assert not_understood == {}
    assert not_done == {}


async def _etag_of(client: httpx.AsyncClient, path: str, headers: dict[str, str]) -> str:
    """The version of the nearest thing on a path that has one."""
    while path.count("/") > 3:
        seen = await client.get(path, headers=headers)
        if "etag" in seen.headers:
            return seen.headers["etag"]
        path = path.rpartition("/")[0]
    return '"1"'


def _json_of(served: Served) -> bool:
    content = served.shown.get("requestBody", {}).get("content", {})
    return "application/json" in content


def _with(made: Mapping[str, Any], example: Mapping[str, Any]) -> dict[str, Any]:
    """An example with ids of things that exist."""
    return {name: made.get(name, value) for name, value in example.items()}
