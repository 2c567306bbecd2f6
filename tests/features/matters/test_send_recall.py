"""The superior is told of a recall by a paper, and the office goes on."""

from uuid import UUID

from service.core.store.db import Database
from service.features.matters.send_recall import SendRecall
from tests.conftest import Api, told
from tests.features.matters.conftest import Deciding
from tests.features.matters.upward import recall_decided, sent, stopped
from tests.features.meetings.conftest import CHAIR


async def test_the_recall_goes_out_as_the_commission_decided_it(
    deciding: Deciding, api: Api, database: Database
) -> None:
    matter = await sent(deciding)
    sending = SendRecall(matter_id=UUID(matter))
    assert told(await deciding.order(sending))["code"] == "matter_moved"
    minutes = await recall_decided(deciding, matter)
    given = {"minutes_document_id": minutes, "next": "END", "reason": "任务已经取消。"}
    assert (await api("POST", f"/matters/{matter}/recall", given)).status_code == 200
    recalled = await deciding.done(sending)
    assert recalled["state"] == "IN_DELIBERATION"
    assert await stopped(deciding, matter) == set()
    event = await database.reading.fetchval(
        "SELECT data FROM outbox WHERE type = 'matters.upward_request_recalled'"
    )
    paper = (await api("GET", f"/documents/{event['document_id']}/content")).json()
    assert (paper["kind"], paper["signer_name"]) == ("RECALL", CHAIR)
    assert paper["data"]["request_number"] == "青编批〔2026〕1号"
    assert paper["data"]["reasons"] == "任务已经取消。"
    assert paper["paper"]["recipient"] == "中共澜州市委机构编制委员会"
