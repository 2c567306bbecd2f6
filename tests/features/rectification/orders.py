"""Commands as diagrams order them, and the ledger of some months ago."""

from typing import Any

from service.core.auth.actor import Caller
from service.core.command import Answer, Executor
from service.core.operation import Command
from tests.conftest import told
from tests.features.processes.cases import run
from tests.features.rectification.conftest import Ledger


async def asked(ledger: Ledger, command: Command[Any]) -> Answer:
    """What a diagram is answered."""
    caller = Caller(is_process=True, language="en")
    return await Executor(ledger.database).execute(command, caller)


async def ordered(ledger: Ledger, command: Command[Any]) -> Any:
    answer = await asked(ledger, command)
    assert answer.status < 400, answer.body
    return told(answer)


async def not_ordered(ledger: Ledger, command: Command[Any]) -> str:
    """The code with which a diagram's order is refused."""
    answer = await asked(ledger, command)
    assert answer.status >= 400, answer.body
    return str(told(answer)["code"])


async def case_of(ledger: Ledger, item: str) -> Any:
    """The case of an item; rounds need one to belong to."""
    return (await ledger.item(item))["instance_id"]


async def numbered(ledger: Ledger, place: int, state: str = "IN_PROGRESS", **more: Any) -> str:
    """An item in the middle of its course, or closed in October, without walking all the way."""
    item = await ledger.find()
    closed_on = "'2026-10-15'" if state == "CLOSED" else "NULL"
    await run(
        ledger.settings,
        f"""UPDATE rectification_item SET state = $2, number = $3, severity = $4,
            registered_on = '2026-09-01', closed_on = {closed_on} WHERE id = $1""",
        item,
        state,
        f"QL-ZG-2026-{place:04d}",
        more.get("severity", "LOW"),
    )
    return item


async def accepted(ledger: Ledger, item: str, officer: str) -> None:
    """Somebody has accepted the item."""
    await run(
        ledger.settings,
        """INSERT INTO item_acceptance (id, item_id, round, officer_id, method, checked_on,
           findings, result, recorded_at)
           SELECT gen_random_uuid(), $1, 1, $2, 'DOCUMENTS', '2026-10-10', '属实', 'PASS', now()""",
        item,
        officer,
    )
