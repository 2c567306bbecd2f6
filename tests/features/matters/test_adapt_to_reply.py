"""The plan becomes what the superior replied, and only then it may be issued."""

from typing import Any
from uuid import UUID

from service.features.matters.adapt_to_reply import AdaptToReply
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api, told
from tests.features.matters.conftest import Deciding, quota
from tests.features.matters.upward import sent
from tests.features.quota.conftest import Ledger
from tests.people import MAY


def adapting(deciding: Deciding, matter: str, *deltas: dict[str, Any]) -> AdaptToReply:
    given = {"adapted": deltas, "explanation": "按批复核减。", "by": deciding.person(MAY)}
    return AdaptToReply.model_validate({"matter_id": UUID(matter), **given})


async def test_a_reply_with_changes_is_adapted_to_and_then_issued(
    deciding: Deciding, city: City, api: Api, settings: Settings, ledger: Ledger
) -> None:
    await ledger.grant(5)
    await give_duty(settings, MAY, "superior_liaison")
    matter = await sent(deciding)
    early = adapting(deciding, matter, quota(city, 5, 6, action="CHANGE"))
    assert told(await deciding.order(early))["code"] == "matter_moved"
    reply = {"reply": "CHANGE", "document_id": str(city.document)}
    replied = (await api("POST", f"/matters/{matter}/superior-reply", reply)).json()
    assert (replied["state"], replied["replied_number"]) == ("DECIDED", None)
    adapted = await deciding.done(early)
    assert (adapted["deltas_number"], adapted["adapted"][0]["after"]) == (2, 6)
    versions = (await api("GET", f"/matters/{matter}/deltas")).json()["items"]
    assert [each["origin"] for each in versions] == ["REQUEST", "REPLY"]
    kept = (await api("GET", f"/matters/{matter}/records?kind=ADAPTATION")).json()["items"]
    assert kept[0]["content"]["explanation"] == "按批复核减。"
    await deciding.done(deciding.issuing(matter, await deciding.drafted(matter)))
