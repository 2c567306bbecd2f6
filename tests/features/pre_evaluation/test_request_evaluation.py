"""A body asks for an evaluation by itself: who may, who may only read, and who never sees it."""

import pytest

from tests.features.pre_evaluation.conftest import (
    DEPUTY,
    FIRST,
    LEAD,
    SECOND,
    Evaluating,
    evaluating,
    ledger,
    scores,
)
from tests.features.processes.cases import run
from tests.people import MAY, MAY_READ, NEVER

__all__ = ["evaluating", "ledger"]


async def test_a_body_asks_for_itself_and_the_office_reads_it(evaluating: Evaluating) -> None:
    made = await evaluating.done("POST", "/evaluations", evaluating.asked(), MAY_READ)
    assert (made["state"], made["deltas"][0]["after"]) == ("REQUESTED", 7)
    place = f"/evaluations/{made['id']}"
    for who in (MAY, MAY_READ):
        assert (await evaluating.done("GET", place, who=who))["title"] == made["title"]
    refused = await evaluating.ask("POST", "/evaluations", evaluating.asked(), MAY)
    assert refused.json()["code"] == "not_allowed"
    for method, path, body in (
        ("POST", "/evaluations", evaluating.asked()),
        ("GET", place, None),
        ("GET", f"{place}/members", None),
        ("POST", f"{place}/withdraw", {"statement": "撤回。"}),
    ):
        hidden = await evaluating.ask(method, path, body, NEVER)
        assert (hidden.status_code, hidden.json()["code"]) == (404, "not_found"), path


async def test_lists_hold_what_is_within_reach(evaluating: Evaluating) -> None:
    first = await evaluating.request()
    second = await evaluating.request(title="再次评估")
    for who, ids in ((MAY, [second, first]), (MAY_READ, [second, first]), (NEVER, [])):
        page = await evaluating.done("GET", "/evaluations", who=who)
        assert [each["id"] for each in page["items"]] == ids
        count = await evaluating.done("GET", "/evaluations/count?state=REQUESTED", who=who)
        assert count["count"] == len(ids)
    page = await evaluating.done("GET", "/evaluations?limit=1", who=MAY)
    rest = await evaluating.done("GET", f"/evaluations?cursor={page['next']}", who=MAY)
    assert [each["id"] for each in rest["items"]] == [first]
    none = await evaluating.done("GET", "/evaluations/count?result=RECOMMEND", who=MAY)
    assert none["count"] == 0


@pytest.mark.parametrize("status", ["ABOLISHED", "MERGED"])
async def test_a_body_that_is_over_asks_for_nothing(evaluating: Evaluating, status: str) -> None:
    await run(
        evaluating.settings,
        "UPDATE body SET status = $1 WHERE id = $2",
        status,
        evaluating.city.body,
    )
    refused = await evaluating.ask("POST", "/evaluations", evaluating.asked())
    assert refused.json()["code"] == "evaluation_applicant_over"


async def test_other_bodies_are_asked_about_only_within_reach(evaluating: Evaluating) -> None:
    asked = evaluating.asked()
    asked["deltas"][0]["body_id"] = str(evaluating.city.other_body)
    refused = await evaluating.ask("POST", "/evaluations", asked)
    assert refused.json()["code"] == "not_found"


async def test_scores_are_for_the_office_and_the_team(evaluating: Evaluating) -> None:
    evaluation = await evaluating.reviewed()
    await evaluating.complete(FIRST, evaluation, "score_indicators", "done", scores=scores())
    place = f"/evaluations/{evaluation}/scores"
    for who in (MAY, DEPUTY, LEAD, SECOND):
        assert len((await evaluating.done("GET", place, who=who))["items"]) == 5
    refused = await evaluating.ask("GET", place, who=MAY_READ)
    assert refused.json()["code"] == "not_allowed"
