"""The superior is reminded of what lies with it, and the liaison hears of it."""

from uuid import UUID

from service.core.store.db import Database
from service.features.matters.remind_superior import RemindSuperior
from tests.conftest import told
from tests.features.matters.conftest import Deciding
from tests.features.matters.upward import approved, sending


async def test_a_request_without_a_reply_is_reminded_of(
    deciding: Deciding, database: Database
) -> None:
    matter = await approved(deciding)
    reminding = RemindSuperior(matter_id=UUID(matter))
    assert told(await deciding.order(reminding))["code"] == "matter_moved"
    await deciding.done(sending(deciding, matter))
    for _ in range(2):
        reminded = await deciding.done(reminding)
        assert (reminded["state"], reminded["superior_reminded_on"]) == (
            "AT_SUPERIOR",
            "2026-11-24",
        )
    events = await database.reading.fetch(
        "SELECT data FROM outbox WHERE type = 'matters.superior_reminded'"
    )
    assert [each["data"]["sent_on"] for each in events] == ["2026-11-24"] * 2
