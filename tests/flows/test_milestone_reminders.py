"""Reminders while a unit works: before its milestones, for progress, when it is late."""

from typing import Any

from tests.features.processes.cases import rows
from tests.features.rectification.conftest import OWNER, Ledger, ledger
from tests.people import NEVER

__all__ = ["ledger"]
_KEPT = "SELECT reason, about_on::text FROM rectification_reminder ORDER BY id"


async def _notices(ledger: Ledger, who: str = OWNER) -> list[Any]:
    return [each["text"] for each in (await ledger.done("GET", "/notices", who=who))["items"]]


async def test_a_unit_is_reminded_before_a_milestone_and_of_its_progress(ledger: Ledger) -> None:
    item = await ledger.work()
    place = f"/rectifications/{item}"
    # Half of the twelve working days before 12-10 are six, at most five count: 12-03.
    await ledger.wait(8)
    assert await rows(ledger.settings, _KEPT) == []
    await ledger.wait(1)
    assert await rows(ledger.settings, _KEPT) == [("MILESTONE", "2026-12-10")]
    assert any("启动整改" in text for text in await _notices(ledger))
    assert await _notices(ledger, NEVER) == []
    await ledger.done("POST", f"{place}/milestones/1/reach", who=OWNER)
    # Nothing was reported in ten working days of a grave problem.
    await ledger.wait(6)
    reminded = [reason for reason, _ in await rows(ledger.settings, _KEPT)]
    assert reminded == ["MILESTONE", "PROGRESS"]
    await ledger.complete(OWNER, item, "carry_out", "request_close", **ledger.close_request())
    held = (await ledger.item(item))["tasks"]
    assert [each["element"] for each in held] == ["check_papers"]


async def test_a_late_plan_and_a_late_item_are_reminded_of(ledger: Ledger) -> None:
    item = await ledger.notify(due="2026-12-01")
    # The plan is due after one working day; three more, and the unit is reminded of it.
    await ledger.wait(7)
    assert [reason for reason, _ in await rows(ledger.settings, _KEPT)] == ["PLAN"]
    assert any("方案" in text for text in await _notices(ledger))
    assert (await ledger.item(item))["state"] == "NOTICE_ISSUED"
