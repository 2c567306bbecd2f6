"""The commission calls back what lies with the superior, on minutes about this matter."""

from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api
from tests.features.matters.conftest import Deciding
from tests.features.matters.upward import approved, recall_decided, sending, sent
from tests.features.processes.cases import rows
from tests.people import MAY, MAY_READ, NEVER


async def test_a_recall_tells_the_case_what_becomes_of_the_matter(
    deciding: Deciding, settings: Settings, api: Api
) -> None:
    matter = await sent(deciding)
    minutes = await recall_decided(deciding, matter)
    path = f"/matters/{matter}/recall"
    given = {"minutes_document_id": minutes, "next": "REWORK", "reason": "重新测算。"}
    for who in (MAY_READ, NEVER):
        assert (await api("POST", path, given, who=who)).status_code == 403
    assert (await api("POST", path, given)).status_code == 200
    told = await rows(
        settings,
        "SELECT correlation_key, variables->>'next' FROM message WHERE name = 'RecallDecided'",
    )
    assert told == [(matter, "REWORK")]
    kept = (await api("GET", f"/matters/{matter}/records?kind=RECALL")).json()["items"]
    assert kept[0]["content"] == {"next": "REWORK", "reason": "重新测算。"}
    # Called back, it is neither called back again nor replied to.
    again = await api("POST", path, given)
    assert (again.status_code, again.json()["code"]) == (409, "matter_moved")
    await give_duty(settings, MAY, "superior_liaison")
    reply = {"reply": "APPROVE", "document_id": minutes}
    late = await api("POST", f"/matters/{matter}/superior-reply", reply)
    assert late.json()["code"] == "matter_moved"


async def test_i5_only_minutes_of_the_commission_about_it_after_it_was_sent_call_it_back(
    deciding: Deciding, api: Api, city: City
) -> None:
    matter = await approved(deciding)
    given = {"next": "END", "reason": "不再需要。"}
    path = f"/matters/{matter}/recall"
    before = await recall_decided(deciding, matter)
    early = await api("POST", path, given | {"minutes_document_id": before})
    assert early.json()["code"] == "matter_moved"
    await deciding.done(sending(deciding, matter))
    foreign = await recall_decided(deciding, "another")
    for minutes in (before, foreign, str(city.document)):
        refused = await api("POST", path, given | {"minutes_document_id": minutes})
        assert (refused.json()["code"], refused.json()["rule"]) == (
            "matter_minutes_required",
            "I5",
        )
