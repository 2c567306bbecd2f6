"""A body is merged or abolished: its open items, their cases and tasks go to who follows it."""

from tests.features.rectification.conftest import HEIR, OWNER, Ledger, ledger
from tests.features.rectification.test_move_items import moved

__all__ = ["ledger"]


async def _elements(ledger: Ledger, who: str) -> list[str]:
    tasks = (await ledger.done("GET", "/tasks", who=who))["items"]
    return sorted(each["element"] for each in tasks)


async def test_the_successor_takes_the_items_over_and_names_a_new_owner(ledger: Ledger) -> None:
    item, city = await ledger.work(), ledger.city
    closed = await ledger.close()
    assert await _elements(ledger, HEIR) == []
    answer = await moved(ledger, city.body, city.other_body)
    assert answer == {"successor_id": str(city.other_body), "items": 1}
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
