"""Keep what the body says to the draft of its report, and what the team answers."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.codes import EvaluationState
from service.features.pre_evaluation.finding import locked_evaluation


class CommentsKept(BaseModel):
    """Whether there is something to answer."""

    has_comments: bool


class KeepComments(Command[CommentsKept]):
    """Keep the body's comments and the answer to them (登记意见及答复).

    No comments in time are none. An answer comes later than what it answers, and leaves it as it
    is.
    """

    name = "pre_evaluation.keep_comments"
    duties = frozenset({Duty.PROCESS})
    title_zh = "登记意见及答复"
    title_en = "Keep comments and their answer"
    refusals = (rules.EvaluationMoved,)

    evaluation_id: UUID
    comments: Annotated[str | None, Field(max_length=5000)] = None
    answer: Annotated[str | None, Field(max_length=5000)] = None


@handles(KeepComments)
async def keep_comments(command: KeepComments, context: Context) -> CommentsKept:
    evaluation = await locked_evaluation(context, command.evaluation_id, EvaluationState.IN_WORK)
    comments = (command.comments or "").strip() or evaluation.comments
    kept = context.update(evaluation, comments=comments, answer=command.answer)
    return CommentsKept(has_comments=kept.comments is not None)
