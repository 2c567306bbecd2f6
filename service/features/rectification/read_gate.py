"""Read the violation gate of a body: what it would say to a request today, and why."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.core.errors import NotFound
from service.core.feel.border import to_wire
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.decisions.evaluating import refusing, run_for
from service.features.decisions.in_force import decision_of, model_of
from service.features.rectification import rules
from service.features.rectification.codes import Area
from service.features.rectification.finding import READERS
from service.features.rectification.gather_gate_facts import gate_facts

_KEY = "gate"


class GateView(BaseModel):
    """CLEAR, WARN, HOLD or BLOCK, and each hit with its item, rule and words."""

    body_id: UUID
    result: str
    is_exempt: bool
    may_override: bool
    hits: list[dict[str, Any]]


class ReadGate(Query[GateView]):
    """The gate of a body by the table `gate` (查询关口): for a request of a kind, in an area."""

    name = "rectification.read_gate"
    duties = READERS
    title_zh = "查询关口"
    title_en = "Read the gate"
    refusals = (rules.LedgerRulesMissing,)

    body_id: UUID
    area: Area | None = None
    is_increase: bool = True
    is_quota_use: bool = False


@answers(ReadGate)
async def read_gate(query: ReadGate, reading: Reading) -> GateView:
    lineage = await reading.connection.fetchval(
        "SELECT lineage FROM body WHERE id = $1", query.body_id
    )
    reading.require_reach(lineage or [], "a body")
    try:
        found = await decision_of(reading.connection, _KEY, None, None)
    except NotFound as fault:
        raise rules.LedgerRulesMissing(
            f"Expected the table {_KEY} in force, but it is not.",
            f"决策表{_KEY}应当已生效，但没有。",
            decision=_KEY,
        ) from fault
    facts = await gate_facts(reading.connection, [query.body_id], reading.today)
    request = {
        "is_increase": query.is_increase,
        "is_quota_use": query.is_quota_use,
        "areas": [query.area.value] if query.area else [],
        "is_pure_reduction": False,
        "is_superior_order": False,
        "is_plan_measure": False,
    }
    deployed = await model_of(reading.connection, found)
    run = await run_for(reading.connection, reading.now, counts_days=deployed.counts_days)
    with refusing():
        given = {"request": request, **facts.model_dump(), "overrides": []}
        inputs = deployed.model.decode(given)
        answer = to_wire(deployed.model.evaluate(_KEY, inputs, run).outputs[_KEY])
    return GateView(body_id=query.body_id, **answer)
