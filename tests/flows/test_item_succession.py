"""A body is merged or abolished: its open items, their cases and tasks go to who follows it."""

from typing import Any
from uuid import UUID

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.features.rectification.move_items import MoveItems
from tests.conftest import told
from tests.features.processes.cases import rows, worked
from tests.features.rectification.conftest import DIRECTOR, HEIR, OWNER, Ledger, ledger

__all__ = ["ledger"]


async def _moved(ledger: Ledger, body: UUID, successor: UUID | None) -> Any:
    order = MoveItems(body_id=body, successor_id=successor)
    answer = await Executor(ledger.database).execute(order, Caller(is_process=True))
    await worked(ledger.database)
    assert await rows(ledger.settings, "SELECT element, message FROM incident") == []
    return told(answer)


async def _elements(ledger: Ledger, who: str) -> list[str]:
    tasks = (await ledger.done("GET", "/tasks", who=who))["items"]
    return sorted(each["element"] for each in tasks)


async def test_the_successor_takes_the_items_over_and_names_a_new_owner(ledger: Ledger) -> None:
    item, city = await ledger.work(), ledger.city
    closed = await ledger.close()
    assert await _elements(ledger, HEIR) == []
    moved = await _moved(ledger, city.body, city.other_body)
    assert moved == {"successor_id": str(city.other_body), "items": 1}
    assert await _elements(ledger, OWNER) == []
    assert await _elements(ledger, HEIR) == ["carry_out", "name_new_owner"]
    assert (await ledger.ask("GET", f"/rectifications/{item}", who=OWNER)).status_code == 404
    named = {"responsible_leader": "分管局长", "responsible_person": ledger.ids[HEIR]}
    await ledger.complete(HEIR, item, "name_new_owner", **named)
    seen = await ledger.item(item, HEIR)
    assert (seen["body_name"], seen["responsible_leader"]) == ("青澜市第2局", "分管局长")
    await ledger.complete(HEIR, item, "carry_out", "request_close", **ledger.close_request())
    assert (await ledger.item(item))["state"] == "CLOSE_REQUESTED"
    # What was over stays where it was.
    assert (await ledger.item(closed))["body_name"] == "青澜市第1局"


async def test_where_nobody_follows_nothing_moves(ledger: Ledger) -> None:
    item = await ledger.work()
    # Our body has neither a competent body nor one above it.
    assert (await _moved(ledger, ledger.city.body, None))["code"] == "successor_missing"
    assert (await ledger.item(item, OWNER))["body_name"] == "青澜市第1局"


async def test_the_party_group_changes_who_puts_an_item_right(ledger: Ledger) -> None:
    item = await ledger.work()
    named = {"responsible_leader": "分管局长", "responsible_person": ledger.ids[OWNER]}
    place = f"/rectifications/{item}/owner"
    for who in (OWNER, DIRECTOR):
        assert await ledger.refused("POST", place, named, who) == "not_allowed"
    assert (await ledger.ask("POST", place, named, HEIR)).status_code == 404
    assert (await ledger.item(item))["responsible_leader"] == "局长"
