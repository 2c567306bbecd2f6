"""What the tables of evaluation say; each answer is on record."""

from typing import Any

from service.core.command import Context
from service.core.errors import NotFound
from service.features.decisions.evaluate_decision import EvaluateDecision
from service.features.pre_evaluation import rules


async def decided(context: Context, key: str, **inputs: Any) -> Any:
    """The answer of a table in force.

    Raises:
        EvaluationRulesMissing: No release in force has the table.
    """
    try:
        return (await context.order(EvaluateDecision(key=key, inputs=inputs))).output
    except NotFound as fault:
        raise rules.EvaluationRulesMissing(
            f"Expected the table {key} in force, but it is not.",
            f"决策表{key}应当已生效，但没有。",
            decision=key,
        ) from fault


async def scored_indicators(context: Context) -> dict[str, dict[str, Any]]:
    """The indicators that people score, by code: name, points and the words that explain it.

    Raises:
        EvaluationRulesMissing: No release in force has them.
    """
    rows = await decided(context, "indicators")
    return {each["code"]: each for each in rows if each["kind"] == "QUALITATIVE"}
