"""Listing and searching bodies: filters, order, pages, and nobody sees beyond the own reach."""

from typing import Any

import pytest

from service.features.bodies import list_bodies
from service.features.bodies.codes import BodyType, Rank, SystemCategory
from tests.builders import City, registration
from tests.conftest import Api, Do
from tests.people import MAY_READ, NEVER

NAMES = ("青澜市人民医院", "青澜市人民法院", "青澜市中医院", "Qinglan 100% Centre_A", "院")


@pytest.fixture
async def five(do: Do, city: City) -> None:
    for number, name in enumerate(NAMES, start=1):
        answer = await do(
            registration(
                f"99008110000{number}",
                name,
                parent_id=city.body if number == 3 else None,
                rank=Rank.UNRANKED,
                body_type=BodyType.PUBLIC_INSTITUTION,
                system_category=SystemCategory.PUBLIC_INSTITUTION,
            )
        )
        assert answer.status == 201


pytestmark = pytest.mark.usefixtures("five")


async def found(api: Api, query: str, **people: Any) -> list[str]:
    got = await api("GET", f"/bodies?{query}", **people)
    return [each["full_name"] for each in got.json()["items"]]


SEARCHES = [
    ("院", ["青澜市人民医院", "青澜市人民法院", "青澜市中医院", "院"]),
    ("医院", ["青澜市人民医院", "青澜市中医院"]),
    ("人民医院", ["青澜市人民医院"]),
    ("民院", []),
    ("qinglan", ["Qinglan 100% Centre_A"]),
    ("0%25", ["Qinglan 100% Centre_A"]),
    ("e_a", ["Qinglan 100% Centre_A"]),
    ("市%25院", []),
    ("e.a", []),
]


@pytest.mark.parametrize(("text", "names"), SEARCHES)
async def test_any_part_of_a_name_finds_it_and_nothing_else(
    api: Api, text: str, names: list[str]
) -> None:
    assert await found(api, f"text={text}") == names
    assert (await api("GET", f"/bodies/count?text={text}")).json()["count"] == len(names)


@pytest.mark.parametrize("sort", ["body_code", "full_name"])
async def test_the_index_and_the_look_along_the_order_answer_alike(
    api: Api, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    for text, _ in SEARCHES:
        pages = []
        for looked_at in (0, 2, 1_000):
            monkeypatch.setattr(list_bodies, "LOOKED_AT", looked_at)
            pages.append(await walked(api, f"text={text}&sort={sort}&limit=1"))
        assert pages[0] == pages[1] == pages[2] == await found(api, f"text={text}&sort={sort}")


async def walked(api: Api, query: str) -> list[str]:
    """All names of a list, page by page."""
    names, cursor = [], ""
    while True:
        page = (await api("GET", f"/bodies?{query}{cursor}")).json()
        names += [each["full_name"] for each in page["items"]]
        if page["next"] is None:
            return names
        cursor = f"&cursor={page['next']}"


@pytest.mark.parametrize("moment", ["", "&as_of=2026-01-01"])
@pytest.mark.parametrize("sort", ["body_code", "full_name"])
async def test_pages_meet_without_gap_or_overlap(api: Api, sort: str, moment: str) -> None:
    everything = await found(api, f"sort={sort}{moment}")
    assert len(everything) == 7
    assert await walked(api, f"sort={sort}{moment}&limit=3") == everything
    if sort == "full_name":
        assert everything == sorted(everything)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("system_category=GOV", 2),
        ("body_type=PUBLIC_INSTITUTION", 5),
        ("rank=UNRANKED&text=医院", 2),
        ("status=MERGED", 0),
        ("status=ACTIVE&as_of=2019-02-28", 0),
        ("status=ACTIVE&as_of=2019-03-01", 7),
    ],
)
async def test_filters_narrow_a_list_and_its_count_alike(api: Api, query: str, count: int) -> None:
    assert len(await found(api, query)) == count
    assert (await api("GET", f"/bodies/count?{query}")).json()["count"] == count


async def test_a_list_ends_at_the_callers_reach(api: Api, city: City) -> None:
    assert await found(api, "", who=MAY_READ) == ["青澜市第1局", "青澜市中医院"]
    assert await found(api, "", who=NEVER) == ["青澜市第2局"]
    assert await found(api, "text=医院", who=NEVER) == []
    assert await found(api, "text=医院&as_of=2026-01-01", who=MAY_READ) == ["青澜市中医院"]
    assert (await api("GET", "/bodies/count?text=医院", who=NEVER)).json()["count"] == 0
    assert (await api("GET", "/bodies", who=None)).status_code == 401
    assert (await api("GET", "/bodies/count", who=None)).status_code == 401


async def test_a_foreign_cursor_or_a_bad_limit_is_refused(api: Api) -> None:
    assert (await api("GET", "/bodies?cursor=abc")).json()["code"] == "invalid_cursor"
    assert (await api("GET", "/bodies?limit=201")).status_code == 422
    assert (await api("GET", "/bodies?text=")).status_code == 422
    assert (await api("GET", "/bodies?sort=rank")).status_code == 422


async def test_what_has_not_changed_is_not_sent_again(api: Api, city: City) -> None:
    path = f"/bodies/{city.body}"
    assert (await api("GET", path, if_none_match='"1"')).status_code == 304
    assert (await api("GET", path, if_none_match='"2"')).status_code == 200
