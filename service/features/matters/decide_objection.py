"""Decide an objection: it is answered in writing by somebody who has not signed the end."""

from typing import Annotated, ClassVar
from uuid import UUID

from asyncpg import Record
from pydantic import Field

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Line, Text
from service.features.documents.basis import Basis
from service.features.documents.draft_document import DraftDocument
from service.features.documents.drafting import Series, Subject
from service.features.documents.issue_document import IssueDocument
from service.features.documents.kinds.registry import PaperKind
from service.features.matters import rules
from service.features.matters.finding import locked_matter
from service.features.matters.keeping import keep
from service.features.matters.objection_tables import MatterObjection, ObjectionResult
from service.features.matters.objection_view import ObjectionView, objection_view
from service.features.matters.record_kinds import RecordKind
from service.features.matters.tables import Matter

_LOCKED = "SELECT * FROM matter_objection WHERE id = $1 FOR UPDATE"
_AROUND = """
SELECT i.release_id, (SELECT name FROM actor WHERE id = $2) AS decider
FROM instance i WHERE i.id = $1
"""
_RESULTS = {ObjectionResult.UPHELD: "异议成立", ObjectionResult.DISMISSED: "异议不成立"}


class DecideObjection(Command[ObjectionView]):
    """Answer an objection (答复异议) in a numbered paper: upheld or dismissed, with the reasons.

    Whoever signed the end does not decide. What follows from an upheld one is the diagram's.
    """

    name = "matters.decide_objection"
    duties = frozenset({Duty.PROCESS})
    title_zh = "答复异议"
    title_en = "Decide an objection"
    refusals = (rules.ObjectionDecided, rules.NotApart)

    objection_id: UUID
    result: ObjectionResult
    reason: Annotated[Text, Field(min_length=1)]
    #: Numbers of the prohibitions that were found wrong.
    struck_hits: Annotated[list[int], Field(max_length=20, default_factory=list)]
    decided_by: UUID
    basis: Annotated[list[Basis], Field(min_length=1, max_length=30)]
    series: Series
    contact: Line


class ObjectionAnswered(Event):
    """A unit has the answer to its objection."""

    type: ClassVar[str] = "matters.objection_decided"
    title_zh = "异议已答复"
    title_en = "Objection decided"

    matter_id: UUID
    objection_id: UUID
    result: ObjectionResult
    document_id: UUID

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(DecideObjection)
async def decide_objection(command: DecideObjection, context: Context) -> ObjectionView:
    """Check who decides, then write, number and keep the answer."""
    record = await context.connection.fetchrow(_LOCKED, command.objection_id)
    if record is None:
        context.require_city()
        raise missing("an objection with this id")
    objection = MatterObjection.read(record)
    matter = await locked_matter(context, objection.matter_id)
    _require_open(command, objection)
    around = await context.connection.fetchrow(_AROUND, matter.instance_id, command.decided_by)
    assert around is not None, "a matter that has ended had its case"
    document_id = await _answered(command, context, matter, objection, around)
    answer = {"result": command.result, "reason": command.reason}
    answered = context.update(
        objection,
        **answer,
        struck_hits=command.struck_hits,
        decided_by=command.decided_by,
        decided_by_name=around["decider"],
        decided_at=context.now,
        answer_document_id=document_id,
    )
    kept = {**answer, "struck_hits": command.struck_hits}
    await keep(
        context,
        matter,
        RecordKind.OBJECTION,
        kept,
        by=command.decided_by,
        document_id=document_id,
    )
    context.announce(
        ObjectionAnswered(
            matter_id=matter.id,
            objection_id=objection.id,
            result=command.result,
            document_id=document_id,
        )
    )
    return objection_view(answered)


def _require_open(command: DecideObjection, objection: MatterObjection) -> None:
    """Refuse a second answer, and one by whoever signed the end.

    Raises:
        ObjectionDecided, NotApart: It is so.
    """
    if objection.result is not None:
        raise rules.ObjectionDecided(
            f"Expected an objection that waits, but it was answered: {objection.result}.",
            "异议应当尚未处理，但已答复。",
            result=objection.result,
        )
    if command.decided_by == objection.end_signed_by:
        raise rules.NotApart(
            "Expected an answer by somebody who has not signed the end, but it is the signer's.",
            "异议应当由未签发原结论的人员处理，但不是。",
        )


async def _answered(
    command: DecideObjection,
    context: Context,
    matter: Matter,
    objection: MatterObjection,
    around: Record,
) -> UUID:
    draft = await context.order(
        DraftDocument(
            kind=PaperKind.OBJECTION_ANSWER,
            title=f"异议答复：{matter.title}"[:120],
            series=command.series,
            data={
                "matter": matter.title,
                "matter_number": matter.number or "—",
                "grounds": [objection.grounds],
                "result": _RESULTS[command.result],
                "reasons": [command.reason],
                "contact": command.contact,
            },
            basis=command.basis,
            release_id=around["release_id"],
            subject=Subject(type="matter", id=matter.id),
            body_id=matter.body_id,
        )
    )
    paper = await context.order(IssueDocument(draft_id=draft.id, signed_by=command.decided_by))
    return paper.id
