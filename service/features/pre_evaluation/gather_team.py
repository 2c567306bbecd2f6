"""Gather the team of an evaluation as it is now."""

from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.codes import EvaluationState
from service.features.pre_evaluation.finding import locked_evaluation, team_of
from service.features.pre_evaluation.team import Team, told


class GatherTeam(Command[Team]):
    """Gather who is in the team (汇集评估组), after members were replaced."""

    name = "pre_evaluation.gather_team"
    duties = frozenset({Duty.PROCESS})
    title_zh = "汇集评估组"
    title_en = "Gather the team"
    refusals = (rules.EvaluationMoved,)

    evaluation_id: UUID


@handles(GatherTeam)
async def gather_team(command: GatherTeam, context: Context) -> Team:
    """Read only: nothing changes."""
    evaluation = await locked_evaluation(context, command.evaluation_id, EvaluationState.IN_WORK)
    return told(await team_of(context, evaluation.id))
