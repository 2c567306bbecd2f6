"""Choosing: an ad-hoc sub-process starts what a person wants, until it is completed."""

from typing import Any
from uuid import UUID

from tests.conftest import Api
from tests.diagrams import END, START, chain, user_task
from tests.features.tasks.conftest import Cases, one
from tests.people import MAY, MAY_READ, NEVER


def choosing(inside: str = "", attributes: str = "") -> str:
    """A lane of case officers with an ad-hoc sub-process of two visits."""
    tasks = user_task("visit", name="走访") + user_task("call", name="电询") + inside
    adhoc = f'<adHocSubProcess id="ask" name="调研" {attributes}>{tasks}</adHocSubProcess>'
    refs = "".join(f"<flowNodeRef>{each}</flowNodeRef>" for each in ("start", "ask", "end"))
    lane = (
        '<laneSet id="lanes"><lane id="officers"><extensionElements>'
        f'<dingbian:duty id="office_case_officer"/></extensionElements>{refs}</lane></laneSet>'
    )
    return lane + chain(START, adhoc, END)


async def by_element(cases: Cases, case: UUID) -> dict[str, Any]:
    return {each["element"]: each["id"] for each in await cases.tasks(case)}


async def test_what_is_chosen_starts_and_more_may_be(api: Api, cases: Cases):
    case = await cases.begin(choosing())
    choice = (await by_element(cases, case))["ask"]
    shown = (await api("GET", f"/tasks/{choice}")).json()
    assert (shown["kind"], set(shown["choices"])) == ("CHOICE", {"visit", "call"})
    body = {"elements": ["visit"]}
    for who, status in ((MAY_READ, 404), (NEVER, 404), (MAY, 200)):
        answer = await api("POST", f"/tasks/{choice}/choose", body, who=who)
        assert answer.status_code == status, answer.text
    assert set(await by_element(cases, case)) == {"ask", "visit"}
    again = await api("POST", f"/tasks/{choice}/choose", {"elements": ["visit", "call"]})
    assert again.status_code == 200, again.text
    assert len(await cases.tasks(case)) == 4


async def test_completing_it_ends_what_is_left(cases: Cases, api: Api):
    case = await cases.begin(choosing())
    choice = (await by_element(cases, case))["ask"]
    await api("POST", f"/tasks/{choice}/choose", {"elements": ["visit"]})
    assert (await cases.complete(choice)).status == 200
    assert await cases.tasks(case) == []
    assert [each["element"] for each in await cases.tasks(case, "CANCELLED")] == ["visit"]


async def test_what_cannot_be_chosen_is_refused(api: Api, cases: Cases):
    case = await cases.begin(choosing())
    choice = (await by_element(cases, case))["ask"]
    answer = await api("POST", f"/tasks/{choice}/choose", {"elements": ["visit", "fly"]})
    assert (answer.status_code, answer.json()["code"]) == (422, "choice_unknown")
    assert set(await by_element(cases, case)) == {"ask"}
    task = await cases.task(await cases.begin(one(), process="other"))
    answer = await api("POST", f"/tasks/{task}/choose", {"elements": ["visit"]})
    assert (answer.status_code, answer.json()["code"]) == (422, "choice_unknown")


async def test_what_passes_at_once_may_end_it(api: Api, cases: Cases):
    done = '<manualTask id="note"/><completionCondition>true</completionCondition>'
    case = await cases.begin(choosing(done))
    choice = (await by_element(cases, case))["ask"]
    answer = await api("POST", f"/tasks/{choice}/choose", {"elements": ["note"]})
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "CANCELLED"
    assert await cases.tasks(case) == []
