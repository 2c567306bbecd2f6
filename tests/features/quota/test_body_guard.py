"""A body changes only as far as the ledger that rests on it allows."""

import asyncio
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from service.core.command import Answer
from service.core.operation import Command
from service.core.store.db import Database
from service.features.bodies.change_body_details import ChangeBodyDetails
from service.features.bodies.codes import BodyType, Rank, SystemCategory
from service.features.bodies.correct_body_version import CorrectBodyVersion
from service.features.bodies.re_rank_body import ReRankBody
from service.features.bodies.re_subordinate_body import ReSubordinateBody
from service.features.quota.codes import Level, Slot
from service.features.quota.cut_leadership_posts import CutLeadershipPosts
from tests.builders import City, registration
from tests.conftest import Do, told
from tests.features.quota.conftest import Ledger

ON = date(2026, 10, 1)


@pytest.fixture
def say(do: Do, city: City, database: Database) -> Any:
    """Give a verb about a body (ours unless another is named) on its present version."""

    async def say(verb: type[Command[Any]], body: UUID | None = None, **facts: Any) -> Answer:
        body = body or city.body
        version = await database.reading.fetchval("SELECT version FROM body WHERE id = $1", body)
        by: dict[str, Any] = {"document_id": city.document, "effective_on": ON}
        return await do(verb(**{"body_id": body} | by | facts), if_match=str(version))

    return say


def cut(city: City, on: date) -> CutLeadershipPosts:
    return CutLeadershipPosts(
        body_id=city.body,
        level=Level.ZHENGKE,
        slot=Slot.CHIEF,
        posts=1,
        document_id=city.document,
        effective_on=on,
    )


async def test_i10_a_body_is_never_re_ranked_below_what_its_posts_require(
    ledger: Ledger, city: City, do: Do, say: Any
) -> None:
    await ledger.posts(1)
    await ledger.posts(3, level="FUKE", slot="DEPUTY")
    refused = told(await say(ReRankBody, rank=Rank.FUKE))
    assert (refused["code"], refused["rule"]) == ("level_above_rank", "I10")
    assert refused["facts"] == {"level": "ZHENGKE", "slot": "CHIEF", "posts": 1}
    assert (await say(ReRankBody, rank=Rank.FUCHU)).status == 200
    assert (await do(cut(city, date(2026, 11, 1)))).status == 201
    early = await say(ReRankBody, rank=Rank.FUKE, effective_on=date(2026, 10, 31))
    assert told(early)["code"] == "level_above_rank", "the post was there until November"
    later = await say(ReRankBody, rank=Rank.FUKE, effective_on=date(2026, 11, 1))
    assert later.status == 200


async def test_i10_a_midlevel_post_requires_its_rank_too(ledger: Ledger, say: Any) -> None:
    await ledger.posts(1, level="FUKE", tier="MIDLEVEL")
    assert told(await say(ReRankBody, rank=Rank.ZHENGGU))["code"] == "level_above_rank"
    assert (await say(ReRankBody, rank=Rank.FUKE)).status == 200


async def test_i10_a_correction_does_not_lower_the_rank_either(
    ledger: Ledger, city: City, do: Do, database: Database
) -> None:
    await ledger.posts(1)
    version = await database.reading.fetchval(
        "SELECT id FROM body_version b WHERE body_id = $1", city.body
    )
    wrong = CorrectBodyVersion(
        body_id=city.body, version_id=version, reason="录入错误", rank=Rank.FUKE
    )
    assert told(await do(wrong, if_match="1"))["code"] == "level_above_rank"


async def test_i10_a_post_granted_at_the_same_moment_counts(
    ledger: Ledger, city: City, say: Any
) -> None:
    granted, ranked = await asyncio.gather(ledger.posts(1), say(ReRankBody, rank=Rank.FUKE))
    assert sorted((granted.status, ranked.status)) in ([200, 422], [201, 422])
    refused = told(granted if granted.status == 422 else ranked)
    assert refused["code"] == "level_above_rank"


async def test_i21_no_body_leaves_the_grass_roots_with_its_quota(
    ledger: Ledger, city: City, do: Do, say: Any
) -> None:
    town, other_town = [
        UUID(
            told(
                await do(
                    registration(
                        f"99008111000{number}",
                        f"青澜市第{number}镇",
                        system_category=SystemCategory.TOWN,
                    )
                )
            )["id"]
        )
        for number in (8, 9)
    ]
    station = registration(
        "990081100007",
        "青澜市第9镇农业站",
        body_type=BodyType.PUBLIC_INSTITUTION,
        system_category=SystemCategory.PUBLIC_INSTITUTION,
        parent_id=town,
    )
    station_id = UUID(told(await do(station))["id"])
    assert (await say(ReSubordinateBody, station_id, parent_id=city.body)).status == 200
    assert (await say(ReSubordinateBody, station_id, parent_id=town)).status == 200
    await ledger.limit(5, "INSTITUTION")
    await ledger.grant(2, "INSTITUTION", body=station_id)
    refused = told(await say(ReSubordinateBody, station_id, parent_id=city.body))
    assert (refused["code"], refused["rule"]) == ("grass_roots_protected", "I21")
    assert (await say(ReSubordinateBody, station_id, parent_id=other_town)).status == 200
    disguised = await say(ChangeBodyDetails, other_town, system_category=SystemCategory.GOV)
    assert told(disguised)["code"] == "grass_roots_protected"
