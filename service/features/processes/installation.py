"""The flows that come with the service, installed when it starts."""

from collections.abc import Callable
from pathlib import Path

import orjson

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.start import CannotStart
from service.features.decisions.finding import ERROR, Finding
from service.features.processes.install_release import (
    INSTALLATION,
    Installation,
    Installed,
    InstalledFolder,
    InstallRelease,
)
from service.features.processes.on_disk import FlowFolder, flows_below
from service.features.processes.tables import ReleaseState

_LAST = """
SELECT r.flow, v.path, v.hash FROM (
    SELECT DISTINCT ON (flow) id, flow FROM release
    WHERE proposed_by IS NULL AND proposed_by_name = $1 ORDER BY flow, number DESC) AS r
JOIN release_file f ON f.release_id = r.id JOIN file_version v ON v.id = f.version_id
"""
_SHOWN = 50


async def release_installation_files(
    executor: Executor, folder: Path, report: Callable[[str], None] = lambda _: None
) -> list[Installed]:
    """Propose and approve, as the installation, every flow below a folder that has changed.

    All are checked together, since they may call each other, and released together.
    Where nothing has changed since the last start, this is one question to the database.

    Args:
        report: Told in a few words what was released, and what waits for the office.

    Raises:
        CannotStart: A file is faulty; the message lists the findings.
    """
    found = flows_below(folder)
    _require_sound(
        [line_of(each.folder, finding) for each in found for finding in each.findings], folder
    )
    found = [each for each in found if each.files]
    if not await _is_changed(executor, found):
        return []
    folders = tuple(InstalledFolder(flow=each.flow, files=tuple(each.files)) for each in found)
    command = InstallRelease(folders=folders)
    answer = await executor.execute(command, Caller(is_process=True, language="en"))
    told = orjson.loads(answer.body)
    if answer.status >= 400:
        findings = [Finding(**each) for each in told.get("facts", {}).get("findings", [])]
        _require_sound([line_of(folder, finding) for finding in findings], folder)
        raise CannotStart(f"Expected to release the flows in {folder}, but: {told['detail']}")
    done = Installation(**told).items
    for each in done:
        if each.is_new:
            report(_said(each))
    return done


async def _is_changed(executor: Executor, found: list[FlowFolder]) -> bool:
    """Whether the files of any flow are not the ones installed last."""
    installed: dict[str, set[tuple[str, str]]] = {}
    async with executor.database.reading.acquire() as connection:
        for record in await connection.fetch(_LAST, INSTALLATION.name):
            installed.setdefault(record["flow"], set()).add((record["path"], record["hash"]))
    return any(
        {(file.path, file.hash) for file in each.files} != installed.get(each.flow)
        for each in found
    )


def _require_sound(lines: list[str], folder: Path) -> None:
    if not lines:
        return
    more = [f"… {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    first = f"Expected flows without faults in {folder}, but there are {len(lines)}:"
    raise CannotStart("\n".join([first, *lines[:_SHOWN], *more]))


def line_of(folder: Path, finding: Finding) -> str:
    """A finding as one line: `path:line element rule sentence`, in both languages."""
    place = f"{folder / finding.path}:{finding.line}"
    rule = finding.rule if finding.severity == ERROR else f"{finding.rule} ({finding.severity})"
    return f"{place} {finding.element or '-'} {rule} {finding.message_zh} · {finding.message}"


def _said(done: Installed) -> str:
    if done.state is ReleaseState.IN_FORCE:
        return f"released {done.flow} {done.number}"
    return f"proposed {done.flow} {done.number}: the office has a release of its own in force"
