"""The materials that the table in force asks for, whatever the case."""

import asyncio
import re
from datetime import datetime
from itertools import product
from typing import Any, Final

from service.core.errors import NotFound
from service.core.feel.border import to_wire
from service.core.store.db import Connection
from service.features.decisions.evaluating import refusing, run_for
from service.features.decisions.in_force import decision_of, model_of
from service.features.guides import rules

TABLE: Final = "required_materials"
_STARTS: Final = ("APPLICANT", "OFFICE", "SUPERIOR")


async def require_materials(
    connection: Connection, now: datetime, procedure: str, codes: set[str]
) -> None:
    """Refuse a guide that leaves out what the table may ask for in its procedure.

    Procedures that are no matter type have no table; nor has an office that drew none yet.

    Raises:
        GuideMaterialMissing: It leaves some out; `facts.missing` lists code and name.
        FeelFault, BudgetSpent: The table itself cannot be evaluated.
    """
    asked = await _asked_for(connection, now, procedure)
    missing = [{"code": code, "name": name} for code, name in asked.items() if code not in codes]
    if missing:
        raise rules.GuideMaterialMissing(
            f"Expected every material that the table asks for, but {len(missing)} are not "
            f"explained; the first is {missing[0]['code']}.",
            f"应当说明决策表所要求的全部材料，但缺少{len(missing)}项，第一项为{missing[0]['name']}。",
            missing=missing,
        )


async def _asked_for(connection: Connection, now: datetime, procedure: str) -> dict[str, str]:
    """Codes and names that the table gives for some case of a procedure."""
    if not re.fullmatch(r"M[0-9]{2}", procedure):
        return {}
    try:
        found = await decision_of(connection, TABLE, None, None)
    except NotFound:
        return {}
    deployed = await model_of(connection, found)
    run = await run_for(connection, now, counts_days=deployed.counts_days)
    asked: dict[str, str] = {}
    for start, is_increase in product(_STARTS, (True, False)):
        facts = {"type": procedure, "is_increase": is_increase, "start": start}
        with refusing():
            inputs = deployed.model.decode({"facts": facts})
            evaluation = await asyncio.to_thread(deployed.model.evaluate, TABLE, inputs, run)
            rows: list[dict[str, Any]] = to_wire(evaluation.outputs[TABLE]) or []
        asked |= {row["code"]: row["name"] for row in rows}
    return asked
