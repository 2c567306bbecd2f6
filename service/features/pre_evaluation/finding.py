"""Evaluations under their lock, their team, and telling their case."""

from typing import Any
from uuid import UUID

from service.core.auth.policy import missing
from service.core.command import Context
from service.core.engine.timers import next_due
from service.core.ids import new_id
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.codes import EvaluationState
from service.features.pre_evaluation.tables import Evaluation, EvaluationMember
from service.features.processes.instance_tables import Message

WHAT = "an evaluation with this id"
#: How long a message waits for its case.
_LIFE = "P1D"
_LOCKED = """
SELECT e.*, b.lineage FROM evaluation e JOIN body b ON b.id = e.body_id
WHERE e.id = $1 FOR UPDATE OF e
"""
_TEAM = """
SELECT * FROM evaluation_member WHERE evaluation_id = $1 AND NOT is_out
ORDER BY role <> 'LEAD', id
"""


async def locked_evaluation(
    context: Context, evaluation_id: UUID, *states: EvaluationState
) -> Evaluation:
    """An evaluation within reach in one of these states (in any, where none is named), locked.

    Raises:
        NotFound: There is none, or its body is out of reach.
        VersionMismatch: If-Match names another version.
        EvaluationMoved: It is in another state.
    """
    record = await context.connection.fetchrow(_LOCKED, evaluation_id)
    context.require_reach(record["lineage"] if record else [], WHAT)
    if record is None:
        raise missing(WHAT)
    evaluation = Evaluation.read(record)
    context.require_version(evaluation)
    if states and evaluation.state not in states:
        raise rules.EvaluationMoved(
            f"Expected an evaluation that is {' or '.join(states)}, but it is {evaluation.state}.",
            f"评估应当处于可办理状态，但其状态为“{evaluation.state.zh}”。",
            state=evaluation.state,
        )
    return evaluation


async def team_of(context: Context, evaluation_id: UUID) -> list[EvaluationMember]:
    """Who is in the team now, its lead first."""
    records = await context.connection.fetch(_TEAM, evaluation_id)
    return [EvaluationMember.read(record) for record in records]


def tell(context: Context, name: str, evaluation_id: UUID, variables: dict[str, Any]) -> None:
    """Keep a message for the case of an evaluation, or for the process that it starts."""
    context.insert(
        Message(
            id=new_id(),
            kind="message",
            name=name,
            correlation_key=str(evaluation_id),
            message_id=str(context.command_id),
            variables=variables,
            sender_id=None,
            sent_at=context.now,
            lives_until=next_due(context.now, _LIFE),
        )
    )
