"""Which releases a case runs on: its own folder, and of others what its diagrams ask for.

A diagram binds what it calls: to `latest`, the release in force when the case begins; to
`deployment`, its own release; to `versionTag`, the newest release that is or was in force with
this tag. Diagrams that run together have one release of each flow.
"""

from collections.abc import Sequence
from uuid import UUID

from service.core.store.db import Connection
from service.features.processes import rules
from service.features.processes.folders import Folder, Need, folders_of

_TAGGED = """
SELECT r.id FROM release r JOIN release_file f ON f.release_id = r.id
JOIN file_version v ON v.id = f.version_id
WHERE r.state IN ('IN_FORCE', 'SUPERSEDED') AND v.version_tag = $2
AND CASE WHEN $3 THEN v.keys ELSE v.processes END @> ARRAY[$1::text]
ORDER BY r.decided_at DESC, r.number DESC LIMIT 1
"""


async def reached(connection: Connection, own: Folder, others: Sequence[Folder]) -> list[Folder]:
    """A folder with those that it calls or asks, and those that they do.

    Args:
        others: The folders in force, of other flows.

    Raises:
        ProcessMissing: Something is bound to a version that there is not.
        BindingsConflict: Two releases of one flow are asked for.
    """
    found: dict[str, Folder] = {}
    waiting = [own]
    while waiting:
        folder = waiting.pop()
        if folder.flow in found:
            if found[folder.flow].id != folder.id:
                raise _conflict(found[folder.flow], folder)
            continue
        found[folder.flow] = folder
        for other in [own, *others]:
            is_meant = folder.calls & other.processes.keys() or folder.asks & other.decisions.keys()
            if is_meant:
                waiting.append(other)
        for need in folder.bound:
            meant = await _bound(connection, folder, need)
            if meant is not None:
                waiting.append(meant)
    if any(folder.names_freely for folder in found.values()):
        for other in others:
            found.setdefault(other.flow, other)
    return list(found.values())


async def _bound(connection: Connection, folder: Folder, need: Need) -> Folder | None:
    """The folder that a bound name means; None for the one that names it."""
    is_own = need.id in (folder.decisions if need.is_decision else folder.processes)
    if need.kind == "deployment":
        if not is_own:
            raise _missing(folder, need)
        return None
    if is_own and _tag_of(folder, need) == need.tag:
        return None
    release: UUID | None = await connection.fetchval(_TAGGED, need.id, need.tag, need.is_decision)
    if release is None:
        raise _missing(folder, need)
    (meant,) = await folders_of(connection, [release])
    return meant


def _tag_of(folder: Folder, need: Need) -> str | None:
    if need.is_decision:
        return folder.decisions[need.id].version_tag
    return folder.tags[need.id]


def _missing(folder: Folder, need: Need) -> rules.ProcessMissing:
    where = f"with the tag {need.tag}" if need.tag else "in its own release"
    return rules.ProcessMissing(
        f"Expected {need.id} {where}, as {folder.flow} asks for it, but there is none.",
        f"{folder.flow}所引用的{need.id}应当有指定版本，但没有。",
        process=need.id,
    )


def _conflict(one: Folder, other: Folder) -> rules.BindingsConflict:
    return rules.BindingsConflict(
        f"Expected one release of {one.flow}, but {one.number} and {other.number} are asked for.",
        f"{one.flow}应当只引用一个版本，但同时引用了第{one.number}版和第{other.number}版。",
        flow=one.flow,
        releases=sorted((one.number, other.number)),
    )
