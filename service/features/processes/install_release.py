"""Install a release: the flows that come with this version take effect when it starts."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.processes import rules
from service.features.processes.checking import Checked
from service.features.processes.checking_apart import LIMITS_OF_ALL, check_folders_apart
from service.features.processes.coming_into_force import in_force_of, put_into_force
from service.features.processes.contents import File, Files, Flow
from service.features.processes.propose_release import ReleaseProposed
from service.features.processes.proposing import LOCK, By, files_of, keep, require_sound
from service.features.processes.surroundings import outside_of
from service.features.processes.tables import Release, ReleaseState

#: Who stands in the release for both persons.
INSTALLATION = By(None, "安装包 installation")
_NOTE = "随安装包提供 · comes with the installation"
_LAST = """
SELECT * FROM release WHERE flow = $1 AND proposed_by IS NULL AND proposed_by_name = $2
ORDER BY number DESC LIMIT 1
"""


class InstalledFolder(BaseModel):
    """A flow's folder as it comes with the service."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    flow: Flow
    files: Files


class Installed(BaseModel):
    """What came of it: `number` and `state` are of the release that holds these files."""

    flow: str
    is_new: bool
    number: int
    state: ReleaseState


class Installation(BaseModel):
    """What came of each folder."""

    items: list[Installed]


class InstallRelease(Command[Installation]):
    """Keep the folders that come with the service as releases of their flows (安装流程版本).

    The installation stands for both persons. Files that it installed before make no release. Where
    the office has put its own release into force, the new one only waits for somebody to decide:
    an update must not undo what two people have answered for.

    Only the start of the service says this, never a request. All folders are checked together,
    since they may call each other, and all are released or none.
    """

    name = "processes.install_release"
    duties = frozenset({Duty.PROCESS})
    is_for_diagrams = False
    title_zh = "安装流程版本"
    title_en = "Install a release"
    refusals = (
        rules.ReleaseFaulty,
        rules.TableTestsFailed,
        rules.DecisionKeyTaken,
        rules.ProcessIdTaken,
    )

    folders: Annotated[tuple[InstalledFolder, ...], Field(min_length=1, max_length=100)]


@handles(InstallRelease)
async def install_release(command: InstallRelease, context: Context) -> Installation:
    context.require_city()
    folders = {folder.flow: folder.files for folder in command.folders}
    same = [await _unchanged(context, flow, files) for flow, files in folders.items()]
    if all(same):  # what was checked then need not be checked at each start
        return Installation(items=[each for each in same if each])
    outside = await outside_of(context.connection, *folders)
    checked = await check_folders_apart(folders, outside, LIMITS_OF_ALL)
    require_sound(_together(checked), is_forced=False)
    await context.connection.execute(LOCK)
    return Installation(
        items=[
            await _install(context, flow, files, checked[flow]) for flow, files in folders.items()
        ]
    )


def _together(checked: Mapping[str, Checked]) -> Checked:
    """The findings of all folders, each with its flow before the path."""
    findings = [
        finding.model_copy(update={"path": f"{flow}/{finding.path}"})
        for flow, each in checked.items()
        for finding in each.findings
    ]
    return Checked(findings=findings, facts={})


async def _install(
    context: Context, flow: str, files: tuple[File, ...], checked: Checked
) -> Installed:
    if same := await _unchanged(context, flow, files):
        return same
    try:
        release, _ = await keep(context, flow, files, checked, by=INSTALLATION, note=_NOTE)
    except rules.NothingNew as nothing:
        return await _same(context, flow, nothing.facts["number"])
    # The next folder's ids are held against this one's.
    await context.flush()
    context.announce(ReleaseProposed(flow=release.flow, number=release.number, is_forced=False))
    before = await in_force_of(context, flow)
    if before is None or _is_installed(before):
        release = await put_into_force(context, release, INSTALLATION)
    return _told(release, is_new=True)


def _is_installed(release: Release) -> bool:
    by = By(release.proposed_by, release.proposed_by_name)
    return by == INSTALLATION


async def _unchanged(context: Context, flow: str, files: tuple[File, ...]) -> Installed | None:
    """The release that was installed last, where it holds these very files."""
    record = await context.connection.fetchrow(_LAST, flow, INSTALLATION.name)
    if record is None:
        return None
    release = Release.read(record)
    versions = await files_of(context.connection, release.id)
    kept = {(version.path, version.hash) for version in versions}
    is_same = kept == {(file.path, file.hash) for file in files}
    return _told(release, is_new=False) if is_same else None


async def _same(context: Context, flow: str, number: int) -> Installed:
    """Somebody has proposed these very files already."""
    record = await context.connection.fetchrow(
        "SELECT * FROM release WHERE flow = $1 AND number = $2", flow, number
    )
    assert record is not None, "it was found under the same lock"
    return _told(Release.read(record), is_new=False)


def _told(release: Release, *, is_new: bool) -> Installed:
    return Installed(flow=release.flow, is_new=is_new, number=release.number, state=release.state)
