"""Putting people into a team, and what a diagram is told of it."""

from collections.abc import Collection
from uuid import UUID

from pydantic import BaseModel

from service.core.command import Context
from service.core.ids import new_id
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.codes import MemberRole
from service.features.pre_evaluation.tables import EvaluationMember

_PEOPLE = """
SELECT id, name FROM actor WHERE id = ANY ($1) AND is_active AND NOT is_program
"""


class Team(BaseModel):
    """Who is in the team, its lead first; and whose declaration is still to come."""

    lead: UUID
    evaluators: list[UUID]
    to_declare: list[UUID]


def told(members: Collection[EvaluationMember]) -> Team:
    """A team as a diagram reads it."""
    return Team(
        lead=next(each.person_id for each in members if each.role is MemberRole.LEAD),
        evaluators=[each.person_id for each in members],
        to_declare=[each.person_id for each in members if each.has_conflict is not False],
    )


async def names_of(
    context: Context, people: Collection[UUID], runs_case: UUID | None
) -> dict[UUID, str]:
    """The names of people who may evaluate.

    Args:
        runs_case: Who plans the evaluation, and so does not evaluate.

    Raises:
        TeamUnfit: One is not active, is a program, or plans the evaluation.
    """
    records = await context.connection.fetch(_PEOPLE, list(people))
    names: dict[UUID, str] = {each["id"]: each["name"] for each in records}
    unknown = [each for each in people if each not in names]
    if unknown or runs_case in names:
        raise rules.TeamUnfit(
            "Expected active people who do not plan the evaluation themselves, but it is not so.",
            "评估成员应当为在用人员，且不得为制定评估方案的经办人，但不符合。",
            people=[str(each) for each in unknown],
        )
    return names


def joined(
    context: Context, evaluation_id: UUID, person_id: UUID, name: str, role: MemberRole
) -> EvaluationMember:
    """Put a person into the team for the first time."""
    return context.insert(
        EvaluationMember(
            id=new_id(),
            evaluation_id=evaluation_id,
            person_id=person_id,
            person_name=name,
            role=role,
        )
    )
