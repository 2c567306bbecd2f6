"""What a reply does to the ledger at once, and what waits: transfers, mergers, new bodies."""

from typing import Any

from tests.builders import City
from tests.conftest import Api, told
from tests.features.matters.conftest import Deciding, quota
from tests.features.quota.conftest import Ledger


async def _issued(deciding: Deciding, *deltas: dict[str, Any]) -> Any:
    matter = await deciding.decided(*deltas)
    return await deciding.done(deciding.issuing(matter, await deciding.drafted(matter)))


async def _authorised(api: Api, body: Any) -> tuple[int, int]:
    line = (await api("GET", f"/bodies/{body}/balances?as_of=2026-12-01")).json()["balances"][0]
    return line["authorised"], line["frozen"]


async def _staffed(ledger: Ledger, people: int) -> None:
    notice = told(await ledger.reserve(people))["id"]
    for number in range(1, people + 1):
        assert (await ledger.enter(number, notice)).status == 201


async def test_a_transfer_takes_what_is_vacant_and_the_rest_waits(
    deciding: Deciding, ledger: Ledger, city: City, api: Api
) -> None:
    await ledger.limit(12)
    await ledger.grant(5)
    await ledger.grant(5, body=city.other_body)
    await _staffed(ledger, 4)
    other = str(city.other_body)
    issued = await _issued(
        deciding,
        quota(city, 5, 2, to_body_id=other, source="INSIDE"),
        quota(city, 5, 10, body_id=other, source="INSIDE"),
    )
    # One post was vacant; two more come from the city at once, two wait for people to leave.
    assert await _authorised(api, city.body) == (4, 0)
    assert await _authorised(api, city.other_body) == (8, 0)
    waiting = [(each["before"], each["after"]) for each in issued["pending_deltas"]]
    assert waiting == [(4, 2), (6, 8)]


async def test_i17_a_merger_never_gives_more_than_its_parts_had(
    deciding: Deciding, ledger: Ledger, city: City, api: Api
) -> None:
    await ledger.grant(5)
    await ledger.grant(3, body=city.other_body)
    other = str(city.other_body)
    merge = {"ledger": "BODY", "action": "MERGE", "body_id": other, "to_body_id": str(city.body)}
    matter = await deciding.decided(merge, quota(city, 5, 9, source="MERGED"))
    refused = told(await deciding.order(deciding.issuing(matter, await deciding.drafted(matter))))
    assert refused["facts"] == {"code": "merge_exceeds_sum", "asked": 4, "before": 3}
    issued = await _issued(
        deciding,
        merge,
        quota(city, 5, 8, source="MERGED"),
        quota(city, 3, 0, body_id=other, source="MERGED"),
    )
    assert await _authorised(api, city.body) == (5, 0)
    assert await _authorised(api, city.other_body) == (3, 3)
    assert len(issued["pending_deltas"]) == 3
    assert (await api("GET", f"/bodies/{other}")).json()["status"] == "IN_REFORM"


async def test_what_a_body_is_only_from_a_day_to_come_waits_for_that_day(
    deciding: Deciding, ledger: Ledger, city: City, api: Api
) -> None:
    renamed = {
        "ledger": "NAME",
        "action": "RENAME",
        "body_id": str(city.body),
        "text": "青澜市数据局",
    }
    issued = await _issued(deciding, renamed)
    assert [each["text"] for each in issued["pending_deltas"]] == ["青澜市数据局"]
    assert (await api("GET", f"/bodies/{city.body}")).json()["full_name"] == "青澜市第1局"


async def test_a_body_to_be_set_up_waits_with_everything_that_is_its(
    deciding: Deciding, ledger: Ledger, city: City
) -> None:
    new = {"body_id": None, "body_name": "青澜市数据中心"}
    issued = await _issued(
        deciding,
        {"ledger": "BODY", "action": "SET_UP", "after": 7, **new},
        quota(city, 0, 4, **new),
    )
    assert [each["body_name"] for each in issued["pending_deltas"]] == ["青澜市数据中心"] * 2
