"""Moving the items of a body: to the one that follows, and nowhere where none does."""

from typing import Any
from uuid import UUID

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.features.rectification.move_items import MoveItems
from tests.conftest import told
from tests.features.processes.cases import rows, worked
from tests.features.rectification.conftest import OWNER, Ledger


async def moved(ledger: Ledger, body: UUID, successor: UUID | None) -> Any:
    order = MoveItems(body_id=body, successor_id=successor)
    answer = await Executor(ledger.database).execute(order, Caller(is_process=True))
    await worked(ledger.database)
    assert await rows(ledger.settings, "SELECT element, message FROM incident") == []
    return told(answer)


async def test_where_nobody_follows_nothing_moves(ledger: Ledger) -> None:
    item = await ledger.work()
    # Our body has neither a competent body nor one above it.
    assert (await moved(ledger, ledger.city.body, None))["code"] == "successor_missing"
    assert (await ledger.item(item, OWNER))["body_name"] == "青澜市第1局"
