"""Small diagrams, and putting them into force."""

import re
from collections.abc import Mapping
from hashlib import sha256
from itertools import pairwise
from uuid import UUID

import asyncpg

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.ids import new_id
from service.core.store.db import connect
from service.features.processes.approve_release import ApproveRelease
from service.settings import Settings

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
             xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
             xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
             xmlns:dingbian="urn:dingbian:bpmn:1"
             id="d" targetNamespace="urn:dingbian:test">
"""


def diagram(process: str, inside: str, shared: str = "", name: str = "") -> str:
    """A file with one process; `shared` is what stands beside it: messages, errors."""
    title = f' name="{name}"' if name else ""
    return (
        f'{_HEAD}{shared}<process id="{process}"{title} isExecutable="true">{inside}</process>'
        "</definitions>"
    )


def chain(*elements: str) -> str:
    """Elements in a row, joined by flows; each is XML whose first attribute is its id."""
    ids = [element.split('id="', 1)[1].split('"', 1)[0] for element in elements]
    flows = [
        f'<sequenceFlow id="to_{after}" sourceRef="{before}" targetRef="{after}"/>'
        for before, after in pairwise(ids)
    ]
    return "".join([*elements, *flows])


START, END = '<startEvent id="start"/>', '<endEvent id="end"/>'


def user_task(id_: str, extensions: str = "", name: str = "", duty: str = "") -> str:
    """A user task; for the office's case officers unless another duty or `-` (none) is named."""
    groups = duty or "office_case_officer"
    offered = "" if duty == "-" else f'<zeebe:assignmentDefinition candidateGroups="{groups}"/>'
    return (
        f'<userTask id="{id_}" name="{name or id_}"><extensionElements>{offered}{extensions}'
        "</extensionElements></userTask>"
    )


async def in_force(
    settings: Settings, flow: str, files: Mapping[str, str], *processes: str
) -> UUID:
    """Put a folder into force as its next release, by somebody whom nobody else knows."""
    release = await proposed(settings, flow, files, *processes)
    subject = await _approver(settings)
    database = await connect(settings)
    try:
        approve = ApproveRelease(release_id=release)
        answer = await Executor(database).execute(approve, Caller(subject=subject), if_match="1")
    finally:
        await database.close()
    assert answer.status == 200, answer.body
    return release


async def _approver(settings: Settings) -> str:
    connection = await asyncpg.connect(settings.migration_database_url)
    actor_id = new_id()
    await connection.execute(
        """INSERT INTO actor (id, version, subject, name, is_program, is_active)
           VALUES ($1, 1, $2, $2, false, true)""",
        actor_id,
        str(actor_id),
    )
    await connection.execute(
        """INSERT INTO assignment (id, version, actor_id, duty, reach, true_from)
           VALUES ($1, 1, $2, 'office_director', 'CITY', '2019-01-01')""",
        new_id(),
        actor_id,
    )
    await connection.close()
    return str(actor_id)


async def proposed(
    settings: Settings, flow: str, files: Mapping[str, str], *processes: str
) -> UUID:
    """Keep a folder as its next release, to be approved."""
    connection = await asyncpg.connect(settings.migration_database_url)
    async with connection.transaction():
        release: UUID = await connection.fetchval(
            """INSERT INTO release (id, flow, number, state, note, is_forced, findings,
                   proposed_by_name, proposed_at, version)
               SELECT $1, $2::varchar, count(*) + 1, 'PROPOSED', '', false, '[]',
                      'x', now(), 1
               FROM release WHERE flow = $2 RETURNING id""",
            new_id(),
            flow,
        )
        for path, content in files.items():
            tag = re.search(r'<zeebe:versionTag value="([^"]+)"', content)
            version = await connection.fetchval(
                """INSERT INTO file_version
                       (id, flow, path, number, hash, content, version_tag, keys, processes)
                   SELECT $1, $2::varchar, $3::varchar, count(*) + 1, $4, $5, $7, $8, $6
                   FROM file_version WHERE flow = $2 AND path = $3 RETURNING id""",
                new_id(),
                flow,
                path,
                sha256(content.encode()).hexdigest(),
                content,
                list(processes) if path.endswith(".bpmn") else [],
                tag[1] if tag else None,
                re.findall(r'<decision id="([^"]+)"', content),
            )
            await connection.execute("INSERT INTO release_file VALUES ($1, $2)", release, version)
    await connection.close()
    return release
