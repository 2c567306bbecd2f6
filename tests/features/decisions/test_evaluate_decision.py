"""Deciding by a table: by key and version, explained, and on record."""

from tests.conftest import Api
from tests.features.processes.conftest import Release, files, table
from tests.people import MAY, MAY_READ, NEVER


async def test_a_decision_tells_which_rule_fired_and_by_which_article(
    api: Api, release: Release
) -> None:
    await release(files())
    asked = {"inputs": {"rank": "KE"}}
    got = await api("POST", "/decisions/authority_level/evaluate", asked)
    assert got.status_code == 200, got.text
    told = got.json()
    assert (told["output"], told["release_number"], told["version"]) == ("commission", 1, 1)
    (fired,) = told["explanation"][-1]["tables"][0]["fired"]
    assert (fired["id"], fired["number"], fired["annotations"]) == (
        "rule_ke",
        2,
        {"article": "第十条"},
    )


async def test_an_older_version_can_still_be_asked_by_number_and_tag(
    api: Api, release: Release
) -> None:
    await release(files())
    await release(files(table(office="bureau", tag="v2"), ""))
    path, gu = "/decisions/authority_level/evaluate", {"inputs": {"rank": "GU"}}
    for more, output in (
        ({}, "bureau"),
        ({"version": 1}, "office"),
        ({"version": 2}, "bureau"),
        ({"version_tag": "v1"}, "office"),
    ):
        assert (await api("POST", path, gu | more)).json()["output"] == output
    assert (await api("POST", path, gu | {"version": 3})).status_code == 404
    assert (await api("POST", "/decisions/other/evaluate", gu)).status_code == 404


async def test_what_no_second_person_approved_decides_nothing(api: Api) -> None:
    await api("POST", "/flows/matters/releases", {"files": files()})
    got = await api("POST", "/decisions/authority_level/evaluate", {"inputs": {"rank": "KE"}})
    assert got.status_code == 404
    named = {"inputs": {"rank": "KE"}, "version": 1}
    assert (await api("POST", "/decisions/authority_level/evaluate", named)).status_code == 404


async def test_every_evaluation_is_kept_and_found_by_its_rule(api: Api, release: Release) -> None:
    await release(files())
    for rank in ("GU", "KE", "GU", "ZZ"):
        asked = {"inputs": {"rank": rank}}
        await api("POST", "/decisions/authority_level/evaluate", asked)
    path = "/decision-evaluations"
    listed = (await api("GET", f"{path}?rule_id=rule_gu&limit=1")).json()
    assert [(e["output"], e["inputs"], e["actor_name"]) for e in listed["items"]] == [
        ("office", {"rank": "GU"}, MAY)
    ]
    more = (await api("GET", f"{path}?rule_id=rule_gu&cursor={listed['next']}")).json()
    assert len(more["items"]) == 1
    assert (await api("GET", "/decision-evaluations/count?key=authority_level")).json() == {
        "count": 4
    }
    assert (await api("GET", f"{path}/count?until=2000-01-01T00:00:00Z")).json() == {"count": 0}
    nothing = (await api("GET", f"{path}?limit=1")).json()["items"][0]
    assert nothing["output"] is None


async def test_only_the_office_decides_and_looks(api: Api, release: Release) -> None:
    await release(files())
    for who, expected in ((MAY_READ, 403), (NEVER, 403), (None, 401)):
        asked = {"inputs": {"rank": "KE"}}
        got = await api("POST", "/decisions/authority_level/evaluate", asked, who=who)
        assert got.status_code == expected
        assert (await api("GET", "/decision-evaluations", who=who)).status_code == expected
        assert (await api("GET", "/decisions", who=who)).status_code == expected


async def test_decisions_in_force_are_listed_by_key(api: Api, release: Release) -> None:
    from tests.features.processes.conftest import LEVELS

    await release(files())
    await release(LEVELS, "rectification")
    page = (await api("GET", "/decisions?limit=1")).json()
    assert [each["key"] for each in page["items"]] == ["authority_level"]
    rest = (await api("GET", f"/decisions?cursor={page['next']}")).json()
    assert [(each["key"], each["flow"]) for each in rest["items"]] == [("level", "rectification")]
    assert (await api("GET", "/decisions/count?flow=matters")).json() == {"count": 1}
