"""A decided matter gets its reply by the drawn flow: drafted, checked, signed, entered; or back."""

import pytest

from service.check import check
from service.core.store.db import Database
from service.features.matters.announce_gate_change import AnnounceGateChange
from service.features.rectification.register_finding import RegisterFinding
from tests.builders import City, give_duty
from tests.conftest import Do
from tests.features.matters.conftest import Deciding, Order, quota
from tests.features.matters.conftest import order as order
from tests.features.meetings.conftest import CHAIR, DIRECTOR, House
from tests.features.meetings.conftest import house as house
from tests.features.processes.cases import rows, worked
from tests.features.quota.conftest import Ledger
from tests.features.quota.conftest import ledger as ledger
from tests.flows.approving import INTAKE, LEGAL, Approving, drafted, right
from tests.people import MAY


@pytest.fixture
async def approving(
    do: Do, order: Order, house: House, city: City, database: Database, ledger: Ledger
) -> Approving:
    approving = Approving(Deciding(do, order, house, city), database)
    await approving.staffed()
    await approving.drawn("issuing")
    return approving


async def written(approving: Approving) -> tuple[int, int]:
    """How many replies and how many entries of theirs there are."""
    found = await rows(
        approving.settings,
        """SELECT count(DISTINCT p.document_id), count(e.id) FROM issued_paper p
           LEFT JOIN entry e ON e.document_id = p.document_id WHERE p.kind = 'APPROVAL_REPLY'""",
    )
    return found[0][0], found[0][1]


async def test_a_reply_is_drafted_checked_signed_and_in_the_ledger(
    approving: Approving, ledger: Ledger
) -> None:
    await ledger.grant(5)
    matter = await approving.decided()
    assert await approving.line(approving.city.body) == (5, 0, 0)
    await approving.do(matter, MAY, "draft_document", "submit", **drafted())
    await approving.do(matter, LEGAL, "check_text", "return", comment="数字有误", **right())
    await approving.do(matter, MAY, "draft_document", "submit", **drafted())
    await give_duty(approving.settings, MAY, "office_legal_reviewer")
    assert await approving.not_done(matter, MAY, "check_text", "right", **right()) == "recused"
    await approving.do(matter, LEGAL, "check_text", "right", **right())
    assert await written(approving) == (0, 0)
    await approving.do(matter, CHAIR, "sign_document", "sign")
    seen = await approving.matter(matter)
    assert (seen["state"], seen["stage"]) == ("ISSUED", "IMPLEMENTATION")
    assert seen["evaluations_on"] == ["2027-05-24", "2027-11-24"]
    assert await approving.line(approving.city.body) == (7, 0, 0)
    assert (await written(approving))[0] == 1
    paper = (await approving.ask("GET", f"/documents/{seen['approval_document_id']}")).json()
    assert paper["code"] == "青编〔2026〕1号"
    found = await check(approving.settings)
    assert {each.rule for each in found.rules if each.findings} == set()


async def test_what_the_ledger_refuses_comes_back_to_the_desk_with_its_reason(
    approving: Approving, ledger: Ledger
) -> None:
    await ledger.grant(5)
    other = {"body_id": str(approving.city.other_body)}
    matter = await approving.decided(
        quota(approving.city, 5, 3), quota(approving.city, 0, 20, **other)
    )
    await approving.to_signature(matter)
    await approving.do(matter, CHAIR, "sign_document", "sign")
    assert await approving.line(approving.city.body) == (5, 0, 0)
    assert await written(approving) == (0, 0)
    seen = await approving.matter(matter)
    assert (seen["state"], seen["approval_document_id"]) == ("DECIDED", None)
    shown = await approving.shown(matter, "draft_document")
    assert shown["data"]["refusal"]["code"] == "ledger_refused"
    assert "不予登记" in shown["data"]["refusal"]["detail"]
    # Once there is room the same matter is issued, under the first number of its series.
    await ledger.limit(60)
    assert (await approving.issued(matter))["state"] == "ISSUED"
    assert await approving.line(approving.city.body) == (3, 0, 0)
    assert await approving.line(approving.city.other_body) == (20, 0, 0)
    assert (await written(approving))[0] == 1


async def test_what_cannot_be_issued_as_decided_goes_back_to_the_appraisal(
    approving: Approving, ledger: Ledger
) -> None:
    await ledger.grant(5)
    matter = await approving.decided()
    await approving.do(matter, MAY, "draft_document", "cannot_issue", comment="与上位规定冲突")
    assert await approving.outcome(matter) == "CANNOT"


async def test_a_gate_that_shuts_after_the_vote_leaves_it_to_the_chair(
    approving: Approving, ledger: Ledger
) -> None:
    await ledger.grant(5)
    matter = await approving.decided()
    await _grave_problem(approving)
    await approving.to_signature(matter)
    await approving.do(matter, CHAIR, "sign_document", "sign")
    assert await written(approving) == (0, 0)
    shown = await approving.shown(matter, "sign_or_hold", CHAIR)
    assert [each["result"] for each in shown["data"]["hits"]] == ["BLOCK"]
    await approving.do(matter, CHAIR, "sign_or_hold", "sign", reason="已作集体决定")
    assert (await approving.matter(matter))["state"] == "ISSUED"
    items = (await approving.ask("GET", f"/agenda-items?subject_id={matter}")).json()["items"]
    assert [each["kind"] for each in items].count("REPORT") == 1


async def test_a_held_matter_waits_for_its_gate_and_is_issued_then(
    approving: Approving, ledger: Ledger
) -> None:
    await ledger.grant(5)
    matter = await approving.decided()
    item = await _grave_problem(approving)
    await approving.to_signature(matter)
    await approving.do(matter, CHAIR, "sign_document", "sign")
    await approving.do(matter, CHAIR, "sign_or_hold", "hold", reason="先整改")
    seen = await approving.matter(matter)
    assert (seen["state"], seen["gate"]) == ("SUSPENDED_BY_GATE", "BLOCK")
    await _struck_off(approving, item)
    assert (await approving.matter(matter))["state"] == "ISSUED"
    assert await approving.line(approving.city.body) == (7, 0, 0)


async def _grave_problem(approving: Approving) -> str:
    """A registered item of our body that blocks an increase of its quota."""
    found = RegisterFinding.model_validate(
        {
            "source_type": "INSPECTION",
            "body_id": approving.city.body,
            "breach": "OVER_QUOTA",
            "problem": "行政编制超编1名",
            "facts": "核定5名，实有6名。",
            "found_on": "2026-11-20",
        }
    )
    item = str((await approving.deciding.done(found))["id"])
    told = {"breach": "OVER_QUOTA", "cause": "UNIT", "problem": "超编1名", "facts": "实有6名。"}
    await approving.do(item, LEGAL, "classify_item", "register", **told)
    await approving.do(item, INTAKE, "confirm_item", "confirm")
    return item


async def _struck_off(approving: Approving, item: str) -> None:
    """The item was entered in error: two people strike it off, and the gate is another one."""
    answer = await approving.ask("POST", f"/rectifications/{item}/void", {"reason": "误登"}, LEGAL)
    assert answer.status_code < 400, answer.text
    for who, task in ((INTAKE, "sign_voiding_first"), (DIRECTOR, "sign_voiding_second")):
        await approving.do(item, who, task, "sign", reason="登记有误。")
    await approving.deciding.done(AnnounceGateChange(body_id=approving.city.body))
    await worked(approving.database)
