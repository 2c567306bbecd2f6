"""A matter is appraised by the people who may: reviewed, studied, heard, reported, put back."""

from typing import Any

import pytest

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.store.db import Database
from service.features.matters.opinion_tables import AskedRole
from service.features.matters.set_asked_bodies import SetAskedBodies
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.features.matters.conftest import quota
from tests.flows.appraising import (
    CONSULTED,
    DEPUTY,
    EXPERT,
    GROUP,
    LEADER,
    LEGAL,
    LIAISON,
    OFFICER,
    UNIT,
    Desk,
    desk_of,
    flow,
)


@pytest.fixture
async def desk(api: Api, settings: Settings, database: Database, city: City) -> Desk:
    return await desk_of(api, settings, database, city)


def inside(city: City, after: int = 7) -> dict[str, Any]:
    """Posts that the body finds among its own: nothing to evaluate beforehand."""
    return quota(city, 5, after, source="INSIDE", action="CHANGE")


def functions(city: City) -> dict[str, Any]:
    """Functions of the other body, which is asked for its opinion."""
    return {"ledger": "FUNCTION", "body_id": str(city.other_body), "text": "增加职责"}


async def test_a_matter_is_reviewed_studied_heard_and_reported(desk: Desk, city: City) -> None:
    matter = await desk.begin(inside(city))
    assert await desk.open(matter) == {"legality_review", "field_study"}
    seen = await desk.seen(f"/matters/{matter}")
    assert (seen["stage"], seen["state"], seen["appraisal_rounds"]) == (
        "APPRAISAL",
        "IN_APPRAISAL",
        1,
    )
    await desk.reviewed(matter)
    await desk.studied(matter)
    assert await desk.open(matter) == {"hear_applicant"}
    assert await desk.stopped(matter) == ["APPLICANT"]
    await desk.complete(UNIT, matter, "hear_applicant", comments="情况属实。")
    assert await desk.stopped(matter) == []
    await desk.reported(matter)
    told = await desk.outcome(matter)
    assert (told["outcome"], told["legality"]) == ("READY", "PASS")
    assert told["legal_by"] == str(desk.ids[LEGAL])
    kinds = [each["kind"] for each in (await desk.seen(f"/matters/{matter}/records"))["items"]]
    assert set(kinds) == {"LEGALITY", "VISIT", "STUDY", "HEARING", "REPORT"}
    whole = await desk.seen(f"/matters/{matter}")
    assert (whole["final_authority"], whole["recommendation"]) == ("COMMISSION", "RECOMMEND")


async def test_what_costs_money_goes_to_finance_and_whoever_asks_is_not_asked_itself(
    desk: Desk, city: City, database: Database
) -> None:
    bodies = [city.other_body, city.body]
    roles = SetAskedBodies(role=AskedRole.FINANCE, body_ids=bodies)
    await Executor(database).execute(roles, Caller(is_process=True))
    matter = await desk.begin(inside(city))
    assert await desk.open(matter) == {"legality_review", "field_study", "give_opinion"}
    (asked,) = (await desk.seen(f"/matters/{matter}/opinions"))["items"]
    assert asked["body_id"] == str(city.other_body)


async def test_what_needs_an_evaluation_waits_for_it_and_keeps_what_it_came_to(
    desk: Desk, city: City
) -> None:
    matter = await desk.begin(quota(city, 5, 6, source="OUTSIDE"))
    assert await desk.open(matter) == {"legality_review", "field_study", "evaluate"}
    came_to = {"evaluation_id": "e1", "result": "RECOMMEND"}
    await desk.complete(OFFICER, matter, "evaluate", **came_to)
    (kept,) = (await desk.seen(f"/matters/{matter}/records?kind=EVALUATION"))["items"]
    assert kept["content"] == {**came_to, "is_reused": False}
    await desk.reviewed(matter)
    await desk.studied(matter)
    assert await desk.open(matter) == {"hear_applicant"}


async def test_whoever_took_the_matter_in_does_not_review_it(desk: Desk, city: City) -> None:
    taken = flow(intake_by=f'="{desk.ids[LEGAL]}"')
    matter = await desk.begin(inside(city), drawn=taken)
    checks = ("authority_check", "procedure_check", "prohibition_check", "opinion")
    said: dict[str, Any] = dict.fromkeys(checks, "符合")
    review: dict[str, Any] = {
        "legality": "PASS",
        "basis": [{"document": "依据", "level": "市级", "fits": True}],
    }
    assert await desk.refused(LEGAL, matter, "legality_review", **review, **said) == "recused"


async def test_a_silent_body_stands_without_opinion_and_objecting_ones_are_counted(
    desk: Desk, city: City
) -> None:
    matter = await desk.begin(functions(city), inside(city))
    await desk.wait(8)
    assert "give_opinion_as_leader" in await desk.open(matter)
    assert await desk.stopped(matter) == []
    await desk.wait(6)
    (shown,) = (await desk.seen(f"/matters/{matter}/opinions", CONSULTED))["items"]
    assert (shown["opinion"], shown["escalated_at"] is None) == ("NO_OPINION", False)
    assert await desk.open(matter) == {"legality_review", "field_study"}


@pytest.mark.parametrize(("who", "waits"), [(CONSULTED, 0), (LEADER, 8)])
async def test_a_body_answers_by_its_officer_or_by_its_leader_and_the_other_may_not(
    desk: Desk, city: City, who: str, waits: int
) -> None:
    matter = await desk.begin(functions(city))
    await desk.wait(waits)
    element = "give_opinion_as_leader" if waits else "give_opinion"
    said = {"opinion": "OBJECT", "text": "本单位职责不宜调整。"}
    other = LEADER if who == CONSULTED else CONSULTED
    for stranger in (other, UNIT, LEGAL):
        refused = await desk.refused(stranger, matter, element, **said)
        assert refused in ("not_allowed", "not_found"), (stranger, refused)
    await desk.complete(who, matter, element, **said)
    (shown,) = (await desk.seen(f"/matters/{matter}/opinions"))["items"]
    assert (shown["opinion"], shown["given_by_name"]) == ("OBJECT", who)
    refused_ = await desk.ask("GET", f"/matters/{matter}", who=CONSULTED)
    assert refused_.status_code in (403, 404)


async def test_what_fails_its_review_ends_the_open_branches_and_is_heard_and_reported(
    desk: Desk, city: City
) -> None:
    matter = await desk.begin(functions(city))
    assert await desk.open(matter) == {"legality_review", "field_study", "give_opinion"}
    await desk.reviewed(matter, "FAIL")
    assert await desk.open(matter) == {"hear_applicant"}
    (shown,) = (await desk.seen(f"/matters/{matter}/opinions", CONSULTED))["items"]
    assert (shown["opinion"], shown["closed_at"] is None) == (None, False)
    await desk.wait(4)
    (heard,) = (await desk.seen(f"/matters/{matter}/records?kind=HEARING"))["items"]
    assert heard["content"] == {"comments": None, "is_overdue": True}
    await desk.reported(matter, "NOT_RECOMMEND")
    told = await desk.outcome(matter)
    assert (told["outcome"], told["legality"], told["legal_by"]) == (
        "READY",
        "FAIL",
        str(desk.ids[LEGAL]),
    )


@pytest.mark.parametrize("answer", ["accept", "insist", "silence", "withdraw"])
async def test_changes_are_put_to_the_party_group_while_the_clock_stands_still(
    desk: Desk, city: City, answer: str
) -> None:
    matter = await desk.begin(inside(city), drawn=flow("REPORT", legality="PASS"))
    await desk.reported(matter, "RECOMMEND_REDUCED", amended_deltas=[inside(city, 6)])
    assert await desk.open(matter) == {"accept_changes"}
    assert await desk.stopped(matter) == ["APPLICANT"]
    said: dict[str, Any] = {"statement": "意见"}
    if answer == "silence":
        await desk.wait(15)
    else:
        if answer == "accept":
            refused = await desk.refused(GROUP, matter, "accept_changes", answer, **said)
            assert refused == "matter_minutes_required"
            said["minutes_document_id"] = str(city.document)
        await desk.complete(GROUP, matter, "accept_changes", answer, **said)
    told = await desk.outcome(matter)
    assert told["outcome"] == ("WITHDRAWN" if answer == "withdraw" else "READY")
    whole = await desk.seen(f"/matters/{matter}")
    assert whole["deltas"][0]["after"] == (6 if answer == "accept" else 7)
    (put,) = (await desk.seen(f"/matters/{matter}/records?kind=CHANGES_PUT"))["items"]
    assert put["content"]["answer"] == ("insist" if answer == "silence" else answer)
    if answer != "withdraw":
        assert await desk.stopped(matter) == []


async def test_what_the_superior_decides_is_talked_over_with_it_before_the_report(
    desk: Desk, city: City
) -> None:
    matter = await desk.begin(functions(city), stated={"is_reform": True}, drawn=flow("PRIOR"))
    assert await desk.open(matter) == {"communicate"}
    assert await desk.stopped(matter) == ["PRIOR_COMMUNICATION"]
    talk = {"with": "澜州市委编办", "date": "2026-11-24", "view": "SUPPORTS"}
    assert await desk.refused(OFFICER, matter, "communicate", **talk) == "not_found"
    await desk.complete(LIAISON, matter, "communicate", **talk)
    assert await desk.stopped(matter) == []
    await desk.reported(matter)
    told = await desk.outcome(matter)
    assert (told["outcome"], told["prior_recorded"]) == ("READY", "true")
    (kept,) = (await desk.seen(f"/matters/{matter}/records?kind=PRIOR_COMMUNICATION"))["items"]
    paper = await desk.seen(f"/documents/{kept['document_id']}")
    assert paper["title"] == "事前沟通记录"


@pytest.mark.parametrize("waits_once_more", [True, False])
async def test_experts_are_waited_for_once_more_at_most_while_the_clock_stands_still(
    desk: Desk, city: City, *, waits_once_more: bool
) -> None:
    again = flow(round_branches='=["EXPERTS"]', legality="PASS")
    matter = await desk.begin(inside(city), drawn=again)
    assert await desk.open(matter) == {"expert_panel"}
    assert await desk.stopped(matter) == ["EXPERT"]
    await desk.wait(15)
    action = "wait_once_more" if waits_once_more else "go_on"
    await desk.complete(DEPUTY, matter, "go_on_without_experts", action, reason="专家出差")
    if waits_once_more:
        assert await desk.open(matter) == {"expert_panel"}
        signed = {"expert": "专家", "text": "可行", "signed_document_id": str(city.document)}
        panel: dict[str, Any] = {
            "opinions": [signed],
            "risk_assessment": "可控",
            "conclusion": "可行",
        }
        await desk.complete(EXPERT, matter, "expert_panel", **panel)
    assert await desk.open(matter) == {"hear_applicant"}
    assert await desk.stopped(matter) == ["APPLICANT"]
    (kept,) = (await desk.seen(f"/matters/{matter}/records?kind=EXPERTS"))["items"]
    assert kept["given_by_name"] == (EXPERT if waits_once_more else DEPUTY)
