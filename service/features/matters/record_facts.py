"""Record facts: what the tables found about a matter before it was decided."""

from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.matters import rules
from service.features.matters.codes import Authority, State
from service.features.matters.finding import locked_matter
from service.features.matters.view import MatterView, view_of

_OPEN = tuple(state for state in State if state not in (State.ISSUED, State.CLOSED))


class RecordFacts(Command[MatterView]):
    """Record who decides a matter in the end (记录审批权限), as the tables found it.

    Found anew after a vote it takes the place of what was found before: what is issued is held
    against the last finding (I4).
    """

    name = "matters.record_facts"
    duties = frozenset({Duty.PROCESS})
    title_zh = "记录审批权限"
    title_en = "Record facts"
    refusals = (rules.MatterMoved,)

    matter_id: UUID
    final_authority: Authority
    via_party_committee: bool = False
    #: Who took it in and who found it lawful, as soon as the case knows.
    intake_by: UUID | None = None
    legal_by: UUID | None = None


@handles(RecordFacts)
async def record_facts(command: RecordFacts, context: Context) -> MatterView:
    """Keep the finding, and the people who are named with it."""
    matter = await locked_matter(context, command.matter_id, *_OPEN)
    found = context.update(
        matter,
        final_authority=command.final_authority,
        via_party_committee=command.via_party_committee,
        intake_by=command.intake_by or matter.intake_by,
        legal_by=command.legal_by or matter.legal_by,
    )
    return view_of(found)
