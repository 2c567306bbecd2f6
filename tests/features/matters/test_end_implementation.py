"""The commission ends an implementation on its minutes; nobody else, and nothing else on record."""

from typing import Any

from tests.builders import City
from tests.conftest import Api, told
from tests.features.matters.conftest import Deciding, quota
from tests.features.quota.conftest import Ledger
from tests.people import MAY_READ, NEVER


def _ending(minutes: Any, frozen: str = "RETURN") -> dict[str, Any]:
    return {"minutes_document_id": str(minutes), "reason": "改革推迟", "frozen": frozen}


async def test_only_the_secretary_ends_it_and_only_on_minutes_of_the_commission(
    deciding: Deciding, ledger: Ledger, city: City, api: Api
) -> None:
    await ledger.grant(5)
    closing = {"ledger": "BODY", "action": "ABOLISH", "body_id": str(city.body)}
    matter = await deciding.decided(closing)
    path = f"/matters/{matter}/end-implementation"
    minutes = (await api("GET", f"/matters/{matter}")).json()["decision_minutes_id"]
    early = await api("POST", path, _ending(minutes))
    assert early.json()["code"] == "matter_moved"
    await deciding.done(deciding.issuing(matter, await deciding.drafted(matter)))
    for who in (MAY_READ, NEVER):
        assert (await api("POST", path, _ending(minutes), who=who)).status_code == 403
    foreign = await api("POST", path, _ending(city.document))
    assert foreign.json()["code"] == "matter_minutes_required"
    ended = await api("POST", path, _ending(minutes))
    assert ended.status_code == 200, ended.text
    assert ended.json()["pending_deltas"] == []
    assert (await api("GET", f"/bodies/{city.body}")).json()["status"] == "ACTIVE"


async def test_posts_that_stood_still_go_back_to_the_city_where_it_says_so(
    deciding: Deciding, ledger: Ledger, city: City, api: Api
) -> None:
    await ledger.grant(5)
    notice = told(await ledger.reserve(3))["id"]
    for number in (1, 2, 3):
        assert (await ledger.enter(number, notice)).status == 201
    matter = await deciding.decided(quota(city, 5, 0))
    await deciding.done(deciding.issuing(matter, await deciding.drafted(matter)))
    minutes = (await api("GET", f"/matters/{matter}")).json()["decision_minutes_id"]
    path = f"/matters/{matter}/end-implementation"
    assert (await api("POST", path, _ending(minutes, "TO_CITY"))).status_code == 200
    line = (await api("GET", f"/bodies/{city.body}/balances?as_of=2026-12-01")).json()
    assert [(each["authorised"], each["frozen"]) for each in line["balances"]] == [(3, 0)]
