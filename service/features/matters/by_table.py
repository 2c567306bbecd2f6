"""What the tables of matters say: on record where something follows, unrecorded for a preview."""

import asyncio
from typing import Any

from service.core.command import Context
from service.core.errors import NotFound
from service.core.feel.border import to_wire
from service.features.decisions.evaluate_decision import EvaluateDecision
from service.features.decisions.evaluating import refusing, run_for
from service.features.decisions.in_force import decision_of, model_of
from service.features.matters import rules


async def decided(context: Context, key: str, **inputs: Any) -> Any:
    """The answer of a table in force, kept with the rules that fired.

    Raises:
        MatterRulesMissing: No release in force has the table.
    """
    try:
        return (await context.order(EvaluateDecision(key=key, inputs=inputs))).output
    except NotFound as fault:
        raise _missing(key) from fault


async def previewed(context: Context, key: str, **inputs: Any) -> Any:
    """What a table in force would answer; nothing is kept.

    Raises:
        MatterRulesMissing: No release in force has the table.
    """
    try:
        found = await decision_of(context.connection, key, None, None)
    except NotFound as fault:
        raise _missing(key) from fault
    deployed = await model_of(context.connection, found)
    run = await run_for(context.connection, context.now, counts_days=deployed.counts_days)
    with refusing():
        given = deployed.model.decode(inputs)
        evaluation = await asyncio.to_thread(deployed.model.evaluate, key, given, run)
        return to_wire(evaluation.outputs[key])


def _missing(key: str) -> rules.MatterRulesMissing:
    return rules.MatterRulesMissing(
        f"Expected the table {key} in force, but it is not.",
        f"决策表{key}应当已生效，但没有。",
        decision=key,
    )
