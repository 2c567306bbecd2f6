"""Install a release: the flows that come with this version take effect when it starts."""

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.processes import rules
from service.features.processes.checking_apart import check_apart
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


class Installed(BaseModel):
    """What came of it: `number` and `state` are of the release that holds these files."""

    flow: str
    is_new: bool
    number: int
    state: ReleaseState


class InstallRelease(Command[Installed]):
    """Keep a folder that comes with the service as its flow's next release (安装流程版本).

    The installation stands for both persons. Files that it installed before make no release. Where
    the office has put its own release into force, the new one only waits for somebody to decide:
    an update must not undo what two people have answered for.

    Only the start of the service says this, never a request.
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

    flow: Flow
    files: Files
    #: Ids of what the other folders of the installation hold, which this one may name.
    processes_beside: frozenset[str] = frozenset()
    decisions_beside: frozenset[str] = frozenset()


@handles(InstallRelease)
async def install_release(command: InstallRelease, context: Context) -> Installed:
    context.require_city()
    known = await _last_installed(context, command.flow)
    if known is not None and await _holds(context, known, command.files):
        return _told(known, is_new=False)  # what was checked then need not be checked at each start
    outside = await outside_of(context.connection, command.flow)
    outside = outside.and_also(command.processes_beside, command.decisions_beside)
    checked = await check_apart(command.files, outside)
    require_sound(checked, is_forced=False)
    await context.connection.execute(LOCK)
    last = await _last_installed(context, command.flow)
    if last is not None and await _holds(context, last, command.files):
        return _told(last, is_new=False)
    try:
        release, _ = await keep(
            context, command.flow, command.files, checked, by=INSTALLATION, note=_NOTE
        )
    except rules.NothingNew as same:
        return await _same(context, command.flow, same.facts["number"])
    await context.flush()
    context.announce(ReleaseProposed(flow=release.flow, number=release.number, is_forced=False))
    before = await in_force_of(context, command.flow)
    if before is None or _is_installed(before):
        release = await put_into_force(context, release, INSTALLATION)
    return _told(release, is_new=True)


def _is_installed(release: Release) -> bool:
    by = By(release.proposed_by, release.proposed_by_name)
    return by == INSTALLATION


async def _last_installed(context: Context, flow: str) -> Release | None:
    record = await context.connection.fetchrow(_LAST, flow, INSTALLATION.name)
    return None if record is None else Release.read(record)


async def _holds(context: Context, release: Release, files: tuple[File, ...]) -> bool:
    versions = await files_of(context.connection, release.id)
    kept = {(version.path, version.hash) for version in versions}
    return kept == {(file.path, file.hash) for file in files}


async def _same(context: Context, flow: str, number: int) -> Installed:
    """Somebody has proposed these very files already."""
    record = await context.connection.fetchrow(
        "SELECT * FROM release WHERE flow = $1 AND number = $2", flow, number
    )
    assert record is not None, "it was found under the same lock"
    return _told(Release.read(record), is_new=False)


def _told(release: Release, *, is_new: bool) -> Installed:
    return Installed(flow=release.flow, is_new=is_new, number=release.number, state=release.state)
