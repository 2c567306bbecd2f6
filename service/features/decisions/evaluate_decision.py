"""Evaluate a decision: by a table that a second person approved, with every rule on record."""

import asyncio
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from service.core.auth.actor import Duty
from service.core.auth.policy import OFFICE
from service.core.command import Context
from service.core.feel.border import from_wire, to_wire
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.features.decisions import rules
from service.features.decisions.evaluating import refusing, run_for
from service.features.decisions.explaining import DecisionExplained, explained, fired_rules
from service.features.decisions.in_force import Found, decision_of, model_of
from service.features.decisions.inputs import Inputs
from service.features.decisions.model_files import KEY_FORM, KEY_MAX
from service.features.decisions.tables import DecisionEvaluation
from service.features.processes.authors import AUTHORS

Key = Annotated[
    str,
    StringConstraints(pattern=KEY_FORM, max_length=KEY_MAX),
    Field(description="The id of the decision in its diagram.", examples=["authority_level"]),
]


class DecisionView(BaseModel):
    """What a decision says, under which release, and why."""

    id: UUID
    key: str
    flow: str
    release_number: int
    #: Of the file; `version` of a request.
    version: int
    version_tag: str | None
    output: Any
    explanation: list[DecisionExplained]


class EvaluateDecision(Command[DecisionView]):
    """Decide by a table (决策求值): by the release in force unless a version is named.

    What was decided, on what and by which rules, is kept for good.
    """

    name = "decisions.evaluate_decision"
    duties = AUTHORS | OFFICE | {Duty.PROCESS}
    title_zh = "决策求值"
    title_en = "Evaluate a decision"
    refusals = (rules.FeelFault, rules.BudgetSpent, rules.ValueOutside)
    example: ClassVar = {"inputs": {"posts": 6}}

    key: Key
    #: The input data of the diagram, by name.
    inputs: Inputs
    #: A number or a tag of its file, of a release that is or was in force.
    version: Annotated[int | None, Field(ge=1, lt=2**31)] = None
    version_tag: Annotated[str | None, Field(max_length=120)] = None


@handles(EvaluateDecision)
async def evaluate_decision(command: EvaluateDecision, context: Context) -> DecisionView:
    """Evaluate apart from the event loop, and append the record."""
    context.require_city()
    found = await decision_of(context.connection, command.key, command.version, command.version_tag)
    deployed = await model_of(context.connection, found)
    run = await run_for(context.connection, context.now, counts_days=deployed.counts_days)
    with refusing():
        inputs = deployed.model.decode(command.inputs)
        evaluation = await asyncio.to_thread(deployed.model.evaluate, command.key, inputs, run)
        output = to_wire(evaluation.outputs[command.key])
    explanation = explained(evaluation)
    record = _record(command, context, found, output, explanation)
    kept = context.insert(record)
    return DecisionView(
        id=kept.id,
        key=command.key,
        flow=found.flow,
        release_number=found.release_number,
        version=found.number,
        version_tag=found.version_tag,
        output=output,
        explanation=explanation,
    )


def _record(
    command: EvaluateDecision,
    context: Context,
    found: Found,
    output: Any,
    explanation: list[DecisionExplained],
) -> DecisionEvaluation:
    return DecisionEvaluation(
        id=new_id(),
        decided_at=context.now,
        decision_key=command.key,
        release_id=found.release_id,
        version_id=found.version_id,
        actor_id=context.actor.id,
        actor_name=context.actor.name,
        inputs=to_wire(from_wire(command.inputs)),
        output=output,
        explanation=[decision.model_dump() for decision in explanation],
        rules=fired_rules(explanation),
        command_id=context.command_id,
        cause=context.cause,
    )
