"""Gather facts: what the tables of rules ask about a matter, from the matter and the ledger."""

from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.matters.finding import locked_matter
from service.features.matters.gathering import MatterGathered, gathered
from service.features.matters.opinions import objecting


class GatherFacts(Command[MatterGathered]):
    """Gather what the tables ask about a matter (汇集事项要素), as the ledger stands now."""

    name = "matters.gather_facts"
    duties = frozenset({Duty.PROCESS})
    title_zh = "汇集事项要素"
    title_en = "Gather facts"

    matter_id: UUID


@handles(GatherFacts)
async def gather_facts(command: GatherFacts, context: Context) -> MatterGathered:
    """Read only: nothing of the matter changes."""
    matter = await locked_matter(context, command.matter_id)
    against = await objecting(context, matter.id)
    return await gathered(context.connection, matter, bodies_objecting=against)
