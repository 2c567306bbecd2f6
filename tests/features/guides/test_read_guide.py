"""The public: reads without a token, as much as one process grants it, from caches where it can."""

import pytest
from fastapi import FastAPI

from service.core.http.allowance import Allowance
from tests.builders import City
from tests.conftest import Api
from tests.features.guides.conftest import Publish


async def test_a_page_is_cached_until_its_version_changes(api: Api, publish: Publish) -> None:
    await publish()
    first = await api("GET", "/guides/M10", who=None)
    assert (first.status_code, first.headers["cache-control"]) == (200, "public, no-cache")
    seen = first.headers["etag"]
    same = await api("GET", "/guides/M10", who=None, if_none_match=seen)
    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["cache-control"] == "public, no-cache"
    await publish(title="新题")
    changed = await api("GET", "/guides/M10", who=None, if_none_match=seen)
    assert (changed.status_code, changed.json()["title"]) == (200, "新题")


async def test_a_bad_token_does_not_shut_out_the_public(api: Api, publish: Publish) -> None:
    await publish()
    got = await api("GET", "/guides/M10", who=None, authorization="Bearer nonsense")
    assert got.status_code == 200


async def test_the_public_learns_what_a_request_should_look_like(api: Api, city: City) -> None:
    got = await api("GET", "/guides?limit=9999", who=None)
    assert (got.status_code, got.json()["code"]) == (422, "invalid_input")
    assert (await api("GET", "/guides/m-10", who=None)).status_code == 422


async def test_a_flood_of_the_public_is_told_to_wait_and_the_office_is_not(
    app: FastAPI, api: Api, city: City
) -> None:
    app.state.public = Allowance(2, clock=lambda: 0.0)
    answers = [await api("GET", "/guides", who=None) for _ in range(6)]
    assert [got.status_code for got in answers] == [200] * 4 + [429] * 2
    refused = answers[-1]
    assert (refused.json()["code"], refused.headers["retry-after"]) == ("too_many_requests", "1")
    assert (await api("GET", "/documents")).status_code == 200


def test_an_allowance_fills_again_and_holds_two_seconds_worth() -> None:
    from service.core.errors import TooManyRequests

    now = 100.0
    bucket = Allowance(3, clock=lambda: now)
    for _ in range(6):
        bucket.take()
    with pytest.raises(TooManyRequests):
        bucket.take()
    now = 100.5
    bucket.take()
    with pytest.raises(TooManyRequests):
        bucket.take()
    now = 1000.0
    for _ in range(6):
        bucket.take()
    with pytest.raises(TooManyRequests):
        bucket.take()


async def test_pages_of_the_list_follow_each_other(api: Api, publish: Publish) -> None:
    for code in ("M01", "D2", "M10"):
        await publish(code=code)
    first = (await api("GET", "/guides?limit=2", who=None)).json()
    rest = (await api("GET", f"/guides?limit=2&cursor={first['next']}", who=None)).json()
    codes = [each["code"] for each in first["items"] + rest["items"]]
    assert (codes, rest["next"]) == (["D2", "M01", "M10"], None)
