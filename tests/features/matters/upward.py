"""A matter that the superior decides, on its way up and back."""

from typing import Any

from service.features.matters.keep_record import KeepRecord
from service.features.matters.record_decision import RecordDecision
from service.features.matters.record_kinds import RecordKind
from service.features.matters.send_upward_request import SendUpwardRequest
from tests.features.matters.conftest import Deciding
from tests.features.meetings.conftest import CHAIR
from tests.people import MAY

SPOKEN = {"with": "澜州市委编办", "date": "2026-11-20", "view": "SUPPORTS"}


async def speak_before(deciding: Deciding, matter: str) -> None:
    """Put the prior communication with the superior on record."""
    record = {"matter_id": matter, "kind": RecordKind.PRIOR_COMMUNICATION, "content": SPOKEN}
    await deciding.done(KeepRecord.model_validate(record))


async def approved(deciding: Deciding, *deltas: dict[str, Any], **more: Any) -> str:
    """A matter for the superior that the commission has approved."""
    matter = await deciding.filed(*deltas, authority="SUPERIOR", **more)
    await speak_before(deciding, matter)
    item = await deciding.voted(matter)
    decided = await deciding.done(RecordDecision(matter_id=matter, agenda_item_id=item))
    assert (decided["has_prior"], decided["is_replied"]) == (True, False)
    return matter


def sending(deciding: Deciding, matter: str, **changed: Any) -> SendUpwardRequest:
    given = {
        "matter_id": matter,
        "title": "关于增加行政编制的请示",
        "main_recipient": "中共澜州市委机构编制委员会",
        "text": "工作任务增加。\n内部已无法调剂。",
        "series": "青编批",
        "drafted_by": deciding.person(MAY),
        "signed_by": deciding.person(CHAIR),
    }
    return SendUpwardRequest.model_validate(given | changed)


async def sent(deciding: Deciding, *deltas: dict[str, Any], **more: Any) -> str:
    """A matter that lies with the superior."""
    matter = await approved(deciding, *deltas, **more)
    await deciding.done(sending(deciding, matter))
    return matter


async def stopped(deciding: Deciding, matter: str) -> set[str]:
    """For what the office's clock of a matter stands still."""
    whole = await deciding.house.done("GET", f"/matters/{matter}")
    return {each["cause"] for each in whole["stopped_clocks"]}


async def recall_decided(deciding: Deciding, matter: str) -> str:
    """The minutes of a meeting of the commission that calls a request back."""
    item = await deciding.house.put("撤回请示", subject_id=matter, choices=["approve", "reject"])
    meeting = await deciding.house.opened(item)
    await deciding.house.decide(item)
    await deciding.house.minute(meeting)
    await deciding.house.close(meeting)
    minutes = await deciding.house.done("GET", f"/meetings/{meeting}/minutes")
    return str(minutes["document_id"])
