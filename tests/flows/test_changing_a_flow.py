"""What an administrator changes over the API holds for new cases; running ones go on as begun.

The flows are the house's own, with all their scenarios. One person proposes, another decides.
"""

from pathlib import Path
from typing import Any

import orjson
import pytest

from service.core.store.db import Database
from service.features.processes.contents import REQUEST_MAX
from service.features.processes.on_disk import read_flow
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api
from tests.features.rectification.conftest import (
    DEPUTY,
    DIRECTOR,
    FIRST,
    LEGAL,
    OFFICER,
    OWNER,
    SECOND,
    Ledger,
    checked,
    classified,
    ledger,
)
from tests.flows.counter import INTAKE, Counter, counter_of
from tests.flows.editing import AUTHOR, Editing, edited
from tests.flows.test_request_approval import hand_in

__all__ = ["ledger"]
#: Each checks whole folders with all their scenarios.
pytestmark = pytest.mark.long

_BPMN = Path(__file__).parents[2] / "bpmn"
#: What the legal reviewer writes into a notice.
NOTICE = {
    "facts": "核定20名，实有21名。",
    "article": "《中国共产党机构编制工作条例》第三十一条",
    "required_result": "消化超编。",
    "due": "2027-02-26",
}


@pytest.fixture
async def editing(ledger: Ledger) -> Editing:
    await give_duty(ledger.settings, AUTHOR, "process_author")
    return Editing(ledger.api, ledger.settings, "rectification")


async def confirm(ledger: Ledger, item: str, breach: str = "OVER_QUOTA") -> None:
    """Take an item from its finding to its notice."""
    await ledger.complete(LEGAL, item, "classify_item", "register", **classified(breach))
    await ledger.complete(DEPUTY, item, "confirm_item", "confirm")


async def task(ledger: Ledger, item: str, element: str, who: str = LEGAL) -> Any:
    return await ledger.done("GET", f"/tasks/{await ledger.task(item, element)}", who=who)


async def followed(ledger: Ledger, item: str) -> int:
    """The number of the release that an item's case follows."""
    seen = await ledger.item(item)
    case = await ledger.done("GET", f"/instances/{seen['instance_id']}")
    return int(case["release_number"])


async def test_a_longer_deadline_holds_for_items_found_from_then_on(
    ledger: Ledger, editing: Editing
) -> None:
    before = await ledger.find()
    longer = edited(
        await editing.folder(),
        "item_notice.bpmn",
        ('<dingbian:deadline days="1" clock="office"/>', '<dingbian:deadline days="3"/>'),
    )
    await editing.release(longer)
    after = await ledger.find()
    for item, number, due in ((before, 1, "2026-11-25"), (after, 2, "2026-11-27")):
        await confirm(ledger, item)
        assert await followed(ledger, item) == number
        due_at = (await task(ledger, item, "draft_notice"))["due_at"]
        assert due_at == f"{due}T16:00:00Z", "the day's end in the city"


async def test_a_changed_row_decides_items_found_from_then_on(
    ledger: Ledger, editing: Editing
) -> None:
    before = await ledger.find("DATA_ERROR")
    row = "item_severity_light_out"
    changed = edited(
        await editing.folder(),
        "severity.dmn",
        (f'<outputEntry id="{row}1"><text>"LOW"', f'<outputEntry id="{row}1"><text>"MEDIUM"'),
        (f'<outputEntry id="{row}2"><text>10<', f'<outputEntry id="{row}2"><text>15<'),
    )
    untested = await editing.propose(changed)
    assert (untested.status_code, untested.json()["code"]) == (422, "table_tests_failed")
    await editing.release(
        edited(
            changed,
            "scenarios/item_severity.yaml",
            ("severity: LOW, days: 10", "severity: MEDIUM, days: 15"),
        )
    )
    after = await ledger.find("DATA_ERROR")
    for item, severity in ((before, "LOW"), (after, "MEDIUM")):
        await confirm(ledger, item, "DATA_ERROR")
        assert (await ledger.item(item))["severity"] == severity
    found = await ledger.done("GET", "/decision-evaluations?key=item_severity", who=AUTHOR)
    outputs = [(each["output"]["severity"], each["output"]["days"]) for each in found["items"]]
    assert outputs == [("MEDIUM", 15), ("LOW", 10)]
    assert len({each["release_id"] for each in found["items"]}) == 2


async def test_a_new_field_is_asked_of_items_found_from_then_on(
    ledger: Ledger, editing: Editing
) -> None:
    before = await ledger.find()
    form = "forms/draft_notice.schema.json"
    folder = await editing.folder()
    asked = orjson.loads(folder[form])
    asked["properties"]["delivery"] = {
        "type": "string",
        "title": "送达方式",
        "enum": ["IN_PERSON", "BY_MAIL"],
        "x-order": 7,
    }
    asked["required"].append("delivery")
    folder[form] = orjson.dumps(asked).decode()
    await editing.release(
        edited(
            folder,
            "scenarios/item_notice.yaml",
            ("due: 2027-02-26}}\n", "due: 2027-02-26, delivery: BY_MAIL}}\n"),
        )
    )
    after = await ledger.find()
    for item, fields in ((before, set()), (after, {"delivery"})):
        await confirm(ledger, item)
        shown = (await task(ledger, item, "draft_notice"))["form"]
        assert shown["properties"].keys() & {"delivery"} == fields
    delivery = {"delivery": "BY_MAIL"}
    refused = await ledger.not_completed(
        LEGAL, before, "draft_notice", "submit", **NOTICE, **delivery
    )
    assert refused == "form_faulty"
    refused = await ledger.not_completed(LEGAL, after, "draft_notice", "submit", **NOTICE)
    assert refused == "form_faulty"
    await ledger.complete(LEGAL, before, "draft_notice", "submit", **NOTICE)
    await ledger.complete(LEGAL, after, "draft_notice", "submit", **NOTICE, **delivery)
    for item in (before, after):
        await ledger.complete(DEPUTY, item, "sign_notice", "sign")
        assert (await ledger.item(item))["state"] == "NOTICE_ISSUED"


async def test_two_steps_change_places_for_items_found_from_then_on(
    ledger: Ledger, editing: Editing
) -> None:
    before = await ledger.work()
    await editing.release(on_the_spot_first(await editing.folder()))
    after = await ledger.work()
    for item in (before, after):
        await ledger.complete(OWNER, item, "carry_out", "request_close", **ledger.close_request())
    steps: dict[str, list[str]] = {before: [], after: []}
    for item, done in steps.items():
        while (element := (await ledger.item(item))["tasks"][0]["element"]) != "sign_close_out":
            done.append(element)
            if element == "check_papers":
                await ledger.complete(OFFICER, item, element, "complete")
            else:
                who = FIRST if element == "accept_item" else SECOND
                await ledger.complete(who, item, element, **checked())
        await ledger.complete(DIRECTOR, item, "sign_close_out", "sign")
        assert (await ledger.item(item))["state"] == "CLOSED"
    assert steps[before] == ["check_papers", "accept_item", "accept_again"]
    assert steps[after] == ["accept_item", "accept_again", "check_papers"]


def on_the_spot_first(folder: dict[str, str]) -> dict[str, str]:
    """The close-out with the check on the spot before the check of the papers."""
    papers, check = '{} targetRef="check_papers"/>', '{} targetRef="item_acceptance"/>'
    signs = '{} targetRef="sign_close_out"/>'
    taken = 'sourceRef="take_close_request"'
    complete, passed = 'sourceRef="is_complete"', 'sourceRef="is_passed"'
    ways = ("take_close_request_to_check_papers", "is_complete_to_item_acceptance")
    signing = "is_passed_to_sign_close_out"
    diagram = edited(
        folder,
        "item_close_out.bpmn",
        (papers.format(taken), check.format(taken)),
        (check.format(complete), signs.format(complete)),
        (signs.format(passed), papers.format(passed)),
        (f"<incoming>{ways[0]}<", "<incoming>to_papers<"),
        (f"<incoming>{ways[1]}<", f"<incoming>{ways[0]}<"),
        (f"<incoming>{signing}<", f"<incoming>{ways[1]}<"),
        ("<incoming>to_papers<", f"<incoming>{signing}<"),
    )
    call = (
        "      - {call: item_acceptance, outputs: {outcome: PASSED, route: {next: SIGN, "
        "severity_after: HIGH, days: 0, refers: false}}}\n"
    )
    looked = "      - {task: check_papers, action: complete}\n"
    first = looked.replace("papers,", "papers, by: office_case_officer, last_day: 2026-11-26,")
    missing = "      - {task: check_papers, action: incomplete"
    back = "      - {message: CloseRequestTakenBack"
    return edited(
        diagram,
        "scenarios/item_close_out.yaml",
        (looked, ""),
        (first, ""),
        (call, call + looked),
        (missing, call + missing),
        (back, call + back),
    )


async def test_nobody_changes_a_flow_alone_whatever_duties_he_has(
    ledger: Ledger, editing: Editing
) -> None:
    for duty in ("office_director", "office_deputy"):
        await give_duty(ledger.settings, AUTHOR, duty)
    deadline = '<dingbian:deadline days="{}" clock="office"/>'
    folder = await editing.folder()
    longer = edited(folder, "item_notice.bpmn", (deadline.format(1), deadline.format(3)))
    proposed = await editing.propose(longer)
    own = await editing.approve(proposed)
    assert own.status_code == 200, "a second person may"
    for days, is_forced in ((2, False), (4, True)):
        other = edited(folder, "item_notice.bpmn", (deadline.format(1), deadline.format(days)))
        proposed = await editing.propose(other, is_forced=is_forced)
        own = await editing.approve(proposed, AUTHOR)
        assert (own.status_code, own.json()["code"]) == (422, "second_person_required")
        no_decider = await editing.approve(proposed, DEPUTY)
        assert (no_decider.status_code, no_decider.json()["code"]) == (403, "not_allowed")
    assert (await editing.in_force())["number"] == 2
    item = await ledger.find()
    assert await followed(ledger, item) == 2, "what only waits is not followed"


@pytest.fixture
async def counter(api: Api, settings: Settings, database: Database, city: City) -> Counter:
    await give_duty(settings, AUTHOR, "process_author")
    return await counter_of(api, settings, database, city, is_whole=True)


async def test_a_limit_is_changed_in_the_table_of_the_largest_folder(counter: Counter) -> None:
    editing = Editing(counter.api, counter.settings, "matters")
    before = await counter.filed()
    row = '<outputEntry id="step_limit_a07_out1"><text>{}</text>'
    folder = {each.path: each.content for each in read_flow(_BPMN / "matters").files}
    folder = edited(folder, "deadlines.dmn", (row.format(2), row.format(4)))
    all_of_them = ("A07: 2", "A07: 4"), ("A07: 1", "A07: 2")
    folder = edited(folder, "scenarios/step_limits.yaml", *all_of_them)
    folder = edited(folder, "scenarios/step_deadline.yaml", *slower_counter())
    assert counter.settings.body_max_bytes < len(orjson.dumps(folder)) < REQUEST_MAX
    await editing.release(folder)
    after = await counter.filed()
    for matter, due in ((before, "2026-11-26"), (after, "2026-11-30")):
        await hand_in(counter, matter)
        assert await due_of(counter, matter) == due


def slower_counter() -> tuple[tuple[str, str], ...]:
    """What the scenarios of one limit say of the counter, before and after."""
    case = "step: A07\n      is_urgent: {}\n    expect: {{days: {},"
    ways = (("false", 2, 4), ("true", 1, 2))
    return tuple((case.format(each, old), case.format(each, new)) for each, old, new in ways)


async def due_of(counter: Counter, matter: str) -> str:
    """The last day of the check at the counter."""
    found = await counter.done(INTAKE, "GET", "/tasks")
    (due,) = (
        each["due_at"]
        for each in found["items"]
        if (each["business_key"], each["element"]) == (matter, "intake_check")
    )
    assert str(due).endswith("T16:00:00Z"), "the day's end in the city"
    return str(due)[:10]
