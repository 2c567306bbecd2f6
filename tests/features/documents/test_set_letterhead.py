"""Letterheads: the director says whose papers a series numbers."""

from tests.builders import City
from tests.conftest import Api
from tests.features.documents.conftest import Issue
from tests.features.processes.conftest import AsDirector
from tests.people import MAY, MAY_READ, NEVER

SENT = {"issuer": "中共青澜市委编办", "signers": ["office_deputy"]}


async def test_a_new_issuer_stands_on_new_papers_only(
    api: Api, issue: Issue, director: AsDirector
) -> None:
    first = await issue()
    path = "/letterheads/青编办/set"
    sent = {"issuer": "中共青澜市委编办", "signers": ["office_director"]}
    assert (await director("POST", path, sent)).status_code == 200
    second = await issue()
    assert (first["issuer"], second["issuer"]) == ("青澜市青编办", "中共青澜市委编办")
    assert (await api("GET", f"/documents/{first['id']}")).json()["issuer"] == "青澜市青编办"
    listed = (await api("GET", "/letterheads?limit=1", who=NEVER)).json()
    rest = (await api("GET", f"/letterheads?cursor={listed['next']}")).json()
    assert [each["series"] for each in listed["items"] + rest["items"]] == ["青编", "青编办"]


async def test_only_the_director_sets_a_letterhead(
    api: Api, city: City, director: AsDirector
) -> None:
    path = "/letterheads/青编办/set"
    status = [
        (await api("POST", path, SENT, who=who)).status_code for who in (MAY, MAY_READ, NEVER, None)
    ]
    assert status == [403, 403, 403, 401]
    odd = await director("POST", path, SENT | {"signers": ["applicant_officer"]})
    assert odd.status_code == 422


async def test_a_number_of_a_letterhead_is_never_given_by_hand(
    api: Api, city: City, director: AsDirector
) -> None:
    assert (await director("POST", "/letterheads/青编函/set", SENT)).status_code == 200
    paper = {
        "series": "青编函",
        "year": 2026,
        "number": 9,
        "title": "函",
        "issued_on": "2026-11-01",
        "issuer": "某单位",
    }
    got = await api("POST", "/documents", paper)
    assert (got.status_code, got.json()["code"]) == (422, "series_numbered_here")
