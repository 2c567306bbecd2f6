"""Begin appraisal: the office works on a matter, for the first time or once more."""

from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.matters import rules
from service.features.matters.codes import Stage, State
from service.features.matters.finding import locked_matter
from service.features.matters.opinions import close_requests
from service.features.matters.record_gate import OPEN
from service.features.matters.view import MatterView, view_of


class BeginAppraisal(Command[MatterView]):
    """Take a matter into appraisal (开始论证); rounds of appraisal are counted.

    Whoever has not answered in a round that broke off is asked no longer.
    """

    name = "matters.begin_appraisal"
    duties = frozenset({Duty.PROCESS})
    title_zh = "开始论证"
    title_en = "Begin appraisal"
    refusals = (rules.MatterMoved,)

    matter_id: UUID
    #: Whether a whole round begins, and not only its report is written anew.
    is_new_round: bool


@handles(BeginAppraisal)
async def begin_appraisal(command: BeginAppraisal, context: Context) -> MatterView:
    matter = await locked_matter(context, command.matter_id, *OPEN)
    begun = context.update(
        matter,
        stage=Stage.APPRAISAL,
        state=State.IN_APPRAISAL,
        appraisal_rounds=matter.appraisal_rounds + command.is_new_round,
    )
    await close_requests(context, matter.id)
    return view_of(begun)
