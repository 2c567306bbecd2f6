"""The flows that come with the service, installed when it starts."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import orjson

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.start import CannotStart
from service.features.decisions.finding import ERROR, WARNING, Finding
from service.features.processes.checking_apart import check_folders_apart
from service.features.processes.contents import File
from service.features.processes.install_release import (
    INSTALLATION,
    Installed,
    InstallRelease,
)
from service.features.processes.on_disk import FlowFolder, flows_below
from service.features.processes.surroundings import outside_of
from service.features.processes.tables import ReleaseState

_LAST = """
SELECT r.flow, v.path, v.hash FROM (
    SELECT DISTINCT ON (flow) id, flow FROM release
    WHERE proposed_by IS NULL AND proposed_by_name = $1 ORDER BY flow, number DESC) AS r
JOIN release_file f ON f.release_id = r.id JOIN file_version v ON v.id = f.version_id
"""
_SHOWN = 50

Ids = Mapping[str, tuple[frozenset[str], frozenset[str]]]


async def release_installation_files(
    executor: Executor, folder: Path, report: Callable[[str], None] = lambda _: None
) -> list[Installed]:
    """Propose and approve, as the installation, every flow below a folder that has changed.

    All flows are checked together before the first is touched, since they may call each other.
    Where nothing has changed since the last start, this is one question to the database.

    Args:
        report: Told in a few words what was released, and what waits for the office.

    Raises:
        CannotStart: A file is faulty; the message lists the findings.
    """
    found = flows_below(folder)
    _require_sound(folder, {each.flow: each.findings for each in found})
    changed = await _changed(executor, found)
    if not changed:
        return []
    ids = await _checked(executor, folder, found)
    done = [await _install(executor, each, ids) for each in changed]
    for each in done:
        if each.is_new:
            report(_said(each))
    return done


async def _changed(executor: Executor, found: list[FlowFolder]) -> list[FlowFolder]:
    """Those whose files are not the ones installed last."""
    installed: dict[str, set[tuple[str, str]]] = {}
    async with executor.database.reading.acquire() as connection:
        for record in await connection.fetch(_LAST, INSTALLATION.name):
            installed.setdefault(record["flow"], set()).add((record["path"], record["hash"]))
    return [
        each
        for each in found
        if each.files and {(f.path, f.hash) for f in each.files} != installed.get(each.flow)
    ]


async def _checked(executor: Executor, folder: Path, found: list[FlowFolder]) -> Ids:
    """The processes and decisions of each flow, all of which are sound."""
    sent: dict[str, list[File]] = {each.flow: each.files for each in found if each.files}
    async with executor.database.reading.acquire() as connection:
        outside = await outside_of(connection, "")
    checked = await check_folders_apart(sent, outside)
    _require_sound(folder, {flow: each.findings for flow, each in checked.items()})
    return {
        flow: (frozenset(each.ids("processes")), frozenset(each.ids("keys")))
        for flow, each in checked.items()
    }


async def _install(executor: Executor, each: FlowFolder, ids: Ids) -> Installed:
    beside = [both for flow, both in ids.items() if flow != each.flow]
    command = InstallRelease(
        flow=each.flow,
        files=tuple(each.files),
        processes_beside=frozenset[str]().union(*(processes for processes, _ in beside)),
        decisions_beside=frozenset[str]().union(*(decisions for _, decisions in beside)),
    )
    answer = await executor.execute(command, Caller(is_process=True, language="en"))
    told = orjson.loads(answer.body)
    if answer.status >= 400:
        raise CannotStart(f"Expected to release {each.flow}, but: {told['detail']}")
    return Installed(**told)


def _require_sound(folder: Path, findings: Mapping[str, Collection[Finding]]) -> None:
    lines = [
        line_of(folder / flow, finding)
        for flow, found in findings.items()
        for finding in found
        if finding.severity != WARNING
    ]
    if lines:
        more = [f"… {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
        raise CannotStart(
            "\n".join(
                [
                    f"Expected flows without faults in {folder}, but there are {len(lines)}:",
                    *lines[:_SHOWN],
                    *more,
                ]
            )
        )


def line_of(folder: Path, finding: Finding) -> str:
    """A finding as one line: `path:line element rule sentence`, in both languages."""
    place = f"{folder / finding.path}:{finding.line}"
    rule = finding.rule if finding.severity == ERROR else f"{finding.rule} ({finding.severity})"
    return f"{place} {finding.element or '-'} {rule} {finding.message_zh} · {finding.message}"


def _said(done: Installed) -> str:
    if done.state is ReleaseState.IN_FORCE:
        return f"released {done.flow} {done.number}"
    return f"proposed {done.flow} {done.number}: the office has a release of its own in force"
