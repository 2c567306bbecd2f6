"""Correcting: a new document takes the place of the old one, which stays as it was."""

from tests.builders import City
from tests.conftest import Api
from tests.features.documents.conftest import RECEIPT, Issue
from tests.features.processes.conftest import AsDirector
from tests.people import MAY, MAY_READ, NEVER

CHANGED = {"reason": "受理日期有误。", "data": RECEIPT | {"admitted_on": "2026-11-23"}}


async def test_a_correction_supersedes_and_never_edits(
    api: Api, director: AsDirector, issue: Issue
) -> None:
    old = await issue()
    before = (await api("GET", f"/documents/{old['id']}/content")).json()
    made = await api("POST", f"/documents/{old['id']}/correct", CHANGED)
    assert made.status_code == 201, made.text
    draft = made.json()
    assert (draft["supersedes_id"], draft["title"]) == (old["id"], old["title"])
    path = f"/document-drafts/{draft['id']}/issue"
    new = (await director("POST", path, {}, if_match=made.headers["etag"])).json()
    assert (new["code"], new["supersedes_id"]) == ("青编办〔2026〕2号", old["id"])
    assert (await api("GET", f"/documents/{old['id']}/content")).json() == before
    read = (await api("GET", f"/documents/{old['id']}")).json()
    assert read == old | {"superseded_by_id": new["id"]}
    content = (await api("GET", f"/documents/{new['id']}/content")).json()
    assert content["paper"]["correction"] == (
        "本文件更正并取代青编办〔2026〕1号（2026年11月24日）。更正理由：受理日期有误。"
    )
    again = await api("POST", f"/documents/{old['id']}/correct", CHANGED)
    assert (again.status_code, again.json()["code"]) == (409, "document_already_superseded")


async def test_a_correction_is_signed_by_another_too(director: AsDirector, issue: Issue) -> None:
    old = await issue()
    made = await director("POST", f"/documents/{old['id']}/correct", CHANGED)
    path = f"/document-drafts/{made.json()['id']}/issue"
    got = await director("POST", path, {}, if_match=made.headers["etag"])
    assert (got.status_code, got.json()["code"]) == (422, "signer_wrote")


async def test_only_the_office_corrects_what_it_wrote(api: Api, issue: Issue, city: City) -> None:
    old = await issue()
    path = f"/documents/{old['id']}/correct"
    status = {
        who: (await api("POST", path, CHANGED, who=who)).status_code
        for who in (MAY_READ, NEVER, None, MAY)
    }
    assert status == {MAY_READ: 403, NEVER: 403, None: 401, MAY: 201}
    recorded = await api("POST", f"/documents/{city.document}/correct", CHANGED)
    assert (recorded.status_code, recorded.json()["code"]) == (422, "not_written_here")
    faulty = await api("POST", path, {"reason": "误", "data": {"matter": "缺项"}})
    assert (faulty.status_code, faulty.json()["code"]) == (422, "paper_data_invalid")
