"""Duty × reach: who sees and changes which bodies of a tree, and from which day to which."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI

from service.core.auth.dev_issuer import DevIssuer
from service.settings import Settings
from tests.builders import TODAY, City, registration
from tests.conftest import Do, open_client, told
from tests.core.auth.rows import LONG_AGO, add_actor, add_duty

Ask = Callable[..., Awaitable[httpx.Response]]
SUBJECT = "somebody"
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
READER, WRITER = "applicant_officer", "office_case_officer"


@dataclass(frozen=True)
class Tree:
    """Bodies by name: a bureau with an institute that has a station, and a bureau apart."""

    ids: dict[str, UUID]

    def __getitem__(self, name: str) -> UUID:
        return self.ids[name]

    def names(self, ids: list[str]) -> set[str]:
        return {name for name, body_id in self.ids.items() if str(body_id) in ids}


@pytest.fixture
async def tree(do: Do, city: City) -> Tree:
    async def below(number: int, parent_id: UUID) -> UUID:
        code, name = f"99008109000{number}", f"青澜市下属第{number}单位"
        return UUID(told(await do(registration(code, name, parent_id=parent_id)))["id"])

    institute = await below(1, city.body)
    station = await below(2, institute)
    ids = {"bureau": city.body, "institute": institute, "station": station}
    return Tree({**ids, "apart": city.other_body})


@pytest.fixture
async def somebody(settings: Settings, city: City) -> UUID:
    """An account without any duty."""
    return await add_actor(settings, SUBJECT)


@pytest.fixture
async def ask(app: FastAPI, settings: Settings) -> AsyncIterator[Ask]:
    """Send a request as somebody."""
    token = DevIssuer.of(settings.data_dir, settings.oidc_audience).token(SUBJECT)
    headers = {"authorization": f"Bearer {token}", "accept-language": "en", "if-match": '"1"'}
    async with open_client(app) as client:

        async def ask(method: str, path: str, json: Any = None) -> httpx.Response:
            return await client.request(method, f"/api/v1{path}", json=json, headers=headers)

        yield ask


async def seen(ask: Ask, tree: Tree) -> set[str]:
    """The bodies that somebody sees; that the list, the count and each reading agree."""
    listed = await ask("GET", "/bodies")
    assert listed.status_code == 200, listed.text
    names = tree.names([each["id"] for each in listed.json()["items"]])
    assert (await ask("GET", "/bodies/count")).json() == {"count": len(names)}
    for name, body_id in tree.ids.items():
        read = await ask("GET", f"/bodies/{body_id}")
        assert read.status_code == (200 if name in names else 404), name
    return names


BELOW = {"bureau", "institute", "station"}
REACHES = [
    ("CITY", None, BELOW | {"apart"}),
    ("SUBTREE", "bureau", BELOW),
    ("SUBTREE", "institute", {"institute", "station"}),
    ("SUBTREE", "station", {"station"}),
    ("SUBTREE", "apart", {"apart"}),
    ("BODY", "bureau", {"bureau"}),
    ("BODY", "institute", {"institute"}),
    ("BODY", "apart", {"apart"}),
]


@pytest.mark.parametrize(("reach", "over", "expected"), REACHES)
async def test_a_reader_sees_what_is_within_reach_and_nothing_else(
    ask: Ask,
    settings: Settings,
    tree: Tree,
    somebody: UUID,
    reach: str,
    over: str | None,
    expected: set[str],
) -> None:
    await add_duty(settings, somebody, READER, reach, tree[over] if over else None)
    assert await seen(ask, tree) == expected


async def _rename(ask: Ask, city: City, body_id: UUID) -> httpx.Response:
    asked = {
        "full_name": "青澜市更名后的单位",
        "document_id": str(city.document),
        "effective_on": "2026-11-01",
    }
    return await ask("POST", f"/bodies/{body_id}/rename", asked)


@pytest.mark.parametrize(("reach", "over", "expected"), REACHES)
async def test_a_writer_changes_what_is_within_reach_and_nothing_else(
    ask: Ask,
    settings: Settings,
    city: City,
    tree: Tree,
    somebody: UUID,
    reach: str,
    over: str | None,
    expected: set[str],
) -> None:
    await add_duty(settings, somebody, WRITER, reach, tree[over] if over else None)
    outside = sorted(set(tree.ids) - expected)
    answers = {name: await _rename(ask, city, tree[name]) for name in outside}
    assert {name: got.status_code for name, got in answers.items()} == dict.fromkeys(outside, 404)
    within = sorted(expected)[-1]
    done = await _rename(ask, city, tree[within])
    assert done.status_code == 200, done.text


async def test_several_duties_add_up(
    ask: Ask, settings: Settings, tree: Tree, somebody: UUID
) -> None:
    await add_duty(settings, somebody, READER, "BODY", tree["bureau"])
    await add_duty(settings, somebody, READER, "SUBTREE", tree["station"])
    assert await seen(ask, tree) == {"bureau", "station"}


async def test_one_duty_does_not_lend_its_reach_to_another(
    ask: Ask, settings: Settings, city: City, tree: Tree, somebody: UUID
) -> None:
    await add_duty(settings, somebody, WRITER, "BODY", tree["apart"])
    await add_duty(settings, somebody, READER, "CITY")
    assert await seen(ask, tree) == set(tree.ids)
    assert (await _rename(ask, city, tree["bureau"])).status_code == 404
    assert (await _rename(ask, city, tree["apart"])).status_code == 200


async def test_a_duty_that_is_not_one_of_an_operation_gives_no_reach_at_all(
    ask: Ask, settings: Settings, tree: Tree, somebody: UUID
) -> None:
    await add_duty(settings, somebody, "public_user", "CITY")
    for path in ("/bodies", "/bodies/count", f"/bodies/{tree['bureau']}"):
        answer = await ask("GET", path)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed"), path


@pytest.mark.parametrize(
    ("days", "holds"),
    [
        ((LONG_AGO, None), True),
        ((TODAY, None), True),
        ((TODAY, TOMORROW), True),
        ((LONG_AGO, TOMORROW), True),
        ((TOMORROW, None), False),
        ((LONG_AGO, TODAY), False),
        ((LONG_AGO, YESTERDAY), False),
        ((TODAY, TODAY), False),
    ],
)
async def test_a_duty_is_held_from_its_first_day_until_the_day_on_which_it_ends(
    ask: Ask,
    settings: Settings,
    city: City,
    somebody: UUID,
    days: tuple[date, date | None],
    holds: bool,
) -> None:
    await add_duty(settings, somebody, READER, "CITY", days=days)
    answer = await ask("GET", "/bodies")
    assert answer.status_code == (200 if holds else 403)


async def test_an_ended_duty_over_the_city_does_not_widen_one_that_is_held(
    ask: Ask, settings: Settings, tree: Tree, somebody: UUID
) -> None:
    await add_duty(settings, somebody, READER, "CITY", days=(LONG_AGO, TODAY))
    await add_duty(settings, somebody, READER, "CITY", days=(TOMORROW, None))
    await add_duty(settings, somebody, READER, "BODY", tree["station"])
    assert await seen(ask, tree) == {"station"}


async def test_a_foreign_body_and_a_missing_one_look_alike(
    ask: Ask, settings: Settings, city: City, tree: Tree, somebody: UUID
) -> None:
    await add_duty(settings, somebody, READER, "SUBTREE", tree["bureau"])
    await add_duty(settings, somebody, WRITER, "SUBTREE", tree["bureau"])

    def told_apart(answer: httpx.Response) -> tuple[int, dict[str, Any], set[str]]:
        problem = {k: v for k, v in answer.json().items() if k != "instance"}
        return answer.status_code, problem, set(answer.headers)

    for path in ("", "/tree", "/versions", "/functions", "/internal-bodies"):
        foreign = await ask("GET", f"/bodies/{tree['apart']}{path}")
        missing = await ask("GET", f"/bodies/{uuid4()}{path}")
        assert foreign.status_code == 404, path
        assert told_apart(foreign) == told_apart(missing), path
    foreign = await _rename(ask, city, tree["apart"])
    assert told_apart(foreign) == told_apart(await _rename(ask, city, uuid4()))


async def test_a_foreign_parent_filters_to_nothing_and_searches_find_nothing_foreign(
    ask: Ask, settings: Settings, tree: Tree, somebody: UUID
) -> None:
    await add_duty(settings, somebody, READER, "BODY", tree["station"])
    for query in (f"parent_id={tree['bureau']}", "text=第2局", "text=局"):
        assert (await ask("GET", f"/bodies?{query}")).json()["items"] == [], query
        assert (await ask("GET", f"/bodies/count?{query}")).json() == {"count": 0}, query


async def test_reach_follows_a_body_that_moves_in_the_tree(
    ask: Ask, api: Ask, settings: Settings, city: City, tree: Tree, somebody: UUID
) -> None:
    await add_duty(settings, somebody, READER, "SUBTREE", tree["apart"])
    assert await seen(ask, tree) == {"apart"}
    moved = await api(
        "POST",
        f"/bodies/{tree['institute']}/re-subordinate",
        {
            "parent_id": str(tree["apart"]),
            "document_id": str(city.document),
            "effective_on": "2026-11-01",
        },
        if_match='"1"',
    )
    assert moved.status_code == 200, moved.text
    assert await seen(ask, tree) == {"apart", "institute", "station"}


async def test_somebody_put_out_of_use_is_not_let_in_with_any_duty(
    ask: Ask, settings: Settings, city: City
) -> None:
    gone = await add_actor(settings, SUBJECT, is_active=False)
    await add_duty(settings, gone, READER, "CITY")
    answer = await ask("GET", "/bodies")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
