"""What the superior has said about a matter: beforehand, by an order, or in reply.

An order of the superior counts as prior communication and as its reply, as far as the changes
that it orders go (domain.md §3.A, A00t).
"""

from service.core.command import Context
from service.features.matters import rules
from service.features.matters.codes import Authority, Origin, Start
from service.features.matters.tables import Matter

_PRIOR = """
SELECT EXISTS (SELECT FROM matter_record WHERE matter_id = $1 AND kind = 'PRIOR_COMMUNICATION')
"""
_LAST = """
SELECT kind FROM matter_record WHERE matter_id = $1 AND kind IN ('UPWARD_REQUEST', 'RECALL')
ORDER BY id DESC LIMIT 1
"""
_ORIGIN = "SELECT origin FROM matter_deltas WHERE matter_id = $1 AND number = $2"


async def has_prior(context: Context, matter: Matter) -> bool:
    """Whether the superior was spoken to beforehand, or ordered the matter itself."""
    if matter.start is Start.SUPERIOR:
        return True
    return bool(await context.connection.fetchval(_PRIOR, matter.id))


async def require_prior(context: Context, matter: Matter) -> None:
    """Refuse to vote on or to send up what the superior decides, before it was spoken to (I23).

    Raises:
        PriorCommunicationRequired: There is no prior communication on record.
    """
    if matter.final_authority is Authority.SUPERIOR and not await has_prior(context, matter):
        raise rules.PriorCommunicationRequired(
            "Expected prior communication with the superior on record, but there is none.",
            "应当有与上级事前沟通的记录，但没有。",
        )


async def is_as_ordered(context: Context, matter: Matter) -> bool:
    """Whether the superior ordered exactly these changes: no meeting has changed them since."""
    if matter.start is not Start.SUPERIOR or not matter.stated.get("pure_superior_order"):
        return False
    origin = await context.connection.fetchval(_ORIGIN, matter.id, matter.deltas_number)
    return origin in (Origin.REQUEST, Origin.AMENDED)


def is_replied(matter: Matter) -> bool:
    """Whether the superior has agreed to the changes as they stand now."""
    return matter.replied_number == matter.deltas_number


async def require_not_recalled(context: Context, matter: Matter) -> None:
    """Refuse what comes after the commission called its request back.

    Raises:
        MatterMoved: It has, and the recall is on its way.
    """
    last = await context.connection.fetchval(_LAST, matter.id)
    if last == "RECALL":
        raise rules.MatterMoved(
            "Expected a request that lies with the superior, but it was called back.",
            "应当为上级正在办理的请示，但已决定撤回。",
        )
