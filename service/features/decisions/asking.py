"""Asking a table in force in passing, where the asker's own rows keep what it said."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from service.core.errors import NotFound
from service.core.feel.border import to_wire
from service.core.store.db import Connection
from service.features.decisions.evaluating import refusing, run_for
from service.features.decisions.in_force import decision_of, model_of


async def answer_in_force(
    connection: Connection, now: datetime, key: str, inputs: Mapping[str, Any]
) -> Any:
    """What a decision says, as on the wire; None where no release in force has it.

    No evaluation is kept: what rests on one is to be decided by `EvaluateDecision`.
    """
    try:
        found = await decision_of(connection, key, None, None)
    except NotFound:
        return None
    deployed = await model_of(connection, found)
    run = await run_for(connection, now, counts_days=deployed.counts_days)
    with refusing():
        given = deployed.model.decode(inputs)
        return to_wire(deployed.model.evaluate(key, given, run).outputs[key])
