"""What the tables of meetings say: quorum, majority, days until a meeting. Each is on record."""

from typing import Any

from service.core.command import Context
from service.core.errors import NotFound
from service.features.decisions.evaluate_decision import DecisionView, EvaluateDecision
from service.features.meetings import rules


async def decided(context: Context, key: str, **inputs: Any) -> DecisionView:
    """The answer of a table in force, with the id of its record.

    Raises:
        MeetingRulesMissing: No release in force has the table.
    """
    try:
        return await context.order(EvaluateDecision(key=key, inputs=inputs))
    except NotFound as fault:
        raise rules.MeetingRulesMissing(
            f"Expected the table {key} in force, but it is not.",
            f"决策表{key}应当已生效，但没有。",
            decision=key,
        ) from fault
