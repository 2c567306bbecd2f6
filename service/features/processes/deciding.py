"""Finding a release that waits for a decision, with all releases of its flow standing still."""

from uuid import UUID

from service.core.auth.policy import missing
from service.core.command import Context
from service.features.processes import rules
from service.features.processes.proposing import LOCK
from service.features.processes.tables import Release, ReleaseState


async def locked_proposal(context: Context, release_id: UUID) -> Release:
    """A proposed release, locked until the transaction ends.

    Raises:
        NotFound: There is none.
        ReleaseDecided: It was approved or rejected already.
        SecondPersonRequired: The caller proposed it.
    """
    context.require_city()
    await context.connection.execute(LOCK)
    record = await context.connection.fetchrow(
        "SELECT * FROM release WHERE id = $1 FOR UPDATE", release_id
    )
    if record is None:
        raise missing("a release with this id")
    release = Release.read(record)
    context.require_version(release)
    if release.state is not ReleaseState.PROPOSED:
        raise rules.ReleaseDecided(
            f"Expected a proposed release, but release {release.number} is {release.state}.",
            f"应当为待审定的版本，但第{release.number}版状态为{release.state}。",
            state=release.state,
        )
    if release.proposed_by == context.actor.id:
        raise rules.SecondPersonRequired(
            "Expected somebody else to decide on it, but you proposed this release.",
            "应当由他人审定，但该版本由您本人提交。",
        )
    return release
