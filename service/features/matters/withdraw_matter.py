"""Withdraw a matter: whoever set it going takes it back, as long as nobody has called it."""

from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Text
from service.features.matters import rules
from service.features.matters.by_table import decided
from service.features.matters.codes import Authority, Outcome, Start, State
from service.features.matters.finding import locked_matter
from service.features.matters.keeping import keep
from service.features.matters.messages import tell
from service.features.matters.record_kinds import RecordKind
from service.features.matters.tables import Matter
from service.features.matters.view import MatterView, view_of

_OPEN = tuple(
    state for state in State if state not in (State.EXPLAINING, State.ISSUED, State.CLOSED)
)
#: Where the signer of the reply gets it.
_SIGNING = "sign_document"
_STANDS = """
SELECT b.lineage,
       EXISTS (SELECT FROM task WHERE instance_id = $2 AND element = $4) AS is_signing,
       EXISTS (SELECT FROM agenda_item a LEFT JOIN meeting m ON m.id = a.meeting_id
               WHERE a.subject_type = 'matter' AND a.subject_id = x.id::text
               AND a.level IN ('COMMISSION', 'PARTY_COMMITTEE') AND a.kind = 'DECISION'
               AND a.put_at >= (SELECT started_at FROM instance WHERE id = $2)
               AND (a.state = 'DECIDED' OR m.state = 'HELD')) AS is_called,
       $3::uuid IS NULL OR EXISTS (SELECT FROM document WHERE id = $3) AS has_minutes
FROM matter x JOIN body b ON b.id = x.body_id WHERE x.id = $1
"""


class WithdrawMatter(Command[MatterView]):
    """Take a matter back (撤回事项), by whoever set it going.

    A draft is simply taken back. A unit's request is withdrawn on the minutes of its own meeting,
    until the commission has called it; one that the office decides, until its reply lies with the
    signer. Later only a new request helps. The waiting case ends by it.
    """

    name = "matters.withdraw_matter"
    duties = frozenset({Duty.APPLICANT_OFFICER, Duty.OFFICE_DIRECTOR, Duty.SUPERIOR_LIAISON})
    title_zh = "撤回事项"
    title_en = "Withdraw a matter"
    refusals = (
        rules.MatterMoved,
        rules.NotWithdrawable,
        rules.MinutesRequired,
        rules.MatterRulesMissing,
    )
    example: ClassVar = {
        "statement": "已在内部调剂解决。",
        "minutes_document_id": "01900000-0000-7000-8000-000000000000",
    }

    matter_id: UUID
    statement: Annotated[Text, Field(min_length=1)]
    #: Of the unit's own meeting; a draft needs none.
    minutes_document_id: UUID | None = None


class MatterWithdrawn(Event):
    """Whoever set a matter going has taken it back."""

    type: ClassVar[str] = "matters.withdrawn"
    title_zh = "事项已撤回"
    title_en = "Matter withdrawn"

    matter_id: UUID
    body_id: UUID
    end: Outcome

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(WithdrawMatter)
async def withdraw_matter(command: WithdrawMatter, context: Context) -> MatterView:
    """Ask the table, keep the statement, and tell the case that waits."""
    matter = await locked_matter(context, command.matter_id, *_OPEN)
    stands = await context.connection.fetchrow(
        _STANDS, matter.id, matter.instance_id, command.minutes_document_id, _SIGNING
    )
    assert stands is not None, "it was found just now"
    end = await _allowed(context, matter, dict(stands))
    is_filed_by_unit = matter.start is Start.APPLICANT and end is Outcome.E6
    if not stands["has_minutes"] or (is_filed_by_unit and command.minutes_document_id is None):
        raise rules.MinutesRequired(
            "Expected the minutes of the unit's own meeting on record, but there are none.",
            "应当附已登记的集体讨论决定的会议纪要，但没有。",
        )
    withdrawn = context.update(matter)
    await keep(
        context,
        withdrawn,
        RecordKind.WITHDRAWAL,
        {"statement": command.statement, "end": end},
        by=context.actor.id,
        document_id=command.minutes_document_id,
    )
    context.announce(MatterWithdrawn(matter_id=matter.id, body_id=matter.body_id, end=end))
    tell(context, "MatterWithdrawn", matter.id, {"end": end})
    context.tag(withdrawn)
    return view_of(withdrawn)


async def _allowed(context: Context, matter: Matter, stands: dict[str, Any]) -> Outcome:
    """The end that a withdrawal leads to.

    Raises:
        NotWithdrawable: It was called or lies with the signer, or another is to withdraw it.
    """
    # Before its facts are gathered nobody decides; the table asks then only who begins it.
    authority = {"final_authority": str(matter.final_authority or Authority.COMMISSION)}
    answer = await decided(
        context,
        "withdrawal",
        point=_point(matter, stands),
        authority=authority,
        start=str(matter.start),
    )
    holds = any(
        grant.duty == answer["duty"] and grant.covers(stands["lineage"]) for grant in context.grants
    )
    if not answer["is_allowed"] or not holds:
        raise rules.NotWithdrawable(
            f"Expected a matter that is not called yet, withdrawn by {answer['duty'] or 'nobody'}, "
            "but it is not so.",
            "事项已审议或进入签发，或者不由您撤回。",
            duty=answer["duty"],
        )
    return Outcome(answer["end"])


def _point(matter: Matter, stands: dict[str, Any]) -> str:
    """How far it has come, as the table `withdrawal` names it."""
    if matter.state is State.DRAFT:
        return "DRAFT"
    if stands["is_signing"]:
        return "SIGNING"
    return "CALLED" if stands["is_called"] else "OPEN"
