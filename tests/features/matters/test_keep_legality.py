"""The legal reviewer's opinion is a numbered paper, and stays apart from intake and signature."""

from typing import Any
from uuid import UUID

import pytest

from service.features.matters.keep_legality import KeepLegality
from service.features.matters.record_facts import RecordFacts
from tests.builders import City
from tests.conftest import Api, told
from tests.features.matters.conftest import Order, staff
from tests.features.matters.test_record_opinion import asked
from tests.people import MAY_READ


@pytest.fixture
async def reviewer(city: City) -> UUID:
    return await staff(city.settings, "reviewer", "office_legal_reviewer", None)


def found(matter: str, by: UUID, legality: str = "PASS", **more: Any) -> KeepLegality:
    """What the reviewer fills in."""
    said = dict.fromkeys(
        ("authority_check", "procedure_check", "prohibition_check", "opinion"), "符合规定。"
    )
    basis = [{"document": "市级规定", "level": "市级", "fits": True}]
    return KeepLegality.model_validate(
        {"matter_id": matter, "legality": legality, "basis": basis, "by": by, **said, **more}
    )


@pytest.mark.usefixtures("letterhead")
async def test_the_opinion_is_issued_in_the_reviewers_name_and_kept_inside_the_office(
    matter: str, order: Order, api: Api, reviewer: UUID
) -> None:
    kept = await order(found(matter, reviewer, "PASS_WITH_CHANGES", changes="减为1名。"))
    assert kept.status < 400, kept.body
    document = told(kept)["document_id"]
    shown = (await api("GET", f"/documents/{document}")).json()
    assert shown["title"] == "合法合规性审查意见书"
    paper = (await api("GET", f"/documents/{document}/content")).json()
    assert paper["signer_name"] == "reviewer"
    assert "须作的调整：减为1名。" in str(paper["data"])
    unit = await api("GET", f"/documents/{document}/content", who=MAY_READ)
    assert unit.status_code == 404
    (record,) = (await api("GET", f"/matters/{matter}/records?kind=LEGALITY")).json()["items"]
    assert (record["given_by_name"], record["document_id"]) == ("reviewer", document)
    assert (await api("GET", f"/matters/{matter}")).json()["legality"] == "PASS_WITH_CHANGES"


async def test_no_opinion_is_issued_before_the_office_has_a_letterhead(
    matter: str, order: Order, reviewer: UUID, api: Api
) -> None:
    assert told(await order(found(matter, reviewer)))["code"] == "series_unknown"
    assert (await api("GET", f"/matters/{matter}")).json()["legality"] is None


@pytest.mark.usefixtures("letterhead")
async def test_changes_are_named_and_whoever_took_it_in_does_not_review(
    matter: str, order: Order, reviewer: UUID
) -> None:
    unnamed = found(matter, reviewer, "PASS_WITH_CHANGES")
    assert told(await order(unnamed))["code"] == "legality_changes_required"
    authority = {"final_authority": "COMMISSION", "via_party_committee": False}
    facts = {"matter_id": matter, "authority": authority, "intake_by": reviewer}
    await order(RecordFacts.model_validate(facts))
    assert told(await order(found(matter, reviewer)))["code"] == "matter_not_three_people"


@pytest.mark.usefixtures("letterhead")
async def test_where_it_fails_bodies_that_have_not_answered_are_asked_no_longer(
    matter: str, order: Order, api: Api, city: City, reviewer: UUID
) -> None:
    await asked(order, matter, city)
    await order(found(matter, reviewer, "FAIL"))
    (shown,) = (await api("GET", f"/matters/{matter}/opinions")).json()["items"]
    assert (shown["opinion"], shown["closed_at"] is None) == (None, False)
