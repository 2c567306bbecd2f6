"""Keeping a proposed release: its number, and the versions of its files."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from service.core.command import Context
from service.core.ids import new_id
from service.core.store.db import Connection
from service.features.processes import rules
from service.features.processes.checking import Checked
from service.features.processes.checking_apart import check_apart
from service.features.processes.contents import File
from service.features.processes.surroundings import outside_of
from service.features.processes.tables import FileVersion, Release, ReleaseFile, ReleaseState
from service.features.processes.view import ReleaseView, view_of

#: Proposals and decisions wait for each other: numbers follow one another, one release of a flow
#: is in force, and an id of a decision or a process belongs to one flow.
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
SELECT k.kind, k.id, r.flow FROM release r JOIN release_file f ON f.release_id = r.id
JOIN file_version v ON v.id = f.version_id
CROSS JOIN LATERAL (SELECT 'decision' AS kind, id FROM unnest(v.keys) AS id WHERE id = ANY($2)
    UNION ALL SELECT 'process', id FROM unnest(v.processes) AS id WHERE id = ANY($3)) AS k
WHERE r.flow <> $1 AND r.state IN ('IN_FORCE', 'PROPOSED')
AND (v.keys && $2::text[] OR v.processes && $3::text[]) LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class By:
    """Who answers for a release or decides on it; `id` is None for the installation."""

    id: UUID | None
    name: str


async def propose(
    context: Context, flow: str, files: Sequence[File], note: str, *, is_forced: bool
) -> ReleaseView:
    """Check the files and keep them as the flow's next release.

    Raises:
        ReleaseFaulty: One of them cannot be used.
        TableTestsFailed: A scenario of a table or diagram fails, and nobody forces it.
        NothingNew: They are those of the newest release.
        DecisionKeyTaken, ProcessIdTaken: Another flow has a decision or process of the same id.
        Unavailable: Too many checks are under way.
    """
    context.require_city()
    outside = await outside_of(context.connection, flow)
    checked = await check_apart(files, outside)
    require_sound(checked, is_forced=is_forced)
    await context.connection.execute(LOCK)
    by = By(context.actor.id, context.actor.name)
    release, versions = await keep(
        context, flow, files, checked, by=by, note=note, is_forced=is_forced
    )
    context.tag(release)
    return view_of(release, versions)


async def keep(
    context: Context,
    flow: str,
    files: Sequence[File],
    checked: Checked,
    *,
    by: By,
    note: str,
    is_forced: bool = False,
) -> tuple[Release, list[FileVersion]]:
    """Insert a proposed release of sound files, under `LOCK`; raises as `propose`."""
    await _require_ids(context, flow, checked)
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
            proposed_by=by.id,
            proposed_by_name=by.name,
            proposed_at=context.now,
        )
    )
    for version in versions:
        context.insert(ReleaseFile(release_id=release.id, version_id=version.id))
    return release, versions


def require_sound(checked: Checked, *, is_forced: bool) -> None:
    """Refuse files with errors, and with failed tests unless somebody forces them."""
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


async def _require_ids(context: Context, flow: str, checked: Checked) -> None:
    """An id of a decision or of a process means one thing in the city."""
    ids = checked.ids("keys"), checked.ids("processes")
    taken = await context.connection.fetchrow(_TAKEN, flow, *ids)
    if taken is None:
        return
    if taken["kind"] == "process":
        raise rules.ProcessIdTaken(
            f"Expected ids that no other flow uses, but {taken['flow']} has {taken['id']}.",
            f"流程标识应当全市唯一，但{taken['flow']}已使用{taken['id']}。",
            process=taken["id"],
            flow=taken["flow"],
        )
    raise rules.DecisionKeyTaken(
        f"Expected ids that no other flow uses, but {taken['flow']} has {taken['id']}.",
        f"决策标识应当全市唯一，但流程{taken['flow']}已使用{taken['id']}。",
        key=taken["id"],
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
            version = context.insert(
                FileVersion(
                    id=new_id(),
                    flow=flow,
                    path=file.path,
                    number=newest.get(file.path, 0) + 1,
                    hash=hashes[file.path],
                    content=file.content,
                    **checked.facts[file.path].model_dump(),
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
