"""The flow that both sides work on, and as many cases of it as a measurement uses up.

A case stands at `first`. Completing it passes a gateway with two conditions and a command of the
service (an event announced to other systems), and opens `second` for the same officers.
"""

from hashlib import sha256
from uuid import UUID

import asyncpg
import httpx

from bench.city import BODY, FIRST, FIXED, SUBJECT
from service.core.auth.dev_issuer import DevIssuer
from service.core.ids import new_id
from service.main import create_app
from service.settings import Settings

TASK = f"01907a5c{FIXED}"
_CASE = f"0190ca5e{FIXED}"
#: Of no number that a measurement has, so that it stays the same in every script.
_RELEASE = UUID(f"01904e1e{FIXED}{FIRST + 999_999_999}")
PROCESS = "bench"
_NAMESPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
)


def _user_task(id_: str) -> str:
    return (
        f'<userTask id="{id_}" name="{id_}"><extensionElements><zeebe:assignmentDefinition'
        ' candidateGroups="office_case_officer"/></extensionElements></userTask>'
    )


def _flow(id_: str, source: str, target: str, condition: str = "") -> str:
    told = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return (
        f'<sequenceFlow id="{id_}" sourceRef="{source}" targetRef="{target}">{told}</sequenceFlow>'
    )


DIAGRAM = f"""<?xml version="1.0" encoding="UTF-8"?>
<definitions {_NAMESPACES} id="d" targetNamespace="urn:dingbian:bench">
<process id="{PROCESS}" name="测量" isExecutable="true">
<startEvent id="start"/>{_user_task("first")}
<exclusiveGateway id="way" default="f_back"/>
<serviceTask id="tell"><extensionElements>
<zeebe:taskDefinition type="events.announce_event"/>
<zeebe:ioMapping><zeebe:input source="posts agreed" target="event"/>
<zeebe:input source="={{posts: posts}}" target="data"/></zeebe:ioMapping>
</extensionElements></serviceTask>
{_user_task("second")}{_user_task("third")}<endEvent id="end"/>
{_flow("f_start", "start", "first")}{_flow("f_first", "first", "way")}
{_flow("f_many", "way", "third", "=posts &gt; 100 and agreed")}
{_flow("f_few", "way", "tell", "=posts &lt;= 100 and agreed")}
{_flow("f_back", "way", "first")}{_flow("f_tell", "tell", "second")}
{_flow("f_second", "second", "end")}{_flow("f_third", "third", "end")}
</process></definitions>
"""
ANSWER = {"agreed": True, "posts": 7}

_CLONES = f"""
INSERT INTO instance SELECT r.* FROM instance p, generate_series($1::bigint, $2::bigint) n,
    LATERAL jsonb_populate_record(p, jsonb_build_object(
        'id', '{_CASE}' || n, 'root_id', '{_CASE}' || n, 'title', NULL)) r
WHERE p.title = 'prototype'
"""
_CLONED_TASKS = f"""
INSERT INTO task SELECT r.* FROM instance p JOIN task t ON t.instance_id = p.id,
    generate_series($1::bigint, $2::bigint) n,
    LATERAL jsonb_populate_record(t, jsonb_build_object(
        'id', '{TASK}' || n, 'instance_id', '{_CASE}' || n, 'title', NULL)) r
WHERE p.title = 'prototype'
"""
_CLONED_INBOX = f"""
INSERT INTO inbox SELECT r.* FROM instance p JOIN inbox t ON t.instance_id = p.id,
    generate_series($1::bigint, $2::bigint) n,
    LATERAL jsonb_populate_record(t, jsonb_build_object(
        'task_id', '{TASK}' || n, 'instance_id', '{_CASE}' || n)) r
WHERE p.title = 'prototype'
"""


async def release(owner_url: str) -> None:
    """Put the flow into force."""
    connection = await asyncpg.connect(owner_url)
    release_id, version_id = _RELEASE, new_id()
    await connection.execute(
        """INSERT INTO release (id, flow, number, state, note, is_forced, findings,
               proposed_by_name, proposed_at, decided_at, version)
           VALUES ($1, 'bench', 1, 'IN_FORCE', '', false, '[]', '', now(), now(), 1)""",
        release_id,
    )
    await connection.execute(
        """INSERT INTO file_version (id, flow, path, number, hash, content, keys, processes)
           VALUES ($1, 'bench', 'bench.bpmn', 1, $2, $3, '{}', ARRAY[$4])""",
        version_id,
        sha256(DIAGRAM.encode()).hexdigest(),
        DIAGRAM,
        PROCESS,
    )
    await connection.execute("INSERT INTO release_file VALUES ($1, $2)", release_id, version_id)
    await connection.close()


async def start_prototype(settings: Settings) -> None:
    """Start the case of which all others are copies, through the service."""
    app = create_app(settings)
    token = DevIssuer.of(settings.data_dir, settings.oidc_audience).token(SUBJECT)
    body = {"title": "prototype", "body_id": f"{BODY}{FIRST + 500}"}
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://bench") as client:
            answer = await client.post(
                f"/api/v1/processes/{PROCESS}/instances",
                headers={"authorization": f"Bearer {token}"},
                json=body,
            )
            assert answer.status_code == 201, answer.text


async def copy(owner_url: str, first: int, count: int) -> None:
    """Add cases, each at its first task, with these numbers."""
    connection = await asyncpg.connect(owner_url)
    try:
        for statement in (_CLONES, _CLONED_TASKS, _CLONED_INBOX):
            await connection.execute(statement, first, first + count - 1)
        await connection.execute("VACUUM ANALYZE instance, task, inbox")
    finally:
        await connection.close()
