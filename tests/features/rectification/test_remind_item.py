"""Finding and giving reminders: of what is ahead and open, and of nothing that is done."""

from typing import Any
from uuid import UUID

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.operation import Command
from service.features.rectification.find_reminder import FindReminder
from service.features.rectification.remind_item import RemindItem
from service.features.rectification.reminder_tables import ReminderReason
from tests.conftest import told
from tests.features.rectification.conftest import OWNER, Ledger


async def _give(ledger: Ledger, command: Command[Any]) -> Any:
    return told(await Executor(ledger.database).execute(command, Caller(is_process=True)))


async def test_the_next_reminder_is_the_earliest_of_what_is_open(ledger: Ledger) -> None:
    item = await ledger.work()
    find = FindReminder(item_id=UUID(item))
    # Five working days before 12-10; a diagram waits until the day before is over.
    wanted = {"days": 6, "reason": "MILESTONE", "place": 1}
    assert await _give(ledger, find) == wanted
    await ledger.done("POST", f"/rectifications/{item}/milestones/1/reach", who=OWNER)
    assert await _give(ledger, find) == {"days": 9, "reason": "PROGRESS", "place": None}
    assert (await _give(ledger, FindReminder(item_id=UUID(await ledger.notify()))))["days"] is None


async def test_what_is_reached_is_not_reminded_of(ledger: Ledger) -> None:
    item = await ledger.work()
    remind = RemindItem(item_id=UUID(item), reason=ReminderReason.MILESTONE, place=1)
    assert (await _give(ledger, remind))["reminder_id"] is not None
    notices = (await ledger.done("GET", "/notices", who=OWNER))["items"]
    said = "QL-ZG-2026-0001：节点“启动整改”将于2026-12-10到期。"
    assert [each["text"] for each in notices] == [said]
    await ledger.done("POST", f"/rectifications/{item}/milestones/1/reach", who=OWNER)
    assert (await _give(ledger, remind))["reminder_id"] is None
