"""Freezing posts: what stands still is nobody's, and no more thaws than was frozen."""

from datetime import date
from typing import Any

from service.check import check
from service.features.quota.codes import Funding, QuotaKind
from service.features.quota.freeze_posts import FreezePosts
from service.features.quota.release_freeze import ReleaseFreeze
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api, Do, told
from tests.features.quota.conftest import Ledger
from tests.people import MAY, MAY_READ, NEVER

LINE: dict[str, Any] = {"kind": QuotaKind.ADMIN, "funding": Funding.FULL}


def freezing(city: City, posts: int, on: date = date(2026, 3, 1)) -> FreezePosts:
    about = {"body_id": city.body, "document_id": city.document, "effective_on": on}
    return FreezePosts(posts=posts, **about, **LINE)


def thawing(city: City, posts: int, on: date = date(2026, 4, 1)) -> ReleaseFreeze:
    about = {"body_id": city.body, "document_id": city.document, "effective_on": on}
    return ReleaseFreeze(posts=posts, **about, **LINE)


async def counts(api: Api, city: City, on: str) -> tuple[int, int, int]:
    answer = await api("GET", f"/bodies/{city.body}/balances?as_of={on}")
    line = answer.json()["balances"][0]
    return line["authorised"], line["frozen"], line["available"]


async def test_frozen_posts_are_promised_to_nobody(
    ledger: Ledger, city: City, do: Do, api: Api
) -> None:
    await ledger.grant(5)
    assert (await do(freezing(city, 4))).status == 201
    assert await counts(api, city, "2026-03-01") == (5, 4, 1)
    assert await counts(api, city, "2026-02-28") == (5, 0, 5)
    assert told(await ledger.reserve(2))["code"] == "quota_exceeded"
    assert (await ledger.reserve(1)).status == 201


async def test_i1_held_and_promised_posts_do_not_freeze(ledger: Ledger, city: City, do: Do) -> None:
    await ledger.grant(3)
    await ledger.reserve(2)
    refused = told(await do(freezing(city, 2)))
    assert (refused["code"], refused["rule"]) == ("quota_exceeded", "I1")
    assert (await do(freezing(city, 1))).status == 201


async def test_released_posts_can_be_promised_again(
    ledger: Ledger, city: City, do: Do, api: Api
) -> None:
    await ledger.grant(3)
    await do(freezing(city, 3))
    assert (await do(thawing(city, 2))).status == 201
    assert await counts(api, city, "2026-04-01") == (3, 1, 2)
    assert (await ledger.reserve(2, on=date(2026, 4, 1))).status == 201


async def test_no_more_thaws_than_is_frozen_on_every_day(
    ledger: Ledger, city: City, do: Do
) -> None:
    await ledger.grant(3)
    await do(freezing(city, 2))
    too_early = told(await do(thawing(city, 1, on=date(2026, 2, 1))))
    assert (too_early["code"], too_early["facts"]["frozen"]) == ("posts_not_frozen", 0)
    assert (await do(thawing(city, 2, on=date(2026, 6, 1)))).status == 201
    twice = told(await do(thawing(city, 1)))
    assert twice["facts"] == {"asked": 1, "frozen": 0, "from_on": "2026-06-01"}


async def test_the_ledger_is_whole_after_freezing_and_releasing(
    ledger: Ledger, city: City, do: Do, settings: Settings
) -> None:
    await ledger.grant(4)
    await do(freezing(city, 3))
    await do(thawing(city, 1))
    assert {each.rule for each in (await check(settings)).rules if each.findings} == set()


async def test_only_who_decides_freezes_and_a_stranger_sees_nothing(
    ledger: Ledger, city: City, api: Api
) -> None:
    await ledger.grant(3)
    asked = {"kind": "ADMIN", "funding": "FULL", "posts": 1, "effective_on": "2026-03-01"}
    asked["document_id"] = str(city.document)
    for verb in ("freeze", "release-freeze"):
        path = f"/bodies/{city.body}/quota/{verb}"
        made = {who: (await api("POST", path, asked, who=who)).status_code for who in (MAY, None)}
        assert made == {MAY: 201, None: 401}
        refused = [(await api("POST", path, asked, who=w)).status_code for w in (MAY_READ, NEVER)]
        assert refused == [403, 403]
