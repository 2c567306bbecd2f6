"""Keep what a member of the team declares about interests."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.codes import EvaluationState
from service.features.pre_evaluation.finding import locked_evaluation, team_of


class Declared(BaseModel):
    """Whether the member must be replaced."""

    has_conflict: bool


class KeepDeclaration(Command[Declared]):
    """Keep a member's declaration of interests (利害关系声明); with a conflict he is replaced."""

    name = "pre_evaluation.keep_declaration"
    duties = frozenset({Duty.PROCESS})
    title_zh = "登记利害关系声明"
    title_en = "Keep a declaration of interests"
    refusals = (rules.EvaluationMoved, rules.DeclarationUnsaid)

    evaluation_id: UUID
    member: UUID
    has_conflict: bool
    text: Annotated[str, Field(max_length=5000)] = ""


@handles(KeepDeclaration)
async def keep_declaration(command: KeepDeclaration, context: Context) -> Declared:
    evaluation = await locked_evaluation(context, command.evaluation_id, EvaluationState.IN_WORK)
    team = {each.person_id: each for each in await team_of(context, evaluation.id)}
    if command.member not in team:
        raise missing("a member of the team")
    if command.has_conflict and not command.text.strip():
        raise rules.DeclarationUnsaid(
            "Expected a conflict of interests to be explained, but there are no words.",
            "有利害关系的应当说明情况，但没有。",
        )
    context.update(
        team[command.member],
        has_conflict=command.has_conflict,
        declaration=command.text.strip(),
        declared_at=context.now,
    )
    return Declared(has_conflict=command.has_conflict)
