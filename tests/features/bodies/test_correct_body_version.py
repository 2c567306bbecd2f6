"""Correcting a version: known rightly from now on, and what was known before stays known."""

import asyncio
import random
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from service.core.store.db import Database
from service.features.bodies.codes import Rank
from service.features.bodies.correct_body_version import CorrectBodyVersion
from service.features.bodies.re_rank_body import ReRankBody
from service.features.bodies.rename_body import RenameBody
from tests.builders import City
from tests.conftest import Api, Do, told
from tests.features.bodies.conftest import Change, code_of, statuses

REASON = {"reason": "录入时名称有误"}


async def versions_of(api: Api, city: City) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await api("GET", f"/bodies/{city.body}/versions")).json()[
        "items"
    ]
    return items


@pytest.fixture
def correct(do: Do, city: City, database: Database) -> Any:
    async def correct(version_id: Any, **facts: Any) -> Any:
        version = await database.reading.fetchval("SELECT version FROM body WHERE id=$1", city.body)
        asked = CorrectBodyVersion(body_id=city.body, version_id=version_id, **REASON, **facts)
        return await do(asked, if_match=str(version))

    return correct


async def test_a_correction_is_known_from_now_on_and_the_fault_before(
    api: Api, correct: Any, change: Change, city: City
) -> None:
    await change(RenameBody, full_name="青澜市审记局", on=date(2024, 1, 1))
    wrong = (await versions_of(api, city))[-1]
    right = told(await correct(wrong["id"], full_name="青澜市审计局"))
    assert (right["corrects_id"], right["action"]) == (wrong["id"], "CORRECT")
    assert (await api("GET", f"/bodies/{city.body}")).json()["full_name"] == "青澜市审计局"

    async def name(**moment: str) -> str:
        query = "&".join(f"{key}={value}" for key, value in moment.items())
        found = await api("GET", f"/bodies/{city.body}?{query}")
        return str(found.json()["full_name"])

    before = wrong["known_from"].replace("+", "%2B")
    assert await name(as_of="2024-01-01") == "青澜市审计局"
    assert await name(as_of="2024-01-01", known_at=before) == "青澜市审记局"
    assert await name(as_of="2023-12-31") == "青澜市第1局"


async def test_a_corrected_day_moves_the_change_between_its_neighbours(
    api: Api, correct: Any, change: Change, city: City
) -> None:
    await change(ReRankBody, rank=Rank.FUKE, on=date(2024, 1, 1))
    await change(ReRankBody, rank=Rank.ZHENGGU, on=date(2025, 1, 1))
    middle = (await versions_of(api, city))[1]
    for day in ("2019-03-01", "2025-01-01", "2026-12-31"):
        assert code_of(await correct(middle["id"], true_from=day)) == "day_out_of_order"
    moved = told(await correct(middle["id"], true_from="2023-07-01"))
    assert moved["body"]["rank"] == "FUKE"
    assert (await api("GET", f"/bodies/{city.body}?as_of=2023-07-01")).json()["rank"] == "FUKE"
    assert (await api("GET", f"/bodies/{city.body}")).json()["rank"] == "ZHENGGU"


async def test_only_a_version_that_holds_is_corrected(
    api: Api, correct: Any, change: Change, city: City
) -> None:
    first = (await versions_of(api, city))[0]
    await correct(first["id"], rank="FUKE")
    for version_id in (first["id"], uuid4()):
        refused = await correct(version_id, rank="ZHENGGU")
        assert (refused.status, code_of(refused)) == (409, "version_not_in_force")
    last = (await versions_of(api, city))[-1]
    assert code_of(await correct(last["id"], rank="FUKE")) == "nothing_changes"
    assert code_of(await correct(last["id"], secrecy="SECRET")) == "classified_matter"
    assert code_of(await correct(last["id"], full_name="青澜市第2局")) == "body_name_taken"
    assert code_of(await correct(last["id"], other_names=("牌",), document_id=uuid4())) == (
        "invalid_input"
    )
    assert told(await correct(last["id"], other_names=("牌",)))["body"]["other_names"] == ["牌"]


async def test_only_the_duty_may_correct(api: Api, city: City) -> None:
    version = (await versions_of(api, city))[0]["id"]
    path = f"/bodies/{city.body}/versions/{version}/correct"
    asked = REASON | {"rank": "FUKE"}
    assert (await api("POST", path, asked)).status_code == 428
    assert await statuses(api, "POST", path, asked, if_match="1") == [200, 403, 403, 401]


async def test_an_instant_that_is_not_settled_is_refused(api: Api, city: City) -> None:
    for path in (f"/bodies/{city.body}?", "/bodies?", "/bodies/count?"):
        refused = await api("GET", f"{path}known_at=2100-01-01T00:00:00Z")
        assert (refused.status_code, refused.json()["code"]) == (422, "known_at_not_settled")


@pytest.mark.parametrize("seed", range(2))
async def test_an_answer_about_a_settled_instant_never_changes(
    api: Api, correct: Any, change: Change, city: City, database: Database, seed: int
) -> None:
    choose = random.Random(seed)
    told_before: dict[str, Any] = {}
    day = date(2020, 1, 1)
    for number in range(12):
        day += timedelta(days=choose.choice([0, 0, 200]))
        if choose.random() < 0.4:
            holding = [v for v in await versions_of(api, city) if v["known_until"] is None]
            await correct(choose.choice(holding)["id"], address=f"澜水路{number}号")
        else:
            await change(RenameBody, full_name=f"青澜市第{number}十局", on=day)
        known_at = (await database.reading.fetchval("SELECT clock_timestamp()")).isoformat()
        known_at = known_at.replace("+", "%2B")
        await asyncio.sleep(0)
        for as_of in ("2019-03-01", "2021-01-01", day.isoformat()):
            moment = f"as_of={as_of}&known_at={known_at}"
            for path in (f"/bodies/{city.body}?{moment}", f"/bodies?text=第&{moment}"):
                told_before[path] = (await api("GET", path)).json()
    for path, answer in told_before.items():
        assert (await api("GET", path)).json() == answer
    assert len({str(answer) for answer in told_before.values()}) > 6


async def test_the_same_history_is_told_by_versions_and_by_days(
    api: Api, correct: Any, change: Change, city: City
) -> None:
    """On each day, the body is what the one version that holds on it says."""
    await change(ReRankBody, rank=Rank.FUKE, on=date(2024, 1, 1))
    await change(RenameBody, full_name="青澜市审记局", on=date(2024, 1, 1))
    await change(RenameBody, full_name="青澜市审计局", on=date(2025, 1, 1))
    holding = [v for v in await versions_of(api, city) if v["known_until"] is None]
    await correct(holding[1]["id"], full_name="青澜市审计署")
    for version in await versions_of(api, city):
        if version["known_until"] is not None:
            continue
        last = version["true_until"]
        days = [version["true_from"]]
        if last is not None:
            days.append((date.fromisoformat(last) - timedelta(days=1)).isoformat())
        for day in days:
            read = (await api("GET", f"/bodies/{city.body}?as_of={day}")).json()
            assert read == version["body"]
