"""End an evaluation: it comes to no report."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, model_validator

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Text
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.codes import OPEN, EndReason, EvaluationState
from service.features.pre_evaluation.finding import WHAT
from service.features.pre_evaluation.tables import Evaluation

_OPEN = """
SELECT e.*, b.lineage FROM evaluation e JOIN body b ON b.id = e.body_id
WHERE CASE WHEN $1::uuid IS NULL THEN e.matter_id = $2 ELSE e.id = $1 END
ORDER BY e.id FOR UPDATE OF e
"""
_STATES = {
    EndReason.DECLINED: EvaluationState.DECLINED,
    EndReason.OVERDUE: EvaluationState.LAPSED,
}


class EvaluationsEnded(BaseModel):
    """Which evaluations were open and are over now."""

    ended: list[UUID]


class EndEvaluation(Command[EvaluationsEnded]):
    """End an evaluation, or whichever is open of a matter, without a report (终止评估).

    Where nothing is open nothing happens. What was gathered stays on file.
    """

    name = "pre_evaluation.end_evaluation"
    duties = frozenset({Duty.PROCESS})
    title_zh = "终止评估"
    title_en = "End an evaluation"
    refusals = (rules.ReasonUnsaid,)

    evaluation_id: UUID | None = None
    matter_id: UUID | None = None
    reason: EndReason
    #: In the words of who ended it.
    text: Text = ""

    @model_validator(mode="after")
    def _names_something(self) -> "EndEvaluation":
        if self.evaluation_id is None and self.matter_id is None:
            raise ValueError("expected evaluation_id or matter_id, but there is neither")
        return self


class EvaluationEnded(Event):
    """An evaluation is over without a report."""

    type: ClassVar[str] = "pre_evaluation.ended"
    title_zh = "评估已终止"
    title_en = "Evaluation ended"

    evaluation_id: UUID
    matter_id: UUID | None
    state: EvaluationState
    reason: EndReason

    def subject(self) -> str:
        return f"evaluation/{self.evaluation_id}"


@handles(EndEvaluation)
async def end_evaluation(command: EndEvaluation, context: Context) -> EvaluationsEnded:
    """Keep how each open one ended; those that are over stay as they are."""
    context.require_city()
    if command.reason is EndReason.DECLINED and not command.text:
        raise rules.ReasonUnsaid(
            "Expected a reason for declining, but there is none.",
            "不予受理的应当说明理由，但没有。",
        )
    records = await context.connection.fetch(_OPEN, command.evaluation_id, command.matter_id)
    if command.evaluation_id is not None and not records:
        raise missing(WHAT)
    open_ones = [each for each in map(Evaluation.read, records) if each.state in OPEN]
    for evaluation in open_ones:
        _end(context, evaluation, command)
    return EvaluationsEnded(ended=[each.id for each in open_ones])


def _end(context: Context, evaluation: Evaluation, command: EndEvaluation) -> None:
    state = _STATES.get(command.reason, EvaluationState.TERMINATED)
    context.update(
        evaluation,
        state=state,
        end_reason=command.reason,
        end_text=command.text,
        ended_at=context.now,
    )
    context.announce(
        EvaluationEnded(
            evaluation_id=evaluation.id,
            matter_id=evaluation.matter_id,
            state=state,
            reason=command.reason,
        )
    )
