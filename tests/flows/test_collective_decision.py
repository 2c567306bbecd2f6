"""A case waits for a meeting: one meeting decides several, and each goes its own way."""

import re
from typing import Any

import orjson
import pytest

from service.core.safe_xml import tree_of
from service.core.store.db import Database
from service.features.processes.checking import check
from service.features.processes.on_disk import read_flow
from service.features.processes.surroundings import of_this_service
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.diagrams import chain, diagram, in_force, user_task
from tests.features.meetings.conftest import FOLDER, House, rules_in_force, staff
from tests.features.processes.cases import pass_time, rows, worked

_CALL = """<callActivity id="study"><extensionElements>
<zeebe:calledElement processId="collective_decision" bindingType="latest"
                     propagateAllChildVariables="false"/>
<zeebe:ioMapping>
  <zeebe:input source="matter" target="subject_type"/>
  <zeebe:output source="=outcome" target="outcome"/>
  <zeebe:output source="=voted_deltas" target="voted_deltas"/>
  <zeebe:output source="=minutes_document_id" target="minutes_document_id"/>
</zeebe:ioMapping></extensionElements></callActivity>"""
_APPROVED = """<sequenceFlow id="to_issue" sourceRef="way" targetRef="issue">
<conditionExpression>=outcome = "approve"</conditionExpression></sequenceFlow>"""
_ASKING = diagram(
    "asking",
    chain(
        '<startEvent id="start"/>',
        _CALL,
        '<exclusiveGateway id="way" default="to_rejected"/>',
        '<endEvent id="rejected"/>',
    )
    + chain(user_task("issue"), '<endEvent id="issued"/>')
    + _APPROVED,
)


@pytest.fixture
async def house(api: Api, settings: Settings, database: Database, city: City) -> House:
    """The house of meetings, and a flow that asks one."""
    ids = await staff(settings)
    await rules_in_force(settings, database)
    await in_force(settings, "asking", {"asking.bpmn": _ASKING}, "asking")
    return House(api, settings, ids)


async def asked(house: House, title: str, **changed: Any) -> tuple[str, str]:
    """A new case that waits for a meeting, and its item."""
    variables = {
        "level": "COMMISSION",
        "subject_id": title,
        "title": title,
        "choices": ["approve", "reject"],
        **changed,
    }
    case = await house.done("POST", "/processes/asking/instances", {"variables": variables})
    listed = await house.done("GET", f"/agenda-items?subject_id={title}")
    (item,) = listed["items"]
    return case["id"], item["id"]


async def stands(house: House, case: str) -> tuple[str, set[str]]:
    """The state of a case, and the open tasks in it."""
    (state,) = await rows(house.settings, "SELECT state FROM instance WHERE id = $1", case)
    tasks = await rows(
        house.settings,
        "SELECT element FROM task WHERE instance_id = $1 AND state IN ('OPEN', 'CLAIMED')",
        case,
    )
    return state[0], {element for (element,) in tasks}


async def test_one_meeting_decides_two_matters_and_each_case_goes_its_own_way(
    house: House, database: Database
) -> None:
    approved, first = await asked(house, "事项1", deltas=[{"ledger": "QUOTA", "after": 12}])
    rejected, second = await asked(house, "事项2")
    meeting = await house.opened(first, second)
    await house.decide(first)
    await house.decide(second, "reject")
    await house.minute(meeting)
    await worked(database)
    assert await stands(house, approved) == ("RUNNING", set())  # recorded is not yet final
    await house.close(meeting)
    await worked(database)
    assert await stands(house, approved) == ("RUNNING", {"issue"})
    assert await stands(house, rejected) == ("COMPLETED", set())


async def test_the_case_learns_what_was_voted_and_by_which_minutes(
    house: House, database: Database
) -> None:
    voted = [{"ledger": "QUOTA", "after": 11}]
    choices = ["approve_with_changes", "reject"]
    case, item = await asked(house, "事项1", choices=choices)
    meeting = await house.opened(item)
    await house.decide(item, "approve_with_changes", deltas=voted)
    await house.minute(meeting)
    await house.close(meeting)
    await worked(database)
    minutes = (await house.done("GET", f"/meetings/{meeting}/minutes"))["document_id"]
    known = await variables_of(house, case)
    assert known["outcome"] == "approve_with_changes"
    assert known["minutes_document_id"] == minutes
    assert known["voted_deltas"] == voted


async def test_an_item_that_waits_too_long_is_pressed_and_still_decided(
    house: House, database: Database
) -> None:
    case, item = await asked(house, "事项1")
    assert (await house.item(item))["due"] == "2026-12-22"  # 20 working days
    await pass_time(house.settings, days=28)
    await worked(database)
    assert (await house.item(item))["pressed_at"] is None
    await pass_time(house.settings, days=1)
    await worked(database)
    assert (await house.item(item))["pressed_at"] is not None
    meeting = await house.opened(item)
    await house.decide(item)
    await house.minute(meeting)
    await house.close(meeting)
    await worked(database)
    assert await stands(house, case) == ("RUNNING", {"issue"})


async def test_the_days_come_from_the_table_unless_the_calling_flow_names_them(
    house: House,
) -> None:
    for title, changed, due in (
        ("事项1", {"level": "OFFICE"}, "2026-12-01"),
        ("事项2", {"level": "OFFICE", "days": 3}, "2026-11-27"),
    ):
        _, item = await asked(house, title, **changed)
        assert (await house.item(item))["due"] == due


async def test_a_deferred_item_keeps_its_case_waiting(house: House, database: Database) -> None:
    case, item = await asked(house, "事项1")
    meeting = await house.opened(item)
    await house.done("POST", f"/agenda-items/{item}/defer", {"reason": "材料不足"})
    await house.minute(meeting)
    await house.close(meeting)
    await worked(database)
    assert await stands(house, case) == ("RUNNING", set())
    assert (await house.item(item))["state"] == "PENDING"


def test_the_folder_is_released_without_a_finding() -> None:
    assert check(read_flow(FOLDER).files, of_this_service()).findings == []


def test_everything_that_is_in_the_flow_is_drawn_once() -> None:
    tree = tree_of((FOLDER / "collective_decision.bpmn").read_bytes())
    (process,) = tree.findall("{*}process")
    elements = {
        each.get("id")
        for each in process.iter()
        if each.get("id")
        and re.search(r"(Event|Task|Gateway|Activity|lane|sequenceFlow)$", str(each.tag))
    }
    drawn = [each.get("bpmnElement") for each in tree.iter("{*}BPMNShape", "{*}BPMNEdge")]
    assert sorted(drawn) == sorted({*elements, "meeting_pool"})


async def variables_of(house: House, case: str) -> dict[str, Any]:
    """The variables of a case, as history last told them."""
    told = await rows(
        house.settings,
        """SELECT data->>'name', data->'value' FROM history
           WHERE instance_id = $1 AND kind = 'variable_changed' AND data->>'scope' = '1'
           ORDER BY version, nth""",
        case,
    )
    return {name: orjson.loads(value) for name, value in told}
