"""Keeping a proposed release: its number, and the versions of its files."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from service.core.command import Context
from service.core.ids import new_id
from service.core.store.db import Connection
from service.features.processes import rules
from service.features.processes.contents import Checked, File, check
from service.features.processes.tables import FileVersion, Release, ReleaseFile, ReleaseState
from service.features.processes.view import ReleaseView, view_of

#: Proposals and decisions wait for each other: numbers follow one another, one release of a flow
#: is in force, and an id of a decision belongs to one flow.
LOCK = "SELECT pg_advisory_xact_lock(hashtext('release'))"
_NEWEST = """
SELECT r.number, array_agg(f.version_id) AS versions FROM release r
JOIN release_file f ON f.release_id = r.id
WHERE r.flow = $1 AND r.state <> 'REJECTED' GROUP BY r.number ORDER BY r.number DESC LIMIT 1
"""
_KNOWN = """
SELECT v.* FROM file_version v
JOIN unnest($2::text[], $3::text[]) AS sent(path, hash) ON v.path = sent.path AND v.hash = sent.hash
WHERE v.flow = $1
"""
_NUMBERS = "SELECT path, max(number) AS number FROM file_version WHERE flow = $1 GROUP BY path"
_TAKEN = """
SELECT k.key, r.flow FROM release r JOIN release_file f ON f.release_id = r.id
JOIN file_version v ON v.id = f.version_id CROSS JOIN unnest(v.keys) AS k(key)
WHERE r.flow <> $1 AND r.state IN ('IN_FORCE', 'PROPOSED') AND v.keys && $2::text[]
AND k.key = ANY($2) LIMIT 1
"""


async def propose(
    context: Context, flow: str, files: Sequence[File], note: str, *, is_forced: bool
) -> ReleaseView:
    """Check the files and keep them as the flow's next release.

    Raises:
        ReleaseFaulty: One of them cannot be used.
        TableTestsFailed: A table answers otherwise than its scenarios say, and nobody forces it.
        NothingNew: They are those of the newest release.
        DecisionKeyTaken: Another flow has a decision of the same id.
    """
    context.require_city()
    checked = await asyncio.to_thread(check, files)
    _require_sound(checked, is_forced=is_forced)
    await context.connection.execute(LOCK)
    await _require_keys(context, flow, checked)
    versions = await _versions_of(context, flow, files, checked)
    last = await context.connection.fetchrow(_NEWEST, flow)
    if last is not None and {version.id for version in versions} == set(last["versions"]):
        raise rules.NothingNew(
            f"Expected something new, but release {last['number']} holds these very files.",
            f"内容应当有变化，但与第{last['number']}版完全相同。",
            number=last["number"],
        )
    number = await context.connection.fetchval(
        "SELECT coalesce(max(number), 0) + 1 FROM release WHERE flow = $1", flow
    )
    release = context.insert(
        Release(
            id=new_id(),
            flow=flow,
            number=number,
            state=ReleaseState.PROPOSED,
            note=note,
            is_forced=is_forced and bool(checked.failed_tests),
            findings=[finding.model_dump() for finding in checked.findings],
            proposed_by=context.actor.id,
            proposed_by_name=context.actor.name,
            proposed_at=context.now,
        )
    )
    for version in versions:
        context.insert(ReleaseFile(release_id=release.id, version_id=version.id))
    context.tag(release)
    return view_of(release, versions)


def _require_sound(checked: Checked, *, is_forced: bool) -> None:
    if checked.errors:
        raise rules.ReleaseFaulty(
            f"Expected files without faults, but they have {len(checked.errors)}: "
            f"{checked.errors[0].message}",
            f"流程文件应当无误，但有{len(checked.errors)}处错误：{checked.errors[0].message_zh}",
            findings=[finding.model_dump() for finding in checked.errors],
        )
    if checked.failed_tests and not is_forced:
        failed = checked.failed_tests
        raise rules.TableTestsFailed(
            f"Expected every scenario to hold, but {len(failed)} do not: {failed[0].message}",
            f"全部测试应当通过，但有{len(failed)}项未通过：{failed[0].message_zh}",
            findings=[finding.model_dump() for finding in failed],
        )


async def _require_keys(context: Context, flow: str, checked: Checked) -> None:
    keys = [key for model in checked.models.values() for key in model.keys]
    taken = await context.connection.fetchrow(_TAKEN, flow, keys)
    if taken is not None:
        raise rules.DecisionKeyTaken(
            f"Expected ids that no other flow uses, but {taken['flow']} has {taken['key']}.",
            f"决策标识应当全市唯一，但流程{taken['flow']}已使用{taken['key']}。",
            key=taken["key"],
            flow=taken["flow"],
        )


async def _versions_of(
    context: Context, flow: str, files: Sequence[File], checked: Checked
) -> list[FileVersion]:
    """The version of each file: the one with the same content, or a new one."""
    hashes = {file.path: file.hash for file in files}
    sent = (flow, list(hashes), list(hashes.values()))
    known = {
        record["path"]: FileVersion.read(record)
        for record in await context.connection.fetch(_KNOWN, *sent)
    }
    newest = {
        record["path"]: record["number"]
        for record in await context.connection.fetch(_NUMBERS, flow)
    }
    versions = []
    for file in files:
        version = known.get(file.path)
        if version is None:
            model = checked.models.get(file.path)
            version = context.insert(
                FileVersion(
                    id=new_id(),
                    flow=flow,
                    path=file.path,
                    number=newest.get(file.path, 0) + 1,
                    hash=hashes[file.path],
                    content=file.content,
                    version_tag=model.version_tag if model else None,
                    keys=list(model.keys) if model else [],
                )
            )
        versions.append(version)
    return versions


async def files_of(connection: Connection, release_id: UUID) -> list[FileVersion]:
    """The files of a release, by path."""
    records = await connection.fetch(
        """SELECT v.* FROM release_file f JOIN file_version v ON v.id = f.version_id
           WHERE f.release_id = $1 ORDER BY v.path""",
        release_id,
    )
    return [FileVersion.read(record) for record in records]
