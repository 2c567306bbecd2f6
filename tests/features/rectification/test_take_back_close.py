"""Taking a close request back: the unit alone, and only while its papers are looked through."""

from tests.features.rectification.conftest import OFFICER, OWNER, Ledger


async def test_a_close_request_is_taken_back_while_its_papers_are_looked_through(
    ledger: Ledger,
) -> None:
    item = await ledger.work()
    place = f"/rectifications/{item}/take-back-close"
    assert await ledger.refused("POST", place, who=OWNER) == "rectification_moved"
    await ledger.complete(OWNER, item, "carry_out", "request_close", **ledger.close_request())
    assert await ledger.refused("POST", place, who=OFFICER) == "not_allowed"
    await ledger.done("POST", place, who=OWNER)
    seen = await ledger.item(item)
    assert (seen["state"], seen["light"]["is_stopped"]) == ("IN_PROGRESS", False)
    await ledger.task(item, "carry_out")
