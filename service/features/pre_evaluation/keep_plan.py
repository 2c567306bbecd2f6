"""Keep the plan of an evaluation: scope, methods, and who evaluates."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.codes import EvaluationState, MemberRole
from service.features.pre_evaluation.finding import locked_evaluation
from service.features.pre_evaluation.tables import Evaluation, EvaluationMember
from service.features.pre_evaluation.team import Team, joined, names_of, told

_EVERYBODY = "SELECT * FROM evaluation_member WHERE evaluation_id = $1 ORDER BY id"


class KeepEvaluationPlan(Command[Team]):
    """Keep the plan of an evaluation (评估方案). Whoever plans it does not evaluate.

    Planned anew, whoever is left out is out of the team, and who stays need not declare again.
    """

    name = "pre_evaluation.keep_plan"
    duties = frozenset({Duty.PROCESS})
    title_zh = "登记评估方案"
    title_en = "Keep the plan of an evaluation"
    refusals = (rules.EvaluationMoved, rules.TeamUnfit)

    evaluation_id: UUID
    scope: Annotated[str, Field(max_length=5000)]
    methods: Annotated[list[str], Field(max_length=10)]
    lead: UUID
    members: Annotated[list[UUID], Field(min_length=1, max_length=20)]
    needs_experts: bool = False
    third_party: Annotated[str | None, Field(max_length=200)] = None
    is_secret: bool = False
    planned_by: UUID | None = None


@handles(KeepEvaluationPlan)
async def keep_plan(command: KeepEvaluationPlan, context: Context) -> Team:
    evaluation = await locked_evaluation(context, command.evaluation_id, EvaluationState.IN_WORK)
    people = list(dict.fromkeys([command.lead, *command.members]))
    names = await names_of(context, people, command.planned_by)
    kept = context.update(
        evaluation,
        plan={
            "scope": command.scope,
            "methods": command.methods,
            "is_secret": command.is_secret,
        },
        planned_by=command.planned_by,
        needs_experts=command.needs_experts,
        third_party=command.third_party,
    )
    records = await context.connection.fetch(_EVERYBODY, evaluation.id)
    known = {each.person_id: each for each in map(EvaluationMember.read, records)}
    for person_id, member in known.items():
        if person_id not in names and not member.is_out:
            context.update(member, is_out=True)
    return told([_placed(context, kept, known, each, names[each], command) for each in people])


def _placed(
    context: Context,
    evaluation: Evaluation,
    known: dict[UUID, EvaluationMember],
    person_id: UUID,
    name: str,
    command: KeepEvaluationPlan,
) -> EvaluationMember:
    role = MemberRole.LEAD if person_id == command.lead else MemberRole.MEMBER
    member = known.get(person_id)
    if member is None:
        return joined(context, evaluation.id, person_id, name, role)
    if member.role is role and not member.is_out:
        return member
    # Whoever was replaced for a conflict must declare again before he evaluates.
    declared = False if member.has_conflict is False else None
    return context.update(member, role=role, is_out=False, has_conflict=declared)
