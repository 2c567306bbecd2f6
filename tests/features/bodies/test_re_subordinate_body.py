"""Re-subordinating: the subtree moves along, no circle arises, and reach follows at once."""

import asyncio
import random
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from service.core.store.db import Database
from service.features.bodies.re_subordinate_body import ReSubordinateBody
from tests.builders import City, registration
from tests.conftest import Api, Do, told
from tests.features.bodies.conftest import Change, code_of, statuses


async def register(do: Do, number: int, parent_id: Any = None) -> UUID:
    name = f"青澜市第{number}中心"
    answer = await do(registration(f"99008110{number + 1:04}", name, parent_id=parent_id))
    assert answer.status in (201, 422), answer.body
    return UUID(told(answer)["id"])


async def test_reach_over_a_subtree_follows_the_move(
    do: Do, api: Api, change: Change, city: City
) -> None:
    child = await register(do, 1, city.body)
    grandchild = await register(do, 2, child)
    assert await statuses(api, "GET", f"/bodies/{grandchild}") == [200, 200, 404, 401]
    assert (await change(ReSubordinateBody, child, parent_id=city.other_body)).status == 200
    assert await statuses(api, "GET", f"/bodies/{grandchild}") == [200, 404, 200, 401]
    tree = (await api("GET", f"/bodies/{grandchild}/tree")).json()
    assert [above["id"] for above in tree["above"]] == [str(child), str(city.other_body)]


async def test_a_superior_left_out_stays_and_null_takes_it_away(
    do: Do, change: Change, city: City
) -> None:
    child = await register(do, 1, city.body)
    moved = told(await change(ReSubordinateBody, child, competent_body_id=city.other_body))
    assert moved["parent_id"] == str(city.body)
    assert moved["competent_body_id"] == str(city.other_body)
    freed = told(await change(ReSubordinateBody, child, parent_id=None))
    assert freed["parent_id"] is None
    assert freed["competent_body_id"] == str(city.other_body)
    assert code_of(await change(ReSubordinateBody, child, parent_id=None)) == "nothing_changes"


@pytest.mark.parametrize("superior", ["parent_id", "competent_body_id", "sponsor_body_id"])
async def test_no_body_comes_to_stand_below_itself(
    do: Do, change: Change, city: City, superior: str
) -> None:
    child = await register(do, 1)
    grandchild = await register(do, 2)
    await change(ReSubordinateBody, child, **{superior: city.body})
    await change(ReSubordinateBody, grandchild, **{superior: child})
    for below in (city.body, child, grandchild):
        refused = await change(ReSubordinateBody, city.body, **{superior: below})
        assert (refused.status, code_of(refused)) == (422, "subordination_cycle")


async def test_two_moves_at_once_never_close_a_circle(
    do: Do, change: Change, city: City, database: Database
) -> None:
    bodies = [city.body, city.other_body, *[await register(do, n) for n in range(2)]]
    answers = await asyncio.gather(
        *(
            change(ReSubordinateBody, body, parent_id=bodies[place - 1])
            for place, body in enumerate(bodies)
        )
    )
    assert sorted(answer.status for answer in answers) == [200, 200, 200, 422]
    await lineages_agree(database)


async def lineages_agree(database: Database) -> None:
    """Every lineage is the chain of parents, found by walking it."""
    wrong = await database.reading.fetch(
        """WITH RECURSIVE chain (id, above, nth) AS (
               SELECT id, id, 0 FROM body UNION ALL
               SELECT c.id, b.parent_id, nth + 1 FROM chain c JOIN body b ON b.id = c.above
               WHERE b.parent_id IS NOT NULL AND nth < 100)
           SELECT b.full_name FROM body b
           WHERE b.lineage <> (SELECT array_agg(above ORDER BY nth) FROM chain c WHERE c.id = b.id)
        """
    )
    assert wrong == []


@pytest.mark.parametrize("seed", range(3))
async def test_after_random_moves_from_several_connections_every_lineage_is_the_chain_of_parents(
    do: Do, change: Change, city: City, database: Database, seed: int
) -> None:
    choose = random.Random(seed)
    bodies = [city.body, city.other_body]
    seen: set[int] = set()

    async def step(number: int) -> None:
        if choose.random() < 0.3:
            bodies.append(await register(do, number, choose.choice([None, *bodies])))
            return
        answer = await change(
            ReSubordinateBody, choose.choice(bodies), parent_id=choose.choice([None, *bodies])
        )
        seen.add(answer.status)
        assert answer.status in (200, 412, 422), answer.body

    for turn in range(15):
        await asyncio.gather(*(step(turn * 4 + place) for place in range(4)))
        await lineages_agree(database)
    assert {200, 422} <= seen


async def test_where_a_body_stood_on_a_day_stays_known(
    do: Do, api: Api, change: Change, city: City
) -> None:
    child = await register(do, 1, city.body)
    await change(ReSubordinateBody, child, on=date(2025, 6, 1), parent_id=city.other_body)
    path = f"/bodies?parent_id={city.body}"
    assert (await api("GET", path)).json()["items"] == []
    then = (await api("GET", f"{path}&as_of=2025-05-31")).json()["items"]
    assert [each["id"] for each in then] == [str(child)]
