"""Replace a member of the team: somebody else takes the place, scores given so far are void."""

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
from service.features.pre_evaluation.scoring import void
from service.features.pre_evaluation.team import joined, names_of

_KNOWN = "SELECT EXISTS (SELECT FROM evaluation_member WHERE evaluation_id = $1 AND person_id = $2)"


class MemberReplaced(BaseModel):
    """Who declares and evaluates now."""

    member: UUID


class ReplaceMember(Command[MemberReplaced]):
    """Replace a member who has a conflict of interests or drops out (更换评估成员).

    The other comes from another section or the superior, was never of this team, and takes the
    same part in it.
    """

    name = "pre_evaluation.replace_member"
    duties = frozenset({Duty.PROCESS})
    title_zh = "更换评估成员"
    title_en = "Replace a member"
    refusals = (rules.EvaluationMoved, rules.TeamUnfit)

    evaluation_id: UUID
    replaced: UUID
    replacement: UUID
    reason: Annotated[str, Field(max_length=5000)]


@handles(ReplaceMember)
async def replace_member(command: ReplaceMember, context: Context) -> MemberReplaced:
    evaluation = await locked_evaluation(context, command.evaluation_id, EvaluationState.IN_WORK)
    team = {each.person_id: each for each in await team_of(context, evaluation.id)}
    if command.replaced not in team:
        raise missing("a member of the team")
    names = await names_of(context, [command.replacement], evaluation.planned_by)
    is_known = await context.connection.fetchval(_KNOWN, evaluation.id, command.replacement)
    if is_known:
        raise rules.TeamUnfit(
            "Expected somebody who was never of this team, but he is or was.",
            "接替人应当未曾参加本次评估，但其已参加。",
        )
    before = context.update(
        team[command.replaced],
        is_out=True,
        replaced_by=command.replacement,
        replaced_reason=command.reason,
    )
    await void(context, evaluation.id, command.replaced)
    joined(context, evaluation.id, command.replacement, names[command.replacement], before.role)
    return MemberReplaced(member=command.replacement)
