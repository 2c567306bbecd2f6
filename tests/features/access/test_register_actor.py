"""Registering, deactivating and listing actors: who may, and from when on it holds."""

from service.core.auth.dev_issuer import DevIssuer
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.features.access.conftest import Register
from tests.people import MAY_READ, NEVER


async def test_whoever_is_registered_may_do_nothing_before_a_duty_is_given(
    api: Api, app: object, register: Register, settings: Settings, city: City
) -> None:
    newcomer = await register("newcomer")
    bearer = f"Bearer {DevIssuer.of(settings.data_dir, settings.oidc_audience).token('newcomer')}"
    refused = await api("GET", "/bodies", who=None, authorization=bearer)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    given = {"duty": "applicant_officer", "reach": "BODY", "body_id": str(city.body)}
    assert (await api("POST", f"/actors/{newcomer['id']}/duties", given)).status_code == 201
    seen = await api("GET", "/bodies", who=None, authorization=bearer)
    assert [body["id"] for body in seen.json()["items"]] == [str(city.body)]
    off = await api("POST", f"/actors/{newcomer['id']}/deactivate")
    assert (off.status_code, off.json()["is_active"]) == (200, False)
    out = await api("GET", "/bodies", who=None, authorization=bearer)
    assert out.status_code == 403
    again = await api("POST", f"/actors/{newcomer['id']}/deactivate")
    assert (again.status_code, again.json()["code"]) == (409, "actor_inactive")
    assert (await api("POST", f"/actors/{newcomer['id']}/reactivate")).status_code == 200
    twice = await api("POST", f"/actors/{newcomer['id']}/reactivate")
    assert (twice.status_code, twice.json()["code"]) == (409, "actor_active")
    back = await api("GET", "/bodies", who=None, authorization=bearer)
    assert back.status_code == 200


async def test_no_two_actors_share_a_subject(api: Api, register: Register) -> None:
    await register("payroll", is_program=True)
    again = await api("POST", "/actors", {"subject": "payroll", "actor_name": "x"})
    assert (again.status_code, again.json()["code"]) == (409, "subject_taken")


async def test_only_the_security_administrator_keeps_accounts(api: Api) -> None:
    asked = {"subject": "x", "actor_name": "x"}
    assert (await api("POST", "/actors", asked, who=MAY_READ)).status_code == 403
    assert (await api("POST", "/actors", asked, who=NEVER)).status_code == 403
    assert (await api("GET", "/actors", who=MAY_READ)).status_code == 200
    assert (await api("GET", "/actors", who=NEVER)).status_code == 403


async def test_actors_are_listed_page_by_page_and_by_what_they_may(
    api: Api, register: Register
) -> None:
    for number in range(3):
        await register(f"clerk-{number}", "office_intake")
    await register("robot", is_program=True)
    seen, cursor = [], ""
    while cursor is not None:
        page = (await api("GET", f"/actors?q=clerk&limit=2{cursor and f'&cursor={cursor}'}")).json()
        seen += [item["subject"] for item in page["items"]]
        cursor = page["next"]
    assert seen == ["clerk-0", "clerk-1", "clerk-2"]
    assert (await api("GET", "/actors/count?duty=office_intake")).json() == {"count": 3}
    programs = (await api("GET", "/actors?is_program=true")).json()["items"]
    assert [item["subject"] for item in programs] == ["robot"]
    one = await api("GET", f"/actors/{programs[0]['id']}")
    assert (one.json()["duties"], one.headers["etag"]) == ([], '"1"')


async def test_everybody_can_ask_who_he_is_and_what_he_may(api: Api, city: City) -> None:
    mine = (await api("GET", "/me", who=NEVER)).json()
    assert [(d["duty"], d["body_id"]) for d in mine["duties"]] == [
        ("applicant_officer", str(city.other_body))
    ]
    assert "bodies.list_bodies" in mine["operations"]
    assert "access.register_actor" not in mine["operations"]
    assert (await api("GET", "/me", who=None)).status_code == 401
