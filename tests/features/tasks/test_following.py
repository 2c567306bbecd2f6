"""The tree of bodies moves: whoever stands above a body now finds what is offered over it."""

from datetime import date

from service.check import check
from service.features.bodies.re_subordinate_body import ReSubordinateBody
from tests.conftest import Api
from tests.features.tasks.conftest import Cases, one
from tests.people import MAY_READ, NEVER


async def test_who_stands_above_finds_it_and_who_did_no_longer(api: Api, cases: Cases):
    await cases.begin(one(duty="applicant_officer"), business_key="ours")

    async def found(who: str) -> list[str]:
        answer = await api("GET", "/tasks", who=who)
        return [each["business_key"] for each in answer.json()["items"]]

    assert (await found(MAY_READ), await found(NEVER)) == (["ours"], [])
    for parent, expected in ((cases.city.other_body, ["ours"]), (None, [])):
        moved = ReSubordinateBody(
            body_id=cases.city.body,
            document_id=cases.city.document,
            effective_on=date(2026, 11, 24),
            parent_id=parent,
        )
        version = await cases.database.reading.fetchval(
            "SELECT version FROM body WHERE id = $1", cases.city.body
        )
        answer = await cases.do(moved, if_match=str(version))
        assert answer.status == 200, answer.body
        assert (await found(MAY_READ), await found(NEVER)) == (["ours"], expected)
        report = await check(cases.settings)
        assert [each.findings for each in report.rules if each.rule == "T2"] == [[]]
