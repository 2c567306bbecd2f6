"""Reopen a matter: what was returned, not admitted or not supported is worked on anew."""

from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Text
from service.features.matters import rules
from service.features.matters.beginning import PROCESS, root_variables
from service.features.matters.codes import Outcome, Stage, State
from service.features.matters.finding import locked_matter
from service.features.matters.tables import Matter
from service.features.matters.view import MatterView, view_of
from service.features.processes import rules as processes
from service.features.processes.start_instance import StartInstance

#: Where the case of a reopened matter begins.
START = "matter_reopened"
_REOPENABLE = (Outcome.E2, Outcome.E3, Outcome.E4)
_KNOWN = """
SELECT (SELECT content ->> 'legality' FROM matter_record WHERE matter_id = $1
        AND kind = 'LEGALITY' ORDER BY id DESC LIMIT 1) AS legality,
       EXISTS (SELECT FROM matter_record WHERE matter_id = $1
               AND kind = 'PRIOR_COMMUNICATION') AS has_prior,
       $2::uuid IS NULL OR EXISTS (SELECT FROM document WHERE id = $2) AS has_paper
"""


class ReopenMatter(Command[MatterView]):
    """Work on a matter anew (重新办理) that was returned, not admitted or not supported.

    It keeps its number and its file; what counts rounds begins again. Ordered where an objection
    is upheld, or by the commission or the superior on a paper of theirs. What an objection found
    wrong of the prohibitions is struck.
    """

    name = "matters.reopen_matter"
    duties = frozenset({Duty.COMMISSION_SECRETARY, Duty.SUPERIOR_LIAISON, Duty.PROCESS})
    title_zh = "重新办理"
    title_en = "Reopen a matter"
    refusals = (rules.MatterMoved, rules.MinutesRequired, processes.ProcessMissing)
    example: ClassVar = {
        "reason": "编委会议定重新研究。",
        "document_id": "01900000-0000-7000-8000-000000000000",
    }

    matter_id: UUID
    reason: Annotated[Text, Field(min_length=1)]
    #: Numbers of the prohibitions that no longer count.
    struck_hits: Annotated[list[int], Field(max_length=20, default_factory=list)]
    #: The minutes or the superior's paper; of an upheld objection its answer.
    document_id: UUID | None = None


class MatterReopened(Event):
    """A matter is worked on anew."""

    type: ClassVar[str] = "matters.reopened"
    title_zh = "事项已重新办理"
    title_en = "Matter reopened"

    matter_id: UUID
    body_id: UUID
    end: Outcome
    round: int

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(ReopenMatter)
async def reopen_matter(command: ReopenMatter, context: Context) -> MatterView:
    """Open the next round and let its case begin where the end lies."""
    matter = await locked_matter(context, command.matter_id, State.CLOSED)
    end = matter.outcome
    if end not in _REOPENABLE:
        raise rules.MatterMoved(
            f"Expected a matter that was returned, not admitted or not supported, but it is {end}.",
            f"仅退回、不予受理、不予支持的事项可以重新办理，但其结论为{end}。",
            outcome=end,
        )
    known = await context.connection.fetchrow(_KNOWN, matter.id, command.document_id)
    assert known is not None, "it is one row of answers"
    is_person = context.actor.id is not None
    if not known["has_paper"] or (is_person and command.document_id is None):
        raise rules.MinutesRequired(
            "Expected the minutes or the superior's paper on record, but there is none.",
            "应当附已登记的会议纪要或者上级文件，但没有。",
        )
    opened = context.update(matter, **_opened(matter, end))
    context.announce(
        MatterReopened(matter_id=opened.id, body_id=opened.body_id, end=end, round=opened.round)
    )
    case = await context.order(_case(command, opened, end, dict(known)))
    # Its case has moved it already.
    begun = context.update(await locked_matter(context, opened.id), instance_id=case.id)
    context.tag(begun)
    return view_of(begun)


def _opened(matter: Matter, end: Outcome) -> dict[str, Any]:
    """The columns of a new round: what the last one came to is in the file and the audit."""
    forgotten = dict.fromkeys(
        (
            "outcome",
            "closed_at",
            "explained_on",
            "explanation_signed_by",
            "received_on",
            "suspended_from",
            "gate",
            "gate_hits",
            "result",
            "decided_by",
            "decided_on",
            "agenda_item_id",
            "decision_minutes_id",
            "instance_id",
        )
    )
    is_admitted = end is Outcome.E4
    return {
        **forgotten,
        **({} if is_admitted else {"intake_by": None, "legal_by": None, "admitted_at": None}),
        "round": matter.round + 1,
        "supplement_rounds": 0,
        "state": State.ADMITTED if is_admitted else State.SUBMITTED,
        "stage": Stage.APPRAISAL if is_admitted else Stage.MOTION,
    }


def _case(
    command: ReopenMatter, matter: Matter, end: Outcome, known: dict[str, Any]
) -> StartInstance:
    return StartInstance(
        process=PROCESS,
        at=START,
        business_key=str(matter.id),
        title=matter.title,
        body_id=matter.body_id,
        variables={
            **root_variables(matter, asks_prior_view=False),
            "reopened_end": str(end),
            "struck_hits": command.struck_hits,
            "intake_by": str(matter.intake_by) if matter.intake_by else None,
            "legal_by": str(matter.legal_by) if matter.legal_by else None,
            "legality": known["legality"] or "",
            "prior_recorded": known["has_prior"],
        },
    )
