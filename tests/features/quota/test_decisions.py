"""Cutting, transferring and changing quotas and posts: nothing held is ever taken away."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from service.core.operation import OPERATIONS
from service.features.bodies.codes import BodyType, Rank, SystemCategory
from service.features.quota.codes import Slot
from service.settings import Settings
from tests.builders import City, give_duty, registration
from tests.conftest import Api, Do, told
from tests.features.quota.conftest import Ledger
from tests.people import MAY, MAY_READ, NEVER


def asked(name: str, city: City, **fields: Any) -> Any:
    """A decision about our body, resting on its document, from the first of February on."""
    basis = {
        "body_id": city.body,
        "document_id": city.document,
        "effective_on": date(2026, 2, 1),
    }
    return OPERATIONS[name].request.model_validate(basis | fields)


async def balance(api: Api, body: UUID, **at: str) -> dict[str, tuple[int, int]]:
    """Authorised and available posts by kind and funding form."""
    query = "&".join(f"{name}={value}" for name, value in at.items())
    answer = await api("GET", f"/bodies/{body}/balances?{query}")
    return {
        f"{each['kind']}-{each['funding']}": (each["authorised"], each["available"])
        for each in answer.json()["balances"]
    }


async def test_i1_reserved_posts_cannot_be_cut(
    ledger: Ledger, city: City, do: Do, api: Api
) -> None:
    await ledger.grant(5)
    await ledger.reserve(3)
    cut = {"kind": "ADMIN", "funding": "FULL"}
    refused = await do(asked("quota.cut_quota", city, posts=3, **cut))
    assert told(refused)["facts"] == {"asked": 3, "vacant": 2, "from_on": "2026-03-01"}
    assert (await do(asked("quota.cut_quota", city, posts=2, **cut))).status == 201
    assert await balance(api, city.body) == {"ADMIN-FULL": (3, 0)}
    limits = (await api("GET", "/city-limits")).json()["limits"]
    assert limits[0]["allotted"] == 3


async def test_a_transfer_moves_posts_and_leaves_the_city_total_alone(
    ledger: Ledger, city: City, do: Do, api: Api
) -> None:
    await ledger.grant(5)
    transfer = asked(
        "quota.transfer_quota",
        city,
        to_body_id=city.other_body,
        kind="ADMIN",
        funding="FULL",
        posts=4,
    )
    assert (await do(transfer)).status == 201
    assert told(await do(transfer))["code"] == "quota_exceeded"
    assert await balance(api, city.body) == {"ADMIN-FULL": (1, 1)}
    assert await balance(api, city.other_body) == {"ADMIN-FULL": (4, 4)}
    assert await balance(api, city.other_body, as_of="2026-01-31") == {"ADMIN-FULL": (0, 0)}
    same = transfer.model_copy(update={"to_body_id": city.body})
    assert told(await do(same))["code"] == "same_body"


async def test_i21_a_towns_quota_never_goes_to_an_organ_of_the_city(
    ledger: Ledger, city: City, do: Do
) -> None:
    town = await do(
        registration("990081110009", "青澜市第9镇", system_category=SystemCategory.TOWN)
    )
    town_id = UUID(told(town)["id"])
    await ledger.grant(3, body=town_id)
    fields = {"kind": "ADMIN", "funding": "FULL", "posts": 1}
    refused = await do(
        asked("quota.transfer_quota", city, to_body_id=city.body, **fields | {"body_id": town_id})
    )
    assert (told(refused)["code"], told(refused)["rule"]) == ("grass_roots_protected", "I21")


@pytest.mark.parametrize("relation", ["parent_id", "competent_body_id", "sponsor_body_id"])
async def test_i21_what_stands_below_a_town_is_protected_like_the_town(
    ledger: Ledger, city: City, do: Do, relation: str
) -> None:
    town = await do(
        registration("990081110009", "青澜市第9镇", system_category=SystemCategory.TOWN)
    )
    town_id = UUID(told(town)["id"])
    station = await do(
        registration(
            "990081100007",
            "青澜市第9镇农业站",
            body_type=BodyType.PUBLIC_INSTITUTION,
            system_category=SystemCategory.PUBLIC_INSTITUTION,
            rank=Rank.ZHENGGU,
            **{relation: town_id},
        )
    )
    station_id = UUID(told(station)["id"])
    await ledger.limit(9, "INSTITUTION")
    await ledger.grant(4, "INSTITUTION", body=station_id)

    def transfer(giving: UUID, taking: UUID) -> Any:
        line = {"kind": "INSTITUTION", "funding": "FULL", "posts": 2}
        fields = {**line, "body_id": giving, "to_body_id": taking}
        return asked("quota.transfer_quota", city, **fields)

    refused = told(await do(transfer(station_id, city.body)))
    assert (refused["code"], refused["rule"]) == ("grass_roots_protected", "I21")
    assert (await do(transfer(station_id, town_id))).status == 201
    assert (await do(transfer(town_id, station_id))).status == 201


async def test_a_change_of_kind_moves_the_city_total_with_it(
    ledger: Ledger, city: City, do: Do, api: Api
) -> None:
    await ledger.limit(6, "INSTITUTION", "FULL")
    await ledger.limit(2, "INSTITUTION", "SELF")
    await ledger.grant(5, "INSTITUTION", "FULL")
    change = asked(
        "quota.change_quota_kind",
        city,
        kind="INSTITUTION",
        funding="FULL",
        to_kind="INSTITUTION",
        to_funding="SELF",
        posts=2,
    )
    assert (await do(change)).status == 201
    assert await balance(api, city.body) == {
        "INSTITUTION-FULL": (3, 3),
        "INSTITUTION-SELF": (2, 2),
    }
    assert told(await do(change))["code"] == "city_limit_exceeded"


async def posts_of(api: Api, body: UUID) -> dict[str, tuple[int, int]]:
    answer = (await api("GET", f"/bodies/{body}/leadership-posts")).json()
    return {
        f"{each['tier']}-{each['level']}-{each['slot']}": (each["authorised"], each["actual"])
        for each in answer["posts"]
    }


async def test_i10_no_post_is_granted_above_the_rank_of_its_body(
    ledger: Ledger, city: City, do: Do, api: Api
) -> None:
    assert told(await ledger.posts(1, level="FUCHU"))["code"] == "level_above_rank"
    assert (await ledger.posts(1)).status == 201
    assert (await ledger.posts(4, level="FUKE", slot="DEPUTY")).status == 201
    assert await posts_of(api, city.body) == {
        "LEADERSHIP-FUKE-DEPUTY": (4, 0),
        "LEADERSHIP-ZHENGKE-CHIEF": (1, 0),
    }
    low = await do(registration("990081020008", "青澜市第8局", rank=Rank.ZHENGGU))
    transfer = asked(
        "quota.transfer_leadership_posts",
        city,
        to_body_id=told(low)["id"],
        level="FUKE",
        slot="DEPUTY",
        posts=1,
    )
    assert told(await do(transfer))["code"] == "level_above_rank"
    sideways = transfer.model_copy(update={"to_body_id": city.other_body})
    assert (await do(sideways)).status == 201
    assert (await posts_of(api, city.other_body))["LEADERSHIP-FUKE-DEPUTY"] == (1, 0)


async def test_only_vacant_leadership_posts_are_cut(ledger: Ledger, city: City, do: Do) -> None:
    await ledger.posts(2, level="FUKE", slot="DEPUTY")
    cut = asked("quota.cut_leadership_posts", city, level="FUKE", slot="DEPUTY", posts=2)
    assert (await do(cut)).status == 201
    assert told(await do(cut))["code"] == "quota_exceeded"
    never = cut.model_copy(update={"slot": Slot.EXTRA})
    assert told(await do(never))["code"] == "account_missing"


@pytest.mark.parametrize("verb", ["cut_quota", "transfer_quota", "change_quota_kind"])
async def test_no_day_ever_has_fewer_than_no_posts(
    ledger: Ledger, city: City, do: Do, api: Api, settings: Settings, verb: str
) -> None:
    """The director may record other breaches of the past, but none that cannot have been."""
    await give_duty(settings, MAY, "office_director")
    await ledger.limit(9, "INSTITUTION")
    await ledger.limit(9, "INSTITUTION", "SELF")
    line = {"kind": "INSTITUTION", "funding": "FULL", "posts": 2}
    more: dict[str, dict[str, Any]] = {
        "cut_quota": {},
        "transfer_quota": {"to_body_id": city.other_body},
        "change_quota_kind": {"to_kind": "INSTITUTION", "to_funding": "SELF"},
    }
    for day in (date(2026, 3, 1), date(2026, 12, 1)):
        await ledger.grant(3, "INSTITUTION", on=day)
    decision = asked(f"quota.{verb}", city, **line, **more[verb])
    refused = told(await do(decision))
    assert (refused["code"], refused["facts"]) == (
        "quota_exceeded",
        {"asked": 2, "authorised": 0, "from_on": "2026-02-01"},
    )
    later = decision.model_copy(update={"effective_on": date(2026, 3, 1)})
    assert (await do(later)).status == 201
    two_more = told(await do(later))
    assert two_more["facts"]["authorised"] == 1, "from March until the next grant"
    days = [
        (await balance(api, city.body, as_of=day))["INSTITUTION-FULL"][0]
        for day in ("2026-02-28", "2026-03-01", "2026-12-01")
    ]
    assert days == [0, 1, 4]


async def test_leadership_posts_are_never_fewer_than_none_on_a_day_of_the_past(
    ledger: Ledger, city: City, do: Do, settings: Settings
) -> None:
    await give_duty(settings, MAY, "office_director")
    grant = {"level": "FUKE", "slot": "DEPUTY", "posts": 2}
    by = {"effective_on": date(2026, 5, 1)}
    assert (await do(asked("quota.grant_leadership_posts", city, **grant, **by))).status == 201
    for verb, more in (("cut", {}), ("transfer", {"to_body_id": city.other_body})):
        refused = await do(asked(f"quota.{verb}_leadership_posts", city, **grant, **more))
        assert told(refused)["facts"]["authorised"] == 0, verb


DECISIONS = {
    "quota/cut": {"kind": "ADMIN", "funding": "FULL", "posts": 1},
    "quota/transfer": {"kind": "ADMIN", "funding": "FULL", "posts": 1, "to_body_id": None},
    "quota/change-kind": {
        "kind": "ADMIN",
        "funding": "FULL",
        "to_kind": "SUPPORT",
        "to_funding": "FULL",
        "posts": 1,
    },
    "leadership-posts/grant": {"level": "FUKE", "slot": "DEPUTY", "posts": 1},
    "leadership-posts/cut": {"level": "FUKE", "slot": "DEPUTY", "posts": 1},
    "leadership-posts/transfer": {
        "level": "FUKE",
        "slot": "DEPUTY",
        "posts": 1,
        "to_body_id": None,
    },
}


@pytest.mark.parametrize("verb", DECISIONS)
async def test_only_the_office_decides(verb: str, ledger: Ledger, city: City, api: Api) -> None:
    await ledger.limit(5, "SUPPORT")
    await ledger.grant(5)
    await ledger.posts(5, level="FUKE", slot="DEPUTY")
    body = DECISIONS[verb] | {"document_id": str(city.document), "effective_on": "2026-02-01"}
    if "to_body_id" in body:
        body["to_body_id"] = str(city.other_body)
    status = [
        (await api("POST", f"/bodies/{city.body}/{verb}", body, who=who)).status_code
        for who in (MAY, MAY_READ, NEVER, None)
    ]
    assert status == [201, 403, 403, 401]


async def test_both_sides_see_their_posts_and_a_stranger_none(
    ledger: Ledger, city: City, api: Api
) -> None:
    await ledger.grant(5)
    for path in ("balances", "leadership-posts", "entries", "entries/count"):
        status = [
            (await api("GET", f"/bodies/{city.body}/{path}", who=who)).status_code
            for who in (MAY, MAY_READ, NEVER, None)
        ]
        assert status == [200, 200, 404, 401], path
    limits = [(await api("GET", "/city-limits", who=who)).status_code for who in (MAY, MAY_READ)]
    assert limits == [200, 403]
