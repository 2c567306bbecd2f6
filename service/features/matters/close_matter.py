"""Close a matter: its case is at its end."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.matters import rules
from service.features.matters.codes import Outcome, State
from service.features.matters.finding import locked_matter
from service.features.matters.opinions import close_requests
from service.features.matters.view import MatterView, view_of
from service.features.meetings.codes import ItemKind
from service.features.meetings.withdraw_items import WithdrawItems

_OPEN = tuple(state for state in State if state is not State.CLOSED)
_APPROVED = (Outcome.E7, Outcome.E8)
_EXPLAINED = (Outcome.E2, Outcome.E3, Outcome.E4, Outcome.E5)


class CloseMatter(Command[MatterView]):
    """Close a matter with its end (办结).

    As approved it closes only once its reply is issued, and against what was asked only once the
    applicant has the reasons.
    """

    name = "matters.close_matter"
    duties = frozenset({Duty.PROCESS})
    title_zh = "办结事项"
    title_en = "Close a matter"
    refusals = (rules.MatterMoved, rules.NotExplained)

    matter_id: UUID
    outcome: Outcome


class MatterClosed(Event):
    """A matter is at its end."""

    type: ClassVar[str] = "matters.closed"
    title_zh = "事项已办结"
    title_en = "Matter closed"

    matter_id: UUID
    outcome: Outcome

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(CloseMatter)
async def close_matter(command: CloseMatter, context: Context) -> MatterView:
    """Keep how it ended; an approved one without its reply, or a reply without it, is refused."""
    matter = await locked_matter(context, command.matter_id, *_OPEN)
    if (command.outcome in _APPROVED) != (matter.approval_document_id is not None):
        raise rules.MatterMoved(
            "Expected an end as approved exactly where a reply is issued, but it is not so.",
            "已制发批复的事项应当以批准办结，未制发的不得，但不符合。",
            outcome=command.outcome,
        )
    if command.outcome in _EXPLAINED and matter.received_on is None:
        raise rules.NotExplained(
            "Expected an applicant that has the reasons, but nothing was delivered.",
            "应当先向申请单位说明理由并送达，但没有。",
            outcome=command.outcome,
        )
    closed = context.update(
        matter, state=State.CLOSED, outcome=command.outcome, closed_at=context.now
    )
    await close_requests(context, closed.id)
    # Nothing is left to decide; what a meeting is to be told of stays.
    await context.order(
        WithdrawItems(
            subject_type="matter",
            subject_id=str(closed.id),
            reason="事项已办结",
            kind=ItemKind.DECISION,
        )
    )
    context.announce(MatterClosed(matter_id=closed.id, outcome=command.outcome))
    return view_of(closed)
