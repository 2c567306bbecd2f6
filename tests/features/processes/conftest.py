"""`MAY` drafts flows, the director approves; the two others do not work in the office."""

from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import httpx
import pytest

from service.core.auth.dev_issuer import DevIssuer
from service.core.ids import new_id
from service.features.processes.authors import EXAMPLE_MODEL
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api
from tests.people import MAY

DIRECTOR = "director"
TABLE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="authority"
             xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
             name="authority" namespace="urn:dingbian:test">
  <inputData id="rank" name="rank"><variable name="rank" typeRef="string"/></inputData>
  <decision id="authority_level" name="authority level">
    <extensionElements><zeebe:versionTag value="{tag}"/></extensionElements>
    <variable name="authority level" typeRef="string"/>
    <informationRequirement id="r"><requiredInput href="#rank"/></informationRequirement>
    <decisionTable id="authority_table" hitPolicy="UNIQUE">
      <input id="i" label="规格"><inputExpression id="ie" typeRef="string"><text>rank</text>
        </inputExpression><inputValues><text>"GU", "KE"</text></inputValues></input>
      <output id="o" name="level" typeRef="string"/>
      <annotation name="article"/>
      <rule id="rule_gu"><inputEntry id="a1"><text>"GU"</text></inputEntry>
        <outputEntry id="b1"><text>"{office}"</text></outputEntry>
        <annotationEntry><text>第九条</text></annotationEntry></rule>
      <rule id="rule_ke"><inputEntry id="a2"><text>"KE"</text></inputEntry>
        <outputEntry id="b2"><text>"commission"</text></outputEntry>
        <annotationEntry><text>第十条</text></annotationEntry></rule>
    </decisionTable>
  </decision>
</definitions>
"""
SCENARIO = """
decision: authority_level
cases:
  - name: 股级由编办审批
    inputs: {rank: GU}
    expect: office
  - name: 科级由编委审批
    inputs: {rank: KE}
    expect: commission
"""


def table(office: str = "office", tag: str = "v1") -> str:
    return TABLE.replace("{office}", office).replace("{tag}", tag)


def files(model: str = "", scenario: str = SCENARIO) -> list[dict[str, str]]:
    made = [{"path": "authority.dmn", "content": model or table()}]
    if scenario:
        made.append({"path": "scenarios/authority.yaml", "content": scenario})
    return made


LEVELS = [{"path": "levels.dmn", "content": EXAMPLE_MODEL}]


@pytest.fixture
async def city(city: City, settings: Settings) -> City:
    """`MAY` is an author too; the director is a person of its own."""
    await give_duty(settings, MAY, "process_author")
    connection = await asyncpg.connect(settings.migration_database_url)
    await connection.execute(
        """INSERT INTO actor (id, version, subject, name, is_program, is_active)
           VALUES ($1, 1, $2, $2, false, true)""",
        new_id(),
        DIRECTOR,
    )
    await connection.close()
    await give_duty(settings, DIRECTOR, "office_director")
    return city


AsDirector = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
def director(api: Api, settings: Settings) -> AsDirector:
    """Send a request as the director."""
    token = DevIssuer.of(settings.data_dir, settings.oidc_audience).token(DIRECTOR)

    async def director(method: str, path: str, json: Any = None, **more: str) -> httpx.Response:
        return await api(method, path, json, who=None, authorization=f"Bearer {token}", **more)

    return director


Release = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def release(api: Api, director: AsDirector) -> Release:
    """Propose files as `MAY` and approve them as the director."""

    async def release(sent: list[dict[str, str]], flow: str = "matters") -> dict[str, Any]:
        made = await api("POST", f"/flows/{flow}/releases", {"files": sent})
        assert made.status_code == 201, made.text
        path = f"/releases/{made.json()['id']}/approve"
        approved = await director("POST", path, if_match=made.headers["etag"])
        assert approved.status_code == 200, approved.text
        return dict(made.json())

    return release
