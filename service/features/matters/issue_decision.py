"""Issue a decision: the reply gets its number and the ledger shows what it says, or neither."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.documents.basis import Basis, is_departmental_only
from service.features.documents.issue_document import IssueDocument
from service.features.matters import rules
from service.features.matters.authority import require_apart, require_issuable
from service.features.matters.codes import Origin, Stage, State
from service.features.matters.deltas import Delta, read, stored
from service.features.matters.entering import enter
from service.features.matters.evaluation_plan_tables import MatterEvaluationPlan
from service.features.matters.finding import locked_matter, renewed
from service.features.matters.held import held
from service.features.matters.tables import Matter
from service.features.matters.view import MatterView, view_of


class IssueDecision(Command[MatterView]):
    """Issue the reply to a matter and enter it in the ledger (制发批复并登记台账), in one go.

    Whoever decided has the authority (I4), on minutes (I5); a departmental rule is not the only
    basis (I22); intake, legal review and signature are three people's. What the ledger refuses
    is refused here with its reason, and neither a number nor an entry stays. What has to wait
    until people are placed is kept in `pending_deltas`.
    """

    name = "matters.issue_decision"
    duties = frozenset({Duty.PROCESS})
    title_zh = "制发批复并登记台账"
    title_en = "Issue a decision"
    refusals = (
        rules.MatterMoved,
        rules.MinutesRequired,
        rules.AboveAuthority,
        rules.DepartmentalRuleOnly,
        rules.NotApart,
        rules.LedgerRefused,
    )

    matter_id: UUID
    document_draft_id: UUID
    signed_by: UUID
    #: Who took it in and who found it lawful, where the case knows them.
    intake_by: UUID | None = None
    legal_by: UUID | None = None
    #: When its effect is to be looked at again, as the table of follow-up evaluations says.
    evaluations_on: Annotated[tuple[date, ...], Field(max_length=20)] = ()


class ApprovalIssued(Event):
    """A reply is out, and the ledger shows what it says."""

    type: ClassVar[str] = "matters.approval_issued"
    title_zh = "批复已制发"
    title_en = "Approval issued"

    matter_id: UUID
    body_id: UUID
    document_id: UUID
    code: str
    effective_on: date
    #: How many changes wait for their implementation.
    pending: int

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(IssueDecision)
async def issue_decision(command: IssueDecision, context: Context) -> MatterView:
    """Check, lock the accounts, number the reply, enter every change: all of it or nothing."""
    matter = await locked_matter(context, command.matter_id, State.DECIDED)
    intake_by = command.intake_by or matter.intake_by
    legal_by = command.legal_by or matter.legal_by
    _require_issuable(matter, command, intake_by, legal_by)
    deltas = read(matter.deltas)
    ledgers = await held(context, deltas)
    paper = await context.order(
        IssueDocument(draft_id=command.document_draft_id, signed_by=command.signed_by)
    )
    on = matter.effective_on or context.today
    pending = await enter(context, ledgers, deltas, paper.id, on)
    issued = context.update(
        matter,
        stage=Stage.IMPLEMENTATION,
        state=State.ISSUED,
        intake_by=intake_by,
        legal_by=legal_by,
        signed_by=command.signed_by,
        approval_document_id=paper.id,
        effective_on=on,
        pending_deltas=stored(pending),
        **renewed(context, matter, deltas, Origin.ISSUED),
    )
    for due in command.evaluations_on:
        context.insert(
            MatterEvaluationPlan(id=new_id(), matter_id=matter.id, due=due, planned_at=context.now)
        )
    _announce(context, issued, paper.id, paper.code, pending)
    return view_of(issued)


def _require_issuable(
    matter: Matter, command: IssueDecision, intake_by: UUID | None, legal_by: UUID | None
) -> None:
    """Refuse what may not be issued; raises what the command's refusals say."""
    require_issuable(matter)
    if matter.approval_draft_id != command.document_draft_id:
        raise rules.MatterMoved(
            "Expected the draft that was written for this matter, but it is another one.",
            "应当为本事项拟制的批复草稿，但不是。",
        )
    if is_departmental_only([Basis.model_validate(each) for each in matter.basis]):
        raise rules.DepartmentalRuleOnly(
            "Expected another basis beside departmental rules, but there is none.",
            "部门规章以外应当另有依据，但没有。",
        )
    require_apart(intake_by, legal_by, command.signed_by)


def _announce(
    context: Context, issued: Matter, document_id: UUID, code: str, pending: list[Delta]
) -> None:
    assert issued.effective_on is not None, "it was set just now"
    context.announce(
        ApprovalIssued(
            matter_id=issued.id,
            body_id=issued.body_id,
            document_id=document_id,
            code=code,
            effective_on=issued.effective_on,
            pending=len(pending),
        )
    )
