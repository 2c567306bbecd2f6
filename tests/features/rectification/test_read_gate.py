"""The gate: an open problem stands in the way of more, until it is closed or struck off."""

from uuid import UUID

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.features.rectification.gather_gate_facts import GatherGateFacts
from tests.conftest import told
from tests.features.processes.cases import rows
from tests.features.rectification.conftest import DEPUTY, FINDER, OWNER, Ledger
from tests.people import NEVER


async def test_a_grave_open_problem_blocks_an_increase_and_is_named(ledger: Ledger) -> None:
    place = f"/bodies/{ledger.city.body}/gate?area=QUOTA"
    assert (await ledger.done("GET", place))["result"] == "CLEAR"
    await ledger.find()
    assert (await ledger.done("GET", place))["result"] == "CLEAR"
    item = await ledger.register()
    for who in (FINDER, DEPUTY, OWNER):
        gate = await ledger.done("GET", place, who=who)
        assert (gate["result"], gate["may_override"]) == ("BLOCK", False)
        assert [each["item_no"] for each in gate["hits"]] == ["QL-ZG-2026-0001"]
    assert await ledger.refused("GET", place, who=NEVER) == "not_found"
    told_of = await rows(
        ledger.settings,
        "SELECT type FROM outbox WHERE type = 'rectification.gate_changed' AND data::text LIKE $1",
        f"%{item}%",
    )
    assert len(told_of) == 1


async def test_a_diagram_gathers_the_same_facts(ledger: Ledger) -> None:
    await ledger.register()
    asking = GatherGateFacts(body_ids=[UUID(str(ledger.city.body)), ledger.city.other_body])
    answer = await Executor(ledger.database).execute(asking, Caller(is_process=True))
    facts = told(answer)
    assert [each["severity"] for each in facts["items"]] == ["HIGH"]
    assert len(facts["standings"]) == 2
