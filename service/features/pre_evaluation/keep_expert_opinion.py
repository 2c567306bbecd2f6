"""Keep the signed opinion of an expert."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.codes import EvaluationState
from service.features.pre_evaluation.finding import locked_evaluation
from service.features.pre_evaluation.tables import EvaluationExpertOpinion


class OpinionKept(BaseModel):
    """The opinion that was kept."""

    expert_opinion_id: UUID


class KeepExpertOpinion(Command[OpinionKept]):
    """Keep an expert's signed opinion (登记专家意见)."""

    name = "pre_evaluation.keep_expert_opinion"
    duties = frozenset({Duty.PROCESS})
    title_zh = "登记专家意见"
    title_en = "Keep an expert's opinion"
    refusals = (rules.EvaluationMoved, rules.SignedPaperMissing)

    evaluation_id: UUID
    expert: UUID
    text: Annotated[str, Field(max_length=5000)]
    signed_document_id: UUID


@handles(KeepExpertOpinion)
async def keep_expert_opinion(command: KeepExpertOpinion, context: Context) -> OpinionKept:
    evaluation = await locked_evaluation(context, command.evaluation_id, EvaluationState.IN_WORK)
    name = await context.connection.fetchval("SELECT name FROM actor WHERE id = $1", command.expert)
    if name is None:
        raise missing("an expert with this id")
    opinion = context.insert(
        EvaluationExpertOpinion(
            id=new_id(),
            evaluation_id=evaluation.id,
            expert_id=command.expert,
            expert_name=name,
            text=command.text,
            signed_document_id=command.signed_document_id,
            given_at=context.now,
        )
    )
    return OpinionKept(expert_opinion_id=opinion.id)
