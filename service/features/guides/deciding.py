"""Finding a version of a guide that waits for a decision."""

from uuid import UUID

from service.core.auth.policy import missing
from service.core.command import Context
from service.features.guides import rules
from service.features.guides.publish_guide import LOCK
from service.features.guides.tables import GuideState, ServiceGuide


async def locked_version(context: Context, guide_id: UUID) -> ServiceGuide:
    """A proposed version, locked until the transaction ends.

    Raises:
        NotFound: There is none.
        GuideDecided: It was approved or rejected already.
        GuideSecondPerson: The caller drafted it.
    """
    context.require_city()
    await context.connection.execute(LOCK)
    record = await context.connection.fetchrow(
        "SELECT * FROM service_guide WHERE id = $1 FOR UPDATE", guide_id
    )
    if record is None:
        raise missing("a version of a guide with this id")
    guide = ServiceGuide.read(record)
    context.require_version(guide)
    if guide.state is not GuideState.PROPOSED:
        raise rules.GuideDecided(
            f"Expected a version that waits for a decision, but it is {guide.state}.",
            f"应当为待审定的版本，但其状态为{guide.state}。",
            state=guide.state,
        )
    if guide.proposed_by == context.actor.id:
        raise rules.GuideSecondPerson(
            "Expected somebody else to decide on it, but you drafted this version.",
            "应当由他人审定，但该版本由您本人拟定。",
        )
    return guide
